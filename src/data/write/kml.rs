//! KML 2.2: a placemark for each event, with its days as a time stamp or span, of which the length of the text is the
//! precision: `2022-01-05` a day, `2022-01` a month, `2022` a year. What is known to several days is a span of them.

use std::io::{self, Write};

use super::EventExport;
use crate::analysis::event_columns::{EventCell, EventColumn, EventLine, LATITUDE, LONGITUDE};
use crate::analysis::words;
use crate::domain::{Code as _, DatePrecision, EventDate};

pub(super) fn write(export: &EventExport<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let classes = &export.record.classes;
    let title = if export.record.title.is_empty() { "Events" } else { &export.record.title };
    out.write_all(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n",
    )?;
    writeln!(out, "<name>{}</name>", escaped(title))?;
    writeln!(out, "<description>{}</description>", escaped(&export.note.words))?;
    for slot in classes.slots() {
        let [red, green, blue] = export.class_colours[slot.position()];
        writeln!(
            out,
            "<Style id=\"class-{}\"><IconStyle><color>ff{blue:02x}{green:02x}{red:02x}</color></IconStyle></Style>",
            slot.position()
        )?;
    }
    out.write_all(b"<ExtendedData>\n")?;
    for (name, value) in &export.note.facts {
        data(out, name, value)?;
    }
    out.write_all(b"</ExtendedData>\n")?;
    let is_data = |c: &&EventColumn| ![LATITUDE, LONGITUDE].contains(&c.name.as_str());
    let columns: Vec<&EventColumn> = export.columns.iter().filter(is_data).collect();
    export.each(|line| placemark(line, &columns, out))?;
    out.write_all(b"</Document>\n</kml>\n")
}

fn placemark(
    line: &EventLine<'_>,
    columns: &[&EventColumn],
    out: &mut (dyn Write + Send),
) -> io::Result<()> {
    let event = line.event();
    out.write_all(b"<Placemark>\n")?;
    let name = format!("{}, {}", line.site().name, words::event_date(&event.date));
    writeln!(out, "<name>{}</name>", escaped(&name))?;
    if !line.summary().is_empty() {
        writeln!(out, "<description>{}</description>", escaped(line.summary()))?;
    }
    writeln!(out, "{}", time(&event.date))?;
    writeln!(out, "<styleUrl>#class-{}</styleUrl>", event.direction.position())?;
    out.write_all(b"<ExtendedData>\n")?;
    for column in columns {
        match column.cell(line) {
            EventCell::Empty => Ok(()),
            EventCell::Text(text) => data(out, &column.name, &text),
            EventCell::Count(count) => data(out, &column.name, &count.to_string()),
            EventCell::Number(number) => data(out, &column.name, &number.to_string()),
            EventCell::Day(day) => data(out, &column.name, &day.to_string()),
        }?;
    }
    out.write_all(b"</ExtendedData>\n")?;
    if let Some(at) = line.position() {
        writeln!(out, "<Point><coordinates>{},{}</coordinates></Point>", at.lon(), at.lat())?;
    }
    out.write_all(b"</Placemark>\n")
}

fn data(out: &mut (dyn Write + Send), name: &str, value: &str) -> io::Result<()> {
    writeln!(out, "<Data name=\"{}\"><value>{}</value></Data>", escaped(name), escaped(value))
}

/// The days of an event, no more precisely than they are known.
fn time(date: &EventDate) -> String {
    let (span, precision) = (date.span, date.precision);
    let [first, last] = [span.first().to_string(), span.last().to_string()];
    let length = match precision {
        DatePrecision::Month => "2022-01".len(),
        DatePrecision::Year => "2022".len(),
        _ => first.len(),
    };
    let [begin, end] = [&first[..length.min(first.len())], &last[..length.min(last.len())]];
    if begin == end {
        format!("<TimeStamp><when>{begin}</when></TimeStamp>")
    } else {
        format!("<TimeSpan><begin>{begin}</begin><end>{end}</end></TimeSpan>")
    }
}

/// A text as XML has it. What XML cannot hold becomes U+FFFD, and a carriage return stays one.
fn escaped(text: &str) -> String {
    let mut xml = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\r' => xml.push_str("&#13;"),
            '\n' | '\t' => xml.push(c),
            '\u{0}'..'\u{20}' | '\u{fffe}' | '\u{ffff}' => xml.push('\u{fffd}'),
            _ => xml.push(c),
        }
    }
    xml
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::DaySpan;

    #[test]
    fn the_length_of_a_date_is_its_precision() {
        let told = |from: &str, to: &str, precision| {
            let [first, last] = [from, to].map(|day| DaySpan::parse(day).unwrap());
            time(&EventDate { span: first.join(last), precision, local_time: None.into() })
        };
        let stamp = |when: &str| format!("<TimeStamp><when>{when}</when></TimeStamp>");
        assert_eq!(told("2022-01-05", "2022-01-05", DatePrecision::Minute), stamp("2022-01-05"));
        assert_eq!(told("2022-01", "2022-01", DatePrecision::Month), stamp("2022-01"));
        assert_eq!(told("2022", "2022", DatePrecision::Year), stamp("2022"));
        let span =
            |a: &str, b: &str| format!("<TimeSpan><begin>{a}</begin><end>{b}</end></TimeSpan>");
        assert_eq!(told("2022-01", "2022-02", DatePrecision::Month), span("2022-01", "2022-02"));
        let week = told("2022-01-03", "2022-01-09", DatePrecision::Week);
        assert_eq!(week, span("2022-01-03", "2022-01-09"));
    }

    #[test]
    fn no_text_breaks_out_of_its_element() {
        let text = "</value><Placemark> & \"x\"\u{1}\r\n";
        let xml = escaped(text);
        assert_eq!(xml, "&lt;/value&gt;&lt;Placemark&gt; &amp; &quot;x&quot;\u{fffd}&#13;\n");
    }
}
