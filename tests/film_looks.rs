//! What a reader must be able to read on every frame of a film: the countries that the record is about, and what
//! is in the window while a card tells of quiet days. And what is said of what cannot be made.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::collections::BTreeMap;

use sitrep_atlas::analysis::play::film::{DayMoment, Moment};
use sitrep_atlas::analysis::play::{FilmPlan, FilmSpec};
use sitrep_atlas::analysis::{Mode, View, select};
use sitrep_atlas::scene::film::{Film, PULSE_SECS};
use sitrep_atlas::scene::{Item, Rect, Scene};
use support::program;
use support::studio::{Studio, texts};

fn studio() -> Studio {
    Studio::new(sitrep_atlas::data::load(None).unwrap().dataset)
}

/// Each day of a film of the whole record, at some frames of it.
fn each_day(
    studio: &Studio,
    size_px: [u32; 2],
    mode: Mode,
    mut check: impl FnMut(&mut Film<'_>, &DayMoment),
) {
    let view = View { mode, ..View::of_all(&studio.dataset) };
    let spec = FilmSpec { size_px, fps: 2, ..FilmSpec::default() };
    let selection = select(&studio.dataset, &view);
    let plan = FilmPlan::new(&studio.dataset, &view, &selection, &spec).unwrap();
    let mut film = Film::new(&studio.dataset, &studio.basemap, &view, &spec, &plan);
    for frame in 0..plan.frames() {
        if let Moment::Day(day) = plan.moment(frame, PULSE_SECS) {
            check(&mut film, &day);
        }
    }
}

#[test]
fn a_film_names_the_countries_of_the_record_on_most_days_and_always_in_one_place() {
    let studio = studio();
    for size_px in [[1280, 720], [1080, 1920], [1080, 1080]] {
        let mut stood: BTreeMap<String, Rect> = BTreeMap::new();
        let (mut days, mut named) = (0_usize, [0_usize; 2]);
        let mut neighbours: Option<bool> = None;
        each_day(&studio, size_px, Mode::Window, |film, day| {
            let items = film.day(day).above;
            let told = texts(&Scene { items, ..film.still() });
            days += 1;
            for (n, name) in ["Iraq", "Syria"].into_iter().enumerate() {
                if let Some(text) = told.iter().find(|text| text.words == name) {
                    named[n] += 1;
                    let place = *stood.entry(name.to_owned()).or_insert(text.place);
                    assert_eq!(place, text.place, "{size_px:?}, {:?}: {name}", day.window);
                }
            }
            let is_named = |name: &str| told.iter().any(|text| text.words == name);
            assert!(is_named("Baghdad"), "{size_px:?}, {:?}", day.window);
            // No note at the edge takes it its room; Jordan gives way to names of sites.
            let is_here = is_named("Israel");
            assert_eq!(*neighbours.get_or_insert(is_here), is_here, "{:?}", day.window);
        });
        // On other days a glyph or the name of a site stands there.
        assert!(named.iter().all(|n| n * 100 >= days * 60), "{size_px:?}: {named:?} of {days}");
    }
}

/// The plate of the card of a quiet spell.
fn card(items: &[Item]) -> Option<Rect> {
    items.iter().find_map(|item| match item {
        Item::Group(group) if group.id == "quiet" => match group.items.first() {
            Some(Item::Path(plate)) => Some(plate.geometry.bounds()),
            _ => None,
        },
        _ => None,
    })
}

#[test]
fn the_card_of_quiet_days_covers_no_glyph_and_stays_where_it_is() {
    let studio = studio();
    let (mut cards, mut at) = (0, None);
    each_day(&studio, [1280, 720], Mode::Window, |film, day| {
        film.day(day);
        let over = film.over(day);
        let Some((quiet, _)) = day.quiet else { return };
        let card = card(&over).unwrap();
        for glyph in film.glyphs() {
            assert!(!glyph.overlaps(&card), "{:?}: {glyph:?} is under {card:?}", day.window);
        }
        if let Some((days, place)) = at
            && days == quiet.days
        {
            assert_eq!(card, place, "{days:?}");
        }
        at = Some((quiet.days, card));
        cards += 1;
    });
    assert!(cards > 10, "{cards}");
}

#[test]
fn the_title_of_a_film_since_the_start_says_all_days_that_it_shows() {
    let studio = studio();
    let window = sitrep_atlas::domain::DaySpan::parse("2021-06").unwrap();
    let view = View { mode: Mode::SinceStart, window, ..View::of_all(&studio.dataset) };
    let play = sitrep_atlas::analysis::play::PlaySpec {
        range: sitrep_atlas::analysis::play::PlayRange::Days(window),
        ..Default::default()
    };
    let spec = FilmSpec { play, ..FilmSpec::default() };
    let selection = select(&studio.dataset, &view);
    let plan = FilmPlan::new(&studio.dataset, &view, &selection, &spec).unwrap();
    let film = Film::new(&studio.dataset, &studio.basemap, &view, &spec, &plan);
    assert!(film.title().ends_with("11 October 2019 to 30 June 2021"), "{}", film.title());
}

#[test]
fn a_number_that_cannot_be_read_and_a_title_without_room_are_refused_in_words_of_ours() {
    let folder = tempfile::tempdir().unwrap();
    for (args, told) in [
        (&["--seconds", "-5"][..], "--seconds -5: give a number of seconds from 0.05 to 3600"),
        (&["--seconds", "abc"], "write a number of seconds, such as 20"),
        (&["--fps", "29.97"], "write a whole number of frames a second from 1 to 60"),
        (&["--fps", "-1"], "write a whole number of frames a second from 1 to 60"),
        (&["--window", "x"], "write a whole number of days"),
        (
            &["--size", "1080x1080", "--title", &"attacks on the embassy ".repeat(6)],
            "the title of 138 characters leaves",
        ),
    ] {
        let args = [&["animate", "--from", "2022-01-03", "--to", "2022-01-06"], args].concat();
        let ran = program::sitrep(&[&args[..], &["-o", "a.mp4"]].concat(), folder.path());
        let said = ran.stderr.lines().last().unwrap_or_default();
        assert_eq!(ran.code, Some(2), "{args:?}: {said}");
        assert!(said.contains(told), "{args:?}: {said}");
        assert!(!said.contains("literal") && !said.contains("digit found"), "{said}");
        assert!(!said.contains("`sitrep --help`") && !said.contains("tip:"), "{said}");
    }
    assert_eq!(program::listing(folder.path()).len(), 0);
}
