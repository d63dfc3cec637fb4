//! Points as well-known binary.

use crate::domain::LonLat;

/// A point, longitude first, little-endian.
pub(super) fn point(at: LonLat) -> [u8; 21] {
    let mut bytes = [0; 21];
    bytes[0] = 1;
    bytes[1..5].copy_from_slice(&1_u32.to_le_bytes());
    bytes[5..13].copy_from_slice(&at.lon().to_le_bytes());
    bytes[13..].copy_from_slice(&at.lat().to_le_bytes());
    bytes
}
