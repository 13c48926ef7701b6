"""Run SPARQL on a graph.

Prefixes that the graph binds need not be declared. Solutions come in the order that the
query asks for, else sorted, so that equal graphs give equal answers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, Triple

from kg.errors import QueryError
from kg.iris import XSD
from kg.store import LoadedGraph

Term = NamedNode | BlankNode | Literal | Triple

_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_CHARACTER_CLASS = re.compile(r"\[[^\]]*\]|\bexpected\b|\bone of\b")
_TOKEN = re.compile(r"[A-Za-z_]{2,}[A-Za-z_ ]*|'[^']+'|\"[^\"]+\"")
_PREFIXED = re.compile(r"([\w.\-]*):")
_ORDERED = re.compile(r"\border\s+by\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query returns.

    `form` is ``select``, ``ask`` (one row with one boolean in column ``answer``), or ``construct``, which
    DESCRIBE is too (columns ``subject``, ``predicate``, ``object``). `prefixes` are those of the graph.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    form: str = "select"
    prefixes: Mapping[str, str] = field(default_factory=dict)


def run_query(graph: LoadedGraph, text: str, *, source: str = "query") -> Answer:
    """The answer of `graph` to the SPARQL `text`.

    Raises QueryError with line, column and the place marked where the query does not parse.
    """
    try:
        result = graph.store.query(text, prefixes=graph.prefixes, use_default_graph_as_union=True)
        if isinstance(result, QueryBoolean):
            value = Literal("true" if result else "false", datatype=NamedNode(XSD + "boolean"))
            return Answer(("answer",), ((value,),), "ask", graph.prefixes)
        if isinstance(result, QuerySolutions):
            columns = tuple(variable.value for variable in result.variables)
            rows = [tuple(solution[name] for name in columns) for solution in result]
            form = "select"
        else:
            columns, form = ("subject", "predicate", "object"), "construct"
            rows = [tuple(triple) for triple in result]
    except SyntaxError as error:
        raise QueryError(f"{source}: {explain_syntax(text, error)}") from None
    except (ValueError, RuntimeError, OSError) as error:
        raise QueryError(f"{source}: cannot be run: {error}") from None
    if not _ORDERED.search(text):
        rows.sort(key=lambda row: tuple("" if term is None else str(term) for term in row))
    return Answer(columns, tuple(rows), form, graph.prefixes)


def explain_syntax(text: str, error: SyntaxError) -> str:
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
    pad = "".join("\t" if one == "\t" else " " * width(one) for one in before)
    return f"line {line}, column {column}: {_cause(wrong, written[column - 1 :])}\n{written}\n{pad}^"


def _cause(wrong: str, rest: str) -> str:
    """What the parser expected, without its character classes; an unknown prefix by name."""
    if "Prefix not found" in wrong:
        prefix = _PREFIXED.match(rest)
        return f"prefix {prefix[1]}: is not declared" if prefix else "a prefix is not declared"
    wanted = _TOKEN.findall(_CHARACTER_CLASS.sub("", wrong))
    words = ", ".join(dict.fromkeys(word.strip() for word in wanted[:6]))
    return f"not valid SPARQL: expected {words}" if words else "not valid SPARQL"


def width(text: str) -> int:
    """How many columns `text` takes where Chinese characters take two.

    >>> width("5G 园区")
    7
    """
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def display(term: Term | None, prefixes: Mapping[str, str] | None = None) -> str:
    """A term as a reader wants it: the text of a literal, the prefixed name of an IRI."""
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        for name, space in sorted((prefixes or {}).items(), key=lambda pair: (-len(pair[1]), pair)):
            if term.value.startswith(space):
                return f"{name}:{term.value[len(space) :]}"
    return str(term.value) if isinstance(term, NamedNode | Literal) else str(term)
