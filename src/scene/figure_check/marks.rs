//! Rules about what is drawn on the map: scale bar, legend, glyphs at the edge, sites without a name.

use std::collections::{BTreeMap, BTreeSet};

use super::{Checked, Remark, Severity, number, remark};
use crate::analysis::words;
use crate::domain::{Code as _, Direction};
use crate::scene::map::DrawnSite;
use crate::scene::{Rect, furniture, legend};

pub(super) fn check(checked: &Checked<'_>, remarks: &mut Vec<Remark>) {
    remarks.extend(scale_bar(checked));
    remarks.extend(legend(checked));
    remarks.extend(glyphs_cut(checked));
    remarks.extend(unnamed(checked));
    remarks.extend(scales_differ(checked));
}

fn scale_bar(checked: &Checked<'_>) -> Option<Remark> {
    let has = checked.drawn.texts.iter().any(|text| furniture::is_scale(&text.words()));
    (!has).then(|| {
        remark(
            Severity::Warning,
            "no-scale-bar",
            "The map has no scale bar.",
            "Put the scale bar on: without it nobody can say how far two sites are apart.",
        )
    })
}

/// The classes whose colours are on the map, the paler ones of older events included; not those that only the
/// histories below the glyphs have, whose months are others than the days shown.
pub(super) fn classes_drawn(checked: &Checked<'_>) -> Vec<Direction> {
    classes_in(checked, |groups| is_of_map(groups) && !groups.contains(&"histories"))
}

fn is_of_map(groups: &[&str]) -> bool {
    let is_map =
        |id: &&str| matches!(*id, "map" | "unplaced" | "inset") || id.starts_with("panel:");
    groups.first().is_some_and(is_map)
}

fn classes_in(checked: &Checked<'_>, is_meant: impl Fn(&[&str]) -> bool) -> Vec<Direction> {
    let on_map = checked.drawn.shapes.iter().filter(|shape| {
        let is_key = shape.groups.iter().any(|id| *id == "legend-key" || *id == "ground");
        !is_key && is_meant(&shape.groups)
    });
    let colors: BTreeSet<[u8; 4]> =
        on_map.flat_map(|shape| shape.colors).flatten().map(|color| color.0).collect();
    let theme = checked.theme;
    let is_drawn = |class: &Direction| {
        let bands = (0..3).map(|band| theme.aged(*class, band));
        let mut all = [theme.class(*class), theme.past(*class)].into_iter().chain(bands);
        all.any(|color| colors.contains(&color.0))
    };
    Direction::ALL.iter().copied().filter(is_drawn).collect()
}

/// What the legend has a key for, as it is worded; `None` where there is no legend.
fn legend_words(checked: &Checked<'_>) -> Option<BTreeSet<String>> {
    let keys = checked.drawn.texts.iter().filter(|text| text.after == Some("legend-key"));
    let words: BTreeSet<String> = keys.map(super::drawn::DrawnText::words).collect();
    (!words.is_empty()).then_some(words)
}

