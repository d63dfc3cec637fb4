//! One CSV table as rows of named cells, with the line that each row starts on.

use super::problem::{Location, Problem};

/// A table read from CSV.
pub(super) struct Table {
    /// File name for problems.
    pub(super) file: String,
    header: Vec<String>,
    records: Vec<(u64, csv::StringRecord)>,
    /// Lines that could not be read.
    pub(super) broken: usize,
}

/// One row of a table.
pub(super) struct Row<'a> {
    pub(super) table: &'a Table,
    /// Line that the row starts on, from 1.
    pub(super) line: u64,
    record: &'a csv::StringRecord,
}

impl Table {
    /// Reads the bytes; lines that cannot be read are problems and left out.
    pub(super) fn read(file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Self {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
        let location = |line, column: Option<&str>| Location {
            file: file.to_owned(),
            line,
            column: column.map(str::to_owned),
        };
        let header: Vec<String> = match reader.headers() {
            Ok(h) => h.iter().map(|c| c.trim().to_owned()).collect(),
            Err(error) => {
                problems.push(Problem {
                    location: location(Some(1), None),
                    what: format!("the header cannot be read ({error})"),
                    hint: "save the table as UTF-8 CSV; no row of it was used".to_owned(),
                });
                Vec::new()
            }
        };
        let (mut records, mut broken) = (Vec::new(), 0);
        let mut record = csv::StringRecord::new();
        loop {
            let line = reader.position().line();
            match reader.read_record(&mut record) {
                Ok(false) => break,
                Ok(true) => {
                    let line = record.position().map_or(line, csv::Position::line);
                    if record.len() == header.len() {
                        records.push((line, record.clone()));
                    } else {
                        broken += 1;
                        problems.push(Problem {
                            location: location(Some(line), None),
                            what: format!(
                                "the line has {} cells, the header {}",
                                record.len(),
                                header.len()
                            ),
                            hint: "check quotes and commas; the line was left out".to_owned(),
                        });
                    }
                }
                Err(error) => {
                    broken += 1;
                    let line = error.position().map_or(line, csv::Position::line);
                    problems.push(Problem {
                        location: location(Some(line), None),
                        what: "the line is not UTF-8 text".to_owned(),
                        hint: "save the table as UTF-8; the line was left out".to_owned(),
                    });
                    if !matches!(error.kind(), csv::ErrorKind::Utf8 { .. }) {
                        break;
                    }
                }
            }
        }
        Self { file: file.to_owned(), header, records, broken }
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.records.iter().map(|(line, record)| Row { table: self, line: *line, record })
    }
}

impl Row<'_> {
    /// The trimmed text of a cell; `None` when it is empty or the column is missing.
    pub(super) fn text(&self, column: &str) -> Option<&str> {
        let at = self.table.header.iter().position(|h| h == column)?;
        let cell = self.record.get(at)?.trim();
        (!cell.is_empty()).then_some(cell)
    }

    /// Whether the table has such a column.
    pub(super) fn has(&self, column: &str) -> bool {
        self.table.header.iter().any(|h| h == column)
    }

    pub(super) fn location(&self, column: Option<&str>) -> Location {
        Location {
            file: self.table.file.clone(),
            line: Some(self.line),
            column: column.map(str::to_owned),
        }
    }

    pub(super) fn problem(&self, column: &str, what: String, hint: &str) -> Problem {
        Problem { location: self.location(Some(column)), what, hint: hint.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(csv: &[u8], rows: usize, problem: &str) {
        let mut problems = Vec::new();
        let table = Table::read("t.csv", csv, &mut problems);
        assert_eq!(table.rows().count(), rows);
        let text: Vec<_> = problems.iter().map(ToString::to_string).collect();
        assert!(text.join("\n").contains(problem), "{text:?}");
        assert_eq!(problem.is_empty(), problems.is_empty(), "{text:?}");
    }

    #[test]
    fn a_broken_line_is_a_problem_with_its_number_and_the_rest_is_read() {
        check(b"id,name\na,1\nb\nc,3\n", 2, "t.csv:3: the line has 1 cells, the header 2");
        check(b"id,name\na,\"x\ny\"\nb,2,3\n", 1, "t.csv:4");
        check(b"id,name\na,\xff\nc,3\n", 1, "t.csv:2: the line is not UTF-8 text");
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_first_column() {
        let table = Table::read("t.csv", b"\xef\xbb\xbfid,name\na,1\n", &mut Vec::new());
        assert!(table.rows().all(|r| r.has("id") && r.text("id") == Some("a")));
    }
}
