//! The window's content: panels around the map, and the one place where what they ask for is done.

mod projects;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::actions::{Asked, Part, Wish};
use super::detail::Trail;
use super::document::{Command, Document, update};
use super::event_table::EventTable;
use super::eyes;
use super::figure_dialog::{Draft, FigureDialog};
use super::film_dialog::FilmDialog;
use super::filter_panel::FilterPanel;
use super::history::History;
use super::keys::{self, Action};
use super::lanes_panel::LanesPanel;
use super::map_panel::MapPanel;
use super::opening::{Opened as OpenedRecord, OpeningRecord};
use super::paint::ScreenPainter;
use super::pen::Pen;
use super::playback::{self, Playback};
use super::project::{Folders, LeftOver, Projects};
use super::reopened::Reopened;
use super::resting::Resting;
use super::room::{self, Opened, Room};
use super::table_dialog::TableDialog;
use super::tempo_panel::TempoPanel;
use super::timeline::Timeline;
use super::top_bar::AccountRoom;
use super::views_panel::ViewsPanel;
use super::{detail, top_bar, visuals};
use crate::analysis::play::Through;
use crate::analysis::{FigureSpec, Lit, Pick, ThemeName, View};
use crate::data::{FigureFile, Loaded, MappingFrom, Restored, Since};
use crate::domain::EventIndex;
use crate::domain::basemap::Basemap;
use crate::scene::basemap::BasemapLayers;
use crate::scene::camera;
use crate::scene::color_vision::Vision;
use crate::scene::text::Shaper;
use crate::scene::theme::Theme;

/// The window's content; drawn into any egui `Ui`.
pub struct Atlas {
    document: Document,
    basemap: Arc<BasemapLayers>,
    playback: Playback,
    pen: Pen,
    map: MapPanel,
    timeline: Timeline,
    table: EventTable,
    tempo: TempoPanel,
    opened: Opened,
    /// What of it had room in the last frame.
    room: Room,
    trail: Trail,
    account_room: AccountRoom,
    filter: FilterPanel,
    figure: FigureDialog,
    filter_open: bool,
    help_open: bool,
    reopened: Reopened,
    film: FilmDialog,
    table_dialog: TableDialog,
    opening: OpeningRecord,
    /// The folder in which it is remembered what a person said of tables.
    remembered: Option<PathBuf>,
    resting: Resting,
    history: History,
    projects: Projects,
    views: ViewsPanel,
    left: LeftOver,
    applied_theme: Option<ThemeName>,
    /// Whose eyes the window is to be seen with.
    eyes: Vision,
    /// What stands out, from frame to frame.
    lit: Option<Arc<Lit>>,
}

impl Atlas {
    /// A window on a loaded record.
    #[must_use]
    pub fn new(ctx: &egui::Context, loaded: Loaded, basemap: Basemap) -> Self {
        visuals::install_fonts(ctx);
        eyes::install(ctx);
        let remembered = loaded.remembered.clone();
        let document = Document::of(loaded);
        let theme = Theme::of(document.view.theme);
        let pen = Pen { painter: ScreenPainter::new(), shaper: Shaper::new(), theme };
        Self { remembered, ..Self::on(document, Arc::new(BasemapLayers::new(basemap)), pen) }
    }

    /// A window on a document.
    fn on(document: Document, basemap: Arc<BasemapLayers>, pen: Pen) -> Self {
        let record = Arc::clone(&document.dataset);
        // Where there is no thread for it, the first search makes the index itself.
        let _index = std::thread::Builder::new()
            .name("search-index".to_owned())
            .spawn(move || record.prepare());
        let history = History::new(&document);
        Self {
            projects: Projects::untitled(&history, Folders::default()),
            history,
            views: ViewsPanel::default(),
            left: LeftOver::default(),
            pen,
            table_dialog: TableDialog::on(&document),
            opening: OpeningRecord::default(),
            remembered: None,
            document,
            basemap,
            playback: Playback::default(),
            map: MapPanel::default(),
            timeline: Timeline::default(),
            table: EventTable::default(),
            tempo: TempoPanel::default(),
            opened: Opened::default(),
            room: Room::default(),
            trail: Trail::default(),
            account_room: AccountRoom::default(),
            filter: FilterPanel::default(),
            figure: FigureDialog::default(),
            filter_open: false,
            help_open: false,
            reopened: Reopened::default(),
            film: FilmDialog::default(),
            resting: Resting::default(),
            applied_theme: None,
            eyes: Vision::Normal,
            lit: None,
        }
    }

