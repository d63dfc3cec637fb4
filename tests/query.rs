//! What a question to the record gives: rules, facets and search, each against a count by other means.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use sitrep_atlas::analysis::{
    Certainty, Facet, Filter, Mode, Record, Rule, View, facet_counts, select, words,
};
use sitrep_atlas::data;
use sitrep_atlas::domain::{Code as _, DaySpan, EventIndex, GeoBox};
use support::Package;

/// Reports of one event by sources of several origins, with the stance of each.
fn told_by(reports: &[(&str, &str)]) -> Package {
    let mut package = Package::new().attack("e", "2022-02-12", "2022-02-12", "day", "north");
    package.write("sources", "id,publisher,origin,title,published,url,kind");
    package.write("reports", "event,source,stance,locator,note");
    for (n, (origin, stance)) in reports.iter().enumerate() {
        package = package
            .row("sources", &format!("s{n},Site {n},{origin},A report,2023-01-01,,news"))
            .row("reports", &format!("e,s{n},{stance},,"));
    }
    package
}

/// Trap: one agency's report on ten sites counted as ten sources.
#[test]
fn only_independent_sources_that_tell_of_an_attack_make_two() {
    let counted = |reports: &[(&str, &str)]| {
        let dataset = loaded(&told_by(reports));
        select(&dataset, &on_the_day(&dataset, Rule::TwoSources)).certain()
    };
    assert_eq!(counted(&[("AFP", "reports"), ("Reuters", "confirms")]), 1);
    assert_eq!(counted(&[("AFP", "reports"), ("AFP", "confirms")]), 0, "one origin");
    assert_eq!(counted(&[("Al Mayadeen", "reports"), ("al-mayadeen", "reports")]), 0, "spelling");
    assert_eq!(counted(&[("AFP", "reports"), ("Reuters", "claims")]), 0, "a claim");
    assert_eq!(counted(&[("AFP", "reports"), ("Reuters", "disputes")]), 0, "a dispute");
    assert_eq!(counted(&[("AFP", "claims"), ("AFP", "reports"), ("AP", "reports")]), 1);
}

#[test]
fn what_falls_short_of_a_rule_is_left_out_with_the_reason() {
    let dataset =
        loaded(&Package::new().attack("e", "2022-02-12", "2022-02-12", "day", "north").row(
            "events",
            "s,2022-02-12,2022-02-12,day,north,site,seizure,rocket,confirmed,high,none,Found",
        ));
    for (rule, told) in [
        (Rule::Attacks, Some("1 not counted by the rule \"attacks\" (weapons seized: 1)")),
        (
            Rule::Confirmed,
            Some("2 not counted by the rule \"confirmed\" (not confirmed: 1, weapons seized: 1)"),
        ),
        (
            Rule::TwoSources,
            Some(
                "2 not counted by the rule \"two sources\" (fewer than two independent sources: 1, \
                 weapons seized: 1)",
            ),
        ),
        (Rule::Everything, None),
    ] {
        let view = on_the_day(&dataset, rule);
        let selection = select(&dataset, &view);
        assert_eq!(words::left_out(&view, &selection).as_deref(), told);
    }
}

/// The values of an event in a facet, from the domain's values and by nothing that the library counts with.
fn values(record: &Record, facet: Facet, index: EventIndex) -> BTreeSet<String> {
    let event = record.event(index);
    let site = record.site(event.site);
    let one = |code: &str| BTreeSet::from([code.to_owned()]);
    let actors = |lists: &[&[sitrep_atlas::domain::ActorIndex]]| {
        let mut all = BTreeSet::new();
        for actor in lists.iter().copied().flatten() {
            let mut next = Some(record.actor(*actor).id.as_str());
            while let Some(id) = next {
                let actor = record.actors.iter().find(|a| a.id == id).unwrap();
                next = actor.parent.as_deref();
                all.insert(id.to_owned());
            }
        }
        if all.is_empty() { one("none") } else { all }
    };
    match facet {
        Facet::Site => one(&site.id),
        Facet::Country => one(&site.country),
        Facet::Governorate => one(site.admin1.as_deref().unwrap_or("unknown")),
        Facet::Direction => one(event.direction.code()),
        Facet::WeaponFamily => one(event.weapon.family().code()),
        Facet::Weapon => one(event.weapon.code()),
        Facet::Actor => actors(&[&event.attributed_to, &event.claimed_by]),
        Facet::AttributedTo => actors(&[&event.attributed_to]),
        Facet::ClaimedBy => actors(&[&event.claimed_by]),
        Facet::Status => one(event.status.code()),
        Facet::Confidence => one(event.confidence.code()),
        Facet::PlacePrecision => one(event.precision.code()),
        Facet::DatePrecision => one(event.date.precision.code()),
        Facet::SourceKind => {
            let reports = record.reports.iter().filter(|r| r.event == index);
            let kinds: BTreeSet<String> =
                reports.map(|r| record.source(r.source).kind.code().to_owned()).collect();
            if kinds.is_empty() { one("none") } else { kinds }
        }
        Facet::Casualties => {
            let counts = |c: &sitrep_atlas::domain::Casualties| {
                c.reported().map(|(_, n)| n).collect::<Vec<_>>()
            };
            let (killed, wounded) = (counts(&event.killed), counts(&event.wounded));
            let named = [("killed", &killed), ("wounded", &wounded)];
            let sure = named.iter().filter(|(_, c)| c.iter().any(|n| n.low() > 0));
            let found: BTreeSet<String> = sure.map(|(code, _)| (*code).to_owned()).collect();
            let mut all = killed.iter().chain(&wounded);
            match (found.is_empty(), all.clone().count()) {
                (false, _) => found,
                (true, 0) => one("unknown"),
                (true, _) if all.any(|n| n.high() != Some(0)) => one("possible"),
                (true, _) => one("none"),
            }
        }
    }
}

