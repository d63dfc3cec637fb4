//! What is painted over the map while time plays: pulses, the date, and the card of a quiet spell.

use egui::{Painter, Pos2};

use super::document::Document;
use super::pen::{Pen, SCREEN_SCALE, scene_of};
use super::playback::Overlay;
use crate::scene::Rect;
use crate::scene::furniture::MARGIN;
use crate::scene::map::MapScene;
use crate::scene::pulse::Pulses;
use crate::scene::{play_date, pulse, quiet_card};

/// The size of the date that is to stand on a map, whose place the map keeps free.
pub(crate) fn room_for_date(pen: &mut Pen, frame: Rect, overlay: &Overlay) -> Option<[f32; 2]> {
    overlay.date_stays.then(|| play_date::size(&mut pen.shaper, frame))
}

/// Paints above a map that is drawn in `frame` with its corner at `origin`.
pub(crate) fn paint(
    painter: &Painter,
    pen: &mut Pen,
    document: &Document,
    map: &MapScene,
    (frame, origin): (Rect, Pos2),
    (overlay, pulses): (&Overlay, &mut Pulses),
) {
    let mut items = Vec::new();
    let (theme, shown) = (pen.theme, (&*document.dataset, &*document.selection));
    let rings = pulses.items(theme, shown, (map, frame), &overlay.arrivals);
    if !rings.is_empty() {
        items.push(pulse::group(rings, frame));
    }
    let mut taken = map.edges.clone();
    if let Some(date) = &overlay.date {
        let place = map.date.unwrap_or_else(|| {
            let [width, height] = play_date::size(&mut pen.shaper, frame);
            Rect::from_min_size(frame.min.map(|v| v + MARGIN), width, height)
        });
        items.push(play_date::play_date(&mut pen.shaper, theme, date, frame, place));
        taken.push(place);
    }
    if let Some((words, share)) = &overlay.quiet {
        let said = (words, *share);
        let marks = quiet_card::staying(document.view.mode, map);
        items.extend(quiet_card::quiet_card(&mut pen.shaper, theme, said, frame, &taken, &marks));
    }
    if !items.is_empty() {
        let scene = scene_of(frame.width(), frame.height(), items);
        pen.painter.paint_over(painter, &scene, origin, SCREEN_SCALE);
    }
}
