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

/// How many ties are drawn, and where the others are.
pub(super) fn links(lanes: &Lanes, drawn: &LanesScene) -> String {
    let number = |n: usize, one: &str, more: &str| match n {
        0 => None,
        1 => Some(format!("1 {one}")),
        n => Some(format!("{} {more}", words::thousands(n))),
    };
    let of = |kind| drawn.links.iter().filter(|l| l.pair.kind == kind).count();
    let kinds = [
        number(of(LinkKind::ResponseTo), "response (line)", "responses (lines)"),
        number(of(LinkKind::SameWave), "tie in one wave (dotted)", "ties in one wave (dotted)"),
        number(of(LinkKind::AnniversaryOf), "anniversary (dashed)", "anniversaries (dashed)"),
        number(drawn.links_undrawn, "tie: zoom in to see it", "ties: zoom in to see them"),
    ];
    let mut parts: Vec<String> = kinds.into_iter().flatten().collect();
    if parts.is_empty() {
        parts.push("no ties between events in sight".to_owned());
    } else {
        parts[0].insert_str(0, "as sources say: ");
    }
    let [before, after] = drawn.links_out;
    parts.extend(number(before, "leads out of sight to the left", "lead out of sight to the left"));
    parts.extend(number(
        after,
        "leads out of sight to the right",
        "lead out of sight to the right",
    ));
    parts.extend(number(
        lanes.links_elsewhere,
        "with an event in neither lane",
        "with events in neither lane",
    ));
    parts.join(", ")
}

/// What needs to be told of the marks: only what is there.
pub(super) fn key(drawn: &LanesScene) -> String {
    let mut parts = Vec::new();
    if drawn.marks.iter().any(|m| m.bar.is_some()) {
        parts.push("pale bar: day not known, one of these");
    }
    if drawn.piles.iter().any(|p| p.is_cut) {
        parts.push("bar with a number: that many events");
    }
    if drawn.piles.iter().any(|p| !p.is_cut) {
        parts.push("bars: events by day, zoom in for single ones");
    }
    parts.join("; ")
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
        event.direction.label(),
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
pub(super) fn pile(ui: &mut Ui, pen: &mut Pen, _document: &Document, pile: &Pile) {
    let theme = pen.theme;
    ui.set_max_width(WIDTH);
    pen.paragraph(ui, &words::span(pile.days), style::BODY_STRONG, theme.text);
    let n = usize::try_from(pile.total()).unwrap_or(0);
    let total = format!("{} {}", words::thousands(n), pile.lane.noun(n));
    pen.paragraph(ui, &total, style::BODY_SMALL, theme.text);
    for (class, n) in Direction::ALL.iter().zip(pile.count).filter(|(_, n)| *n > 0) {
        let line = format!("{}: {n}", class.label());
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