/// Views with all kinds of windows, rules and filters.
fn views(record: &Record) -> Vec<View> {
    let windows = [
        ("2022-01-01", "2022-01-31", Mode::Window),
        ("2019-01-01", "2022-12-31", Mode::Window),
        ("2021-07-05", "2022-01-04", Mode::Window),
        ("2021-07-05", "2022-01-04", Mode::SinceStart),
        ("2020-01-08", "2020-01-08", Mode::Day),
    ];
    let filters = [
        "",
        "country=IQ",
        "status=confirmed,reported weapon_family=rocket",
        "actor=iran",
        "actor=none,iran-backed-militias source_kind=official,news casualties=none",
        "claimed_by=none direction=attack_on_coalition governorate=Anbar,Baghdad",
        "text=rocket country=IQ",
        "text=nosuchword",
    ];
    let mut views = Vec::new();
    for (from, to, mode) in windows {
        let (from, to) = (DaySpan::parse(from).unwrap(), DaySpan::parse(to).unwrap());
        for rule in Rule::ALL {
            for filter in filters {
                let mut view = View::of_all(record);
                view.window = DaySpan::inclusive(from.first(), to.last()).unwrap();
                (view.mode, view.rule) = (mode, rule);
                view.filter = Filter::parse(record, filter).unwrap();
                views.push(view);
            }
        }
    }
    views
}

/// The number beside a value is what is shown when that value alone of its facet is chosen, all else as it
/// is: for each value of each facet, against a count of the selection by other means.
#[test]
fn the_number_beside_a_value_is_what_choosing_it_shows() {
    let record = data::load(None).unwrap().dataset;
    let of_all: BTreeMap<Facet, Vec<BTreeSet<String>>> = Facet::ALL
        .iter()
        .map(|f| (*f, record.event_indices().map(|e| values(&record, *f, e)).collect()))
        .collect();
    for view in views(&record) {
        let counts = facet_counts(&record, &view);
        for facet in Facet::ALL {
            let mut without = view.clone();
            without.filter.clear(*facet);
            let mut expected: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
            for shown in select(&record, &without).shown() {
                for code in &of_all[facet][shown.event.get()] {
                    let slot = expected.entry(code).or_default();
                    match shown.certainty {
                        Certainty::Certain => slot.0 += 1,
                        Certainty::Possible => slot.1 += 1,
                    }
                }
            }
            let mut told = BTreeSet::new();
            for value in &counts[facet] {
                let expected = expected.get(&*value.code).copied().unwrap_or_default();
                let found = (value.certain, value.possible);
                assert_eq!(found, expected, "{}={} of {}", facet.code(), value.code, view.filter);
                assert_eq!(value.chosen, view.filter.chosen(*facet).any(|c| *c == *value.code));
                told.insert(value.code.to_string());
            }
            let all: BTreeSet<String> = of_all[facet].iter().flatten().cloned().collect();
            assert!(all.is_subset(&told), "{}: {all:?} and {told:?}", facet.code());
        }
    }
}

