//! What several benchmarks need: events made up from a seed, as rows, as a dataset and as a data package.

#![allow(dead_code, reason = "each benchmark uses a part of it")]

pub(crate) mod acled;
pub(crate) mod dataset;
pub(crate) mod measure;
pub(crate) mod package;
pub(crate) mod places;
pub(crate) mod random;
pub(crate) mod rows;
