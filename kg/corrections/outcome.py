"""What comes of corrections."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.corrections.model import Placed
from kg.linking import Linked
from kg.types import Claim, Extraction, Observation

ADDED = "correction/add"
"""The rule of claims that a person has added; their confidence is 1."""

Fact = Claim | Observation
Place = tuple[str, str, str | None]
"""Class, name and code of a thing."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a correction. `problem` says why it was not applied, or is empty.

    `things` are the paths of what it is about, `facts` the claims and observations that it rejected or added
    with the ids of their articles, `note` what else it led to.
    """

    placed: Placed
    problem: str = ""
    note: str = ""
    things: tuple[str, ...] = ()
    facts: tuple[tuple[str, Fact], ...] = ()

    def line(self) -> str:
        """The outcome for a reader, on one line."""
        return f"{self.placed.place}: {self.placed.words()}: {self.problem or self.note or 'applied'}"


@dataclass(frozen=True, slots=True)
class Corrected:
    """What was read and linked, as corrected, and what came of each correction."""

    extractions: tuple[Extraction, ...]
    linked: Linked
    outcomes: tuple[Outcome, ...] = ()


@dataclass(slots=True)
class Step:
    """A correction on its way."""

    placed: Placed
    problem: str = ""
    note: str = ""
    things: list[int] = field(default_factory=list)
    facts: list[tuple[str, Fact]] = field(default_factory=list)
