"""An answer as a file: SPARQL 1.1 results, Turtle, Excel."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import QueryError
from kg.iris import XSD
from kg.query.running import Answer, Term, display
from kg.query.workbook import write_workbook
from kg.turtle import write_turtle


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


def write_answer(answer: Answer) -> str:
    """The triples of a CONSTRUCT or DESCRIBE as Turtle. Raises QueryError on an answer that is a table."""
    if answer.form != "construct":
        raise QueryError("Turtle is for CONSTRUCT and DESCRIBE; write this answer as csv, tsv, json or xlsx")
    triples = (Triple(*row) for row in answer.rows)  # type: ignore[arg-type] # the rows are triples
    return write_turtle(triples, prefixes=answer.prefixes)


@dataclass(frozen=True, slots=True)
class ResultWriter:
    """A format of answers: what it is, the ending of its files, its media type, and what writes it."""

    title: str
    suffix: str
    media_type: str
    write: Callable[[Answer], bytes]


def _encoded(write: Callable[[Answer], str]) -> Callable[[Answer], bytes]:
    return lambda answer: write(answer).encode("utf-8")


_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

RESULT_WRITERS = {
    "csv": ResultWriter("CSV", ".csv", "text/csv", _encoded(write_csv)),
    "json": ResultWriter("JSON of SPARQL 1.1", ".json", "application/sparql-results+json", _encoded(write_json)),
    "tsv": ResultWriter("TSV of SPARQL 1.1", ".tsv", "text/tab-separated-values", _encoded(write_tsv)),
    "turtle": ResultWriter("Turtle, for CONSTRUCT and DESCRIBE", ".ttl", "text/turtle", _encoded(write_answer)),
    "xlsx": ResultWriter("Excel", ".xlsx", _EXCEL, write_workbook),
}
"""The formats of an answer; the table for a terminal is drawn by the command line."""