    /// Shows another record. What is the person's and not the record's stays: colours, names, eyes, and a film that is being
    /// made.
    fn replace(&mut self, opened: OpenedRecord) {
        let OpenedRecord { mut document, mut project } = opened;
        let View { theme, arabic, .. } = self.document.view;
        if project.is_none() {
            update(&mut document, Command::SetTheme(theme));
            update(&mut document, Command::SetArabic(arabic));
        }
        // What is kept for a revision must not be taken for that of the record before.
        document.revision += self.document.revision + 1;
        let pen = Pen {
            painter: std::mem::take(&mut self.pen.painter),
            shaper: Shaper::new(),
            theme: self.pen.theme,
        };
        // The same table, read in another way, stays in its project.
        let is_same = project.is_none() && document.place == self.document.place;
        if is_same {
            document.views = Arc::clone(&self.document.views);
        }
        let mut next = Self::on(document, Arc::clone(&self.basemap), pen);
        next.projects = if is_same {
            self.projects.read_anew(&next.history)
        } else {
            self.projects.replaced(&next.history, project.as_mut())
        };
        next.left = std::mem::take(&mut self.left);
        if let Some(project) = project {
            next.reopened.tell_project(project.name(), &project.restored);
        }
        next.film = std::mem::take(&mut self.film);
        next.remembered = self.remembered.take();
        (next.eyes, next.applied_theme) = (self.eyes, self.applied_theme);
        *self = next;
    }

    /// Becomes true when the program is told from outside to end: what is being saved is taken away then, and the window
    /// closes.
    #[must_use]
    pub fn ends(&self) -> Arc<AtomicBool> {
        self.film.ends()
    }

    /// Opens a file in place of what is looked at, when it was read.
    pub fn open(&mut self, ctx: &egui::Context, path: PathBuf, mapping: Option<MappingFrom>) {
        self.opening.start(ctx, path, mapping, self.remembered.as_deref());
    }

    /// Looks at something else.
    pub fn look(&mut self, view: View) {
        update(&mut self.document, Command::Show(Box::new(view)));
    }

    /// Looks at something else, and opens the dialog for a figure of it.
    pub fn compose(&mut self, view: View, spec: FigureSpec) {
        let (theme, arabic, camera) = (view.theme, view.arabic, view.camera);
        self.look(view);
        let reopened = Some([self.document.view.camera, camera]);
        let draft = Draft { spec, theme, arabic, reopened };
        update(&mut self.document, Command::SetFigure(Box::new(draft)));
        self.figure.open();
    }

    /// Looks at what a figure was made of, and says what has changed since; of another record's figure only that
    /// it is one. The dialog for figures has its sheet then, and is open where there is nothing else to be said.
    pub fn reopen(&mut self, figure: &FigureFile) {
        let Document { dataset, view, .. } = &self.document;
        let restored = Restored::new(&figure.record, dataset);
        self.reopened.tell(figure, &restored);
        if !matches!(restored.since, Since::OtherRecord { .. }) {
            self.playback.stop();
            let Restored { view: of_figure, spec, lacking, since } = restored;
            // The window keeps its colours: those of paper are the figure's.
            let camera = of_figure.camera.map(camera::limited);
            let reopened = Some([camera, of_figure.camera]);
            let View { theme, arabic, .. } = of_figure;
            let draft = Draft { spec, theme, arabic, reopened };
            let view = View { theme: view.theme, camera, ..of_figure };
            self.look(view);
            update(&mut self.document, Command::SetFigure(Box::new(draft)));
            // What there is to be told first is told first: the dialog would lie over it.
            if since.is_same() && lacking.is_empty() {
                self.figure.open();
            }
        }
    }

