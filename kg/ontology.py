"""citykg.ttl → the classes and properties the rest of the program speaks of.

All that is asked of a term is checked on loading, so that whoever adds a class or a
relation learns at once what is missing. Nothing here knows any one class or relation,
but for the top of all entities.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.declarations import COLOUR, LANGUAGES, SYMMETRIC, ontology_problems
from kg.errors import DataError, nearest
from kg.iris import KG, RDF, RDFS, SKOS, XSD
from kg.terms import TermFile, read_terms

FILE = "citykg.ttl"
TOP = "Entity"
"""The class of all named things. A property with it above both ends is a relation that rules can read."""


@dataclass(frozen=True, slots=True)
class Text:
    """A label or a definition in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Class:
    """A class of the ontology.

    `ancestors` are nearest first; `colour` is ``#RRGGBB``, its own or its nearest ancestor's.
    """

    name: str
    label: Text
    definition: Text
    parents: tuple[str, ...]
    ancestors: tuple[str, ...]
    colour: str | None


@dataclass(frozen=True, slots=True)
class Property:
    """A property of the ontology. `kind` is ``object``, ``datatype`` or ``annotation``.

    `domain` and `range` are the names of alternative classes; the `range` of a datatype
    property is the local name of an XML Schema datatype.
    """

    name: str
    kind: str
    label: Text
    definition: Text
    domain: tuple[str, ...]
    range: tuple[str, ...]
    symmetric: bool


@dataclass(frozen=True, slots=True)
class Ontology:
    """Classes and properties by local name, in the order of the file."""

    path: Path
    classes: Mapping[str, Class]
    properties: Mapping[str, Property]

    def find_class(self, name: str) -> Class:
        """The class `name`. Raises DataError with the nearest known one."""
        try:
            return self.classes[name]
        except KeyError:
            raise DataError(f"unknown class kg:{name}{_nearest(name, self.classes)}") from None

    def find_property(self, name: str) -> Property:
        """The property `name`. Raises DataError with the nearest known one."""
        try:
            return self.properties[name]
        except KeyError:
            raise DataError(f"unknown property kg:{name}{_nearest(name, self.properties)}") from None

    def ancestors(self, kind: str) -> tuple[str, ...]:
        """The superclasses of `kind`, nearest first: of Enterprise ``("Organization", "Entity")``."""
        return self.find_class(kind).ancestors

    def is_a(self, kind: str, ancestor: str) -> bool:
        """Whether `kind` is `ancestor` or a subclass of it. Raises DataError where one is unknown."""
        return self.find_class(ancestor).name == kind or ancestor in self.find_class(kind).ancestors

    def accepts(self, predicate: str, subject_kind: str, object_kind: str) -> bool:
        """Whether the relation `predicate` may lead from a `subject_kind` to an `object_kind`.

        Raises DataError where one of the three is unknown.
        """
        found = self.find_property(predicate)
        return any(self.is_a(subject_kind, name) for name in found.domain) and any(
            self.is_a(object_kind, name) for name in found.range
        )

    @property
    def entities(self) -> tuple[Class, ...]:
        """The classes of named things, the top itself left out."""
        return tuple(each for each in self.classes.values() if TOP in each.ancestors)

    @property
    def relations(self) -> tuple[Property, ...]:
        """The properties that lead from entity to entity."""
        return tuple(
            each
            for each in self.properties.values()
            if each.kind == "object" and all(self.is_a(name, TOP) for name in (*each.domain, *each.range))
        )

    @property
    def attributes(self) -> tuple[Property, ...]:
        """The properties that lead from entities to words."""
        return tuple(
            each
            for each in self.properties.values()
            if each.kind == "datatype" and all(self.is_a(name, TOP) for name in each.domain)
        )


def load_ontology(folder: Path) -> Ontology:
    """The ontology in `folder`. Raises DataError with the first thing that is wrong: file, line, term, way out."""
    file = read_terms(folder / FILE)
    for problem in ontology_problems(file):
        raise DataError(str(problem))
    kinds = {iri.removeprefix(KG): each[0] for iri, each in file.declared().items() if iri.startswith(KG)}
    if kinds.get(TOP) != "class":
        raise DataError(f"{file.path}: kg:{TOP} is missing; declare the class of all named things")
    return Ontology(
        path=file.path,
        classes={name: _class(file, name) for name, kind in kinds.items() if kind == "class"},
        properties={name: _property(file, name, kind) for name, kind in kinds.items() if kind != "class"},
    )


def _class(file: TermFile, name: str) -> Class:
    line = [KG + name]
    for each in line:
        line.extend(parent for parent in _parents(file, each) if parent not in line)
    colours = [value.value for each in line for value in file.values(each, COLOUR) if isinstance(value, ox.Literal)]
    return Class(
        name=name,
        label=_text(file, KG + name, RDFS + "label"),
        definition=_text(file, KG + name, SKOS + "definition"),
        parents=tuple(parent.removeprefix(KG) for parent in _parents(file, KG + name)),
        ancestors=tuple(each.removeprefix(KG) for each in line[1:]),
        colour=colours[0] if colours else None,
    )


def _parents(file: TermFile, iri: str) -> list[str]:
    return [value.value for value in file.values(iri, RDFS + "subClassOf") if isinstance(value, ox.NamedNode)]


def _property(file: TermFile, name: str, kind: str) -> Property:
    iri = KG + name
    return Property(
        name=name,
        kind=kind,
        label=_text(file, iri, RDFS + "label"),
        definition=_text(file, iri, SKOS + "definition"),
        domain=_ends(file, iri, "domain"),
        range=_ends(file, iri, "range"),
        symmetric=ox.NamedNode(SYMMETRIC) in file.values(iri, RDF + "type"),
    )


def _ends(file: TermFile, iri: str, end: str) -> tuple[str, ...]:
    names = (value.value for value in file.ends(iri, RDFS + end) if isinstance(value, ox.NamedNode))
    return tuple(name.removeprefix(KG).removeprefix(XSD) for name in names)


def _text(file: TermFile, iri: str, predicate: str) -> Text:
    found = {v.language: v.value for v in file.values(iri, predicate) if isinstance(v, ox.Literal)}
    zh, en = (found[language] for language in LANGUAGES)
    return Text(zh, en)


def _nearest(name: str, names: Mapping[str, object]) -> str:
    hint = nearest(f"kg:{name}", [f"kg:{each}" for each in names])
    return hint or f"; choose one of {', '.join(sorted(names))}"