#[test]
fn a_filter_lets_through_what_has_one_of_its_values_in_every_facet() {
    let record = data::load(None).unwrap().dataset;
    for view in views(&record).into_iter().filter(|v| v.filter.search().is_none()) {
        let selection = select(&record, &view);
        for index in record.event_indices() {
            let passes = Facet::ALL.iter().all(|facet| {
                let chosen: Vec<&str> = view.filter.chosen(*facet).collect();
                let values = values(&record, *facet, index);
                chosen.is_empty() || chosen.iter().any(|code| values.contains(*code))
            });
            let counts =
                passes && view.rule.counts(record.event(index), record.independent_sources(index));
            assert_eq!(
                selection.counts(index),
                counts,
                "{} {}",
                record.event(index).held().id,
                view.filter
            );
        }
    }
}

/// Trap: what has no value disappears without a word.
#[test]
fn an_event_without_an_actor_is_counted_as_not_attributed() {
    let record = loaded(&Package::new().attack("e", "2022-02-12", "2022-02-12", "day", "north"));
    let view = on_the_day(&record, Rule::Attacks);
    let counts = facet_counts(&record, &view);
    for (facet, label) in [
        (Facet::Actor, "not attributed or claimed"),
        (Facet::AttributedTo, "not attributed"),
        (Facet::ClaimedBy, "not claimed"),
        (Facet::Casualties, "not known"),
    ] {
        let values: Vec<_> = counts[&facet].iter().map(|v| (&*v.label, v.certain)).collect();
        assert_eq!(values.iter().filter(|v| v.1 > 0).collect::<Vec<_>>(), [&(label, 1)]);
    }
}

#[test]
fn who_may_have_been_harmed_is_counted_apart_from_who_was() {
    let record = data::load(None).unwrap().dataset;
    let listed = |value: &str| {
        let mut view = View { rule: Rule::Everything, ..View::of_all(&record) };
        view.filter.add(&record, &format!("casualties={value}")).unwrap();
        let selection = select(&record, &view);
        let ids = selection.shown().iter().map(|shown| record.event(shown.event).held().id.clone());
        ids.collect::<BTreeSet<String>>()
    };
    let [killed, wounded, possible] = ["killed", "wounded", "possibly harmed"].map(listed);
    assert!(possible.contains("2020-01-14-taji"));
    assert!(possible.is_disjoint(&killed) && possible.is_disjoint(&wounded));
    let may = record.events.iter().filter(|e| e.killed.any() || e.wounded.any()).count();
    assert_eq!(may, killed.union(&wounded).count() + possible.len());
}

#[test]
fn choosing_a_value_twice_is_choosing_it_not_at_all() {
    let mut filter = Filter::default();
    filter.toggle(Facet::Country, "SY");
    filter.toggle(Facet::Country, "IQ");
    assert_eq!(filter.chosen(Facet::Country).collect::<Vec<_>>(), ["IQ", "SY"]);
    filter.toggle(Facet::Country, "IQ");
    filter.toggle(Facet::Country, "SY");
    assert_eq!(filter, Filter::default());
    assert!(filter.is_empty());
}

/// A view of another record names what this one does not have: it is shown, so that it can be unchosen.
#[test]
fn a_chosen_value_that_the_record_does_not_have_is_listed_and_lets_nothing_through() {
    let record = data::load(None).unwrap().dataset;
    let mut view = View::of_all(&record);
    view.filter.toggle(Facet::Site, "atlantis");
    assert_eq!(select(&record, &view).shown().len(), 0);
    let counts = facet_counts(&record, &view);
    let strange = counts[&Facet::Site].iter().find(|v| *v.code == *"atlantis").unwrap();
    assert!(strange.chosen && strange.certain + strange.possible == 0);
}

#[test]
fn a_filter_is_read_back_as_it_is_written_and_saved() {
    let record = data::load(None).unwrap().dataset;
    for text in [
        "",
        "weapon=\"one-way drone\",ied status=confirmed",
        "site=\"Green Village, al-Omar oil field\"",
        "governorate=\"Deir ez-Zor\" text=\"ain \"\"asad\"\" base\"",
        "admin1=anbar actor=none,IRGC",
    ] {
        let filter = Filter::parse(&record, text).unwrap();
        assert_eq!(Filter::parse(&record, &filter.to_string()).unwrap(), filter, "{filter}");
        let saved = serde_json::to_string(&filter).unwrap();
        assert_eq!(serde_json::from_str::<Filter>(&saved).unwrap(), filter, "{saved}");
    }
    let filter = Filter::parse(&record, "weapon=\"One-way drone\" status=confirmed").unwrap();
    assert_eq!(filter.to_string(), "weapon=\"one-way drone\" status=confirmed");
}

