//! The question answered by the program's own engine.

use sitrep_atlas::analysis::engine::column::FacetValue;
use sitrep_atlas::analysis::engine::{Column, Counting, Row as TableRow, Table, WindowCounts};
use sitrep_atlas::analysis::facet::Facet;
use sitrep_atlas::analysis::{Rule, WideCount};
use sitrep_atlas::domain::{Code, DaySpan, Status};

use crate::question::{Answer, filter};
use crate::support::places::{MadeUpPlace, PLACES};
use crate::support::rows::{FIRST_DAY, Row};

pub(crate) struct Engine {
    table: Table,
    counting: Counting,
    counts: WindowCounts,
    days: DaySpan,
}

impl Engine {
    pub(crate) fn new(rows: &[Row], places: &[MadeUpPlace], days: DaySpan) -> Self {
        let table = table(rows, places);
        let counting = Counting::new(&table, &filter(false), Rule::Everything, None);
        let counts = WindowCounts::new(&table, &counting, days, days);
        Self { table, counting, counts, days }
    }

    pub(crate) fn set_filter(&mut self, others: bool) {
        self.counting = Counting::new(&self.table, &filter(others), Rule::Everything, None);
        self.counts = WindowCounts::new(&self.table, &self.counting, self.days, self.days);
    }

    /// Gives how many events are certain and how many possible; what is at each place and on each day can
    /// be read from then on.
    pub(crate) fn move_to(&mut self, days: DaySpan) -> [usize; 2] {
        self.days = days;
        self.counts.follow(&self.table, &self.counting, days, days);
        self.counts.counted(&self.counting, days)
    }

    /// Reads what there is at every place.
    pub(crate) fn at_all_places(&self) -> usize {
        (0..PLACES).map(|place| self.counts.at(place).shown()).sum()
    }

    /// All that is known, to be compared.
    pub(crate) fn answer(&self) -> Answer {
        let mut answer = Answer::empty(PLACES as usize);
        [answer.certain, answer.possible] = self.counts.counted(&self.counting, self.days);
        for (place, at) in (0..).zip(&mut answer.at) {
            let count = self.counts.at(place);
            at[..6].copy_from_slice(&count.present);
            at[6] = count.possible;
        }
        let day_counts = self.counting.day_counts();
        for (day, by_class) in day_counts.days() {
            answer.by_day[usize::try_from(day.number() - FIRST_DAY).unwrap_or(0)] = by_class;
        }
        answer.wide = day_counts.wide().iter().map(WideCount::total).sum();
        answer
    }

    /// Bytes of memory for all that is needed to answer.
    pub(crate) fn bytes(&self) -> usize {
        self.table.bytes() + self.counting.bytes() + self.counts.bytes()
    }
}

fn table(rows: &[Row], places: &[MadeUpPlace]) -> Table {
    let table_row = |row: &Row| TableRow {
        span: row.span,
        place: row.site,
        direction: row.direction,
        rules: [true; 4],
        disputed: matches!(row.status, Status::Contested | Status::Denied),
    };
    let columns: Vec<Column> =
        Facet::ALL.iter().map(|facet| column(rows, places, *facet)).collect();
    let column = move |facet: Facet| columns[facet.position()].clone();
    let table = Table::new(rows.iter().map(table_row), places.len(), column);
    for facet in Facet::ALL {
        let _ = table.column(*facet);
    }
    table
}

fn column(rows: &[Row], places: &[MadeUpPlace], facet: Facet) -> Column {
    let of_places = |of: &dyn Fn(&MadeUpPlace) -> String| {
        let texts: Vec<String> = places.iter().map(of).collect();
        let mut values = texts.clone();
        values.sort_unstable();
        values.dedup();
        let number = |text| u32::try_from(values.partition_point(|v| v < text)).unwrap_or(0);
        let numbers: Vec<u32> = texts.iter().map(number).collect();
        let of_rows = rows.iter().map(|row| numbers[row.site as usize]).collect();
        Column::of_one(values.iter().map(|v| value(v)).collect(), of_rows)
    };
    match facet {
        Facet::Site => {
            let sites = (0..PLACES).map(|n| value(&format!("made-up-place-{n:05}"))).collect();
            Column::of_one(sites, rows.iter().map(|row| row.site).collect())
        }
        Facet::Country => of_places(&|place| place.country.clone()),
        Facet::Governorate => of_places(&|place| place.governorate.clone().unwrap_or_default()),
        Facet::Direction => codes(rows, |row| row.direction),
        Facet::Weapon => codes(rows, |row| row.weapon),
        Facet::WeaponFamily => codes(rows, |row| row.weapon.family()),
        Facet::Status => codes(rows, |row| row.status),
        Facet::Confidence => codes(rows, |row| row.confidence),
        Facet::PlacePrecision => codes(rows, |row| row.place),
        Facet::DatePrecision => codes(rows, |row| row.date),
        // Rows do not have these; they are there for the memory that they take.
        Facet::Actor | Facet::AttributedTo | Facet::ClaimedBy => any(rows, 60),
        Facet::SourceKind | Facet::Casualties => any(rows, 7),
    }
}

fn value(code: &str) -> FacetValue {
    FacetValue { code: code.into(), label: code.into(), names: Vec::new(), events: 0 }
}

fn codes<C: Code>(rows: &[Row], of: impl Fn(&Row) -> C) -> Column {
    let number = |row| u32::try_from(of(row).position()).unwrap_or(0);
    Column::of_one(
        C::ALL.iter().map(|c| value(c.code())).collect(),
        rows.iter().map(number).collect(),
    )
}

fn any(rows: &[Row], values: u32) -> Column {
    let numbers = (0..).zip(rows).map(|(n, _): (u32, _)| n % values).collect();
    Column::of_one((0..values).map(|n| value(&n.to_string())).collect(), numbers)
}
