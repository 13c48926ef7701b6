"""How the ontology wants its classes and relations shown: names in Chinese and English, colours."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import CitykgError, DataError

KG = "https://w3id.org/citykg/ontology#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"

# For classes the ontology gives no colour. Twelve hues that stay apart on white and on dark.
PALETTE = (
    "#4269d0", "#e07b39", "#3a9b6f", "#c94f6d", "#8a63c9", "#b8892b",
    "#2f9db5", "#d45fa6", "#6c8b2f", "#a0623f", "#5d7fa3", "#7a7f87",
)  # fmt: skip
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """A class or relation of the ontology. `colour` is ``#rrggbb``, empty for relations."""

    iri: str
    label: str
    english: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms of the ontology by IRI, and the direct superclasses of each class."""

    terms: dict[str, Term]
    parents: dict[str, tuple[str, ...]]

    def ancestors(self, iri: str) -> tuple[str, ...]:
        """`iri` and its superclasses, nearest first."""
        line = [iri]
        for each in line:
            line.extend(parent for parent in self.parents.get(each, ()) if parent not in line)
        return tuple(line)

    def most_specific(self, classes: Iterable[str]) -> str:
        """The class of `classes` that lies deepest; the first by name where several do."""
        return min(classes, key=lambda iri: (-len(self.ancestors(iri)), iri))

    def kind(self, iri: str) -> Term:
        """The class `iri`, named as in the ontology, in the colour of its group."""
        term = self.relation(iri)
        return Term(term.iri, term.label, term.english, self.group(iri).colour)

    def group(self, iri: str) -> Term:
        """The nearest ancestor with a colour of its own, else the topmost in a colour of the palette."""
        line = self.ancestors(iri)
        for each in line:
            term = self.relation(each)
            if term.colour:
                return term
        top = self.relation(line[-1])
        return Term(top.iri, top.label, top.english, PALETTE[sum(map(ord, local_name(top.iri))) % len(PALETTE)])

    def relation(self, iri: str) -> Term:
        """The term `iri` itself, by its local name where the ontology does not know it."""
        return self.terms.get(iri) or Term(iri, local_name(iri), local_name(iri))


def local_name(iri: str) -> str:
    """The last part of an IRI.

    >>> local_name("https://w3id.org/citykg/ontology#Park")
    'Park'
    """
    return re.split(r"[#/]", iri.rstrip("#/"))[-1]


def open_store(path: Path, *, error: type[CitykgError]) -> ox.Store:
    """The Turtle file `path` as a store. Raises `error` where it is missing or does not parse."""
    store = ox.Store()
    try:
        store.load(path=path, format=ox.RdfFormat.TURTLE)
    except OSError as cause:
        raise error(f"{path}: cannot be read: {cause.strerror or cause}") from None
    except SyntaxError as cause:
        raise error(f"{path}: line {cause.lineno}: not valid Turtle: {cause.msg}") from None
    return store


def read_vocabulary(ontology: Path) -> Vocabulary:
    """The terms of an ontology folder or Turtle file. Raises DataError where it cannot be read."""
    path = ontology / "citykg.ttl" if ontology.is_dir() else ontology
    store = open_store(path, error=DataError)
    labels: dict[str, dict[str, str]] = {}
    colours: dict[str, str] = {}
    parents: dict[str, set[str]] = {}
    for quad in store:
        subject, predicate, value = quad.subject, quad.predicate.value, quad.object
        if not isinstance(subject, ox.NamedNode) or not subject.value.startswith(KG):
            continue
        if predicate == RDFS + "label" and isinstance(value, ox.Literal):
            labels.setdefault(subject.value, {})[value.language or ""] = value.value
        elif predicate == KG + "colour" and isinstance(value, ox.Literal):
            if not COLOUR.fullmatch(value.value):
                raise DataError(f"{path}: {subject.value}: kg:colour {value.value!r} is not of the form #rrggbb")
            colours[subject.value] = value.value.lower()
        elif predicate == RDFS + "subClassOf" and isinstance(value, ox.NamedNode) and value.value.startswith(KG):
            parents.setdefault(subject.value, set()).add(value.value)
    return Vocabulary(_terms(labels, colours), {iri: tuple(sorted(each)) for iri, each in sorted(parents.items())})


def _terms(labels: dict[str, dict[str, str]], colours: dict[str, str]) -> dict[str, Term]:
    terms = {}
    for iri in sorted(labels.keys() | colours.keys()):
        named = labels.get(iri, {})
        chinese = named.get("zh") or named.get("zh-hans") or named.get("") or named.get("en") or local_name(iri)
        terms[iri] = Term(iri, chinese, named.get("en") or local_name(iri), colours.get(iri, ""))
    return terms
