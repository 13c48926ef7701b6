"""From lines to blocks: which lines are one paragraph, and which are titles, headings, captions or noise.

Newspaper columns break a line every fifteen characters or so. A line goes on in the next
when it is as wide as its column, or when it stops where no sentence, heading or caption
can stop. Nothing here knows a topic: only widths, blank lines, punctuation and the shapes
of `article.toml`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.articles.bylines import read_byline
from kg.articles.lines import Line
from kg.lexicon.article import ArticleLexicon, Layout

WINDOW = 8
STEP = 4
WIDEST_COLUMN = 60.0
NARROWEST_COLUMN = 8.0
LONGEST_HEADING = 45.0
LONGEST_CAPTION = 60.0
LONGEST_TITLE = 80.0
YEAR = re.compile(r"\d{4}年")
# A paragraph is set in by two characters, and a line may lack one or two more to keep
# punctuation from its start; what is shorter still is no first line of a paragraph.
SHORTER = 4.25
# A line in the middle of a paragraph that lacks more than this ends a heading of several lines.
SHORT_LINE = 3.0
PAGE_NUMBER = re.compile(r"[-—·\s第]*[\d０-９]{1,3}[-—·\s页]*|[A-Z]?\d{1,3}版")


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one block. `role` is that of `kg.types.Block`."""

    lines: tuple[Line, ...]
    role: str = "paragraph"
    credit: bool = False

    @property
    def text(self) -> str:
        """The characters of all lines."""
        return "".join(line.text for line in self.lines)

    @property
    def width(self) -> float:
        """The printed width of all lines together, in full-width characters."""
        return sum(line.width for line in self.lines)


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of an article and what holds for all of them.

    `columns` has for each line the width of the column it stands in, or None outside of
    columns; `gap` is the usual number of blank lines between lines.
    """

    lines: Sequence[Line]
    layout: Layout
    columns: Sequence[float | None]
    fixed: Sequence[str | None]
    gap: int
    indented: bool
    markdown: bool
    numbered: bool

    def finished(self, text: str) -> bool:
        """Whether `text` ends a sentence."""
        return text.rstrip(self.layout.punctuation.closing + " ").endswith(tuple(self.layout.punctuation.terminal))

    def plain(self, index: int) -> bool:
        """Whether line `index` exists and its role is open."""
        return index < len(self.lines) and self.fixed[index] is None

    def enumerated(self, text: str) -> bool:
        """Whether `text` begins with a heading number."""
        return self.layout.heading.enumerator_pattern.match(text) is not None

    def isolated(self, index: int) -> bool:
        """Whether line `index` has clearly more blank lines around it than usual, as captions have."""
        after = self.lines[index + 1].gap if index + 1 < len(self.lines) else self.gap
        return self.lines[index].gap >= self.gap + 2 and after >= self.gap + 2


def page_of(lines: Sequence[Line], raw: str, *, lexicon: ArticleLexicon) -> Page:
    """What holds for all of `lines`."""
    layout = lexicon.layout
    gaps = Counter(line.gap for line in lines[1:])
    indents = sum(line.indent >= 1.5 for line in lines)
    terminal = tuple(layout.punctuation.terminal)
    numbered = sum(
        layout.heading.enumerator_pattern.match(line.text) is not None and not line.text.endswith(terminal) for line in lines
    )
    page = Page(
        lines=lines,
        layout=layout,
        columns=(),
        fixed=(),
        gap=min(gaps, key=lambda gap: (-gaps[gap], gap)) if gaps else 0,
        indented=len(lines) * 0.03 <= indents <= len(lines) * 0.7 and indents >= 3,
        markdown=any(line.level for line in lines),
        numbered=numbered >= 3,
    )
    return replace(page, columns=_columns(page), fixed=_fixed(page, raw, lexicon))


def _columns(page: Page) -> list[float | None]:
    """The column width at each line: that which most lines around it share, if they break sentences."""
    lines = page.lines
    broken = [not page.finished(line.text) for line in lines]
    columns: list[float | None] = []
    for start in range(0, len(lines), STEP):
        begin, end = max(0, start - WINDOW), min(len(lines), start + STEP + WINDOW)
        around = sorted(line.width for line in lines[begin:end] if line.width <= WIDEST_COLUMN)
        column: float | None = None
        if len(around) >= 5 and sum(broken[begin:end]) >= 0.4 * (end - begin):
            shares = {width: sum(width - 1.5 <= other <= width + 0.5 for other in around) for width in set(around)}
            best = max(shares, key=lambda width: (shares[width], width))
            members = [width for width in around if best - 1.5 <= width <= best + 0.5]
            if len(members) >= max(5, 0.4 * (end - begin)) and best >= NARROWEST_COLUMN:
                column = members[len(members) // 2]
        columns.extend([column] * min(STEP, len(lines) - start))
    return columns


def _fixed(page: Page, raw: str, lexicon: ArticleLexicon) -> list[str | None]:
    """The roles that single lines show by themselves."""
    fixed: list[str | None] = []
    for index, line in enumerate(page.lines):
        content = raw[line.offsets[0] : line.offsets[-1] + 1]
        # A wrapped line of running text may look like a byline; one that follows a finished line may not.
        opens = index <= 6 or fixed[-1] is not None or page.finished(page.lines[index - 1].text)
        if line.level:
            fixed.append("title" if line.level == 1 and "title" not in fixed else "heading")
        elif is_furniture(line.text, page.layout):
            fixed.append("furniture")
        elif opens and read_byline(content, lexicon=lexicon, under_title=0 < index <= 4) is not None:
            fixed.append("byline")
        elif is_credit(line.text, page.layout):
            fixed.append("credit")
        else:
            fixed.append(None)
    return fixed


def is_furniture(text: str, layout: Layout) -> bool:
    """Whether a line is of the page or site, not of the article."""
    furniture = layout.furniture
    bare = text.strip("[]【】<>›»|｜ ：:")
    return (
        bare in furniture.lines
        or text.startswith(furniture.beginnings)
        or (len(text) <= 80 and any(word in text for word in furniture.containing))
        or PAGE_NUMBER.fullmatch(text) is not None
        or not (any(char.isalnum() for char in text) or text.startswith(tuple(layout.punctuation.leading)))
    )


def is_credit(text: str, layout: Layout) -> bool:
    """Whether a line says where pictures come from."""
    return len(text) <= LONGEST_CAPTION and any(word in text for word in layout.caption.credits)


def groups_of(page: Page) -> list[Group]:
    """The lines of `page` as blocks in file order; a caption that interrupts a sentence follows its paragraph."""
    groups: list[Group] = []
    taken: set[int] = set()
    for index, role in enumerate(page.fixed):
        if index in taken:
            continue
        members = [index]
        if role == "credit":
            _close_bracket(page, members)
        elif role is None:
            while (following := _following(page, members, taken)) is not None:
                members.append(following)
        taken.update(members)
        lines = tuple(page.lines[member] for member in members)
        groups.append(Group(lines, "caption" if role == "credit" else role or "", role == "credit"))
    return groups


def _close_bracket(page: Page, members: list[int]) -> None:
    """Add the lines up to that which closes a bracket left open."""
    opening, closing = ("（(【[", "）)】]")
    while members[-1] + 1 < len(page.lines) and len(members) < 5:
        text = "".join(page.lines[member].text for member in members)
        if sum(text.count(char) for char in opening) <= sum(text.count(char) for char in closing):
            return
        members.append(members[-1] + 1)


def _following(page: Page, members: Sequence[int], taken: set[int]) -> int | None:
    """The line in which the last of `members` goes on, or None where the block ends."""
    last = members[-1]
    candidate = last + 1
    if page.plain(candidate) and candidate not in taken and not _interrupts(page, last, candidate):
        return candidate if continues(page, last, candidate, first=members[0]) else None
    # A caption or page number in the middle of a sentence.
    if page.finished(page.lines[last].text) or not _breaks_sentence(page, members):
        return None
    for candidate in range(last + 1, min(last + 6, len(page.lines))):
        if candidate in taken or (page.fixed[candidate] not in (None, "furniture", "credit")):
            return None
        if page.fixed[candidate] is None and not _interrupts(page, last, candidate):
            return candidate if continues(page, last, candidate, first=members[0]) else None
    return None


def _interrupts(page: Page, last: int, candidate: int) -> bool:
    """Whether `candidate` is a caption set into the sentence that line `last` leaves open."""
    line = page.lines[candidate]
    if page.finished(page.lines[last].text) or not page.isolated(candidate) or line.width > LONGEST_CAPTION:
        return False
    return page.finished(line.text) or line.text.endswith(page.layout.caption.endings)


def _breaks_sentence(page: Page, members: Sequence[int]) -> bool:
    """Whether the lines taken so far are running text that stops in mid-sentence."""
    text = "".join(page.lines[member].text for member in members)
    return len(members) > 1 or any(char in text for char in page.layout.punctuation.terminal) or len(text) > LONGEST_HEADING


def continues(page: Page, last: int, candidate: int, *, first: int) -> bool:
    """Whether line `candidate` continues line `last` of the block that begins with line `first`."""
    line, following = page.lines[last], page.lines[candidate]
    punctuation = page.layout.punctuation
    if following.text.startswith(tuple(punctuation.leading)):
        return True
    if line.text.startswith(page.layout.title.dashes) and line.text.endswith(page.layout.title.endings):
        return False
    number = page.layout.heading.enumerator_pattern.match(line.text)
    if number is not None and number.end() == len(line.text):
        return True
    column = page.columns[last]
    if column is not None and line.width <= column + 1.5:
        return _continues_in_column(page, last, candidate, first, column)
    return _continues_outside(page, last, candidate, first)


def _continues_in_column(page: Page, last: int, candidate: int, first: int, column: float) -> bool:
    """`continues` for a line in a column of width `column`."""
    line, following = page.lines[last], page.lines[candidate]
    full = line.width >= column - 1.25
    new = following.text.startswith(page.layout.punctuation.list_dash) or (page.indented and following.indent >= 1.5)
    if page.finished(line.text):
        if not full or new or page.enumerated(following.text) or following.gap > page.gap:
            return False
        return not _opens_paragraph(page, candidate)
    if line.text.endswith(tuple(page.layout.punctuation.pending + page.layout.punctuation.opening)):
        return True
    if page.enumerated(following.text) and (line.text.endswith("）") or _is_phrase(page, first, last)):
        return False
    if last > first and line.width < column - SHORT_LINE and _is_phrase(page, first, last):
        return False
    if _is_short(page, first, last, column) and not _cut(page, line, following):
        return _two_line_heading(page, first, last, candidate, column)
    return last == first or full or not new


def _is_short(page: Page, first: int, last: int, column: float) -> bool:
    """Whether the lines of a block so far are each too short for the first line of a paragraph, and no sentence."""
    lines = page.lines[first : last + 1]
    if any(_narrowest(line) >= column - SHORTER for line in lines):
        return False
    return not any(char in line.text for line in lines for char in page.layout.punctuation.terminal)


def _opens_paragraph(page: Page, index: int) -> bool:
    """Whether a line that follows a full, finished line is set in by two characters, or is a heading."""
    line = page.lines[index]
    column = page.columns[index]
    if column is None or page.indented:
        return False
    if line.width < column - 2.75:
        return not page.finished(line.text)
    after = page.lines[index + 1].width if index + 1 < len(page.lines) else 0.0
    return line.width <= column - 1.25 and after >= column - 1.25


def _is_phrase(page: Page, first: int, last: int) -> bool:
    """Whether a block so far could be a heading: neither sentence nor clause ends in it."""
    marks = page.layout.punctuation.terminal + "，；："
    return not any(char in line.text for line in page.lines[first : last + 1] for char in marks)


def _narrowest(line: Line) -> float:
    """The printed width of `line` where quotation marks and brackets take half a character, as in tight setting."""
    return line.width - min(1.0, 0.5 * sum(char in "“”‘’《》（）：；" for char in line.text))


def _two_line_heading(page: Page, first: int, last: int, candidate: int, column: float) -> bool:
    """Whether two short lines, set closer than the rest, are one heading."""
    following = page.lines[candidate]
    if last > first or following.gap >= page.gap or page.finished(following.text):
        return False
    return following.width < column - SHORTER


def _cut(page: Page, line: Line, following: Line) -> bool:
    """Whether the line break cuts a word or phrase: what follows cannot begin a sentence."""
    heading = page.layout.heading
    if following.text.startswith(heading.continuations) or following.text[1:2] in tuple(heading.particles):
        return True
    tail = re.split(r"[，、；。]", line.text)[-1]
    return len(tail) <= 2 and tail != line.text


def _continues_outside(page: Page, last: int, candidate: int, first: int) -> bool:
    """`continues` for a line that is not in a column: a paragraph, or part of one cut by the layout."""
    line, following = page.lines[last], page.lines[candidate]
    text = "".join(page.lines[index].text for index in range(first, last + 1) if page.fixed[index] is None)
    if page.finished(line.text) or line.text.endswith(("：", "；", ":", ";")):
        return False
    if line.text.endswith(tuple(page.layout.punctuation.pending)) or _open_bracket(text):
        return True
    if following.text.startswith(page.layout.punctuation.list_dash) or page.enumerated(following.text):
        return False
    if page.indented and following.indent >= 1.5:
        return False
    if any(char in text for char in page.layout.punctuation.terminal):
        return True
    if last == 0 and line.width <= LONGEST_TITLE:
        return False
    if _cut(page, line, following) or line.width > LONGEST_CAPTION:
        return True
    if line.width >= 20 and -4 <= following.width - line.width <= 4:
        return True
    if last > first and line.width >= 20 and following.width <= line.width:
        return True
    if page.enumerated(line.text) or YEAR.match(following.text) or line.text.endswith(page.layout.caption.endings):
        return False
    return page.numbered and first > 0


def _open_bracket(text: str) -> bool:
    """Whether a bracket or book-title mark opened near the end of `text` is not closed in it."""
    tail = text[-40:]
    return any(tail.rfind(opening) > tail.rfind(closing) for opening, closing in ("（）", "《》", "【】"))
