//! What a picture of a view shows, for people who do not see it: a short form for the picture's alt attribute,
//! and a longer description to stand beside it.

use super::caption::{each, noun, region};
use super::citations::one_line;
use super::{GroupBy, Panels, Record, Rule, Selection, View, tally, words};
use crate::domain::{Code as _, DaySpan, Direction};

/// The short form has at most this many characters.
pub const MAX_SHORT_CHARS: usize = 350;

/// A glyph as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawnGlyph {
    /// The site, or several that share the glyph.
    pub name: String,
    /// Where that is: "Anbar".
    pub governorate: Option<String>,
    /// Events that surely belong.
    pub certain: usize,
    /// Events that may belong.
    pub possible: usize,
}

/// A picture in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AltText {
    /// One line of at most [`MAX_SHORT_CHARS`] characters.
    pub short: String,
    /// A paragraph.
    pub long: String,
}

/// The maps of small multiples, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawnMaps {
    /// What there is a map for.
    pub by: Panels,
    /// The title of each, and the events on it that surely belong and that may belong.
    pub maps: Vec<(String, [usize; 2])>,
}

/// What a picture carries besides its glyphs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Carries<'a> {
    /// The days of the time strip below the map, where it has one.
    pub axis: Option<DaySpan>,
    /// Its maps, where it is one of small multiples.
    pub maps: Option<&'a DrawnMaps>,
}

/// The text for a map of a view. `glyphs` are those on its ground, the largest first; of small multiples those that one map
/// of everything would have.
#[must_use]
pub fn alt_text(
    record: &Record,
    view: &View,
    selection: &Selection,
    glyphs: &[DrawnGlyph],
    carries: Carries<'_>,
) -> AltText {
    let short = short(record, view, selection, glyphs, carries);
    let long = long(record, view, selection, glyphs, carries);
    AltText { short: one_line(&short), long: one_line(&long) }
}

/// "Map of attacks on US and coalition forces in Iraq and Syria, 3 to 6 January 2022"; of small multiples "6 maps of
/// attacks on US and coalition forces in Iraq and Syria, March to August 2021, one for each month, all on one scale".
fn subject(
    record: &Record,
    view: &View,
    selection: &Selection,
    maps: Option<&DrawnMaps>,
) -> String {
    let number = match maps.map_or(0, |maps| maps.maps.len()) {
        0 | 1 => "Map".to_owned(),
        n => format!("{} maps", words::thousands(n)),
    };
    let each = match maps {
        None => String::new(),
        Some(maps) if maps.maps.len() < 2 => format!(", one {}", each(maps.by)),
        Some(maps) => format!(", one {}, all on one scale", each(maps.by)),
    };
    let of = match view.rule {
        Rule::Everything => "events".to_owned(),
        rule => noun(rule, 2),
    };
    let place =
        region(record, selection).map_or_else(String::new, |region| format!(" in {region}"));
    if record.extent().is_none() {
        return format!("{number} of {of}");
    }
    format!("{number} of {of}{place}, {}{each}", words::span(selection.days))
}

fn named(glyph: &DrawnGlyph) -> String {
    words::with_count(&glyph.name, glyph.certain, glyph.possible)
}

fn short(
    record: &Record,
    view: &View,
    selection: &Selection,
    glyphs: &[DrawnGlyph],
    Carries { axis, maps }: Carries<'_>,
) -> String {
    const MOST: usize = 3;
    let strip = if axis.is_some() { ", with a timeline" } else { "" };
    let subject = subject(record, view, selection, maps);
    let total = words::capitalised(&words::total(view, selection));
    let only = match view.filter.words(record) {
        nothing if nothing.is_empty() => nothing,
        words => format!(" Only {words}."),
    };
    let written = |only: &str, most: usize| {
        let largest: Vec<String> = glyphs.iter().take(most).map(named).collect();
        let largest = match (largest.as_slice(), maps) {
            ([], _) => String::new(),
            (several, Some(_)) => {
                format!(" Most on all maps together: {}.", words::listed(several))
            }
            ([one], None) => format!(" Largest symbol: {one}."),
            (several, None) => format!(" Largest symbols: {}.", words::listed(several)),
        };
        format!("{subject}{strip}. {total}.{only}{largest}")
    };
    // What matters least goes first.
    let filtered = if only.is_empty() { "" } else { " Only a part of the record." };
    let forms = (0..=MOST).rev().map(|most| (only.as_str(), most));
    let forms = forms.chain((0..=MOST).rev().map(|most| (filtered, most)));
    let texts = forms.map(|(only, most)| written(only, most));
    let fits = |text: &String| text.chars().count() <= MAX_SHORT_CHARS;
    texts.into_iter().find(fits).unwrap_or_else(|| {
        let text = written("", 0);
        let kept: String = text.chars().take(MAX_SHORT_CHARS - 1).collect();
        format!("{kept}…")
    })
}

