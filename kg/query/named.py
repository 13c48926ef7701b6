"""The questions of the ontology folder, ``queries/*.rq``: SPARQL, with lines for what a user may fill in.

A file begins with comments that say what it asks, and which of its variables a user may fill in::

    # title: 园区里的企业 | Enterprises of parks
    # description: 每个园区及入驻其中的企业 | Each park with the enterprises settled in it
    # param: park | 园区 | Park | kg:Park

    SELECT ?park ?enterprise WHERE {
      VALUES ?_park { UNDEF }
      ?_park a kg:Park ; rdfs:label ?park . …

The line with ``VALUES ?_park { UNDEF }`` is asked where the parameter ``park`` is given, and its values stand in
place of UNDEF then; else the line goes. In another tool, fill it in or remove it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DataError, QueryError, nearest
from kg.iris import KG

KINDS = {"text": "", "year": r"[0-9]{4}", "number": r"-?[0-9]+(\.[0-9]+)?"}
"""What a parameter takes beside things of a class, with the pattern of its values."""

_HEADER = re.compile(r"#\s*(title|description)\s*:\s*(.*?)\s*(?:\|\s*(.*?)\s*)?$")
_PARAMETER = re.compile(r"#\s*param\s*:\s*(.*?)\s*$")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_OPEN = re.compile(r"^(?P<before>[^\n#]*)VALUES\s+\?_(?P<name>\w+)\s*\{\s*UNDEF\s*\}(?P<after>.*)$", re.MULTILINE)
_FORM = re.compile(r"^\s*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a query that a user may fill in.

    `kind` is the class of the things it takes (``kg:Park``), or one of `KINDS`. A `required` one must be given.
    """

    name: str
    title: str
    title_en: str
    kind: str
    required: bool = False

    @property
    def option(self) -> str:
        """How the command line calls it: ``--at-least``."""
        return "--" + self.name.replace("_", "-")

    @property
    def class_iri(self) -> str | None:
        """The IRI of the class whose things it takes; None for text, years and numbers."""
        return None if self.kind in KINDS else KG + self.kind.removeprefix("kg:")


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query file of the ontology folder with its title and description in Chinese and English.

    `template` is the file as it stands, `text` what it asks where no parameter is given, and `form`
    ``select``, ``ask``, ``construct`` or ``describe``.
    """

    name: str
    template: str
    title: str
    title_en: str
    description: str
    description_en: str
    parameters: tuple[Parameter, ...] = ()

    @property
    def text(self) -> str:
        """The query with all parameters left open. Lines stay where they are."""
        return fill(self.template, {})

    @property
    def form(self) -> str:
        """The form of the query, in lower case."""
        found = _FORM.search(self.template)
        return found[1].lower() if found else "select"

    def parameter(self, name: str) -> Parameter:
        """The parameter `name`. Raises QueryError with those there are."""
        found = next((each for each in self.parameters if each.name == name), None)
        if found is None:
            names = [each.name for each in self.parameters]
            known = f"; it has {', '.join(names)}" if names else "; it has none"
            raise QueryError(f"{self.name} has no parameter {name}{nearest(name, names)}{known}")
        return found


def fill(template: str, values: Mapping[str, str]) -> str:
    """`template` with the terms of `values`, as SPARQL writes them; the lines of other parameters are empty.

    >>> fill("{ VALUES ?_s { UNDEF } ?_s ?p ?o }", {"s": "<http://e.org/s>"})
    '{ VALUES ?_s { <http://e.org/s> } ?_s ?p ?o }'
    """

    def line(match: re.Match[str]) -> str:
        terms = values.get(match["name"])
        return "" if terms is None else f"{match['before']}VALUES ?_{match['name']} {{ {terms} }}{match['after']}"

    return _OPEN.sub(line, template)


def load_queries(folder: Path) -> dict[str, NamedQuery]:
    """The named queries of an ontology folder, by name. Raises DataError where a header does not hold together."""
    return {query.name: query for query in map(_read, sorted((folder / "queries").glob("*.rq")))}


def named_query(queries: Mapping[str, NamedQuery], name: str) -> NamedQuery:
    """The query called `name`. Raises QueryError with the nearest name where there is none."""
    if name not in queries:
        raise QueryError(f"no query is called {name}{nearest(name, queries)}; there are {', '.join(sorted(queries))}")
    return queries[name]


def _read(path: Path) -> NamedQuery:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 at byte {error.start}; save the file as UTF-8") from None
    header: dict[str, tuple[str, str]] = {}
    parameters: list[Parameter] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if found := _HEADER.match(line):
            header[found[1]] = (found[2], found[3] or found[2])
        elif found := _PARAMETER.match(line):
            parameters.append(_parameter(found[1], f"{path}:{number}"))
    if "title" not in header:
        raise DataError(f"{path}: no title; begin the file with a line '# title: 中文 | English'")
    named, opened = [each.name for each in parameters], [each["name"] for each in _OPEN.finditer(text)]
    for name in (*named, *opened):
        if name not in opened:
            raise DataError(f"{path}: no place for parameter {name}; write VALUES ?_{name} {{ UNDEF }} in the query")
        if named.count(name) != 1:
            raise DataError(f"{path}: {named.count(name)} headers for ?_{name}; write one '# param: {name} | …'")
    return NamedQuery(path.stem, text, *header["title"], *header.get("description", ("", "")), tuple(parameters))


def _parameter(header: str, place: str) -> Parameter:
    parts = [part.strip() for part in header.split("|")]
    required = parts[4:] == ["required"]
    if len(parts) != 4 + required or not all(parts):
        wanted = "# param: name | 中文 | English | kg:Class"
        raise DataError(f"{place}: not a parameter: {header!r}; write '{wanted}', with ' | required' where it must be")
    name, title, title_en, kind = parts[:4]
    if not _NAME.fullmatch(name):
        raise DataError(f"{place}: {name!r} is no name of a parameter; use a-z, 0-9 and _, a letter first")
    if kind not in KINDS and not kind.startswith("kg:"):
        raise DataError(f"{place}: {kind!r} is no kind of parameter; use kg:Class, {', '.join(KINDS)}")
    return Parameter(name, title, title_en, kind, required)
