//! The controls of the figure dialog: each is bound to one value of the draft.

use egui::{Grid, RichText, Ui};

use super::super::document::Document;
use super::super::pen::{Icon, Pen};
use super::draft::{Draft, Source};
use super::rows::{choice, heading, row, text};
use super::saving::megabytes;
use super::size_fields::SizeFields;
use crate::analysis::figure_spec::MAX_CALLOUTS;
use crate::analysis::{
    Callout, CalloutAt, FigurePart, FigureSize, FigureSpec, LabelDensity, Panels, Pick, ThemeName,
    Unit, words,
};
use crate::domain::SiteIndex;
use crate::scene::figure::subtitle;
use crate::scene::figure_panels::title;
use crate::scene::theme::style;

/// Colours that a figure can have, with their plain names.
const THEMES: [(ThemeName, &str); 4] = [
    (ThemeName::Light, "Light"),
    (ThemeName::Dark, "Dark"),
    (ThemeName::Print, "Print"),
    (ThemeName::Greyscale, "Greys"),
];

/// Draws all of them.
pub(super) fn show(
    ui: &mut Ui,
    pen: &mut Pen,
    document: &Document,
    draft: &mut Draft,
    (size, largest): (&mut SizeFields, Option<SiteIndex>),
    source: &Source,
) {
    heading(ui, pen, "Size");
    size.show(ui, &mut draft.spec.size);
    match size.wrong() {
        // Below the fields and not in their row, which would grow with it.
        Some(wrong) => {
            let words = format!("{wrong}; the preview keeps the size before it");
            let words = RichText::new(words).color(ui.visuals().error_fg_color);
            ui.add(egui::Label::new(words).wrap());
        }
        None => row(ui, "", |ui, _| {
            ui.weak(dimensions(&draft.spec.size));
        }),
    }
    heading(ui, pen, "Words");
    typed_words(ui, draft, source);
    heading(ui, pen, "Look");
    look(ui, draft);
    heading(ui, pen, "Parts");
    parts(ui, draft);
    heading(ui, pen, "Callouts");
    callouts(ui, pen, document, draft, largest);
}

/// A size in pixels and on paper, and what it takes to make so many pixels where that is much.
fn dimensions(size: &FigureSize) -> String {
    const MUCH: usize = 50_000_000;
    let [width, height] = size.pixels();
    let [wide, high] =
        [size.width(), size.height()].map(|l| l.to(Unit::Mm, size.dpi()).number.round());
    let mut told = format!("{width} × {height} px, {wide} × {high} mm");
    // Four bytes of a pixel to paint it and three to encode it.
    let bytes = u64::from(width) * u64::from(height) * 7;
    let bytes = usize::try_from(bytes).unwrap_or(usize::MAX);
    if bytes > MUCH {
        told.push_str(&format!("; as PNG {} of memory", megabytes(bytes)));
    }
    told
}

/// Title and subtitle; what the view has by itself stands in them until something is typed.
fn typed_words(ui: &mut Ui, draft: &mut Draft, source: &Source) {
    let input = source.input();
    let spec = &mut draft.spec;
    let title = title(&input, &FigureSpec { title: None, ..spec.clone() });
    row(ui, "Title", |ui, id| {
        optional(ui, &mut spec.title, |ui, typed| text(ui, id, typed, &title).changed());
    });
    let automatic = subtitle(&input, spec.title.is_none());
    row(ui, "Subtitle", |ui, id| {
        optional(ui, &mut spec.subtitle, |ui, typed| {
            let width = ui.available_width();
            let edit = egui::TextEdit::multiline(typed).desired_rows(3).desired_width(width);
            ui.add(edit.hint_text(automatic)).labelled_by(id).changed()
        });
    });
}

/// Lets a text be edited that is `None` while it is empty. What is typed has no line breaks.
fn optional(
    ui: &mut Ui,
    value: &mut Option<String>,
    edit: impl FnOnce(&mut Ui, &mut String) -> bool,
) {
    let mut typed = value.clone().unwrap_or_default();
    if edit(ui, &mut typed) {
        let typed = typed.replace(['\n', '\r', '\t'], " ");
        *value = (!typed.trim().is_empty()).then_some(typed);
    }
}

