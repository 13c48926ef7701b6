"""Coordination: what joins the parts of a phrase."""

from __future__ import annotations

import re

from kg.figures.patterns import alternatives, ending
from kg.lexicon.figures import FigureLexicon

MARK = "、"


class Joints:
    """Finds where a phrase is joined, and parts it there."""

    def __init__(self, lexicon: FigureLexicon) -> None:
        words = lexicon.phrases
        self.words = (MARK, *words.joints)
        joints, whole = alternatives(words.joints), alternatives(words.whole)
        self._words = re.compile(f"{whole}|(?P<joint>{joints})")
        self._marks = re.compile(f"{whole}|(?P<joint>{MARK}|{joints})")
        self._end, self._whole_end = ending(self.words), ending(words.whole)

    def strip(self, text: str) -> str:
        """`text` without the joint it ends in."""
        return text if self._whole_end.search(text) else self._end.sub("", text)

    def open(self, text: str) -> bool:
        """Whether `text` ends in a joint."""
        return self.strip(text) != text

    def split(self, text: str, *, least: int = 1) -> list[str]:
        """The parts of `text`, each of at least `least` characters; all of it where they would be shorter.

        Parted at marks and words, else at words alone: 国、省断面和水源地 has two parts of at least four.
        """
        for pattern in (self._marks, self._words):
            parts, start = [], 0
            for match in pattern.finditer(text):
                if match["joint"]:
                    parts.append(text[start : match.start()])
                    start = match.end()
            parts = [part for part in (*parts, text[start:]) if part]
            if min(map(len, parts), default=0) >= least:
                return parts
        return [text]
