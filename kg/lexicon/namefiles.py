"""The name lexicons of a folder, read and checked: classes, patterns and expressions that exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from kg.errors import DataError, nearest
from kg.lexicon.names import NameLexicon
from kg.lexicon.toml import load_toml
from kg.ontology import Ontology

_CHOICE = re.compile(r"(\{[^{}]*\})")


def load_names(folder: Path, ontology: Ontology) -> tuple[NameLexicon, ...]:
    """The name lexicons in `folder`, by file name. Raises DataError naming file, place and the nearest choice."""
    return tuple(_load(path, ontology) for path in sorted(folder.glob("*.toml")))


def _load(path: Path, ontology: Ontology) -> NameLexicon:
    lexicon = load_toml(path, NameLexicon)
    longer = {key: (*lexicon.sets.get(key, ()), *words) for key, words in _word_lists(path.with_suffix(""))}
    lexicon = lexicon.model_copy(update={"sets": lexicon.sets | longer})
    _check_classes(path, lexicon, ontology)
    try:
        _check_expressions(lexicon)
    except KeyError as error:
        slots = {"name", "names", "number", *lexicon.sets, *lexicon.expressions}
        raise DataError(f"{path}: unknown slot {{{error.args[0]}}}{nearest(error.args[0], slots)}") from None
    except re.error as error:
        raise DataError(f"{path}: not a regular expression: {error.pattern!r}: {error}") from None
    return lexicon


def _word_lists(folder: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The long sets of a class: ``<set>.txt`` in the folder of its name, words apart by blanks, ``#`` before remarks.

    A choice in braces makes several of one, and may be empty: ``{,精}{大,小}米`` is 大米 小米 精大米 精小米.
    """
    for path in sorted(folder.glob("*.txt")):
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError as error:
            raise DataError(f"{path}: not UTF-8 at byte {error.start}; save the file as UTF-8") from None
        words = (word for line in lines for word in line.partition("#")[0].split())
        yield path.stem, tuple(spelt for word in words for spelt in spelt_out(word))


def spelt_out(word: str) -> list[str]:
    """The words that one with choices in braces stands for.

    >>> spelt_out("电解{铜,铝}{,箔}")
    ['电解铜', '电解铜箔', '电解铝', '电解铝箔']
    """
    parts = (part[1:-1].split(",") if part.startswith("{") else [part] for part in _CHOICE.split(word))
    return ["".join(chosen) for chosen in product(*parts)]


def _check_expressions(lexicon: NameLexicon) -> None:
    """Raises KeyError where a slot is unknown, re.error where an expression is none."""
    filled = [lexicon.reject, lexicon.placed_reject, lexicon.cut_behind, lexicon.drop_places]
    filled += [lexicon.list_accept, lexicon.list_unless, lexicon.list_tail, *lexicon.list_starts, *lexicon.list_ends]
    filled += [text for row in lexicon.brand for text in (row.accept, row.reject, row.takes, row.before, row.after)]
    filled += [text for row in lexicon.pattern for text in (row.match, row.accept, row.reject)]
    filled += [text for row in lexicon.vocabulary for text in (row.before, row.after)]
    filled += [text for row in lexicon.tagged for text in (row.accept, row.before, row.after)]
    filled += [row.accept for row in lexicon.subclass]
    aliases = lexicon.aliases
    plain = [
        aliases.branches,
        aliases.gap_unless,
        aliases.stub_unless,
        lexicon.placed,
        *(row.reject for row in lexicon.tagged),
    ]
    plain += [text for head in lexicon.head for text in (head.accept, head.reaches_unless)]
    filled += [text for head in lexicon.head for text in (head.before, head.after, head.told_unless)]
    for expression in (*map(lexicon.expand, filled), *plain):
        re.compile(expression)
    for listed in lexicon.vocabulary:
        lexicon.words_of(listed)
    for head in lexicon.head:
        lexicon.words_of(head)


def _check_classes(path: Path, lexicon: NameLexicon, ontology: Ontology) -> None:
    """Raises DataError where a class is unknown or no subclass of the lexicon, or a pattern is not in the file."""
    around = [kind for pattern in lexicon.pattern for kind in pattern.cut_names]
    around += [kind for head in lexicon.head for kind in (*head.cut_names, *head.owners)]
    around += [kind for head in lexicon.head for kind in (*head.reaches, *head.reaches_nouns)]
    around += [kind for brand in lexicon.brand for kind in (*brand.opens, *brand.leaves)]
    narrower = [row.class_ for row in lexicon.subclass]
    for kind in (lexicon.class_, *lexicon.holds, *lexicon.yields, *lexicon.echoes, *around, *narrower):
        if kind not in ontology.classes:
            raise DataError(f"{path}: unknown class {kind}{nearest(kind, ontology.classes)}")
    patterns = [pattern.name for pattern in lexicon.pattern]
    for row in lexicon.subclass:
        if not ontology.is_a(row.class_, lexicon.class_):
            raise DataError(f"{path}: {row.class_} is no subclass of {lexicon.class_}")
        for name in row.patterns:
            if name not in patterns:
                raise DataError(f"{path}: unknown pattern {name}{nearest(name, patterns)}")
