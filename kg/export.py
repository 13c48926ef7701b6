"""A graph in the formats that other tools read. A new format is a row of WRITERS."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from kg.iris import RDF, XSD
from kg.turtle import write_turtle


def write_ntriples(triples: Iterable[Triple], *, prefixes: Mapping[str, str]) -> str:
    """`triples` as sorted N-Triples; `prefixes` are not used."""
    data = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    return "".join(sorted({f"{line}\n" for line in data.decode("utf-8").split("\n") if line}))


def write_jsonld(triples: Iterable[Triple], *, prefixes: Mapping[str, str]) -> str:
    """`triples` as a JSON-LD document: one object a subject, sorted, with a context of `prefixes`."""
    names = sorted(((iri, name) for name, iri in prefixes.items()), key=lambda pair: (-len(pair[0]), pair))

    def compact(iri: str) -> str:
        return next((f"{name}:{iri[len(space) :]}" for space, name in names if iri.startswith(space)), iri)

    subjects: dict[str, dict[str, set[str]]] = {}
    for triple in triples:
        verb = "@type" if triple.predicate.value == RDF + "type" else compact(triple.predicate.value)
        value = _jsonld_value(triple.object, compact, bare=verb == "@type")
        row = subjects.setdefault(compact(_subject(triple)), {})
        row.setdefault(verb, set()).add(json.dumps(value, ensure_ascii=False, sort_keys=True))
    document = {
        "@context": dict(sorted(prefixes.items())),
        "@graph": [
            {"@id": subject, **{verb: [json.loads(value) for value in sorted(row[verb])] for verb in sorted(row)}}
            for subject, row in sorted(subjects.items())
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _subject(triple: Triple) -> str:
    return triple.subject.value if isinstance(triple.subject, NamedNode) else str(triple.subject)


def _jsonld_value(term: object, compact: Callable[[str], str], *, bare: bool) -> object:
    if not isinstance(term, Literal):
        name = compact(term.value) if isinstance(term, NamedNode) else str(term)
        return name if bare else {"@id": name}
    if term.language is not None:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == XSD + "string":
        return term.value
    return {"@value": term.value, "@type": compact(term.datatype.value)}


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a graph: what it is called, the ending of its files, and the function."""

    title: str
    suffix: str
    write: Callable[..., str]


WRITERS: dict[str, Format] = {
    "ttl": Format("Turtle, one prefix a class, sorted", ".ttl", write_turtle),
    "nt": Format("N-Triples, sorted", ".nt", write_ntriples),
    "jsonld": Format("JSON-LD with a context", ".jsonld", write_jsonld),
}


def export_graph(triples: Iterable[Triple], *, format: str, prefixes: Mapping[str, str]) -> str:
    """`triples` in a format of WRITERS; equal graphs give equal text. Raises KeyError for an unknown format."""
    return WRITERS[format].write(triples, prefixes=prefixes)
