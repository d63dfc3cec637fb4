//! Whatever a picture says of itself, it is opened as it was saved, or refused with one sentence: nothing panics,
//! nothing grows without bound, and nothing is dropped in silence.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use sitrep_atlas::analysis::{FigureSize, FigureSpec, Pick, Record, View, select};
use sitrep_atlas::data::figure_file::{FigureFault, FigureKind};
use sitrep_atlas::data::{self, FigureFile, FigureRecord, Restored};
use sitrep_atlas::domain::DaySpan;
use sitrep_atlas::export::{Pixels, encode_png};
use support::program::sitrep;

fn record() -> Record {
    data::load(None).unwrap().dataset
}

fn made(record: &Record) -> FigureRecord {
    let mut view = View::of_all(record);
    view.window = DaySpan::parse("2022-01-05").unwrap();
    let spec = FigureSpec::new(FigureSize::parse("600x400", 96.0).unwrap());
    FigureRecord::new(record, &view, &select(record, &view), &spec)
}

fn as_json(figure: &FigureRecord) -> Value {
    serde_json::from_str(&figure.text().unwrap()).unwrap()
}

/// The text of a record with a check that holds, as somebody would make it who means harm.
fn sealed(json: &Value) -> String {
    let mut json = json.clone();
    json.as_object_mut().unwrap().remove("check");
    // The name of the form comes first, whatever the order of the others.
    let schema = json.as_object_mut().unwrap().remove("schema").unwrap();
    let rest = json.to_string();
    resealed(&format!("{{\"schema\":{schema},{}", &rest[1..]))
}

fn resealed(text: &str) -> String {
    let text = text.strip_suffix('}').unwrap();
    let check: String =
        Sha256::digest(text).iter().take(8).fold(String::new(), |hex, b| hex + &format!("{b:02x}"));
    format!("{text},\"check\":\"{check}\"}}")
}

fn png(text: &str) -> Vec<u8> {
    let pixel = Pixels { width: 1, height: 1, rgba: vec![255; 4] };
    encode_png(&pixel, 96.0, &[("Source", "test"), ("sitrep-figure", text)]).unwrap()
}

fn svg(text: &str) -> Vec<u8> {
    format!(
        "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"><metadata><a:sitrep-figure xmlns:a=\"x\">{text}\
         </a:sitrep-figure></metadata><g id=\"sitrep-figure\"/></svg>\n"
    )
    .into_bytes()
}

fn pdf(text: &str) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(text.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    let mut file = b"%PDF-1.7\n1 0 obj\n<</Names <</EmbeddedFiles 2 0 R>> /Length 1 0 R>>\nendobj\n\
        2 0 obj\n<</Kids [2 0 R 1 0 R]>>\nendobj\n3 0 obj\n<</Length 4 0 R /Filter /FlateDecode /Type /EmbeddedFile>>\nstream\n"
        .to_vec();
    file.extend(packed);
    file.extend(b"\nendstream\nendobj\n4 0 obj\n3 0 R\nendobj\n%%EOF\n");
    file
}

/// What puts a text into a picture.
type Form = fn(&str) -> Vec<u8>;

const FORMS: [(FigureKind, Form); 3] =
    [(FigureKind::Png, png), (FigureKind::Svg, svg), (FigureKind::Pdf, pdf)];

/// Read in each form it is refused with words that say this.
fn refused(text: &str, words: &str) {
    for (kind, form) in FORMS {
        refused_bytes(&form(text), words, &format!("{kind:?}"));
    }
}

fn refused_bytes(bytes: &[u8], words: &str, which: &str) {
    let told = FigureFile::in_bytes(bytes).unwrap_err().to_string();
    assert!(told.contains(words), "{which}: {told}");
    assert!(told.len() < 400 && !told.contains('\n') && told.contains(": "), "{which}: {told}");
}

#[test]
fn a_record_is_read_from_every_form_as_it_was_written() {
    let figure = made(&record());
    for (kind, form) in FORMS {
        assert_eq!(
            FigureFile::in_bytes(&form(&figure.text().unwrap())),
            Ok((kind, figure.clone()))
        );
    }
}

