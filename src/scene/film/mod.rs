//! The frames of a film: what stays on all of them, what is drawn for a day, and what lies over it.
//!
//! A frame is its day over what stays, and over that what moves within the day. None of the three knows a clock:
//! each is a function of a [`DayMoment`].

mod cards;
mod counter;
mod sheet;

use std::sync::Arc;

use self::counter::CounterWords;
use self::sheet::FilmSheet;
use super::basemap::BasemapLayers;
use super::counted::{Counted, Prepared};
use super::figure;
use super::map::{MapFurniture, MapInput, MapScene};
use super::map_layout::MapLayout;
use super::pulse::{self, Pulses};
use super::strip::{self, Still, StripInput, StripLayout, StripUse};
use super::text::Shaper;
use super::theme::Theme;
use super::{Group, Item, Placement, Rect, Scene, Size, Stroke, Text, quiet_card, shapes};
use crate::analysis::play::film::DayMoment;
use crate::analysis::play::{FilmPlan, FilmSpec, Through, window_until, words as play_words};
use crate::analysis::{Mode, Record, Selection, View, select};
use crate::domain::{Day, DaySpan};

pub use super::pulse::PULSE_SECS;

/// Points of the layout for a frame: the square root of its area. Type is so large whatever the size in pixels.
const ROOT_PT: f32 = 615.0;

/// What the map of a day carries.
const FURNITURE: MapFurniture<'_> =
    MapFurniture { credits: None, legend: false, notes: true, date: None };

/// What a day has on what stays.
#[derive(Clone, Debug)]
pub struct DayItems {
    /// Below the days of the strip.
    pub below: Vec<Item>,
    /// Above all.
    pub above: Vec<Item>,
}

/// A film that is being drawn.
pub struct Film<'a> {
    record: &'a Record,
    basemap: &'a BasemapLayers,
    theme: &'static Theme,
    shaper: Shaper,
    /// The view of the day drawn last.
    view: View,
    selection: Selection,
    counted: Counted,
    through: Through,
    /// The days that are played, and since when the total runs.
    range: DaySpan,
    since: Day,
    title: String,
    /// Whether somebody gave the title.
    given: bool,
    sheet: FilmSheet,
    /// The strip, and what of it stays.
    strip: Option<(StripLayout, Still)>,
    layout: MapLayout,
    pulses: Pulses,
    /// The map of the day drawn last, and the names on it.
    map: Option<MapScene>,
    names: Vec<Text>,
    window_days: i32,
    /// Of the quiet spell told last, its days, what its card must not cover and what it gives way to.
    quiet: Option<(DaySpan, [Vec<Rect>; 2])>,
}

impl<'a> Film<'a> {
    /// Lays out the film of a view; its theme and its Arabic names are the view's.
    #[must_use]
    pub fn new(
        record: &'a Record,
        basemap: &'a BasemapLayers,
        view: &View,
        spec: &FilmSpec,
        plan: &FilmPlan,
    ) -> Self {
        let theme = Theme::of(view.theme);
        let mut shaper = Shaper::new();
        let range = plan.schedule().range();
        let mut view = View { window: range, picked: None, ..view.clone() };
        let selection = select(record, &view);
        let input =
            MapInput { dataset: record, basemap, view: &view, selection: &selection, still: false };
        let since = plan.since(record, &view);
        let title = spec.title.clone().unwrap_or_else(|| {
            // It says all days that the map comes to show, whatever a frame shows of them.
            let window = DaySpan::between(since, range.last());
            let whole = View { mode: Mode::Window, window, ..view.clone() };
            figure::default_title(&MapInput { view: &whole, ..input })
        });
        let counted = Counted::of(&input);
        let days = plan.window_days();
        let parts = sheet::Parts {
            title: &title,
            range,
            window_days: days,
            strip: spec.strip,
            most: CounterWords::most(&selection, DaySpan::between(since, range.last())),
        };
        let mut sheet =
            FilmSheet::new(&mut shaper, theme, (&input, &counted), size(spec.size_px), &parts);
        let strip = sheet.strip.take().map(|layout| {
            let input = StripInput { dataset: record, view: &view, selection: &selection };
            let still = strip::still(&mut shaper, theme, input, &layout, StripUse::Looked);
            (layout, still)
        });
        let prepared = Prepared { input, counted: &counted };
        let layout = MapLayout::new(theme, &prepared, &sheet.map);
        view.window = window_until(range.first(), days);
        let (through, pulses) = (spec.play.through.clone(), Pulses::default());
        Self {
            record,
            basemap,
            theme,
            shaper,
            view,
            selection,
            counted,
            through,
            range,
            since,
            title,
            given: spec.title.is_some(),
            sheet,
            strip,
            layout,
            pulses,
            map: None,
            names: Vec::new(),
            window_days: days,
            quiet: None,
        }
    }

