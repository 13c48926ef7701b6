"""Annotated text: sentences in which the names are marked, from which names are learned.

A name stands in square brackets, its class in round ones behind it: ``[远航铜业](Enterprise)落户[东山县](Area)。``
A paragraph is a line; lines that begin with ``#`` are comments.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DataError, nearest

MODEL, RECORD = "names.crfsuite", "names.json"
"""What `kg train` writes beside the text: the model, and of what it was made."""

FEATURES = 2
"""Counts up when what is seen of a character changes: a model fits only the features it was trained with."""

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


def record(paragraphs: Iterable[Annotated], model: bytes) -> str:
    """What stands beside a `model` that was made of `paragraphs`."""
    text = repr([(each.text, each.names) for each in paragraphs])
    digests = {name: hashlib.sha256(whole).hexdigest() for name, whole in (("text", text.encode()), ("model", model))}
    return json.dumps({"features": FEATURES, **digests}, indent=1) + "\n"


def check_model(folder: Path) -> None:
    """Raises DataError where the model in `folder` is missing, is damaged or was trained for other features."""
    try:
        made = json.loads((folder / RECORD).read_bytes())
        model = (folder / MODEL).read_bytes()
        fits = made["features"] == FEATURES and made["model"] == hashlib.sha256(model).hexdigest()
    except (OSError, ValueError, KeyError, TypeError):
        fits = False
    if not fits:
        raise DataError(f"{folder / MODEL}: missing, damaged or not the one that {RECORD} tells of; run kg train")
