//! The window as other eyes see it: every colour that is about to be painted is changed, whoever painted it.
//!
//! What is painted is changed after everything was drawn, so that nothing that is drawn, saved or copied knows of
//! it; and as long as it is, a bar above everything says so. Where colours are seen through others the screen mixes
//! what was changed, which is not quite the change of what is mixed.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use egui::epaint::shape_transform::adjust_colors;
use egui::{
    Area, Color32, Context, FullOutput, Id, ImageData, Key, Modifiers, Order, Plugin, RichText,
    TextureId, Ui,
};

use super::actions::{Asked, Wish};
use super::visuals;
use crate::scene::Rgba;
use crate::scene::color_vision::Vision;
use crate::scene::theme::Theme;

/// Height of the bar that says that colours are simulated, in points.
pub(super) const BAR: f32 = 32.0;

/// Whose eyes the window is seen with: changes what is about to be painted.
#[derive(Default)]
struct Eyes {
    vision: Vision,
}

impl Plugin for Eyes {
    fn debug_name(&self) -> &'static str {
        "eyes"
    }

    fn output_hook(&mut self, _: &Context, output: &mut FullOutput) {
        let vision = self.vision;
        if vision == Vision::Normal {
            return;
        }
        for clipped in &mut output.shapes {
            adjust_colors(&mut clipped.shape, move |color| *color = seen(vision, *color));
        }
        // The letters of egui are white, and get their colour from what is painted.
        let pictures = output.textures_delta.set.iter_mut();
        pictures.filter(|(id, _)| **id != TextureId::default()).for_each(|(_, parts)| {
            for part in parts {
                let ImageData::Color(image) = &mut part.image;
                for pixel in &mut Arc::make_mut(image).pixels {
                    *pixel = seen(vision, *pixel);
                }
            }
        });
    }
}

thread_local! {
    /// Colours that were changed before: a window has few beside the shades at edges.
    static KNOWN: RefCell<(Vision, HashMap<Color32, Color32>)> = RefCell::default();
}

/// A colour of the screen as these eyes see it.
fn seen(vision: Vision, color: Color32) -> Color32 {
    /// More shades are not kept.
    const MOST: usize = 1 << 16;
    if color.a() == 0 || color == Color32::PLACEHOLDER {
        return color;
    }
    KNOWN.with_borrow_mut(|(of, known)| {
        if *of != vision || known.len() > MOST {
            (*of, *known) = (vision, HashMap::new());
        }
        *known.entry(color).or_insert_with(|| {
            let Rgba([r, g, b, a]) = vision.seen(Rgba(color.to_srgba_unmultiplied()));
            Color32::from_rgba_unmultiplied(r, g, b, a)
        })
    })
}

/// Lets a window be seen with other eyes.
pub(super) fn install(ctx: &Context) {
    ctx.add_plugin(Eyes::default());
}

/// Whose eyes the window is seen with.
pub(super) fn of(ctx: &Context) -> Vision {
    ctx.with_plugin(|eyes: &mut Eyes| eyes.vision).unwrap_or_default()
}

/// Sees the window with these eyes from now on. Pictures that were handed to egui before keep their colours.
pub(super) fn open(ctx: &Context, vision: Vision) {
    ctx.with_plugin(|eyes: &mut Eyes| eyes.vision = vision);
}

/// The next of all kinds of eyes; after the last the window is as it is.
pub(super) fn next(vision: Vision) -> Vision {
    let after = Vision::ALL.into_iter().skip_while(|other| *other != vision).nth(1);
    after.unwrap_or_default()
}

/// A menu of all kinds of eyes.
pub(super) fn menu(ui: &mut Ui, asked: &mut Asked) {
    let current = of(ui.ctx());
    let menu = ui.menu_button("Eyes", |ui| {
        for vision in Vision::ALL {
            if ui.selectable_label(current == vision, vision.label()).clicked() {
                asked.wish(Wish::Eyes(vision));
                ui.close();
            }
        }
    });
    menu.response.on_hover_text("See the window as people who cannot tell all colours apart (E)");
}

/// Says above everything that colours are simulated, as long as they are; Esc ends that, once nothing else is open
/// that it closes.
pub(super) fn bar(ui: &mut Ui, theme: &Theme, is_alone: bool, asked: &mut Asked) {
    let ctx = ui.ctx().clone();
    let vision = of(&ctx);
    if vision == Vision::Normal {
        return;
    }
    let is_free =
        is_alone && !egui::Popup::is_any_open(&ctx) && ctx.memory(egui::Memory::focused).is_none();
    if is_free && ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape)) {
        asked.wish(Wish::Eyes(Vision::Normal));
    }
    let frame = egui::Frame::new();
    let panel = egui::Panel::top("eyes").frame(frame).exact_size(BAR).show_separator_line(false);
    let rect = panel.show(ui, |ui| ui.max_rect()).inner;
    let area = Area::new(Id::unique("eyes")).order(Order::Tooltip).fixed_pos(rect.min);
    area.show(&ctx, |ui| {
        ui.set_min_size(rect.size());
        ui.painter().rect_filled(rect, 0.0, visuals::color(theme.text));
        let builder = egui::UiBuilder::new()
            .max_rect(rect.shrink2(egui::vec2(16.0, 3.0)))
            .layout(egui::Layout::right_to_left(egui::Align::Center));
        ui.scope_builder(builder, |ui| {
            if ui.button("As it is (Esc)").on_hover_text("Ends the simulation").clicked() {
                asked.wish(Wish::Eyes(Vision::Normal));
            }
            if ui.button("Next (E)").on_hover_text("Other eyes").clicked() {
                asked.wish(Wish::Eyes(next(vision)));
            }
            let told = format!(
                "Colours are simulated: {}. On this screen only, never in what is saved.",
                vision.label().to_lowercase()
            );
            let told = RichText::new(told).strong().color(visuals::color(theme.paper));
            let label = egui::Label::new(told).truncate().selectable(false);
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| ui.add(label));
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_eyes_come_round_to_those_of_everybody() {
        let mut vision = Vision::Normal;
        let all = [(); Vision::ALL.len()].map(|()| {
            vision = next(vision);
            vision
        });
        assert_eq!(all.last(), Some(&Vision::Normal));
        assert!(Vision::ALL.iter().all(|vision| all.contains(vision)));
    }

    #[test]
    fn what_is_painted_is_changed_as_a_picture_would_be() {
        let alert = Theme::of(crate::analysis::ThemeName::Light).alert;
        let red = visuals::color(alert);
        for vision in Vision::ALL {
            assert_eq!(seen(vision, red), visuals::color(vision.seen(alert)), "{vision:?}");
            assert_eq!(seen(vision, Color32::WHITE), Color32::WHITE);
            let half = red.gamma_multiply(0.5);
            let changed = seen(vision, half);
            assert_eq!(changed.a(), half.a(), "{vision:?}");
        }
        assert_eq!(seen(Vision::Protan, Color32::PLACEHOLDER), Color32::PLACEHOLDER);
    }
}
