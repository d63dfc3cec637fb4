//! The flags that say what a figure carries, and what they make of it.

use clap::{Args, ValueEnum};

use super::CliError;
use crate::analysis::{FigurePart, FigureSpec, LabelDensity};

/// What a figure carries.
#[derive(Debug, Args)]
pub(super) struct FigureArgs {
    /// Subtitle instead of the computed line of days, counts and rule, which then stands among the notes.
    #[arg(long)]
    subtitle: Option<String>,

    /// Parts that a figure has only when they are asked for: north-arrow.
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
    /// [`CliError::Use`] for a part that is both asked for and left out.
    pub(super) fn spec(&self, mut spec: FigureSpec) -> Result<FigureSpec, CliError> {
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
