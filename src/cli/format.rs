//! How a result is written: the formats, and the writers of those that are more than text.

use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde::Serialize;

use super::CliError;

/// How a result is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For reading.
    Table,
    /// An object with its schema and its rows.
    Json,
    /// For spreadsheets.
    Csv,
}

/// Takes some of the formats and refuses the others: for a subcommand that has not all.
pub(super) fn among(formats: &[Format]) -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(formats.iter().filter_map(ValueEnum::to_possible_value))
        .try_map(|word| Format::from_str(&word, true))
}

/// A result as JSON.
///
/// # Errors
///
/// When a value has no form in JSON.
pub(super) fn to_json(value: &impl Serialize) -> Result<String, CliError> {
    serde_json::to_string_pretty(value)
        .map_err(|e| CliError::Use(format!("the result cannot be written as JSON ({e})")))
}

/// Rows as CSV, with a header also where there is no row.
///
/// # Errors
///
/// When a row has no form in CSV.
pub(super) fn to_csv<R: Serialize>(
    header: &[impl AsRef<[u8]>],
    rows: impl IntoIterator<Item = R>,
) -> Result<String, CliError> {
    let failed = |e: String| CliError::Use(format!("the result cannot be written as CSV ({e})"));
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    writer.write_record(header).map_err(|e| failed(e.to_string()))?;
    for row in rows {
        writer.serialize(row).map_err(|e| failed(e.to_string()))?;
    }
    let bytes = writer.into_inner().map_err(|e| failed(e.to_string()))?;
    String::from_utf8(bytes).map_err(|e| failed(e.to_string()))
}
