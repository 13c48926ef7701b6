"""The year of writing, as what happens in the article implies it: anniversaries, plans, gatherings, campaigns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import cn2an

from kg.articles.mentions import ANY_YEAR, OPEN, Mention, Passage
from kg.articles.votes import DAY, FAIR, HEADING, SETTLED, STRONG, WEAK, Vote
from kg.lexicon.dates import Dates

# Characters from a year to the sentence that counts from it.
REACH = 120


def occasions(passages: Sequence[Passage], mentions: Sequence[Mention], text: str, dates: Dates) -> Iterator[Vote]:
    """The votes of all that happens in the article."""
    yield from _known(passages, text, dates)
    yield from _opened(passages, dates)
    yield from _counted(passages, mentions, dates)
    yield from _gathered(passages, dates)
    yield from _in_course(passages, mentions, dates)
    yield from _planned_for(passages, mentions, dates)
    yield from _risen(passages, mentions, dates)
    yield from _spoken_of(passages, mentions, text, dates)


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


def _planned_for(passages: Sequence[Passage], mentions: Sequence[Mention], dates: Dates) -> Iterator[Vote]:
    """The latest year named, of whose plan a part is reported on: 2016年计划投资10亿元，截至3月底完成2亿元."""
    latest = max((mention.year for mention in mentions if mention.kind not in OPEN), default=0)
    parts = [p.begin + part.start() for p in passages for part in dates.course_pattern.finditer(p.text)]
    for passage in passages:
        for found in dates.yearly_pattern.finditer(passage.text):
            begin = passage.begin + found.start()
            aimed = any(m.kind == "aim" and begin <= m.begin < begin + len(found[0]) for m in mentions)
            if int(found[1]) >= latest and parts and (not aimed or begin < max(parts)):
                yield Vote(latest, FAIR, begin, begin + len(found[0]), f"{found[0]}, and a part of the year has passed")
                return


def _risen(passages: Sequence[Passage], mentions: Sequence[Mention], dates: Dates) -> Iterator[Vote]:
    """The year after that at whose end something stood, where a part of it has passed: 1—9月…，较2023年末净增60户."""
    latest = max((mention.year for mention in mentions if mention.kind not in OPEN), default=0)
    if not any(dates.course_pattern.search(passage.text) for passage in passages):
        return
    for passage in passages:
        for found in dates.risen_pattern.finditer(passage.text):
            if int(found[1]) == latest:
                begin = passage.begin + found.start()
                yield Vote(latest + 1, FAIR, begin, begin + len(found[0]), f"{found[0]} in the year after")
                return


def _spoken_of(passages: Sequence[Passage], mentions: Sequence[Mention], text: str, dates: Dates) -> Iterator[Vote]:
    """What was much spoken of for a year or so speaks for it: 贯彻党的十八大精神 for 2013, or the end of 2012."""
    known = [era for era in dates.eras if era.mostly]
    spoken = [(era.since, found, p) for era in known for p in passages if (found := era.pattern.search(p.text))]
    if not spoken:
        return
    since, found, passage = max(spoken, key=lambda row: (row[0], -row[2].begin))
    era = next(era for era in known if era.since == since and era.pattern.search(passage.text))
    late = any(int(day[0].split("月")[0]) >= era.month for day in DAY.finditer(text))
    begin = passage.begin + found.start()
    told = max((mention.year for mention in mentions if mention.kind not in OPEN), default=0)
    year = since if late or told == since - 1 else era.mostly
    yield Vote(year, WEAK * 1.5, begin, begin + len(found[0]), f"{found[0]} was spoken of in {year}")


def _gathered(passages: Sequence[Passage], dates: Dates) -> Iterator[Vote]:
    """A gathering that bears its year, in the headline or on a day told of: 5月8日，东山县举行2019中国·东山旅游节."""
    for passage in passages:
        for found in dates.gathering_pattern.finditer(passage.text):
            before = passage.text[: found.start()]
            day = DAY.search(passage.text) is not None or any(word in passage.text for word in dates.today)
            day = day and dates.held_pattern.search(passage.text) is not None
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
