"""Extractions → triples, as the vocabulary contract has them.

Everything an article says stands twice: as a plain triple, and as a claim or observation
that names the article, the span and the rule. What the gazetteer knows of an area (its
superior areas) is a plain triple without a claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import PurePath

from pyoxigraph import Literal, NamedNode, Triple

from kg.identifications import identification
from kg.identity import Identity
from kg.iris import (
    BASE,
    DCTERMS,
    KG,
    NIF,
    PROV,
    RDF,
    RDFS,
    SKOS,
    XSD,
    article_path,
    digest,
    encode,
    evidence_path,
)
from kg.lexicon.divisions import Division, Divisions
from kg.linking import Linked, Node, link
from kg.scheme import Scheme
from kg.types import Article, Claim, Evidence, Extraction, Observation

_DATE_TYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}


def build_graph(
    extractions: Iterable[Extraction],
    *,
    scheme: Scheme,
    divisions: Divisions | None = None,
    base: str = BASE,
    identity: Identity | None = None,
    linked: Linked | None = None,
) -> list[Triple]:
    """The triples of `extractions`, each once, in no order that matters.

    No blank nodes; every IRI follows from the content alone. Entities that name one thing
    in several articles become one node, as `linked` has them, else as `identity` decides (see `kg.linking`).
    """
    extractions = sorted(extractions, key=lambda extraction: extraction.article.id)
    identity = identity or Identity()
    linked = linked or link(extractions, family=scheme.segment, identity=identity)
    writer = _Writer(base, scheme, divisions, linked)
    triples: dict[Triple, None] = {}
    for node in linked.nodes:
        triples.update(dict.fromkeys(writer.entity(node)))
        triples.update(dict.fromkeys(identification(node, base=base, confidence=identity.confidence)))
    for extraction in extractions:
        triples.update(dict.fromkeys(writer.extraction(extraction)))
    if divisions is not None:
        places = (extraction.place for extraction in extractions if extraction.place)
        triples.update(dict.fromkeys(writer.background(divisions, places)))
    return list(triples)


def claim_path(article: Article, claim: Claim, subject: str, object_: str) -> str:
    """The path of a claim whose ends have the paths `subject` and `object_`."""
    said = (subject, claim.predicate, object_, *claim.qualifiers)
    return "claim/" + digest(*said, *_place(article, claim.evidence), claim.rule)


def span(base: str, article: Article, evidence: Evidence) -> tuple[Triple, ...]:
    """The triples of a span; it is the subject of all."""
    node = NamedNode(base + evidence_path(article.id, evidence))
    return (
        Triple(node, _TYPE, NamedNode(NIF + "RFC5147String")),
        Triple(node, NamedNode(NIF + "referenceContext"), NamedNode(base + article_path(article.id))),
        Triple(node, NamedNode(NIF + "beginIndex"), _number(Decimal(evidence.begin))),
        Triple(node, NamedNode(NIF + "endIndex"), _number(Decimal(evidence.end))),
        Triple(node, NamedNode(NIF + "anchorOf"), Literal(evidence.text)),
    )


def dated(date: str) -> Literal:
    """An ISO date as xsd:gYear, xsd:gYearMonth or xsd:date."""
    return Literal(date, datatype=NamedNode(XSD + _DATE_TYPES.get(len(date), "string")))


@dataclass(frozen=True, slots=True)
class _Writer:
    """Turns what was read into triples below one base IRI."""

    base: str
    scheme: Scheme
    divisions: Divisions | None
    linked: Linked

    def _id(self, path: str) -> NamedNode:
        return NamedNode(self.base + path)

    def entity(self, node: Node) -> Iterator[Triple]:
        """Classes, names and code of a thing."""
        division = self.divisions.get(node.code) if self.divisions and node.code else None
        label = division.name if division else node.label
        aliases = [name for name in (node.label, *node.aliases) if name != label]
        yield from self._named(self._id(node.path), node.kinds, label, aliases, node.code)

    def _named(
        self, thing: NamedNode, kinds: Iterable[str], label: str, aliases: Iterable[str], code: str | None
    ) -> Iterator[Triple]:
        for kind in kinds:
            for above in self.scheme.lineage(kind):
                yield Triple(thing, _TYPE, NamedNode(KG + above))
        yield Triple(thing, _LABEL, Literal(label, language="zh"))
        for alias in aliases:
            yield Triple(thing, _ALT_LABEL, Literal(alias, language="zh"))
        if code and code.isdecimal():  # a country's letters are no code of GB/T 2260
            yield Triple(thing, _kg("adcode"), Literal(code))

    def extraction(self, extraction: Extraction) -> Iterator[Triple]:
        """The article, who is named in it, its claims and its observations."""
        article = extraction.article
        yield from self._article(article)
        if self.divisions is not None and (area := self.divisions.get(extraction.place or "")) is not None:
            yield Triple(self._id(article_path(article.id)), _dcterms("spatial"), self._area(area, self.divisions))
        source = self._id(article_path(article.id))
        for entity in extraction.entities:
            thing = self._thing(article, entity.id)
            yield Triple(thing, _kg("mentionedIn"), source)
            if entity.evidence:
                yield from self._derived(thing, article, min(entity.evidence))
        # What was read twice by one rule at one place is one claim, as sure as the surer reading.
        claims = sorted(extraction.claims, key=lambda claim: -claim.confidence)
        for claim in {self._claim_path(article, claim): claim for claim in reversed(claims)}.values():
            yield from self._claim(article, claim)
        observations = sorted(extraction.observations, key=lambda each: -each.confidence)
        for each in {self._observation_path(article, each): each for each in reversed(observations)}.values():
            yield from self._observation(article, each)

    def _path(self, article: Article, entity: str) -> str:
        return self.linked.node_of[article.id, entity].path

    def _thing(self, article: Article, entity: str) -> NamedNode:
        return self._id(self._path(article, entity))

    def _article(self, article: Article) -> Iterator[Triple]:
        node = self._id(article_path(article.id))
        known = article.metadata
        yield Triple(node, _TYPE, _kg("Article"))
        yield Triple(node, _dcterms("source"), Literal(article.file))
        yield Triple(node, _kg("sha256"), Literal(article.sha256))
        yield Triple(node, _dcterms("title"), Literal(known.title or PurePath(article.file).stem, language="zh"))
        if known.issued:
            yield Triple(node, _dcterms("issued"), dated(known.issued))
        if known.publisher:
            yield Triple(node, _dcterms("publisher"), Literal(known.publisher))
        for author in known.authors:
            yield Triple(node, _dcterms("creator"), Literal(author))

    def _derived(self, node: NamedNode, article: Article, evidence: Evidence) -> Iterator[Triple]:
        words, *triples = span(self.base, article, evidence)
        yield Triple(node, NamedNode(PROV + "wasDerivedFrom"), words.subject)
        yield from (words, *triples)

    def _claim_path(self, article: Article, claim: Claim) -> str:
        thing = self.linked.node_of.get((article.id, claim.object))
        object_ = thing.path if thing else claim.object
        return claim_path(article, claim, self._path(article, claim.subject), object_)

    def _observation_path(self, article: Article, fact: Observation) -> str:
        said = (self._path(article, fact.subject), fact.indicator, _plain(fact.value), fact.unit)
        return "observation/" + digest(*said, fact.period or "", fact.kind, *_place(article, fact.evidence), fact.rule)

    def _claim(self, article: Article, claim: Claim) -> Iterator[Triple]:
        subject = self._thing(article, claim.subject)
        thing = self.linked.node_of.get((article.id, claim.object))
        object_ = self._id(thing.path) if thing else Literal(claim.object)  # the word that an attribute gives
        if subject == object_:
            return  # two names of one thing: nothing is said
        predicate = _kg(claim.predicate)
        yield Triple(subject, predicate, object_)
        node = self._id(self._claim_path(article, claim))
        yield Triple(node, _TYPE, NamedNode(RDF + "Statement"))
        yield Triple(node, NamedNode(RDF + "subject"), subject)
        yield Triple(node, NamedNode(RDF + "predicate"), predicate)
        yield Triple(node, NamedNode(RDF + "object"), object_)
        for name, value in claim.qualifiers:
            yield Triple(node, _kg(name), Literal(value))
        yield from self._read_by(node, article, claim)

    def _read_by(self, node: NamedNode, article: Article, fact: Claim | Observation) -> Iterator[Triple]:
        yield Triple(node, _kg("confidence"), _number(Decimal(str(round(fact.confidence, 2)))))
        yield Triple(node, _kg("rule"), Literal(fact.rule))
        yield from self._derived(node, article, fact.evidence)

    def _observation(self, article: Article, fact: Observation) -> Iterator[Triple]:
        subject = self._thing(article, fact.subject)
        node = self._id(self._observation_path(article, fact))
        indicator = self._id("indicator/" + encode(fact.indicator))
        yield Triple(indicator, _TYPE, _kg("Indicator"))
        yield Triple(indicator, _LABEL, Literal(fact.indicator, language="zh"))
        yield Triple(node, _TYPE, _kg("Observation"))
        yield Triple(node, _kg("subject"), subject)
        yield Triple(node, _kg("indicator"), indicator)
        yield Triple(node, _kg("value"), _number(fact.value))
        yield Triple(node, _kg("unit"), Literal(fact.unit))
        if fact.normalized_value is not None and fact.normalized_unit is not None:
            yield Triple(node, _kg("normalizedValue"), _number(fact.normalized_value))
            yield Triple(node, _kg("normalizedUnit"), Literal(fact.normalized_unit))
        if fact.period:
            yield Triple(node, _kg("period"), Literal(fact.period))
        yield Triple(node, _kg("kind"), Literal(fact.kind))
        yield from self._read_by(node, article, fact)

    def background(self, divisions: Divisions, places: Iterable[str]) -> Iterator[Triple]:
        """Where the areas with a code lie, up to the top, what became of them, and the names no article has."""
        named = {node.code for node in self.linked.nodes}
        rows = {code: divisions.by_code.get(code, ()) for code in named if code}
        heirs = {code: found[0].successor for code, found in rows.items() if found and found[0].successor}
        for code, heir in heirs.items():
            ends = [divisions.get(each) for each in (code, heir)]
            old, new = (self._area(end, divisions) for end in ends if end is not None)
            yield Triple(old, _dcterms("isReplacedBy"), new)
        for code in sorted({*rows, *heirs.values(), *places}):
            chain = divisions.chain(code)
            for below, above in pairwise(chain):
                yield Triple(self._area(below, divisions), _kg("locatedIn"), self._area(above, divisions))
            for area in chain:
                if area.code not in named:
                    kind = divisions.level(area).class_
                    yield from self._named(self._area(area, divisions), (kind,), area.name, area.shorts, area.code)

    def _area(self, area: Division, divisions: Divisions) -> NamedNode:
        return self._id(f"{self.scheme.segment(divisions.level(area).class_)}/{encode(area.code)}")


def _kg(name: str) -> NamedNode:
    return NamedNode(KG + name)


def _dcterms(name: str) -> NamedNode:
    return NamedNode(DCTERMS + name)


def _number(value: Decimal) -> Literal:
    """A whole number as xsd:integer, any other as xsd:decimal, in plain notation."""
    datatype = "integer" if value == value.to_integral_value() else "decimal"
    return Literal(_plain(value), datatype=NamedNode(XSD + datatype))


def _plain(value: Decimal) -> str:
    """`value` without exponent and without zeros that say nothing."""
    return str(int(value)) if value == value.to_integral_value() else format(value.normalize(), "f")


def _place(article: Article, evidence: Evidence) -> tuple[str, int, int]:
    return article.id, evidence.begin, evidence.end


_TYPE = NamedNode(RDF + "type")
_LABEL = NamedNode(RDFS + "label")
_ALT_LABEL = NamedNode(SKOS + "altLabel")
