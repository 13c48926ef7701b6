"""When an article was issued: as a date line says it, or as its words about years imply it.

Implied years are worked out as a reader would: the latest year reported on is the year of
writing, unless the article looks back on all of it (全年, 年底); then it is the next one. The
month is that of the last day named without a year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.lexicon.article import Dates
from kg.types import CleanText

YEAR = re.compile(r"(?<![\d\-—~～至])((?:19[5-9]|20)\d)(\d)(?=年)")
ANY_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年)")
DAY = re.compile(r"(?<![\d年])(1[0-2]|[1-9])月(3[01]|[12]\d|[1-9])日")
TITLED = re.compile(r"《[^《》]*》")
SENTENCE = re.compile(r"[^。！？；]+[。！？；]?")
NEAR = 6


@dataclass(frozen=True, slots=True)
class Dating:
    """An ISO date cut to what is known, and the clean span and words that show it."""

    issued: str
    begin: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class _Sentence:
    begin: int
    text: str
    block: int
    role: str


def stated_date(text: str, *, dates: Dates) -> str | None:
    """The first full date in a line such as a byline, as ISO, or None.

    The words are folded as `CleanText.text` is: ``2022年3月4日 08:30``, ``2022-03-04``.
    """
    for pattern in dates.date_patterns:
        if found := pattern.search(text):
            parts = found.groupdict()
            return "-".join([parts["y"], *(parts[key].zfill(2) for key in ("m", "d") if parts.get(key))])
    return None


def date_line(clean: CleanText, *, dates: Dates) -> Dating | None:
    """The date that makes up a block, or a line under the title or text, or None."""
    for block in clean.blocks:
        text = clean.text[block.begin : block.end]
        if block.role == "byline" or block.end - block.begin <= 24:
            issued = stated_date(text, dates=dates)
            bare = re.sub(r"[\s\d年月日:：\-/.（）()]+|星期.|发布|时间|日期", "", text)
            if issued and (block.role == "byline" or not bare):
                return Dating(issued, block.begin, block.end, "the date line")
    return None


def implied_date(clean: CleanText, *, dates: Dates) -> Dating | None:
    """The year, or month, that the words of the article imply, or None where it names no year it reports on."""
    sentences = list(_sentences(clean))
    reported = [
        (int(found[1] + found[2]), sentence.begin + found.start())
        for sentence in sentences
        for found in YEAR.finditer(sentence.text)
        if _is_reported(sentence.text, found, dates)
    ]
    if not reported:
        return None
    latest, place = max(reported, key=lambda pair: (pair[0], -pair[1]))
    relative = next((word for word in (*dates.this_year, *dates.last_year) if word in clean.text), None)
    ended = _ended(sentences, latest, dates)
    if ended and relative:
        begin, words = ended
        year = latest + 1
        reason = f"{words} shows that {latest} had ended, and {relative} that the next year is that of writing"
    else:
        begin, year = place, latest
        reason = f"{latest}年 is the latest year reported on"
    month = _month(sentences, year, latest, dates)
    if month:
        day_begin, day = month
        number = int(DAY.match(day)[1])  # type: ignore[index]  # `day` is a match of DAY
        reason += f"; month of {day}, the last day named without a year"
        return Dating(f"{year}-{number:02}", day_begin, day_begin + len(day), reason)
    return Dating(str(year), begin, begin + 5, reason)


def _sentences(clean: CleanText) -> Iterator[_Sentence]:
    """The sentences of paragraphs and captions, names of documents blanked out."""
    for index, block in enumerate(clean.blocks):
        if block.role not in ("paragraph", "caption", "title", "heading"):
            continue
        text = TITLED.sub(lambda found: "《" + "＿" * (len(found[0]) - 2) + "》", clean.text[block.begin : block.end])
        for found in SENTENCE.finditer(text):
            yield _Sentence(block.begin + found.start(), found[0], index, block.role)


def _is_reported(text: str, found: re.Match[str], dates: Dates) -> bool:
    """Whether the year at `found` is told of as past or present, not as a limit or aim."""
    before, after = text[: found.start()], text[found.end() + 1 :]
    if before.endswith(dates.past_limits):
        return True
    if before.endswith(dates.before_coming) or after.lstrip("，").startswith(dates.after_coming):
        return re.search(r"[月\d]", after[:2]) is not None and not before.endswith(dates.before_coming)
    clause = re.split(r"[，、（]", before)[-1] + re.split(r"[，、）]", after.lstrip("，"))[0]
    return not any(word in clause for word in dates.ahead)


def _ended(sentences: list[_Sentence], year: int, dates: Dates) -> tuple[int, str] | None:
    """Where the article looks back on the whole of `year`, and the words that show it."""
    governing: int | None = None
    for sentence in sentences:
        years = [int(found[1]) for found in ANY_YEAR.finditer(sentence.text)]
        first = next((found.start() for found in ANY_YEAR.finditer(sentence.text)), len(sentence.text))
        for word in dates.ended:
            at = sentence.text.find(word)
            if at < 0 or any(ahead in sentence.text[:at] for ahead in dates.ahead):
                continue
            owner = governing if at < first else max((value for value in years), default=governing)
            if owner == year:
                return sentence.begin + at, f"{year}年 … {word}" if at < first else f"{year}年{word}".replace("年年", "年")
        governing = years[-1] if years else governing
    return None


def _month(sentences: list[_Sentence], year: int, latest: int, dates: Dates) -> tuple[int, str] | None:
    """The latest day named without a year, in a paragraph that speaks of no other year."""
    found_days: list[tuple[int, int, int, str]] = []
    blocks: dict[int, set[int]] = {}
    for sentence in sentences:
        seen = blocks.setdefault(sentence.block, set())
        for found in DAY.finditer(sentence.text):
            before = sentence.text[: found.start()]
            earlier = seen | {int(match[1]) for match in ANY_YEAR.finditer(before)}
            dated = any(word in before for word in dates.last_year) or bool(earlier - {year})
            limit = sentence.text[found.end() :].startswith(dates.after_day) or before.endswith(dates.before_coming)
            if not dated and not limit:
                found_days.append((int(found[1]), int(found[2]), -(sentence.begin + found.start()), found[0]))
        seen.update(int(match[1]) for match in ANY_YEAR.finditer(sentence.text))
    if not found_days:
        return None
    _, _, place, day = max(found_days)
    return -place, day
