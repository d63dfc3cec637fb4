//! What a file of events says of itself: which events of which record it has, and which not.

use super::{Record, Selection, View, words};

/// What was exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportNote {
    /// For people, in sentences.
    pub words: String,
    /// For programs: names and values.
    pub facts: Vec<(&'static str, String)>,
}

impl ExportNote {
    /// What a view lets through.
    #[must_use]
    pub fn of(record: &Record, view: &View, selection: &Selection) -> Self {
        let left_out = &selection.left_out;
        let area = view.filter.area().map(|area| {
            let [low, high] = area.corners();
            [low.lon(), low.lat(), high.lon(), high.lat()].map(|d| d.to_string()).join(",")
        });
        let facts = [
            ("written_by", format!("Sitrep {}", env!("CARGO_PKG_VERSION"))),
            ("dataset", record.name.clone()),
            ("dataset_title", record.title.clone()),
            ("dataset_version", record.version.clone()),
            ("dataset_sha256", record.sha256.get().unwrap_or_default().to_owned()),
            ("time_zone", record.time_zone.clone()),
            ("from", view.window.first().to_string()),
            ("to", view.window.last().to_string()),
            ("mode", view.mode.code().to_owned()),
            ("rule", view.rule.code().to_owned()),
            ("rule_in_words", view.rule.label().to_owned()),
            ("where", view.filter.to_string()),
            ("bbox", area.unwrap_or_default()),
            ("events", selection.len().to_string()),
            ("certain", selection.certain().to_string()),
            ("possible", selection.possible().to_string()),
            ("outside_days", left_out.outside_days.to_string()),
            ("left_out_by_rule", left_out.rule_total().to_string()),
            ("left_out_by_filter", left_out.by_filter.to_string()),
            ("left_out_by_both", left_out.by_both.to_string()),
            ("rows_that_could_not_be_used", record.rows_left_out.to_string()),
        ];
        let facts = facts.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        Self { words: said(record, view, selection), facts }
    }

    /// All of it as a text of its own.
    #[must_use]
    pub fn text(&self) -> String {
        let facts = self.facts.iter().map(|(name, value)| format!("{name}: {value}\n"));
        format!("{}\n\n{}", self.words, facts.collect::<String>())
    }
}

/// The window, the totals and what is left out, in sentences.
#[must_use]
pub fn said(record: &Record, view: &View, selection: &Selection) -> String {
    let mut text = format!(
        "{}: {}. Counted: {}.",
        words::window(record, view),
        words::total(view, selection),
        view.rule.label()
    );
    if !view.filter.is_empty() {
        text.push_str(&format!(" Only {}.", view.filter.words(record)));
    }
    if let Some(left_out) = words::left_out(view, selection) {
        text.push_str(&format!(" In these days but not listed: {left_out}."));
    }
    let cautions = words::cautions(record, view, selection);
    if !cautions.is_empty() {
        text.push_str(&format!(" {cautions}"));
    }
    text
}
