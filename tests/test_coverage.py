"""What kg coverage says of each sentence."""

from __future__ import annotations

from kg.articles import read_bytes
from kg.coverage import REASONS, cover, write_html, write_text
from kg.knowledge import load_knowledge
from kg.pipeline import Extractor

TEXT = "2021年，岳阳市完成固定资产投资12亿元。春风拂面，万物生长。<script>alert(1)</script>岳阳市委书记李明华出席会议。"


def test_each_sentence_has_facts_or_a_reason() -> None:
    knowledge = load_knowledge()
    article = read_bytes(TEXT.encode(), name="news.txt", lexicon=knowledge.article)
    coverage = cover(Extractor(knowledge), article)
    assert all(bool(row.facts) != bool(row.reason) for row in coverage.rows)
    assert [row.reason for row in coverage.rows if row.text.startswith("春风")] == ["no entity"]
    assert {row.reason for row in coverage.rows} <= {*REASONS, None}
    assert coverage.taken == 2
    assert "no entity" in write_text([coverage])


def test_a_fact_may_end_in_a_word() -> None:
    text = "3月2日，岳阳市远航铜业年产5万吨铜箔项目正式开工。"
    knowledge = load_knowledge()
    coverage = cover(Extractor(knowledge), read_bytes(text.encode(), name="news.txt", lexicon=knowledge.article))
    assert "建设阶段 开工 (status/" in write_text([coverage])


def test_confidence_cuts() -> None:
    knowledge = load_knowledge()
    article = read_bytes(TEXT.encode(), name="news.txt", lexicon=knowledge.article)
    coverage = cover(Extractor(knowledge), article, min_confidence=1.01)
    assert coverage.taken == 0
    assert "below confidence" in {row.reason for row in coverage.rows}


def test_page_escapes_the_text() -> None:
    knowledge = load_knowledge()
    article = read_bytes(TEXT.encode(), name="news.txt", lexicon=knowledge.article)
    page = write_html([cover(Extractor(knowledge), article)], ontology=knowledge.ontology)
    assert "<script>" not in page
    assert "<mark" in page
