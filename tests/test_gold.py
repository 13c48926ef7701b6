"""The figures of the seed articles do not fall below their floors (see tests/floors.py)."""

from __future__ import annotations

from floors import fallen, load_floors, measure, text_hash


def test_texts_are_those_the_floors_were_measured_on() -> None:
    assert load_floors()["texts"] == text_hash()


def test_no_figure_is_below_its_floor() -> None:
    floors = load_floors()["floors"]
    assert len(floors) > 20
    assert fallen(measure(), floors) == []


def test_a_fallen_figure_is_named() -> None:
    rows = {"entities": {"P": 0.5, "R": 0.5, "F1": 0.5}}
    assert fallen(rows, {"entities": {"F1": 0.6}}) == ["entities F1: 0.500 is below its floor of 0.600"]
