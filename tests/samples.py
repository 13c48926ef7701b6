"""Hand-built extractions: what an article would give, without the pipeline."""

from __future__ import annotations

import hashlib
from decimal import Decimal

from kg.types import Article, Claim, Entity, Evidence, Extraction, Metadata, Observation

TEXT = "东山市经济开发区内，远航铜业集团投资30亿元建设年产5/10万吨铜箔项目（一期）。2021年东山市生产总值达20.06亿元。"
SECOND = "远航铜业与东山市签约。"


def article(identity: str = "001", *, text: str = TEXT, issued: str | None = "2022-02") -> Article:
    """An article of the given id."""
    metadata = Metadata(title=f"题目{identity}", publisher="东山日报", authors=("甲乙",), issued=issued)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Article(identity, f"{identity}.txt", text, sha256, "utf-8", metadata)


def evidence(words: str, *, text: str = TEXT) -> Evidence:
    """Where `words` stand in `text`."""
    begin = text.index(words)
    return Evidence(begin, begin + len(words), words)


def entity(kind: str, label: str, *aliases: str, code: str | None = None, text: str = TEXT, mark: str = "") -> Entity:
    """An entity named by `label` or its first alias in `text`."""
    found = next((name for name in (label, *aliases) if name in text), text[:2])
    return Entity(f"{kind}/{label}{mark}", kind, label, aliases, (evidence(found, text=text),), code)


CITY = entity("City", "常宁市", "东山市", code="430482")
GROUP = entity("Enterprise", "远航铜业集团", "远航铜业")
PROJECT = entity("Project", "年产5/10万吨铜箔项目（一期）")
SENTENCE = "远航铜业集团投资30亿元建设年产5/10万吨铜箔项目（一期）"

INVESTS = Claim(PROJECT.id, "undertakenBy", GROUP.id, evidence(SENTENCE), "undertakenBy/invest-in", 0.93)
LIES = Claim(PROJECT.id, "locatedIn", CITY.id, evidence("东山市经济开发区内，" + SENTENCE), "locatedIn/in", 0.8)
OUTPUT = Observation(
    CITY.id,
    "生产总值",
    Decimal("20.06"),
    "亿元",
    Decimal("2006000000"),
    "元",
    "2021",
    "actual",
    evidence("东山市生产总值达20.06亿元"),
    "figures/level",
    0.95,
)

FIRST_EXTRACTION = Extraction(article(), (CITY, GROUP, PROJECT), (LIES, INVESTS), (OUTPUT,))

SHORT = entity("Enterprise", "远航铜业", text=SECOND)
OTHER_CITY = entity("City", "东山市", code="430482", text=SECOND)
SIGNS = Claim(SHORT.id, "cooperatesWith", OTHER_CITY.id, evidence("远航铜业与东山市签约", text=SECOND), "sign", 0.9)
SECOND_EXTRACTION = Extraction(article("002", text=SECOND), (OTHER_CITY, SHORT), (SIGNS,), ())

EXTRACTIONS = (FIRST_EXTRACTION, SECOND_EXTRACTION)
