"""Regular expressions from word lists."""

from __future__ import annotations

import re
from collections.abc import Iterable


def alternatives(words: Iterable[str]) -> str:
    """A group that matches any of `words`, the longest first.

    >>> alternatives(["元", "元/月"])
    '(?:元/月|元)'
    """
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word) for word in ordered) + ")"


def ending(words: Iterable[str]) -> re.Pattern[str]:
    """Matches any of `words` at the end of a text, the longest first."""
    return re.compile(alternatives(words) + r"\Z")


def beginning(words: Iterable[str]) -> re.Pattern[str]:
    """Matches any of `words` at the beginning of a text, the longest first."""
    return re.compile(alternatives(words))
