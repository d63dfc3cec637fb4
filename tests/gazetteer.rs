//! Names of places: which of the gazetteer's each is, in the spellings of datasets and newspapers, Latin and Arabic.
#![expect(clippy::unwrap_used, reason = "a test")]

use sitrep_atlas::data;
use sitrep_atlas::domain::basemap::AreaKind;
use sitrep_atlas::domain::gazetteer::{Gazetteer, GovernorateNames, Sought};
use sitrep_atlas::domain::{Code as _, place_keys};

fn gazetteer() -> Gazetteer {
    let record = data::load(None).unwrap();
    Gazetteer::of(&data::basemap::load().unwrap(), &record.dataset.sites)
}

/// What a name in a governorate and a country is found to be: an identifier and a precision, or the candidates.
fn check(cases: &[([&str; 3], &str)]) {
    let gazetteer = gazetteer();
    for ([name, governorate, country], expected) in cases {
        let sought = Sought { name, governorate, country, ..Sought::default() };
        let found = gazetteer.find(&sought);
        let id = |n: u32| gazetteer.entry(n).unwrap().id.clone();
        let ids: Vec<String> = found.candidates.iter().map(|n| id(*n)).collect();
        let kind = if found.is_ambiguous { "either " } else { "not " };
        let said = match found.one {
            Some(one) => format!("{} {}", id(one.entry), one.precision.code()),
            None if ids.is_empty() => "none".to_owned(),
            None => format!("{kind}{}", ids.join("; ")),
        };
        assert_eq!(said, *expected, "{name}, {governorate}, {country}");
    }
}

