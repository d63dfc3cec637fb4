//! What is saved and undone, and the only thing that changes it.

use std::sync::Arc;

use super::figure_dialog::Draft;
use super::history::{Snapshot, What};
use crate::analysis::play::{PlaySpec, Stops, Through};
use crate::analysis::{
    Camera, Coverage, Facet, Filter, Mode, NoCoverage, Pick, PickedPlace, Place, Record, Rule,
    Selection, ThemeName, View, coverages, select,
};
use crate::data::import::HowRead;
use crate::data::project::{Kept, SavedView};
use crate::data::{DatasetPlace, Loaded, OpenedTable, Problem};
use crate::domain::{Dataset, Day, DaySpan, EventIndex, SiteIndex};
use crate::scene::camera;

/// The open record and what is looked at.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) dataset: Arc<Record>,
    pub(crate) problems: Vec<Problem>,
    /// The table that it was read from, where it is no data package.
    pub(crate) table: Option<Arc<TableRead>>,
    /// What the record holds of each published count, in their order.
    pub(crate) coverages: Vec<Result<Coverage, NoCoverage>>,
    pub(crate) view: View,
    /// How time is played.
    pub(crate) play: PlaySpec,
    /// What a figure of the view is to be.
    pub(crate) figure: Draft,
    /// What the view shows; follows the view.
    pub(crate) selection: Arc<Selection>,
    /// Counts up with each change of the view, so that what is derived can be kept until then.
    pub(crate) revision: u64,
    /// Where the record lies.
    pub(crate) place: DatasetPlace,
    /// Other views, by name.
    pub(crate) views: Arc<Vec<Kept<SavedView>>>,
    /// Counts up with each change of anything that is saved.
    pub(crate) changes: u64,
    /// Likewise with those that somebody made, and what the last of them was of.
    pub(crate) steps: u64,
    pub(crate) changed: What,
}

/// A table that was read, and how.
#[derive(Debug)]
pub(crate) struct TableRead {
    pub(crate) opened: OpenedTable,
    pub(crate) how: HowRead,
}

/// Something that a person wants.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Command {
    SetWindow(DaySpan),
    /// Moves the window by days, keeping its length.
    MoveWindow(i32),
    /// Moves the window so that it ends on the day of the next (1) or the previous (-1) event.
    StepEvent(i32),
    /// Likewise to the day of the next or previous of some events.
    StepThrough(Through, i32),
    /// Plays in this way.
    SetPlay(PlaySpec),
    /// Moves the window to the first days of the record.
    ToStart,
    /// Moves the window to the last days of the record.
    ToEnd,
    /// Opens the window over the whole record.
    ShowAll,
    SetMode(Mode),
    /// Draws older events paler, or no longer.
    ToggleFade,
    SetRule(Rule),
    /// Lets a value of a facet through by name, or no longer.
    ToggleFacet(Facet, String),
    /// Lets all values of a facet through.
    ClearFacet(Facet),
    /// Holds events to those in which every word is found.
    Search(String),
    /// Holds nothing back.
    ClearFilter,
    /// Looks at something else altogether.
    Show(Box<View>),
    SetTheme(ThemeName),
    SetArabic(bool),
    /// Decides what a figure of the view is to be.
    SetFigure(Box<Draft>),
    /// Opens a card; closes it with none.
    Pick(Option<Pick>),
    SetCamera(Camera),
    /// Shows all sites again.
    FitRecord,
    /// Keeps the map where it is seen, or fits it again, when nobody moved it.
    HoldCamera(Option<Camera>),
    /// Has these saved views.
    SetViews(Arc<Vec<Kept<SavedView>>>),
    /// Looks at a saved view, with its figure.
    ShowSaved(Box<SavedView>),
    /// Is again what it was, or what was saved.
    Restore(Box<Snapshot>),
}

