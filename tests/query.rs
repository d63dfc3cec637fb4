//! What a question to the record gives: rules, facets and search, each against a count by other means.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use sitrep_atlas::analysis::{Record, Rule, View, select, words};
use sitrep_atlas::data;
use sitrep_atlas::domain::DaySpan;
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

fn loaded(package: &Package) -> Record {
    data::load(Some(package.path())).unwrap().dataset
}

/// 12 February 2022.
fn on_the_day(record: &Record, rule: Rule) -> View {
    let window = DaySpan::parse("2022-02-12").unwrap();
    View { window, rule, ..View::of_all(record) }
}
