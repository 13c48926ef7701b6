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
from dataclasses import replace

from kg.articles.happenings import occasions
from kg.articles.mentions import ANY_YEAR, HORIZON, OPEN, Mention, Passage, is_event, mentions_of, reports
from kg.articles.votes import FAIR, HEADING, OPENING, OUTRIGHT, SETTLED, STRONG, WEAK, Vote
from kg.lexicon.dates import Dates
from kg.types import CleanText

# What a year needs, and how much more than any other.
ENOUGH = 1.5
MARGIN = 1.0
ANY_YEAR_IN = re.compile(r"(?:19|20)\d\d")
# A part of a year by its name: 2019年上半年, not 2019年3月.
MONTH = re.compile(r"\d{4}年\d{1,2}月")
NAMED_PART = re.compile(r"\d{4}年.+(?<!月)")


def year_of_writing(passages: Sequence[Passage], clean: CleanText, *, dates: Dates) -> Vote | None:
    """The year that the votes of `passages` agree on, as their weightiest vote, or None.

    The last years in which something is finished or begun may lie ahead: if all else agrees on an
    earlier year, they do.
    """
    mentions = mentions_of(passages, dates)
    due = [mention for mention in mentions if is_event(mention, clean.text, dates)]
    told = max((m.year for m in mentions if m.kind not in OPEN and m not in due), default=0)
    if due := [mention for mention in due if mention.year > told]:
        without = [replace(mention, kind="aim") if mention in due else mention for mention in mentions]
        vote = _elected(passages, without, clean, dates, least=FAIR)
        if vote is not None and vote.year <= min(mention.year for mention in due):
            return vote
    return _elected(passages, mentions, clean, dates, least=ENOUGH)


def _elected(
    passages: Sequence[Passage], mentions: Sequence[Mention], clean: CleanText, dates: Dates, *, least: float
) -> Vote | None:
    """The weightiest vote for the year that has at least the weight `least` and is clearly ahead."""
    floor = _floor(mentions, clean.text, dates)
    votes = [*_outright(passages, dates), *occasions(passages, mentions, clean.text, dates)]
    apart = list(_before_this(passages, mentions, dates))
    whole = max((mention.year for mention in mentions if mention.kind == "whole"), default=0)
    between = whole and any(whole < mention.year < whole + HORIZON for mention in mentions if mention.kind in OPEN)
    others = [mention for mention in mentions if mention not in apart]
    if between or any(word in clean.text for word in dates.relative):
        votes += [*_ended(passages, mentions, dates), *_new_plan(passages, others, clean.text, dates)]
        votes += _bracketed(mentions, apart, clean.text, floor, dates)
    votes += [*_latest(others, clean, dates), *_awaited(mentions, floor)]
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
    if weights[best] < least or weights[best] - rival < MARGIN:
        return None
    # The first of the weightiest votes.
    return max((vote for vote in votes if vote.year == best), key=lambda vote: (vote.weight, -vote.begin))


def _floor(mentions: Sequence[Mention], text: str, dates: Dates) -> int:
    """The year before which the article cannot have been written."""
    told = [mention.year + mention.outgrown for mention in mentions if mention.kind not in OPEN]
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
    if behind["review"] < behind["plan"] and dates.part_pattern.match(passage.text, found.end()):
        yield Vote(year, OUTRIGHT, begin, begin + 5, f"part of {year}年 is looked back on in a heading")
    elif behind["review"] < behind["plan"]:
        yield Vote(year + 1, OUTRIGHT, begin, begin + 5, f"{year}年 is looked back on in a heading")
    elif behind["plan"] < behind["review"]:
        yield Vote(year, OUTRIGHT, begin, begin + 5, f"{year}年 is planned for in a heading", planned=True)
    elif passage.role == "title":
        yield Vote(year, STRONG, begin, begin + 5, f"{year}年 stands in the headline")


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
        yield Vote(latest + 1, WEAK * 1.5, mention.begin, mention.end, f"{mention.words} shows that {latest} had ended")


def _new_plan(passages: Sequence[Passage], mentions: Sequence[Mention], text: str, dates: Dates) -> Iterator[Vote]:
    """A plan spoken of as ahead, where the reports reach up to the year before it: it is in its first year."""
    told = max((mention.year for mention in mentions if mention.kind not in OPEN), default=0)
    current = any(word in text for word in dates.current)
    for span in dates.spans:
        whole = any(mention.year == span.first and mention.kind in ("whole", "annual") for mention in mentions)
        near = current and (told == span.first - 1 or (told == span.first and not whole))
        soon = told < span.first and any(m.kind == "aim" and m.year == span.first + 1 for m in mentions)
        if not near and not soon:
            continue
        for passage in passages:
            for found in re.finditer("|".join(map(re.escape, span.names)), passage.text):
                clause = dates.without_never(passage.text[found.end() :])
                if any(word in clause for word in dates.ahead):
                    reason = f"{found[0]} lies ahead" + (f" and {told} is told of" if told else "")
                    begin, weight = passage.begin + found.start(), FAIR if near else WEAK * 1.5
                    yield Vote(span.first, weight, begin, begin + len(found[0]), reason)
                    return


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
        opens = any(mention.begin < OPENING and NAMED_PART.fullmatch(mention.words) for mention in parts)
        # 2023年1-9月, and 今年1-9月 of something else.
        spans = [mention.words[len("2023年") :] for mention in parts if not MONTH.fullmatch(mention.words)]
        opens = opens or any(word + span in clean.text for word in dates.current for span in spans)
        weight = FAIR if opens else WEAK * min(len(parts), 2) * (1.0 if current else 1.5)
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