impl Command {
    /// Whether it sets the window, so that what plays gives way to it.
    pub(crate) fn moves_window(&self) -> bool {
        use Command::{
            MoveWindow, SetWindow, Show, ShowAll, StepEvent, StepThrough, ToEnd, ToStart,
        };
        matches!(
            self,
            SetWindow(_)
                | MoveWindow(_)
                | StepEvent(_)
                | StepThrough(..)
                | ToStart
                | ToEnd
                | ShowAll
                | Show(_)
        )
    }

    /// What it changes; nothing where the window only keeps something as it was.
    fn what(&self) -> Option<What> {
        Some(match self {
            Self::SetWindow(_)
            | Self::MoveWindow(_)
            | Self::StepEvent(_)
            | Self::StepThrough(..)
            | Self::ToStart
            | Self::ToEnd
            | Self::ShowAll => What::Days,
            Self::SetPlay(_) => What::Play,
            Self::SetMode(_) => What::Mode,
            Self::ToggleFade => What::Fade,
            Self::SetRule(_) => What::Rule,
            Self::ToggleFacet(..) | Self::ClearFacet(_) | Self::ClearFilter => What::Filter,
            Self::Search(_) => What::Search,
            Self::Show(_) | Self::ShowSaved(_) | Self::Restore(_) => What::View,
            Self::SetTheme(_) => What::Colours,
            Self::SetArabic(_) => What::Names,
            Self::SetFigure(_) => What::Figure,
            Self::Pick(_) => What::Picked,
            Self::SetCamera(_) | Self::FitRecord => What::Map,
            Self::HoldCamera(_) => return None,
            Self::SetViews(_) => What::Views,
        })
    }

    /// Whether it goes on or back by days or by events.
    pub(crate) fn is_step(&self) -> bool {
        matches!(self, Self::MoveWindow(_) | Self::StepEvent(_) | Self::StepThrough(..))
    }
}

impl Document {
    /// A record that was loaded, with its table.
    pub(crate) fn of(loaded: Loaded) -> Self {
        let Loaded { dataset, problems, table, opened, place, .. } = loaded;
        let table = opened.zip(table);
        let table = table.map(|(opened, how)| Arc::new(TableRead { opened, how }));
        Self { table, place, ..Self::new(dataset, problems) }
    }

    pub(crate) fn new(dataset: Record, problems: Vec<Problem>) -> Self {
        let view = View::opening(&dataset);
        let selection = Arc::new(select(&dataset, &view));
        let coverages = coverages(&dataset);
        let play = PlaySpec::default();
        let figure = Draft::default();
        let dataset = Arc::new(dataset);
        Self {
            dataset,
            problems,
            table: None,
            coverages,
            view,
            play,
            figure,
            selection,
            revision: 0,
            place: DatasetPlace::default(),
            views: Arc::default(),
            changes: 0,
            steps: 0,
            changed: What::View,
        }
    }

    /// Days that the window can be on: the record's, or the window's own when there is no event.
    pub(crate) fn extent(&self) -> DaySpan {
        self.dataset.extent().unwrap_or(self.view.window)
    }
}

/// What picks a site.
pub(crate) fn pick_site(dataset: &Dataset, site: SiteIndex) -> Command {
    Command::Pick(Some(Pick::Site(dataset.site(site).id.clone())))
}

/// What picks the events that a glyph or a note counts: their site, where they are all that it shows.
pub(crate) fn pick_places(document: &Document, places: &[Place]) -> Command {
    let (record, selection) = (&document.dataset, &document.selection);
    let numbers = places.iter().filter_map(|p| record.place_number(p));
    let shown = numbers.filter(|n| selection.place_count(*n).shown() > 0);
    let mut sites = shown.map(|n| record.places()[n as usize].site);
    if let Some(site) = sites.next()
        && sites.all(|other| other == site)
    {
        let here = places.iter().filter(|p| p.site == site);
        let numbers = here.filter_map(|p| record.place_number(p)).map(|n| n as usize);
        if selection.count_of(numbers) == selection.count_at(record, site) {
            return pick_site(record, site);
        }
    }
    let picked = places.iter().map(|p| PickedPlace::of(record, p)).collect();
    Command::Pick(Some(Pick::Places(picked)))
}

