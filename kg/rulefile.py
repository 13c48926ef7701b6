"""What a rule file says, as data: `kg.rules` compiles it."""

from __future__ import annotations

from pydantic import Field

from kg.lexicon.toml import Strict


class PatternData(Strict):
    """One pattern as the file has it."""

    name: str
    match: str
    value: str = ""  # what is said of the subject, where the relation leads to a word and not to a thing
    unless: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()  # words that may not stand right before the match
    not_before: tuple[str, ...] = ()  # nor right behind it
    confidence: float = Field(default=0.8, ge=0, le=1)
    subject_kinds: tuple[str, ...] = ()  # for patterns without {subject}
    topic: bool = True  # whether the topic may serve where the clause has no subject
    clause: bool = True  # whether the subject of the clause may serve
    beside: tuple[str, ...] = ()  # the subject of the clause may not serve past a name of these classes
    bare: bool = False  # neither serves over a clause before the match that a noun without a name opens
    carry: dict[str, str] = Field(default_factory=dict)  # what a qualifier takes over from the end of the object's name
    cross: bool = False  # whether several objects and subjects pair one by one instead of all with all
    held: tuple[str, ...] = ()  # a name of these classes may stand for the object that opens it (华星集团铜箔项目)


class DefaultData(Strict):
    """What holds for an entity of which no pattern said anything better.

    Each entity of `kinds`, standing in the role `of`, gets the nearest topic of `topic` as its
    other end; `within` must be found in the clause of the mention, `unless` must not;
    `scope` says which topics count: all of the ``sentence``; those of the ``section``, that is what opens
    the sentence, what its section and the document are about, and of what its paragraph named before only
    the classes `carried` (not where they contain what the document is about); those of the ``document``;
    only its foremost, the ``lead``; those its ``title`` names; or only the ``label``: a name of `topic` that
    opens the heading above, or the paragraph before it, between what `labelled` matches.
    """

    name: str
    of: str = Field(pattern="^(subject|object)$")
    kinds: tuple[str, ...]
    topic: tuple[str, ...]
    within: str = ""
    behind_unless: str = ""  # must not be found before it in its sentence
    before: str = ""
    after: str = ""
    unless: str = ""
    name_unless: str = ""
    name_match: str = ""
    confidence: float = Field(default=0.6, ge=0, le=1)
    always: bool = False  # also where the entity has such a relation already
    despite_inner: bool = False  # also where it has one, but only by names inside names
    scope: str = Field(default="sentence", pattern="^(sentence|section|document|lead|title|label)$")
    # what must stand before such a name, from the begin of its sentence, what after it, and what opens a sentence
    # that ends what the one before it says
    labelled: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    opened: str = ""  # must be found before what opens the sentence, where that is no name of `carried`
    clause: bool = False  # what opens a clause before it in its sentence goes before all these
    last: bool = False  # of what stands before it in its sentence the last goes before all these
    back: int = 0  # and then the last in so many sentences before it, forms that point to one too
    sole: tuple[str, ...] = ()  # the one of these in its sentence, else before it in its paragraph, goes before all
    beside: tuple[str, ...] = ()  # a topic of another class not after a name of these in its sentence
    inherited: bool = False  # only what the last of `kinds` before it in its paragraph has (一期 after X项目)
    from_match: str = ""  # and the last whose name matches
    topic_unless: str = ""  # must not be found in the name of the topic
    here: tuple[str, ...] = ()  # a topic of these classes only where the sentence names it or points to it
    own: bool = True  # also for what the document is about itself
    inner: bool = False  # also for names that stand only inside longer names
    title_unless: str = ""  # not where this is found in the title
    untitled: tuple[str, ...] = ()  # not where the title first names one of these classes
    known: bool = True  # also for names of the vocabulary of their class: those that are known all over the country
    elsewhere: bool = True  # also for names that hold a place which has nothing to do with the topic
    strangers: bool = True  # also for names that hold a place which has nothing to do with the article's (大连石化)


class InnerData(Strict):
    """A name inside a longer name: 华星集团…项目 is undertaken by 华星集团.

    `outer` is the role of the longer name.
    """

    name: str
    outer: str = Field(pattern="^(subject|object)$")
    outer_kinds: tuple[str, ...]
    inner_kinds: tuple[str, ...]
    at: str = Field(default="any", pattern="^(begin|any)$")
    here: bool = False  # only places that are the article's or lie in it (not the place in the name of a stranger)
    last: bool = False  # only the last of the inner names, at the begin of those in a row (江苏省常州市X园: 常州市)
    name_match: str = ""  # must be found in the longer name
    rest_unless: str = ""  # must not be found in what follows the inner name (白沙产业园|建设项目 is not in 白沙产业园)
    alone: bool = False  # only where no pattern and no default said anything of the longer name
    spelled: bool = False  # also where no name was found inside, but the longer one holds that of an entity
    brand: bool = False  # also where the longer name only begins like another (青禾钛白粉项目 of 青禾钛业)
    apart: tuple[str, ...] = ()  # but not like a name of these classes too
    confidence: float = Field(default=0.7, ge=0, le=1)


class HierarchyData(Strict):
    """What the gazetteer knows of two divisions that the article names: the smaller lies in the larger.

    Read only along the chain of the place the article is about, upwards and downwards.
    """

    name: str
    confidence: float = Field(default=0.8, ge=0, le=1)


class AgreeData(Strict):
    """What an object says of its subject: one whose name matches `object` has a subject of `kinds`.

    In patterns without a subject such an object looks past clauses that speak of something else.
    """

    object: str
    kinds: tuple[str, ...]


class Example(Strict):
    """A text and all the facts (subject, object) that must be read from it: none makes it a negative example."""

    text: str
    facts: tuple[tuple[str, str], ...] = ()


class RuleFile(Strict):
    """A rule file as it is written."""

    relation: str
    dated: bool = False  # the time that is named with it belongs to the claim
    nearest: bool = False  # of several objects those that contain another are dropped
    sets: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    unless: tuple[str, ...] = ()
    agree: tuple[AgreeData, ...] = ()  # the first that matches counts
    pattern: tuple[PatternData, ...] = ()
    default: tuple[DefaultData, ...] = ()
    inner: tuple[InnerData, ...] = ()
    hierarchy: tuple[HierarchyData, ...] = ()
    example: tuple[Example, ...] = ()
