"""What a build found, article by article: the contents of report.json."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from kg import __version__
from kg.corrections.outcome import Outcome
from kg.iris import KG, RDF
from kg.scheme import Scheme
from kg.types import Extraction

PACKAGE = "citykg"
_ENDS = (RDF + "subject", RDF + "predicate", RDF + "object")


@dataclass(frozen=True, slots=True, order=True)
class Failure:
    """An article that could not be read, and why."""

    file: str
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a build. `data` is what report.json holds; the rest is for whoever called."""

    data: dict[str, Any]
    failures: tuple[Failure, ...]
    outcomes: tuple[Outcome, ...] = ()

    @property
    def totals(self) -> dict[str, Any]:
        """Counts over the whole graph."""
        totals: dict[str, Any] = self.data["totals"]
        return totals

    def text(self) -> str:
        """The report as JSON, without clock or machine, so that equal builds have equal reports."""
        return json.dumps(self.data, ensure_ascii=False, indent=1) + "\n"


def make_report(
    extractions: Sequence[Extraction],
    failures: Iterable[Failure],
    triples: Iterable[Triple],
    *,
    scheme: Scheme,
    outcomes: Sequence[Outcome] = (),
) -> Report:
    """The report of a build that read `extractions` into `triples`; `outcomes` are those of its corrections."""
    failures = tuple(sorted(failures))
    data = {
        "tool": {"name": PACKAGE, "version": __version__},
        "totals": _totals(extractions, failures, triples, scheme),
        "articles": [_article(extraction) for extraction in extractions],
        "failed": [{"file": failure.file, "message": failure.message} for failure in failures],
        "corrections": [_correction(outcome) for outcome in outcomes],
    }
    return Report(data, failures, tuple(outcomes))


def _correction(outcome: Outcome) -> dict[str, Any]:
    return {
        "file": outcome.placed.file,
        "line": outcome.placed.line,
        "correction": outcome.placed.words(),
        "applied": not outcome.problem,
        "note": outcome.problem or outcome.note,
    }


def _article(extraction: Extraction) -> dict[str, Any]:
    article, known = extraction.article, extraction.article.metadata
    return {
        "id": article.id,
        "file": article.file,
        "encoding": article.encoding,
        "title": known.title,
        "publisher": known.publisher,
        "authors": list(known.authors),
        "issued": known.issued,
        "place": known.place,
        "established": dict(sorted(known.reasons)),
        "entities": _counts(entity.kind for entity in extraction.entities),
        "relations": _counts(claim.predicate for claim in extraction.claims),
        "observations": _counts(observation.kind for observation in extraction.observations),
        "warnings": list(extraction.warnings),
        "unread": [{"begin": each.begin, "end": each.end, "text": each.text} for each in extraction.unread],
    }


def _totals(
    extractions: Sequence[Extraction], failures: Sequence[Failure], triples: Iterable[Triple], scheme: Scheme
) -> dict[str, Any]:
    """Things are counted once however many articles name them, by their class; relations however often claimed."""
    triples = list(triples)
    claims = _claims(triples)
    relations = set(claims)
    named = {triple.subject for triple in triples if triple.predicate.value == KG + "mentionedIn"}
    classes = {KG + each.name: scheme.lineage(each.name) for each in scheme.ontology.entities}
    deepest: dict[object, str] = {}
    for triple in triples:
        if triple.predicate.value == RDF + "type" and triple.subject in named and isinstance(triple.object, NamedNode):
            kind = triple.object.value
            before = deepest.get(triple.subject)
            if kind in classes and (before is None or _rank(classes, kind) < _rank(classes, before)):
                deepest[triple.subject] = kind
    return {
        "articles": len(extractions),
        "failed": len(failures),
        "entities": len(deepest),
        "relations": len(relations),
        "claims": len(claims),
        "observations": sum(len(extraction.observations) for extraction in extractions),
        "triples": len(triples),
        "by_class": _counts(kind.removeprefix(KG) for kind in deepest.values()),
        "by_relation": _counts(predicate for _, predicate, _ in relations),
    }


def _claims(triples: Iterable[Triple]) -> list[tuple[str, str, str]]:
    """Subject, relation and object of every claim."""
    ends: dict[str, dict[str, str]] = {}
    for triple in triples:
        if triple.predicate.value in _ENDS and isinstance(triple.object, NamedNode | Literal):
            ends.setdefault(str(triple.subject), {})[triple.predicate.value] = triple.object.value
    subject, relation, target = _ENDS
    return [(said[subject], said[relation].removeprefix(KG), said[target]) for said in ends.values()]


def _rank(classes: dict[str, tuple[str, ...]], kind: str) -> tuple[int, str]:
    return (-len(classes[kind]), kind)


def _counts(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))
