"""docs/queries.md, written from the named questions and their answers on the seeds (part of `make docs`).

python tools/questions.py > docs/queries.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from kg.query import NamedQuery, load_queries

ROOT = Path(__file__).resolve().parent.parent
ROWS, WIDTH = 3, 40
HEAD = """# Questions by name

<!-- Written by `make docs` from ontology/queries/ and tests/answers/; a test holds it true. -->

    kg query --name park-enterprises --park 水口山经开区
    kg query --name park-enterprises -o enterprises.xlsx

Each question is a file in [`ontology/queries/`](../ontology/queries). An option that is not given is left open, unless
it is marked as required. Things are meant by any of their names, by IRI, or by a prefixed name such as `area:430482`;
articles by file or title. A name that nothing has is told with the nearest ones. `--format` is `table`, `csv`, `tsv`,
`json`, `xlsx`, or `turtle` for a question whose answer is a graph; else the ending of the output file decides.

The first rows of each answer on the five seed articles are shown. The whole answers are in `tests/answers/`, where
each row is marked right or wrong by a reader who looked into the article: {right} of {read} rows that were read are
right, and {unread} counts were not read. A wrong row is a slip of the extraction, kept as it is.

To ask your own: copy a file, or write one that begins with `# title: 中文 | English`. A line
`# param: park | 园区 | Park | kg:Park` declares an option; what stands on the line of `VALUES ?_park {{ UNDEF }}` is
asked where it is given. Kinds of options beside classes: `text`, `year`, `number`.
"""


def document() -> str:
    """The whole document."""
    answers = {file.stem: file.read_text(encoding="utf-8") for file in (ROOT / "tests" / "answers").glob("*.tsv")}
    marks = [line.split("\t")[0] for text in answers.values() for line in text.splitlines()[2:]]
    right, wrong = marks.count("right"), marks.count("wrong")
    head = HEAD.format(right=right, read=right + wrong, unread=len(marks) - right - wrong)
    queries = load_queries(ROOT / "ontology").values()
    return "\n".join([head, *(line for query in queries for line in _section(query, answers[query.name]))])


def _section(query: NamedQuery, answer: str) -> Iterator[str]:
    yield f"## {query.name}\n"
    yield f"**{query.title}** · {query.title_en}\n"
    yield f"{query.description}. {query.description_en}.\n"
    for each in query.parameters:
        required = " (required)" if each.required else ""
        yield f"- `{each.option}` {each.title}, {each.title_en}: {each.kind}{required}"
    if query.parameters:
        yield ""
    command, head, *rows = answer.splitlines()
    yield f"`{command.removeprefix('$ ')}`\n"
    columns = head.split("\t")[1:]
    yield f"| {' | '.join(columns)} |"
    yield f"|{' --- |' * len(columns)}"
    for row in rows[:ROWS]:
        yield f"| {' | '.join(map(_cell, row.split(chr(9))[1:]))} |"
    yield f"\n{len(rows)} {'row' if len(rows) == 1 else 'rows'}\n"


def _cell(text: str) -> str:
    short = text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"
    return short.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(document())
