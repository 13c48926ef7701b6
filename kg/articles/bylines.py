"""Lines that name authors, outlets and dates, and what they say."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.lexicon.article import ArticleLexicon, Byline

LONGEST_BYLINE = 60
NAME = r"[\u4e00-\u9fff]{2,4}"
# An outlet and a date, perhaps with the time of day: 东山新闻网 2013-05-06 09:11.
DATED = re.compile(r"([^\d]{0,20}?)\s*((?:19|20)\d\d[-年./]\d{1,2}[-月./]\d{1,2}日?)\s*(?:\d{1,2}:\d\d(?::\d\d)?)?")
# A date in figures and who published it: 2013-05-06 东山新闻网.
DATE_FIRST = re.compile(
    r"((?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2})(?:\s+\d{1,2}:\d\d(?::\d\d)?)?\s+([^\d\s，。、；：:]{2,12})"
)
NAMES = re.compile(r"[\s、，,;；/　]+")


@dataclass(frozen=True, slots=True)
class Credit:
    """What a byline says."""

    authors: tuple[str, ...] = ()
    publisher: str | None = None
    issued: str | None = None


def read_byline(line: str, *, lexicon: ArticleLexicon, under_title: bool = False) -> Credit | None:
    """What `line` says of authors and outlet, or None when it is no byline.

    `line` is the line as the file has it. `under_title` admits bare names, which stand
    nowhere but between headline and text.
    """
    byline = lexicon.layout.byline
    text = line.strip()
    if not text or len(text) > LONGEST_BYLINE or any(char in text for char in lexicon.layout.punctuation.terminal):
        return None
    labelled = _labelled(text, byline)
    if labelled is not None:
        return labelled
    if dated := DATED.fullmatch(text):
        outlet = _outlet(dated[1], byline) if dated[1].strip() else None
        return Credit((), outlet, dated[2]) if outlet or not dated[1].strip() else None
    if dated := DATE_FIRST.fullmatch(text):
        return Credit((), _outlet(dated[2], byline), dated[1])
    marked = text[0] in byline.marks
    body = text.strip(byline.marks + " 　()（）[]【】")
    role = byline.role_pattern.search(body)
    if not marked and not role:
        if under_title and " " in body.replace("　", " ") and (names := _names(body, byline, strict=True)):
            return Credit(names)
        return None
    head = _before_helpers(body[: role.start()], byline).strip(" 　/") if role else body
    publisher = _outlet(head, byline) if role else None
    if role and head and publisher is None and not head.endswith((*byline.outlet_tails, *byline.own)):
        # Names may stand before a role: 张三 文/图. Words of a sentence may not: 他告诉记者.
        authors = list(_names(head, byline, strict=not marked))
        if not authors:
            return None
    else:
        authors = [] if role else list(_names(head, byline, strict=not marked))
    rest = _after_roles(body, byline, marked=marked)
    if rest is None:
        return None
    authors.extend(rest)
    return Credit(tuple(dict.fromkeys(authors)), publisher) if authors else None


def _after_roles(body: str, byline: Byline, *, marked: bool) -> list[str] | None:
    """The names behind all roles in a byline, or None where something else stands there."""
    names: list[str] = []
    for part in byline.role_pattern.split(body)[1:]:
        before = _before_helpers(part, byline)
        bare = before.strip("：: 　/|｜")
        if not bare:
            continue
        found = _names(bare, byline, strict=not marked and before[0] not in "：: 　/|｜")
        if not found:
            return None
        names.extend(found)
    return names


def _labelled(text: str, byline: Byline) -> Credit | None:
    """What a line such as ``来源：溧阳日报 作者：王五 发布时间：2021-03-04`` says."""
    marks = list(byline.label_pattern.finditer(text))
    if not marks:
        return None
    fields: dict[str, str] = {}
    for number, mark in enumerate(marks):
        end = marks[number + 1].start() if number + 1 < len(marks) else len(text)
        value = text[mark.end() : end].strip(" 　|｜[]【】()（）")
        for label in byline.labels:
            if mark[1] in label.words and label.field and value:
                fields.setdefault(label.field, value)
    publisher = fields.get("publisher", "").split(" ")[0] or None
    authors = tuple(name for name in NAMES.split(fields.get("authors", "")) if re.fullmatch(NAME, name))
    return Credit(authors, publisher, fields.get("issued", text[: marks[0].start()] or None))


def _names(text: str, byline: Byline, *, strict: bool) -> tuple[str, ...]:
    """The names in a list of names, two parted characters (周 晖) taken as one; empty when it is no such list."""
    pieces = [piece for piece in NAMES.split(_before_helpers(text, byline).strip()) if piece]
    names: list[str] = []
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        if len(piece) == 1 and index + 1 < len(pieces) and len(pieces[index + 1]) == 1:
            piece += pieces[index + 1]
            index += 1
        index += 1
        if len(piece) > 3 and (run := _split_names(piece, byline)):
            names.extend(run)
        elif not re.fullmatch(NAME, piece) or (strict and (piece[0] not in byline.surnames or len(piece) > 3)):
            return ()
        else:
            names.append(piece)
    return tuple(names)


def _split_names(run: str, byline: Byline) -> tuple[str, ...]:
    """The names in a run without spaces (张三李四光), if surnames leave one way only to part them."""
    ways: list[tuple[tuple[str, ...], str]] = [((), run)]
    found: list[tuple[str, ...]] = []
    while ways:
        names, rest = ways.pop()
        if not rest:
            found.append(names)
        elif rest[0] in byline.surnames:
            ways.extend(((*names, rest[:size]), rest[size:]) for size in (2, 3) if len(rest) >= size)
    return found[0] if len(found) == 1 and len(found[0]) > 1 else ()


def _before_helpers(text: str, byline: Byline) -> str:
    """`text` up to the first word for those who did not write: 张三 摄影 李四."""
    return byline.helper_pattern.split(text)[0]


def _outlet(text: str, byline: Byline) -> str | None:
    """The outlet named before a role: 常州日报 in 常州日报·掌上常州客户端全媒体, or None."""
    head = re.split(r"[·\s　、/]", text.strip())[0]
    for tail in byline.outlet_tails:
        head = head.removesuffix(tail)
    for ending in byline.outlets:
        place = head.find(ending)
        if place >= 1 and head not in byline.own:
            return head[: place + len(ending)]
    return None


def spaced_names(content: str) -> list[int]:
    """Indexes of the characters of a byline to keep: one space between names, none in them.

    >>> line = "□ 王晓辉 周 晖  陈 涛"
    >>> "".join(line[index] for index in spaced_names(line))
    '□ 王晓辉 周晖 陈涛'
    """
    pieces = [(found.start(), found.end()) for found in re.finditer(r"\S+", content)]
    kept: list[int] = []
    half = False
    for number, (begin, end) in enumerate(pieces):
        single = end - begin == 1 and content[begin].isalpha()
        if number and not (single and half):
            kept.append(begin - 1)
        half = single and not half
        kept.extend(range(begin, end))
    return kept
