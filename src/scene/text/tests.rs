//! What shaping promises to the painters.

use super::*;

const STYLE: TextStyle = TextStyle::regular(10.0);

fn shape(text: &str) -> std::sync::Arc<ShapedText> {
    Shaper::new().shape(text, STYLE)
}

fn ids(text: &str) -> Vec<u32> {
    shape(text).runs().iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.id).collect()
}

/// The text of each glyph, from left to right.
fn visual(shaped: &ShapedText) -> String {
    let mut glyphs: Vec<_> = shaped.runs().iter().flat_map(|run| &run.glyphs).collect();
    glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
    glyphs.iter().map(|glyph| &shaped.text()[glyph.text_start..glyph.text_end]).collect()
}

#[test]
fn arabic_letters_join() {
    let alone = ids("ب");
    assert_eq!(alone.len(), 1);
    let joined = ids("ببب");
    assert_eq!(joined.len(), 3);
    assert!(
        !joined.contains(&alone[0]),
        "initial, medial and final forms are not the isolated one"
    );
    assert!(joined[0] != joined[1] && joined[1] != joined[2]);
}

/// epaint, which does not reorder, makes "4102" of this.
#[test]
fn digits_keep_their_order_and_stand_left_of_the_arabic_word() {
    let shaped = shape("نينوى 2014");
    assert!(shaped.is_right_to_left());
    assert_eq!(visual(&shaped), "2014 ىونين");
}

#[test]
fn an_arabic_word_inside_latin_text_is_turned_in_its_place() {
    let shaped = shape("Mosul (الموصل) 2014");
    assert!(!shaped.is_right_to_left());
    assert_eq!(visual(&shaped), "Mosul (لصوملا) 2014");
}

#[test]
fn shaping_twice_gives_the_same_glyphs() {
    let text = "Ayn al-Asad قاعدة عين الأسد, 13 Mar 2020";
    assert_eq!(shape(text), shape(text));
    assert!((shape(text).width() - 183.0).abs() < 20.0, "{}", shape(text).width());
}

#[test]
fn a_text_comes_from_the_cache_the_second_time() {
    let mut shaper = Shaper::new();
    let first = shaper.shape("Erbil", STYLE);
    assert!(std::sync::Arc::ptr_eq(&first, &shaper.shape("Erbil", STYLE)));
    for n in 0..5000 {
        shaper.shape(&n.to_string(), STYLE);
    }
    assert!(std::sync::Arc::ptr_eq(&first, &shaper.shape("Erbil", STYLE)), "promoted");
}

#[test]
fn the_names_of_places_and_groups_have_all_their_glyphs() {
    let names = [
        "ʿAyn al-Asad Air Base",
        "Ḥarīr, Irbīl; Ṣalāḥ ad-Dīn; Ṭuwayq; Ẓufār; Ḍāhir; Ġazāl; Ǧabal; Šingāl; ʾAbū Kamāl",
        "Kataʾib Hizballah",
        "Dayr az-Zawr – “rocket” — 3–6 Jan 2022, ±2 · 100 % … ≤ 300 km² × 4 → ’",
        "Şırnak, Hakkâri, Çukurca, Ağrı, Diyarbakır, Kızıltepe",
        "قاعدة عين الأسد الجوية",
        "محافظة صلاح الدين",
        "كتائب حزب الله ـ سرايا أولياء الدم ـ عصائب أهل الحق",
        "مطار أربيل الدولي، 15 شباط 2021؛ ٢٠٢١؟",
        "هەولێر، سلێمانی، دهۆک، ڕانیە، گوێڕ",
        "فرودگاه پایگاه چابهار ژ گ ۱۳۹۸",
    ];
    let mut shaper = Shaper::new();
    for name in names {
        for style in [TextStyle::regular(9.0), TextStyle::semi_bold(14.0)] {
            let label = shaper.shape(name, style);
            assert_eq!(label.missing_glyphs(), &[] as &[char], "{name}");
        }
    }
}

#[test]
fn half_rings_are_drawn_as_quotation_marks() {
    assert_eq!(shape("ʿAyn, Kataʾib").text(), "‘Ayn, Kata’ib");
}

#[test]
fn a_character_without_a_glyph_is_told() {
    assert_eq!(shape("a語a語").missing_glyphs(), ['語']);
}

