//! Spelling folded away: the form in which names are compared and searched, Latin and Arabic alike.
//!
//! Nothing is transliterated: an Arabic name stays Arabic. The article "al" stays a word of its own.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The text without what spellers disagree about: case, accents, vowel signs, tatweel, apostrophes and ayn
/// signs, the forms of alef, ya, kaf and ta marbuta, doubled letters, and what stands between words.
///
/// Words are separated by one space. Digits become ASCII digits and keep their doubles. Folding twice is
/// folding once.
///
/// ```
/// use sitrep_atlas::domain::fold;
///
/// assert_eq!(fold("Ayn al-Assad"), "ayn al asad");
/// assert_eq!(fold("Kata’ib Ḥezbollah"), "kataib hezbolah");
/// assert_eq!(fold("قاعدة عين الأسد"), "قاعده عين الاسد");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    // An acute accent that stands alone decomposes to a space: signs are left out before that, marks after.
    let letters = text.chars().filter(|c| !is_silent(*c)).nfkd().flat_map(char::to_lowercase);
    for c in letters.filter(|c| !is_silent(*c)).map(plain) {
        if c.is_ascii_digit() || (c.is_alphanumeric() && !folded.ends_with(c)) {
            folded.push(c);
        } else if !c.is_alphanumeric() && !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// An Arabic or Persian digit as the ASCII digit of its value; any other character as it is.
#[must_use]
pub fn western_digit(c: char) -> char {
    let value = match c {
        '\u{660}'..='\u{669}' => u32::from(c) - 0x660,
        '\u{6f0}'..='\u{6f9}' => u32::from(c) - 0x6f0,
        _ => return c,
    };
    char::from_digit(value, 10).unwrap_or(c)
}

/// Whether the character is written by some and left out by others.
fn is_silent(c: char) -> bool {
    is_combining_mark(c)
        || matches!(
            c,
            // Apostrophes and quotes that stand for hamza and ayn.
            '\'' | '`' | '´' | '‘' | '’' | '‛' | '′' | '\u{2b9}'..='\u{2bf}' | '\u{2c8}' | '\u{2ca}' | '\u{2cb}'
            // Hamza by itself, tatweel.
            | '\u{621}' | '\u{640}'
            // Soft hyphen, joiners and marks of direction.
            | '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
        )
}

/// One letter for those that are one to a reader, one digit for its forms.
fn plain(c: char) -> char {
    match c {
        'ı' => 'i',
        'ø' => 'o',
        'ł' => 'l',
        'đ' => 'd',
        'ٱ' => 'ا',
        'ى' | 'ی' | 'ې' => 'ي',
        'ک' | 'ڪ' => 'ك',
        'ة' | 'ہ' | 'ھ' | 'ە' => 'ه',
        '٠' | '۰' => '0',
        '١' | '۱' => '1',
        '٢' | '۲' => '2',
        '٣' | '۳' => '3',
        '٤' | '۴' => '4',
        '٥' | '۵' => '5',
        '٦' | '۶' => '6',
        '٧' | '۷' => '7',
        '٨' | '۸' => '8',
        '٩' | '۹' => '9',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All spellings fold to the same text.
    fn check(spellings: &[&str], folded: &str) {
        for spelling in spellings {
            assert_eq!(fold(spelling), folded, "{spelling}");
        }
        assert_eq!(fold(folded), folded, "folding twice is folding once");
    }

    #[test]
    fn the_spellings_of_one_base_share_its_word() {
        for name in ["Ain al-Asad", "Ayn al-Assad", "Al Asad", "AL-ASAD", "'Ain al-Asad Air Base"] {
            assert!(fold(name).split(' ').any(|word| word == "asad"), "{name}: {}", fold(name));
        }
    }

    #[test]
    fn case_accents_hyphens_and_apostrophes_do_not_matter() {
        check(&["Kata'ib Hizballah", "KATĀʾIB ḤIZBALLĀH", "Kataib-Hizbalah"], "kataib hizbalah");
        check(&["Ba'quba", "Baʿquba", "Baquba", "Ba’quba", "Ba`qūba", "Ba´quba"], "baquba");
        check(&["Diyarbakır", "DİYARBAKIR", "Diyarbakir"], "diyarbakir");
        check(
            &["Camp Taji (Iraq)", "camp  taji, iraq", "\u{200f}Camp_Taji–Iraq "],
            "camp taji iraq",
        );
    }

    #[test]
    fn arabic_letters_have_one_form_and_no_vowel_signs() {
        check(
            &["قاعدة عين الأسد", "قاعده عين الاسد", "قَاعِدَة عَيْن الأَسَد", "قاعـــدة عين الإسد"],
            "قاعده عين الاسد",
        );
        check(&["مصطفى", "مصطفي", "مصطفی"], "مصطفي");
        check(&["كركوك", "کرکوک"], "كركوك");
        check(&["القائم", "القايم"], "القايم");
        check(&["آمرلي", "أمرلي", "امرلي"], "امرلي");
        check(&["ﻻ", "لا", "لآ"], "لا");
    }

    #[test]
    fn digits_keep_their_doubles_and_have_one_form() {
        check(&["Brigade 45", "Brigade ٤٥", "brigade ۴۵"], "brigade 45");
        assert_eq!(fold("Camp 22"), "camp 22");
        assert_ne!(fold("K-1"), fold("K-11"));
    }

    #[test]
    fn names_that_differ_stay_apart_and_signs_alone_are_nothing() {
        assert_ne!(fold("Balad"), fold("Baladruz"));
        assert_ne!(fold("Harir"), fold("Hawr"));
        assert_eq!(fold(" -–’ \u{640}"), "");
    }
}
