//! When two spellings are the name of one place: the form in which names of places are compared, for Arabic names in
//! Latin letters, which everybody writes in another way, and in Arabic script.
//!
//! Only rules that hold for every name stand here. Nothing is guessed: names whose forms differ are not the same name.

use super::fold;

/// So many spellings of a name that has several readings of its letter e are kept at most.
const MOST_KEYS: usize = 8;
/// Shorter forms of a name say too little to be compared by rules.
const SHORTEST_KEY: usize = 3;

/// What a name says of the kind of its place, beside the name itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaidKind {
    /// A governorate or province: "Anbar province", "محافظة الأنبار".
    Governorate,
    /// A town or village: "Basra city", "مدينة البصرة".
    Town,
}

/// The forms of a name: two names are the same when they share one. None of a name that has no letters.
///
/// Articles (al-, el-, and ad-, as-, an- and the like before their letters), case, accents, apostrophes for ayn and hamza,
/// doubled letters and gaps are left out; q, k, g and gh are one letter, and so are w, v, u, o, ou, au and aw, and i, y, ee,
/// ay, ai and ei; an h at the end of a word is silent; e is read as a and as i. Arabic loses its article, vowel signs and tatweel;
/// forms of alef, ya and ta marbuta are one.
///
/// ```
/// use sitrep_atlas::domain::place_keys;
///
/// let is_same = |a, b| place_keys(a).iter().any(|key| place_keys(b).contains(key));
/// assert!(is_same("Deir al-Zour", "Dayr az Zawr") && is_same("Arbil", "Erbil"));
/// assert!(is_same("الأنبار", "انبار") && !is_same("Balad", "Baladruz"));
/// ```
#[must_use]
pub fn place_keys(name: &str) -> Vec<String> {
    let words = words(name);
    let mut keys = vec![String::new()];
    for word in &words {
        if word.is_ascii() {
            add_latin(&mut keys, word);
        } else {
            for key in &mut keys {
                key.push_str(word);
            }
        }
    }
    if keys.iter().all(|key| key.chars().count() < SHORTEST_KEY) {
        // "Al-Hayy", "Faw": as they are written.
        keys = vec![words.concat()];
    }
    keys.retain(|key| !key.is_empty());
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// What a name says of the kind of its place, and the name without it.
#[must_use]
pub fn said_kind(name: &str) -> (String, Option<SaidKind>) {
    const GOVERNORATES: [&str; 7] =
        ["governorate", "province", "muhafazat", "muhafazah", "gov", "محافظه", "prov"];
    const TOWNS: [&str; 9] =
        ["city", "town", "village", "madinat", "qaryat", "مدينه", "بلده", "قريه", "مركز"];
    let folded = fold(name);
    let words: Vec<&str> = folded.split(' ').collect();
    let of = |word: &str| {
        if GOVERNORATES.contains(&word) {
            Some(SaidKind::Governorate)
        } else {
            TOWNS.contains(&word).then_some(SaidKind::Town)
        }
    };
    let ends = [words.first().copied().and_then(of), words.last().copied().and_then(of)];
    let rest = |skipped: &dyn Fn(usize) -> bool| {
        let kept = name.split_whitespace().enumerate().filter(|(n, _)| !skipped(*n));
        kept.map(|(_, word)| word).collect::<Vec<_>>().join(" ")
    };
    let count = name.split_whitespace().count();
    if words.len() < 2 || count < 2 {
        return (name.to_owned(), None);
    }
    match ends {
        [_, Some(kind)] => (rest(&|n| n + 1 == count), Some(kind)),
        [Some(kind), None] => {
            let name = rest(&|n| n == 0);
            // "City of Basra".
            let name = name.strip_prefix("of ").map_or(name.clone(), str::to_owned);
            (name, Some(kind))
        }
        [None, None] => (name.to_owned(), None),
    }
}

/// The folded words of a name without its articles.
fn words(name: &str) -> Vec<String> {
    let lower = name.to_lowercase().replace("ee", "i").replace("oo", "u");
    let without: Vec<&str> = lower.split_whitespace().map(without_arabic_article).collect();
    let folded = fold(&without.join(" "));
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let is_article = |place: usize| {
        let next = words.get(place + 1).copied();
        match words[place] {
            "al" | "el" | "ul" | "il" | "the" => next.is_some(),
            word => next.is_some_and(|next| is_assimilated(word, next)),
        }
    };
    let kept = (0..words.len()).filter(|place| !is_article(*place));
    kept.map(
        |place| {
            if words[place].is_ascii() { words[place].to_owned() } else { arabic(words[place]) }
        },
    )
    .collect()
}

/// Whether a word is the article as it is spoken before the next one: "as" before "Suwayda", "ash" before "Shirqat".
fn is_assimilated(word: &str, next: &str) -> bool {
    let Some(letters) = word.strip_prefix(['a', 'e', 'i', 'u']) else { return false };
    matches!(letters, "d" | "s" | "r" | "n" | "t" | "z" | "sh" | "dh" | "th")
        && next.starts_with(letters)
}

fn without_arabic_article(word: &str) -> &str {
    match word.strip_prefix("ال").or_else(|| word.strip_prefix("الـ")) {
        Some(stem) if stem.chars().count() >= 2 => stem,
        _ => word,
    }
}

/// A folded Arabic word with one letter for those that end it alike.
fn arabic(word: &str) -> String {
    match word.strip_suffix('ا') {
        Some(stem) if stem.chars().count() >= 2 => format!("{stem}ه"),
        _ => word.to_owned(),
    }
}

/// Adds a folded word in Latin letters to the forms of a name.
fn add_latin(keys: &mut Vec<String>, word: &str) {
    let word = match word.strip_suffix('h') {
        Some(stem) if stem.ends_with(is_vowel) => stem,
        _ => word,
    };
    let letters: Vec<char> = word.chars().collect();
    let at = |place: usize| letters.get(place).copied().unwrap_or(' ');
    let mut place = 0;
    while place < letters.len() {
        let letter = letters[place];
        let is_front = |c: char| matches!(c, 'i' | 'y');
        let run = (place + 1..letters.len()).take_while(|n| is_front(at(*n))).count();
        let after_run = at(place + 1 + run);
        // Between vowels y and w are consonants: "Mayadin" has an a, "Maysan" has none.
        let is_glide = matches!(after_run, 'a' | 'e' | 'o' | 'u');
        place += 1;
        match letter {
            'a' | 'e' if run > 0 && !is_glide => {
                add(keys, 'i');
                place += run;
            }
            'a' if at(place) == 'e' => {
                add(keys, 'i');
                place += 1;
            }
            'a' if matches!(at(place), 'o' | 'u') => {}
            'a' if at(place) == 'w' && !matches!(at(place + 1), 'a' | 'e' | 'i' | 'y') => {}
            'e' => fork(keys),
            'i' | 'y' => add(keys, 'i'),
            'o' | 'u' | 'w' | 'v' => add(keys, 'u'),
            'q' | 'k' => add(keys, 'k'),
            'g' => {
                add(keys, 'k');
                place += usize::from(at(place) == 'h');
            }
            'd' if matches!(at(place), 'h' | 'j') => {
                if at(place) == 'h' {
                    add(keys, 'd');
                    place += 1;
                }
            }
            other => add(keys, other),
        }
    }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

fn add(keys: &mut [String], letter: char) {
    for key in keys {
        if !key.ends_with(letter) {
            key.push(letter);
        }
    }
}

/// Adds a letter e, which stands for a as well as for i.
fn fork(keys: &mut Vec<String>) {
    let mut other = if keys.len() * 2 <= MOST_KEYS { keys.clone() } else { Vec::new() };
    add(keys, 'i');
    add(&mut other, 'a');
    keys.append(&mut other);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_same(a: &str, b: &str) -> bool {
        let (a, b) = (place_keys(a), place_keys(b));
        a.iter().any(|key| b.contains(key))
    }

    #[test]
    fn spellings_of_one_name_share_a_form() {
        for spellings in [
            &["Hasakah", "Al-Hasakah", "Al Hasakeh", "al-Hassakeh", "Hasaka", "Al Ḩasakah"][..],
            &[
                "Deir ez-Zor",
                "Deir al-Zour",
                "Dayr az Zawr",
                "Deir-ez-Zor",
                "Der Zor",
                "DEIR EL ZOR",
            ],
            &["Suwayda", "As-Sweida", "As Suwaydā'", "Sweida", "al-Suwayda"],
            &["Salah al-Din", "Şalāḩ ad Dīn", "Saladin", "Salah Al-Deen", "Salah ad-Din"],
            &[
                "Sulaymaniyah",
                "As Sulaymānīyah",
                "Al-Sulaymaniyah",
                "Sulaimaniya",
                "Suleimaniyah",
                "Sulaymania",
            ],
            &["Qadisiyah", "Al Qadissiya", "Al-Qādisiyyah", "Al Qādisīyah", "al-qadisiya"],
            &["Nineveh", "Ninewa", "Nīnawá", "Ninawa", "Ninevah"],
            &["Maysan", "Missan", "Misan", "Meysan"],
            &["Karbala", "Kerbala", "Karbalā’", "Kerbela"],
            &["Erbil", "Arbil", "Irbil", "Arbīl"],
            &["Idlib", "Idleb"],
            &["Tartus", "Tartous", "Ţarţūs"],
            &["Diyala", "Diyālá", "Diala"],
            &["Wasit", "Wassit", "Wāsiţ"],
            &["Babil", "Babel", "Bābil"],
            &["Raqqa", "Ar-Raqqah", "Al Raqqa", "Rakka"],
            &["Daraa", "Dar`a", "Deraa", "Dar'a", "Dara"],
            &["Muthanna", "Al Muthanná", "Al-Mothanna"],
            &["Tal Afar", "Tel Afar", "Tall 'Afar", "Talafar", "Tell Afar"],
            &["Qayyarah", "Al-Qayyara", "Gayara", "Qaiyara"],
            &["Abu Kamal", "Abou Kamal", "Abo Kamal"],
            &["Al-Hawl", "Al-Hol", "al-Houl"],
            &["Maarat al-Numan", "Ma'arrat an-Nu'man", "Maarrat al Numan"],
            &["Fallujah", "Al-Faluja", "Fallouja"],
            &["Kobani", "Kobane", "Kobanê"],
            &["Al-Tanf", "At Tanf", "Tanf"],
            &["الأنبار", "انبار", "الانبار"],
            &["الحسكة", "الحسكه", "حسكة"],
            &["اللاذقية", "لاذقية"],
            &["ديالى", "ديالي"],
            &["السويداء", "السويدا", "سويدة"],
        ] {
            for other in spellings {
                assert!(
                    is_same(spellings[0], other),
                    "{} and {other}: {:?} {:?}",
                    spellings[0],
                    place_keys(spellings[0]),
                    place_keys(other)
                );
            }
        }
    }

    #[test]
    fn other_names_share_none() {
        for [a, b] in [
            ["Balad", "Baladruz"],
            ["Hit", "Hatra"],
            ["Al-Dour", "Dora"],
            ["Kut", "Kufa"],
            ["Rawa", "Raqqa"],
            ["Samarra", "Samawah"],
            ["Hama", "Homs"],
            ["Hamzah", "Hamdaniyah"],
            ["Rif Dimashq", "Damascus"],
            ["Khalis", "Qalis"],
            ["الحلة", "الحي"],
        ] {
            assert!(!is_same(a, b), "{a} {b}: {:?}", place_keys(a));
        }
        assert!(place_keys(" -' ").is_empty() && place_keys("").is_empty());
    }

    #[test]
    fn what_a_name_says_of_its_kind_is_told_apart_from_it() {
        for (said, name, kind) in [
            ("Anbar province", "Anbar", Some(SaidKind::Governorate)),
            ("محافظة الأنبار", "الأنبار", Some(SaidKind::Governorate)),
            ("City of Basra", "Basra", Some(SaidKind::Town)),
            ("Basra City", "Basra", Some(SaidKind::Town)),
            ("مدينة البصرة", "البصرة", Some(SaidKind::Town)),
            ("Basra", "Basra", None),
            ("City", "City", None),
            ("Sadr City district", "Sadr City district", None),
        ] {
            assert_eq!(said_kind(said), (name.to_owned(), kind), "{said}");
        }
    }

    #[test]
    fn no_name_makes_more_than_a_few_forms() {
        assert!(place_keys(&"be ce de fe he ".repeat(40)).len() <= MOST_KEYS);
        assert!(place_keys("Deir ez-Zor").len() <= 2);
    }
}
