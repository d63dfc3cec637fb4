//! What a map needs to know of the events that rule and filter let through, whatever the window and wherever
//! it looks: worked out when the rule or the filter changes, and not while time plays or the map is moved.

use std::collections::{BTreeMap, HashMap};
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use super::groups::{self, Groupable, PlaceGroup};
use super::map::MapInput;
use super::places::{self, Places, RivalReport};
use super::symbol_scale::SymbolScale;
use super::{areas, competing};
use crate::analysis::{
    BarCount, MonthCount, Place, PlaceClass, Record, Selection, bar_counts, place,
};
use crate::domain::{DaySpan, LonLat, SiteIndex};

/// What rule and filter let through, by place.
#[derive(Debug)]
pub struct Counted {
    pub(super) places: Arc<Places>,
    /// By number of place, how many there are.
    pub(super) totals: Vec<u32>,
    /// The places on the ground that have any.
    ground: Vec<Groupable>,
    /// Those of them that a source puts at another site.
    pub(super) rivals: Vec<RivalReport>,
    /// The box around all of them, and around all places of the record.
    bounds: [Bounds; 2],
    /// Most that a site has.
    pub(super) most: usize,
    /// The scale on which the whole record is drawn.
    scale: SymbolScale,
    /// The scale of this picture, where that is not for the length of its window.
    fixed: Option<SymbolScale>,
    /// By step of the zoom.
    groups: Mutex<BTreeMap<i32, Arc<Vec<PlaceGroup>>>>,
    /// By number of place known to a radius, within how many metres its events lie.
    radii: Mutex<HashMap<u32, Option<f64>>>,
    /// By site, what each month has.
    histories: Mutex<HashMap<SiteIndex, Arc<[BarCount]>>>,
}

/// A map's input with what was worked out for it before.
#[derive(Clone, Copy, Debug)]
pub struct Prepared<'a> {
    /// The input.
    pub input: MapInput<'a>,
    /// What rule and filter let through.
    pub counted: &'a Counted,
}

impl<'a> Deref for Prepared<'a> {
    type Target = MapInput<'a>;

    fn deref(&self) -> &MapInput<'a> {
        &self.input
    }
}

impl Prepared<'_> {
    /// The scale on which glyphs are drawn.
    pub(super) fn scale(&self) -> SymbolScale {
        let of_window = || SymbolScale::of(self.input.dataset, self.input.view);
        self.counted.fixed.unwrap_or_else(of_window)
    }
}

impl Counted {
    /// Works it out for the rule and the filter of a selection.
    #[must_use]
    pub fn new(places: Arc<Places>, input: &MapInput<'_>) -> Self {
        let record = input.dataset;
        let totals = input.selection.place_totals().to_vec();
        let ground = record.places().iter().zip(&totals).enumerate();
        let ground = ground.filter_map(|(number, (place, total))| {
            let position = places.on_ground[number].filter(|_| *total > 0)?;
            let (number, total) = (u32::try_from(number).ok()?, *total as usize);
            Some(Groupable { place: *place, number, position, total })
        });
        let ground: Vec<Groupable> = ground.collect();
        let rivals = places.rivals.iter().copied();
        let rivals: Vec<RivalReport> = rivals.filter(|r| input.selection.counts(r.event)).collect();
        let at_site =
            record.site_indices().map(|s| totals[record.places_of(s)].iter().sum::<u32>());
        let most = at_site.max().unwrap_or(0) as usize;
        let bounds = bounds(input, &places, &totals, &rivals);
        let (groups, radii, histories) = Default::default();
        let scale = SymbolScale::whole(record);
        let fixed = None;
        Self {
            places,
            totals,
            ground,
            rivals,
            bounds,
            most,
            scale,
            fixed,
            groups,
            radii,
            histories,
        }
    }

    /// The same for a picture with a scale of its own, as several maps share it.
    #[must_use]
    pub(super) fn on_scale(self, scale: SymbolScale) -> Self {
        Self { fixed: Some(scale), ..self }
    }

    /// Works it out for a picture that stands alone.
    #[must_use]
    pub fn of(input: &MapInput<'_>) -> Self {
        Self::new(Arc::new(Places::of(input.dataset, input.basemap)), input)
    }

    /// What shares a glyph at a zoom.
    pub(super) fn groups(&self, zoom: f64) -> Arc<Vec<PlaceGroup>> {
        let mut known = self.groups.lock().unwrap_or_else(PoisonError::into_inner);
        let make = || Arc::new(groups::group(&self.ground, zoom, self.scale));
        Arc::clone(known.entry(groups::step(zoom)).or_insert_with(make))
    }

