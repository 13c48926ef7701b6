"""kg view, explain, conflicts: what one does with a graph."""

from __future__ import annotations

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
    page_options,
    write_output,
)
from kg.conflicts import CONFLICT_WRITERS, find_conflicts
from kg.explain import explain, write_explanation
from kg.view import page_data, read_model, render_page


@click.command("view")
@graph_option
@ontology_option
@output_option
@page_options
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
