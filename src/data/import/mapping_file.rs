//! A mapping as a file that people read and edit, in TOML: columns by their names, everything else by the words that
//! the record's own tables have for it. What is not understood is refused with its line.

use std::fs::File;
use std::io::Read as _;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::dialect::Sample;
use super::guess;
use super::mapping::{CountMeaning, DateOrder, MappedColumn, Mapping};
use super::place_names::PlaceNames;
use super::role::Role;
use super::said_places;
use crate::domain::{Code, PlacePrecision};

/// What a file of this form says of itself.
const FORMAT: &str = "sitrep-mapping/1";
/// No file of a mapping is larger, in bytes.
const LARGEST: u64 = 1 << 20;

/// Why a mapping could not be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what}{}{}", line.map(|n| format!(" (line {n})")).unwrap_or_default(), path.as_ref().map(|p| format!(": {}", p.display())).unwrap_or_default())]
pub struct MappingError {
    what: String,
    line: Option<usize>,
    path: Option<PathBuf>,
}

/// The text of a mapping file, which says all of the mapping. The reasons of its guesses are remarks in it.
pub(super) fn write(mapping: &Mapping, sample: &Sample, names: &PlaceNames) -> String {
    let mut text = String::new();
    text.push_str(
        "# How the columns of a table are to be read. `sitrep FILE --mapping THIS` and every other command read by it.\n",
    );
    text.push_str(&format!("format = {}\n\n", quoted(FORMAT)));
    let order = mapping.date_order.map_or_else(
        || {
            "# The order of numbers in dates such as 03/04/2020, where the column itself does not tell:\n\
             # date_order = \"day-month-year\"  # or \"month-day-year\"\n"
                .to_owned()
        },
        |order| format!("date_order = {}  # or {}\n", quoted(order.word()), quoted(order.other().word())),
    );
    text.push_str(&order);
    let counts = mapping.counts;
    let other =
        if counts == CountMeaning::Exact { CountMeaning::AtLeast } else { CountMeaning::Exact };
    text.push_str(&format!(
        "# What a number of people killed or wounded means.\ncounts = {}  # or {}\n",
        quoted(counts.word()),
        quoted(other.word())
    ));
    text.push_str("# How precisely positions are known where no column says it: ");
    text.push_str(&listed(PlacePrecision::ALL));
    text.push_str(&format!(".\nplace_precision = {}\n", quoted(mapping.place_precision.code())));
    text.push_str("# What stands between several sources or parties in one cell.\n");
    text.push_str(&mapping.list_separator.map_or_else(
        || "# list_separator = \";\"\n".to_owned(),
        |c| format!("list_separator = {}\n", quoted(&c.to_string())),
    ));
    if !mapping.notes.is_empty() {
        let notes: Vec<String> =
            mapping.notes.iter().map(|n| format!("  {},\n", quoted(n))).collect();
        text.push_str(&format!("# Said with the import report.\nnotes = [\n{}]\n", notes.concat()));
    }
    text.push_str(&columns(mapping, sample));
    text.push_str(&codes("date_codes", Role::DatePrecision, &mapping.date_codes));
    text.push_str(&codes("place_codes", Role::PlacePrecision, &mapping.place_codes));
    if !mapping.class_words.is_empty() {
        text.push_str("\n# What the words of the column of classes mean.\n[class_words]\n");
        for (word, meaning) in &mapping.class_words {
            text.push_str(&format!("{} = {}\n", quoted(word), quoted(meaning)));
        }
    }
    text.push_str(&said_places::write(&mapping.places, names));
    text
}

fn columns(mapping: &Mapping, sample: &Sample) -> String {
    let mut text =
        "\n# What is what: a role, and the name of its column or its number from 1.\n[columns]\n"
            .to_owned();
    let mut done: Vec<Role> = Vec::new();
    for column in &mapping.columns {
        if done.contains(&column.role) {
            continue;
        }
        done.push(column.role);
        let of_role: Vec<&MappedColumn> =
            mapping.columns.iter().filter(|c| c.role == column.role).collect();
        let named: Vec<String> = of_role.iter().map(|c| name_of(c.place, sample)).collect();
        let value = match named.as_slice() {
            [one] => one.clone(),
            several => format!("[{}]", several.join(", ")),
        };
        let why = remark(&column.why);
        text.push_str(&format!("{} = {value}  # {why}\n", column.role.code()));
    }
    let others: Vec<String> = (0..sample.header.len())
        .filter(|place| mapping.keeps(*place))
        .map(|place| name_of(place, sample))
        .collect();
    if !others.is_empty() {
        text.push_str(&format!("# Kept as they stand: {}\n", others.join(", ")));
    }
    let free: Vec<Role> = Role::ALL.iter().copied().filter(|r| !done.contains(r)).collect();
    text.push_str(&format!("# Roles that no column has: {}\n", listed(&free)));
    text
}

