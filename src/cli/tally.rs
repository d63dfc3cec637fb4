//! `sitrep tally`: how many, in groups.

use std::process::ExitCode;
use std::sync::LazyLock;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use serde::Serialize;

use super::args::{ViewArgs, ViewJson, view_json};
use super::events::summary;
use super::format::{Format, to_csv, to_json};
use super::{CliError, output, published, tempo};
use crate::analysis::{Facet, Group, GroupBy, tally, words};
use crate::domain::Code as _;

/// Count the events of a view in groups.
#[derive(Debug, Args)]
#[command(after_help = "\
An event whose date is only known to a span of days is \"possible\" in each day, week or month that
the span overlaps, and counts once in the total. An event with several actors or kinds of source, or
with killed and wounded, stands in several groups, and counts once in the total too. An actor's
group holds the events of the actors under it (`parent` in the table).

The keys are the values that --where takes for the same facet.

--by published lists what others counted in periods that overlap the window, beside what the record
has of the same scope and period. These counts are not one series.

--by tempo says how the pace changes. About the window: its days against as many before them, the
7 and 30 days up to its last day (which may begin before it), and the days without an event up to
then. About the whole record, as rule and filter leave it: the busiest hours and days, the longest
gap between events, the median step from one day with an event to the next, and bursts by the
method of Kleinberg (2002).

Examples:
  sitrep tally --from 2022-01-03 --to 2022-01-06 --by day --format json
  sitrep tally --by site --where country=IQ
  sitrep tally --by claimed_by --rule confirmed
  sitrep tally --by month --search katyusha
  sitrep tally --by published --from 2021 --to 2021
  sitrep tally --by tempo --from 2022-01-03 --to 2022-01-06
  sitrep tally --by day --rolling --from 2021-12 --to 2022-01 --format csv")]
pub(super) struct TallyArgs {
    #[command(flatten)]
    view: ViewArgs,

    /// What the groups are.
    #[arg(long, value_enum)]
    by: By,

    /// With --by day: beside each day also the counts of the last 7 and 30 days that end with it.
    #[arg(long)]
    rolling: bool,

    /// How the result is written.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// What the groups are, as it is typed.
#[derive(Clone, Copy, Debug)]
enum By {
    /// The events of the view.
    Group(GroupBy),
    /// What others counted, each in its own scope.
    Published,
    /// How the pace of the view's events changes.
    Tempo,
}

impl By {
    fn word(self) -> &'static str {
        match self {
            Self::Group(GroupBy::Facet(facet)) => facet.code(),
            Self::Group(GroupBy::Day) => "day",
            Self::Group(GroupBy::Week) => "week",
            Self::Group(GroupBy::Month) => "month",
            Self::Published => "published",
            Self::Tempo => "tempo",
        }
    }
}

impl ValueEnum for By {
    fn value_variants<'a>() -> &'a [Self] {
        static ALL: LazyLock<Vec<By>> = LazyLock::new(|| {
            let facets = Facet::ALL.iter().map(|facet| GroupBy::Facet(*facet));
            let groups = facets.chain([GroupBy::Day, GroupBy::Week, GroupBy::Month]);
            groups.map(By::Group).chain([By::Published, By::Tempo]).collect()
        });
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()))
    }
}

pub(super) fn run(args: &TallyArgs) -> Result<ExitCode, CliError> {
    #[derive(Serialize)]
    struct Listing<'a> {
        schema: &'static str,
        view: ViewJson<'a>,
        by: &'static str,
        rows: &'a [Group],
    }
    if args.rolling && !matches!(args.by, By::Group(GroupBy::Day)) {
        return Err(CliError::Use(
            "--rolling gives the counts of the last 7 and 30 days of each day: give it with --by day".to_owned(),
        ));
    }
    let resolved = args.view.resolve()?;
    let group_by = match args.by {
        By::Group(group_by) => group_by,
        other => {
            let text = match other {
                By::Tempo => tempo::listing(&resolved, args.format)?,
                _ => published::listing(&resolved, args.format)?,
            };
            output::result(&text)?;
            return Ok(ExitCode::SUCCESS);
        }
    };
    let selection = resolved.selection();
    let tally = tally(&resolved.dataset, &selection, group_by);
    let text = match args.format {
        format if args.rolling => tempo::rolling(&resolved, &selection, &tally.groups, format)?,
        Format::Json => to_json(&Listing {
            schema: "sitrep-tally/1",
            view: view_json(&resolved, &selection),
            by: args.by.word(),
            rows: &tally.groups,
        })?,
        Format::Csv => to_csv(&["key", "label", "certain", "possible"], &tally.groups)?,
        Format::Table => {
            let rows = tally
                .groups
                .iter()
                .map(|g| {
                    vec![
                        g.label.clone(),
                        words::thousands(g.certain),
                        words::thousands(g.possible),
                        g.key.clone(),
                    ]
                })
                .collect();
            let mut text = output::table(&["", "certain", "possible", "key"], rows, &[1, 2]);
            text.push_str("\n\n");
            text.push_str(&summary(&resolved, &selection));
            text
        }
    };
    output::result(&text)?;
    Ok(ExitCode::SUCCESS)
}
