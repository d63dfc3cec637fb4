//! The basemap asset: `MessagePack` with delta-coded integer coordinates. Its format is described in
//! `assets/basemap/README.md`.

use serde::Deserialize;

use crate::domain::basemap::{Area, AreaKind, Basemap, Corner, Credit, Line, LineKind, Town};

static ASSET: &[u8] = include_bytes!("../../assets/basemap/basemap.msgpack");

/// Why the basemap cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum BasemapError {
    /// Not `MessagePack` of the expected shape.
    #[error("the basemap cannot be read ({0}): rebuild it with assets/basemap/build.py")]
    Shape(#[from] rmp_serde::decode::Error),
    /// Another version of the format.
    #[error(
        "the basemap has the format \"{0}\", not sitrep-basemap/1: rebuild it with assets/basemap/build.py"
    )]
    Format(String),
}

#[derive(Deserialize)]
struct FileLayout {
    format: String,
    bounds: [f64; 4],
    units_per_degree: f64,
    levels: Vec<LevelLayout>,
    credits: Vec<CreditLayout>,
    areas: Vec<AreaLayout>,
    lines: Vec<LineLayout>,
    places: Vec<PlaceLayout>,
}

#[derive(Deserialize)]
struct LevelLayout {
    max_deviation_deg: f64,
}

#[derive(Deserialize)]
struct CreditLayout {
    text: String,
    licence: String,
    url: Option<String>,
    what: Option<String>,
}

/// First corner, then differences, x and y in turn.
type Deltas = Vec<i32>;

#[derive(Deserialize)]
struct AreaLayout {
    kind: String,
    id: Option<String>,
    name: Option<String>,
    name_ar: Option<String>,
    country: Option<String>,
    label: [i32; 2],
    rank: u8,
    geometry: Vec<Vec<Vec<Deltas>>>,
}

#[derive(Deserialize)]
struct LineLayout {
    kind: String,
    rank: u8,
    name: Option<String>,
    geometry: Vec<Vec<Deltas>>,
}

#[derive(Deserialize)]
struct PlaceLayout {
    name: String,
    name_ar: Option<String>,
    lon: i32,
    lat: i32,
    country: String,
    population: u32,
    rank: u8,
}

/// The basemap that is built into the program.
///
/// # Errors
/// [`BasemapError`] when the asset is damaged; a test proves that the shipped one is not.
pub fn load() -> Result<Basemap, BasemapError> {
    read(ASSET)
}

/// Size of the built-in asset in bytes.
#[must_use]
pub fn asset_bytes() -> usize {
    ASSET.len()
}

fn read(bytes: &[u8]) -> Result<Basemap, BasemapError> {
    let file: FileLayout = rmp_serde::from_slice(bytes)?;
    if file.format != "sitrep-basemap/1" {
        return Err(BasemapError::Format(file.format));
    }
    let units = file.units_per_degree;
    let areas = file.areas.into_iter().filter_map(|a| area(a, units)).collect();
    let lines = file.lines.into_iter().filter_map(|l| line(l, units)).collect();
    let towns = file
        .places
        .into_iter()
        .map(|p| Town {
            name: p.name,
            name_ar: p.name_ar,
            position: degrees(p.lon, p.lat, units),
            country: p.country,
            population: p.population,
            rank: p.rank,
        })
        .collect();
    Ok(Basemap {
        bounds: file.bounds,
        level_deviation_deg: file.levels.into_iter().map(|l| l.max_deviation_deg).collect(),
        credits: file
            .credits
            .into_iter()
            .map(|c| Credit { text: c.text, licence: c.licence, url: c.url, what: c.what })
            .collect(),
        areas,
        lines,
        towns,
    })
}

fn area(a: AreaLayout, units: f64) -> Option<Area> {
    let kind = match a.kind.as_str() {
        "country" => AreaKind::Country,
        "governorate" => AreaKind::Governorate,
        "lake" => AreaKind::Lake,
        _ => return None,
    };
    let polygon = |rings: Vec<Deltas>| rings.iter().map(|r| corners(r, units)).collect();
    Some(Area {
        kind,
        id: a.id.unwrap_or_default(),
        name: a.name.unwrap_or_default(),
        name_ar: a.name_ar,
        country: a.country.unwrap_or_default(),
        label: degrees(a.label[0], a.label[1], units),
        rank: a.rank,
        levels: a.geometry.into_iter().map(|l| l.into_iter().map(polygon).collect()).collect(),
    })
}

fn line(l: LineLayout, units: f64) -> Option<Line> {
    let kind = match l.kind.as_str() {
        "coast" => LineKind::Coast,
        "border" => LineKind::Border,
        "border_disputed" => LineKind::DisputedBorder,
        "governorate_border" => LineKind::GovernorateBorder,
        "river" => LineKind::River,
        _ => return None,
    };
    let levels =
        l.geometry.iter().map(|level| level.iter().map(|d| corners(d, units)).collect()).collect();
    Some(Line { kind, rank: l.rank, name: l.name, levels })
}

fn corners(deltas: &[i32], units: f64) -> Vec<Corner> {
    let (mut x, mut y) = (0_i32, 0_i32);
    deltas
        .chunks_exact(2)
        .map(|d| {
            x = x.saturating_add(d[0]);
            y = y.saturating_add(d[1]);
            degrees(x, y, units)
        })
        .collect()
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "f32 holds a degree to a metre, finer than the data"
)]
fn degrees(x: i32, y: i32, units: f64) -> Corner {
    [(f64::from(x) / units) as f32, (f64::from(y) / units) as f32]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_basemap_is_small_and_covers_the_region() {
        assert!(asset_bytes() <= 2_000_000, "{} bytes", asset_bytes());
        let map = load().unwrap();
        let [west, south, east, north] = map.bounds;
        assert!(west <= 33.0 && south <= 27.0 && east >= 51.0 && north >= 40.0);
        for kind in [
            LineKind::Coast,
            LineKind::Border,
            LineKind::DisputedBorder,
            LineKind::GovernorateBorder,
            LineKind::River,
        ] {
            assert!(map.lines.iter().any(|l| l.kind == kind), "no {kind:?}");
        }
        let governorates = |country: &str| {
            map.areas
                .iter()
                .filter(|a| a.kind == AreaKind::Governorate && a.country == country)
                .count()
        };
        assert!((18..=19).contains(&governorates("IQ")), "{}", governorates("IQ"));
        assert_eq!(governorates("SY"), 14);
        let baghdad = map.towns.iter().find(|t| t.name == "Baghdad").unwrap();
        assert_eq!((baghdad.rank, baghdad.name_ar.as_deref()), (1, Some("بغداد")));
        assert!(map.credits.iter().any(|c| c.text.contains("Natural Earth")));
    }

    #[test]
    fn a_damaged_basemap_is_an_error_and_not_a_panic() {
        assert!(read(b"").is_err() && read(&ASSET[..ASSET.len() / 2]).is_err());
    }
}
