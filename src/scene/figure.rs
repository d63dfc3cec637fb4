//! A whole figure: title, subtitle, map, time strip and notes on one sheet.

use super::camera::{self, MapFrame};
use super::map::{self, DrawnSite, MapFurniture, MapInput};
use super::strip::{self, StripInput, StripLayout, StripUse};
use super::text::{Align, Shaper, TextStyle};
use super::theme::{Theme, style};
use super::{Group, Item, Placement, Rect, Scene, Size, Stroke, Text, legend, shapes};
use crate::analysis::{Mode, words};
use crate::domain::basemap::Basemap;

/// The smallest figure that has room for its title, its map and its notes, in points.
pub const MIN_SIZE: Size = Size { width: 160.0, height: 120.0 };

/// What a figure is to carry.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureSpec {
    /// Size in points.
    pub size: Size,
    /// Title; a plain description of the view when `None`.
    pub title: Option<String>,
    /// Whether the time strip stands below the map.
    pub strip: bool,
}

/// A figure and where its sites are.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The picture; its points are those of the layout.
    pub scene: Scene,
    /// Points on paper for one point of the scene: below 1 when the figure is small.
    pub scale: f32,
    /// Its glyphs.
    pub sites: Vec<DrawnSite>,
}

/// The title that a view has by itself.
#[must_use]
pub fn default_title(input: &MapInput<'_>) -> String {
    let noun = input.view.rule.title();
    let shown = input.view.shown_span(input.dataset);
    let mut title = match input.view.mode {
        Mode::SinceStart => format!("{noun} until {}", words::day(shown.last())),
        _ => format!("{noun}, {}", words::span(shown)),
    };
    if !input.view.filter.is_empty() {
        title.push_str(&format!(" (only {})", input.view.filter.words(input.dataset)));
    }
    title
}

/// Window, counts, rule and zone: what a reader must know to quote the picture.
#[must_use]
pub fn subtitle(input: &MapInput<'_>) -> String {
    let mode = match input.view.mode {
        Mode::SinceStart => "",
        Mode::Window => "Window: ",
        Mode::Day => "Day: ",
    };
    let only = match &input.view.filter {
        filter if filter.is_empty() => String::new(),
        filter => format!(" Only {}.", filter.words(input.dataset)),
    };
    format!(
        "{mode}{}; {}.{only} Counted: {}. Days in {}.",
        words::window(input.dataset, input.view),
        words::total(input.view, input.selection),
        input.view.rule.label(),
        words::zone(&input.dataset.time_zone),
    )
}

/// The line that credits the basemap and the record.
#[must_use]
pub fn credit_line(basemap: &Basemap) -> String {
    let works: Vec<_> = basemap.credits.iter().map(|c| c.text.as_str()).collect();
    format!("Map: {}", works.join("; "))
}

/// The record, its version, and what the picture leaves out.
#[must_use]
pub fn notes(input: &MapInput<'_>) -> String {
    let dataset = input.dataset;
    let mut notes = format!("Record: {} {}.", dataset.title, dataset.version);
    if let Some(left_out) = words::left_out(input.view, input.selection) {
        notes.push_str(&format!(" In these days but not shown: {left_out}."));
    }
    for told in [
        words::sources(dataset, input.selection),
        words::cautions(dataset, input.view, input.selection),
    ] {
        if !told.is_empty() {
            notes.push_str(&format!(" {told}"));
        }
    }
    notes.push_str(" A glyph stands for a site; it does not locate an impact. Absence from the record is not calm.");
    notes
}

/// A figure of this width or more is laid out in its own points.
const FULL_WIDTH: f32 = 620.0;
/// A narrower one is laid out larger and printed smaller, down to this: the smallest type, 9.5 points
/// here, is then still more than 6 points on paper.
const LEAST_SCALE: f32 = 0.7;
/// A map lower or narrower than this has its legend below.
const LEGEND_INSIDE: Size = Size { width: 420.0, height: 330.0 };

/// Type sizes and margins that follow the width of the figure.
struct Layout {
    side: f32,
    title: TextStyle,
    subtitle: TextStyle,
}

impl Layout {
    fn of(width: f32) -> Self {
        let sized = |share: f32, min: f32, largest: TextStyle| TextStyle {
            size_pt: (width * share).clamp(min, largest.size_pt),
            ..largest
        };
        Self {
            side: (width * 0.03).clamp(9.0, 20.0),
            title: sized(0.034, 14.0, style::TITLE),
            subtitle: sized(0.021, 10.0, style::SUBTITLE),
        }
    }
}

