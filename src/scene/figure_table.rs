//! The events that a figure draws as a table: as many rows as have room, in the order of the table of events.

use std::sync::Arc;

use super::map::MapInput;
use super::name_forms::short_name;
use super::sheet::BELOW_MAP;
use super::text::{ShapedText, Shaper, TextStyle};
use super::theme::{Theme, style};
use super::{Circle, Group, Item, Placement, Rect, Rgba, Size, Stroke, Text, patterns, shapes};
use crate::analysis::event_order::EventOrder;
use crate::analysis::event_table::{Column, Sort, cell};
use crate::analysis::{Certainty, Shown, words};
use crate::domain::{Code as _, DatePrecision, Event};

/// Height of a row.
const LINE: f32 = 13.5;
/// Height of the headings with the line below them.
const HEAD: f32 = 18.0;
/// Least points between two columns, and the most that they are moved apart.
const GAPS: [f32; 2] = [9.0, 22.0];
/// Room for the mark of the class before a row.
const MARK: f32 = 11.0;
/// The fewest rows that make a table.
const LEAST_ROWS: usize = 3;
/// From this width on, and this width for the height, a table of events stands beside the map.
const BESIDE: (f32, f32) = (900.0, 1.3);
/// Shares of the height that a table below the map takes at most, the one that is tried first first.
pub(super) const TABLE_SHARES: [f32; 3] = [0.36, 0.28, 0.2];
/// Columns, the most telling sets first; one that has no room gives way to the next.
const SETS: [&[Column]; 5] = {
    use Column::{AttributedTo, Date, Killed, Reports, Site, Status, Weapon, Wounded};
    [
        &[Date, Site, Weapon, AttributedTo, Killed, Wounded, Reports, Status],
        &[Date, Site, Weapon, AttributedTo, Killed, Wounded, Reports],
        &[Date, Site, Weapon, Killed, Wounded, Reports],
        &[Date, Site, Weapon, Killed],
        &[Date, Site],
    ]
};
/// The widest that a column of words gets, from where there is room to where there is little.
const WIDEST: [f32; 5] = [165.0, 150.0, 136.0, 122.0, 108.0];
/// What is left out of a weapon where there is little room: without it no more is said than is known.
const OF_NO_KIND: &str = " of unreported kind";
/// What an actor's name that is none ends with, and the mark that stands for it where the column is narrow.
const NOT_NAMED: [&str; 2] = [" (not named)", "*"];

/// The events of a figure in their order.
pub(super) struct EventsTable<'a> {
    input: MapInput<'a>,
    order: EventOrder,
}

/// A column with its heading and cells.
struct Shaped {
    column: Column,
    heading: Arc<ShapedText>,
    cells: Vec<Arc<ShapedText>>,
    width: f32,
    /// Whether a mark stands for words that had no room.
    is_marked: bool,
}

impl<'a> EventsTable<'a> {
    pub(super) fn of(input: MapInput<'a>) -> Self {
        let by_date = [Sort { column: Column::Date, descending: false }];
        let order = EventOrder::new(input.dataset, input.selection.rows(), &by_date);
        Self { input, order }
    }

