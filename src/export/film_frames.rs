//! The frames of a film as pixels, each painted over what stays.

use std::ops::Range;
use std::time::{Duration, Instant};

use vello_cpu::{
    PixmapMut, RasterizerSettings, RenderContext, RenderSettings, Resources, TargetInit,
};

use super::ExportError;
use super::canvas::Canvas;
use super::film::{FilmDone, FilmInput};
use super::palette::Palette;
use super::raster::{checked_size, rasterize};
use crate::analysis::play::film::{DayMoment, Moment};
use crate::analysis::play::{FilmPlan, FilmSpec};
use crate::domain::DaySpan;
use crate::scene::film::{Film, PULSE_SECS};
use crate::scene::{Item, Placement, Rect, Scene};

/// Frames that the colours of a GIF are chosen from.
const SAMPLES: u32 = 32;

/// What stays on all frames of the play.
struct Still {
    rgba: Vec<u8>,
    /// The days of the strip, to be laid over what a day has below them.
    strip: Option<Layer>,
}

/// Draws the frames of a film in their order.
pub(super) struct FilmFrames<'a> {
    film: Film<'a>,
    plan: &'a FilmPlan,
    title: String,
    painter: Painter,
    /// What stays on all frames of the play, once it was painted.
    still: Option<Still>,
    /// A day of the play.
    day: Vec<u8>,
    /// The frame.
    now: Vec<u8>,
    /// Of which days [`Self::day`] is.
    window: Option<DaySpan>,
    /// Where the frame differs from its day.
    over: Vec<Area>,
    moment: Option<Moment>,
    done: FilmDone,
}

impl<'a> FilmFrames<'a> {
    pub(super) fn new(input: &FilmInput<'a>) -> Result<Self, ExportError> {
        let FilmInput { record, basemap, view, spec, plan } = *input;
        let film = Film::new(record, basemap, view, spec, plan);
        let [width, height] = spec.size_px;
        if !film.fits() {
            let plain = FilmSpec { title: Some("A".to_owned()), ..spec.clone() };
            if Film::new(record, basemap, view, &plain, plan).fits() {
                return Err(ExportError::Film(format!(
                    "the title of {} characters leaves a film of {width} × {height} pixels no room for its map: \
                     shorten it",
                    film.title().chars().count()
                )));
            }
            return Err(ExportError::Film(format!(
                "a film of {width} × {height} pixels has no room for its map beside title, legend and strip: choose \
                 other proportions, such as 16:9, 1:1 or 9:16"
            )));
        }
        let size = checked_size(f64::from(width), f64::from(height))?;
        let painter = Painter::new(size, f32::from(size[0]) / film.size().width);
        let title = spec.title.clone().unwrap_or_else(|| film.title().to_owned());
        Ok(Self {
            film,
            plan,
            title,
            painter,
            still: None,
            day: Vec::new(),
            now: Vec::new(),
            window: None,
            over: Vec::new(),
            moment: None,
            done: FilmDone::default(),
        })
    }

    /// How many there are.
    pub(super) fn frames(&self) -> u32 {
        self.plan.frames()
    }

    /// The title of the film.
    pub(super) fn title(&self) -> &str {
        &self.title
    }

    /// The frame drawn last.
    pub(super) fn rgba(&self) -> &[u8] {
        &self.now
    }

    /// What was done up to now.
    pub(super) fn done(&self) -> FilmDone {
        self.done
    }

    /// Draws a frame, and says whether it differs from the one drawn before.
    pub(super) fn draw(&mut self, frame: u32) -> Result<bool, ExportError> {
        let moment = self.plan.moment(frame, PULSE_SECS);
        if self.moment.as_ref() == Some(&moment) {
            return Ok(false);
        }
        match &moment {
            Moment::Title => self.card(Film::title_card)?,
            Moment::End => self.card(Film::end_card)?,
            Moment::Day(day) => self.play(day)?,
        }
        self.moment = Some(moment);
        self.done.drawn += 1;
        Ok(true)
    }

