"""kg query, view, explain, conflicts: what one does with a graph."""

from __future__ import annotations

import sys
import webbrowser
from pathlib import Path

import click

from kg.articles import article_texts
from kg.cli.options import (
    format_option,
    graph_option,
    ontology_option,
    open_graph,
    output_option,
    write_output,
)
from kg.cli.tables import draw_table
from kg.conflicts import CONFLICT_WRITERS, find_conflicts
from kg.errors import InputError
from kg.explain import explain, write_explanation
from kg.query import RESULT_WRITERS, Answer, display, load_queries, named_query, run_query
from kg.store import LoadedGraph
from kg.view import page_data, read_model, render_page

ANSWER_FORMATS = {"table": "aligned for a terminal", **{name: name.upper() for name in RESULT_WRITERS}}


@click.command("query")
@click.argument("sparql", required=False)
@graph_option
@click.option("--file", type=click.Path(path_type=Path), metavar="FILE", help="File with the query; - for stdin.")
@click.option("--name", metavar="NAME", help="A query of the ontology folder; see --list.")
@click.option("--list", "listed", is_flag=True, help="List the named queries.")
@format_option(ANSWER_FORMATS, default="table")
@ontology_option
@output_option
def query_command(
    *,
    sparql: str | None,
    graph: str,
    file: Path | None,
    name: str | None,
    listed: bool,
    format: str,
    ontology: Path,
    output: Path,
) -> None:
    """Ask a graph in SPARQL.

    The query is given as text, in a file, or by name. Prefixes that the graph binds need no declaration.
    """
    if listed:
        rows = [(each.name, each.title, each.title_en) for each in load_queries(ontology).values()]
        write_output(output, draw_table(("name", "标题", "title"), rows))
        return
    if sum(given is not None for given in (sparql, file, name)) != 1:
        raise click.UsageError("give one query: SPARQL text, --file or --name")
    source, text = _query_text(sparql, file, name, ontology)
    loaded = open_graph(graph)
    answer = run_query(loaded, text, source=source)
    write_output(output, _answer_table(answer, loaded) if format == "table" else RESULT_WRITERS[format](answer))


def _query_text(sparql: str | None, file: Path | None, name: str | None, ontology: Path) -> tuple[str, str]:
    """Where the query comes from, and its text."""
    if name is not None:
        query = named_query(load_queries(ontology), name)
        return f"{query.name}.rq", query.text
    if file is None:
        return "query", sparql or ""
    try:
        return str(file), sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{file}: not UTF-8 at byte {error.start}; save the file as UTF-8") from None


def _answer_table(answer: Answer, graph: LoadedGraph) -> str:
    rows = [[display(term, graph.prefixes) for term in row] for row in answer.rows]
    if answer.form == "ask":
        return f"{rows[0][0]}\n"
    return draw_table(answer.columns, rows) + f"({len(rows)} {'row' if len(rows) == 1 else 'rows'})\n"


@click.command("view")
@graph_option
@ontology_option
@output_option
@click.option("--title", default="", help="Title of the page. [default: the name of the graph]")
@click.option(
    "--articles",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Articles, or a folder of them, whose text the page shall hold, to read facts in their context. Repeatable.",
)
@click.option("--open", "show", is_flag=True, help="Open the page in a browser; needs --output.")
def view_command(
    *, graph: str, ontology: Path, output: Path, title: str, articles: tuple[Path, ...], show: bool
) -> None:
    """Draw a graph as one HTML page.

    The page needs no server and no network: a network with search, filters and evidence, charts of
    the figures, and a reader for the articles.
    """
    if show and str(output) == "-":
        raise click.UsageError("--open needs --output FILE")
    loaded = open_graph(graph)
    texts = article_texts(articles) if articles else {}
    data = page_data(read_model(loaded.store, ontology), texts=texts)
    write_output(output, render_page(data, title=title or loaded.source))
    if show:
        webbrowser.open(output.resolve().as_uri())


@click.command("explain")
@click.argument("entity")
@graph_option
@ontology_option
@output_option
def explain_command(*, entity: str, graph: str, ontology: Path, output: Path) -> None:
    """Say what a graph knows of a thing, and from where.

    Each fact comes with its sentences, their articles and the rule that read it.

    ENTITY is a name, a short name, or an IRI such as area:430482.
    """
    found = explain(open_graph(graph), entity, ontology=ontology)
    write_output(output, "\n".join(map(write_explanation, found)))


@click.command("conflicts")
@graph_option
@format_option({"text": "for people", "json": "for programs"}, default="text")
@output_option
def conflicts_command(*, graph: str, format: str, output: Path) -> None:
    """List figures on which articles disagree.

    Two articles that give different values for one thing, indicator and period are shown with their sentences.
    A target and a result do not conflict: kg query --name targets-and-results has those.
    """
    write_output(output, CONFLICT_WRITERS[format](find_conflicts(open_graph(graph))))
