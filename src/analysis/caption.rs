//! The caption of a figure, worked out from its view: two to five plain sentences that can be printed below it.
//!
//! Its numbers are those of the figure's subtitle and of `sitrep tally`: both ask the same [`Selection`].

use std::collections::BTreeSet;

use super::citations::one_line;
use super::harm::people;
use super::{
    Certainty, Facet, GroupBy, HarmSum, Mode, Panels, PlaceClass, Record, Rule, Selection, View,
    age, coverage, harm_sum, tally, words,
};
use crate::domain::DaySpan;

/// A caption.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caption {
    /// Two to five sentences, each with its full stop.
    pub sentences: Vec<String>,
}

impl Caption {
    /// One paragraph.
    #[must_use]
    pub fn text(&self) -> String {
        self.sentences.join(" ")
    }
}

/// What the picture of a view shows: how many events, when and where; at which sites most; who was harmed; what
/// a reader must know of it; what is counted and what left out, and from which record.
#[must_use]
pub fn caption(record: &Record, view: &View, selection: &Selection) -> Caption {
    caption_of_maps(record, view, selection, None)
}

/// The same of a picture that is one of several maps: what there is a map for, and how many there are.
#[must_use]
pub fn caption_of_maps(
    record: &Record,
    view: &View,
    selection: &Selection,
    maps: Option<(Panels, usize)>,
) -> Caption {
    let mut first = counted(record, view, selection);
    if let Some((by, number)) = maps.filter(|_| !selection.is_empty()) {
        let on = match number {
            1 => "shown on 1 map".to_owned(),
            n => format!("shown on {} maps of the same ground and scale", words::thousands(n)),
        };
        first = format!("{}; {on}, one {}.", first.trim_end_matches('.'), each(by));
    }
    let mut sentences = vec![first];
    if !selection.is_empty() {
        sentences.push(most_affected(record, view, selection));
        sentences.push(harmed(record, view, selection));
    }
    sentences.extend(reservations(record, view, selection));
    sentences.push(rule_and_source(record, view, selection));
    // Names of a record may hold line breaks.
    Caption { sentences: sentences.iter().map(|sentence| one_line(sentence)).collect() }
}

/// "for each month".
pub(super) fn each(by: Panels) -> &'static str {
    match by {
        Panels::Week => "for each week from Monday to Sunday",
        Panels::Month => "for each month",
        Panels::Site => "for each site",
    }
}

/// "From 3 to 6 January 2022, the record counts 9 attacks on US and coalition forces at 6 sites in Iraq and Syria."
fn counted(record: &Record, view: &View, selection: &Selection) -> String {
    if record.extent().is_none() {
        return "The record holds no events.".to_owned();
    }
    let when = when(selection.days);
    let (certain, possible) = (selection.certain(), selection.possible());
    let only = match view.filter.words(record) {
        nothing if nothing.is_empty() => nothing,
        words => format!(" (only {words})"),
    };
    if selection.is_empty() {
        let noun = noun(view.rule, 0);
        return format!(
            "{when}, the record counts no {noun}{only}; that does not mean that there were none."
        );
    }
    let sites = match selection.sites() {
        1 => "1 site".to_owned(),
        n => format!("{} sites", words::thousands(n)),
    };
    let place = match region(record, selection) {
        Some(region) => format!("at {sites} in {region}"),
        None => format!("at {sites}"),
    };
    let are = if possible == 1 { "is" } else { "are" };
    let dates = if possible == 1 {
        "its date is known only to a span that reaches"
    } else {
        "their dates are known only to spans that reach"
    };
    let beyond = if selection.days.days() == 1 { "beyond that day" } else { "beyond these days" };
    let dates = format!("{dates} {beyond}");
    let possible_words = words::thousands(possible);
    let told = match (certain, possible) {
        (0, _) => {
            let noun = noun(view.rule, possible);
            format!("{when}, {possible_words} {noun} {are} possible {place}{only}: {dates}")
        }
        (_, 0) => {
            let noun = noun(view.rule, certain);
            format!("{when}, the record counts {} {noun} {place}{only}", words::thousands(certain))
        }
        _ => {
            let noun = noun(view.rule, certain);
            let certain = words::thousands(certain);
            format!(
                "{when}, the record counts {certain} {noun} {place}{only}; {possible_words} more {are} possible, as {dates}"
            )
        }
    };
    let paler = if age::bands(record, view).len() > 1 {
        "; older ones are drawn paler".to_owned()
    } else if view.mode == Mode::SinceStart && selection.has_past() {
        format!("; those before {} are drawn paler", words::day(view.window.first()))
    } else {
        String::new()
    };
    format!("{told}{paler}.")
}

