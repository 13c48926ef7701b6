"""What matters in a network, and what belongs together: measures of networkx, made repeatable.

networkx draws pivots and orders by chance; here all chance has one seed and all nodes are
numbers in a given order, so equal networks give equal answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx

SEED = 20_11  # of what networkx leaves to chance
PIVOTS = 48
# Above the usual 1, for a region ought to be a place with what is there, not a province.
RESOLUTION = 1.3
SMALLEST_REGION = 4

Edges = Sequence[tuple[int, int]]


def rank_nodes(count: int, edges: Edges, weights: Sequence[int]) -> list[int]:
    """The nodes 0 … `count` - 1, the most central first.

    By betweenness, estimated from `PIVOTS` nodes (U. Brandes, C. Pich, "Centrality estimation in
    large networks", 2007); then by degree and by `weights`, which settle it for all that hang on one other.
    """
    import networkx

    network = _network(count, edges)
    between = networkx.betweenness_centrality(network, k=min(PIVOTS, count) or None, seed=SEED)
    return sorted(
        range(count), key=lambda each: (-round(between[each], 9), -network.degree[each], -weights[each], each)
    )


def find_regions(count: int, edges: Edges) -> list[int | None]:
    """For each node the number of its community, the largest being 0; None in those of fewer than `SMALLEST_REGION`.

    By the method of Louvain (V. D. Blondel and others, "Fast unfolding of communities in large networks", 2008).
    """
    import networkx

    network = _network(count, edges)
    found = networkx.community.louvain_communities(network, resolution=RESOLUTION, seed=SEED)
    regions: list[int | None] = [None] * count
    for number, members in enumerate(sorted(map(sorted, found), key=lambda each: (-len(each), each))):
        for node in members if len(members) >= SMALLEST_REGION else ():
            regions[node] = number
    return regions


def choose_overview(
    ranking: Sequence[int], edges: Edges, groups: Sequence[int], landmarks: Sequence[int], *, each: int, most: int
) -> list[int]:
    """The nodes of a first picture that can be read: `landmarks`, and of every group the `each` most central.

    Beside a landmark only nodes that are linked to one chosen before are taken, so that none
    hangs in the air; at most `most` in all, sorted.
    """
    near: list[set[int]] = [set() for _ in ranking]
    for source, target in edges:
        near[source].add(target)
        near[target].add(source)
    chosen = dict.fromkeys(landmarks[: most // 2])
    taken: dict[int, int] = {}
    for _ in range(2):  # once more for those whose neighbour came after them
        for node in ranking:
            group = groups[node]
            if len(chosen) < most and node not in chosen and taken.get(group, 0) < each and near[node] & chosen.keys():
                chosen[node] = None
                taken[group] = taken.get(group, 0) + 1
    return sorted(chosen)


def _network(count: int, edges: Edges) -> networkx.Graph:
    import networkx

    network = networkx.Graph()
    network.add_nodes_from(range(count))
    network.add_edges_from((source, target) for source, target in edges if source != target)
    return network
