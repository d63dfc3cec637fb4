//! JSON as people read it: what says what a thing is comes first, long lists last, and a list of plain values is one line.

use serde_json::{Map, Value};

/// Names that come first, in this order.
const FIRST: [&str; 10] = [
    "format",
    "software",
    "unsaved_of",
    "name",
    "title",
    "dataset",
    "source",
    "view",
    "figure",
    "play",
];
/// Names that come last, in this order.
const LAST: [&str; 3] = ["views", "events", "rows"];

/// The text of a value, with a line break at its end.
pub(super) fn print(value: &Value) -> String {
    let mut text = String::new();
    put(&mut text, value, 0);
    text.push('\n');
    text
}

fn put(text: &mut String, value: &Value, depth: usize) {
    match value {
        Value::Object(object) if !object.is_empty() => {
            text.push('{');
            for (place, (name, value)) in sorted(object).into_iter().enumerate() {
                line(text, place, depth + 1);
                text.push_str(&Value::from(name).to_string());
                text.push_str(": ");
                put(text, value, depth + 1);
            }
            line_end(text, depth);
            text.push('}');
        }
        Value::Array(list) if list.iter().any(|v| v.is_array() || v.is_object()) => {
            text.push('[');
            for (place, value) in list.iter().enumerate() {
                line(text, place, depth + 1);
                put(text, value, depth + 1);
            }
            line_end(text, depth);
            text.push(']');
        }
        Value::Array(list) => {
            let words: Vec<String> = list.iter().map(Value::to_string).collect();
            text.push_str(&format!("[{}]", words.join(", ")));
        }
        plain => text.push_str(&plain.to_string()),
    }
}

fn line(text: &mut String, place: usize, depth: usize) {
    if place > 0 {
        text.push(',');
    }
    line_end(text, depth);
}

fn line_end(text: &mut String, depth: usize) {
    text.push('\n');
    text.push_str(&"  ".repeat(depth));
}

fn sorted(object: &Map<String, Value>) -> Vec<(&str, &Value)> {
    let mut all: Vec<(&str, &Value)> = object.iter().map(|(name, v)| (name.as_str(), v)).collect();
    let rank = |name: &str| {
        let first = FIRST.iter().position(|first| *first == name);
        let last = LAST.iter().position(|last| *last == name).map(|at| FIRST.len() + 1 + at);
        first.or(last).unwrap_or(FIRST.len())
    };
    all.sort_by_key(|(name, _)| (rank(name), *name));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_same_value_is_the_same_text_which_reads_as_the_value() {
        let value = json!({
            "views": [], "a": {"b": "ب\"\n"}, "format": "x", "events": {"rows": [["a", 1], ["b", null]]}, "z": 1.5
        });
        let text = print(&value);
        let expected = "{\n  \"format\": \"x\",\n  \"a\": {\n    \"b\": \"ب\\\"\\n\"\n  },\n  \"z\": 1.5,\n  \"views\": [],\n  \
                        \"events\": {\n    \"rows\": [\n      [\"a\", 1],\n      [\"b\", null]\n    ]\n  }\n}\n";
        assert_eq!(text, expected);
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }
}
