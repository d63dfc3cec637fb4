//! What panels ask for in a frame.

use super::document::Command;

/// What came out of a frame.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    /// Changes to the document, in order.
    pub(crate) commands: Vec<Command>,
    /// Play or pause.
    pub(crate) toggle_play: bool,
    /// Somebody took the window into their own hands: playing stops.
    pub(crate) stop_play: bool,
    /// Zoom steps of the map.
    pub(crate) zoom: f64,
    /// Open or close the help.
    pub(crate) toggle_help: bool,
}

impl Asked {
    pub(crate) fn command(&mut self, command: Command) {
        self.commands.push(command);
    }
}
