//! The lanes of made-up and of real events, drawn.

use sitrep_atlas::analysis::{Lanes, Record, ThemeName, View, select};
use sitrep_atlas::data;
use sitrep_atlas::domain::{
    DatePrecision, Day, DaySpan, Direction, Event, EventIndex, Link, LinkKind,
};
use sitrep_atlas::scene::lanes::{LanesLayout, LanesScene};
use sitrep_atlas::scene::text::Shaper;
use sitrep_atlas::scene::theme::Theme;
use sitrep_atlas::scene::{Item, Rect};

pub(crate) fn record() -> Record {
    data::load(None).unwrap().dataset
}

pub(crate) fn days(from: &str, to: &str) -> DaySpan {
    DaySpan::between(Day::parse(from).unwrap(), Day::parse(to).unwrap())
}

pub(crate) fn lanes_of(record: &Record, view: &View) -> Lanes {
    Lanes::of(record, view, &select(record, view))
}

pub(crate) fn layout(axis: DaySpan, width: f32) -> LanesLayout {
    LanesLayout::new(axis, Rect::from_min_size([10.0, 0.0], width, 128.0))
}

pub(crate) fn draw(record: &Record, lanes: &Lanes, layout: &LanesLayout) -> LanesScene {
    let theme = Theme::of(ThemeName::Light);
    sitrep_atlas::scene::lanes::lanes(&mut Shaper::new(), theme, record, lanes, layout)
}

/// A record of some events of the embedded one, changed, without reports; links by their places in the list.
pub(crate) fn made(events: Vec<Event>, links: &[(usize, usize, LinkKind)]) -> Record {
    let mut dataset = (*record()).clone();
    dataset.events = events;
    dataset.reports.clear();
    let index = |i: usize| EventIndex(u32::try_from(i).unwrap());
    let link = |(from, to, kind): &(usize, usize, LinkKind)| Link {
        from: index(*from),
        to: index(*to),
        kind: *kind,
        asserted_by: Vec::new(),
        note: None,
    };
    dataset.links = links.iter().map(link).collect();
    Record::new(dataset)
}

pub(crate) fn event(direction: Direction, span: DaySpan) -> Event {
    let mut event = record().events[0].clone();
    event.direction = direction;
    event.date.span = span;
    event.date.precision = if span.days() == 1 { DatePrecision::Day } else { DatePrecision::Span };
    event
}

/// The words of a scene.
pub(crate) fn words_in(scene: &LanesScene) -> Vec<String> {
    let text = |item: &Item| match item {
        Item::Text(text) => Some(text.shaped.text().to_owned()),
        _ => None,
    };
    scene.items.iter().filter_map(text).collect()
}
