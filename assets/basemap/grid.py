"""The frame of the basemap: its box, its integer grid, its levels, and delta coding."""

import numpy as np
import shapely

WEST, SOUTH, EAST, NORTH = 14, 12, 70, 52
BOX = shapely.box(WEST, SOUTH, EAST, NORTH)
# The map's subject; all around it is surroundings, drawn coarser, with large lakes and few towns.
REGION = shapely.box(32.5, 26.5, 51.5, 40.5)
# Where land is drawn in full detail: all of Cyprus too.
DETAIL = shapely.union(shapely.box(33, 27, 51, 40), shapely.box(32.2, 34.4, 33, 35.8))
VISIBLE = shapely.box(33.3, 27.3, 50.7, 39.7)  # labels stay inside this
UNITS = 10_000
STEP = 1 / UNITS

MAX_DEVIATION_DEG = [0.02, 0.005, 0.001]
FAR_DEVIATION_DEG = [0.05, 0.01, 0.01]  # in the surroundings
# Islands and lakes below this size are left out, by level (square degrees; 1e-4 is about 1 km2).
SMALLEST_ISLAND = [1.5e-3, 2e-4, 1e-5]
SMALLEST_FAR_ISLAND = [2.0e-2, 2e-3, 2e-3]
SMALLEST_LAKE = [1.0e-2, 1e-3, 2e-4]


def to_units(coordinates) -> list:
    """Degrees to integer grid points, without repeated neighbours."""
    points = [tuple(p) for p in np.rint(np.asarray(coordinates, dtype=float)[:, :2] * UNITS).astype(int).tolist()]
    return [p for i, p in enumerate(points) if i == 0 or p != points[i - 1]]


def delta_coded(points: list) -> list:
    """[x0, y0, dx, dy, ...] of integer points."""
    out, before = [], (0, 0)
    for x, y in points:
        out += [x - before[0], y - before[1]]
        before = (x, y)
    return out


def coded_ring(points: list) -> list:
    """A ring without its repeated last point, turned to start at its smallest point, delta-coded."""
    points = points[:-1] if points[0] == points[-1] else points
    first = points.index(min(points))
    return delta_coded(points[first:] + points[:first])


def coded_polygons(geometry) -> list:
    """Polygons as the file holds them: sorted, outer rings counter-clockwise, holes clockwise."""
    polygons = []
    for part in shapely.get_parts(geometry):
        if part.geom_type != "Polygon" or part.area == 0:
            continue
        part = shapely.geometry.polygon.orient(part)
        rings = [to_units(ring.coords) for ring in [part.exterior, *part.interiors]]
        rings = [coded_ring(ring) for ring in rings if len(set(ring)) >= 3]
        if rings:
            polygons.append([rings[0], *sorted(rings[1:])])
    return sorted(polygons)


def coded_lines(lines: list) -> list:
    """Polylines of integer points as the file holds them."""
    return sorted(delta_coded(line) for line in lines if len(line) >= 2)
