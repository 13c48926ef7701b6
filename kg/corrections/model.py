"""`corrections.toml` → checked corrections, each with its place in the file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, TypeAdapter, ValidationError, field_validator, model_validator

from kg.articles.sidecar import iso_date
from kg.errors import DataError, InputError, nearest
from kg.lexicon.toml import Strict
from kg.ontology import Ontology

FILE = "corrections.toml"
TABLE = "correction"


class _Decision(Strict):
    """Who decided, why and when; each as far as it is given. `date` is an ISO date cut to what is known."""

    author: str | None = Field(default=None, min_length=1)
    reason: str | None = Field(default=None, min_length=1)
    date: str | None = None

    @field_validator("date", mode="before")
    @classmethod
    def _iso(cls, value: object) -> object:
        return iso_date(value)


class Reject(_Decision):
    """A claim (`relation`, `object`) or an observation (`indicator` …) is not so.

    `article` (file or id) and `sentence` (words of it) narrow this to what was read there.
    """

    do: Literal["reject"]
    subject: str
    relation: str | None = None
    object: str | None = None
    indicator: str | None = None
    value: Decimal | None = None
    unit: str | None = None
    period: str | None = None
    kind: str | None = None
    article: str | None = None
    sentence: str | None = None

    @model_validator(mode="after")
    def _one(self) -> Reject:
        claim = [self.relation, self.object]
        figure = [self.value, self.unit, self.period, self.kind]
        if (self.relation is None) == (self.indicator is None):
            raise ValueError("give either relation and object, or indicator")
        if None in claim if self.relation else self.object is not None:
            raise ValueError("relation and object go together")
        if self.relation and any(each is not None for each in figure):
            raise ValueError("value, unit, period and kind go with indicator")
        return self


class Add(_Decision):
    """A claim that was not read, and the `sentence` of `article` that says it.

    A thing that the graph lacks is made of its class. `qualifiers` are further statements of the claim.
    """

    do: Literal["add"]
    subject: str
    relation: str
    object: str
    article: str
    sentence: str
    subject_class: str | None = None
    object_class: str | None = None
    qualifiers: dict[str, str] = Field(default_factory=dict)


class Merge(_Decision):
    """`things` are one; it is called what the first is called."""

    do: Literal["merge"]
    things: tuple[str, ...] = Field(min_length=2)


class Split(_Decision):
    """What `articles` call `thing`, or what is called one of `names`, is another thing; `name` is its name."""

    do: Literal["split"]
    thing: str
    names: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    name: str | None = None

    @model_validator(mode="after")
    def _some(self) -> Split:
        if not self.names and not self.articles:
            raise ValueError("give names or articles that tell the other thing apart")
        return self


class Rename(_Decision):
    """`thing` is called `name`. Its name until now goes, unless `keep` says that it is another name for it."""

    do: Literal["rename"]
    thing: str
    name: str = Field(min_length=1)
    keep: bool = False


class Retype(_Decision):
    """`thing` is of `class`."""

    do: Literal["retype"]
    thing: str
    class_: str = Field(alias="class")


Correction = Reject | Add | Merge | Split | Rename | Retype
MODELS: dict[str, type[Correction]] = {
    get_args(model.model_fields["do"].annotation)[0]: model for model in get_args(Correction)
}
_CORRECTION: TypeAdapter[Correction] = TypeAdapter(Annotated[Correction, Field(discriminator="do")])
_NOT_SAID = {"author", "reason", "date"}


@dataclass(frozen=True, slots=True)
class Placed:
    """A correction with the file and the line (1-based) where it stands."""

    file: str
    line: int
    correction: Correction

    @property
    def place(self) -> str:
        """``corrections.toml:12``"""
        return f"{self.file}:{self.line}"

    def words(self) -> str:
        """What is decided, on one line."""
        said = self.correction.model_dump(by_alias=True, exclude_defaults=True, exclude=_NOT_SAID)
        return " ".join(_words(name, value) for name, value in said.items())


def _words(name: str, value: object) -> str:
    if isinstance(value, bool):
        return name
    if isinstance(value, dict):
        return ", ".join(f"{key} {each}" for key, each in sorted(value.items()))
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def load_corrections(paths: Iterable[Path], ontology: Ontology) -> tuple[Placed, ...]:
    """The corrections in the files at `paths`, in order.

    Raises InputError for a file that cannot be read, and DataError naming file, line, key, value and the
    nearest valid choice.
    """
    return tuple(placed for path in paths for placed in _load(path, ontology))


def _load(path: Path, ontology: Ontology) -> list[Placed]:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 at byte {error.start}; save the file as UTF-8") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None
    return parse_corrections(text, ontology, source=str(path))


def parse_corrections(text: str, ontology: Ontology, *, source: str) -> list[Placed]:
    """The corrections in `text`, which stands in the file `source`. Raises DataError."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{source}: not valid TOML: {error}") from None
    for key in data:
        if key != TABLE:
            raise DataError(f"{source}:{_line(text, key)}: {key}: unknown key{nearest(key, [TABLE])}")
    tables = data.get(TABLE, [])
    if not isinstance(tables, list):
        raise DataError(f"{source}:{_line(text, TABLE)}: {TABLE}: write [[{TABLE}]], with two brackets")
    starts = [text.count("\n", 0, match.start()) + 1 for match in _HEADER.finditer(text)]
    lines = starts if len(starts) == len(tables) else [1] * len(tables)
    return [_correction(table, text, line, ontology, source) for table, line in zip(tables, lines, strict=True)]


