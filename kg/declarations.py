"""What is asked of every class and property of citykg.ttl, and what is wrong where it is not given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.errors import nearest
from kg.iris import KG, OWL, RDF, RDFS, SKOS, XSD
from kg.terms import KINDS, Problem, TermFile, Value, short

LANGUAGES = ("zh", "en")
TEXTS = (RDFS + "label", SKOS + "definition")
ENDS = (RDFS + "domain", RDFS + "range")
COLOUR = KG + "colour"
SYMMETRIC = OWL + "SymmetricProperty"
TRAITS = (
    "AsymmetricProperty", "DeprecatedClass", "DeprecatedProperty", "FunctionalProperty",
    "InverseFunctionalProperty", "IrreflexiveProperty", "ReflexiveProperty", "SymmetricProperty",
    "TransitiveProperty",
)  # fmt: skip
"""What a class or property can be besides its kind."""

# OWL 2 Structural Specification, section 4, as far as article figures, names and dates need them. OWL 2 DL
# has no xsd:date and xsd:gYear, which is why kg:period is a string.
DATATYPES = (
    "anyURI", "boolean", "dateTime", "decimal", "double", "float", "integer", "nonNegativeInteger", "string",
)  # fmt: skip

Terms = dict[str, list[str]]


def ontology_problems(file: TermFile) -> Iterator[Problem]:
    """All that is wrong with the terms of kg: in `file`, worst first; nothing when it holds together."""
    terms = {iri: kinds for iri, kinds in file.declared().items() if iri.startswith(KG)}
    for iri in file.used(KG):
        yield from _declaration(file, iri, terms)
    classes = [iri for iri, kinds in terms.items() if kinds == ["class"]]
    for iri, kinds in terms.items():
        yield from _texts(file, iri)
        if "class" in kinds:
            yield from _superclasses(file, iri, classes)
        elif kinds in (["object"], ["datatype"]):
            yield from _domain(file, iri, classes)
            yield from _range(file, iri, kinds[0], classes)


def undeclared(file: TermFile, *, known: Iterable[str]) -> Iterator[Problem]:
    """The terms of kg: that `file` uses though the ontology, with the terms `known`, does not declare them."""
    terms = {iri: ["known"] for iri in known}
    for iri in file.used(KG):
        if iri not in terms:
            yield file.problem(iri, f"is used but not declared{_hint(iri, terms)}")


def foreign_problems(file: TermFile) -> Iterator[Problem]:
    """Properties of other vocabularies that `file` uses undeclared, or declares twice (OWL 2 DL, section 3)."""
    terms = file.declared()
    reserved = (KG, RDF, RDFS, OWL)
    for iri in sorted({predicate for _, predicate, _ in file.triples}):
        if not iri.startswith(reserved) and iri not in terms:
            yield file.problem(iri, f"is used but not declared; add {short(iri)} a owl:AnnotationProperty")
    for iri, kinds in terms.items():
        if not iri.startswith(KG) and len(kinds) > 1:
            yield file.problem(iri, f"is declared {_times(kinds)}; keep one declaration", last=True)


def _declaration(file: TermFile, iri: str, terms: Terms) -> Iterator[Problem]:
    kinds = terms.get(iri, [])
    for value in file.values(iri, RDF + "type"):
        name = value.value if isinstance(value, ox.NamedNode) else ""
        if name not in KINDS and name.removeprefix(OWL) not in TRAITS:
            hint = nearest(short(name), map(short, KINDS)) or f"; make it one of {', '.join(map(short, KINDS))}"
            yield file.problem(iri, f"{short(name)} is no kind of term{hint}")
            return
    if not kinds and file.values(iri, RDF + "type"):
        yield file.problem(iri, f"has no kind; make it one of {', '.join(map(short, KINDS))}")
    elif not kinds:
        yield file.problem(iri, f"is used but not declared{_hint(iri, terms)}")
    elif len(kinds) > 1:
        yield file.problem(iri, f"is declared {_times(kinds)}; keep one declaration", last=True)


def _times(kinds: list[str]) -> str:
    return f"as {' and as '.join(sorted(set(kinds)))}" if len(set(kinds)) > 1 else f"{len(kinds)} times"


def _hint(iri: str, terms: Iterable[str]) -> str:
    return nearest(short(iri), [short(each) for each in terms if each != iri])


def _texts(file: TermFile, iri: str) -> Iterator[Problem]:
    for predicate in TEXTS:
        texts = [value for value in file.values(iri, predicate) if isinstance(value, ox.Literal)]
        for language in LANGUAGES:
            found = [text.value for text in texts if text.language == language]
            if not any(text.strip() for text in found):
                yield file.problem(
                    iri, f'has no {short(predicate)} in {language}; add {short(predicate)} "…"@{language}'
                )
            elif len(found) > 1:
                yield file.problem(iri, f"has {len(found)} {short(predicate)}s in {language}; keep one")


def _superclasses(file: TermFile, iri: str, classes: list[str]) -> Iterator[Problem]:
    line = [iri]
    for each in line:
        for parent in _names(file.values(each, RDFS + "subClassOf")):
            if parent == iri:
                yield file.problem(iri, "is its own superclass; break the circle of rdfs:subClassOf")
            elif each == iri and parent not in classes:
                yield file.problem(
                    iri, f"rdfs:subClassOf {short(parent)}, which is no class of kg:{_hint(parent, classes)}"
                )
            elif parent not in line:
                line.append(parent)
    for colour in file.values(iri, COLOUR):
        if not isinstance(colour, ox.Literal) or not re.fullmatch("#[0-9A-Fa-f]{6}", colour.value):
            yield file.problem(iri, f"kg:colour {colour} is no colour; write it as #RRGGBB")


def _domain(file: TermFile, iri: str, classes: list[str]) -> Iterator[Problem]:
    for end in ENDS:
        found = file.values(iri, end)
        if not found:
            yield file.problem(iri, f"has no {short(end)}; add {short(end)} and a class")
        elif len(found) > 1:
            yield file.problem(
                iri, f"has {len(found)} {short(end)}s, which means all at once; join them with owl:unionOf"
            )
    yield from _end_classes(file, iri, RDFS + "domain", classes)


def _range(file: TermFile, iri: str, kind: str, classes: list[str]) -> Iterator[Problem]:
    symmetric = SYMMETRIC in _names(file.values(iri, RDF + "type"))
    if kind == "object":
        yield from _end_classes(file, iri, RDFS + "range", classes)
        ends = [sorted(map(str, file.ends(iri, end))) for end in ENDS]
        if symmetric and ends[0] != ends[1]:
            yield file.problem(iri, "is symmetric, but its rdfs:domain and rdfs:range differ; make them equal")
        return
    if symmetric:
        yield file.problem(iri, "is an owl:DatatypeProperty, which cannot be symmetric; drop owl:SymmetricProperty")
    for value in file.values(iri, RDFS + "range"):
        name = value.value if isinstance(value, ox.NamedNode) else str(value)
        if name.removeprefix(XSD) not in DATATYPES:
            hint = nearest(short(name), [f"xsd:{each}" for each in DATATYPES])
            yield file.problem(iri, f"rdfs:range {short(name)} is no datatype of OWL 2{hint}")


def _end_classes(file: TermFile, iri: str, end: str, classes: list[str]) -> Iterator[Problem]:
    for value in file.ends(iri, end):
        name = value.value if isinstance(value, ox.NamedNode) else ""
        if not name:
            yield file.problem(iri, f"{short(end)} is neither a class nor an owl:unionOf of classes; name a class")
        elif name not in classes:
            yield file.problem(iri, f"{short(end)} {short(name)} is no class of kg:{_hint(name, classes)}")


def _names(values: Iterable[Value]) -> list[str]:
    return [value.value for value in values if isinstance(value, ox.NamedNode)]