/// What picks an event.
pub(crate) fn pick_event(dataset: &Dataset, event: EventIndex) -> Command {
    Command::Pick(Some(Pick::Event(dataset.id(event))))
}

/// Applies a command.
pub(crate) fn update(document: &mut Document, command: Command) {
    let extent = document.extent();
    let next_event_day = match &command {
        Command::StepEvent(direction) => next_event_day(document, &Through::Every, *direction),
        Command::StepThrough(through, direction) => next_event_day(document, through, *direction),
        _ => None,
    };
    let what = command.what();
    let view = &mut document.view;
    let before = view.clone();
    let mut changes = false;
    match command {
        Command::SetWindow(span) => view.window = kept(span, extent),
        Command::MoveWindow(days) => view.window = moved(view.window, days, extent),
        Command::StepEvent(_) | Command::StepThrough(..) => {
            if let Some(day) = next_event_day {
                let days = day.number() - view.window.last().number();
                view.window = moved(view.window, days, extent);
            }
        }
        // The day shown is the window's last.
        Command::ToStart if view.mode == Mode::Day => view.window = DaySpan::day(extent.first()),
        Command::ToStart => {
            let days = extent.first().number() - view.window.first().number();
            view.window = moved(view.window, days, extent);
        }
        Command::ToEnd => {
            let days = extent.last().number() - view.window.last().number();
            view.window = moved(view.window, days, extent);
        }
        Command::ShowAll => view.window = extent,
        Command::SetPlay(play) => {
            changes = document.play != play;
            document.play = play;
        }
        Command::SetMode(mode) => view.mode = mode,
        Command::ToggleFade => view.fade = !view.fade,
        Command::SetRule(rule) => view.rule = rule,
        Command::ToggleFacet(facet, code) => view.filter.toggle(facet, &code),
        Command::ClearFacet(facet) => view.filter.clear(facet),
        Command::Search(text) => view.filter.set_search(&text),
        Command::ClearFilter => view.filter = Filter::default(),
        Command::Show(other) => *view = View { window: kept(other.window, extent), ..*other },
        Command::SetTheme(theme) => view.theme = theme,
        // A figure has the names that the window has, until it is decided otherwise.
        Command::SetArabic(on) => {
            changes = document.figure.arabic != on;
            (view.arabic, document.figure.arabic) = (on, on);
        }
        Command::SetFigure(figure) => {
            changes = document.figure != *figure;
            document.figure = *figure;
        }
        Command::Pick(pick) => view.picked = pick,
        Command::SetCamera(camera) => view.camera = Some(camera::limited(camera)),
        Command::FitRecord => view.camera = None,
        Command::HoldCamera(camera) => view.camera = camera.map(camera::limited),
        Command::SetViews(views) => {
            changes = document.views != views;
            document.views = views;
        }
        Command::ShowSaved(saved) => {
            let SavedView { view: of_saved, figure, .. } = *saved;
            *view = limited(of_saved, extent);
            let figure = Draft::from(figure);
            changes = document.figure != figure;
            document.figure = figure;
        }
        Command::Restore(snapshot) => {
            let Snapshot { view: then, figure, play, views } = *snapshot;
            *view = limited(then, extent);
            (document.figure, document.play, document.views) = (figure, play, views);
            changes = true;
        }
    }
    if changes || *view != before {
        document.changes += 1;
        if let Some(what) = what {
            (document.steps, document.changed) = (document.steps + 1, what);
        }
    }
    if *view != before {
        let seen = |v: &View| (v.window, v.mode, v.fade);
        if !document.selection.counts_as(view) || seen(view) != seen(&before) {
            Arc::make_mut(&mut document.selection).follow(&document.dataset, view);
        }
        document.revision += 1;
    }
}

/// A view of anybody, with its days held to the record and its camera to the earth.
fn limited(view: View, extent: DaySpan) -> View {
    let camera = view.camera.map(camera::limited);
    View { window: kept(view.window, extent), camera, ..view }
}

