"""How the names of a class are shortened: `[aliases]` of its name lexicon."""

from __future__ import annotations

from pydantic import Field

from kg.lexicon.toml import Strict


class Aliases(Strict):
    """How names are shortened: leading places and these endings may be dropped, in any mix."""

    endings: tuple[str, ...] = ()
    beginnings: tuple[str, ...] = ()
    places: bool = False
    home: bool = False  # a name without its place is not short for one of another place of the kind of the article's
    minimum: int = 2
    variants: dict[str, str] = Field(default_factory=dict)  # wordings that are one: 人民政府 = 政府
    fields: tuple[str, ...] = ()  # endings that may go as well, but not come in: 青禾环保 and 青禾, not 青禾铜业
    letters: bool = False  # a short form may take single characters in their order (江州机床有限公司, 江机公司)
    head: bool = False  # a short form may keep only the first part of the brand (青禾环保, 青禾)
    gap: bool = False  # a short form may leave out words inside (柴油发动机产业园, 柴油机产业园)
    gap_unless: str = ""  # but not where this is found in them
    condensed: int = 0  # or in several places, if so many stay at the beginning (华星精密仪器厂, 华星仪器)
    stub_unless: str = ""  # a short form may keep but the beginning, and an ending, unless this is found in the rest
    branches: str = ""  # names in which this is found have no short forms (花都发动机工厂 is not 发动机工厂)
    parents: bool = False  # 华星 is not short for 华星（溧阳）有限公司 where it is of the vocabulary or told of before
    apart: str = ""  # found in the text with the names for {full} and {short}: two things (华星公司由华星投资设立)
    tail_length: int = 0  # so many characters at the end of a name are a short form; 0: never
    tail: bool = False  # a short form may keep only the last part (青云山七里湾矿, 七里湾矿)
