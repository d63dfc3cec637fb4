//! What a JSON text holds, told from its beginning.

/// Texts of JSON that are tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum JsonTable {
    /// A `FeatureCollection` of `GeoJSON`.
    Features,
    /// Features of `GeoJSON` or objects, one after the other, each on a line of its own.
    Lines,
    /// A feature, or several, over any number of lines.
    Stream,
    /// An array of objects.
    Array,
}

/// What the beginning of a text is; `None` of other JSON, such as the descriptor of a data package, and of what is no JSON.
pub(super) fn recognised(start: &[u8]) -> Option<JsonTable> {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    // Sequences of JSON texts have a record separator before each.
    let start = start.strip_prefix(b"\x1e").unwrap_or(start).trim_ascii_start();
    match start.first()? {
        b'[' => {
            let inside = start[1..].trim_ascii_start();
            let first = Object::read(inside)?;
            (!first.members.is_empty()).then_some(JsonTable::Array)
        }
        b'{' => {
            let object = Object::read(start)?;
            let has = |key: &str| object.members.iter().any(|(k, _)| k == key);
            let kind = object.members.iter().find(|(k, _)| k == "type").map(|(_, v)| v.as_str());
            // A data package names its tables, a figure its schema.
            if has("resources") || has("schema") {
                return None;
            }
            let rest = object.end.map(|end| start[end..].trim_ascii_start());
            let on_one_line = object.end.is_some_and(|end| !start[..end].contains(&b'\n'));
            let goes_on =
                rest.is_some_and(|rest| rest.starts_with(b"{") || rest.starts_with(b"\x1e"));
            match kind {
                Some("FeatureCollection") => Some(JsonTable::Features),
                _ if object.members.iter().any(|(k, v)| k == "features" && v == "[") => {
                    Some(JsonTable::Features)
                }
                _ if on_one_line && goes_on => Some(JsonTable::Lines),
                Some("Feature") => Some(JsonTable::Stream),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The members of an object at the beginning of a text that may end anywhere.
struct Object {
    /// Keys, with the text of a string that is their value, or the first sign of another one.
    members: Vec<(String, String)>,
    /// Where it ends, if it does.
    end: Option<usize>,
}

impl Object {
    fn read(text: &[u8]) -> Option<Self> {
        const MOST: usize = 1000;
        if text.first() != Some(&b'{') {
            return None;
        }
        let mut object = Self { members: Vec::new(), end: None };
        let (mut at, mut depth) = (0, 0_usize);
        let mut key: Option<String> = None;
        while let Some(sign) = text.get(at) {
            at += 1;
            match sign {
                b'"' => {
                    let Some(end) = string_end(text, at) else { break };
                    if depth == 1 && object.members.len() < MOST {
                        let words = String::from_utf8_lossy(&text[at..end]).into_owned();
                        match key.take() {
                            Some(key) => object.members.push((key, words)),
                            None => key = Some(words),
                        }
                    }
                    at = end + 1;
                }
                b'{' | b'[' => {
                    if let Some(key) = key.take().filter(|_| depth == 1) {
                        object.members.push((key, char::from(*sign).to_string()));
                    }
                    depth += 1;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    if depth == 0 {
                        object.end = Some(at);
                        break;
                    }
                }
                b',' if depth == 1 => {
                    // The value was a number or a word.
                    if let Some(key) = key.take() {
                        object.members.push((key, String::new()));
                    }
                }
                _ => {}
            }
        }
        Some(object)
    }
}

fn string_end(text: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr::memchr2(b'"', b'\\', text.get(at..)?)?;
        if text[at] == b'"' {
            return Some(at);
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_told_from_other_json_by_their_first_bytes() {
        for (text, wanted) in [
            (r#"{"type":"FeatureCollection","features":[]}"#, Some(JsonTable::Features)),
            (r#"{"name":"a \" b","features":[{"type":"Fea"#, Some(JsonTable::Features)),
            ("\u{feff} {\n \"type\": \"Feature\",\n \"geometry\": null }", Some(JsonTable::Stream)),
            ("{\"type\":\"Feature\"}\n{\"type\":\"Feature\"}\n", Some(JsonTable::Lines)),
            (
                "\u{1e}{\"type\":\"Feature\"}\n\u{1e}{\"type\":\"Feature\"}\n",
                Some(JsonTable::Lines),
            ),
            ("{\"date\":1}\n{\"date\":2}\n", Some(JsonTable::Lines)),
            (r#" [ {"date": "2020-01-01"}]"#, Some(JsonTable::Array)),
            (r#"{"name":"x","resources":[{"name":"features"}]}"#, None),
            (r#"{"schema":"sitrep figure","type":"FeatureCollection"}"#, None),
            (r#"{"type":"Point","coordinates":[1,2]}"#, None),
            (r#"{"a":{"type":"FeatureCollection"}}"#, None),
            ("[1,2]", None),
            ("[]", None),
            ("[{}]", None),
            ("{", None),
            ("{\"", None),
            ("", None),
            ("date,lat\n", None),
        ] {
            assert_eq!(recognised(text.as_bytes()), wanted, "{text}");
        }
    }
}
