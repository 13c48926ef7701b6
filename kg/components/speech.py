"""Who speaks: the quotes of an article and the turns of an interview, and for whom their speaker speaks.

“我们去年产值2亿元。”甲公司总经理李明说: 我们 is 甲公司, and the quote is about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.components.doc import View
from kg.components.sentencesubjects import SubjectReader
from kg.lexicon.alternation import alternation
from kg.lexicon.deixis import Speech
from kg.types import Reference

_QUOTE = re.compile("“[^“”\n]*”")
_BREAK = re.compile("[，。；：！？“”\n]")
_SHORTEST = 10  # characters: shorter quotes are words, not speech
_POST = 16  # characters between a company and the person who speaks for it
_SAID = 14  # characters between a person and the verb of speaking
_ABOUT = 60  # characters around a quote in which its speaker is named


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words [begin, end) that a person speaks for `entity` of class `kind`."""

    begin: int
    end: int
    entity: str
    kind: str


class SpeechReader:
    """Finds what is spoken, and for whom."""

    def __init__(self, words: Speech, subjects: SubjectReader) -> None:
        self.words, self.subjects = words, subjects

    @cached_property
    def _verb(self) -> re.Pattern[str]:
        return re.compile(rf"[^。”“]{{0,{_SAID}}}?{alternation(self.words.verbs or (chr(10),))}")

    @cached_property
    def _pronoun(self) -> re.Pattern[str]:
        pronouns, verbs = (alternation(words or ("\n",)) for words in (self.words.pronouns, self.words.verbs))
        return re.compile(rf"{pronouns}[^，。“”]{{0,8}}?{verbs}")

    @cached_property
    def _first(self) -> re.Pattern[str]:
        first, others = (alternation(words or ("\n",)) for words in (self.words.first, self.words.first_unless))
        return re.compile(f"{first}(?!{others})")

    def references(self, view: View, spoken: Sequence[Spoken]) -> list[Reference]:
        """The words by which speakers mean whom they speak for: 我们."""
        return [
            Reference(match.start(), match.end(), speech.entity, speech.kind, deictic=True)
            for speech in spoken
            for match in self._first.finditer(view.text, speech.begin, speech.end)
        ]

    def spoken(self, view: View) -> list[Spoken]:
        """All that is spoken for one of the classes that speakers speak for, in order."""
        posts: dict[str, Reference | None] = {}
        for person, body in self._posts(view):
            posts.setdefault(person, body)
        return sorted({*self._quotes(view, posts), *self._turns(view, posts)}, key=lambda each: each.begin)

    def _posts(self, view: View) -> Iterator[tuple[str, Reference | None]]:
        """The people named behind that for which they speak; None behind anything else (县林业局局长张强)."""
        people = [r for r in view.references if self.subjects.of_kinds(r.kind, self.words.people)]
        for person in people:
            before = [r for r in view.references if r.end <= person.begin and r.kind != person.kind]
            last = before[-1] if before else None
            if last and person.begin - last.end <= _POST and not _BREAK.search(view.text, last.end, person.begin):
                yield person.entity, self._spoken_for(view, last)

    def _spoken_for(self, view: View, body: Reference) -> Reference | None:
        """That for which people of `body` speak: the body, or what its name begins with (甲园区|管委会)."""
        if self.subjects.of_kinds(body.kind, self.words.kinds):
            return body
        name = view.text[body.begin : body.end]
        told = [e for e in view.entities if self.subjects.of_kinds(e.kind, self.words.kinds)]
        inner = [(len(n), e) for e in told for n in (e.label, *e.aliases) if name.startswith(n)]
        found = max(inner, key=lambda pair: pair[0], default=None)
        return Reference(body.begin, body.end, found[1].id, found[1].kind) if found else None

    def _quotes(self, view: View, posts: dict[str, Reference | None]) -> Iterator[Spoken]:
        """What stands in quotation marks beside a person who says it, or after one who said the last."""
        speaker: str | None = None
        block = -1
        for quote in _QUOTE.finditer(view.text):
            begin, end = quote.span()
            here = view.text.count("\n", 0, begin)
            if end - begin < _SHORTEST:
                continue
            named = self._named(view, begin, end)
            if named is None and (here != block or not self._goes_on(view, begin, end)):
                speaker = None
            speaker, block = named or speaker, here
            spoken_for = posts.get(speaker) if speaker else None
            if spoken_for:
                yield Spoken(begin, end, spoken_for.entity, spoken_for.kind)

    def _named(self, view: View, begin: int, end: int) -> str | None:
        """The person who is said to speak right behind a quote, or right before it."""
        people = [r for r in view.references if self.subjects.of_kinds(r.kind, self.words.people)]
        stop = min((place for mark in "“。\n" if (place := view.text.find(mark, end)) >= 0), default=len(view.text))
        stop = min(stop, end + _ABOUT)
        for person in people:
            if end <= person.begin < stop and self._verb.match(view.text, person.end, stop):
                return person.entity
        start = max(begin - _ABOUT, *(view.text.rfind(mark, 0, begin) + 1 for mark in "”。\n"))
        if not view.text.endswith(("：", "，", ":"), start, begin):
            return None
        for person in reversed(people):
            if start <= person.begin < begin and self._verb.match(view.text, person.end, begin):
                return person.entity
        return None

    def _goes_on(self, view: View, begin: int, end: int) -> bool:
        """Whether a quote is by the speaker of the last: “…”他说, or nothing but a pause between them."""
        before, after = view.text[max(0, begin - _ABOUT) : begin], view.text[end : end + _ABOUT]
        told = self._pronoun.search(before.rsplit("”", 1)[-1] + after.split("“")[0])
        return told is not None or before.endswith("，")

    def _turns(self, view: View, posts: dict[str, Reference | None]) -> Iterator[Spoken]:
        """The answers of an interview: paragraphs that open with who speaks (李明：), and those that go on."""
        people = {r.entity: r for r in reversed(view.references) if self.subjects.of_kinds(r.kind, self.words.people)}
        names = {view.text[r.begin : r.end]: entity for entity, r in people.items()}
        answering = next((person for person in posts if posts[person]), None)
        speaker: Reference | None = None
        for block in view.clean.blocks:
            opening = re.match(r"[^，。：:\s]{1,8}[：:]", view.text[block.begin : block.end])
            who = opening[0][:-1] if opening else ""
            if who in self.words.asking:
                speaker = None
                continue
            if who in self.words.answering:
                speaker = posts.get(answering) if answering else None
            elif who:
                told = [entity for name, entity in names.items() if name.startswith(who)]
                if len(set(told)) != 1:
                    continue
                speaker = posts.get(told[0])
            if speaker and block.role == "paragraph":
                yield Spoken(block.begin, block.end, speaker.entity, speaker.kind)
