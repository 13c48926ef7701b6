"""SPARQL over a graph: questions as text or by name, their parameters, and their answers in many formats."""

from kg.query.binding import bind
from kg.query.named import NamedQuery, Parameter, load_queries, named_query
from kg.query.running import Answer, Term, display, run_query
from kg.query.workbook import write_workbook
from kg.query.writers import RESULT_WRITERS, ResultWriter, write_answer, write_csv, write_json, write_tsv

__all__ = [
    "RESULT_WRITERS",
    "Answer",
    "NamedQuery",
    "Parameter",
    "ResultWriter",
    "Term",
    "bind",
    "display",
    "load_queries",
    "named_query",
    "run_query",
    "write_answer",
    "write_csv",
    "write_json",
    "write_tsv",
    "write_workbook",
]
