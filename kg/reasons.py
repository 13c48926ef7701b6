"""Why two names are one thing of a graph, or two: what `kg why-same` and `kg why-not-same` say."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from pyoxigraph import Literal, NamedNode

from kg.errors import InputError
from kg.identity import Identity
from kg.iris import DCTERMS, KG, RDF, RDFS, SKOS
from kg.linking import RULE
from kg.ontology import Ontology
from kg.parts import comparable
from kg.profiles import LIES, Profile, Verdict
from kg.store import LoadedGraph

SHOWN = 6
"""How many articles of one reason are listed."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two names of a thing are one: as the graph has it."""

    rule: str
    first: str
    second: str
    confidence: str
    articles: tuple[str, ...]


@dataclass(frozen=True)
class Things:
    """The named things of a graph, and why their names are one."""

    graph: LoadedGraph
    ontology: Ontology
    identity: Identity

    @cached_property
    def labels(self) -> dict[str, str]:
        """The name of every thing that articles name, by IRI."""
        named = {subject for subject, _ in self._pairs(KG + "mentionedIn")}
        return {subject: label for subject, label in self._pairs(RDFS + "label") if subject in named}

    @cached_property
    def names(self) -> dict[str, tuple[str, ...]]:
        """All names of every thing, its label first."""
        found: dict[str, list[str]] = {iri: [label] for iri, label in self.labels.items()}
        for subject, alias in sorted(self._pairs(SKOS + "altLabel")):
            if subject in found:
                found[subject].append(alias)
        return {iri: tuple(names) for iri, names in found.items()}

    def _pairs(self, predicate: str) -> Iterator[tuple[str, str]]:
        for quad in self.graph.store.quads_for_pattern(None, NamedNode(predicate), None, None):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                yield quad.subject.value, quad.object.value

    def _values(self, subject: str, predicate: str) -> tuple[str, ...]:
        quads = self.graph.store.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None, None)
        return tuple(sorted(quad.object.value for quad in quads if isinstance(quad.object, NamedNode | Literal)))

    def find(self, name: str) -> tuple[str, ...]:
        """The things called `name`: an IRI, a prefixed name, a label, or else another name.

        Raises InputError with the nearest names where there is none.
        """
        prefix, _, local = name.partition(":")
        iri = self.graph.prefixes[prefix] + local if prefix in self.graph.prefixes else name.strip("<>")
        if ":" in iri:
            for each in (iri, *self._values(iri, DCTERMS + "isReplacedBy")):
                if each in self.labels:
                    return (each,)
        wanted = comparable(name)
        found = [each for each, label in self.labels.items() if comparable(label) == wanted]
        found = found or [each for each, names in self.names.items() if wanted in map(comparable, names)]
        if not found:
            raise InputError(f"{self.graph.source}: nothing is called {name}{self._nearest(name)}")
        return tuple(sorted(found))

    def _nearest(self, name: str) -> str:
        known = sorted({each for names in self.names.values() for each in names})
        close = get_close_matches(name, known, n=3, cutoff=0.5)
        close += sorted((each for each in known if name in each or each in name), key=lambda each: (-len(each), each))
        return f"; did you mean {' or '.join(dict.fromkeys(close[:3]))}?" if close else ""

    def kind(self, iri: str) -> str:
        """The most specific class of a thing."""
        kinds = [each.removeprefix(KG) for each in self._values(iri, RDF + "type")]
        known = [each for each in kinds if each in self.ontology.classes]
        return max(known, key=lambda each: (len(self.ontology.ancestors(each)), each), default="")

    def articles(self, iri: str) -> tuple[str, ...]:
        """The articles that name a thing."""
        return self._values(iri, KG + "mentionedIn")

    def reasons(self, iri: str) -> tuple[Reason, ...]:
        """Why the names of a thing are one, the surest first."""
        found = []
        for quad in self.graph.store.quads_for_pattern(None, NamedNode(KG + "identifies"), NamedNode(iri), None):
            node = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
            first, second, rule, sure = (
                next(iter(self._values(node, KG + each)), "")
                for each in ("firstName", "secondName", "rule", "confidence")
            )
            found.append(Reason(rule, first, second, sure, self._values(node, KG + "namedIn")))
        return tuple(sorted(found, key=lambda each: (-float(each.confidence or 0), each.first, each.second, each.rule)))

    def title(self, article: str) -> str:
        """An article as one cites it."""
        title, date, file = (
            next(iter(self._values(article, DCTERMS + each)), "") for each in ("title", "issued", "source")
        )
        return "，".join(part for part in (f"《{title}》" if title else "", date, file) if part) or article

    def show(self, iri: str) -> str:
        """A thing with its class and IRI."""
        kind = self.kind(iri)
        label = self.ontology.classes[kind].label if kind in self.ontology.classes else None
        return f"{self.labels[iri]}  ({label.zh} {kind})  <{iri}>" if label else f"{self.labels[iri]}  <{iri}>"

    def profiles(self, iri: str) -> tuple[Profile, ...]:
        """What is compared of each name of a thing, as far as the graph has it."""
        code = next(iter(self._values(iri, KG + "adcode")), None)
        homes = {place for above in self._values(iri, KG + LIES) for place in self._values(above, KG + "adcode")}
        if not homes:
            areas = {area for each in self.articles(iri) for area in self._values(each, DCTERMS + "spatial")}
            homes = {place for area in areas for place in self._values(area, KG + "adcode")}
        kind, ties = self.kind(iri), self._ties(iri)
        names = self.names[iri]
        return tuple(
            self.identity.profile(kind, each, aliases=names, code=code, homes=homes, ties=ties) for each in names
        )

    def _ties(self, iri: str) -> set[str]:
        """The names of what a thing is tied to by the relation that tells bearers of its name apart."""
        tie = self.identity.parser(self.kind(iri)).rule.tied_by
        return {self.labels.get(each, each) for each in self._values(iri, KG + tie)} if tie else set()


