"""The examples that rule files and name lexicons carry, each read by the whole pipeline.

KG_ONTOLOGY names another ontology folder whose examples are to be run.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from kg.articles import read_bytes
from kg.knowledge import Knowledge, load_knowledge
from kg.lexicon.entries import Example as NameExample
from kg.lexicon.names import NameLexicon
from kg.lexicon.recognizer import Settings
from kg.pipeline import Extractor
from kg.rulefile import Example as RuleExample
from kg.rules import Rules
from kg.types import Extraction


@cache
def knowledge() -> Knowledge:
    folder = os.environ.get("KG_ONTOLOGY")
    return load_knowledge(Path(folder) if folder else None)


@cache
def extractor() -> Extractor:
    """Without the recognizer: examples are of what files say, not of what is learned."""
    return Extractor(replace(knowledge(), recognizer=Settings()))


def extract(text: str) -> Extraction:
    return extractor().extract(read_bytes(text.encode(), name="example.txt", lexicon=knowledge().article))


NAME_EXAMPLES = [
    pytest.param(lexicon, example, id=f"{lexicon.class_}: {example.text}")
    for lexicon in knowledge().names
    for example in lexicon.example
]
RULE_EXAMPLES = [
    pytest.param(rules, example, id=f"{rules.relation}: {example.text}")
    for rules in knowledge().rules
    for example in rules.examples
]


@pytest.mark.parametrize(("lexicon", "example"), NAME_EXAMPLES)
def test_names(lexicon: NameLexicon, example: NameExample) -> None:
    found = {entity.label for entity in extract(example.text).entities if entity.id.startswith(f"{lexicon.class_}/")}
    assert found == set(example.names)


@pytest.mark.parametrize(("rules", "example"), RULE_EXAMPLES)
def test_facts(rules: Rules, example: RuleExample) -> None:
    extraction = extract(example.text)
    names = {entity.id: {entity.label, *entity.aliases} for entity in extraction.entities}
    found = [claim for claim in extraction.claims if claim.predicate == rules.relation]
    wanted = list(example.facts)
    for claim in found:
        ends = [names.get(end, {end}) for end in (claim.subject, claim.object)]
        match = [f for f in wanted if f[0] in ends[0] and f[1] in ends[1]]
        assert match, f"not a fact of the example: {ends[0]} {rules.relation} {ends[1]} ({claim.rule})"
    for subject, object_ in wanted:
        said = [(names[c.subject], names.get(c.object, {c.object})) for c in found]
        assert any(subject in one and object_ in two for one, two in said), (subject, object_)


def test_every_rule_file_has_examples_of_both_kinds() -> None:
    for rules in knowledge().rules:
        assert any(example.facts for example in rules.examples), f"{rules.path} has no positive example"
        assert any(not example.facts for example in rules.examples), f"{rules.path} has no negative example"
