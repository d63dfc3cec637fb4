//! The size of a figure, as people give it: a width and a height with their units, and the dots per inch.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

const POINTS_PER_INCH: f64 = 72.0;
const MM_PER_INCH: f64 = 25.4;

/// What is wrong with a size.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SizeError {
    /// Only one length.
    #[error("it needs a width and a height")]
    OneSide,
    /// No number.
    #[error("\"{0}\" is not a length")]
    Length(String),
    /// No unit.
    #[error("\"{0}\" is not a unit")]
    Unit(String),
    /// Too long, or nothing at all.
    #[error("a side of {0} is out of range, from 1 mm to 5 metres")]
    Range(Length),
    /// Dots per inch.
    #[error("{0} dots per inch are out of range: give a number from {MIN_DPI} to {MAX_DPI}")]
    Dpi(f64),
}

/// The fewest dots per inch that a figure can have.
pub const MIN_DPI: f64 = 20.0;
/// The most dots per inch that a figure can have.
pub const MAX_DPI: f64 = 2400.0;

/// A unit of length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Pixels, of which an inch has as many as there are dots.
    Px,
    /// Millimetres.
    Mm,
    /// Inches.
    In,
    /// Points: 72 to the inch.
    Pt,
}

impl Unit {
    /// Every unit.
    pub const ALL: [Self; 4] = [Self::Px, Self::Mm, Self::In, Self::Pt];

    /// The unit as it is written after a number.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Px => "px",
            Self::Mm => "mm",
            Self::In => "in",
            Self::Pt => "pt",
        }
    }

    /// Inches for one of it.
    fn inches(self, dpi: f64) -> f64 {
        match self {
            Self::Px => 1.0 / dpi,
            Self::Mm => 1.0 / MM_PER_INCH,
            Self::In => 1.0,
            Self::Pt => 1.0 / POINTS_PER_INCH,
        }
    }
}

/// A number with its unit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Length {
    /// How many.
    pub number: f64,
    /// Of what.
    pub unit: Unit,
}

impl Length {
    /// Points on paper.
    #[must_use]
    pub fn points(self, dpi: f64) -> f64 {
        self.number * self.unit.inches(dpi) * POINTS_PER_INCH
    }

    /// The same length in another unit, rounded to what can be told apart there: a pixel, or a hundredth.
    #[must_use]
    pub fn to(self, unit: Unit, dpi: f64) -> Self {
        let number = self.number * self.unit.inches(dpi) / unit.inches(dpi);
        let steps = if unit == Unit::Px { 1.0 } else { 100.0 };
        Self { number: (number * steps).round() / steps, unit }
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.number, self.unit.code())
    }
}

impl From<Length> for String {
    fn from(length: Length) -> Self {
        length.to_string()
    }
}

impl FromStr for Length {
    type Err = SizeError;

    /// Reads a number and its unit; pixels without one.
    fn from_str(text: &str) -> Result<Self, SizeError> {
        let (number, unit) = split_unit(text);
        let unit = match unit {
            "" => Unit::Px,
            word => Unit::ALL
                .into_iter()
                .find(|unit| unit.code() == word)
                .ok_or_else(|| SizeError::Unit(word.to_owned()))?,
        };
        let number: f64 = number.parse().map_err(|_| SizeError::Length(text.to_owned()))?;
        if !number.is_finite() {
            return Err(SizeError::Length(text.to_owned()));
        }
        Ok(Self { number, unit })
    }
}

impl TryFrom<String> for Length {
    type Error = SizeError;

    fn try_from(text: String) -> Result<Self, SizeError> {
        text.parse()
    }
}

/// Width, height and resolution of a figure: each side from a millimetre to five metres.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "RawSize")]
pub struct FigureSize {
    width: Length,
    height: Length,
    dpi: f64,
}

impl Default for FigureSize {
    /// A slide: 1920 by 1080 pixels, 96 of them an inch.
    fn default() -> Self {
        let [width, height] = [1920.0, 1080.0].map(|number| Length { number, unit: Unit::Px });
        Self { width, height, dpi: 96.0 }
    }
}

#[derive(Deserialize)]
struct RawSize {
    width: Length,
    height: Length,
    dpi: f64,
}

impl TryFrom<RawSize> for FigureSize {
    type Error = SizeError;

    fn try_from(RawSize { width, height, dpi }: RawSize) -> Result<Self, SizeError> {
        Self::new(width, height, dpi)
    }
}

impl FigureSize {
    /// The sides with `dpi` dots per inch.
    ///
    /// # Errors
    /// [`SizeError::Dpi`] and [`SizeError::Range`] for what is no size of a figure.
    pub fn new(width: Length, height: Length, dpi: f64) -> Result<Self, SizeError> {
        if !(MIN_DPI..=MAX_DPI).contains(&dpi) {
            return Err(SizeError::Dpi(dpi));
        }
        for side in [width, height] {
            let points = side.points(dpi);
            let millimetres = points / POINTS_PER_INCH * MM_PER_INCH;
            if !(1.0..=5000.0).contains(&millimetres) {
                return Err(SizeError::Range(side));
            }
        }
        Ok(Self { width, height, dpi })
    }

