//! The buttons that play and step, and the menu of how it plays.

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{PopupCloseBehavior, Ui};

use super::actions::{Asked, Part, Wish};
use super::document::{Command, Document};
use super::pen::{Icon, Pen};
use super::playback::Playback;
use crate::analysis::play::{Loop, Pace, PlayRange, PlaySpec, Secs, Through, words as play_words};
use crate::analysis::words;

/// Steps, play and the menu, which says how long it really takes and how fast it goes.
pub(crate) fn show(
    ui: &mut Ui,
    pen: &mut Pen,
    document: &Document,
    playback: &mut Playback,
    asked: &mut Asked,
) {
    if document.dataset.extent().is_none() {
        ui.disable();
    }
    let spec = &document.play;
    let mut step = |ui: &mut Ui, pen: &mut Pen, icon, name: &str, direction| {
        if pen.icon_button(ui, icon, name).clicked() {
            asked.wish(Wish::StopPlay);
            asked.command(match &spec.through {
                Through::Every => Command::StepEvent(direction),
                through => Command::StepThrough(through.clone(), direction),
            });
        }
    };
    step(ui, pen, Icon::Previous, &format!("Previous {}", event(document)), -1);
    let (icon, name) =
        if playback.is_playing() { (Icon::Pause, "Pause") } else { (Icon::Play, "Play") };
    let toggled = pen.icon_button(ui, icon, name).clicked();
    step(ui, pen, Icon::Next, &format!("Next {}", event(document)), 1);
    if toggled {
        asked.wish(Wish::PlayOrPause);
    }
    let is_dragging = ui.input(|i| i.pointer.any_down());
    let schedule = playback.schedule(document, is_dragging);
    let words = match document.dataset.extent() {
        None => play_words::NOTHING[1].to_owned(),
        Some(_) => play_words::pace(spec, &schedule),
    };
    let mut about = "How it plays: pace, time, events, days ( , slower  . faster )".to_owned();
    if let Some(why) = play_words::deviation(spec, &schedule) {
        about =
            format!("{about}.\nNow it takes {}: {why}", play_words::secs(schedule.total_secs()));
    }
    let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    // Its words must not push what follows while the speed changes.
    let button = egui::Button::new(words).min_size(egui::vec2(154.0, 0.0));
    let (button, _) = MenuButton::from_button(button).config(config).ui(ui, |ui| {
        menu(ui, document, playback, asked);
    });
    button.on_hover_text(about);
}

/// What the buttons step to.
fn event(document: &Document) -> String {
    match &document.play.through {
        Through::Every => "event".to_owned(),
        Through::Sites(_) => {
            format!("event at {}", play_words::places(&document.dataset, &document.play.through))
        }
        Through::Harmed => "event with wounded or killed".to_owned(),
        Through::Killed => "event with killed".to_owned(),
    }
}

fn menu(ui: &mut Ui, document: &Document, playback: &mut Playback, asked: &mut Asked) {
    ui.set_min_width(390.0);
    ui.spacing_mut().button_padding = egui::vec2(8.0, 3.0);
    let now = &document.play;
    let mut spec = now.clone();
    egui::Grid::new("play").num_columns(2).spacing([14.0, 7.0]).show(ui, |ui| {
        row(ui, "Pace", |ui| {
            for pace in Pace::ALL {
                let choice = ui.selectable_value(&mut spec.pace, pace, pace.label());
                choice.on_hover_text(pace.definition());
            }
        });
        time(ui, &mut spec);
        row(ui, "Through", |ui| through(ui, document, &mut spec));
        row(ui, "Days", |ui| range(ui, document, &mut spec));
        row(ui, "At the end", |ui| {
            for at_end in Loop::ALL {
                ui.selectable_value(&mut spec.at_end, at_end, at_end.label());
            }
        });
        row(ui, "On the map", |ui| {
            let mut shown = playback.shows_date();
            if ui.checkbox(&mut shown, "Date while it plays (D)").changed() {
                asked.wish(Wish::Toggle(Part::PlayDate));
            }
        });
    });
    ui.separator();
    let schedule = playback.schedule(document, false);
    let speed = play_words::speed(now, schedule.days_per_sec());
    ui.weak(format!("{}. {speed}.", words::capitalised(&play_words::length(now, &schedule))));
    if ui.button("Save as a film…").clicked() {
        asked.wish(Wish::Film);
        ui.close();
    }
    if spec != *now {
        asked.command(Command::SetPlay(spec));
    }
}

