"""What the documents show is what happens: their commands are run, their files and links are there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from transcripts import Step, differences, run_blocks

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "ontology").rglob("*.md")])
NAMES = [str(path.relative_to(ROOT)) for path in DOCUMENTS]
_LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)[^)]*\)")
_CODE = re.compile(r"^```.*?^```$|^ {4}.*?$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_TERM = re.compile(r'^(?:class|relation) = "(?:kg:)?(\w+)"', re.MULTILINE)
_TARGET = re.compile(r"\bmake ([a-z]+)\b")


@pytest.mark.parametrize("name", NAMES)
def test_commands_give_the_output_shown(name: str, tmp_path: Path) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    wrong = [
        f"$ {step.command}\n{line}"
        for _, written, found in run_blocks(text, tmp_path)
        for step, outcome in zip(written, found, strict=True)
        for line in differences(step, outcome)
    ]
    advice = f"{name} shows what is no longer so; run `make docs` and read the difference:"
    assert not wrong, "\n".join([advice, *wrong])
    mine = tmp_path / "mine"
    if mine.is_dir():
        assert failing_examples(mine) == (0, "")


def failing_examples(ontology: Path) -> tuple[int, str]:
    """Exit code and failures of the examples in the files of `ontology` that a document has added."""
    known = {path.stem for path in (ROOT / "ontology").rglob("*.toml")}
    added = [path.read_text(encoding="utf-8") for path in ontology.rglob("*.toml") if path.stem not in known]
    terms = " or ".join(sorted(term for text in added for term in _TERM.findall(text)))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_examples.py", "-k", terms],
        cwd=ROOT,
        env={**os.environ, "KG_ONTOLOGY": str(ontology)},
        capture_output=True,
        text=True,
    )
    return done.returncode, "" if done.returncode == 0 else done.stdout


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name: str) -> None:
    path = ROOT / name
    links = _LINK.findall(_CODE.sub("", path.read_text(encoding="utf-8")))
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("name", NAMES)
def test_make_knows_the_targets_named(name: str) -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    spoken = re.findall(r"`make (\w+)`|^ {4}make (\w+)|^make (\w+)", (ROOT / name).read_text("utf-8"), re.MULTILINE)
    assert {target for each in spoken for target in each if target} <= targets


def test_readme_opens_with_what_to_type() -> None:
    opening = "\n".join((ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:12])
    assert _TARGET.findall(opening) == ["graph", "test"]


@pytest.mark.parametrize(
    ("shown", "found", "wrong"),
    [
        ("Park 园区   27", "Park 园区  28", 0),
        ("Park 园区   27", "Park 园区  37", 1),
        ("Area  0.900  0.910", "Area  0.905  0.900", 0),
        ("Area  0.900", "Area  0.800", 1),
        ("常宁市  20.06  亿元", "常宁市  20.07  亿元", 1),
        ("────", "──────", 0),
        ("one", "one\ntwo", 1),
    ],
)
def test_comparison_is_tolerant_of_counts_alone(shown: str, found: str, wrong: int) -> None:
    assert len(differences(Step("kg", shown), Step("kg", found))) == wrong
