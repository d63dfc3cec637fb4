//! Published counts beside what the record has of the same scope and period: as rows of the list, as a
//! table of all, and one by one with the source.

use egui::{ScrollArea, Ui};

use super::actions::{Asked, Wish};
use super::document::{Command, Document};
use super::pen::Pen;
use super::{card, facts, in_sight, sources};
use crate::analysis::coverage::{
    CAUTION, between, headline, published, published_for, published_in, reported, thin,
};
use crate::analysis::{Coverage, Pick, View, event_words, words};
use crate::domain::ReportedTotal;
use crate::scene::theme::{Theme, style};
use crate::scene::{Item, Rect, Stroke, shapes};

/// Height of a row in points, before it was laid out.
const ROW: f32 = 92.0;

/// The published count whose period is most like the days shown, in one line that leads to all.
pub(crate) fn in_brief(ui: &mut Ui, pen: &mut Pen, document: &Document, asked: &mut Asked) {
    let totals = &document.dataset.reported_totals;
    let here = published_in(totals, document.selection.days);
    let Some(first) = here.first() else { return };
    let nearest = here.iter().find(|i| document.coverages[**i].is_ok()).unwrap_or(first);
    let period = totals[*nearest].span.map_or_else(String::new, words::span);
    let said = headline(&totals[*nearest], &document.coverages[*nearest]);
    let more = match here.len() {
        1 => String::new(),
        n => format!("; and {} more", n - 1),
    };
    let link = pen.link(ui, &format!("Published counts: {said}{more}"), style::BODY_SMALL);
    let about = format!("Of {period}: {}", totals[*nearest].scope);
    if pen.hover(link, &about).clicked() {
        asked.command(Command::Pick(Some(Pick::Totals)));
    }
}

/// The published counts of the days shown, those of the most similar periods first, and the way to all.
pub(crate) fn of_window(ui: &mut Ui, pen: &mut Pen, document: &Document, asked: &mut Asked) {
    /// More are a click away.
    const MOST: usize = 3;
    let totals = &document.dataset.reported_totals;
    if totals.is_empty() {
        return;
    }
    card::section(ui, pen, "Published counts");
    let here = published_in(totals, document.selection.days);
    if here.is_empty() {
        let words = "Nobody is known to have published a count of these days.";
        pen.paragraph(ui, words, style::BODY_SMALL, pen.theme.text_muted);
    }
    let shown = &here[..here.len().min(MOST)];
    rows(ui, pen, document, shown, asked);
    let more = match here.len() - shown.len() {
        0 => String::new(),
        n => format!(", {n} more of these days"),
    };
    let link = format!("All {} published counts{more}", words::thousands(totals.len()));
    if pen.link(ui, &link, style::BODY_SMALL).clicked() {
        asked.command(Command::Pick(Some(Pick::Totals)));
    }
}

/// The card of all published counts.
pub(crate) fn all(ui: &mut Ui, pen: &mut Pen, document: &Document, asked: &mut Asked) {
    ScrollArea::vertical().id_salt("totals").auto_shrink(false).show(ui, |ui| {
        card::frame().show(ui, |ui| {
            card::head(ui, pen, "Published counts", asked);
            pen.paragraph(ui, CAUTION, style::BODY_SMALL, pen.theme.text_muted);
            ui.add_space(8.0);
            let totals = &document.dataset.reported_totals;
            let days = document.selection.days;
            let (list, here) = published_for(totals, &document.coverages, days);
            let (here, others) = list.split_at(here);
            if !here.is_empty() {
                let title = format!("Of {}, counted here too", words::span(days));
                card::section(ui, pen, &title);
                rows(ui, pen, document, here, asked);
                card::section(ui, pen, "All others, the latest first");
            }
            rows(ui, pen, document, others, asked);
        });
    });
}

