//! One figure for each month or site of a view, from one command: which views they are, and their names.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::CliError;
use super::args::Resolved;
use crate::analysis::{Facet, View, month_spans, select, words};
use crate::domain::{Site, SiteIndex};

/// What there is a figure for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Each {
    /// The months of the window, those without an event too.
    Month,
    /// The sites with an event shown, by identifier.
    Site,
}

/// A figure of a series, or the only one.
#[derive(Clone, Debug)]
pub(super) struct Job {
    pub(super) view: View,
    pub(super) output: PathBuf,
    pub(super) title: Option<String>,
}

impl Each {
    /// What stands for it in a name and a title.
    pub(super) fn mark(self) -> &'static str {
        match self {
            Self::Month => "{month}",
            Self::Site => "{site}",
        }
    }
}

/// The figures of a view: one, or one for each month or site.
///
/// # Errors
///
/// [`CliError::Use`] when the name does not tell them apart, names something else, or there is nothing to make a
/// figure of.
pub(super) fn jobs(
    resolved: &Resolved,
    each: Option<Each>,
    output: &Path,
    title: Option<&str>,
) -> Result<Vec<Job>, CliError> {
    let Some(each) = each else {
        let title = title.map(str::to_owned);
        return Ok(vec![Job { view: resolved.view.clone(), output: output.to_owned(), title }]);
    };
    let (mark, shown) = (each.mark(), output.display());
    let pattern = output.to_str().unwrap_or_default();
    if !pattern.contains(mark) {
        return Err(CliError::Use(format!(
            "--each needs {mark} in the name of the figures, where what each is of comes to stand: {shown}"
        )));
    }
    checked(each, pattern, title)?;
    let parts = match each {
        Each::Month => months(resolved),
        Each::Site => sites(resolved),
    };
    if parts.is_empty() {
        return Err(CliError::Use(
            "--each: no event is shown, so there is nothing to make figures of; choose other days or another filter"
                .to_owned(),
        ));
    }
    let mut names = BTreeSet::new();
    let mut jobs = Vec::new();
    for (code, name, view) in parts {
        let output = PathBuf::from(pattern.replace(mark, &plain(&code)));
        if !names.insert(output.clone()) {
            return Err(CliError::Use(format!(
                "--each: two figures would be saved as {}; give the sites identifiers that differ in letters or digits",
                output.display()
            )));
        }
        jobs.push(Job { view, output, title: title.map(|t| t.replace(mark, &name)) });
    }
    Ok(jobs)
}

/// Refuses a name or a title with braces in which nothing comes to stand: they are meant to be something else.
fn checked(each: Each, pattern: &str, title: Option<&str>) -> Result<(), CliError> {
    let mark = each.mark();
    if pattern.chars().any(char::is_control) {
        return Err(CliError::Use(format!(
            "--each: a line break or another control character is in the name of the figures: {}",
            pattern.escape_debug()
        )));
    }
    if pattern.replace(mark, "").contains(['{', '}']) {
        return Err(CliError::Use(format!(
            "--each: only {mark} can stand in braces in the name of the figures: {pattern}"
        )));
    }
    let other = [Each::Month, Each::Site].map(Each::mark).into_iter().find(|other| *other != mark);
    match other {
        Some(other) if title.is_some_and(|title| title.contains(other)) => Err(CliError::Use(
            format!("--title: {other} has no meaning in a series with {mark} in its names"),
        )),
        _ => Ok(()),
    }
}

/// A code for file names, a name for people, and the view.
type Part = (String, String, View);

fn months(resolved: &Resolved) -> Vec<Part> {
    let Resolved { dataset, view, .. } = resolved;
    let of = month_spans(dataset).into_iter().filter_map(|month| {
        let window = month.shared(view.window)?;
        let date = month.first().date();
        let code = format!("{:04}-{:02}", date.year(), date.month());
        Some((code, words::month(month.first()), View { window, ..view.clone() }))
    });
    of.collect()
}

fn sites(resolved: &Resolved) -> Vec<Part> {
    let Resolved { dataset, view, .. } = resolved;
    let selection = select(dataset, view);
    let sites: BTreeSet<SiteIndex> =
        selection.places_shown().map(|(place, _)| place.site).collect();
    let mut sites: Vec<_> = sites.into_iter().map(|site| dataset.site(site)).collect();
    sites.sort_by(|a, b| a.id.cmp(&b.id));
    let part = |site: &Site| {
        let mut view = view.clone();
        view.filter.clear(Facet::Site);
        view.filter.toggle(Facet::Site, &site.id);
        (site.id.clone(), site.name.clone(), view)
    };
    sites.into_iter().map(part).collect()
}

/// A code as it can stand in the name of a file: nothing in it leads to another folder.
fn plain(code: &str) -> String {
    code.chars()
        .map(|c| if c.is_alphanumeric() || c == '-' || c == '_' { c } else { '-' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_identifier_leads_to_another_folder() {
        for (code, name) in [
            ("erbil-airport", "erbil-airport"),
            ("../../etc/passwd", "------etc-passwd"),
            ("a b\\c:d", "a-b-c-d"),
            ("قاعدة", "قاعدة"),
            ("2021-07", "2021-07"),
        ] {
            assert_eq!(plain(code), name);
        }
    }
}
