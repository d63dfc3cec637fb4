//! Counts of people as tables write them.

use crate::domain::western_digit;

/// Reads a whole number: `3`, `3.0`, `1,200`, `١٢`.
pub(super) fn read(cell: &str) -> Option<u32> {
    let text = cell.trim();
    if text.is_empty() {
        return None;
    }
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let western: String = text.chars().map(western_digit).collect();
    let whole = western.trim_end_matches('0').strip_suffix('.').unwrap_or(&western);
    let groups: Vec<&str> = whole.split([',', '\u{a0}', '\u{202f}', '\u{66c}']).collect();
    let is_grouped = groups.len() > 1;
    let fits = |(place, group): (usize, &&str)| {
        let digits = !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
        digits && (!is_grouped || if place == 0 { group.len() <= 3 } else { group.len() == 3 })
    };
    groups.iter().enumerate().all(fits).then(|| groups.concat().parse().ok())?
}

/// What counts of one row say where they contradict each other: the highest is below the lowest, or the best beyond them.
pub(super) fn contradiction([best, low, high]: [Option<u32>; 3]) -> Option<String> {
    let (low, high) = low.zip(high)?;
    let is_beyond = best.is_some_and(|best| best < low || best > high);
    let best = best.map_or_else(String::new, |best| format!(", best {best}"));
    (high < low || is_beyond).then(|| format!("lowest {low}{best}, highest {high}"))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_count_is_a_whole_number_however_it_is_written() {
        for (cell, count) in [
            ("3", 3),
            (" 12 ", 12),
            ("3.0", 3),
            ("10.00", 10),
            ("1,200", 1200),
            ("١٢", 12),
            ("1\u{202f}000", 1000),
            ("0", 0),
        ] {
            assert_eq!(read(cell), Some(count), "{cell}");
        }
        for cell in
            ["", "-1", "3.5", "several", "3+", "1,20", ",", "99999999999", "1e3", "NaN", "10-12"]
        {
            assert_eq!(read(cell), None, "{cell}");
        }
    }
}
