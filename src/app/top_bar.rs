//! What the picture shows and how it counts, and the switches for its look.

use egui::Ui;

use super::actions::Asked;
use super::document::{Command, Document};
use super::keys::shortcuts;
use super::pen::Pen;
use crate::analysis::{Rule, ThemeName, words};
use crate::scene::theme::style;

pub(crate) fn show(ui: &mut Ui, pen: &mut Pen, document: &Document, asked: &mut Asked) {
    let view = &document.view;
    ui.horizontal(|ui| {
        ui.vertical(|ui| {
            let theme = pen.theme;
            let title = words::total(&document.dataset, view, &document.selection);
            let title = format!("{}: {title}", words::window(&document.dataset, view));
            pen.label(ui, &title, style::HEADING, theme.text);
            let mut sub =
                format!("Counted: {}. Days in {}.", view.rule.label(), document.dataset.time_zone);
            if let Some(left_out) = words::left_out(view, &document.selection) {
                sub.push_str(&format!(" In these days but not shown: {left_out}."));
            }
            pen.label(ui, &sub, style::BODY_SMALL, theme.text_muted);
        });
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.button("Help").on_hover_text("Keys and what they do (F1)").clicked() {
                asked.toggle_help = true;
            }
            let dark = view.theme == ThemeName::Dark;
            let name = if dark { "Light" } else { "Dark" };
            if ui.button(name).on_hover_text("Switch between light and dark").clicked() {
                asked.command(Command::SetTheme(if dark {
                    ThemeName::Light
                } else {
                    ThemeName::Dark
                }));
            }
            if ui
                .selectable_label(view.arabic, "Arabic names")
                .on_hover_text("Arabic names beside the Latin ones")
                .clicked()
            {
                asked.command(Command::SetArabic(!view.arabic));
            }
            for rule in Rule::ALL.into_iter().rev() {
                let (name, hint) = match rule {
                    Rule::Attacks => {
                        ("Attacks", "Count attacks on US and coalition forces, reported")
                    }
                    Rule::Everything => (
                        "Everything",
                        "Count every event in the record, strikes and seizures included",
                    ),
                };
                if ui.selectable_label(view.rule == rule, name).on_hover_text(hint).clicked() {
                    asked.command(Command::SetRule(rule));
                }
            }
            ui.weak("Count");
            if !document.problems.is_empty() {
                let n = document.problems.len();
                let list: Vec<_> =
                    document.problems.iter().take(12).map(ToString::to_string).collect();
                let warn = ui.visuals().warn_fg_color;
                ui.colored_label(warn, format!("{} problems in the data", words::thousands(n)))
                    .on_hover_text(list.join("\n"));
            }
        });
    });
}

/// The list of keys.
pub(crate) fn help(ctx: &egui::Context, open: &mut bool) {
    egui::Window::new("Keys").open(open).resizable(false).collapsible(false).show(ctx, |ui| {
        egui::Grid::new("keys").num_columns(2).spacing([24.0, 4.0]).show(ui, |ui| {
            for s in shortcuts() {
                ui.strong(s.keys_in_words);
                ui.label(s.what);
                ui.end_row();
            }
        });
        ui.separator();
        ui.label("Drag the edges of the window on the time strip, or its middle. The wheel over it makes it");
        ui.label("longer or shorter, a double click opens it over the whole record.");
        ui.label("Drag the map to move it; the wheel zooms. Click a site for its events and sources.");
    });
}
