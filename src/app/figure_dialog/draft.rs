//! What a figure is to be made of, and what its file is called. Must not know a widget.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::analysis::{Camera, FigureSpec, Mode, Preset, Record, Selection, ThemeName, View};
use crate::data::project::ProjectFigure;
use crate::domain::DaySpan;
use crate::export::make::{FigureFormat, compose};
use crate::scene::basemap::BasemapLayers;
use crate::scene::camera;
use crate::scene::map::MapInput;
use crate::scene::text::Shaper;

/// What a person decided of the figure; with the view it is all that the figure depends on.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Draft {
    pub(crate) spec: FigureSpec,
    /// Colours, which need not be those of the window.
    pub(crate) theme: ThemeName,
    /// Arabic names beside the Latin ones.
    pub(crate) arabic: bool,
    /// Of a figure that was opened again: where the window looked then, and where the figure looks. As long as the
    /// window stays there the figure is what it was.
    pub(crate) reopened: Option<[Option<Camera>; 2]>,
}

impl Default for Draft {
    /// A slide in light colours.
    fn default() -> Self {
        let spec = FigureSpec::new(Preset::Slide.size().unwrap_or_default());
        Self { spec, theme: ThemeName::Light, arabic: true, reopened: None }
    }
}

impl From<ProjectFigure> for Draft {
    fn from(saved: ProjectFigure) -> Self {
        let ProjectFigure { spec, theme, arabic, reopened } = saved;
        let reopened = reopened.map(|both| both.map(|camera| camera.map(camera::limited)));
        Self { spec, theme, arabic, reopened }
    }
}

impl From<Draft> for ProjectFigure {
    fn from(draft: Draft) -> Self {
        let Draft { spec, theme, arabic, reopened } = draft;
        Self { spec, theme, arabic, reopened }
    }
}

impl Draft {
    /// The view that the figure shows, of the one that is looked at: what is picked is for the window alone.
    pub(crate) fn view(&self, view: &View) -> View {
        View { theme: self.theme, arabic: self.arabic, picked: None, ..view.clone() }
    }
}

/// All that a figure is made of, for another thread.
#[derive(Clone)]
pub(crate) struct Source {
    pub(crate) record: Arc<Record>,
    pub(crate) basemap: Arc<BasemapLayers>,
    pub(crate) view: View,
    pub(crate) selection: Arc<Selection>,
    pub(crate) spec: FigureSpec,
    /// Width and height of the map of which the view's camera is, in its points; `None` where the camera is that of
    /// the figure itself.
    pub(crate) seen_pt: Option<[f32; 2]>,
}

impl Source {
    /// The same with the figure's own camera: all that the window shows is on the figure, and as large as it can be.
    /// Takes as long as making the figure.
    pub(crate) fn settled(mut self, shaper: &mut Shaper) -> Self {
        if let (Some([width, height]), Some(camera)) = (self.seen_pt.take(), self.view.camera)
            && let Ok(figure) = compose(shaper, &self.input(), &self.spec)
        {
            let map = figure.map.rect;
            let larger = (map.width() / width).min(map.height() / height);
            let zoom = camera.zoom + f64::from(larger).log2();
            if zoom.is_finite() {
                self.view.camera = Some(Camera { zoom, ..camera });
            }
        }
        self
    }

    pub(crate) fn input(&self) -> MapInput<'_> {
        MapInput {
            dataset: &self.record,
            basemap: &self.basemap,
            view: &self.view,
            selection: &self.selection,
            still: true,
        }
    }
}

/// A name for the file of a figure, without its ending: `sitrep-2022-01-03-to-06`.
pub(crate) fn file_stem(record: &Record, view: &View) -> String {
    let shown = view.shown_span(record);
    let days = match view.mode {
        Mode::SinceStart => format!("until-{}", shown.last()),
        Mode::Window | Mode::Day => days(shown),
    };
    format!("sitrep-{days}")
}

