//! A view is a value: what is looked at, from where, and counted how.

use serde::{Deserialize, Serialize};

use super::{Filter, Place, PlaceClass, Record, Rule};
use crate::domain::{Dataset, DatePrecision, Day, DaySpan, LonLat, SiteIndex};

/// Where the map looks.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Camera {
    /// What is in the middle.
    pub center: LonLat,
    /// Web Mercator zoom: the whole earth is `256 * 2^zoom` points wide.
    pub zoom: f64,
}

/// How the window is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Events in the window.
    #[default]
    Window,
    /// Events from the beginning of the record to the end of the window; the past lighter.
    SinceStart,
    /// Events on the last day of the window.
    Day,
}

impl Mode {
    /// Every mode.
    pub const ALL: [Self; 3] = [Self::Window, Self::SinceStart, Self::Day];

    /// Plain name.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Window => "Window",
            Self::SinceStart => "Since start",
            Self::Day => "Day",
        }
    }

    /// Word on the command line.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Window => "window",
            Self::SinceStart => "since-start",
            Self::Day => "day",
        }
    }
}

/// Which set of colours a picture has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThemeName {
    /// For screens and slides.
    #[default]
    Light,
    /// For dark rooms.
    Dark,
    /// For paper.
    Print,
    /// For paper without colours.
    Greyscale,
}

impl ThemeName {
    /// Every theme.
    pub const ALL: [Self; 4] = [Self::Light, Self::Dark, Self::Print, Self::Greyscale];
}

/// What a person has picked to read about, by identifier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pick {
    /// A site.
    Site(String),
    /// The places whose events a glyph or a note of the map counts together.
    Places(Vec<PickedPlace>),
    /// An event.
    Event(String),
    /// An actor.
    Actor(String),
    /// A published count.
    Total(String),
    /// All published counts.
    Totals,
}

/// A place by the identifier of its site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickedPlace {
    /// Identifier of the site.
    pub site: String,
    /// As what it is drawn.
    pub class: PlaceClass,
    /// The position of its events, where that is not the site's.
    pub own_position: Option<LonLat>,
}

impl PickedPlace {
    /// What picks a place.
    #[must_use]
    pub fn of(dataset: &Dataset, place: &Place) -> Self {
        let Place { site, class, own_position } = *place;
        Self { site: dataset.site(site).id.clone(), class, own_position }
    }

    /// The place; `None` where the record has no such site.
    #[must_use]
    pub fn find(&self, dataset: &Record) -> Option<Place> {
        let site = dataset.find_site(&self.site)?;
        Some(Place { site, class: self.class, own_position: self.own_position })
    }
}

/// What is looked at, from where, and counted how.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct View {
    /// Where the map looks; `None` fits the record.
    pub camera: Option<Camera>,
    /// The window of days.
    pub window: DaySpan,
    /// How the window is read.
    pub mode: Mode,
    /// What is let through.
    pub filter: Filter,
    /// What counts.
    pub rule: Rule,
    /// What is picked: its card is open, and its site stands out on the map.
    pub picked: Option<Pick>,
    /// Colours.
    pub theme: ThemeName,
    /// Older events paler, in bands; see [`super::age::bands`].
    #[serde(default)]
    pub fade: bool,
    /// Arabic names beside the Latin ones.
    pub arabic: bool,
}

impl View {
    /// A view of everything between the first and the last event; of a single day when there is none.
    #[must_use]
    pub fn of_all(dataset: &Record) -> Self {
        Self {
            camera: None,
            window: dataset.extent().unwrap_or(DaySpan::day(Day::from_number(0))),
            mode: Mode::Window,
            filter: Filter::default(),
            rule: Rule::of(&dataset.classes),
            picked: None,
            theme: ThemeName::default(),
            fade: false,
            arabic: true,
        }
    }

    /// The view that the record opens on: its densest spell of attacks.
    ///
    /// Of all windows of up to `OPENING_DAYS` days that start on the day of an event known to the
    /// day, the one with most events; of equals the latest.
    #[must_use]
    pub fn opening(record: &Record) -> Self {
        const OPENING_DAYS: i32 = 7;
        let mut view = Self::of_all(record);
        let days: Vec<Day> = record
            .event_indices()
            .filter(|e| record.counts(view.rule, *e))
            .map(|e| &record.event(e).date)
            .filter(|date| date.precision <= DatePrecision::Day)
            .map(|date| date.span.first())
            .collect();
        // By day, how many of them there are up to `OPENING_DAYS` days on; `until` only goes forward.
        let mut until = 0;
        let mut best = None;
        for (from, first) in days.iter().enumerate() {
            while days.get(until).is_some_and(|d| d.number() - first.number() < OPENING_DAYS) {
                until += 1;
            }
            let events = until - from;
            if best.is_none_or(|(most, _, _)| events >= most) {
                best = Some((events, *first, days[until - 1]));
            }
        }
        if let Some((_, first, last)) = best {
            view.window = DaySpan::between(first, last);
        }
        view
    }

    /// The sites that are picked, or that of the picked event.
    #[must_use]
    pub fn picked_sites(&self, dataset: &Record) -> Vec<SiteIndex> {
        match &self.picked {
            Some(Pick::Site(id)) => dataset.find_site(id).into_iter().collect(),
            Some(Pick::Places(all)) => {
                let mut sites: Vec<_> =
                    all.iter().filter_map(|p| dataset.find_site(&p.site)).collect();
                sites.dedup();
                sites
            }
            Some(Pick::Event(id)) => {
                dataset.find_event(id).map(|e| dataset.event(e).site).into_iter().collect()
            }
            Some(Pick::Actor(_) | Pick::Total(_) | Pick::Totals) | None => Vec::new(),
        }
    }

    /// The days whose events are shown: the window, or what the mode makes of it.
    #[must_use]
    pub fn shown_span(&self, dataset: &Record) -> DaySpan {
        match self.mode {
            Mode::Window => self.window,
            Mode::Day => DaySpan::day(self.window.last()),
            Mode::SinceStart => {
                let start = dataset.extent().map_or(self.window.first(), DaySpan::first);
                DaySpan::between(start.min(self.window.first()), self.window.last())
            }
        }
    }
}
