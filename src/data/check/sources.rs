//! The addresses of sources: they can be opened, and each leads to one source.

use std::collections::BTreeMap;

use super::Findings;
use crate::data::lines::TableName;

/// What the window may hand to a browser, in lower case.
const SCHEMES: [&str; 2] = ["https://", "http://"];

pub(super) fn check(findings: &mut Findings<'_>) {
    let dataset = findings.dataset;
    let mut first = BTreeMap::new();
    for (row, source) in dataset.sources.iter().enumerate() {
        let Some(url) = source.url.as_deref() else { continue };
        let cell = (TableName::Sources, row, "url");
        let Some(page) = page(url) else {
            let what = format!("{}: \"{url}\" is not the address of a page", source.id);
            let advice = "write it with https:// or http://, or leave the cell empty";
            findings.error(cell, what, advice);
            continue;
        };
        let earlier = *first.entry(page).or_insert(row);
        if earlier != row {
            let other = &dataset.sources[earlier].id;
            let other = findings.named(TableName::Sources, earlier, other);
            let what = format!("{}: the address is that of {other} too", source.id);
            findings.remark(cell, what, "make the two one row if they are one page");
        }
    }
}

/// What two addresses of one page share; `None` for what is no address of a page.
fn page(url: &str) -> Option<&str> {
    let scheme = SCHEMES.into_iter().find(|scheme| {
        url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })?;
    let page = url[scheme.len()..].trim_end_matches('/');
    let page = page.strip_prefix("www.").unwrap_or(page);
    (!page.is_empty() && !page.contains(char::is_whitespace)).then_some(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_a_page_is_of_the_web_and_has_no_gap() {
        assert_eq!(page("HTTPS://example.org/a/"), Some("example.org/a"));
        assert_eq!(page("http://www.example.org/a"), page("https://example.org/a"));
        for url in
            ["javascript:alert(1)", "file:///a", "example.org", "https://", "http://a b", "é"]
        {
            assert_eq!(page(url), None, "{url}");
        }
    }
}
