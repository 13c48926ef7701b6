"""From lines to blocks: which lines are one paragraph, and which stand for themselves.

Newspaper columns break a line every fifteen characters or so. A line goes on in the next
when it is as wide as its column, or when it stops where no sentence, heading or caption
can stop. Nothing here knows a topic: only widths, blank lines, punctuation and the shapes
of `article.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.articles.lines import Line
from kg.articles.page import Page

LONGEST_HEADING = 45.0
LONGEST_CAPTION = 60.0
LONGEST_TITLE = 80.0
HEAD = 4  # a subtitle stands among the first lines
LONGEST_FRAGMENT = 30.0
MOST_HEADING_LINES = 6
# A headline of more clauses than this and one is a sentence.
MOST_COMMAS = 2
YEAR = re.compile(r"\d{4}年")
# A paragraph is set in by two characters, and a line may lack one or two more to keep
# punctuation from its start; what is shorter still is no first line of a paragraph.
SHORTER = 4.25
MUCH_SHORTER = 5.25
# A line of a column that is set tight holds up to this many times the usual.
SQUEEZED = 1.25
# A line in the middle of a paragraph that lacks more than this ends a heading of several lines.
SHORT_LINE = 3.0


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


def groups_of(page: Page) -> list[Group]:
    """The lines of `page` as blocks in file order; a caption that interrupts a sentence follows its paragraph."""
    groups: list[Group] = []
    taken: set[int] = set()
    captions: set[int] = set()
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
        # What a sentence ran past is a caption set into it, and stands behind it in the groups.
        captions.update(set(range(index, members[-1])) - set(members))
        lines = tuple(page.lines[member] for member in members)
        if index in captions and role is None:
            role = "caption"
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
        if candidate in taken or (page.fixed[candidate] not in (None, "furniture", "credit", "caption")):
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
    return (
        len(members) > 1
        or any(char in text for char in page.layout.punctuation.terminal)
        or len(text) > LONGEST_HEADING
    )


def continues(page: Page, last: int, candidate: int, *, first: int) -> bool:
    """Whether line `candidate` continues line `last` of the block that begins with line `first`."""
    line, following = page.lines[last], page.lines[candidate]
    punctuation = page.layout.punctuation
    if following.text.startswith(tuple(punctuation.leading)):
        return True
    apart = following.gap > page.gap
    titled = line.text.endswith(page.layout.title.endings) or (apart and last < HEAD)
    if line.text.startswith(page.layout.title.dashes) and titled:
        return False
    if last == first and len(line.text) == 1 and line.text not in punctuation.terminal:
        return True
    bullet = page.lines[first].text[0]
    told = any(char in page.lines[index].text for index in range(first, last + 1) for char in punctuation.terminal)
    if bullet in punctuation.bullets and (following.text.startswith(bullet) or (apart and not told)):
        return False
    number = page.layout.heading.enumerator_pattern.match(line.text)
    if number is not None and number.end() == len(line.text):
        return True
    column = page.columns[last]
    if column is not None and line.width <= column * SQUEEZED:
        return _continues_in_column(page, last, candidate, first, column)
    return _continues_outside(page, last, candidate, first)


def _continues_in_column(page: Page, last: int, candidate: int, first: int, column: float) -> bool:
    """`continues` for a line in a column of width `column`."""
    line, following = page.lines[last], page.lines[candidate]
    full = line.width >= column - 1.25
    dash = following.text.startswith(page.layout.punctuation.list_dash)
    new = dash or (page.indented and following.indent >= 1.5)
    if page.finished(line.text):
        if not full or new or page.enumerated(following.text) or following.gap > page.gap:
            return False
        return not _opens_paragraph(page, candidate)
    if line.text.endswith(tuple(page.layout.punctuation.pending + page.layout.punctuation.opening)):
        return True
    if dash and last == 0:
        return False
    if page.enumerated(following.text) and (line.text.endswith("）") or _is_phrase(page, first, last)):
        return False
    if last > first and line.width < column - SHORT_LINE and _is_phrase(page, first, last):
        return False
    if _is_short(page, first, last, column) and not _cut(page, line, following) and not _runs_on(page, last, column):
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


def _runs_on(page: Page, last: int, column: float) -> bool:
    """Whether a short line opens a paragraph after all: a full line follows, and none set in, as after a heading."""
    line, following = page.lines[last], page.lines[last + 1]
    if page.indented:
        return line.indent >= 1.5 and following.indent < 1.5
    if "：" in line.text[1:-1]:  # 民生：聚焦难点 is how headings are built
        return False
    return _narrowest(line) >= column - MUCH_SHORTER and following.width > column - 1.25


def _is_phrase(page: Page, first: int, last: int) -> bool:
    """Whether a block so far could be a heading: neither sentence nor clause ends in it."""
    if last - first >= MOST_HEADING_LINES:
        return False
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
    if (
        line.text[-1].isascii()
        and line.text[-1].isalpha()
        and following.text[0].isascii()
        and following.text[0].isalpha()
    ):
        return True
    tail = re.split(r"[，、；。]", line.text)[-1]
    return len(tail) <= 2 and tail != line.text


def _continues_outside(page: Page, last: int, candidate: int, first: int) -> bool:
    """`continues` for a line that is not in a column: a paragraph, or part of one cut by the layout."""
    line, following = page.lines[last], page.lines[candidate]
    text = "".join(
        page.lines[index].text for index in range(max(first, last - 20), last + 1) if page.fixed[index] is None
    )
    if page.finished(line.text) or line.text.endswith(("：", "；", ":", ";")):
        return False
    if line.text.endswith(tuple(page.layout.punctuation.pending + page.layout.punctuation.opening)) or _open_bracket(
        text
    ):
        return True
    if following.text.startswith(page.layout.punctuation.list_dash) or page.enumerated(following.text):
        return False
    if page.indented and following.indent >= 1.5:
        return False
    if any(char in text for char in page.layout.punctuation.terminal):
        return True
    if "；" in text or text.count("，") > MOST_COMMAS:
        return True
    if last == 0 and line.width <= LONGEST_TITLE:
        return False
    if _cut(page, line, following) or line.width > LONGEST_CAPTION:
        return True
    if (
        last == first
        and following.gap < page.gap
        and _is_phrase(page, first, candidate)
        and following.width <= LONGEST_FRAGMENT
    ):
        return True
    if line.width >= 20 and -4 <= following.width - line.width <= 4:
        return True
    if last > first and line.width >= 20 and following.width <= line.width:
        return True
    if page.enumerated(line.text) or YEAR.match(following.text) or line.text.endswith(page.layout.caption.endings):
        return False
    return page.numbered and first > 0 and following.width <= LONGEST_FRAGMENT


def _open_bracket(text: str) -> bool:
    """Whether a bracket or book-title mark opened near the end of `text` is not closed in it."""
    tail = text[-40:]
    return any(tail.rfind(opening) > tail.rfind(closing) for opening, closing in ("（）", "《》", "【】"))
