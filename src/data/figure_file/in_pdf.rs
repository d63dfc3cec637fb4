//! The text of a file that is embedded in a PDF.
//!
//! Objects are not followed, so that none can lead round in a circle: every stream that says it is an embedded file
//! is looked at where it stands, and that which begins as our text does is it.

use super::FigureFault;
use super::in_svg::position;
use super::inflate::inflated;
use super::text::{MAX_TEXT, is_begun};

/// Embedded files that are looked at; a figure has one.
const MOST_LOOKED_AT: usize = 64;
/// Bytes of the dictionary of a stream.
const MAX_DICTIONARY: usize = 4096;

/// The embedded text.
pub(super) fn find(pdf: &[u8]) -> Result<Vec<u8>, FigureFault> {
    let mut found = None;
    let mut fault = None;
    let mut rest = pdf;
    for _ in 0..MOST_LOOKED_AT {
        let Some(at) = position(rest, b"/EmbeddedFile") else { break };
        let (before, after) = (&rest[..at], &rest[at + b"/EmbeddedFile".len()..]);
        rest = after;
        // The name of the tree of all embedded files is a longer one.
        if after.first().is_some_and(u8::is_ascii_alphanumeric) {
            continue;
        }
        let Some(text) = stream(before, after) else { continue };
        match text {
            Ok(text) if is_begun(&text) => {
                if found.replace(text).is_some() {
                    return Err(FigureFault::Several);
                }
            }
            Ok(_) => {}
            Err(why) => fault = Some(why),
        }
    }
    let whole = pdf.trim_ascii_end().ends_with(b"%%EOF");
    let nothing =
        if whole { FigureFault::Nothing } else { FigureFault::Damaged("the file breaks off") };
    found.ok_or(fault.unwrap_or(nothing))
}

/// What is in the stream in whose dictionary the two meet; `None` where there is no stream.
fn stream(before: &[u8], after: &[u8]) -> Option<Result<Vec<u8>, FigureFault>> {
    let near = &after[..after.len().min(MAX_DICTIONARY)];
    let end = position(near, b"stream")?;
    if position(&near[..end], b"endobj").is_some() {
        return None;
    }
    let start = before.len().saturating_sub(MAX_DICTIONARY);
    let start =
        before[start..].windows(4).rposition(|four| four == b" obj").map_or(start, |at| start + at);
    let has =
        |word: &[u8]| position(&before[start..], word).or(position(&near[..end], word)).is_some();
    let data = &after[end + b"stream".len()..];
    let data = data.strip_prefix(b"\r").unwrap_or(data);
    let data = data.strip_prefix(b"\n").unwrap_or(data);
    if has(b"/FlateDecode") {
        return Some(inflated(data));
    }
    if has(b"/Filter") {
        return Some(Err(FigureFault::Damaged("it is packed in a way that Sitrep does not use")));
    }
    let Some(length) = position(data, b"endstream") else {
        return Some(Err(FigureFault::Damaged("the file breaks off")));
    };
    Some(if length > MAX_TEXT { Err(FigureFault::Long) } else { Ok(data[..length].to_vec()) })
}