    /// Reads `WIDTHxHEIGHT` with `px` (default), `mm`, `in` or `pt`; a width without a unit has that of the height.
    ///
    /// # Errors
    /// [`SizeError`].
    pub fn parse(text: &str, dpi: f64) -> Result<Self, SizeError> {
        let lower = text.to_lowercase();
        let mut told = SizeError::OneSide;
        // The x of "1920pxx1080px" is the second one: what can be read is what is meant.
        for (first, at) in lower.match_indices('x').map(|(at, _)| at).enumerate() {
            match Self::of_sides(lower[..at].trim(), lower[at + 1..].trim(), dpi) {
                Ok(size) => return Ok(size),
                Err(error) if first == 0 => told = error,
                Err(_) => {}
            }
        }
        Err(told)
    }

    fn of_sides(width: &str, height: &str, dpi: f64) -> Result<Self, SizeError> {
        let width = match split_unit(width) {
            (number, "") => format!("{number}{}", split_unit(height).1),
            _ => width.to_owned(),
        };
        Self::new(width.parse()?, height.parse()?, dpi)
    }

    /// A width and a height in points, with 96 dots per inch.
    ///
    /// # Errors
    /// As [`FigureSize::new`].
    pub fn of_points(width: f32, height: f32) -> Result<Self, SizeError> {
        let [width, height] =
            [width, height].map(|side| Length { number: f64::from(side), unit: Unit::Pt });
        Self::new(width, height, 96.0)
    }

    /// Width.
    #[must_use]
    pub fn width(&self) -> Length {
        self.width
    }

    /// Height.
    #[must_use]
    pub fn height(&self) -> Length {
        self.height
    }

    /// Dots per inch.
    #[must_use]
    pub fn dpi(&self) -> f64 {
        self.dpi
    }

    /// Width and height in points.
    #[must_use]
    pub fn points(&self) -> [f32; 2] {
        #[expect(clippy::cast_possible_truncation, reason = "at most five metres")]
        [self.width, self.height].map(|side| side.points(self.dpi) as f32)
    }

    /// Width and height in pixels, rounded.
    #[must_use]
    pub fn pixels(&self) -> [u32; 2] {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "at most five metres of 2400 dots an inch"
        )]
        [self.width, self.height]
            .map(|side| (side.points(self.dpi) / POINTS_PER_INCH * self.dpi).round() as u32)
    }
}

impl fmt::Display for FigureSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}x{}", self.width, self.height)
    }
}

fn split_unit(side: &str) -> (&str, &str) {
    // From the end: "1e9" is a number, if too large a one.
    let number = side.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    (number.trim(), side[number.len()..].trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_read_in_pixels_millimetres_inches_and_points() {
        for (text, dpi, points) in [
            ("1920x1080", 96.0, [1440.0, 810.0]),
            ("170mmx100mm", 300.0, [481.89, 283.46]),
            ("170x100mm", 300.0, [481.89, 283.46]),
            ("8inX4.5in", 72.0, [576.0, 324.0]),
            ("600 pt x 400 pt", 72.0, [600.0, 400.0]),
            ("1920pxx1080px", 96.0, [1440.0, 810.0]),
        ] {
            let read = FigureSize::parse(text, dpi).unwrap().points();
            let near = |i: usize| (read[i] - points[i]).abs() < 0.01;
            assert!(near(0) && near(1), "{text}: {read:?}");
        }
        assert_eq!(FigureSize::parse("170mmx100mm", 300.0).unwrap().pixels(), [2008, 1181]);
    }

    #[test]
    fn what_is_no_size_is_refused() {
        for text in [
            "0x0",
            "100000x100",
            "1920",
            "ax b",
            "-5x200",
            "nanx200",
            "infx3",
            "1e9x200",
            "10cmx10cm",
            "",
            "x",
            "éx1mm",
            "10mmx",
            "mmxmm",
        ] {
            assert!(FigureSize::parse(text, 96.0).is_err(), "{text}");
        }
        for dpi in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e9] {
            assert!(matches!(FigureSize::parse("100x100", dpi), Err(SizeError::Dpi(_))), "{dpi}");
        }
    }

    #[test]
    fn a_size_is_saved_and_read_back_as_given() {
        let size = FigureSize::parse("85mmx4.5in", 300.0).unwrap();
        let text = serde_json::to_string(&size).unwrap();
        assert_eq!(text, r#"{"width":"85mm","height":"4.5in","dpi":300.0}"#);
        assert_eq!(serde_json::from_str::<FigureSize>(&text).unwrap(), size);
        for bad in
            [text.replace("85mm", "85km"), text.replace("300.0", "0"), text.replace("85", "1e300")]
        {
            assert!(serde_json::from_str::<FigureSize>(&bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_length_is_told_in_another_unit() {
        let width = Length { number: 170.0, unit: Unit::Mm };
        assert_eq!(width.to(Unit::Px, 300.0).to_string(), "2008px");
        assert_eq!(width.to(Unit::In, 300.0).to_string(), "6.69in");
        assert_eq!(width.to(Unit::Mm, 300.0), width);
    }
}
