//! Small multiples: one figure of several maps, one for each week, month or site, all with the same camera, the same scale of
//! glyphs and one legend.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::camera::{self, MapFrame};
use super::counted::{Counted, Prepared};
use super::edge_notes::EdgeNotes;
use super::figure::Figure;
use super::legend::{Carried, Legend};
use super::map::{self, DrawnSite, MapFurniture, MapInput};
use super::map_layout::MapLayout;
use super::map_parts::MapParts;
use super::marks::site_marks;
use super::sheet::{Layout, headline, sheet_size, unbroken};
use super::text::{Align, ShapedText, Shaper};
use super::theme::{Theme, style};
use super::{
    Group, Item, Placement, Rect, Scene, Size, Stroke, Text, competing, figure_words, ground_names,
    map_glyphs, shapes,
};
use crate::analysis::{
    Camera, Facet, FigurePart, FigureSpec, LabelDensity, Mode, Panels, View, month_spans, select,
    words,
};
use crate::domain::{Day, DaySpan, SiteIndex};

/// The smallest map of a panel that can be read, in points of the layout.
pub const LEAST_PANEL: Size = Size { width: 112.0, height: 84.0 };
/// Points between panels, across and down.
const GAPS: [f32; 2] = [10.0, 8.0];
/// Room for the words above a panel's map.
const HEAD: f32 = 29.0;
/// A map narrower than this names its largest sites only.
const NAMES_ALL: f32 = 300.0;

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
    /// Its glyphs, and what has no place on its map's ground.
    pub sites: Vec<DrawnSite>,
}

/// What one panel shows.
struct Panel {
    title: String,
    view: View,
}

/// The panels of a view.
fn panels(input: &MapInput<'_>, by: Panels) -> Vec<Panel> {
    let shown = input.view.shown_span(input.dataset);
    let of_days = |days: DaySpan, whole: bool| {
        let title = if whole { words::span(days) } else { words::span_short(days) };
        // Of a day that is looked at there is nothing to cumulate.
        let mode = if input.view.mode == Mode::Day { Mode::Window } else { input.view.mode };
        Panel { title, view: View { window: days, mode, ..input.view.clone() } }
    };
    let window = if input.view.mode == Mode::SinceStart { input.view.window } else { shown };
    match by {
        Panels::Month => month_spans(input.dataset)
            .into_iter()
            .filter_map(|month| {
                let days = month.shared(window)?;
                Some(of_days(days, days == month))
            })
            .collect(),
        Panels::Week => weeks(window).map(|days| of_days(days, false)).collect(),
        Panels::Site => sites(input)
            .into_iter()
            .map(|site| {
                let site = input.dataset.site(site);
                let mut view = input.view.clone();
                view.filter.clear(Facet::Site);
                view.filter.toggle(Facet::Site, &site.id);
                Panel { title: site.name.clone(), view }
            })
            .collect(),
    }
}

/// The weeks from Monday to Sunday of some days, the first and the last as far as they lie in them.
fn weeks(days: DaySpan) -> impl Iterator<Item = DaySpan> {
    let first = days.first();
    let monday = first.plus(-i32::from(first.date().weekday().to_monday_zero_offset()));
    let from = move |n: i32| monday.plus(7 * n);
    (0..)
        .map(from)
        .take_while(move |monday: &Day| *monday <= days.last())
        .filter_map(move |monday| DaySpan::between(monday, monday.plus(6)).shared(days))
}

/// The sites with an event shown, the one with most events first.
fn sites(input: &MapInput<'_>) -> Vec<SiteIndex> {
    let MapInput { dataset, selection, .. } = *input;
    let sites: BTreeSet<SiteIndex> =
        selection.places_shown().map(|(place, _)| place.site).collect();
    let mut sites: Vec<SiteIndex> = sites.into_iter().collect();
    let events = |site: SiteIndex| selection.count_at(dataset, site).iter().sum::<usize>();
    sites.sort_by_key(|site| (std::cmp::Reverse(events(*site)), *site));
    sites
}

/// Where everything of small multiples stands.
struct Plan {
    scale: f32,
    size: Size,
    head: [(Arc<ShapedText>, [f32; 2]); 2],
    notes: (Arc<ShapedText>, [f32; 2]),
    legend: Option<(Vec<Item>, [f32; 2])>,
    /// The room of each panel, its words included.
    cells: Vec<Rect>,
    camera: Camera,
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
    plan(shaper, theme, &prepared, spec, (by, count), sheet_size(spec)).map(|_| ())
}

