//! The same question has the same answer everywhere: on the map, in the strip, in the table, in the
//! tally, in the facets, in the title and in the figure.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use sitrep_atlas::analysis::histogram::bar_counts;
use sitrep_atlas::analysis::{
    Facet, GroupBy, Mode, Rule, View, event_table, facet_counts, select, tally, words,
};
use sitrep_atlas::data;
use support::studio::{self, Studio};

fn check(studio: &Studio, view: &View) {
    let record = &studio.dataset;
    let selection = select(record, view);
    let (certain, possible) = (selection.certain(), selection.possible());
    let what = format!("{:?} {:?} {:?} {}", view.window, view.mode, view.rule, view.filter);

    for by in [Facet::Direction, Facet::Site, Facet::Status] {
        let tally = tally(record, &selection, GroupBy::Facet(by));
        let sum = |f: fn(&sitrep_atlas::analysis::Group) -> usize| {
            tally.groups.iter().map(f).sum::<usize>()
        };
        assert_eq!(sum(|g| g.certain), certain, "tally by {by:?}: {what}");
        assert_eq!(sum(|g| g.possible), possible, "tally by {by:?}: {what}");
        let facets = facet_counts(record, view);
        let chosen = view.filter.chosen(by).count();
        if chosen == 0 {
            let sum = facets[&by].iter().map(|v| v.certain + v.possible).sum::<usize>();
            assert_eq!(sum, certain + possible, "facet {by:?}: {what}");
        }
    }

    let events = selection.counted().map(|e| record.event(e));
    let bar = &bar_counts(events, &[selection.days])[0];
    assert_eq!(usize::try_from(bar.exact_total()).unwrap(), certain, "strip: {what}");
    assert_eq!(usize::try_from(bar.possible).unwrap(), possible, "strip: {what}");

    let map = studio.map(view);
    let drawn: [usize; 2] = map.sites.iter().fold([0, 0], |[c, p], site| {
        let [certain, possible] = site.count.both();
        [c + certain, p + possible]
    });
    let not_drawn = selection.left_out.no_position;
    assert_eq!(drawn[0] + drawn[1] + not_drawn, certain + possible, "map: {what}");

    let total = words::total(view, &selection);
    let heading = event_table::heading(record, view, &selection);
    let number =
        if certain + possible == 0 { "no ".to_owned() } else { words::count(certain, possible) };
    assert!(heading.to_lowercase().starts_with(&number), "table: {heading} of {number}: {what}");
    assert!(total.starts_with(&number), "title: {total} of {number}: {what}");
    let figure = studio.figure(view, 960.0, 540.0, true);
    let written = studio::words(&figure.scene);
    assert!(written.contains(&total), "figure without \"{total}\": {what}");
}

#[test]
fn one_question_has_one_answer_on_map_strip_table_tally_facets_title_and_figure() {
    let studio = Studio::new(data::load(None).unwrap().dataset);
    let windows = [
        ("2022-01-03", "2022-01-06"),
        ("2020-08-01", "2020-08-31"),
        ("2021-07-05", "2021-07-05"),
        ("2019-10-01", "2022-12-31"),
    ];
    for (from, to) in windows {
        for rule in Rule::ALL {
            for mode in [Mode::Window, Mode::SinceStart] {
                let mut view = studio.view(from, to);
                (view.rule, view.mode) = (rule, mode);
                check(&studio, &view);
            }
        }
        for filter in ["country=SY", "weapon_family=rocket", "status=confirmed", "text=assad"] {
            let mut view = studio.view(from, to);
            view.filter.add(&studio.dataset, filter).unwrap();
            check(&studio, &view);
        }
    }
}