/// The card of one published count.
pub(crate) fn one(
    ui: &mut Ui,
    pen: &mut Pen,
    document: &Document,
    index: usize,
    asked: &mut Asked,
) {
    let dataset = &document.dataset;
    let (total, coverage) = (&dataset.reported_totals[index], &document.coverages[index]);
    let theme = pen.theme;
    ScrollArea::vertical().id_salt(("total", &total.id)).auto_shrink(false).show(ui, |ui| {
        card::frame().show(ui, |ui| {
            card::head(ui, pen, &headline(total, coverage), asked);
            ui.add_space(2.0);
            pen.paragraph(ui, &words::capitalised(&total.scope), style::BODY, theme.text);
            ui.add_space(4.0);
            let most = greatest(document, &[index]);
            bar_pair(ui, pen, total, coverage.as_ref().ok(), most);
            ui.add_space(4.0);
            let period = total.span.map_or_else(|| "not given".to_owned(), words::span);
            facts::fact(ui, pen, "Period", &period);
            if let Some(day) = total.as_of {
                facts::fact(ui, pen, "Counted on", &words::day(day));
            }
            match coverage {
                Ok(found) => {
                    facts::named(ui, pen, "This record", |ui, pen| {
                        list_link(ui, pen, document, found, asked);
                    });
                    if let Some(gap) = found.gap(total) {
                        facts::fact(ui, pen, "Difference", &gap.words());
                    }
                    facts::fact(ui, pen, "Counted here", &found.filter.words(dataset));
                    let beyond = found.beyond(total).map(|beyond| format!("The period {beyond}."));
                    let thin = Some(thin(dataset, found.days)).filter(|t| !t.is_empty());
                    for caution in beyond.into_iter().chain(thin) {
                        facts::fact(ui, pen, "Caution", &caution);
                    }
                }
                Err(reason) => {
                    facts::fact(ui, pen, "This record", &words::capitalised(&reason.to_string()));
                }
            }
            if let Some(note) = &total.note {
                facts::fact(ui, pen, "Note", note);
            }
            ui.add_space(4.0);
            pen.paragraph(ui, CAUTION, style::BODY_SMALL, theme.text_muted);
            card::section(ui, pen, "Who counted");
            let source = dataset.source(total.source);
            let head = event_words::source(source, None);
            pen.paragraph(ui, &head, style::BODY_SMALL_STRONG, theme.text);
            pen.paragraph(ui, &source.title, style::BODY_SMALL, theme.text_muted);
            if let Some(note) = &source.note {
                pen.paragraph(ui, note, style::BODY_SMALL, theme.text_muted);
            }
            sources::links(ui, pen, dataset, total.source);
            ui.add_space(8.0);
            if pen.link(ui, "All published counts", style::BODY_SMALL).clicked() {
                asked.command(Command::Pick(Some(Pick::Totals)));
            }
        });
    });
}

fn rows(ui: &mut Ui, pen: &mut Pen, document: &Document, list: &[usize], asked: &mut Asked) {
    // One scale for all, so that bars can be compared down the list.
    let most = greatest(document, &published(&document.dataset.reported_totals));
    for index in list {
        let name = &document.dataset.reported_totals[*index].id;
        in_sight::show(ui, name, ROW, |ui| row(ui, pen, document, (*index, most), asked));
    }
}

fn row(
    ui: &mut Ui,
    pen: &mut Pen,
    document: &Document,
    (index, most): (usize, f32),
    asked: &mut Asked,
) {
    let dataset = &document.dataset;
    let (total, coverage) = (&dataset.reported_totals[index], &document.coverages[index]);
    let theme = pen.theme;
    let pick = || Command::Pick(Some(Pick::Total(total.id.clone())));
    let found = coverage.as_ref().ok();
    ui.spacing_mut().item_spacing = egui::vec2(0.0, 2.0);
    ui.horizontal(|ui| {
        let link = pen.link(ui, &reported(total), style::BODY_STRONG);
        if pen.hover(link, "Who counted, what, and how it compares").clicked() {
            asked.command(pick());
        }
        let comma = found.map_or(", ", between);
        pen.label(ui, comma, style::BODY_STRONG, theme.text);
        match coverage {
            Ok(found) => list_link(ui, pen, document, found, asked),
            Err(reason) => {
                let width = ui.available_width();
                let words = "not countable here in the same way";
                let label = pen.label_within(ui, words, width, style::BODY_SMALL, theme.text_muted);
                pen.hover(label, &words::capitalised(&reason.to_string()));
            }
        }
    });
    bar_pair(ui, pen, total, found, most);
    let mut line = total.span.map_or_else(|| "Period not given".to_owned(), words::span);
    if let Some(gap) = found.and_then(|found| found.gap(total)) {
        line.push_str(&format!("; {}", gap.words()));
    }
    pen.paragraph(ui, &line, style::BODY_SMALL, theme.text);
    let mut what = words::capitalised(&total.scope);
    if let Some(beyond) = found.and_then(|found| found.beyond(total)) {
        what.push_str(&format!(". The period {beyond}"));
    }
    let label = pen.paragraph(ui, &what, style::BODY_SMALL, theme.text_muted);
    if let Some(note) = &total.note {
        pen.hover(label, note);
    }
    let link = pen.link(ui, &dataset.source(total.source).credit(), style::BODY_SMALL);
    if pen.hover(link, &dataset.source(total.source).title).clicked() {
        asked.command(pick());
    }
    ui.add_space(10.0);
}

