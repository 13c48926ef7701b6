"""Measure single-article builds of the seeds against the gold graphs, and keep the floors.

python tests/floors.py            show every figure beside its floor
python tests/floors.py --update   raise the floors to what was measured
python tests/floors.py --update --lower --reason "why"   let floors fall, and write down why
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from kg.articles import read_article
from kg.evaluate import Evaluation, evaluate, load_gold
from kg.graph import build_graph
from kg.knowledge import load_knowledge
from kg.pipeline import Extractor
from kg.scheme import Scheme
from kg.store import graph_of

FOLDER = Path(__file__).parent
GOLD = FOLDER / "gold"
SEEDS = FOLDER.parent / "seeds"
FLOORS = FOLDER / "floors.json"
FIGURES = ("P", "R", "F1")
MARGIN = 0.01
"""How far below what was measured a floor lies: processors differ in the last bits of the tagger's scores."""
Rows = Mapping[str, Mapping[str, float]]


def measure() -> Rows:
    """The figures of all rows over the single-article builds of the seeds."""
    knowledge = load_knowledge()
    extractor = Extractor(knowledge)
    total = Evaluation()
    for gold in load_gold(GOLD):
        article = read_article(SEEDS / gold.article, lexicon=knowledge.article)
        scheme = Scheme(knowledge.ontology)
        triples = build_graph([extractor.extract(article)], scheme=scheme, divisions=knowledge.divisions)
        single = evaluate([gold], graph_of(triples), ontology=knowledge.folder)
        for row, tally in single.tallies.items():
            total.tallies[row].add(tally.right, tally.wrong, tally.missing)
    return total.rows()


def text_hash() -> str:
    """The SHA-256 of the seed texts and the gold files together."""
    digest = hashlib.sha256()
    for path in sorted([*SEEDS.glob("*.txt"), *GOLD.glob("*.json")]):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def load_floors() -> dict[str, Any]:
    """The floors as they are kept: ``{"texts": hash, "floors": {row: {figure: value}}, "lowered": [...]}``."""
    floors: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return floors


def fallen(rows: Rows, floors: Rows) -> list[str]:
    """One line for each figure below its floor."""
    return [
        f"{row} {figure}: {rows.get(row, {}).get(figure, 0.0):.3f} is below its floor of {floor:.3f}"
        for row, kept in floors.items()
        for figure, floor in kept.items()
        if rows.get(row, {}).get(figure, 0.0) < floor
    ]


@click.command()
@click.option("--update", is_flag=True, help="Write what was measured as the new floors.")
@click.option("--lower", is_flag=True, help="Let floors fall; needs --reason.")
@click.option("--reason", help="Why floors may fall; kept beside them.")
def main(*, update: bool, lower: bool, reason: str | None) -> None:
    """Show the figures of the seeds beside their floors, or move the floors."""
    rows = measure()
    kept = load_floors() if FLOORS.exists() else {"floors": {}, "lowered": []}
    for row, figures in rows.items():
        floor = kept["floors"].get(row, {})
        click.echo(f"{row:28}" + "".join(f"{f} {figures[f]:.3f} ({floor.get(f, 0):.3f})  " for f in FIGURES))
    below = fallen(rows, kept["floors"])
    if not update:
        raise SystemExit("\n".join(below) or 0)
    if below and not (lower and reason):
        raise SystemExit("\n".join([*below, "nothing written; to lower floors give --lower and --reason"]))
    lowered = kept["lowered"] + ([{"reason": reason, "figures": below}] if below else [])
    floors = {
        row: {figure: round(max(figures[figure] - MARGIN, 0.0), 3) for figure in FIGURES}
        for row, figures in rows.items()
    }
    text = json.dumps({"texts": text_hash(), "lowered": lowered, "floors": floors}, ensure_ascii=False, indent=1)
    FLOORS.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
