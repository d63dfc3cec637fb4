//! The text in a chunk of a PNG. The picture itself is not decoded.

use super::FigureFault;
use super::inflate::inflated;
use super::text::{KEYWORD, MAX_TEXT};

pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The text with the keyword in a `zTXt` chunk; in `iTXt` or `tEXt` where another program wrote it anew.
pub(super) fn find(png: &[u8]) -> Result<Vec<u8>, FigureFault> {
    let mut rest = png.get(SIGNATURE.len()..).unwrap_or_default();
    let (mut found, mut ended) = (None, false);
    // Chunks are a length, a type, so many bytes, and a check of four bytes (PNG, section 5.3).
    while let Some((head, after)) = rest.split_first_chunk::<8>() {
        let [a, b, c, d, kind @ ..] = *head;
        let length = u32::from_be_bytes([a, b, c, d]) as usize;
        let data = after.get(..length).ok_or(FigureFault::Damaged("the picture breaks off"));
        if let Some(text) = data.as_ref().map_or(Ok(None), |data| text_of(kind, data))?
            && found.replace(text).is_some()
        {
            return Err(FigureFault::Several);
        }
        let end = data.map(|_| length.saturating_add(4));
        match end
            .and_then(|end| after.get(end..).ok_or(FigureFault::Damaged("the picture breaks off")))
        {
            Ok(next) => rest = next,
            // What comes after the text is not needed.
            Err(fault) => return found.ok_or(fault),
        }
        if &kind == b"IEND" {
            ended = true;
            break;
        }
    }
    found.ok_or(if ended {
        FigureFault::Nothing
    } else {
        FigureFault::Damaged("the picture breaks off")
    })
}

fn text_of(kind: [u8; 4], data: &[u8]) -> Result<Option<Vec<u8>>, FigureFault> {
    let Some(rest) = data.strip_prefix(KEYWORD.as_bytes()).and_then(|d| d.strip_prefix(&[0]))
    else {
        return Ok(None);
    };
    let damaged = FigureFault::Damaged("its chunk has no text");
    let (packed, text) = match (&kind, rest) {
        (b"tEXt", text) => (false, text),
        (b"zTXt", [0, text @ ..]) => (true, text),
        // A language and the keyword in it come before the text.
        (b"iTXt", [flag @ (0 | 1), 0, rest @ ..]) => {
            let mut parts = rest.splitn(3, |byte| *byte == 0);
            (*flag == 1, parts.nth(2).ok_or(damaged)?)
        }
        (b"iTXt" | b"zTXt", _) => return Err(damaged),
        _ => return Ok(None),
    };
    if text.len() > MAX_TEXT {
        return Err(FigureFault::Long);
    }
    if packed { inflated(text).map(Some) } else { Ok(Some(text.to_vec())) }
}
