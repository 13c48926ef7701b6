"""Training the recognizer of names on the annotated text of an ontology folder.

A model is a file beside the text; `names.json` says of which text and features it was made.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

import pycrfsuite

from kg.annotated import MODEL, RECORD, Annotated, read_annotated, record
from kg.components.features import see
from kg.components.sentences import cut
from kg.components.tagger import Model, tag_words
from kg.errors import DataError
from kg.output import write_streams

PARAMETERS = {"c1": 0.6, "c2": 1.0, "max_iterations": 100, "feature.minfreq": 2}
"""L-BFGS with both penalties, as CRFsuite calls them."""


@dataclass(frozen=True, slots=True)
class Trained:
    """What a model was made of: paragraphs, characters, names of each class."""

    paragraphs: int
    characters: int
    names: dict[str, int]


def train(folder: Path, *, classes: frozenset[str], model: Model, vocabulary: frozenset[str]) -> Trained:
    """Write the model of the annotated text in `folder`. Raises DataError where there is none, or it has a slip."""
    paragraphs = list(read_annotated(folder, classes=classes))
    if not paragraphs:
        raise DataError(f"{folder}: no annotated text; write sentences with [name](Class) into a .txt file in it")
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / MODEL
        fit(paragraphs, file, model=model, vocabulary=vocabulary)
        whole = file.read_bytes()
        contents = {MODEL: whole, RECORD: record(paragraphs, whole).encode()}
        write_streams(folder, {name: partial(_put, content=content) for name, content in contents.items()})
    names = Counter(kind for each in paragraphs for *_, kind in each.names)
    return Trained(len(paragraphs), sum(len(each.text) for each in paragraphs), dict(sorted(names.items())))


def fit(paragraphs: Iterable[Annotated], file: Path, *, model: Model, vocabulary: frozenset[str]) -> None:
    """Train on `paragraphs`, cut into words by `model`, and write the result to `file`."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for paragraph in paragraphs:
        for begin, end in cut(paragraph.text, 0, len(paragraph.text)):
            words = tag_words(model, paragraph.text, begin, end, vocabulary=vocabulary)
            seen = see(paragraph.text, begin, end, words)
            if seen.offsets:
                trainer.append(seen.features, labels(paragraph, seen.offsets))
    trainer.set_params(PARAMETERS)
    trainer.train(str(file))


def labels(paragraph: Annotated, offsets: Iterable[int]) -> list[str]:
    """For each character at `offsets` whether it begins a name (B-Park), goes on in one (I-Park), or neither (O)."""
    kinds: dict[int, tuple[int, str]] = {}
    for begin, end, kind in paragraph.names:
        kinds.update(dict.fromkeys(range(begin, end), (begin, kind)))
    found, last = [], None
    for at in offsets:
        name = kinds.get(at)
        found.append("O" if name is None else f"{'I' if name == last else 'B'}-{name[1]}")
        last = name
    return found


def _put(out: BinaryIO, *, content: bytes) -> None:
    out.write(content)
