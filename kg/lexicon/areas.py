"""How divisions are named and pointed to: the models of ``areas.toml`` and ``regions.toml``."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, field_validator

from kg.lexicon.toml import Strict, load_toml


def _expression(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"not a regular expression: {value!r}: {error}") from None
    return value


Expression = Annotated[str, AfterValidator(_expression)]


class Level(Strict):
    """A level of division: the class it stands for and how far its short names can be trusted."""

    name: str
    class_: str = Field(alias="class")
    rank: int = Field(ge=0, le=5)
    short: str = "normal"

    @field_validator("short")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in ("strong", "normal", "weak"):
            raise ValueError(f"unknown value {value!r}; use strong, normal or weak")
        return value


class Suffixes(Strict):
    """Names below the county, which are known by their last word."""

    level: str
    suffixes: tuple[str, ...] = Field(min_length=1)
    generic: tuple[str, ...] = ()
    minimum: int = 1
    maximum: int = 6
    tagged_minimum: int = 1
    not_first: str = ""
    stop: str = ""
    unless: Expression = "(?!)"
    word_tags: frozenset[str] = frozenset()
    listed: Expression = "(?!)"  # behind an enumeration: its members are such places (前集、孔庄两个行政村)
    members: Expression = "(?!)"  # what a member that no table knows looks like
    peoples: Expression = "(?!)"  # what may stand before the suffix: 回族
    told: tuple[Expression, ...] = ()  # where a name stands that neither table nor tagger knows (位于溪口镇的)

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """Matches one suffix that is not part of a longer word."""
        suffixes = "|".join(map(re.escape, sorted(self.suffixes, key=lambda word: (-len(word), word))))
        return re.compile(f"(?:{suffixes})(?!{self.unless})")

    @cached_property
    def list_expression(self) -> re.Pattern[str]:
        """Matches an enumeration of such places and what says so."""
        return re.compile(rf"(?P<names>[^，。；：！？（）\n]+、[^，。；：！？（）\n]+?)(?:{self.listed})")

    @cached_property
    def told_expressions(self) -> tuple[re.Pattern[str], ...]:
        """Match the contexts of `told`, with the name as their group."""
        return tuple(re.compile(context) for context in self.told)

    @cached_property
    def member_expression(self) -> re.Pattern[str]:
        """Matches a member of an enumeration."""
        return re.compile(self.members)

    def stem(self, name: str) -> str:
        """`name` without its suffix and the people in it: 五顷塬 for 五顷塬回族乡; "" where that is too short."""
        match = self._stem.fullmatch(name)
        return match[1] if match else ""

    @cached_property
    def _stem(self) -> re.Pattern[str]:
        return re.compile(rf"(.{{2,}}?)(?:{self.peoples})?(?:{'|'.join(self.suffixes)})")

    def is_generic(self, name: str) -> bool:
        """Whether `name` is a common noun: 行政村, 特色小镇."""
        return name.endswith(self.generic)


class RegionForms(Strict):
    """How regions that no table has are named: places and abbreviations, then a suffix."""

    class_: str = Field(alias="class")
    suffixes: tuple[str, ...] = Field(min_length=1)
    directions: str
    prefixes: tuple[str, ...]
    borders: tuple[str, ...]
    abbreviations: str
    reject: Expression = "(?!)"
    unless: Expression = "(?!)"
    loose: frozenset[str] = frozenset()
    joiners: str = ""

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """Matches one suffix that is not part of a longer word."""
        suffixes = "|".join(map(re.escape, sorted(self.suffixes, key=lambda word: (-len(word), word))))
        return re.compile(f"(?:{suffixes})(?!{self.unless})")

    @cached_property
    def reject_expression(self) -> re.Pattern[str]:
        """Matches heads that are none: 甘南 is a prefecture."""
        return re.compile(self.reject)

    @cached_property
    def head(self) -> re.Pattern[str]:
        """Matches, at the end of a string, abbreviated provinces with directions: 大湘南, 湘赣边, 湘南湘西."""
        prefixes, borders = "|".join(self.prefixes), "|".join(self.borders)
        part = f"[{self.abbreviations}](?:[{self.directions}]{{1,2}}|[{self.abbreviations}]{{1,3}}(?:{borders})?)"
        return re.compile(f"(?:{prefixes})?(?:{part}、?)*{part}$")


class NameForms(Strict):
    """What tells a name from a word."""

    never: tuple[str, ...]
    needs_chain: frozenset[str]
    common: str
    cut: Expression
    not_before: Expression
    weak_not_before: Expression
    not_after: Expression
    water: Expression
    people: Expression = "(?!)"
    slogans: Expression = "(?!)"
    seats: Expression = "(?!)"
    place_tags: frozenset[str]
    holding_tags: frozenset[str]
    person_tags: frozenset[str]
    list_marks: str

    @cached_property
    def common_words(self) -> frozenset[str]:
        """Short names that are also words."""
        return frozenset(self.common.split())


class Alias(Strict):
    """Further names of the division `code`."""

    code: str
    names: tuple[str, ...] = Field(min_length=1)


class Deixis(Strict):
    """Forms that point to a division, by level: 我市, 全县."""

    name: str
    forms: tuple[str, ...] = Field(min_length=1)
    levels: tuple[str, ...] = Field(min_length=1)
    weight: float = 0.0


class Weights(Strict):
    """What a mention adds to the score of a division as the place of the article."""

    title: float
    byline: float
    heading: float
    full: float
    short: float
    province: float
    publisher: float
    given: float
    minimum: float
    share: float
    alone: float


class Areas(Strict):
    """All of ``areas.toml``."""

    level: tuple[Level, ...]
    township: Suffixes
    village: Suffixes
    region: RegionForms
    names: NameForms
    alias: tuple[Alias, ...] = ()
    deixis: tuple[Deixis, ...] = ()
    weights: Weights

    @cached_property
    def levels(self) -> dict[str, Level]:
        """Levels by name."""
        return {level.name: level for level in self.level}

    @cached_property
    def deictic_levels(self) -> dict[str, tuple[str, ...]]:
        """Each deictic form with the levels it may mean, nearest first."""
        return {form: deixis.levels for deixis in self.deixis for form in deixis.forms}


class Region(Strict):
    """A named region; the first name is its label. `within` is the code of the division that holds all of it."""

    names: tuple[str, ...] = Field(min_length=1)
    within: str | None = None


class Regions(Strict):
    """All of ``regions.toml``."""

    region: tuple[Region, ...]


def load_areas(path: Path) -> Areas:
    """The ``areas.toml`` at `path`. Raises DataError naming the place in it and the value."""
    return load_toml(path, Areas)