/// The window held to the record: no part of it beyond the first and the last event.
fn kept(span: DaySpan, extent: DaySpan) -> DaySpan {
    let clamp = |d: Day| d.clamp(extent.first(), extent.last());
    DaySpan::between(clamp(span.first()), clamp(span.last()))
}

/// The window moved as far as the record goes, its length kept.
fn moved(window: DaySpan, days: i32, extent: DaySpan) -> DaySpan {
    let back = extent.first().number() - window.first().number();
    let ahead = extent.last().number() - window.last().number();
    let days = days.clamp(back.min(ahead), ahead.max(back));
    DaySpan::between(window.first().plus(days), window.last().plus(days))
}

/// The day of the next of some events after the window's last day, or of the one before it.
pub(crate) fn next_event_day(
    document: &Document,
    through: &Through,
    direction: i32,
) -> Option<Day> {
    let Document { dataset, view, selection, .. } = document;
    let last = view.window.last();
    match through {
        Through::Every => selection.day_counts().next_day(last, direction),
        _ => Stops::through(dataset, selection, through).next(last, direction).map(|s| s.day),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Document {
        let loaded = crate::data::load(None).unwrap();
        Document::new(loaded.dataset, loaded.problems)
    }

    fn check(commands: &[Command], from: &str, to: &str) {
        let mut d = document();
        for c in commands {
            update(&mut d, c.clone());
        }
        let window = d.view.window;
        assert_eq!(
            (window.first().to_string(), window.last().to_string()),
            (from.into(), to.into())
        );
        assert!(d.extent().encloses(window));
    }

    fn window(from: &str, to: &str) -> Command {
        Command::SetWindow(DaySpan::between(Day::parse(from).unwrap(), Day::parse(to).unwrap()))
    }

    /// The ends of the record.
    const FIRST: &str = "2019-10-11";
    const LAST: &str = "2022-12-25";

    #[test]
    fn the_window_never_leaves_the_record() {
        check(&[window("1990-01-01", "2020-01-10")], FIRST, "2020-01-10");
        check(
            &[window("2020-01-05", "2020-01-10"), Command::MoveWindow(-400)],
            FIRST,
            "2019-10-16",
        );
        check(
            &[window("2020-01-05", "2020-01-10"), Command::MoveWindow(90_000)],
            "2022-12-20",
            LAST,
        );
        check(&[Command::ShowAll, Command::MoveWindow(10)], FIRST, LAST);
    }

    #[test]
    fn stepping_goes_from_event_to_event_and_back() {
        let start = document();
        let mut days: Vec<String> = start
            .selection
            .counted()
            .map(|e| start.dataset.event(e).date.span.last().to_string())
            .collect();
        days.sort();
        days.dedup();
        let [.., before, last] = days.as_slice() else { panic!("{days:?}") };
        for pair in days.windows(2).step_by(days.len() / 8) {
            let here = window(&pair[0], &pair[0]);
            check(&[here.clone(), Command::StepEvent(1)], &pair[1], &pair[1]);
            check(&[here, Command::StepEvent(1), Command::StepEvent(-1)], &pair[0], &pair[0]);
        }
        check(&[window(last, last), Command::StepEvent(1)], last, last);
        check(&[window(last, last), Command::StepEvent(-1)], before, before);
    }

    #[test]
    fn the_record_opens_on_its_densest_spell() {
        check(&[], "2022-01-03", "2022-01-06");
    }

    #[test]
    fn in_day_mode_the_beginning_is_the_first_day_of_the_record() {
        let mut d = document();
        update(&mut d, Command::SetMode(Mode::Day));
        update(&mut d, Command::ToStart);
        assert_eq!(d.view.shown_span(&d.dataset), DaySpan::day(d.extent().first()));
    }

    #[test]
    fn a_command_that_changes_nothing_leaves_the_revision() {
        let mut d = document();
        let mode = d.view.mode;
        update(&mut d, Command::SetMode(mode));
        assert_eq!(d.revision, 0);
        update(&mut d, Command::SetMode(Mode::Day));
        assert_eq!(d.revision, 1);
    }
}