/// The record's own number, which lists the events behind it.
fn list_link(ui: &mut Ui, pen: &mut Pen, document: &Document, found: &Coverage, asked: &mut Asked) {
    let link = pen.link(ui, &found.here(), style::BODY_STRONG);
    let hint =
        "Lists these events: sets the window to the period and the filter to what was counted";
    if pen.hover(link, hint).clicked() {
        let view = View { picked: None, ..document.view.clone() };
        asked.wish(Wish::StopPlay);
        asked.command(Command::Show(Box::new(found.view(view))));
    }
}

/// The largest number of some published counts and of the record's.
fn greatest(document: &Document, list: &[usize]) -> f32 {
    let totals = &document.dataset.reported_totals;
    let of = |i: &usize| {
        let count = totals[*i].count.map_or(0, |c| c.high().unwrap_or(c.low()) as usize);
        let here = document.coverages[*i].as_ref().map_or(0, |c| c.certain + c.possible);
        count.max(here)
    };
    points(list.iter().map(of).max().unwrap_or(0).max(1))
}

#[expect(clippy::cast_precision_loss, reason = "a bar's length")]
fn points(count: usize) -> f32 {
    count as f32
}

/// Two thin bars: what was published above what the record has.
fn bar_pair(
    ui: &mut Ui,
    pen: &mut Pen,
    total: &ReportedTotal,
    found: Option<&Coverage>,
    most: f32,
) {
    let size = [ui.available_width(), if found.is_some() { 14.0 } else { 8.0 }];
    let name = match found {
        Some(found) => format!("Bars: {} above {}", reported(total), found.here()),
        None => format!("Bar: {}", reported(total)),
    };
    let mut items = Vec::new();
    if let Some(count) = total.count {
        let (low, high) = (count.low() as usize, count.high().map(|h| h as usize));
        bar(pen.theme, [size[0], 2.0], most, (low, high), false, &mut items);
    }
    if let Some(found) = found {
        let range = (found.certain, Some(found.certain + found.possible));
        bar(pen.theme, [size[0], 8.0], most, range, true, &mut items);
    }
    let picture = pen.picture(ui, size, &name, items);
    let key = "Grey: as published. Coloured: in this record, hatched where it is only possible.";
    picture.on_hover_text(key);
}

/// A bar up to the low end, hatched on to the high one; with an arrow after "at least".
fn bar(
    theme: &Theme,
    [width, top]: [f32; 2],
    most: f32,
    (low, high): (usize, Option<usize>),
    own: bool,
    items: &mut Vec<Item>,
) {
    const HEIGHT: f32 = 5.0;
    const ARROW: f32 = 6.0;
    let color = if own { theme.accent } else { theme.text_muted };
    let x = |count: usize| points(count) / most * (width - ARROW);
    let strip = |from: f32, to: f32| Rect { min: [from, top], max: [to, top + HEIGHT] };
    if low > 0 {
        items.push(shapes::filled(strip(0.0, x(low)), color));
    }
    match high {
        Some(high) if high > low => {
            let place = strip(x(low), x(high));
            let contour = shapes::closed(shapes::corners(place));
            let lines = shapes::hatch(std::slice::from_ref(&contour), place, 3.0);
            items.push(shapes::lines(lines, Stroke::solid(color, 0.8)));
            items.push(shapes::area(vec![contour], None, Some(Stroke::solid(color, 0.8))));
        }
        Some(_) => {}
        None => {
            let (from, middle) = (x(low) + 1.5, top + HEIGHT / 2.0);
            let tip = vec![[from, top], [from + ARROW - 1.5, middle], [from, top + HEIGHT]];
            items.push(shapes::area(vec![shapes::closed(tip)], Some(color), None));
        }
    }
}
