"""Annotated text: sentences in which the names are marked, from which names are learned.

A name stands in square brackets, its class in round ones behind it: ``[远航铜业](Enterprise)落户[东山县](Area)。``
A paragraph is a line; lines that begin with ``#`` are comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DataError, nearest

_NAME = re.compile(r"\[([^\[\]]+)\]\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Annotated:
    """A paragraph without its marks, and the names in it: (begin, end, class), sorted, none over another."""

    text: str
    names: tuple[tuple[int, int, str], ...]


def read_annotated(folder: Path, *, classes: frozenset[str]) -> Iterator[Annotated]:
    """The paragraphs of all files of `folder`, in the order of their names.

    Raises DataError naming file and line for a class that is not one of `classes`, and for a bracket left open.
    """
    for path in sorted(folder.glob("*.txt")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if line.strip() and not line.startswith("#"):
                yield parse_annotated(line.strip(), where=f"{path}:{number}", classes=classes)


def parse_annotated(line: str, *, where: str, classes: frozenset[str]) -> Annotated:
    """A line with its marks taken out.

    >>> parse_annotated("[远航铜业](Enterprise)投产。", where="x:1", classes=frozenset({"Enterprise"}))
    Annotated(text='远航铜业投产。', names=((0, 4, 'Enterprise'),))
    """
    text, names, last = "", [], 0
    for match in _NAME.finditer(line):
        name, kind = match.groups()
        if kind not in classes:
            raise DataError(f"{where}: unknown class {kind} of {name}{nearest(kind, sorted(classes))}")
        text += line[last : match.start()]
        names.append((len(text), len(text) + len(name), kind))
        text += name
        last = match.end()
    text += line[last:]
    if bracket := re.search(r"[\[\]]", text):
        around = text[max(0, bracket.start() - 6) : bracket.end() + 6]
        raise DataError(f"{where}: {around}: a bracket by itself; write names as [name](Class)")
    return Annotated(text, tuple(names))
