//! Documents that were left by programs that were ended, and the card that offers them.

use std::time::Duration;

use egui::{Context, Id, Ui, vec2};

use super::{Folders, name};
use crate::analysis::words;
use crate::app::job::Job;
use crate::app::pen::Pen;
use crate::app::visuals::color;
use crate::data::project::{Left, left_over};

/// Width of the card.
const WIDTH: f32 = 400.0;

/// What was left, and is being looked for.
#[derive(Default)]
pub(crate) struct LeftOver {
    looking: Job<Vec<Left>>,
    left: Vec<Left>,
}

impl LeftOver {
    /// Looks for what was left.
    pub(crate) fn look(&mut self, ctx: &Context, folders: &Folders) {
        if let Some(folder) = folders.unsaved.clone() {
            self.looking.start(ctx, move || left_over(&folder));
        }
    }

    /// Offers what was left; gives what is to be opened, where nothing is lost by that.
    pub(crate) fn show(&mut self, ctx: &Context, pen: &Pen, can: bool) -> Option<Left> {
        if let Some(left) = self.looking.done() {
            self.left = left;
        }
        if self.left.is_empty() {
            return None;
        }
        let (mut chosen, mut discarded, mut open) = (None, None, true);
        let frame = egui::Frame::window(&ctx.global_style()).fill(color(pen.theme.paper));
        let room = ctx.content_rect();
        egui::Window::new("Sitrep ended without saving")
            .id(Id::unique("left over"))
            .open(&mut open)
            .frame(frame)
            .resizable(false)
            .collapsible(false)
            .pivot(egui::Align2::CENTER_CENTER)
            .default_pos(room.center() - vec2(0.0, 40.0))
            .show(ctx, |ui| {
                ui.set_width(WIDTH.min(room.width() - 64.0));
                let height = (room.height() - 260.0).max(120.0);
                egui::ScrollArea::vertical().max_height(height).show(ui, |ui| {
                    for (place, left) in self.left.iter().enumerate() {
                        if place > 0 {
                            ui.separator();
                        }
                        match row(ui, pen, left, can) {
                            Some(true) => chosen = Some(place),
                            Some(false) => discarded = Some(place),
                            None => {}
                        }
                    }
                });
                ui.add_space(4.0);
                ui.weak("Closing this card keeps them for the next start.");
            });
        if let Some(place) = discarded {
            let left = self.left.remove(place);
            ctx.request_repaint();
            // Nobody waits for it.
            let _ = std::thread::Builder::new()
                .name("discard".to_owned())
                .spawn(move || left.slot.give_up());
        }
        if !open {
            self.left.clear();
        }
        chosen.map(|place| self.left.remove(place))
    }
}

/// What was left, and whether it is to be recovered or discarded.
fn row(ui: &mut Ui, pen: &Pen, left: &Left, can: bool) -> Option<bool> {
    let mut answer = None;
    ui.push_id(left.slot.path(), |ui| {
        let (what, of) = match &left.project {
            Err(told) => ("A document".to_owned(), words::capitalised(told)),
            Ok(kept) => {
                let project = &kept.value;
                let what = match project.unsaved_of.as_deref().filter(|of| !of.is_empty()) {
                    Some(path) => format!("Changes to {}", name(std::path::Path::new(path))),
                    None => "A document without a name".to_owned(),
                };
                let days = words::span(project.view.window);
                (what, format!("{}, {days}", project.dataset.said.title))
            }
        };
        let ago = left.age.map_or_else(String::new, |age| format!(", kept {}", ago(age)));
        ui.strong(format!("{what}{ago}"));
        ui.label(of);
        ui.horizontal(|ui| {
            let recover = egui::RichText::new("Recover").color(color(pen.theme.paper)).strong();
            let recover = egui::Button::new(recover).fill(color(pen.theme.accent));
            let recover = ui.add_enabled(can && left.project.is_ok(), recover);
            let recover = recover.on_hover_text("Opens it in place of what the window shows");
            if recover.on_disabled_hover_text("Save the open project first").clicked() {
                answer = Some(true);
            }
            if ui.button("Discard").clicked() {
                answer = Some(false);
            }
        });
    });
    answer
}

/// How long ago something was, in the largest unit that fits.
fn ago(age: Duration) -> String {
    let secs = age.as_secs();
    let (n, unit) = match secs {
        0..60 => return "less than a minute ago".to_owned(),
        60..3_600 => (secs / 60, "minute"),
        3_600..86_400 => (secs / 3_600, "hour"),
        _ => (secs / 86_400, "day"),
    };
    format!("{n} {unit}{} ago", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_said_in_their_largest_unit() {
        for (secs, said) in [
            (0, "less than a minute ago"),
            (60, "1 minute ago"),
            (3_599, "59 minutes ago"),
            (7_200, "2 hours ago"),
            (86_400, "1 day ago"),
            (900_000, "10 days ago"),
        ] {
            assert_eq!(ago(Duration::from_secs(secs)), said);
        }
    }
}