    /// Its title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Size of a frame in points.
    #[must_use]
    pub fn size(&self) -> Size {
        self.sheet.size
    }

    /// Whether title, map, legend and strip have the room to be read.
    #[must_use]
    pub fn fits(&self) -> bool {
        self.sheet.fits
    }

    /// What stays on every frame of the play: title, land and water, legend, the strip's days, notes.
    pub fn still(&mut self) -> Scene {
        let theme = self.theme;
        let mut items = Vec::new();
        for (shaped, origin, color) in &self.sheet.texts {
            let (shaped, color) = (Arc::clone(shaped), *color);
            items.push(Item::Text(Text { origin: *origin, shaped, color, halo: None }));
        }
        items.extend(self.sheet.legend.clone());
        let ground = vec![self.layout.ground().clone()];
        let water = shapes::filled(self.sheet.map.rect, theme.water);
        items.push(group("ground", Some(self.sheet.map.rect), [vec![water], ground].concat()));
        for line in &self.sheet.rules {
            items.push(shapes::line(line.to_vec(), Stroke::solid(theme.rule, 0.8)));
        }
        Scene { size: self.sheet.size, background: theme.paper, items }
    }

    /// The days of the strip: they stay between what a day has below and above them. Also their place.
    #[must_use]
    pub fn between(&self) -> Option<(&[Item], Rect)> {
        let (layout, still) = self.strip.as_ref()?;
        Some((&still.items, layout.rect))
    }

    /// What stands on what stays for a day of the play.
    pub fn day(&mut self, moment: &DayMoment) -> DayItems {
        self.view.window = moment.window;
        self.selection.follow(self.record, &self.view);
        let (view, selection) = (&self.view, &self.selection);
        let input =
            MapInput { dataset: self.record, basemap: self.basemap, view, selection, still: false };
        let prepared = Prepared { input, counted: &self.counted };
        let mut map = self.layout.draw(&mut self.shaper, self.theme, &prepared, &FURNITURE);
        let drawn = std::mem::take(&mut map.items);
        self.names = pulse::names(&drawn, &map);
        self.map = Some(map);
        let mut above = vec![group("map", Some(self.sheet.map.rect), drawn)];
        let words = CounterWords::of(self.record, view, selection, self.since);
        let mut counter = Vec::new();
        counter::draw(&mut self.shaper, self.theme, &words, &self.sheet.counter, &mut counter);
        above.push(group("counter", None, counter));
        let mut below = Vec::new();
        if let Some((layout, still)) = &self.strip {
            let input = StripInput { dataset: self.record, view, selection };
            strip::window_below(self.theme, self.record, view, layout, &mut below);
            let mut inside = Vec::new();
            strip::played_above(self.theme, input, layout, still, &mut inside);
            above.push(group("time-strip", None, inside));
        }
        DayItems { below, above }
    }

