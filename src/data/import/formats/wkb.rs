//! Shapes in well-known binary (ISO 19125 and the extended form of `PostGIS`), of which the extent is kept.

use super::shape::Shape;

/// Shapes stand no deeper in one another.
const DEEPEST: usize = 16;

/// The extent of a shape; `None` when the bytes are none.
pub(super) fn read(bytes: &[u8]) -> Option<Shape> {
    let mut shape = Shape::default();
    Reader { bytes }.shape(&mut shape, 0)?;
    Some(shape)
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.bytes.split_first_chunk()?;
        self.bytes = rest;
        Some(*first)
    }

    fn number(&mut self, is_little: bool) -> Option<u32> {
        let bytes = self.take()?;
        Some(if is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    fn coordinate(&mut self, is_little: bool) -> Option<f64> {
        let bytes = self.take()?;
        Some(if is_little { f64::from_le_bytes(bytes) } else { f64::from_be_bytes(bytes) })
    }

    fn shape(&mut self, shape: &mut Shape, depth: usize) -> Option<()> {
        if depth > DEEPEST {
            return None;
        }
        let [order] = self.take()?;
        let is_little = match order {
            0 => false,
            1 => true,
            _ => return None,
        };
        let kind = self.number(is_little)?;
        if kind & 0x2000_0000 != 0 {
            self.number(is_little)?;
        }
        let plain = kind & 0x0fff_ffff;
        // ISO counts height and measure in thousands, PostGIS sets a bit for each.
        let more = match plain / 1000 {
            0 => usize::from(kind & 0x8000_0000 != 0) + usize::from(kind & 0x4000_0000 != 0),
            1 | 2 => 1,
            3 => 2,
            _ => return None,
        };
        match plain % 1000 {
            1 => self.points(shape, 1, more, is_little),
            2 => {
                let count = self.number(is_little)?;
                self.points(shape, count, more, is_little)
            }
            3 => {
                for _ in 0..self.number(is_little)? {
                    let count = self.number(is_little)?;
                    self.points(shape, count, more, is_little)?;
                }
                Some(())
            }
            4..=7 => {
                for _ in 0..self.number(is_little)? {
                    self.shape(shape, depth + 1)?;
                }
                Some(())
            }
            _ => None,
        }
    }

    fn points(
        &mut self,
        shape: &mut Shape,
        count: u32,
        more: usize,
        is_little: bool,
    ) -> Option<()> {
        for _ in 0..count {
            let (x, y) = (self.coordinate(is_little)?, self.coordinate(is_little)?);
            for _ in 0..more {
                self.coordinate(is_little)?;
            }
            // An empty point is written as no numbers.
            if x.is_finite() && y.is_finite() {
                shape.add(x, y);
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(kind: u32, numbers: &[f64]) -> Vec<u8> {
        let mut bytes = vec![1];
        bytes.extend(kind.to_le_bytes());
        for n in numbers {
            bytes.extend(n.to_le_bytes());
        }
        bytes
    }

    #[test]
    fn points_are_read_with_height_and_reference_system() {
        let plain = point(1, &[44.5, 33.25]);
        let mut with_system = vec![1];
        with_system.extend((0x2000_0001_u32).to_le_bytes());
        with_system.extend(4326_u32.to_le_bytes());
        with_system.extend(&plain[5..]);
        for bytes in [
            plain,
            point(1001, &[44.5, 33.25, 9.0]),
            point(3001, &[44.5, 33.25, 9.0, 1.0]),
            point(0x8000_0001, &[44.5, 33.25, 9.0]),
            with_system,
        ] {
            assert_eq!(read(&bytes).and_then(|s| s.middle()), Some([44.5, 33.25]), "{bytes:?}");
        }
        assert_eq!(read(&point(1, &[f64::NAN; 2])).map(|s| s.middle()), Some(None));
    }

    #[test]
    fn what_is_cut_or_claims_more_than_there_is_gets_refused() {
        let line = {
            let mut bytes = vec![1, 2, 0, 0, 0, 2, 0, 0, 0];
            for n in [44.0_f64, 33.0, 44.02, 33.02] {
                bytes.extend(n.to_le_bytes());
            }
            bytes
        };
        assert_eq!(read(&line).map(|s| s.precision()), Some("settlement"));
        for length in 0..line.len() {
            assert_eq!(read(&line[..length]), None);
        }
        let many = [1, 2, 0, 0, 0, 255, 255, 255, 255];
        assert_eq!(read(&many), None);
        let nested: Vec<u8> = [1, 7, 0, 0, 0, 1, 0, 0, 0].repeat(100_000);
        assert_eq!(read(&nested), None);
    }
}
