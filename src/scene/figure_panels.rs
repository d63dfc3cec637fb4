//! Small multiples: one figure of several maps, one for each week, month or site, all with the same camera, the same scale of
//! glyphs and one legend.

use std::sync::Arc;

use super::camera::MapFrame;
use super::counted::{Counted, Prepared};
use super::edge_notes::EdgeNotes;
use super::figure::{DrawnStrip, Figure, default_title};
use super::figure_table::EventsTable;
use super::map::{DrawnSite, MapFurniture, MapInput};
use super::map_layout::MapLayout;
use super::map_parts::MapParts;
use super::marks::site_marks;
use super::panel_plan::{HEAD, Plan, plan};
use super::panel_views::{Panel, panels};
use super::strip::{self, StripInput, StripLayout, StripUse};
use super::text::Shaper;
use super::theme::{Theme, style};
use super::{
    Group, Item, Placement, Rect, Scene, Size, Stroke, Text, furniture, ground_names, map_glyphs,
    shapes, strip_sources,
};
use crate::analysis::{
    Camera, FigurePart, FigureSpec, LabelDensity, Panels, Rule, Selection, select, words,
};
use crate::domain::DaySpan;

/// The smallest map of a panel that can be read, in points of the layout.
pub const LEAST_PANEL: Size = Size { width: 104.0, height: 78.0 };
/// A map narrower than this names its largest sites only, and one narrower than that none.
const NAMES_ALL: f32 = 300.0;
const NAMES: f32 = 150.0;

/// Why small multiples cannot be drawn.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PanelsError {
    /// No site has an event shown.
    #[error(
        "no event is shown, so there is no site to draw a map for: choose other days or another filter"
    )]
    Empty,
    /// They would be too small.
    #[error(
        "{panels} maps have no room on this figure: at most {room} have, each at least {width:.0} by {height:.0} mm; \
         choose fewer days, longer spans, or a larger size"
    )]
    TooMany {
        /// How many there would be.
        panels: usize,
        /// How many have room.
        room: usize,
        /// The least width of one in millimetres on paper.
        width: f32,
        /// The least height.
        height: f32,
    },
}

/// A panel of small multiples that is drawn.
#[derive(Clone, Debug)]
pub struct DrawnPanel {
    /// Its title: the days, or the site.
    pub title: String,
    /// The days that it shows.
    pub days: DaySpan,
    /// Events that surely belong, and that may belong.
    pub count: [usize; 2],
    /// Its map, in points of the scene.
    pub map: Rect,
    /// Where its map looks.
    pub camera: Camera,
    /// How many of its glyphs have no name because none had room.
    pub unnamed: usize,
    /// Its glyphs, and what has no place on its map's ground.
    pub sites: Vec<DrawnSite>,
}

/// The title that a figure has by itself, or its own: of small multiples with what there is a map for.
#[must_use]
pub fn title(input: &MapInput<'_>, spec: &FigureSpec) -> String {
    if let Some(title) = &spec.title {
        return title.clone();
    }
    let by = match spec.panels {
        None => "",
        Some(Panels::Week) => ", by week",
        Some(Panels::Month) => ", by month",
        Some(Panels::Site) => ", by site",
    };
    format!("{}{by}", default_title(input))
}

/// How many maps a figure has: one, or one for each panel.
#[must_use]
pub fn maps(input: &MapInput<'_>, spec: &FigureSpec) -> usize {
    spec.panels.map_or(1, |by| panels(input, by).len())
}

/// Whether the panels of a figure have room on it.
///
/// # Errors
/// [`PanelsError`].
pub fn check(
    shaper: &mut Shaper,
    theme: &Theme,
    input: &MapInput<'_>,
    spec: &FigureSpec,
) -> Result<(), PanelsError> {
    let Some(by) = spec.panels else { return Ok(()) };
    let counted = Counted::of(input);
    let prepared = Prepared { input: *input, counted: &counted };
    let count = panels(input, by).len();
    plan(shaper, theme, &prepared, spec, (by, count), &[]).map(|_| ())
}

