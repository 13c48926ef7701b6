"""Parents: short names that a longer name of the article begins with, and that still name another thing.

华星电器 invests, and 华星电器（溧阳）有限公司 is what it founds: they are two where the short name is known
far and wide, where the article tells of it before it names the other, or where it says that one founded the other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg.components.doc import View
from kg.components.shortening import Shortening
from kg.lexicon.names import NameLexicon
from kg.types import Mention


class Family:
    """What one article says of the names of each class, each a pair of class and folded name."""

    def __init__(
        self,
        view: View,
        lexicons: Mapping[str, NameLexicon],
        groups: Mapping[tuple[str, str], Sequence[Mention]],
    ) -> None:
        self.text = view.text
        self.lexicons = lexicons
        self.groups = groups
        self.body = max((title.end for title in view.titles), default=0)

    def is_parent(self, shortening: Shortening, short: tuple[str, str], full: tuple[str, str]) -> bool:
        """Whether `short` names another thing than `full`, which may be its subsidiary."""
        if short[0] not in self.lexicons or short[1] not in full[1]:
            return False
        if shortening.aliases.apart and self.are_apart(shortening.aliases.apart, short, full):
            return True
        placed = shortening.aliases.parents and shortening.is_placed(short[1], full[1])
        return placed and (self.is_known(short) or self.begin(short) < self.begin(full))

    def are_apart(self, apart: str, short: tuple[str, str], full: tuple[str, str]) -> bool:
        """Whether the text says of both what `apart` looks for."""
        one, two = (re.escape(self.groups[key][0].name) for key in (short, full))
        return re.search(apart.replace("{short}", one).replace("{full}", two), self.text) is not None

    def is_known(self, key: tuple[str, str]) -> bool:
        """Whether a name is of the vocabulary of its class."""
        return self.groups[key][0].name in self.lexicons[key[0]].vocabulary_words

    def begin(self, key: tuple[str, str]) -> int:
        """Where below the headlines a name first stands."""
        return min((m.begin for m in self.groups[key] if m.begin >= self.body), default=len(self.text))
