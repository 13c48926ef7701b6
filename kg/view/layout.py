"""Where the nodes of the page stand.

Such graphs are dandelions: a few places with a hundred things each that hang on nothing else.
A plain force layout makes a hairball of them, so the work is split:

1. Leaves (one neighbour) fill a disc around their neighbour, on a brick lattice wide enough
   for their labels, sorted so that each class has a sector of its own.
2. What is left, a tenth of the edges, is laid out by forces (link, charge, collision as in
   d3-force; M. Bostock, "Force-directed graph layout"), each node as large as its disc.
3. Nodes without neighbours stand in rows below.

A network with regions is laid out twice: each region by itself in this way, then the regions as
discs by the same forces, drawn together by the edges between them.

Only additions, products, quotients and square roots of float64 are used in the iteration, each
of them exact to the last bit by IEEE 754, and sums run over the first axis, which numpy adds
row by row. So the same graph has the same picture on every machine; results are integers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

# The cell of one label: seven Chinese characters of 12 px and two lines under a dot.
CELL_WIDTH = 92.0
CELL_HEIGHT = 52.0
HUB_CLEARANCE = 58.0
LONE_RADIUS = 38.0
LINK_GAP = 8.0
REGION_MARGIN = 30.0
REGION_GAP = 40.0
SPREAD_ROUNDS = 80
CHARGE = 2.5
GRAVITY = 0.03
FEWEST_STEPS, MOST_STEPS, PAIRS_IN_ALL = 140, 320, 120_000

Array = npt.NDArray[np.float64]
Point = tuple[int, int]


def place(keys: Sequence[tuple[str, str]], edges: Sequence[tuple[int, int]]) -> tuple[Point, ...]:
    """Coordinates in pixels for each node.

    `keys` are (class, name) of the nodes, by which leaves are sorted around their hub;
    `edges` are pairs of indices into it. The result depends on nothing else.
    """
    neighbours: list[set[int]] = [set() for _ in keys]
    for source, target in edges:
        if source != target:
            neighbours[source].add(target)
            neighbours[target].add(source)
    leaves = _leaves(neighbours)
    lone = [index for index, near in enumerate(neighbours) if not near]
    hanging = {leaf for group in leaves.values() for leaf in group}
    core = [index for index in range(len(keys)) if neighbours[index] and index not in hanging]
    discs = {hub: _disc(len(group)) for hub, group in leaves.items()}
    points: dict[int, tuple[float, float]] = {}
    for index, point in zip(core, _forces(core, neighbours, discs), strict=True):
        points[index] = point
    for hub, group in sorted(leaves.items()):
        slots = sorted(discs[hub], key=lambda slot: (_angle(slot), slot))
        for leaf, (x, y) in zip(sorted(group, key=lambda each: keys[each]), slots, strict=True):
            points[leaf] = (points[hub][0] + x, points[hub][1] + y)
    points.update(_rows(sorted(lone, key=lambda each: keys[each]), points))
    return tuple((round(points[index][0]), round(points[index][1])) for index in range(len(keys)))


def place_regions(
    keys: Sequence[tuple[str, str]], edges: Sequence[tuple[int, int]], regions: Sequence[int | None]
) -> tuple[Point, ...]:
    """Coordinates in pixels for each node, those of a region in a disc that is clear of the others.

    `keys` and `edges` are as for `place`; `regions` has the number of each node's region. Groups
    that belong to none stand around them, single nodes in rows below.
    """
    parts = _parts(len(keys), edges, regions)
    linked = {node for edge in edges if edge[0] != edge[1] for node in edge}
    lone = [group[0] for group in parts if not linked.intersection(group)]
    groups = [group for group in parts if linked.intersection(group)]
    part = {index: number for number, group in enumerate(groups) for index in group}
    inside: list[list[tuple[int, int]]] = [[] for _ in groups]
    between: set[tuple[int, int]] = set()
    for source, target in edges:
        a, b = part.get(source), part.get(target)
        if a is not None and a == b:
            inside[a].append((source, target))
        elif a is not None and b is not None:
            between.add((min(a, b), max(a, b)))
    local = [_local(group, keys, links) for group, links in zip(groups, inside, strict=True)]
    radii = [_extent(points) + REGION_MARGIN for points in local]
    points: dict[int, tuple[float, float]] = {}
    for group, (x, y) in zip(local, _relax(radii, sorted(between), gap=REGION_GAP), strict=True):
        points.update({index: (x + dx, y + dy) for index, (dx, dy) in group.items()})
    points.update(_rows(sorted(lone, key=lambda each: keys[each]), points))
    return tuple((round(points[index][0]), round(points[index][1])) for index in range(len(keys)))


def _parts(count: int, edges: Sequence[tuple[int, int]], regions: Sequence[int | None]) -> list[list[int]]:
    """The members of each region, then those of each component among the nodes that have none."""
    head = list(range(count))

    def root(node: int) -> int:
        while head[node] != node:
            head[node] = head[head[node]]
            node = head[node]
        return node

    first: dict[int, int] = {}
    for node, region in enumerate(regions):
        if region is not None:
            head[node] = first.setdefault(region, node)
    for source, target in edges:
        if regions[source] is None and regions[target] is None:
            a, b = root(source), root(target)
            head[max(a, b)] = min(a, b)
    parts: dict[int, list[int]] = {}
    for node in range(count):
        parts.setdefault(root(node), []).append(node)
    return sorted(parts.values(), key=lambda group: (regions[group[0]] is None, group))


def spread(points: Sequence[Point], *, width: float, height: float) -> tuple[Point, ...]:
    """`points` moved so far apart that a box of `width` and `height` around each is clear of the others.

    For some dozens of points: each pair is compared in every round.
    """
    at = [[float(x), float(y)] for x, y in points]
    room = (width, height)
    for _ in range(SPREAD_ROUNDS):
        moved = False
        for rank, b in enumerate(at):
            for a in at[:rank]:
                over = [room[axis] - abs(b[axis] - a[axis]) for axis in (0, 1)]
                if min(over) <= 0:
                    continue
                moved = True
                axis = 0 if over[0] * height < over[1] * width else 1
                shift = over[axis] / 2 if b[axis] >= a[axis] else -over[axis] / 2
                a[axis] -= shift
                b[axis] += shift
        if not moved:
            break
    return tuple((round(x), round(y)) for x, y in at)


def _local(
    group: Sequence[int], keys: Sequence[tuple[str, str]], edges: Sequence[tuple[int, int]]
) -> dict[int, tuple[float, float]]:
    """The nodes of `group`, linked by `edges`, laid out by themselves around the middle of the box they fill."""
    number = {index: rank for rank, index in enumerate(group)}
    points = place([keys[index] for index in group], [(number[a], number[b]) for a, b in edges])
    middle = [(min(axis) + max(axis)) / 2 for axis in zip(*points, strict=True)]
    return {index: (x - middle[0], y - middle[1]) for index, (x, y) in zip(group, points, strict=True)}


def _extent(points: Mapping[int, tuple[float, float]]) -> float:
    return max((math.sqrt(x * x + y * y) for x, y in points.values()), default=0.0) + LONE_RADIUS


def _leaves(neighbours: Sequence[set[int]]) -> dict[int, list[int]]:
    """The nodes with one neighbour, by that neighbour. Of a pair alone, the second is the leaf."""
    leaves: dict[int, list[int]] = {}
    for index, near in enumerate(neighbours):
        if len(near) == 1:
            (hub,) = near
            if len(neighbours[hub]) > 1 or hub < index:
                leaves.setdefault(hub, []).append(index)
    return leaves


def _disc(size: int) -> list[tuple[float, float]]:
    """The `size` cells of a brick lattice that lie nearest to the hub but clear of it and its label."""
    reach = int(math.sqrt(size)) + 4
    cells = []
    for row in range(-2 * reach, 2 * reach + 1):
        for column in range(-reach, reach + 1):
            x = (column + (0.5 if row % 2 else 0.0)) * CELL_WIDTH
            y = row * CELL_HEIGHT
            distance = math.sqrt(x * x + y * y)
            if distance > HUB_CLEARANCE + 3 * math.sqrt(size):
                cells.append((distance, x, y))
    return [(x, y) for _, x, y in sorted(cells)[:size]]


def _angle(slot: tuple[float, float]) -> float:
    """Clockwise from the top, rounded so that no library's last bit decides an order."""
    return round(math.atan2(slot[0], -slot[1]) % (2 * math.pi), 6)