#[test]
fn a_picture_that_breaks_off_anywhere_is_opened_whole_or_refused() {
    let figure = made(&record());
    for (kind, form) in FORMS {
        let bytes = form(&figure.text().unwrap());
        let mut opened = 0;
        for end in 0..bytes.len() {
            match FigureFile::in_bytes(&bytes[..end]) {
                Ok((_, read)) => {
                    assert_eq!(read, figure);
                    opened += 1;
                }
                Err(fault) => assert!(!fault.to_string().contains('\n')),
            }
        }
        // The text may be whole where only the picture after it is not.
        assert!(opened < 200, "{kind:?}: {opened} of {}", bytes.len());
    }
}

#[test]
fn a_picture_with_a_wrong_byte_anywhere_is_opened_unchanged_or_refused() {
    let figure = made(&record());
    for (kind, form) in FORMS {
        let bytes = form(&figure.text().unwrap());
        for place in 0..bytes.len() {
            for flip in [0x01, 0x20, 0x80] {
                let mut bytes = bytes.clone();
                bytes[place] ^= flip;
                if let Ok((_, read)) = FigureFile::in_bytes(&bytes) {
                    assert_eq!(read, figure, "{kind:?} at {place}");
                }
            }
        }
    }
}

#[test]
fn a_picture_of_another_program_is_told_from_a_damaged_one() {
    let pixel = Pixels { width: 1, height: 1, rgba: vec![255; 4] };
    let plain = encode_png(&pixel, 96.0, &[("Software", "other")]).unwrap();
    refused_bytes(&plain, "does not say how it was made", "png");
    refused_bytes(
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "does not say how it was made",
        "svg",
    );
    refused_bytes(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF", "does not say how it was made", "pdf");
    for other in [&b""[..], b"\xff\xd8\xff\xe0JFIF", b"id,name\n1,x\n", b"<html></html>", b"{}"] {
        refused_bytes(other, "is no figure", "other");
    }
}

#[test]
fn what_sitrep_would_not_write_is_refused() {
    let record = record();
    let figure = as_json(&made(&record));
    let changed = |pointer: &str, value: Value| {
        let mut json = figure.clone();
        *json.pointer_mut(pointer).unwrap() = value;
        sealed(&json)
    };
    let callout = json!({"at": {"site": "x"}, "text": null});
    let row = json!(["id", "0", "2022-01-05", 0]);
    for (pointer, value, words) in [
        ("/view", json!(7), "cannot be used"),
        ("/view/window/from", json!("2022-02-30"), "is not a date"),
        ("/view/window/from", json!("2023-01-01"), "ends"),
        ("/view/rule", json!("guess"), "unknown variant"),
        ("/view/filter/chosen", json!({"colour": ["red"]}), "unknown variant"),
        ("/view/filter/area", json!([10, 10, 5, 5]), "west"),
        ("/view/filter/area", json!([-1e300, 0, 5, 5]), "longitude"),
        ("/view/filter/search", json!("x".repeat(100_000)), "no end"),
        ("/view/camera", json!({"center": [500, 0], "zoom": 5}), "longitude"),
        ("/view/camera", json!({"center": "middle", "zoom": 5}), "cannot be used"),
        ("/view/picked", json!({"event": "a\u{1b}[2J"}), "control characters"),
        ("/spec/size/width", json!("-5px"), "out of range"),
        ("/spec/size/width", json!("1e300mm"), "a side of 1000"),
        ("/spec/size/width", json!("NaNpx"), "cannot be used"),
        ("/spec/size/dpi", json!(0), "dots per inch"),
        ("/spec/size/dpi", json!(-1e9), "dots per inch"),
        ("/spec/callouts", json!(vec![callout; 100_000]), "too many"),
        ("/spec/title", json!("x".repeat(1_000_000)), "title has 1000000 characters"),
        ("/spec/parts", json!(["legend", "hologram"]), "unknown variant"),
        ("/drawn/map_pt", json!([-1, 0]), "no size"),
        ("/dataset/name", json!("a\nb"), "control characters"),
        ("/events/rows", json!([row]), "other rows"),
        ("/events/rows", json!(vec![row; 20_001]), "more than 20000"),
        ("/events/rows", json!([[1, 2, 3, 4]]), "cannot be used"),
        ("/events/sites", json!([]), "at no site"),
        ("/events/certain", json!(-1), "cannot be used"),
        ("/events/certain", json!(u64::MAX), "other rows"),
    ] {
        if pointer == "/drawn/map_pt" {
            let mut json = figure.clone();
            let camera = json!({"center": [44.0, 33.0], "zoom": 6.0});
            json["drawn"] = json!({"camera": camera, "map_pt": value});
            refused(&sealed(&json), words);
        } else {
            refused(&changed(pointer, value), words);
        }
    }
    let text = made(&record).text().unwrap();
    let unsealed = format!("{}}}", text.rsplit_once(",\"check\"").unwrap().0);
    for (from, to) in [("\"dpi\":96.0", "\"dpi\":1e999"), ("\"dpi\":96.0", "\"dpi\":NaN")] {
        refused(&resealed(&unsealed.replace(from, to)), "cannot be used");
    }
    let deep = format!("\"view\":{}{}", "[".repeat(100_000), "]".repeat(100_000));
    refused(
        &resealed(&unsealed.replacen("\"view\":", &format!("{deep},\"x\":"), 1)),
        "cannot be used",
    );
    refused(&text.replace("2022-01-05", "2022-01-06"), "its check does not hold");
    refused("{\"schema\":\"sitrep-figure/1\"", "its end is missing");
}

#[test]
fn a_figure_of_a_newer_program_is_refused_kindly() {
    let mut figure = as_json(&made(&record()));
    figure["software"] = json!("Sitrep 99.1.0");
    let mut later = figure.clone();
    later["schema"] = json!("sitrep-figure/2");
    later["view"] = json!("of another kind");
    refused(&sealed(&later), "newer Sitrep (Sitrep 99.1.0)");
    let mut part = figure.clone();
    part["spec"]["parts"] = json!(["hologram"]);
    refused(&sealed(&part), "newer Sitrep (Sitrep 99.1.0)");
    // What this program knows all of is opened, and it is said that there may be more.
    let (_, read) = FigureFile::in_bytes(&png(&sealed(&figure))).unwrap();
    let restored = Restored::new(&read, &record());
    assert!(restored.lacking.iter().any(|told| told.contains("Sitrep 99.1.0")));
}

#[test]
fn text_that_unpacks_to_more_than_any_figure_has_is_not_unpacked_whole() {
    let packed = |bytes: usize| {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
        packed.write_all(b"{\"schema\":\"sitrep-figure/1\"").unwrap();
        let spaces = vec![b' '; 1_000_000];
        (0..bytes / spaces.len()).for_each(|_| packed.write_all(&spaces).unwrap());
        packed.finish().unwrap()
    };
    let bomb = packed(200_000_000);
    assert!(bomb.len() < 300_000);
    let mut chunk = b"iTXtsitrep-figure\0\x01\0\0\0".to_vec();
    chunk.extend(&bomb);
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    file.extend(u32::try_from(chunk.len() - 4).unwrap().to_be_bytes());
    file.extend(&chunk);
    file.extend([0; 4]);
    assert_eq!(FigureFile::in_bytes(&file).unwrap_err(), FigureFault::Long);
    let mut file =
        b"%PDF-1.7\n1 0 obj\n<</Type/EmbeddedFile/Filter/FlateDecode>>\nstream\n".to_vec();
    file.extend(&bomb);
    file.extend(b"\nendstream\nendobj\n%%EOF");
    assert_eq!(FigureFile::in_bytes(&file).unwrap_err(), FigureFault::Long);
    assert_eq!(FigureFile::in_bytes(&svg(&" ".repeat(17_000_000))).unwrap_err(), FigureFault::Long);
}

#[test]
fn two_records_in_one_picture_are_not_chosen_from() {
    let text = made(&record()).text().unwrap();
    let pixel = Pixels { width: 1, height: 1, rgba: vec![255; 4] };
    let chunks = vec![("sitrep-figure", text.as_str()); 50];
    let many = [
        encode_png(&pixel, 96.0, &chunks).unwrap(),
        [svg(&text), svg(&text)].concat(),
        [pdf(&text), pdf(&text)].concat(),
    ];
    for bytes in many {
        assert_eq!(FigureFile::in_bytes(&bytes).unwrap_err(), FigureFault::Several);
    }
}

#[test]
fn entities_of_a_file_are_never_expanded() {
    let text = made(&record()).text().unwrap();
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;\"><!ENTITY c \
        SYSTEM \"file:///etc/passwd\">]>";
    let with = |inside: &str| {
        format!("{bomb}<svg><metadata><sitrep-figure>{inside}</sitrep-figure></metadata></svg>")
    };
    for inside in ["&b;".to_owned(), format!("&c;{text}"), text.replacen("made", "&a;", 1) + "&b;"]
    {
        refused_bytes(with(&inside).as_bytes(), "an entity that Sitrep does not write", "svg");
    }
    // Those that other programs put in for quotation marks are read.
    for entity in ["&quot;", "&#34;", "&#x22;"] {
        let (_, read) = FigureFile::in_bytes(with(&text.replace('"', entity)).as_bytes()).unwrap();
        assert_eq!(read.text().unwrap(), text);
    }
    let data = format!("<![CDATA[{text}]]>");
    assert!(FigureFile::in_bytes(with(&data).as_bytes()).is_ok());
}

#[test]
fn what_a_record_lacks_of_a_view_is_told() {
    let record = record();
    let mut figure = made(&record);
    figure.dataset.sha256 = None;
    let mut json = as_json(&figure);
    json["view"]["filter"]["chosen"] =
        json!({"site": ["atlantis", "ain-al-asad"], "country": ["ZZ"]});
    json["view"]["picked"] = json!({"site": "atlantis"});
    json["view"]["window"] = json!({"from": "1999-01-01", "to": "1999-02-01"});
    json["spec"]["callouts"] = json!([{"at": {"event": "never"}}, {"at": {"site": "ain-al-asad"}}]);
    let (_, read) = FigureFile::in_bytes(&svg(&sealed(&json))).unwrap();
    let restored = Restored::new(&read, &record);
    let told = restored.lacking.join("\n");
    for words in [
        "site atlantis",
        "country ZZ",
        "was picked",
        "the site atlantis",
        "1999",
        "A note points at",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(!told.contains("ain-al-asad"), "{told}");
    assert_eq!((restored.view.picked, restored.spec.callouts.len()), (None, 1));
    json["view"]["picked"] = json!({"site": "ain-al-asad"});
    let (_, read) = FigureFile::in_bytes(&svg(&sealed(&json))).unwrap();
    let kept = Restored::new(&read, &record).view.picked;
    assert_eq!(kept, Some(Pick::Site("ain-al-asad".to_owned())));
}

#[test]
fn the_program_says_one_sentence_and_ends_with_2() {
    let folder = tempfile::tempdir().unwrap();
    let good = made(&record()).text().unwrap();
    let whole = png(&good);
    let mut far = as_json(&made(&record()));
    far["view"]["camera"] = json!({"center": [-170.0, -80.0], "zoom": 1e300});
    let mut outside = as_json(&made(&record()));
    outside["view"]["window"] = json!({"from": "1999-01-01", "to": "1999-02-01"});
    for (name, bytes, code) in [
        ("whole.png", whole.clone(), 0),
        ("cut.png", whole[..200].to_vec(), 2),
        ("far.png", png(&sealed(&far)), 0),
        ("outside.png", png(&sealed(&outside)), 2),
        ("other.svg", b"<svg/>".to_vec(), 2),
        ("other.pdf", b"%PDF-1.7".to_vec(), 2),
    ] {
        std::fs::write(folder.path().join(name), bytes).unwrap();
        let ran = sitrep(&["render", name, "-o", "again.png"], folder.path());
        assert_eq!(ran.code, Some(code), "{name}: {}", ran.stderr);
        let told = ran.stderr.lines().count();
        assert!(!ran.stderr.contains("panicked") && (code == 0 || told <= 2), "{}", ran.stderr);
    }
    let ran = sitrep(&["info", "whole.png", "cut.png"], folder.path());
    assert!(ran.code == Some(2) && ran.stderr.contains("one at a time"), "{}", ran.stderr);
    let ran = sitrep(&["info", "missing.png"], folder.path());
    assert_eq!((ran.code, ran.stderr.lines().count()), (Some(2), 1), "{}", ran.stderr);
}
