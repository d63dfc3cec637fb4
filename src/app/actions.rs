//! What panels ask for in a frame.

use std::sync::Arc;

use super::document::Command;
use crate::analysis::Lit;
use crate::domain::EventIndex;
use crate::scene::color_vision::Vision;

/// Something that a person wants of the window itself; the document stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// Play or pause.
    PlayOrPause,
    /// Somebody took the time window into their own hands: playing stops.
    StopPlay,
    /// To the next (1) or the previous (-1) event at what is picked.
    StepHere(i32),
    /// Play faster (1) or slower (-1).
    Speed(i32),
    /// Back to the card that was open before.
    Back,
    /// Compose a figure of what is looked at.
    Figure,
    /// Choose a project or another file to open.
    Open,
    /// Save the project.
    Save,
    /// Save it under another name.
    SaveAs,
    /// Be as before the last step.
    Undo,
    /// Be as after it again.
    Redo,
    /// Open the dialog that saves a film.
    Film,
    /// Say how the open table was read, and what else it could be read as.
    HowRead,
    /// See the window with these eyes.
    Eyes(Vision),
    /// See it with other eyes than now.
    NextEyes,
    /// Open or close a part of the window.
    Toggle(Part),
}

/// A part of the window that can be opened and closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The filter, with the keyboard in its search when it opens.
    Filter,
    /// The date on the map while time plays.
    PlayDate,
    /// The list of keys.
    Help,
    /// The legend on the map.
    Legend,
    /// The table of the events.
    Table,
    /// The lanes of attacks and strikes.
    Lanes,
    /// The pace of events: its panel, and its lines on the strip.
    Tempo,
    /// The list of saved views.
    Views,
}

/// What came out of a frame.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    /// Changes to the document, in order.
    pub(crate) commands: Vec<Command>,
    /// Wishes that leave the document as it is, in order.
    pub(crate) wishes: Vec<Wish>,
    /// Zoom steps of the map.
    pub(crate) zoom: f64,
    /// The event that the pointer or the keyboard rests on.
    pub(crate) pointed: Option<EventIndex>,
    /// What stands out in this frame in lanes, list and map: the event that was pointed at in the one before,
    /// else the picked one, with all that sources tie to it.
    pub(crate) lit: Option<Arc<Lit>>,
}

impl Asked {
    pub(crate) fn command(&mut self, command: Command) {
        self.commands.push(command);
    }

    pub(crate) fn wish(&mut self, wish: Wish) {
        self.wishes.push(wish);
    }
}