#[test]
fn a_value_is_known_by_its_code_or_a_name_in_any_spelling() {
    let record = data::load(None).unwrap().dataset;
    for (typed, code) in [
        ("site=Ain al-Asad Air Base", "ain-al-asad"),
        ("site=AYN AL-ASSAD", "ain-al-asad"),
        ("site=قاعده عين الاسد", "ain-al-asad"),
        ("site=Green Village, al-Omar oil field", "green-village"),
        ("country=iraq", "IQ"),
        ("actor=Islamic Revolutionary Guard Corps", "irgc"),
        ("weapon=improvised bomb", "ied"),
        ("weapon=ONE_WAY DRONE", "one-way drone"),
        ("casualties=none reported", "none"),
    ] {
        let mut filter = Filter::default();
        filter.add(&record, typed).unwrap();
        let facet = Facet::from_code(typed.split_once('=').unwrap().0).unwrap();
        assert_eq!(filter.chosen(facet).collect::<Vec<_>>(), [code], "{typed}");
    }
}

#[test]
fn what_is_not_known_is_refused_with_what_was_meant() {
    let record = data::load(None).unwrap().dataset;
    for (typed, says) in [
        ("site=asad", "did you mean ain-al-asad?"),
        ("site=ain-al-asd", "did you mean ain-al-asad"),
        ("weapon=roket", "did you mean rocket?"),
        ("weapon=drones", "did you mean weapon_family=drone?"),
        ("site=Anbar", "did you mean governorate=Anbar?"),
        ("gov=Anbar", "did you mean governorate?"),
        ("statsu=confirmed", "did you mean status?"),
        ("status=qqqqqqqq", "confirmed, reported, claimed, contested, denied"),
        ("text=...", "no letter and no digit"),
    ] {
        let error = Filter::default().add(&record, typed).unwrap_err().to_string();
        assert!(error.contains(says), "{typed}: {error}");
    }
    let twins = loaded(
        &Package::new()
            .row("sites", "twin,Northern Base,,Camp North,base,IQ,Baghdad,33.3,44.4,site"),
    );
    let error = Filter::default().add(&twins, "site=camp north").unwrap_err().to_string();
    assert!(error.contains("several values") && error.contains("north, twin"), "{error}");
}

/// Identifiers of the events that a search finds.
fn found<'a>(record: &'a Record, text: &str) -> BTreeSet<&'a str> {
    let mut view = View::of_all(record);
    view.rule = Rule::Everything;
    view.filter.set_search(text);
    let selection = select(record, &view);
    selection.counted().map(|e| record.event(e).held().id.as_str()).collect()
}

#[test]
fn a_base_is_found_in_whatever_spelling_and_script() {
    let record = data::load(None).unwrap().dataset;
    let at_asad: BTreeSet<&str> = record
        .event_indices()
        .map(|e| record.event(e))
        .filter(|e| record.site(e.site).id == "ain-al-asad")
        .map(|e| e.held().id.as_str())
        .collect();
    assert!(!at_asad.is_empty());
    for text in ["assad", "ASAD", "al-Asad", "Al Assad", "عين الاسد", "عين الأسد", "الأسد", "اسد"]
    {
        assert!(at_asad.is_subset(&found(&record, text)), "{text}");
    }
    assert!(found(&record, "zebra").is_empty());
    assert_eq!(found(&record, "...").len(), record.events.len(), "nothing to look for");
}

#[test]
fn all_words_must_be_found_each_from_its_beginning() {
    let record = loaded(
        &Package::new()
            .row("sites", "k1,K-1 Air Base,,,base,IQ,Kirkuk,35.5,44.2,site")
            .row("events", "a,2022-02-12,2022-02-12,day,k1,site,attack_on_coalition,rocket,reported,medium,unknown,Katyusha rockets fell")
            .row("events", "b,2022-02-12,2022-02-12,day,north,site,attack_on_coalition,one-way drone,reported,medium,unknown,Kept off by 107-mm guns")
            .row("reports", "b,wire,,A pre-dawn raid"),
    );
    for (text, ids) in [
        ("k1", vec!["a"]),
        ("K-1", vec!["a"]),
        ("katyusha", vec!["a"]),
        ("katy rock", vec!["a"]),
        ("usha", vec![]),
        ("katyusha drone", vec![]),
        ("drone", vec!["b"]),
        ("predawn", vec!["b"]),
        ("pre-dawn wire", vec!["b"]),
        ("107mm", vec!["b"]),
        ("base rockets", vec!["a"]),
    ] {
        assert_eq!(found(&record, text), ids.into_iter().collect(), "{text}");
    }
}

