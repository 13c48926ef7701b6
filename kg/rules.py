"""How a relation is said: the rule files of ``ontology/rules/``, checked and compiled.

A pattern is written over a sentence whose names have been found. In it

* ``{subject}`` and ``{object}`` are the two ends of the relation, of the classes its domain and
  range allow; ``{object:Park|Area}`` narrows them; ``{object+}`` is an enumeration;
  ``{object*}`` is every such name from here to the end of the clause, ``{subject**}`` every one up to
  the next part of the pattern, over commas and semicolons, with what stands between (at most 40 characters each);
* ``{any:Area}`` is a name that is passed over;
* ``{<key>}`` is any word of ``[sets] <key>``, ``{<key>*}`` any number of them, ``{<key>+}`` one or more;
* ``(a|b)`` is a choice, ``[a]`` may be missing;
* ``…`` is a gap inside a clause (at most 20 characters), ``……`` one that may cross commas (at most 60);
* ``~`` is a gap inside a clause that names and quotes nothing (at most 16 characters), ``～`` one that names nothing
  but may cross commas (at most 60);
* ``{/position:<key>/}`` is a word of a set that becomes a qualifier of the claim, here ``kg:position``,
  ``{/position:<key>+/}`` one or more;
* ``{no:Project|Park}`` is a gap that may cross commas (at most 60) and names nothing of these classes;
* a relation that leads to words has no ``{object}``: each pattern gives the word as its `value`;
* every other character stands for itself, and so do the anchors ``^`` (begin of a clause), ``$`` (its end)
  and ``⊢`` (begin of a sentence).

A pattern without ``{subject}`` speaks of the subject of its clause, or of the topic of its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DataError, nearest
from kg.lexicon.alternation import alternation
from kg.lexicon.toml import load_toml
from kg.ontology import Ontology
from kg.rulefile import AgreeData, DefaultData, Example, HierarchyData, InnerData, PatternData, RuleFile

MARK = 0xE000  # private use: the character that stands for a name is MARK + index of its class
_TOKEN = re.compile(
    r"\{(?P<slot>[^{}]*)\}|(?P<long>……)|(?P<gap>…)|(?P<bare>~)|(?P<far>～)|(?P<open>\[)|(?P<close>\])|(?P<bar>[(|)])|(?P<begin>\^)|(?P<first>⊢)|(?P<end>\$)|(?P<text>.)",
    re.S,
)
_BRACES = re.compile(r"\{([^{}]*)\}")
_QUALIFIER = re.compile(r"/(\w+):(\w+)(\+?)/")
_SLOT = re.compile(r"(?P<role>subject|object|any|no)(?::(?P<kinds>[A-Za-z|]+))?(?P<many>[+]|[*]{1,2})?")

_FIXED = {
    "long": "[^。！？\n]{0,60}?",
    "gap": "[^，。；：！？\n]{0,20}?",
    "without": "[^。！？；\n%s]{0,60}?",
    "bare": "[^，。；：！？“”\n\ue000-\uf8ff]{0,16}?",
    "far": "[^。；！？\n\ue000-\uf8ff]{0,60}?",
    "open": "(?:",
    "close": ")?",
    "bar": "(?:",
    "begin": "(?:^|(?<=[，。；：！？、“—】　●■◆▲★]))",
    "first": r"\A",
    "end": "(?=[，。；：！？”—]|$)",
}

_JOINTS = {  # what may stand between the names of a slot; @ are those of its classes
    "+": "(?:、|和|与|及|以及|，)?",
    "*": "[^，。；：！？\n]{0,40}?",
    "**": "[^。：！？\n@]{0,40}",
}


@dataclass(frozen=True)
class Pattern:
    """A pattern ready to be searched in masked sentences; `ends` are the classes its two ends may have."""

    data: PatternData
    expression: re.Pattern[str]
    subject_kinds: frozenset[str]
    ends: tuple[frozenset[str], frozenset[str]]
    unless: re.Pattern[str] | None


@dataclass(frozen=True)
class Rules:
    """All that is known of how one relation is said."""

    relation: str
    path: Path
    attribute: bool
    dated: bool
    nearest: bool
    symmetric: bool
    agree: tuple[AgreeData, ...]
    patterns: tuple[Pattern, ...]
    defaults: tuple[DefaultData, ...]
    inner: tuple[InnerData, ...]
    hierarchy: tuple[HierarchyData, ...]
    examples: tuple[Example, ...]


def load_rules(folder: Path, ontology: Ontology) -> tuple[Rules, ...]:
    """The rule files in `folder`, by file name. Raises DataError naming file, place, value and nearest choice."""
    if not folder.is_dir():
        raise DataError(f"{folder}: no such folder; make it, empty where there are no rules")
    return tuple(_compile(path, load_toml(path, RuleFile), ontology) for path in sorted(folder.glob("*.toml")))


def _compile(path: Path, data: RuleFile, ontology: Ontology) -> Rules:
    relation = data.relation.removeprefix("kg:")
    if relation not in ontology.properties:
        known = [f"kg:{name}" for name in ontology.properties]
        raise DataError(f"{path}: unknown relation {data.relation}{nearest(data.relation, known)}")
    compiler = _Compiler(path, data, relation, ontology)
    for kinds, where in (
        *(
            ((*d.kinds, *d.topic, *d.carried, *d.untitled, *d.beside, *d.here), f"default {d.name!r}")
            for d in data.default
        ),
        *(((*i.outer_kinds, *i.inner_kinds), f"inner {i.name!r}") for i in data.inner),
        *((i.apart, f"inner {i.name!r}") for i in data.inner),
        *(((*p.subject_kinds, *p.held, *p.beside), f"pattern {p.name!r}") for p in data.pattern),
        *((a.kinds, f"agree {a.object!r}") for a in data.agree),
    ):
        compiler.check_kinds(kinds, where)
    for expression, where in _expressions(data):
        compiler.check_expression(expression, where)
    return Rules(
        relation=relation,
        path=path,
        attribute=ontology.properties[relation].kind == "datatype",
        dated=data.dated,
        nearest=data.nearest,
        symmetric=ontology.properties[relation].symmetric,
        agree=data.agree,
        patterns=tuple(compiler.pattern(p) for p in data.pattern),
        defaults=data.default,
        inner=data.inner,
        hierarchy=data.hierarchy,
        examples=data.example,
    )


def _expressions(data: RuleFile) -> Iterator[tuple[str, str]]:
    """The regular expressions of a rule file outside its patterns, and where they stand."""
    for agree in data.agree:
        yield agree.object, f"agree {agree.object!r}"
    for inner in data.inner:
        for expression in (inner.name_match, inner.rest_unless):
            yield expression, f"inner {inner.name!r}"
    for default in data.default:
        around = (default.within, default.before, default.after, default.unless, default.behind_unless)
        named = (default.name_match, default.name_unless, default.opened, default.topic_unless, default.from_match)
        for expression in (*around, *default.labelled, *named, default.title_unless):
            yield expression, f"default {default.name!r}"


class _Compiler:
    """Turns the patterns of one rule file into regular expressions over masked sentences."""

    def __init__(self, path: Path, data: RuleFile, relation: str, ontology: Ontology) -> None:
        self.path = path
        self.data = data
        self.relation = relation
        self.ontology = ontology
        self.kinds = sorted(ontology.classes)

    def fail(self, where: str, message: str) -> DataError:
        return DataError(f"{self.path}: {where}: {message}")

    def check_kinds(self, kinds: tuple[str, ...], where: str) -> None:
        for kind in kinds:
            if kind not in self.ontology.classes:
                raise self.fail(where, f"unknown class {kind}{nearest(kind, self.ontology.classes)}")

    def check_expression(self, expression: str, where: str) -> None:
        try:
            re.compile(expression)
        except re.error as error:
            raise self.fail(where, f"not a regular expression: {expression!r}: {error}") from None

    def allowed(self, role: str) -> frozenset[str]:
        """The classes that may stand at one end of the relation."""
        ends = self.ontology.properties[self.relation]
        wanted = ends.domain if role == "subject" else ends.range if ends.kind == "object" else ()
        return self.under(wanted)

    def marks(self, kinds: frozenset[str]) -> str:
        return "[" + "".join(chr(MARK + self.kinds.index(kind)) for kind in sorted(kinds)) + "]"

    def words(self, key: str, *, many: str) -> str:
        """A word of a set; with ``+`` one or more of them, apart or not, with ``*`` any number."""
        word = alternation(self.data.sets[key])
        return f"(?:{word}(?:、?{word})*)" if many == "+" else word + many

    def slot(self, text: str, where: str, held: tuple[str, ...] = ()) -> str:
        qualifier = _QUALIFIER.fullmatch(text)
        if qualifier:
            name, key, many = qualifier.groups()
            if name not in self.ontology.properties or key not in self.data.sets:
                hint = nearest(key, self.data.sets) or nearest(name, self.ontology.properties)
                raise self.fail(where, f"{{{text}}} is not {{/property:set/}} of a known property and set{hint}")
            return f"(?P<{name}>{self.words(key, many=many)})"
        key = text.rstrip("+*")
        if key in self.data.sets:
            return self.words(key, many=text.removeprefix(key))
        match = _SLOT.fullmatch(text)
        if not match:
            choices = ["subject", "object", "any", "no", *self.data.sets]
            raise self.fail(where, f"unknown slot {{{text}}}{nearest(text, choices)}")
        role = match.group("role")
        allowed = self.allowed(role) if role in ("subject", "object") else frozenset(self.kinds)
        if match.group("kinds"):
            named = tuple(match.group("kinds").split("|"))
            self.check_kinds(named, where)
            allowed = frozenset(k for k in allowed if any(self.ontology.is_a(k, top) for top in named))
            if not allowed:
                raise self.fail(where, f"{{{text}}} allows no class that kg:{self.relation} takes as {role}")
        if role == "no":
            return _FIXED["without"] % self.marks(allowed)[1:-1]
        marks = self.marks(allowed | self.under(held)) if role == "object" else self.marks(allowed)
        one = f"[“‘《]?{marks}[”’》]?(?:（[^（）]*）)?"
        joint = _JOINTS[match.group("many") or "+"].replace("@", marks[1:-1])
        many = f"(?:{joint}{one})*" if match.group("many") else ""
        return f"(?:{one})" if role == "any" else f"(?P<{role}>{one}{many})"

    def under(self, tops: tuple[str, ...]) -> frozenset[str]:
        """The classes that are one of `tops` or below one."""
        return frozenset(kind for kind in self.kinds if any(self.ontology.is_a(kind, top) for top in tops))

    def part(self, kind: str, text: str, where: str, held: tuple[str, ...]) -> str:
        """The regular expression of one token of a pattern."""
        if kind == "slot":
            return self.slot(text[1:-1], where, held)
        if kind == "text":
            return "" if text == " " else re.escape(text)
        return text if text in "|)" else _FIXED[kind]

    def pattern(self, data: PatternData) -> Pattern:
        where = f"pattern {data.name!r}"
        tokens = _TOKEN.finditer(data.match)
        parts = [self.part(token.lastgroup or "text", token.group(), where, data.held) for token in tokens]
        try:
            expression = re.compile("".join(parts))
        except re.error as error:
            raise self.fail(where, f"does not compile: {data.match!r}: {error}") from None
        attribute = self.ontology.properties[self.relation].kind == "datatype"
        if attribute == ("object" in expression.groupindex) or attribute != bool(data.value):
            raise self.fail(where, "needs a value and no {object}" if attribute else "needs an {object} and no value")
        words = (*self.data.unless, *data.unless)
        return Pattern(
            data=data,
            expression=expression,
            subject_kinds=self._subject_kinds(data),
            ends=(self._end(data, "subject"), self._end(data, "object")),
            unless=re.compile(alternation(words)) if words else None,
        )

    def _end(self, data: PatternData, role: str) -> frozenset[str]:
        """The classes that the slots of a role take."""
        slots = [match for match in map(_SLOT.fullmatch, _BRACES.findall(data.match)) if match]
        named = {kind for m in slots if m.group("role") == role for kind in (m.group("kinds") or "").split("|")}
        allowed = self.allowed(role)
        if not named or "" in named:
            return allowed
        return frozenset(k for k in allowed if any(self.ontology.is_a(k, top) for top in named))

    def _subject_kinds(self, data: PatternData) -> frozenset[str]:
        allowed = self.allowed("subject")
        if data.subject_kinds:
            allowed = frozenset(k for k in allowed if any(self.ontology.is_a(k, top) for top in data.subject_kinds))
        return allowed