fn legend(checked: &Checked<'_>) -> Vec<Remark> {
    let drawn = classes_drawn(checked);
    let name = |class: &Direction| words::capitalised(checked.input.dataset.classes.label(*class));
    let quoted = |classes: Vec<&Direction>| {
        classes.into_iter().map(|c| format!("“{}”", name(c))).collect::<Vec<_>>().join(", ")
    };
    let Some(keys) = legend_words(checked) else {
        // One colour is what the title counts.
        let several = drawn.len() > 1;
        let severity = if several { Severity::Error } else { Severity::Warning };
        return vec![remark(
            severity,
            "no-legend",
            if several {
                format!("Nothing says what the {} colours of the map mean.", drawn.len())
            } else {
                "The figure has no legend.".to_owned()
            },
            "Put the legend on, or make the figure larger if it had no room.",
        )];
    };
    let (mut missing, mut idle) = (Vec::new(), Vec::new());
    for class in Direction::ALL {
        match (drawn.contains(class), keys.contains(&name(class))) {
            (true, false) => missing.push(class),
            (false, true) => idle.push(class),
            _ => {}
        }
    }
    let mut remarks = Vec::new();
    let others = [
        ("history-class-not-in-legend", "histories", "histories below the glyphs have months"),
        ("strip-class-not-in-legend", "time-strip", "time strip has days"),
    ];
    for (code, group, part) in others {
        let there = classes_in(checked, |groups| groups.contains(&group));
        let told = |class: &Direction| {
            keys.contains(&name(class)) || keys.contains(&legend::on_other_days(*class))
        };
        let only_there = there.iter().filter(|class| !drawn.contains(class));
        let only_there: Vec<_> = only_there.filter(|class| !told(class)).collect();
        if !only_there.is_empty() {
            remarks.push(remark(
                Severity::Note,
                code,
                format!("The {part} of what the legend does not explain: {}.", quoted(only_there)),
                "Choose more days, or leave that part out.",
            ));
        }
    }
    if !missing.is_empty() {
        remarks.push(remark(
            Severity::Error,
            "class-not-in-legend",
            format!("On the map and not in the legend: {}.", quoted(missing)),
            "Put it in the legend, or filter it out.",
        ));
    }
    if !idle.is_empty() {
        remarks.push(remark(
            Severity::Warning,
            "legend-class-not-on-map",
            format!("In the legend and not on the map: {}.", quoted(idle)),
            "Its sites lie outside the map, or share glyphs in which others are more: show a larger part of the map.",
        ));
    }
    remarks
}

fn glyphs_cut(checked: &Checked<'_>) -> Option<Remark> {
    let record = checked.input.dataset;
    let panels = &checked.figure.panels;
    let maps: Vec<(Rect, &[DrawnSite])> = if panels.is_empty() {
        vec![(checked.map_rect()?, &checked.figure.sites)]
    } else {
        panels.iter().map(|panel| (panel.map, &panel.sites[..])).collect()
    };
    let on_maps = maps.iter().flat_map(|(map, sites)| sites.iter().map(move |site| (map, site)));
    let cut: Vec<&str> = on_maps
        .filter(|(_, site)| site.is_on_ground() && !site.count.is_empty())
        .filter(|(map, site)| {
            let [x, y] = site.center;
            let r = site.radius;
            let disc = Rect { min: [x - r, y - r], max: [x + r, y + r] };
            map.overlaps(&disc) && !map.encloses(&disc)
        })
        .map(|(_, site)| record.site(site.site).name.as_str())
        .collect();
    (!cut.is_empty()).then(|| {
        let verb = if cut.len() == 1 { "is" } else { "are" };
        remark(
            Severity::Warning,
            "glyph-cut",
            format!(
                "The edge of the map cuts {}, whose size {verb} the count: {}.",
                number(cut.len(), "glyph"),
                cut.join(", ")
            ),
            "Show a little more of the map on that side.",
        )
    })
}

/// Maps side by side are read against each other: the same ground must be as large on each, and so must the same count.
fn scales_differ(checked: &Checked<'_>) -> Option<Remark> {
    const SAME: f32 = 0.02;
    let panels = &checked.figure.panels;
    let first = panels.first()?;
    let ground = panels.iter().any(|panel| (panel.camera.zoom - first.camera.zoom).abs() > 1e-6);
    let mut radii: BTreeMap<[usize; 2], f32> = BTreeMap::new();
    let glyphs =
        panels.iter().flat_map(|panel| &panel.sites).filter(|s| s.is_on_ground()).any(|site| {
            let known = *radii.entry(site.count.both()).or_insert(site.radius);
            (known - site.radius).abs() > known * SAME
        });
    let differs = match (ground, glyphs) {
        (false, false) => return None,
        (true, false) => "ground",
        (false, true) => "glyphs",
        (true, true) => "ground and glyphs",
    };
    Some(remark(
        Severity::Error,
        "scales-differ",
        format!("The maps do not have one scale: they differ in that of their {differs}."),
        "Draw them anew from one view: only maps of one scale can be compared.",
    ))
}

fn unnamed(checked: &Checked<'_>) -> Option<Remark> {
    let unnamed = checked.figure.unnamed;
    (unnamed > 0).then(|| {
        remark(
            Severity::Note,
            "sites-unnamed",
            format!("No room was found for the names of {}.", number(unnamed, "site")),
            "Make the figure larger, show a smaller part of the map, or name them in the text.",
        )
    })
}
