"""Entities of many articles → things of the graph, one node for one thing.

Articles are taken by date, those of one date or without one by id, and what is linked once stays so:
an entity joins the thing it is identified with among all that were named before (see `kg.identity`), or
becomes a thing of its own. Two entities of one article are never joined, but for areas of one code: the article
has already said that they are two. The outcome is a function of the set of articles, and an article later
than all others changes no IRI (see docs/identity.md).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.identity import Identity
from kg.iris import digest, encode
from kg.profiles import Profile, Verdict
from kg.types import Entity, Extraction

Member = tuple[str, str]
"""An entity as (article id, entity id)."""

RULE = "linking/"
"""What the names of rules begin with that join names."""

_UNDATED = "9999"


@dataclass(frozen=True, slots=True, order=True)
class Join:
    """Why two names are one thing: the rule, the names, and the articles that have them.

    `first` is the name that was known before. Both articles are one where an article uses both names.
    """

    rule: str
    first: str
    second: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """One thing of the graph. `path` follows the base IRI: ``enterprise/华星集团``.

    `kinds` are local names of its most specific classes; `members` the entities it stands for; `former` the
    paths that it has in graphs of fewer articles; `joins` the reasons why its names are one thing.
    """

    path: str
    kinds: tuple[str, ...]
    label: str
    aliases: tuple[str, ...]
    code: str | None
    members: tuple[Member, ...]
    former: tuple[str, ...] = ()
    joins: tuple[Join, ...] = ()


@dataclass(frozen=True, slots=True)
class Linked:
    """All nodes in order of path, and the node of each entity."""

    nodes: tuple[Node, ...]
    node_of: Mapping[Member, Node]


@dataclass(slots=True)
class _Cluster:
    """A thing as far as it is known: its entities, and the different profiles among them with who has them."""

    family: str
    first: Member
    path: str
    members: list[tuple[Member, Entity]] = field(default_factory=list)
    profiles: dict[Profile, Member] = field(default_factory=dict)
    joins: dict[tuple[str, str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    articles: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True, order=True)
class _Match:
    """A cluster that an entity fits: the smaller the surer. `order` is that of the rule, `far` whether homes differ."""

    order: int
    far: bool
    index: int
    rule: str = field(compare=False)
    name: str = field(compare=False)
    article: str = field(compare=False)


def link(
    extractions: Iterable[Extraction], *, family: Callable[[str], str], identity: Identity | None = None
) -> Linked:
    """The things that the entities of `extractions` stand for.

    `family` maps a class to the segment of its IRIs; only entities of one family are compared. Without
    `identity`, names are compared as they are.
    """
    linker = _Linker(family, identity or Identity())
    for extraction in sorted(extractions, key=_naming_order):
        linker.add(extraction)
    nodes = tuple(sorted(linker.nodes()))
    return Linked(nodes, {member: node for node in nodes for member in node.members})


def _naming_order(extraction: Extraction) -> tuple[str, str]:
    return extraction.article.metadata.issued or _UNDATED, extraction.article.id


class _Linker:
    """Links one article after another."""

    def __init__(self, family: Callable[[str], str], identity: Identity) -> None:
        self._family, self._identity = family, identity
        self._clusters: list[_Cluster] = []
        self._paths: set[str] = set()
        self._index: dict[tuple[str, str], dict[int, None]] = defaultdict(dict)

    def add(self, extraction: Extraction) -> None:
        """Link the entities of an article that is not earlier than those added before."""
        article = extraction.article.id
        profiles = self._identity.profiles(extraction)
        entities = {entity.id: entity for entity in extraction.entities}
        taken: dict[int, list[tuple[_Match, str]]] = defaultdict(list)
        for identity in sorted(entities):
            match = self._match(self._family(entities[identity].kind), profiles[identity])
            if match is not None:
                taken[match.index].append((match, identity))
        joined: dict[str, _Match] = {}
        for claims in taken.values():
            best = min(match for match, _ in claims)
            equal = [each for each in claims if each[0] == best]
            if len(equal) == 1 or best.rule == "same-code":  # else the article tells apart what fits equally well
                joined.update((identity, match) for match, identity in equal)
        coded: dict[tuple[str, str], int] = {}
        for identity, entity in sorted(entities.items()):
            self._settle((article, identity), entity, profiles[identity], joined.get(identity), coded)

    def _settle(
        self,
        member: Member,
        entity: Entity,
        profile: Profile,
        match: _Match | None,
        coded: dict[tuple[str, str], int],
    ) -> None:
        """Put an entity where it belongs; two areas of one code in one article are one."""
        family = self._family(entity.kind)
        same = coded.get((family, entity.code)) if entity.code else None
        index = match.index if match is not None else same if same is not None else self._found(family, member, entity)
        if entity.code:
            coded[family, entity.code] = index
        cluster = self._clusters[index]
        cluster.members.append((member, entity))
        cluster.articles.add(member[0])
        if match is not None:
            cluster.joins[match.rule, match.name, entity.label] |= {match.article, member[0]}
        for alias in entity.aliases:
            cluster.joins["in-article", entity.label, alias].add(member[0])
        if profile not in cluster.profiles:
            cluster.profiles[profile] = member
            for key in self._identity.keys(profile):
                self._index[family, key][index] = None

    def _found(self, family: str, member: Member, entity: Entity) -> int:
        """A new cluster, called like its first entity; where that name is taken it gets a mark."""
        home = _path(family, entity)
        path = home if home not in self._paths else f"{home}_{digest(*member, length=8)}"
        self._paths.add(path)
        self._clusters.append(_Cluster(family, member, path))
        return len(self._clusters) - 1

    def _match(self, family: str, profile: Profile) -> _Match | None:
        """The cluster that an entity belongs to; None where none does, or two do equally."""
        found: set[int] = set()
        for key in self._identity.keys(profile):
            found.update(self._index.get((family, key), ()))
        matches = sorted(filter(None, (self._fit(index, profile) for index in sorted(found))))
        if len(matches) > 1 and (matches[0].order, matches[0].far) == (matches[1].order, matches[1].far):
            return None
        return matches[0] if matches else None

    def _fit(self, index: int, profile: Profile) -> _Match | None:
        """How a cluster fits: by the surest rule, where nothing in it speaks against it."""
        best: _Match | None = None
        for other, member in self._clusters[index].profiles.items():
            verdict: Verdict = self._identity.compare(other, profile)
            if verdict.apart:
                return None
            if verdict.rule is not None:
                far = not (other.homes & profile.homes)
                match = _Match(self._identity.order(verdict.rule), far, index, verdict.rule, other.label, member[0])
                best = min(best, match) if best is not None else match
        return best

    def nodes(self) -> Iterator[Node]:
        """A node for each cluster."""
        for cluster in self._clusters:
            yield _node(cluster, self._paths)


def _path(family: str, entity: Entity) -> str:
    return f"{family}/{encode(entity.code or entity.label)}"


def _node(cluster: _Cluster, paths: set[str]) -> Node:
    entities = [entity for _, entity in cluster.members]
    label = min((entity.label for entity in entities), key=lambda name: (-len(name), name))
    names = {name for entity in entities for name in (entity.label, *entity.aliases)}
    former = {_path(cluster.family, entity) for entity in entities} - paths
    return Node(
        path=cluster.path,
        kinds=tuple(sorted({entity.kind for entity in entities})),
        label=label,
        aliases=tuple(sorted(names - {label})),
        code=min((entity.code for entity in entities if entity.code), default=None),
        members=tuple(sorted(member for member, _ in cluster.members)),
        former=tuple(sorted(former)),
        joins=tuple(sorted(Join(*key, tuple(sorted(articles))) for key, articles in cluster.joins.items())),
    )
