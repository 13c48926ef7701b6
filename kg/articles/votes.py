"""What speaks for a year of writing, and how much."""

from __future__ import annotations

import re
from dataclasses import dataclass

# What a vote weighs: said outright, strong, fair, weak.
OUTRIGHT, SETTLED, STRONG, FAIR, WEAK = 12.0, 6.0, 3.0, 2.5, 1.0
# A day named without its year.
DAY = re.compile(r"(?<![\d年])(?:1[0-2]|[1-9])月(?:3[01]|[12]\d|[1-9])日")
# Fewer characters than this make a heading or the first lines of a text.
HEADING = 45
OPENING = 200


@dataclass(frozen=True, slots=True)
class Vote:
    """That the words at [begin, end) speak for `year`, and why."""

    year: int
    weight: float
    begin: int
    end: int
    reason: str
    planned: bool = False
