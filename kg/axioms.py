"""What OWL 2 DL asks of axioms between terms, and slips that make a reasoner conclude nonsense.

Sections are those of the structural specification, https://www.w3.org/TR/owl2-syntax/.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from kg.iris import KG, OWL, RDF, RDFS, XSD
from kg.terms import Problem, TermFile, short

INVERSE = OWL + "inverseOf"
SUBPROPERTY = RDFS + "subPropertyOf"
TRANSITIVE = OWL + "TransitiveProperty"
SIMPLE = tuple(
    OWL + name
    for name in ("FunctionalProperty", "InverseFunctionalProperty", "IrreflexiveProperty", "AsymmetricProperty")
)
"""Traits that a transitive property cannot have (section 11.2)."""

OBJECT_TRAITS = {OWL + name for name in ("SymmetricProperty", "ReflexiveProperty")} | {TRANSITIVE, *SIMPLE[1:]}
"""Traits that only object properties have (section 9.2)."""

LINKS = {
    RDFS + "subClassOf": "class",
    OWL + "equivalentClass": "class",
    OWL + "disjointWith": "class",
    SUBPROPERTY: "property",
    OWL + "equivalentProperty": "property",
    INVERSE: "property",
}
"""Predicates of axioms, and what stands at both ends."""

_BUILT_IN = (RDF, RDFS, OWL, XSD)


def axiom_problems(file: TermFile, *, known: Mapping[str, str]) -> Iterator[Problem]:
    """What is wrong with the axioms of `file`; `known` are terms declared elsewhere, with their kinds."""
    kinds = {iri: found[0] for iri, found in file.declared().items()} | dict(known)
    for iri in file.index:
        yield from _ends(file, iri, kinds)
        yield from _individual(file, iri, kinds)
        if kinds.get(iri) in ("object", "datatype"):
            yield from _traits(file, iri, kinds[iri])
            yield from _inverses(file, iri)
            yield from _circle(file, iri)


def _names(file: TermFile, iri: str, predicate: str) -> list[str]:
    return [value.value for value in file.values(iri, predicate) if isinstance(value, ox.NamedNode)]


def _ends(file: TermFile, iri: str, kinds: Mapping[str, str]) -> Iterator[Problem]:
    """Sections 5.8 and 9: what an axiom is about is declared, and both ends are of one kind."""
    for predicate, wanted in LINKS.items():
        for other in _names(file, iri, predicate):
            if other.startswith(_BUILT_IN):
                continue
            if other not in kinds:
                if not other.startswith(KG):  # those of our own are told by all places where they stand
                    yield file.problem(other, f"is used but not declared; add {short(other)} a owl:{_owl(kinds, iri)}")
            elif iri in kinds and kinds[iri] != kinds[other]:
                both = f"{kinds[iri]} and {kinds[other]}"
                yield file.problem(iri, f"{short(predicate)} {short(other)} joins {both}; both ends are one kind")
            elif wanted == "class" and kinds[other] != "class":
                yield file.problem(iri, f"{short(predicate)} {short(other)}, which is no class")


def _owl(kinds: Mapping[str, str], iri: str) -> str:
    kind = kinds.get(iri, "class")
    return "Class" if kind == "class" else f"{kind.capitalize()}Property"


def _individual(file: TermFile, iri: str, kinds: Mapping[str, str]) -> Iterator[Problem]:
    """Section 5.9: a term that is a class or property stands for no individual as well (punning), by our choice."""
    for predicate, values in file.index[iri].items():
        if kinds.get(predicate) != "object":
            continue
        for each in [iri, *(value.value for value in values if isinstance(value, ox.NamedNode))]:
            if each in kinds:
                said = f"is a {kinds[each]} and used as an individual with {short(predicate)}"
                yield file.problem(each, f"{said}; say it with an annotation property")


def _traits(file: TermFile, iri: str, kind: str) -> Iterator[Problem]:
    traits = set(_names(file, iri, RDF + "type"))
    for trait in sorted(traits & OBJECT_TRAITS) if kind == "datatype" else ():
        if not trait.endswith("SymmetricProperty"):  # told where its range is checked
            yield file.problem(iri, f"is an owl:DatatypeProperty, which cannot be {short(trait)}; drop it")
    for trait in sorted(traits.intersection(SIMPLE)) if TRANSITIVE in traits else ():
        yield file.problem(iri, f"is owl:TransitiveProperty and {short(trait)}, which OWL 2 DL forbids; keep one")


def _inverses(file: TermFile, iri: str) -> Iterator[Problem]:
    inverses = sorted(set(_names(file, iri, INVERSE)))
    if iri in inverses:
        yield file.problem(iri, "is its own inverse; make it an owl:SymmetricProperty")
    if len(inverses) > 1:
        names = ", ".join(map(short, inverses))
        yield file.problem(iri, f"has {len(inverses)} inverses ({names}), which makes them one; keep one")
    for other in inverses:
        back = [each for each in _names(file, other, INVERSE) if each not in (iri, other)]
        if back:
            yield file.problem(iri, f"owl:inverseOf {short(other)}, which is the inverse of {short(back[0])}; keep one")
        for mine, theirs in ((RDFS + "domain", RDFS + "range"), (RDFS + "range", RDFS + "domain")):
            if other in file.index and set(map(str, file.ends(iri, mine))) != set(map(str, file.ends(other, theirs))):
                yield file.problem(iri, f"its {short(mine)} differs from the {short(theirs)} of {short(other)}")


def _circle(file: TermFile, iri: str) -> Iterator[Problem]:
    line = [iri]
    for each in line:
        line.extend(above for above in _names(file, each, SUBPROPERTY) if above not in line)
    if any(iri in _names(file, each, SUBPROPERTY) for each in line):
        yield file.problem(iri, "is its own superproperty; break the circle of rdfs:subPropertyOf")
