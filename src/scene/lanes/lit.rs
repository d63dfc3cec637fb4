//! What stands out in the lanes: an event and those tied to it, with strong lines and the lags in words.

use super::{LaneMark, LanesLayout, LanesScene, draw, links};
use crate::analysis::{Lanes, Lit, LitTie, words};
use crate::domain::{Dataset, EventIndex};
use crate::scene::text::Shaper;
use crate::scene::theme::{Theme, style};
use crate::scene::{Circle, Halo, Item, Rect, Stroke, Text, shapes};

/// Width of a line that stands out.
const STRONG: f32 = 1.8;

/// What is drawn over the lanes for an event that stands out.
pub fn lit(
    shaper: &mut Shaper,
    theme: &Theme,
    dataset: &Dataset,
    lanes: &Lanes,
    (layout, scene): (&LanesLayout, &LanesScene),
    lit: &Lit,
    items: &mut Vec<Item>,
) {
    let mut lags: Vec<(&LitTie, [f32; 2])> = Vec::new();
    for tie in &lit.ties {
        let Some(points) = links::line(dataset, lanes, layout, scene, &tie.pair) else { continue };
        lags.push((tie, points[points.len() / 2]));
        items.push(shapes::line(points.clone(), Stroke::solid(theme.paper, STRONG + 2.0)));
        let stroke = links::stroke(tie.pair.kind, Stroke::solid(theme.accent, STRONG));
        items.push(shapes::line(points, stroke));
    }
    let standing: Vec<LaneMark> = lit.events().filter_map(|e| scene.mark_of(e).copied()).collect();
    for mark in &standing {
        ring(theme, mark, mark.event == lit.event, items);
    }
    for event in lit.events() {
        if let (None, true, Some(pile)) =
            (scene.mark_of(event), lanes.lane_of(event).is_some(), scene.pile_of(dataset, event))
        {
            outline(theme, pile.place.grown(1.5), items);
        }
    }
    draw::marks(theme, dataset, &standing, items);
    let mut board =
        Board { bounds: layout.rect, taken: standing.iter().map(LaneMark::place).collect() };
    out_of_sight(shaper, theme, dataset, layout, lit, &mut board, items);
    for (tie, at) in lags {
        board.write(shaper, theme, &tie.pair.lag.words(), [at[0] + 4.0, at[1]], items);
    }
}

fn ring(theme: &Theme, mark: &LaneMark, is_first: bool, items: &mut Vec<Item>) {
    if mark.bar.is_some() {
        return outline(theme, mark.place().grown(1.5), items);
    }
    let radius = mark.size * 0.5 + 2.5;
    let width = if is_first { 2.0 } else { 1.4 };
    let circle = |radius, fill, stroke| {
        Item::Circle(Circle { center: mark.center, radius, fill, stroke: Some(stroke) })
    };
    items.push(circle(radius, Some(theme.paper), Stroke::solid(theme.accent, width)));
}

fn outline(theme: &Theme, place: Rect, items: &mut Vec<Item>) {
    let contour = shapes::closed(shapes::rounded(place, 3.0));
    items.push(shapes::area(vec![contour], None, Some(Stroke::solid(theme.accent, 1.6))));
}

/// Ties that lead beyond the axis, told at the edge to which they lead.
fn out_of_sight(
    shaper: &mut Shaper,
    theme: &Theme,
    dataset: &Dataset,
    layout: &LanesLayout,
    lit: &Lit,
    board: &mut Board,
    items: &mut Vec<Item>,
) {
    const MOST: usize = 3;
    let axis = layout.strip.axis;
    let bars = layout.strip.bars;
    let span = |e: EventIndex| dataset.event(e).date.span;
    for is_right in [false, true] {
        let out: Vec<&LitTie> = lit
            .ties
            .iter()
            .filter(|t| !span(t.other).overlaps(axis))
            .filter(|t| (span(t.other).first() > axis.last()) == is_right)
            .collect();
        let mut y = layout.middle;
        for (i, tie) in out.iter().take(MOST).enumerate() {
            let event = dataset.event(tie.other);
            let site = &dataset.site(event.site).name;
            let mut words = format!("{site}, {}", words::span(event.date.span));
            if i + 1 == MOST && out.len() > MOST {
                words = format!("and {} more", out.len() - i);
            }
            let words = if is_right { format!("{words} ›") } else { format!("‹ {words}") };
            let width = shaper.shape(&words, style::SMALL).width();
            let x = if is_right { bars.max[0] - width } else { bars.min[0] };
            board.write(shaper, theme, &words, [x, y], items);
            y += 13.0;
        }
    }
}

/// Words that stand where nothing else does.
struct Board {
    bounds: Rect,
    taken: Vec<Rect>,
}

impl Board {
    /// Writes a line that begins at a place, or near it where that is taken; left out where nothing is free.
    fn write(
        &mut self,
        shaper: &mut Shaper,
        theme: &Theme,
        words: &str,
        [x, y]: [f32; 2],
        items: &mut Vec<Item>,
    ) {
        let shaped = shaper.shape(words, style::SMALL_STRONG);
        let (width, height) = (shaped.width(), shaped.height());
        let left = x.min(self.bounds.max[0] - width).max(self.bounds.min[0]);
        let tries = [0.0_f32, 13.0, -13.0, 26.0, -26.0, 39.0, -39.0];
        let sides = [left, (x - width - 8.0).max(self.bounds.min[0])];
        let place = sides
            .iter()
            .flat_map(|left| tries.iter().map(move |dy| [*left, y + dy - height / 2.0]))
            .map(|min| Rect::from_min_size(min, width, height))
            .find(|r| self.bounds.encloses(r) && self.taken.iter().all(|t| !t.overlaps(r)));
        let Some(place) = place else { return };
        self.taken.push(place);
        let halo = Some(Halo { color: theme.paper, width: 3.0 });
        items.push(Item::Text(Text { origin: place.min, shaped, color: theme.text, halo }));
    }
}
