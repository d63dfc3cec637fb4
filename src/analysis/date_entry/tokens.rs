//! What was typed, cut into numbers, words and what stands between them.

use jiff::civil::Weekday;

use crate::domain::{MONTHS, western_digit};

/// A piece of what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Number {
        value: u32,
        digits: usize,
    },
    /// By number, January being 1.
    Month(i8),
    Weekday(Weekday),
    /// Any other word, in small letters.
    Word(String),
    /// A hyphen without spaces: between two dates, or within one.
    Dash,
    Slash,
    Dot,
    /// What only stands between two dates: "to", "..", a long dash, or a hyphen with spaces.
    To,
}

impl Token {
    pub(super) fn number(&self) -> Option<(i32, usize)> {
        match self {
            Self::Number { value, digits } => Some((i32::try_from(*value).ok()?, *digits)),
            _ => None,
        }
    }

    pub(super) fn is_separator(&self) -> bool {
        matches!(self, Self::Dash | Self::Slash | Self::Dot)
    }
}

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// The tokens of a text; `None` where it has a sign that no date has.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    /// Longer texts are no dates.
    const MOST: usize = 80;
    let chars: Vec<char> = text.chars().filter_map(plain).take(MOST + 1).collect();
    if chars.len() > MOST {
        return None;
    }
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let run = |is: fn(&char) -> bool| chars[at..].iter().take_while(|c| is(c)).count();
        let mut taken = 1;
        match c {
            ' ' | ',' => {}
            '0'..='9' => {
                taken = run(char::is_ascii_digit);
                let digits: String = chars[at..at + taken].iter().collect();
                tokens.push(Token::Number { value: digits.parse().ok()?, digits: taken });
                taken += ordinal(&chars[at + taken..]);
            }
            c if c.is_alphabetic() => {
                taken = run(|c| c.is_alphabetic());
                let word: String = chars[at..at + taken].iter().collect();
                tokens.extend(self::word(&word));
            }
            '.' if run(|c| *c == '.') > 1 => {
                taken = run(|c| *c == '.');
                tokens.push(Token::To);
            }
            '.' => tokens.push(Token::Dot),
            '/' => tokens.push(Token::Slash),
            '-' => {
                let apart = |c: Option<&char>| c.is_some_and(|c| *c == ' ');
                let before = at.checked_sub(1).and_then(|i| chars.get(i));
                let is_to = apart(before) || apart(chars.get(at + 1));
                tokens.push(if is_to { Token::To } else { Token::Dash });
            }
            '\u{2013}' => tokens.push(Token::To),
            _ => return None,
        }
        at += taken;
    }
    Some(tokens)
}

/// A sign in the form in which it is read: Arabic digits as digits, all spaces as one, dashes as two kinds.
fn plain(c: char) -> Option<char> {
    match western_digit(c) {
        // Marks of direction come along when Arabic text is pasted.
        '\u{200E}'
        | '\u{200F}'
        | '\u{061C}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}' => None,
        '\u{2010}' | '\u{2011}' | '\u{2212}' => Some('-'),
        '\u{2012}' | '\u{2014}' | '\u{2026}' => Some('\u{2013}'),
        '\u{060C}' => Some(','),
        c if c.is_whitespace() => Some(' '),
        c => c.to_lowercase().next(),
    }
}

/// How long the letters of "3rd" are behind its number.
fn ordinal(after: &[char]) -> usize {
    let word: String = after.iter().take_while(|c| c.is_alphabetic()).collect();
    if ["st", "nd", "rd", "th"].contains(&word.as_str()) { 2 } else { 0 }
}

fn word(word: &str) -> Option<Token> {
    let begins = |full: &str| word.len() >= 3 && full.starts_with(word);
    if matches!(word, "of" | "the" | "in" | "on") {
        return None;
    }
    if matches!(word, "to" | "until" | "till" | "through" | "thru") {
        return Some(Token::To);
    }
    let month = MONTHS.iter().position(|m| begins(m) || (word == "sept" && *m == "september"));
    if let Some(month) = month.and_then(|m| i8::try_from(m + 1).ok()) {
        return Some(Token::Month(month));
    }
    let weekday = WEEKDAYS.iter().find(|(full, _)| begins(full));
    Some(weekday.map_or_else(|| Token::Word(word.to_owned()), |(_, day)| Token::Weekday(*day)))
}