/// What a rule counts, for the first sentence of a caption.
pub(super) fn noun(rule: Rule, count: usize) -> String {
    let noun = rule.noun(count);
    match rule {
        Rule::Everything => noun.to_owned(),
        Rule::Attacks => format!("{noun} on US and coalition forces"),
        Rule::Confirmed => format!("confirmed {noun} on US and coalition forces"),
        Rule::TwoSources => {
            format!("{noun} on US and coalition forces with two or more independent sources")
        }
    }
}

/// "On 5 January 2022", "From 3 to 6 January 2022", "In January 2022".
fn when(days: DaySpan) -> String {
    let said = words::span(days);
    if days.days() == 1 {
        format!("On {said}")
    } else if said.contains(" to ") {
        format!("From {said}")
    } else {
        format!("In {said}")
    }
}

/// The countries of the events shown, those with most first; `None` without one.
pub(super) fn region(record: &Record, selection: &Selection) -> Option<String> {
    let groups = tally(record, selection, GroupBy::Facet(Facet::Country)).groups;
    let known = groups.iter().filter(|g| g.key != "unknown");
    let names: Vec<String> = known.map(|g| g.label.clone()).collect();
    match names.len() {
        0 => None,
        1..=4 => Some(words::listed(&names)),
        n => Some(format!("{n} countries")),
    }
}

/// "The most affected sites are Ain al-Asad Air Base (3) and Baghdad International Airport (2)."
fn most_affected(record: &Record, view: &View, selection: &Selection) -> String {
    const MOST: usize = 3;
    let certain = selection.certain();
    let mut groups = tally(record, selection, GroupBy::Facet(Facet::Site)).groups;
    if certain > 0 {
        groups.retain(|g| g.certain > 0);
    }
    let number = |g: &super::Group| if certain > 0 { g.certain } else { g.possible };
    // Of sites with the same number none is named before the others.
    let tie = groups.get(MOST).map(number);
    let led = groups.iter().take(MOST).filter(|g| tie.is_none_or(|tie| number(g) > tie));
    let named: Vec<String> =
        led.map(|g| words::with_count(&g.label, g.certain, g.possible)).collect();
    let next = tie.map(|tie| (tie, groups.iter().filter(|g| number(g) == tie).count()));
    let each = |n: usize| {
        if certain > 0 { words::thousands(n) } else { format!("{} possible", words::thousands(n)) }
    };
    if let [one] = groups.as_slice() {
        return format!("The site is {}.", named_place(record, one));
    }
    if groups.len() <= MOST && groups.iter().all(|g| (g.certain, g.possible) == (1, 0)) {
        let names: Vec<String> = groups.iter().map(|g| g.label.clone()).collect();
        return format!("The sites are {}, with one each.", words::listed(&names));
    }
    let noun = view.rule.noun(2);
    match (named.as_slice(), next) {
        ([], Some((1, _))) if certain > 0 => format!("No site has more than one of these {noun}."),
        ([], Some((tie, sites))) => format!(
            "No site has more than {}; {} sites have as many.",
            each(tie),
            words::thousands(sites)
        ),
        ([one], Some((tie, sites))) => {
            let sites = words::thousands(sites);
            format!("The most affected site is {one}; {sites} others have {} each.", each(tie))
        }
        (several, _) if several.len() == groups.len() => {
            format!("The sites are {}.", words::listed(several))
        }
        (several, _) => format!("The most affected sites are {}.", words::listed(several)),
    }
}

/// A site of a tally with its governorate.
fn named_place(record: &Record, group: &super::Group) -> String {
    let site = record.find_site(&group.key).map(|s| record.site(s));
    match site.and_then(|s| s.admin1.as_deref()) {
        Some(governorate) if !group.label.contains(governorate) => {
            format!("{}, {governorate} governorate", group.label)
        }
        _ => group.label.clone(),
    }
}

/// "Reports tell of 5 people wounded (civilians), counted by AFP and reconciled in the record; for 3 of the 9 attacks
/// nothing on casualties is recorded."
fn harmed(record: &Record, view: &View, selection: &Selection) -> String {
    let of = |certainty: Certainty| {
        let events = selection.iter().filter(move |shown| shown.certainty == certainty);
        harm_sum(record, events.map(|shown| shown.event))
    };
    let (certain, possible) = (of(Certainty::Certain), of(Certainty::Possible));
    let (main, more) =
        if certain.events > 0 { (certain, Some(possible)) } else { (possible, None) };
    let mut told = harm_words(record, view.rule, &main);
    if let Some(more) = more.filter(HarmSum::any) {
        told.push_str(&format!("; the possible ones add {}", counts(&more)));
    }
    format!("{told}.")
}

/// "2 people killed (civilians) and 5 people wounded (US and coalition)".
fn counts(sum: &HarmSum) -> String {
    let parts = [people(&sum.killed, "killed"), people(&sum.wounded, "wounded")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" and ")
}

