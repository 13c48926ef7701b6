"""The things of a graph while corrections change them: found by name, joined, parted, named anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from kg.iris import digest, encode
from kg.lexicon.linking import DECIDED
from kg.linking import Join, Linked, Member, Node
from kg.parts import comparable
from kg.types import Entity


class NotApplied(Exception):
    """Why a correction does not fit what was read; the build goes on without it."""


class Things:
    """The nodes of a linked graph by a number that stays, whatever is done to them."""

    def __init__(self, linked: Linked, *, segment: Callable[[str], str]) -> None:
        self._segment = segment
        self._nodes: dict[int, Node] = dict(enumerate(linked.nodes))
        self._joined: dict[int, int] = {}
        self._former = {number: _names(node) for number, node in self._nodes.items()}
        self._names = dict(self._former)
        self._of = {member: number for number, node in self._nodes.items() for member in node.members}
        self.recast: set[int] = set()
        """Things whose classes are not those they were read with."""

    def linked(self) -> Linked:
        """The outcome."""
        paths = {node.path for node in self._nodes.values()}
        nodes = tuple(sorted(replace(each, former=_others(each.former, paths)) for each in self._nodes.values()))
        return Linked(nodes, {member: node for node in nodes for member in node.members})

    def node(self, thing: int) -> Node:
        """The node that `thing` is now."""
        return self._nodes[self.now(thing)]

    def now(self, thing: int) -> int:
        """The number of what `thing` was merged into."""
        while thing in self._joined:
            thing = self._joined[thing]
        return thing

    def of(self, member: Member) -> int:
        """The thing that an entity of an article stands for."""
        return self.now(self._of[member])

    def find(self, name: str) -> int:
        """What is called `name`: a path or prefixed name, a label, else another name, else a name of before.

        Raises NotApplied where nothing is, or more than one thing.
        """
        path, wanted = _path(name), comparable(name)
        tests: Sequence[Callable[[int], bool]] = (
            lambda each: path in self._names[each][0],
            lambda each: wanted == self._names[each][1],
            lambda each: wanted in self._names[each][2],
            lambda each: path in self._former[each][0] or wanted in self._former[each][2],
        )
        for test in tests:
            numbers = self._former if test is tests[-1] else self._nodes
            found = sorted({self.now(each) for each in numbers if test(each)})
            if len(found) == 1:
                return found[0]
            if found:
                known = ", ".join(self._nodes[each].path.replace("/", ":", 1) for each in found[:5])
                raise NotApplied(f"{len(found)} things are called {name}; write one of {known}")
        raise NotApplied(f"nothing is called {name}{self._nearest(name)}")

    def _nearest(self, name: str) -> str:
        labels = sorted({node.label for node in self._nodes.values()})
        close = get_close_matches(name, labels, n=1, cutoff=0.5)
        return f"; did you mean {close[0]}?" if close else ""

    def _put(self, thing: int, node: Node) -> None:
        self._nodes[thing], self._names[thing] = node, _names(node)
        self._of.update(dict.fromkeys(node.members, thing))

    def _free(self, path: str, thing: int | None) -> str:
        holder = next((each for each, node in self._nodes.items() if node.path == path), thing)
        if holder != thing:
            raise NotApplied(f"there is a {path.replace('/', ':', 1)} already; merge the two")
        return path

    def merge(self, things: Sequence[int]) -> None:
        """Make `things` the first of them, or the one that has a code."""
        numbers = list(dict.fromkeys(map(self.now, things)))
        nodes = [self._nodes[each] for each in numbers]
        codes = sorted({node.code for node in nodes if node.code})
        if len(codes) > 1:
            raise NotApplied(f"they have different codes: {', '.join(codes)}")
        first = next((each for each in numbers if self._nodes[each].code), numbers[0])
        node = self._nodes[first]
        names = {name for each in nodes for name in (each.label, *each.aliases)}
        for each in numbers:
            if each != first:
                self._joined[each] = first
                del self._nodes[each], self._names[each]
        if any(set(each.kinds) - set(node.kinds) for each in nodes) or self.recast.intersection(numbers):
            self.recast.add(first)
        self._put(
            first,
            replace(
                node,
                aliases=_others(names, {node.label}),
                members=tuple(sorted(member for each in nodes for member in each.members)),
                former=tuple({path for each in nodes for path in (each.path, *each.former)}),
                joins=tuple(sorted({join for each in nodes for join in each.joins} | _decided(node, nodes))),
            ),
        )

    def rename(self, thing: int, name: str, *, keep: bool) -> None:
        """Call `thing` `name`."""
        node = self.node(thing)
        if node.code:
            raise NotApplied(f"{node.label} is called as the table of divisions has it")
        path = self._free(f"{node.path.split('/')[0]}/{encode(name)}", thing)
        aliases = _others([*node.aliases, *([node.label] if keep else [])], {name})
        self._put(thing, replace(node, path=path, label=name, aliases=aliases, former=(*node.former, node.path)))

    def retype(self, thing: int, kind: str) -> None:
        """Let `thing` be of the class `kind`."""
        node, segment = self.node(thing), self._segment(kind)
        self.recast.add(self.now(thing))
        if node.path.split("/")[0] == segment:
            self._put(thing, replace(node, kinds=(kind,)))
            return
        path = self._free(f"{segment}/{encode(node.label)}", thing)
        self._put(thing, replace(node, path=path, kinds=(kind,), code=None, former=(*node.former, node.path)))

    def split(self, thing: int, moved: Iterable[Member], entities: Mapping[Member, Entity], *, name: str | None) -> int:
        """Make the entities `moved` another thing called `name`, or by the longest of their names."""
        node, moved = self.node(thing), set(moved)
        left = tuple(sorted(set(node.members) - moved))
        if not left:
            raise NotApplied(f"all that is called {node.label} would go; rename it")
        new = max(self._former) + 1
        made = _described(node, [(each, entities[each]) for each in sorted(moved)], label=name)
        path = f"{self._segment(made.kinds[0])}/{encode(made.label)}"
        if any(each.path == path for each in self._nodes.values()):
            path = f"{path}_{digest(*min(moved), length=8)}"
        rest = [(each, entities[each]) for each in left]
        stays = any(node.label in (entity.label, *entity.aliases) for _, entity in rest)
        kept = _described(node, rest, label=node.label if node.code or stays else None)
        self._former[new] = ((), "", frozenset())
        self._put(thing, replace(kept, path=node.path, code=node.code))
        self._put(new, replace(made, path=path, code=None, former=()))
        return new

    def add(self, entity: Entity, member: Member) -> int:
        """A new thing that `entity`, which is `member`, stands for."""
        new = max(self._former) + 1 if self._former else 0
        path = self._free(f"{self._segment(entity.kind)}/{encode(entity.code or entity.label)}", None)
        self._former[new] = ((), "", frozenset())
        self._put(new, Node(path, (entity.kind,), entity.label, (), entity.code, (member,)))
        return new

    def join(self, thing: int, member: Member) -> None:
        """Let the entity `member` stand for `thing`, too."""
        node = self.node(thing)
        self._put(self.now(thing), replace(node, members=tuple(sorted({*node.members, member}))))


def _described(node: Node, members: Sequence[tuple[Member, Entity]], *, label: str | None) -> Node:
    """`node` with the names and classes of `members` alone."""
    names = {name for _, entity in members for name in (entity.label, *entity.aliases)}
    label = label or min((entity.label for _, entity in members), key=lambda each: (-len(each), each))
    kinds = tuple(sorted({entity.kind for _, entity in members}))
    return replace(
        node,
        label=label,
        aliases=_others(names, {label}),
        kinds=kinds,
        members=tuple(each for each, _ in members),
        joins=tuple(each for each in node.joins if {each.first, each.second} <= names),
    )


def _decided(node: Node, nodes: Sequence[Node]) -> set[Join]:
    """The reasons why `node` and others are one: somebody says so."""
    return {
        Join(DECIDED, node.label, each.label, tuple(sorted({article for article, _ in (*node.members, *each.members)})))
        for each in nodes
        if each.label != node.label
    }


def _others(names: Iterable[str], these: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names) - set(these)))


def _names(node: Node) -> tuple[tuple[str, ...], str, frozenset[str]]:
    """The paths, the label and all names of a node, as they are compared."""
    names = frozenset(map(comparable, (node.label, *node.aliases)))
    return (node.path, *node.former), comparable(node.label), names


def _path(name: str) -> str:
    """The path that an IRI or prefixed name ends in.

    >>> _path("enterprise:华星"), _path("<https://w3id.org/citykg/id/area/430482>"), _path("华星")
    ('enterprise/华星', 'area/430482', '')
    """
    plain = name.strip("<>")
    if "://" in plain:
        return "/".join(plain.rsplit("/", 2)[1:])
    return plain.replace(":", "/", 1) if ":" in plain else plain if "/" in plain else ""