_HEADER = re.compile(rf"^[ \t]*\[\[\s*{TABLE}\s*\]\]", re.MULTILINE)


def _line(text: str, key: str, *, after: int = 1) -> int:
    """The first line from `after` on that sets `key`; `after` where none does."""
    rest = text.splitlines()[after - 1 :]
    for number, line in enumerate(rest, start=after):
        if number > after and _HEADER.match(line):
            break
        if re.match(rf"[ \t\[]*[\"']?{re.escape(key)}[\"']?\s*[=.\]]", line):
            return number
    return after


def _correction(table: Any, text: str, line: int, ontology: Ontology, source: str) -> Placed:
    def wrong(key: str, value: object, what: str) -> DataError:
        said = f"{key} = {value!r}: " if value is not None else f"{key}: " if key else ""
        return DataError(f"{source}:{_line(text, key, after=line)}: {said}{what}")

    try:
        found = _CORRECTION.validate_python(table)
    except ValidationError as error:
        raise wrong(*_explain(error, table)) from None
    for key, value, choices in _choices(found, ontology):
        if value.removeprefix("kg:") not in choices:
            raise wrong(key, value, f"the ontology has no such {_MEANT[key]}{nearest(value, choices)}")
    return Placed(source, line, found)


_MEANT = {"relation": "relation", "qualifiers": "property of claims", "kind": "kind"} | dict.fromkeys(
    ("class", "subject_class", "object_class"), "class of things"
)
_KINDS = ("actual", "change", "limit", "target")


def _choices(correction: Correction, ontology: Ontology) -> list[tuple[str, str, Sequence[str]]]:
    """What must be one of the ontology's terms: key, value and choices."""
    classes = [each.name for each in ontology.entities]
    claims = [name for name, each in ontology.properties.items() if "Claim" in each.domain]
    choices = {
        "relation": [each.name for each in (*ontology.relations, *ontology.attributes)],
        "kind": _KINDS,
        **dict.fromkeys(("class", "subject_class", "object_class"), classes),
    }
    said = correction.model_dump(by_alias=True)
    asked = [(key, said[key], names) for key, names in choices.items() if said.get(key) is not None]
    return asked + [("qualifiers", name, claims) for name in said.get("qualifiers", ())]


def _explain(error: ValidationError, table: Any) -> tuple[str, object, str]:
    """The key, the value and what is wrong with it, of the first error."""
    first = error.errors()[0]
    key = next((part for part in first["loc"] if isinstance(part, str) and part not in MODELS), "")
    if first["type"].startswith("union_tag"):
        value = table.get("do") if isinstance(table, dict) else table
        return "do", value, f"must be one of {', '.join(MODELS)}{nearest(str(value), MODELS)}"
    model = MODELS[str(table["do"])]
    names = [info.alias or name for name, info in model.model_fields.items()]
    if first["type"] == "extra_forbidden":
        return key, table[key], f"unknown key of {table['do']}{nearest(key, names)}"
    if first["type"] == "missing":
        return "", None, f"{table['do']} needs {key}"
    if first["type"] == "too_short":
        return key, table.get(key), "name two or more"
    return key, table.get(key) if key else None, first["msg"].removeprefix("Value error, ").lower()
