//! Where the parts of small multiples stand on their sheet.

use std::sync::Arc;

use super::camera::{self, MapFrame};
use super::counted::Prepared;
use super::figure_panels::{LEAST_PANEL, PanelsError, title};
use super::figure_table::{EventsTable, TABLE_SHARES, beside_table};
use super::glyph::glyph_radius;
use super::legend::{Carried, Legend};
use super::map;
use super::marks::{CountedMark, site_marks};
use super::sheet::{self, Layout, headline, sheet_size, unbroken};
use super::strip::StripLayout;
use super::text::{Align, ShapedText, Shaper};
use super::theme::{Theme, style};
use super::{Item, Rect, Size, competing, edges, figure_words, ground_names};
use crate::analysis::{Camera, FigurePart, FigureSpec, Panels};

/// Points between panels, across and down.
const GAPS: [f32; 2] = [10.0, 8.0];
/// Room for the words above a panel's map.
pub(super) const HEAD: f32 = 29.0;
/// With a time strip or a table below them the maps of panels are no smaller than this.
const WITH_OTHERS: Size = Size { width: 150.0, height: 100.0 };
/// So many zoom levels smaller may maps be for the sake of the strip, and of a table, which was asked for.
const SMALLER: [f64; 2] = [0.55, 1.1];
/// Points that glyphs keep away from the edge of a map, on which they make room for each other.
const EDGE: f32 = 6.0;
/// The largest radius that a glyph near the edge of a map is taken to have.
const LARGEST: f32 = 12.0;
/// Points between the panels and what is below them.
const BELOW: f32 = 6.0;

/// Where everything of small multiples stands.
pub(super) struct Plan {
    pub(super) scale: f32,
    pub(super) size: Size,
    pub(super) head: [(Arc<ShapedText>, [f32; 2]); 2],
    pub(super) notes: (Arc<ShapedText>, [f32; 2]),
    pub(super) legend: Option<(Vec<Item>, [f32; 2])>,
    /// Where the time strip of all panels stands.
    pub(super) strip: Option<Rect>,
    /// Where the table of events stands.
    pub(super) table: Option<Rect>,
    /// The room of each panel, its words included.
    pub(super) cells: Vec<Rect>,
    pub(super) camera: Camera,
    /// How many glyphs the edges of maps of this size cut.
    cut: usize,
}

/// Measures and places everything, `told` being what is said besides: with time strip and table where these leave the panels enough room.
///
/// # Errors
/// [`PanelsError`] where the panels have no room even without them.
pub(super) fn plan(
    shaper: &mut Shaper,
    theme: &Theme,
    prepared: &Prepared<'_>,
    spec: &FigureSpec,
    (by, count): (Panels, usize),
    told: &[String],
) -> Result<Plan, PanelsError> {
    let listed = spec.has(FigurePart::Table).then(|| EventsTable::of(prepared.input));
    let listed = listed.filter(|table| !table.is_empty());
    let mut tried = |strip: bool, table: bool| {
        let table = listed.as_ref().filter(|_| table);
        attempt(shaper, theme, prepared, spec, (by, count), (strip, table, told))
    };
    let bare = tried(false, false);
    for (strip, table) in [(true, true), (true, false), (false, true)] {
        let asked = (!strip || spec.has(FigurePart::Strip)) && (!table || listed.is_some());
        let smaller = if table { SMALLER[1] } else { SMALLER[0] };
        let enough = |plan: &Plan| {
            let is_enough = |bare: &Plan| {
                plan.camera.zoom >= bare.camera.zoom - smaller && plan.cut <= bare.cut
            };
            bare.as_ref().is_ok_and(is_enough)
        };
        if asked
            && let Ok(plan) = tried(strip, table)
            && enough(&plan)
        {
            return Ok(plan);
        }
    }
    bare
}

