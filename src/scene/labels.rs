//! Names on the map, placed by priority without overlap, and stably: where a label sits depends on the
//! camera and on the whole record, not on the window.

use std::sync::Arc;

use super::basemap::BasemapLayers;
use super::camera::MapFrame;
use super::marks::SiteMark;
use super::text::{ShapedText, Shaper, TextStyle};
use super::theme::{Theme, style};
use super::{Circle, Halo, Item, Rect, Rgba, Stroke, Text};
use crate::domain::basemap::AreaKind;
use crate::domain::{Dataset, LonLat};

/// Rectangles that labels must stay out of.
#[derive(Clone, Debug, Default)]
pub struct Occupied {
    boxes: Vec<Rect>,
}

impl Occupied {
    /// Takes a rectangle.
    pub fn take(&mut self, r: Rect) {
        self.boxes.push(r);
    }

    /// Whether the rectangle is free.
    #[must_use]
    pub fn is_free(&self, r: &Rect) -> bool {
        !self.boxes.iter().any(|b| b.overlaps(r))
    }
}

/// One or two lines that belong together.
struct Label {
    lines: Vec<Arc<ShapedText>>,
    width: f32,
    height: f32,
}

impl Label {
    fn new(
        shaper: &mut Shaper,
        latin: &str,
        style: TextStyle,
        arabic: Option<(&str, TextStyle)>,
    ) -> Self {
        let mut lines = vec![shaper.shape(latin, style)];
        if let Some((name, style)) = arabic {
            lines.push(shaper.shape(name, style));
        }
        let width = lines.iter().map(|l| l.width()).fold(0.0, f32::max);
        let height = lines.iter().map(|l| line_height(l)).sum();
        Self {
            lines,
            width,
            height,
        }
    }

    /// Draws the label in its box; `side` -1 left aligned, 0 centred, 1 right aligned.
    fn draw(&self, at: Rect, side: i8, color: Rgba, halo: Option<Halo>, items: &mut Vec<Item>) {
        let mut y = at.min[1];
        for line in &self.lines {
            let slack = self.width - line.width();
            let x = at.min[0]
                + match side {
                    -1 => 0.0,
                    0 => slack / 2.0,
                    _ => slack,
                };
            // The leading above and below is trimmed, so that two lines read as one label.
            let trim = (line.height() - line_height(line)) / 2.0;
            items.push(Item::Text(Text {
                origin: [x, y - trim],
                shaped: Arc::clone(line),
                color,
                halo,
            }));
            y += line_height(line);
        }
    }
}

fn line_height(text: &ShapedText) -> f32 {
    text.size_pt() * 1.2
}

/// Names the sites: those shown now first in line for room, then drawn; in order of their totals.
pub fn sites(
    shaper: &mut Shaper,
    theme: &Theme,
    dataset: &Dataset,
    frame: &MapFrame,
    marks: &[(SiteMark, f32)],
    arabic: bool,
    occupied: &mut Occupied,
    items: &mut Vec<Item>,
) {
    for (mark, drawn_radius) in marks {
        let site = dataset.site(mark.site);
        // An area's Arabic name would be that of the town that stands for it.
        let point = site.precision.is_point();
        let name_ar = site
            .name_ar
            .as_deref()
            .filter(|_| arabic && point)
            .map(|n| short_name(n, true));
        let name_ar = name_ar.as_deref().map(|n| (n, style::SITE_ARABIC));
        let label = Label::new(shaper, &short_name(&site.name, point), style::SITE, name_ar);
        // Beside the glyph there must be room for the history below it.
        let (w, h, r) = (label.width, label.height, drawn_radius + 4.0);
        let beside = r.max(super::glyph::HISTORY_WIDTH / 2.0 + 4.0);
        let [x, y] = mark.center;
        let d = r * 0.72;
        let candidates = [
            ([x + beside, y - h / 2.0], -1),
            ([x - beside - w, y - h / 2.0], 1),
            ([x - w / 2.0, y + r + 12.0], 0),
            ([x - w / 2.0, y - r - h], 0),
            ([x + d, y + d], -1),
            ([x + d, y - d - h], -1),
            ([x - d - w, y + d], 1),
            ([x - d - w, y - d - h], 1),
        ];
        let found = candidates.into_iter().find(|(min, _)| {
            let b = Rect::from_min_size(*min, w, h);
            frame.rect.grown(-4.0).encloses(&b) && occupied.is_free(&b)
        });
        if let Some((min, side)) = found {
            let b = Rect::from_min_size(min, w, h);
            occupied.take(b);
            label.draw(b, side, theme.text, Some(theme.map_halo()), items);
        }
    }
}

/// A name as short as it stays clear: without what stands in brackets, after a slash or after a comma.
/// The name of an area that stands for many places keeps its comma ("Convoy route, Babil").
fn short_name(name: &str, point: bool) -> String {
    let mut cut = name;
    for separator in [" (", " / ", if point { ", " } else { " (" }] {
        cut = cut.split(separator).next().unwrap_or(cut);
    }
    let cut = cut.trim();
    if cut.is_empty() {
        name.to_owned()
    } else {
        cut.to_owned()
    }
}

