//! The sources of an event: what each says, where they differ, and the way to the page itself.

use egui::{Sense, Ui};

use super::card;
use super::pen::Pen;
use super::visuals::color;
use crate::analysis::event_words;
use crate::analysis::evidence::{self, Compared, Point};
use crate::domain::{Code as _, Dataset, EventIndex, Report, SourceIndex, Stance};
use crate::scene::text::TextStyle;
use crate::scene::theme::style;

/// What the reports say of the same points side by side: numbers in columns, date and place in words
/// below them; what differs from most is marked.
pub(crate) fn differences(ui: &mut Ui, pen: &mut Pen, dataset: &Dataset, index: EventIndex) {
    const NUMBER: f32 = 62.0;
    let compared = evidence::compare(dataset, index);
    let reports = dataset.reports_of(index);
    if reports.len() < 2 || compared.is_empty() {
        return;
    }
    let theme = pen.theme;
    card::section(ui, pen, "Side by side");
    let differs = compared.iter().any(|c| c.marked.contains(&true));
    let hint = if differs {
        "What differs from most reports is marked"
    } else {
        "Sources do not differ in these"
    };
    pen.label(ui, hint, style::BODY_SMALL, theme.text_muted);
    let (words, numbers): (Vec<&Compared>, Vec<&Compared>) =
        compared.iter().partition(|c| matches!(c.point, Point::Date | Point::Place));
    #[expect(clippy::cast_precision_loss, reason = "a handful of columns")]
    let first = (ui.available_width() - NUMBER * numbers.len() as f32).max(90.0);
    if !numbers.is_empty() {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            ui.add_space(first);
            for column in &numbers {
                let head = column.point.label();
                cell(ui, pen, NUMBER, (head, style::SMALL_STRONG), false);
            }
        });
    }
    for (i, report) in reports.iter().enumerate() {
        if compared.iter().all(|c| c.said[i].is_none()) {
            continue;
        }
        ui.add_space(3.0);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let publisher = dataset.source(report.source).publisher.as_str();
            cell(ui, pen, first, (publisher, style::BODY_SMALL), false);
            for column in &numbers {
                let said = column.said[i].as_deref();
                let look = (said.unwrap_or("–"), style::BODY_SMALL);
                cell(ui, pen, NUMBER, look, column.marked[i]);
            }
        });
        let said: Vec<_> = words.iter().filter_map(|c| c.said[i].as_deref()).collect();
        if !said.is_empty() {
            let marked = words.iter().any(|c| c.marked[i]);
            let color = if marked { theme.text } else { theme.text_muted };
            plate(ui, pen, marked, |ui, pen| {
                pen.paragraph(ui, &said.join("; "), style::BODY_SMALL, color);
            });
        }
    }
}

/// A cell of some width; marked with a ground of its own.
fn cell(ui: &mut Ui, pen: &mut Pen, width: f32, (text, look): (&str, TextStyle), marked: bool) {
    let down = egui::Layout::top_down(egui::Align::Min);
    ui.allocate_ui_with_layout(egui::vec2(width, 0.0), down, |ui| {
        ui.set_width(width);
        let color = pen.theme.text;
        plate(ui, pen, marked, |ui, pen| {
            ui.set_max_width(width - 6.0);
            pen.paragraph(ui, text, look, color);
        });
    });
}

fn plate(ui: &mut Ui, pen: &mut Pen, marked: bool, content: impl FnOnce(&mut Ui, &mut Pen)) {
    let fill = if marked { color(pen.theme.accent_soft) } else { egui::Color32::TRANSPARENT };
    egui::Frame::new().fill(fill).corner_radius(2).show(ui, |ui| content(ui, pen));
}

/// Every report: who published it and when, what it does with the event, and what it says.
pub(crate) fn list(ui: &mut Ui, pen: &mut Pen, dataset: &Dataset, index: EventIndex) {
    let reports = dataset.reports_of(index);
    let title = match reports.len() {
        1 => "1 report".to_owned(),
        n => format!("{n} reports"),
    };
    card::section(ui, pen, &title);
    for report in reports {
        one(ui, pen, dataset, report);
    }
}

/// One report, with the way to its page.
pub(crate) fn one(ui: &mut Ui, pen: &mut Pen, dataset: &Dataset, report: &Report) {
    let theme = pen.theme;
    let source = dataset.source(report.source);
    let head = event_words::source(source, report.said().locator.as_deref());
    let response = pen.paragraph(ui, &head, style::BODY_SMALL_STRONG, theme.text);
    let about = match &source.note {
        Some(note) => format!("{}\n{note}", source.title),
        None => source.title.clone(),
    };
    pen.hover(response.interact(Sense::hover()), &about);
    let mut does = report.stance.label().to_owned();
    if let Some(speaker) = &report.said().speaker {
        does.push_str(&format!(", quoting {speaker}"));
    }
    for (what, actors) in [
        ("attributes it to", &report.said().attributed_to),
        ("names as claimant", &report.said().claimed_by),
    ] {
        if let Some(actors) = actors {
            does.push_str(&format!("; {what} {}", evidence::named_actors(dataset, actors)));
        }
    }
    if report.stance != Stance::Reports || does != Stance::Reports.label() {
        let does = crate::analysis::words::capitalised(&does);
        pen.paragraph(ui, &does, style::BODY_SMALL, theme.text);
    }
    pen.paragraph(ui, &event_words::report(report), style::BODY_SMALL, theme.text_muted);
    links(ui, pen, dataset, report.source);
    ui.add_space(6.0);
}

/// The way to a source's page, and its citation.
pub(crate) fn links(ui: &mut Ui, pen: &mut Pen, dataset: &Dataset, index: SourceIndex) {
    let source = dataset.source(index);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 14.0;
        // Only an address of the web goes to the browser.
        if let Some(url) = source.url.as_ref().filter(|u| is_web(u)) {
            let open = pen.link(ui, "Open the page", style::BODY_SMALL);
            if pen.hover(open, &format!("Opens in the browser: {url}")).clicked() {
                ui.ctx().open_url(egui::OpenUrl::new_tab(url));
            }
        }
        if pen.link(ui, "Copy the citation", style::BODY_SMALL).clicked() {
            ui.ctx().copy_text(evidence::citation(dataset, index));
        }
    });
}

fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}