fn long(
    record: &Record,
    view: &View,
    selection: &Selection,
    glyphs: &[DrawnGlyph],
    Carries { axis, maps }: Carries<'_>,
) -> String {
    const MOST: usize = 8;
    let elsewhere = if maps.is_some() {
        "because the place is not known closely enough or lies outside; the words above each map count them"
    } else {
        "because the place is not known closely enough or lies outside; notes at the edge say where"
    };
    let mut told = vec![
        format!("{}.", subject(record, view, selection, maps)),
        match maps {
            None => format!("It shows {}.", words::total(view, selection)),
            Some(_) => format!("Together they show {}.", words::total(view, selection)),
        },
    ];
    if !view.filter.is_empty() {
        told.push(format!("Only {}.", view.filter.words(record)));
    }
    if let Some(maps) = maps {
        told.push(maps_in_order(maps));
    }
    if !glyphs.is_empty() {
        let places = glyphs.iter().take(MOST).map(|glyph| match &glyph.governorate {
            Some(governorate) if !glyph.name.contains(governorate.as_str()) => {
                let count = words::count(glyph.certain, glyph.possible);
                format!("{}, {governorate} ({count})", glyph.name)
            }
            _ => named(glyph),
        });
        let places: Vec<String> = places.collect();
        let rest = match glyphs.len() - places.len() {
            0 => String::new(),
            1 => "; 1 more has fewer or as many".to_owned(),
            n => format!("; {} more have fewer or as many", words::thousands(n)),
        };
        told.push(match (places.as_slice(), maps) {
            (several, Some(_)) => format!(
                "On all maps together the places with most are: {}{rest}.",
                several.join("; ")
            ),
            ([one], None) => format!("The only symbol on the ground of the map stands for {one}."),
            (_, None) => format!(
                "The area of a symbol grows with its number; from the largest down: {}{rest}.",
                places.join("; ")
            ),
        });
    }
    let on_ground: usize = glyphs.iter().map(|g| g.certain + g.possible).sum();
    match selection.len().saturating_sub(on_ground) {
        0 => {}
        1 => told.push(format!("1 event has no symbol on the ground of the map, {elsewhere}.")),
        n => {
            let n = words::thousands(n);
            told.push(format!("{n} events have no symbol on the ground of the map, {elsewhere}."));
        }
    }
    let classes: Vec<String> = Direction::ALL
        .iter()
        .zip(selection.by_class())
        .filter(|(_, n)| *n > 0)
        .map(|(class, n)| format!("{}: {}", record.classes.label(*class), words::thousands(n)))
        .collect();
    if classes.len() > 1 {
        told.push(format!("By class, in colours that the legend names: {}.", classes.join("; ")));
    }
    if let Some(axis) = axis.filter(|_| record.extent().is_some()) {
        told.push(strip(record, view, selection, axis));
    }
    told.join(" ")
}

/// "The maps in their order: March 2021 (3), April 2021 (none)."
fn maps_in_order(maps: &DrawnMaps) -> String {
    const MOST: usize = 60;
    let each = maps.maps.iter().take(MOST).map(|(title, [certain, possible])| {
        if certain + possible == 0 {
            format!("{title} (none)")
        } else {
            words::with_count(title, *certain, *possible)
        }
    });
    let listed = each.collect::<Vec<_>>().join("; ");
    match maps.maps.len().saturating_sub(MOST) {
        0 => format!("The maps in their order: {listed}."),
        n => format!("The maps in their order: {listed}; and {n} more."),
    }
}

/// What stands on the time strip.
fn strip(record: &Record, view: &View, selection: &Selection, axis: DaySpan) -> String {
    let days = tally(record, selection, GroupBy::Day).groups;
    let most = days.iter().map(|day| day.certain).max().unwrap_or(0);
    let fullest: Vec<&super::Group> = days.iter().filter(|day| day.certain == most).collect();
    let noun = view.rule.noun(most);
    let busiest = match (most, fullest.as_slice()) {
        (0, _) => String::new(),
        (n, [day]) if days.len() > 1 => {
            format!("; the fullest of them is {} with {} {noun}", day.label, words::thousands(n))
        }
        (n, _) if days.len() > 1 => {
            format!("; no day of them has more than {} {noun}", words::thousands(n))
        }
        _ => String::new(),
    };
    format!(
        "Below the map a timeline ({}) shows when events happened and marks the days of the map{busiest}.",
        words::span(axis)
    )
}
