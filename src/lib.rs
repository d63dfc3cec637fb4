//! Sitrep: a geocoded record of events on a map, a date slider, and a source behind every number.
//!
//! The library holds everything; the binary parses the command line and calls [`cli`] or [`app`].
//! Imports run downwards only: `app`, `cli` → `export` → `scene` → `analysis` → `domain`, and
//! `data` → `analysis`, `domain`.

pub mod analysis;
pub mod app;
pub mod cli;
pub mod data;
pub mod domain;
pub mod export;
pub mod scene;
