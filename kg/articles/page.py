"""What holds for all lines of an article: its columns, blank lines and indents, and lines that show their role."""

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
LONGEST_CREDIT = 60
LONGEST_NOISE = 80
LONGEST_SIGNED = 30.0
PHOTOGRAPHER = re.compile(r"[\s（(／/][\u4e00-\u9fff]{1,2}\s?[\u4e00-\u9fff]{1,2}\s*[/／]?\s*摄影?[）)]?\s*$")
PAGE_NUMBER = re.compile(r"[-—·\s第]*[\d０-９]{1,3}[-—·\s页]*|第?[A-Z]?\d{1,3}版(?:[：:\s].{1,8})?")
LONGEST_HEAD = 48
LONGEST_SECTION = 10


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
        layout.heading.enumerator_pattern.match(line.text) is not None and not line.text.endswith(terminal)
        for line in lines
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
            if len(members) >= max(3, 0.3 * (end - begin)) and best >= NARROWEST_COLUMN:
                column = members[len(members) // 2]
        columns.extend([column] * min(STEP, len(lines) - start))
    return columns


def _fixed(page: Page, raw: str, lexicon: ArticleLexicon) -> list[str | None]:
    """The roles that single lines show by themselves."""
    fixed: list[str | None] = []
    lines = page.lines
    for index, line in enumerate(lines):
        content = raw[line.offsets[0] : line.offsets[-1] + 1]
        # A wrapped line of running text may look like a byline; one that follows a finished line may not.
        opens = index <= 6 or fixed[-1] is not None or page.finished(page.lines[index - 1].text)
        if line.level:
            fixed.append("title" if line.level == 1 and "title" not in fixed else "heading")
        elif is_furniture(line.text, page.layout, opens=opens):
            fixed.append("furniture")
        elif opens and _is_byline(line, content, index, lexicon, told=any("。" in each.text for each in lines[:index])):
            fixed.append("byline")
        elif (0 < index <= 4 and page.layout.byline.speaker_pattern.fullmatch(line.text)) or (
            line.width <= LONGEST_CREDIT and is_photo_line(content, line.text, page.layout)
        ):
            fixed.append("caption")
        elif is_credit(line.text, page.layout) and (opens or line.text.endswith("）")):
            fixed.append("credit")
        else:
            fixed.append(None)
    return fixed


def _is_byline(line: Line, content: str, index: int, lexicon: ArticleLexicon, *, told: bool) -> bool:
    """Whether a line names authors; `content` is the line as the file has it.

    `told` says that the text has begun, so that a mark no longer stands for the authors: ■一棵树的旅程 is a heading.
    """
    under_title = 0 < index <= 4
    if read_byline(content, lexicon=lexicon, under_title=under_title) is not None:
        return True
    if content != line.text and read_byline(line.text, lexicon=lexicon) is not None:
        return True
    if under_title and _is_speech(line.text, lexicon):
        return True
    return index <= 6 and not told and line.text[0] in lexicon.layout.byline.signs and line.width <= LONGEST_SIGNED


def _is_speech(text: str, lexicon: ArticleLexicon) -> bool:
    """Whether a line under a headline says when and where a report was given, and nothing else."""
    layout = lexicon.layout
    bare = text.lstrip("".join(layout.title.dashes) + "（").rstrip("）")
    dated = next((found for pattern in layout.dates.date_patterns if (found := pattern.match(bare))), None)
    meeting = layout.dates.meeting_pattern.match(bare, dated.end()) if dated else None
    return meeting is not None and meeting.end() == len(bare)


def is_photo_line(content: str, text: str, layout: Layout) -> bool:
    """Whether a whole line is a caption: it says which picture it means, or ends with who took it."""
    if PHOTOGRAPHER.search(content):
        return True
    ends = (*layout.punctuation.terminal, *layout.caption.endings)
    return text.startswith(layout.caption.beginnings) and text.endswith(ends)


def is_furniture(text: str, layout: Layout, *, opens: bool) -> bool:
    """Whether a line is of the page or site, not of the article. `opens` says that no sentence runs into it."""
    furniture = layout.furniture
    bare = text.strip("[]【】<>›»|｜ ：:")
    return (
        bare in furniture.lines
        or (opens and text.startswith(furniture.beginnings))
        or (opens and len(text) <= LONGEST_NOISE and any(word in text for word in furniture.containing))
        or PAGE_NUMBER.fullmatch(text) is not None
        or (opens and is_page_head(text, layout))
        or not (
            any(char.isalnum() for char in text)
            or text.startswith(tuple(layout.punctuation.leading + layout.punctuation.opening))
        )
    )


def is_page_head(text: str, layout: Layout) -> bool:
    """Whether a line is the head of a newspaper page: a date, the number of the page or day of the week, little else.

    The rest may name the paper and the section: ``2012年3月4日 星期日 第3版 经济``.
    """
    if len(text) > LONGEST_HEAD or any(char in text for char in layout.punctuation.terminal + "，；"):
        return False
    dated = next((found for pattern in layout.dates.date_patterns if (found := pattern.search(text))), None)
    if dated is None or "d" not in dated.groupdict():
        return False
    rest = text[: dated.start()] + " " + text[dated.end() :]
    rest, marks = layout.furniture.page_pattern.subn(" ", rest)
    return marks > 0 and all(len(word) <= LONGEST_SECTION for word in re.split(r"[\s:：/|｜·.\-—]+", rest))


def is_credit(text: str, layout: Layout) -> bool:
    """Whether a line says where pictures come from."""
    return len(text) <= LONGEST_CREDIT and any(word in text for word in layout.caption.credits)
