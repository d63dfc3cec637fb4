//! A bibliography for LaTeX: fields for both BibTeX and biblatex, text in UTF-8.

use super::plain::{language, primary};
use super::{Bibliography, Citation};

/// One entry for each work. All are of the type `misc`, the only one for pages that both programs know; `date`
/// is what biblatex reads, `year` what BibTeX does.
#[must_use]
pub fn bibtex(bibliography: &Bibliography) -> String {
    let mut text = String::new();
    for citation in bibliography.citations() {
        if !text.is_empty() {
            text.push('\n');
        }
        entry(&mut text, citation);
    }
    text
}

fn entry(text: &mut String, citation: &Citation) {
    text.push_str(&format!("@misc{{{},\n", citation.key));
    let mut field = |name: &str, value: &str| text.push_str(&format!("  {name} = {{{value}}},\n"));
    // A second pair of braces keeps a name whole, and the letters of a title as they are.
    if let Some(author) = &citation.author {
        field("author", &format!("{{{}}}", escaped(author)));
    }
    field("title", &format!("{{{}}}", escaped(&citation.title.text())));
    if let Some(container) = &citation.container {
        field("howpublished", &escaped(container));
    }
    if let Some(edition) = &citation.edition {
        field("version", &escaped(edition));
    }
    if let Some(issued) = &citation.issued {
        field("date", &issued.iso);
        field("year", &issued.iso.chars().take(4).collect::<String>());
    }
    if let Some(url) = &citation.url {
        field("url", url);
    }
    if let Some(tag) = citation.language.as_deref().filter(|tag| primary(tag) != "en") {
        let name = language(tag).map(str::to_owned);
        field("language", &name.unwrap_or_else(|| escaped(tag)));
    }
    if let Some(note) = &citation.note {
        field("note", &escaped(note));
    }
    text.push_str("}\n");
}

/// The text with what LaTeX reads as commands turned into letters. A brace that is only escaped would still be
/// counted as one by BibTeX.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '#' | '$' | '%' | '&' | '_' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}
