"""What people decided, as triples: who, why, when, about what, and on which sentences (PROV-O)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from kg.corrections.model import Add, Correction, Reject
from kg.corrections.outcome import Corrected, Outcome
from kg.graph import claim_path, dated, span
from kg.iris import DCTERMS, KG, PROV, RDF, RDFS, digest, encode
from kg.types import Article, Claim


def record(corrected: Corrected, *, base: str) -> Iterator[Triple]:
    """The triples of the corrections that were applied. Equal ones are one."""
    articles = {each.article.id: each.article for each in corrected.extractions}
    for outcome in corrected.outcomes:
        if not outcome.problem:
            yield from _decision(outcome, corrected, articles, base)


def _decision(outcome: Outcome, corrected: Corrected, articles: dict[str, Article], base: str) -> Iterator[Triple]:
    correction = outcome.placed.correction
    node = NamedNode(f"{base}correction/{digest(correction.model_dump_json(by_alias=True))}")
    yield Triple(node, _TYPE, NamedNode(KG + "Correction"))
    yield Triple(node, _TYPE, NamedNode(PROV + "Activity"))
    yield Triple(node, NamedNode(KG + "decision"), Literal(correction.do))
    yield Triple(node, NamedNode(KG + "decided"), Literal(outcome.placed.words()))
    if correction.reason:
        yield Triple(node, NamedNode(KG + "reason"), Literal(correction.reason))
    if correction.date:
        yield Triple(node, NamedNode(DCTERMS + "date"), dated(correction.date))
    editor = None
    if correction.author:
        editor = NamedNode(f"{base}editor/{encode(correction.author)}")
        yield Triple(node, _prov("wasAssociatedWith"), editor)
        yield Triple(editor, _TYPE, NamedNode(PROV + "Agent"))
        yield Triple(editor, NamedNode(RDFS + "label"), Literal(correction.author))
    for path in outcome.things:
        thing = NamedNode(base + path)
        yield Triple(node, NamedNode(KG + "about"), thing)
        if not isinstance(correction, Reject | Add):
            yield Triple(thing, _prov("wasInfluencedBy"), node)
    for claim in _added(outcome, correction, corrected, articles, base):
        yield Triple(claim, _prov("wasGeneratedBy"), node)
        if editor is not None:
            yield Triple(claim, _prov("wasAttributedTo"), editor)
    for article, fact in outcome.facts:
        words, *triples = span(base, articles[article], fact.evidence)
        yield Triple(node, _prov("used"), words.subject)
        yield from (words, *triples)


def _added(
    outcome: Outcome, correction: Correction, corrected: Corrected, articles: dict[str, Article], base: str
) -> Iterable[NamedNode]:
    """The claims that an addition has made."""
    if not isinstance(correction, Add):
        return
    for article, fact in outcome.facts:
        if isinstance(fact, Claim):
            known = [corrected.linked.node_of.get((article, each)) for each in (fact.subject, fact.object)]
            ends = [node.path if node else fact.object for node in known]
            yield NamedNode(base + claim_path(articles[article], fact, *ends))


def _prov(name: str) -> NamedNode:
    return NamedNode(PROV + name)


_TYPE = NamedNode(RDF + "type")
