//! Words with tags of HTML among them, as plain words.

use super::xml::entity;

/// The words without their tags, and the addresses that the tags lead to.
pub(super) fn plain(text: &str) -> (String, Vec<String>) {
    let has_tags = text.match_indices('<').any(|(at, _)| {
        text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!')
    });
    if !has_tags {
        return (text.to_owned(), Vec::new());
    }
    let (mut words, mut links) = (String::new(), Vec::new());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        words.push_str(&decoded(&rest[..at]));
        rest = &rest[at + 1..];
        let is_tag = rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        let Some(end) = rest.find('>').filter(|_| is_tag) else {
            words.push('<');
            continue;
        };
        let tag = &rest[..end];
        rest = &rest[end + 1..];
        let name: String =
            tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        match name.to_ascii_lowercase().as_str() {
            "br" | "p" | "div" | "tr" | "li" | "table" | "ul" | "h1" | "h2" | "h3" => {
                words.push('\n');
            }
            "td" | "th" => words.push(' '),
            "script" | "style" if !tag.starts_with('/') => {
                let close = format!("</{}", name.to_ascii_lowercase());
                rest = &rest[rest.to_ascii_lowercase().find(&close).unwrap_or(rest.len())..];
            }
            _ => {}
        }
        links.extend(["href", "src"].into_iter().filter_map(|key| address(tag, key)));
    }
    words.push_str(&decoded(rest));
    let lines = words.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    (lines.join("\n"), links)
}

/// The address that a tag has under a key.
fn address(tag: &str, key: &str) -> Option<String> {
    let at = tag.to_ascii_lowercase().find(&format!("{key}="))? + key.len() + 1;
    let rest = &tag[at..];
    let address = match rest.chars().next()? {
        quote @ ('"' | '\'') => rest[1..].split(quote).next()?,
        _ => rest.split_whitespace().next()?,
    };
    (!address.is_empty()).then(|| decoded(address))
}

/// A text with its references to signs replaced.
fn decoded(text: &str) -> String {
    let mut decoded = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let end = rest.find(';').filter(|end| *end <= 10);
        let Some(end) = end else {
            decoded.push('&');
            continue;
        };
        let name = &rest[..end];
        let number = name.strip_prefix('#').and_then(|number| {
            let hex = number.strip_prefix(['x', 'X']);
            hex.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())
        });
        match number.and_then(char::from_u32) {
            Some(sign) => decoded.push(sign),
            None => decoded.push_str(&entity(name)),
        }
        rest = &rest[end + 1..];
    }
    decoded + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_taken_out_and_their_addresses_kept() {
        let (words, links) = plain(
            "<div>First &amp; <b>second</b>&nbsp;line<br/>a &lt; b</div><img src='http://example.org/a.png'>\
             <a href=\"http://example.org/?a=1&amp;b=2\">read</a><script>evil()</script> end",
        );
        assert_eq!(words, "First & second line\na < b\nread end");
        assert_eq!(links, ["http://example.org/a.png", "http://example.org/?a=1&b=2"]);
    }

    #[test]
    fn words_without_tags_stay_as_they_are() {
        for text in ["", "a < b & c > d", "R&D; x", "1 <2", "two\n lines"] {
            assert_eq!(plain(text), (text.to_owned(), Vec::new()));
        }
        assert_eq!(plain("a <b").0, "a <b");
        assert_eq!(plain("<b").0, "<b");
        assert_eq!(plain("<p>&#xD800;&#x41;&bogus;").0, "&#xD800;A&bogus;");
    }
}