fn harm_words(record: &Record, rule: Rule, sum: &HarmSum) -> String {
    let noun = rule.noun(sum.events);
    let told = sum.events - sum.silent;
    let [events, silent] = [sum.events, sum.silent].map(words::thousands);
    if told == 0 {
        let these = if sum.events == 1 { "this" } else { "these" };
        return format!("Nothing on casualties is recorded for {these} {noun}");
    }
    if !sum.any() {
        return match (sum.silent, sum.events) {
            (0, _) => "No casualties are reported".to_owned(),
            (_, _) => format!(
                "No casualties are reported in {} of them; for the other {silent} nothing on casualties is recorded",
                words::thousands(told)
            ),
        };
    }
    let rest = match sum.silent {
        0 => String::new(),
        _ => format!("; for {silent} of the {events} {noun} nothing on casualties is recorded"),
    };
    let names: BTreeSet<String> =
        sum.counted_by.iter().map(|source| record.source(*source).credit()).collect();
    let names: Vec<String> = names.into_iter().collect();
    let by = match sum.counted_by.len() {
        0 => "as the record reconciles the reports".to_owned(),
        1..=3 => format!("counted by {} and reconciled in the record", words::listed(&names)),
        n => {
            format!("counted in {} publications and reconciled in the record", words::thousands(n))
        }
    };
    format!("Reports tell of {}, {by}{rest}", counts(sum))
}

/// What a reader must know of precision, disputes and gaps; `None` where no event is shown and nothing is to be said.
fn reservations(record: &Record, view: &View, selection: &Selection) -> Option<String> {
    let mut told: Vec<String> = Vec::new();
    let mut by_class = [0_usize; 5];
    for (place, count) in selection.places_shown() {
        by_class[place.class as usize] += count.shown();
    }
    let classes = [
        (PlaceClass::Radius, "a radius"),
        (PlaceClass::Governorate, "the governorate"),
        (PlaceClass::Governorates, "a group of governorates"),
        (PlaceClass::Country, "the country"),
    ];
    let vague = classes.map(|(class, known)| (by_class[class as usize], known));
    let mut vague = vague.into_iter().filter(|(n, _)| *n > 0);
    let is_one = selection.len() == 1;
    if let Some((n, known)) = vague.next() {
        let first = if is_one {
            format!("of its place only {known} is known")
        } else {
            format!("for {} of them only {known} is known", words::thousands(n))
        };
        let others = vague.map(|(n, known)| format!("for {} only {known}", words::thousands(n)));
        told.push(words::listed(&std::iter::once(first).chain(others).collect::<Vec<_>>()));
    }
    let spans = selection.iter().filter(|s| record.event(s.event).date.span.days() > 1).count();
    match spans {
        0 => {}
        _ if is_one => told.push("its date is known only to a span of days".to_owned()),
        n => told
            .push(format!("the date of {} is known only to a span of days", words::thousands(n))),
    }
    for caution in words::caution_list(record, view, selection) {
        told.push(words::in_sentence(caution.trim_end_matches('.')));
    }
    let thin = coverage::thin_parts(record, selection.days);
    if !thin.is_empty() {
        let thin = thin.iter().map(|part| match part.as_str() {
            "everything" => "these days".to_owned(),
            part => part.to_owned(),
        });
        told.push(format!("the record is thin for {}", thin.collect::<Vec<_>>().join(" and for ")));
    }
    if !selection.is_empty() {
        told.push("symbols stand for sites, not for points of impact".to_owned());
    }
    (!told.is_empty()).then(|| format!("{}.", words::capitalised(&told.join("; "))))
}

/// What is counted, what is left out, and the record with its edition and its sources.
fn rule_and_source(record: &Record, view: &View, selection: &Selection) -> String {
    let mut told = format!("Counted: {}", view.rule.label());
    if let Some(left_out) = words::left_out(view, selection) {
        told.push_str(&format!("; in these days but not shown: {left_out}"));
    }
    told.push_str(&format!("; source: {}", record.title.trim_end_matches('.')));
    if !record.version.is_empty() {
        told.push_str(&format!(", edition {}", record.version));
    }
    let sources = words::sources(record, selection);
    if !sources.is_empty() {
        let number = sources.trim_start_matches("Told by ").trim_end_matches('.');
        told.push_str(&format!(" ({number})"));
    }
    format!("{told}; days in {}.", words::zone(&record.time_zone))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Day;

    #[test]
    fn days_are_said_with_their_preposition() {
        let check = |from: &str, to: &str, expected: &str| {
            let [from, to] = [from, to].map(|day| Day::parse(day).unwrap());
            assert_eq!(when(DaySpan::between(from, to)), expected);
        };
        check("2022-01-05", "2022-01-05", "On 5 January 2022");
        check("2022-01-03", "2022-01-06", "From 3 to 6 January 2022");
        check("2022-01-01", "2022-01-31", "In January 2022");
        check("2021-01-01", "2021-12-31", "In 2021");
        check("2020-01-01", "2021-12-31", "From 2020 to 2021");
    }
}
