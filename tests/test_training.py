"""Names that are learned from annotated text, and the text."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.annotated import MODEL, RECORD, Annotated, parse_annotated, read_annotated, record
from kg.articles import read_article
from kg.cli import main
from kg.components.doc import View
from kg.components.features import see
from kg.components.recognizer import RULE, spans
from kg.errors import DataError
from kg.knowledge import default_folder, load_knowledge
from kg.pipeline import Extractor
from kg.training import labels
from kg.types import Word

CLASSES = frozenset({"Enterprise", "Area"})
FOLDER = default_folder() / "annotated"


def test_marks_are_taken_out() -> None:
    found = parse_annotated(
        "[东山县](Area)引进了[远航](Enterprise)、“[海川](Enterprise)”。", where="x:1", classes=CLASSES
    )
    assert found.text == "东山县引进了远航、“海川”。"
    assert [(found.text[begin:end], kind) for begin, end, kind in found.names] == [
        ("东山县", "Area"),
        ("远航", "Enterprise"),
        ("海川", "Enterprise"),
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("[远航](Entreprise)投产。", "a.txt:2: unknown class Entreprise of 远航; did you mean Enterprise?"),
        (
            "[远航](Enterprise)和[海川投产。",
            "a.txt:2: 远航和[海川投产。: a bracket by itself; write names as [name](Class)",
        ),
    ],
)
def test_slips_are_told(line: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"# of this file\n{line}\n", "utf-8")
    with pytest.raises(DataError) as error:
        list(read_annotated(tmp_path, classes=CLASSES))
    assert str(error.value) == f"{tmp_path}/{message}"


def test_quotation_marks_are_left_out() -> None:
    text = "引进“远航”公司"
    seen = see(text, 0, len(text), [Word(0, 2, "v"), Word(2, 6, "nz"), Word(6, 8, "n")])
    assert [text[at] for at in seen.offsets] == ["引", "进", "远", "航", "公", "司"]
    assert ["q" in each for each in seen.features] == [False, False, True, False, False, False]
    assert "hd=公司" in seen.features[2]
    assert "pw=引进" in seen.features[3]


def test_labels_are_of_characters() -> None:
    paragraph = Annotated("远航海川投产", ((0, 2, "Enterprise"), (2, 4, "Enterprise")))
    assert labels(paragraph, range(5)) == ["B-Enterprise", "I-Enterprise", "B-Enterprise", "I-Enterprise", "O"]
    assert list(spans(labels(paragraph, range(6)))) == [(0, 2, "Enterprise"), (2, 4, "Enterprise")]


def test_the_model_is_of_the_text() -> None:
    """`kg train` was run since the text or the features changed."""
    classes = frozenset(load_knowledge().ontology.classes)
    model = (FOLDER / MODEL).read_bytes()
    assert (FOLDER / RECORD).read_text("utf-8") == record(read_annotated(FOLDER, classes=classes), model)


def test_equal_text_gives_equal_models(tmp_path: Path) -> None:
    models = []
    for name in ("a", "b"):
        folder = ontology(tmp_path / name, "[远航](Enterprise)落户[东山县](Area)。\n" * 3)
        assert CliRunner().invoke(main, ["train", "--ontology", str(folder)]).exit_code == 0
        models.append((folder / "annotated" / "names.crfsuite").read_bytes())
    assert models[0] == models[1]


def test_names_are_learned(tmp_path: Path) -> None:
    """A name that no grammar tells is found in the context in which others were marked."""
    names = [colour + bird for colour in "青白赤玄金" for bird in "鸾鹭鹰雀鸢"]
    folder = ontology(tmp_path, "\n".join(f"当日，[{name}](Enterprise)在园中宣布搬迁。" for name in names))
    article = tmp_path / "article.txt"
    article.write_text("当日，紫燕在园中宣布搬迁。", "utf-8")

    def learned() -> list[str]:
        knowledge = load_knowledge(folder)
        view = View(Extractor(knowledge).read(read_article(article, lexicon=knowledge.article)))
        return [mention.name for mention in view.mentions if mention.rule == f"Enterprise/{RULE}"]

    assert learned() == []
    assert CliRunner().invoke(main, ["train", "--ontology", str(folder)]).exit_code == 0
    assert learned() == ["紫燕"]


@pytest.mark.parametrize("content", [None, b"", b"broken", b"half"])
def test_a_damaged_model_is_told(content: bytes | None, tmp_path: Path) -> None:
    folder = ontology(tmp_path, "")
    model = folder / "annotated" / MODEL
    whole = model.read_bytes()
    model.unlink()
    if content is not None:
        model.write_bytes(whole[: len(whole) // 2] if content == b"half" else content)
    (tmp_path / "a.txt").write_text("东山县位于四川省。", "utf-8")
    done = CliRunner().invoke(main, ["build", str(tmp_path / "a.txt"), "-o", str(tmp_path), "--ontology", str(folder)])
    assert done.exit_code == 4
    assert "names.crfsuite: missing, damaged or not the one that names.json tells of; run kg train" in done.output


def test_text_that_has_changed_is_told(tmp_path: Path) -> None:
    folder = ontology(tmp_path, "[远航](Enterprise)投产。\n")
    done = CliRunner().invoke(main, ["validate", "--ontology", str(folder)])
    assert "the text has changed since names were learned from it; run kg train" in done.output


def ontology(folder: Path, text: str) -> Path:
    """A copy of the ontology folder with other annotated text."""
    copy = folder / "ontology"
    shutil.copytree(default_folder(), copy)
    for file in (copy / "annotated").glob("*.txt"):
        file.unlink()
    (copy / "annotated" / "text.txt").write_text(text, "utf-8")
    return copy


def test_slips_are_found_by_validate(tmp_path: Path) -> None:
    folder = ontology(tmp_path, "[远航](Enterprise)投产。\n[海川](Firm)投产。\n")
    done = CliRunner().invoke(main, ["validate", "--ontology", str(folder)])
    assert "text.txt:2" in done.output
    assert "unknown class Firm of 海川" in done.output


def test_no_text_is_told(tmp_path: Path) -> None:
    folder = ontology(tmp_path, "# nothing yet\n")
    done = CliRunner().invoke(main, ["train", "--ontology", str(folder)])
    assert done.exit_code == 4
    assert "no annotated text" in done.output
