//! Positions as tables write them: decimal degrees with point or comma, degrees with minutes and seconds, both
//! numbers in one cell, and the Military Grid Reference System.

use geoconvert::Mgrs;

use crate::domain::{LonLat, western_digit};

/// Which of the two a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    Latitude,
    Longitude,
}

/// Reads degrees: `33.3152`, `33,3152`, `33°18'55"N`, `33 18 55 N`, `N 33.3`. A letter must fit the axis.
pub(super) fn degrees(cell: &str, axis: Axis) -> Option<f64> {
    if let Ok(number) = cell.trim().parse::<f64>() {
        return number.is_finite().then_some(number);
    }
    let text: String = cell.trim().chars().map(plain_sign).collect();
    let letters = text.chars().filter(char::is_ascii_alphabetic).count();
    let (letter, text) = match letters {
        0 => (None, text),
        1 => {
            let letter =
                text.chars().find(char::is_ascii_alphabetic).map(|c| c.to_ascii_uppercase());
            let is_outside = text.trim_start().starts_with(|c: char| c.is_ascii_alphabetic())
                || text.trim_end().ends_with(|c: char| c.is_ascii_alphabetic());
            if !is_outside {
                return None;
            }
            (letter, text.replace(|c: char| c.is_ascii_alphabetic(), " "))
        }
        _ => return None,
    };
    let sign = match (letter, axis) {
        (None, _) | (Some('N'), Axis::Latitude) | (Some('E'), Axis::Longitude) => 1.0,
        (Some('S'), Axis::Latitude) | (Some('W'), Axis::Longitude) => -1.0,
        (Some(_), _) => return None,
    };
    let is_negative = text.trim_start().starts_with('-');
    if is_negative && letter.is_some() {
        return None;
    }
    let parts: Vec<&str> =
        text.split(['°', '\'', '"', ' ', ':']).filter(|p| !p.is_empty()).collect();
    let numbers: Vec<f64> =
        parts.iter().map(|p| p.replace(',', ".").parse::<f64>().ok()).collect::<Option<_>>()?;
    let size = match numbers.as_slice() {
        [degrees] => degrees.abs(),
        [degrees, minutes] => degrees.abs() + sixtieth(*minutes)?,
        [degrees, minutes, seconds] => {
            degrees.abs() + sixtieth(*minutes)? + sixtieth(*seconds)? / 60.0
        }
        _ => return None,
    };
    let degrees = if is_negative { -size } else { size * sign };
    degrees.is_finite().then_some(degrees)
}

/// Minutes of a degree, or seconds of a minute.
fn sixtieth(number: f64) -> Option<f64> {
    (0.0..60.0).contains(&number).then_some(number / 60.0)
}

/// Typographic signs as those of a keyboard, and Arabic digits as western ones.
fn plain_sign(c: char) -> char {
    match c {
        '\u{2212}' | '\u{2013}' => '-',
        '\u{2032}' | '\u{2019}' | '\u{2018}' | '`' => '\'',
        '\u{2033}' | '\u{201d}' | '\u{201c}' => '"',
        'º' | '˚' => '°',
        '\u{66b}' => ',',
        '\u{a0}' | '\u{202f}' => ' ',
        _ => western_digit(c),
    }
}

/// Reads both numbers from one cell: `33.3, 44.4` (latitude first), `33°18'55"N 44°21'58"E`, or `POINT (44.4 33.3)` of
/// well-known text (longitude first).
pub(super) fn both(cell: &str) -> Option<LonLat> {
    let text = cell.trim();
    if let Some(inside) =
        text.get(..5).filter(|w| w.eq_ignore_ascii_case("point")).map(|_| &text[5..])
    {
        let inside = inside.trim().strip_prefix('(')?.strip_suffix(')')?;
        let mut numbers = inside.split_whitespace().map(str::parse::<f64>);
        let (lon, lat) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
        return LonLat::new(lon, lat).ok();
    }
    let half = |separator: char| {
        let (lat, lon) = text.split_once(separator)?;
        let lat = degrees(lat, Axis::Latitude)?;
        LonLat::new(degrees(lon, Axis::Longitude)?, lat).ok()
    };
    // After the letter of a latitude comes the longitude.
    let after_letter = || {
        let at = text.find(['N', 'S', 'n', 's'])? + 1;
        let lat = degrees(text.get(..at)?, Axis::Latitude)?;
        LonLat::new(degrees(text.get(at..)?.trim_start_matches([',', ';']), Axis::Longitude)?, lat)
            .ok()
    };
    half(';').or_else(|| half(',')).or_else(|| half(' ')).or_else(after_letter)
}