#[test]
fn all_governorates_are_found_in_the_spellings_of_known_datasets() {
    let basemap = data::basemap::load().unwrap();
    let names = GovernorateNames::of(&basemap);
    let check = |country: &str, id: &str, spellings: &[&str]| {
        for name in spellings {
            let area = names.find(country, name).map(|place| basemap.areas[place].id.as_str());
            assert_eq!(area, Some(id), "{name}");
        }
    };
    for (id, spellings) in [
        ("IQ-AN", &["Al Anbar", "Al-Anbar", "Al Anbār", "Anbar Governorate", "الأنبار"][..]),
        ("IQ-AR", &["Erbil", "Arbil", "Arbīl", "Irbil", "Hewler", "أربيل"]),
        ("IQ-BA", &["Al Basrah", "Al-Basrah", "Basrah", "Basra", "Al Başrah", "البصرة"]),
        ("IQ-BB", &["Babil", "Babylon", "Babel", "Bābil", "بابل"]),
        ("IQ-BG", &["Baghdad", "Baghdād", "بغداد"]),
        ("IQ-DA", &["Dohuk", "Duhok", "Dahuk", "Dihok", "Dahūk", "دهوك"]),
        ("IQ-DI", &["Diyala", "Diala", "Diyālá", "ديالى"]),
        ("IQ-DQ", &["Thi-Qar", "Thi Qar", "Dhi Qar", "Dhi-Qar", "Dhī Qār", "ذي قار"]),
        ("IQ-KA", &["Karbala", "Kerbala", "Karbala'", "Karbalā’", "كربلاء"]),
        ("IQ-KI", &["Kirkuk", "Kirkūk", "At-Ta'mim", "كركوك"]),
        ("IQ-MA", &["Maysan", "Missan", "Maysān", "ميسان"]),
        ("IQ-MU", &["Al Muthanna", "Al-Muthanna", "Al Muthanná", "Muthanna", "المثنى"]),
        ("IQ-NA", &["An Najaf", "Al-Najaf", "Najaf", "An-Najaf", "النجف"]),
        ("IQ-NI", &["Ninewa", "Nineveh", "Ninevah", "Ninawa", "Nīnawá", "نينوى"]),
        ("IQ-QA", &["Al Qadissiya", "Al-Qadissiya", "Al Qadisiyah", "Al Qādisīyah", "القادسية"]),
        (
            "IQ-SD",
            &[
                "Salah al-Din",
                "Salah Al Din",
                "Salah ad-Din",
                "Saladin",
                "Salahaddin",
                "Şalāḩ ad Dīn",
                "صلاح الدين",
            ],
        ),
        (
            "IQ-SU",
            &[
                "As Sulaymaniyah",
                "Al Sulaymaniyah",
                "Sulaymaniyah",
                "As Sulaymānīyah",
                "Halabja",
                "السليمانية",
            ],
        ),
        ("IQ-WA", &["Wassit", "Wasit", "Wāsiţ", "واسط"]),
    ] {
        check("IQ", id, spellings);
    }
    for (id, spellings) in [
        ("SY-DI", &["Damascus", "Dimashq", "دمشق"][..]),
        ("SY-DR", &["Dara", "Dar'a", "Daraa", "Deraa", "Dar'ā", "درعا"]),
        (
            "SY-DY",
            &[
                "Deir ez Zor",
                "Deir-ez-Zor",
                "Deir al-Zour",
                "Dayr az Zawr",
                "Deir Ezzor",
                "دير الزور",
            ],
        ),
        ("SY-HA", &["Al Hasakeh", "Al-Hasakeh", "Hassakeh", "Al-Hasakah", "Al Ḩasakah", "الحسكة"]),
        ("SY-HI", &["Homs", "Hims", "Ḩimş", "حمص"]),
        ("SY-HL", &["Aleppo", "Halab", "Ḩalab", "حلب"]),
        ("SY-HM", &["Hama", "Hamah", "Ḩamāh", "حماة"]),
        ("SY-ID", &["Idleb", "Idlib", "إدلب"]),
        ("SY-LA", &["Lattakia", "Latakia", "Al Lādhiqīyah", "اللاذقية"]),
        ("SY-QU", &["Quneitra", "Al Qunayţirah", "القنيطرة"]),
        ("SY-RA", &["Ar Raqqa", "Ar-Raqqa", "Raqqa", "Ar Raqqah", "الرقة"]),
        ("SY-RD", &["Rural Damascus", "Rif Dimashq", "Rīf Dimashq", "ريف دمشق"]),
        ("SY-SU", &["As Sweida", "As-Sweida", "Suwayda", "As Suwaydā'", "السويداء"]),
        ("SY-TA", &["Tartous", "Tartus", "Ţarţūs", "طرطوس"]),
    ] {
        check("SY", id, spellings);
    }
    let governorates = basemap.areas.iter().filter(|a| a.kind == AreaKind::Governorate);
    assert_eq!(governorates.count(), 18 + 14, "each of the basemap is above");
    assert_eq!(names.find("IQ", "Aleppo"), None);
    assert_eq!(names.find("IQ", ""), None);
}

#[test]
fn a_town_is_found_by_any_spelling_where_all_that_is_said_agrees() {
    check(&[
        (["Tel Afar", "Ninewa", "Iraq"], "Tal Afar (IQ) settlement"),
        (["تلعفر", "نينوى", "العراق"], "Tal Afar (IQ) settlement"),
        (["Al-Fallujah", "Al Anbar", "IQ"], "Fallujah (IQ) settlement"),
        (["Abu Ghraib", "Baghdad", "Iraq"], "Abu Ghraib (IQ) settlement"),
        (["Mosul", "", ""], "Mosul (IQ) settlement"),
        (["Balad, Salah al-Din, Iraq", "", ""], "Balad (IQ) settlement"),
        (["Balad, Salah al-Din, Iraq", "Nineveh", ""], "none"),
        (["Fallujah", "Nineveh", "Iraq"], "not Fallujah (IQ)"),
        (["Fallujah", "", "Syria"], "not Fallujah (IQ)"),
        (["Fallujah", "", "Lebanon"], "not Fallujah (IQ)"),
        (["Fallujah", "", "Nowhere"], "none"),
        (["Gaziantep", "Gaziantep", "Turkey"], "Gaziantep (TR) settlement"),
        (["Gaziantep", "Hatay", "Turkey"], "not Gaziantep (TR)"),
        (["Gaziantep", "", ""], "not Gaziantep (TR)"),
    ]);
}

