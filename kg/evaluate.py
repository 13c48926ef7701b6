"""How good a graph is: precision, recall and F1 against what careful readers found.

Only what carries evidence counts: entities with kg:mentionedIn, claims and observations
with prov:wasDerivedFrom. docs/evaluation.md describes gold files and the measure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from kg.comparison import Measure, align, closure, load_measure
from kg.errors import InputError
from kg.findings import Figure, Findings, articles_of, read_findings
from kg.store import LoadedGraph

Edge = tuple[str, str]


class _Loose(BaseModel):
    """Gold files may carry notes that the measure does not read."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class GoldEntity(_Loose):
    """A thing of a gold file, with all names it may go by."""

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    resolved: tuple[str, ...] = ()
    optional: bool = False


class GoldFigure(_Loose):
    """A quantified statement of a gold file."""

    subject: str
    indicator: str
    value: float
    unit: str | None = None
    period: str | None = None
    kind: str = "actual"
    optional: bool = False


class RelationMarks(_Loose):
    """The fourth item of a relation of a gold file."""

    position: str | None = None
    optional: bool = False


class Gold(_Loose):
    """All that a careful reader puts into the graph of one article."""

    article: str
    entities: tuple[GoldEntity, ...]
    relations: tuple[tuple[str, str, str] | tuple[str, str, str, RelationMarks], ...]
    observations: tuple[GoldFigure, ...]


