"""How far periods govern: which one is in force in a sentence, and which is that of a figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.figures.calendar import Period
from kg.figures.joints import MARK
from kg.figures.patterns import alternatives
from kg.figures.quantities import Quantity
from kg.figures.view import Figure, Passage
from kg.lexicon.figures import FigureLexicon

RANGE = re.compile(r"(\d{4})/(\d{4})")


class Scope:
    """The period that governs a sentence which names none: its paragraph's, else its section's last year."""

    def __init__(self) -> None:
        self._block = -1
        self._section: str | None = None
        self._paragraph: str | None = None
        self._article: str | None = None
        self._title: str | None = None
        self.heading = ""

    @property
    def running(self) -> str | None:
        """The period in force."""
        return self._paragraph or self._section or self._title

    @property
    def last(self) -> str | None:
        """The period that a word such as 全年 goes back to: the one in force, else the article's last."""
        return self.running or self._article

    def enter(self, block: int, *, heading: str = "") -> None:
        """Begin a sentence of `block`; the words of a heading begin a new section."""
        if heading:
            self._section = self._paragraph = None
            self.heading = heading
        if block != self._block:
            self._paragraph = None
        self._block = block

    def report(self, periods: Sequence[Period]) -> None:
        """Take up of what the title says that all of the article reports: 某县2013年统计公报."""
        values = (period.value for period in periods if period.reach in ("year", "part"))
        self._title = self._title or next(values, None)

    def note(self, periods: Sequence[Period]) -> None:
        """Take up what the periods of the sentence leave in force."""
        for period in periods:
            if period.reach == "year":
                self._article = self._section = self._paragraph = period.value
            elif period.reach == "part":
                self._section = self._paragraph = period.value
                self._article = period.value[:4] if period.value else None
            elif period.reach == "paragraph":
                self._paragraph = period.value
            elif period.reach == "day" and self.running in (None, self._title):
                self._section = self._paragraph = period.value
            elif period.reach == "moment" and self.running is None:
                self._paragraph = period.value


class FigureDater:
    """Gives figures their periods."""

    def __init__(self, lexicon: FigureLexicon) -> None:
        words = lexicon.periods.words
        self._averaged = re.compile(alternatives(words.averaged))
        self._yearly = tuple(words.yearly)
        self._plans = {str(last): f"{first}/{last}" for first, last in lexicon.periods.plans.values()}
        self._joints = frozenset((*lexicon.phrases.joints, MARK))
        self._growth, self._share = lexicon.figures.change.noun, lexicon.figures.ratio.unit

    def yearly(self, figure: Figure) -> bool:
        """Whether a figure is planned for a year, and so of all of it."""
        return figure.unit != self._share and any(word in figure.indicator for word in self._yearly)

    def dated(self, passage: Passage, figure: Figure, issued: str | None) -> Figure:
        """The figure with its period; what lies after the article's year is a target."""
        if figure.period:
            return figure
        value = self._fitted(passage, figure, _period(passage, figure, issued))
        stated = any(period.value == value for period in passage.periods)
        if figure.kind == "target" and not stated and value and issued and value.rsplit("/", 1)[-1][:4] < issued[:4]:
            return figure
        later = bool(value and issued and value[:4] > issued[:4])
        if later and figure.kind == "change" and figure.value > 0:
            return replace(figure, period=value, kind="target", indicator=figure.indicator + self._growth)
        return replace(figure, period=value, kind="target" if later and figure.kind == "actual" else figure.kind)

    @staticmethod
    def end(passage: Passage, quantity: Quantity, *, first: bool) -> str | None:
        """The year of a level that moved over the years that govern it: 2012年到2021年，…由98亿元增至205亿元.

        The `first` of two levels is of the year that opens the range, where the text says it; the other of the last.
        """
        before = [p for p in passage.periods if p.end <= quantity.begin and p.reach not in ("none", "item")]
        value = before[-1].value if before else passage.running
        found = RANGE.fullmatch(value or "")
        if not found:
            return None
        if first:
            said = any(p.value == value and passage.text.startswith(found[1], p.begin) for p in before)
            return found[1] if said else None
        return found[2]

    def dealt(self, passage: Passage, figures: Sequence[Figure]) -> Sequence[Figure]:
        """Figures of one name, one for each year named before them: 2020年和2021年产值为2亿元和3亿元."""
        if len(figures) < 2 or len({(figure.indicator, figure.period) for figure in figures}) > 1:
            return figures
        years = self._years(passage, figures[0])
        if len(years) != len(figures):
            return figures
        return [replace(figure, period=year) for figure, year in zip(figures, years, strict=True)]

    def _years(self, passage: Passage, figure: Figure) -> list[str]:
        """The years that the period of `figure` runs over, or those listed with it."""
        if found := RANGE.fullmatch(figure.period or ""):
            return [str(year) for year in range(int(found[1]), int(found[2]) + 1)]
        listed = [period for period in passage.periods if period.end <= figure.end and period.reach != "none"]
        years: list[str] = []
        for period, following in zip(reversed(listed), [None, *reversed(listed)], strict=False):
            apart = following and passage.text[period.end : following.begin] not in self._joints
            if apart or not period.value or len(period.value) != len("2016"):
                break
            years.insert(0, period.value)
        return years

    def _fitted(self, passage: Passage, figure: Figure, value: str | None) -> str | None:
        """The period cut to the year for what is planned by the year, drawn out to the plan for a yearly mean."""
        if value is None:
            return None
        if self.yearly(figure):
            return value[:4]
        before = max((item.end for item in passage.items if item.end <= figure.end - 1), default=0)
        words = passage.text[min(max(before, passage.sentence.begin), figure.begin) : figure.end]
        return self._plans.get(value, value) if self._averaged.search(words) else value


def _period(passage: Passage, figure: Figure, issued: str | None) -> str | None:
    """The last period named before the figure, else one that follows in its clause, else the one in force."""
    value, named = passage.running, False
    for period in passage.periods:
        if period.end > figure.end or period.reach == "none":
            continue
        if period.reach == "item" and any(period.end <= i.begin < i.end <= figure.begin for i in passage.items):
            if period.value == value and issued:  # 由去年的200吨提高到350吨: now
                value = issued[:4]
            continue
        value, named = period.value, True
    if named:
        return value
    end = passage.clauses.around(figure.end - 1)[1]
    behind = (p for p in passage.periods if figure.end <= p.begin < end and p.reach not in ("none", "item"))
    return next((p.value for p in behind if p.value and issued and p.value <= issued), value)
