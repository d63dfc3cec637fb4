//! What the screen painter promises without a screen.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::*;
use crate::scene::text::{Shaper, TextStyle};
use crate::scene::{Contour, Size};

const RED: Rgba = Rgba::hex(0xFF_00_00);

fn square(min: f32, side: f32) -> Contour {
    let max = min + side;
    Contour { points: vec![[min, min], [max, min], [max, max], [min, max]], closed: true }
}

/// The area of what is filled, without the soft edge.
fn filled_area(contours: Vec<Contour>) -> f32 {
    let mut mesh = Mesh::default();
    let fill = FillMesh::new(&Geometry::new(contours));
    fill.place(Placement::IDENTITY, Color32::RED, 0.0, &mut mesh);
    assert!(mesh.is_valid());
    mesh.triangles()
        .map(|corners| {
            let [a, b, c] = corners.map(|corner| mesh.vertices[corner as usize].pos);
            let (ab, ac) = (b - a, c - a);
            (ab.x * ac.y - ab.y * ac.x).abs() / 2.0
        })
        .sum()
}

fn check_area(contours: Vec<Contour>, expected: f32) {
    let mut turned = contours.clone();
    for contour in &mut turned {
        contour.points.reverse();
    }
    for contours in [contours, turned] {
        let area = filled_area(contours);
        assert!((area - expected).abs() < 0.01 * expected.max(1.0), "{area}, not {expected}");
    }
}

#[test]
fn a_hole_is_not_filled_and_an_island_in_it_is() {
    check_area(vec![square(0.0, 10.0)], 100.0);
    check_area(vec![square(0.0, 10.0), square(2.0, 6.0)], 64.0);
    check_area(vec![square(4.0, 2.0), square(2.0, 6.0), square(0.0, 10.0)], 68.0);
    check_area(vec![square(0.0, 10.0), square(20.0, 3.0)], 109.0);
}

