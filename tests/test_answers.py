"""The named questions on the seeds: what they answer is what is kept, and somebody has read it."""

from __future__ import annotations

import pytest
from answers import FOLDER, MARKS, NOBODY, Checked, answer_now, answers, read_answer, seed_graph
from questions import ROOT, document

from kg.knowledge import default_folder
from kg.query import load_queries
from kg.store import LoadedGraph

KEPT = {kept.name: kept for kept in answers()}
READ = 0.8
"""The share of rows that somebody must have looked up in the articles."""


@pytest.fixture(scope="module")
def seeds() -> LoadedGraph:
    return seed_graph()


def test_every_question_has_an_answer() -> None:
    assert set(KEPT) == set(load_queries(default_folder()))
    assert len(KEPT) >= 30


@pytest.mark.parametrize("kept", KEPT.values(), ids=KEPT.keys())
def test_answers_on_the_seeds(seeds: LoadedGraph, kept: Checked) -> None:
    now = answer_now(kept, seeds)
    advice = "run `python tests/answers.py --update`, read what changed, and mark it right or wrong"
    assert (now.columns, now.rows) == (kept.columns, kept.rows), advice


@pytest.mark.parametrize("name", sorted(KEPT))
def test_files_are_as_they_are_written(name: str) -> None:
    file = FOLDER / f"{name}.tsv"
    assert read_answer(file).text() == file.read_text(encoding="utf-8")


def test_answers_were_read() -> None:
    marks = [mark for kept in KEPT.values() for mark in kept.marks]
    assert set(marks) <= set(MARKS)
    assert sum(mark != NOBODY for mark in marks) >= READ * len(marks)


def test_the_document_is_current() -> None:
    assert (ROOT / "docs" / "queries.md").read_text(encoding="utf-8") == document(), "run `make docs`"
