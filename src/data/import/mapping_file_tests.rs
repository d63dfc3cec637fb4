//! Mapping files: written, read again, and refused with a sentence.

use super::*;
use crate::data::import::profile;
use crate::domain::DatePrecision;

const TABLE: &str = "id,Event Date,lat,lon,Where,killed,a,A,المصدر\n\
                     1,05/01/2022,33.3,44.4,Erbil,1,x,y,z\n";

fn sample(table: &str) -> Sample {
    Sample::read(table.as_bytes(), true)
}

/// The mapping without the reasons, which are remarks in a file.
fn plain(mapping: &Mapping) -> Mapping {
    let mut plain = Mapping { profile: None, said_by: None, ..mapping.clone() };
    let roles = |c: &MappedColumn| {
        mapping.columns.iter().position(|o| o.role == c.role).unwrap_or_default()
    };
    // Columns of one role stand together in a file.
    plain.columns.sort_by_key(roles);
    for column in &mut plain.columns {
        column.why.clear();
    }
    plain
}

fn back(mapping: &Mapping, sample: &Sample) {
    let text = write(mapping, sample, &PlaceNames::default());
    let read = read(&text, sample, "m.toml".to_owned()).unwrap_or_else(|e| panic!("{e}\n{text}"));
    assert_eq!(plain(&read), plain(mapping), "{text}");
    assert_eq!(read.said_by.as_deref(), Some("m.toml says"));
}

#[test]
fn what_was_guessed_is_written_and_read_back() {
    let sample = sample(TABLE);
    let mut mapping = guess::guess(&sample);
    assert!(mapping.columns.len() > 4);
    back(&mapping, &sample);
    mapping.date_order = Some(DateOrder::MonthDayYear);
    mapping.counts = CountMeaning::AtLeast;
    mapping.list_separator = Some('\t');
    mapping.place_precision = PlacePrecision::Admin1;
    mapping.date_codes = vec![("1 \"or\" so".to_owned(), DatePrecision::Week)];
    mapping.class_words =
        vec![("b".to_owned(), "Be\nta".to_owned()), ("a".to_owned(), "ألف".to_owned())];
    // Two columns whose names differ by their case alone go by number.
    for place in [6, 7] {
        let why = String::new();
        mapping.columns.push(MappedColumn { role: Role::Party, place, why });
    }
    mapping.notes = vec!["'''a\\ \"b\"".to_owned()];
    back(&mapping, &sample);
    assert!(write(&mapping, &sample, &PlaceNames::default()).contains("party = [7, 8]"));
}

#[test]
fn tables_that_are_known_and_tables_without_a_header_come_back_too() {
    let acled = "event_id_cnty,event_date,event_type,sub_event_type,actor1,actor2,time_precision,geo_precision,\
                 latitude,longitude,source,notes,fatalities\nX,2020-01-05,a,b,c,d,1,1,33,44,e,f,0\n";
    let row = |fields: usize| (0..fields).map(|_| "1").collect::<Vec<_>>().join("\t");
    for table in [acled, &format!("{}\n", row(49)), "1,2022-01-05,33.3,44.4\n"] {
        let mut sample = sample(table);
        let known = profile::recognised(&mut sample);
        let mapping = known.unwrap_or_else(|| guess::guess(&sample));
        back(&mapping, &sample);
    }
}

#[test]
fn what_is_not_understood_is_refused_with_its_line_and_the_nearest_name() {
    let sample = sample(TABLE);
    for (text, told) in [
        (
            "[columns]\nlatitud = \"lat\"",
            "no role \"latitud\" that a column could have (did you mean \"latitude\"?) (line 2)",
        ),
        (
            "[columns]\ndate = \"event dat\"",
            "no column \"event dat\" (did you mean \"Event Date\"?) (line 2)",
        ),
        ("[columns]\n\n\ndate = 10", "no column 10: it has 9, numbered from 1 (line 4)"),
        ("[columns]\ndate = 0", "no column 0"),
        (
            "[columns]\ndate = true",
            "\"date\" is the name of a column in quotation marks, or its number",
        ),
        ("[columns]\nparty = \"a\"", "2 columns are called \"a\": give the number of one"),
        ("[columns]\ndate = [1, 2]", "\"date\" is one column, and 2 are named"),
        (
            "[columns]\ndate = 2\nplace = \"Event Date\"",
            "\"Event Date\" cannot be both \"date\" and \"place\" (line 3)",
        ),
        (
            "date_order = \"dmy\"",
            "\"date_order\" cannot be \"dmy\": write one of day-month-year, month-day-year (line 1)",
        ),
        (
            "\ncounts = 3",
            "\"counts\" is a text in quotation marks, not of the kind integer (line 2)",
        ),
        ("list_separator = \"; \"", "is one character, such as \";\", not \"; \""),
        ("date_ordr = \"x\"", "nothing called \"date_ordr\" (did you mean \"date_order\"?)"),
        ("latitude = \"lat\"", "nothing called \"latitude\" (roles stand under [columns])"),
        ("columns = 3", "\"columns\" is a table: write [columns] and its lines below"),
        ("[date_codes]\n1 = \"dai\"", "\"1\" cannot be \"dai\": write one of"),
        ("format = \"sitrep-mapping/2\"", "open it with a newer one"),
        ("date = = 3", "the mapping is no TOML"),
        ("[columns]\ndate = 1\ndate = 2", "the mapping is no TOML"),
    ] {
        let error = read(text, &sample, "m.toml".to_owned()).unwrap_err().to_string();
        assert!(error.contains(told), "{text}\n{error}");
        assert!(!error.contains('\n'), "{error}");
    }
}

#[test]
fn what_a_mapping_does_not_say_is_as_it_is_without_one() {
    let sample = sample(TABLE);
    let read = read("[columns]\ndate = \" event date \"\n", &sample, "m.toml".to_owned()).unwrap();
    let columns =
        read.columns.iter().map(|c| (c.role, c.place, c.why.as_str())).collect::<Vec<_>>();
    assert_eq!(columns, [(Role::Date, 1, "so says m.toml, line 2")]);
    let plain = Mapping { said_by: None, columns: Vec::new(), ..read };
    let nothing =
        Mapping { date_codes: guess::codes(), place_codes: guess::codes(), ..Mapping::default() };
    assert_eq!(plain, nothing);
}
