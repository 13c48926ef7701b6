"""Observations read from an article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kg.figures.kinds import KindReader
from kg.figures.passages import PassageReader
from kg.figures.phrases import PhraseReader
from kg.figures.statements import StatementReader
from kg.figures.view import Figure, FigureView, Passage
from kg.lexicon.figures import FigureLexicon
from kg.types import Observation

Span = tuple[int, int]


class FigureReader:
    """Reads figures by the words of a lexicon."""

    def __init__(self, lexicon: FigureLexicon) -> None:
        phrases = PhraseReader(lexicon)
        self._passages = PassageReader(lexicon, phrases)
        self._statements = StatementReader(lexicon, phrases, self._passages)
        self._kinds = KindReader(lexicon)
        self._confidence = lexicon.figures.confidence

    def read(self, view: FigureView) -> tuple[tuple[Span, Observation], ...]:
        """All observations of the article with the clean spans of their evidence, in the order of the text."""
        return tuple(_once(self._all(view)))

    def _all(self, view: FigureView) -> Iterator[tuple[Span, Observation]]:
        self._statements.begin()
        kinds = {reference.entity: reference.kind for reference in view.references}
        for passage in self._passages.passages(view):
            for figure in self._statements.read(passage, issued=view.issued):
                subject = self._statements.subject(passage, figure)
                if subject is not None:
                    kind = self._kinds.of_thing(passage, figure, kinds.get(subject, ""))
                    yield self._observation(view, passage, replace(figure, kind=kind), subject)

    def _observation(
        self, view: FigureView, passage: Passage, figure: Figure, subject: str
    ) -> tuple[Span, Observation]:
        """A figure as an observation; its evidence reaches from its subject to the end of its clause."""
        begin = passage.clauses.around(figure.begin)[0]
        end = passage.clauses.around(figure.end - 1)[1]
        if figure.subject:
            begin, end = min(begin, figure.subject.begin), max(end, figure.subject.end)
        normalized: tuple[Decimal | None, str | None] = figure.normalized or (None, None)
        return (begin, end), Observation(
            subject=subject,
            indicator=figure.indicator,
            value=figure.value,
            unit=figure.unit,
            normalized_value=normalized[0],
            normalized_unit=normalized[1],
            period=figure.period,
            kind=figure.kind,
            evidence=view.clean.evidence(begin, end),
            rule=f"figure/{figure.rule}",
            confidence=self._confidence.named if figure.subject else self._confidence.topic,
        )


def _once(found: Iterator[tuple[Span, Observation]]) -> Iterator[tuple[Span, Observation]]:
    """Each fact once: of the same figure under the same name, the first."""
    seen: set[tuple[object, ...]] = set()
    for span, observation in found:
        key = (observation.subject, observation.indicator, observation.value, observation.unit, observation.kind)
        if key not in seen:
            seen.add(key)
            yield span, observation
