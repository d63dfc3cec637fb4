//! The window, driven by labels, keys and the pointer as a person drives it; without pictures, but
//! for one that is rendered to see that the window is not blank.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use support::window::{CTRL, Window};

const OPENING: &str = "Time window: 3 to 6 January 2022, 4 days";
const GREEN_VILLAGE: &str = "Green Village, al-Omar oil field, 2022-01-05";

/// Does something in a fresh window and compares the days that it then shows.
fn check(act: impl FnOnce(&mut Window), window: &str) {
    let mut w = Window::open(1280.0, 800.0);
    act(&mut w);
    assert_eq!(w.days(), window);
}

#[test]
fn the_whole_record_opens_on_its_densest_days_and_is_not_slow_to_be_looked_through() {
    let mut w = Window::open_the_record(1280.0, 800.0);
    assert_eq!(w.days(), OPENING);
    w.sees("attacks at");
    w.presses(Key::A);
    w.sees("Time window: 11 October 2019 to 25 December 2022");
    w.sees("at 69 sites");
}

#[test]
fn it_opens_on_the_densest_days_of_the_record() {
    let w = Window::open(1280.0, 800.0);
    assert_eq!(w.days(), OPENING);
    w.sees("3 to 6 January 2022, 4 days: 9 attacks at 6 sites");
    w.sees("Counted: attacks on US and coalition forces, reported");
    w.sees("9 attacks");
    assert_eq!((w.field("From"), w.field("to")), ("2022-01-03".into(), "2022-01-06".into()));
}

#[test]
fn typed_dates_change_the_window_and_the_counts() {
    let mut w = Window::open(1280.0, 800.0);
    w.types("From", "2022-01-05");
    assert_eq!(w.days(), "Time window: 5 to 6 January 2022, 2 days");
    w.sees("5 attacks at 4 sites, and 1 more possible");
    w.types("to", "2022-01-05");
    assert_eq!(w.days(), "Time window: 5 January 2022, 1 day");
    w.sees("4 attacks at 4 sites, and 1 more possible");
    w.types("From", "1 july 2021");
    assert_eq!(w.days(), "Time window: 1 July 2021 to 5 January 2022, 189 days");
    w.sees("9 attacks");
    w.types("to", "2021");
    assert_eq!(w.field("to"), "2021-12-31");
    w.sees("1 attack");
}

#[test]
fn a_month_or_a_year_typed_in_from_is_all_of_it_and_in_to_its_last_day() {
    let mut w = Window::open(1280.0, 800.0);
    for (typed, days) in
        [("july 2021", "July 2021, 31 days"), ("q3 2021", "July to September 2021, 92 days")]
    {
        w.types("From", typed);
        assert_eq!(w.days(), format!("Time window: {days}"));
        w.sees("To move the first day alone, type it: 1 jul 2021");
    }
    w.types("to", "2021");
    assert_eq!(w.days(), "Time window: July to December 2021, 184 days");
    w.types("From", "5 jul 2021");
    assert_eq!(w.days(), "Time window: 5 July to 31 December 2021, 180 days");
    assert!(w.find("To move the first day alone").is_none(), "it stays");
    w.types("From", "2022");
    w.sees("2022, as far as the record goes.");
    w.presses(Key::Num2);
    assert!(w.find("as far as the record goes").is_none(), "it stays when something else is done");
}

#[test]
fn a_typed_date_beyond_the_record_is_told_and_keeps_the_window() {
    for (field, date) in [("From", "1990-01-01"), ("to", "2090")] {
        let mut w = Window::open(1280.0, 800.0);
        w.types(field, date);
        assert_eq!(w.days(), OPENING);
        w.sees("The record covers 3 January 2020 to 6 January 2022: type a date within it");
    }
}

#[test]
fn nonsense_in_a_date_field_is_told_and_keeps_the_window() {
    for nonsense in ["yesterday", "2022-02-30", "2022-13", "", "٢٠٢٢-٠٢-٣٠"] {
        let mut w = Window::open(1280.0, 800.0);
        w.types("From", nonsense);
        assert_eq!(w.days(), OPENING);
        w.sees(&format!("\"{nonsense}\" is not a date"));
        w.sees("9 attacks");
        w.types("From", "2022-01-05");
        assert!(w.find("is not a date").is_none(), "the complaint stays after {nonsense}");
        assert_eq!(w.days(), "Time window: 5 to 6 January 2022, 2 days");
    }
}

