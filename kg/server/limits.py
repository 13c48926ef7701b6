"""How much one request, and all of them together, may take."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What a server allows.

    `seconds` is how long a query may run, `quick` how long it may run among the quick ones. `lanes` is how many
    run at once among the quick and among the slow ones, `at_once` how many requests run or wait at all.
    `memory`, `result` and `request` are bytes: of one query at work, of its result, of the body of a request.
    """

    seconds: float = 30.0
    quick: float = 0.5
    lanes: int = field(default_factory=lambda: max(2, os.cpu_count() or 1))
    at_once: int = 64
    memory: int = 1024 * MEGABYTE
    result: int = 16 * MEGABYTE
    request: int = MEGABYTE