    /// Corners of the box around all that is counted; of all places of the record where nothing is.
    pub(super) fn corners(&self) -> impl Iterator<Item = LonLat> {
        let found = self.bounds.iter().find_map(Bounds::corners);
        found.into_iter().flatten()
    }

    /// Within how many metres of its position the events of a place lie: of a site as it states, else of the
    /// events that rule and filter let through.
    pub(super) fn radius_m(&self, input: &MapInput<'_>, place: &Place) -> Option<f64> {
        let MapInput { dataset, selection, .. } = *input;
        if place.class == PlaceClass::Spot {
            return dataset.site(place.site).radius_m;
        }
        let number = dataset.place_number(place)?;
        let mut known = self.radii.lock().unwrap_or_else(PoisonError::into_inner);
        *known.entry(number).or_insert_with(|| {
            let here = dataset.events_at(place.site).iter().filter(|e| selection.counts(**e));
            let of_place = here.filter(|e| dataset.table().place(e.get()) == number);
            of_place.filter_map(|e| place::radius_m(dataset, dataset.event(*e))).reduce(f64::max)
        })
    }

    /// By month the events at some sites, whatever the window.
    pub(super) fn history(
        &self,
        record: &Record,
        selection: &Selection,
        window: DaySpan,
        sites: &[SiteIndex],
    ) -> Vec<MonthCount> {
        let mut known = self.histories.lock().unwrap_or_else(PoisonError::into_inner);
        let months = &self.places.months;
        let mut sums = vec![BarCount::default(); months.len()];
        for site in sites {
            let of_site = known.entry(*site).or_insert_with(|| {
                let here = record.events_at(*site).iter().filter(|e| selection.counts(**e));
                bar_counts(here.map(|e| record.event(*e)), months).into()
            });
            for (sum, here) in sums.iter_mut().zip(of_site.iter()) {
                for (class, n) in here.exact.iter().enumerate() {
                    sum.exact[class] += n;
                }
                sum.possible += here.possible;
                sum.spread += here.spread;
            }
        }
        let month = |(days, count): (&DaySpan, BarCount)| MonthCount {
            days: *days,
            count,
            in_window: days.overlaps(window),
        };
        months.iter().zip(sums).map(month).collect()
    }
}

/// Where on the ground a place has its glyph: at its position, or well inside its governorate. Its number is
/// that in the record.
pub(super) fn ground_position(prepared: &Prepared<'_>, place: &Place) -> Option<LonLat> {
    match prepared.dataset.place_number(place) {
        Some(number) => prepared.counted.places.on_ground[number as usize],
        None => areas::ground_position(&prepared.input, place),
    }
}

/// West, south, east and north of some positions, in degrees.
#[derive(Clone, Copy, Debug, Default)]
struct Bounds(Option<[f64; 4]>);

impl Bounds {
    fn add(&mut self, position: LonLat) {
        let (lon, lat) = (position.lon(), position.lat());
        let [west, south, east, north] = self.0.unwrap_or([lon, lat, lon, lat]);
        self.0 = Some([west.min(lon), south.min(lat), east.max(lon), north.max(lat)]);
    }

    fn corners(&self) -> Option<[LonLat; 2]> {
        let [west, south, east, north] = self.0?;
        Some([LonLat::clamped(west, south), LonLat::clamped(east, north)])
    }
}

/// Around what is counted, with other positions and the areas that events are only known to; and around all
/// places of the record.
fn bounds(
    input: &MapInput<'_>,
    places: &Places,
    totals: &[u32],
    rivals: &[RivalReport],
) -> [Bounds; 2] {
    let [mut counted, mut all] = [Bounds::default(); 2];
    for (place, total) in input.dataset.places().iter().zip(totals) {
        if let Some(position) = place.position(input.dataset) {
            all.add(position);
            if *total > 0 {
                counted.add(position);
            }
        }
    }
    for governorate in &places.governorates {
        if governorate.places.iter().any(|n| totals[*n as usize] > 0) {
            places::corners(governorate, input.basemap).for_each(|corner| counted.add(corner));
        }
    }
    for rival in rivals {
        if let Some(position) = competing::position(input, rival.to) {
            counted.add(position);
        }
    }
    [counted, all]
}
