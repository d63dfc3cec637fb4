//! Code lists: small closed sets of words, as they stand in a table's cells.

/// A closed set of codes, each with the word that stands in a table and the words shown to people.
pub trait Code: Copy + Eq + Sized + 'static {
    /// Every code, in the order of legends and tallies.
    const ALL: &'static [Self];

    /// The word in a table's cell and on the command line.
    fn code(self) -> &'static str;

    /// What a person reads, in lower case.
    fn label(self) -> &'static str;

    /// The code that a cell's word stands for; spaces, hyphens and underscores are alike.
    fn from_code(word: &str) -> Option<Self> {
        let wanted = plain(word);
        Self::ALL.iter().copied().find(|c| plain(c.code()) == wanted)
    }

    /// Place of the code in [`Code::ALL`].
    fn position(self) -> usize {
        Self::ALL.iter().position(|c| *c == self).unwrap_or(0)
    }
}

fn plain(word: &str) -> String {
    word.trim()
        .chars()
        .map(|c| if c == '-' || c == ' ' { '_' } else { c.to_ascii_lowercase() })
        .collect()
}

/// Declares an enum with its codes and labels.
macro_rules! codes {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal, $label:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$vmeta])* #[doc = concat!("`", $code, "`: ", $label, ".")] #[serde(rename = $code)] $variant,)+
        }

        impl $crate::domain::Code for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];

            fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }
        }
    };
}

pub(crate) use codes;

#[cfg(test)]
mod tests {
    use crate::domain::{Code, Weapon};

    #[test]
    fn every_code_is_read_back_whatever_its_case_and_separators() {
        for weapon in Weapon::ALL {
            assert_eq!(Weapon::from_code(weapon.code()), Some(*weapon));
        }
        assert_eq!(Weapon::from_code("One_Way-Drone"), Some(Weapon::OneWayDrone));
        assert_eq!(Weapon::from_code("trebuchet"), None);
    }
}
