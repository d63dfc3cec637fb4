//! One site: what it is, how well its place is known, its history, and its events with every source.

use egui::{ScrollArea, Ui};

use super::actions::Asked;
use super::document::{Command, Document};
use super::facts;
use super::pen::{Icon, Pen};
use crate::analysis::{Certainty, event_words, month_spans, site_months, words};
use crate::domain::{Code as _, Damage, EventIndex, Site, SiteIndex};
use crate::scene::strip::{AXIS_HEIGHT, StripLayout};
use crate::scene::theme::style;
use crate::scene::{Rect, glyph, shapes, strip_axis};

pub(crate) fn show(
    ui: &mut Ui,
    pen: &mut Pen,
    document: &Document,
    index: SiteIndex,
    asked: &mut Asked,
) {
    let site = document.dataset.site(index);
    let theme = pen.theme;
    let frame = egui::Frame::new().inner_margin(egui::Margin::symmetric(14, 10));
    ScrollArea::vertical().id_salt(("site", &site.id)).auto_shrink(false).show(ui, |ui| {
        frame.show(ui, |ui| {
            ui.horizontal_top(|ui| {
                let width = (ui.available_width() - 36.0).max(80.0);
                ui.allocate_ui_with_layout(
                    egui::vec2(width, 0.0),
                    egui::Layout::top_down(egui::Align::Min),
                    |ui| {
                        pen.paragraph(ui, &site.name, style::HEADING, theme.text);
                    },
                );
                if pen.icon_button(ui, Icon::Close, "Back to the list (Esc)").clicked() {
                    asked.command(Command::Select(None));
                }
            });
            if let Some(name) = &site.name_ar {
                pen.label(ui, name, style::HEADING, theme.text_muted);
            }
            ui.add_space(2.0);
            about(ui, pen, site);
            ui.add_space(6.0);
            history(ui, pen, document, index);
            events(ui, pen, document, index);
        });
    });
}

fn about(ui: &mut Ui, pen: &mut Pen, site: &Site) {
    let theme = pen.theme;
    if let Some(text) = &site.description {
        pen.paragraph(ui, text, style::BODY, theme.text);
        ui.add_space(3.0);
    }
    let area = site.admin1.as_ref().map_or_else(String::new, |a| format!("{a}, "));
    facts::fact(
        ui,
        pen,
        "Place",
        &format!("{}; {area}{}", site.kind, words::place_code(&site.country)),
    );
    let position = site.position.map_or_else(
        || "unknown".to_owned(),
        |p| {
            let at = format!("{:.4}° N, {:.4}° E", p.lat(), p.lon());
            if !site.precision.is_point() {
                return format!(
                    "{}; the point on the map ({at}) only stands for it",
                    site.precision.label()
                );
            }
            let radius = site.radius_m.map_or_else(String::new, |r| {
                format!(", the place lies within {:.1} km", r / 1000.0)
            });
            let checked =
                if site.verified { "checked against a second source" } else { "an estimate" };
            format!("{at}: {}{radius}; {checked}", site.precision.label())
        },
    );
    facts::fact(ui, pen, "Position", &position);
    if let Some(text) = &site.coord_source {
        facts::fact(ui, pen, "Position from", text);
    }
    if let Some(text) = &site.used_by {
        facts::fact(ui, pen, "Used by", text);
    }
    match (&site.from, &site.to) {
        (None, None) => {}
        (from, to) => {
            let or = |d: &Option<String>| d.clone().unwrap_or_else(|| "not known".to_owned());
            facts::fact(ui, pen, "Hosted forces", &format!("from {} to {}", or(from), or(to)));
        }
    }
    if !site.aliases.is_empty() {
        facts::fact(ui, pen, "Also written", &site.aliases.join(", "));
    }
}

