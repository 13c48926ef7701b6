"""SPARQL over a graph: run it, and write what comes back.

Prefixes that the graph binds need not be declared. Solutions come in the order that the
query asks for, else sorted, so that equal graphs give equal answers.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, Triple

from kg.errors import DataError, QueryError, nearest
from kg.iris import XSD
from kg.store import LoadedGraph

Term = NamedNode | BlankNode | Literal | Triple

_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_CHARACTER_CLASS = re.compile(r"\[[^\]]*\]|\bexpected\b|\bone of\b")
_TOKEN = re.compile(r"[A-Za-z_]{2,}[A-Za-z_ ]*|'[^']+'|\"[^\"]+\"")
_PREFIXED = re.compile(r"([\w.\-]*):")
_ORDERED = re.compile(r"\border\s+by\b", re.IGNORECASE)
_HEADER = re.compile(r"#\s*(title|description)\s*:\s*(.*?)\s*(?:\|\s*(.*?)\s*)?$")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query returns. An ASK has one row with one boolean in column ``answer``."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    form: str = "select"


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query file of the ontology folder with its title and description in Chinese and English."""

    name: str
    text: str
    title: str
    title_en: str
    description: str
    description_en: str


def run_query(graph: LoadedGraph, text: str, *, source: str = "query") -> Answer:
    """The answer of `graph` to the SPARQL `text`.

    Raises QueryError with line, column and the place marked where the query does not parse.
    """
    try:
        result = graph.store.query(text, prefixes=graph.prefixes, use_default_graph_as_union=True)
        if isinstance(result, QueryBoolean):
            value = Literal("true" if result else "false", datatype=NamedNode(XSD + "boolean"))
            return Answer(("answer",), ((value,),), "ask")
        if isinstance(result, QuerySolutions):
            columns = tuple(variable.value for variable in result.variables)
            rows = [tuple(solution[name] for name in columns) for solution in result]
            form = "select"
        else:
            columns, form = ("subject", "predicate", "object"), "construct"
            rows = [tuple(triple) for triple in result]
    except SyntaxError as error:
        raise QueryError(f"{source}: {_explain(text, error)}") from None
    except (ValueError, RuntimeError, OSError) as error:
        raise QueryError(f"{source}: cannot be run: {error}") from None
    if not _ORDERED.search(text):
        rows.sort(key=lambda row: tuple("" if term is None else str(term) for term in row))
    return Answer(columns, tuple(rows), form)


def _explain(text: str, error: SyntaxError) -> str:
    """The message of a syntax error: place, what is wrong, and the line with a caret below."""
    found = _POSITION.search(str(error))
    if found is None:
        return f"not valid SPARQL: {error}"
    line, column, wrong = int(found[1]), int(found[2]), found[3]
    lines = text.splitlines() or [""]
    written = lines[min(line, len(lines)) - 1]
    if "Prefix not found" in wrong:  # the parser stops behind the name
        column = max((name.start() + 1 for name in _PREFIXED.finditer(written[: column - 1])), default=column)
    before = written[: column - 1]
    pad = "".join("\t" if one == "\t" else " " * _width(one) for one in before)
    return f"line {line}, column {column}: {_cause(wrong, written[column - 1 :])}\n{written}\n{pad}^"


def _cause(wrong: str, rest: str) -> str:
    """What the parser expected, without its character classes; an unknown prefix by name."""
    if "Prefix not found" in wrong:
        prefix = _PREFIXED.match(rest)
        return f"prefix {prefix[1]}: is not declared" if prefix else "a prefix is not declared"
    wanted = _TOKEN.findall(_CHARACTER_CLASS.sub("", wrong))
    words = ", ".join(dict.fromkeys(word.strip() for word in wanted[:6]))
    return f"not valid SPARQL: expected {words}" if words else "not valid SPARQL"


def _width(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def load_queries(folder: Path) -> dict[str, NamedQuery]:
    """The named queries of an ontology folder, by name. Raises DataError where one has no title."""
    return {query.name: query for query in map(_read, sorted((folder / "queries").glob("*.rq")))}


def _read(path: Path) -> NamedQuery:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 at byte {error.start}; save the file as UTF-8") from None
    header: dict[str, tuple[str, str]] = {}
    for line in text.splitlines():
        found = _HEADER.match(line)
        if found:
            header[found[1]] = (found[2], found[3] or found[2])
    if "title" not in header:
        raise DataError(f"{path}: no title; begin the file with a line '# title: 中文 | English'")
    return NamedQuery(path.stem, text, *header["title"], *header.get("description", ("", "")))


def named_query(queries: Mapping[str, NamedQuery], name: str) -> NamedQuery:
    """The query called `name`. Raises QueryError with the nearest name where there is none."""
    if name not in queries:
        raise QueryError(f"no query is called {name}{nearest(name, queries)}; there are {', '.join(sorted(queries))}")
    return queries[name]


def display(term: Term | None, prefixes: Mapping[str, str] | None = None) -> str:
    """A term as a reader wants it: the text of a literal, the prefixed name of an IRI."""
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        for name, space in sorted((prefixes or {}).items(), key=lambda pair: (-len(pair[1]), pair)):
            if term.value.startswith(space):
                return f"{name}:{term.value[len(space) :]}"
    return str(term.value) if isinstance(term, NamedNode | Literal) else str(term)


def write_csv(answer: Answer) -> str:
    """`answer` as SPARQL 1.1 CSV (RFC 4180, with line feeds)."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(answer.columns)
    rows.writerows([display(term) for term in row] for row in answer.rows)
    return out.getvalue()


def write_tsv(answer: Answer) -> str:
    """`answer` as SPARQL 1.1 TSV: terms in the syntax of Turtle."""
    head = "\t".join(f"?{name}" for name in answer.columns)
    rows = ("\t".join("" if term is None else str(term).replace("\t", "\\t") for term in row) for row in answer.rows)
    return "\n".join([head, *rows]) + "\n"


def write_json(answer: Answer) -> str:
    """`answer` as SPARQL 1.1 JSON."""
    if answer.form == "ask":
        return json.dumps({"head": {}, "boolean": display(answer.rows[0][0]) == "true"}) + "\n"
    bindings = [
        {name: _json_term(term) for name, term in zip(answer.columns, row, strict=True) if term is not None}
        for row in answer.rows
    ]
    document = {"head": {"vars": list(answer.columns)}, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if not isinstance(term, Literal):
        return {"type": "bnode", "value": str(term).removeprefix("_:")}
    value = {"type": "literal", "value": term.value}
    if term.language is not None:
        return {**value, "xml:lang": term.language}
    return value if term.datatype.value == XSD + "string" else {**value, "datatype": term.datatype.value}


RESULT_WRITERS: dict[str, Callable[[Answer], str]] = {"csv": write_csv, "json": write_json, "tsv": write_tsv}
"""Machine formats of an answer; the table for a terminal is drawn by the command line."""