/// Builds the figure.
///
/// # Errors
/// [`PanelsError`] where its panels have no room.
pub(super) fn figure(
    shaper: &mut Shaper,
    theme: &Theme,
    input: &MapInput<'_>,
    spec: &FigureSpec,
    by: Panels,
) -> Result<Figure, PanelsError> {
    let figure = with_told(shaper, theme, input, spec, (by, &[]))?;
    let no_arrow =
        spec.has(FigurePart::NorthArrow) && !furniture::has_north_arrow(&figure.scene.items);
    let no_names = spec.labels != LabelDensity::None
        && by != Panels::Site
        && figure.panels.iter().any(|panel| panel.map.width() < NAMES);
    let told: Vec<String> = [
        (no_arrow, "There is no room for the north arrow; north is up."),
        (no_names, "Maps so small name no site."),
    ]
    .into_iter()
    .filter(|(is_so, _)| *is_so)
    .map(|(_, words)| words.to_owned())
    .collect();
    if told.is_empty() {
        return Ok(figure);
    }
    // With so much more to say the maps may have no room any more.
    with_told(shaper, theme, input, spec, (by, &told)).or(Ok(figure))
}

fn with_told(
    shaper: &mut Shaper,
    theme: &Theme,
    input: &MapInput<'_>,
    spec: &FigureSpec,
    (by, told): (Panels, &[String]),
) -> Result<Figure, PanelsError> {
    let counted = Counted::of(input);
    let prepared = Prepared { input: *input, counted: &counted };
    let all = panels(input, by);
    let planned = plan(shaper, theme, &prepared, spec, (by, all.len()), told)?;
    let Plan { scale, size, head, notes, legend, strip, table, cells, camera, .. } = planned;
    let mut items = Vec::new();
    for ((shaped, origin), color) in head.into_iter().zip([theme.text, theme.text_muted]) {
        items.push(Item::Text(Text { origin, shaped, color, halo: None }));
    }
    let selections: Vec<Selection> =
        all.iter().map(|panel| select(input.dataset, &panel.view)).collect();
    // One scale is that of all: it stands where it lies on fewest glyphs.
    let below = |n: usize, shown: &Selection| {
        let cell = cells.get(n).map(|cell| MapFrame { rect: map_of(*cell), camera });
        cell.map_or(0, |frame| low_sites(input, shown, &frame))
    };
    let fewest = selections.iter().enumerate().rev();
    let fewest = fewest.min_by_key(|(n, shown)| (below(*n, shown), shown.len()));
    let emptiest = fewest.map_or(0, |(n, _)| n);
    let mut drawn = Vec::new();
    for (n, (panel, cell)) in all.iter().zip(&cells).enumerate() {
        let Some(selection) = selections.get(n) else { continue };
        let of_panel = MapInput { view: &panel.view, selection, ..*input };
        // The scale is that of the whole, whatever the number of its days.
        let counted =
            Counted::new(Arc::clone(&counted.places), &of_panel).on_scale(prepared.scale());
        let prepared = Prepared { input: of_panel, counted: &counted };
        let parts = MapParts {
            scale_bar: n == emptiest && spec.has(FigurePart::ScaleBar),
            north_arrow: n == emptiest && spec.has(FigurePart::NorthArrow),
            labels: match spec.labels {
                _ if cell.width() < NAMES => LabelDensity::None,
                LabelDensity::All if cell.width() < NAMES_ALL => LabelDensity::Few,
                labels => labels,
            },
            tells_unnamed: false,
            strip: None,
            kept: Vec::new(),
        };
        drawn.push(draw(shaper, theme, &prepared, (panel, *cell, camera), parts, &mut items));
    }
    if let Some((inside, at)) = legend {
        let placement = Placement::moved(at);
        items.push(Item::Group(Group {
            id: "legend".to_owned(),
            placement,
            clip: None,
            items: inside,
        }));
    }
    if let Some(place) = table {
        items.push(EventsTable::of(*input).draw(shaper, theme, place));
    }
    let days: Vec<DaySpan> = drawn.iter().map(|panel| panel.days).collect();
    let days = if by == Panels::Site { &[][..] } else { &days };
    let strip = strip.map(|place| draw_strip(shaper, theme, input, (place, days), &mut items));
    let (shaped, origin) = notes;
    items.push(Item::Text(Text { origin, shaped, color: theme.text_muted, halo: None }));
    let scene = Scene { size, background: theme.paper, items };
    let rect = drawn.first().map_or(Rect::from_min_size([0.0; 2], 1.0, 1.0), |panel| panel.map);
    let map = MapFrame { rect, camera };
    let sites = whole(&prepared, &map);
    let unnamed = drawn.iter().map(|panel| panel.unnamed).sum();
    let (fits, inset) = (true, None);
    Ok(Figure { scale, scene, sites, fits, unnamed, strip, map, inset, panels: drawn })
}

