"""When two names are one thing: the model of ``lexicon/linking.toml``, which says what its keys mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from pydantic import Field, field_validator, model_validator

from kg.errors import DataError, nearest
from kg.lexicon.areas import Expression
from kg.lexicon.toml import Strict, load_toml
from kg.ontology import Ontology

DECIDED = "decided"
"""The rule of joins that a person has decided."""

RULES = ("same-code", "same-name", "same-form", "place-left-out", "other-name", "short-name", "in-article", DECIDED)
"""The rules that the engine knows, in the order in which it prefers them."""

PLACES = ("equal", "nested", "name")


def _one_of(value: str, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise ValueError(f"unknown value {value!r}{nearest(value, choices) or '; use one of ' + ', '.join(choices)}")
    return value


class Rule(Strict):
    """Why two names are one: what the graph says of it, and how often such a join is right."""

    name: str
    confidence: float = Field(ge=0, le=1)
    zh: str
    en: str


class Mark(Strict):
    """A part of a name that tells things apart wherever it stands: a phase, a year. Group 1 is compared."""

    name: str
    en: str
    match: Expression

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """`match`, compiled."""
        return re.compile(self.match)


class NameRule(Strict):
    """What the names of some classes are made of, and when two are one."""

    classes: tuple[str, ...] = ()
    place: str = "name"
    nation: dict[str, str] = Field(default_factory=dict)
    bearing: str = "any"
    apart: tuple[str, ...] = ()
    apart_if: Expression = "(?!)"
    distinctive: int = 99
    depth: int = 0
    known: bool = False
    forms: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    weak: tuple[str, ...] = ()
    complete: Expression = "(?!)"
    wordings: dict[str, str] = Field(default_factory=dict)
    trades: bool = False
    short: bool = False
    aliases: bool = False
    levels: Expression = "(?!)"
    dated: Expression = "(?!)"
    one: tuple[str, ...] = ()
    tied_by: str = ""
    leading: Expression = "(?!)"

    @field_validator("place")
    @classmethod
    def _known_place(cls, value: str) -> str:
        return _one_of(value, PLACES)

    @field_validator("bearing")
    @classmethod
    def _known_bearing(cls, value: str) -> str:
        return _one_of(value, ("any", "more"))

    @field_validator("apart")
    @classmethod
    def _known_rules(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_one_of(each, RULES) for each in value)

    @cached_property
    def common(self) -> Callable[[str], bool]:
        """Whether a name is one that many things have."""
        return _searcher(self.apart_if)

    @cached_property
    def leads(self) -> Callable[[str], bool]:
        """Whether a body of this name, less its place, stands for its place."""
        return _searcher(self.leading)


def _searcher(text: str) -> Callable[[str], bool]:
    expression = re.compile(text)
    return lambda name: expression.search(name) is not None


class Linking(Strict):
    """All of ``linking.toml``."""

    rule: tuple[Rule, ...]
    mark: tuple[Mark, ...] = ()
    mark_words: dict[str, str] = Field(default_factory=dict)
    class_: tuple[NameRule, ...] = Field(default=(), alias="class")

    @model_validator(mode="after")
    def _whole(self) -> Linking:
        names = tuple(rule.name for rule in self.rule)
        if missing := [name for name in RULES if name not in names]:
            raise ValueError(f"no [[rule]] named {missing[0]}")
        for name in names:
            _one_of(name, RULES)
        return self

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """Rules by name."""
        return {rule.name: rule for rule in self.rule}

    @cached_property
    def by_class(self) -> dict[str, NameRule]:
        """The rules of names by class."""
        return {name: entry for entry in self.class_ for name in entry.classes}


def load_linking(path: Path, ontology: Ontology) -> Linking:
    """The ``linking.toml`` at `path`. Raises DataError naming the place in it and the nearest choice."""
    linking = load_toml(path, Linking)
    for entry in linking.class_:
        for name in entry.classes:
            if name not in ontology.classes:
                raise DataError(f"{path}: unknown class {name}{nearest(name, ontology.classes)}")
        if entry.tied_by and entry.tied_by not in ontology.properties:
            raise DataError(f"{path}: unknown relation {entry.tied_by}{nearest(entry.tied_by, ontology.properties)}")
    return linking
