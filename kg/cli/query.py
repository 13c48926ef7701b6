"""kg query: questions to a graph, in SPARQL or by name."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli.options import format_option, graph_option, ontology_option, open_graph, output_option, write_output
from kg.cli.tables import draw_table
from kg.errors import InputError, nearest
from kg.query import RESULT_WRITERS, Answer, bind, display, load_queries, named_query, run_query
from kg.store import LoadedGraph

ANSWER_FORMATS = {"table": "aligned for a terminal", **{name: each.title for name, each in RESULT_WRITERS.items()}}
_ENDINGS = {each.suffix: name for name, each in RESULT_WRITERS.items()}
_PARAMETERS = "kg.query.parameters"


class _QueryCommand(click.Command):
    """A command that takes the parameters of a named query as options: ``--name NAME --park VALUE``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Set aside the options that are no options of the command, where a query is named."""
        known = {name for each in self.get_params(ctx) for name in (*each.opts, *each.secondary_opts)}
        named = any(each == "--name" or each.startswith("--name=") for each in args)
        rest: list[str] = []
        values: dict[str, str] = {}
        at = 0
        while at < len(args):
            option, equals, value = args[at].partition("=")
            at += 1
            if not named or not option.startswith("--") or option in known or option == "--":
                rest.append(args[at - 1])
                continue
            if not equals:
                if at == len(args):
                    raise click.UsageError(f"Option {option!r} requires an argument.", ctx)
                value = args[at]
                at += 1
            values[option] = value
        ctx.meta[_PARAMETERS] = values
        return super().parse_args(ctx, rest)


@click.command("query", cls=_QueryCommand)
@click.argument("sparql", required=False)
@graph_option
@click.option("--file", type=click.Path(path_type=Path), metavar="FILE", help="File with the query; - for stdin.")
@click.option("--name", metavar="NAME", help="A query of the ontology folder; see --list.")
@click.option("--list", "listed", is_flag=True, help="List the named queries and their parameters.")
@format_option(ANSWER_FORMATS, default=None)
@ontology_option
@output_option
@click.pass_context
def query_command(
    ctx: click.Context,
    *,
    sparql: str | None,
    graph: str,
    file: Path | None,
    name: str | None,
    listed: bool,
    format: str | None,
    ontology: Path,
    output: Path,
) -> None:
    """Ask a graph in SPARQL.

    The query is given as text, in a file, or by name. Prefixes that the graph binds need no declaration.

    A named query may have parameters, each an option of its name: kg query --name park-enterprises --park NAME.
    Things are meant by any of their names; what is not given is left open.

    Without --format the ending of the output file decides; without one, it is a table, or Turtle for CONSTRUCT
    and DESCRIBE.
    """
    if listed:
        write_output(output, _list(ontology))
        return
    if sum(given is not None for given in (sparql, file, name)) != 1:
        raise click.UsageError("give one query: SPARQL text, --file or --name")
    ending = format or _format_of(output)
    loaded = open_graph(graph)
    source, text = _query_text(sparql, file, name, loaded, ontology, ctx.meta[_PARAMETERS])
    answer = run_query(loaded, text, source=source)
    chosen = ending or ("turtle" if answer.form == "construct" else "table")
    write_output(output, _answer_table(answer) if chosen == "table" else RESULT_WRITERS[chosen].write(answer))


def _format_of(output: Path) -> str | None:
    """The format of an answer that the ending of `output` asks for, none where it leaves that open."""
    if output.suffix in ("", ".txt"):
        return None
    if output.suffix not in _ENDINGS:
        raise InputError(f"{output}: no format has this ending; say --format, or end the name in {', '.join(_ENDINGS)}")
    return _ENDINGS[output.suffix]


def _list(ontology: Path) -> str:
    queries = load_queries(ontology).values()
    rows = [
        (each.name, each.title, each.title_en, " ".join(name.option for name in each.parameters)) for each in queries
    ]
    return draw_table(("name", "标题", "title", "parameters"), rows)


def _query_text(
    sparql: str | None, file: Path | None, name: str | None, graph: LoadedGraph, ontology: Path, values: dict[str, str]
) -> tuple[str, str]:
    """Where the query comes from, and its text."""
    if name is not None:
        query = named_query(load_queries(ontology), name)
        names = {each.option: each.name for each in query.parameters}
        for given in values:
            if given not in names:
                hint = nearest(given, names)
                raise click.UsageError(f"{name} has no parameter {given}{hint}; it has {' '.join(names) or 'none'}")
        return f"{query.name}.rq", bind(query, graph, {names[given]: value for given, value in values.items()})
    if file is None:
        return "query", sparql or ""
    try:
        return str(file), sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{file}: not UTF-8 at byte {error.start}; save the file as UTF-8") from None


def _answer_table(answer: Answer) -> str:
    rows = [[display(term, answer.prefixes) for term in row] for row in answer.rows]
    if answer.form == "ask":
        return f"{rows[0][0]}\n"
    return draw_table(answer.columns, rows) + f"({len(rows)} {'row' if len(rows) == 1 else 'rows'})\n"
