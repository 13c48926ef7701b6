"""Figures that disagree: different values that articles give for one thing, indicator and period.

Both stay in the graph; here they are put side by side. Targets are compared with targets and results with
results, never one with the other.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from itertools import combinations

from pyoxigraph import Literal, NamedNode, QuerySolutions

from kg.store import LoadedGraph

_QUERY = """
PREFIX kg: <https://w3id.org/citykg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?observation ?subject ?label ?indicator ?period ?kind ?value ?unit ?plain ?base
       ?article ?title ?file ?begin ?end ?sentence ?confidence WHERE {
  ?observation a kg:Observation ; kg:subject ?subject ; kg:indicator/rdfs:label ?indicator ; kg:period ?period ;
    kg:kind ?kind ; kg:value ?value ; kg:unit ?unit ; kg:confidence ?confidence ; prov:wasDerivedFrom ?span .
  ?subject rdfs:label ?label .
  ?span nif:referenceContext ?article ; nif:beginIndex ?begin ; nif:endIndex ?end ; nif:anchorOf ?sentence .
  ?article dcterms:title ?title ; dcterms:source ?file .
  OPTIONAL { ?observation kg:normalizedValue ?plain ; kg:normalizedUnit ?base }
}"""


@dataclass(frozen=True, slots=True, order=True)
class Reading:
    """One value as an article has it; `begin` and `end` count the characters of its `file`."""

    file: str
    begin: int
    end: int
    value: str
    unit: str
    sentence: str
    title: str
    observation: str
    article: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Conflict:
    """What several articles say differently of one `indicator` of one thing in one period."""

    subject: str
    label: str
    indicator: str
    period: str
    kind: str
    readings: tuple[Reading, ...]


_Key = tuple[str, str, str, str, str, str]  # subject, its label, indicator, period, kind, unit


def find_conflicts(graph: LoadedGraph) -> tuple[Conflict, ...]:
    """The conflicts in `graph`, sorted by thing, indicator and period.

    Values agree where they are equal once rounded to what the less exact one says: 20.06 亿元 and 20.1 亿元 do.
    """
    groups: dict[_Key, list[tuple[Reading, Decimal, Decimal]]] = defaultdict(list)
    for key, reading, amount, step in _readings(graph):
        groups[key].append((reading, amount, step))
    return tuple(
        Conflict(subject, label, indicator, period, kind, tuple(sorted(reading for reading, _, _ in group)))
        for (subject, label, indicator, period, kind, _), group in sorted(groups.items())
        if any(_disagree(one, two) for one, two in combinations(group, 2))
    )


def _readings(graph: LoadedGraph) -> Iterator[tuple[_Key, Reading, Decimal, Decimal]]:
    """Each observation with what it is compared by, its amount, and the amount its last digit stands for."""
    solutions = graph.store.query(_QUERY)
    assert isinstance(solutions, QuerySolutions)
    for row in solutions:
        text = {
            variable.value: term.value
            for variable in solutions.variables
            if isinstance(term := row[variable], NamedNode | Literal)
        }
        value = Decimal(text["value"])
        amount = Decimal(text.get("plain", text["value"]))
        scale = amount / value if value else Decimal(1)
        exponent = value.as_tuple().exponent
        step = abs(scale) * Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
        reading = Reading(
            text["file"],
            int(text["begin"]),
            int(text["end"]),
            text["value"],
            text["unit"],
            text["sentence"],
            text["title"],
            text["observation"],
            text["article"],
            float(text["confidence"]),
        )
        about = (text["subject"], text["label"], text["indicator"], text["period"], text["kind"])
        yield (*about, text.get("base", text["unit"])), reading, amount, step


def _disagree(one: tuple[Reading, Decimal, Decimal], two: tuple[Reading, Decimal, Decimal]) -> bool:
    return one[0].article != two[0].article and abs(one[1] - two[1]) > max(one[2], two[2]) / 2


def write_text(conflicts: Sequence[Conflict]) -> str:
    """`conflicts` for people: each with its values, their sentences and where these stand."""
    return "".join(f"{line}\n" for conflict in conflicts for line in _lines(conflict))


def _lines(conflict: Conflict) -> Iterator[str]:
    yield f"{conflict.label} {conflict.indicator} {conflict.period} ({conflict.kind})  <{conflict.subject}>"
    for reading in conflict.readings:
        yield f"  {reading.value} {reading.unit}  “{reading.sentence}”"
        place = f"{reading.file}, characters {reading.begin}–{reading.end}"
        yield f"    《{reading.title}》, {place}, confidence {reading.confidence:.2f}"


def write_json(conflicts: Sequence[Conflict]) -> str:
    """`conflicts` as a JSON list."""
    return json.dumps([asdict(conflict) for conflict in conflicts], ensure_ascii=False, indent=2) + "\n"


CONFLICT_WRITERS: dict[str, Callable[[Sequence[Conflict]], str]] = {"text": write_text, "json": write_json}
