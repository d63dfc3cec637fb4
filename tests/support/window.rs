//! The atlas in a window without a screen, driven by labels, keys and the pointer.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;
use std::rc::Rc;
use std::sync::LazyLock;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, MouseWheelUnit, Pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, HarnessBuilder, Node};
use sitrep_atlas::analysis::{Record, View};
use sitrep_atlas::app::{Atlas, Folders};
use sitrep_atlas::data::{self, Loaded};
use sitrep_atlas::domain::basemap::Basemap;
use sitrep_atlas::domain::{Day, DaySpan};
use sitrep_atlas::scene::Rect;
use sitrep_atlas::scene::map::{DrawnSite, MapScene};
use sitrep_atlas::scene::strip::{HANDLE_WIDTH, StripLayout};

use super::Package;

/// The control key, as egui hears it on Linux and Windows.
pub(crate) const CTRL: Modifiers = Modifiers { ctrl: true, command: true, ..Modifiers::NONE };

/// How much larger the screen draws the scenes of map and strip.
const SCREEN_SCALE: f32 = 1.16;

/// Read once for all windows.
static BASEMAP: LazyLock<Basemap> = LazyLock::new(|| data::basemap::load().unwrap());

/// What the founding documents speak of, read once for all windows.
static FOUNDING: LazyLock<Loaded> =
    LazyLock::new(|| data::load(Some(Package::founding().path())).unwrap());

/// The atlas in a window without a screen.
pub(crate) struct Window {
    pub(crate) harness: Harness<'static>,
}

impl Window {
    pub(crate) fn open(width: f32, height: f32) -> Self {
        Self::build(Harness::builder(), width, height)
    }

    /// A window on the whole record, as the program opens it.
    pub(crate) fn open_the_record(width: f32, height: f32) -> Self {
        Self::build_with(Harness::builder(), data::load(None).unwrap(), width, height)
    }

    /// A window whose frames take this long.
    pub(crate) fn open_at(width: f32, height: f32, frame_secs: f32) -> Self {
        Self::build(Harness::builder().with_step_dt(frame_secs), width, height)
    }

    /// A window on another record than the embedded one.
    pub(crate) fn open_on(loaded: Loaded, width: f32, height: f32) -> Self {
        Self::build_with(Harness::builder(), loaded, width, height)
    }

    pub(crate) fn build(builder: HarnessBuilder, width: f32, height: f32) -> Self {
        Self::build_with(builder, FOUNDING.clone(), width, height)
    }

    /// A window that keeps what outlives it in a folder.
    pub(crate) fn open_kept(loaded: Loaded, folder: &Path, (width, height): (f32, f32)) -> Self {
        let folders = Folders {
            recent: Some(folder.join("recent.json")),
            unsaved: Some(folder.join("unsaved")),
        };
        let builder = Harness::builder().with_step_dt(0.5);
        Self::build_in(builder, (loaded, Some(folders)), width, height)
    }

    fn build_with(builder: HarnessBuilder, loaded: Loaded, width: f32, height: f32) -> Self {
        Self::build_in(builder, (loaded, None), width, height)
    }

    fn build_in(
        builder: HarnessBuilder,
        (loaded, folders): (Loaded, Option<Folders>),
        width: f32,
        height: f32,
    ) -> Self {
        let mut loaded = Some(loaded);
        let atlas = Rc::new(RefCell::new(None));
        let made = Rc::clone(&atlas);
        let harness = builder
            .with_size(vec2(width, height))
            .with_max_steps(12)
            .with_context_setup(move |ctx| {
                let basemap = BASEMAP.clone();
                let mut atlas = loaded.take().map(|loaded| Atlas::new(ctx, loaded, basemap));
                if let (Some(atlas), Some(folders)) = (&mut atlas, &folders) {
                    atlas.keep_in(ctx, folders.clone());
                }
                *made.borrow_mut() = atlas;
            })
            .build_ui(move |ui| atlas.borrow_mut().as_mut().unwrap().show(ui));
        let mut window = Self { harness };
        window.settle();
        window
    }

    pub(crate) fn settle(&mut self) {
        self.harness.run();
    }

