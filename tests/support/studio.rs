//! Figures of the record and of made-up packages, and what is drawn on them.

use std::collections::BTreeSet;

use super::Package;
use sitrep_atlas::analysis::{FigurePart, FigureSize, FigureSpec, Record, Selection, View, select};
use sitrep_atlas::data;
use sitrep_atlas::domain::{Day, DaySpan};
use sitrep_atlas::scene::basemap::BasemapLayers;
use sitrep_atlas::scene::camera::MapFrame;
use sitrep_atlas::scene::figure::{Figure, figure};
use sitrep_atlas::scene::map::{MapFurniture, MapInput, MapScene, map};
use sitrep_atlas::scene::text::Shaper;
use sitrep_atlas::scene::theme::Theme;
use sitrep_atlas::scene::{Circle, Group, Item, Placement, Rect, Rgba, Scene, Text};

/// What figures are made with.
pub(crate) struct Studio {
    pub(crate) dataset: Record,
    pub(crate) basemap: BasemapLayers,
}

impl Studio {
    pub(crate) fn new(dataset: Record) -> Self {
        Self { dataset, basemap: BasemapLayers::new(data::basemap::load().unwrap()) }
    }

    pub(crate) fn view(&self, from: &str, to: &str) -> View {
        let mut view = View::of_all(&self.dataset);
        view.window =
            DaySpan::inclusive(Day::parse(from).unwrap(), Day::parse(to).unwrap()).unwrap();
        view
    }

    pub(crate) fn january(&self) -> View {
        self.view("2022-01-03", "2022-01-06")
    }

    pub(crate) fn figure(&self, view: &View, width: f32, height: f32, strip: bool) -> Figure {
        let spec = FigureSpec::new(FigureSize::of_points(width, height).unwrap())
            .with(FigurePart::Strip, strip);
        self.figure_of(view, &spec)
    }

    pub(crate) fn figure_of(&self, view: &View, spec: &FigureSpec) -> Figure {
        let selection = select(&self.dataset, view);
        let input = MapInput { still: true, ..self.input(view, &selection) };
        figure(&mut Shaper::new(), Theme::of(view.theme), &input, spec)
    }

    pub(crate) fn input<'a>(&'a self, view: &'a View, selection: &'a Selection) -> MapInput<'a> {
        MapInput { dataset: &self.dataset, basemap: &self.basemap, view, selection, still: false }
    }

    pub(crate) fn frame(&self, view: &View) -> MapFrame {
        let rect = Rect::from_min_size([0.0, 0.0], 900.0, 600.0);
        let selection = select(&self.dataset, view);
        let input = self.input(view, &selection);
        MapFrame { rect, camera: sitrep_atlas::scene::map::camera_for(&input, 900.0, 600.0) }
    }

    pub(crate) fn map(&self, view: &View) -> MapScene {
        let selection = select(&self.dataset, view);
        let input = self.input(view, &selection);
        map(
            &mut Shaper::new(),
            Theme::of(view.theme),
            &input,
            &self.frame(view),
            &MapFurniture { credits: Some(""), legend: true, notes: true, date: None },
        )
    }
}

pub(crate) fn record() -> Record {
    data::load(Some(Package::founding().path())).unwrap().dataset
}

pub(crate) fn scene_rect(scene: &Scene) -> Rect {
    Rect::from_min_size([0.0, 0.0], scene.size.width, scene.size.height)
}

/// A text of a scene: its words, its box in the scene, and what it is clipped to.
pub(crate) struct Placed {
    pub(crate) words: String,
    /// Size of its type, in points of the scene.
    pub(crate) size_pt: f32,
    pub(crate) place: Rect,
    pub(crate) clip: Option<Rect>,
}

pub(crate) fn texts(scene: &Scene) -> Vec<Placed> {
    let mut found = Vec::new();
    collect(&scene.items, Placement::IDENTITY, None, &mut found);
    found
}

fn collect(items: &[Item], outer: Placement, clip: Option<Rect>, found: &mut Vec<Placed>) {
    for item in items {
        match item {
            Item::Text(Text { origin, shaped, .. }) => found.push(Placed {
                words: shaped.text().replace('\u{a0}', " "),
                size_pt: shaped.size_pt(),
                place: shaped.box_at(outer.apply(*origin)),
                clip,
            }),
            // Groups that clip stand in the scene's own points.
            Item::Group(g) => collect(&g.items, g.placement.then(&outer), g.clip.or(clip), found),
            Item::Path(_) | Item::Circle(_) => {}
        }
    }
}

/// All words of a scene on one line.
pub(crate) fn words(scene: &Scene) -> String {
    texts(scene).into_iter().map(|t| t.words).collect::<Vec<_>>().join(" | ")
}

/// Identifiers of the groups that draw a site.
pub(crate) fn sites(scene: &Scene) -> BTreeSet<String> {
    fn walk(items: &[Item], ids: &mut BTreeSet<String>) {
        for item in items {
            if let Item::Group(group) = item {
                if group.id.starts_with("site:") {
                    ids.insert(group.id.clone());
                }
                walk(&group.items, ids);
            }
        }
    }
    let mut ids = BTreeSet::new();
    walk(&scene.items, &mut ids);
    ids
}

/// The scene without a group.
pub(crate) fn without(scene: &Scene, id: &str) -> Scene {
    fn kept(items: &[Item], id: &str) -> Vec<Item> {
        let kept = items.iter().filter_map(|item| match item {
            Item::Group(group) if group.id == id => None,
            Item::Group(group) => {
                Some(Item::Group(Group { items: kept(&group.items, id), ..group.clone() }))
            }
            item => Some(item.clone()),
        });
        kept.collect()
    }
    Scene { items: kept(&scene.items, id), ..scene.clone() }
}

pub(crate) fn find_group<'a>(items: &'a [Item], id: &str) -> Option<&'a Group> {
    items.iter().find_map(|item| match item {
        Item::Group(group) if group.id == id => Some(group),
        Item::Group(group) => find_group(&group.items, id),
        _ => None,
    })
}

/// The fill of an item and the box around it.
pub(crate) fn fill(item: &Item) -> Option<(Rgba, Rect)> {
    match item {
        Item::Path(path) => path.fill.map(|color| (color, path.geometry.bounds())),
        Item::Circle(Circle { center: [x, y], radius: r, fill, .. }) => {
            let bounds = Rect::from_min_size([x - r, y - r], 2.0 * r, 2.0 * r);
            fill.map(|color| (color, bounds))
        }
        Item::Text(_) | Item::Group(_) => None,
    }
}
