//! What is wrong with a file, where, and what to do about it.

use std::fmt;

use serde::Serialize;

/// Where in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Location {
    /// File name as the person gave it, or the table's name inside the package.
    pub file: String,
    /// Line, counted from 1; `None` for the file as a whole.
    pub line: Option<u64>,
    /// Column name.
    pub column: Option<String>,
}

/// Something wrong in the data. The rest of the data is still used.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Problem {
    /// Where.
    #[serde(flatten)]
    pub location: Location,
    /// What is wrong.
    pub what: String,
    /// What to do, and what was done with the row meanwhile.
    pub hint: String,
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
        write!(f, ": {}; {}", self.what, self.hint)
    }
}