#[test]
fn a_name_that_town_and_governorate_share_is_neither_unless_something_tells() {
    check(&[
        (["Basra", "", "Iraq"], "either IQ-BA; Basra (IQ)"),
        (["Basra", "Al Basrah", "Iraq"], "Basra (IQ) settlement"),
        (["Basra city", "", "Iraq"], "Basra (IQ) settlement"),
        (["مدينة البصرة", "", ""], "Basra (IQ) settlement"),
        (["Basra province", "", "Iraq"], "IQ-BA admin1"),
        (["محافظة الأنبار", "", ""], "IQ-AN admin1"),
        (["Anbar", "", "Iraq"], "IQ-AN admin1"),
        (["Anbar", "Al Anbar", "Iraq"], "IQ-AN admin1"),
        (["Medina", "", ""], "either Medina (SA); Al-Madinah (IQ)"),
    ]);
}

#[test]
fn a_site_is_found_with_its_own_precision_or_that_of_the_settlement_beside_it() {
    check(&[
        (["Ain al-Assad Air Base", "Anbar", "Iraq"], "ain-al-asad site"),
        (["Ayn al Asad airbase", "", ""], "ain-al-asad site"),
        (["Balad airbase", "", "Iraq"], "balad-air-base site"),
        (["Al Tanf", "Homs", "Syria"], "al-tanf settlement"),
        (["At Tanf garrison", "Homs", "Syria"], "al-tanf site"),
        (["Baghdad airport", "", "Iraq"], "baghdad-airport site"),
        (["BIAP", "", "Iraq"], "baghdad-airport site"),
        (["Erbil base", "", "Iraq"], "erbil-airport site"),
        (["Taji", "Baghdad", "Iraq"], "camp-taji settlement"),
        (["Harir", "Erbil", "Iraq"], "Harir (IQ) settlement"),
        (["Baghdad", "Baghdad", "Iraq"], "Baghdad (IQ) settlement"),
        (["تكريت", "", "Iraq"], "Tikrit (IQ) settlement"),
    ]);
}

#[test]
fn near_spellings_are_offered_and_never_found() {
    let gazetteer = gazetteer();
    for (name, country, offered) in [
        ("Fallujja", "IQ", None),
        ("Faluhja", "IQ", Some("Fallujah (IQ)")),
        ("Sammara", "IQ", None),
        ("Ramady", "IQ", None),
        ("Rmadi", "IQ", Some("Ramadi (IQ)")),
        ("Rmadi", "SY", None),
    ] {
        let sought = Sought { name, country, ..Sought::default() };
        let near: Vec<&str> = gazetteer
            .near(&sought)
            .into_iter()
            .map(|n| gazetteer.entry(n).unwrap().id.as_str())
            .collect();
        if let Some(offered) = offered {
            assert!(near.contains(&offered), "{name}: {near:?}");
            assert!(gazetteer.find(&sought).one.is_none(), "{name}");
        } else if country == "SY" {
            assert!(!near.iter().any(|id| id.ends_with("(IQ)")), "{name}: {near:?}");
        } else {
            assert!(gazetteer.find(&sought).one.is_some(), "{name}");
        }
    }
}

#[test]
fn no_two_towns_of_a_country_have_one_name_by_accident() {
    let towns = data::basemap::load().unwrap().towns;
    for (n, town) in towns.iter().enumerate() {
        let keys = place_keys(&town.name);
        assert!(!keys.is_empty(), "{}", town.name);
        for other in towns[..n].iter().filter(|other| other.country == town.country) {
            let shared = place_keys(&other.name).iter().any(|key| keys.contains(key));
            assert!(!shared, "{} and {}", town.name, other.name);
        }
    }
}

#[test]
fn every_town_and_governorate_is_found_by_its_own_names_within_its_country() {
    let basemap = data::basemap::load().unwrap();
    let gazetteer = gazetteer();
    for town in &basemap.towns {
        for name in [Some(&town.name), town.name_ar.as_ref()].into_iter().flatten() {
            let sought =
                Sought { name, country: &town.country, is_town: true, ..Sought::default() };
            let found = gazetteer.find(&sought).one.and_then(|one| gazetteer.entry(one.entry));
            assert_eq!(found.map(|e| &e.name), Some(&town.name), "{name}");
        }
    }
}