/// Days as they can stand in a file name: what both ends share is said once.
fn days(span: DaySpan) -> String {
    let [first, last] = [span.first().to_string(), span.last().to_string()];
    if first == last {
        return first;
    }
    let parts = |day: &str| day.rsplitn(3, '-').map(str::to_owned).collect::<Vec<_>>();
    let (from, to) = (parts(&first), parts(&last));
    let rest =
        match (from.as_slice(), to.as_slice()) {
            ([_, month, year], [day, to_month, to_year]) if year == to_year => {
                if month == to_month { day.clone() } else { format!("{to_month}-{day}") }
            }
            _ => last,
        };
    format!("{first}-to-{rest}")
}

/// A name with the ending of a format: an ending of another format gives way, any other stays part of the name.
pub(crate) fn with_ending(name: &str, format: FigureFormat) -> String {
    format!("{}.{}", without_ending(name), format.ending())
}

/// A name without the ending of a format.
fn without_ending(name: &str) -> &str {
    let is_format = |ending: &str| {
        FigureFormat::ALL.iter().any(|format| format.ending().eq_ignore_ascii_case(ending))
    };
    match name.rsplit_once('.') {
        Some((stem, ending)) if is_format(ending) => stem,
        _ => name,
    }
}

/// The folder that is proposed: the person's folder of pictures where there is one, else the one that the program was
/// started in.
pub(crate) fn folder() -> PathBuf {
    let home = std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE"));
    let named = std::env::var_os("XDG_PICTURES_DIR").map(PathBuf::from);
    let pictures = home.map(|home| Path::new(&home).join("Pictures"));
    let of_person = [named, pictures].into_iter().flatten().find(|folder| folder.is_dir());
    of_person.or_else(|| std::env::current_dir().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::FigureSize;
    use crate::domain::Day;
    use crate::export::SvgText;

    #[test]
    fn a_figure_shows_all_the_ground_that_the_window_shows_and_hardly_more() {
        let record = Arc::new(crate::data::load(None).unwrap().dataset);
        let basemap = Arc::new(BasemapLayers::new(crate::data::basemap::load().unwrap()));
        let center = crate::domain::LonLat::new(44.0, 33.5).unwrap();
        let window = [620.0_f32, 390.0];
        for size in ["1920x1080", "600x1200", "2000x700"] {
            let view = View {
                camera: Some(Camera { center, zoom: 7.3 }),
                ..Draft::default().view(&View::opening(&record))
            };
            let source = Source {
                record: Arc::clone(&record),
                basemap: Arc::clone(&basemap),
                selection: Arc::new(crate::analysis::select(&record, &view)),
                view,
                spec: FigureSpec::new(FigureSize::parse(size, 96.0).unwrap()),
                seen_pt: Some(window),
            };
            let mut shaper = Shaper::new();
            let source = source.settled(&mut shaper);
            let figure = compose(&mut shaper, &source.input(), &source.spec).unwrap();
            let larger = (figure.map.camera.zoom - 7.3).exp2();
            let rect = figure.map.rect;
            let shares = [rect.width() / window[0], rect.height() / window[1]];
            let shares = shares.map(|share| f64::from(share) / larger);
            assert!(shares.iter().all(|share| *share > 0.97), "{size}: {shares:?} is cut");
            assert!(shares.iter().any(|share| *share < 1.03), "{size}: {shares:?} is lost in it");
        }
    }

    #[test]
    fn a_file_is_named_after_its_days() {
        for (from, to, name) in [
            ("2022-01-05", "2022-01-05", "2022-01-05"),
            ("2022-01-03", "2022-01-06", "2022-01-03-to-06"),
            ("2022-01-03", "2022-02-06", "2022-01-03-to-02-06"),
            ("2021-12-30", "2022-01-06", "2021-12-30-to-2022-01-06"),
        ] {
            let [from, to] = [from, to].map(|day| Day::parse(day).unwrap());
            assert_eq!(days(DaySpan::between(from, to)), name);
        }
    }

    #[test]
    fn a_format_changes_the_ending_and_nothing_else_of_a_name() {
        for (name, format, with) in [
            ("a.png", FigureFormat::Pdf, "a.pdf"),
            ("a", FigureFormat::Png, "a.png"),
            ("a.PNG", FigureFormat::Svg(SvgText::Live), "a.svg"),
            ("v1.2", FigureFormat::Png, "v1.2.png"),
            ("", FigureFormat::Png, ".png"),
        ] {
            assert_eq!(with_ending(name, format), with);
        }
    }
}
