"""The year of writing, as the words of an article about years imply it.

Each phrase that bears on the year is a vote for one: 今年是2021年 and 新中国成立70周年 settle it;
the whole of a year reported on (截至2020年底) speaks for the next; a year named once speaks for
nothing. The year with the most weight is taken if it is clearly ahead, and none otherwise:
a wrong date is worse than none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cn2an

from kg.articles.mentions import ANY_YEAR, HORIZON, OPEN, Mention, Passage, mentions_of, reports
from kg.lexicon.dates import Dates
from kg.types import CleanText

# What a vote weighs: said outright, strong, fair, weak.
OUTRIGHT, SETTLED, STRONG, FAIR, WEAK = 12.0, 6.0, 3.0, 2.5, 1.0
# What a year needs, and how much more than any other.
ENOUGH = 1.5
MARGIN = 1.0
# A day named without its year.
DAY = re.compile(r"(?<![\d年])(?:1[0-2]|[1-9])月(?:3[01]|[12]\d|[1-9])日")
# Fewer characters than this make a heading or the first lines of a text.
HEADING = 45
OPENING = 200
# Characters from a year to the sentence that counts from it.
REACH = 120


@dataclass(frozen=True, slots=True)
class Vote:
    """That the words at [begin, end) speak for `year`, and why."""

    year: int
    weight: float
    begin: int
    end: int
    reason: str


def year_of_writing(passages: Sequence[Passage], clean: CleanText, *, dates: Dates) -> Vote | None:
    """The year that the votes of `passages` agree on, as their weightiest vote, or None."""
    mentions = mentions_of(passages, dates)
    floor = _floor(mentions, clean.text, dates)
    votes = [*_outright(passages, dates), *_known(passages, clean.text, dates)]
    apart = list(_before_this(passages, mentions, dates))
    whole = max((mention.year for mention in mentions if mention.kind == "whole"), default=0)
    between = whole and any(whole < mention.year < whole + HORIZON for mention in mentions if mention.kind in OPEN)
    if between or any(word in clean.text for word in dates.relative):
        votes += [*_ended(passages, mentions, dates), *_new_plan(passages, mentions, clean.text, dates)]
        votes += _bracketed(mentions, apart, clean.text, floor, dates)
    votes += [
        *_latest([mention for mention in mentions if mention not in apart], clean, dates),
        *_awaited(mentions, floor),
    ]
    votes += [*_opened(passages, dates), *_counted(passages, mentions, dates), *_gathered(passages, dates)]
    votes += _in_course(passages, mentions, dates)
    weights: defaultdict[int, float] = defaultdict(float)
    for vote in votes:
        if vote.year >= floor or vote.weight >= OUTRIGHT:
            weights[vote.year] += vote.weight
    for span in dates.spans:
        # A five-year plan is seldom named before its first year.
        if any(name in clean.text for name in span.names):
            weights |= {year: weights[year] - WEAK for year in sorted(weights) if year < span.first}
    if not weights:
        return None
    best = max(sorted(weights), key=lambda year: weights[year])
    rival = max((weight for year, weight in weights.items() if year != best), default=0.0)
    if weights[best] < ENOUGH or weights[best] - rival < MARGIN:
        return None
    # The first of the weightiest votes.
    return max((vote for vote in votes if vote.year == best), key=lambda vote: (vote.weight, -vote.begin))


def _floor(mentions: Sequence[Mention], text: str, dates: Dates) -> int:
    """The year before which the article cannot have been written."""
    told = [mention.year for mention in mentions if mention.kind not in OPEN]
    eras = [era.since for era in dates.eras if any(word in text for word in era.words)]
    return max([*told, *eras], default=0)


def _outright(passages: Sequence[Passage], dates: Dates) -> Iterator[Vote]:
    """Years said to be this one or the last, and those of reviews and plans in headlines."""
    for passage in passages:
        for pattern, step in ((dates.this_year_pattern, 0), (dates.last_year_pattern, 1)):
            for found in pattern.finditer(passage.text):
                year = int(ANY_YEAR_IN.findall(found[0])[-1]) + step
                weight = OUTRIGHT if any(word in found[0] for word in dates.relative) else SETTLED
                yield Vote(year, weight, passage.begin + found.start(), passage.begin + found.end(), found[0])
        for found in ANY_YEAR.finditer(passage.text):
            yield from _heading(passage, found, dates)
            clause = re.split(r"[。！？；]", passage.text[found.end() :])[0]
            if clause.startswith("年是") and any(word in clause for word in dates.current):
                begin = passage.begin + found.start()
                reason = f"{found[0]}年 and {dates.current[0]} in one sentence"
                yield Vote(int(found[1]), STRONG, begin, begin + 5, reason)


def _heading(passage: Passage, found: re.Match[str], dates: Dates) -> Iterator[Vote]:
    """What a headline or heading that names a year makes of it."""
    if passage.block_size > HEADING:
        return
    year, begin = int(found[1]), passage.begin + found.start()
    after = re.split(r"\d{4}年", passage.text[found.end() :])[0]
    behind = {
        kind: min((after.find(word) for word in words if word in after), default=len(after))
        for kind, words in (("review", dates.reviews), ("plan", dates.plans))
    }
    if behind["review"] < behind["plan"]:
        yield Vote(year + 1, OUTRIGHT, begin, begin + 5, f"{year}年 is looked back on in a heading")
    elif behind["plan"] < behind["review"]:
        yield Vote(year, OUTRIGHT, begin, begin + 5, f"{year}年 is planned for in a heading")
    elif passage.role == "title":
        yield Vote(year, STRONG, begin, begin + 5, f"{year}年 stands in the headline")


def _known(passages: Sequence[Passage], text: str, dates: Dates) -> Iterator[Vote]:
    """Years that all the country knows: of plans, anniversaries and events."""
    standings = [
        (year, dates.span_pattern(span, words))
        for span in dates.spans
        if any(name in text for name in span.names)
        for words, year in (
            (dates.opening, span.first),
            (dates.closing, span.last),
            *((row.words, span.first + row.offset) for row in dates.standing),
        )
    ]
    named = [span for span in dates.spans if any(name in text for name in span.names)]
    for passage in passages:
        for year, pattern in standings:
            for found in pattern.finditer(passage.text):
                if not found[1].endswith(dates.preparing):
                    # 2021年是…开局之年 may be said in the year after.
                    dated = ANY_YEAR.search(passage.text, 0, found.end()) is not None
                    yield _vote(passage, found, year, FAIR / 2 if dated else SETTLED)
        for year, pattern in dates.founding_patterns:
            for found in pattern.finditer(passage.text):
                count = int(cn2an.cn2an(re.sub("^百", "一百", found[1]), "smart"))
                firm = found[2] != "年" and (passage.role == "title" or any(w in passage.text for w in dates.current))
                yield _vote(passage, found, year + count, SETTLED if firm else STRONG)
        for event in dates.events:
            for found in re.finditer("|".join(map(re.escape, event.words)), passage.text):
                yield _vote(passage, found, event.year, SETTLED)
        for span in named:
            # 今年收官 where the article names what is to end.
            if not any(name in passage.text for name in span.names):
                for found in dates.ending_pattern.finditer(passage.text):
                    yield _vote(passage, found, span.last, STRONG)


def _vote(passage: Passage, found: re.Match[str], year: int, weight: float) -> Vote:
    words = found[0][len(found[1]) :] if found.re.groups == 1 else found[0]
    end = passage.begin + found.end()
    return Vote(year, weight, end - len(words), end, words)


def _ended(passages: Sequence[Passage], mentions: Sequence[Mention], dates: Dates) -> Iterator[Vote]:
    """The latest year of which the whole is reported on speaks for the next."""
    whole = [mention for mention in mentions if mention.kind in ("whole", "annual")]
    latest = max((mention.year for mention in whole), default=0)
    for mention in whole:
        if mention.year == latest and mention.kind == "whole":
            yield Vote(latest + 1, STRONG, mention.begin, mention.end, f"{mention.words} shows that {latest} had ended")
            break
    if any(mention.year > latest + 1 for mention in mentions if mention.kind not in OPEN):
        return
    annual = [mention for mention in whole if mention.year == latest and mention.kind == "annual"]
    for mention in annual[:3]:
        weight = WEAK * 1.5 if reports(mention, dates) else WEAK
        yield Vote(latest + 1, weight, mention.begin, mention.end, f"{mention.words} shows that {latest} had ended")


def _new_plan(passages: Sequence[Passage], mentions: Sequence[Mention], text: str, dates: Dates) -> Iterator[Vote]:
    """A plan spoken of as ahead, where the reports reach up to the year before it: it is in its first year."""
    told = max((mention.year for mention in mentions if mention.kind not in OPEN), default=0)
    if not any(word in text for word in dates.current):
        return
    for span in dates.spans:
        whole = any(mention.year == span.first and mention.kind in ("whole", "annual") for mention in mentions)
        if told != span.first - 1 and (told != span.first or whole):
            continue
        for passage in passages:
            for found in re.finditer("|".join(map(re.escape, span.names)), passage.text):
                clause = passage.text[found.end() :]
                if any(word in clause for word in dates.ahead):
                    yield _vote_words(passage, found, span.first, f"{found[0]} lies ahead and {told} is told of")
                    return


def _vote_words(passage: Passage, found: re.Match[str], year: int, reason: str) -> Vote:
    return Vote(year, FAIR, passage.begin + found.start(), passage.begin + found.end(), reason)


def _latest(mentions: Sequence[Mention], clean: CleanText, dates: Dates) -> Iterator[Vote]:
    """The latest year told of speaks for itself, the more the more often, and by parts of it."""
    told = [mention for mention in mentions if mention.kind not in (*OPEN, "base")]
    latest = max((mention.year for mention in told), default=0)
    own = [mention for mention in told if mention.year == latest]
    current = any(word in clean.text for word in dates.current)
    for mention in own:
        if mention.kind == "as of":
            yield Vote(latest, STRONG, mention.begin, mention.end, f"{mention.words} is as far as the figures reach")
            return
    for mention in own:
        if mention.full and mention.begin < OPENING:
            weight = WEAK if current else STRONG
            yield Vote(latest, weight, mention.begin, mention.end, f"{mention.words} opens the text")
            break
    parts = [mention for mention in own if mention.kind == "part"]
    if parts:
        weight = WEAK * min(len(parts), 2) * (1.0 if current else 1.5)
        yield Vote(latest, weight, parts[0].begin, parts[0].end, f"{parts[0].words} is the latest time told of")
    elif len(own) > 1 and not any(mention.kind in ("whole", "annual") for mention in own):
        yield Vote(latest, WEAK, own[0].begin, own[0].end, f"{latest}年 is the latest year told of")


def _awaited(mentions: Sequence[Mention], floor: int) -> Iterator[Vote]:
    """A year still ahead right after the latest told of: written in it, or shortly before."""
    awaited = [mention for mention in mentions if mention.kind == "aim" and mention.year == floor]
    for mention in awaited[:1]:
        yield Vote(mention.year, WEAK, mention.begin, mention.end, f"{mention.words} still lies ahead")


def _bracketed(
    mentions: Sequence[Mention], apart: Sequence[Mention], text: str, floor: int, dates: Dates
) -> Iterator[Vote]:
    """The year that what has passed and what lies ahead leave between them.

    2018年投产，今年一季度…, 计划2020年建成: written in 2019, as one says 今年 of the year itself.
    """
    ahead = [mention for mention in mentions if mention.kind == "aim" and mention.year >= floor]
    if not ahead:
        return
    past = [m.year + 1 for m in mentions if m.kind == "whole" or (m.kind == "annual" and reports(m, dates))]
    past += [mention.year + 1 for mention in apart]
    named = [span.first for span in dates.spans if any(name in text for name in span.names)]
    low, high = max([floor, *past, *named]), min(ahead, key=lambda mention: (mention.year, mention.begin))
    shortly = low == high.year - 1 and any(mention.year + 1 == low for mention in apart)
    if low == high.year or shortly:
        weight = WEAK * 1.5 if shortly else WEAK * 2
        yield Vote(low, weight, high.begin, high.end, f"{high.words} lies ahead and {low - 1} has passed")


def _before_this(passages: Sequence[Passage], mentions: Sequence[Mention], dates: Dates) -> Iterator[Mention]:
    """The years told of that a sentence sets against this one: 2018年11月投产，今年一季度…."""
    current = re.compile("|".join(map(re.escape, dates.current)))
    for mention in mentions:
        if mention.kind not in ("plain", "annual", "part") or mention.begin < OPENING:
            continue
        for passage in passages:
            if passage.begin <= mention.begin < passage.begin + len(passage.text):
                rest = passage.text[mention.end - passage.begin :]
                if "，" in rest and current.search(rest, rest.index("，")):
                    yield mention


def _opened(passages: Sequence[Passage], dates: Dates) -> Iterator[Vote]:
    """Works that begin by lots of a year begin in it, or are planned for it: 2019年第二批重大项目集中开工."""
    for passage in passages:
        for found in dates.lot_pattern.finditer(passage.text):
            begin = passage.begin + found.start()
            yield Vote(int(found[0][:4]), FAIR, begin, begin + len(found[0]), found[0])
        for found in dates.list_pattern.finditer(passage.text):
            begin = passage.begin + found.start()
            yield Vote(int(found[1]), WEAK * 1.5, begin, begin + len(found[0]), found[0])


def _in_course(passages: Sequence[Passage], mentions: Sequence[Mention], dates: Dates) -> Iterator[Vote]:
    """The latest year told of, opening the text, of which a part is reported on without naming it again.

    2024年安排重点项目476个。1—8月份，完成投资325.7亿元: written in 2024.
    """
    latest = max((mention.year for mention in mentions if mention.kind not in OPEN), default=0)
    first = next((mention for mention in mentions if mention.year == latest and mention.begin < HEADING), None)
    opens = first is not None and first.words.endswith("年") and first.begin == min(m.begin for m in mentions)
    if first is None or not opens or first.kind == "part" or any(m.year > latest for m in mentions):
        return
    for passage in passages:
        found = dates.course_pattern.search(passage.text)
        if found and passage.begin + found.start() > first.end:
            end = passage.begin + found.end()
            yield Vote(latest, STRONG, first.begin, end, f"{found[0]} of the {latest} that opens the text")
            return


def _gathered(passages: Sequence[Passage], dates: Dates) -> Iterator[Vote]:
    """A gathering that bears its year, in the headline or on a day told of: 5月8日，东山县举行2019中国·东山旅游节."""
    for passage in passages:
        for found in dates.gathering_pattern.finditer(passage.text):
            before = passage.text[: found.start()]
            day = DAY.search(passage.text) and dates.held_pattern.search(passage.text)
            if before.endswith(dates.before_coming) or not (passage.role in ("title", "heading") or day):
                continue
            begin = passage.begin + found.start()
            yield Vote(int(found[1]), SETTLED, begin, begin + len(found[0]), found[0])


def _counted(passages: Sequence[Passage], mentions: Sequence[Mention], dates: Dates) -> Iterator[Vote]:
    """Years counted from the one named before: 2010年提出…。三年多来，…."""
    told = max((mention.year for mention in mentions if mention.kind not in OPEN), default=0)
    for passage in passages:
        found = dates.lapse_pattern.match(passage.text)
        before = [m for m in mentions if 0 < passage.begin - m.begin < REACH and m.kind == "plain"]
        if not found or not before:
            continue
        year = before[-1].year + int(cn2an.cn2an(found[1].replace("两", "二"), "smart"))
        if year > told:
            end = passage.begin + found.end()
            yield Vote(year, WEAK * 1.5, before[-1].begin, end, f"{found[0]} since {before[-1].year}")


ANY_YEAR_IN = re.compile(r"(?:19|20)\d\d")
