//! Values read from JSON with what stood beside them and is not known: it is written back where it stood.

use std::collections::BTreeMap;

use serde::de::{DeserializeOwned, Error as _};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// What was read beside a value that is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Unknown {
    /// Nothing.
    #[default]
    Nothing,
    /// A value under a name that is not known.
    Value(Value),
    /// Within an object, by name.
    Within(BTreeMap<String, Unknown>),
    /// Within the elements of a list, each with what it said otherwise.
    InList(Vec<(Value, Unknown)>),
}

/// A value with what was read beside it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept<T> {
    /// What is known.
    pub value: T,
    /// What is not, as it stood.
    pub unknown: Unknown,
}

impl<T> Kept<T> {
    /// A value with nothing beside it.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self { value, unknown: Unknown::Nothing }
    }
}

impl Unknown {
    /// What of a text is not in what was made of it.
    fn beside(raw: &Value, known: &Value) -> Self {
        match (raw, known) {
            (Value::Object(raw), Value::Object(known)) => {
                let found = raw.iter().map(|(name, raw)| {
                    let beside = known
                        .get(name)
                        .map_or_else(|| Self::Value(raw.clone()), |known| Self::beside(raw, known));
                    (name.clone(), beside)
                });
                let found: BTreeMap<_, _> =
                    found.filter(|(_, beside)| *beside != Self::Nothing).collect();
                if found.is_empty() { Self::Nothing } else { Self::Within(found) }
            }
            (Value::Array(raw), Value::Array(known)) if raw.len() == known.len() => {
                let found =
                    raw.iter().zip(known).map(|(raw, known)| (known, Self::beside(raw, known)));
                let found: Vec<_> = found
                    .filter(|(_, beside)| *beside != Self::Nothing)
                    .map(|(known, beside)| (known.clone(), beside))
                    .collect();
                if found.is_empty() { Self::Nothing } else { Self::InList(found) }
            }
            _ => Self::Nothing,
        }
    }

    /// Puts it back beside a value as it is now; what is known now stays.
    fn put_back(&self, now: &mut Value) {
        match (self, now) {
            (Self::Within(unknown), Value::Object(now)) => {
                for (name, unknown) in unknown {
                    match (now.get_mut(name), unknown) {
                        (None, Self::Value(value)) => {
                            now.insert(name.clone(), value.clone());
                        }
                        (Some(now), unknown) => unknown.put_back(now),
                        (None, _) => {}
                    }
                }
            }
            // An element is known again by all else that it says.
            (Self::InList(unknown), Value::Array(now)) => {
                let mut left: Vec<_> = unknown.iter().collect();
                for element in now {
                    if let Some(place) = left.iter().position(|(known, _)| known == element) {
                        left.remove(place).1.put_back(element);
                    }
                }
            }
            _ => {}
        }
    }
}

impl<T: Serialize> Serialize for Kept<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut value = serde_json::to_value(&self.value).map_err(S::Error::custom)?;
        self.unknown.put_back(&mut value);
        value.serialize(serializer)
    }
}

impl<'de, T: Serialize + DeserializeOwned> Deserialize<'de> for Kept<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Value::deserialize(deserializer)?;
        let value = T::deserialize(&raw).map_err(D::Error::custom)?;
        let known = serde_json::to_value(&value).map_err(D::Error::custom)?;
        Ok(Self { unknown: Unknown::beside(&raw, &known), value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    struct Inner {
        name: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        perhaps: Option<u8>,
    }

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    struct Outer {
        inner: Inner,
        list: Vec<Inner>,
        own: Vec<Kept<Inner>>,
    }

    fn inner(name: &str) -> Inner {
        Inner { name: name.to_owned(), perhaps: None }
    }

    #[test]
    fn what_is_not_known_comes_back_where_it_stood() {
        let text = json!({
            "new": [1, {"a": null}],
            "inner": {"name": "a", "deep": {"er": 1}},
            "list": [{"name": "b", "x": 1}, {"name": "c", "x": 2}],
            "own": [{"name": "d", "y": 1}, {"name": "e", "y": 2}],
        });
        let mut read: Kept<Outer> = serde_json::from_value(text.clone()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), text);
        // What is known changes, and what is not stays with what it belongs to.
        read.value.inner.perhaps = Some(1);
        read.value.list.remove(0);
        read.value.own.remove(0);
        read.value.own[0].value.name = "f".to_owned();
        read.value.own.push(Kept::new(inner("g")));
        let expected = json!({
            "new": [1, {"a": null}],
            "inner": {"name": "a", "perhaps": 1, "deep": {"er": 1}},
            "list": [{"name": "c", "x": 2}],
            "own": [{"name": "f", "y": 2}, {"name": "g"}],
        });
        assert_eq!(serde_json::to_value(&read).unwrap(), expected);
    }
}
