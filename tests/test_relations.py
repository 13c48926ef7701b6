"""Claims keep to the ends that the ontology gives their relation, whatever a rule file says."""

from __future__ import annotations

import shutil
from pathlib import Path

from kg.articles import read_bytes
from kg.knowledge import default_folder, load_knowledge
from kg.pipeline import Extractor

RULE = """relation = "kg:issuedBy"

[[default]]
name = "wrong-end"
of = "subject"
kinds = ["Policy"]
topic = ["Park"]
"""


def test_a_default_cannot_break_the_range_of_its_relation(tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    shutil.copytree(default_folder(), folder)
    (folder / "rules" / "issuedBy.toml").write_text(RULE, encoding="utf-8")
    knowledge = load_knowledge(folder)
    text = "岳阳经济技术开发区出台《招商引资奖励办法》。"
    article = read_bytes(text.encode(), name="news.txt", lexicon=knowledge.article)
    extraction = Extractor(knowledge).extract(article)
    assert {entity.kind for entity in extraction.entities} >= {"Park", "PolicyDocument"}
    assert [claim for claim in extraction.claims if claim.predicate == "issuedBy"] == []
