//! Keys and what they do: one table gives the handling and the help.

use egui::{Key, Modifiers};

use super::actions::{Part, Wish};
use super::document::Command;

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

/// Every shortcut. Those with modifiers come first, because a key without them also matches with.
pub(crate) fn shortcuts() -> Vec<Shortcut> {
    let s = |modifiers, key, keys_in_words, what, action| Shortcut {
        modifiers,
        key,
        keys_in_words,
        what,
        action,
    };
    let (c, w) = (Action::Command, Action::Wish);
    vec![
        s(Modifiers::NONE, Key::Space, "Space", "Play or pause", w(Wish::PlayOrPause)),
        s(Modifiers::CTRL, Key::ArrowRight, "Ctrl + right", "Next event", c(Command::StepEvent(1))),
        s(
            Modifiers::CTRL,
            Key::ArrowLeft,
            "Ctrl + left",
            "Previous event",
            c(Command::StepEvent(-1)),
        ),
        s(
            Modifiers::SHIFT,
            Key::ArrowRight,
            "Shift + right",
            "A week later",
            c(Command::MoveWindow(7)),
        ),
        s(
            Modifiers::SHIFT,
            Key::ArrowLeft,
            "Shift + left",
            "A week earlier",
            c(Command::MoveWindow(-7)),
        ),
        s(Modifiers::CTRL, Key::F, "Ctrl + F", "Filter and search", w(Wish::Toggle(Part::Filter))),
        s(Modifiers::NONE, Key::ArrowRight, "Right", "A day later", c(Command::MoveWindow(1))),
        s(Modifiers::NONE, Key::ArrowLeft, "Left", "A day earlier", c(Command::MoveWindow(-1))),
        s(Modifiers::NONE, Key::Home, "Home", "Beginning of the record", c(Command::ToStart)),
        s(Modifiers::NONE, Key::End, "End", "End of the record", c(Command::ToEnd)),
        s(Modifiers::NONE, Key::A, "A", "The whole record in the window", c(Command::ShowAll)),
        s(Modifiers::NONE, Key::Plus, "+", "Nearer", Action::ZoomIn),
        s(Modifiers::NONE, Key::Minus, "-", "Farther", Action::ZoomOut),
        s(Modifiers::NONE, Key::F, "F", "Fit the map to the record", c(Command::FitRecord)),
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
    shortcuts()
        .into_iter()
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
    fn modified_keys_are_asked_before_bare_ones() {
        let all = shortcuts();
        for (i, bare) in all.iter().enumerate().filter(|(_, s)| s.modifiers == Modifiers::NONE) {
            assert!(!all[i..].iter().any(|s| s.key == bare.key && s.modifiers != Modifiers::NONE));
        }
    }
}
