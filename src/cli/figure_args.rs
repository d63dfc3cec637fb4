//! The flags that say what a figure carries, and what they make of it.

use clap::{Args, ValueEnum};

use super::CliError;
use super::each::Each;
use crate::analysis::{
    Callout, CalloutAt, FigurePart, FigureSpec, LabelDensity, Panels, Record, Selection, near_ids,
    words,
};

/// What a figure carries.
#[derive(Debug, Args)]
pub(super) struct FigureArgs {
    /// Subtitle instead of the computed line of days, counts and rule, which then stands among the notes.
    #[arg(long)]
    subtitle: Option<String>,

    /// Parts that a figure has only when they are asked for: table, north-arrow, inset.
    #[arg(long, value_name = "PARTS", value_delimiter = ',', value_parser = part)]
    with: Vec<FigurePart>,

    /// Parts to leave out: legend, scale-bar, strip, notes, sources. Credits, rule and days always stay.
    #[arg(long, value_name = "PARTS", value_delimiter = ',', value_parser = part)]
    without: Vec<FigurePart>,

    /// Leave out the time strip below the map, as --without strip.
    #[arg(long)]
    no_strip: bool,

    /// How many sites are named.
    #[arg(long, value_enum)]
    labels: Option<LabelsArg>,

    /// A note on the map with a line to a site or an event, by identifier: site:ID, event:ID, with words of your own
    /// after an equals sign (site:ID=WORDS) or computed ones. Can be given several times.
    #[arg(long, value_name = "AT")]
    callout: Vec<String>,

    /// Several maps in one figure, one for each week (from Monday), month or site, all on the same scale.
    #[arg(long, value_enum)]
    panels: Option<PanelsArg>,
}

/// What there is a map for.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum PanelsArg {
    /// Weeks of the window, those without an event too.
    Week,
    /// Months of the window, those without an event too.
    Month,
    /// Sites with an event shown.
    Site,
}

/// How many sites are named.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum LabelsArg {
    /// None.
    None,
    /// Those with most events.
    Few,
    /// As many as have room.
    All,
}

impl FigureArgs {
    /// A figure with what they ask for.
    ///
    /// # Errors
    /// [`CliError::Use`] for a part that is both asked for and left out, and for a callout of what the record does
    /// not have; of one figure, not one of a series, also for an event that is not shown.
    pub(super) fn spec(
        &self,
        mut spec: FigureSpec,
        (record, selection): (&Record, &Selection),
        in_series: bool,
    ) -> Result<FigureSpec, CliError> {
        if let Some(both) = self.with.iter().find(|part| self.without.contains(part)) {
            let part = both.code();
            return Err(CliError::Use(format!(
                "--with {part} and --without {part} contradict each other: leave one out"
            )));
        }
        if let Some(subtitle) = &self.subtitle {
            spec.subtitle = Some(subtitle.clone());
        }
        if let Some(labels) = self.labels {
            spec.labels = match labels {
                LabelsArg::None => LabelDensity::None,
                LabelsArg::Few => LabelDensity::Few,
                LabelsArg::All => LabelDensity::All,
            };
        }
        if !self.callout.is_empty() {
            let shown = (!in_series).then_some(selection);
            let callouts = self.callout.iter().map(|typed| callout(typed, record, shown));
            spec.callouts = callouts.collect::<Result<Vec<_>, _>>()?;
        }
        if let Some(by) = self.panels {
            spec.panels = Some(match by {
                PanelsArg::Week => Panels::Week,
                PanelsArg::Month => Panels::Month,
                PanelsArg::Site => Panels::Site,
            });
        }
        for part in &self.with {
            spec = spec.with(*part, true);
        }
        for part in &self.without {
            spec = spec.with(*part, false);
        }
        if self.no_strip {
            spec = spec.with(FigurePart::Strip, false);
        }
        Ok(spec)
    }
}

impl FigureArgs {
    /// Refuses a series of figures of which each would have a single panel.
    pub(super) fn beside_each(&self, each: Option<Each>) -> Result<(), CliError> {
        match (self.panels, each) {
            (Some(PanelsArg::Month), Some(Each::Month))
            | (Some(PanelsArg::Site), Some(Each::Site)) => Err(CliError::Use(
                "--each and --panels of the same would make figures of one map each: leave one out"
                    .to_owned(),
            )),
            _ => Ok(()),
        }
    }
}

/// A callout as it is typed: `site:ID`, `event:ID`, with or without `=WORDS`.
fn callout(typed: &str, record: &Record, shown: Option<&Selection>) -> Result<Callout, CliError> {
    let (at, text) = match typed.split_once('=') {
        Some((at, text)) => (at, Some(text.trim().to_owned()).filter(|t| !t.is_empty())),
        None => (typed, None),
    };
    let refused = |why: String| CliError::Use(format!("--callout {at}: {why}"));
    let at = match at.split_once(':') {
        Some(("site", id)) => {
            if record.find_site(id).is_none() {
                let known = record.sites.iter().map(|s| (s.id.as_str(), s.name.as_str()));
                let hint = near_ids(id, known);
                return Err(refused(format!("the record has no such site{hint}")));
            }
            CalloutAt::Site(id.to_owned())
        }
        Some(("event", id)) => {
            let Some(event) = record.find_event(id) else {
                let known = record.events.iter().map(|e| (e.held().id.as_str(), ""));
                let hint = near_ids(id, known);
                return Err(refused(format!("the record has no such event{hint}")));
            };
            if shown.is_some_and(|selection| selection.shown_event(event).is_none()) {
                let date = words::event_date(&record.event(event).date);
                return Err(refused(format!(
                    "this event ({date}) is not shown in these days, or the rule or a filter keeps it out"
                )));
            }
            CalloutAt::Event(id.to_owned())
        }
        _ => {
            return Err(refused(
                "write site:ID or event:ID, with =WORDS after it or not".to_owned(),
            ));
        }
    };
    Ok(Callout { at, text })
}

/// The part that a word names.
fn part(word: &str) -> Result<FigurePart, String> {
    FigurePart::ALL.into_iter().find(|part| part.code() == word).ok_or_else(|| {
        let known = FigurePart::ALL.map(FigurePart::code).join(", ");
        format!("no part of a figure; parts are {known}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_known_by_its_word_and_others_are_refused_with_those_that_are() {
        for known in FigurePart::ALL {
            assert_eq!(part(known.code()), Ok(known));
        }
        let told = part("legends").unwrap_err();
        assert!(told.contains("legend,") && told.contains("north-arrow"), "{told}");
    }
}
