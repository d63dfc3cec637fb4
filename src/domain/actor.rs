//! Actors: states, coalitions, armed groups and the names under which they act.

use super::code::codes;

codes! {
    /// What kind of party an actor is.
    ActorKind {
        StateForce = "state force", "state force";
        Coalition = "coalition", "coalition";
        ArmedGroup = "armed group", "armed group";
        FacadeGroup = "facade group", "facade group";
        Political = "political", "political body";
        Unknown = "unknown", "kind not said";
    }
}

/// A party.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// Arabic name, where known.
    pub name_ar: Option<String>,
    /// Other names and spellings.
    pub aliases: Vec<String>,
    /// Kind.
    pub kind: ActorKind,
    /// The actor that this one belongs to, by identifier.
    pub parent: Option<String>,
    /// One or two sentences.
    pub description: Option<String>,
}
