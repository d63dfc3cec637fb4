//! Where the parts of a frame stand. Nothing of it moves between frames: each part has the room that it needs
//! at most.

use std::sync::Arc;

use super::axis;
use super::counter::{self, CounterPlace};
use crate::analysis::play::window_until;
use crate::analysis::{Camera, Mode, View, select, words};
use crate::domain::DaySpan;
use crate::scene::camera::{self, MapFrame};
use crate::scene::counted::{Counted, Prepared};
use crate::scene::edge_notes::EdgeNotes;
use crate::scene::legend::{Carried, Legend};
use crate::scene::map::MapInput;
use crate::scene::marks::{CountedMark, site_marks};
use crate::scene::sheet::{headline, unbroken};
use crate::scene::strip::StripLayout;
use crate::scene::text::{Align, ShapedText, Shaper, TextStyle};
use crate::scene::theme::{Theme, style};
use crate::scene::{
    Group, Item, Placement, Rect, Rgba, Size, competing, edges, figure, ground_names, map,
};

/// Points at the sides.
const SIDE: f32 = 16.0;
/// Width of the column with counter and legend beside the map.
const COLUMN: f32 = 262.0;
/// A frame so much wider than high has that column; in others counter and legend stand above and below the map.
const WIDE: f32 = 1.2;
/// Height of the time strip.
const STRIP: f32 = 82.0;
/// Points between two parts.
const GAP: f32 = 8.0;
/// A map lower or narrower than this cannot be read.
const LEAST_MAP: f32 = 200.0;

/// What a frame is laid out for.
pub(super) struct Parts<'a> {
    pub(super) title: &'a str,
    /// The days that are played.
    pub(super) range: DaySpan,
    pub(super) window_days: i32,
    pub(super) strip: bool,
    /// The largest number of the counter.
    pub(super) most: usize,
}

/// The parts of a frame in their places.
pub(super) struct FilmSheet {
    pub(super) size: Size,
    /// Title, what is counted, and the notes below, each with its top left corner.
    pub(super) texts: Vec<(Arc<ShapedText>, [f32; 2], Rgba)>,
    pub(super) counter: CounterPlace,
    pub(super) legend: Option<Item>,
    pub(super) map: MapFrame,
    pub(super) strip: Option<StripLayout>,
    /// Thin lines between the parts.
    pub(super) rules: Vec<[[f32; 2]; 2]>,
    pub(super) fits: bool,
}

