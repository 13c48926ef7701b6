"""A Turtle file of the ontology folder as its triples, and the place in it where a term stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import DataError
from kg.iris import DCTERMS, KG, NIF, OWL, PROV, RDF, RDFS, SKOS, XSD

Node = ox.NamedNode | ox.BlankNode
Value = ox.NamedNode | ox.BlankNode | ox.Literal

KINDS = {
    OWL + "Class": "class",
    OWL + "ObjectProperty": "object",
    OWL + "DatatypeProperty": "datatype",
    OWL + "AnnotationProperty": "annotation",
}
"""What a term can be declared to be: exactly one of these."""

SHORT = {"kg": KG, "owl": OWL, "rdfs": RDFS, "rdf": RDF, "xsd": XSD, "skos": SKOS, "prov": PROV, "nif": NIF}
SHORT |= {"dcterms": DCTERMS, "sh": "http://www.w3.org/ns/shacl#"}


def short(iri: str) -> str:
    """`iri` as it is written in the ontology.

    >>> short("https://w3id.org/citykg/ontology#Park"), short("https://example.org/x")
    ('kg:Park', '<https://example.org/x>')
    """
    for prefix, namespace in SHORT.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not hold together, and the way out. `line` is 1-based, or None where no line shows it."""

    path: Path
    line: int | None
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}" if self.line else f"{self.path}: {self.text}"


@dataclass(frozen=True, slots=True)
class TermFile:
    """The triples of a file in file order, repeated ones kept, and the same by subject and predicate."""

    path: Path
    triples: tuple[tuple[Node, str, Value], ...]
    index: dict[str, dict[str, list[Value]]]

    def values(self, subject: str, predicate: str) -> list[Value]:
        """The objects of `subject` and `predicate` in file order; a blank node's subject is its ``_:`` name."""
        return self.index.get(subject, {}).get(predicate, [])

    def subjects(self, namespace: str) -> list[str]:
        """The IRIs below `namespace` that something is said of, in file order."""
        return [subject for subject in self.index if subject.startswith(namespace)]

    def used(self, namespace: str) -> list[str]:
        """The IRIs below `namespace` at any place of a triple, in file order."""
        found: dict[str, None] = {}
        for subject, predicate, value in self.triples:
            names = (subject.value if isinstance(subject, ox.NamedNode) else "", predicate)
            last = value.value if isinstance(value, ox.NamedNode) else ""
            found |= {iri: None for iri in (*names, last) if iri.startswith(namespace)}
        return list(found)

    def declared(self) -> dict[str, list[str]]:
        """Every declared term with its kinds, one entry for each declaration."""
        kinds: dict[str, list[str]] = {}
        for subject, predicate, value in self.triples:
            if predicate == RDF + "type" and isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode):
                kind = KINDS.get(value.value)
                if kind is not None:
                    kinds.setdefault(subject.value, []).append(kind)
        return kinds

    def members(self, head: Value) -> list[Value]:
        """The members of the RDF list that begins at `head`."""
        members: list[Value] = []
        while str(head) != str(ox.NamedNode(RDF + "nil")):
            firsts, rests = self.values(str(head), RDF + "first"), self.values(str(head), RDF + "rest")
            if len(firsts) != 1 or len(rests) != 1:
                return members
            members.append(firsts[0])
            head = rests[0]
        return members

    def ends(self, iri: str, predicate: str) -> list[Value]:
        """The classes that the domain or range of a property names, alone or in an owl:unionOf."""
        found: list[Value] = []
        for value in self.values(iri, predicate):
            unions = self.values(str(value), OWL + "unionOf") if isinstance(value, ox.BlankNode) else []
            found.extend(member for union in unions for member in self.members(union))
            if not unions:
                found.append(value)
        return found

    def problem(self, iri: str, text: str, *, last: bool = False) -> Problem:
        """`text` about the term `iri`, with the line of its first, or `last`, block or else of its first use."""
        return Problem(self.path, self._line(iri, last=last), f"{short(iri)}: {text}")

    def _line(self, iri: str, *, last: bool) -> int | None:
        text = self.path.read_text(encoding="utf-8")
        names = [re.escape(f"<{iri}>")]
        for prefix, namespace in re.findall(r"^\s*(?:@prefix|PREFIX)\s+(\S*:)\s*<([^>]*)>", text, re.M | re.I):
            if iri.startswith(namespace):
                names.append(re.escape(prefix + iri.removeprefix(namespace)) + r"(?![\w-])")
        name = f"(?:{'|'.join(names)})"
        matches = list(re.finditer(rf"^{name}", text, re.M)) or list(re.finditer(rf"^[^#\n]*?{name}", text, re.M))
        return text.count("\n", 0, matches[-1 if last else 0].start()) + 1 if matches else None


def read_terms(path: Path) -> TermFile:
    """The triples of a Turtle file. Raises DataError naming file and line where it does not parse."""
    triples: list[tuple[Node, str, Value]] = []
    index: dict[str, dict[str, list[Value]]] = {}
    try:
        with path.open("rb") as file:
            for quad in ox.parse(file, format=ox.RdfFormat.TURTLE):
                subject, predicate, value = quad.subject, quad.predicate.value, quad.object
                if not isinstance(subject, Node) or not isinstance(value, Value):
                    raise DataError(f"{path}: {subject}: triples about triples are not supported; remove them")
                key = subject.value if isinstance(subject, ox.NamedNode) else str(subject)
                index.setdefault(key, {}).setdefault(predicate, []).append(value)
                triples.append((subject, predicate, value))
    except FileNotFoundError:
        raise DataError(f"{path}: missing; restore it or point --ontology at a complete folder") from None
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror or error}") from None
    except SyntaxError as error:
        raise DataError(f"{path}:{error.lineno}: not valid Turtle: {error.msg}") from None
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 at byte {error.start}; save the file as UTF-8") from None
    return TermFile(path, tuple(triples), index)