    /// Whether there is nothing to list.
    pub(super) fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The height of all rows, or of so many with the line that says how many more there are.
    pub(super) fn height(&self, rows: usize) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "rows that have room on a sheet")]
        let lines = (rows.min(self.order.len()) + 1) as f32;
        HEAD + lines * LINE
    }

    /// How many rows have room in a height.
    pub(super) fn rows_in(&self, height: f32) -> usize {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "not below zero, and rows that have room on a sheet"
        )]
        let rows = ((height - HEAD - LINE) / LINE).floor().max(0.0) as usize;
        rows.min(self.order.len())
    }

    /// Draws it into a rectangle.
    pub(super) fn draw(&self, shaper: &mut Shaper, theme: &Theme, place: Rect) -> Item {
        let rows = self.rows_in(place.height());
        let listed = self.order.get(self.input.dataset, 0..rows);
        let columns = self.columns(shaper, &listed, place.width() - MARK);
        let mut items = Vec::new();
        let [left, top] = place.min;
        let used: f32 = columns.iter().map(|c| c.width).sum();
        #[expect(clippy::cast_precision_loss, reason = "a handful of columns")]
        let between = (columns.len().max(2) - 1) as f32;
        let gap = ((place.width() - MARK - used) / between).clamp(GAPS[0], GAPS[1]);
        let right = left + MARK + used + gap * between;
        let rule = |y: f32, width: f32| {
            shapes::line(
                vec![[left, y], [right.min(place.max[0]), y]],
                Stroke::solid(theme.rule, width),
            )
        };
        let mut x = left + MARK;
        for column in &columns {
            let mut put = |shaped: &Arc<ShapedText>, y: f32, color: Rgba| {
                let slack =
                    if column.column.is_number() { column.width - shaped.width() } else { 0.0 };
                let origin = [x + slack, y + (LINE - shaped.height()) / 2.0];
                items.push(Item::Text(Text {
                    origin,
                    shaped: Arc::clone(shaped),
                    color,
                    halo: None,
                }));
            };
            put(&column.heading, top, theme.text_muted);
            let mut y = top + HEAD;
            for cell in &column.cells {
                put(cell, y, theme.text);
                y += LINE;
            }
            x += column.width + gap;
        }
        items.push(rule(top + HEAD - 2.0, 0.8));
        let mut y = top + HEAD;
        for (n, shown) in listed.iter().enumerate() {
            if n > 0 {
                items.push(rule(y, 0.4));
            }
            let color = theme.class(self.input.dataset.event(shown.event).direction);
            let certain = shown.certainty == Certainty::Certain;
            items.push(Item::Circle(Circle {
                center: [left + 4.0, y + LINE / 2.0],
                radius: if certain { 3.4 } else { 2.9 },
                fill: certain.then_some(color),
                stroke: (!certain).then_some(Stroke::solid(color, 1.2)),
            }));
            y += LINE;
        }
        let is_marked = columns.iter().any(|column| column.is_marked);
        if let Some(words) = self.below(&listed, is_marked) {
            items.push(rule(y, 0.4));
            let shaped = shaper.shape_within(&words, style::FOOTNOTE, place.width());
            let origin = [left + MARK, y + (LINE - shaped.height()) / 2.0];
            items.push(Item::Text(Text { origin, shaped, color: theme.text_muted, halo: None }));
        }
        patterns::lay(theme, &mut items);
        Item::Group(Group {
            id: "table".to_owned(),
            placement: Placement::IDENTITY,
            clip: None,
            items,
        })
    }

    /// What is said below the rows: how many more there are, and what marks mean.
    fn below(&self, listed: &[Shown], is_marked: bool) -> Option<String> {
        let more = self.order.len() - listed.len();
        let more = (more > 0)
            .then(|| format!("and {} more in the CSV of the figure", words::thousands(more)));
        let possible = listed.iter().any(|s| s.certainty == Certainty::Possible);
        let possible =
            possible.then(|| "hollow: possibly in these days, the date is not known".to_owned());
        let marked = is_marked.then(|| "*: not named by the reports".to_owned());
        let told: Vec<String> = [more, possible, marked].into_iter().flatten().collect();
        (!told.is_empty()).then(|| told.join("; "))
    }

    /// The columns that have room in a width.
    fn columns(&self, shaper: &mut Shaper, listed: &[Shown], width: f32) -> Vec<Shaped> {
        let mut last = Vec::new();
        for set in SETS {
            for widest in WIDEST {
                let columns: Vec<Shaped> =
                    set.iter().map(|c| self.column(shaper, *c, listed, widest)).collect();
                let used: f32 = columns.iter().map(|c| c.width + GAPS[0]).sum();
                if used - GAPS[0] <= width {
                    return columns;
                }
                last = columns;
            }
        }
        last
    }

    fn column(&self, shaper: &mut Shaper, column: Column, listed: &[Shown], widest: f32) -> Shaped {
        let heading = shaper.shape(heading(column), style::SMALL_STRONG);
        let look: TextStyle = style::FOOTNOTE;
        let [words, mark] = NOT_NAMED;
        let is_marked = column == Column::AttributedTo
            && listed.iter().any(|shown| {
                let text = self.text(*shown, column);
                text.contains(words) && shaper.shape(&text, look).width() > widest
            });
        let cells: Vec<_> = listed
            .iter()
            .map(|shown| {
                let mut text = self.text(*shown, column);
                if is_marked {
                    text = text.replace(words, mark);
                }
                if column == Column::Weapon && widest < WIDEST[1] {
                    text = text.replace(OF_NO_KIND, "");
                }
                // A date or a number is never cut.
                if column == Column::Date || column.is_number() {
                    shaper.shape(&text, look)
                } else {
                    shaper.shape_within(&text, look, widest)
                }
            })
            .collect();
        let width = cells.iter().map(|c| c.width()).fold(heading.width(), f32::max);
        Shaped { column, heading, cells, width, is_marked }
    }

    fn text(&self, shown: Shown, column: Column) -> String {
        let event = self.input.dataset.event(shown.event);
        match column {
            Column::Date => date(event),
            Column::Weapon => event.munitions.get().map_or_else(
                || event.weapon.label().to_owned(),
                |n| format!("{}, {}", event.weapon.label(), n.words()),
            ),
            Column::Site => short_name(self.input.dataset.site(event.site)).to_owned(),
            _ => cell(self.input.dataset, shown, column).text,
        }
    }
}

fn heading(column: Column) -> &'static str {
    match column {
        Column::Weapon => "What",
        Column::Reports => "Reports",
        other => other.label(),
    }
}

/// A date as precisely as it is known, and short.
fn date(event: &Event) -> String {
    let span = event.date.span;
    match event.date.precision {
        DatePrecision::Month | DatePrecision::Year => words::span_short(span),
        DatePrecision::Unknown => format!("unknown, {}", words::span_short(span)),
        _ if span.days() > 1 => words::span_short(span),
        _ => words::day_short(span.first()),
    }
}

/// The width and the lower edge of what is left for map and legend beside or above a table of events, and where that stands;
/// `None` where it has no room. Below a map it takes at most a share of the height.
pub(super) fn beside_table(
    table: &EventsTable<'_>,
    sheet: Size,
    whole: Rect,
    share: f32,
) -> Option<([f32; 2], Option<Rect>)> {
    let [left, top] = whole.min;
    let [right, bottom] = whole.max;
    if sheet.width >= BESIDE.0 && sheet.width > sheet.height * BESIDE.1 {
        let width = (sheet.width * 0.43).clamp(390.0, 640.0);
        let place = Rect { min: [right - width, top + 6.0], max: [right, bottom - 4.0] };
        let rows = table.rows_in(place.height());
        return (rows >= 1).then_some(([right - width - left * 0.6, bottom], Some(place)));
    }
    let most = (bottom - top) * share;
    let rows = table.rows_in(most);
    let height = table.height(rows);
    // A table of few events is whole or not at all.
    let enough = rows >= LEAST_ROWS || table.height(LEAST_ROWS) <= most;
    let place = Rect { min: [left, bottom - height], max: [right, bottom] };
    enough.then_some(([sheet.width, bottom - height - BELOW_MAP], Some(place)))
}