    fn card(&mut self, of: fn(&mut Film<'a>) -> Scene) -> Result<(), ExportError> {
        let scene = of(&mut self.film);
        self.now = rasterize(&scene, self.painter.scale)?.rgba;
        self.window = None;
        Ok(())
    }

    fn play(&mut self, moment: &DayMoment) -> Result<(), ExportError> {
        let start = Instant::now();
        let mut painted = Duration::ZERO;
        if self.window != Some(moment.window) {
            let items = self.film.day(moment);
            let start = Instant::now();
            let still = if let Some(still) = self.still.take() {
                still
            } else {
                let rgba = rasterize(&self.film.still(), self.painter.scale)?.rgba;
                let between = self.film.between();
                Still { rgba, strip: between.and_then(|b| self.painter.layer(b)) }
            };
            self.day.clear();
            self.day.extend_from_slice(&still.rgba);
            self.painter.paint_within(&mut self.day, &items.below);
            if let Some(strip) = &still.strip {
                strip.lay_over(usize::from(self.painter.size[0]), &mut self.day);
            }
            self.still = Some(still);
            self.painter.paint_within(&mut self.day, &items.above);
            self.now.clear();
            self.now.extend_from_slice(&self.day);
            self.over.clear();
            self.window = Some(moment.window);
            painted += start.elapsed();
        }
        let items = self.film.over(moment);
        let paint = Instant::now();
        let width = usize::from(self.painter.size[0]);
        for area in self.over.drain(..) {
            area.copy(width, &self.day, &mut self.now);
        }
        self.over = self.painter.paint_within(&mut self.now, &items);
        painted += paint.elapsed();
        self.done.paint += painted;
        self.done.scene += start.elapsed().saturating_sub(painted);
        Ok(())
    }

    /// The colours of the film, chosen from frames all over it.
    pub(super) fn palette(&mut self) -> Result<Palette, ExportError> {
        let frames = self.frames();
        let mut colours = super::palette::Colours::default();
        for sample in 0..SAMPLES {
            let last = u64::from(frames.saturating_sub(1));
            let frame = last * u64::from(sample) / u64::from(SAMPLES - 1);
            if self.draw(u32::try_from(frame).unwrap_or(0))? {
                colours.add(&self.now);
            }
        }
        self.moment = None;
        self.done = FilmDone::default();
        Ok(colours.palette())
    }
}

/// Some pixels of a frame: left, top, right and bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Area([u16; 4]);

impl Area {
    fn size(self) -> [u16; 2] {
        let Self([left, top, right, bottom]) = self;
        [right - left, bottom - top]
    }

    fn joined(self, other: Self) -> Option<Self> {
        let (Self([a, b, c, d]), Self([e, f, g, h])) = (self, other);
        let apart = a >= g || e >= c || b >= h || f >= d;
        (!apart).then(|| Self([a.min(e), b.min(f), c.max(g), d.max(h)]))
    }

    /// The bytes of each of its rows in a picture of some width.
    fn rows(self, width: usize) -> impl Iterator<Item = Range<usize>> {
        let Self([left, top, right, bottom]) = self;
        (top..bottom).map(move |y| {
            let row = usize::from(y) * width;
            (row + usize::from(left)) * 4..(row + usize::from(right)) * 4
        })
    }

    /// Copies its pixels from one picture to another of the same size.
    fn copy(self, width: usize, from: &[u8], to: &mut [u8]) {
        for row in self.rows(width) {
            if let (Some(from), Some(to)) = (from.get(row.clone()), to.get_mut(row)) {
                to.copy_from_slice(from);
            }
        }
    }
}

/// Pixels that are laid over others; their colours are multiplied with how much they cover.
struct Layer {
    area: Area,
    rgba: Vec<u8>,
}

impl Layer {
    fn lay_over(&self, width: usize, rgba: &mut [u8]) {
        let row = usize::from(self.area.size()[0]) * 4;
        for (over, place) in self.rgba.chunks_exact(row).zip(self.area.rows(width)) {
            let Some(under) = rgba.get_mut(place) else { continue };
            for (over, under) in over.chunks_exact(4).zip(under.chunks_exact_mut(4)) {
                let left = 255 - u16::from(over[3]);
                for (over, under) in over.iter().zip(under) {
                    let seen = (u16::from(*under) * left + 127) / 255;
                    *under = over.saturating_add(u8::try_from(seen).unwrap_or(u8::MAX));
                }
            }
        }
    }
}

/// Paints items over pixels that are there.
struct Painter {
    size: [u16; 2],
    /// Pixels per point.
    scale: f32,
    resources: Resources,
    context: Option<RenderContext>,
}

impl Painter {
    fn new(size: [u16; 2], scale: f32) -> Self {
        let settings = RenderSettings { num_threads: 0, ..RenderSettings::default() };
        let context = Some(RenderContext::new_with(size[0], size[1], settings));
        Self { size, scale, resources: Resources::new(), context }
    }

    /// Paints items where they can be seen, and says where.
    fn paint_within(&mut self, rgba: &mut [u8], items: &[Item]) -> Vec<Area> {
        let areas = self.areas(items);
        for area in &areas {
            self.paint(rgba, items, *area);
        }
        areas
    }