#[test]
fn a_shape_that_is_not_convex_is_filled_as_it_is() {
    let points = vec![[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [5.0, 2.0], [0.0, 10.0]];
    check_area(vec![Contour { points, closed: true }], 60.0);
}

#[test]
fn contours_that_enclose_nothing_are_left_out() {
    let open = Contour { closed: false, ..square(0.0, 10.0) };
    let line = Contour { points: vec![[0.0, 0.0], [1.0, 1.0]], closed: true };
    let bad = Contour { points: vec![[0.0, 0.0], [f32::NAN, 1.0], [1.0, 3.0]], closed: true };
    check_area(vec![open, line, bad], 0.0);
}

#[test]
fn the_soft_edge_grows_the_square_by_half_a_pixel_on_each_side() {
    let geometry = Geometry::new(vec![square(0.0, 10.0), square(2.0, 6.0)]);
    let mut mesh = Mesh::default();
    FillMesh::new(&geometry).place(Placement::IDENTITY, Color32::RED, 0.5, &mut mesh);
    let (solid, clear): (Vec<_>, Vec<_>) =
        mesh.vertices.iter().partition(|vertex| vertex.color == Color32::RED);
    let bounds = |vertices: &[&egui::epaint::Vertex]| {
        let mut bounds = egui::Rect::NOTHING;
        for vertex in vertices {
            bounds.extend_with(vertex.pos);
        }
        bounds
    };
    let whole =
        |min: f32, max: f32| egui::Rect::from_min_max(egui::pos2(min, min), egui::pos2(max, max));
    assert_eq!(bounds(&solid), whole(0.5, 9.5));
    assert_eq!(bounds(&clear), whole(-0.5, 10.5));
    // The hole's clear edge lies in the hole.
    assert!(clear.iter().any(|vertex| vertex.pos == egui::pos2(2.5, 2.5)));
}

fn scene(items: Vec<Item>) -> Scene {
    let size = Size { width: 100.0, height: 100.0 };
    Scene { size, background: Rgba::hex(0xFF_FF_FF), items }
}

/// Paints the scene in two frames and gives the shapes of the second.
fn shapes(scene: &Scene, painter: &mut ScreenPainter) -> Vec<egui::epaint::ClippedShape> {
    let mut harness = Harness::new_ui(|ui| {
        let layer = ui.ctx().layer_painter(egui::LayerId::background());
        painter.paint(&layer, scene, Pos2::ZERO, 1.0);
    });
    harness.run_steps(1);
    harness.output().shapes.clone()
}

#[test]
fn fills_are_triangulated_once_and_forgotten_with_their_geometry() {
    // One alone that is convex is less work to triangulate than to look up.
    let geometry = Arc::new(Geometry::new(vec![square(0.0, 10.0), square(20.0, 10.0)]));
    let path = Path { geometry, fill: Some(RED), stroke: None };
    let mut painter = ScreenPainter::new();
    let with_path = scene(vec![Item::Path(path.clone()), Item::Path(path)]);
    shapes(&with_path, &mut painter);
    assert_eq!(painter.fills.len(), 1);
    drop(with_path);
    shapes(&scene(Vec::new()), &mut painter);
    assert!(painter.fills.is_empty());
}

#[test]
fn labels_that_follow_each_other_are_one_mesh() {
    let mut shaper = Shaper::new();
    let labels = (0..50_u8).map(|n| {
        let words = shaper.shape(&format!("نينوى {n}"), TextStyle::regular(8.0));
        Item::Text(Text { origin: [10.0, f32::from(n)], shaped: words, color: RED, halo: None })
    });
    let scene = scene(labels.collect());
    let painted = shapes(&scene, &mut ScreenPainter::new());
    let quads: Vec<usize> = painted
        .iter()
        .filter_map(|shape| match &shape.shape {
            Shape::Mesh(mesh) => Some(mesh.vertices.len() / 4),
            _ => None,
        })
        .collect();
    assert_eq!(quads, [50]);
}

#[test]
fn what_lies_outside_the_clip_is_not_painted() {
    let far = |clip| {
        let geometry = Arc::new(Geometry::new(vec![square(50.0, 10.0)]));
        let item = Item::Path(Path { geometry, fill: Some(RED), stroke: None });
        let placement = Placement::IDENTITY;
        scene(vec![Item::Group(Group { id: String::new(), placement, clip, items: vec![item] })])
    };
    let count = |clip| shapes(&far(clip), &mut ScreenPainter::new()).len();
    let nothing = count(Some(Rect::from_min_size([0.0; 2], 20.0, 20.0)));
    assert_eq!(count(None), nothing + 1);
    assert_eq!(count(Some(Rect::from_min_size([45.0; 2], 20.0, 20.0))), nothing + 1);
}

#[test]
fn scales_that_are_no_positive_number_paint_nothing() {
    let scene = scene(Vec::new());
    let mut painter = ScreenPainter::new();
    for scale in [0.0, -1.0, f32::NAN, f32::INFINITY] {
        Harness::new_ui(|ui| painter.paint(ui.painter(), &scene, Pos2::ZERO, scale)).run_steps(1);
    }
}

#[test]
fn a_label_has_the_size_of_its_text_and_its_words_as_name() {
    let mut tools = (ScreenPainter::new(), Shaper::new());
    let style = TextStyle::regular(12.0);
    let expected = tools.1.shape("قاعدة عين الأسد", style).size();
    let mut harness = Harness::new_ui(|ui| {
        let (painter, shaper) = &mut tools;
        shaped_label(ui, painter, shaper, "قاعدة عين الأسد", style, RED);
        shaped_label_within(ui, painter, shaper, ("Union III base", 40.0), style, RED);
        shaped_paragraph(ui, painter, shaper, "Two rockets fell. ".repeat(40).trim(), style, RED);
    });
    harness.run_steps(1);
    let rect = harness.get_by_label("قاعدة عين الأسد").rect();
    assert!((rect.width() - expected.width).abs() < 1.0, "{rect} {expected:?}");
    assert!((rect.height() - expected.height).abs() < 1.0, "{rect} {expected:?}");
    assert!(harness.get_by_label("Union III base").rect().width() <= 41.0);
    assert!(harness.get_by_label_contains("Two rockets").rect().height() > 30.0);
}

/// The frames of a scene that stays: at last one picture is painted instead of its paths.
#[test]
fn a_scene_that_stays_becomes_one_picture_and_another_scene_does_not_wait_for_it() {
    let path = |side| {
        let geometry = Arc::new(Geometry::new(vec![square(10.0, side)]));
        Arc::new(scene(vec![Item::Path(Path { geometry, fill: Some(RED), stroke: None })]))
    };
    let (first, second) = (path(10.0), path(30.0));
    let mut painter = ScreenPainter::new();
    let pictures = |scene: &Arc<Scene>, painter: &mut ScreenPainter, frames: u32| {
        let mut harness = Harness::new_ui(|ui| {
            let layer = ui.ctx().layer_painter(egui::LayerId::background());
            painter.paint_kept(&layer, scene, Pos2::new(3.5, 0.25), 1.0);
        });
        for _ in 0..frames {
            harness.run_steps(1);
            let is_picture = |shape: &egui::epaint::ClippedShape| match &shape.shape {
                Shape::Rect(rect) => rect.brush.is_some(),
                Shape::Mesh(mesh) => mesh.texture_id != egui::TextureId::default(),
                _ => false,
            };
            if harness.output().shapes.iter().any(is_picture) {
                return true;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        false
    };
    assert!(pictures(&first, &mut painter, 500));
    assert!(!pictures(&second, &mut painter, 1));
}
