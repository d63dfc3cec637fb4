//! Lines about the map itself: what it found no room for.

use super::furniture::MARGIN;
use super::labels::{Naming, Occupied};
use super::legend::Told;
use super::text::Shaper;
use super::theme::style;
use super::{Item, Rect, Text};

/// How many glyphs drawn have no name, and that the legend found no room; where the map has room for that.
pub(super) fn note_missing(
    shaper: &mut Shaper,
    naming: Naming<'_>,
    unnamed: usize,
    legend: Option<Told>,
    occupied: &mut Occupied,
    items: &mut Vec<Item>,
) {
    let noun = if unnamed == 1 { "site" } else { "sites" };
    let names = (unnamed > 0).then(|| format!("{unnamed} {noun} not named"));
    let key = (legend == Some(Told::Nothing)).then(|| "No room for the legend".to_owned());
    // Each by itself: a short line finds room where a long one does not.
    for words in names.into_iter().chain(key) {
        note_line(shaper, naming, &words, occupied, items);
    }
}

/// A line about the map itself, where it covers nothing; none where there is no such place.
fn note_line(
    shaper: &mut Shaper,
    naming: Naming<'_>,
    words: &str,
    occupied: &mut Occupied,
    items: &mut Vec<Item>,
) {
    let Naming { theme, frame, .. } = naming;
    let shaped = shaper.shape(words, style::SMALL);
    let (w, h) = (shaped.width(), shaped.height());
    let left = frame.rect.min[0] + MARGIN;
    let right = frame.rect.max[0] - MARGIN - w;
    let (top, bottom) = (frame.rect.min[1] + MARGIN, frame.rect.max[1] - MARGIN - h);
    // Up from the lower corners, above what stands there already; then between them; then anywhere.
    let rows = (0..400_u16).map(|n| bottom - f32::from(n) * h / 2.0).take_while(|y| *y >= top);
    let across = (0..400_u16).map(|n| left + f32::from(n) * 8.0).take_while(|x| *x <= right);
    let middle = f32::midpoint(left, right);
    let places = rows
        .clone()
        .flat_map(|y| [[right, y], [left, y]])
        .chain(rows.clone().map(|y| [middle, y]))
        .chain(rows.flat_map(|y| across.clone().map(move |x| [x, y])))
        .map(|min| Rect::from_min_size(min, w, h));
    let free = |place: &Rect| frame.rect.encloses(place) && occupied.is_free(&place.grown(2.0));
    let Some(place) = places.clone().find(free) else { return };
    occupied.take(place);
    let halo = Some(theme.map_halo());
    items.push(Item::Text(Text { origin: place.min, shaped, color: theme.text_muted, halo }));
}
