//! The words of a figure: title, subtitle, notes and credits.

use super::map::MapInput;
use super::sheet::Words;
use super::strip::StripLayout;
use crate::analysis::{FigurePart, FigureSpec, Mode, coverage, words};
use crate::domain::basemap::Basemap;

/// The title that a view has by itself.
#[must_use]
pub fn default_title(input: &MapInput<'_>) -> String {
    let dataset = input.dataset;
    let own = format!("Events in {}", dataset.title);
    let noun =
        if dataset.classes.are_directions() { input.view.rule.title() } else { own.as_str() };
    let shown = input.view.shown_span(input.dataset);
    let mut title = match input.view.mode {
        Mode::SinceStart => format!("{noun} until {}", words::day(shown.last())),
        _ => format!("{noun}, {}", words::span(shown)),
    };
    if !input.view.filter.is_empty() {
        title.push_str(&format!(" (only {})", input.view.filter.words(input.dataset)));
    }
    title
}

/// Window, counts, rule and zone: what a reader must know to quote the picture. With `said`, without
/// the days that the title of the view says already.
#[must_use]
pub fn subtitle(input: &MapInput<'_>, said: bool) -> String {
    let MapInput { dataset, view, selection, .. } = *input;
    let shown = view.shown_span(dataset);
    let days = match (said, view.mode) {
        (false, _) => words::window(dataset, view),
        (true, Mode::Window) => format!("window of {}", words::days(shown)),
        (true, Mode::SinceStart) => words::since_start(dataset, view),
        (true, Mode::Day) => "one day".to_owned(),
    };
    let counted =
        [days, words::total(view, selection)].map(|part| (!part.is_empty()).then_some(part));
    let counted = counted.into_iter().flatten().collect::<Vec<_>>().join("; ");
    let only = match &view.filter {
        filter if said || filter.is_empty() => String::new(),
        filter => format!(" Only {}.", filter.words(dataset)),
    };
    format!(
        "{}.{only} Counted: {}. Days in {}.",
        words::capitalised(&counted),
        view.rule.label(),
        words::zone(&dataset.time_zone),
    )
}

/// The line that credits the basemap and the record.
#[must_use]
pub fn credit_line(basemap: &Basemap) -> String {
    let works: Vec<_> = basemap.credits.iter().map(|c| c.text.as_str()).collect();
    format!("Map: {}", works.join("; "))
}

/// The record and its version, who says so, and what the picture leaves out, as far as the figure carries that; with a
/// time strip also what is drawn on its axis. `remarks` say what of the figure found no room.
#[must_use]
pub fn notes(input: &MapInput<'_>, spec: &FigureSpec, strip: bool, remarks: &[String]) -> String {
    let dataset = input.dataset;
    let mut told = Vec::new();
    if spec.subtitle.is_some() {
        told.push(subtitle(input, spec.title.is_none()));
    }
    told.push(format!("Record: {} {}.", dataset.title, dataset.version));
    let with_notes = spec.has(FigurePart::Notes);
    if with_notes && let Some(left_out) = words::left_out(input.view, input.selection) {
        told.push(format!("In these days but not shown: {left_out}."));
    }
    if spec.has(FigurePart::Sources) {
        told.push(words::sources(dataset, input.selection));
    }
    if with_notes {
        told.push(words::cautions(dataset, input.view, input.selection));
        let axis = StripLayout::axis_for_figure(dataset, input.view);
        if strip && coverage::notes_of(dataset, axis).any(|note| note.filter.is_none()) {
            told.push("Where the time axis is underlined in grey, the record is thin.".to_owned());
        }
    }
    told.extend(remarks.iter().cloned());
    if with_notes {
        told.push("A glyph stands for a site or for several near each other; it does not locate an impact. Absence from the record is not calm.".to_owned());
    }
    told.retain(|part| !part.is_empty());
    told.join(" ")
}

/// All words of a figure.
pub(super) fn of(input: &MapInput<'_>, spec: &FigureSpec, remarks: &[String]) -> Words {
    let said = spec.title.is_none();
    Words {
        title: spec.title.clone().unwrap_or_else(|| default_title(input)),
        subtitle: spec.subtitle.clone().unwrap_or_else(|| subtitle(input, said)),
        notes: [false, true].map(|strip| notes(input, spec, strip, remarks)),
        credits: credit_line(&input.basemap.data),
    }
}
