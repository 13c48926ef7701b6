"""Where an article names years, and what of: all of a year, a part of it, an aim, a base of comparison."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.lexicon.alternation import alternation
from kg.lexicon.dates import Dates
from kg.types import CleanText

ANY_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年)")
TITLED = re.compile(r"《[^《》]*》")
SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
FIGURE = re.compile(r"\d+(?:\.\d+)?(?:[万亿千百]|%|个百分点|家|个|人|吨|元|亩|公里|平方)")
# Parts of 2010年至2012年 and 2010-2012年.
RANGE_BEFORE = re.compile(r"\d{4}年?(?:至|到|-|—|–|~|～)+$")
RANGE_AFTER = re.compile(r"年?(?:至|到|-|—|–|~|～)+\d{4}")
# 由2011年的300户增加到
BASE = re.compile(r"年(?:底|末)?的[^，。；]{0,12}\d")
# 2011年、2012年和2013年预测…: what is said of the last is said of all.
YEARS = re.compile(r"年?(?:(?:、|和|及|与)\d{4}年)+")
# Kinds of mentions that may still lie ahead.
OPEN = ("aim", "until", "range")
# A year so much later than the one before it is an aim, unless it is named so often.
HORIZON = 4
OFTEN = 3
FULL = re.compile(r"年\d{1,2}月\d{1,2}日")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of the clean text; `block_size` is the length of the block it stands in."""

    begin: int
    text: str
    block: int
    role: str
    block_size: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A year in the clean text.

    `kind` is ``aim`` (ahead), ``until`` (a limit, perhaps ahead), ``base`` (compared with),
    ``as of`` (up to a part of it), ``whole`` (all of it, by its words), ``annual`` (figures of
    the year, no part named), ``part``, ``range`` (the end of several years, perhaps ahead) or ``plain``.
    `outgrown` is a base that a later year has passed: 由2011年的300户增加到….
    """

    year: int
    begin: int
    end: int
    kind: str
    words: str
    clause: str
    full: bool
    outgrown: bool = False


def passages_of(clean: CleanText) -> Iterator[Passage]:
    """The sentences of the article, names of documents blanked out."""
    for index, block in enumerate(clean.blocks):
        if block.role not in ("paragraph", "caption", "title", "heading"):
            continue
        text = TITLED.sub(lambda found: "《" + "＿" * (len(found[0]) - 2) + "》", clean.text[block.begin : block.end])
        for found in SENTENCE.finditer(text):
            yield Passage(block.begin + found.start(), found[0], index, block.role, len(text))


def mentions_of(passages: Sequence[Passage], dates: Dates) -> list[Mention]:
    """The years that `passages` name; what stands alone far ahead, or among aims, is an aim."""
    mentions = list(_mentions(passages, dates))
    while told := sorted({mention.year for mention in mentions if mention.kind not in OPEN}):
        top = [mention for mention in mentions if mention.year == told[-1] and mention.kind not in OPEN]
        if len(top) >= OFTEN or any(mention.kind in ("part", "as of") or _grown(mention, dates) for mention in top):
            break
        if any(_as_of(mention, passages, dates) for mention in top):
            break
        alone = len(told) > 1 and told[-1] - told[-2] >= HORIZON
        alone = alone and not any(_passed(mention, dates) for mention in top)
        if not alone and not any(mention.kind == "aim" and 0 <= told[-1] - mention.year < 3 for mention in mentions):
            break
        mentions = [replace(mention, kind="aim") if mention in top else mention for mention in mentions]
    return mentions


def _passed(mention: Mention, dates: Dates) -> bool:
    """Whether a year is one of the past, however far behind it the others lie: 2010年被评为, 2010年10月16日."""
    return mention.full or mention.clause.removeprefix("年").startswith(dates.done)


def reports(mention: Mention, dates: Dates) -> bool:
    """Whether what is said of a year is added up at its end: 2012年完成产值20亿元."""
    return any(word in mention.clause for word in (*dates.grown, *dates.reported))


def _as_of(mention: Mention, passages: Sequence[Passage], dates: Dates) -> bool:
    """Whether figures are those of the end of a year: 截至2017年底."""
    ended = mention.kind == "whole" and mention.words != f"{mention.year}年"
    here = (p for p in passages if ended and p.begin <= mention.begin < p.begin + len(p.text))
    return any(p.text.endswith(dates.past_limits, 0, mention.begin - p.begin) for p in here)


def _grown(mention: Mention, dates: Dates) -> bool:
    """Whether a year is compared with the one before it: 2023年增长5.5%."""
    averaged = any(word in mention.clause for word in dates.averaged)
    return mention.kind == "annual" and not averaged and any(word in mention.clause for word in dates.grown)


def is_event(mention: Mention, text: str, dates: Dates) -> bool:
    """Whether something is finished or begun in the year, which may lie ahead: 2021年9月投产."""
    found = dates.finishing_pattern.match(text, mention.begin + len("2021"))
    return found is not None and mention.kind in ("plain", "part", "annual")


def _mentions(passages: Sequence[Passage], dates: Dates) -> Iterator[Mention]:
    last: Mention | None = None
    for passage in passages:
        if last and (back := _looking_back(passage, last, dates)):
            yield back
        for found in ANY_YEAR.finditer(passage.text):
            after = passage.text[found.end() :]
            words = _words(found[1], after, dates)
            begin = passage.begin + found.start()
            clause = _clause(after)
            full = FULL.match(after) is not None
            kind = _kind(passage, found, dates)
            outgrown = kind == "base" and BASE.match(after) is not None
            last = Mention(int(found[1]), begin, begin + len(words), kind, words, clause, full, outgrown)
            yield last


def _looking_back(passage: Passage, last: Mention, dates: Dates) -> Mention | None:
    """这一年 in a sentence without a year: the whole of the year last named, though not always the last."""
    word = next((word for word in dates.looking_back if word in passage.text), None)
    if word is None or last.kind in OPEN or ANY_YEAR.search(passage.text):
        return None
    begin = passage.begin + passage.text.index(word)
    return Mention(last.year, begin, begin + len(word), "annual", f"{last.year}年 … {word}", "", False)


def _clause(after: str) -> str:
    """What is said of a year: up to the next year named."""
    return re.split(r"\d{4}年|[。！？；]", after)[0]


def _words(year: str, after: str, dates: Dates) -> str:
    part = dates.part_pattern.match(after)
    if part:
        return year + part[0]
    ended = next((word for word in dates.ended if after.removeprefix("年").startswith(word.removeprefix("年"))), None)
    return f"{year}年{ended.removeprefix('年')}" if ended else f"{year}年"


def _kind(passage: Passage, found: re.Match[str], dates: Dates) -> str:
    before, after = passage.text[: found.start()], passage.text[found.end() :]
    limit = before.endswith(dates.past_limits)
    part = dates.part_pattern.match(after) is not None
    compared = before.endswith(dates.compared)
    if not limit and not compared and (ahead := _ahead(before, after, dates)):
        return ahead
    if RANGE_BEFORE.search(before) or RANGE_AFTER.match(after):
        return "range"
    if part:
        return "as of" if limit else "part"
    if compared:
        return "base"
    clause = _clause(after)
    figure = FIGURE.search(clause) is not None
    if limit and figure:
        return "whole"
    words = after.removeprefix("年")
    told = re.sub(alternation(dates.not_ended), "", clause)
    if figure and any(words.startswith(word.removeprefix("年")) or word in told for word in dates.ended):
        return "whole"
    if any(word in clause for word in dates.looking_back):
        return "whole"
    event = FULL.match(after) or words.startswith(dates.done) or any(word in clause for word in dates.founded)
    return "annual" if figure and not event else "plain"


def _ahead(before: str, after: str, dates: Dates) -> str:
    """``aim`` where a year lies ahead, ``until`` where it is a limit that may have passed, or nothing."""
    rest = after.removeprefix("年").lstrip("，")
    if rest.startswith(dates.done) and not before.endswith(dates.before_coming):
        return ""
    listed = YEARS.match(after)
    clause = re.split(r"[。；]|\d{4}年", after[listed.end() if listed else 0 :])[0]
    lead = re.split(r"[，。；]", before)[-1]
    if not lead and before.endswith(tuple(f"{word}，" for word in dates.foreseeing)):
        return "aim"
    clause, lead = dates.without_never(clause), dates.without_never(lead)
    coming = before.endswith(dates.before_coming) or (
        rest.startswith(dates.after_coming) and re.match(r"[至~—－-]\d", rest) is None
    )
    if any(word in re.split("，", clause.removeprefix("年").lstrip("，"))[0] or word in lead for word in dates.ahead):
        return "aim"
    told = not before.endswith(dates.before_coming) and rest.startswith(dates.after_reached)
    if coming and not (told and FIGURE.search(clause) and not any(word in clause for word in dates.ahead)):
        return "aim" if any(word in clause for word in dates.ahead) else "until"
    return ""
