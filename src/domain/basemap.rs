//! The basemap as data: areas, lines and towns in degrees, in a few levels of detail.

/// What the map is drawn on.
#[derive(Clone, Debug, Default)]
pub struct Basemap {
    /// West, south, east, north in degrees.
    pub bounds: [f64; 4],
    /// The largest error of each level, in degrees, coarse to fine.
    pub level_deviation_deg: Vec<f64>,
    /// Whom to credit.
    pub credits: Vec<Credit>,
    /// Countries, governorates and lakes.
    pub areas: Vec<Area>,
    /// Coasts, borders and rivers.
    pub lines: Vec<Line>,
    /// Towns.
    pub towns: Vec<Town>,
}

/// A work that the basemap is made from.
#[derive(Clone, Debug)]
pub struct Credit {
    /// The words to show.
    pub text: String,
    /// Its licence.
    pub licence: String,
    /// Its address.
    pub url: Option<String>,
    /// What of the map is taken from it: "towns".
    pub what: Option<String>,
}

/// Longitude and latitude in degrees; plain numbers, because there are tens of thousands.
pub type Corner = [f32; 2];

/// A polygon: the outer ring first, then the holes; the first corner is not repeated.
pub type Polygon = Vec<Vec<Corner>>;

/// What an area is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AreaKind {
    /// A country or territory.
    Country,
    /// A governorate of Iraq or Syria.
    Governorate,
    /// A lake or reservoir.
    Lake,
}

/// A filled area.
#[derive(Clone, Debug)]
pub struct Area {
    /// What it is.
    pub kind: AreaKind,
    /// Identifier: ISO 3166 where there is one.
    pub id: String,
    /// English name.
    pub name: String,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// ISO 3166-1 alpha-2 of the country.
    pub country: String,
    /// Where a label sits well.
    pub label: Corner,
    /// 1 is most important.
    pub rank: u8,
    /// Polygons for each level, coarse to fine.
    pub levels: Vec<Vec<Polygon>>,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// Land against sea.
    Coast,
    /// Between two countries.
    Border,
    /// Between two countries, disputed.
    DisputedBorder,
    /// Between two governorates.
    GovernorateBorder,
    /// A river.
    River,
}

/// A line.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it is.
    pub kind: LineKind,
    /// 1 is most important.
    pub rank: u8,
    /// Name, where known.
    pub name: Option<String>,
    /// Polylines for each level, coarse to fine.
    pub levels: Vec<Vec<Vec<Corner>>>,
}

/// A town.
#[derive(Clone, Debug)]
pub struct Town {
    /// English name.
    pub name: String,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// Where.
    pub position: Corner,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Inhabitants.
    pub population: u32,
    /// 1 (national capital) to 5 (small town).
    pub rank: u8,
}
