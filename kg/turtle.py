"""Triples → Turtle: sorted, deterministic, and quick.

After https://www.w3.org/TR/turtle/, section 6.5. A name that may not follow a prefix even with
backslashes is written as a full IRI.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.errors import DataError
from kg.iris import RDF, RDFS, SKOS, XSD

_BASE_CHARS = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_INNER = f"{_BASE_CHARS}_0-9\\-\u00b7\u0300-\u036f\u203f-\u2040:"
_PERCENT = "%[0-9A-Fa-f]{2}"
_FIRST, _LAST = f"(?:[{_BASE_CHARS}_0-9:]|{_PERCENT})", f"(?:[{_INNER}]|{_PERCENT})"
_LOCAL = re.compile(f"(?:{_FIRST}(?:(?:[{_INNER}.]|{_PERCENT})*{_LAST})?)?")
_ESCAPABLE = r"~!$&'()*+,;=@"  # of PN_LOCAL_ESC, those that a segment of an IRI may hold
_NEEDS_ESCAPE = re.compile(rf"[{re.escape(_ESCAPABLE)}]|^[-.]")
_STRING_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_STRING_UNSAFE = re.compile('[\\\\"\\x00-\\x1f\\x7f]')
_IRI_UNSAFE = re.compile('[\\x00-\\x20<>"{}|^`\\\\]')
_SHORT_LITERALS = {
    XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD + "boolean": re.compile("true|false"),
}
_WHOLE = _SHORT_LITERALS[XSD + "integer"]
Row = tuple[str, str]
"""The IRI of a predicate, and an object as it is written."""

_FIRST_PREDICATES = {RDF + "type": 0, RDFS + "label": 1, SKOS + "prefLabel": 2, SKOS + "altLabel": 3}


def local_name(name: str) -> str | None:
    """`name` as it may follow a prefix, with backslashes where needed; None where it may not.

    >>> local_name("年产50万吨（一期）"), local_name("5G·基地+"), local_name("a/b"), local_name("“x”")
    ('年产50万吨（一期）', '5G·基地\\\\+', None, None)
    """
    # "x" stands in for what is escaped. A full stop at the end could be escaped too, but rdflib fails on it.
    if name.endswith(".") or _LOCAL.fullmatch(_NEEDS_ESCAPE.sub("x", name)) is None:
        return None
    return _NEEDS_ESCAPE.sub(r"\\\g<0>", name)


def write_turtle(triples: Iterable[Triple], *, prefixes: Mapping[str, str]) -> str:
    """`triples` as one Turtle document; equal sets of triples give equal text.

    Only the prefixes that are used are declared. Raises DataError on a blank node, for which
    there is no stable name.
    """
    names = Names(prefixes)
    subjects: dict[str, list[Row]] = {}
    for triple in triples:
        if not isinstance(triple.subject, NamedNode):
            raise DataError(f"cannot write {triple.subject}: a blank node has no stable name; give it an IRI")
        subjects.setdefault(triple.subject.value, []).append((triple.predicate.value, names.term(triple.object)))
    body = "".join(block(subject, subjects[subject], names) for subject in sorted(subjects))
    return names.head() + body


def block(subject: str, rows: Iterable[Row], names: Names) -> str:
    """What is said of `subject`, an IRI; `rows` are predicates with their objects as `names` writes them."""
    return f"\n{names.iri(subject)} {predicates(rows, names)} .\n"


def predicates(rows: Iterable[Row], names: Names, *, indent: str = "    ") -> str:
    """A predicate list: types and labels first, one predicate a line."""
    lines: list[str] = []
    before = ""
    for _, predicate, value in sorted({(_FIRST_PREDICATES.get(verb, 9), verb, value) for verb, value in rows}):
        if predicate == before:
            lines[-1] += f", {value}"
        else:
            verb = "a" if predicate == RDF + "type" else names.iri(predicate)
            lines.append(f"{verb} {value}")
        before = predicate
    return f" ;\n{indent}".join(lines)


class Names:
    """Writes terms, and remembers the prefixes it needed."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.used: dict[str, str] = {}
        self._namespaces = {iri: name for name, iri in sorted(prefixes.items(), reverse=True)}
        self._written: dict[str, str] = {}

    def head(self) -> str:
        """The declarations of the prefixes that were needed so far."""
        return "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(self.used.items()))

    def iri(self, iri: str) -> str:
        """`iri` with its prefix where there is one."""
        written = self._written.get(iri)
        if written is None:
            written = self._written[iri] = self._shorten(iri)
        return written

    def _shorten(self, iri: str) -> str:
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        name = self._namespaces.get(iri[:cut])
        local = None if name is None else local_name(iri[cut:])
        if name is not None and local is not None:
            self.used[name] = iri[:cut]
            return f"{name}:{local}"
        return f"<{_IRI_UNSAFE.sub(lambda match: f'%{ord(match[0]):02X}', iri)}>"

    def term(self, term: object) -> str:
        """An object of a triple in Turtle."""
        if isinstance(term, NamedNode):
            return self.iri(term.value)
        if isinstance(term, BlankNode) or not isinstance(term, Literal):
            raise DataError(f"cannot write {term}: a blank node has no stable name; give it an IRI")
        datatype = term.datatype.value
        short = _SHORT_LITERALS.get(datatype)
        if short is not None and short.fullmatch(term.value):
            return term.value
        if datatype == XSD + "decimal" and _WHOLE.fullmatch(term.value):
            return term.value + ".0"
        quoted = f'"{_STRING_UNSAFE.sub(_escape, term.value)}"'
        if term.language is not None:
            return f"{quoted}@{term.language}"
        return quoted if datatype == XSD + "string" else f"{quoted}^^{self.iri(datatype)}"


def _escape(match: re.Match[str]) -> str:
    return _STRING_ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04X}"