fn attempt(
    shaper: &mut Shaper,
    theme: &Theme,
    prepared: &Prepared<'_>,
    spec: &FigureSpec,
    (by, count): (Panels, usize),
    (strip, table, told): (bool, Option<&EventsTable<'_>>, &[String]),
) -> Result<Plan, PanelsError> {
    let (scale, size) = sheet::scaled(sheet_size(spec));
    let Layout { side, title: title_style, subtitle } = Layout::of(size.width);
    let inner = (size.width - 2.0 * side).max(60.0);
    let mut remarks = remarks(prepared, spec, by, (strip, table.is_some()));
    remarks.extend_from_slice(told);
    let words = figure_words::of(&prepared.input, spec, &remarks);
    let name = title(&prepared.input, spec);
    let title = headline(shaper, &unbroken(&name), title_style, inner);
    let subtitle = shaper.wrap(&unbroken(&words.subtitle), subtitle, inner, Align::Start);
    let title_at = [side, side * 0.6];
    let subtitle_at = [side, title_at[1] + title.height() + 1.0];
    let top = subtitle_at[1] + subtitle.height() + side * 0.5;
    let said = unbroken(&format!("{} {}.", words.notes[usize::from(strip)], words.credits));
    let notes = shaper.wrap(&said, style::FOOTNOTE, inner, Align::Start);
    let notes_at = [side, size.height - notes.height() - side * 0.4];
    let mut bottom = notes_at[1] - BELOW;
    let strip = strip.then(|| {
        let height = (size.height * 0.13).clamp(60.0, 110.0);
        let place = Rect {
            min: [side, notes_at[1] - 2.0 - height],
            max: [side + inner, notes_at[1] - 2.0],
        };
        bottom = place.min[1] - BELOW;
        place
    });
    let mut right = side + inner;
    let least = if strip.is_some() || table.is_some() { WITH_OTHERS } else { LEAST_PANEL };
    let too_many = |room: Rect| {
        let most = |length: f32, least: f32, gap: f32| ((length + gap) / (least + gap)).floor();
        let across = most(room.width(), least.width, GAPS[0]);
        let down = most(room.height(), least.height + HEAD, GAPS[1]);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few")]
        let room = (across * down).max(0.0) as usize;
        let [width, height] = [least.width, least.height].map(|side| side * scale / 72.0 * 25.4);
        if count == 0 {
            PanelsError::Empty
        } else {
            PanelsError::TooMany { panels: count, room, width, height }
        }
    };
    let whole = Rect { min: [side, top], max: [right, bottom.max(top + 1.0)] };
    let mut listed = None;
    if let Some(table) = table {
        let ([to, below], place) =
            beside_table(table, size, whole, TABLE_SHARES[0]).ok_or_else(|| too_many(whole))?;
        // Beside the panels the table leaves a part of the width, below them all of it.
        right = right.min(to);
        bottom = bottom.min(below);
        listed = place;
    }

    let around = Rect { min: [side, top], max: [right, bottom.max(top + 1.0)] };
    let frame =
        MapFrame { rect: around, camera: camera_in(prepared, around.width(), around.height()) };
    let axis = StripLayout::axis_for_figure(prepared.dataset, prepared.view);
    let carried = Carried {
        notes: false,
        histories: None,
        beyond: edges::beyond(prepared, None, strip.map(|_| axis)),
        others: competing::is_any(prepared, &frame),
        possible: false,
    };
    let legend = spec
        .has(FigurePart::Legend)
        .then(|| Legend::of(shaper, theme, prepared, carried))
        .flatten()
        .map(|legend| {
            let mut items = Vec::new();
            let height = legend.in_rows(shaper, theme, right - side, &mut items);
            bottom -= height + BELOW;
            (items, [side, bottom + 4.0])
        });
    let room = Rect { min: [side, top], max: [right, bottom.max(top + 1.0)] };
    let Grid { cells, camera, cut } =
        grid(prepared, count, room, least).ok_or_else(|| too_many(room))?;
    Ok(Plan {
        scale,
        size,
        head: [(title, title_at), (subtitle, subtitle_at)],
        notes: (notes, notes_at),
        legend,
        strip,
        table: listed,
        cells,
        camera,
        cut,
    })
}

/// What is said of the panels among the notes.
fn remarks(
    prepared: &Prepared<'_>,
    spec: &FigureSpec,
    by: Panels,
    (strip, table): (bool, bool),
) -> Vec<String> {
    let mut told = vec!["All maps have the same scale.".to_owned()];
    if by != Panels::Site && prepared.selection.possible() > 0 {
        told.push(
            "An event whose day is not known is possible on each map on which it may belong."
                .to_owned(),
        );
    } else if by != Panels::Site {
        told.push(
            "An event known to several days may be possible on more than one map.".to_owned(),
        );
    }
    let missing: Vec<&str> = [
        (FigurePart::Strip, strip, "time strip"),
        (FigurePart::Table, table || prepared.selection.is_empty(), "table"),
        (FigurePart::Inset, false, "inset"),
    ]
    .into_iter()
    .filter(|(part, is_there, _)| spec.has(*part) && !is_there)
    .map(|(.., name)| name)
    .collect();
    if !missing.is_empty() {
        told.push(format!("There is no room for a {} beside small maps.", missing.join(", a ")));
    }
    if !spec.callouts.is_empty() {
        told.push("Small maps have no callouts.".to_owned());
    }
    if strip && by != Panels::Site {
        told.push("Lines on the time axis part the days of the maps.".to_owned());
    }
    told
}

/// The camera that all panels have on maps of this size.
fn camera_in(prepared: &Prepared<'_>, width: f32, height: f32) -> Camera {
    let camera = map::camera_with(&prepared.input, prepared.counted, width, height);
    camera::held(camera, prepared.basemap.data.bounds, width, height)
}

/// Where panels stand, with the camera of all.
struct Grid {
    cells: Vec<Rect>,
    camera: Camera,
    cut: usize,
}

/// The room of each panel in as many columns as cut fewest glyphs and make the maps largest; `None` where they would be too small.
fn grid(prepared: &Prepared<'_>, count: usize, room: Rect, least: Size) -> Option<Grid> {
    let mut best: Option<(Best, usize, [f32; 2], Camera)> = None;
    for columns in 1..=count.min(40) {
        #[expect(clippy::cast_precision_loss, reason = "some panels")]
        let [across, down] = [columns, count.div_ceil(columns)].map(|n| n as f32);
        let width = (room.width() - GAPS[0] * (across - 1.0)) / across;
        let height = (room.height() - GAPS[1] * (down - 1.0)) / down - HEAD;
        if width < least.width || height < least.height {
            continue;
        }
        let (camera, cut) = whole_camera(prepared, [width, height]);
        let larger = if prepared.view.camera.is_some() {
            f64::from(width.min(height)).log2()
        } else {
            camera.zoom
        };
        let found = Best { cut, larger };
        if best.as_ref().is_none_or(|(best, ..)| found.is_better(best)) {
            best = Some((found, columns, [width, height], camera));
        }
    }
    let (Best { cut, .. }, columns, [width, height], camera) = best?;
    #[expect(clippy::cast_precision_loss, reason = "some panels")]
    let cell = |n: usize| {
        let [across, down] = [n % columns, n / columns].map(|n| n as f32);
        let x = room.min[0] + across * (width + GAPS[0]);
        let y = room.min[1] + down * (height + HEAD + GAPS[1]);
        Rect::from_min_size([x, y], width, height + HEAD)
    };
    Some(Grid { cells: (0..count).map(cell).collect(), camera, cut })
}

/// The camera of maps of this size, and how many glyphs it cuts. A small map is farther away than anybody goes in the
/// window, so that it cuts none.
fn whole_camera(prepared: &Prepared<'_>, [width, height]: [f32; 2]) -> (Camera, usize) {
    const FARTHER: [f32; 6] = [1.0, 1.15, 1.35, 1.6, 1.9, 2.3];
    let mut best: Option<(Camera, usize)> = None;
    for times in FARTHER {
        let camera = camera_in(prepared, width * times, height * times);
        let camera = Camera { zoom: camera.zoom - f64::from(times).log2(), ..camera };
        let cut = cut(prepared, [width, height], camera);
        if best.is_none_or(|(_, least)| cut < least) {
            best = Some((camera, cut));
        }
        if cut == 0 {
            break;
        }
    }
    best.unwrap_or_else(|| (camera_in(prepared, width, height), 0))
}

/// How good the maps of a grid are.
struct Best {
    /// How many glyphs the edges of the maps would cut.
    cut: usize,
    /// How large they show the ground, in zoom levels.
    larger: f64,
}

impl Best {
    fn is_better(&self, other: &Self) -> bool {
        self.cut < other.cut || (self.cut == other.cut && self.larger > other.larger + 1e-6)
    }
}

/// How many glyphs of all events together a map of this size does not show whole. Where somebody chose what the map
/// shows, it may well cut.
fn cut(prepared: &Prepared<'_>, [width, height]: [f32; 2], camera: Camera) -> usize {
    if prepared.view.camera.is_some() || prepared.view.filter.area().is_some() {
        return 0;
    }
    let frame = MapFrame { rect: Rect::from_min_size([0.0; 2], width, height), camera };
    let capitals = ground_names::capital_points(prepared.basemap, &frame);
    let (all, _) = site_marks(prepared, &frame, &capitals).counted(prepared, &frame);
    let is_cut = |(mark, count): &&CountedMark| {
        // A map has only a part of all events: its glyphs are smaller, and nearer to their places.
        let radius = glyph_radius(count, prepared.scale()).min(LARGEST);
        !count.is_empty() && !frame.rect.grown(-radius - EDGE).contains(mark.anchor)
    };
    all.iter().filter(is_cut).count()
}
