//! The geometry of a feature of `GeoJSON`, of which the extent is kept and no list of points.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::shape::Shape;

/// A geometry: what it is called, and how far it goes.
#[derive(Debug)]
pub(super) struct Geometry {
    pub(super) kind: String,
    pub(super) shape: Shape,
}

impl<'de> Deserialize<'de> for Geometry {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(GeometryVisitor)
    }
}

struct GeometryVisitor;

impl<'de> Visitor<'de> for GeometryVisitor {
    type Value = Geometry;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a geometry")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Geometry, A::Error> {
        let mut geometry = Geometry { kind: String::new(), shape: Shape::default() };
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "type" => geometry.kind = map.next_value()?,
                "coordinates" => {
                    let Coordinates(shape) = map.next_value()?;
                    geometry.shape = shape;
                }
                "geometries" => {
                    let parts: Vec<Geometry> = map.next_value()?;
                    for part in parts {
                        geometry.shape.join(part.shape);
                    }
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(geometry)
    }
}

/// Coordinates nested in whatever way.
struct Coordinates(Shape);

impl<'de> Deserialize<'de> for Coordinates {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match from.deserialize_any(NodeVisitor)? {
            Node::Part(shape) => Ok(Self(shape)),
            Node::Number(_) => Err(D::Error::custom("coordinates are a list")),
        }
    }
}

/// A number, or a list of numbers or lists.
enum Node {
    Number(f64),
    Part(Shape),
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number or a list")
    }

    fn visit_f64<E>(self, number: f64) -> Result<Node, E> {
        Ok(Node::Number(number))
    }

    #[expect(clippy::cast_precision_loss, reason = "degrees are below 181")]
    fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
        Ok(Node::Number(number as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "degrees are below 181")]
    fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Number(number as f64))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        let mut shape = Shape::default();
        let (mut numbers, mut count) = ([0.0; 2], 0);
        while let Some(node) = list.next_element::<Node>()? {
            match node {
                Node::Number(number) => {
                    if let Some(slot) = numbers.get_mut(count) {
                        *slot = number;
                    }
                    count += 1;
                }
                Node::Part(part) => shape.join(part),
            }
        }
        match count {
            0 => {}
            1 => return Err(A::Error::custom("a position has two numbers")),
            _ => shape.add(numbers[0], numbers[1]),
        }
        Ok(Node::Part(shape))
    }
}
