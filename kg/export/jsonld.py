"""JSON-LD that reads like JSON: short keys for the terms of the ontology, by a context made from it.

After https://www.w3.org/TR/json-ld11/. A class is its name (``Park``), a property its name
(``locatedIn``); a name that a prefix has already keeps its prefix (``kg:indicator``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import DataError
from kg.export.content import Content
from kg.iris import DCTERMS, KG, NIF, PROV, RDF, RDFS, SKOS, XSD
from kg.ontology import Ontology, Property

LANGUAGE = "zh"
LABELS = {"label": RDFS + "label", "altLabel": SKOS + "altLabel", "title": DCTERMS + "title"}
LINKS = {
    "wasDerivedFrom": PROV + "wasDerivedFrom",
    "referenceContext": NIF + "referenceContext",
    **{f"rdf:{name}": RDF + name for name in ("subject", "predicate", "object")},
}
TEXTS = {
    **{name: DCTERMS + name for name in ("source", "publisher", "creator", "issued")},
    "anchorOf": NIF + "anchorOf",
}
NUMBERS = {"beginIndex": NIF + "beginIndex", "endIndex": NIF + "endIndex"}


def context(ontology: Ontology, prefixes: Mapping[str, str]) -> dict[str, object]:
    """The context of graphs in the terms of `ontology`: prefixes, classes, properties with their types."""
    terms: dict[str, object] = {"@version": 1.1, "id": "@id", "type": "@type", **dict(sorted(prefixes.items()))}
    spaces = {iri: name for name, iri in sorted(prefixes.items(), reverse=True)}
    own = {**{name: KG + name for name in ontology.classes}, **LABELS, **LINKS, **TEXTS, **NUMBERS}
    notes: dict[str, dict[str, str]] = {name: {"@language": LANGUAGE} for name in LABELS}
    notes |= {name: {"@type": "@id"} for name in LINKS} | {
        name: {"@type": f"{spaces[XSD]}:integer"} for name in NUMBERS
    }
    for each in ontology.properties.values():
        if each.kind != "annotation":
            own[each.name] = KG + each.name
            notes[each.name] = _note(each, spaces[XSD])
    for name, iri in sorted(own.items(), key=lambda pair: (pair[0][0].islower(), pair)):
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        short = f"{spaces[iri[:cut]]}:{iri[cut:]}"
        terms[short if name in terms else name] = {"@id": short, **notes[name]} if notes.get(name) else short
    return terms


def _note(each: Property, xsd: str) -> dict[str, str]:
    """How values of a property are read."""
    if each.kind == "object":
        return {"@type": "@id"}
    return {"@type": f"{xsd}:{each.range[0]}"} if each.range != ("string",) else {}


@dataclass(frozen=True, slots=True)
class _Terms:
    """The terms of a context by IRI."""

    names: dict[str | None, tuple[str, str | None, str | None]]
    prefixes: tuple[tuple[str, str], ...]

    def short(self, iri: str) -> str:
        """`iri` as a value of ``id`` in JSON-LD."""
        return next((f"{name}:{iri[len(space) :]}" for name, space in self.prefixes if iri.startswith(space)), iri)


def _terms(terms: Mapping[str, object], prefixes: Mapping[str, str]) -> _Terms:

    def full(short: str | None) -> str | None:
        name, _, rest = (short or "").partition(":")
        return prefixes[name] + rest if name in prefixes else short

    names: dict[str | None, tuple[str, str | None, str | None]] = {}
    for name, definition in terms.items():
        if isinstance(definition, dict):
            names[full(definition["@id"])] = (name, full(definition.get("@type")), definition.get("@language"))
        elif name not in prefixes and isinstance(definition, str):
            names[full(definition)] = (name, None, None)
    longest = sorted(prefixes.items(), key=lambda pair: (-len(pair[1]), pair))
    return _Terms(names, tuple(longest))


def write_jsonld(content: Content, out: BinaryIO) -> None:
    """A JSON-LD document with one object a subject, a line each."""
    prefixes = {name: iri for name, iri in content.names.items() if name and iri[-1:] in ("/", "#")}
    table = context(content.ontology, prefixes)
    terms = _terms(table, prefixes)
    head = json.dumps(table, ensure_ascii=False, indent=1)
    out.write(f'{{"@context": {head},\n"@graph": ['.encode())
    mark = "\n"
    for subject, triples in content.subjects():
        line = json.dumps(_node(subject, triples, terms), ensure_ascii=False)
        out.write(f"{mark}{line}".encode())
        mark = ",\n"
    out.write(b"\n]}\n")


def _node(subject: str, triples: Iterable[Triple], terms: _Terms) -> dict[str, object]:
    found: dict[str, list[object]] = {}
    for triple in triples:
        iri = triple.predicate.value
        if iri == RDF + "type" and isinstance(triple.object, NamedNode):
            kind = triple.object.value
            found.setdefault("type", []).append(terms.names.get(kind, (terms.short(kind),))[0])
            continue
        name, datatype, language = terms.names.get(iri, (terms.short(iri), None, None))
        found.setdefault(name, []).append(_value(triple.object, datatype, language, terms))
    values = {name: each[0] if len(each) == 1 else each for name, each in found.items()}
    order = ("type", "label", "title")
    keys = sorted(values, key=lambda name: (order.index(name) if name in order else len(order), name))
    return {"id": terms.short(subject), **{name: values[name] for name in keys}}


def _value(term: object, datatype: str | None, language: str | None, terms: _Terms) -> object:
    """A value as the definition of its key reads it back."""
    if isinstance(term, NamedNode):
        return terms.short(term.value) if datatype == "@id" else {"id": terms.short(term.value)}
    if not isinstance(term, Literal):
        raise DataError(f"cannot write {term}: a blank node has no stable name; give it an IRI")
    if term.language is not None:
        return term.value if term.language == language else {"@value": term.value, "@language": term.language}
    given = term.datatype.value
    if given == datatype or (given == XSD + "string" and datatype is None and language is None):
        return term.value
    if given == XSD + "string":
        return {"@value": term.value}
    return {"@value": term.value, "@type": terms.short(given)}
