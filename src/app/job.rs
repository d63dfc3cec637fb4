//! Work that takes longer than a frame, on a thread of its own.

use std::sync::mpsc::{self, Receiver, TryRecvError};

use egui::Context;

/// Rows up to which work on each of them is done at once: it takes no longer than a frame.
pub(crate) const AT_ONCE: usize = 4_000;

/// At most one piece of work under way, and what came of it.
#[derive(Debug)]
pub(crate) struct Job<T> {
    coming: Option<Receiver<T>>,
}

impl<T> Default for Job<T> {
    fn default() -> Self {
        Self { coming: None }
    }
}

impl<T: Send + 'static> Job<T> {
    pub(crate) fn is_running(&self) -> bool {
        self.coming.is_some()
    }

    /// Starts the work; while other work is under way nothing is started. The window is drawn again when it is
    /// done. Without a thread to be had it is done here.
    pub(crate) fn start(&mut self, ctx: &Context, work: impl FnOnce() -> T + Send + 'static) {
        if self.is_running() {
            return;
        }
        let (send, receive) = mpsc::channel();
        let ctx = ctx.clone();
        let (hand_over, take_over) = mpsc::channel::<Box<dyn FnOnce() -> T + Send>>();
        let spawned = std::thread::Builder::new().name("work".to_owned()).spawn({
            let send = send.clone();
            move || {
                if let Ok(work) = take_over.recv() {
                    // Nobody may want it any more.
                    let _ = send.send(work());
                    ctx.request_repaint();
                }
            }
        });
        match spawned {
            Ok(_) => drop(hand_over.send(Box::new(work))),
            Err(_) => drop(send.send(work())),
        }
        self.coming = Some(receive);
    }

    /// What came of it, waited for so long at most.
    pub(crate) fn wait(&mut self, at_most: std::time::Duration) -> Option<T> {
        self.coming.take()?.recv_timeout(at_most).ok()
    }

    /// What came of it, once.
    pub(crate) fn done(&mut self) -> Option<T> {
        match self.coming.as_ref()?.try_recv() {
            Ok(done) => {
                self.coming = None;
                Some(done)
            }
            Err(TryRecvError::Disconnected) => {
                self.coming = None;
                None
            }
            Err(TryRecvError::Empty) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_done_once_and_other_work_waits_for_it() {
        let mut job = Job::default();
        let ctx = Context::default();
        let (go, wait) = mpsc::channel::<()>();
        job.start(&ctx, move || wait.recv().map_or(0, |()| 1));
        job.start(&ctx, || 2);
        assert!(job.is_running() && job.done().is_none());
        go.send(()).unwrap();
        let found = std::iter::repeat_with(|| {
            std::thread::yield_now();
            job.done()
        });
        assert_eq!(found.flatten().next(), Some(1));
        assert!(!job.is_running() && job.done().is_none());
    }

    #[test]
    fn work_that_fails_is_over() {
        let mut job: Job<u8> = Job::default();
        job.start(&Context::default(), || panic!("on purpose"));
        while job.is_running() {
            std::thread::yield_now();
            assert_eq!(job.done(), None);
        }
    }
}
