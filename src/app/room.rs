//! How the height of the window is shared out: what was opened gets its least height or stands back, and never is
//! anything cut or laid over something else.

use super::actions::Part;
use super::lanes_panel::LanesPanel;
use super::{strip_panel, tempo_band};

/// The map keeps at least this height beside what was opened.
pub(crate) const MAP: f32 = 170.0;
/// The table with its heading, its header and three rows.
pub(crate) const TABLE: f32 = 144.0;
/// A line that says what stands back.
const NOTE: f32 = 20.0;

/// What was opened of the parts that share the height, the last one last.
#[derive(Debug, Default)]
pub(crate) struct Opened(Vec<Part>);

/// What of it has room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Room {
    shown: Vec<Part>,
    back: Vec<Part>,
}

impl Opened {
    /// Notes which parts are open by now.
    pub(crate) fn follow(&mut self, open: [(Part, bool); 3]) {
        let is_open = |part: &Part| open.iter().any(|(p, is_open)| p == part && *is_open);
        self.0.retain(is_open);
        let more = open.iter().filter(|(_, is_open)| *is_open).map(|(part, _)| *part);
        let more: Vec<Part> = more.filter(|part| !self.0.contains(part)).collect();
        self.0.extend(more);
    }

    /// Lets a part have its room before all others.
    pub(crate) fn first(&mut self, part: Part) {
        self.0.retain(|p| *p != part);
        self.0.push(part);
    }

    /// Shares out what is left below the top bar in a window of some height: what was opened last has its room first.
    pub(crate) fn room(&self, left: f32, window: f32) -> Room {
        let mut free = left - strip_panel::height(window) - MAP;
        let all: f32 = self.0.iter().map(|part| least(*part, window)).sum();
        if all > free {
            free -= NOTE;
        }
        let mut room = Room::default();
        for part in self.0.iter().rev() {
            let needed = least(*part, window);
            if needed <= free {
                free -= needed;
                room.shown.push(*part);
            } else {
                room.back.push(*part);
            }
        }
        room
    }
}

fn least(part: Part, window: f32) -> f32 {
    match part {
        Part::Table => TABLE,
        Part::Lanes => LanesPanel::height(window),
        Part::Tempo => tempo_band::height(window),
        Part::Filter | Part::PlayDate | Part::Help | Part::Legend | Part::Views => 0.0,
    }
}

impl Room {
    pub(crate) fn shows(&self, part: Part) -> bool {
        self.shown.contains(&part)
    }

    pub(crate) fn is_back(&self, part: Part) -> bool {
        self.back.contains(&part)
    }

    /// Height of controls, strip and what stands between them, in a window of some height.
    pub(crate) fn below(&self, window: f32) -> f32 {
        let bands = [Part::Lanes, Part::Tempo].into_iter().filter(|part| self.shows(*part));
        let note = if self.back.is_empty() { 0.0 } else { NOTE };
        strip_panel::height(window) + note + bands.map(|part| least(part, window)).sum::<f32>()
    }

    /// What stands back, and what to do: "No room for lanes (R) in so low a window: ...".
    pub(crate) fn note(&self) -> Option<String> {
        let name = |part: &Part| match part {
            Part::Table => "the table (T)",
            Part::Lanes => "the lanes (R)",
            _ => "the tempo (M)",
        };
        let back: Vec<&str> = self.back.iter().map(name).collect();
        let names = match back.as_slice() {
            [] => return None,
            [all @ .., last] if !all.is_empty() => format!("{} and {last}", all.join(", ")),
            [one, ..] => (*one).to_owned(),
        };
        let keys = if back.len() == 1 { "its key shows it" } else { "a key shows one of them" };
        let instead = if self.shown.is_empty() {
            "make the window higher".to_owned()
        } else {
            format!("{keys} instead of others")
        };
        Some(format!("No room for {names} in so low a window: {instead}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Part; 3] = [Part::Lanes, Part::Tempo, Part::Table];

    fn opened(parts: &[Part]) -> Opened {
        let mut opened = Opened::default();
        for n in 1..=parts.len() {
            opened.follow(ALL.map(|part| (part, parts[..n].contains(&part))));
        }
        opened
    }

    #[test]
    fn what_has_room_never_leaves_the_map_too_little() {
        for window in (200..1400_u16).step_by(20).map(f32::from) {
            for parts in [&ALL[..], &ALL[..1], &ALL[1..], &[Part::Table, Part::Lanes]] {
                let left = window - 76.0;
                let room = opened(parts).room(left, window);
                let table = if room.shows(Part::Table) { TABLE } else { 0.0 };
                let map = left - room.below(window) - table;
                assert!(room.shown.is_empty() || map >= MAP, "{window}: {map} for the map");
                assert_eq!(room.shown.len() + room.back.len(), parts.len());
                assert_eq!(room.note().is_none(), room.back.is_empty());
            }
        }
        let high = opened(&ALL).room(1324.0, 1400.0);
        assert!(high.back.is_empty(), "{high:?}");
    }

    #[test]
    fn what_was_opened_last_has_its_room_first() {
        let mut opened = opened(&[Part::Table, Part::Lanes]);
        let room = opened.room(524.0, 600.0);
        assert!(room.shows(Part::Lanes) && room.is_back(Part::Table), "{room:?}");
        opened.first(Part::Table);
        let room = opened.room(524.0, 600.0);
        assert!(room.shows(Part::Table) && room.is_back(Part::Lanes), "{room:?}");
        opened.follow([(Part::Lanes, true), (Part::Tempo, false), (Part::Table, false)]);
        assert!(opened.room(524.0, 600.0).shows(Part::Lanes));
    }
}