#[test]
fn wrapped_lines_are_no_wider_than_asked() {
    let text =
        "Two rockets fell near the base. سقط صاروخان قرب القاعدة. Antidisestablishmentarianism";
    let mut shaper = Shaper::new();
    for width in [12.0, 40.0, 90.0, 200.0] {
        for align in [Align::Start, Align::Center, Align::End] {
            let text_box = shaper.wrap(text, STYLE, width, align);
            assert!(text_box.width() <= width + 0.01, "{} in {width}", text_box.width());
            assert!(text_box.lines() > 1);
            for glyph in text_box.runs().iter().flat_map(|run| &run.glyphs) {
                let is_space = text[glyph.text_start..glyph.text_end].trim().is_empty();
                assert!(is_space || (glyph.x > -0.5 && glyph.x < text_box.width() + 0.5));
            }
        }
    }
}

#[test]
fn lines_that_read_from_the_right_end_at_the_same_right_edge() {
    let shaped = Shaper::new().wrap("قاعدة عين الأسد الجوية في الأنبار", STYLE, 60.0, Align::Start);
    assert!(shaped.is_right_to_left() && shaped.lines() > 1);
    let mut ends: Vec<(f32, f32)> = Vec::new();
    for run in shaped.runs() {
        for glyph in &run.glyphs {
            let end = glyph.x + glyph.advance;
            match ends.iter_mut().find(|(y, _)| (*y - glyph.y).abs() < 5.0) {
                Some((_, right)) => *right = right.max(end),
                None => ends.push((glyph.y, end)),
            }
        }
    }
    assert_eq!(ends.len(), shaped.lines());
    for (_, right) in ends {
        assert!((right - shaped.width()).abs() < 0.5, "{right} of {}", shaped.width());
    }
}

#[test]
fn a_cut_text_fits_and_ends_in_an_ellipsis() {
    let mut shaper = Shaper::new();
    for text in ["Union III forward operating base", "قاعدة عين الأسد الجوية"] {
        let whole = shaper.shape(text, STYLE);
        let cut = shaper.shape_within(text, STYLE, whole.width() * 0.6);
        assert!(cut.text().ends_with('…') && cut.text().len() > 6, "{}", cut.text());
        assert!(cut.width() <= whole.width() * 0.6);
        assert_eq!(shaper.shape_within(text, STYLE, whole.width()), whole);
    }
    assert_eq!(shaper.shape_within("long", STYLE, 1.0).text(), "…");
    assert_eq!(shaper.shape_within("long", STYLE, f32::NAN).text(), "…");
}

#[test]
fn an_empty_text_has_no_width_and_one_line() {
    let shaped = shape("");
    assert!(shaped.width() == 0.0 && shaped.lines() == 1 && shaped.runs().is_empty());
    assert!((shaped.height() - 13.5).abs() < 0.01);
}

#[test]
fn control_characters_are_spaces_and_line_breaks_are_lines() {
    let shaped = shape("a\tb\u{7}c\r\nd\u{0}\u{85}");
    assert_eq!(shaped.lines(), 2);
    assert!(shaped.missing_glyphs().is_empty());
    assert!(visual(&shape("\u{2067}نينوى\u{2069} x")).contains('x'));
}

#[test]
fn nonsense_sizes_do_no_harm() {
    let mut shaper = Shaper::new();
    for size in [0.0, -3.0, f32::NAN, f32::INFINITY, 1e30] {
        shaper.shape("نينوى 2014", TextStyle::regular(size));
    }
    for width in [0.0, -1.0, f32::NAN, f32::INFINITY] {
        shaper.wrap("نينوى 2014 and more", STYLE, width, Align::End);
    }
}

#[test]
fn spaced_letters_are_wider_but_arabic_stays_joined() {
    let mut shaper = Shaper::new();
    let spaced = STYLE.with_letter_spacing(1.0);
    assert!(shaper.shape("ERBIL", spaced).width() > shaper.shape("ERBIL", STYLE).width() + 3.0);
    let arabic = shaper.shape("أربيل", STYLE).width();
    assert!((shaper.shape("أربيل", spaced).width() - arabic).abs() < 0.001);
}

#[test]
fn the_glyphs_stand_for_every_byte_of_the_text() {
    for text in ["الله لا", "official, flown", "e\u{301}té"] {
        let shaped = shape(text);
        let mut covered = vec![false; text.len()];
        for glyph in shaped.runs().iter().flat_map(|run| &run.glyphs) {
            covered[glyph.text_start..glyph.text_end].fill(true);
        }
        assert!(covered.into_iter().all(|byte| byte), "{text}");
    }
}
