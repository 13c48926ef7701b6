"""What the reading of figures needs to know of an article, and what passes between its steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from kg.figures.calendar import Period
from kg.figures.clauses import Clauses
from kg.figures.quantities import Quantity
from kg.figures.ranks import Rank, Ratio
from kg.types import CleanText, Reference, Sentence

Item = Quantity | Rank | Ratio


@dataclass(frozen=True, slots=True)
class FigureView:
    """An article as the reading of figures sees it; offsets are clean offsets.

    `topics` has for each sentence what it may be about where it does not say so, the nearest first, as pairs of
    entity id and kind; `issued` is the ISO date of the article, cut to what is known; `strangers`
    are the spans of places and bodies that the tagger sees but that are no names known here; `frames` has for each
    sentence what its section and the article are about, whatever the sentence names.
    """

    clean: CleanText
    sentences: Sequence[Sentence]
    references: Sequence[Reference]
    topics: Sequence[Sequence[tuple[str, str]]]
    issued: str | None = None
    strangers: Sequence[tuple[int, int]] = ()
    frames: Sequence[Sequence[tuple[str, str]]] = ()


@dataclass(slots=True)
class Passage:
    """A sentence in reading: what is known of it, and what the figures read so far leave to the next.

    `names` are the indicators of the figure before, which ends at `named`, and `bearer` its subject (in a sentence
    that goes `onward` about it, 其中…, that of the last figure before), `trail` those of all levels read so far, `stem`
    the verb its counts share, `consumed` where the noun after its number ends, `source` whether it is the level
    before a change (由…), `producing` the noun of an output, `above` the indicator of the sentence before that this
    one goes on about and `aiming` whether that one looked ahead, `ranked` the rank read last and `standing` what it
    is of, `frames` where the words end that tell of what the next figure counts a part (34个项目中…), `unknown` where a
    thing that is not known was last told of, `orphan` whether the sentence before was about such a thing, `thing` the
    project named last before the sentence in its paragraph, `ended` what the sentence before ends with, `group` what
    was counted last, to where, and of whom, `lost` where a row tells of members not known,
    `label` the project or company whose name alone opens the paragraph, or one before that it is a `field` of
    (投资估算：…), `frame` what the section and the article are about.
    """

    text: str
    sentence: Sentence
    topics: Sequence[tuple[str, str]]
    clauses: Clauses
    references: list[Reference]
    periods: list[Period]
    running: str | None
    items: list[Item]
    strangers: Sequence[tuple[int, int]] = ()
    names: list[str] = field(default_factory=list)
    named: int = -1
    trail: list[str] = field(default_factory=list)
    stem: str = ""
    bearer: Reference | None = None
    onward: bool = False
    consumed: int = 0
    source: bool = False
    grown: bool = False
    producing: str = ""
    above: str = ""
    ranked: str = ""
    standing: list[str] = field(default_factory=list)
    frames: list[int] = field(default_factory=list)
    aiming: bool = False
    unknown: int = -1
    orphan: bool = False
    thing: Reference | None = None
    group: tuple[str, int, Reference | None] | None = None
    ended: Reference | None = None
    lost: list[tuple[int, int]] = field(default_factory=list)
    label: Reference | None = None
    field: bool = False
    frame: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure read: said of `subject` (None: of the sentence's topic), at the clean span [begin, end)."""

    begin: int
    end: int
    indicator: str
    value: Decimal
    unit: str
    normalized: tuple[Decimal, str] | None
    kind: str
    subject: Reference | None = None
    rule: str = "quantity"
    period: str | None = None
