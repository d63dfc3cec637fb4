//! Rust read far enough for the rules: words and signs with their lines, and what paths name.
//!
//! Knows no rule.

/// A word, `::` or another sign.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) text: String,
    pub(super) line: usize,
}

/// Words, `::` and single signs; comments, strings and characters left out.
pub(super) fn tokens(source: &str) -> Vec<Token> {
    let mut rest = source;
    let mut line = 1;
    let mut tokens = Vec::new();
    while let Some(first) = rest.chars().next() {
        let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let (length, is_code) = if let Some(length) = quoted(rest) {
            (length, false)
        } else if word > 0 {
            (word, true)
        } else if rest.starts_with("::") {
            (2, true)
        } else {
            (first.len_utf8(), !first.is_whitespace())
        };
        let (text, after) = rest.split_at(length);
        if is_code {
            tokens.push(Token { text: text.to_owned(), line });
        }
        line += text.matches('\n').count();
        rest = after;
    }
    tokens
}

/// The length of the comment, string or character that the text starts with.
fn quoted(text: &str) -> Option<usize> {
    let until = |from: usize, end: &str| {
        let found = text[from..].find(end);
        found.map_or(text.len(), |at| from + at + end.len())
    };
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    if text.starts_with("/*") {
        let (mut depth, mut at) = (1, 2);
        while depth > 0 && at < text.len() {
            let next = text[at..].find(['/', '*']).map_or(text.len(), |n| at + n);
            (depth, at) = match text.get(next..next + 2) {
                Some("/*") => (depth + 1, next + 2),
                Some("*/") => (depth - 1, next + 2),
                _ => (depth, next + 1),
            };
        }
        return Some(at.min(text.len()));
    }
    let body = text.strip_prefix(['b', 'c']).unwrap_or(text);
    let prefix = text.len() - body.len();
    if let Some(raw) = body.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(hashes));
            return Some(until(prefix + 1 + hashes + 1, &end));
        }
    }
    let quote = body.chars().next().filter(|c| ['"', '\''].contains(c))?;
    let mut chars = body.char_indices().skip(1);
    let escaped = body[1..].starts_with('\\');
    if quote == '\'' && !escaped && body.char_indices().nth(2)?.1 != '\'' {
        return None; // a lifetime
    }
    while let Some((at, c)) = chars.next() {
        if c == '\\' {
            chars.next();
        } else if c == quote {
            return Some(prefix + at + 1);
        }
    }
    Some(text.len())
}

/// The names that follow `root::`, those in braces included, each with its line.
pub(super) fn paths_from(tokens: &[Token], root: &str) -> Vec<(usize, String)> {
    (0..tokens.len())
        .filter(|&at| tokens[at].text == root)
        .flat_map(|at| names_after(&tokens[at + 1..]))
        .collect()
}

/// The names that chains of `super` reach at the root of the crate, from a module at a depth.
pub(super) fn paths_from_super(tokens: &[Token], file_depth: usize) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut braces: Vec<bool> = Vec::new(); // open braces; true: of an inline module
    let mut at = 0;
    while at < tokens.len() {
        match tokens[at].text.as_str() {
            "{" => braces.push(at >= 2 && tokens[at - 2].text == "mod"),
            "}" => drop(braces.pop()),
            "super" => {
                let inline = braces.iter().filter(|m| **m).count();
                let mut count = 1;
                while words_at(tokens, at + 1) == ["::", "super"] {
                    (count, at) = (count + 1, at + 2);
                }
                if count >= file_depth + inline {
                    found.extend(names_after(&tokens[at + 1..]));
                }
            }
            _ => {}
        }
        at += 1;
    }
    found
}

fn words_at(tokens: &[Token], at: usize) -> Vec<&str> {
    let pair = tokens.iter().skip(at).take(2);
    pair.map(|t| t.text.as_str()).collect()
}

fn names_after(tokens: &[Token]) -> Vec<(usize, String)> {
    let found = |t: &Token| (t.line, t.text.clone());
    match words_at(tokens, 0).as_slice() {
        ["::", "{"] => {}
        ["::", _] => return vec![found(&tokens[1])],
        _ => return Vec::new(),
    }
    let (mut depth, mut names) = (0, Vec::new());
    for pair in tokens[1..].windows(2) {
        match pair[0].text.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        let starts = depth == 1 && ["{", ","].contains(&pair[0].text.as_str());
        if starts && pair[1].text != "}" {
            names.push(found(&pair[1]));
        }
        if depth == 0 {
            break;
        }
    }
    names
}

/// Leaves out what stands behind `#[cfg(test)]`.
pub(super) fn without_test_items(tokens: &[Token]) -> Vec<Token> {
    let mark = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut kept = Vec::new();
    let mut rest = tokens;
    while let Some((first, after)) = rest.split_first() {
        let is_mark = rest.len() > mark.len() && rest.iter().zip(mark).all(|(t, m)| t.text == m);
        if !is_mark {
            kept.push(first.clone());
            rest = after;
            continue;
        }
        let mut depth = 0;
        let end = rest.iter().position(|t| {
            depth += i32::from(t.text == "{") - i32::from(t.text == "}");
            depth == 0 && ["}", ";"].contains(&t.text.as_str())
        });
        rest = &rest[end.map_or(rest.len(), |e| e + 1)..];
    }
    kept
}