    /// What the strip says it shows.
    pub(crate) fn days(&self) -> String {
        self.harness.get_by_role(Role::Slider).accesskit_node().label().unwrap()
    }

    pub(crate) fn find<'a>(&'a self, words: &'a str) -> Option<Node<'a>> {
        self.harness.query_all_by_label_contains(words).next()
    }

    pub(crate) fn sees(&self, words: &str) {
        assert!(self.find(words).is_some(), "nothing says {words:?} in {:#?}", self.harness.root());
    }

    /// Whether anything that is said begins with these words.
    pub(crate) fn says(&self, words: &str) -> bool {
        self.harness.query_all_by_label_contains(words).any(|node| said(&node).starts_with(words))
    }

    /// Whether anything that is said has these words in it.
    pub(crate) fn find_any(&self, words: &str) -> bool {
        self.harness.query_all_by_label_contains(words).next().is_some()
    }

    /// What is counted in the title, such as "9 attacks at 6 sites".
    pub(crate) fn heading(&self) -> String {
        let title = said(&self.find(": ").unwrap());
        title.rsplit(": ").next().unwrap().to_owned()
    }

    /// The first label that begins with these words and has a number behind them.
    pub(crate) fn label_that_begins(&self, words: &str) -> String {
        self.harness
            .query_all_by_label_contains(words)
            .map(|node| said(&node))
            .find(|l| l.strip_prefix(words).is_some_and(|rest| rest.parse::<usize>().is_ok()))
            .unwrap()
    }

    /// How many events are listed in sight.
    pub(crate) fn listed(&self, record: &Record) -> usize {
        let rows: BTreeSet<String> = record
            .events
            .iter()
            .map(|e| format!("{}, {}", record.site(e.site).name, e.date.span.first()))
            .collect();
        let buttons = self.harness.get_all_by_role(Role::Button);
        let names = buttons.filter_map(|n| n.accesskit_node().label());
        names.filter(|name| rows.contains(name)).count()
    }

    pub(crate) fn clicks(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.settle();
    }

    /// Reads the window in another way; in a narrow window the ways are in a menu that is named by the present one.
    pub(crate) fn chooses_mode(&mut self, label: &str) {
        if self.harness.query_by_label(label).is_none() {
            let modes = ["Window", "Since start", "Day", "Window, fading", "Since start, fading"];
            let present = modes.into_iter().find(|m| self.harness.query_by_label(m).is_some());
            self.clicks(present.unwrap());
        }
        self.harness.get_all_by_label(label).last().unwrap().click();
        self.settle();
    }

    pub(crate) fn clicks_at(&mut self, at: Pos2) {
        self.harness.hover_at(at);
        self.settle();
        self.button(at, true);
        self.button(at, false);
        self.settle();
    }

    pub(crate) fn button(&self, pos: Pos2, pressed: bool) {
        let (button, modifiers) = (egui::PointerButton::Primary, Modifiers::NONE);
        self.harness.event(Event::PointerButton { pos, button, pressed, modifiers });
    }

    /// Turns the wheel at a place, by points.
    pub(crate) fn scrolls(&mut self, at: Pos2, delta: egui::Vec2, modifiers: Modifiers) {
        self.harness.hover_at(at);
        self.settle();
        self.harness.event(Event::ModifiersChanged(modifiers));
        let (unit, phase) = (MouseWheelUnit::Point, egui::TouchPhase::Move);
        let source = egui::MouseWheelSource::Unknown;
        self.harness.event(Event::MouseWheel { unit, delta, modifiers, phase, source });
        self.harness.run_steps(30);
        self.harness.event(Event::ModifiersChanged(Modifiers::NONE));
        self.settle();
    }

    pub(crate) fn presses(&mut self, key: Key) {
        self.presses_with(Modifiers::NONE, key);
    }

