"""The characters of a file as lines: noise dropped, forms folded, letter-spacing and doubling undone.

Each character keeps the raw offset it stands at. A `Line` never holds a line break.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from kg.lexicon.article import ArticleLexicon, Fold

BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
MARKDOWN_HEADING = re.compile(r"(#{1,6})[ \t\u3000]+(?=\S)")
MARKDOWN_QUOTE = re.compile(r"(?:>[ \t]?)+(?=\S)")
MARKDOWN_STRONG = re.compile(r"\*\*|__(?=\S)")
WIDE_SPACE = "\u3000"
SHORTEST_DOUBLED_LINE = 8
SHORTEST_DOUBLED_WORD = 3
FEWEST_SPACED = 4
NEVER_PARTED = "，。、；：！？"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file, repaired: `offsets[i]` is the raw offset of `text[i]`.

    `gap` counts the blank lines before it, `indent` the width of the white space it began
    with, in full-width characters, `level` the Markdown heading level (0 for none). `width`
    is the printed width in full-width characters.
    """

    text: str
    offsets: tuple[int, ...]
    gap: int = 0
    indent: float = 0.0
    level: int = 0
    width: float = 0.0


def read_lines(raw: str, *, lexicon: ArticleLexicon, skip: int = 0) -> list[Line]:
    """The lines of `raw` from offset `skip` on that hold at least one visible character."""
    fold = lexicon.layout.fold
    lines: list[Line] = []
    gap, begin = 0, skip
    for end, after in [*((m.start(), m.end()) for m in BREAK.finditer(raw, skip)), (len(raw), len(raw))]:
        line = _line(raw, begin, end, gap, fold)
        begin = after
        if line is None:
            gap += 1
        else:
            lines.append(line)
            gap = 0
    return lines


def is_chinese(char: str) -> bool:
    """Whether `char` is a Chinese character or full-width punctuation.

    >>> is_chinese("县"), is_chinese("，"), is_chinese("“"), is_chinese("a"), is_chinese("5")
    (True, True, True, False, False)
    """
    return (
        "\u2e80" <= char <= "\u9fff"
        or "\uff00" <= char <= "\uffef"
        or "\uf900" <= char <= "\ufaff"
        or char in "“”‘’…—·"
    )


def is_latin(char: str) -> bool:
    """Whether `char` is a letter of a word that is set apart by spaces."""
    return char.isalpha() and not is_chinese(char)


def width(text: str) -> float:
    """The printed width of `text` in full-width characters: others count half.

    >>> width("年增长408.2%。")
    7.0
    """
    return sum(1.0 if is_chinese(char) else 0.5 for char in text)