    /// What lies over the day drawn last at a moment of it: pulses, and the card of a quiet spell.
    pub fn over(&mut self, moment: &DayMoment) -> Vec<Item> {
        let Some(map) = &self.map else { return Vec::new() };
        let (theme, frame) = (self.theme, self.sheet.map.rect);
        let shown = (self.record, &self.selection);
        let rings = self.pulses.items(theme, shown, (map, frame), &moment.arrivals);
        // A ring strikes no name through: those it runs over stand above it.
        let over = pulse::names_over(&self.names, &rings);
        let mut items: Vec<Item> =
            rings.into_iter().chain(over).map(|item| pulse::group(vec![item], frame)).collect();
        if let Some((quiet, share)) = moment.quiet {
            let [taken, marks] = self.before_card(quiet.days);
            let words = play_words::quiet(self.record, &self.view, &self.through, quiet);
            #[expect(clippy::cast_possible_truncation, reason = "a share")]
            let said = (&words, share as f32);
            items.extend(quiet_card::quiet_card(
                &mut self.shaper,
                theme,
                said,
                frame,
                &taken,
                &marks,
            ));
        }
        items
    }

    /// What the card of a quiet spell must not cover, and what it gives way to: all that the map shows as the
    /// spell begins, so that the card stays where it is while it is told.
    fn before_card(&mut self, days: DaySpan) -> [Vec<Rect>; 2] {
        if let Some((of, known)) = &self.quiet
            && *of == days
        {
            return known.clone();
        }
        let window = window_until(days.first(), self.window_days);
        let window = window.shared(self.range).unwrap_or(window);
        let view = View { window, ..self.view.clone() };
        self.selection.follow(self.record, &view);
        let selection = &self.selection;
        let input = MapInput {
            dataset: self.record,
            basemap: self.basemap,
            view: &view,
            selection,
            still: false,
        };
        let prepared = Prepared { input, counted: &self.counted };
        let map = self.layout.draw(&mut self.shaper, self.theme, &prepared, &FURNITURE);
        self.selection.follow(self.record, &self.view);
        let marks = quiet_card::standing(&map);
        let known = [map.edges, marks];
        self.quiet = Some((days, known.clone()));
        known
    }

    /// Where the glyphs of the day drawn last are.
    pub fn glyphs(&self) -> impl Iterator<Item = Rect> {
        let sites = self.map.iter().flat_map(|map| &map.sites).filter(|site| site.note.is_none());
        sites.map(|site| Rect { min: site.center, max: site.center }.grown(site.radius))
    }

    /// The running totals of the day drawn last: certain and possible in the window, and since the beginning.
    #[must_use]
    pub fn totals(&self) -> [[usize; 2]; 2] {
        CounterWords::of(self.record, &self.view, &self.selection, self.since).totals
    }

    /// The card before: title, days, and what is counted.
    pub fn title_card(&mut self) -> Scene {
        let (view, selection) = self.whole();
        let card = self.card(&view, &selection);
        cards::title(&mut self.shaper, self.theme, &card)
    }

    /// The card after: sources and method.
    pub fn end_card(&mut self) -> Scene {
        let (view, selection) = self.whole();
        let card = self.card(&view, &selection);
        cards::end(&mut self.shaper, self.theme, &card)
    }

    /// All days that the map comes to show as one window.
    fn whole(&self) -> (View, Selection) {
        let window = DaySpan::between(self.since, self.range.last());
        let view = View { window, mode: Mode::Window, ..self.view.clone() };
        let selection = select(self.record, &view);
        (view, selection)
    }

    fn card<'c>(&self, view: &'c View, selection: &'c Selection) -> cards::Card<'c>
    where
        'a: 'c,
    {
        let input =
            MapInput { dataset: self.record, basemap: self.basemap, view, selection, still: true };
        cards::Card { input, title: self.title.clone(), given: self.given, size: self.sheet.size }
    }
}

/// The days of the strip: whole months around those that are played.
fn axis(range: DaySpan) -> DaySpan {
    let first = Day::from_date(range.first().date().first_of_month());
    DaySpan::between(first, Day::from_date(range.last().date().last_of_month()))
}

/// Points of a frame of some pixels.
#[expect(clippy::cast_precision_loss, reason = "pixels of a picture")]
fn size([width, height]: [u32; 2]) -> Size {
    let [width, height] = [width as f32, height as f32];
    let scale = (width * height).sqrt() / ROOT_PT;
    Size { width: width / scale, height: height / scale }
}

fn group(id: &str, clip: Option<Rect>, items: Vec<Item>) -> Item {
    Item::Group(Group { id: id.to_owned(), placement: Placement::IDENTITY, clip, items })
}
