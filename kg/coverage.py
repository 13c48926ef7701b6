"""What was taken from each sentence of an article, and of the others why nothing was.

The tool with which an analyst finds what is missing: a name the lexicon does not know, a way of
saying a relation that no rule has, a rule that forbids too much.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.components.doc import View
from kg.markup import templates_in
from kg.ontology import Ontology
from kg.pipeline import Extractor
from kg.types import Article, Claim, Entity, Evidence, Observation

REASONS = {
    "no entity": "句中没有识别出实体",
    "no pattern": "有实体，但没有规则适用",
    "vetoed": "有规则适用，但被否决",
    "below confidence": "读出的事实置信度不足",
}
"""Why nothing was taken from a sentence, with the Chinese of each."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A name in a sentence; `begin` and `end` count from the sentence's first character."""

    begin: int
    end: int
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence: where it stands, its names, the facts read from it, or the reason why there are none."""

    evidence: Evidence
    text: str
    marks: tuple[Mark, ...]
    facts: tuple[str, ...]
    reason: str | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """All sentences of an article in order."""

    article: Article
    rows: tuple[Row, ...]

    @property
    def taken(self) -> int:
        """How many sentences gave a fact."""
        return sum(row.reason is None for row in self.rows)


def cover(extractor: Extractor, article: Article, *, min_confidence: float = 0.0) -> Coverage:
    """The coverage of `article`; facts below `min_confidence` do not count as taken."""
    view = View(extractor.read(article))
    ontology = extractor.knowledge.ontology
    entities = {entity.id: entity for entity in view.entities}
    facts = [(claim.evidence, claim.confidence, _claim(claim, entities, ontology)) for claim in view.claims]
    facts += [(each.evidence, each.confidence, _figure(each, entities)) for each in view.observations]
    rows = []
    for index, sentence in enumerate(view.sentences):
        evidence = view.clean.evidence(sentence.begin, sentence.end)
        here = [(confidence, text) for where, confidence, text in facts if evidence.begin <= where.begin < evidence.end]
        marks = tuple(
            Mark(r.begin - sentence.begin, r.end - sentence.begin, r.kind, entities[r.entity].label)
            for r in view.references
            if sentence.begin <= r.begin and r.end <= sentence.end
        )
        taken = tuple(text for confidence, text in here if confidence >= min_confidence)
        vetoes = [f"{veto.pattern}: {veto.word}" for veto in view.vetoes if veto.sentence == index]
        reason, detail = None, ""
        if not taken:
            reason, detail = _reason(marks, vetoes, [text for _, text in here])
        text = view.text[sentence.begin : sentence.end]
        rows.append(Row(evidence, text, marks, taken, reason, detail))
    return Coverage(article, tuple(rows))


def _reason(marks: tuple[Mark, ...], vetoes: list[str], doubted: list[str]) -> tuple[str, str]:
    if doubted:
        return "below confidence", "; ".join(doubted)
    if vetoes:
        return "vetoed", "; ".join(vetoes)
    return ("no pattern", "") if marks else ("no entity", "")


def _claim(claim: Claim, entities: dict[str, Entity], ontology: Ontology) -> str:
    relation = ontology.find_property(claim.predicate).label.zh
    value = entities[claim.object].label if claim.object in entities else claim.object
    ends = f"{entities[claim.subject].label} {relation} {value}"
    return f"{ends} ({claim.rule}, {claim.confidence:.2f})"


def _figure(observation: Observation, entities: dict[str, Entity]) -> str:
    period = f", {observation.period}" if observation.period else ""
    amount = f"{observation.value}{observation.unit} ({observation.kind}{period})"
    return f"{entities[observation.subject].label} {observation.indicator} {amount}"


def write_text(coverages: list[Coverage]) -> str:
    """Sentence by sentence as text: its raw offsets, its facts, or why there are none."""
    lines = []
    for coverage in coverages:
        lines.append(f"{coverage.article.file}: {coverage.taken} of {len(coverage.rows)} sentences")
        for row in coverage.rows:
            lines.append(f"[{row.evidence.begin}:{row.evidence.end}] {row.evidence.text}")
            lines += [f"    + {fact}" for fact in row.facts]
            if row.reason:
                lines.append(f"    - {row.reason}" + (f": {row.detail}" if row.detail else ""))
    return "\n".join(lines) + "\n"


def write_html(coverages: list[Coverage], *, ontology: Ontology) -> str:
    """The same as one HTML page, names marked in the colours of their classes."""
    page = templates_in(Path(__file__).parent / "view" / "assets").get_template("coverage.html.jinja")
    return page.render(coverages=coverages, reasons=REASONS, classes=ontology.classes, pieces=_pieces)


def _pieces(row: Row) -> list[tuple[str, Mark | None]]:
    """The sentence cut into plain text and names."""
    pieces: list[tuple[str, Mark | None]] = []
    position = 0
    for mark in row.marks:
        pieces += [(row.text[position : mark.begin], None), (row.text[mark.begin : mark.end], mark)]
        position = mark.end
    return [*pieces, (row.text[position:], None)]
