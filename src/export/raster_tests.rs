//! What the rasteriser promises of each kind of item.

use std::sync::Arc;

use super::*;
use crate::export::text_sprite::TextRasterizer;
use crate::scene::text::{Shaper, TextStyle};
use crate::scene::{
    Circle, Contour, Dash, Geometry, Group, Halo, Item, Path, Rect, Size, Stroke, Text,
};

const WHITE: Rgba = Rgba::hex(0xFF_FF_FF);
const RED: Rgba = Rgba::hex(0xFF_00_00);
const BLACK: Rgba = Rgba::hex(0x00_00_00);

fn paint(items: Vec<Item>, scale: f32) -> Pixels {
    let size = Size { width: 100.0, height: 100.0 };
    rasterize(&Scene { size, background: WHITE, items }, scale).unwrap()
}

fn ring(rect: Rect) -> Contour {
    let Rect { min: [x0, y0], max: [x1, y1] } = rect;
    Contour { points: vec![[x0, y0], [x1, y0], [x1, y1], [x0, y1]], closed: true }
}

fn square(min: f32, side: f32) -> Contour {
    ring(Rect::from_min_size([min, min], side, side))
}

fn filled(contours: Vec<Contour>) -> Item {
    let geometry = Arc::new(Geometry::new(contours));
    Item::Path(Path { geometry, fill: Some(RED), stroke: None })
}

fn stroked(points: Vec<[f32; 2]>, stroke: Stroke) -> Item {
    let geometry = Arc::new(Geometry::new(vec![Contour { points, closed: false }]));
    Item::Path(Path { geometry, fill: None, stroke: Some(stroke) })
}

fn group(scale: f32, offset: [f32; 2], clip: Option<Rect>, items: Vec<Item>) -> Item {
    let placement = Placement { scale, offset };
    Item::Group(Group { id: String::new(), placement, clip, items })
}

fn check(pixels: &Pixels, expected: &[(u32, u32, Rgba)]) {
    for &(x, y, color) in expected {
        assert_eq!(pixels.at(x, y), Some(color), "at {x}, {y}");
    }
}

/// The pixels that differ from white: left, top, right, bottom (beyond).
fn ink(pixels: &Pixels) -> Option<[u32; 4]> {
    let mut places = (0..pixels.height)
        .flat_map(|y| (0..pixels.width).map(move |x| (x, y)))
        .filter(|&(x, y)| pixels.at(x, y) != Some(WHITE));
    let (x, y) = places.next()?;
    Some(places.fold([x, y, x + 1, y + 1], |[l, t, r, b], (x, y)| {
        [l.min(x), t.min(y), r.max(x + 1), b.max(y + 1)]
    }))
}

#[test]
fn a_square_is_where_it_should_be() {
    let pixels = paint(vec![filled(vec![square(10.0, 20.0)])], 2.0);
    assert_eq!((pixels.width, pixels.height), (200, 200));
    assert_eq!(ink(&pixels), Some([20, 20, 60, 60]));
    check(&pixels, &[(20, 20, RED), (59, 59, RED), (60, 60, WHITE)]);
}

#[test]
fn a_contour_within_a_contour_is_a_hole_whichever_way_it_turns() {
    let mut turned = square(20.0, 20.0);
    turned.points.reverse();
    for hole in [square(20.0, 20.0), turned] {
        let pixels = paint(vec![filled(vec![square(10.0, 40.0), hole])], 1.0);
        check(&pixels, &[(15, 15, RED), (30, 30, WHITE), (45, 45, RED)]);
    }
}

#[test]
fn a_group_shows_nothing_outside_its_clip() {
    let clip = Rect::from_min_size([30.0, 30.0], 10.0, 10.0);
    let inner = Rect::from_min_size([35.0, 0.0], 50.0, 100.0);
    let square = || vec![filled(vec![square(0.0, 100.0)])];
    let pixels = paint(vec![group(1.0, [0.0; 2], Some(clip), square())], 1.0);
    assert_eq!(ink(&pixels), Some([30, 30, 40, 40]));
    let nested = group(1.0, [0.0; 2], Some(inner), square());
    let pixels = paint(vec![group(1.0, [0.0; 2], Some(clip), vec![nested])], 1.0);
    assert_eq!(ink(&pixels), Some([35, 30, 40, 40]));
}

