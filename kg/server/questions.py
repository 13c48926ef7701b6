"""The page to write queries on, and the named questions that it offers."""

from __future__ import annotations

from collections.abc import Mapping

from kg.errors import QueryError
from kg.query import bind, named_query
from kg.server.answering import Question, Reply, refuse
from kg.server.dataset import Dataset
from kg.server.outline import prefixes_of
from kg.server.pages import templates
from kg.store import LoadedGraph


def draw_questions(dataset: Dataset, question: Question) -> Reply:
    """The page, with every named question and fields for what it asks for."""
    page = templates().get_template("query.html.jinja")
    text = page.render(queries=list(dataset.queries.values()), base=dataset.base)
    return Reply(200, "text/html; charset=utf-8", text.encode())


def write_question(dataset: Dataset, question: Question) -> Reply:
    """The SPARQL of the named question that the text names, with the values given for its parameters."""
    if question.text not in dataset.queries:
        return refuse(404, f"no question is called {question.text}; /query lists them")
    graph = LoadedGraph(dataset.store, dataset.title, dataset.prefixes)
    try:
        text = bind(named_query(dataset.queries, question.text), graph, dict(question.values))
    except QueryError as error:
        return refuse(400, str(error))
    return Reply(200, "application/sparql-query", _declare(text, dataset.prefixes).encode())


def _declare(text: str, prefixes: Mapping[str, str]) -> str:
    """A query with the prefixes it uses declared, as editors want it; the endpoint knows them anyway."""
    used = prefixes_of(text) & prefixes.keys()
    return "".join(f"PREFIX {name}: <{prefixes[name]}>\n" for name in sorted(used)) + text