    pub(crate) fn presses_with(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    pub(crate) fn field(&self, label: &str) -> String {
        self.harness.get_by_role_and_label(Role::TextInput, label).value().unwrap_or_default()
    }

    /// Types into a field instead of what stands in it, and presses Enter.
    pub(crate) fn types(&mut self, label: &str, text: &str) {
        self.harness.get_by_role_and_label(Role::TextInput, label).focus();
        self.settle();
        self.presses_with(CTRL, Key::A);
        self.presses(Key::Backspace);
        if !text.is_empty() {
            self.harness.event(Event::Text(text.to_owned()));
        }
        self.presses(Key::Enter);
    }

    /// A place on the strip, some points right of the left edge of a day.
    pub(crate) fn on_strip(&self, day: &str, dx: f32) -> Pos2 {
        let rect = self.harness.get_by_role(Role::Slider).rect();
        let axis =
            DaySpan::between(Day::parse("2020-01-01").unwrap(), Day::parse("2022-01-31").unwrap());
        let min = [HANDLE_WIDTH + 1.0, 0.0];
        let max = [rect.width() / SCREEN_SCALE - min[0], rect.height() / SCREEN_SCALE];
        let layout = StripLayout::new(axis, Rect { min, max });
        let x = layout.x(Day::parse(day).unwrap())
            + dx
            + if dx == 0.0 { layout.day_width() / 2.0 } else { 0.0 };
        rect.left_top() + vec2(x, layout.bars.center()[1]) * SCREEN_SCALE
    }

    /// Drags from beside a day to the middle of another.
    pub(crate) fn drags(&mut self, (from, dx): (&str, f32), to: &str) {
        let (start, end) = (self.on_strip(from, dx), self.on_strip(to, 0.0));
        self.harness.hover_at(start);
        self.settle();
        self.button(start, true);
        for step in 1..=4_u8 {
            self.harness.hover_at(start + (end - start) * (f32::from(step) / 4.0));
        }
        self.harness.run_steps(2);
        self.harness.drop_at(end);
        self.settle();
    }

    /// Where the glyph of a site is, as the map lays it out in a rectangle.
    pub(crate) fn glyph(site: &str, map: egui::Rect) -> Pos2 {
        let dataset = &FOUNDING.dataset;
        let scene = Self::drawn(dataset, &View::opening(dataset), map);
        let of_site = |s: &&DrawnSite| s.members.iter().any(|m| dataset.site(*m).id == site);
        Self::middle(scene.sites.iter().find(of_site).unwrap(), map)
    }

    /// Where the middle of a glyph or a note is.
    pub(crate) fn middle(drawn: &DrawnSite, map: egui::Rect) -> Pos2 {
        map.left_top() + vec2(drawn.center[0], drawn.center[1]) * SCREEN_SCALE
    }

    /// What the map draws of a view in a rectangle.
    pub(crate) fn drawn(dataset: &Record, view: &View, map: egui::Rect) -> MapScene {
        use sitrep_atlas::analysis::{Camera, select};
        use sitrep_atlas::scene::basemap::BasemapLayers;
        use sitrep_atlas::scene::camera::{MapFrame, held};
        use sitrep_atlas::scene::figure::credit_line;
        use sitrep_atlas::scene::map::{self, MapFurniture, MapInput};
        use sitrep_atlas::scene::text::Shaper;
        use sitrep_atlas::scene::theme::Theme;
        let selection = select(dataset, view);
        let basemap = BasemapLayers::new(BASEMAP.clone());
        let input =
            MapInput { dataset, basemap: &basemap, view, selection: &selection, still: false };
        let (width, height) = (map.width(), map.height());
        let fitted = map::camera_for(&input, width, height);
        let camera = held(fitted, BASEMAP.bounds, width, height);
        let camera = Camera { zoom: camera.zoom - f64::from(SCREEN_SCALE).log2(), ..camera };
        let rect = Rect::from_min_size([0.0, 0.0], width / SCREEN_SCALE, height / SCREEN_SCALE);
        let frame = MapFrame { rect, camera };
        let credits = credit_line(&basemap.data);
        let furniture =
            MapFurniture { credits: Some(&credits), legend: true, notes: true, date: None };
        let theme = Theme::of(view.theme);
        map::map(&mut Shaper::new(), theme, &input, &frame, &furniture)
    }
}

/// What a node says: the text of a label is its value.
fn said(node: &Node<'_>) -> String {
    let node = node.accesskit_node();
    node.value().or_else(|| node.label()).unwrap_or_default()
}
