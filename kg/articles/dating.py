"""When an article was issued: as a line with a date says it, or as its words about years imply it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.articles.mentions import ANY_YEAR, Passage, passages_of
from kg.articles.page import is_page_head
from kg.articles.years import year_of_writing
from kg.lexicon.article import Layout
from kg.lexicon.dates import Dates
from kg.types import CleanText

DAY = re.compile(r"(?<![\d年])(1[0-2]|[1-9])月(3[01]|[12]\d|[1-9])日")
YEAR_AND_MONTH = re.compile(r"(?P<y>(?:19|20)\d\d)年(?P<m>1[0-2]|0?[1-9])月")
# The credit that closes a text: （某县人民政府办公室供稿，2021年5月）
CLOSING = re.compile(r"（[^（）]{0,40}(?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日)?[^（）\d]{0,6}）\s*$")
# A date in brackets behind the name of a document, at the head of the text.
BRACKETED = re.compile(r"（[^（）\d]{0,8}(?:19|20)\d\d[年\-./][^（）]{2,12}）")
# A date behind the last sentence.
TRAILING = re.compile(r"(?<=[。！？”）])\s*(?:19|20)\d\d[-年/.]\d{1,2}[-月/.]\d{1,2}日?\s*$")
# A number of a journal: 2016年第12期
NUMBER = re.compile(r"(?P<y>(?:19|20)\d\d)年第\d{1,2}期")
# A name beside a date, and the time of day.
NAME = re.compile(r"[^，。！？；、\d]{0,24}(?:\d\d?:\d\d(?::\d\d)?)?[^，。！？；、\d]{0,24}")
SENTENCE_END = re.compile("[。！？]")
OPENING = 200
# From this month on plans are made, and reports given, for the next year.
YEAR_END = 12
SHORT_LINE = 24
LONGEST_LINE = 80
MOST_LINES = 8


@dataclass(frozen=True, slots=True)
class Dating:
    """An ISO date cut to what is known, and the clean span and words that show it."""

    issued: str
    begin: int
    end: int
    reason: str


def stated_date(text: str, *, dates: Dates) -> str | None:
    """The first full date in a line such as a byline, as ISO, or None.

    The words are folded as `CleanText.text` is: ``2022年3月4日 08:30``, ``2022-03-04``.
    """
    found = _stated(text, dates)
    return _iso(found) if found else None


def _stated(text: str, dates: Dates) -> re.Match[str] | None:
    return next((found for pattern in dates.date_patterns if (found := pattern.search(text))), None)


def _iso(found: re.Match[str]) -> str:
    parts = found.groupdict()
    return "-".join([parts["y"], *(parts[key].zfill(2) for key in ("m", "d") if parts.get(key))])


def date_line(clean: CleanText, *, layout: Layout) -> Dating | None:
    """The date that makes up a block over or under the text, heads the page, or says when a speech was given."""
    dates = layout.dates
    paragraphs = [index for index, block in enumerate(clean.blocks) if block.role == "paragraph"]
    told = [
        index
        for index in paragraphs
        if SENTENCE_END.search(clean.text, clean.blocks[index].begin, clean.blocks[index].end)
    ]
    last = told[-1] if told else (paragraphs or [0])[-1]  # what follows says who wrote, and how to reach them
    inner = range(paragraphs[0] + 1, last) if paragraphs else range(0)
    for index, block in enumerate(clean.blocks):
        text = clean.text[block.begin : block.end]
        near = len(text) <= LONGEST_LINE and index not in inner
        found = _stated(text, dates) if near else None
        number = NUMBER.search(text) if near and block.role == "byline" and not found else None
        if number:
            return Dating(number["y"], block.begin, block.end, "the number of the journal")
        if not found:
            continue
        bare = re.sub(r"[\s\d年月日:：\-/.（）()]+|星期.|发布|时间|日期", "", text)
        alone = len(text) <= SHORT_LINE and not bare
        signed = index > last and not found.start() and "d" in found.groupdict()
        signed = signed and not text.startswith(("，", "、"), found.end())
        if block.role == "byline" or alone or signed or _beside_name(text, found):
            return Dating(_iso(found), block.begin, block.end, "the date line")
        if block.role == "furniture" and is_page_head(text, layout):
            return Dating(_iso(found), block.begin, block.end, "the head of the page")
        meeting = "d" in found.groupdict() and dates.meeting_pattern.match(text, found.end())
        if meeting and (block.role in ("title", "heading", "byline") or index < (paragraphs or [MOST_LINES])[0]):
            begin, end = block.begin + found.start(), block.begin + meeting.end()
            return Dating(_iso(found), begin, end, "the day of the meeting")
    for found in (
        dates.printed_pattern.search(clean.text),
        BRACKETED.search(clean.text, 0, OPENING),
        CLOSING.search(clean.text),
        TRAILING.search(clean.text),
    ):
        stated = _stated(found[0], dates) or YEAR_AND_MONTH.search(found[0]) if found else None
        if found and stated:
            return Dating(_iso(stated), found.start(), found.end(), "the date beside the text")
    return None


def _beside_name(text: str, found: re.Match[str]) -> bool:
    """Whether a full date in figures stands in its line with a name only: 2017-03-31 东山县农业局."""
    rest = text[: found.start()] + text[found.end() :]
    return "d" in found.groupdict() and "年" not in found[0] and bool(NAME.fullmatch(rest))


def implied_date(clean: CleanText, *, dates: Dates) -> Dating | None:
    """The year, or month, that the words of the article imply, or None where they leave it open."""
    passages = list(passages_of(clean))
    vote = year_of_writing(passages, clean, dates=dates)
    if vote is None:
        return None
    for found in dates.visit_pattern.finditer(clean.text):
        if int(found["y"]) == vote.year:
            return Dating(_iso(found), found.start(), found.end(), f"{vote.reason}; month of the visit told of")
    month = _month(passages, vote.year, dates)
    if month:
        begin, day = month
        number = int(DAY.match(day)[1])  # type: ignore[index]  # `day` is a match of DAY
        reason = f"{vote.reason}; month of {day}, the last day named without a year"
        year = vote.year - (vote.planned and number >= YEAR_END)
        return Dating(f"{year}-{number:02}", begin, begin + len(day), reason)
    return Dating(str(vote.year), vote.begin, vote.end, vote.reason)


def _month(passages: list[Passage], year: int, dates: Dates) -> tuple[int, str] | None:
    """The latest day named without a year, in a paragraph that speaks of no other year."""
    found_days: list[tuple[int, int, int, str]] = []
    blocks: dict[int, set[int]] = {}
    for passage in passages:
        seen = blocks.setdefault(passage.block, set())
        if any(word in passage.text for word in dates.current):
            seen.clear()
        for found in DAY.finditer(passage.text):
            before = passage.text[: found.start()]
            earlier = seen | {int(match[1]) for match in ANY_YEAR.finditer(before)}
            dated = any(word in before for word in dates.last_year) or bool(earlier - {year})
            limit = passage.text[found.end() :].startswith(dates.after_day) or before.endswith(dates.before_coming)
            if not dated and not limit:
                found_days.append((int(found[1]), int(found[2]), -(passage.begin + found.start()), found[0]))
        seen.update(int(match[1]) for match in ANY_YEAR.finditer(passage.text))
    if not found_days:
        return None
    month, _, place, day = max(found_days)
    passed = any(last >= month and part.search(p.text) for last, part in dates.passed_patterns for p in passages)
    return None if passed else (-place, day)
