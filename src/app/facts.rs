//! Parts that the list and the site panel share: an event's mark, facts with their names, sources.

use egui::Ui;

use super::pen::Pen;
use crate::analysis::event_words;
use crate::analysis::place::{self, Place, PlaceClass};
use crate::domain::{Code as _, Dataset, Direction, Event, Status, WeaponFamily};
use crate::scene::text::TextStyle;
use crate::scene::theme::{Theme, style};
use crate::scene::{Circle, Dash, Item, Rgba, Stroke, shapes};

/// Side of an event's mark in points.
pub(crate) const MARK: f32 = 22.0;

/// The mark of an event: shape for the weapon, colour for the class, ring for the status.
pub(crate) fn event_mark(ui: &mut Ui, pen: &mut Pen, dataset: &Dataset, event: &Event) {
    let class = dataset.classes.label(event.direction);
    let name = format!("{class}, {}", event.weapon.family().label());
    let items = mark_items(pen.theme, event.direction, event.weapon.family(), event.status);
    pen.picture(ui, [MARK, MARK], &name, items).on_hover_text(format!(
        "{}; {}; {}",
        class,
        event.weapon.label(),
        event.status.label()
    ));
}

fn mark_items(
    theme: &Theme,
    direction: Direction,
    family: WeaponFamily,
    status: Status,
) -> Vec<Item> {
    let center = [MARK / 2.0, MARK / 2.0];
    let color = theme.class(direction);
    let dash = match status {
        Status::Confirmed => None,
        Status::Reported | Status::Claimed => Some(Dash { on: 3.0, off: 2.0 }),
        Status::Contested | Status::Denied => Some(Dash { on: 1.0, off: 2.0 }),
    };
    vec![
        Item::Circle(Circle {
            center,
            radius: 9.5,
            fill: None,
            stroke: Some(Stroke { dash, ..Stroke::solid(color, 1.2) }),
        }),
        shapes::symbol(family, center, 5.0, color),
    ]
}

/// A fact: its name in a narrow column, its value beside it.
pub(crate) fn fact(ui: &mut Ui, pen: &mut Pen, name: &str, value: &str) {
    let color = pen.theme.text;
    named(ui, pen, name, |ui, pen| {
        pen.paragraph(ui, value, style::BODY_SMALL, color);
    });
}

/// Anything beside its name in a narrow column.
pub(crate) fn named(
    ui: &mut Ui,
    pen: &mut Pen,
    name: &str,
    content: impl FnOnce(&mut Ui, &mut Pen),
) {
    const NAME_WIDTH: f32 = 92.0;
    let theme = pen.theme;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.allocate_ui_with_layout(
            egui::vec2(NAME_WIDTH, 0.0),
            egui::Layout::top_down(egui::Align::Min),
            |ui| {
                ui.set_min_width(NAME_WIDTH);
                pen.label(ui, name, style::BODY_SMALL, theme.text_muted);
            },
        );
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            content(ui, pen);
        });
    });
}

/// Text on a coloured plate that stands for a code, such as the status.
pub(crate) fn chip(ui: &mut Ui, pen: &mut Pen, text: &str, strong: bool) {
    let theme = pen.theme;
    let color: Rgba = if strong { theme.text } else { theme.text_muted };
    egui::Frame::new()
        .stroke(egui::Stroke::new(1.0, super::visuals::color(theme.rule)))
        .corner_radius(3)
        .inner_margin(egui::Margin::symmetric(5, 1))
        .show(ui, |ui| {
            pen.label(ui, text, TextStyle { size_pt: 11.0, ..style::BODY_SMALL }, color)
        });
}

/// How the place of an event is known and as what it is drawn, when it is not a disc.
pub(crate) fn place_words(dataset: &Dataset, event: &Event) -> Option<String> {
    let site = dataset.site(event.site);
    let known = event.precision.label();
    match Place::of(dataset, event).class {
        PlaceClass::Spot => None,
        PlaceClass::Radius => Some(match place::radius_m(dataset, event) {
            Some(radius) => {
                let within = place::only_to_radius(radius).to_lowercase();
                format!("{known}; {within} of the point, so it is drawn as a ring")
            }
            None => known.to_owned(),
        }),
        PlaceClass::Governorate => {
            let name = site.admin1.as_ref().map_or_else(String::new, |name| format!(" ({name})"));
            Some(format!("{known}{name}; its plate on the map stands at no place in it"))
        }
        PlaceClass::Governorates | PlaceClass::Country => {
            Some(format!("{known}; noted at the edge of the map"))
        }
    }
}

/// Who claimed an event, else to whom it is attributed.
pub(crate) fn who(dataset: &Dataset, event: &Event) -> String {
    let claimed =
        event_words::actors(dataset, &event.claimed_by).map(|a| format!("claimed by {a}"));
    let attributed =
        event_words::actors(dataset, &event.attributed_to).map(|a| format!("attributed to {a}"));
    let parties = event_words::actors(dataset, &event.parties);
    claimed.or(attributed).or(parties).unwrap_or_else(|| "not claimed, not attributed".to_owned())
}
