//! A pointer that rests: while time plays or the keys are listed, what it rests on puts no card over the
//! picture. It counts again once it is moved, pressed or turned.

use egui::{Context, PointerState};

/// So long a card stays while time plays, in seconds.
const CARD_SECS: f64 = 4.0;

/// Since when nothing is to be laid over the picture.
#[derive(Default)]
pub(crate) struct Resting {
    since_secs: Option<f64>,
}

/// The pointer while panels are drawn that must not see it.
#[must_use]
pub(crate) struct Hidden(Option<PointerState>);

impl Resting {
    /// Takes the pointer away for a frame where it has rested since `calm` began, or for long.
    pub(crate) fn hide(&mut self, ctx: &Context, calm: bool, now_secs: f64) -> Hidden {
        if !calm {
            self.since_secs = None;
            return Hidden(None);
        }
        let since_secs = *self.since_secs.get_or_insert(now_secs);
        Hidden(ctx.input_mut(|input| {
            let pointer = &input.pointer;
            let used = pointer.any_down() || pointer.any_released() || input.is_scrolling();
            let moved_secs = now_secs - f64::from(pointer.time_since_last_movement());
            let rests = moved_secs <= since_secs || now_secs - moved_secs > CARD_SECS;
            (rests && !used).then(|| std::mem::take(&mut input.pointer))
        }))
    }
}

impl Hidden {
    /// Gives the pointer back.
    pub(crate) fn show_again(self, ctx: &Context) {
        if let Some(pointer) = self.0 {
            ctx.input_mut(|input| input.pointer = pointer);
        }
    }
}
