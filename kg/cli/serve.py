"""kg serve: a graph on an address of this machine."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from kg.cli.options import graph_option, ontology_option, page_options


@click.command("serve")
@graph_option
@ontology_option
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 for any free port.")
@click.option("--open", "show", is_flag=True, help="Open the page in a browser.")
@page_options
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0.1),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="How long a query may run.",
)
@click.option(
    "--memory-limit",
    type=click.IntRange(min=64),
    default=1024,
    show_default=True,
    metavar="MB",
    help="How much memory a query may take, beside the graph.",
)
@click.option(
    "--result-limit",
    type=click.IntRange(min=1),
    default=16,
    show_default=True,
    metavar="MB",
    help="How large a result may be.",
)
@click.option(
    "--cors",
    multiple=True,
    metavar="ORIGIN",
    help="Let pages of this origin (https://example.org, or * for all) ask from a browser. Repeatable.",
)
def serve_command(
    *,
    graph: str,
    ontology: Path,
    port: int,
    show: bool,
    title: str,
    articles: tuple[Path, ...],
    time_limit: float,
    memory_limit: int,
    result_limit: int,
    cors: tuple[str, ...],
) -> None:
    """Serve a graph on this machine, to nobody else.

    At / is the page that kg view writes, at /query a page to ask in SPARQL, at /sparql the endpoint for programs
    (SPARQL 1.1 Protocol), and at /id/… what the graph says of each of its IRIs. Nothing can be changed there. A
    graph that is built anew is taken up with the next request. Ctrl-C ends it.
    """
    from kg.server.limits import MEGABYTE, Limits  # here, for no other command needs a server
    from kg.server.running import serve
    from kg.server.snapshot import Source

    if graph == "-":
        raise click.UsageError("kg serve reads its graph from a file or folder, not from standard input")

    def ready(address: str) -> None:
        click.echo(f"{address}  (Ctrl-C ends it)")
        if show:
            webbrowser.open(address)

    serve(
        Source(Path(graph), ontology, title, articles),
        port=port,
        limits=Limits(seconds=time_limit, memory=memory_limit * MEGABYTE, result=result_limit * MEGABYTE),
        origins=cors,
        ready=ready,
    )
