//! What the lanes say: captions, what stands under the pointer, and their names for who cannot see them.

use egui::Ui;

use super::document::Document;
use super::pen::Pen;
use crate::analysis::{Lane, Lanes, Lit, Mode, Pair, event_words, lanes, words};
use crate::domain::{Code as _, DaySpan, Direction, EventIndex, LinkKind};
use crate::scene::lanes::{LanesScene, Pile};
use crate::scene::theme::style;

/// Widest text under the pointer.
const WIDTH: f32 = 340.0;

/// The days that stand out behind the lanes, and whether they have edges.
pub(super) fn grounds(document: &Document) -> Vec<(bool, DaySpan)> {
    let view = &document.view;
    let shown = view.shown_span(&document.dataset);
    match view.mode {
        Mode::Window => vec![(true, view.window)],
        Mode::SinceStart => vec![(false, shown), (true, view.window)],
        Mode::Day => vec![(true, shown)],
    }
}

/// The name of a lane with its number in the days shown, and what it follows.
pub(super) fn caption(document: &Document, lanes: &Lanes, lane: Lane) -> [String; 2] {
    let days = document.selection.days;
    let counts = lanes.lane(lane).counts().within(days);
    let [certain, possible] = counts.map(|n| usize::try_from(n).unwrap_or(0));
    let head = format!("{}: {} in these days", lane.label(), words::count(certain, possible));
    let filter = if document.view.filter.is_empty() { "" } else { " under this filter" };
    let rest = match lane {
        Lane::Strikes => format!("all in the record{filter}, whatever the rule for attacks"),
        Lane::Attacks => {
            format!(
                "rule: {}{filter}; strikes by Iran stand above",
                document.view.rule.short_label().to_lowercase()
            )
        }
    };
    [head, rest]
}

/// How many ties are drawn, as what, and where the others are; from the longest to the shortest way to say it.
pub(super) fn links(document: &Document, drawn: &LanesScene) -> Vec<String> {
    let some = |n: usize, one: &str, more: &str| {
        (n > 0).then(|| format!("{} {}", words::thousands(n), if n == 1 { one } else { more }))
    };
    let of = |kind| drawn.links.iter().filter(|l| l.pair.kind == kind).count();
    let kinds = [
        (LinkKind::ResponseTo, "response", "responses", "line"),
        (LinkKind::Followed, "told as after", "told as after", "short dashes"),
        (LinkKind::SameWave, "in one wave", "in one wave", "dotted"),
        (LinkKind::AnniversaryOf, "anniversary", "anniversaries", "long dashes"),
    ];
    let kinds = kinds.into_iter().filter_map(|(kind, one, more, look)| {
        Some(format!("{} ({look})", some(of(kind), one, more)?))
    });
    let undrawn = "zoom in to see them";
    let drawn_kinds: Vec<String> =
        kinds.chain(some(drawn.links_undrawn, undrawn, undrawn)).collect();
    let by_rule = document.view.filter.is_empty();
    let held_back = if by_rule { "held back by the rule" } else { "held back by rule or filter" };
    let elsewhere = "with an event of neither lane";
    let [before, after] = drawn.links_out;
    let [left, right] = ["out of sight to the left", "out of sight to the right"];
    let others = [
        some(before, &format!("leads {left}"), &format!("lead {left}")),
        some(after, &format!("leads {right}"), &format!("lead {right}")),
        some(drawn.links_held_back, held_back, held_back),
        some(drawn.links_elsewhere, elsewhere, elsewhere),
    ];
    let others: Vec<String> = others.into_iter().flatten().collect();
    let not_drawn = before + after + drawn.links_held_back + drawn.links_elsewhere;
    let more = some(not_drawn, "not drawn", "not drawn");
    let join = |mut parts: Vec<String>, rest: &[String]| {
        parts.extend_from_slice(rest);
        parts.join(", ")
    };
    if drawn_kinds.is_empty() {
        let none = || vec!["no ties between events in sight".to_owned()];
        let long = join(none(), &others);
        let short = join(none(), more.as_slice());
        return vec![long, short];
    }
    let number = drawn.links.len() + drawn.links_undrawn;
    let all = some(number, "tie as sources say", "ties as sources say").into_iter().collect();
    let long = join(drawn_kinds.clone(), &others);
    let said = format!("Ties in sight: {long}");
    vec![said, long, join(drawn_kinds, more.as_slice()), join(all, more.as_slice())]
}

