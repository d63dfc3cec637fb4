//! What the world is: events, sites, sources, actors, days and places. No IO; nothing here can fail
//! but the making of a value that would be nonsense.

mod actor;
pub mod basemap;
mod class;
mod code;
mod context;
mod count;
mod dataset;
mod day;
mod digest;
mod event;
mod event_words;
mod fold;
pub mod gazetteer;
mod place;
mod place_name;
mod site;
mod source;
mod sparse;

pub use actor::{Actor, ActorKind};
pub use class::Classes;
pub use code::Code;
pub(crate) use code::codes;
pub use context::{ContextEntry, CoverageNote, ForceLevel, Link, LinkKind, ReportedTotal};
pub use count::{Casualties, CountRange, PersonGroup};
pub use dataset::{ActorIndex, Dataset, EventIndex, KindIndex, SiteIndex, SourceIndex};
pub use day::{DatePrecision, Day, DayError, DaySpan, MONTHS};
pub use digest::FileDigest;
pub use event::{
    ActorList, Confidence, Damage, Direction, Event, EventDate, Report, Said, Stance, Status,
    Weapon, WeaponFamily,
};
pub use event_words::{EventTexts, EventWords, TextRow, WordsAt, id_hash, id_key, key_of};
pub use fold::{fold, western_digit};
pub use place::{GeoBox, GeoBoxError, LonLat, LonLatError, PlacePrecision};
pub use place_name::{SaidKind, place_keys, said_kind};
pub use site::Site;
pub use source::{Source, SourceKind};
pub use sparse::{Sparse, SparseActors};