fn history(ui: &mut Ui, pen: &mut Pen, document: &Document, index: SiteIndex) {
    let (dataset, view) = (&document.dataset, &document.view);
    let selection = &document.selection;
    let counted: Vec<_> = dataset
        .events_at(index)
        .iter()
        .filter(|e| selection.counts(**e))
        .map(|e| dataset.event(*e))
        .collect();
    let here = selection.at(index);
    let certain = here.iter().filter(|s| s.certainty == Certainty::Certain).count();
    let noun = |n| view.rule.noun(n);
    let days = words::span(document.selection.days);
    facts::fact(
        ui,
        pen,
        "In the window",
        &format!("{} {} ({days})", words::count(certain, here.len() - certain), noun(certain)),
    );
    facts::fact(
        ui,
        pen,
        "In the record",
        &format!("{} {}", words::thousands(counted.len()), noun(counted.len())),
    );
    if let (Some(first), Some(last)) =
        (counted.first(), counted.iter().max_by_key(|e| e.date.span.last()))
    {
        facts::fact(
            ui,
            pen,
            "First, last",
            &format!("{}; {}", words::event_date(&first.date), words::event_date(&last.date)),
        );
    }
    let spans = month_spans(dataset);
    let [first, .., last] = spans.as_slice() else { return };
    let months = site_months(dataset, selection, view.window, index, &spans);
    let (width, height) = (ui.available_width(), 30.0 + AXIS_HEIGHT);
    let theme = pen.theme;
    let bars = Rect { min: [1.0, 1.0], max: [width - 1.0, height - AXIS_HEIGHT] };
    let mut items =
        vec![shapes::filled(Rect::from_min_size([0.0, 0.0], width, height), theme.panel)];
    let layout = StripLayout::of_bars(first.join(*last), bars);
    glyph::history(theme, &months, &layout, &mut items);
    strip_axis::axis(&mut pen.shaper, theme, &layout, &mut items);
    let name = format!("{} by month; the months of the window are strong", noun(2));
    pen.picture(ui, [width, height], &name, items).on_hover_text(&name);
}

fn events(ui: &mut Ui, pen: &mut Pen, document: &Document, index: SiteIndex) {
    let dataset = &document.dataset;
    for event in dataset.events_at(index).iter().rev() {
        ui.add_space(8.0);
        ui.separator();
        card(ui, pen, document, *event);
    }
}

fn card(ui: &mut Ui, pen: &mut Pen, document: &Document, index: EventIndex) {
    let dataset = &document.dataset;
    let event = dataset.event(index);
    let theme = pen.theme;
    let standing = standing(document, index);
    let in_window = standing.is_none();
    ui.horizontal(|ui| {
        facts::event_mark(ui, pen, event);
        let color = if in_window { theme.text } else { theme.text_muted };
        pen.label(ui, &words::event_date(&event.date), style::BODY_STRONG, color);
    });
    ui.horizontal_wrapped(|ui| {
        facts::chip(ui, pen, event.status.label(), true);
        facts::chip(ui, pen, &format!("confidence {}", event.confidence.label()), false);
        if let Some(standing) = standing {
            facts::chip(ui, pen, standing, false);
        }
    });
    ui.add_space(2.0);
    pen.paragraph(ui, &event.summary, style::BODY, theme.text);
    ui.add_space(3.0);
    let mut fact = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            facts::fact(ui, pen, name, &value);
        }
    };
    fact("What", Some(event.direction.label().to_owned()));
    fact("Date", Some(event.date.precision.label().to_owned()));
    fact(
        "Weapon",
        Some(match &event.weapon_detail {
            Some(detail) => format!("{} ({detail})", event_words::weapon(event)),
            None => event_words::weapon(event),
        }),
    );
    fact("Intercepted", event.intercepted.map(crate::domain::CountRange::words));
    fact("Where", facts::place_words(dataset, event));
    fact("Target", event.target.clone());
    fact("Casualties", Some(event_words::casualties(event)));
    fact("Damage", (event.damage != Damage::Unknown).then(|| event.damage.label().to_owned()));
    fact("Outcome", event.outcome.clone());
    let by = event.attributed_by.as_ref().map_or_else(String::new, |by| format!(" (by {by})"));
    fact(
        "Attributed to",
        Some(
            event_words::actors(dataset, &event.attributed_to)
                .map_or_else(|| "nobody, as far as reported".to_owned(), |a| a + &by),
        ),
    );
    fact(
        "Claimed by",
        Some(
            event_words::actors(dataset, &event.claimed_by)
                .unwrap_or_else(|| "nobody, as far as reported".to_owned()),
        ),
    );
    for link in dataset.links.iter().filter(|l| l.from == index) {
        let other = dataset.event(link.to);
        let who = event_words::publishers(dataset, &link.asserted_by);
        let text = format!(
            "{} {}, {}, according to {}",
            link.kind.label(),
            dataset.site(other.site).name,
            words::event_date(&other.date),
            who
        );
        fact("Tied to", Some(text));
    }
    fact("Doubts", event.note.clone());
    facts::reports(ui, pen, dataset, index, in_window);
}

/// Why an event of the site is not among those shown; `None` when it is.
fn standing(document: &Document, index: EventIndex) -> Option<&'static str> {
    let Document { dataset, view, selection, .. } = document;
    match selection.at(dataset.event(index).site).iter().find(|s| s.event == index) {
        Some(s) if s.certainty == Certainty::Possible => Some("possible in this window"),
        Some(_) => None,
        None if selection.counts(index) => Some("not in this window"),
        None if view.rule.counts(dataset, index) => Some("held back by the filter"),
        None => Some("not counted by the rule"),
    }
}