#[test]
fn a_range_typed_into_either_field_is_the_window() {
    for field in ["From", "to"] {
        for (typed, days) in [
            ("1-3 jan 2022", "1 to 3 January 2022, 3 days"),
            ("last 2 days", "5 to 6 January 2022, 2 days"),
            ("2021-07..2021-09", "July to September 2021, 92 days"),
            ("٣-٤ jan ٢٠٢٢", "3 to 4 January 2022, 2 days"),
        ] {
            check(|w| w.types(field, typed), &format!("Time window: {days}"));
        }
    }
    check(|w| w.types("From", "5 jan"), "Time window: 5 to 6 January 2022, 2 days");
    check(|w| w.types("to", "5 jan 2021"), "Time window: 5 January 2021, 1 day");
}

#[test]
fn after_a_bad_date_typing_goes_on_and_escape_brings_the_old_date_back() {
    let mut w = Window::open(1280.0, 800.0);
    w.types("From", "2022-13");
    w.harness.event(Event::Text("2022-01-05".to_owned()));
    w.presses(Key::Enter);
    assert_eq!(w.days(), "Time window: 5 to 6 January 2022, 2 days");
    w.types("to", "soon");
    w.sees("\"soon\" is not a date");
    w.presses(Key::Escape);
    assert_eq!(w.field("to"), "2022-01-06");
    assert!(w.find("is not a date").is_none(), "the complaint stays");
    w.presses(Key::ArrowLeft);
    assert_eq!(w.days(), "Time window: 4 to 5 January 2022, 2 days");
}

#[test]
fn arrows_move_the_window_by_days_and_weeks() {
    check(|w| w.presses(Key::ArrowLeft), "Time window: 2 to 5 January 2022, 4 days");
    check(|w| w.presses(Key::ArrowRight), OPENING);
    check(
        |w| w.presses_with(Modifiers::SHIFT, Key::ArrowLeft),
        "Time window: 27 to 30 December 2021, 4 days",
    );
    check(
        |w| {
            w.presses_with(Modifiers::SHIFT, Key::ArrowLeft);
            w.presses_with(Modifiers::SHIFT, Key::ArrowRight);
        },
        OPENING,
    );
}

#[test]
fn ctrl_and_an_arrow_go_from_event_to_event() {
    check(|w| w.presses_with(CTRL, Key::ArrowLeft), "Time window: 2 to 5 January 2022, 4 days");
    let from_the_start = |w: &mut Window| {
        w.presses(Key::Home);
        w.presses_with(CTRL, Key::ArrowRight);
    };
    check(from_the_start, "Time window: 5 to 8 January 2020, 4 days");
}

#[test]
fn home_and_end_go_to_the_ends_of_the_record() {
    check(|w| w.presses(Key::Home), "Time window: 3 to 6 January 2020, 4 days");
    check(
        |w| {
            w.presses(Key::Home);
            w.presses(Key::End);
        },
        OPENING,
    );
    check(|w| w.presses(Key::A), "Time window: 3 January 2020 to 6 January 2022, 735 days");
}

#[test]
fn keys_do_nothing_to_the_window_while_a_date_is_typed() {
    let mut w = Window::open(1280.0, 800.0);
    w.harness.get_by_role_and_label(Role::TextInput, "From").focus();
    w.settle();
    for key in [Key::Home, Key::ArrowLeft, Key::Space, Key::A] {
        w.presses(key);
    }
    assert_eq!(w.days(), OPENING);
}

#[test]
fn keys_still_work_after_a_button_was_clicked() {
    let act = |w: &mut Window| {
        w.clicks("Everything");
        w.presses(Key::ArrowLeft);
    };
    check(act, "Time window: 2 to 5 January 2022, 4 days");
}

#[test]
fn from_a_number_to_the_source_behind_it_are_two_clicks() {
    let mut w = Window::open(1280.0, 800.0);
    let map = w.harness.get_by_label("Map of the events").rect();
    w.clicks_at(Window::glyph("green-village", map));
    for words in ["القرية الخضراء", "In the window", "1 attack (3 to 6 January 2022)", "Position"]
    {
        w.sees(words);
    }
    w.clicks("Green Village, al-Omar oil field, 2022-01-05");
    for words in
        ["Who says so", "The Reference (CEMO Center, Paris), 6 January 2022", "Open the page"]
    {
        w.sees(words);
    }
}

#[test]
fn a_click_in_the_list_opens_the_event_and_its_site_and_the_arrow_leads_back() {
    let mut w = Window::open(1280.0, 800.0);
    w.clicks(GREEN_VILLAGE);
    for words in ["القرية الخضراء", "Eight rounds of indirect fire", "Who says so", "reports"]
    {
        w.sees(words);
    }
    assert!(w.find(GREEN_VILLAGE).is_none(), "the list is still there");
    w.clicks("Green Village, al-Omar oil field");
    w.sees("In the window");
    w.clicks("Back to what was open before");
    w.sees("Who says so");
    w.clicks("Back to what was open before");
    w.sees(GREEN_VILLAGE);
    assert!(w.find("Who says so").is_none(), "the card is still there");
}