    /// Draws one frame and does what was asked for in it.
    pub fn show(&mut self, ui: &mut egui::Ui) {
        let ctx = ui.ctx().clone();
        let name = self.document.view.theme;
        if self.applied_theme != Some(name) {
            self.pen.theme = Theme::of(name);
            visuals::apply(&ctx, self.pen.theme);
            self.applied_theme = Some(name);
        }
        if self.eyes != eyes::of(&ctx) {
            eyes::open(&ctx, self.eyes);
            // Their pictures have the colours of other eyes.
            self.pen.painter = ScreenPainter::new();
            self.figure.picture_anew();
        }
        let now_secs = ctx.input(|i| i.time);
        if let Some(command) = self.playback.tick(&self.document, now_secs) {
            update(&mut self.document, command);
        }
        if let Some(figure) = self.reopened.take_dropped(&ctx, &mut self.pen) {
            self.reopen(&figure);
        }
        if let Some(path) = self.reopened.take_record() {
            self.open_when_saved(&ctx, path);
        }
        match self.opening.take() {
            Some(Ok(opened)) => self.replace(*opened),
            Some(Err(refused)) => self.refused(&ctx, refused),
            None => {}
        }
        let mut asked = Asked { lit: self.lit.clone(), ..Asked::default() };
        top_bar::help(&ctx, &mut self.help_open);
        let is_asked =
            self.film.is_open() || self.table_dialog.is_open() || self.projects.is_open();
        let composing = self.figure.is_open() || is_asked;
        if !composing && self.room.shows(Part::Table) {
            self.table.keys(&ctx, &self.document, &mut asked);
        }
        if !composing && self.room.shows(Part::Lanes) {
            self.timeline.lanes.keys(&ctx, &self.document, &mut asked);
        }
        let is_alone = !composing && !self.help_open;
        eyes::bar(ui, self.pen.theme, is_alone, &mut asked);
        let beside = [EventTable::focus_id(), LanesPanel::focus_id()];
        let pressed = if composing { Vec::new() } else { keys::pressed(&ctx, &beside) };
        for action in pressed {
            match action {
                Action::Command(command) => {
                    if command.moves_window() {
                        asked.wish(Wish::StopPlay);
                    }
                    asked.command(command);
                }
                Action::Wish(wish) => asked.wish(wish),
                Action::ZoomIn => asked.zoom += 0.5,
                Action::ZoomOut => asked.zoom -= 0.5,
            }
        }
        let calm = self.playback.is_playing() || self.help_open || composing;
        let resting = self.resting.hide(&ctx, calm, now_secs);
        self.panels(ui, now_secs, &mut asked);
        resting.show_again(&ctx);
        let map = (&self.basemap, self.map.size_pt());
        self.figure.show(&ctx, &mut self.pen, &self.document, map, &mut asked);
        self.reopened.show(&ctx, &mut self.pen, &self.document, &mut asked);
        let is_told_to_end = self.film.ends().load(Ordering::Relaxed);
        self.film.show(&ctx, &self.document, &self.basemap);
        let of = (&self.document, self.remembered.as_deref());
        let chosen = self.table_dialog.show(&ctx, &mut self.pen, of, &self.basemap);
        if let Some((path, mapping)) = chosen {
            let mapping = mapping.map(|m| MappingFrom::Person(Box::new(m)));
            self.opening.start(&ctx, path, mapping, self.remembered.as_deref());
        }
        self.opening.show(&ctx);
        self.views.show(&ctx, &self.document, &mut asked);
        self.apply(&ctx, now_secs, asked);
        self.follow_project(&ctx, now_secs, is_told_to_end);
    }

    fn panels(&mut self, ui: &mut egui::Ui, now_secs: f64, asked: &mut Asked) {
        let paper = visuals::color(self.pen.theme.paper);
        let frame =
            |x, y| egui::Frame::new().fill(paper).inner_margin(egui::Margin::symmetric(x, y));
        egui::Panel::top("top").frame(frame(16, 8)).show(ui, |ui| {
            let room = (&mut self.account_room, self.playback.is_playing());
            let menu = self.projects.menu(&self.history, &self.document);
            top_bar::show(ui, &mut self.pen, &self.document, room, &menu, asked);
        });
        let window = ui.ctx().content_rect().height();
        self.opened.follow(self.open_parts());
        self.room = self.opened.room(ui.available_height(), window);
        let height = self.room.below(window);
        egui::Panel::bottom("time").frame(frame(16, 6)).exact_size(height).show(ui, |ui| {
            let (document, playback) = (&self.document, &mut self.playback);
            let tempo = (self.tempo.tempo(&self.document), &self.room);
            self.timeline.show(ui, &mut self.pen, document, playback, tempo, asked);
        });
        if self.filter_open {
            egui::Panel::left("filter")
                .frame(frame(12, 10))
                .default_size(250.0)
                .size_range(200.0..=420.0)
                .show(ui, |ui| self.filter.show(ui, &mut self.pen, &self.document, asked));
        }
        egui::Panel::right("detail")
            .frame(frame(0, 0))
            .default_size((ui.available_width() * 0.29).clamp(280.0, 400.0))
            .size_range(260.0..=560.0)
            .show(ui, |ui| {
                if self.room.shows(Part::Tempo) {
                    self.tempo.show(ui, &mut self.pen, &self.document, asked);
                }
                detail::show(ui, &mut self.pen, &self.document, asked);
            });
        if self.room.shows(Part::Table) {
            let most = ui.available_height() - room::MAP;
            egui::Panel::bottom("table")
                .frame(frame(8, 0))
                .resizable(true)
                .default_size((ui.available_height() * 0.45).clamp(room::TABLE, most))
                .size_range(room::TABLE..=most)
                .show(ui, |ui| {
                    self.table.show(ui, &mut self.pen, &self.document, asked);
                });
        }
        egui::CentralPanel::default().frame(egui::Frame::NONE).show(ui, |ui| {
            let overlay = self.playback.overlay(&self.document, now_secs);
            self.map.show(ui, &mut self.pen, &self.document, &self.basemap, &overlay, asked);
        });
    }

