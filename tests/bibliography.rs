//! Bibliographies in the three forms in which they are written: whatever stands in a title comes out as it went
//! in, in one field, and nothing that the record does not have is made up.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::collections::BTreeSet;

use biblatex::ChunksExt as _;
use sitrep_atlas::analysis::citations::{bibtex, csl, plain};
use sitrep_atlas::analysis::{Record, View, bibliography, select};
use sitrep_atlas::data;
use support::Package;

fn of_package(package: &Package) -> Record {
    data::load(Some(package.path())).unwrap().dataset
}

const HOSTILE: [&str; 9] = [
    "}, title = {stolen} } @misc{x,",
    "100% \\input{secret} & $x_1^2$ ~ #1 {unclosed",
    "closed} again\\",
    "\\\\ \\\" \\'e \"quoted\" 'single'",
    "@string{a = \"b\"} % comment",
    "=HYPERLINK(\"https://a.org\",\"x\")",
    "two\r\nlines\tand \u{202e}turned",
    "قصف قاعدة عين الأسد بـ 14 صاروخا",
    "Ünïcödé – \u{1f680} and names",
];

fn hostile() -> Package {
    let package = Package::new();
    package.write("sources", "id,publisher,origin,title,published,url,kind,language,note");
    let mut package = package.attack("e1", "2023-01-03", "2023-01-03", "day", "north");
    package.write("reports", "event,source,locator,note");
    for (i, title) in HOSTILE.iter().enumerate() {
        let mut line = csv::WriterBuilder::new()
            .terminator(csv::Terminator::Any(b' '))
            .from_writer(Vec::new());
        let date = ["2023-01-04", "2023-01", "2023", "2023-01-04/2023-01-06", ""][i % 5];
        let (id, url) = (format!("s {i}"), format!("https://a.org/{{{i}}} %x_#"));
        line.write_record([id.as_str(), title, title, title, date, &url, "news", "ar-IQ", title])
            .unwrap();
        let line = String::from_utf8(line.into_inner().unwrap()).unwrap();
        let report = format!("e1,{id},\"{}\",", title.replace('"', "\"\""));
        package = package.row("sources", &line).row("reports", &report);
    }
    package
}

#[test]
fn hostile_titles_come_out_of_bibtex_and_csl_as_they_went_in() {
    let record = of_package(&hostile());
    let view = View::of_all(&record);
    let selection = select(&record, &view);
    let sources = bibliography(&record, &selection, &[], &[]);
    let parsed = biblatex::Bibliography::parse(&bibtex(&sources)).unwrap();
    let items = serde_json::to_value(csl(&sources)).unwrap();
    assert_eq!(parsed.len(), HOSTILE.len() + 1);
    for title in HOSTILE {
        let one_line = title.replace("\r\n", " ").replace('\t', " ").replace('\u{202e}', "");
        let of_title = |e: &&biblatex::Entry| e.title().unwrap().format_verbatim() == one_line;
        assert!(parsed.iter().any(|e| of_title(&e)), "{title}");
        let entry = parsed.iter().find(of_title).unwrap();
        // biblatex reads a name with an equals sign as a list of its parts.
        if !one_line.contains('=') {
            assert_eq!(entry.author().unwrap()[0].name, one_line);
        }
        let url = entry.url().unwrap();
        assert!(url.starts_with("https://a.org/%7B") && url.ends_with("%20%x_#"), "{url}");
        let items = items.as_array().unwrap();
        assert!(items.iter().any(|i| i["title"] == *one_line && i["container-title"] == *one_line));
        assert!(plain(&sources, "x").contains(&one_line), "{title}");
    }
    let text = plain(&sources, "x\ny");
    assert!(text.lines().all(|line| !line.contains('\u{202e}')));
    // A heading for two sections, with their blank lines, and one line for each work.
    assert_eq!(text.lines().count(), 2 + 3 * 2 + HOSTILE.len() + 1, "{text}");
}

/// The fields that this program writes, as the schema `csl-data.json` has them.
#[test]
fn csl_items_have_only_fields_of_the_schema_and_dates_as_precise_as_known() {
    let record = of_package(&hostile());
    let view = View::of_all(&record);
    let sources = bibliography(&record, &select(&record, &view), &[], &[]);
    let items = serde_json::to_value(csl(&sources)).unwrap();
    let mut dates = BTreeSet::new();
    for item in items.as_array().unwrap() {
        let item = item.as_object().unwrap();
        assert!(item.contains_key("id") && item.contains_key("type") && item.contains_key("title"));
        for (field, value) in item {
            match field.as_str() {
                "type" => {
                    let types = ["article-newspaper", "dataset", "report", "webpage"];
                    assert!(types.contains(&value.as_str().unwrap()));
                }
                "id" | "title" | "container-title" | "version" | "URL" | "language" | "note" => {
                    assert!(value.is_string());
                }
                "author" => {
                    let names = value.as_array().unwrap();
                    assert!(names.iter().all(|n| n.as_object().unwrap().keys().eq(["literal"])));
                }
                "issued" => {
                    assert!(value.as_object().unwrap().keys().eq(["date-parts"]));
                    dates.insert(value["date-parts"].to_string());
                }
                other => assert_eq!(other, "", "no field of the schema that is written"),
            }
        }
    }
    let expected = ["[[2023,1,4],[2023,1,6]]", "[[2023,1,4]]", "[[2023,1]]", "[[2023]]"];
    assert_eq!(dates.iter().map(String::as_str).collect::<Vec<_>>(), expected);
    let undated = items.as_array().unwrap().iter().filter(|i| i.get("issued").is_none());
    assert_eq!(undated.count(), 2, "one publication and the record");
}

#[test]
fn words_in_arabic_are_kept_whole_and_apart() {
    let package = Package::new();
    package.write("sources", "id,publisher,origin,title,published,url,kind,language");
    let package = package
        .row("sources", "wire,شفق نيوز,شفق نيوز,قصف القاعدة,2023-01-04,https://a.org/خبر,news,ar")
        .attack("e1", "2023-01-03", "2023-01-03", "day", "north");
    let record = of_package(&package);
    let sources = bibliography(&record, &select(&record, &View::of_all(&record)), &[], &[]);
    let text = plain(&sources, "x");
    let line = "\u{2068}شفق نيوز\u{2069}. \"\u{2068}قصف القاعدة\u{2069}\". 4 January 2023. In Arabic. https://a.org/خبر";
    assert!(text.contains(line), "{text}");
    let parsed = biblatex::Bibliography::parse(&bibtex(&sources)).unwrap();
    let entry = parsed.get("wire").unwrap();
    assert_eq!(entry.title().unwrap().format_verbatim(), "قصف القاعدة");
}
