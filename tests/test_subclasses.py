"""The narrower classes of policies and organizations."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.articles import read_bytes
from kg.errors import DataError
from kg.knowledge import default_folder, load_knowledge
from kg.lexicon.namefiles import load_names
from kg.pipeline import Extractor

EXTRACTOR = Extractor(load_knowledge())


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("青河县印发《青河县工业强县行动计划》。", "青河县工业强县行动计划", "PolicyDocument"),
        ("青河县出台加快茶产业发展的若干措施。", "加快茶产业发展的若干措施", "PolicyDocument"),
        ("青河县开展农村人居环境整治三年行动。", "农村人居环境整治三年行动", "PolicyProgramme"),
        ("青河县深入实施“三大提升”战略。", "三大提升战略", "PolicyProgramme"),
        ("项目由南京大学和江苏省农业科学院共同完成。", "南京大学", "University"),
        ("项目由南京大学和江苏省农业科学院共同完成。", "江苏省农业科学院", "ResearchInstitute"),
        ("据新华社报道，江苏省茶叶协会参加了活动。", "新华社", "MediaOutlet"),
        ("据新华社报道，江苏省茶叶协会参加了活动。", "江苏省茶叶协会", "Association"),
    ],
)
def test_subclass(text: str, name: str, kind: str) -> None:
    article = read_bytes(text.encode(), name="article.txt", lexicon=EXTRACTOR.knowledge.article)
    assert (name, kind) in {(entity.label, entity.kind) for entity in EXTRACTOR.extract(article).entities}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ('class = "Polcy"', "unknown class Polcy; did you mean Policy?"),
        ('class = "Park"', "Park is no subclass of Policy"),
        ('class = "PolicyDocument"\npatterns = ["titel"]', "unknown pattern titel; did you mean title?"),
    ],
)
def test_subclass_names_what_is_unknown(tmp_path: Path, row: str, message: str) -> None:
    text = (default_folder() / "lexicon/names/policy.toml").read_text(encoding="utf-8")
    (tmp_path / "policy.toml").write_text(f"{text}\n[[subclass]]\n{row}\n", encoding="utf-8")
    with pytest.raises(DataError, match=message.replace("?", r"\?")):
        load_names(tmp_path, EXTRACTOR.knowledge.ontology)
