"""B-cubed precision, recall and F1 of a clustering.

After Bagga & Baldwin (1998), "Entity-Based Cross-Document Coreferencing Using the Vector Space Model": of each
item, the share of its cluster that belongs there, and the share of what belongs there that is in its cluster,
averaged over all items.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BCubed:
    """Averages over all items, from 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def b_cubed(found: Mapping[str, Hashable], gold: Mapping[str, Hashable]) -> BCubed:
    """The score of the clustering `found` against `gold`; both name the cluster of each item.

    >>> b_cubed({"a": 1, "b": 1}, {"a": 1, "b": 2})
    BCubed(precision=0.5, recall=1.0)
    """
    assert found.keys() == gold.keys()
    mine, theirs = _members(found), _members(gold)
    precision = recall = 0.0
    for item in gold:
        both = len(mine[found[item]] & theirs[gold[item]])
        precision += both / len(mine[found[item]])
        recall += both / len(theirs[gold[item]])
    return BCubed(precision / len(gold), recall / len(gold))


def _members(clusters: Mapping[str, Hashable]) -> dict[Hashable, set[str]]:
    members: dict[Hashable, set[str]] = defaultdict(set)
    for item, cluster in clusters.items():
        members[cluster].add(item)
    return members
