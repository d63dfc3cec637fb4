//! What several test files need: a small data package in a folder of its own, and the program as a
//! process.

#![allow(dead_code, reason = "each test file uses a part of it")]

pub(crate) mod lanes;
pub(crate) mod pictures;
pub(crate) mod program;
pub(crate) mod project;
pub(crate) mod studio;
pub(crate) mod window;

use std::path::{Path, PathBuf};

/// The columns that the tables are written with.
const HEADERS: [(&str, &str); 9] = [
    ("sources", "id,publisher,title,published,url,kind"),
    ("sites", "id,name,name_ar,aliases,kind,country,admin1,lat,lon,place_precision"),
    ("actors", "id,name,kind,parent"),
    (
        "events",
        "id,start,end,date_precision,site,place_precision,direction,weapon,status,confidence,damage,summary",
    ),
    ("reports", "event,source,locator,note"),
    ("links", "from,to,kind,asserted_by"),
    ("context", "id,start,end,title,kind,summary,sources"),
    ("force_levels", "id,date,end,country,force,low,high,source"),
    ("reported_totals", "id,from,to,count_low,count_high,scope,source"),
];

/// A data package on disk; its folder goes when it is dropped.
pub(crate) struct Package {
    folder: tempfile::TempDir,
}

impl Package {
    /// Two sites (`north` in Iraq, `south` in Syria), one source (`wire`) and no event.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let resources: Vec<_> = HEADERS
            .iter()
            .map(|(name, _)| serde_json::json!({"name": name, "path": format!("{name}.csv")}))
            .collect();
        let package = Self { folder };
        let descriptor = serde_json::json!({
            "name": "made-up", "title": "A made-up record", "version": "1.0.0", "resources": resources,
        });
        std::fs::write(package.file("datapackage.json"), descriptor.to_string()).unwrap();
        for (name, header) in HEADERS {
            std::fs::write(package.file(&format!("{name}.csv")), format!("{header}\n")).unwrap();
        }
        package
            .row("sources", "wire,The wire,A report,2023-01-01,,news")
            .row("sites", "north,Camp North,,,base,IQ,Baghdad,33.3,44.4,site")
            .row("sites", "south,Camp South,,,base,SY,Hama,35.1,36.7,site")
    }

    /// The record reduced to what the founding documents speak of: their numbers stay when it grows.
    pub(crate) fn founding() -> Self {
        let record = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        let package = Self { folder: tempfile::tempdir().unwrap() };
        std::fs::copy(record.join("datapackage.json"), package.file("datapackage.json")).unwrap();
        for table in HEADERS.map(|(table, _)| table).into_iter().chain(["coverage_notes"]) {
            let name = format!("{table}.csv");
            let mut rows = csv::Reader::from_path(record.join(&name)).unwrap();
            let header = rows.headers().unwrap().clone();
            let claims = header.iter().position(|column| column == "claims").unwrap();
            let mut kept = csv::Writer::from_path(package.file(&name)).unwrap();
            kept.write_record(&header).unwrap();
            for row in rows.records().map(Result::unwrap) {
                let named_elsewhere = ["sources", "actors"].contains(&table);
                if named_elsewhere || !row[claims].is_empty() {
                    kept.write_record(&row).unwrap();
                }
            }
            kept.flush().unwrap();
        }
        package
    }

    /// Adds a line to a table.
    pub(crate) fn row(self, table: &str, line: &str) -> Self {
        let path = self.file(&format!("{table}.csv"));
        let before = std::fs::read_to_string(&path).unwrap();
        std::fs::write(path, format!("{before}{line}\n")).unwrap();
        self
    }

    /// Writes a table anew, with no line below its header.
    pub(crate) fn write(&self, table: &str, header: &str) {
        std::fs::write(self.file(&format!("{table}.csv")), format!("{header}\n")).unwrap();
    }

    /// Adds an attack with rockets at a site, with a report of it.
    pub(crate) fn attack(
        self,
        id: &str,
        start: &str,
        end: &str,
        precision: &str,
        site: &str,
    ) -> Self {
        let event = format!(
            "{id},{start},{end},{precision},{site},site,attack_on_coalition,rocket,reported,medium,unknown,Rockets"
        );
        self.row("events", &event).row("reports", &format!("{id},wire,,"))
    }

    /// The folder.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A file of the folder.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}