/// A column by its name, or by its number where the name does not tell it.
fn name_of(place: usize, sample: &Sample) -> String {
    let name = sample.header.get(place).map_or("", String::as_str);
    // Two columns may have a name that is the same but for its case.
    if sample.places_of(name).count() == 1 && sample.has_names() {
        quoted(name)
    } else {
        (place + 1).to_string()
    }
}

fn codes<C: Code>(table: &str, role: Role, codes: &[(String, C)]) -> String {
    if codes == guess::codes::<C>() {
        return String::new();
    }
    let mut text = format!(
        "\n# What the words of the column \"{}\" mean: {}.\n[{table}]\n",
        role.code(),
        listed(C::ALL)
    );
    for (word, meaning) in codes {
        text.push_str(&format!("{} = {}\n", quoted(word), quoted(meaning.code())));
    }
    text
}

fn listed<C: Code>(codes: &[C]) -> String {
    codes.iter().map(|c| c.code()).collect::<Vec<_>>().join(", ")
}

/// A text as TOML has it.
pub(super) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A text as a remark in one line.
pub(super) fn remark(text: &str) -> String {
    text.replace(char::is_control, " ")
}

/// Reads a mapping file for a table.
///
/// # Errors
/// [`MappingError`] when it cannot be read, or has something that Sitrep or the table does not know.
pub(super) fn open(path: &Path, sample: &Sample) -> Result<Mapping, MappingError> {
    let at = |error: MappingError| MappingError { path: Some(path.to_owned()), ..error };
    let failed = |what: String| MappingError { what, line: None, path: Some(path.to_owned()) };
    let mut bytes = Vec::new();
    let done = File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes));
    if let Err(error) = done {
        return Err(failed(format!(
            "the mapping cannot be read ({error}): check the name and the rights"
        )));
    }
    if bytes.len() as u64 > LARGEST {
        return Err(failed("this is too large for a mapping".to_owned()));
    }
    let text = String::from_utf8(bytes)
        .map_err(|_| failed("the mapping is no text in UTF-8".to_owned()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    read(text, sample, name).map_err(at)
}

/// Reads the text of a mapping file for a table. `said_by` is what people call it.
///
/// # Errors
/// [`MappingError`] for what Sitrep or the table does not know.
pub(super) fn read(text: &str, sample: &Sample, said_by: String) -> Result<Mapping, MappingError> {
    let table = DeTable::parse(text).map_err(|error| {
        let line = error.span().map(|span| line_of(text, &span));
        let what = format!("the mapping is no TOML: {}", error.message().replace('\n', " "));
        MappingError { what, line, path: None }
    })?;
    let reader = Reader { text, sample, said_by };
    reader.mapping(table.get_ref())
}

/// The line of a place in a text, from 1.
fn line_of(text: &str, span: &Range<usize>) -> usize {
    let before = text.as_bytes().iter().take(span.start);
    before.filter(|byte| **byte == b'\n').count() + 1
}

/// A key with its value, where both stand in the text.
type Entry<'a> = (&'a str, Range<usize>, &'a Spanned<DeValue<'a>>);

struct Reader<'a> {
    text: &'a str,
    sample: &'a Sample,
    said_by: String,
}

impl<'a> Reader<'a> {
    fn wrong(&self, at: &Range<usize>, what: String) -> MappingError {
        MappingError { what, line: Some(line_of(self.text, at)), path: None }
    }

