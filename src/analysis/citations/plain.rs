//! A bibliography as text to read and to paste.

use super::{Bibliography, Citation, Title};
use crate::analysis::words;

/// The bibliography of the figure with this title: a heading for each section, a line for each work.
#[must_use]
pub fn plain(bibliography: &Bibliography, title: &str) -> String {
    let title = super::clean::clean(title);
    let mut text = format!("Sources of \"{title}\"\n");
    text.push_str("In English where no language is named; n.d.: date not recorded.\n");
    for section in &bibliography.sections {
        let number = words::thousands(section.citations.len());
        text.push_str(&format!("\n{} ({number})\n\n", section.heading));
        for citation in &section.citations {
            text.push_str(&line(citation));
            text.push('\n');
        }
    }
    text
}

/// "AFP. "Six rockets target Baghdad airport". Business Recorder, 29 January 2022. https://…".
fn line(citation: &Citation) -> String {
    let mut parts = Vec::new();
    if let Some(author) = &citation.author {
        parts.push(stopped(&isolated(author)));
    }
    parts.push(match &citation.title {
        Title::Printed(title) => format!("\"{}\".", isolated(title)),
        other => stopped(&isolated(&other.text())),
    });
    let edition = citation.edition.as_ref().map(|edition| format!("Edition {edition}"));
    let date = match (&citation.issued, &edition) {
        (Some(issued), _) => Some(words::span(issued.span)),
        (None, Some(_)) => None,
        (None, None) => Some("n.d.".to_owned()),
    };
    let container = citation.container.as_deref().map(isolated);
    let where_and_when: Vec<String> = [container, edition, date].into_iter().flatten().collect();
    if !where_and_when.is_empty() {
        parts.push(stopped(&where_and_when.join(", ")));
    }
    match citation.language.as_deref() {
        None => parts.push("Language not recorded.".to_owned()),
        Some(tag) if primary(tag) == "en" => {}
        Some(tag) => parts.push(format!("In {}.", language(tag).unwrap_or(tag))),
    }
    // Without a full stop, which would become a part of the link.
    parts.extend(citation.url.clone());
    parts.extend(citation.note.as_deref().map(isolated));
    parts.join(" ")
}

/// The words with a full stop, where they do not end with a mark of their own.
pub(super) fn stopped(words: &str) -> String {
    let ended = words.trim_end_matches('\u{2069}').ends_with(['.', '?', '!', '…', '؟']);
    if ended { words.to_owned() } else { format!("{words}.") }
}

/// Words with letters that run from right to left, kept from turning what stands around them.
fn isolated(words: &str) -> String {
    if words.chars().any(is_right_to_left) {
        format!("\u{2068}{words}\u{2069}")
    } else {
        words.to_owned()
    }
}

/// Hebrew, Arabic, Syriac, Thaana, N'Ko, and their presentation forms.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// "ar" of "ar-IQ", in small letters.
pub(super) fn primary(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
}

/// The English name of a language.
pub(super) fn language(tag: &str) -> Option<&'static str> {
    Some(match primary(tag).as_str() {
        "ar" => "Arabic",
        "cs" => "Czech",
        "de" => "German",
        "en" => "English",
        "es" => "Spanish",
        "fa" => "Persian",
        "fr" => "French",
        "he" => "Hebrew",
        "id" => "Indonesian",
        "it" => "Italian",
        "ja" => "Japanese",
        "ku" => "Kurdish",
        "ckb" => "Central Kurdish",
        "nl" => "Dutch",
        "pl" => "Polish",
        "pt" => "Portuguese",
        "ro" => "Romanian",
        "ru" => "Russian",
        "tr" => "Turkish",
        "uk" => "Ukrainian",
        "zh" => "Chinese",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::citations::CitedKind;

    #[test]
    fn a_work_is_one_line_that_says_what_is_not_known() {
        let work = Citation {
            key: "a".to_owned(),
            kind: CitedKind::Article,
            author: Some("AFP".to_owned()),
            container: None,
            title: Title::NotRecorded,
            issued: None,
            edition: None,
            url: Some("https://a.org/b".to_owned()),
            language: None,
            note: Some("Passage cited: paragraph 5.".to_owned()),
        };
        assert_eq!(
            line(&work),
            "AFP. [title not recorded]. n.d. Language not recorded. https://a.org/b Passage cited: paragraph 5."
        );
        let arabic = Citation {
            title: Title::Printed("قصف القاعدة؟".to_owned()),
            container: Some("The Wire".to_owned()),
            language: Some("ar-IQ".to_owned()),
            url: None,
            note: None,
            ..work
        };
        assert_eq!(
            line(&arabic),
            "AFP. \"\u{2068}قصف القاعدة؟\u{2069}\". The Wire, n.d. In Arabic."
        );
    }
}
