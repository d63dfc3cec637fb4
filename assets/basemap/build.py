"""Rebuild basemap.msgpack from named packages.

    pip install -r requirements.txt
    python build.py [--cache DIR] [--out FILE]

The same packages give the same bytes. See README.md for the format and LICENCES.md for what is owed to whom.
"""

import argparse
import collections
import pathlib
import sys
import tempfile

import msgpack
import shapely

import land
import places
import water
from grid import (BOX, EAST, MAX_DEVIATION_DEG, NORTH, SOUTH, UNITS, VISIBLE, WEST, coded_lines, coded_polygons)
from names import COUNTRIES, GOVERNORATES

HERE = pathlib.Path(__file__).resolve().parent
LEVELS = range(len(MAX_DEVIATION_DEG))
CREDITS = [
    {"text": "Natural Earth", "licence": "public domain", "url": "https://www.naturalearthdata.com",
     "what": "countries, borders, coasts, governorates"},
    {"text": "GSHHG/WDBII", "licence": "LGPL-3.0-or-later", "url": "https://www.soest.hawaii.edu/pwessel/gshhg/",
     "what": "lakes, rivers"},
    {"text": "GeoNames", "licence": "CC BY 4.0", "url": "https://www.geonames.org", "what": "towns"},
]


def report(text: str) -> None:
    """One line of the build's output."""
    sys.stdout.write(text + "\n")


def label_point(shape) -> list:
    """A point well inside the visible part of an area."""
    seen = shape.intersection(VISIBLE)
    parts = [p for p in shapely.get_parts(seen if not seen.is_empty else shape) if p.geom_type == "Polygon"]
    point = shapely.maximum_inscribed_circle(max(parts, key=lambda p: p.area), tolerance=0.005).coords[0]
    return [round(point[0] * UNITS), round(point[1] * UNITS)]


def country_areas(lands: dict, levels: list) -> list:
    """Countries; Iraq and Syria are the sum of their governorates, so the two never disagree."""
    out = []
    for code in sorted(lands):
        name, arabic, label, rank = COUNTRIES[code]
        shapes = [shapely.coverage_union_all([s for k, s in faces.items() if k.split("-")[0] == code]) for faces in levels]
        if label is None:
            label = [v / UNITS for v in label_point(shapes[-1])]
        if not shapes[-1].contains(shapely.Point(label)):
            raise SystemExit(f"the label of {name} is not inside it")
        out.append({
            "kind": "country", "id": code, "name": name, "name_ar": arabic or lands[code][1], "country": code,
            "label": [round(v * UNITS) for v in label], "rank": rank,
            "geometry": [coded_polygons(s) for s in shapes]})
    return out


def governorate_areas(provinces: dict, levels: list) -> list:
    """Governorates of Iraq and Syria."""
    out = []
    for code in sorted(provinces):
        name, arabic, rank, source = GOVERNORATES[code]
        area = {
            "kind": "governorate", "id": code, "name": name, "name_ar": arabic, "country": code[:2],
            "label": label_point(levels[-1][code]), "rank": rank,
            "geometry": [coded_polygons(faces[code]) for faces in levels]}
        if source != name:
            area["name_source"] = source
        out.append(area)
    return out


def lake_areas(lakes: list, lands: dict) -> list:
    """Lakes, the largest first; those without a known name keep none."""
    out = []
    for number, (shape, row, area) in enumerate(lakes, 1):
        inside = shape.representative_point()
        nearest = min(sorted(lands), key=lambda code: lands[code][0].distance(inside))
        name, arabic, country, rank = row or (None, None, nearest, 4)
        at = [water.lake_at(shape, level) for level in LEVELS]
        out.append({
            "kind": "lake", "id": f"lake-{number:02}", "name": name, "name_ar": arabic, "country": country,
            "label": label_point(shape), "rank": rank,
            "geometry": [coded_polygons(s) if s is not None else [] for s in at]})
    return out


