"""RDF 1.2 Turtle: a claim is the reifier of its triple, and its evidence stands beside it.

    project:x kg:undertakenBy enterprise:y ~ claim:6f1c {| kg:confidence 0.93 ; kg:rule "…" |} .

After https://www.w3.org/TR/rdf12-turtle/, section 2.11. The rdf:Statement with its rdf:subject,
rdf:predicate and rdf:object is not repeated: ``claim:6f1c rdf:reifies <<( … )>>`` says the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from pyoxigraph import NamedNode, Triple

from kg.export.content import TYPE, Content
from kg.iris import RDF
from kg.turtle import Names, block, predicates

ENDS = (RDF + "subject", RDF + "predicate", RDF + "object")
STATEMENT = NamedNode(RDF + "Statement")


def write_reifiers(content: Content, out: BinaryIO) -> None:
    """RDF 1.2 Turtle with claims as reifiers."""
    names = Names(content.names)
    claims = _claims(content)
    inner = {claim for found in claims.values() for claim in found}
    for _ in _blocks(content, claims, inner, names):
        pass
    out.write(b'VERSION "1.2"\n')
    out.write(names.head().encode())
    for text in _blocks(content, claims, inner, names):
        out.write(text.encode())


def _claims(content: Content) -> dict[Triple, list[str]]:
    """The claims of each triple that stands in the graph; a claim of a triple that does not stays a statement."""
    store = content.store
    found: dict[Triple, list[str]] = {}
    for quad in store.quads_for_pattern(None, TYPE, STATEMENT, None):
        ends = [each.object for end in ENDS for each in store.quads_for_pattern(quad.subject, NamedNode(end), None)]
        if len(ends) == len(ENDS) and isinstance(quad.subject, NamedNode):
            triple = Triple(*ends)  # type: ignore[arg-type] # subject and predicate are nodes
            if next(store.quads_for_pattern(*triple), None) is not None:
                found.setdefault(triple, []).append(quad.subject.value)
    return {triple: sorted(claims) for triple, claims in found.items()}


def _blocks(content: Content, claims: dict[Triple, list[str]], inner: set[str], names: Names) -> Iterator[str]:
    for subject, triples in content.subjects():
        if subject not in inner:
            yield block(
                subject,
                (
                    (each.predicate.value, names.term(each.object) + _annotations(content, claims.get(each, ()), names))
                    for each in triples
                ),
                names,
            )


def _annotations(content: Content, claims: list[str] | tuple[()], names: Names) -> str:
    """The reifiers behind an object, each with what is said of it."""
    text = ""
    for claim in claims:
        quads = content.store.quads_for_pattern(NamedNode(claim), None, None)
        rows = [
            (each.predicate.value, names.term(each.object))
            for each in quads
            if each.predicate.value not in ENDS and (each.predicate, each.object) != (TYPE, STATEMENT)
        ]
        said = f" {{| {predicates(rows, names, indent='        ')} |}}" if rows else ""
        text += f"\n      ~ {names.iri(claim)}{said}"
    return text
