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

YEAR = re.compile(r"(?<![\d\-—~～])((?:19[5-9]|20)\d)(\d)(?=年)")
ANY_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年)")
DAY = re.compile(r"(?<![\d年])(1[0-2]|[1-9])月(3[01]|[12]\d|[1-9])日")
TITLED = re.compile(r"《[^《》]*》")
SENTENCE = re.compile(r"[^。！？；]+[。！？；]?")
# A date in brackets behind the name of a document, at the head of the text.
BRACKETED = re.compile(r"（[^（）\d]{0,8}(?:19|20)\d\d[年\-./][^（）]{2,12}）")
OPENING = 200
# A year so much later than the one before it is a horizon, not a report.
HORIZON = 4


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
    opening = BRACKETED.search(clean.text, 0, OPENING)
    issued = stated_date(opening[0], dates=dates) if opening else None
    return Dating(issued, opening.start(), opening.end(), "the date in brackets") if opening and issued else None


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
    latest, place = _latest(reported)
    relative = next((word for word in (*dates.this_year, *dates.last_year) if word in clean.text), None)
    named = any(f"{latest}年" in sentence.text and _any(dates.current, sentence.text) for sentence in sentences)
    ended = None if named else _ended(sentences, latest, dates)
    if ended and relative:
        begin, words = ended
        year = latest + 1
        reason = f"{words} shows that {latest} had ended, and {relative} that the next year is that of writing"
    elif _is_supported(latest, reported, clean):
        begin, year = place, latest
        reason = f"{latest}年 is the latest year reported on"
    else:
        return None
    month = _month(sentences, year, latest, dates)
    if month:
        day_begin, day = month
        number = int(DAY.match(day)[1])  # type: ignore[index]  # `day` is a match of DAY
        reason += f"; month of {day}, the last day named without a year"
        return Dating(f"{year}-{number:02}", day_begin, day_begin + len(day), reason)
    return Dating(str(year), begin, begin + 5, reason)


def _is_supported(year: int, reported: list[tuple[int, int]], clean: CleanText) -> bool:
    """Whether more than one passing mention speaks for `year`: the title, a second one, or the year before."""
    in_title = any(
        f"{year}年" in clean.text[block.begin : block.end] for block in clean.blocks if block.role == "title"
    )
    return in_title or sum(abs(value - year) <= 1 and value <= year for value, _ in reported) > 1


def _any(words: tuple[str, ...], text: str) -> bool:
    return any(word in text for word in words)


def _latest(reported: list[tuple[int, int]]) -> tuple[int, int]:
    """The latest year and its first place, less years that stand alone far ahead of the others."""
    years = sorted({year for year, _ in reported})
    while len(years) > 1 and years[-1] - years[-2] >= HORIZON and sum(year == years[-1] for year, _ in reported) < 3:
        years.pop()
    return years[-1], min(place for year, place in reported if year == years[-1])


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
    return not _any(dates.ahead, text)


def _ended(sentences: list[_Sentence], year: int, dates: Dates) -> tuple[int, str] | None:
    """Where the article looks back on the whole of `year`, and the words that show it."""
    governing: int | None = None
    for sentence in sentences:
        years = [int(found[1]) for found in ANY_YEAR.finditer(sentence.text)]
        first = next((found.start() for found in ANY_YEAR.finditer(sentence.text)), len(sentence.text))
        for word in (*dates.ended, *dates.looking_back):
            if _any(dates.last_year, sentence.text):
                continue
            at = sentence.text.find(word)
            after = sentence.text[at + len(word) :]
            if at < 0 or after.startswith(dates.after_day) or _any(dates.ahead, sentence.text):
                continue
            before = sentence.text[:at].removesuffix("年").rstrip("0123456789")
            if before.endswith(dates.before_coming) and not before.endswith(dates.past_limits):
                continue
            if word in dates.ended and not re.search(r"\d", after):
                continue
            owner = governing if at < first else max(years, default=governing)
            if owner == year:
                words = f"{year}年 … {word}" if at < first else f"{year}年{word}".replace("年年", "年")
                return sentence.begin + at, words
        governing = years[-1] if years else governing
    return None


def _month(sentences: list[_Sentence], year: int, latest: int, dates: Dates) -> tuple[int, str] | None:
    """The latest day named without a year, in a paragraph that speaks of no other year."""
    found_days: list[tuple[int, int, int, str]] = []
    blocks: dict[int, set[int]] = {}
    for sentence in sentences:
        seen = blocks.setdefault(sentence.block, set())
        if _any(dates.current, sentence.text):
            seen.clear()
        for found in DAY.finditer(sentence.text):
            before = sentence.text[: found.start()]
            earlier = seen | {int(match[1]) for match in ANY_YEAR.finditer(before)}
            dated = _any(dates.last_year, before) or bool(earlier - {year})
            limit = sentence.text[found.end() :].startswith(dates.after_day) or before.endswith(dates.before_coming)
            if not dated and not limit:
                found_days.append((int(found[1]), int(found[2]), -(sentence.begin + found.start()), found[0]))
        seen.update(int(match[1]) for match in ANY_YEAR.finditer(sentence.text))
    if not found_days:
        return None
    _, _, place, day = max(found_days)
    return -place, day