fn plan(
    shaper: &mut Shaper,
    theme: &Theme,
    prepared: &Prepared<'_>,
    spec: &FigureSpec,
    (by, count): (Panels, usize),
    size: Size,
) -> Result<Plan, PanelsError> {
    let (scale, size) = super::sheet::scaled(size);
    let Layout { side, title, subtitle } = Layout::of(size.width);
    let inner = (size.width - 2.0 * side).max(60.0);
    let words = figure_words::of(&prepared.input, spec, &remarks(&prepared.input, spec, by));
    let mut name = words.title;
    if spec.title.is_none() {
        name.push_str(match by {
            Panels::Week => ", by week",
            Panels::Month => ", by month",
            Panels::Site => ", by site",
        });
    }
    let title = headline(shaper, &unbroken(&name), title, inner);
    let subtitle = shaper.wrap(&unbroken(&words.subtitle), subtitle, inner, Align::Start);
    let title_at = [side, side * 0.6];
    let subtitle_at = [side, title_at[1] + title.height() + 1.0];
    let top = subtitle_at[1] + subtitle.height() + side * 0.5;
    let said = unbroken(&format!("{} {}.", words.notes[0], words.credits));
    let notes = shaper.wrap(&said, style::FOOTNOTE, inner, Align::Start);
    let notes_at = [side, size.height - notes.height() - side * 0.4];
    let mut bottom = notes_at[1] - 6.0;

    let around = Rect { min: [side, top], max: [size.width - side, bottom.max(top + 1.0)] };
    let frame =
        MapFrame { rect: around, camera: camera_in(prepared, around.width(), around.height()) };
    let carried = Carried {
        notes: false,
        histories: None,
        beyond: [false; 6],
        others: competing::is_any(prepared, &frame),
        possible: false,
    };
    let legend = spec
        .has(FigurePart::Legend)
        .then(|| Legend::of(shaper, theme, prepared, carried))
        .flatten()
        .map(|legend| {
            let mut items = Vec::new();
            let height = legend.in_rows(shaper, theme, inner, &mut items);
            bottom -= height + 6.0;
            (items, [side, bottom + 4.0])
        });
    let room = Rect { min: [side, top], max: [size.width - side, bottom.max(top + 1.0)] };
    let (cells, camera) = grid(prepared, count, room).ok_or_else(|| {
        let most = |length: f32, least: f32, gap: f32| ((length + gap) / (least + gap)).floor();
        let across = most(room.width(), LEAST_PANEL.width, GAPS[0]);
        let down = most(room.height(), LEAST_PANEL.height + HEAD, GAPS[1]);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few")]
        let room = (across * down).max(0.0) as usize;
        let [width, height] =
            [LEAST_PANEL.width, LEAST_PANEL.height].map(|side| side * scale / 72.0 * 25.4);
        if count == 0 {
            PanelsError::Empty
        } else {
            PanelsError::TooMany { panels: count, room, width, height }
        }
    })?;
    Ok(Plan {
        scale,
        size,
        head: [(title, title_at), (subtitle, subtitle_at)],
        notes: (notes, notes_at),
        legend,
        cells,
        camera,
    })
}

/// What is said of the panels among the notes.
fn remarks(input: &MapInput<'_>, spec: &FigureSpec, by: Panels) -> Vec<String> {
    let mut told = vec!["All maps have the same scale.".to_owned()];
    if by != Panels::Site && input.selection.possible() > 0 {
        told.push(
            "An event whose day is not known is possible on each map on which it may belong."
                .to_owned(),
        );
    } else if by != Panels::Site {
        told.push(
            "An event known to several days may be possible on more than one map.".to_owned(),
        );
    }
    for (part, name) in [(FigurePart::Table, "table"), (FigurePart::Inset, "inset")] {
        if spec.has(part) {
            told.push(format!("There is no room for a {name} beside small maps."));
        }
    }
    if !spec.callouts.is_empty() {
        told.push("Small maps have no callouts.".to_owned());
    }
    told
}

/// The camera that all panels have on maps of this size.
fn camera_in(prepared: &Prepared<'_>, width: f32, height: f32) -> Camera {
    let camera = map::camera_with(&prepared.input, prepared.counted, width, height);
    camera::held(camera, prepared.basemap.data.bounds, width, height)
}

/// The room of each panel in as many columns as make the maps largest; `None` where they would be too small.
fn grid(prepared: &Prepared<'_>, count: usize, room: Rect) -> Option<(Vec<Rect>, Camera)> {
    let mut best: Option<(f64, usize, [f32; 2], Camera)> = None;
    for columns in 1..=count.min(40) {
        #[expect(clippy::cast_precision_loss, reason = "some panels")]
        let [across, down] = [columns, count.div_ceil(columns)].map(|n| n as f32);
        let width = (room.width() - GAPS[0] * (across - 1.0)) / across;
        let height = (room.height() - GAPS[1] * (down - 1.0)) / down - HEAD;
        if width < LEAST_PANEL.width || height < LEAST_PANEL.height {
            continue;
        }
        let camera = camera_in(prepared, width, height);
        let larger = if prepared.view.camera.is_some() {
            f64::from(width.min(height)).log2()
        } else {
            camera.zoom
        };
        if best.as_ref().is_none_or(|(most, ..)| larger > *most + 1e-6) {
            best = Some((larger, columns, [width, height], camera));
        }
    }
    let (_, columns, [width, height], camera) = best?;
    #[expect(clippy::cast_precision_loss, reason = "some panels")]
    let cell = |n: usize| {
        let [across, down] = [n % columns, n / columns].map(|n| n as f32);
        let x = room.min[0] + across * (width + GAPS[0]);
        let y = room.min[1] + down * (height + HEAD + GAPS[1]);
        Rect::from_min_size([x, y], width, height + HEAD)
    };
    Some(((0..count).map(cell).collect(), camera))
}

