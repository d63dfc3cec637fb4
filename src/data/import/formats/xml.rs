//! XML as a run of tags and texts, without document types, and so without entities of its own.

use std::borrow::Cow;
use std::io::{self, BufReader, Read};

use encoding_rs::{Encoding, UTF_8};
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::budget::{Budget, Budgeted};
use crate::data::import::origin::{Origin, refused};

/// Elements stand no deeper in one another.
const DEEPEST: usize = 200;

/// A text between two tags that is taken, in bytes; a cell is shorter.
const LONGEST_TEXT: usize = 2 << 20;

/// What stands next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// The start of an element, by its name without prefix.
    Start(String, Attributes),
    /// The end of the element that is open.
    End(String),
    /// Some text.
    Text(String),
    /// The end of the document.
    Done,
}

/// Attributes by their names without prefix.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Attributes(Vec<(String, String)>);

impl Attributes {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

type Bytes<'a> = BufReader<DecodeReaderBytes<Budgeted<Box<dyn Read + Send + 'a>>, Vec<u8>>>;

/// Reads a document.
pub(super) struct Xml<'a> {
    reader: Reader<Bytes<'a>>,
    buffer: Vec<u8>,
    depth: usize,
    budget: Budget,
    name: &'static str,
}

impl<'a> Xml<'a> {
    /// A document, which people call by this name.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) fn new(origin: &'a Origin, name: &'static str) -> io::Result<Self> {
        let mut start = Vec::new();
        origin.bytes(0)?.take(1024).read_to_end(&mut start)?;
        let budget = Budget::new("element");
        let bytes = DecodeReaderBytesBuilder::new()
            .encoding(Some(declared(&start)))
            .bom_override(true)
            .build(budget.of(origin.bytes(0)?));
        let mut reader = Reader::from_reader(BufReader::with_capacity(1 << 16, bytes));
        reader.config_mut().expand_empty_elements = true;
        // "R&D" is no XML, and is what people write.
        reader.config_mut().allow_dangling_amp = true;
        Ok(Self { reader, buffer: Vec::new(), depth: 0, budget, name })
    }

    /// What stands next.
    ///
    /// # Errors
    /// When it is no whole XML.
    pub(super) fn next(&mut self) -> io::Result<Node> {
        loop {
            self.buffer.clear();
            self.buffer.shrink_to(1 << 20);
            self.budget.renew();
            let name = self.name;
            let at = self.reader.buffer_position();
            let event =
                self.reader.read_event_into(&mut self.buffer).map_err(|error| match error {
                    quick_xml::Error::Io(error) => io::Error::new(error.kind(), error.to_string()),
                    error => refused(format!("{name} is no sound XML at byte {at}: {error}")),
                })?;
            return Ok(match event {
                Event::Start(tag) | Event::Empty(tag) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(refused(format!(
                            "elements of {name} stand more than {DEEPEST} deep in one another"
                        )));
                    }
                    Node::Start(tag.local_name().into_inner().to_owned(), attributes(&tag))
                }
                Event::End(tag) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::End(tag.local_name().into_inner().to_owned())
                }
                Event::Text(text) => Node::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Node::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(reference) => Node::Text(match reference.resolve_char_ref() {
                    Ok(Some(c)) => c.to_string(),
                    _ => entity(&reference),
                }),
                Event::DocType(_) => {
                    return Err(refused(format!(
                        "{name} has a document type (DTD), which may make entities of its own: take the DOCTYPE out"
                    )));
                }
                Event::Eof if self.depth > 0 => {
                    return Err(refused(format!(
                        "{name} ends in the middle, with {} elements still open",
                        self.depth
                    )));
                }
                Event::Eof => Node::Done,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            });
        }
    }
}

/// The encoding that a declaration names.
fn declared(start: &[u8]) -> &'static Encoding {
    let start = String::from_utf8_lossy(start);
    let declaration = start.split("?>").next().unwrap_or_default();
    let label = declaration.split_once("encoding=").and_then(|(_, rest)| {
        let quote = rest.chars().next().filter(|c| ['"', '\''].contains(c))?;
        rest[1..].split(quote).next()
    });
    label.and_then(|label| Encoding::for_label(label.as_bytes())).unwrap_or(UTF_8)
}

fn attributes(tag: &BytesStart<'_>) -> Attributes {
    let mut all = tag.attributes();
    let each = all.with_checks(false).flatten().map(|attribute| {
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map_or_else(|_| attribute.value.to_string(), Cow::into_owned);
        (attribute.key.local_name().into_inner().to_owned(), value)
    });
    Attributes(each.collect())
}

/// The signs that XML itself knows; another name stays as it is written.
pub(super) fn entity(name: &str) -> String {
    match name {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        "nbsp" => "\u{a0}".to_owned(),
        other => format!("&{other};"),
    }
}

/// Adds to a text as long as it is shorter than any cell may be.
pub(super) fn append(text: &mut String, more: &str) {
    if text.len() < LONGEST_TEXT {
        text.push_str(&more[..more.floor_char_boundary(LONGEST_TEXT)]);
    }
}
