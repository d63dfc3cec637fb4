//! The forms of a site's name on a map: as short as it stays clear, in one line or two, with its Arabic name or
//! without.

use super::labels::Label;
use super::text::Shaper;
use super::theme::style;
use crate::domain::Site;

/// The forms of a site's name, the fullest first.
pub(super) fn site_label(shaper: &mut Shaper, site: &Site, name: &str, arabic: bool) -> Vec<Label> {
    // An area's Arabic name would be that of the town that stands for it.
    let name_ar = site.name_ar.as_deref().filter(|_| arabic && site.precision.is_point());
    let name_ar = name_ar.map(|n| plain_name(n.split('،').next().unwrap_or(n)));
    let name_ar = name_ar.map(|n| (n, style::SITE_ARABIC));
    let lines = if name.chars().count() > LONG { in_lines(name) } else { None };
    let full = lines.as_deref().unwrap_or(name);
    let mut forms = vec![Label::new(shaper, full, style::SITE, name_ar)];
    let mut add = |latin: &str| forms.push(Label::new(shaper, latin, style::SITE, None));
    if name_ar.is_some() {
        add(full);
    }
    if lines.is_none()
        && let Some(two) = in_lines(name)
    {
        add(&two);
    }
    forms
}

/// Of more sites than this that share a glyph their number is not said.
const MANY: usize = 20;

/// The forms of the name of several sites that share a glyph.
pub(super) fn group_label(shaper: &mut Shaper, name: &str, others: usize) -> Vec<Label> {
    // Many are no number to be read, and it would change from day to day.
    let forms = if others > MANY {
        [format!("{name}\nand many more"), format!("{name} + many")]
    } else {
        [format!("{name}\nand {others} more"), format!("{name} + {others}")]
    };
    forms.into_iter().map(|words| Label::new(shaper, &words, style::SITE, None)).collect()
}

/// A name without what stands behind a slash or, at its end, in brackets.
pub(super) fn plain_name(name: &str) -> &str {
    let cut = name.split(" / ").next().unwrap_or(name).trim();
    let cut = match cut.rsplit_once(" (") {
        Some((head, tail)) if tail.ends_with(')') => head,
        _ => cut,
    };
    if cut.is_empty() { name } else { cut }
}

/// The plain name of a site up to its comma, where that still says which place it is: an area keeps the
/// whole ("Convoy route, Babil"), and so does what is only called by its kind ("Access road, ...").
pub(super) fn short_name(site: &Site) -> &str {
    short_of(&site.name, &site.kind, site.precision.is_point())
}

fn short_of<'a>(name: &'a str, kind: &str, is_point: bool) -> &'a str {
    let plain = plain_name(name);
    let head = plain.split(", ").next().unwrap_or(plain);
    let named = head.split(' ').skip(1).any(|word| word.contains(char::is_uppercase));
    let only_kind = !named && head.to_lowercase().ends_with(&kind.to_lowercase());
    if is_point && !only_kind { head } else { plain }
}

/// A name of more characters than this is in two lines.
const LONG: usize = 28;
/// One of fewer never is.
const SHORT: usize = 12;

/// A name in two lines, the first up to its comma or about as long as the second.
fn in_lines(name: &str) -> Option<String> {
    if name.chars().count() < SHORT {
        return None;
    }
    let spaces = || name.match_indices(' ').map(|(at, _)| at);
    let comma = spaces().find(|at| name[..*at].ends_with(','));
    let at = comma.or_else(|| spaces().min_by_key(|at| (at * 2).abs_diff(name.len())))?;
    Some(format!("{}\n{}", &name[..at], &name[at + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_cut_where_it_stays_clear() {
        for (name, plain) in [
            ("Victory Base Complex / Diplomatic Support Center", "Victory Base Complex"),
            ("Qayyarah Airfield West (Q-West)", "Qayyarah Airfield West"),
            ("International (Green) Zone, Baghdad", "International (Green) Zone, Baghdad"),
            ("(unnamed)", "(unnamed)"),
        ] {
            assert_eq!(plain_name(name), plain);
        }
        for (name, kind, area, short) in [
            ("Green Village, al-Omar oil field", "oil field", false, "Green Village"),
            ("US Embassy, Baghdad", "embassy", false, "US Embassy"),
            ("Convoy route, Babil", "convoy route", true, "Convoy route, Babil"),
            ("Convoy route, Yusufiya", "convoy route", false, "Convoy route, Yusufiya"),
            ("Access road, Baghdad airport", "road", false, "Access road, Baghdad airport"),
        ] {
            assert_eq!(short_of(name, kind, !area), short);
        }
    }

    #[test]
    fn a_long_name_breaks_after_its_comma_or_near_its_middle() {
        assert_eq!(in_lines("Convoy route, al-Muthanna").unwrap(), "Convoy route,\nal-Muthanna");
        assert_eq!(
            in_lines("Erbil International Airport").unwrap(),
            "Erbil International\nAirport"
        );
        assert_eq!(in_lines("Basra"), None);
    }
}
