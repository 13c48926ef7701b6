"""Article → CleanText: the repaired text, each character tied to the file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.articles.bylines import read_byline, spaced_names
from kg.articles.confusions import mend
from kg.articles.frontmatter import body_begin
from kg.articles.layout import Group, groups_of
from kg.articles.lines import Line, is_chinese, is_latin, read_lines
from kg.articles.markup import without_markup
from kg.articles.page import page_of
from kg.articles.roles import assign_roles
from kg.lexicon.article import ArticleLexicon
from kg.types import Article, Block, CleanText


@dataclass(slots=True)
class Stretch:
    """The characters of one block, and the raw offset of each."""

    role: str
    text: str
    offsets: list[int]


def clean(article: Article, *, lexicon: ArticleLexicon) -> CleanText:
    """`article` repaired: see `CleanText`. An article with nothing to read gives an empty text."""
    raw = without_markup(article.text)
    lines = read_lines(raw, lexicon=lexicon, skip=body_begin(article))
    page = page_of(lines, raw, lexicon=lexicon)
    groups = assign_roles(groups_of(page), page)
    stretches: list[Stretch] = []
    for group in groups:
        stretches.extend(_pieces(_flatten(group, raw, lexicon), raw, lexicon))
    return _assemble([stretch for stretch in stretches if stretch.text], article.text, lexicon)


def _flatten(group: Group, raw: str, lexicon: ArticleLexicon) -> Stretch:
    """The lines of `group` as one stretch."""
    text: list[str] = []
    offsets: list[int] = []
    punctuation = lexicon.layout.punctuation
    for line in group.lines:
        if text:
            bound = text[-1] in punctuation.pending or line.text.startswith(
                (*punctuation.leading, *punctuation.list_dash)
            )
            _join(text, offsets, line, raw, apart=group.role in ("title", "heading") and not bound)
        text.extend(line.text)
        offsets.extend(line.offsets)
    return Stretch(group.role, "".join(text), offsets)


def _join(text: list[str], offsets: list[int], line: Line, raw: str, *, apart: bool) -> None:
    """Prepare `text` for the next line: undo the hyphen of a cut word, or part two words by a space."""
    before, after = text[-1], line.text[0]
    if before == "-" and len(text) > 1 and is_latin(text[-2]) and is_latin(after):
        text.pop()
        offsets.pop()
    elif apart or (is_latin(before) and is_latin(after)):
        gap = next(index for index in range(offsets[-1] + 1, line.offsets[0]) if raw[index].isspace())
        text.append(" ")
        offsets.append(gap)


def _without_spaces(stretch: Stretch) -> Stretch:
    """`stretch` less the spaces beside Chinese characters."""
    if " " not in stretch.text and "\t" not in stretch.text and "\u3000" not in stretch.text:
        return stretch
    text = stretch.text
    last = len(text) - 1
    kept = [
        index
        for index, char in enumerate(text)
        if not char.isspace() or (0 < index < last and not (is_chinese(text[index - 1]) or is_chinese(text[index + 1])))
    ]
    return Stretch(stretch.role, "".join(text[index] for index in kept), [stretch.offsets[index] for index in kept])


def _byline(stretch: Stretch, raw: str) -> Stretch:
    """A byline with one space between names and none in them."""
    begin, end = stretch.offsets[0], stretch.offsets[-1] + 1
    folded = dict(zip(stretch.offsets, stretch.text, strict=True))
    kept = [begin + index for index in spaced_names(raw[begin:end])]
    kept = [offset for offset in kept if offset in folded or raw[offset].isspace()]
    return Stretch("byline", "".join(folded.get(offset, " ") for offset in kept), kept)


def _pieces(stretch: Stretch, raw: str, lexicon: ArticleLexicon) -> list[Stretch]:
    """`stretch` with a dateline (本报讯（记者 …）) or closing reporter's name made a block of its own."""
    if stretch.role == "byline":
        return [_byline(stretch, raw)]
    if stretch.role != "paragraph":
        return [stretch]
    begin, end = _dateline(stretch, raw, lexicon)
    cuts = [("byline", 0, begin), ("paragraph", begin, end), ("byline", end, len(stretch.text))]
    pieces = [
        Stretch(role, stretch.text[a:b], stretch.offsets[a:b]) for role, a, b in cuts if stretch.text[a:b].strip()
    ]
    return [_byline(piece, raw) if piece.role == "byline" else _without_spaces(piece) for piece in pieces]


def _dateline(stretch: Stretch, raw: str, lexicon: ArticleLexicon) -> tuple[int, int]:
    """Where in a paragraph the text begins after its dateline, and ends before the names of reporters."""
    head = lexicon.layout.byline.lead_pattern.match(stretch.text)
    begin = head.end() if head else 0
    end = len(stretch.text)
    tail = lexicon.layout.byline.tail_pattern.search(stretch.text, begin)
    if tail and begin < tail.start():
        content = raw[stretch.offsets[tail.start()] : stretch.offsets[-1] + 1]
        if read_byline(content, lexicon=lexicon) is not None:
            end = tail.start()
    return begin, end


def _assemble(stretches: Sequence[Stretch], raw: str, lexicon: ArticleLexicon) -> CleanText:
    """The stretches one under the other."""
    text: list[str] = []
    offsets: list[int] = []
    breaks: list[int] = []
    blocks: list[Block] = []
    for stretch in stretches:
        if offsets:
            breaks.append(len(offsets))
            text.append("\n")
            offsets.append(offsets[-1])
        begin = len(offsets)
        text.append(_paired_quotes(re.sub(r"\s", " ", stretch.text)))
        offsets.extend(stretch.offsets)
        blocks.append(Block(begin, len(offsets), stretch.role))
    joined = "".join(text)
    # Between blocks, and where a tag parts two words, the file has no white space to show.
    surface = [
        " " if char == " " and not raw[offset].isspace() else raw[offset]
        for char, offset in zip(joined, offsets, strict=True)
    ]
    for index in breaks:
        surface[index] = "\n"
    mended = mend(joined, confusions=lexicon.confusions)
    return CleanText(mended, "".join(surface), tuple(offsets), tuple(blocks))


def _paired_quotes(text: str) -> str:
    """Straight quotes as opening and closing ones in turn.

    >>> _paired_quotes('"强链补链"战略')
    '“强链补链”战略'
    """
    if text.count('"') % 2 or '"' not in text:
        return text
    parts = text.split('"')
    return "".join(
        part + ("" if index == len(parts) - 1 else "”" if index % 2 else "“") for index, part in enumerate(parts)
    )