def why_same(things: Things, one: str, two: str) -> str:
    """Why `one` and `two` are names of one thing. Raises InputError where they are not, or there is none."""
    both = sorted(set(things.find(one)) & set(things.find(two)))
    if not both:
        raise InputError(f"{one} and {two} are two things; kg why-not-same says why")
    lines: list[str] = []
    for iri in both:
        reasons = things.reasons(iri)
        chain = list(_chain(reasons, one, two))
        lines += [f"{one} and {two} are one thing: {things.show(iri)}"]
        lines += [line for reason in chain or reasons for line in _told(things, reason)]
        if not reasons:
            lines.append("  it has but one name, in one article")
    return "\n".join(lines) + "\n"


def _chain(reasons: Iterable[Reason], one: str, two: str) -> Iterator[Reason]:
    """The reasons that lead from one name to another, as few as there are; none where a name is not among them."""
    steps: dict[str, list[tuple[str, Reason]]] = defaultdict(list)
    for reason in reasons:
        first, second = comparable(reason.first), comparable(reason.second)
        steps[first].append((second, reason))
        steps[second].append((first, reason))
    start, goal = comparable(one), comparable(two)
    came: dict[str, tuple[str, Reason] | None] = {start: None}
    queue = deque([start])
    while queue:
        name = queue.popleft()
        for other, reason in steps[name]:
            if other not in came:
                came[other] = (name, reason)
                queue.append(other)
    back = []
    name = goal
    while (step := came.get(name)) is not None:
        name, reason = step
        back.append(reason)
    yield from reversed(back)


def _told(things: Things, reason: Reason) -> Iterator[str]:
    linking = things.identity.linking
    rule = linking.rules.get(reason.rule.removeprefix(RULE)) if linking is not None else None
    says = f": {rule.en}" if rule is not None else ""
    yield f"  {reason.first} = {reason.second}{says}"
    yield f"    rule {reason.rule}, confidence {reason.confidence}"
    yield from _listed(things, reason.articles)


def _listed(things: Things, articles: tuple[str, ...]) -> Iterator[str]:
    for article in articles[:SHOWN]:
        yield f"    {things.title(article)}"
    if len(articles) > SHOWN:
        yield f"    and {len(articles) - SHOWN} more"


def why_not_same(things: Things, one: str, two: str) -> str:
    """Why `one` and `two` are two things. Raises InputError where they are one, or there is none."""
    some, others = things.find(one), things.find(two)
    pairs = sorted({(a, b) for a in some for b in others if a != b})
    if not pairs:
        raise InputError(f"{one} and {two} are one thing; kg why-same says why")
    return "\n\n".join("\n".join(_apart(things, a, b)) for a, b in pairs) + "\n"


def _apart(things: Things, one: str, two: str) -> Iterator[str]:
    yield f"two things: {things.show(one)}"
    yield f"            {things.show(two)}"
    both = tuple(sorted(set(things.articles(one)) & set(things.articles(two))))
    if both:
        yield "  an article names both, as two:"
        yield from _listed(things, both)
    verdicts = {
        (a.label, b.label): things.identity.compare(a, b) for a in things.profiles(one) for b in things.profiles(two)
    }
    told = {names: verdict for names, verdict in verdicts.items() if verdict.apart}
    fits = {names: verdict for names, verdict in verdicts.items() if verdict.rule is not None}
    for (a, b), verdict in sorted((told or {} if fits else verdicts).items(), key=_first)[:SHOWN]:
        yield f"  {a} / {b}: {verdict.why}"
    if fits and not told and not both:
        (a, b), verdict = min(fits.items(), key=_first)
        yield f"  {a} / {b}: they could be one ({RULE}{verdict.rule}), but when the later was read, it could as well"
        yield "  have been another, or the article told it from what it is like"


def _first(item: tuple[tuple[str, str], Verdict]) -> tuple[str, str]:
    return item[0]