    fn mapping(&self, table: &'a DeTable<'a>) -> Result<Mapping, MappingError> {
        const KEYS: [&str; 11] = [
            "format",
            "date_order",
            "counts",
            "place_precision",
            "list_separator",
            "notes",
            "columns",
            "date_codes",
            "place_codes",
            "class_words",
            "places",
        ];
        let mut mapping = Mapping {
            said_by: Some(format!("{} says", self.said_by)),
            date_codes: guess::codes(),
            place_codes: guess::codes(),
            ..Mapping::default()
        };
        for (key, at, value) in in_order(table) {
            match key {
                "format" => self.format(value)?,
                "date_order" => {
                    mapping.date_order =
                        Some(self.one_of(key, value, &DateOrder::ALL, DateOrder::word)?);
                }
                "counts" => {
                    mapping.counts =
                        self.one_of(key, value, &CountMeaning::ALL, CountMeaning::word)?;
                }
                "place_precision" => {
                    mapping.place_precision =
                        self.one_of(key, value, PlacePrecision::ALL, Code::code)?;
                }
                "list_separator" => mapping.list_separator = Some(self.character(key, value)?),
                "notes" => mapping.notes = self.texts(key, value)?,
                "columns" => mapping.columns = self.columns(value)?,
                "date_codes" => mapping.date_codes = self.codes(key, value)?,
                "place_codes" => mapping.place_codes = self.codes(key, value)?,
                "class_words" => {
                    let entries = self.table(key, value)?.into_iter();
                    mapping.class_words = entries
                        .map(|(word, _, value)| {
                            Ok((word.to_owned(), self.string(word, value)?.to_owned()))
                        })
                        .collect::<Result<_, MappingError>>()?;
                }
                "places" => {
                    let entries = self.table(key, value)?.into_iter();
                    mapping.places = entries
                        .map(|(name, _, value)| {
                            let said = said_places::read(name, value.get_ref());
                            let said = said.map_err(|what| self.wrong(&value.span(), what))?;
                            Ok((name.to_owned(), said))
                        })
                        .collect::<Result<_, MappingError>>()?;
                }
                other => {
                    let meant = did_you_mean(other, KEYS.into_iter());
                    let role = Role::from_code(other).map(|_| " (roles stand under [columns])");
                    let advice = role.map_or(meant, str::to_owned);
                    return Err(self
                        .wrong(&at, format!("a mapping has nothing called \"{other}\"{advice}")));
                }
            }
        }
        Ok(mapping)
    }

    fn format(&self, value: &Spanned<DeValue<'_>>) -> Result<(), MappingError> {
        let said = self.string("format", value)?;
        if said == FORMAT {
            return Ok(());
        }
        let what = if said.starts_with("sitrep-mapping/") {
            format!(
                "the mapping has the form \"{said}\", and this Sitrep reads \"{FORMAT}\": open it with a newer one"
            )
        } else {
            format!("the mapping has the form \"{said}\": write format = \"{FORMAT}\"")
        };
        Err(self.wrong(&value.span(), what))
    }