/// Reads a square of the Military Grid Reference System, such as `38SMB4395386120`, as its middle, with half of the
/// square's side in metres.
pub(super) fn mgrs(cell: &str) -> Option<(LonLat, f64)> {
    let square: String = cell.chars().filter(|c| !c.is_whitespace()).collect();
    let digits = square.chars().rev().take_while(char::is_ascii_digit).count();
    if !square.is_ascii() || !(2..=10).contains(&digits) || digits % 2 == 1 {
        return None;
    }
    // A zone of one or two digits, its band, and the two letters of the square.
    let head = &square[..square.len() - digits];
    let zone = head.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if head.len() - zone.len() != 3 || !zone.parse().is_ok_and(|z: u8| (1..=60).contains(&z)) {
        return None;
    }
    let place = Mgrs::parse_str(&square.to_ascii_uppercase()).ok()?.to_latlon();
    let side = 10_f64.powi(5 - i32::try_from(digits / 2).ok()?);
    Some((LonLat::new(place.longitude(), place.latitude()).ok()?, side / 2.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(read: Option<f64>, wanted: f64) -> bool {
        read.is_some_and(|r| (r - wanted).abs() < 1e-6)
    }

    #[test]
    fn degrees_are_read_as_people_write_them() {
        let wanted = 33.0 + 18.0 / 60.0 + 55.0 / 3600.0;
        for text in
            ["33°18'55\"N", "33 18 55 N", "N33°18′55″", "33:18:55", "33° 18' 55\" n", "٣٣°١٨'٥٥\""]
        {
            assert!(near(degrees(text, Axis::Latitude), wanted), "{text}");
        }
        for (text, wanted) in [
            ("33.3152", 33.3152),
            ("33,3152", 33.3152),
            (" 33.5° ", 33.5),
            ("\u{2212}44.25", -44.25),
            ("-44 15", -44.25),
            ("44°15' W", -44.25),
            ("0°30'W", -0.5),
        ] {
            assert!(near(degrees(text, Axis::Longitude), wanted), "{text}");
        }
    }

    #[test]
    fn what_is_no_position_is_refused() {
        for text in [
            "",
            "north",
            "33.3 N 44",
            "NaN",
            "inf",
            "33°61'",
            "1 2 3 4",
            "33 N E",
            "-33 N",
            "3e3e3",
            "33E",
        ] {
            assert_eq!(degrees(text, Axis::Latitude), None, "{text}");
        }
        for text in
            ["", "33.3", "POINT(44)", "POINT EMPTY", "95, 44", "a, b", "33.3N", "POINT (44 33"]
        {
            assert_eq!(both(text), None, "{text}");
        }
        for text in
            ["", "38SMB", "38SMB1", "38SMB123", "99ZZZ1234", "38SMB12345678901", "٣٨SMB1234"]
        {
            assert_eq!(mgrs(text), None, "{text}");
        }
    }

    #[test]
    fn both_numbers_of_a_cell_are_read_latitude_first_but_in_well_known_text() {
        let wanted = LonLat::new(44.4, 33.3).unwrap();
        for text in [
            "33.3, 44.4",
            "33.3 44.4",
            "33,3; 44,4",
            "POINT (44.4 33.3)",
            "point(44.4 33.3)",
            "33.3N 44.4E",
        ] {
            let read = both(text).unwrap_or_else(|| panic!("{text}"));
            assert!(read.distance_m(wanted) < 0.1, "{text}");
        }
    }

    #[test]
    fn a_grid_square_is_read_as_its_middle() {
        let (square, half) = mgrs("38S MB 4395 8612").unwrap();
        assert!((half - 5.0).abs() < 1e-9);
        let (fine, _) = mgrs("38SMB4395586125").unwrap();
        assert!(square.distance_m(fine) < 8.0, "{}", square.distance_m(fine));
    }

    #[test]
    fn every_grid_square_that_can_be_spelled_is_a_position_or_refused() {
        let letters = || ('A'..='Z').map(|c| c as u8);
        let mut found = 0_u32;
        for zone in [0, 1, 31, 37, 38, 39, 60, 61] {
            for (band, column) in letters().flat_map(|b| letters().map(move |c| (b, c))) {
                for row in letters() {
                    let head = [band, column, row].map(char::from).iter().collect::<String>();
                    found += u32::from(mgrs(&format!("{zone}{head}5050")).is_some());
                }
            }
        }
        assert!(found > 9_000, "{found}");
    }
}
