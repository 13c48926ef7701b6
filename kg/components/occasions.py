"""Occasions: when that came about which a claim says, where its sentence tells.

Adds ``kg:period`` to the claims of rule files that are `dated`, and drops those that lie ahead.
Requires ``doc._.claims``.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.components.doc import View
from kg.components.language import reader_of
from kg.figures.calendar import Period
from kg.figures.clauses import unread
from kg.figures.passages import PassageReader
from kg.figures.phrases import PhraseReader
from kg.figures.view import FigureView
from kg.lexicon.figures import FigureLexicon
from kg.rules import Rules
from kg.types import Claim

PERIOD = "period"
_EDGE = frozenset("，。；！？")


class Occasions:
    """Date the claims of a Doc."""

    def __init__(self, lexicon: FigureLexicon, rules: tuple[Rules, ...]) -> None:
        self.passages = PassageReader(lexicon, PhraseReader(lexicon))
        self.dated = frozenset(rule.relation for rule in rules if rule.dated)

    def __call__(self, doc: Doc) -> Doc:
        view = View(doc)
        if any(claim.predicate in self.dated for claim in view.claims):
            article = FigureView(view.clean, view.sentences, view.references, (), view.article.metadata.issued)
            rows = list(self.passages.periods(article, unread(view.text)))
            claims = (self.dating(view, claim, [row[3] for row in rows]) for claim in view.claims)
            doc._.claims = tuple(claim for claim in claims if not _ahead(claim, view.article.metadata.issued))
        return doc

    def dating(self, view: View, claim: Claim, periods: list[list[Period]]) -> Claim:
        """`claim` with the period that is named last before what it says ends, or else first after it."""
        if claim.predicate not in self.dated:
            return claim
        offsets = view.clean.offsets
        begin, end = (bisect_right(offsets, raw) - 1 for raw in (claim.evidence.begin, claim.evidence.end - 1))
        index = bisect_right([sentence.begin for sentence in view.sentences], begin) - 1
        known = [period for period in periods[index] if period.value]
        before = [period for period in known if period.begin <= end]
        after = [
            period for period in known if period.begin > end and not _EDGE.intersection(view.text[end : period.begin])
        ]
        chosen = before[-1:] or after[:1]
        if not chosen:
            return claim
        return replace(claim, qualifiers=tuple(sorted((*claim.qualifiers, (PERIOD, str(chosen[0].value))))))


def _ahead(claim: Claim, issued: str | None) -> bool:
    """Whether what is claimed is told for a year after the article's: it is planned, and has not come about."""
    return issued is not None and any(name == PERIOD and value[:4] > issued[:4] for name, value in claim.qualifiers)


@Language.factory("kg_occasions", assigns=["doc._.claims"], requires=["doc._.claims"])
def make_occasions(nlp: Language, name: str) -> Occasions:
    """The component as spaCy builds it."""
    knowledge = reader_of(nlp).knowledge
    return Occasions(knowledge.figures, knowledge.rules)
