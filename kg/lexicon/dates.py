"""How dates are written, and what words say about the year of writing: the table `dates` of `lexicon/article.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from kg.lexicon.toml import Strict


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of `words`, the longest first; one that never matches for no words."""
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word)))) or r"(?!)"


class Span(Strict):
    """Years that have a name, such as those of a five-year plan."""

    names: tuple[str, ...]
    first: int
    last: int


class Known(Strict):
    """What happened in a year that all the country knows."""

    words: tuple[str, ...]
    year: int


class Founding(Strict):
    """What anniversaries are counted from."""

    names: tuple[str, ...]
    year: int


class Era(Strict):
    """Words that came up in a year and were not written before; most texts with them are of the year `mostly`.

    `month` is that of `since` in which they came up: with a day from then on they tell of that year; 13: never.
    """

    words: tuple[str, ...]
    since: int
    mostly: int = 0
    month: int = 13

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Any of the words."""
        return re.compile(alternatives(self.words))


class Passed(Strict):
    """Words for a part of a year, and its last month."""

    words: tuple[str, ...]
    month: int


class Standing(Strict):
    """Words for a year of a span, and how many years after its first that is."""

    words: tuple[str, ...]
    offset: int


class Dates(Strict):
    """How dates are written, and which words place a year before, at or after the day of writing."""

    patterns: tuple[str, ...]
    meetings: tuple[str, ...]
    printed: tuple[str, ...]
    witness: tuple[str, ...]
    relative: tuple[str, ...]
    current: tuple[str, ...]
    last_year: tuple[str, ...]
    this_year_is: tuple[str, ...]
    last_year_is: tuple[str, ...]
    reviews: tuple[str, ...]
    plans: tuple[str, ...]
    ended: tuple[str, ...]
    not_ended: tuple[str, ...]
    looking_back: tuple[str, ...]
    parts: tuple[str, ...]
    grown: tuple[str, ...]
    averaged: tuple[str, ...]
    reported: tuple[str, ...]
    after_reached: tuple[str, ...]
    lots: tuple[str, ...]
    listing: tuple[str, ...]
    lists: tuple[str, ...]
    begun: tuple[str, ...]
    gatherings: tuple[str, ...]
    held: tuple[str, ...]
    today: tuple[str, ...]
    lapse: tuple[str, ...]
    compared: tuple[str, ...]
    year_ends: tuple[str, ...]
    rises: tuple[str, ...]
    past_limits: tuple[str, ...]
    before_coming: tuple[str, ...]
    after_coming: tuple[str, ...]
    ahead: tuple[str, ...]
    never_ahead: tuple[str, ...]
    foreseeing: tuple[str, ...]
    done: tuple[str, ...]
    finishing: tuple[str, ...]
    founded: tuple[str, ...]
    yearly: tuple[str, ...]
    after_day: tuple[str, ...]
    opening: tuple[str, ...]
    closing: tuple[str, ...]
    standing: tuple[Standing, ...]
    preparing: tuple[str, ...]
    reach: int
    passed: tuple[Passed, ...]
    spans: tuple[Span, ...]
    foundings: tuple[Founding, ...]
    eras: tuple[Era, ...]
    events: tuple[Known, ...]

    @cached_property
    def date_patterns(self) -> tuple[re.Pattern[str], ...]:
        """`patterns` as regular expressions with the groups y, m and d."""
        groups = {
            "{y}": r"(?P<y>(?:19|20)\d\d)",
            "{m}": r"(?P<m>1[0-2]|0?[1-9])",
            "{d}": r"(?P<d>3[01]|[12]\d|0?[1-9])",
        }
        compiled = []
        for pattern in self.patterns:
            source = re.escape(pattern)
            for name, group in groups.items():
                source = source.replace(re.escape(name), group)
            compiled.append(re.compile(rf"(?<!\d){source}(?!\d)"))
        return tuple(compiled)

    def without_never(self, text: str) -> str:
        """`text` without the words in which those of `ahead` stand by chance: 主要, 需要."""
        return self._never_pattern.sub("", text)

    @cached_property
    def _never_pattern(self) -> re.Pattern[str]:
        return re.compile(alternatives(self.never_ahead))

    @cached_property
    def yearly_pattern(self) -> re.Pattern[str]:
        """The works of a year, as they stand in its plan: 2016年计划投资, 2016年承担的; group 1 is the year."""
        return re.compile(rf"(?<!\d)((?:19|20)\d\d)年度?，?[^，。！？；\d]{{0,6}}?(?:{alternatives(self.yearly)})")

    @cached_property
    def meeting_pattern(self) -> re.Pattern[str]:
        """What follows the date of a speech or report: 在…会议上."""
        return re.compile(rf"[，\s]?[^，。！？]{{2,50}}?(?:{alternatives(self.meetings)})")

    @cached_property
    def printed_pattern(self) -> re.Pattern[str]:
        """A note in brackets that says when the article was printed: （原载《某报》2018年11月6日第3版）."""
        return re.compile(rf"（(?:{alternatives(self.printed)})[^（）]*）")

    @cached_property
    def visit_pattern(self) -> re.Pattern[str]:
        """A month in which somebody came to see, with groups `y` and `m`: 2022年9月，记者…."""
        month = r"(?P<y>(?:19|20)\d\d)年(?P<m>1[0-2]|0?[1-9])月(?:\d{1,2}日)?"
        return re.compile(rf"{month}[^。\d]{{0,6}}(?:{alternatives(self.witness)})")

    @cached_property
    def this_year_pattern(self) -> re.Pattern[str]:
        """Words that say which year is that of writing."""
        return _with_year(self.this_year_is)

    @cached_property
    def last_year_pattern(self) -> re.Pattern[str]:
        """Words that say which year was the last."""
        return _with_year(self.last_year_is)

    @cached_property
    def part_pattern(self) -> re.Pattern[str]:
        """What follows the figures of a year of which part is meant: 年上半年, 年3月."""
        number = r"(?:1[01]|[1-9])"  # not 12: the year has ended
        forms = (re.escape(form).replace(re.escape("{n}"), number) for form in self.parts)
        return re.compile("|".join(forms))

    @cached_property
    def passed_patterns(self) -> tuple[tuple[int, re.Pattern[str]], ...]:
        """For each part of this year reported on with figures, its last month: 今年上半年，实现产值20亿元."""
        current = alternatives(self.current)
        return tuple(
            (part.month, re.compile(rf"(?:{current})(?:{alternatives(part.words)})[^。！？；]{{0,40}}\d"))
            for part in self.passed
        )

    def span_pattern(self, span: Span, words: tuple[str, ...]) -> re.Pattern[str]:
        """`words` behind a name of `span` in one clause; group 1 is what stands before the name."""
        name = alternatives(span.names)
        return re.compile(rf"(.{{0,6}})[“‘]?(?:{name})[”’]?[^，。！？；]{{0,{self.reach}}}?(?:{alternatives(words)})")

    @cached_property
    def ending_pattern(self) -> re.Pattern[str]:
        """What says that something ends this year: 今年收官."""
        return re.compile(rf"(?:{alternatives(self.current)})[^，。！？；]{{0,6}}?(?:{alternatives(self.closing)})")

    @cached_property
    def lot_pattern(self) -> re.Pattern[str]:
        """Works of a lot or season of a year that begin: 2019年第二批重大项目集中开工."""
        lots = alternatives(self.lots)
        return re.compile(rf"(?:19|20)\d\d年度?(?:{lots})[^，。！？；]{{0,24}}?(?:{alternatives(self.begun)})")

    @cached_property
    def list_pattern(self) -> re.Pattern[str]:
        """The works planned for a year, of which something is on the list: 列入2013年计划."""
        lists = alternatives(self.lists)
        return re.compile(
            rf"(?:{alternatives(self.listing)})[^，。！？；\d]{{0,4}}((?:19|20)\d\d)年[^，。！？；]{{0,14}}?(?:{lists})"
        )

    @cached_property
    def gathering_pattern(self) -> re.Pattern[str]:
        """A gathering that bears its year: 2019中国·东山菜花旅游节, 2019年东山县集中签约仪式; group 1 is the year."""
        return re.compile(
            rf"(?<!\d)((?:19|20)\d\d)年?(?![\d\-.年月])[^，。！？；\d]{{2,30}}?(?:{alternatives(self.gatherings)})"
        )

    @cached_property
    def course_pattern(self) -> re.Pattern[str]:
        """A part of a year that has passed, its year unsaid: 上半年, 1—8月份."""
        words = alternatives(word for part in self.passed for word in part.words)
        return re.compile(rf"(?<![\d年])(?:截[至止])?(?:{words}|1[-—–~至]\d{{1,2}}月|前\d{{1,2}}个?月)")

    @cached_property
    def risen_pattern(self) -> re.Pattern[str]:
        """What is compared with the end of a year, group 1: 较2023年末净增."""
        compared, ends = alternatives(self.compared), alternatives(self.year_ends)
        return re.compile(rf"(?:{compared})((?:19|20)\d\d)(?:{ends})[^，。；]{{0,4}}?(?:{alternatives(self.rises)})")

    @cached_property
    def finishing_pattern(self) -> re.Pattern[str]:
        """Behind a year, what is finished or begun in it at the end of a clause: 年9月投产，."""
        return re.compile(rf"年(?:\d{{1,2}}月|[上下]半年|[底初末])?(?:{alternatives(self.finishing)})(?=[，。；）])")

    @cached_property
    def held_pattern(self) -> re.Pattern[str]:
        """Words that say that a gathering takes place."""
        return re.compile(alternatives(self.held))

    @cached_property
    def lapse_pattern(self) -> re.Pattern[str]:
        """A sentence that begins with the years gone by, group 1 their number: 三年多来."""
        return re.compile(rf"([二两三四五六七八九十]{{1,2}}|\d{{1,2}})(?:{alternatives(self.lapse)})")

    @cached_property
    def founding_patterns(self) -> tuple[tuple[int, re.Pattern[str]], ...]:
        """For each founding its year and its anniversaries: group 1 is the number, group 2 what is counted."""
        count = r"([1-9]\d{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一]?百(?:一十|二十)?)"
        return tuple(
            (founding.year, re.compile(rf"(?:{alternatives(founding.names)})(?:以来)?的?{count}(周年|载|年)"))
            for founding in self.foundings
        )


def _with_year(forms: tuple[str, ...]) -> re.Pattern[str]:
    sources = (re.escape(form).replace(re.escape("{y}"), r"(?:19|20)\d\d") for form in forms)
    return re.compile("|".join(sources))
