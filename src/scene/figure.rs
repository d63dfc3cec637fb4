//! A whole figure: title, subtitle, map, time strip and notes on one sheet.

use super::camera::MapFrame;
use super::map::{self, DrawnSite, MapInput};
use super::strip::{self, StripLayout};
use super::text::{Align, Shaper};
use super::theme::{Theme, style};
use super::{Group, Item, Placement, Rect, Scene, Size, Stroke, Text, shapes};
use crate::analysis::{Mode, words};
use crate::domain::basemap::Basemap;

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
    /// The picture.
    pub scene: Scene,
    /// Its glyphs.
    pub sites: Vec<DrawnSite>,
}

const SIDE: f32 = 20.0;

/// The title that a view has by itself.
#[must_use]
pub fn default_title(input: &MapInput<'_>) -> String {
    let noun = match input.view.rule {
        crate::analysis::Rule::Attacks => "Attacks on US and coalition forces",
        crate::analysis::Rule::Everything => "Events in the record",
    };
    let shown = input.view.shown_span(input.dataset);
    match input.view.mode {
        Mode::SinceStart => format!("{noun} until {}", words::day(shown.last())),
        _ => format!("{noun}, {}", words::span(shown)),
    }
}

/// Window, counts, rule and zone: what a reader must know to quote the picture.
#[must_use]
pub fn subtitle(input: &MapInput<'_>) -> String {
    let mode = match input.view.mode {
        Mode::SinceStart => "",
        Mode::Window => "Window: ",
        Mode::Day => "Day: ",
    };
    format!(
        "{mode}{}; {}. Counted: {}. Days in {}.",
        words::window(input.dataset, input.view),
        words::total(input.dataset, input.view, input.selection),
        input.view.rule.label(),
        zone(&input.dataset.time_zone),
    )
}

fn zone(name: &str) -> &str {
    match name {
        "Asia/Baghdad" => "Baghdad time",
        other => other,
    }
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
    notes.push_str(" A glyph stands for a site; it does not locate an impact. Absence from the record is not calm.");
    notes
}

/// Builds the figure of a view.
#[must_use]
pub fn figure(
    shaper: &mut Shaper,
    theme: &Theme,
    input: &MapInput<'_>,
    spec: &FigureSpec,
) -> Figure {
    let Size { width, height } = spec.size;
    let inner = (width - 2.0 * SIDE).max(60.0);
    let mut items = Vec::new();

    let title = spec.title.clone().unwrap_or_else(|| default_title(input));
    let title = shaper.wrap(&title, style::TITLE, inner, Align::Start);
    let sub = shaper.wrap(&subtitle(input), style::SUBTITLE, inner, Align::Start);
    let notes = shaper.wrap(&notes(input), style::FOOTNOTE, inner, Align::Start);
    let mut y = 14.0;
    for (shaped, color, gap) in [(title, theme.text, 2.0), (sub, theme.text_muted, 10.0)] {
        let h = shaped.height();
        items.push(Item::Text(Text { origin: [SIDE, y], shaped, color, halo: None }));
        y += h + gap;
    }
    let notes_height = notes.height() + 16.0;
    let strip_height = if spec.strip { (height * 0.13).clamp(72.0, 110.0) } else { 0.0 };
    let map_bottom = (height - notes_height - strip_height).max(y + 40.0);
    let map_rect = Rect { min: [0.0, y], max: [width, map_bottom] };

    let camera = map::camera_for(input.dataset, input.view, map_rect.width(), map_rect.height());
    let frame = MapFrame { rect: map_rect, camera };
    let map = map::map(shaper, theme, input, &frame, &credit_line(&input.basemap.data));
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

    if spec.strip {
        let rect = Rect {
            min: [SIDE, map_bottom + 6.0],
            max: [width - SIDE, height - notes_height + 2.0],
        };
        let layout = StripLayout::new(StripLayout::axis_for(input.dataset, input.view), rect);
        let mut inside = Vec::new();
        strip::strip(shaper, theme, input.dataset, input.view, &layout, &mut inside);
        items.push(Item::Group(Group {
            id: "time-strip".to_owned(),
            placement: Placement::IDENTITY,
            clip: None,
            items: inside,
        }));
    }
    let origin = [SIDE, height - notes.height() - 8.0];
    items.push(Item::Text(Text { origin, shaped: notes, color: theme.text_muted, halo: None }));
    Figure { scene: Scene { size: spec.size, background: theme.paper, items }, sites: map.sites }
}
