//! The cards before and after a film: what it shows, and how that was counted and from what.

use super::sheet::wrapped;
use crate::analysis::{coverage, words};
use crate::scene::map::MapInput;
use crate::scene::text::{Shaper, TextStyle};
use crate::scene::theme::{Theme, style};
use crate::scene::{Group, Item, Placement, Rect, Rgba, Scene, Size, Text, figure, shapes};

/// Points at the sides, as a share of the width.
const SIDE: f32 = 0.07;

/// What a card is made of.
pub(super) struct Card<'a> {
    /// All that is played.
    pub(super) input: MapInput<'a>,
    pub(super) title: String,
    /// Whether somebody gave it, so that it need not say the days.
    pub(super) given: bool,
    pub(super) size: Size,
}

/// Lines one below the other.
struct Lines<'a> {
    shaper: &'a mut Shaper,
    width: f32,
    items: Vec<Item>,
    y: f32,
}

impl Lines<'_> {
    fn put(&mut self, told: &str, look: TextStyle, color: Rgba, gap: f32) {
        if told.is_empty() {
            return;
        }
        let shaped = wrapped(self.shaper, told, look, self.width);
        self.y += gap;
        let (origin, height) = ([0.0, self.y], shaped.height());
        self.items.push(Item::Text(Text { origin, shaped, color, halo: None }));
        self.y += height;
    }

    /// A short thick line, as below a heading.
    fn bar(&mut self, color: Rgba, gap: f32) {
        self.y += gap;
        let bar = Rect::from_min_size([0.0, self.y], 46.0, 4.0);
        self.items.push(shapes::filled(bar, color));
        self.y += 4.0;
    }

    /// The lines on a ground, a little above its middle.
    fn on(self, theme: &Theme, size: Size) -> Scene {
        let x = size.width * SIDE;
        let y = ((size.height - self.y) * 0.44).max(x * 0.3);
        let placement = Placement::moved([x, y]);
        let items = vec![Item::Group(Group {
            id: "card".to_owned(),
            placement,
            clip: None,
            items: self.items,
        })];
        Scene { size, background: theme.paper, items }
    }
}

fn lines(shaper: &mut Shaper, size: Size) -> Lines<'_> {
    let width = size.width * (1.0 - 2.0 * SIDE);
    Lines { shaper, width, items: Vec::new(), y: 0.0 }
}

pub(super) fn title(shaper: &mut Shaper, theme: &Theme, card: &Card<'_>) -> Scene {
    let MapInput { dataset, view, selection, .. } = card.input;
    let mut lines = lines(shaper, card.size);
    lines.bar(theme.accent, 0.0);
    lines.put(&card.title, style::FILM_TITLE, theme.text, 12.0);
    let days = if card.given { words::window(dataset, view) } else { words::days(view.window) };
    lines.put(&days, style::HEADING, theme.text_muted, 10.0);
    let total = words::capitalised(&words::total(view, selection));
    lines.put(&format!("{total}."), style::CARD, theme.text, 22.0);
    let counted = format!("Counted: {}.", view.rule.label());
    lines.put(&counted, style::SUBTITLE, theme.text, 6.0);
    let record = format!("Record: {} {}.", dataset.title, dataset.version);
    lines.put(&record, style::SUBTITLE, theme.text_muted, 3.0);
    lines.on(theme, card.size)
}

pub(super) fn end(shaper: &mut Shaper, theme: &Theme, card: &Card<'_>) -> Scene {
    let MapInput { dataset, view, selection, basemap, .. } = card.input;
    let mut lines = lines(shaper, card.size);
    let (body, text, muted) = (style::SUBTITLE, theme.text, theme.text_muted);
    lines.bar(theme.accent, 0.0);
    lines.put("How this was counted", style::HEADING, text, 10.0);
    let total = words::capitalised(&words::total(view, selection));
    lines.put(&format!("{}: {total}.", words::span(view.window)), body, text, 10.0);
    lines.put(view.rule.definition(), body, text, 4.0);
    if let Some(left_out) = words::left_out(view, selection) {
        lines.put(&format!("In these days but not shown: {left_out}."), body, text, 4.0);
    }
    let cautions = words::caution_list(dataset, view, selection).join(" ");
    lines.put(&cautions, body, text, 4.0);
    lines.put(&coverage::thin(dataset, view.window), body, text, 4.0);
    let known = "A glyph stands for a site or for several near each other; it does not locate an impact. \
                 Absence from the record is not calm.";
    lines.put(known, body, text, 4.0);
    lines.put("Sources", style::BODY_STRONG, text, 12.0);
    let told = words::sources(dataset, selection);
    let record = format!("Record: {} {}. {told}", dataset.title, dataset.version);
    lines.put(record.trim(), body, text, 3.0);
    let credits = figure::credit_line(&basemap.data);
    let made = concat!("Made with Sitrep ", env!("CARGO_PKG_VERSION"), ".");
    lines.put(&format!("{credits}. {made}"), style::BODY_SMALL, muted, 4.0);
    lines.on(theme, card.size)
}
