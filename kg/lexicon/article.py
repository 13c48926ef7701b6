"""How articles are laid out: `lexicon/article.toml` and `lexicon/confusions.toml` as checked objects."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from pydantic import Field, model_validator

from kg.errors import DataError
from kg.lexicon.dates import Dates, alternatives
from kg.lexicon.toml import Strict, load_toml


class Punctuation(Strict):
    """Which characters end a sentence, bind lines together or enclose words."""

    terminal: str
    closing: str
    opening: str
    pending: str
    leading: str
    list_dash: tuple[str, ...]
    bullets: tuple[str, ...]


class Fold(Strict):
    """Which characters are read as which, and which are left out."""

    source: str = Field(alias="from")
    target: str = Field(alias="to")
    beside_chinese: dict[str, str]
    brackets: dict[str, str]
    drop: str

    @model_validator(mode="after")
    def _same_length(self) -> Fold:
        if len(self.source) != len(self.target):
            raise ValueError(f"from has {len(self.source)} characters, to has {len(self.target)}; pair them")
        return self

    @cached_property
    def table(self) -> dict[int, int]:
        """Folding of single characters whatever stands beside them, for `str.translate`."""
        table = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum()}
        table |= {ord(wide): ord(narrow) for wide, narrow in zip("％＋－／＆＠＃＝～＊", "%+-/&@#=~*", strict=True)}
        table |= {ord(source): ord(target) for source, target in zip(self.source, self.target, strict=True)}
        return table | {ord(source): ord(target) for source, target in self.brackets.items()}


class Label(Strict):
    """Words of a line ``来源：…`` and the field of the metadata it fills; an empty field is left unread."""

    field: str
    words: tuple[str, ...]


class Byline(Strict):
    """How a line names who wrote an article, and for whom."""

    marks: str
    roles: tuple[str, ...]
    helpers: tuple[str, ...]
    outlets: tuple[str, ...]
    outlet_tails: tuple[str, ...]
    own: tuple[str, ...]
    signs: str
    leads: tuple[str, ...]
    agencies: tuple[str, ...]
    speakers: tuple[str, ...]
    surnames: str
    labels: tuple[Label, ...]

    @cached_property
    def role_pattern(self) -> re.Pattern[str]:
        """A word before names. One-character words count only where they stand alone: 文/张三, 文 张三."""
        long = [word for word in self.roles if len(word) > 1]
        short = [word for word in self.roles if len(word) == 1]
        alone = rf"(?<![\u4e00-\u9fff])(?:{alternatives(short)})(?=[\s/：:|｜])[\s/：:|｜]*"
        return re.compile(rf"{alternatives(long)}|{alone}")

    @cached_property
    def speaker_pattern(self) -> re.Pattern[str]:
        """A whole line that names who gave a speech: 东山县人民政府县长 张三."""
        return re.compile(rf"[^，。：\s]{{0,20}}(?:{alternatives(self.speakers)})\s+[{self.surnames}]\s?\S(?:\s?\S)?")

    @cached_property
    def helper_pattern(self) -> re.Pattern[str]:
        """A word before names of those who did not write, at the beginning of a word."""
        return re.compile(rf"(?:^|(?<=[\s/　]))(?:{alternatives(self.helpers)})")

    @cached_property
    def lead_pattern(self) -> re.Pattern[str]:
        """The dateline a report opens with: ``本报讯（记者 张三 通讯员 李四）``, ``新华社长沙3月4日电（记者张三）``."""
        reporters = (
            rf"（[^（）。]{{0,12}}?(?:{alternatives(word for word in self.roles if len(word) > 1)})[^（）。]{{2,40}}）"
        )
        outlet = rf"[^，。！？（）\s]{{1,10}}(?:{alternatives(self.outlets)})(?=讯|电|消息|（)"
        lead = rf"(?:{alternatives(self.leads)}|{outlet})[^，。！？（）]{{0,16}}?"
        return re.compile(
            rf"(?:{lead}(?:{reporters}|(?<=[讯电日])\s+|(?<=[讯电])(?=[^，。]))|{reporters})(?:讯|电|报道)?[：:\s]*"
        )

    @cached_property
    def tail_pattern(self) -> re.Pattern[str]:
        """A bracket at the end of a text, in which names may stand: ``（记者 张三）``, ``（张三 李四 文/图）``."""
        return re.compile(r"（[^（）。]{3,40}）$")

    @cached_property
    def label_pattern(self) -> re.Pattern[str]:
        """``来源：``, ``【字号：``; group 1 is the word."""
        words = alternatives(word for label in self.labels for word in label.words)
        return re.compile(rf"(?:^|(?<=[\s|｜\]】）)\d年月日]))[【\[(（]?({words})[】\])）]?\s*[：:]\s*")


class Caption(Strict):
    """How lines under pictures look."""

    credits: tuple[str, ...]
    endings: tuple[str, ...]
    beginnings: tuple[str, ...]
    positions: tuple[str, ...]


class Furniture(Strict):
    """Lines of a page or site that say nothing."""

    lines: tuple[str, ...]
    beginnings: tuple[str, ...]
    page_marks: tuple[str, ...]
    sections: tuple[str, ...]
    containing: tuple[str, ...]

    @cached_property
    def page_pattern(self) -> re.Pattern[str]:
        """What the head of a newspaper page says beside a date: 星期五, 第3版, A12, with the day of the week."""
        marks = (re.escape(mark).replace(re.escape("{n}"), r"\d{1,5}") for mark in self.page_marks)
        return re.compile(rf"(?:{'|'.join(marks)})[一二三四五六日天]?")


class Heading(Strict):
    """How headings are numbered, and what cannot begin one."""

    enumerators: tuple[str, ...]
    numerals: str
    continuations: tuple[str, ...]
    particles: str

    @cached_property
    def enumerator_pattern(self) -> re.Pattern[str]:
        """The number a heading or list item begins with."""
        number = rf"[{re.escape(self.numerals)}]{{1,4}}"
        forms = "|".join(re.escape(form).replace(re.escape("{n}"), number) for form in self.enumerators)
        # 12.4亿元 is no item 12.
        return re.compile(rf"(?:{forms})(?!\d)")


class Title(Strict):
    """How the line under a headline begins and ends, and what under a text is none."""

    excluded: tuple[str, ...]
    dashes: tuple[str, ...]
    endings: tuple[str, ...]


class Confusion(Strict):
    """A slip of character recognition: `wrong` is read as `right`, unless a neighbour speaks against it.

    `not_after` and `not_before` are words that, standing directly before or after, show that
    `wrong` is meant; `after` lists characters of which one must stand before, where given.
    """

    wrong: str
    right: str
    after: str = ""
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _same_length(self) -> Confusion:
        if len(self.wrong) != len(self.right) or not self.wrong:
            raise ValueError(f"{self.wrong!r} and {self.right!r} differ in length; pair them character by character")
        return self


class Confusions(Strict):
    """All slips, single characters first: `characters` maps those never meant in simplified writing."""

    characters: dict[str, str] = Field(default_factory=dict)
    in_figures: dict[str, str] = Field(default_factory=dict)
    between_numerals: dict[str, str] = Field(default_factory=dict)
    words: tuple[Confusion, ...] = ()

    @cached_property
    def word_pattern(self) -> re.Pattern[str]:
        """Any of the wrong words."""
        return re.compile(alternatives(word.wrong for word in self.words))

    @cached_property
    def character_table(self) -> dict[int, str]:
        """`characters` for `str.translate`."""
        return {ord(wrong): right for wrong, right in self.characters.items()}

    @model_validator(mode="after")
    def _single(self) -> Confusions:
        for table in (self.characters, self.in_figures, self.between_numerals):
            for wrong, right in table.items():
                if len(wrong) != 1 or len(right) != 1:
                    raise ValueError(f"{wrong!r} = {right!r}: one character each is wanted")
        return self


class Layout(Strict):
    """The tables of `article.toml`."""

    punctuation: Punctuation
    fold: Fold
    byline: Byline
    caption: Caption
    furniture: Furniture
    heading: Heading
    title: Title
    dates: Dates


class ArticleLexicon(Strict):
    """All that reading and cleaning an article knows of the genre."""

    layout: Layout
    confusions: Confusions


FIELDS = ("", "title", "publisher", "authors", "issued", "source_url", "place")


def load_article_lexicon(folder: Path) -> ArticleLexicon:
    """The article lexicon of an ontology folder (that which holds `lexicon/`). Raises DataError."""
    path = folder / "lexicon" / "article.toml"
    layout = load_toml(path, Layout)
    for index, label in enumerate(layout.byline.labels):
        if label.field not in FIELDS:
            raise DataError(f"{path}: byline.labels.{index}: unknown field {label.field!r}; use one of {FIELDS[1:]}")
    return ArticleLexicon(layout=layout, confusions=load_toml(folder / "lexicon" / "confusions.toml", Confusions))
