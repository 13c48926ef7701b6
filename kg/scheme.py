"""How the ontology wants the things of its classes named: the segment of their IRIs, which is their prefix too.

A class says so with ``vann:preferredNamespacePrefix``; a class that does not is named like its
nearest superclass that does (a City is ``area:430482``), else by its own name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Literal

from kg.iris import BASE, KG, STRUCTURE, VOCABULARIES
from kg.ontology import Ontology
from kg.terms import read_terms

PREFERRED = "http://purl.org/vocab/vann/preferredNamespacePrefix"


@dataclass(frozen=True)
class Scheme:
    """The names of classes in IRIs and prefixes."""

    ontology: Ontology

    @cached_property
    def _own(self) -> dict[str, str]:
        file = read_terms(self.ontology.path)
        return {
            name: value.value
            for name in self.ontology.classes
            for value in file.values(KG + name, PREFERRED)
            if isinstance(value, Literal)
        }

    @cached_property
    def _segments(self) -> dict[str, str]:
        found = {}
        for name in self.ontology.classes:
            given = (self._own[each] for each in self.lineage(name) if each in self._own)
            found[name] = next(given, name[:1].lower() + name[1:])
        return found

    def lineage(self, kind: str) -> tuple[str, ...]:
        """`kind` and its superclasses, nearest first. Raises DataError for an unknown class."""
        return (kind, *self.ontology.ancestors(kind))

    def segment(self, kind: str) -> str:
        """What stands between the base and the name in IRIs of `kind`. Raises DataError for an unknown class."""
        return self._segments[self.ontology.find_class(kind).name]

    def prefixes(self, *, base: str = BASE) -> dict[str, str]:
        """One prefix for each kind of thing, and those of the vocabularies."""
        segments = {self.segment(each.name) for each in self.ontology.entities}
        return {**{name: f"{base}{name}/" for name in sorted({*segments, *STRUCTURE})}, **VOCABULARIES}
