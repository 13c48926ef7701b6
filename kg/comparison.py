"""When two names, figures or sets of edges are the same: the measure of an evaluation.

What is particular to the language and the domain stands in ``ontology/evaluation.toml``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from kg.lexicon.toml import Strict, load_toml

Quantity = tuple[float, str]
Edge = tuple[str, str]


class Ending(Strict):
    """An ending that names of a type may lack."""

    type: str
    pattern: str
    longer_than: int
    keep: bool


class Figures(Strict):
    """How values and indicators are compared."""

    growth: str
    loose: str
    scale: str
    factors: dict[str, float]
    units: dict[str, str]


class Measure(Strict):
    """The contents of ``evaluation.toml``."""

    types: tuple[str, ...]
    core: tuple[str, ...]
    long: tuple[str, ...]
    relations: tuple[str, ...]
    symmetric: tuple[str, ...]
    transitive: tuple[str, ...]
    ignored: str
    ending: tuple[Ending, ...]
    figures: Figures

    def squash(self, name: str) -> str:
        """`name` without width, case, quotes, brackets and white space."""
        return re.sub(self.ignored, "", unicodedata.normalize("NFKC", name).lower())

    def keys(self, names: Iterable[str], kind: str) -> set[str]:
        """The forms by which a thing of type `kind` is known."""
        forms = {self.squash(name) for name in names}
        for ending in self.ending:
            if ending.type == kind:
                short = {re.sub(ending.pattern, "", form) for form in forms if len(form) > ending.longer_than}
                whole = {form for form in forms if ending.keep or not re.sub(ending.pattern, "", form)}
                forms = short | whole
        return {form for form in forms if form}

    def similar(self, one: str, other: str) -> bool:
        """Whether two indicators say the same: one holds the other, or they share two fifths of their characters."""
        a, b = (re.sub(self.figures.growth, "", self.squash(name)) or self.squash(name) for name in (one, other))
        if not a or not b:
            return False
        x, y = Counter(a), Counter(b)
        return a in b or b in a or sum((x & y).values()) / sum((x | y).values()) >= 0.4

    def quantity(self, value: float, unit: str) -> Quantity:
        """`value` in the unit without its multiplier: 2.8 万名 is 28000 名."""
        unit = re.sub(self.figures.loose, "", self.squash(unit) if "%" not in unit else unit)
        unit = self.figures.units.get(unit, unit)
        head = re.match(self.figures.scale, unit)
        return (value * self.figures.factors[head[0]], unit[head.end() :]) if head else (value, unit)

    @staticmethod
    def same_quantity(one: Quantity, other: Quantity) -> bool:
        """Whether two quantities agree to one in a million."""
        return one[1] == other[1] and abs(one[0] - other[0]) <= 1e-6 * max(1.0, abs(one[0]))


@lru_cache(maxsize=4)
def load_measure(ontology: Path) -> Measure:
    """The measure of an ontology folder. Raises DataError where it does not hold together."""
    return load_toml(ontology / "evaluation.toml", Measure)


Named = Mapping[str, tuple[str, Sequence[str]]]
"""(type, names) by id"""


def align(gold: Named, found: Named, measure: Measure) -> dict[str, str]:
    """The gold id of each found node: of one type, one to one, most shared names first."""
    wanted = {identity: (kind, measure.keys(names, kind)) for identity, (kind, names) in gold.items()}
    pairs: list[tuple[int, int, str, str]] = []
    for node, (kind, names) in found.items():
        mine = measure.keys(names, kind)
        for identity, (type_, theirs) in wanted.items():
            if type_ == kind:
                shared = len(mine & theirs)
                if shared:
                    pairs.append((-2, -shared, node, identity))
                elif kind in measure.long and _overlap(mine, theirs):
                    pairs.append((-1, -1, node, identity))
    matched: dict[str, str] = {}
    taken: set[str] = set()
    for _, _, node, identity in sorted(pairs):
        if node not in matched and identity not in taken:
            matched[node] = identity
            taken.add(identity)
    return matched


def _overlap(some: set[str], others: set[str]) -> bool:
    """One name holds the other and is at most 5/3 as long."""
    return any(
        (x in y or y in x) and min(len(x), len(y)) >= 0.6 * max(len(x), len(y)) and min(len(x), len(y)) >= 3
        for x in some
        for y in others
    )


def closure(edges: set[Edge]) -> set[Edge]:
    """`edges` and all that follow by transitivity.

    >>> sorted(closure({("a", "b"), ("b", "c")}))
    [('a', 'b'), ('a', 'c'), ('b', 'c')]
    """
    whole, grown = set(edges), True
    while grown:
        new = {(a, d) for a, b in whole for c, d in edges if b == c} - whole
        whole |= new
        grown = bool(new)
    return whole