def _radius(disc: Sequence[tuple[float, float]]) -> float:
    return max((math.sqrt(x * x + y * y) for x, y in disc), default=0.0) + LONE_RADIUS


def _forces(
    core: Sequence[int], neighbours: Sequence[set[int]], discs: Mapping[int, Sequence[tuple[float, float]]]
) -> list[tuple[float, float]]:
    """Force layout of the nodes `core`, around the origin."""
    order = {index: rank for rank, index in enumerate(core)}
    pairs = [(order[a], order[b]) for a in core for b in sorted(neighbours[a]) if a < b and b in order]
    return _relax([_radius(discs.get(index, ())) for index in core], pairs)


def _relax(
    radii: Sequence[float], pairs: Sequence[tuple[int, int]], *, gap: float = LINK_GAP
) -> list[tuple[float, float]]:
    """Discs of `radii` that do not overlap, those of `pairs` near each other."""
    if not radii:
        return []
    radius: Array = np.array(radii)
    link = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    degree: Array = 1.0 + np.bincount(link.ravel(), minlength=len(radii)).astype(np.float64)
    position = _start(degree, radius)
    rest = radius[link[:, 0]] + radius[link[:, 1]] + gap
    strength = 1.0 / np.minimum(degree[link[:, 0]], degree[link[:, 1]])
    bias = degree[link[:, 0]] / (degree[link[:, 0]] + degree[link[:, 1]])
    velocity = np.zeros_like(position)
    steps = max(FEWEST_STEPS, min(MOST_STEPS, PAIRS_IN_ALL // len(radii)))
    for step in range(steps):
        heat = 1.0 - step / steps
        charge, shift = _push(position, radius)
        pull = _pull(position, link, rest, strength) * heat
        velocity += charge * heat
        # Accumulated in list order, so that the sum is the same everywhere.
        np.add.at(velocity, link[:, 0], pull * (1.0 - bias)[:, None])
        np.add.at(velocity, link[:, 1], -pull * bias[:, None])
        velocity -= position * (GRAVITY * heat)
        velocity *= 0.6
        position = position + velocity + shift
    for _ in range(steps // 8):
        position = position + _push(position, radius)[1]
    return [(float(x), float(y)) for x, y in position]


def _start(degree: Array, radius: Array) -> Array:
    """A sunflower with the largest nodes in the middle; rounded, for sine and cosine differ by machine."""
    ranking = sorted(range(len(degree)), key=lambda rank: (-radius[rank], -degree[rank], rank))
    position: Array = np.zeros((len(degree), 2))
    for place_, rank in enumerate(ranking):
        distance = 90.0 * math.sqrt(place_ + 0.5)
        angle = place_ * math.pi * (3.0 - math.sqrt(5.0))
        position[rank] = (round(distance * math.cos(angle), 2), round(distance * math.sin(angle), 2))
    return position


def _push(position: Array, radius: Array) -> tuple[Array, Array]:
    """What all other nodes do to each: the push of their charge, and the shift out of their discs.

    A node's charge is its radius and falls off with the distance. Of two discs that overlap,
    the smaller gives way more; the shift is half the overlap.
    """
    # x[i, j] points from i to j.
    x = position[:, 0][None, :] - position[:, 0][:, None]
    y = position[:, 1][None, :] - position[:, 1][:, None]
    square = np.maximum(x * x + y * y, 1.0)
    charge = CHARGE * radius[:, None] / np.maximum(square, 400.0)
    distance = np.sqrt(square)
    overlap = np.maximum(radius[:, None] + radius[None, :] - distance, 0.0)
    np.fill_diagonal(overlap, 0.0)
    area = radius * radius
    shift = overlap / distance * (area[:, None] / (area[:, None] + area[None, :]) * 0.5)
    return _sum(x * charge, y * charge), _sum(x * shift, y * shift)


def _sum(x: Array, y: Array) -> Array:
    return np.stack([np.add.reduce(x, axis=0), np.add.reduce(y, axis=0)], axis=1)


def _pull(position: Array, link: npt.NDArray[np.int64], rest: Array, strength: Array) -> Array:
    """The pull of each edge on its first node."""
    delta = position[link[:, 1]] - position[link[:, 0]]
    distance = np.maximum(np.sqrt(delta[:, 0] * delta[:, 0] + delta[:, 1] * delta[:, 1]), 1.0)
    return delta * ((distance - rest) / distance * strength * 0.7)[:, None]


def _rows(lone: Sequence[int], points: Mapping[int, tuple[float, float]]) -> dict[int, tuple[float, float]]:
    """Rows of cells under all `points`, about as wide as they are."""
    left = min((x for x, _ in points.values()), default=0.0)
    right = max((x for x, _ in points.values()), default=0.0)
    top = max((y for _, y in points.values()), default=0.0) + 3 * CELL_HEIGHT
    columns = max(int((right - left) / CELL_WIDTH), math.isqrt(len(lone)), 1)
    return {
        index: (left + (rank % columns) * CELL_WIDTH, top + (rank // columns) * CELL_HEIGHT)
        for rank, index in enumerate(lone)
    }
