"""Entities of many articles → things of the graph, one node for one thing.

Two entities are the same thing when

1. they are administrative areas with the same code, or
2. they are of one family of classes and carry the same full name, or
3. the full name of one is a short name of the other, of the same family, and of no third thing;
   and it is not the commoner of the two. (Short for 东山新能源产业 in one article, 新能源产业 means
   what it says in all the others.)

Two entities of one article are never joined, but for areas of one code: the article has
already said that they are two. The outcome does not depend on the order of the articles.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.iris import digest, encode
from kg.types import Entity, Extraction

Member = tuple[str, str]
"""An entity as (article id, entity id)."""


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """One thing of the graph. `path` follows the base IRI: ``enterprise/华星集团``.

    `kinds` are local names of its most specific classes; `members` the entities it stands for.
    """

    path: str
    kinds: tuple[str, ...]
    label: str
    aliases: tuple[str, ...]
    code: str | None
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """All nodes in order of path, and the node of each entity."""

    nodes: tuple[Node, ...]
    node_of: Mapping[Member, Node]


@dataclass(frozen=True, slots=True)
class _Named:
    """An entity with what linking compares."""

    member: Member
    entity: Entity
    family: str

    @property
    def label(self) -> str:
        return comparable(self.entity.label)


_Key = tuple[str, str, str]
"""(family, code or name, distinguishing mark)"""


def comparable(name: str) -> str:
    """`name` as it is compared: width, case and white space do not count.

    >>> comparable("ＡＢＢ （中国）公司")
    'abb(中国)公司'
    """
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def link(extractions: Iterable[Extraction], *, family: Callable[[str], str]) -> Linked:
    """The things that the entities of `extractions` stand for.

    `family` maps a class to the segment of its IRIs; only entities of one family are compared.
    """
    named = sorted(
        (
            _Named((extraction.article.id, entity.id), entity, family(entity.kind))
            for extraction in extractions
            for entity in extraction.entities
        ),
        key=lambda one: one.member,
    )
    nodes = sorted(_nodes(_join_by_short_name(_group_by_name(named))))
    return Linked(tuple(nodes), {member: node for node in nodes for member in node.members})


def _group_by_name(named: Iterable[_Named]) -> dict[_Key, list[_Named]]:
    """Entities by code or full name; those of an article that repeats a name stand apart."""
    rough: dict[tuple[str, str], list[_Named]] = defaultdict(list)
    for one in named:
        rough[one.family, one.entity.code or one.label].append(one)
    groups: dict[_Key, list[_Named]] = defaultdict(list)
    for (family, name), members in rough.items():
        times = Counter(one.member[0] for one in members)
        for one in members:
            apart = times[one.member[0]] > 1 and one.entity.code is None
            groups[family, name, digest(*one.member) if apart else ""].append(one)
    return groups


def _short_names(groups: Mapping[_Key, list[_Named]]) -> Iterator[tuple[_Key, _Key]]:
    """Each group whose name is a short name of just one other group of its family, with that group."""
    claimants: dict[tuple[str, str], set[_Key]] = defaultdict(set)
    holders: dict[tuple[str, str], set[_Key]] = defaultdict(set)
    for key, members in groups.items():
        for one in members:
            holders[key[0], one.label].add(key)
            for alias in one.entity.aliases:
                claimants[key[0], comparable(alias)].add(key)
    for name in sorted(holders):
        plain = [key for key in holders[name] if not groups[key][0].entity.code]
        fuller = (claimants.get(name, set()) | holders[name]) - set(plain)
        if len(plain) == len(fuller) == 1:
            short, full = *plain, *fuller
            if len(groups[short]) <= len(groups[full]):
                yield short, full


def _join_by_short_name(groups: Mapping[_Key, list[_Named]]) -> list[list[_Named]]:
    """Join a group to the one that it is a short name of, where no article tells the two apart."""
    joined = {key: list(members) for key, members in groups.items()}
    parent = {key: key for key in groups}

    def root(key: _Key) -> _Key:
        while parent[key] != key:
            key = parent[key]
        return key

    for pair in _short_names(groups):
        short, full = map(root, pair)
        if short != full and _may_join(joined[short], joined[full]):
            parent[short] = full
            joined[full] += joined.pop(short)
    return [joined[key] for key in sorted(joined)]


def _may_join(some: list[_Named], others: list[_Named]) -> bool:
    """Whether no article names both, and no two codes meet."""
    articles = {one.member[0] for one in some} & {one.member[0] for one in others}
    return not articles and len({one.entity.code for one in some + others if one.entity.code}) < 2


def _nodes(groups: Iterable[list[_Named]]) -> Iterable[Node]:
    """A node for each group; where two would have one path, all but the largest get a mark."""
    by_path: dict[str, list[list[_Named]]] = defaultdict(list)
    for group in groups:
        by_path[f"{group[0].family}/{encode(_code(group) or _label(group))}"].append(group)
    for path, same in by_path.items():
        ranked = sorted(same, key=lambda group: (-len(group), min(one.member for one in group)))
        for group in ranked[1:]:
            yield _node(f"{path}_{digest(*min(one.member for one in group), length=8)}", group)
        yield _node(path, ranked[0])


def _node(path: str, group: list[_Named]) -> Node:
    label = _label(group)
    names = {one.entity.label for one in group} | {name for one in group for name in one.entity.aliases}
    kinds = Counter(one.entity.kind for one in group)
    return Node(
        path=path,
        kinds=tuple(sorted(kinds)),
        label=label,
        aliases=tuple(sorted(name for name in names if name != label)),
        code=_code(group),
        members=tuple(sorted(one.member for one in group)),
    )


def _code(group: list[_Named]) -> str | None:
    return min((one.entity.code for one in group if one.entity.code), default=None)


def _label(group: list[_Named]) -> str:
    """The fullest name: the longest, then the first in code point order."""
    return min((one.entity.label for one in group), key=lambda name: (-len(name), name))
