//! Workbooks: XLSX and ODS.

use super::packed::zipped;
use crate::{read, refusal, says, try_read};

/// A workbook of Excel with these sheets, each the inside of its `sheetData`.
fn xlsx(sheets: &[(&str, &str)]) -> Vec<u8> {
    let names: Vec<String> = (1..)
        .zip(sheets)
        .map(|(n, (name, _))| format!("<sheet name='{name}' sheetId='{n}' r:id='rId{n}'/>"))
        .collect();
    let names = names.concat();
    let book = format!("<workbook xmlns:r='r'><workbookPr/><sheets>{names}</sheets></workbook>");
    let relations: Vec<String> = (1..=sheets.len())
        .map(|n| format!("<Relationship Id='rId{n}' Target='worksheets/sheet{n}.xml'/>"))
        .collect();
    let relations = format!("<Relationships>{}</Relationships>", relations.concat());
    let strings = "<sst uniqueCount='18446744073709551615'><si><t>date</t></si><si><r><t>To</t></r><r><t xml:space='preserve'>wn A</t></r><rPh><t>aid</t></rPh></si></sst>";
    let styles = "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='mmm\\ yyyy'/></numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>\
        <cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='164'/></cellXfs></styleSheet>";
    let parts: Vec<(String, String)> = (1..)
        .zip(sheets)
        .map(|(n, (_, rows))| {
            let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
            (format!("xl/worksheets/sheet{n}.xml"), sheet)
        })
        .collect();
    let mut files = vec![
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
    ];
    files.extend(parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())));
    zipped(&files)
}

const EVENTS: &str = "<row r='1'><c r='A1' t='inlineStr'><is><t>A title over all</t></is></c></row>\
    <row r='3'><c r='A3' t='s'><v>0</v></c><c r='B3' t='inlineStr'><is><t>latitude</t></is></c><c r='C3' t='str'><v>longitude</v></c>\
      <c r='D3' t='str'><v>place</v></c><c r='E3' t='str'><v>sum</v></c><c r='G3' t='str'><v>sum</v></c></row>\
    <row r='4'><c r='A4' s='1'><v>43838</v></c><c r='B4'><v>33.299999999999997</v></c><c r='C4'><v>44.4</v></c><c r='D4' t='s'><v>1</v></c>\
      <c r='E4'><f>1+1</f><v>2</v></c><c r='F4' t='str'><v>no name</v></c><c r='G4' t='b'><v>1</v></c></row>\
    <row r='7'><c r='A7' s='2'><v>43862</v></c><c r='E7' t='e'><v>#N/A</v></c></row>\
    <row r='9'><c r='A9' t='str'><v>soon</v></c></row>";

#[test]
fn the_largest_sheet_under_a_header_is_read_with_its_row_numbers() {
    let notes = "<row><c t='str'><v>Words</v></c></row>".repeat(50);
    let read = read(xlsx(&[("Notes", &notes), ("Events", EVENTS)]));
    assert_eq!((read.rows.report.read, read.rows.report.used), (3, 2));
    assert_eq!(read.days(), ["2020-01-08", "2020-02-01"]);
    assert_eq!(read.in_file()[1].date.span.days(), 29, "shown is the month alone");
    assert_eq!(read.positions(), [Some([33.3, 44.4]), None]);
    assert_eq!(read.rows.places[0].name, "Town A");
    assert_eq!(read.rows.lines().collect::<Vec<_>>(), [4, 7]);
    let others: Vec<String> = read.words(0).others.into_iter().map(|(_, c)| c).collect();
    assert_eq!(others, ["2", "no name", "TRUE"]);
    assert_eq!(read.other(1, "sum"), "#N/A");
    read.notes("sheet \"Events\" of 2 sheets; not read: \"Notes\" (50 rows)");
    read.notes("1 row above the header taken as a title: \"A title over all\"");
    let told = read.how.to_string();
    says(&told, "sheet \"Events\" of an Excel workbook");
    says(&told, "row 9: soon");
}

