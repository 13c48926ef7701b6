"""Periods: how time is said, what it means against the date of the article, and how far it governs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg.figures.calendar import (
    FRESH,
    Period,
    last_year,
    month_span,
    reported_year,
    shifted_year,
    small_number,
    years_since,
)
from kg.figures.numbers import parse_number
from kg.figures.patterns import alternatives
from kg.lexicon.figures import FigureLexicon

YEAR = r"(?:19|20)\d{2}"
RECENT = 2  # years: an older year is history, and governs no more than its paragraph
REPORTS = 2  # months of a year in which that before it is reported on
_COMPARED = re.compile(r"的?(?:近|约)?\d+(?:\.\d+)?倍")
_MEAN = re.compile("(?:[^，。；\\d]{0,6})?年均")
SMALL_NUMBERS = r"\d一二两三四五六七八九十"
SMALL = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"


class PeriodReader:
    """Finds time expressions and resolves them."""

    def __init__(self, lexicon: FigureLexicon) -> None:
        table = lexicon.periods
        words = table.words
        self._table = table
        joint = r"年?[-—–~～－至到]+"
        month_joint = r"月?份?[-—–~～－至到]+"
        part = alternatives(table.parts)
        present = rf"(?<![{words.unless_present}])现(?={alternatives(words.present)})"
        today = r"(?![年天日])"
        since = f"(?:{alternatives(words.since)}{today})"
        sub = (
            rf"(?P<months>(?P<m1>{SMALL}){month_joint}(?P<m2>{SMALL})月份?)|前(?P<first>{SMALL})个?月"
            rf"|(?P<month>\d{{1,2}}|[一二三四五六七八九十]{{1,2}}(?=月份))月(?:(?P<day>\d{{1,2}})日|{alternatives(words.month_ends)})?|(?P<part>{part})"
            rf"|(?P<edge>{alternatives(words.edges)})(?<!前(?=[{words.unless_before}]))"
        )
        self._pattern = re.compile(
            rf"(?P<range>(?P<y1>{YEAR}){joint}(?P<y2>{YEAR})年(?:度|底|末)?)"
            rf"|(?<!\d)(?P<years>(?P<year>{YEAR})年度?|(?P<relative>{alternatives(table.years)}))"
            rf"(?:的|[，,](?=前))?(?:{sub})?(?P<since>{since})?"
            rf"|[“”\"‘']?(?P<plan>{alternatives(table.plans)})[“”\"’']?(?P<during>{alternatives(words.during)})"
            rf"|(?P<run>{alternatives(words.run)}{SMALL}年)|(?P<future>{alternatives(words.future)}(?P<n3>{SMALL})年|(?<![近{SMALL_NUMBERS}])(?P<n4>{SMALL})年之?内)|(?P<recent>{alternatives(words.recent)})?(?P<n>{SMALL})(?P<span>{alternatives(words.span)})"
            rf"|(?P<recent2>{alternatives(words.recent)})(?P<n2>{SMALL})年"
            rf"|(?P<now>{alternatives(words.now)}(?:(?<!今)|{today})|{present})|(?P<lately>{alternatives(words.lately)})|(?<![{SMALL_NUMBERS}])(?P<same>{alternatives(words.same)})来?"
            rf"|(?<![\d年])(?:{sub.replace('?P<', '?P<l_')})(?P<l_since>{since})?"
        )
        self._unequalled = re.compile(rf"[^，。；]{{0,2}}{alternatives(words.unequalled)}")
        self._multiple = re.compile(r"[^，。；]{0,8}?的?\d+(?:\.\d+)?倍")
        self._before = re.compile(rf"{alternatives(words.before)}(?![{words.unless_before}])")
        self._founding = tuple(words.founding)
        self._founded = re.compile(rf"[^，。；\d]{{0,3}}{alternatives(words.founded)}")
        self._goals = words.goals
        self._against = sorted(words.against, key=len, reverse=True)
        self._abreast = sorted(words.abreast, key=len, reverse=True)
        self._aims = lexicon.figures.target.before
        self._openers, self._by, self._as_of = tuple(words.since_year), tuple(words.by), tuple(words.as_of)
        self._sources = tuple(lexicon.figures.range.source)

    def read(
        self,
        text: str,
        begin: int,
        end: int,
        *,
        issued: str | None,
        running: str | None,
        last: str | None,
        closed: Sequence[tuple[int, int]],
        parts: dict[str, int] | None = None,
    ) -> list[Period]:
        """The periods of a sentence, sorted, those in `closed` spans left out.

        `running` governs it so far; 全年 goes back to `last`. `parts` takes note of the years that parts were named
        with: 2021年上半年…。上半年….
        """
        found: list[Period] = []
        running, last = (None if value == issued else value for value in (running, last))  # 目前…。全年…: of last year
        base = running
        for match in self._pattern.finditer(text, begin, end):
            start, stop = match.span()
            if any(first <= start and stop <= last for first, last in closed):
                continue
            as_of = text.endswith(self._as_of, begin, start)
            until = self._before.match(text, stop)
            due = until.end() - stop if until else 0
            told = {} if parts is None else parts
            value, reach = self._resolve(match, issued, base, base or last, told, as_of=as_of, due=due > 0)
            if parts is not None and match["part"] and match["year"]:
                parts[match["part"]] = int(match["year"])
            if match["year"] and value == match["year"] and self._since_year(text, begin, match, end):
                value, reach = years_since(int(match["year"]), issued), "sentence"
            if self._pointless(text, begin, match):
                reach = "none"
            if match["same"] and issued and text.endswith(self._aims, begin, start):
                young = bool(base) and 1 <= int(issued[5:7] or 12) <= REPORTS and value == str(int(issued[:4]) - 1)
                value, reach = value if young else issued[:4], "paragraph"
            if match["plan"] and base and _MEAN.match(text, stop):
                reach = "item"  # 2015年…，“十二五”期间年均增长13%；…: the rest is of 2015
            elif self._passing(text, begin, match, value, reach, issued):
                reach = "sentence"
            elif match["years"] and reach == "sentence" and as_of:
                reach = "paragraph"
            if match["same"] and text.startswith(self._goals, stop) and not text.endswith(self._aims, begin, start):
                reach = "none"
            against = next((word for word in self._against if text.endswith(word, begin, start)), "")
            if against and found and found[-1].end == start - len(against):
                against = ""  # 2020年和2021年: both
            abreast = next((word for word in self._abreast if text.startswith(word, stop)), "")
            if against or abreast or reach == "none":
                found.append(Period(start - len(against), stop + len(abreast), value, "none"))
            elif reach == "item" or (
                text.endswith(self._sources, begin, start) and not match["range"] and not match["since"]
            ):
                found.append(Period(start, stop, value, "item"))
            elif value is not None or reach == "unknown":
                found.append(Period(start, stop + due, value, reach))
                base = value if value is not None and reach not in ("unknown", "moment") else base
        return found

    def _pointless(self, text: str, begin: int, match: re.Match[str]) -> bool:
        """Whether a time governs nothing: ever since it, unequalled in so many years, a multiple of a plan's."""
        if match["year"] and self._ever_since(text, begin, match):
            return True
        if (match["n"] or match["n2"]) and self._unequalled.match(text, match.end()):
            return True
        if match["years"] and _COMPARED.match(text, match.end()):
            return True  # 是2015年的8.4倍
        return bool(match["plan"]) and self._multiple.match(text, match.end()) is not None

    def _passing(
        self, text: str, begin: int, match: re.Match[str], value: str | None, reach: str, issued: str | None
    ) -> bool:
        """Whether a year governs no more than its sentence: 在2018年度考核中, 1994年建厂, one to come."""
        start = match.start()
        if match["year"] and start > begin and match[0].endswith("年度"):
            return True
        if reach in ("part", "year", "paragraph") and match["years"] and text.endswith(self._aims, begin, start):
            return True
        if match["years"] and (self._founded.match(text, match.end()) or text.endswith(self._founding, begin, start)):
            return True
        ahead = match["years"] and value and issued and value[:4] > issued[:4] and reach == "paragraph"
        return bool(ahead) and start > begin and not text.endswith(self._by, begin, start)

    def _ever_since(self, text: str, begin: int, match: re.Match[str]) -> bool:
        """Whether a year only says how long something is unequalled: 自2007年夏季以来第一次."""
        after = re.match(rf"[^，。；]{{0,6}}{alternatives(self._table.words.since)}(?![，。；])", text[match.end() :])
        return text.endswith(self._openers, begin, match.start()) and after is not None

    def _since_year(self, text: str, begin: int, match: re.Match[str], end: int) -> bool:
        """Whether a year opens a span that the clause closes: 自2007年缺电以来."""
        clause = re.split(r"[，。；]", text[match.end() : end], maxsplit=1)[0]
        return text.endswith(self._openers, begin, match.start()) and clause.endswith(self._table.words.since_ends)

    def _resolve(
        self,
        match: re.Match[str],
        issued: str | None,
        running: str | None,
        last: str | None,
        parts: Mapping[str, int],
        *,
        as_of: bool,
        due: bool,
    ) -> tuple[str | None, str]:
        """Value and reach of one match; `due` where it is only a date by which: 9月底前."""
        groups = match.groupdict()
        this = int(issued[:4]) if issued else None
        if groups["run"] or groups["lately"]:
            return None, "none"
        if groups["future"]:
            number = parse_number(groups["n3"] or groups["n4"] or "")
            ahead = f"{this}/{this + int(number) - 1}" if this and number and 2 <= number <= 30 else None
            return ahead, "sentence" if ahead else "unknown"
        if groups["range"]:
            return f"{groups['y1']}/{groups['y2']}", "paragraph"
        if groups["years"]:
            told = last_year(running) if running and groups["relative"] in self._table.words.prior else None
            now = told if told and (this is None or told <= this) else this
            year = int(groups["year"]) if groups["year"] else shifted_year(now, self._table.years[groups["relative"]])
            if year is None:
                return None, "unknown"
            if groups["since"]:
                return self._months_since(groups, year, issued) or years_since(year, issued), "paragraph"
            return self._part(groups, year, prefix="", this=this)
        if groups["plan"]:
            return self._plan(groups["during"], *self._table.plans[groups["plan"]], issued)
        count = groups["n"] or groups["n2"]
        if count:
            number = parse_number(count)
            if issued is None or this is None or number is None or not 2 <= number <= 30:
                return None, "unknown"
            first = this - int(number)
            planned = (first, this - 1) in self._table.plans.values()
            end = this - 1 if groups["recent"] or groups["n2"] or planned else reported_year(issued)
            return f"{first}/{end}", "sentence"
        if groups["now"]:
            return issued, "moment" if issued else "unknown"
        if groups["same"]:
            year = last_year(last) if last else None
            if year is None and issued and issued[5:7] and int(issued[5:7]) <= 3 and this:
                year = this - 1
            return (str(year), "year") if year else (None, "unknown")
        told = parts.get(groups["l_part"] or "")
        return self._lone(groups, this, issued, running if this else last, told, as_of=as_of, due=due)

    def _lone(
        self,
        groups: dict[str, str | None],
        this: int | None,
        issued: str | None,
        running: str | None,
        told: int | None,
        *,
        as_of: bool,
        due: bool,
    ) -> tuple[str | None, str]:
        """A part of a year named without its year; `told` is the year that was named with it before."""
        if running and "/" in running and running[:4] != running.rsplit("/", 1)[-1][:4]:
            running = None  # 十二五期间…。截至5月底: of the year of writing
        year = (last_year(running) if running else None) or this
        if year and this and year > this:  # 2013年投产…。4月10日: of the year of writing
            running, year = None, this
        if groups["l_edge"] and groups["l_edge"] not in self._table.words.alone:
            return None, "not a period"
        if groups["l_edge"]:
            year = last_year(running) if running and this and last_year(running) == this - 1 else this
            return (str(year), "sentence") if year else (None, "unknown")
        if year is None:
            return None, "unknown"
        span = self._months(groups, prefix="l_")
        if span and this and issued and issued[5:7] and span[0] <= int(issued[5:7]) <= span[1] + FRESH:
            year = this
        elif told and this and told >= this - 1:
            year = told
        month = groups["l_month"]
        if month and as_of and this and issued and issued[5:7] and small_number(month) <= int(issued[5:7]):
            year = this
        if month and not running and issued and issued[5:7] and small_number(month) > int(issued[5:7]):
            year -= not due
        return self._part(groups, year, prefix="l_", this=this)

    def _part(
        self, groups: dict[str, str | None], year: int, *, prefix: str, this: int | None
    ) -> tuple[str | None, str]:
        """A year, or the part of it that `groups` name."""
        reach = "year" if this is None or this - RECENT <= year <= this else "paragraph"
        if months := self._months(groups, prefix=prefix):
            return month_span(year, *months), "part"
        month, day = groups[prefix + "month"], groups[prefix + "day"]
        if month:
            value = f"{year}-{small_number(month):02d}"
            if day and 1 <= int(day) <= 31:
                return f"{value}-{int(day):02d}", "day" if reach == "year" else "sentence"
            return value, "sentence"
        return str(year), reach

    def _months_since(self, groups: dict[str, str | None], year: int, issued: str | None) -> str | None:
        """From a month to that of the article, where both are known: 2021年3月以来."""
        if not groups["month"] or not issued or not issued[5:7]:
            return None
        first, last = f"{year}-{small_number(groups['month']):02d}", issued[:7]
        return f"{first}/{last}" if first < last else None

    def _months(self, groups: dict[str, str | None], *, prefix: str) -> tuple[int, int] | None:
        """The first and last month of the part of a year that `groups` name."""
        if groups[prefix + "part"]:
            return self._table.parts[str(groups[prefix + "part"])]
        if groups[prefix + "first"]:
            return 1, small_number(groups[prefix + "first"])
        if groups[prefix + "months"]:
            return small_number(groups[prefix + "m1"]), small_number(groups[prefix + "m2"])
        return None

    def _plan(self, during: str | None, first: int, last: int, issued: str | None) -> tuple[str | None, str]:
        """A five-year plan, its end, or the time since it began."""
        words = self._table.words
        if during in words.ends:
            return str(last), "paragraph"
        if during in words.since:
            since = years_since(first, issued, plan=last)
            return (since, "paragraph") if since else (None, "unknown")
        return f"{first}/{last}", "paragraph"
