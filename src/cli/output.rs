//! The only place that prints.

use std::io::{self, Write as _};

/// Writes a result to standard output.
pub(super) fn result(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        out.write_all(b"\n")?;
    }
    out.flush()
}

/// Says something to the person on standard error.
pub(super) fn complain(text: &str) {
    // One line, whatever was typed: control characters are shown as escapes.
    let text: String = text
        .chars()
        .flat_map(|c| if c.is_control() { c.escape_default().collect::<Vec<_>>() } else { vec![c] })
        .collect();
    // Nobody is left to tell when standard error is gone.
    let _ = writeln!(io::stderr(), "sitrep: {text}");
}

/// Writes over the line of a terminal that standard error is on; nothing clears it.
pub(super) fn overwrite(text: &str) {
    let mut err = io::stderr();
    let line = if text.is_empty() { String::new() } else { format!("sitrep: {text}") };
    // Nobody is left to tell when standard error is gone.
    let _ = write!(err, "\r{line}\x1b[K").and_then(|()| err.flush());
}

/// A plain table with aligned columns; numbers to the right.
pub(super) fn table(header: &[&str], rows: Vec<Vec<String>>, right: &[usize]) -> String {
    let mut table = comfy_table::Table::new();
    table.load_preset(comfy_table::presets::NOTHING);
    table.set_header(header.to_vec());
    table.add_rows(rows);
    for column in right {
        if let Some(c) = table.column_mut(*column) {
            c.set_cell_alignment(comfy_table::CellAlignment::Right);
        }
    }
    table.trim_fmt()
}