fn row(ui: &mut Ui, name: &str, content: impl FnOnce(&mut Ui)) {
    ui.label(name);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        content(ui);
    });
    ui.end_row();
}

/// The times that are offered, and a field for any other.
fn time(ui: &mut Ui, spec: &mut PlaySpec) {
    let each = spec.pace == Pace::EachEvent;
    let (name, offered) =
        if each { ("An event for", PlaySpec::EACH) } else { ("All of it in", PlaySpec::WHOLE) };
    let mut time = spec.time();
    row(ui, name, |ui| {
        for offer in offered {
            ui.selectable_value(&mut time, offer, play_words::secs(offer.secs()));
        }
        ui.add_space(10.0);
        let mut secs = time.secs();
        let is_offered = offered.contains(&time);
        let (least, most) = if each { (0.25, 60.0) } else { (1.0, 3600.0) };
        let drag = egui::DragValue::new(&mut secs)
            .range(least..=most)
            .speed(if each { 0.1 } else { 1.0 })
            // No time stands there twice.
            .custom_formatter(move |secs, _| {
                if is_offered { "other…".to_owned() } else { play_words::secs(secs) }
            })
            .custom_parser(play_words::typed_secs)
            .update_while_editing(false);
        let about = "Another time: drag, or click and type it, such as 45 s or 1.5 min";
        if ui.add(drag).on_hover_text(about).changed() {
            time = Secs::from(secs);
        }
    });
    if time != spec.time() {
        *spec = spec.clone().with_time(time);
    }
}

/// Which events: all, those of a severity, those at what is picked.
fn through(ui: &mut Ui, document: &Document, spec: &mut PlaySpec) {
    let severe = [
        (Through::Every, "Every event"),
        (Through::Harmed, "Wounded or killed"),
        (Through::Killed, "Killed"),
    ];
    for (through, name) in severe {
        let harmed = through != Through::Every;
        let choice = ui.selectable_value(&mut spec.through, through, name);
        if harmed {
            choice.on_hover_text(
                "At least one person, also by the lowest count: \"0 to 1 wounded\" is only possible, and \
                 left out",
            );
        }
    }
    let picked = super::playback::picked(document);
    let here = match &spec.through {
        Through::Sites(ids) => Some(ids.clone()),
        _ => picked.clone(),
    };
    let is_here = matches!(spec.through, Through::Sites(_));
    let label = ui.add_enabled(here.is_some(), egui::Button::selectable(is_here, "This site"));
    let name = play_words::places(
        &document.dataset,
        &Through::Sites(picked.clone().or(here).unwrap_or_default()),
    );
    let label = label.on_disabled_hover_text("Click a site on the map first").on_hover_text(name);
    if label.clicked()
        && let Some(ids) = picked
    {
        spec.through = Through::Sites(ids);
    }
}

fn range(ui: &mut Ui, document: &Document, spec: &mut PlaySpec) {
    ui.selectable_value(&mut spec.range, PlayRange::Record, "Whole record");
    let window = document.view.window;
    if let PlayRange::Days(days) = spec.range {
        let _ = ui.selectable_label(true, words::span(days));
        if days == window {
            return;
        }
    }
    let these = ui.selectable_label(false, "The window's days");
    if these.on_hover_text(words::span(window)).clicked() {
        spec.range = PlayRange::Days(window);
    }
}
