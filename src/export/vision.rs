//! A finished picture as other eyes see it: a simulation, to see before printing who can tell its colours apart.

use std::collections::HashMap;

use super::make::pixels_per_point;
use super::{ExportError, Pixels, encode_png, rasterize};
use crate::analysis::FigureSize;
use crate::scene::Rgba;
use crate::scene::color_vision::Vision;
use crate::scene::figure::Figure;

/// The picture as these eyes see it; for [`Vision::Normal`] the picture itself.
#[must_use]
pub fn seen(pixels: &Pixels, vision: Vision) -> Pixels {
    if vision == Vision::Normal {
        return pixels.clone();
    }
    // A figure has few colours beside the shades at edges.
    let mut known: HashMap<[u8; 4], [u8; 4]> = HashMap::new();
    let mut rgba = Vec::with_capacity(pixels.rgba.len());
    for pixel in pixels.rgba.chunks_exact(4) {
        let color = [pixel[0], pixel[1], pixel[2], pixel[3]];
        rgba.extend(*known.entry(color).or_insert_with(|| vision.seen(Rgba(color)).0));
    }
    Pixels { width: pixels.width, height: pixels.height, rgba }
}

/// A figure as a PNG as these eyes see it. The file says that it is a simulation, and not of what it was made.
///
/// # Errors
/// Those of [`rasterize`] and [`encode_png`].
pub fn figure_png(
    figure: &Figure,
    size: &FigureSize,
    vision: Vision,
) -> Result<Vec<u8>, ExportError> {
    let pixels = rasterize(&figure.scene, pixels_per_point(figure, size))?;
    let software = concat!("Sitrep ", env!("CARGO_PKG_VERSION"));
    let comment = comment(vision);
    let comment = comment.as_deref().map(|text| ("Comment", text));
    let texts: Vec<_> = std::iter::once(("Software", software)).chain(comment).collect();
    encode_png(&seen(&pixels, vision), size.dpi(), &texts)
}

/// What the file of such a picture says of itself; `None` for the picture as it is.
#[must_use]
pub fn comment(vision: Vision) -> Option<String> {
    (vision != Vision::Normal).then(|| {
        format!(
            "Simulation of colour vision: {}. Not the figure itself. After Machado, Oliveira and Fernandes, 2009.",
            vision.label()
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pixel_is_seen_with_the_same_eyes() {
        let rgba = [[200, 30, 30, 255], [30, 160, 30, 255], [255, 255, 255, 255]].concat();
        let picture = Pixels { width: 3, height: 1, rgba };
        assert_eq!(seen(&picture, Vision::Normal).rgba, picture.rgba);
        for vision in Vision::ALL {
            let seen = seen(&picture, vision);
            assert_eq!((seen.width, seen.height), (3, 1));
            for (is, was) in seen.rgba.chunks_exact(4).zip(picture.rgba.chunks_exact(4)) {
                let was = Rgba([was[0], was[1], was[2], was[3]]);
                assert_eq!(is, vision.seen(was).0);
            }
        }
        let grey = seen(&picture, Vision::Achromat);
        assert!(grey.rgba.chunks_exact(4).all(|p| p[0] == p[1] && p[1] == p[2]));
        assert_eq!(comment(Vision::Normal), None);
        assert!(comment(Vision::Protan).unwrap().starts_with("Simulation"));
    }
}
