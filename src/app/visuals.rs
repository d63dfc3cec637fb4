//! The window's own look: fonts and colours from the scene's theme.

use std::sync::Arc;

use egui::{
    Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Stroke, TextStyle,
};

use crate::scene::Rgba;
use crate::scene::text::Face;
use crate::scene::theme::Theme;

/// A scene colour as egui's.
pub(crate) fn color(c: Rgba) -> Color32 {
    let [r, g, b, a] = c.0;
    Color32::from_rgba_unmultiplied(r, g, b, a)
}

/// The bundled family for all of egui's own text.
pub(crate) fn install_fonts(ctx: &egui::Context) {
    let mut fonts = FontDefinitions::empty();
    for (name, face) in [("latin", Face::Latin), ("arabic", Face::Arabic)] {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(face.bytes())));
    }
    for family in [FontFamily::Proportional, FontFamily::Monospace] {
        fonts.families.insert(family, vec!["latin".to_owned(), "arabic".to_owned()]);
    }
    ctx.set_fonts(fonts);
}

/// Colours and sizes of a theme.
pub(crate) fn apply(ctx: &egui::Context, theme: &Theme) {
    let dark = theme.name == crate::analysis::ThemeName::Dark;
    let mut visuals = if dark { egui::Visuals::dark() } else { egui::Visuals::light() };
    visuals.panel_fill = color(theme.paper);
    visuals.window_fill = color(theme.paper);
    visuals.extreme_bg_color = color(theme.panel);
    visuals.faint_bg_color = color(theme.panel);
    visuals.window_stroke = Stroke::new(1.0, color(theme.rule));
    visuals.hyperlink_color = color(theme.accent);
    visuals.error_fg_color = color(theme.alert);
    visuals.warn_fg_color = color(theme.alert);
    visuals.selection.bg_fill = color(theme.accent);
    visuals.selection.stroke = Stroke::new(1.0, color(theme.paper));
    let radius = CornerRadius::same(4);
    let widgets = &mut visuals.widgets;
    for (state, fill, line) in [
        (&mut widgets.noninteractive, theme.paper, theme.rule),
        (&mut widgets.inactive, theme.panel, theme.rule),
        (&mut widgets.hovered, theme.panel, theme.accent),
        (&mut widgets.active, theme.panel, theme.accent),
        (&mut widgets.open, theme.panel, theme.accent),
    ] {
        state.corner_radius = radius;
        state.bg_fill = color(fill);
        state.weak_bg_fill = color(fill);
        state.bg_stroke = Stroke::new(1.0, color(line));
        state.fg_stroke = Stroke::new(1.0, color(theme.text));
    }
    ctx.set_theme(if dark { egui::Theme::Dark } else { egui::Theme::Light });
    ctx.set_visuals(visuals);
    ctx.all_styles_mut(|style| {
        let font = |size| FontId::new(size, FontFamily::Proportional);
        style.text_styles.insert(TextStyle::Body, font(13.5));
        style.text_styles.insert(TextStyle::Button, font(13.0));
        style.text_styles.insert(TextStyle::Small, font(11.5));
        style.text_styles.insert(TextStyle::Heading, font(18.0));
        style.spacing.item_spacing = egui::vec2(8.0, 4.0);
        style.spacing.button_padding = egui::vec2(9.0, 4.0);
        style.spacing.interact_size.y = 26.0;
    });
}