fn look(ui: &mut Ui, draft: &mut Draft) {
    row(ui, "Colours", |ui, _| {
        for (theme, name) in THEMES {
            ui.selectable_value(&mut draft.theme, theme, name);
        }
    });
    row(ui, "Names", |ui, id| {
        let labels = &mut draft.spec.labels;
        choice(ui, ("labels", id), labels, LabelDensity::ALL, LabelDensity::label);
    });
    row(ui, "", |ui, _| {
        ui.checkbox(&mut draft.arabic, "Arabic names beside the Latin ones");
    });
    row(ui, "Maps", |ui, id| {
        let all = [None, Some(Panels::Week), Some(Panels::Month), Some(Panels::Site)];
        choice(ui, ("panels", id), &mut draft.spec.panels, all, |panels| match panels {
            None => "One map",
            Some(Panels::Week) => "One for each week",
            Some(Panels::Month) => "One for each month",
            Some(Panels::Site) => "One for each site",
        });
    });
}

fn parts(ui: &mut Ui, draft: &mut Draft) {
    let width = ui.available_width() / 2.0 - 4.0;
    Grid::new("parts").num_columns(2).min_col_width(width).spacing([8.0, 0.0]).show(ui, |ui| {
        for pair in FigurePart::ALL.chunks(2) {
            for &part in pair {
                let mut wanted = draft.spec.has(part);
                if ui.checkbox(&mut wanted, part.label()).changed() {
                    draft.spec = draft.spec.clone().with(part, wanted);
                }
            }
            ui.end_row();
        }
    });
}

fn callouts(
    ui: &mut Ui,
    pen: &mut Pen,
    document: &Document,
    draft: &mut Draft,
    largest: Option<SiteIndex>,
) {
    let callouts = &mut draft.spec.callouts;
    let mut removed = None;
    for (number, callout) in callouts.iter_mut().enumerate() {
        let of = place(document, &callout.at);
        ui.horizontal(|ui| {
            let width = ui.available_width() - ui.spacing().interact_size.y - 8.0;
            pen.label_within(ui, &of, width, style::BODY_SMALL, pen.theme.text);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let remove = format!("Remove the callout at {of}");
                if pen.icon_button(ui, Icon::Close, &remove).clicked() {
                    removed = Some(number);
                }
            });
        });
        let width = ui.available_width();
        let computed = computed(document, &callout.at);
        optional(ui, &mut callout.text, |ui, typed| {
            let edit = egui::TextEdit::singleline(typed).desired_width(width);
            let edit = edit.id_salt(("callout", number)).hint_text(computed);
            ui.add(edit).changed()
        });
    }
    if let Some(number) = removed {
        callouts.remove(number);
    }
    let picked = match &document.view.picked {
        Some(Pick::Site(id)) => Some((CalloutAt::Site(id.clone()), "Add the picked site")),
        Some(Pick::Event(id)) => Some((CalloutAt::Event(id.clone()), "Add the picked event")),
        _ => None,
    };
    let nothing_picked = picked.is_none();
    let most = || {
        let site = document.dataset.site(largest?);
        Some((CalloutAt::Site(site.id.clone()), "Add the site with most events"))
    };
    let at = picked.or_else(most);
    let is_new = |at: &CalloutAt| callouts.iter().all(|callout| callout.at != *at);
    if let Some((at, words)) = at.filter(|(at, _)| is_new(at) && callouts.len() < MAX_CALLOUTS) {
        let named = place(document, &at);
        if ui.button(words).on_hover_text(named).clicked() {
            callouts.push(Callout { at, text: None });
        }
    }
    if nothing_picked && callouts.len() < MAX_CALLOUTS {
        let words = "Pick a site or an event in the window to point at it with a note.";
        pen.paragraph(ui, words, style::BODY_SMALL, pen.theme.text_muted);
    }
}

/// What a callout says while nothing is typed.
fn computed(document: &Document, at: &CalloutAt) -> String {
    let (record, selection) = (&document.dataset, &document.selection);
    match at {
        CalloutAt::Event(_) => "Its date, weapon, casualties and number of sources".to_owned(),
        CalloutAt::Site(id) => record.find_site(id).map_or_else(String::new, |site| {
            let [certain, possible] = selection.count_at(record, site);
            let noun = document.view.rule.noun(certain.max(possible));
            format!("{}: {} {noun}", record.site(site).name, words::count(certain, possible))
        }),
    }
}

/// What a callout points at, by name; by identifier where the record does not have it.
fn place(document: &Document, at: &CalloutAt) -> String {
    let record = &document.dataset;
    let found = match at {
        CalloutAt::Site(id) => record.find_site(id).map(|site| record.site(site).name.clone()),
        CalloutAt::Event(id) => record.find_event(id).map(|event| {
            let event = record.event(event);
            format!("{}, {}", record.site(event.site).name, event.date.span.first())
        }),
    };
    found.unwrap_or_else(|| match at {
        CalloutAt::Site(id) | CalloutAt::Event(id) => {
            format!("{id}, which this record does not have")
        }
    })
}
