//! What a person waits for with a million made-up events: opening them, filters, searches, counts, the
//! table, a figure. Each with what it costs for one event of the record.
//!
//! ```sh
//! cargo bench --bench million            # a million
//! cargo bench --bench million -- 100000  # so many
//! ```

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark may panic, and prints")]

mod support;

use std::hint::black_box;

use sitrep_atlas::analysis::event_table::{Column, Sort, sort};
use sitrep_atlas::analysis::facet::Facet;
use sitrep_atlas::analysis::tally::{GroupBy, tally};
use sitrep_atlas::analysis::{
    FigureSize, FigureSpec, Filter, Record, Rule, View, facet_counts, select,
};
use sitrep_atlas::data;
use sitrep_atlas::domain::basemap::Basemap;
use sitrep_atlas::domain::{Day, DaySpan};
use sitrep_atlas::scene::basemap::BasemapLayers;
use sitrep_atlas::scene::figure::figure;
use sitrep_atlas::scene::map::MapInput;
use sitrep_atlas::scene::text::Shaper;
use sitrep_atlas::scene::theme::Theme;

use support::dataset::dataset;
use support::measure::{Times, resident_bytes};

const SEED: u64 = 2022;
const FILTER: &str =
    "country=IQ weapon_family=rocket,drone actor=none,made-up-group-00 status=confirmed,reported";

fn main() {
    let count = std::env::args().find_map(|a| a.parse().ok()).unwrap_or(1_000_000);
    let basemap = data::basemap::load().unwrap();
    let bench = Bench { count };
    println!("{count} made-up events; median of a few times, and for one event of the record");
    let before = resident_bytes();
    let made_up = dataset(&basemap, count as usize, SEED);
    let folder = tempfile::tempdir().unwrap();
    support::package::write(&made_up, folder.path()).unwrap();
    bench.time("make ready what was read", 1, || black_box(Record::new(made_up.clone())));
    drop(made_up);
    let mut opened = None;
    bench.time("open the data package", 1, || opened = data::load(Some(folder.path())).ok());
    let loaded = opened.unwrap();
    let grown = before.zip(resident_bytes());
    if let Some((before, after)) = grown {
        println!("{:<44} {:>10.1} MB", "  the process grew by", (after - before) / 1e6);
    }
    bench.time("check", 1, || data::check(&loaded, &basemap));
    bench.questions(&loaded.dataset);
    bench.figures(&loaded.dataset, &basemap);
}

struct Bench {
    count: u32,
}

impl Bench {
    fn time<T>(&self, what: &str, times: usize, mut work: impl FnMut() -> T) {
        let mut taken = Times::default();
        for _ in 0..times {
            black_box(taken.time(&mut work));
        }
        let seconds = taken.median();
        let each = seconds * 1e9 / f64::from(self.count);
        println!("{what:<44} {:>10.3} ms {each:>8.1} ns", seconds * 1e3);
    }

    fn questions(&self, record: &Record) {
        let everything = View { rule: Rule::Everything, ..View::of_all(record) };
        let view = |filter: &str| {
            let filter = Filter::parse(record, filter).unwrap();
            View { filter, ..everything.clone() }
        };
        self.time("first search", 1, || select(record, &view("text=rocket")));
        self.time("another search", 5, || select(record, &view("text=\"drone 00042\"")));
        self.time("select all", 5, || select(record, &everything));
        let strict = View { rule: Rule::TwoSources, ..view(FILTER) };
        self.time("select under four facets and a rule", 5, || select(record, &strict));
        self.time("facet counts, no filter", 5, || facet_counts(record, &everything));
        self.time("facet counts under four facets", 5, || facet_counts(record, &strict));
        let first = Day::parse("2018-01-01").unwrap();
        let window = DaySpan::between(first, first.plus(29));
        let month = View { window, ..everything.clone() };
        self.time("facet counts of 30 days, no filter", 5, || facet_counts(record, &month));
        let month = View { window, ..strict.clone() };
        self.time("facet counts of 30 days, four facets", 5, || facet_counts(record, &month));
        let month = View { window, ..view("text=\"drone 00042\"") };
        self.time("facet counts of 30 days, a search", 5, || facet_counts(record, &month));
        let mut selection = select(record, &month);
        let mut next = month.clone();
        self.time("selection follows a day, a search", 100, || {
            next.window = DaySpan::between(next.window.first().plus(1), next.window.last().plus(1));
            selection.follow(record, &next);
            selection.sites()
        });
        let all = select(record, &everything);
        for (name, by) in [
            ("tally of all by site", GroupBy::Facet(Facet::Site)),
            ("tally of all by actor", GroupBy::Facet(Facet::Actor)),
            ("tally of all by day", GroupBy::Day),
            ("tally of all by month", GroupBy::Month),
        ] {
            self.time(name, 3, || tally(record, &all, by));
        }
        self.time("list what is shown", 1, || all.shown().len());
        for (name, column) in [
            ("table of all, sorted by date", Column::Date),
            ("table of all, sorted by site", Column::Site),
            ("table of all, sorted by killed", Column::Killed),
            ("table of all, sorted by attribution", Column::AttributedTo),
        ] {
            self.time(name, 1, || {
                let mut rows = all.shown().to_vec();
                sort(record, &mut rows, Sort { column, descending: true });
                rows.len()
            });
        }
        let last = &record.events.last().unwrap().held().id;
        self.time("find an event by its identifier", 3, || record.find_event(last));
    }

    fn figures(&self, record: &Record, basemap: &Basemap) {
        let layers = BasemapLayers::new(basemap.clone());
        let first = Day::parse("2018-01-01").unwrap();
        let window = DaySpan::between(first, first.plus(29));
        let month = View { window, ..View::of_all(record) };
        for (name, view) in [("30 days", &month), ("all days", &View::of_all(record))] {
            let mut shaper = Shaper::new();
            let mut build = || {
                let selection = select(record, view);
                let input = MapInput {
                    dataset: record,
                    basemap: &layers,
                    view,
                    selection: &selection,
                    still: false,
                };
                let spec = FigureSpec::new(FigureSize::of_points(1440.0, 810.0).unwrap());
                figure(&mut shaper, Theme::of(view.theme), &input, &spec).scene
            };
            self.time(&format!("first scene of a figure of {name}"), 1, &mut build);
            self.time(&format!("again the scene of {name}"), 3, &mut build);
        }
    }
}
