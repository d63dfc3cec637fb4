//! What the time strip says of the record itself: days in which it is thin, and the period of a published
//! count with both numbers.

use super::glyph::centered;
use super::strip::{StripInput, StripLayout};
use super::text::Shaper;
use super::theme::{Theme, style};
use super::{Halo, Item, Rect, Stroke, shapes};
use crate::analysis::Pick;
use crate::analysis::coverage::{coverage, headline, notes_of};
use crate::domain::Dataset;

/// Height of the line under days in which the record is thin.
const THIN: f32 = 3.0;

/// Underlines the days in which the whole record is thin.
pub(super) fn thin(theme: &Theme, dataset: &Dataset, layout: &StripLayout, items: &mut Vec<Item>) {
    let top = layout.bars.max[1];
    for note in notes_of(dataset, layout.axis).filter(|note| note.filter.is_none()) {
        let Some(days) = note.span.shared(layout.axis) else { continue };
        let (from, to) = (layout.x(days.first()), layout.x(days.end()));
        items.push(shapes::filled(Rect { min: [from, top], max: [to, top + THIN] }, theme.thin));
    }
}

/// The period of the published count that is picked, as a bracket above the bars, with what was reported
/// and what the record has.
pub(super) fn published(
    shaper: &mut Shaper,
    theme: &Theme,
    input: StripInput<'_>,
    layout: &StripLayout,
    items: &mut Vec<Item>,
) {
    const TICK: f32 = 5.0;
    let StripInput { dataset, view, .. } = input;
    let Some(Pick::Total(id)) = &view.picked else { return };
    let Some(total) = dataset.find_total(id).map(|i| &dataset.reported_totals[i]) else { return };
    let Some((period, days)) = total.span.and_then(|s| Some((s, s.shared(layout.axis)?))) else {
        return;
    };
    let y = layout.bars.min[1];
    let (from, to) = (layout.x(days.first()), layout.x(days.end()));
    let mut bracket = vec![[from, y], [to, y]];
    // An end beyond the axis has no tick.
    if days.first() == period.first() {
        bracket.insert(0, [from, y + TICK]);
    }
    if days.last() == period.last() {
        bracket.push([to, y + TICK]);
    }
    items.push(shapes::line(bracket.clone(), Stroke::solid(theme.paper, 4.0)));
    items.push(shapes::line(bracket, Stroke::solid(theme.text, 1.6)));
    let shaped = shaper.shape(&headline(total, &coverage(dataset, total)), style::SMALL_STRONG);
    let half = shaped.width() / 2.0;
    let [left, right] = [layout.bars.min[0] + half, layout.bars.max[0] - half];
    let middle = f32::midpoint(from, to).min(right).max(left);
    let halo = Some(Halo { color: theme.paper, width: 2.5 });
    let height = shaped.height();
    let text = centered(shaped, [middle, y + 3.0 + height / 2.0], theme.text, halo);
    items.push(Item::Text(text));
}
