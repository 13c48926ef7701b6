"""kg build"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from kg.articles import find_articles, stale_entries
from kg.build import PAGE_FILE, REPORT_FILE, Options, build
from kg.cli.options import DEFAULT_FOLDER, articles_at, confidence_option, reading_options
from kg.cli.tables import draw_table
from kg.extraction import Progress
from kg.iris import BASE
from kg.ontology import load_ontology
from kg.report import Report
from kg.store import GRAPH_FILE

PARTIAL = 7
"""Exit code of a build that left out articles."""


@click.command("build")
@reading_options
@click.option(
    "-o",
    "--output",
    default=DEFAULT_FOLDER,
    show_default=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder for the results.",
)
@click.option("--base", default=BASE, show_default=True, metavar="IRI", help="What the IRIs of things begin with.")
@click.option(
    "-w", "--workers", type=click.IntRange(min=1), default=1, show_default=True, help="Articles read at once."
)
@confidence_option
@click.option("--page/--no-page", default=True, show_default=True, help=f"Write {PAGE_FILE}.")
@click.option(
    "--cache",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder for what was read of each article, for the next build. [default: inside the output folder]",
)
@click.option(
    "--corrections",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="What people decided. [default: every corrections.toml beside the articles]",
)
@click.option("--no-cache", is_flag=True, help="Read all articles anew, and keep nothing for the next build.")
@click.option(
    "--strict", is_flag=True, help="Check the graph; where it breaks its contract, write nothing, exit with 6."
)
@click.option("-q", "--quiet", is_flag=True, help="No table and no progress; failures only.")
def build_command(
    *,
    paths: tuple[Path, ...],
    output: Path,
    ontology: Path,
    base: str,
    workers: int,
    tagger: bool,
    model: Path | None,
    min_confidence: float,
    page: bool,
    cache: Path | None,
    no_cache: bool,
    corrections: Path | None,
    strict: bool,
    quiet: bool,
) -> None:
    """Read articles and build their graph.

    PATH is an article, a folder of articles, or - for standard input. DIR gets graph.ttl (the graph),
    graph.html (a page to look at it) and report.json (what was found in each article, and what was not read).

    An article that is as it was is not read again; the graph is the same as if it were. The files change all
    at once, when the build is done: one that fails or is killed leaves those that were there. A second build
    into DIR waits for the first.

    What people decided (see kg correct) is replayed; a correction that no longer fits is told on standard error.

    An article that cannot be read is told on standard error and left out; the exit code is then 7. An entry of
    articles.toml that names no file is told as well.
    """
    if not base.endswith(("/", "#")) or ":" not in base:
        raise click.BadParameter(f"{base!r} must be an absolute IRI that ends in / or #", param_hint="--base")
    options = Options(
        ontology=ontology,
        base=base,
        workers=workers,
        tag=tagger,
        model=model,
        page=page,
        min_confidence=min_confidence,
        cache=cache,
        keep=not no_cache,
        corrections=corrections,
        strict=strict,
    )
    with articles_at(paths) as files, _progress(quiet=quiet) as progress:
        report = build(files, output, options=options, progress=progress)
        stale = stale_entries(find_articles(files))
    for failure in report.failures:
        click.echo(f"kg: {failure.message}", err=True)
    for message in stale:
        click.echo(f"kg: {message}", err=True)
    for outcome in report.outcomes:
        if outcome.problem or outcome.note:
            click.echo(f"kg: {outcome.line()}", err=True)
    if not quiet:
        click.echo(_found(report, ontology), nl=False)
        for name in [GRAPH_FILE, *([PAGE_FILE] if page else []), REPORT_FILE]:
            click.echo(str(output / name))
    if report.failures:
        sys.exit(PARTIAL)


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Progress | None]:
    """A bar on standard error where somebody sees it."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _found(report: Report, ontology: Path) -> str:
    """The table after a build: what there is of each class and relation."""
    known = load_ontology(ontology)
    totals = report.totals
    rows = [
        ("articles", str(totals["articles"])),
        ("entities", str(totals["entities"])),
        *((f"  {name} {known.classes[name].label.zh}", str(n)) for name, n in totals["by_class"].items()),
        ("relations", str(totals["relations"])),
        *((f"  {name} {known.properties[name].label.zh}", str(n)) for name, n in totals["by_relation"].items()),
        ("claims", str(totals["claims"])),
        ("observations", str(totals["observations"])),
        ("triples", str(totals["triples"])),
    ]
    return draw_table(("found", "number"), rows, right=("number",)) + "\n"