/// Draws the time strip of all panels, whose days are parted on it.
fn draw_strip(
    shaper: &mut Shaper,
    theme: &Theme,
    input: &MapInput<'_>,
    (place, days): (Rect, &[DaySpan]),
    items: &mut Vec<Item>,
) -> DrawnStrip {
    let MapInput { dataset, view, selection, .. } = *input;
    let whole = StripLayout::axis_for(dataset, view);
    let layout = StripLayout::new(StripLayout::axis_for_figure(dataset, view), place)
        .with_rows(dataset, whole);
    let group = |id: &str, items| {
        Item::Group(Group { id: id.to_owned(), placement: Placement::IDENTITY, clip: None, items })
    };
    // Between two maps that follow each other there is one line; below what stands, so that it strikes no word through.
    let mut parted: Vec<_> =
        days.iter().flat_map(|days| [days.first(), days.last().plus(1)]).collect();
    parted.sort_unstable();
    parted.dedup();
    let on_axis = |day: &&crate::domain::Day| {
        layout.axis.contains(**day) || layout.axis.contains(day.plus(-1))
    };
    let [top, bottom] = [layout.bars.min[1], layout.bars.max[1]];
    let lines = parted.iter().filter(on_axis).map(|day| {
        let x = layout.x(*day);
        shapes::line(vec![[x, top], [x, bottom]], Stroke::solid(theme.accent, 0.6))
    });
    let mut inside = vec![group("panel-days", lines.collect())];
    let used = StripUse::Looked;
    let marks = strip::strip(
        shaper,
        theme,
        StripInput { dataset, view, selection },
        &layout,
        used,
        &mut inside,
    );
    items.push(group("time-strip", inside));
    let sources = strip_sources::sources(dataset, view, &layout, &marks);
    DrawnStrip { axis: layout.axis, sources }
}

/// The glyphs that one map of everything would have: what the figure as a whole shows.
fn whole(prepared: &Prepared<'_>, frame: &MapFrame) -> Vec<DrawnSite> {
    let capitals = ground_names::capital_points(prepared.basemap, frame);
    let mut marks = site_marks(prepared, frame, &capitals);
    let (all, members) = marks.counted(prepared, frame);
    let shown: Vec<_> = all.into_iter().filter(|(_, count)| !count.is_empty()).collect();
    map_glyphs::drawn(prepared, &shown, members, &marks.groups)
}

/// What stands above a map, the longest form first: how many events, how many of them it does not show, and how many
/// of its sites have no name. No form leaves out a number of events; "?" is what the legend calls possible.
fn head_forms(rule: Rule, count: [usize; 2], off_map: usize, unnamed: usize) -> Vec<String> {
    let [certain, possible] = count;
    if certain + possible == 0 {
        return vec![format!("no {}", rule.noun(0))];
    }
    let number = words::count(certain, possible);
    let long = format!("{number} {}", rule.noun(certain.max(possible)));
    let brief = match count {
        [n, 0] => words::thousands(n),
        [0, n] => format!("{}?", words::thousands(n)),
        [n, more] => format!("{} + {}?", words::thousands(n), words::thousands(more)),
    };
    let with = |told: &str, beyond: &str| match off_map {
        0 => told.to_owned(),
        n => format!("{told}; {} {beyond}", words::thousands(n)),
    };
    let whole = with(&long, "not on the map");
    let mut forms = Vec::new();
    if unnamed > 0 {
        forms.push(format!("{whole}; {unnamed} not named"));
    }
    forms.extend([whole, with(&number, "not on the map"), with(&brief, "not on the map")]);
    forms.push(with(&brief, "off map"));
    forms
}

/// The map in the room of a panel.
fn map_of(cell: Rect) -> Rect {
    Rect { min: [cell.min[0], cell.min[1] + HEAD], max: cell.max }
}

/// Leaves out the names of the ground that lie below a glyph or on another: on the smallest maps there is no other place for them.
fn uncover(items: &mut [Item], sites: &[DrawnSite]) {
    let is_free = |text: &Text, kept: &[Rect]| {
        let place = text.shaped.box_at(text.origin);
        let is_alone = !kept.iter().any(|other| other.overlaps(&place.grown(-2.0)));
        is_alone
            && !sites.iter().filter(|site| site.is_on_ground() && !site.count.is_empty()).any(
                |site| {
                    let ([x, y], r) = (site.center, site.radius);
                    place.overlaps(&Rect { min: [x - r, y - r], max: [x + r, y + r] })
                },
            )
    };
    for item in items {
        let Item::Group(group) = item else { continue };
        if group.id != "place-names" {
            uncover(&mut group.items, sites);
            continue;
        }
        // The line that leads to a name stands before it.
        let mut kept: Vec<Rect> = Vec::new();
        let mut line = None;
        for item in std::mem::take(&mut group.items) {
            match item {
                Item::Path(_) => line = Some(item),
                Item::Text(ref text) if !is_free(text, &kept) => line = None,
                _ => {
                    if let Item::Text(text) = &item {
                        kept.push(text.shaped.box_at(text.origin).grown(-2.0));
                    }
                    group.items.extend(line.take().into_iter().chain([item]));
                }
            }
        }
        group.items.extend(line);
    }
}