def border_lines(levels: list, inner_lines: list) -> list:
    """Coasts, borders and governorate borders, one item for each pair of neighbours."""
    grouped = [land.edges_by_kind(faces) for faces in levels]
    ranks = {"coast": 1, "border": 1, "border_disputed": 1, "governorate_border": 2}
    out = []
    for key in sorted({key for groups in grouped for key in groups}):
        out.append({"kind": key[0], "rank": ranks[key[0]], "name": None, "name_ar": None,
                    "geometry": [coded_lines(groups.get(key, [])) for groups in grouped]})
    for line in inner_lines:
        parts = [water.river_at(line, level, []) for level in LEVELS]
        out.append({"kind": "border_disputed", "rank": 2, "name": None, "name_ar": None,
                    "geometry": [coded_lines(p) for p in parts]})
    return out


def river_lines(rivers: list, lakes: list) -> list:
    """Rivers, each one item."""
    there = [[s for s in (water.lake_at(shape, level) for shape, _, _ in lakes) if s is not None] for level in LEVELS]
    return [{"kind": "river", "rank": rank, "name": name, "name_ar": arabic,
             "geometry": [coded_lines(water.river_at(line, level, there[level])) for level in LEVELS]}
            for name, arabic, rank, line in rivers]


def summary(document: dict, size: int) -> None:
    """Bytes, counts and vertices per level and kind."""
    report(f"{size} bytes, {len(document['areas'])} areas, {len(document['lines'])} lines, {len(document['places'])} places")
    for level in LEVELS:
        count = collections.Counter()
        for area in document["areas"]:
            count[area["kind"]] += sum(len(r) // 2 for p in area["geometry"][level] for r in p)
        for line in document["lines"]:
            count[line["kind"]] += sum(len(r) // 2 for r in line["geometry"][level])
        report(f"level {level}: {sum(count.values())} vertices  " + "  ".join(f"{k} {v}" for k, v in sorted(count.items())))
    ranks = collections.Counter(p["rank"] for p in document["places"])
    report("places by rank: " + "  ".join(f"{r}: {n}" for r, n in sorted(ranks.items())))


def build(cache: pathlib.Path, out: pathlib.Path) -> None:
    lands = land.countries(cache)
    provinces = land.governorates(cache)
    faces = land.fine_coverage(lands, provinces)
    levels = [land.simplified(faces, level) for level in LEVELS]
    for level, coarse in enumerate(levels):
        report("level {}: areas deviate at most {:.4f} deg, in the surroundings {:.4f}".format(
            level, *land.deviation(faces, coarse, level)))
    inner_lines = land.inner_disputed_lines(cache, lands)
    lakes = water.lakes(cache)
    rivers = water.rivers(cache, report)
    document = {
        "format": "sitrep-basemap/1",
        "bounds": [WEST, SOUTH, EAST, NORTH],
        "units_per_degree": UNITS,
        "levels": [{"max_deviation_deg": d} for d in MAX_DEVIATION_DEG],
        "credits": CREDITS,
        "areas": country_areas(lands, levels) + governorate_areas(provinces, levels) + lake_areas(lakes, lands),
        "lines": border_lines(levels, inner_lines) + river_lines(rivers, lakes),
        "places": places.places(cache, report),
    }
    data = msgpack.packb(document)
    part = out.with_suffix(".part")
    part.write_bytes(data)
    part.replace(out)
    summary(document, len(data))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cache", type=pathlib.Path, help="folder that keeps the fetched packages")
    parser.add_argument("--out", type=pathlib.Path, default=HERE / "basemap.msgpack")
    options = parser.parse_args()
    if options.cache:
        options.cache.mkdir(parents=True, exist_ok=True)
        build(options.cache.resolve(), options.out)
        return
    with tempfile.TemporaryDirectory() as temporary:
        build(pathlib.Path(temporary), options.out)


if __name__ == "__main__":
    main()
