//! Keys and what they do: one table gives the handling and the help.

use egui::{Key, Modifiers};

use super::actions::{Part, Wish};
use super::document::Command;
use crate::analysis::Mode;
use crate::analysis::play::Through;

const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::CTRL };

/// What a key does.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Action {
    Command(Command),
    Wish(Wish),
    ZoomIn,
    ZoomOut,
}

/// One key with its action and its line in the help.
pub(crate) struct Shortcut {
    pub(crate) modifiers: Modifiers,
    pub(crate) key: Key,
    pub(crate) keys_in_words: &'static str,
    pub(crate) what: &'static str,
    pub(crate) action: Action,
}

impl Shortcut {
    fn new(
        modifiers: Modifiers,
        key: Key,
        keys_in_words: &'static str,
        what: &'static str,
        action: Action,
    ) -> Self {
        Self { modifiers, key, keys_in_words, what, action }
    }
}

/// Every shortcut. Those with more modifiers come first, because a key with fewer also matches with more.
pub(crate) fn shortcuts() -> Vec<Shortcut> {
    let mut all = in_time();
    all.extend(others());
    all
}

/// Playing and stepping.
fn in_time() -> Vec<Shortcut> {
    use Modifiers as M;
    let (s, c, w) = (Shortcut::new, Action::Command, Action::Wish);
    let harmed = |direction| c(Command::StepThrough(Through::Harmed, direction));
    let (event, here) = (|d| c(Command::StepEvent(d)), |d| w(Wish::StepHere(d)));
    let days = |n| c(Command::MoveWindow(n));
    let (right, left) = (Key::ArrowRight, Key::ArrowLeft);
    let harmed_keys = ["Ctrl + Shift + right", "Ctrl + Shift + left"];
    vec![
        s(M::NONE, Key::Space, "Space", "Play or pause", w(Wish::PlayOrPause)),
        s(M::NONE, Key::Period, ".", "Play faster", w(Wish::Speed(1))),
        s(M::NONE, Key::Comma, ",", "Play slower", w(Wish::Speed(-1))),
        s(CTRL_SHIFT, right, harmed_keys[0], "Next event with wounded or killed", harmed(1)),
        s(CTRL_SHIFT, left, harmed_keys[1], "Previous event with wounded or killed", harmed(-1)),
        s(M::CTRL, right, "Ctrl + right", "Next event", event(1)),
        s(M::CTRL, left, "Ctrl + left", "Previous event", event(-1)),
        s(M::ALT, right, "Alt + right", "Next event at what is picked", here(1)),
        s(M::ALT, left, "Alt + left", "Previous event at what is picked", here(-1)),
        s(M::SHIFT, right, "Shift + right", "A week later", days(7)),
        s(M::SHIFT, left, "Shift + left", "A week earlier", days(-7)),
        s(M::NONE, right, "Right", "A day later", days(1)),
        s(M::NONE, left, "Left", "A day earlier", days(-1)),
        s(Modifiers::NONE, Key::Home, "Home", "Beginning of the record", c(Command::ToStart)),
        s(Modifiers::NONE, Key::End, "End", "End of the record", c(Command::ToEnd)),
        s(M::NONE, Key::Num1, "1", "The days in the window", c(Command::SetMode(Mode::Window))),
        s(M::NONE, Key::Num2, "2", "Since the start", c(Command::SetMode(Mode::SinceStart))),
        s(M::NONE, Key::Num3, "3", "The last day alone", c(Command::SetMode(Mode::Day))),
        s(M::NONE, Key::Num4, "4", "Older events paler, or not", c(Command::ToggleFade)),
    ]
}

