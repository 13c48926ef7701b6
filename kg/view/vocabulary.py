"""How the ontology wants its classes and relations shown: names in Chinese and English, colours, roles on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.errors import DataError
from kg.iris import KG
from kg.lexicon.toml import Strict, load_toml
from kg.ontology import Ontology, Text

VIEW_FILE = "view.toml"

# For classes to which the ontology gives no colour. Hues that stay apart on white and on dark.
PALETTE = ("#4269D0", "#E07B39", "#3A9B6F", "#C94F6D", "#8A63C9", "#B8892B", "#2F9DB5", "#D45FA6", "#6C8B2F", "#A0623F")


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """A class or relation of the ontology. `colour` is ``#RRGGBB``, empty for relations."""

    name: str
    label: str
    english: str
    colour: str = ""


class ViewTerms(Strict):
    """What the page does with certain terms, as ``view.toml`` of the ontology folder has it.

    `places` is the class of landmarks, `within` the relation to what a thing lies in, `honours`
    the relation to a distinction. Empty where the file or the key is missing: the page then
    does without.
    """

    places: str = ""
    within: str = ""
    honours: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms of an ontology as the page names them. A term that it lacks goes by its local name.

    Raises DataError where ``view.toml`` names a term that the ontology lacks.
    """

    ontology: Ontology
    view: ViewTerms = field(init=False)
    _entities: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_entities", frozenset(each.name for each in self.ontology.entities))
        object.__setattr__(self, "view", _view_terms(self.ontology))

    def is_place(self, kind: str) -> bool:
        """Whether the class `kind` is that of places or a subclass of it."""
        return bool(self.view.places) and self.ontology.is_a(kind, self.view.places)

    def most_specific(self, classes: Iterable[str]) -> str | None:
        """The class of `classes` that lies deepest among those of named things; None where there is none."""
        known = self._entities.intersection(classes)
        return min(known, key=lambda name: (-len(self.ontology.ancestors(name)), name), default=None)

    def kind(self, name: str) -> Term:
        """The class `name` in its colour: its own, its nearest ancestor's, or one of the palette."""
        found = self.ontology.find_class(name)
        place = list(self.ontology.classes).index((name, *found.ancestors)[-1])
        return _term(name, found.label, found.colour or PALETTE[place % len(PALETTE)])

    def group(self, name: str) -> Term:
        """The class that the legend shows `name` under: its highest ancestor of the same colour."""
        kind = self.kind(name)
        line = [self.kind(each) for each in self.ontology.ancestors(name)]
        for ancestor in line:
            if ancestor.colour != kind.colour:
                break
            kind = ancestor
        return kind

    def property(self, name: str) -> Term:
        """The relation or qualifier `name`."""
        found = self.ontology.properties.get(name)
        return _term(name, found.label) if found else Term(name, name, name)

    def relations(self) -> frozenset[str]:
        """The IRIs of the properties that lead from a named thing to a named thing."""
        return frozenset(KG + each.name for each in self.ontology.relations)


def _view_terms(ontology: Ontology) -> ViewTerms:
    file = ontology.path.parent / VIEW_FILE
    if not file.is_file():
        return ViewTerms()
    terms = load_toml(file, ViewTerms)
    try:
        if terms.places:
            ontology.find_class(terms.places)
        for name in filter(None, (terms.within, terms.honours)):
            ontology.find_property(name)
    except DataError as error:
        raise DataError(f"{file}: {error}") from None
    return terms


def _term(name: str, label: Text, colour: str = "") -> Term:
    return Term(name, label.zh, label.en, colour)


def local_name(iri: str) -> str:
    """The last part of an IRI.

    >>> local_name("https://w3id.org/citykg/ontology#Park")
    'Park'
    """
    return re.split(r"[#/]", iri.rstrip("#/"))[-1]