impl FilmSheet {
    pub(super) fn new(
        shaper: &mut Shaper,
        theme: &Theme,
        (input, counted): (&MapInput<'_>, &Counted),
        size: Size,
        parts: &Parts<'_>,
    ) -> Self {
        let Size { width, height } = size;
        let inner = width - 2.0 * SIDE;
        let mut texts = Vec::new();
        let title = headline(shaper, &unbroken(parts.title), style::TITLE, inner);
        let mut y = SIDE * 0.7;
        let (title_height, muted) = (title.height(), theme.text_muted);
        texts.push((title, [SIDE, y], theme.text));
        y += title_height + 1.0;
        let counts = counting(input);
        let counts = headline(shaper, &unbroken(&counts), style::SUBTITLE, inner);
        let counts_height = counts.height();
        texts.push((counts, [SIDE, y], muted));
        let top = y + counts_height + GAP;
        let foot = shaper.wrap(&unbroken(&foot(input)), style::FOOTNOTE, inner, Align::Start);
        let foot_top = height - foot.height() - SIDE * 0.45;
        texts.push((foot, [SIDE, foot_top], muted));
        let strip_top = if parts.strip { foot_top - 4.0 - STRIP } else { foot_top - 6.0 };
        let strip = |left: f32| {
            let min = [left, strip_top + 4.0];
            let rect = Rect { min, max: [width - SIDE, foot_top - 4.0] };
            parts.strip.then(|| StripLayout::new(axis(parts.range), rect))
        };
        let numbers = counter::numbers_width(shaper, parts.most);
        let legends = |shaper: &mut Shaper, map: Rect, width: f32| {
            let frame = MapFrame { rect: map, camera: camera_of(input, counted, map) };
            legend(shaper, theme, (input, counted), (&frame, parts), width)
        };
        if width > height * WIDE {
            // Counter and legend have a column of their own, with map and strip beside it.
            let edge = SIDE + COLUMN + GAP;
            let below = top + counter::height(shaper, false);
            let counter_rect = Rect { min: [SIDE, top], max: [SIDE + COLUMN, below] };
            let rect = Rect { min: [edge, top], max: [width, strip_top] };
            let (items, legend_height) = legends(shaper, rect, COLUMN);
            let at = foot_top - GAP - legend_height;
            if at >= below + GAP {
                let map = MapFrame { rect, camera: camera_of(input, counted, rect) };
                let rules = [top, strip_top].map(|y| [[edge, y], [width, y]]).to_vec();
                let legend = Some(placed(items, [SIDE, at]));
                let counter = CounterPlace { rect: counter_rect, numbers, beside: false };
                let strip = strip(edge + GAP);
                return Self { size, texts, counter, legend, map, strip, rules, fits: fits(rect) };
            }
        }
        let counter_height = counter::height(shaper, true);
        let rect = Rect { min: [SIDE, top], max: [width - SIDE, top + counter_height] };
        let counter = CounterPlace { rect, numbers, beside: true };
        let map_top = rect.max[1] + GAP;
        let tried =
            Rect { min: [0.0, map_top], max: [width, (strip_top - GAP).max(map_top + 1.0)] };
        let (items, height) = legends(shaper, tried, inner);
        let bottom = (strip_top - height - 2.0 * GAP).max(map_top + 1.0);
        let rect = Rect { min: [0.0, map_top], max: [width, bottom] };
        let map = MapFrame { rect, camera: camera_of(input, counted, rect) };
        let rules = [map_top, bottom].map(|y| [[0.0, y], [width, y]]).to_vec();
        let legend = Some(placed(items, [SIDE, bottom + GAP]));
        let strip = strip(SIDE);
        Self { size, texts, counter, legend, map, strip, rules, fits: fits(rect) }
    }
}

fn fits(map: Rect) -> bool {
    map.width() >= LEAST_MAP && map.height() >= LEAST_MAP
}

fn placed(items: Vec<Item>, at: [f32; 2]) -> Item {
    Item::Group(Group {
        id: "legend".to_owned(),
        placement: Placement::moved(at),
        clip: None,
        items,
    })
}

/// What is counted, held back and when: what a reader must know to quote a frame.
fn counting(input: &MapInput<'_>) -> String {
    let MapInput { dataset, view, .. } = *input;
    let only = match &view.filter {
        filter if filter.is_empty() => String::new(),
        filter => format!(" Only {}.", filter.words(dataset)),
    };
    format!("Counted: {}.{only} Days in {}.", view.rule.label(), words::zone(&dataset.time_zone))
}

fn foot(input: &MapInput<'_>) -> String {
    let record = input.dataset;
    let credits = figure::credit_line(&input.basemap.data);
    format!("Record: {} {}. {credits}.", record.title, record.version)
}

fn camera_of(input: &MapInput<'_>, counted: &Counted, rect: Rect) -> Camera {
    let camera = map::camera_with(input, counted, rect.width(), rect.height());
    camera::held(camera, input.basemap.data.bounds, rect.width(), rect.height())
}

/// The legend of all that the film shows, in rows of a width, and its height.
fn legend(
    shaper: &mut Shaper,
    theme: &Theme,
    (input, counted): (&MapInput<'_>, &Counted),
    (frame, parts): (&MapFrame, &Parts<'_>),
    width: f32,
) -> (Vec<Item>, f32) {
    let last = window_until(parts.range.last(), parts.window_days);
    let view = View { window: last, ..input.view.clone() };
    // What is on the map on any day, so that the legend stays as it is.
    let selection = match view.mode {
        Mode::SinceStart => select(input.dataset, &view),
        Mode::Window | Mode::Day => {
            let all = View { window: parts.range, mode: Mode::Window, ..input.view.clone() };
            select(input.dataset, &all)
        }
    };
    let input = MapInput { view: &view, selection: &selection, ..*input };
    let prepared = Prepared { input, counted };
    let capitals = ground_names::capital_points(prepared.basemap, frame);
    let marks: Vec<CountedMark> =
        site_marks(&prepared, frame, &capitals).counted(&prepared, frame).0;
    let days = selection.days;
    let wide = |span: DaySpan| span.overlaps(days);
    let carried = Carried {
        notes: !EdgeNotes::of(shaper, &prepared).is_empty(),
        histories: edges::history_days(&prepared, frame, &marks),
        beyond: [false; 6],
        others: competing::is_any(&prepared, frame),
        possible: selection.day_counts().wide().iter().any(|count| wide(count.span)),
    };
    let mut items = Vec::new();
    let legend = Legend::of(shaper, theme, &prepared, carried);
    let height =
        legend.map_or(0.0, |legend| legend.of_present().in_rows(shaper, theme, width, &mut items));
    (items, height)
}

/// The type of the words on a card.
pub(super) fn wrapped(
    shaper: &mut Shaper,
    told: &str,
    look: TextStyle,
    width: f32,
) -> Arc<ShapedText> {
    shaper.wrap(&unbroken(told), look, width, Align::Start)
}