#[test]
fn a_card_closes_by_key_and_by_its_button() {
    let mut w = Window::open(1280.0, 800.0);
    w.clicks(GREEN_VILLAGE);
    w.presses(Key::Escape);
    w.sees(GREEN_VILLAGE);
    w.clicks(GREEN_VILLAGE);
    assert!(w.find(GREEN_VILLAGE).is_none());
    w.clicks("Close the card (Esc)");
    w.sees(GREEN_VILLAGE);
}

#[test]
fn an_actor_has_a_card_with_what_it_claimed() {
    let mut w = Window::open(1280.0, 1200.0);
    w.clicks("Ain al-Asad Air Base, 2022-01-05");
    w.clicks("Saraya Qasem al-Jabbarin");
    for words in ["Claimed by it", "Attributed to it by others", "facade group"] {
        w.sees(words);
    }
}

#[test]
fn a_click_on_a_glyph_opens_its_site_and_a_click_beside_it_closes_it() {
    let mut w = Window::open(1280.0, 800.0);
    w.presses_with(CTRL, Key::ArrowLeft);
    let map = w.harness.get_by_label("Map of the events").rect();
    let site = Window::glyph("green-village", map);
    w.clicks_at(site);
    w.sees("القرية الخضراء");
    w.clicks_at(map.left_top() + vec2(12.0, 12.0));
    w.sees(GREEN_VILLAGE);
}

#[test]
fn what_is_known_to_a_governorate_says_so_where_the_pointer_rests() {
    let mut w = Window::open(1280.0, 800.0);
    let map = w.harness.get_by_label("Map of the events").rect();
    let plate = Window::glyph("deir-ez-zor-province", map);
    w.harness.hover_at(plate);
    w.harness.run_steps(30);
    w.sees("Known only to the governorate of Deir ez-Zor: 1 attack");
    // Beside the plate the hatched governorate says the same, and so does the card of the event.
    w.harness.hover_at(plate + vec2(0.0, -26.0));
    w.harness.run_steps(30);
    w.sees("Known only to the governorate of Deir ez-Zor: 1 attack");
    w.clicks("Deir ez-Zor province (place not given), 2022-01-04");
    w.sees(
        "somewhere in a governorate (Deir ez-Zor); its plate on the map stands at no place in it",
    );
}

#[test]
fn a_date_that_is_not_one_day_has_a_bar_against_the_days_shown() {
    let mut w = Window::open(1280.0, 1000.0);
    w.sees("4 to 5 January 2022: within the days shown");
    w.types("From", "2022-01-05");
    w.sees("4 to 5 January 2022: begins before the days shown");
}

#[test]
fn modes_change_the_days_that_are_shown() {
    check(|w| w.clicks("Day"), "Time window: 6 January 2022");
    check(|w| w.clicks("Since start"), "Time window: Since 3 January 2020, until 6 January 2022");
    let mut w = Window::open(1280.0, 800.0);
    w.clicks("Day");
    w.sees("1 attack");
    w.clicks("Since start");
    w.sees("13 attacks");
    w.clicks("Window");
    w.sees("9 attacks");
}

#[test]
fn the_rule_changes_the_counts_and_says_so() {
    let mut w = Window::open(1280.0, 800.0);
    w.clicks("Everything");
    w.sees("12 events");
    w.sees("Counted: everything in the record");
    w.clicks("Attacks");
    w.sees("9 attacks");
}

#[test]
fn the_dark_switch_darkens_the_window_and_back() {
    let mut w = Window::open(1280.0, 800.0);
    let is_dark = |w: &Window| w.harness.ctx.global_style().visuals.dark_mode;
    assert!(!is_dark(&w));
    w.clicks("Dark");
    assert!(is_dark(&w));
    w.sees("9 attacks");
    w.clicks("Light");
    assert!(!is_dark(&w));
}

#[test]
fn help_lists_the_keys() {
    let mut w = Window::open(1280.0, 800.0);
    w.presses(Key::F1);
    for words in ["Ctrl + right", "Next event", "Play or pause"] {
        w.sees(words);
    }
}

#[test]
fn the_strip_brings_the_window_to_where_it_is_pressed_and_dragged() {
    let mut w = Window::open(1280.0, 800.0);
    w.drags(("2020-06-15", 0.0), "2021-07-01");
    assert_eq!(w.days(), "Time window: 29 June to 2 July 2021, 4 days");
}

