//! Texts of a record made fit for one line of another program's file.

use std::fmt::Write as _;

/// One line without control characters, and without those that turn the direction of what follows.
pub(in crate::analysis) fn clean(text: &str) -> String {
    let turns = |c: &char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let kept: String =
        text.chars().filter(|c| !turns(c)).map(|c| if c.is_control() { ' ' } else { c }).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An address of the web in which nothing ends a field, a line or a link; `None` for other addresses.
pub(super) fn web_address(text: &str) -> Option<String> {
    let (scheme, rest) = text.split_once("://")?;
    let is_web = ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web));
    if !is_web || rest.is_empty() {
        return None;
    }
    let mut address = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() || "{}\\\"<>^`|".contains(c) {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                // Writing to a text does not fail.
                let _ = write!(address, "%{byte:02X}");
            }
        } else {
            address.push(c);
        }
    }
    Some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_the_web_stays_one_word() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(web_address(text).as_deref(), expected, "{text}");
        };
        check("https://a.org/b_c%20d?e=1&f#g", Some("https://a.org/b_c%20d?e=1&f#g"));
        check("HTTP://a.org/{x} \\y", Some("HTTP://a.org/%7Bx%7D%20%5Cy"));
        check("https://ar.wikipedia.org/wiki/بغداد", Some("https://ar.wikipedia.org/wiki/بغداد"));
        check("javascript:alert(1)", None);
        check("javascript://a.org", None);
        check("https://", None);
    }
}
