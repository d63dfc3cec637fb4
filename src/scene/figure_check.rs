//! What somebody should look at before a figure is printed: computed from the finished figure, not from what was
//! asked for, so that what stands on paper is what was checked.
//!
//! A rule that cannot be computed truthfully is not here. Each remark says what is so, and what to do.

mod colours;
mod drawn;
mod marks;
mod rows;
mod words_set;

use serde::Serialize;

use super::figure::Figure;
use super::map::MapInput;
use super::theme::Theme;
use super::{Item, Rect};
use crate::analysis::FigureSpec;
use drawn::Drawn;

/// How much a remark matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The figure says what is not so, or leaves out what must be on it.
    Error,
    /// A reader may not see, or may misread, a part of it.
    Warning,
    /// To be known; the figure says it itself.
    Note,
}

impl Severity {
    /// Plain name.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// Something to be looked at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Remark {
    /// How much it matters.
    pub severity: Severity,
    /// A name that stays: `text-too-small`.
    pub code: &'static str,
    /// What is so, as a sentence.
    pub what: String,
    /// What to do, as a sentence.
    pub advice: String,
}

impl Remark {
    /// Whether the figure should not go out as it is.
    #[must_use]
    pub fn is_problem(&self) -> bool {
        self.severity != Severity::Note
    }
}

/// A figure with what it was made from.
#[derive(Clone, Copy)]
struct Checked<'a> {
    figure: &'a Figure,
    input: &'a MapInput<'a>,
    spec: &'a FigureSpec,
    theme: &'static Theme,
    drawn: &'a Drawn<'a>,
}

impl Checked<'_> {
    /// Where the map can be seen, in points of the scene.
    fn map_rect(&self) -> Option<Rect> {
        self.figure.scene.items.iter().find_map(|item| match item {
            Item::Group(group) if group.id == "map" => group.clip,
            _ => None,
        })
    }
}

/// What is to be looked at in a figure, the worst first.
#[must_use]
pub fn check(figure: &Figure, input: &MapInput<'_>, spec: &FigureSpec) -> Vec<Remark> {
    let drawn = Drawn::of(&figure.scene);
    let theme = Theme::of(input.view.theme);
    let checked = Checked { figure, input, spec, theme, drawn: &drawn };
    let mut remarks = Vec::new();
    rows::check(&checked, &mut remarks);
    marks::check(&checked, &mut remarks);
    colours::check(&checked, &mut remarks);
    words_set::check(&checked, &mut remarks);
    remarks.sort_by_key(|remark| remark.severity);
    remarks
}

fn remark(
    severity: Severity,
    code: &'static str,
    what: impl Into<String>,
    advice: impl Into<String>,
) -> Remark {
    Remark { severity, code, what: what.into(), advice: advice.into() }
}

/// "1 text", "3 texts".
fn number(n: usize, noun: &str) -> String {
    let s = if n == 1 { "" } else { "s" };
    format!("{} {noun}{s}", crate::analysis::words::thousands(n))
}