def _dropped(char: str, fold: Fold) -> bool:
    return char in fold.drop or (char != "\t" and unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs", "Cn"})


def _line(raw: str, begin: int, end: int, gap: int, fold: Fold) -> Line | None:
    """The line raw[begin:end], or None when nothing of it is left."""
    content = raw[begin:end]
    start = len(content) - len(content.lstrip())
    indent = sum(1.0 if char == WIDE_SPACE else 0.5 for char in content[:start])
    level = 0
    if heading := MARKDOWN_HEADING.match(content, start):
        level, start = len(heading[1]), heading.end()
    elif quote := MARKDOWN_QUOTE.match(content, start):
        start = quote.end()
    stop = len(content.rstrip())
    hidden = {index for mark in MARKDOWN_STRONG.finditer(content, start, stop) for index in range(*mark.span())}
    kept = [
        index
        for index in range(start, stop)
        if index not in hidden and (" " <= content[index] <= "~" or not _dropped(content[index], fold))
    ]
    kept = _unspaced(content, kept)
    kept = _undoubled(content, kept)
    if not kept:
        return None
    text = _folded("".join(content[index] for index in kept), fold)
    offsets = tuple(begin + index for index in kept)
    return Line(text, offsets, gap, indent, level, width(text))


def _unspaced(content: str, kept: Sequence[int]) -> list[int]:
    """`kept` less spaces that set characters apart; one space is left between words and phrases.

    A run of single characters (红 色 耒 阳) is letter-spacing and loses its spaces, as do
    spaces beside figures and punctuation (42 万亩). A space between two longer stretches of
    characters (工业领航 绿色崛起) parts phrases and stays, to be judged by the role of the line.
    """
    words: list[list[int]] = []
    gaps: list[int] = []
    spaces = 0
    for index in kept:
        if content[index].isspace():
            spaces += 1
            continue
        if spaces or not words:
            words.append([])
            gaps.append(spaces if index != kept[0] else 0)
        spaces = 0
        words[-1].append(index)
    spaced = len(words) >= FEWEST_SPACED and sum(len(word) == 1 for word in words) >= 0.3 * len(words)
    result: list[int] = []
    for position, word in enumerate(words):
        if position and _parted(content, words[position - 1], word, gaps[position], spaced=spaced):
            result.append(_space_before(content, word[0]))
        result.extend(word)
    return result


def _space_before(content: str, index: int) -> int:
    """The last white space before `index`; dropped characters may stand between."""
    while not content[index - 1].isspace():
        index -= 1
    return index - 1


def _parted(content: str, left: Sequence[int], right: Sequence[int], spaces: int, *, spaced: bool) -> bool:
    """Whether the space between two words of a line parts them; `spaced` says that the line is letter-spaced."""
    before, after = content[left[-1]], content[right[0]]
    if before.isascii() and after.isascii():
        return (
            before.isalpha()
            or after.isalpha()
            or (before.isdigit() and after.isdigit() and len(left) > 1 and not spaced)
        )
    if not (is_chinese(before) and is_chinese(after)):
        return is_latin(before) and is_latin(after)
    if before in NEVER_PARTED or after in NEVER_PARTED:
        return False
    if len(left) == 1 or len(right) == 1:
        return spaces > 1 and max(len(left), len(right)) > 1
    return True


def _undoubled(content: str, kept: list[int]) -> list[int]:
    """`kept` with each glyph run once, where a whole line or its words are printed twice over.

    >>> line = "从从““灰色印象灰色印象””的蝶变的蝶变"
    >>> "".join(line[index] for index in _undoubled(line, list(range(len(line)))))
    '从“灰色印象”的蝶变'
    """
    glyphs = [index for index in kept if not content[index].isspace()]
    if len(glyphs) >= SHORTEST_DOUBLED_LINE and len(glyphs) % 2 == 0 and len(glyphs) <= 400:
        once = _squares("".join(content[index] for index in glyphs))
        if once is not None:
            return [glyphs[position] for position in once]
    text = "".join(content[index] for index in kept)
    if " " not in text or len(text) > 400:
        return kept
    result: list[int] = []
    position = 0
    for word in re.split(r"(\s)", text):
        half = len(word) // 2
        doubled = half >= SHORTEST_DOUBLED_WORD and word[:half] == word[half:] and is_chinese(word[0])
        result.extend(kept[position : position + (half if doubled else len(word))])
        position += len(word)
    return result


def _squares(text: str) -> list[int] | None:
    """Positions of the first halves, if `text` is nothing but runs each printed twice, or None."""
    size = len(text)
    reached: list[int | None] = [None] * (size + 1)
    reached[0] = 0
    for end in range(2, size + 1, 2):
        for half in range(1, end // 2 + 1):
            begin = end - 2 * half
            if reached[begin] is not None and text[begin : begin + half] == text[begin + half : end]:
                reached[end] = begin
                break
        if end == SHORTEST_DOUBLED_LINE * 3 and not any(reached[2:] or ()):
            return None
    if reached[size] is None:
        return None
    once: list[int] = []
    end = size
    while end:
        begin = reached[end] or 0
        once = list(range(begin, begin + (end - begin) // 2)) + once
        end = begin
    return once if len(set(text)) > 2 else None


def _folded(text: str, fold: Fold) -> str:
    """`text` with full-width figures and letters as ASCII, and ASCII punctuation beside Chinese as Chinese."""
    folded = text.translate(fold.table)
    if not any(char in folded for char in fold.beside_chinese):
        return folded
    chars = list(folded)
    last = len(chars) - 1
    for index, char in enumerate(chars):
        wide = fold.beside_chinese.get(char)
        if wide is None:
            continue
        before = chars[index - 1] if index else " "
        after = chars[index + 1] if index < last else " "
        if (
            is_chinese(before)
            or (is_chinese(after) and not before.isdigit())
            or (before.isdigit() and is_chinese(after))
        ):
            chars[index] = wide
    return "".join(chars)