/// Builds the figure of a view.
#[must_use]
pub fn figure(
    shaper: &mut Shaper,
    theme: &Theme,
    input: &MapInput<'_>,
    spec: &FigureSpec,
) -> Figure {
    let scale = (spec.size.width / FULL_WIDTH).clamp(LEAST_SCALE, 1.0);
    let size = Size { width: spec.size.width / scale, height: spec.size.height / scale };
    let Size { width, height } = size;
    let layout = Layout::of(width);
    let side = layout.side;
    let inner = (width - 2.0 * side).max(60.0);
    let mut items = Vec::new();

    let title = spec.title.clone().unwrap_or_else(|| default_title(input));
    let title = shaper.wrap(&title, layout.title, inner, Align::Start);
    let sub = shaper.wrap(&subtitle(input), layout.subtitle, inner, Align::Start);
    let mut y = side * 0.7;
    for (shaped, color, gap) in [(title, theme.text, 2.0), (sub, theme.text_muted, side * 0.5)] {
        let h = shaped.height();
        items.push(Item::Text(Text { origin: [side, y], shaped, color, halo: None }));
        y += h + gap;
    }
    let credits = credit_line(&input.basemap.data);
    let small = width < LEGEND_INSIDE.width || height < LEGEND_INSIDE.height * 1.6;
    // On a small map the credits would lie on the sites: there they stand with the notes.
    let notes = if small { format!("{} {credits}.", notes(input)) } else { notes(input) };
    let notes = shaper.wrap(&notes, style::FOOTNOTE, inner, Align::Start);
    let notes_height = notes.height() + side * 0.8;
    // The strip gives way when the map would have less than half of the figure.
    let strip_height = (height * 0.13).clamp(62.0, 110.0);
    let has_strip = spec.strip && height - y - notes_height - strip_height > height * 0.45;
    let strip_height = if has_strip { strip_height } else { 0.0 };
    let room = height - y - notes_height - strip_height;
    let legend_inside = width >= LEGEND_INSIDE.width && room >= LEGEND_INSIDE.height;
    let mut legend_items = Vec::new();
    let legend_height = if legend_inside {
        0.0
    } else {
        legend::rows(shaper, theme, input, [0.0, 0.0], inner, &mut legend_items) + 8.0
    };
    let map_bottom = (y + room - legend_height).max(y + 1.0);
    let map_rect = Rect { min: [0.0, y], max: [width, map_bottom] };
    items.push(Item::Group(Group {
        id: "legend".to_owned(),
        placement: Placement::moved([side - 6.0, map_bottom + 6.0]),
        clip: None,
        items: legend_items,
    }));

    let (map_width, map_height) = (map_rect.width(), map_rect.height());
    let camera = map::camera_for(input, map_width, map_height);
    let camera = camera::held(camera, input.basemap.data.bounds, map_width, map_height);
    let frame = MapFrame { rect: map_rect, camera };
    let inside = (!small).then_some(credits.as_str());
    let furniture = MapFurniture { credits: inside, legend: legend_inside };
    let map = map::map(shaper, theme, input, &frame, &furniture);
    items.push(Item::Group(Group {
        id: "map".to_owned(),
        placement: Placement::IDENTITY,
        clip: Some(map_rect),
        items: map.items,
    }));
    items.push(shapes::line(vec![map_rect.min, [width, y]], Stroke::solid(theme.rule, 0.8)));
    items.push(shapes::line(
        vec![[0.0, map_bottom], [width, map_bottom]],
        Stroke::solid(theme.rule, 0.8),
    ));

    if has_strip {
        let rect = Rect {
            min: [side, map_bottom + legend_height + 6.0],
            max: [width - side, height - notes_height + 2.0],
        };
        let strip_layout =
            StripLayout::new(StripLayout::axis_for_figure(input.dataset, input.view), rect);
        let mut inside = Vec::new();
        let MapInput { dataset, view, selection, .. } = *input;
        let strip_input = StripInput { dataset, view, selection };
        strip::strip(shaper, theme, strip_input, &strip_layout, StripUse::Looked, &mut inside);
        items.push(Item::Group(Group {
            id: "time-strip".to_owned(),
            placement: Placement::IDENTITY,
            clip: None,
            items: inside,
        }));
    }
    let origin = [side, height - notes.height() - side * 0.4];
    items.push(Item::Text(Text { origin, shaped: notes, color: theme.text_muted, halo: None }));
    Figure { scale, scene: Scene { size, background: theme.paper, items }, sites: map.sites }
}