/// Builds the figure; `None` where it has no panels or they have no room.
pub(super) fn figure(
    shaper: &mut Shaper,
    theme: &Theme,
    input: &MapInput<'_>,
    spec: &FigureSpec,
    by: Panels,
) -> Result<Figure, PanelsError> {
    let counted = Counted::of(input);
    let prepared = Prepared { input: *input, counted: &counted };
    let all = panels(input, by);
    let planned = plan(shaper, theme, &prepared, spec, (by, all.len()), sheet_size(spec))?;
    let Plan { scale, size, head, notes, legend, cells, camera } = planned;
    let mut items = Vec::new();
    for ((shaped, origin), color) in head.into_iter().zip([theme.text, theme.text_muted]) {
        items.push(Item::Text(Text { origin, shaped, color, halo: None }));
    }
    let mut drawn = Vec::new();
    for (n, (panel, cell)) in all.iter().zip(&cells).enumerate() {
        let selection = select(input.dataset, &panel.view);
        let of_panel = MapInput { view: &panel.view, selection: &selection, ..*input };
        // The scale is that of the whole, whatever the number of its days.
        let counted =
            Counted::new(Arc::clone(&counted.places), &of_panel).on_scale(prepared.scale());
        let prepared = Prepared { input: of_panel, counted: &counted };
        let parts = MapParts {
            scale_bar: n == 0 && spec.has(FigurePart::ScaleBar),
            north_arrow: n == 0 && spec.has(FigurePart::NorthArrow),
            labels: match spec.labels {
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
    let (shaped, origin) = notes;
    items.push(Item::Text(Text { origin, shaped, color: theme.text_muted, halo: None }));
    let scene = Scene { size, background: theme.paper, items };
    let rect = drawn.first().map_or(Rect::from_min_size([0.0; 2], 1.0, 1.0), |panel| panel.map);
    let map = MapFrame { rect, camera };
    let sites = whole(&prepared, &map);
    // What its panels do not name they say themselves.
    let (fits, unnamed, strip, inset) = (true, 0, None, None);
    Ok(Figure { scale, scene, sites, fits, unnamed, strip, map, inset, panels: drawn })
}

/// The glyphs that one map of everything would have: what the figure as a whole shows.
fn whole(prepared: &Prepared<'_>, frame: &MapFrame) -> Vec<DrawnSite> {
    let capitals = ground_names::capital_points(prepared.basemap, frame);
    let mut marks = site_marks(prepared, frame, &capitals);
    let (all, members) = marks.counted(prepared, frame);
    let shown: Vec<_> = all.into_iter().filter(|(_, count)| !count.is_empty()).collect();
    map_glyphs::drawn(prepared, &shown, members, &marks.groups)
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
    let rect = Rect { min: [cell.min[0], cell.min[1] + HEAD], max: cell.max };
    let head = Rect { min: cell.min, max: [cell.max[0], cell.min[1] + HEAD] };
    let frame = MapFrame { rect, camera };
    let furniture = MapFurniture { credits: None, legend: false, notes: false, date: None };
    let scene = MapLayout::new(theme, prepared, &frame)
        .with_parts(parts)
        .whole(shaper, theme, prepared, &furniture);
    let mut sites = scene.sites;
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
    let mut counted = match count {
        [0, 0] => format!("no {}", view.rule.noun(0)),
        [certain, possible] => {
            let noun = view.rule.noun(certain.max(possible));
            format!("{} {noun}", words::count(certain, possible))
        }
    };
    if off_map > 0 {
        counted.push_str(&format!("; {off_map} not on the map"));
    }
    let lines = [
        (panel.title.as_str(), style::SMALL_STRONG, theme.text),
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
        items: scene.items,
    }));
    let edge = Stroke::solid(theme.rule, 0.8);
    items.push(shapes::area(vec![shapes::closed(shapes::corners(rect))], None, Some(edge)));
    DrawnPanel { title: panel.title.clone(), days: selection.days, count, map: rect, sites }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_start_on_monday_and_lie_within_the_days() {
        let day = |text: &str| Day::parse(text).unwrap();
        let days = DaySpan::between(day("2022-01-05"), day("2022-01-17"));
        let weeks: Vec<_> = weeks(days).map(|w| (w.first(), w.last())).collect();
        assert_eq!(
            weeks,
            [
                (day("2022-01-05"), day("2022-01-09")),
                (day("2022-01-10"), day("2022-01-16")),
                (day("2022-01-17"), day("2022-01-17")),
            ]
        );
    }
}
