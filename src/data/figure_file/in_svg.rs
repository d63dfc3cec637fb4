//! The text of an element of an SVG.
//!
//! The file is not read as XML, so that no entity of its own is ever looked up: the element is found by its name,
//! whatever prefix its namespace has been given, and its text has no character that XML would have to escape.

use super::FigureFault;
use super::text::{ELEMENT, MAX_TEXT};

/// The text of the element.
pub(super) fn find(svg: &[u8]) -> Result<Vec<u8>, FigureFault> {
    let mut found = None;
    let mut at = 0;
    while let Some(start) = position(&svg[at..], ELEMENT.as_bytes()).map(|p| at + p) {
        at = start + ELEMENT.len();
        if !opens(&svg[..start]) {
            continue;
        }
        let rest = &svg[at..];
        let broken = FigureFault::Damaged("the file breaks off");
        let tag = rest.iter().position(|b| *b == b'>').ok_or(broken.clone())?;
        let inside = &rest[tag + 1..];
        let end = position(inside, b"</").ok_or(broken)?;
        if end > MAX_TEXT {
            return Err(FigureFault::Long);
        }
        if found.replace(plain(&inside[..end])?).is_some() {
            return Err(FigureFault::Several);
        }
        at += tag + 1 + end;
    }
    let whole = svg.trim_ascii_end().ends_with(b">");
    found.ok_or(if whole {
        FigureFault::Nothing
    } else {
        FigureFault::Damaged("the file breaks off")
    })
}

/// Whether a name that begins after these bytes is that of an element: `<`, or `<` and a prefix.
fn opens(before: &[u8]) -> bool {
    if before.ends_with(b"<") {
        return true;
    }
    let Some(before) = before.strip_suffix(b":") else { return false };
    let is_name = |b: &u8| b.is_ascii_alphanumeric() || b"_-.".contains(b);
    // A prefix is short; what is not is no prefix.
    let prefix = before.iter().rev().take(32).take_while(|b| is_name(b)).count();
    prefix > 0 && before[..before.len() - prefix].ends_with(b"<")
}

/// The text without what programs put around it or in it: CDATA, and the entities of XML itself.
fn plain(inside: &[u8]) -> Result<Vec<u8>, FigureFault> {
    let inside = inside.trim_ascii();
    if let Some(data) = inside.strip_prefix(b"<![CDATA[") {
        let data = data.strip_suffix(b"]]>").ok_or(FigureFault::Damaged("its text breaks off"))?;
        return Ok(data.to_vec());
    }
    let known: [(&[u8], u8); 6] = [
        (b"&quot;", b'"'),
        (b"&#34;", b'"'),
        (b"&#x22;", b'"'),
        (b"&apos;", b'\''),
        (b"&#39;", b'\''),
        (b"&amp;", b'&'),
    ];
    let mut text = Vec::with_capacity(inside.len());
    let mut rest = inside;
    while let Some((first, others)) = rest.split_first() {
        if *first == b'&' {
            let entity = known.iter().find(|(entity, _)| rest.starts_with(entity));
            let (entity, byte) = entity
                .ok_or(FigureFault::Damaged("its text has an entity that Sitrep does not write"))?;
            text.push(*byte);
            rest = &rest[entity.len()..];
        } else {
            text.push(*first);
            rest = others;
        }
    }
    Ok(text)
}

/// Where the needle stands first.
pub(super) fn position(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let first = *needle.first()?;
    let mut at = 0;
    loop {
        at += haystack.get(at..)?.iter().position(|b| *b == first)?;
        if haystack[at..].starts_with(needle) {
            return Some(at);
        }
        at += 1;
    }
}
