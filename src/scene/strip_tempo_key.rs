//! The key of the row that shows the pace of events: what its lines, bars and marks count.

use super::strip::StripLayout;
use super::strip_tempo::{MARK, TempoInput, mark, number, strokes, thickness};
use super::text::Shaper;
use super::theme::{Theme, style};
use super::{Halo, Item, Rect, Text, shapes};
use crate::analysis::words;

/// A part of the key: what is drawn, and its words, long and short.
struct Part {
    sample: Sample,
    words: [String; 2],
}

#[derive(Clone, Copy)]
enum Sample {
    Line(usize),
    Burst,
    Busiest,
}

fn parts(input: TempoInput<'_>) -> Vec<Part> {
    let tempo = input.tempo;
    let noun = words::capitalised(input.rule.noun(2));
    let mut parts = Vec::new();
    for (which, rolling) in tempo.rolling.iter().enumerate() {
        let days = rolling.days;
        let long =
            if which == 0 { format!("{noun} in {days} days") } else { format!("in {days} days") };
        let short = format!("{days} days");
        let (most, all) = (rolling.most(), rolling.most_possible());
        let ([at_most, few], shaded) = match (rolling.counts.is_empty(), all > most) {
            (true, _) => ([": the record has fewer", ": none"].map(str::to_owned), String::new()),
            (_, false) => {
                ([", at most ", ", most "].map(|w| format!("{w}{}", number(most))), String::new())
            }
            (_, true) => (
                [", at most ", ", most "].map(|w| format!("{w}{}", number(most))),
                format!(", or {} with possible ones (shaded)", number(all)),
            ),
        };
        let words = [format!("{long}{at_most}{shaded}"), format!("{short}{few}")];
        parts.push(Part { sample: Sample::Line(which), words });
    }
    if !tempo.bursts.all.is_empty() {
        let words = ["burst, thicker at a higher level", "burst"].map(str::to_owned);
        parts.push(Part { sample: Sample::Burst, words });
    }
    if let Some(span) = tempo.busiest.as_ref().and_then(|b| b.spans.first()) {
        let words = match span.days() {
            1 => "busiest day".to_owned(),
            n => format!("busiest {n} days"),
        };
        parts.push(Part { sample: Sample::Busiest, words: [words.clone(), words] });
    }
    parts
}

/// Draws the key: in long words, where they have no room in short ones; gives the long ones.
pub(super) fn draw(
    shaper: &mut Shaper,
    theme: &Theme,
    input: TempoInput<'_>,
    layout: &StripLayout,
    items: &mut Vec<Item>,
) -> String {
    const SAMPLE: f32 = 20.0;
    const GAPS: [f32; 2] = [4.0, 14.0];
    let parts = parts(input);
    let mut shaped = |which: usize| -> Vec<_> {
        parts.iter().map(|part| shaper.shape(&part.words[which], style::SMALL)).collect()
    };
    let long = shaped(0);
    let each = SAMPLE + GAPS[0] + GAPS[1];
    let width: f32 = long.iter().map(|text| text.width() + each).sum();
    let texts = if width <= layout.bars.width() { long } else { shaped(1) };
    let [mut x, top] = layout.bars.min;
    x += 4.0;
    for (part, text) in parts.iter().zip(texts) {
        let y = top + text.height() / 2.0 + 0.5;
        match part.sample {
            Sample::Line(which) => {
                let line = vec![[x, y], [x + SAMPLE, y]];
                items.push(shapes::line(line, strokes(theme)[which]));
            }
            Sample::Burst => {
                for (level, share) in [(1, [0.0, 1.0]), (2, [0.3, 0.7])] {
                    let [from, to] = share.map(|s| x + s * SAMPLE);
                    let bar = Rect { min: [from, y - 2.0], max: [to, y - 2.0 + thickness(level)] };
                    items.push(shapes::filled(bar, theme.text_muted));
                }
            }
            Sample::Busiest => items.push(mark(theme, x + SAMPLE / 2.0, y - MARK[1] / 2.0)),
        }
        let origin = [x + SAMPLE + GAPS[0], top];
        x = origin[0] + text.width() + GAPS[1];
        let halo = Some(Halo { color: theme.paper, width: 2.0 });
        items.push(Item::Text(Text { origin, shaped: text, color: theme.text_muted, halo }));
    }
    parts
        .into_iter()
        .map(|p| p.words.into_iter().next().unwrap_or_default())
        .collect::<Vec<_>>()
        .join("; ")
}
