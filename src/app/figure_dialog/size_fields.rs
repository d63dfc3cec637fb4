//! The controls for the size of a figure: preset, width, height, unit and dots per inch.

use egui::Ui;

use super::rows::{choice, name, row};
use crate::analysis::{FigureSize, Length, Preset, SizeError, Unit};
use crate::export::make::raised;

/// Units that people choose from.
const UNITS: [Unit; 3] = [Unit::Px, Unit::Mm, Unit::In];

/// What is typed, until it is a size.
#[derive(Default)]
pub(super) struct SizeFields {
    /// The size that the fields were filled from, or made.
    of: Option<FigureSize>,
    width: String,
    height: String,
    dpi: String,
    wrong: Option<String>,
    /// Whether the height is a proposal, which gives way to what the figure needs.
    proposed: bool,
}

impl SizeFields {
    /// What is wrong with what is typed.
    pub(super) fn wrong(&self) -> Option<&str> {
        self.wrong.as_deref()
    }

    /// Makes a proposed height as high as the figure needs.
    pub(super) fn propose(&mut self, size: &mut FigureSize, least: f32) {
        if self.proposed {
            *size = raised(size, least);
        }
    }

    pub(super) fn show(&mut self, ui: &mut Ui, size: &mut FigureSize) {
        if self.of != Some(*size) {
            self.fill(size);
        }
        row(ui, "Preset", |ui, id| {
            let mut preset = Preset::of(size);
            let all = Preset::ALL.into_iter().map(Some);
            let label = |preset: Option<Preset>| preset.map_or("A size of your own", Preset::label);
            if choice(ui, ("preset", id), &mut preset, all, label)
                && let Some(preset) = preset
                && let Some(of_preset) = preset.size()
            {
                *size = of_preset;
                self.fill(size);
                self.proposed = preset.is_width();
            }
        });
        let mut typed = false;
        row(ui, "Width", |ui, id| {
            typed |= field(ui, id, &mut self.width);
            let id = name(ui, "Height", 44.0);
            let high = field(ui, id, &mut self.height);
            self.proposed &= !high;
            typed |= high;
            let mut unit = size.width().unit;
            let id = name(ui, "in", 14.0);
            if choice(ui, ("unit", id), &mut unit, UNITS, Unit::code) {
                let [width, height] = [size.width(), size.height()].map(|l| l.to(unit, size.dpi()));
                if let Ok(same) = FigureSize::new(width, height, size.dpi()) {
                    *size = same;
                    self.fill(size);
                }
            }
        });
        row(ui, "Resolution", |ui, id| {
            typed |= field(ui, id, &mut self.dpi);
            ui.weak("dots per inch");
        });
        if typed {
            match self.typed(size.width().unit) {
                Ok(read) => {
                    *size = read;
                    self.of = Some(read);
                    self.wrong = None;
                }
                Err(wrong) => self.wrong = Some(wrong),
            }
        }
    }

    fn fill(&mut self, size: &FigureSize) {
        self.width = size.width().number.to_string();
        self.height = size.height().number.to_string();
        self.dpi = size.dpi().to_string();
        self.of = Some(*size);
        self.wrong = None;
    }

    /// What is typed as a size; a number may have a unit of its own.
    fn typed(&self, unit: Unit) -> Result<FigureSize, String> {
        let length = |typed: &str| -> Result<Length, SizeError> {
            let typed = typed.trim().to_lowercase().replace(',', ".");
            if typed.ends_with(|c: char| c.is_ascii_alphabetic()) {
                return typed.parse();
            }
            format!("{typed}{}", unit.code()).parse()
        };
        let dpi: f64 = self.dpi.trim().parse().unwrap_or(f64::NAN);
        if dpi.is_nan() {
            return Err(format!("\"{}\" is not a number of dots per inch", self.dpi.trim()));
        }
        let [width, height] = [&self.width, &self.height].map(|typed| {
            length(typed).map_err(|_| format!("\"{}\" is not a length", typed.trim()))
        });
        FigureSize::new(width?, height?, dpi).map_err(|error| error.to_string())
    }
}

fn field(ui: &mut Ui, named_by: egui::Id, value: &mut String) -> bool {
    const WIDTH: f32 = 52.0;
    let edit = egui::TextEdit::singleline(value).desired_width(WIDTH).char_limit(12);
    ui.add(edit).labelled_by(named_by).changed()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(width: &str, height: &str, dpi: &str) -> Result<String, String> {
        let [width, height, dpi] = [width, height, dpi].map(str::to_owned);
        let fields = SizeFields { width, height, dpi, ..SizeFields::default() };
        fields.typed(Unit::Mm).map(|size| size.to_string())
    }

    #[test]
    fn numbers_are_read_in_the_unit_chosen_or_in_one_of_their_own() {
        assert_eq!(check("170", "110", "300").unwrap(), "170mmx110mm");
        assert_eq!(check("8.5 in", "110,5", "300").unwrap(), "8.5inx110.5mm");
    }

    #[test]
    fn what_is_no_size_is_told() {
        for (width, height, dpi, told) in [
            ("x", "1", "300", "\"x\" is not a length"),
            ("", "1", "300", "\"\" is not a length"),
            ("170", "1e9", "300", "out of range"),
            ("-5", "100", "300", "out of range"),
            ("nan", "100", "300", "not a length"),
            ("170", "100", "0", "out of range"),
            ("170", "100", "a lot", "dots per inch"),
        ] {
            let wrong = check(width, height, dpi).unwrap_err();
            assert!(wrong.contains(told), "{wrong}");
        }
    }
}
