//! The window. The only place that knows egui, eframe and walkers.

pub mod paint;

use crate::data::Loaded;
use crate::domain::basemap::Basemap;

/// Why the window could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// No display.
    #[error(
        "there is no display to open a window on: use `sitrep render -o figure.png`, which needs none"
    )]
    NoDisplay,
}

/// Opens the window.
///
/// # Errors
/// [`AppError`] when there is no display.
pub fn run(_loaded: Loaded, _basemap: Basemap) -> Result<(), AppError> {
    Err(AppError::NoDisplay)
}
