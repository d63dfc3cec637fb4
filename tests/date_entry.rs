//! Dates as people type them, in the window and on the command line.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use sitrep_atlas::analysis::date_entry::date_entry;
use sitrep_atlas::analysis::words;
use sitrep_atlas::domain::{Day, DaySpan};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// The days of the record that all is typed for.
fn record() -> DaySpan {
    DaySpan::between(day("2019-10-11"), day("2022-12-25"))
}

/// What is typed stands for these days: "first last", or one day; a range is followed by " range".
fn check(typed: &str, days: &str) {
    let entry = date_entry(typed, record()).unwrap();
    let (first, last) = (entry.span.first().to_string(), entry.span.last().to_string());
    let span = if first == last { first } else { format!("{first} {last}") };
    let kind = if entry.is_range { " range" } else { "" };
    assert_eq!(format!("{span}{kind}"), days, "{typed}");
}

fn refused(typed: &str, said: &[&str]) {
    let error = date_entry(typed, record()).unwrap_err().to_string();
    for words in said.iter().chain([&typed.trim()]) {
        assert!(error.contains(words), "{typed}: {error}");
    }
    assert!(!error.contains('\n') || typed.contains('\n'), "{error}");
}

#[test]
fn a_day_is_read_in_every_form_that_has_one_reading() {
    for typed in [
        "2022-01-03",
        " 2022-01-03 ",
        "2022-1-3",
        "2022/01/03",
        "2022.01.03",
        "20220103",
        "3 jan 2022",
        "3 January 2022",
        "03 JAN 2022",
        "3rd of January, 2022",
        "3jan2022",
        "3-jan-2022",
        "3. Jan. 2022",
        "jan 3 2022",
        "January 3rd, 2022",
        "2022 jan 3",
        "Monday 3 January 2022",
        "mon, 3 jan 2022",
        "٢٠٢٢-٠١-٠٣",
        "۳ jan ۲۰۲۲",
        "\u{200F}٣ jan ٢٠٢٢",
        "3\u{A0}jan\u{A0}2022",
    ] {
        check(typed, "2022-01-03");
    }
}

#[test]
fn numbers_with_the_year_last_are_taken_only_where_one_reading_is_possible() {
    check("13.1.2022", "2022-01-13");
    check("1/13/2022", "2022-01-13");
    check("25-12-2021", "2021-12-25");
    check("3.3.2022", "2022-03-03");
    // There is no 30 February, so that it can only be the day first.
    check("30/1/2022", "2022-01-30");
    for typed in ["3.1.2022", "3/1/2022", "03-01-2022"] {
        refused(typed, &["3 January 2022", "1 March 2022", "type 3 jan 2022 or 2022-01-03"]);
    }
    refused("3.1.22", &["is not a date"]);
    refused("3/1", &["is not a date"]);
}

#[test]
fn a_month_a_quarter_and_a_year_stand_for_all_their_days() {
    for typed in ["2021-07", "2021/7", "july 2021", "jul 2021", "2021 July", "July, 2021"] {
        check(typed, "2021-07-01 2021-07-31");
    }
    check("feb 2020", "2020-02-01 2020-02-29");
    check("sept 2021", "2021-09-01 2021-09-30");
    check("2021", "2021-01-01 2021-12-31");
    for typed in ["q3 2021", "Q3 2021", "2021 q3", "2021-Q3", "2021q3"] {
        check(typed, "2021-07-01 2021-09-30");
    }
}

#[test]
fn a_date_without_a_year_is_the_latest_such_date_of_the_record() {
    check("jan 3", "2022-01-03");
    check("3 january", "2022-01-03");
    check("25 dec", "2022-12-25");
    check("26 dec", "2021-12-26");
    check("29 feb", "2020-02-29");
    check("july", "2022-07-01 2022-07-31");
    check("december", "2022-12-01 2022-12-31");
    check("q4", "2022-10-01 2022-12-31");
    let one_day = DaySpan::day(day("2021-05-10"));
    let typed = |text| date_entry(text, one_day).unwrap().span.first().to_string();
    assert_eq!(typed("3 may"), "2021-05-03");
    assert_eq!(typed("3 june"), "2020-06-03", "nothing after the end of the record");
    assert_eq!(typed("29 feb"), "2020-02-29");
}

#[test]
fn two_dates_make_a_range_and_each_may_leave_out_what_the_other_says() {
    for typed in [
        "3-6 jan 2022",
        "3 - 6 jan 2022",
        "3–6 jan 2022",
        "3 to 6 January 2022",
        "jan 3-6 2022",
        "jan 3-6, 2022",
        "jan 3 to jan 6 2022",
        "3 jan 2022 to 6 jan 2022",
        "3 jan to 6 jan 2022",
        "3 jan 2022 - 6 jan",
        "3jan-6jan 2022",
        "2022-01-03 to 2022-01-06",
        "2022-01-03..2022-01-06",
        "2022-01-03...2022-01-06",
        "2022-01-03 - 2022-01-06",
        "2022-01-03–2022-01-06",
        "from 3 to 6 jan 2022",
        "between 3 and 6 jan 2022",
        "3 jan 2022 until 6 jan 2022",
        "٣-٦ jan ٢٠٢٢",
    ] {
        check(typed, "2022-01-03 2022-01-06 range");
    }
    check("2021-07..2021-09", "2021-07-01 2021-09-30 range");
    check("july to september 2021", "2021-07-01 2021-09-30 range");
    check("jul-sep 2021", "2021-07-01 2021-09-30 range");
    check("2020-2021", "2020-01-01 2021-12-31 range");
    check("q3 2020 to q1 2021", "2020-07-01 2021-03-31 range");
    check("28 dec to 3 jan 2022", "2021-12-28 2022-01-03 range");
    check("28 dec 2021 to 3 jan", "2021-12-28 2022-01-03 range");
    check("28 dec to 3 jan", "2021-12-28 2022-01-03 range");
    check("3 to 6 jan", "2022-01-03 2022-01-06 range");
    check("28 feb to 1 mar 2020", "2020-02-28 2020-03-01 range");
}

