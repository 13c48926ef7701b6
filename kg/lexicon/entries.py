"""What one entry of ``lexicon/names/`` says; `kg.lexicon.names` tells of the files."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from kg.errors import nearest
from kg.lexicon.toml import Strict

NEEDS = ("named", "proper", "specific", "none", "context")


def _known_need(value: str) -> str:
    if value not in NEEDS:
        raise ValueError(f"unknown value {value!r}{nearest(value, NEEDS) or '; use one of ' + ', '.join(NEEDS)}")
    return value


Need = Annotated[str, AfterValidator(_known_need)]


class Head(Strict):
    """Words that end a name, ``{key}`` for all of that set. `needs` says what must stand before them.

    ``proper``: a place, a quoted word or a word the tagger holds for a name;
    ``named``: the same, but the name of a place, a body or a person;
    ``specific``: any word that is not in the class's `generic`; ``none``: nothing;
    ``context``: nothing but what `accept` finds, or what stands around the name.
    `numbers` lets figures stand inside (年产5万吨铜箔项目).
    """

    words: tuple[str, ...] = Field(min_length=1)
    needs: Need = "specific"
    numbers: bool = False
    confidence: float = Field(default=0.85, ge=0, le=1)
    minimum: int = 1  # characters before the head
    maximum: int = 24
    not_before: tuple[str, ...] = ()  # the head is no head where one of these follows
    not_after: tuple[str, ...] = ()  # the name is none where one of these stands right before it
    accept: str = ""  # or what is searched before the head: enough where it is found, whatever it `needs`
    # Or what stands around the name, where it is ``specific``:
    before: str = ""  # matched right before it (投资5亿元建设的|光纤预制棒项目)
    after: str = ""  # matched right after it (光纤预制棒项目|总投资5亿元)
    told_unless: str = ""  # not where this is found in the name
    owners: tuple[str, ...] = ()  # names of these classes right before it or before 的 (华星集团的|光纤预制棒项目)
    cut_names: tuple[str, ...] = ()  # it begins after the last name of these classes, place, body or person inside
    reaches: tuple[str, ...] = ()  # it reaches back to a name of these in its clause (华星集团|退城进园项目)
    reaches_nouns: tuple[str, ...] = ()  # or of these, where no verb stands between
    reaches_unless: str = ""  # but not where this is found between them


class Pattern(Strict):
    """A context of names. `accept` and `reject` are searched in each name found."""

    name: str
    match: str
    accept: str = ""
    reject: str = ""
    confidence: float = Field(default=0.8, ge=0, le=1)
    minimum: int = 2
    maximum: int = 30
    keep: bool = False  # keep the words of `strip` on the name
    tags: tuple[str, ...] = ()  # where there is a tagger: a tag the first word of the name must have
    verbs: bool = False  # the name may begin with a verb
    cut_names: tuple[str, ...] = ()  # it begins after the last name of these classes, place, body or person inside


class Vocabulary(Strict):
    """Names that stand for themselves, where nothing longer is found.

    `before` and `after` are regular expressions that must match right before and after.
    A word ``{key}`` stands for all words of that set.
    """

    words: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    confidence: float = Field(default=0.7, ge=0, le=1)


class Tagged(Strict):
    """Words that the statistical tagger gives one of `tags`, where they and what stands around them fit."""

    name: str
    tags: tuple[str, ...]
    whole: bool = False  # not where the word ends in a place
    accept: str = ""
    reject: str = ""
    before: str = ""  # must match right before the word
    after: str = ""  # must match right after it
    confidence: float = Field(default=0.7, ge=0, le=1)


class Subclass(Strict):
    """A narrower class of names: those in which `accept` is found, or that one of `patterns` found.

    The first that fits counts.
    """

    class_: str = Field(alias="class")
    accept: str = ""
    patterns: tuple[str, ...] = ()


class Example(Strict):
    """A text and all names of the class that must be found in it: none makes it a negative example."""

    text: str
    names: tuple[str, ...] = ()