    fn apply(&mut self, ctx: &egui::Context, now_secs: f64, asked: Asked) {
        if asked.wishes.contains(&Wish::StopPlay) {
            self.playback.stop();
        }
        let before = (self.document.revision, self.playback.is_playing());
        let open = self.document.view.picked.clone();
        let pointed = asked.pointed;
        for command in asked.commands {
            self.step(command, now_secs);
        }
        self.trail.moved(open, self.document.view.picked.as_ref());
        let mut step = None;
        for wish in asked.wishes {
            match wish {
                Wish::PlayOrPause => step = self.playback.toggle(&self.document, now_secs),
                Wish::StopPlay => {}
                Wish::Film => self.film.open(),
                Wish::HowRead => self.table_dialog.open(),
                Wish::Eyes(vision) => self.eyes = vision,
                Wish::NextEyes => self.eyes = eyes::next(self.eyes),
                Wish::StepHere(direction) => {
                    if let Some(ids) = playback::picked(&self.document) {
                        self.playback.stop();
                        self.step(Command::StepThrough(Through::Sites(ids), direction), now_secs);
                    } else {
                        self.playback.tell("Click a site on the map first".to_owned(), now_secs);
                    }
                }
                Wish::Speed(direction) => {
                    let play = self.document.play.clone().at_next_speed(direction);
                    update(&mut self.document, Command::SetPlay(play));
                    self.playback.tell_speed(&self.document, now_secs);
                }
                Wish::Figure => {
                    self.playback.stop();
                    self.figure.open();
                }
                Wish::Open => self.projects.ask_open(ctx),
                Wish::Save => self.projects.save(ctx, &self.document),
                Wish::SaveAs => self.projects.ask_save(&self.document),
                Wish::Undo | Wish::Redo => self.step_in_history(wish == Wish::Undo, now_secs),
                Wish::Toggle(Part::Views) => self.views.toggle(),
                Wish::Toggle(Part::PlayDate) => self.playback.toggle_date(),
                Wish::Back => step = Some(Command::Pick(self.trail.back())),
                Wish::Toggle(Part::Filter) => {
                    self.filter_open = !self.filter_open;
                    if self.filter_open {
                        self.filter.focus_search();
                    }
                }
                Wish::Toggle(Part::Help) => self.help_open = !self.help_open,
                // What had no room is shown instead of others.
                Wish::Toggle(part) if self.room.is_back(part) => self.opened.first(part),
                Wish::Toggle(Part::Table) => self.table.toggle(),
                Wish::Toggle(Part::Tempo) => self.tempo.toggle(),
                Wish::Toggle(Part::Legend) => self.map.toggle_legend(),
                Wish::Toggle(Part::Lanes) => self.timeline.lanes.toggle(),
            }
        }
        if let Some(command) = step {
            update(&mut self.document, command);
        }
        let relit = self.light(pointed);
        if relit
            || self.eyes != eyes::of(ctx)
            || (self.document.revision, self.playback.is_playing()) != before
        {
            ctx.request_repaint();
        }
        if let Some(secs) = self.playback.next_in_secs(now_secs) {
            ctx.request_repaint_after(std::time::Duration::from_secs_f64(secs));
        }
    }
}

impl Atlas {
    /// The parts that share the height of the window, and whether each is open.
    fn open_parts(&self) -> [(Part, bool); 3] {
        [
            (Part::Table, self.table.is_open()),
            (Part::Lanes, self.timeline.lanes.is_open()),
            (Part::Tempo, self.tempo.is_open()),
        ]
    }

    /// Lets the event that is pointed at stand out, else the picked one; says whether that is another one
    /// than before.
    fn light(&mut self, pointed: Option<EventIndex>) -> bool {
        let Document { dataset, view, .. } = &self.document;
        let picked = || match &view.picked {
            Some(Pick::Event(id)) => dataset.find_event(id),
            _ => None,
        };
        let wanted = pointed.or_else(picked);
        if self.lit.as_ref().map(|lit| lit.event) == wanted {
            return false;
        }
        self.lit = wanted.map(|event| Arc::new(Lit::of(dataset, event)));
        true
    }

    /// Does what was asked for; where that steps to other days, their events pulse.
    fn step(&mut self, command: Command, now_secs: f64) {
        let steps = command.is_step();
        let before = self.document.view.window;
        update(&mut self.document, command);
        if steps && self.document.view.window != before {
            self.playback.stepped(&self.document, now_secs);
        }
    }
}

impl eframe::App for Atlas {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.show(ui);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.projects.end(&self.document);
    }
}
