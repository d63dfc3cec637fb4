//! Made-up rows in the shape of ACLED's tables: the same columns, and cells about as long. No such events are meant.

use std::io::{self, Write};

use super::random::Random;

const HEADER: &str = "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,\
    assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,\
    admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp";

/// Classes and kinds of events, as the codebook has them.
const KINDS: [(&str, &str); 8] = [
    ("Battles", "Armed clash"),
    ("Violence against civilians", "Attack"),
    ("Explosions/Remote violence", "Air/drone strike"),
    ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    ("Explosions/Remote violence", "Remote explosive/landmine/IED"),
    ("Protests", "Peaceful protest"),
    ("Riots", "Mob violence"),
    ("Strategic developments", "Disrupted weapons use"),
];
const PLACES: u32 = 6_000;
const DAYS: u32 = 3_000;

/// Writes so many rows under a header; the same for the same seed. A row has about 475 bytes.
pub(crate) fn write(to: &mut impl Write, rows: u32, seed: u64) -> io::Result<()> {
    let mut random = Random::new(seed);
    let places: Vec<[f64; 2]> =
        (0..PLACES).map(|_| [random.between(29.5, 37.2), random.between(36.0, 48.0)]).collect();
    let notes: Vec<String> = (0..2_000).map(|_| note(&mut random)).collect();
    let first = jiff::civil::date(2017, 1, 1);
    writeln!(to, "{HEADER}")?;
    for row in 0..rows {
        // Most events are at few places, and parties and sources are as unlike.
        let place = few(&mut random, PLACES);
        let [lat, lon] = places[place as usize];
        let (class, kind) = random.one_of(&KINDS);
        let days = row.wrapping_mul(DAYS / 4) / (rows / 4).max(1) + random.below(4);
        let date = first.saturating_add(jiff::Span::new().days(i64::from(days)));
        let [one, other] = [300, 200].map(|n| few(&mut random, n));
        let quoted = if row % 7 == 0 { " They were called \"\"made up\"\"." } else { "" };
        writeln!(
            to,
            "MUP{row},{date},{year},{time},Political violence,{class},{kind},Made-up group {one},,Rebel group,\
             Made-up force {other},,State forces,State forces-Rebel group,,{iso},Middle East,{country},Province {p},\
             District {d},,Made-up place {place},{lat:.4},{lon:.4},{geo},Made-up source {s}; Made-up paper {t},\
             National,\"On {date}, {note}{quoted}\",{dead},,{stamp}",
            year = date.year(),
            time = if row % 9 == 0 { 2 } else { 1 },
            iso = if row % 2 == 0 { 760 } else { 368 },
            country = if row % 2 == 0 { "Syria" } else { "Iraq" },
            p = place % 19,
            d = place % 120,
            geo = if row % 5 == 0 { 2 } else { 1 },
            s = row % 900,
            t = row % 37,
            note = notes[random.below(2_000) as usize],
            dead = random.one_of(&[0, 0, 0, 1, 2, 5]),
            stamp = 1_600_000_000 + row,
        )?;
    }
    Ok(())
}

/// Below `end`, the small ones more often.
fn few(random: &mut Random, end: u32) -> u32 {
    let most = random.below(end) + 1;
    random.below(most)
}

fn note(random: &mut Random) -> String {
    const WORDS: [&str; 12] =
        ["made", "up", "words", "stand", "for", "the", "notes", "of", "an", "event", "and", "say"];
    let words: Vec<&str> = (0..25 + random.below(30)).map(|_| random.one_of(&WORDS)).collect();
    words.join(" ")
}
