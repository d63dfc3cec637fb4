//! What a figure is to be made of, and what its file is called. Must not know a widget.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::analysis::{FigureSize, FigureSpec, Mode, Record, Selection, ThemeName, View};
use crate::domain::DaySpan;
use crate::export::make::FigureFormat;
use crate::scene::basemap::BasemapLayers;
use crate::scene::map::MapInput;

/// What a person decided of the figure; with the view it is all that the figure depends on.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Draft {
    pub(crate) spec: FigureSpec,
    /// Colours, which need not be those of the window.
    pub(crate) theme: ThemeName,
    /// Arabic names beside the Latin ones.
    pub(crate) arabic: bool,
}

impl Default for Draft {
    /// A slide in light colours.
    fn default() -> Self {
        let spec = FigureSpec::new(FigureSize::default());
        Self { spec, theme: ThemeName::Light, arabic: true }
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
}

impl Source {
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
    use crate::domain::Day;
    use crate::export::SvgText;

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