/// Every word that stands in an event's texts finds the event, and what a search finds has the word: read
/// from the texts one by one, without an index.
#[test]
fn a_search_finds_what_reading_every_text_finds() {
    use sitrep_atlas::domain::fold;
    let record = data::load(None).unwrap().dataset;
    let texts: Vec<(&str, String)> = record
        .event_indices()
        .map(|i| {
            let event = record.event(i);
            let site = record.site(event.site);
            let told = event.held();
            let mut texts = vec![told.summary.as_str(), event.weapon.label(), &site.name];
            let own = [&told.weapon_detail, &told.outcome, &told.target, &told.note];
            texts.extend(
                own.into_iter().chain([&site.name_ar, &site.admin1]).flatten().map(String::as_str),
            );
            texts.extend(site.aliases.iter().map(String::as_str));
            for actor in event.attributed_to.iter().chain(&event.claimed_by) {
                let actor = record.actor(*actor);
                texts.push(&actor.name);
                texts.extend(actor.name_ar.iter().chain(&actor.aliases).map(String::as_str));
            }
            for report in record.reports.iter().filter(|r| r.event == i) {
                let source = record.source(report.source);
                texts.extend([&source.publisher, &source.title].map(String::as_str));
                texts.extend(report.said().note.as_deref());
            }
            (event.held().id.as_str(), fold(&texts.join(" ")))
        })
        .collect();
    let words: BTreeSet<&str> = texts.iter().flat_map(|(_, text)| text.split(' ')).collect();
    let words: Vec<&str> =
        words.into_iter().filter(|w| w.chars().count() > 4 && w.is_ascii()).collect();
    let without_spaces: Vec<String> = texts.iter().map(|(_, t)| t.replace(' ', "")).collect();
    let mut compared = 0;
    for word in words.iter().step_by(1 + words.len() / 60) {
        let read: BTreeSet<&str> = texts
            .iter()
            .filter(|(_, text)| text.split(' ').any(|w| w.starts_with(word)))
            .map(|(id, _)| *id)
            .collect();
        let found = found(&record, word);
        assert!(read.is_subset(&found), "{word}");
        // What a hyphen joins is found as one word too; such words are told apart by hand above.
        let within = |texts: &[String]| texts.iter().filter(|t| t.contains(word)).count();
        if within(&without_spaces) == read.len() {
            assert_eq!(found, read, "{word}");
            compared += 1;
        }
    }
    assert!(compared > 20, "only {compared} words compared");
}

#[test]
fn a_search_is_named_where_something_is_left_out_for_it() {
    let record = data::load(None).unwrap().dataset;
    let mut view = View::of_all(&record);
    view.filter.set_search("  al-Asad ");
    assert_eq!(view.filter.words(&record), "with the words \"al-Asad\"");
    let left_out = |view: &View| words::left_out(view, &select(&record, view)).unwrap();
    assert!(left_out(&view).ends_with(" held back by the search"), "{}", left_out(&view));
    view.filter.toggle(Facet::ClaimedBy, "none");
    assert_eq!(view.filter.words(&record), "not claimed; with the words \"al-Asad\"");
    assert!(left_out(&view).ends_with(" held back by the filter and the search"));
    view.filter.hold_to(GeoBox::new([38.0, 29.0, 48.0, 37.0]).unwrap());
    assert_eq!(view.filter.to_string(), "claimed_by=none bbox=38,29,48,37 text=al-Asad");
}

fn loaded(package: &Package) -> Record {
    data::load(Some(package.path())).unwrap().dataset
}

/// 12 February 2022.
fn on_the_day(record: &Record, rule: Rule) -> View {
    let window = DaySpan::parse("2022-02-12").unwrap();
    View { window, rule, ..View::of_all(record) }
}

#[test]
fn what_is_left_out_and_what_is_shown_add_up_to_all_events_of_the_days() {
    let record = data::load(None).unwrap().dataset;
    for filter in ["text=assad", "country=SY", "status=confirmed", "text=zzzz"] {
        for rule in Rule::ALL {
            let mut view = View::of_all(&record);
            view.rule = rule;
            let without = select(&record, &view).shown().len();
            view.filter.add(&record, filter).unwrap();
            let selection = select(&record, &view);
            let l = selection.left_out;
            let shown = selection.shown().len();
            let all = shown + l.rule_total() + l.by_filter + l.by_both + l.outside_days;
            assert_eq!(all, record.events.len(), "{filter} {rule:?}");
            assert_eq!(shown + l.by_filter, without, "{filter} {rule:?}");
            if filter == "text=zzzz" {
                assert_eq!(shown, 0, "letters that no word begins with find events");
            }
        }
    }
}
