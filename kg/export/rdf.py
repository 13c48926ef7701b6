"""The formats of the RDF family that differ in syntax alone: Turtle, TriG, N-Triples, N-Quads, RDF/XML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import DataError
from kg.export.content import Content
from kg.export.graphs import by_graph, quads
from kg.export.xml import attribute, text
from kg.iris import RDF, XSD
from kg.turtle import Names, block


def write_turtle(content: Content, out: BinaryIO) -> None:
    """Turtle, the same as `kg.turtle.write_turtle` writes; two passes, the first to learn which prefixes are used."""
    names = Names(content.names)
    for _ in turtle_blocks(content.subjects(), names):
        pass
    out.write(names.head().encode())
    for each in turtle_blocks(content.subjects(), names):
        out.write(each.encode())


def turtle_blocks(subjects: Iterable[tuple[str, list[Triple]]], names: Names) -> Iterator[str]:
    """One block of Turtle a subject."""
    for subject, triples in subjects:
        yield block(subject, ((each.predicate.value, names.term(each.object)) for each in triples), names)


def write_trig(content: Content, out: BinaryIO) -> None:
    """TriG with the graphs of `kg.export.graphs`."""
    names = Names(content.names)
    graphs = list(by_graph(content))
    texts = [(names.iri(graph), "".join(turtle_blocks(_by_subject(triples), names))) for graph, triples in graphs]
    out.write(names.head().encode())
    for name, body in texts:
        out.write(f"\n{name} {{\n{body}}}\n".encode())


def _by_subject(triples: Iterable[Triple]) -> Iterator[tuple[str, list[Triple]]]:
    subjects: dict[str, list[Triple]] = {}
    for triple in triples:
        subjects.setdefault(str(triple.subject)[1:-1], []).append(triple)
    yield from subjects.items()


def write_ntriples(content: Content, out: BinaryIO) -> None:
    """N-Triples, sorted."""
    for triple in content.triples():
        out.write(f"{triple} .\n".encode())


def write_nquads(content: Content, out: BinaryIO) -> None:
    """N-Quads, sorted, with the graphs of `kg.export.graphs`."""
    for quad in quads(content):
        out.write(f"{quad} .\n".encode())


def write_rdfxml(content: Content, out: BinaryIO) -> None:
    """RDF/XML: one rdf:Description a subject.

    Characters that XML 1.0 cannot hold become U+FFFD. Raises DataError for a predicate that is no XML name.
    """
    spaces: dict[str, str] = {RDF: "rdf"}
    for triple in content.triples():
        space = _split(triple.predicate.value)[0]
        if space not in spaces:
            known = (name for name, iri in sorted(content.names.items()) if iri == space and name)
            spaces[space] = next(known, f"ns{len(spaces)}")
    out.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF')
    for space, name in sorted(spaces.items(), key=lambda pair: pair[1]):
        out.write(f"\n    xmlns:{name}={attribute(space)}".encode())
    out.write(b">\n")
    for subject, triples in content.subjects():
        rows = "".join(_property(triple, spaces) for triple in triples)
        out.write(f"<rdf:Description rdf:about={attribute(subject)}>\n{rows}</rdf:Description>\n".encode())
    out.write(b"</rdf:RDF>\n")


def _property(triple: Triple, spaces: dict[str, str]) -> str:
    space, local = _split(triple.predicate.value)
    tag, value = f"{spaces[space]}:{local}", triple.object
    if isinstance(value, NamedNode):
        return f"  <{tag} rdf:resource={attribute(value.value)}/>\n"
    if not isinstance(value, Literal):
        raise DataError(f"cannot write {value}: a blank node has no stable name; give it an IRI")
    note = ""
    if value.language is not None:
        note = f' xml:lang="{value.language}"'
    elif value.datatype.value != XSD + "string":
        note = f" rdf:datatype={attribute(value.datatype.value)}"
    return f"  <{tag}{note}>{text(value.value)}</{tag}>\n"


def _split(iri: str) -> tuple[str, str]:
    """Namespace and local name of a predicate."""
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    local = iri[cut:]
    if not local.replace("-", "").replace(".", "").isidentifier() or local[0] in "-.":
        raise DataError(f"cannot write {iri} in RDF/XML: it does not end in an XML name; choose another format")
    return iri[:cut], local
