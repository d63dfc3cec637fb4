//! A whole figure: title, subtitle, map, time strip and notes on one sheet.

use super::camera::MapFrame;
use super::counted::{Counted, Prepared};
use super::map::{DrawnSite, MapFurniture, MapInput};
use super::map_layout::MapLayout;
use super::map_parts::MapParts;
use super::sheet::{self, Sheet};
use super::strip::{self, StripInput, StripLayout, StripUse};
use super::text::Shaper;
use super::theme::Theme;
use super::{
    Group, Item, Placement, Scene, Size, Stroke, Text, figure_words, shapes, strip_sources,
};
use crate::analysis::{DrawnGlyph, FigurePart, FigureSpec, Record, Selection, words};
use crate::domain::{DaySpan, SourceIndex};

pub use super::figure_words::{credit_line, default_title, notes, subtitle};

/// The narrowest figure that has room for its title and its legend, in points.
pub const MIN_WIDTH: f32 = 160.0;

/// A figure and where its sites are.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The picture; its points are those of the layout.
    pub scene: Scene,
    /// Points on paper for one point of the scene: below 1 when the figure is small.
    pub scale: f32,
    /// Its glyphs.
    pub sites: Vec<DrawnSite>,
    /// Whether its map has the room to be read; see [`least_height`].
    pub fits: bool,
    /// The time strip below its map, where it has one.
    pub strip: Option<DrawnStrip>,
    /// Its map.
    pub map: MapFrame,
}

impl Figure {
    /// The glyphs on the ground of its map for its description in words, the largest first.
    #[must_use]
    pub fn glyphs(&self, record: &Record, selection: &Selection) -> Vec<DrawnGlyph> {
        let on_ground = self.sites.iter().filter(|s| s.is_on_ground() && !s.count.is_empty());
        let mut drawn: Vec<&DrawnSite> = on_ground.collect();
        drawn.sort_by_key(|site| std::cmp::Reverse(site.count.both()));
        let glyph = |site: &DrawnSite| {
            let [certain, possible] = site.count.both();
            let members = site.members.iter().copied();
            let shown: Vec<_> =
                members.filter(|m| selection.count_at(record, *m) != [0, 0]).collect();
            let name = words::site_group(record, &shown);
            let governorate = record.site(site.site).admin1.clone();
            DrawnGlyph { name, governorate, certain, possible }
        };
        drawn.into_iter().map(glyph).collect()
    }
}

/// What the time strip of a figure shows.
#[derive(Clone, Debug)]
pub struct DrawnStrip {
    /// Its days.
    pub axis: DaySpan,
    /// Who says what it shows besides events: dated facts, numbers of troops.
    pub sources: Vec<SourceIndex>,
}

fn size_pt(spec: &FigureSpec) -> Size {
    let [width, height] = spec.size.points();
    Size { width, height }
}

/// The least height on paper in points, up to a metre, at which a figure of the width that is asked for
/// has room for a map that can be read; `None` when there is none.
#[must_use]
pub fn least_height(
    shaper: &mut Shaper,
    theme: &Theme,
    input: &MapInput<'_>,
    spec: &FigureSpec,
) -> Option<f32> {
    let words = figure_words::of(input, spec, &[]);
    let counted = Counted::of(input);
    let prepared = Prepared { input: *input, counted: &counted };
    let heights = (20_u16..=1000).map(|mm| f32::from(mm) * 72.0 / 25.4);
    heights.into_iter().find(|&height| {
        let size = Size { height, ..size_pt(spec) };
        sheet::plan(shaper, theme, &prepared, &words, size, spec).fits
    })
}

/// Builds the figure of a view.
#[must_use]
pub fn figure(
    shaper: &mut Shaper,
    theme: &Theme,
    input: &MapInput<'_>,
    spec: &FigureSpec,
) -> Figure {
    let words = figure_words::of(input, spec, &[]);
    let counted = Counted::of(input);
    let prepared = Prepared { input: *input, counted: &counted };
    let planned = sheet::plan(shaper, theme, &prepared, &words, size_pt(spec), spec);
    let Sheet { scale, size, head, notes, map: frame, credits_on_map, fits, .. } = planned;
    let Sheet { legend, unplaced, strip, .. } = planned;
    let mut items = Vec::new();
    let group = |id: &str, placement, clip, inside, items: &mut Vec<Item>| {
        items.push(Item::Group(Group { id: id.to_owned(), placement, clip, items: inside }));
    };
    for ((shaped, origin), color) in head.into_iter().zip([theme.text, theme.text_muted]) {
        items.push(Item::Text(Text { origin, shaped, color, halo: None }));
    }
    let furniture = MapFurniture {
        credits: credits_on_map.then_some(words.credits.as_str()),
        legend: legend.is_none() && spec.has(FigurePart::Legend),
        notes: unplaced.is_none(),
        date: None,
    };
    if let Some((inside, at)) = legend {
        group("legend", Placement::moved(at), None, inside, &mut items);
    }
    let mut map = MapLayout::new(theme, &prepared, &frame)
        .with_parts(MapParts::of(spec))
        .whole(shaper, theme, &prepared, &furniture);
    group("map", Placement::IDENTITY, Some(frame.rect), map.items, &mut items);
    if let Some((inside, sites)) = unplaced {
        group("unplaced", Placement::IDENTITY, None, inside, &mut items);
        map.sites.extend(sites);
    }
    for y in [frame.rect.min[1], frame.rect.max[1]] {
        let edge = vec![[0.0, y], [size.width, y]];
        items.push(shapes::line(edge, Stroke::solid(theme.rule, 0.8)));
    }
    let strip = strip.map(|rect| {
        let MapInput { dataset, view, selection, .. } = *input;
        let whole = StripLayout::axis_for(dataset, view);
        let layout = StripLayout::new(StripLayout::axis_for_figure(dataset, view), rect)
            .with_rows(dataset, whole);
        let strip_input = StripInput { dataset, view, selection };
        let mut inside = Vec::new();
        let marks =
            strip::strip(shaper, theme, strip_input, &layout, StripUse::Looked, &mut inside);
        group("time-strip", Placement::IDENTITY, None, inside, &mut items);
        let sources = strip_sources::sources(dataset, view, &layout, &marks);
        DrawnStrip { axis: layout.axis, sources }
    });
    let (shaped, origin) = notes;
    items.push(Item::Text(Text { origin, shaped, color: theme.text_muted, halo: None }));
    let scene = Scene { size, background: theme.paper, items };
    Figure { scale, scene, sites: map.sites, fits, strip, map: frame }
}