#[test]
fn a_double_click_on_the_strip_opens_the_whole_record() {
    let act = |w: &mut Window| {
        let at = w.on_strip("2021-01-01", 0.0);
        for _ in 0..2 {
            for pressed in [true, false] {
                w.harness.event(Event::PointerMoved(at));
                w.button(at, pressed);
            }
        }
        w.settle();
    };
    let mut w = Window::open_at(1280.0, 800.0, 0.05);
    act(&mut w);
    assert_eq!(w.days(), "Time window: 3 January 2020 to 6 January 2022, 735 days");
}

#[test]
fn windows_far_too_small_and_huge_do_not_panic() {
    for (width, height) in
        [(200.0, 150.0), (1.0, 1.0), (760.0, 480.0), (3840.0, 2160.0), (200.0, 2000.0)]
    {
        let mut w = Window::open(width, height);
        for key in [Key::ArrowLeft, Key::A, Key::Home, Key::Plus, Key::Minus, Key::F, Key::F1] {
            w.presses(key);
        }
    }
}

#[test]
fn the_window_can_be_made_small_and_large_while_it_is_open() {
    let mut w = Window::open(1280.0, 800.0);
    w.clicks(GREEN_VILLAGE);
    for (width, height) in [(200.0, 150.0), (3840.0, 2160.0), (1280.0, 800.0)] {
        w.harness.set_size(vec2(width, height));
        w.settle();
    }
    assert_eq!(w.days(), OPENING);
    w.sees("القرية الخضراء");
}

#[test]
fn the_rendered_window_is_not_blank() {
    let rendered = std::panic::catch_unwind(|| {
        let builder = Harness::builder().wgpu();
        let mut w = Window::build(builder, 1280.0, 800.0);
        w.harness.render()
    });
    let image = match rendered {
        Ok(Ok(image)) => image,
        failed => {
            let required =
                std::env::var_os("SITREP_REQUIRE_RENDER_TESTS").is_some_and(|v| v == "1");
            assert!(!required, "no picture from wgpu: {:?}", failed.ok());
            eprintln!(
                "skipped: wgpu has no adapter here (libvulkan1 and mesa-vulkan-drivers give one)"
            );
            return;
        }
    };
    let mut colors = std::collections::BTreeMap::<[u8; 4], u32>::new();
    for pixel in image.pixels() {
        *colors.entry(pixel.0).or_default() += 1;
    }
    let all = image.width() * image.height();
    let most = colors.values().max().unwrap();
    assert!(
        colors.len() > 500 && *most < all * 7 / 10,
        "{} colours, {most} of {all} pixels alike",
        colors.len()
    );
    // The discs of the attacks.
    let attacks = colors.get(&[0xC2, 0x3B, 0x12, 0xFF]).copied().unwrap_or(0);
    assert!(attacks > 400, "{attacks} pixels have the colour of attacks");
}

#[test]
fn an_edge_of_the_window_is_dragged_by_its_handle() {
    // The handles stand outside the window.
    let left = |w: &mut Window| w.drags(("2022-01-03", -4.0), "2021-07-01");
    check(left, "Time window: 1 July 2021 to 6 January 2022, 190 days");
    let right_past_left = |w: &mut Window| w.drags(("2022-01-07", 4.0), "2021-07-01");
    check(right_past_left, "Time window: 3 January 2022, 1 day");
}

#[test]
fn a_long_window_is_dragged_by_its_middle_and_keeps_its_length() {
    let mut w = Window::open(1280.0, 800.0);
    w.types("From", "2021-06-01");
    w.types("to", "2021-08-31");
    w.drags(("2021-07-15", 0.0), "2021-04-15");
    assert_eq!(w.days(), "Time window: 2 March to 1 June 2021, 92 days");
}

#[test]
fn a_search_narrows_list_and_title_and_clearing_it_brings_all_back() {
    let mut w = Window::open(1280.0, 800.0);
    w.presses(Key::A);
    let before = w.heading();
    w.presses_with(CTRL, Key::F);
    w.types("Search", "assad");
    let found = w.heading();
    assert_ne!(before, found);
    w.sees("Only with the words");
    w.sees("held back by the search");
    w.clicks("Clear all");
    assert_eq!(w.heading(), before);
}

#[test]
fn a_value_of_a_facet_shows_as_many_events_as_its_number_says() {
    let mut w = Window::open(1280.0, 800.0);
    w.presses_with(CTRL, Key::F);
    let label = w.label_that_begins("Ain al-Asad Air Base, ");
    let number = label.rsplit(", ").next().unwrap().to_owned();
    w.clicks(&label);
    assert!(w.heading().starts_with(&format!("{number} attack")), "{} of {label}", w.heading());
    w.sees("Site (1 chosen)");
    w.clicks(&label);
    assert!(w.find("chosen)").is_none());
}
