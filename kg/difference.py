"""What came, went and changed between two graphs: articles, things, claims and observations.

A claim is known by its article, subject, relation and object, an observation by its article, subject,
indicator, period and kind: what else is said of either may change. The characters at which a sentence
stands do not count, for they shift with any word before them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest

from kg.iris import DCTERMS, KG, NIF, PROV, RDF, RDFS
from kg.ontology import Ontology
from kg.store import LoadedGraph
from kg.view.vocabulary import Vocabulary, local_name

MARKS = {"came": "+", "went": "-", "changed": "~"}
_TYPE, _DERIVED = RDF + "type", PROV + "wasDerivedFrom"

Key = tuple[str, ...]
Fields = tuple[tuple[str, str], ...]
"""What is said of something: (name, value) pairs, sorted."""


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """Something that came, went or changed; `key` is what it is known by, as (name, value) pairs.

    `title` shows it; `before` and `after` say what the graphs say of it, and are empty where they lack it.
    """

    title: str
    what: str
    key: Fields
    before: Fields
    after: Fields

    def data(self) -> dict[str, object]:
        """The change as JSON has it; fields that are equal on both sides are left out of a change."""
        both = set(self.before) & set(self.after) if self.what == "changed" else set()
        sides = {"before": self.before, "after": self.after}
        return {
            "change": self.what,
            **dict(self.key),
            **{name: dict(each for each in side if each not in both) for name, side in sides.items() if side},
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """The changes by section: articles, entities, claims, observations."""

    sections: Mapping[str, tuple[Change, ...]]

    def __bool__(self) -> bool:
        return any(self.sections.values())


@dataclass(frozen=True, slots=True)
class _Facts:
    """A graph as values by subject and predicate."""

    values: Mapping[str, Mapping[str, list[str]]]
    prefixes: Mapping[str, str]
    vocabulary: Vocabulary
    relations: frozenset[str]

    def of(self, kind: str) -> Iterator[str]:
        """The nodes of a class, sorted."""
        return (node for node in sorted(self.values) if kind in self.values[node].get(_TYPE, ()))

    def first(self, node: str, predicate: str) -> str:
        """The first value, or nothing."""
        return next(iter(self.values.get(node, {}).get(predicate, ())), "")

    def name(self, node: str) -> str:
        """What `node` is called."""
        return self.first(node, RDFS + "label") or self.first(node, DCTERMS + "title") or self.short(node)

    def short(self, value: str) -> str:
        """An IRI with its prefix; anything else as it is."""
        for prefix, space in sorted(self.prefixes.items(), key=lambda pair: (-len(pair[1]), pair)):
            if value.startswith(space):
                return f"{prefix}:{value.removeprefix(space)}"
        return value

    def kind(self, node: str) -> str:
        """The most specific class of a thing."""
        classes = (each.removeprefix(KG) for each in self.values[node].get(_TYPE, ()))
        return self.vocabulary.most_specific(classes) or "Entity"

    def rest(self, node: str, known: Iterable[str]) -> dict[str, str]:
        """What is said of `node` beside the predicates in `known`, its classes, its spans and its relations."""
        left = {*known, _TYPE, _DERIVED, *self.relations}
        said = {each: values for each, values in self.values[node].items() if each not in left}
        return {local_name(each): "、".join(map(self.short, values)) for each, values in said.items()}

    def source(self, node: str) -> tuple[str, str]:
        """The article and the words that `node` was read from."""
        span = self.first(node, _DERIVED)
        return self.first(span, NIF + "referenceContext"), self.first(span, NIF + "anchorOf")


def compare_graphs(before: LoadedGraph, after: LoadedGraph, *, ontology: Ontology) -> Difference:
    """What came, went and changed from `before` to `after`. Equal graphs give no change, whatever their files."""
    sides = [_facts(graph, ontology) for graph in (before, after)]
    return Difference({name: _changes(*map(read, sides)) for name, read in _READERS.items()})


def _facts(graph: LoadedGraph, ontology: Ontology) -> _Facts:
    values: dict[str, dict[str, list[str]]] = {}
    for triple in sorted(graph.triples(), key=str):
        subject, value = (getattr(each, "value", str(each)) for each in (triple.subject, triple.object))
        values.setdefault(subject, {}).setdefault(triple.predicate.value, []).append(value)
    vocabulary = Vocabulary(ontology)
    return _Facts(values, graph.prefixes, vocabulary, vocabulary.relations())


@dataclass(slots=True)
class _Section:
    """All of one kind in a graph: what is said of each key, and how each is shown."""

    names: Key
    rows: dict[Key, list[Fields]] = field(default_factory=dict)
    titles: dict[Key, str] = field(default_factory=dict)

    def add(self, key: Key, title: str, said: Mapping[str, str]) -> None:
        self.rows.setdefault(key, []).append(tuple(sorted(said.items())))
        self.titles[key] = title


def _articles(facts: _Facts) -> _Section:
    found = _Section(("article",))
    for node in facts.of(KG + "Article"):
        title = f"《{facts.name(node)}》 {facts.first(node, DCTERMS + 'source')}"
        found.add((facts.short(node),), title, facts.rest(node, ()))
    return found


def _entities(facts: _Facts) -> _Section:
    found = _Section(("entity",))
    for node in facts.of(KG + "Entity"):
        kind = facts.vocabulary.kind(facts.kind(node))
        said = {"class": kind.name, **facts.rest(node, ())}
        found.add((facts.short(node),), f"{facts.name(node)} ({kind.label} {facts.short(node)})", said)
    return found


def _claims(facts: _Facts) -> _Section:
    found = _Section(("article", "subject", "relation", "object"))
    ends = (RDF + "subject", RDF + "predicate", RDF + "object")
    for node in facts.of(RDF + "Statement"):
        subject, predicate, target = (facts.first(node, each) for each in ends)
        article, sentence = facts.source(node)
        relation = facts.vocabulary.property(local_name(predicate)).label
        title = f"{facts.name(subject)} —{relation}→ {facts.name(target)}"
        key = tuple(map(facts.short, (article, subject, predicate, target)))
        found.add(key, title, {"sentence": sentence, **facts.rest(node, ends)})
    return found


def _observations(facts: _Facts) -> _Section:
    found = _Section(("article", "subject", "indicator", "period", "kind"))
    ends = tuple(KG + name for name in ("subject", "indicator", "period", "kind"))
    for node in facts.of(KG + "Observation"):
        subject, indicator, period, kind = (facts.first(node, each) for each in ends)
        article, sentence = facts.source(node)
        title = f"{facts.name(subject)} {facts.name(indicator)}{f' {period}' if period else ''} ({kind})"
        key = (*map(facts.short, (article, subject, indicator)), period, kind)
        found.add(key, title, {"sentence": sentence, **facts.rest(node, ends)})
    return found


_READERS: dict[str, Callable[[_Facts], _Section]] = {
    "articles": _articles,
    "entities": _entities,
    "claims": _claims,
    "observations": _observations,
}


def _changes(before: _Section, after: _Section) -> tuple[Change, ...]:
    """What is on one side alone; of one key, rows that differ are taken as changed in pairs."""
    found = []
    titles = {**before.titles, **after.titles}
    for key in sorted({*before.rows, *after.rows}):
        old, new = Counter(before.rows.get(key, ())), Counter(after.rows.get(key, ()))
        pairs = zip_longest(sorted((old - new).elements()), sorted((new - old).elements()), fillvalue=())
        for was, is_ in pairs:
            what = "changed" if was and is_ else "came" if is_ else "went"
            pair = tuple(zip(before.names, key, strict=True))
            found.append(Change(titles[key], what, pair, was, is_))
    return tuple(sorted(found))


def write_text(difference: Difference) -> str:
    """`difference` for a reader: a section a kind, a mark and a title a change, and what is said below."""
    if not difference:
        return "no difference\n"
    return "\n".join("\n".join(_lines(name, each)) + "\n" for name, each in difference.sections.items() if each)


def _lines(name: str, changes: tuple[Change, ...]) -> Iterator[str]:
    counts = Counter(change.what for change in changes)
    yield f"{name}: " + ", ".join(f"{counts[what]} {what}" for what in MARKS if counts[what])
    for change in changes:
        yield f"{MARKS[change.what]} {change.title}"
        was, is_ = dict(change.before), dict(change.after)
        if change.what == "changed":
            for each in sorted({*was, *is_}):
                if was.get(each) != is_.get(each):
                    yield f"    {each}: {was.get(each, 'none')} → {is_.get(each, 'none')}"
        elif "sentence" in (said := was or is_):
            source = next(value for name, value in change.key if name == "article")
            figure = f"{said['value']} {said.get('unit', '')}, " if "value" in said else ""
            yield f"    {figure}“{said['sentence']}” {source}"


def write_json(difference: Difference) -> str:
    """`difference` as JSON: a list of changes a section."""
    data = {name: [change.data() for change in each] for name, each in difference.sections.items()}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


WRITERS: dict[str, Callable[[Difference], str]] = {"text": write_text, "json": write_json}
