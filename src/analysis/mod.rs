//! Questions to a dataset, as pure functions: which events does a view show, and how many are they?
//!
//! Knows nothing of files, screens or pictures.

pub mod age;
pub mod alt_text;
pub mod caption;
pub mod citations;
pub mod coverage;
pub mod date_entry;
pub mod day_counts;
pub mod day_reading;
pub mod density;
pub mod dossier;
pub mod engine;
pub mod event_csv;
pub mod event_order;
pub mod event_table;
pub mod event_tsv;
pub mod event_words;
pub mod evidence;
pub mod facet;
mod facet_columns;
pub mod facet_counts;
pub mod figure_preset;
pub mod figure_size;
pub mod figure_spec;
pub mod filter;
mod find;
pub mod harm;
pub mod histogram;
pub mod lanes;
mod lists;
pub mod months;
pub mod parted;
pub mod picked;
pub mod place;
pub mod play;
pub mod record;
pub mod rule;
mod search;
pub mod selection;
pub mod shown_rows;
pub mod tally;
pub mod tempo;
pub mod view;
pub mod words;

pub use alt_text::{AltText, Carries, DrawnGlyph, DrawnMaps, alt_text};
pub use caption::{Caption, caption, caption_of_maps};
pub use citations::{Bibliography, bibliography};
pub use coverage::{Coverage, NoCoverage, coverage, coverages};
pub use date_entry::{DateEntry, DateEntryError, date_entry};
pub use day_counts::{DayCounts, WideCount};
pub use day_reading::{DayReading, day_reading};
pub use density::{Buckets, Density};
pub use facet::{Facet, Harm};
pub use facet_counts::{FacetCount, facet_counts};
pub use figure_preset::Preset;
pub use figure_size::{FigureSize, Length, SizeError, Unit};
pub use figure_spec::{
    Callout, CalloutAt, FIGURE_RECORD, FigurePart, FigureSpec, LabelDensity, Panels, SpecError,
};
pub use filter::{Filter, FilterError};
pub use find::near_ids;
pub use harm::{HarmSum, harm_sum};
pub use histogram::{BarCount, bar_counts, histogram};
pub use lanes::{Lag, Lane, LaneEvents, Lanes, Lit, LitTie, Pair};
pub use months::{MonthCount, month_spans, site_months};
pub use picked::Picked;
pub use place::{Place, PlaceClass};
pub use record::Record;
pub use rule::Rule;
pub use selection::{Certainty, LeftOut, Selection, Shown, select};
pub use shown_rows::ShownRows;
pub use tally::{Group, GroupBy, Tally, tally};
pub use tempo::Tempo;
pub use view::{Camera, Mode, Pick, PickedPlace, ThemeName, View};
