//! The window. The only place that knows egui, eframe and walkers.
//!
//! Panels read the document and return commands; one place applies them.

mod actions;
mod actor_card;
mod atlas;
mod card;
mod coverage_panel;
mod date_field;
mod detail;
mod document;
mod event_card;
mod event_list;
mod event_rows;
mod event_table;
mod eyes;
mod facts;
mod figure_dialog;
mod film_dialog;
pub(crate) mod film_job;
mod filter_panel;
mod in_sight;
mod job;
mod keys;
mod lanes_panel;
mod lanes_words;
mod map_kept;
mod map_lit;
mod map_panel;
mod opening;
pub mod paint;
mod pen;
mod places_card;
mod play_controls;
mod play_overlay;
mod playback;
mod reopened;
mod resting;
mod room;
mod site_panel;
mod sources;
mod start;
mod strip_card;
mod strip_panel;
mod strip_zoom;
mod table_dialog;
mod table_grid;
mod tempo_band;
mod tempo_panel;
mod tempo_rows;
mod timeline;
mod top_bar;
mod visuals;

pub use atlas::Atlas;
pub use start::{AppError, First, run, window_options};