#[test]
fn a_clip_is_in_units_of_the_outside() {
    let clip = Rect::from_min_size([10.0, 10.0], 10.0, 10.0);
    let inner = group(100.0, [0.0; 2], Some(clip), vec![filled(vec![square(0.0, 9.0)])]);
    let pixels = paint(vec![group(2.0, [5.0, 5.0], None, vec![inner])], 1.0);
    assert_eq!(ink(&pixels), Some([25, 25, 45, 45]));
}

#[test]
fn a_placement_moves_positions_but_keeps_widths_radii_and_dashes() {
    let stroke = Stroke::solid(BLACK, 4.0);
    let line = stroked(vec![[0.0, 1.0], [10.0, 1.0]], stroke);
    let pixels = paint(vec![group(10.0, [0.0, 40.0], None, vec![line])], 1.0);
    let [_, top, _, bottom] = ink(&pixels).unwrap();
    assert_eq!((top, bottom), (48, 52));

    let circle = Circle { center: [5.0, 5.0], radius: 4.0, fill: Some(RED), stroke: None };
    let pixels = paint(vec![group(10.0, [0.0; 2], None, vec![Item::Circle(circle)])], 1.0);
    assert_eq!(ink(&pixels), Some([46, 46, 54, 54]));

    let dash = Some(Dash { on: 10.0, off: 10.0 });
    let line = stroked(vec![[0.0, 5.0], [10.0, 5.0]], Stroke { dash, ..stroke });
    let pixels = paint(vec![group(10.0, [0.0; 2], None, vec![line])], 1.0);
    check(&pixels, &[(5, 50, BLACK), (15, 50, WHITE), (25, 50, BLACK), (35, 50, WHITE)]);
}

#[test]
fn a_dashed_circle_has_gaps() {
    let dash = Some(Dash { on: 4.0, off: 4.0 });
    let stroke = Some(Stroke { color: BLACK, width: 2.0, dash });
    let circle = |stroke| Circle { center: [50.0, 50.0], radius: 30.0, fill: None, stroke };
    let count = |stroke| {
        let pixels = paint(vec![Item::Circle(circle(stroke))], 1.0);
        pixels.rgba.chunks_exact(4).filter(|pixel| pixel[0] < 128).count()
    };
    let (dashed, solid) = (count(stroke), count(Some(Stroke::solid(BLACK, 2.0))));
    assert!(dashed * 10 > solid * 4 && dashed * 10 < solid * 6, "{dashed} of {solid}");
}

#[test]
fn text_is_dark_within_its_box_and_nowhere_else() {
    let points = |px: u32| f32::from(u16::try_from(px).unwrap()) / 4.0;
    let mut fonts = Shaper::new();
    for words in ["Erbil ÅÇjgy", "قاعدة عين الأسد الجوية"] {
        let shaped = fonts.shape(words, TextStyle::regular(10.0));
        let item = Text { origin: [4.0, 40.0], shaped, color: BLACK, halo: None };
        let bounds = item.shaped.box_at(item.origin);
        let pixels = paint(vec![Item::Text(item.clone())], 4.0);
        let [left, top, right, bottom] = ink(&pixels).unwrap().map(points);
        assert!(
            left >= bounds.min[0] - 1.0 && right <= bounds.max[0] + 1.0,
            "{words}: {left} {right}"
        );
        assert!(top >= bounds.min[1] && bottom <= bounds.max[1], "{words}: {top} {bottom}");
        let (wide, high) = (right - left, bottom - top);
        assert!(high > 6.0 && wide > bounds.width() - 2.0, "{words}: {wide} {high}");
        assert!(pixels.rgba.chunks_exact(4).any(|pixel| pixel[0] == 0));

        let halo = Some(Halo { color: RED, width: 2.0 });
        let around = ink(&paint(vec![Item::Text(Text { halo, ..item })], 4.0)).unwrap();
        assert!(points(around[0]) < left - 1.5, "the halo reaches beyond the letters");
    }
}

#[test]
fn a_translucent_halo_is_even_where_the_outlines_of_letters_overlap() {
    let shaped = Shaper::new().shape("www", TextStyle::regular(20.0));
    let halo = Some(Halo { color: RED.with_alpha(128), width: 4.0 });
    let text = Text { origin: [20.0, 40.0], shaped, color: RED.with_alpha(0), halo };
    let pixels = paint(vec![Item::Text(text)], 2.0);
    let lowest = pixels.rgba.chunks_exact(4).map(|pixel| pixel[1]).min();
    assert!(lowest.is_some_and(|green| (126..=128).contains(&green)), "{lowest:?}");
}

