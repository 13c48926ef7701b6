"""Options that several commands share, each a decorator; choices come from the tables of the library."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import click

from kg.errors import InputError
from kg.knowledge import default_folder
from kg.output import write_streams
from kg.store import LoadedGraph, load_graph, parse_graph

Command = TypeVar("Command", bound=Callable[..., Any])
Decorator = Callable[[Command], Command]

_PATH = click.Path(path_type=Path)


DEFAULT_FOLDER = "build"
"""Where kg build writes and the other commands look, unless told otherwise."""

DEFAULT_ONTOLOGY = "-"
"""The ontology folder that comes with kg."""


def open_graph(place: str) -> LoadedGraph:
    """The graph at `place`: a folder that kg build wrote, a Turtle file, or ``-`` for standard input."""
    if place == "-":
        return parse_graph(sys.stdin.buffer.read(), source="standard input")
    return load_graph(Path(place))


def ontology_folder(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path:
    """The folder that the option names, or the default one."""
    return default_folder() if value is None or str(value) == DEFAULT_ONTOLOGY else value


graph_option: Decorator[Any] = click.option(
    "-g",
    "--graph",
    default=DEFAULT_FOLDER,
    show_default=True,
    metavar="GRAPH",
    help="A folder that kg build wrote, a Turtle file, or - for standard input.",
)

ontology_option: Decorator[Any] = click.option(
    "--ontology",
    type=_PATH,
    metavar="DIR",
    envvar="KG_ONTOLOGY",
    callback=ontology_folder,
    help="Ontology folder: classes, rules, lexicon, queries. [env: KG_ONTOLOGY; default: the one that comes with kg]",
)


model_option: Decorator[Any] = click.option(
    "--model", type=_PATH, metavar="DIR", help="Another LAC model for the tagger."
)


def reading_options(command: Command) -> Command:
    """PATH... and the options of commands that read articles."""
    for decorate in (
        model_option,
        click.option("--tagger/--no-tagger", default=True, show_default=True, help="Use the statistical word tagger."),
        ontology_option,
        click.argument("paths", nargs=-1, required=True, type=_PATH, metavar="PATH..."),
    ):
        command = decorate(command)
    return command


def page_options(command: Command) -> Command:
    """The options of commands that show the page of a graph."""
    for decorate in (
        click.option(
            "--articles",
            multiple=True,
            type=_PATH,
            metavar="PATH",
            help="Articles, or a folder of them, whose text the page shall hold, to read facts in their context. "
            "Repeatable.",
        ),
        click.option("--title", default="", help="Title of the page. [default: the name of the graph]"),
    ):
        command = decorate(command)
    return command


@contextmanager
def articles_at(paths: Sequence[Path]) -> Iterator[tuple[Path, ...]]:
    """`paths` with standard input, where one of them is ``-``, as a file called stdin.txt."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "stdin.txt"
        if any(str(path) == "-" for path in paths):
            file.write_bytes(sys.stdin.buffer.read())
        yield tuple(file if str(path) == "-" else path for path in paths)


confidence_option: Decorator[Any] = click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    help="Leave out facts that are right less often than this.",
)

output_option: Decorator[Any] = click.option(
    "-o", "--output", type=_PATH, metavar="FILE", default="-", help="File to write. [default: - , standard output]"
)


def format_option(formats: Mapping[str, str], *, default: str | None) -> Decorator[Any]:
    """``--format`` with the names of `formats` as choices and their descriptions as help."""
    listed = "; ".join(f"{name}: {title}" for name, title in formats.items())
    tail = f" [default: {default}]" if default else ""
    return click.option(
        "-f", "--format", "format", type=click.Choice(list(formats)), default=default, help=f"{listed}.{tail}"
    )


def write_output(output: Path, content: str | bytes) -> None:
    """Write `content` to the file `output`, whole or not at all; ``-`` is standard output."""
    if str(output) == "-":
        click.echo(content, nl=False)
        return
    data = content.encode("utf-8") if isinstance(content, str) else content
    if output.exists() and not output.is_file():  # a device or a pipe takes what is written; it is not replaced
        try:
            output.write_bytes(data)
        except OSError as error:
            raise InputError(f"{output}: cannot be written: {error.strerror}; choose another place") from None
    else:
        write_streams(output.parent, {output.name: lambda file: file.write(data)})