#[test]
fn a_profile_is_known_in_a_sheet_without_a_header() {
    // The 49 columns of UCDP GED, made up.
    let cells: String = (0..49)
        .map(|n| match n {
            0 | 5 | 24 | 36 | 37 => "<c><v>1</v></c>",
            2 => "<c><v>2019</v></c>",
            28 => "<c><v>33.5</v></c>",
            29 => "<c><v>36.1</v></c>",
            30 => "<c><v>43.2</v></c>",
            38 | 39 => "<c t='str'><v>2019-05-05</v></c>",
            _ => "<c t='str'><v>x</v></c>",
        })
        .collect();
    let read = read(xlsx(&[("A", &format!("<row r='1'>{cells}</row><row>{cells}</row>"))]));
    assert_eq!(read.rows.report.read, 2, "{}", read.how);
}

#[test]
fn damaged_and_made_up_workbooks_are_refused_in_a_sentence() {
    let whole = xlsx(&[("Events", EVENTS)]);
    for length in (4..whole.len()).step_by(7) {
        says(&refusal(&whole[..length]), "damaged or cut off");
    }
    for place in (4..whole.len()).step_by(3) {
        let mut other = whole.clone();
        other[place] ^= 0x55;
        if let Ok(read) = try_read(other) {
            assert!(read.rows.report.read <= 5, "{}", read.how);
        }
    }
    says(&refusal(xlsx(&[("Empty", "")])), "no sheet of it has a filled cell");
    says(&refusal(xlsx(&[])), "has no sheet");
    let far = "<row r='1'><c r='ZZZZ1'><v>1</v></c></row>";
    says(&refusal(xlsx(&[("A", far)])), "more than 16384 columns");
    let low = "<row r='99999999'><c r='A1'><v>1</v></c></row>";
    says(&refusal(xlsx(&[("A", low)])), "a row of the number 99999999");
    says(&refusal(xlsx(&[("A", "<row r='1'>")])), "is no sound XML");
    let bomb = format!("{EVENTS}{}", "<row r='20'></row>".repeat(20_000_000));
    says(&refusal(xlsx(&[("A", &bomb)])), "over 200 times as much");
}

fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name='Events'>{rows}</table:table>\
         <table:table table:name='Empty'><table:table-row><table:table-cell/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    );
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ])
}

fn word(text: &str) -> String {
    format!(
        "<table:table-cell office:value-type='string'><text:p>{text}</text:p></table:table-cell>"
    )
}

#[test]
fn sheets_of_open_document_are_read() {
    let header: String = ["date", "latitude", "longitude", "place"].into_iter().map(word).collect();
    let row = |date: &str| {
        format!(
            "<table:table-row><table:table-cell office:value-type='date' office:date-value='{date}'><text:p>8 Jan</text:p></table:table-cell>\
             <table:table-cell table:number-columns-repeated='2' office:value-type='float' office:value='33.5'><text:p>33,5</text:p></table:table-cell>\
             <table:table-cell office:value-type='string'><office:annotation><text:p>aside</text:p></office:annotation><text:p>Town<text:s/>A &amp; B</text:p><text:p>two</text:p></table:table-cell>\
             <table:table-cell table:number-columns-repeated='16380'/></table:table-row>"
        )
    };
    let rows = format!(
        "<table:table-row>{header}</table:table-row><table:table-row table:number-rows-repeated='3'><table:table-cell/></table:table-row>{}{}\
         <table:table-row table:number-rows-repeated='1048000'><table:table-cell table:number-columns-repeated='16384'/></table:table-row>",
        row("2020-01-08T10:30:00"),
        row("2020-01-09"),
    );
    let read = read(ods(&rows));
    assert_eq!(read.days(), ["2020-01-08", "2020-01-09"]);
    assert_eq!(read.positions(), [Some([33.5, 33.5]); 2]);
    assert_eq!(read.rows.places[0].name, "Town A & B\ntwo");
    assert_eq!(read.rows.lines().collect::<Vec<_>>(), [5, 6]);
    says(&read.how.to_string(), "sheet \"Events\" of an OpenDocument file");
}

#[test]
fn a_sheet_of_open_document_that_repeats_itself_without_end_is_refused() {
    let cell = "<table:table-cell table:number-columns-repeated='16000' office:value-type='float' office:value='1'/>";
    let rows =
        format!("<table:table-row table:number-rows-repeated='1048576'>{cell}</table:table-row>");
    says(&refusal(ods(&rows)), "it would become a table of more than");
    let wide = rows.replace("16000", "99999999999");
    says(&refusal(ods(&wide)), "more than 16384 columns");
    says(&refusal(ods("")), "no sheet of it has a filled cell");
}
