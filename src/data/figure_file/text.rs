//! The record of a figure as text: one line of JSON in ASCII, with none of the characters that XML escapes and a
//! check of itself at its end, so that it survives every program that keeps it and shows every change.

use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::{FigureFault, FigureRecord, SOFTWARE};
use crate::analysis::FIGURE_RECORD;

/// The keyword of its chunk in a PNG.
pub(super) const KEYWORD: &str = FIGURE_RECORD;
/// The local name of its element in an SVG.
pub(super) const ELEMENT: &str = FIGURE_RECORD;
/// What the name of its form begins with, before the number.
const SCHEMA: &str = "sitrep-figure/";
const SCHEMA_NUMBER: u32 = 1;
/// The most bytes of it, unpacked.
pub const MAX_TEXT: usize = 16_000_000;
const CHECK: &str = ",\"check\":\"";
const CHECK_DIGITS: usize = 16;

/// The name of the form that is written.
pub(super) fn schema() -> String {
    format!("{SCHEMA}{SCHEMA_NUMBER}")
}

/// The text; `None` when it would be longer than is ever read.
pub(super) fn write(record: &FigureRecord) -> Option<String> {
    let json = serde_json::to_string(record).ok()?;
    let mut text = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        // In JSON such characters stand in strings only, where they may be escaped.
        if c.is_ascii() && !matches!(c, '<' | '>' | '&' | '\'' | '\x7f') {
            text.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                text.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    text.pop();
    let check = hex(&Sha256::digest(&text), CHECK_DIGITS);
    text.push_str(&format!("{CHECK}{check}\"}}"));
    (text.len() <= MAX_TEXT).then_some(text)
}

/// Whether bytes begin as the text does, of whatever version.
pub(super) fn is_begun(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(format!("{{\"schema\":\"{SCHEMA}").as_bytes())
}

/// Reads the text.
pub(super) fn read(bytes: &[u8]) -> Result<FigureRecord, FigureFault> {
    let text =
        std::str::from_utf8(bytes).map_err(|_| FigureFault::Damaged("it is no text"))?.trim();
    if !is_begun(text.as_bytes()) {
        return Err(FigureFault::Damaged("it does not begin as Sitrep writes it"));
    }
    let after = text.split_once(SCHEMA).map_or("", |(_, after)| after);
    let number = after.split_once('"').and_then(|(number, _)| number.parse::<u32>().ok());
    if number.is_some_and(|number| number > SCHEMA_NUMBER) {
        return Err(FigureFault::Newer(maker(text)));
    }
    let (said, check) =
        text.rsplit_once(CHECK).ok_or(FigureFault::Damaged("its end is missing"))?;
    if check.strip_suffix("\"}") != Some(&hex(&Sha256::digest(said), CHECK_DIGITS)) {
        return Err(FigureFault::Damaged("its check does not hold"));
    }
    serde_json::from_str(text).map_err(|error| {
        let maker = maker(text);
        if is_newer(&maker) {
            return FigureFault::Newer(maker);
        }
        FigureFault::Refused(shortened(&error.to_string()))
    })
}

/// The first digits of bytes as hexadecimal.
pub(super) fn hex(bytes: &[u8], digits: usize) -> String {
    let mut hex = crate::data::digest::hex(bytes);
    hex.truncate(digits);
    hex
}

/// Which program wrote a text that cannot be read otherwise.
fn maker(text: &str) -> String {
    #[derive(Deserialize)]
    struct Maker {
        software: String,
    }
    let maker = serde_json::from_str(text).map(|Maker { software }| shortened(&software));
    maker.unwrap_or_else(|_| "of a version that it does not say".to_owned())
}

/// Whether a program is a newer Sitrep than this one, by its version.
pub(in crate::data) fn is_newer(software: &str) -> bool {
    version(software).zip(version(SOFTWARE)).is_some_and(|(theirs, ours)| theirs > ours)
}

fn version(software: &str) -> Option<Vec<u32>> {
    software.strip_prefix("Sitrep ")?.split('.').map(|part| part.parse().ok()).collect()
}

/// What somebody else wrote, fit to stand in a sentence.
pub(in crate::data) fn shortened(text: &str) -> String {
    const MOST: usize = 160;
    let mut short: String = text.chars().filter(|c| !c.is_control()).take(MOST).collect();
    if text.chars().nth(MOST).is_some() {
        short.push('…');
    }
    short
}
