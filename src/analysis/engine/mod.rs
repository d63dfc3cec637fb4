//! The engine below every count: columns sorted by day, a bit for each event that counts, and counts per
//! place that follow the window by what enters and what leaves it.
//!
//! It knows events by their row only, and no text. Rows are in the order of the dataset's events.

mod bits;
pub mod column;
pub(super) mod counting;
pub mod table;
mod window;

pub use column::Column;
pub use counting::Counting;
pub use table::{Row, Table};
pub use window::{PlaceCount, WindowCounts};
