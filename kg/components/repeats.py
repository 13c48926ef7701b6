"""Repeats: a name that was found once is found wherever it stands again, and so is its short form.

The short form is given in brackets behind the name (湖南华星科技有限公司（以下简称“华星科技”）),
or it is the name without place and form, where the class says that its names repeat.
Appends to ``doc._.candidates``. Requires ``doc._.candidates``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.components.doc import View
from kg.components.introductions import introductions
from kg.components.language import reader_of
from kg.components.phrases import Phrases
from kg.components.shortening import REPEAT, Shortening, common_places, folded
from kg.lexicon.alternation import alternation
from kg.lexicon.divisions import Divisions
from kg.lexicon.grammar import Grammar
from kg.lexicon.names import NameLexicon
from kg.types import Mention


class Repeats:
    """Find again what was found."""

    def __init__(self, lexicons: tuple[NameLexicon, ...], grammar: Grammar, divisions: Divisions) -> None:
        self.common = common_places(divisions)
        self.lexicons = {lexicon.class_: lexicon for lexicon in lexicons if lexicon.repeats}
        self.grammar = grammar
        self.kinds = {lexicon.class_: _kind(lexicon) for lexicon in self.lexicons.values()}

    def __call__(self, doc: Doc) -> Doc:
        view = View(doc)
        phrases = Phrases(view, self.grammar)
        found = set(view.candidates)
        named = [m for m in sorted(found) if m.kind in self.lexicons]
        shorts = (short for _, short in introductions(view, named, self.grammar))
        given = [short for short in shorts if short.name not in self.lexicons[short.kind].generic]
        found.update(given)
        names = {(m.kind, m.name): m for m in sorted((*named, *given), key=lambda m: (m.confidence, -m.begin))}
        places = self.common.union(folded(m.name) for m in found if m.code)
        spans = {kind: [(m.begin, m.end) for m in named if m.kind == kind] for kind in self.lexicons}
        others = sorted({m.name for m in found if m.kind not in self.lexicons})
        for (kind, name), mention in sorted(names.items()):
            lexicon = self.lexicons[kind]
            reject = lexicon.reject_expression
            forms = Shortening(lexicon.aliases, places).forms(name)
            short = {form for form in forms if not (reject and reject.search(form)) and not self.kinds[kind](form)}
            parts = {form for form in short if any(other.startswith(form) for other in others)}
            forms = {name, *(form for form in short if form not in parts or len(form) > lexicon.repeats)}
            for form in sorted(forms):
                sure = len(form) >= lexicon.repeats or mention in given
                repeats = self.again(view, phrases, mention, form, sure=sure)
                found.update(m for m in repeats if not any(b <= m.begin and m.end <= e for b, e in spans[kind]))
        doc._.candidates = tuple(sorted(found))
        return doc

    def again(self, view: View, phrases: Phrases, mention: Mention, form: str, *, sure: bool) -> Iterator[Mention]:
        """The places where `form` stands: at the edges of words, and if not `sure` a name for the tagger too."""
        endings = [ending for ending in self.lexicons[mention.kind].aliases.endings if len(ending) == 1]
        for match in re.finditer(re.escape(form), view.text):
            begin, end = match.span()
            if not phrases.at_edge(end):  # 白沙化工园|区 is one word
                end += any(view.text.startswith(e, end) and phrases.at_edge(end + 1) for e in endings)
            edges = phrases.at_edge(begin) and (end >= len(view.text) or phrases.at_edge(end))
            if (sure and (edges or len(form) > 3)) or phrases.is_name(begin, end):
                rule = mention.kind + REPEAT
                name = form + view.text[match.end() : end]
                yield replace(mention, begin=begin, end=end, name=name, rule=rule, confidence=0.7)


def _kind(lexicon: NameLexicon) -> Callable[[str], bool]:
    """Whether a form says only what kind of thing it is: 综合保税区, of 东山综合保税区."""
    heads = alternation([word for head in lexicon.head for word in lexicon.words_of(head)])
    plain = re.compile(f"{alternation(lexicon.generic)}*{heads}")
    return lambda form: any(plain.fullmatch(form + ending) for ending in ("", *lexicon.aliases.endings))


@Language.factory(
    "kg_repeats",
    assigns=["doc._.candidates"],
    requires=["doc._.candidates"],
)
def make_repeats(nlp: Language, name: str) -> Repeats:
    """The component as spaCy builds it."""
    knowledge = reader_of(nlp).knowledge
    return Repeats(knowledge.names, knowledge.grammar, knowledge.divisions)
