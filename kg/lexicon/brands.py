"""Brands as a names file gives them: see `kg.components.brands`."""

from __future__ import annotations

from pydantic import Field

from kg.lexicon.toml import Strict


class Brand(Strict):
    """Words that can be nothing but such a name where they stand: names for the tagger, or unknown to it.

    Two such words in a row are one name. What it `takes` in behind says what the thing does (晶远|光伏).
    """

    name: str
    tags: tuple[str, ...] = ()  # words with these tags count
    rare: tuple[str, ...] = ()  # words with these tags count where the tagger's vocabulary does not have them,
    accept: str = ""  # and this is found in them
    reject: str = ""  # no word counts in which this is found
    takes: str = ""
    needs: bool = False  # it must take in such a word
    opens: tuple[str, ...] = ()  # only where it opens a name of these classes (晶远|电池项目)
    leaves: tuple[str, ...] = ()  # names of these classes begin behind it (晶远|电池, in 晶远电池项目)
    before: str = ""  # must match right before it
    after: str = ""  # must match right after it
    edges: bool = False  # no noun may stand right before it, unless `before` matches; nor right after, without `after`
    confidence: float = Field(default=0.7, ge=0, le=1)