/// What needs to be told of the marks, only of what is there; from the longest to the shortest way to say it.
pub(super) fn key(drawn: &LanesScene) -> Vec<String> {
    let is_cut = |wanted| drawn.piles.iter().any(|p| p.is_cut == wanted);
    let parts = [
        (
            drawn.marks.iter().any(|m| m.bar.is_some()),
            ["pale bar: not known when within it", "pale bar: time not known"],
        ),
        (is_cut(true), ["bar with a number: that many events", "number: so many events"]),
        (is_cut(false), ["bars: events by day, zoom in for single ones", "bars: events by day"]),
    ];
    let said = |way: usize| {
        let there = parts.iter().filter(|(is_there, _)| *is_there);
        there.map(|(_, ways)| ways[way]).collect::<Vec<_>>().join("; ")
    };
    vec![said(0), said(1)]
}

/// The lanes' name for who cannot see them, with the event that the keyboard is on.
pub(super) fn name(document: &Document, lanes: &Lanes, cursor: Option<EventIndex>) -> String {
    let of = |lane| caption(document, lanes, lane)[0].clone();
    let mut name = format!(
        "Action and response lanes. {}. {}. {} ties",
        of(Lane::Strikes),
        of(Lane::Attacks),
        lanes.pairs().len()
    );
    if let Some(event) = cursor {
        let dataset = &document.dataset;
        let this = dataset.event(event);
        name = format!(
            "Lanes: {}, {}, {}",
            dataset.site(this.site).name,
            words::event_date(&this.date),
            event_words::weapon(this)
        );
        for tie in &Lit::of(dataset, event).ties {
            name.push_str(&format!(". {}", lanes::told_of(dataset, &tie.pair, event)));
        }
    }
    name
}

/// An event under the pointer, with its ties and who asserts them.
pub(super) fn event(ui: &mut Ui, pen: &mut Pen, document: &Document, index: EventIndex) {
    let dataset = &document.dataset;
    let event = dataset.event(index);
    let theme = pen.theme;
    ui.set_max_width(WIDTH);
    pen.paragraph(ui, &dataset.site(event.site).name, style::BODY_STRONG, theme.text);
    pen.paragraph(ui, &words::event_date(&event.date), style::BODY_SMALL, theme.text);
    let what = format!(
        "{}; {}; {}",
        dataset.classes.label(event.direction),
        event_words::weapon(event),
        event.status.label()
    );
    pen.paragraph(ui, &what, style::BODY_SMALL, theme.text_muted);
    for tie in &Lit::of(dataset, index).ties {
        ui.add_space(3.0);
        let words = lanes::told_of(dataset, &tie.pair, index);
        pen.paragraph(ui, &words, style::BODY_SMALL_STRONG, theme.accent);
        let who = lanes::who_says_so(dataset, &dataset.links[tie.pair.link]);
        pen.paragraph(ui, &who, style::BODY_SMALL, theme.text_muted);
    }
    ui.weak("Click for its card");
}

/// A tie under the pointer, with who asserts it.
pub(super) fn pair(ui: &mut Ui, pen: &mut Pen, document: &Document, pair: &Pair) {
    let dataset = &document.dataset;
    let theme = pen.theme;
    ui.set_max_width(WIDTH);
    let words = lanes::pair_words(dataset, pair);
    pen.paragraph(ui, &words, style::BODY_SMALL_STRONG, theme.text);
    let who = lanes::who_says_so(dataset, &dataset.links[pair.link]);
    pen.paragraph(ui, &who, style::BODY_SMALL, theme.text_muted);
    ui.weak("Click for the card of the later one");
}

/// A bar under the pointer: its days and what it counts.
pub(super) fn pile(ui: &mut Ui, pen: &mut Pen, document: &Document, pile: &Pile) {
    let theme = pen.theme;
    ui.set_max_width(WIDTH);
    pen.paragraph(ui, &words::span(pile.days), style::BODY_STRONG, theme.text);
    let n = usize::try_from(pile.total()).unwrap_or(0);
    let total = format!("{} {}", words::thousands(n), pile.lane.noun(n));
    pen.paragraph(ui, &total, style::BODY_SMALL, theme.text);
    for (class, n) in Direction::ALL.iter().zip(pile.count).filter(|(_, n)| *n > 0) {
        let line = format!("{}: {n}", document.dataset.classes.label(*class));
        pen.paragraph(ui, &line, style::BODY_SMALL, theme.text_muted);
    }
    if pile.spread > 0.0 {
        pen.paragraph(
            ui,
            "and some known only to a span of days",
            style::BODY_SMALL,
            theme.text_muted,
        );
    }
    ui.weak("Click to put the window on these days");
}
