"""Every value that crosses a module. Frozen data; imports nothing of kg.

Two coordinate systems are used and never mixed:

* *raw* offsets count Unicode characters of the article file as given (decoded, BOM
  dropped, nothing else changed). Everything that leaves the pipeline uses them.
* *clean* offsets count characters of `CleanText.text`. Everything inside the pipeline
  uses them; one spaCy token is one character, so token index and clean offset agree.

All spans are half-open.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about an article beside its text.

    `issued` is an ISO date cut to what is known: ``2022``, ``2022-02`` or ``2022-02-22``.
    `reasons` says for each field how its value was established: ``(("issued", "…"), …)``.
    """

    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    issued: str | None = None
    source_url: str | None = None
    place: str | None = None
    reasons: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One source document: its decoded characters, its identity and its metadata."""

    id: str
    file: str
    text: str
    sha256: str
    encoding: str
    metadata: Metadata = field(default_factory=Metadata)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the clean text with one role.

    `role` is ``title``, ``byline``, ``heading``, ``paragraph``, ``caption`` or ``furniture``.
    Blocks are in file order, do not overlap, and are separated by one newline in the
    clean text (the newline belongs to no block).
    """

    begin: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class CleanText:
    """The repaired text, character by character tied to the file.

    `text` is what rules read: wrapped lines joined, stray spaces dropped, full-width digits
    and letters folded, known slips of character recognition mended. `surface` is the same
    characters as the file has them. ``len(text) == len(surface) == len(offsets)``;
    ``offsets[i]`` is the raw offset of character i. Newlines between blocks map to the raw
    offset of the character before them, and are dropped from evidence.
    """

    text: str
    surface: str
    offsets: tuple[int, ...]
    blocks: tuple[Block, ...]

    def evidence(self, begin: int, end: int) -> Evidence:
        """The raw span and the surface of the clean span [begin, end), trimmed of white space."""
        while begin < end and self.surface[begin].isspace():
            begin += 1
        while end > begin and self.surface[end - 1].isspace():
            end -= 1
        if begin == end:
            raise ValueError(f"empty evidence at clean offset {begin}")
        text = "".join(self.surface[begin:end].split())
        return Evidence(self.offsets[begin], self.offsets[end - 1] + 1, text)


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """Where in the article file a fact was read: raw span and its characters without white space."""

    begin: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Sentence:
    """A sentence of the clean text; `block` is the index of its block in `CleanText.blocks`."""

    begin: int
    end: int
    block: int
    role: str


@dataclass(frozen=True, slots=True, order=True)
class Word:
    """A word of the statistical tagger with its tag (``PER``, ``ORG``, ``LOC``, ``n``, ``v`` …).

    `rare` says that the tagger's vocabulary does not have it.
    """

    begin: int
    end: int
    tag: str
    rare: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A name in the clean text. `kind` is the local name of its class, e.g. ``Enterprise``.

    `name` is the surface less quotes and white space; `rule` says what found it;
    `code` is the GB/T 2260 code where the gazetteer gives one.
    """

    begin: int
    end: int
    kind: str
    name: str
    rule: str
    confidence: float
    code: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """A place in the clean text that points to an entity: a name, or a form such as 我市 or 该公司."""

    begin: int
    end: int
    entity: str
    kind: str
    deictic: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """A named thing of one article. `id` is unique in the article: ``Enterprise/华星铜业``.

    `label` is its fullest name, `aliases` its other names, `evidence` where it is named.
    """

    id: str
    kind: str
    label: str
    aliases: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    code: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Claim:
    """A relation between two entities of the article, and the words it was read from.

    `qualifiers` are further literal statements on the claim: ``(("position", "市委书记"),)``.
    """

    subject: str
    predicate: str
    object: str
    evidence: Evidence
    rule: str
    confidence: float
    qualifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Veto:
    """A pattern that matched in a sentence and was forbidden there: the sentence's index, the pattern, the word."""

    sentence: int
    pattern: str
    word: str


@dataclass(frozen=True, slots=True)
class Observation:
    """A quantified statement about an entity.

    `value` and `unit` are as the article has them; `normalized_value` is in
    `normalized_unit`, where the unit is known. `period` is ``YYYY``, ``YYYY-MM``,
    ``YYYY-MM-DD``, ``YYYY-H1`` or ``YYYY/YYYY``, or None where the article does not say.
    `kind` is ``actual``, ``change``, ``target`` or ``limit``.
    """

    subject: str
    indicator: str
    value: Decimal
    unit: str
    normalized_value: Decimal | None
    normalized_unit: str | None
    period: str | None
    kind: str
    evidence: Evidence
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read from one article. Sequences are sorted, so equal input gives equal output.

    `place` is the code of the division that the article is about, where that can be told.
    """

    article: Article
    entities: tuple[Entity, ...]
    claims: tuple[Claim, ...]
    observations: tuple[Observation, ...]
    unread: tuple[Evidence, ...] = ()
    warnings: tuple[str, ...] = ()
    place: str | None = None