/// Countries, then governorates, then towns: what the zoom has room for.
pub fn ground(
    shaper: &mut Shaper,
    theme: &Theme,
    basemap: &BasemapLayers,
    frame: &MapFrame,
    arabic: bool,
    occupied: &mut Occupied,
    items: &mut Vec<Item>,
) {
    let zoom = frame.camera.zoom;
    towns(shaper, theme, basemap, frame, arabic, 2, occupied, items);
    for area in basemap
        .data
        .areas
        .iter()
        .filter(|a| a.kind == AreaKind::Country && a.rank <= 2)
    {
        let focus = matches!(area.id.as_str(), "IQ" | "SY");
        let text_style = if focus {
            style::COUNTRY
        } else {
            TextStyle {
                size_pt: 11.0,
                ..style::COUNTRY
            }
        };
        let spaced = text_style.with_letter_spacing(1.2);
        let name_ar = area
            .name_ar
            .as_deref()
            .filter(|_| arabic && focus)
            .map(|n| (n, text_style));
        let label = Label::new(shaper, &area.name, spaced, name_ar);
        place_centered(
            &label,
            area.label,
            frame,
            theme.text_area,
            theme,
            occupied,
            items,
        );
    }
    if zoom >= 6.9 {
        for area in basemap
            .data
            .areas
            .iter()
            .filter(|a| a.kind == AreaKind::Governorate)
        {
            let label = Label::new(
                shaper,
                &area.name,
                style::GOVERNORATE.with_letter_spacing(0.6),
                None,
            );
            place_centered(
                &label,
                area.label,
                frame,
                theme.text_area,
                theme,
                occupied,
                items,
            );
        }
    }
    towns(shaper, theme, basemap, frame, arabic, 5, occupied, items);
}

fn place_centered(
    label: &Label,
    at: [f32; 2],
    frame: &MapFrame,
    color: Rgba,
    theme: &Theme,
    occupied: &mut Occupied,
    items: &mut Vec<Item>,
) {
    let [x, y] = point(frame, at);
    // A few places up and down, so that one glyph does not take a country its name.
    for dy in [0.0, 26.0, -26.0, 52.0, -52.0] {
        let b = Rect::from_min_size(
            [x - label.width / 2.0, y + dy - label.height / 2.0],
            label.width,
            label.height,
        );
        if frame.rect.grown(-4.0).encloses(&b) && occupied.is_free(&b) {
            occupied.take(b);
            label.draw(
                b,
                0,
                color,
                Some(Halo {
                    width: 1.2,
                    ..theme.map_halo()
                }),
                items,
            );
            return;
        }
    }
}

fn point(frame: &MapFrame, [lon, lat]: [f32; 2]) -> [f32; 2] {
    frame.to_point(LonLat::clamped(f64::from(lon), f64::from(lat)))
}

/// The lowest rank of town that a zoom shows.
fn town_rank(zoom: f64, focus: bool) -> u8 {
    let rank = match zoom {
        z if z < 5.6 => 1,
        z if z < 6.8 => 2,
        z if z < 8.0 => 3,
        z if z < 9.0 => 4,
        _ => 5,
    };
    if focus { rank } else { (rank - 1).max(1) }
}

fn towns(
    shaper: &mut Shaper,
    theme: &Theme,
    basemap: &BasemapLayers,
    frame: &MapFrame,
    arabic: bool,
    max_rank: u8,
    occupied: &mut Occupied,
    items: &mut Vec<Item>,
) {
    let zoom = frame.camera.zoom;
    let min_rank = if max_rank > 2 { 3 } else { 1 };
    for town in &basemap.data.towns {
        let focus = matches!(town.country.as_str(), "IQ" | "SY");
        if town.rank < min_rank || town.rank > max_rank || town.rank > town_rank(zoom, focus) {
            continue;
        }
        let [x, y] = point(frame, town.position);
        let capital = town.rank == 1;
        let text_style = if capital { style::CAPITAL } else { style::TOWN };
        let dot = if capital { 2.2 } else { 1.6 };
        let name_ar = town
            .name_ar
            .as_deref()
            .filter(|_| arabic && focus && zoom >= 7.0)
            .map(|n| (n, style::TOWN));
        let label = Label::new(shaper, &town.name, text_style, name_ar);
        let (w, h) = (label.width, label.height);
        let dot_box = Rect::from_min_size([x - dot, y - dot], dot * 2.0, dot * 2.0);
        if !frame.rect.encloses(&dot_box) || !occupied.is_free(&dot_box) {
            continue;
        }
        let gap = dot + 3.0;
        let candidates = [
            ([x + gap, y - h / 2.0], -1),
            ([x - gap - w, y - h / 2.0], 1),
            ([x - w / 2.0, y - gap - h], 0),
            ([x - w / 2.0, y + gap], 0),
        ];
        let found = candidates.into_iter().find(|(min, _)| {
            let b = Rect::from_min_size(*min, w, h);
            frame.rect.grown(-2.0).encloses(&b) && occupied.is_free(&b)
        });
        if let Some((min, side)) = found {
            let b = Rect::from_min_size(min, w, h);
            occupied.take(b);
            occupied.take(dot_box);
            items.push(Item::Circle(Circle {
                center: [x, y],
                radius: dot,
                fill: Some(theme.text_town),
                stroke: Some(Stroke::solid(theme.halo, 0.8)),
            }));
            label.draw(
                b,
                side,
                theme.text_town,
                Some(Halo {
                    width: 1.2,
                    ..theme.map_halo()
                }),
                items,
            );
        }
    }
}