#[test]
fn a_sprite_is_the_text_of_the_picture() {
    let shaped = Shaper::new().shape("Mosul الموصل", TextStyle::semi_bold(11.0));
    let halo = Some(Halo { color: RED.with_alpha(200), width: 1.5 });
    let (scale, origin) = (1.7, [13.3, 31.9]);
    let sprite = TextRasterizer::default().sprite(&shaped, BLACK, halo, scale).unwrap();
    let [x, baseline] = text_anchor(origin.map(|v| v * scale), &shaped, scale);
    let text = Text { origin, shaped, color: BLACK, halo };
    let pixels = paint(vec![Item::Text(text)], scale);
    #[expect(clippy::cast_possible_truncation, reason = "whole numbers within the picture")]
    let anchor = [x as i32, baseline as i32];
    let left = u32::try_from(anchor[0] + sprite.left).unwrap();
    let top = u32::try_from(anchor[1] + sprite.top).unwrap();
    let mut worst = 0;
    for row in 0..u32::from(sprite.height) {
        for column in 0..u32::from(sprite.width) {
            let index = (row * u32::from(sprite.width) + column) as usize * 4;
            let over = u32::from(255 - sprite.rgba[index + 3]);
            let expected = u32::from(sprite.rgba[index + 1]) + over;
            let Rgba([_, green, ..]) = pixels.at(left + column, top + row).unwrap();
            worst = worst.max(u32::from(green).abs_diff(expected));
        }
    }
    assert!(worst <= 3, "{worst}");
}

#[test]
fn a_map_far_beyond_the_picture_is_painted_quickly_and_right() {
    let stroke = Stroke { color: BLACK, width: 1.0, dash: Some(Dash { on: 3.0, off: 2.0 }) };
    let geometry = Arc::new(Geometry::new(vec![square(-1.0, 2.0)]));
    let land = Item::Path(Path { geometry, fill: Some(RED), stroke: Some(stroke) });
    let started = std::time::Instant::now();
    let pixels = paint(vec![group(1e6, [50.0, 50.0], None, vec![land])], 1.0);
    assert_eq!(pixels.at(50, 50), Some(RED));
    assert!(started.elapsed().as_secs() < 2);
}

#[test]
fn items_without_numbers_are_left_out() {
    for bad in [f32::NAN, f32::INFINITY, f32::MAX] {
        let stroke = Some(Stroke::solid(BLACK, 1.0));
        let contour = Contour { points: vec![[1.0, 1.0], [bad, 5.0], [9.0, bad]], closed: true };
        let geometry = Arc::new(Geometry::new(vec![contour]));
        let shaped = Shaper::new().shape("x", TextStyle::regular(bad));
        let items = vec![
            Item::Path(Path { geometry, fill: Some(RED), stroke }),
            Item::Circle(Circle { center: [bad, 1.0], radius: 5.0, fill: Some(RED), stroke }),
            Item::Circle(Circle { center: [5.0, 5.0], radius: bad, fill: Some(RED), stroke }),
            Item::Text(Text { origin: [bad, 1.0], shaped, color: BLACK, halo: None }),
        ];
        paint(items, 1.0);
    }
}

#[test]
fn the_same_scene_gives_the_same_pixels_with_many_threads() {
    let shaped = Shaper::new().shape("Erbil أربيل", TextStyle::regular(9.0));
    let halo = Some(Halo { color: WHITE, width: 1.0 });
    let items: Vec<Item> = (0..40_u8)
        .flat_map(|n| {
            let at = f32::from(n) * 2.0;
            let text = Text { origin: [at, at], shaped: shaped.clone(), color: BLACK, halo };
            [filled(vec![square(at, 7.3)]), Item::Text(text)]
        })
        .collect();
    let first = paint(items.clone(), 8.0);
    assert_eq!(first, paint(items, 8.0));
}

#[test]
fn sizes_that_cannot_be_made_are_refused_in_one_sentence() {
    let scene = |width, height| Scene {
        size: Size { width, height },
        background: WHITE,
        items: Vec::new(),
    };
    for (width, height, scale) in [
        (0.0, 10.0, 1.0),
        (10.0, -1.0, 1.0),
        (f32::NAN, 10.0, 1.0),
        (10.0, 10.0, f32::INFINITY),
        (16_385.0, 10.0, 1.0),
        (12_000.0, 12_000.0, 1.0),
        (10.0, 10.0, 0.01),
    ] {
        let error = rasterize(&scene(width, height), scale).unwrap_err().to_string();
        assert!(error.contains("16384 pixels") && error.contains("choose"), "{error}");
    }
    assert_eq!(rasterize(&scene(16_384.0, 1.0), 1.0).unwrap().width, 16_384);
}