/// How many sites with an event shown lie where a scale bar stands: along the lower edge of a map.
fn low_sites(input: &MapInput<'_>, shown: &Selection, frame: &MapFrame) -> usize {
    const BAR: f32 = 56.0;
    let from = frame.rect.max[1] - BAR;
    let sites =
        shown.places_shown().filter_map(|(place, _)| input.dataset.site(place.site).position);
    sites.filter(|position| frame.to_point(*position)[1] > from).count()
}

/// Draws one panel: title, count, map.
fn draw(
    shaper: &mut Shaper,
    theme: &Theme,
    prepared: &Prepared<'_>,
    (panel, cell, camera): (&Panel, Rect, Camera),
    parts: MapParts,
    items: &mut Vec<Item>,
) -> DrawnPanel {
    let rect = map_of(cell);
    let head = Rect { min: cell.min, max: [cell.max[0], cell.min[1] + HEAD] };
    let frame = MapFrame { rect, camera };
    let furniture = MapFurniture { credits: None, legend: false, notes: false, date: None };
    let scene = MapLayout::new(theme, prepared, &frame)
        .with_parts(parts)
        .whole(shaper, theme, prepared, &furniture);
    let unnamed = scene.unnamed;
    let (mut drawn, mut sites) = (scene.items, scene.sites);
    if cell.width() < NAMES {
        uncover(&mut drawn, &sites);
    }
    // What has no place on the ground is counted in words.
    let (mut noted, _) =
        EdgeNotes::of(shaper, prepared).draw_in_rows(theme, head.min, f32::MAX, &mut Vec::new());
    let off_map: usize = noted.iter().flat_map(|site| site.count.both()).sum();
    for site in &mut noted {
        (site.note, site.center) = (Some(head), head.center());
    }
    sites.append(&mut noted);

    let MapInput { view, selection, .. } = prepared.input;
    let count = [selection.certain(), selection.possible()];
    let width = shaper.shape(&panel.title, style::SMALL_STRONG).width();
    let title = match &panel.short {
        Some(short) if width > cell.width() => short,
        _ => &panel.title,
    };
    let forms = head_forms(view.rule, count, off_map, unnamed);
    let fits = |form: &&String| shaper.shape(form, style::FOOTNOTE).width() <= cell.width();
    let counted = forms.iter().find(fits).or(forms.last()).cloned().unwrap_or_default();
    let lines = [
        (title.as_str(), style::SMALL_STRONG, theme.text),
        (counted.as_str(), style::FOOTNOTE, theme.text_muted),
    ];
    let mut y = cell.min[1];
    for (words, look, color) in lines {
        let shaped = shaper.shape_within(words, look, cell.width());
        let height = shaped.height();
        items.push(Item::Text(Text { origin: [cell.min[0], y], shaped, color, halo: None }));
        y += height - 1.5;
    }
    items.push(Item::Group(Group {
        id: format!("panel:{}", panel.title),
        placement: Placement::IDENTITY,
        clip: Some(rect),
        items: drawn,
    }));
    let edge = Stroke::solid(theme.rule, 0.8);
    items.push(shapes::area(vec![shapes::closed(shapes::corners(rect))], None, Some(edge)));
    let (title, days) = (panel.title.clone(), selection.days);
    DrawnPanel { title, days, count, map: rect, camera, unnamed, sites }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_form_of_the_words_above_a_map_leaves_out_a_number_of_events() {
        for (count, off_map, unnamed) in [([17, 2], 1, 3), ([4, 0], 3, 0), ([0, 5], 0, 0)] {
            let forms = head_forms(Rule::Attacks, count, off_map, unnamed);
            let numbers = count.into_iter().chain([off_map]).filter(|n| *n > 0);
            for number in numbers {
                assert!(forms.iter().all(|form| form.contains(&number.to_string())), "{forms:?}");
            }
            assert!(forms.is_sorted_by_key(|form| std::cmp::Reverse(form.len())), "{forms:?}");
        }
        assert_eq!(head_forms(Rule::Attacks, [0, 0], 0, 0), ["no attacks"]);
        let narrow = head_forms(Rule::Attacks, [17, 2], 1, 0);
        assert_eq!(narrow.last().map(String::as_str), Some("17 + 2?; 1 off map"));
    }
}