/// What else there is.
fn others() -> Vec<Shortcut> {
    let (s, c, w) = (Shortcut::new, Action::Command, Action::Wish);
    vec![
        s(Modifiers::CTRL, Key::F, "Ctrl + F", "Filter and search", w(Wish::Toggle(Part::Filter))),
        s(CTRL_SHIFT, Key::S, "Ctrl + Shift + S", "Save the project as…", w(Wish::SaveAs)),
        s(CTRL_SHIFT, Key::Z, "Ctrl + Shift + Z", "Redo", w(Wish::Redo)),
        s(Modifiers::CTRL, Key::O, "Ctrl + O", "Open a project or a table", w(Wish::Open)),
        s(Modifiers::CTRL, Key::S, "Ctrl + S", "Save the project", w(Wish::Save)),
        s(Modifiers::CTRL, Key::Z, "Ctrl + Z", "Undo", w(Wish::Undo)),
        s(Modifiers::CTRL, Key::Y, "Ctrl + Y", "Redo", w(Wish::Redo)),
        s(Modifiers::CTRL, Key::E, "Ctrl + E", "Compose and save a figure", w(Wish::Figure)),
        s(Modifiers::NONE, Key::A, "A", "The whole record in the window", c(Command::ShowAll)),
        s(Modifiers::NONE, Key::Plus, "+", "Nearer", Action::ZoomIn),
        s(Modifiers::NONE, Key::Minus, "-", "Farther", Action::ZoomOut),
        s(Modifiers::NONE, Key::F, "F", "Fit the map to the record", c(Command::FitRecord)),
        s(
            Modifiers::NONE,
            Key::D,
            "D",
            "Date on the map while it plays, on or off",
            w(Wish::Toggle(Part::PlayDate)),
        ),
        s(Modifiers::NONE, Key::E, "E", "Colours as other eyes see them", w(Wish::NextEyes)),
        s(Modifiers::NONE, Key::L, "L", "Legend on or off", w(Wish::Toggle(Part::Legend))),
        s(
            Modifiers::NONE,
            Key::T,
            "T",
            "Table of the events on or off",
            w(Wish::Toggle(Part::Table)),
        ),
        s(
            Modifiers::NONE,
            Key::R,
            "R",
            "Lanes of attacks and strikes (response) on or off",
            w(Wish::Toggle(Part::Lanes)),
        ),
        s(
            Modifiers::NONE,
            Key::M,
            "M",
            "Tempo: bursts, quiet, rolling counts",
            w(Wish::Toggle(Part::Tempo)),
        ),
        s(Modifiers::NONE, Key::V, "V", "Saved views on or off", w(Wish::Toggle(Part::Views))),
        s(Modifiers::NONE, Key::Backspace, "Backspace", "Back to the card before", w(Wish::Back)),
        s(Modifiers::NONE, Key::Escape, "Esc", "Close the card", c(Command::Pick(None))),
        s(Modifiers::NONE, Key::F1, "F1", "This help", w(Wish::Toggle(Part::Help))),
    ]
}

/// The actions of the keys pressed in this frame; none while somebody types, or works with anything else
/// that has the keyboard and is not one of `beside`, which have taken their own keys by then.
pub(crate) fn pressed(ctx: &egui::Context, beside: &[egui::Id]) -> Vec<Action> {
    if ctx.memory(egui::Memory::focused).is_some_and(|id| !beside.contains(&id)) {
        return Vec::new();
    }
    // An open menu closes by Esc before a card does.
    let menu = egui::Popup::is_any_open(ctx);
    shortcuts()
        .into_iter()
        .filter(|s| !(menu && s.key == Key::Escape))
        .filter(|s| ctx.input_mut(|i| i.consume_key(s.modifiers, s.key)))
        .map(|s| s.action)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_shortcuts_share_their_keys() {
        let all = shortcuts();
        for (i, a) in all.iter().enumerate() {
            for b in &all[i + 1..] {
                assert!((a.modifiers, a.key) != (b.modifiers, b.key), "{} and {}", a.what, b.what);
            }
        }
    }

    #[test]
    fn keys_with_more_modifiers_are_asked_before_those_with_fewer() {
        let held = |s: &Shortcut| {
            let Modifiers { alt, ctrl, shift, .. } = s.modifiers;
            [alt, ctrl, shift].into_iter().filter(|h| *h).count()
        };
        let all = shortcuts();
        for (i, fewer) in all.iter().enumerate() {
            assert!(!all[i..].iter().any(|s| s.key == fewer.key && held(s) > held(fewer)));
        }
    }
}
