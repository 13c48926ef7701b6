"""kg export and kg push: a graph for other tools."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from kg.cli.options import confidence_option, format_option, graph_option, ontology_option, open_graph
from kg.errors import InputError
from kg.export import WRITERS, Selection, export_files, export_stream, format_of, prepare
from kg.ontology import load_ontology
from kg.push import BATCH, PROTOCOLS, STORES, Credentials, push

GRAPH_FORMATS = {name: f"{writer.title} ({writer.suffix})" for name, writer in WRITERS.items()}
STORE_HELP = "; ".join(f"{name}: {each.title}" for name, each in STORES.items()) + "."

evidence_option = click.option(
    "--evidence/--no-evidence", default=True, help="Leave out spans and their words; facts name the article."
)


@click.command("export")
@graph_option
@format_option(GRAPH_FORMATS, default=None)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    default="-",
    help="File to write; a folder or .zip for formats of several files. [default: - , standard output]",
)
@evidence_option
@confidence_option
@click.option(
    "--article", "articles", multiple=True, metavar="ARTICLE", help="Only what this article says; repeatable."
)
@click.option("--class", "classes", multiple=True, metavar="CLASS", help="Only facts about this class; repeatable.")
@click.option(
    "--description/--no-description", "described", default=True, help="Describe the graph as a whole in RDF formats."
)
@ontology_option
def export_command(
    *,
    graph: str,
    format: str | None,
    output: Path,
    evidence: bool,
    min_confidence: float,
    articles: tuple[str, ...],
    classes: tuple[str, ...],
    described: bool,
    ontology: Path,
) -> None:
    """Write a graph, or part of it, in another format, sorted.

    Without --format the ending of the output file decides; without one, it is Turtle. What is left out takes with
    it what only it referred to; things that a fact speaks of keep their classes and names.
    """
    chosen = format or format_of(output.name)
    selection = Selection(evidence, min_confidence, articles, classes)
    content = prepare(
        open_graph(graph),
        format=chosen,
        ontology=load_ontology(ontology),
        selection=selection,
        described=described,
    )
    if str(output) == "-":
        export_stream(content, sys.stdout.buffer, format=chosen)
    elif output.exists() and not output.is_file() and not output.is_dir():  # a device or pipe is not replaced
        try:
            with output.open("wb") as out:
                export_stream(content, out, format=chosen)
        except OSError as error:
            raise InputError(f"{output}: cannot be written: {error.strerror}; choose another place") from None
    else:
        export_files(content, output, format=chosen)


@click.command("push")
@click.argument("url")
@graph_option
@click.option(
    "--store", type=click.Choice(list(STORES)), default=next(iter(STORES)), show_default=True, help=STORE_HELP
)
@click.option("--protocol", type=click.Choice(list(PROTOCOLS)), help="How to write. [default: what suits the store]")
@click.option("--keep", is_flag=True, help="Leave graphs of articles that this graph no longer has.")
@click.option("--batch", type=click.IntRange(min=1), default=BATCH, show_default=True, help="Triples in one request.")
@evidence_option
@confidence_option
@ontology_option
def push_command(
    *,
    url: str,
    graph: str,
    store: str,
    protocol: str | None,
    keep: bool,
    batch: int,
    evidence: bool,
    min_confidence: float,
    ontology: Path,
) -> None:
    """Send a graph to a store that speaks SPARQL 1.1.

    URL is the address of the store. Each article has a named graph there, and what articles share another. Only
    graphs that differ are sent, each in place of the old one; a push that broke off goes on when it is repeated.

    User and password come from the environment, KG_PUSH_USER and KG_PUSH_PASSWORD, or a token from KG_PUSH_TOKEN.
    """
    content = prepare(
        open_graph(graph),
        format="nq",
        ontology=load_ontology(ontology),
        selection=Selection(evidence, min_confidence),
    )
    credentials = Credentials(*(os.environ.get(f"KG_PUSH_{name}", "") for name in ("USER", "PASSWORD", "TOKEN")))
    done = push(content, url, store=store, protocol=protocol, credentials=credentials, keep=keep, batch=batch)
    sent = f"sent {done.sent} ({done.triples} triples)"
    click.echo(f"graphs: {sent}, unchanged {done.same}, removed {done.removed}")
