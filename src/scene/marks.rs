//! Where the glyph of each site sits: at its place, or beside it when glyphs would cover each other.
//!
//! Sizes here are those of the *whole record* under the rule and filter in force, not of the window, so
//! that no glyph moves while time plays. They are absolute: panning changes none.

use super::camera::MapFrame;
use super::theme::size;
use crate::analysis::Selection;
use crate::domain::{Dataset, SiteIndex};

/// The place of one site's glyph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SiteMark {
    /// The site.
    pub site: SiteIndex,
    /// Where the site is, in points of the scene.
    pub anchor: [f32; 2],
    /// Where its glyph is drawn.
    pub center: [f32; 2],
    /// The radius that the glyph has when the whole record is shown.
    pub full_radius: f32,
    /// Events of the whole record at the site under the rule and filter.
    pub total: usize,
}

/// The radius of a glyph in points: area proportional to the count, never smaller than the smallest.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^24")]
pub fn radius(count: usize) -> f32 {
    (size::GLYPH_UNIT_RADIUS * (count as f32).sqrt()).max(size::GLYPH_MIN_RADIUS)
}

/// Free points between two glyphs.
const GAP: f32 = 2.0;
/// Rounds of moving apart; enough for a record's clusters to settle.
const ROUNDS: usize = 120;

/// One mark for each site with a position and at least one event under the rule and filter.
///
/// Overlapping glyphs are pushed apart along the line between them, each back towards its anchor a
/// little, in rounds of fixed number and order, so the same input gives the same places.
#[must_use]
pub fn site_marks(dataset: &Dataset, selection: &Selection, frame: &MapFrame) -> Vec<SiteMark> {
    let mut totals = vec![0_usize; dataset.sites.len()];
    for event in selection.counted() {
        totals[dataset.event(event).site.get()] += 1;
    }
    let mut marks: Vec<SiteMark> = dataset
        .site_indices()
        .filter(|site| totals[site.get()] > 0)
        .filter_map(|site| {
            let anchor = frame.to_point(dataset.site(site).position?);
            let total = totals[site.get()];
            Some(SiteMark { site, anchor, center: anchor, full_radius: radius(total), total })
        })
        .collect();
    marks.sort_by(|a, b| b.total.cmp(&a.total).then(a.site.cmp(&b.site)));
    spread(&mut marks);
    marks
}

fn spread(marks: &mut [SiteMark]) {
    for round in 0..ROUNDS {
        let mut moved = false;
        for i in 0..marks.len() {
            for j in i + 1..marks.len() {
                let (a, b) = (marks[i], marks[j]);
                let need = a.full_radius + b.full_radius + GAP;
                let (mut dx, mut dy) = (b.center[0] - a.center[0], b.center[1] - a.center[1]);
                let distance = dx.hypot(dy);
                if distance >= need {
                    continue;
                }
                moved = true;
                if distance < 0.01 {
                    // The same point: part them along a direction that depends on their order alone.
                    #[expect(clippy::cast_precision_loss, reason = "a small index")]
                    let turn = (j as f32) * 2.399_963;
                    (dx, dy) = (turn.cos(), turn.sin());
                } else {
                    (dx, dy) = (dx / distance, dy / distance);
                }
                // The heavier glyph keeps its place more.
                let share = b.full_radius.powi(2) / (a.full_radius.powi(2) + b.full_radius.powi(2));
                let push = need - distance + 0.01;
                marks[i].center =
                    [a.center[0] - dx * push * share, a.center[1] - dy * push * share];
                let rest = 1.0 - share;
                marks[j].center = [b.center[0] + dx * push * rest, b.center[1] + dy * push * rest];
            }
        }
        if !moved {
            break;
        }
        // Early rounds draw glyphs back to their places; the last ones only part them.
        if round < ROUNDS / 2 {
            for mark in marks.iter_mut() {
                mark.center[0] += (mark.anchor[0] - mark.center[0]) * 0.08;
                mark.center[1] += (mark.anchor[1] - mark.center[1]) * 0.08;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(site: u32, at: [f32; 2], total: usize) -> SiteMark {
        SiteMark {
            site: SiteIndex(site),
            anchor: at,
            center: at,
            full_radius: radius(total),
            total,
        }
    }

    #[test]
    fn one_three_thirty_and_three_hundred_events_look_different() {
        let radii: Vec<f32> = [1, 3, 30, 300].into_iter().map(radius).collect();
        assert!(radii.windows(2).all(|r| r[1] > r[0] * 1.05), "{radii:?}");
        assert!((radius(300) / radius(30)).powi(2) - 10.0 < 0.01);
    }

    #[test]
    fn glyphs_at_one_point_are_parted_and_the_same_way_every_time() {
        let make = || {
            let mut marks =
                vec![mark(0, [5.0, 5.0], 9), mark(1, [5.0, 5.0], 4), mark(2, [6.0, 5.0], 1)];
            spread(&mut marks);
            marks
        };
        let marks = make();
        for (i, a) in marks.iter().enumerate() {
            for b in &marks[i + 1..] {
                let d = (a.center[0] - b.center[0]).hypot(a.center[1] - b.center[1]);
                assert!(d >= a.full_radius + b.full_radius, "{a:?} {b:?}");
            }
        }
        assert_eq!(marks, make());
    }

    #[test]
    fn a_glyph_with_room_stays_where_it_is() {
        let mut marks = vec![mark(0, [0.0, 0.0], 1), mark(1, [100.0, 0.0], 1)];
        spread(&mut marks);
        assert!(marks[0].center[0].abs() < 1e-6 && marks[0].center[1].abs() < 1e-6);
    }
}