#[test]
fn an_open_end_is_the_end_of_the_record() {
    check("since 1 july 2021", "2021-07-01 2022-12-25 range");
    check("from july 2021", "2021-07-01 2022-12-25 range");
    check("2021-07-01..", "2021-07-01 2022-12-25 range");
    check("after july 2021", "2021-08-01 2022-12-25 range");
    check("until 2020-02", "2019-10-11 2020-02-29 range");
    check("..2020-02", "2019-10-11 2020-02-29 range");
    check("before 2020-02", "2019-10-11 2020-01-31 range");
    check("all", "2019-10-11 2022-12-25 range");
    for typed in ["since 2023", "until 2018", "before 11 oct 2019", "after 25 dec 2022"] {
        refused(typed, &["11 October 2019 to 25 December 2022", "type a date within it"]);
    }
}

#[test]
fn what_is_relative_is_relative_to_the_last_day_of_the_record() {
    check("last 30 days", "2022-11-26 2022-12-25 range");
    check("past 30 days", "2022-11-26 2022-12-25 range");
    check("last day", "2022-12-25 range");
    check("last week", "2022-12-19 2022-12-25 range");
    check("last 2 weeks", "2022-12-12 2022-12-25 range");
    check("last month", "2022-11-26 2022-12-25 range");
    check("last quarter", "2022-09-26 2022-12-25 range");
    check("last year", "2021-12-26 2022-12-25 range");
    check("Last 3 Months", "2022-09-26 2022-12-25 range");
    check("first week", "2019-10-11 2019-10-17 range");
    check("first 2 years", "2019-10-11 2021-10-10 range");
    check("last 100000 days", "2019-10-11 2022-12-25 range");
    check("last 1000 years", "2019-10-11 2022-12-25 range");
    for typed in ["today", "yesterday", "now"] {
        refused(typed, &["is not a date", "no clock", "last 7 days"]);
    }
}

#[test]
fn a_leap_day_is_a_day_in_leap_years_alone() {
    check("29 feb 2020", "2020-02-29");
    check("2020-02-29", "2020-02-29");
    for typed in [
        "29 feb 2021",
        "2021-02-29",
        "29/2/2021",
        "2/29/2021",
        "since 29 feb 2021",
        "1-29 feb 2021",
    ] {
        refused(
            typed,
            &[
                "is not a date: 2021 is not a leap year, February has 28 days",
                "type a day from 1 to 28, or 2021-02",
            ],
        );
    }
}

#[test]
fn a_day_that_its_month_has_not_is_refused_with_the_days_that_it_has() {
    for typed in ["31 june 2021", "2021-06-31", "31.6.2021"] {
        refused(typed, &["June has 30 days", "2021-06 for the whole month"]);
    }
    refused("31 june", &["June has 30 days", "or june for the whole month"]);
    refused("30 feb", &["February has 29 days"]);
    refused("30 feb 2020", &["February has 29 days"]);
    refused("0 jan 2022", &["January has 31 days", "type a day from 1 to 31"]);
}

#[test]
fn what_is_no_date_is_refused_in_a_sentence_with_an_example() {
    for typed in [
        "",
        "soon",
        "2022-13",
        "2022-00",
        "22",
        "3",
        "3-6",
        "99999-01-01",
        "0001",
        "2022 01",
        "2022-01-05T10:00",
        "jan 2022 2023",
        "q5 2021",
        "q0 2021",
        "last",
        "last 0 days",
        "last days 3",
        "last 99999999999 days",
        "since",
        "between",
        "between 3 jan",
        "tuesday 3 january 2022",
        "monday",
        "to",
        "..",
        "-",
        "3 jan 2022 to",
        "jan 3 3 2022",
        "+022-01",
        "3 to 6 to 9 jan 2022",
        "2022-01-",
        "💥",
        "3 jan 2022; 4 jan 2022",
    ] {
        // What ends in "to" has an open end.
        if typed == "3 jan 2022 to" {
            check(typed, "2022-01-03 2022-12-25 range");
            continue;
        }
        refused(typed, &["is not a date", "2022-01-05", "3-6 jan 2022"]);
    }
    refused("6 to 3 jan 2022", &["6 January 2022", "3 January 2022", "swap the two dates"]);
    refused("2022-01-06..2022-01-03", &["swap the two dates"]);
}

/// What the window says of its days can be typed into it.
#[test]
fn days_as_they_are_said_are_read_as_the_same_days() {
    let (whole, lengths) =
        (record(), [1, 2, 3, 28, 29, 30, 31, 59, 90, 92, 181, 365, 366, 730, 1096]);
    let mut read = 0;
    for first in whole.iter().step_by(3) {
        for length in lengths {
            let span = DaySpan::between(first, first.plus(length - 1));
            for said in [words::span(span), format!("{}..{}", span.first(), span.last())] {
                let entry = date_entry(&said, whole).unwrap();
                assert_eq!(entry.span, span, "{said}");
                read += 1;
            }
        }
    }
    assert!(read > 10_000, "{read}");
}