@dataclass(slots=True)
class Tally:
    """Right, wrong and missing."""

    right: int = 0
    wrong: int = 0
    missing: int = 0

    def add(self, right: int, wrong: int, missing: int) -> None:
        """Count more of each."""
        self.right += right
        self.wrong += wrong
        self.missing += missing

    def figures(self) -> dict[str, float]:
        """Precision, recall and F1 to three places, and the counts; 0.0 where nothing was to be had."""
        found, wanted = self.right + self.wrong, self.right + self.missing
        p = self.right / found if found else 0.0
        r = self.right / wanted if wanted else 0.0
        f1 = round(2 * p * r / (p + r), 3) if p + r else 0.0
        counts = {"tp": self.right, "fp": self.wrong, "fn": self.missing}
        return {"P": round(p, 3), "R": round(r, 3), "F1": f1, **counts}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Tallies by row, and what is missing (-) or wrong (+) as (article, row, what).

    `judged` has for each fact that the gold files decide on its confidence and whether it is right.
    """

    tallies: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    errors: list[tuple[str, str, str]] = field(default_factory=list)
    judged: list[tuple[float, bool]] = field(default_factory=list)

    def rows(self) -> dict[str, dict[str, float]]:
        """The figures of every row: overall ones first, then by class and relation."""
        order = sorted(self.tallies, key=lambda name: (":" in name, name))
        return {name: self.tallies[name].figures() for name in order}


def calibration(judged: Iterable[tuple[float, bool]]) -> list[tuple[str, int, float, float]]:
    """How often facts of a confidence are right: (band, facts, mean confidence, share right), surest first.

    >>> calibration([(0.95, True), (0.91, False), (0.62, True)])
    [('0.9-1.0', 2, 0.93, 0.5), ('0.6-0.7', 1, 0.62, 1.0)]
    """
    bands: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in judged:
        bands[min(int(confidence * 10 + 1e-9), 9)].append((confidence, right))
    return [
        (
            f"{band / 10:.1f}-{(band + 1) / 10:.1f}",
            len(facts),
            round(sum(confidence for confidence, _ in facts) / len(facts), 3),
            round(sum(right for _, right in facts) / len(facts), 3),
        )
        for band, facts in sorted(bands.items(), reverse=True)
    ]


def load_gold(path: Path) -> tuple[Gold, ...]:
    """The gold files that `path` names: one JSON file, or all of a folder in order of name."""
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    if not files:
        raise InputError(f"{path}: no gold files (*.json) in this folder")
    return tuple(map(_load, files))


def _load(path: Path) -> Gold:
    try:
        return Gold.model_validate_json(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = "".join(f"{part}: " for part in (".".join(map(str, first["loc"])),) if part)
        raise InputError(f"{path}: {place}{first['msg'].lower()}; see docs/evaluation.md") from None


def evaluate(golds: Iterable[Gold], graph: LoadedGraph, *, ontology: Path) -> Evaluation:
    """The figures of `graph` over the articles of `golds`, which it must all hold.

    Of a graph of several articles, what was read in the article of each gold file is compared.
    Raises InputError where an article is missing from the graph.
    """
    measure = load_measure(ontology)
    evaluation = Evaluation()
    files = articles_of(graph)
    for gold in golds:
        if gold.article not in files:
            raise InputError(f"{graph.source}: holds nothing of {gold.article}; build that article first")
        _compare(gold, read_findings(graph, files[gold.article], measure), measure, evaluation)
    return evaluation


def _compare(gold: Gold, found: Findings, measure: Measure, evaluation: Evaluation) -> None:
    names = {entity.id: (entity.type, (entity.name, *entity.aliases, *entity.resolved)) for entity in gold.entities}
    matched = align(names, found.entities, measure)
    _compare_entities(gold, found, matched, measure, evaluation)
    for relation in measure.relations:
        _compare_relation(relation, gold, found, matched, measure, evaluation)
    _compare_figures(gold, found, matched, measure, evaluation)


def _compare_entities(
    gold: Gold, found: Findings, matched: Mapping[str, str], measure: Measure, evaluation: Evaluation
) -> None:
    optional = {entity.id for entity in gold.entities if entity.optional}

    def count(kind: str, right: int, wrong: int, missing: int) -> None:
        for row in ("entities", f"entity:{kind}", *(["core entities"] if kind in measure.core else [])):
            evaluation.tallies[row].add(right, wrong, missing)

    for node, (kind, names) in sorted(found.entities.items()):
        identity = matched.get(node)
        if identity in optional:
            continue
        count(kind, identity is not None, identity is None, 0)
        if identity is None:
            evaluation.errors.append((gold.article, "entity +", f"{kind} {'/'.join(names[:3])}"))
    met = set(matched.values())
    for entity in gold.entities:
        if entity.id not in met and not entity.optional:
            count(entity.type, 0, 0, 1)
            evaluation.errors.append((gold.article, "entity -", f"{entity.type} {entity.name}"))


def _compare_relation(
    relation: str, gold: Gold, found: Findings, matched: Mapping[str, str], measure: Measure, evaluation: Evaluation
) -> None:
    optional = {entity.id for entity in gold.entities if entity.optional}
    symmetric, transitive = relation in measure.symmetric, relation in measure.transitive
    wanted, allowed = _wanted_edges(relation, gold, optional, symmetric=symmetric)
    # What matches no gold entity keeps its IRI in angle brackets, so that it is nothing of the gold file.
    got: dict[Edge, float] = {}
    for (s, name, o), sure in found.relations.items():
        if name == relation:
            edge = (matched.get(s, f"<{s}>"), matched.get(o, f"<{o}>"))
            got[edge] = max(got.get(edge, 0.0), sure)
    reach = set(got)
    if transitive:
        allowed = closure(allowed)
        reach = closure({edge for edge in got if not edge[0].startswith("<") and not edge[1].startswith("<")})
    if symmetric:
        reach = reach | {(b, a) for a, b in reach}
    hits = wanted & reach
    wrong = {edge for edge in got if edge not in allowed and not optional & set(edge)}
    evaluation.judged.extend((sure, edge in allowed) for edge, sure in got.items() if edge in allowed or edge in wrong)
    for row in ("relations", f"relation:{relation}"):
        evaluation.tallies[row].add(len(hits), len(wrong), len(wanted - hits))
    names = {entity.id: entity.name for entity in gold.entities}

    def label(end: str) -> str:
        return names.get(end) or found.name(end[1:-1]) + "?"

    for mark, edges in (("+", wrong), ("-", wanted - hits)):
        lines = sorted(f"{label(a)} {relation} {label(b)}" for a, b in edges)
        evaluation.errors.extend((gold.article, f"relation {mark}", line) for line in lines)


def _wanted_edges(relation: str, gold: Gold, optional: set[str], *, symmetric: bool) -> tuple[set[Edge], set[Edge]]:
    """The edges that must be found, and all that may be."""
    wanted: set[Edge] = set()
    allowed: set[Edge] = set()
    for each in gold.relations:
        if each[1] != relation:
            continue
        edge = (each[0], each[2])
        soft = (len(each) > 3 and each[3].optional) or bool(optional & set(edge))
        if not soft:
            wanted.add(edge)
        allowed |= {edge, edge[::-1]} if symmetric else {edge}
    return wanted, allowed


def _compare_figures(
    gold: Gold, found: Findings, matched: Mapping[str, str], measure: Measure, evaluation: Evaluation
) -> None:
    optional = {entity.id for entity in gold.entities if entity.optional}
    todo = sorted(gold.observations, key=lambda figure: figure.optional)
    for figure in found.figures:
        subject = matched.get(figure.subject)
        match = _take(todo, figure, subject, measure)
        if match is None:
            if subject not in optional:
                evaluation.tallies["observations"].add(0, 1, 0)
                what = f"{found.name(figure.subject)} {figure.indicator} {figure.value}{figure.unit} {figure.kind}"
                evaluation.errors.append((gold.article, "observation +", what))
                evaluation.judged.append((figure.confidence, False))
        elif not match.optional:
            evaluation.judged.append((figure.confidence, True))
            evaluation.tallies["observations"].add(1, 0, 0)
            if match.period:
                right = match.period == figure.period
                evaluation.tallies["observation periods"].add(right, not right, 0)
    names = {entity.id: entity.name for entity in gold.entities}
    for missed in todo:
        if not missed.optional and missed.subject not in optional:
            evaluation.tallies["observations"].add(0, 0, 1)
            subject_name = names.get(missed.subject, missed.subject)
            what = f"{subject_name} {missed.indicator} {missed.value}{missed.unit or ''} {missed.kind}"
            evaluation.errors.append((gold.article, "observation -", what))


def _take(todo: list[GoldFigure], figure: Figure, subject: str | None, measure: Measure) -> GoldFigure | None:
    """The first figure of `todo` that `figure` states; it is taken off the list."""
    amount = measure.quantity(figure.value, figure.unit)
    for place, wanted in enumerate(todo):
        if (
            wanted.subject == subject
            and measure.same_quantity(measure.quantity(wanted.value, wanted.unit or ""), amount)
            and (wanted.kind == "change") == (figure.kind == "change")
            and measure.similar(wanted.indicator, figure.indicator)
        ):
            return todo.pop(place)
    return None
