"""Mend slips of character recognition, one character for one character."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.lexicon.article import Confusion, Confusions

NUMERALS = "一二三四五六七八九〇零十"


def mend(text: str, *, confusions: Confusions) -> str:
    """`text` with known slips mended; of the same length."""
    mended = text.translate(confusions.character_table)
    mended = _in_figures(mended, confusions.in_figures)
    mended = _between(mended, confusions.between_numerals, NUMERALS)
    return confusions.word_pattern.sub(lambda found: _right(found, mended, confusions), mended)


def _in_figures(text: str, table: Mapping[str, str]) -> str:
    """`text` with letters that follow the figures of a number read as figures: 2O万, but not H2O."""
    if not any(char in text for char in table):
        return text
    slips = "".join(map(re.escape, sorted(table)))
    number = re.compile(rf"(?<![A-Za-z0-9.])\d[\d.,{slips}]*(?![A-Za-z0-9])")
    return number.sub(lambda found: "".join(table.get(char, char) for char in found[0]), text)


def _between(text: str, table: Mapping[str, str], neighbours: str) -> str:
    """`text` with the characters of `table` replaced where both neighbours are of `neighbours`."""
    if not any(char in text for char in table):
        return text
    slips = "".join(map(re.escape, sorted(table)))
    return re.sub(rf"(?<=[{neighbours}])[{slips}](?=[{neighbours}])", lambda found: table[found[0]], text)


def _right(found: re.Match[str], text: str, confusions: Confusions) -> str:
    for word in confusions.words:
        if word.wrong == found[0]:
            return word.right if _is_slip(word, text, found.start(), found.end()) else found[0]
    return found[0]


def _is_slip(word: Confusion, text: str, begin: int, end: int) -> bool:
    """Whether no neighbour shows that the words at [begin, end) are meant."""
    if word.after and not text.endswith(tuple(word.after), 0, begin):
        return False
    return not text.endswith(word.not_after, 0, begin) and not text.startswith(word.not_before, end)
