//! The same question answered in plainer ways: by a pass over all events, and by searching for the days.

use sitrep_atlas::domain::{Code as _, Day, DaySpan, Weapon};

use crate::question::{Answer, COUNTRY, WEAPONS, lets_through};
use crate::support::places::MadeUpPlace;
use crate::support::rows::{DAYS, FIRST_DAY, Row};

/// One pass over all events for each answer.
pub(crate) fn pass(rows: &[Row], places: &[MadeUpPlace], others: bool, days: DaySpan) -> Answer {
    let mut answer = Answer::empty(places.len());
    for row in rows.iter().filter(|row| lets_through(row, places, others)) {
        let class = row.direction.position();
        answer.add(days, row.span, row.site as usize, class);
        if row.span.days() == 1 {
            let day = row.span.first().number() - FIRST_DAY;
            answer.by_day[usize::try_from(day).unwrap_or(0)][class] += 1;
        } else {
            answer.wide += 1;
        }
    }
    answer
}

/// Different pairs of country and weapon at most.
const CODES: usize = 256;
/// No date of the events is less precise than a month.
const LONGEST_DAYS: i32 = 31;

/// Columns sorted by day, in which the days are searched for and then counted afresh, and counts by day and
/// class for each pair of country and weapon, which are added up when the filter changes.
pub(crate) struct Search {
    first: Vec<i32>,
    days: Vec<u8>,
    site: Vec<u16>,
    class: Vec<u8>,
    code: Vec<u8>,
    /// The rows of several days.
    wide: Vec<u32>,
    cube: Vec<Vec<[u32; 6]>>,
    wide_of_code: Vec<u32>,
    passing: [bool; CODES],
    pub(crate) answer: Answer,
}

impl Search {
    pub(crate) fn new(rows: &[Row], places: &[MadeUpPlace]) -> Self {
        let mut cube = vec![Vec::new(); CODES];
        let mut wide_of_code = vec![0; CODES];
        let code = |row: &Row| {
            let country = usize::from(places[row.site as usize].country == COUNTRY);
            country * Weapon::ALL.len() + row.weapon.position()
        };
        let small = |n: usize| u8::try_from(n).unwrap_or(u8::MAX);
        for row in rows {
            if row.span.days() > 1 {
                wide_of_code[code(row)] += 1;
                continue;
            }
            let by_day: &mut Vec<[u32; 6]> = &mut cube[code(row)];
            by_day.resize(DAYS as usize, [0; 6]);
            let day = usize::try_from(row.span.first().number() - FIRST_DAY).unwrap_or(0);
            by_day[day][row.direction.position()] += 1;
        }
        let wide = (0..).zip(rows).filter(|(_, row)| row.span.days() > 1);
        Self {
            first: rows.iter().map(|row| row.span.first().number()).collect(),
            days: rows.iter().map(|r| u8::try_from(r.span.days()).unwrap_or(u8::MAX)).collect(),
            site: rows.iter().map(|row| u16::try_from(row.site).unwrap_or(u16::MAX)).collect(),
            class: rows.iter().map(|row| small(row.direction.position())).collect(),
            code: rows.iter().map(|row| small(code(row))).collect(),
            wide: wide.map(|(index, _)| index).collect(),
            cube,
            wide_of_code,
            passing: [false; CODES],
            answer: Answer::empty(places.len()),
        }
    }

    pub(crate) fn set_filter(&mut self, others: bool) {
        let weapons = Weapon::ALL.iter().map(|weapon| WEAPONS.contains(weapon) != others);
        self.passing = [false; CODES];
        self.passing[Weapon::ALL.len()..].iter_mut().zip(weapons).for_each(|(p, w)| *p = w);
        self.answer.by_day.fill([0; 6]);
        self.answer.wide = 0;
        for (code, by_day) in self.cube.iter().enumerate().filter(|(code, _)| self.passing[*code]) {
            for (sum, count) in self.answer.by_day.iter_mut().zip(by_day) {
                for (sum, count) in sum.iter_mut().zip(count) {
                    *sum += count;
                }
            }
            self.answer.wide += self.wide_of_code[code];
        }
    }

    pub(crate) fn move_to(&mut self, days: DaySpan) {
        let [first, end] = [days.first().number(), days.end().number()];
        let from = self.first.partition_point(|day| *day < first);
        let to = self.first.partition_point(|day| *day < end);
        self.answer.clear_window();
        // Those that began before and may reach into the days.
        let since = first - LONGEST_DAYS;
        let start = self.wide.partition_point(|row| self.first[*row as usize] < since);
        let begun = self.wide[start..].iter().map(|row| *row as usize);
        let before = begun.take_while(|row| self.first[*row] < first);
        for row in before.chain(from..to).filter(|row| self.passing[usize::from(self.code[*row])]) {
            let start = Day::from_number(self.first[row]);
            let span = DaySpan::between(start, start.plus(i32::from(self.days[row]) - 1));
            let (site, class) = (usize::from(self.site[row]), usize::from(self.class[row]));
            self.answer.add(days, span, site, class);
        }
    }
}
