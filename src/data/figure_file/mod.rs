//! What a figure says of itself, so that it can be opened again: written as one line of JSON, and found again in
//! a PNG, SVG or PDF.
//!
//! Knows the view, the spec of a figure and the record, and nothing of how a picture is drawn. What is read may
//! come from anybody: every size is bounded, and what is wrong is one sentence.

mod changes;
mod error;
mod file;
mod fingerprint;
mod in_pdf;
mod in_png;
mod in_svg;
mod inflate;
mod record;
mod restore;
mod rows;
mod text;

pub use changes::{Change, ChangeKind, Since};
pub use error::{FigureFault, FigureFileError};
pub use file::{FigureFile, FigureKind};
pub use record::{DatasetSaid, Drawn, FigureRecord, SOFTWARE, SvgLetters};
pub use restore::Restored;
pub use rows::{DrawnEvents, DrawnRow, MAX_ROWS};
pub use text::MAX_TEXT;

pub(in crate::data) use changes::changes;
pub(in crate::data) use record::view_checked;
pub(in crate::data) use restore::fitted;
pub(in crate::data) use text::{is_newer, shortened};
