//! How large, deep and manifold a project may be, told from its text before anything is made of it.

use super::ProjectFault;

/// The most bytes of a project.
pub const MAX_BYTES: usize = 16_000_000;
/// The most levels inside each other.
pub const MAX_DEPTH: usize = 64;
/// The most values: what they take in memory is some hundred bytes each.
pub const MAX_VALUES: usize = 500_000;

/// Counts levels and values of a text of JSON, right or wrong.
pub(super) fn check(text: &str) -> Result<(), ProjectFault> {
    if text.len() > MAX_BYTES {
        return Err(ProjectFault::Large);
    }
    let (mut depth, mut values) = (0_usize, 0_usize);
    let (mut in_string, mut escaped) = (false, false);
    for byte in text.bytes() {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'{' | b'[' => {
                depth += 1;
                values += 1;
                if depth > MAX_DEPTH {
                    return Err(ProjectFault::Deep);
                }
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            b',' => values += 1,
            _ => {}
        }
        if values > MAX_VALUES {
            return Err(ProjectFault::Many);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_and_values_are_counted_outside_of_words() {
        let nested = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
        assert_eq!(check(&nested(MAX_DEPTH)), Ok(()));
        assert_eq!(check(&nested(MAX_DEPTH + 1)), Err(ProjectFault::Deep));
        let words = format!("[\"{}\\\"{}\"]", "[".repeat(500), "{,".repeat(500));
        assert_eq!(check(&words), Ok(()));
        let many = format!("[{}1]", "1,".repeat(MAX_VALUES));
        assert_eq!(check(&many), Err(ProjectFault::Many));
        assert_eq!(check(&" ".repeat(MAX_BYTES + 1)), Err(ProjectFault::Large));
    }
}
