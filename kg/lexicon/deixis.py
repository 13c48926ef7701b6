"""Forms that point without naming (我市, 园区, 该公司): `lexicon/deixis.toml`."""

from __future__ import annotations

from pathlib import Path

from kg.errors import DataError, nearest
from kg.lexicon.toml import Strict, load_toml
from kg.ontology import Ontology


class Form(Strict):
    """Words that point to the last entity of `kinds` before them, or to the document's own.

    `own` says that the words first mean the entity the document is about, and only then the last named.
    `clause_start` says that the words point only where a clause begins with them.
    `unless_after` are words that, since the last one named, speak of one without a name (一家公司).
    `described` are words that may stand a few characters before the form: 该煤炭超市项目 for 项目 after 该.
    `not_before` are words that, when they follow, make the form something else (园区 in 园区建设…).
    `not_after` are such words right before it.
    `only_after` are words one of which must stand right before the form (出席活动), `only_before` right after it.
    `same_end` says that the label of what the words point to ends with them (管委会).
    `local` says that what opens a sentence before in the paragraph comes even before the document's own.
    `paragraphs` is how many paragraphs back it may point, where it points to what was named last.
    `sole` says that it may point as far back as it will where the document names one such entity only.
    `titled` says that in a document that is first of all about one of `kinds` it means that one.
    `subject_first` says that what the sentences before open with comes before what they name last.
    `nearest` goes with it: only the nearest sentence that names one of `kinds` counts.
    """

    words: tuple[str, ...]
    kinds: tuple[str, ...]
    own: bool = False
    clause_start: bool = False
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    unless_after: tuple[str, ...] = ()
    described: tuple[str, ...] = ()
    only_after: tuple[str, ...] = ()
    only_before: tuple[str, ...] = ()
    same_end: bool = False
    subject_first: bool = False
    nearest: bool = False
    local: bool = False
    sole: bool = False
    titled: bool = False
    paragraphs: int | None = None
    reach: int = 400  # how many characters back it may point, where it points to what was named last


class Speech(Strict):
    """How speech is told of, and for what a speaker speaks."""

    people: tuple[str, ...] = ()  # the classes of those who speak
    kinds: tuple[str, ...] = ()  # the classes of what they speak for
    verbs: tuple[str, ...] = ()  # verbs of speaking
    pronouns: tuple[str, ...] = ()  # who spoke last: 他说
    first: tuple[str, ...] = ()  # what the speaker calls that for which he speaks: 我们
    first_unless: tuple[str, ...] = ()  # words after which it means something else: 我们县
    asking: tuple[str, ...] = ()  # what opens the questions of an interview
    answering: tuple[str, ...] = ()  # what opens its answers where it is no name


class Deixis(Strict):
    """All forms, and the classes a sentence can be about."""

    topic_kinds: tuple[str, ...]
    document_kinds: tuple[str, ...]
    rivals: tuple[str, ...] = ()  # where another of these opens a sentence, 项目 is no longer the one before
    zone_kinds: tuple[str, ...] = ()  # what the title names of these goes before the place around it
    parts: tuple[str, ...] = ()  # how the names of parts of a zone end
    within: tuple[str, ...] = ()  # words after which a name must end its clause to be its subject: 在甲园，…
    subject_openers: tuple[str, ...] = ()  # words that may stand between the start of a clause and its subject
    qualifying: tuple[str, ...] = ()  # verbs of a clause that qualifies a subject, before 的 (2011年设立的甲园)
    form_openers: tuple[str, ...] = ()  # words that may stand between the start of a clause and a form
    not_subject_before: tuple[str, ...] = ()  # words after a name that show it is no subject
    beside: tuple[str, ...] = ()  # words after a name that show it only tells where: 西岗镇的清湖|边
    object_after: tuple[str, ...] = ()  # words before a name that show it is no subject
    list_ends: tuple[str, ...] = ()  # what follows the last of several things named: 等
    phase: str  # how a name ends that is one of a phase of a project
    whole_before: tuple[str, ...] = ()  # what follows a form that means all phases: 项目全部建成后
    said_of: str = ""  # words that one of `unless_after` ends, and that speak of the name before them all the same
    list_leads: str = ""  # how a line ends that opens a list of what its topic holds
    speech: Speech = Speech()
    form: tuple[Form, ...] = ()


def load_deixis(path: Path, ontology: Ontology) -> Deixis:
    """The forms in `path`. Raises DataError naming file, place and the nearest class."""
    deixis = load_toml(path, Deixis)
    kinds = (
        *deixis.topic_kinds,
        *deixis.document_kinds,
        *deixis.zone_kinds,
        *deixis.speech.people,
        *deixis.speech.kinds,
        *(k for form in deixis.form for k in form.kinds),
    )
    for kind in kinds:
        if kind not in ontology.classes:
            raise DataError(f"{path}: unknown class {kind}{nearest(kind, ontology.classes)}")
    return deixis