    fn string<'v>(
        &self,
        key: &str,
        value: &'v Spanned<DeValue<'_>>,
    ) -> Result<&'v str, MappingError> {
        value.get_ref().as_str().ok_or_else(|| {
            let kind = value.get_ref().type_str();
            self.wrong(
                &value.span(),
                format!("\"{key}\" is a text in quotation marks, not of the kind {kind}"),
            )
        })
    }

    fn texts(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Result<Vec<String>, MappingError> {
        let Some(list) = value.get_ref().as_array() else {
            return Ok(vec![self.string(key, value)?.to_owned()]);
        };
        list.iter().map(|one| self.string(key, one).map(str::to_owned)).collect()
    }

    fn character(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Result<char, MappingError> {
        let text = self.string(key, value)?;
        let mut all = text.chars();
        match (all.next(), all.next()) {
            (Some(one), None) => Ok(one),
            _ => Err(self.wrong(
                &value.span(),
                format!("\"{key}\" is one character, such as \";\", not \"{text}\""),
            )),
        }
    }

    fn one_of<T: Copy>(
        &self,
        key: &str,
        value: &Spanned<DeValue<'_>>,
        all: &[T],
        word: impl Fn(T) -> &'static str,
    ) -> Result<T, MappingError> {
        let said = self.string(key, value)?;
        all.iter().copied().find(|one| word(*one) == said).ok_or_else(|| {
            let words: Vec<&str> = all.iter().map(|one| word(*one)).collect();
            let what = format!("\"{key}\" cannot be \"{said}\": write one of {}", words.join(", "));
            self.wrong(&value.span(), what)
        })
    }

    fn table(
        &self,
        key: &str,
        value: &'a Spanned<DeValue<'a>>,
    ) -> Result<Vec<Entry<'a>>, MappingError> {
        value.get_ref().as_table().map(in_order).ok_or_else(|| {
            self.wrong(
                &value.span(),
                format!("\"{key}\" is a table: write [{key}] and its lines below"),
            )
        })
    }

    fn codes<C: Code>(
        &self,
        key: &str,
        value: &'a Spanned<DeValue<'a>>,
    ) -> Result<Vec<(String, C)>, MappingError> {
        let entries = self.table(key, value)?.into_iter();
        entries
            .map(|(word, _, value)| {
                Ok((word.to_owned(), self.one_of(word, value, C::ALL, Code::code)?))
            })
            .collect()
    }

    fn columns(&self, value: &'a Spanned<DeValue<'a>>) -> Result<Vec<MappedColumn>, MappingError> {
        let mut columns: Vec<MappedColumn> = Vec::new();
        for (word, at, value) in self.table("columns", value)? {
            let role = Role::from_code(word).ok_or_else(|| {
                let meant = did_you_mean(word, Role::ALL.iter().map(|r| r.code()));
                self.wrong(
                    &at,
                    format!("there is no role \"{word}\" that a column could have{meant}"),
                )
            })?;
            let named: Vec<&Spanned<DeValue<'_>>> = match value.get_ref().as_array() {
                Some(list) => list.iter().collect(),
                None => vec![value],
            };
            if named.len() > 1 && !role.may_repeat() {
                let what = format!("\"{word}\" is one column, and {} are named", named.len());
                return Err(self.wrong(&value.span(), what));
            }
            for value in named {
                let place = self.column(word, value)?;
                if let Some(other) = columns.iter().find(|c| c.place == place) {
                    let column = self.sample.header.get(place).map_or("", String::as_str);
                    let what = format!(
                        "the column \"{column}\" cannot be both \"{}\" and \"{word}\"",
                        other.role.code()
                    );
                    return Err(self.wrong(&value.span(), what));
                }
                let line = line_of(self.text, &value.span());
                let why = format!("so says {}, line {line}", self.said_by);
                columns.push(MappedColumn { role, place, why });
            }
        }
        Ok(columns)
    }

    /// The place of a column that is named, or numbered from 1.
    fn column(&self, role: &str, value: &Spanned<DeValue<'_>>) -> Result<usize, MappingError> {
        let columns = self.sample.header.len();
        let wrong = |what: String| self.wrong(&value.span(), what);
        if let Some(number) = value.get_ref().as_integer() {
            let place = usize::from_str_radix(number.as_str(), number.radix()).ok();
            return place.filter(|n| (1..=columns).contains(n)).map(|n| n - 1).ok_or_else(|| {
                wrong(format!(
                    "the table has no column {}: it has {columns}, numbered from 1",
                    number.as_str()
                ))
            });
        }
        let name = value.get_ref().as_str().ok_or_else(|| {
            wrong(format!(
                "\"{role}\" is the name of a column in quotation marks, or its number from 1"
            ))
        })?;
        let mut places = self.sample.places_of(name);
        match (places.next(), places.count()) {
            (Some(place), 0) => Ok(place),
            (Some(_), more) => Err(wrong(format!(
                "{} columns are called \"{name}\": give the number of one, from 1",
                more + 1
            ))),
            (None, _) => {
                let meant = did_you_mean(name, self.sample.header.iter().map(String::as_str));
                Err(wrong(format!("the table has no column \"{name}\"{meant}")))
            }
        }
    }
}

/// The entries of a table as they stand in the text.
fn in_order<'a>(table: &'a DeTable<'a>) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'a>> =
        table.iter().map(|(key, value)| (key.get_ref().as_ref(), key.span(), value)).collect();
    entries.sort_by_key(|(_, at, _)| at.start);
    entries
}

/// " (did you mean "date"?)": the word that is nearest to what was written, or nothing.
pub(super) fn did_you_mean<'w>(written: &str, words: impl Iterator<Item = &'w str>) -> String {
    let plain = |word: &str| word.trim().to_lowercase();
    let wanted = plain(written);
    let near = words
        .take(1000)
        .map(|word| (strsim::damerau_levenshtein(&plain(word), &wanted), word))
        .filter(|(steps, word)| *steps <= word.chars().count().min(wanted.chars().count()) / 3 + 1)
        .min_by_key(|(steps, _)| *steps);
    near.map_or_else(String::new, |(_, word)| format!(" (did you mean \"{}\"?)", remark(word)))
}

#[cfg(test)]
#[path = "mapping_file_tests.rs"]
mod tests;