    /// Items of some place on nothing.
    fn layer(&mut self, (items, place): (&[Item], Rect)) -> Option<Layer> {
        let area = self.area(place)?;
        let [width, height] = self.size.map(usize::from);
        let mut rgba = vec![0; width * height * 4];
        self.paint(&mut rgba, items, area);
        Some(Layer { area, rgba: area.rows(width).flat_map(|row| rgba[row].to_vec()).collect() })
    }

    /// Paints what lies in an area.
    fn paint(&mut self, rgba: &mut [u8], items: &[Item], area: Area) {
        let Some(context) = self.context.take() else { return };
        let Area([left, top, ..]) = area;
        let origin = [f32::from(left), f32::from(top)];
        let mut canvas = Canvas::reusing(context, area.size(), self.scale, &mut self.resources);
        canvas.begin_at(origin);
        canvas.items(items, Placement::IDENTITY);
        let (context, resources) = canvas.finish();
        if let Some(target) = PixmapMut::new(self.size[0], self.size[1], rgba) {
            let settings = RasterizerSettings {
                target_init: TargetInit::SrcOver,
                offset: (left, top),
                ..RasterizerSettings::default()
            };
            context.render_with(target, resources, settings);
        }
        self.context = Some(context);
    }

    /// The pixels that some items can be seen in, as areas that do not overlap.
    fn areas(&self, items: &[Item]) -> Vec<Area> {
        let mut areas: Vec<Area> = Vec::new();
        for item in items {
            let Some(bounds) = bounds(item) else { continue };
            let Some(mut area) = self.area(bounds) else { continue };
            // What it is joined with may meet what it did not meet itself.
            while let Some(at) = areas.iter().position(|other| other.joined(area).is_some()) {
                let other = areas.swap_remove(at);
                area = other.joined(area).unwrap_or(area);
            }
            areas.push(area);
        }
        areas
    }

    fn area(&self, bounds: Rect) -> Option<Area> {
        let grown = bounds.grown(1.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "held to the range of the type"
        )]
        let pixel = |v: f32, most: u16| (v * self.scale).clamp(0.0, f32::from(most)) as u16;
        let [width, height] = self.size;
        let area = [
            pixel(grown.min[0], width),
            pixel(grown.min[1], height),
            pixel(grown.max[0] + 1.0, width),
            pixel(grown.max[1] + 1.0, height),
        ];
        (area[0] < area[2] && area[1] < area[3]).then_some(Area(area))
    }
}

/// The box around what an item paints, of a group that is clipped within the clip.
fn bounds(item: &Item) -> Option<Rect> {
    let join = |a: Rect, b: Rect| Rect {
        min: [a.min[0].min(b.min[0]), a.min[1].min(b.min[1])],
        max: [a.max[0].max(b.max[0]), a.max[1].max(b.max[1])],
    };
    match item {
        Item::Path(path) => {
            let reach = path.stroke.map_or(0.0, |stroke| stroke.width);
            Some(path.geometry.bounds().grown(reach))
        }
        Item::Circle(circle) => {
            let reach = circle.radius + circle.stroke.map_or(0.0, |stroke| stroke.width);
            Some(Rect { min: circle.center, max: circle.center }.grown(reach))
        }
        Item::Text(text) => {
            let reach = text.halo.map_or(0.0, |halo| halo.width) + text.shaped.size_pt() * 0.4;
            Some(text.shaped.box_at(text.origin).grown(reach))
        }
        Item::Group(group) => {
            let inside = group.items.iter().filter_map(bounds).reduce(join)?;
            let scale = group.placement.scale.max(1.0);
            let placed = Rect {
                min: group.placement.apply(inside.min),
                max: group.placement.apply(inside.max),
            };
            let placed = if scale > 1.0 { placed.grown(scale) } else { placed };
            match group.clip {
                None => Some(placed),
                Some(clip) => placed.overlaps(&clip).then(|| Rect {
                    min: [placed.min[0].max(clip.min[0]), placed.min[1].max(clip.min[1])],
                    max: [placed.max[0].min(clip.max[0]), placed.max[1].min(clip.max[1])],
                }),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_that_meet_are_joined_and_others_stay_apart() {
        let painter = Painter::new([100, 100], 1.0);
        let square = |x: f32, y: f32| {
            let place = Rect::from_min_size([x, y], 10.0, 10.0);
            crate::scene::shapes::filled(place, crate::scene::Rgba([0, 0, 0, 255]))
        };
        let areas = painter.areas(&[square(0.0, 0.0), square(60.0, 60.0), square(8.0, 8.0)]);
        assert_eq!(areas.len(), 2, "{areas:?}");
        assert!(areas.contains(&Area([0, 0, 20, 20])), "{areas:?}");
        assert!(painter.areas(&[square(200.0, 0.0)]).is_empty());
    }
}
