"""What a sentence is about by its own words: the name that opens it."""

from __future__ import annotations

import re
from functools import cached_property

from kg.components.doc import View
from kg.lexicon.alternation import alternation
from kg.lexicon.deixis import Deixis
from kg.ontology import Ontology
from kg.types import Reference, Sentence

_ITEM = re.compile(r"^[（(]?[一二三四五六七八九十0-9①-⑳]{1,3}[）)、.．]")  # the number of an item
_HEADED = re.compile(r"（[一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]{1,3}、")
_PLACE_END = re.compile("[，、（“的]|.?[内里境上]|(?=[一-鿿]{2,6}(?:市|县|区|镇|乡|村|园))")
_FIGURE = re.compile(r"\d[\d.]*(?![\d.年月日期号、])[一-鿿%][^，]{0,12}，")  # a figure told before
_CLAUSE_END = re.compile("”?[，。；]")
_LABEL_END = re.compile("[】—]")


def numbered(words: str) -> bool:
    """Whether a paragraph begins as an item of its own, and not as a further one of what stands before it.

    >>> numbered("（二）聚力特色种养，农业基础更加稳固。")
    True
    """
    return _HEADED.match(words) is not None


class SubjectReader:
    """Find the subjects of sentences."""

    def __init__(self, deixis: Deixis, ontology: Ontology, presenting: str) -> None:
        self.deixis = deixis
        self._presenting = re.compile(rf"{presenting}$")
        self.ontology = ontology
        self._under: dict[tuple[str, tuple[str, ...]], bool] = {}

    def of_kinds(self, kind: str, kinds: tuple[str, ...]) -> bool:
        """Whether `kind` is one of `kinds` or below one of them."""
        known = self._under.get((kind, kinds))
        if known is None:
            known = self._under[kind, kinds] = any(self.ontology.is_a(kind, top) for top in kinds)
        return known

    def subject(self, view: View, sentence: Sentence, references: list[Reference]) -> str | None:
        """The entity that opens the sentence as its subject, or is presented as what it goes on about, if one is."""
        presented = self._presented(view, sentence, references)
        if presented:
            return presented.entity
        for reference in references:
            if reference.begin < sentence.begin or not self.of_kinds(reference.kind, self.deixis.topic_kinds):
                continue
            if reference.end > sentence.end or reference.begin - sentence.begin > 30:
                return None
            before = view.text[sentence.begin : reference.begin]
            if _FIGURE.search(before):
                return None  # 焦化企业3家，甲公司乙项目建成: about neither
            if view.text.startswith(self.deixis.not_subject_before, reference.end):
                continue
            if "【" in before and "】" not in before and not _LABEL_END.match(view.text, reference.end):
                continue  # 【江苏·溧阳】, 【溧阳，9月28日】
            lead = _ITEM.sub("", re.split(r"[，：—“【】　●◆■▲★※○·]", before)[-1])
            if lead.endswith(self.deixis.within) and not _PLACE_END.match(view.text, reference.end):
                continue  # 在江苏省县域经济考核中
            if self._lead.fullmatch(lead):
                return self.innermost(view, references, reference)
        return None

    @cached_property
    def _lead(self) -> re.Pattern[str]:
        """What may stand before a subject in its clause: 目前, 2011年设立的."""
        openers = f"(?:{alternation(self.deixis.subject_openers)}|[0-9年月日])*"
        qualifying = alternation(self.deixis.qualifying or ("\n",))
        return re.compile(rf"{openers}(?:[^、]{{0,16}}?{qualifying}[^、]{{0,6}}的)?")

    def _presented(self, view: View, sentence: Sentence, references: list[Reference]) -> Reference | None:
        """The name that ends the first clause of a sentence and is what it goes on about: 园里的龙头是甲公司，…."""
        for reference in references:
            if not sentence.begin <= reference.begin < reference.end < sentence.end:
                continue
            before = view.text[sentence.begin : reference.begin]
            if _CLAUSE_END.search(before):
                return None
            ends = _CLAUSE_END.match(view.text, reference.end)
            if ends and self._presenting.search(before) and self.of_kinds(reference.kind, self.deixis.topic_kinds):
                return reference
        return None

    def innermost(self, view: View, references: list[Reference], first: Reference) -> str:
        """Of names that follow one another, the last: 甲市乙区丙园 and 位于甲镇的丙园 are about 丙园."""
        last = first
        for reference in references:
            joined = reference.begin == last.end or (
                view.text[last.end : reference.begin] == "的"
                and not view.text.startswith(self.deixis.beside, reference.end)
            )
            if joined and self.of_kinds(reference.kind, self.deixis.topic_kinds):
                last = reference
        return last.entity
