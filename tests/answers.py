"""The answers of the named questions on the seeds, as a careful reader checked them: tests/answers/*.tsv.

    python tests/answers.py              the rows that have come or gone
    python tests/answers.py --update     write what is answered now, keeping what was checked

The first line of a file is the command, the second names the columns, each further line is a row. Its first
column says what a reader who looked into the article found: ``right``, ``wrong``, or ``-`` where nobody has looked.
Confidences are left out: they are measured anew whenever rules change.
"""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.build import Options, build
from kg.knowledge import default_folder
from kg.query import bind, display, load_queries, run_query
from kg.store import LoadedGraph, load_graph

FOLDER = Path(__file__).parent / "answers"
SEEDS = Path(__file__).parent.parent / "seeds"
MARKS = ("right", "wrong", "-")
NOBODY = "-"
LEFT_OUT = "confidence"
_BEGIN = "$ kg query --name "


@dataclass(frozen=True, slots=True)
class Checked:
    """An answer as it is kept: the values of parameters by option, columns, and rows with their marks."""

    name: str
    options: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    marks: tuple[str, ...]

    @property
    def command(self) -> str:
        """What one would type."""
        words = [self.name, *(word for name, each in self.options for word in (name, shlex.quote(each)))]
        return f"kg query --name {' '.join(words)}"

    def text(self) -> str:
        """The file."""
        rows = ("\t".join(line) for line in zip_marks(self.marks, self.rows))
        return "\n".join([f"$ {self.command}", "\t".join(("checked", *self.columns)), *rows]) + "\n"


def zip_marks(marks: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Iterator[tuple[str, ...]]:
    """Each row with its mark before it."""
    return ((mark, *row) for mark, row in zip(marks, rows, strict=True))


def read_answer(file: Path) -> Checked:
    """An answer as it is kept."""
    first, *lines = file.read_text(encoding="utf-8").splitlines()
    name, *words = shlex.split(first.removeprefix(_BEGIN))
    options = tuple(zip(words[::2], words[1::2], strict=True))
    columns, *rows = [line.split("\t") for line in lines] or [[""]]  # a new file has the command alone
    return Checked(
        name, options, tuple(columns[1:]), tuple(tuple(row[1:]) for row in rows), tuple(row[0] for row in rows)
    )


def answer_now(kept: Checked, graph: LoadedGraph) -> Checked:
    """The same question asked of `graph`; rows that were there keep their marks."""
    query = load_queries(default_folder())[kept.name]
    names = {each.option: each.name for each in query.parameters}
    answer = run_query(graph, bind(query, graph, {names[option]: value for option, value in kept.options}))
    places = [place for place, name in enumerate(answer.columns) if name != LEFT_OUT]
    rows = tuple(
        tuple(" ".join(display(row[place], answer.prefixes).split()) for place in places) for row in answer.rows
    )
    marks = dict(zip(kept.rows, kept.marks, strict=True))
    columns = tuple(answer.columns[place] for place in places)
    return Checked(kept.name, kept.options, columns, rows, tuple(marks.get(row, NOBODY) for row in rows))


def answers() -> list[Checked]:
    """All that are kept, by name."""
    return [read_answer(file) for file in sorted(FOLDER.glob("*.tsv"))]


def seed_graph() -> LoadedGraph:
    """The graph of the seeds, built now."""
    with TemporaryDirectory() as folder:
        build([SEEDS], Path(folder), options=Options(default_folder(), page=False, keep=False))
        return load_graph(Path(folder))


def main() -> None:
    """Compare, or write."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--update", action="store_true")
    options.add_argument("--graph", type=Path, help="a graph of the seeds; else it is built")
    given = options.parse_args()
    graph = load_graph(given.graph) if given.graph else seed_graph()
    for kept in answers():
        now = answer_now(kept, graph)
        gone, come = set(kept.rows) - set(now.rows), set(now.rows) - set(kept.rows)
        for sign, rows in (("-", gone), ("+", come)):
            for row in sorted(rows):
                print(f"{sign} {kept.name}: {' | '.join(row)}")  # noqa: T201 - the output of a script
        if given.update:
            (FOLDER / f"{kept.name}.tsv").write_text(now.text(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
