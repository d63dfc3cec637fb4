//! What is wrong with a file, where, and what to do about it.

use std::fmt;

use serde::Serialize;

/// Where in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Location {
    /// File name as the person gave it, or the table's name inside the package.
    pub file: String,
    /// Line that the row starts on, counted from 1; `None` for the file as a whole.
    pub line: Option<u64>,
    /// Column name.
    pub column: Option<String>,
}

/// How sure it is that something is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The data contradicts itself or cannot be read.
    Error,
    /// It may be right and may be wrong: a person has to look.
    Remark,
}

/// Something wrong in the data. The rest of the data is still used.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Problem {
    /// Where.
    #[serde(flatten)]
    pub location: Location,
    /// How sure it is.
    pub severity: Severity,
    /// What is wrong.
    pub what: String,
    /// What to do, and what was done with the row meanwhile.
    pub advice: String,
}

impl Problem {
    /// Something that is surely wrong.
    pub(super) fn error(location: Location, what: impl Into<String>, advice: &str) -> Self {
        Self { location, severity: Severity::Error, what: what.into(), advice: advice.to_owned() }
    }

    /// Something that a person has to look at.
    pub(crate) fn remark(location: Location, what: impl Into<String>, advice: &str) -> Self {
        Self { severity: Severity::Remark, ..Self::error(location, what, advice) }
    }

    /// Whether it is surely wrong.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.location.file)?;
        if let Some(line) = self.location.line {
            write!(f, ":{line}")?;
        }
        if let Some(column) = &self.location.column {
            write!(f, " [{column}]")?;
        }
        let kind = if self.is_error() { "" } else { "remark: " };
        write!(f, ": {kind}{}; {}", self.what, self.advice)
    }
}
