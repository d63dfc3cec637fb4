//! KML and KMZ.

use sitrep_atlas::domain::{DatePrecision, PersonGroup, PlacePrecision};

use super::packed::zipped;
use crate::{read, refusal, says, try_read};

const KML: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<!-- made up -->
<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document><name>A file</name>
<Style id="a"/><Folder><name>Shelling</name>
<Placemark><name>Town A &amp; "so"</name><description><![CDATA[<b>Said</b><br>so <a href="http://example.org/a">there</a>]]></description>
 <LookAt><gx:TimeStamp><when>2001</when></gx:TimeStamp></LookAt>
 <TimeStamp><when>2020-01-05T10:30:00+03:00</when></TimeStamp>
 <ExtendedData><Data name="killed"><displayName>Killed</displayName><value>3</value></Data>
  <SchemaData schemaUrl="#s"><SimpleData name="latitude">up</SimpleData><SimpleData name="note to self">x</SimpleData></SchemaData></ExtendedData>
 <Point><coordinates> 44.5,33.25,0 </coordinates></Point></Placemark>
<Placemark><name>Road B</name><TimeStamp><when>2020-02</when></TimeStamp>
 <LineString><coordinates>44.0,33.0 44.3,33.2,5</coordinates></LineString></Placemark>
<Placemark><name>Span C</name><TimeSpan><begin>2020-03-01</begin><end>2020-03-04</end></TimeSpan>
 <Polygon><outerBoundaryIs><LinearRing><coordinates>42,32 44,32 44,33 42,32</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>
<Placemark><name>Open D</name><TimeSpan><begin>2020</begin></TimeSpan><Point><coordinates>44.5,33.25</coordinates></Point></Placemark>
</Folder>
<Folder><name>Other</name><TimeStamp><when>2020-05-05</when></TimeStamp>
<Placemark><name>Heir E</name></Placemark>
<Placemark><name>End F</name><TimeSpan><end>2020-06-06</end></TimeSpan><Point><coordinates>NaN,33.25</coordinates></Point></Placemark>
</Folder>
<Placemark><name>No time G</name><Point><coordinates>44.5,95</coordinates></Point></Placemark>
<NetworkLink><Link><href>http://example.org/more.kml</href></Link></NetworkLink>
</Document></kml>"##;

#[test]
fn placemarks_become_events_and_the_length_of_a_date_is_its_precision() {
    let packed = zipped(&[("files/a.png", b"\x89PNG\r\n"), ("doc.kml", KML.as_bytes())]);
    for bytes in [KML.as_bytes().to_vec(), packed] {
        let read = read(bytes);
        assert_eq!((read.rows.report.read, read.rows.report.used), (7, 6));
        let of = |n: usize| {
            let date = &read.in_file()[n].date;
            (date.span.first().to_string(), date.span.days(), date.precision)
        };
        assert_eq!(of(0), ("2020-01-05".to_owned(), 1, DatePrecision::Day));
        assert_eq!(of(1), ("2020-02-01".to_owned(), 29, DatePrecision::Month));
        assert_eq!(of(2), ("2020-03-01".to_owned(), 4, DatePrecision::Span));
        assert_eq!(of(3), ("2020-01-01".to_owned(), 366, DatePrecision::Year));
        assert_eq!(of(4).0, "2020-05-05");
        assert_eq!(of(5).0, "2020-06-06");
        let positions = read.positions();
        assert_eq!(positions[0], Some([33.25, 44.5]));
        assert_eq!(positions[4..], [None, None]);
        let precisions: Vec<_> = read.in_file().iter().map(|e| e.precision).collect();
        assert_eq!(precisions[1..3], [PlacePrecision::District, PlacePrecision::Admin1]);
        assert_eq!(read.words(0).summary, "Town A & \"so\". Said\nso there");
        assert_eq!(read.other(0, "links"), "http://example.org/a");
        assert_eq!(read.other(0, "TimeStamp"), "2020-01-05T10:30:00+03:00");
        assert_eq!(read.other(0, "latitude (property)"), "up");
        assert_eq!(read.other(0, "note to self"), "x");
        assert_eq!(read.in_file()[0].killed.get(PersonGroup::Unspecified).unwrap().low(), 3);
        assert_eq!(read.rows.classes[0], "Shelling");
        read.notes("3 placemarks dated by a TimeStamp");
        read.notes("1 placemark with a span that has no end");
        read.notes("1 placemark with a span that has no beginning");
        read.notes("1 placemark without a time of their own");
        read.notes("1 placemark with coordinates that are no numbers");
        read.notes("1 link to other files");
        says(&read.how.to_string(), "placemark 7: ");
    }
}

#[test]
fn the_dates_of_data_are_taken_where_placemarks_have_no_time() {
    let text = r#"<kml><Placemark><ExtendedData><Data name="date"><value>2020-01-05</value></Data></ExtendedData></Placemark></kml>"#;
    assert_eq!(read(text).days(), ["2020-01-05"]);
}

#[test]
fn bombs_of_entities_and_of_depth_are_refused() {
    let bomb = r#"<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><kml>&b;</kml>"#;
    says(&refusal(bomb), "has a document type (DTD)");
    let outside = r#"<kml><!DOCTYPE x SYSTEM "file:///etc/passwd"></kml>"#;
    says(&refusal(outside), "has a document type (DTD)");
    let deep = "<kml>".to_owned() + &"<Folder>".repeat(100_000);
    says(&refusal(deep), "more than 200 deep");
    // An entity that nobody declared stays as it is written.
    let text = "<kml><Placemark><name>A&bogus;&#66;&nbsp;R&D</name><TimeStamp><when>2020</when></TimeStamp></Placemark></kml>";
    let read = read(text);
    assert_eq!(read.words(0).summary, "A&bogus;B\u{a0}R&D");
}

#[test]
fn a_broken_document_is_refused_in_a_sentence_wherever_it_is_cut() {
    for length in 120..KML.len() {
        match try_read(&KML[..length]) {
            Ok(_) => panic!("cut at {length} it was read: {}", &KML[..length]),
            Err(sentence) => assert!(
                sentence.contains("still open") || sentence.contains("is no sound XML at byte"),
                "{sentence}"
            ),
        }
    }
    says(&refusal("<kml><Folder></Placemark></kml>"), "is no sound XML");
    assert_eq!(read("<kml></kml>").rows.report.read, 0);
}

#[test]
fn another_encoding_is_read_as_the_document_declares_it() {
    let text = "<?xml version='1.0' encoding='windows-1252'?><kml><Placemark><name>Caf\u{e9}</name><TimeStamp><when>2020</when></TimeStamp></Placemark></kml>";
    let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(text);
    assert_eq!(read(bytes.into_owned()).words(0).summary, "Caf\u{e9}");
}

#[test]
fn a_very_long_text_and_very_many_columns_are_bounded() {
    let long = format!(
        "<kml><Placemark><name>{}</name><TimeStamp><when>2020</when></TimeStamp></Placemark></kml>",
        "x".repeat(50 << 20)
    );
    read(long).notes("1 cell longer than 1 MB");
    let many: Vec<String> =
        (0..100_000).map(|n| format!("<Data name='c{n}'><value>1</value></Data>")).collect();
    let many =
        format!("<kml><Placemark><ExtendedData>{}</ExtendedData></Placemark></kml>", many.concat());
    says(&refusal(many), "more than 16384 columns");
}
