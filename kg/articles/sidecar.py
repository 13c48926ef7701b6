"""What is known of an article beside its text: `articles.toml`, `<stem>.toml`, front matter."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import Field, field_validator

from kg.errors import DataError, InputError
from kg.lexicon.toml import Strict, load_toml
from kg.types import Metadata

COLLECTION = "articles.toml"
NO_SIDECARS = (COLLECTION, "corrections.toml")
"""Files that speak of many articles, though one may be called articles.txt."""
ModelT = TypeVar("ModelT", bound=Strict)
ISSUED = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
ALIASES = {
    "author": "authors",
    "creator": "authors",
    "date": "issued",
    "published": "issued",
    "source": "publisher",
    "url": "source_url",
    "link": "source_url",
}


def iso_date(value: object) -> object:
    """A year or TOML date as text. Raises ValueError for text that is no ISO date cut to what is known."""
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, int):
        value = str(value)
    if isinstance(value, str) and not ISSUED.fullmatch(value):
        raise ValueError(f"{value!r} is no date; write 2022, 2022-02 or 2022-02-22")
    return value


class Description(Strict):
    """Metadata of one article as a person wrote it down. `how` says how it was established."""

    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    issued: str | None = None
    source_url: str | None = None
    place: str | None = None
    how: str = ""

    @field_validator("issued", mode="before")
    @classmethod
    def _iso(cls, value: object) -> object:
        return iso_date(value)

    @field_validator("authors", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        return (
            tuple(re.split(r"[\s,，、;；]+", value.strip()))
            if isinstance(value, str) and value.strip()
            else value or ()
        )


class Entry(Description):
    """A description in `articles.toml`, for the file it names."""

    file: str


class Collection(Strict):
    """`articles.toml`: one table `[[file]]` an article."""

    file: tuple[Entry, ...] = Field(default=())


def sidecar_metadata(path: Path) -> Metadata:
    """What `articles.toml` and `<stem>.toml` beside `path` say of it; the latter first. Raises InputError."""
    own = path.with_suffix(".toml")
    found = Metadata()
    if own.name not in NO_SIDECARS and own != path and own.is_file():
        found = _metadata(_load(own, Description), own.name)
    for entry in _entries(path.parent / COLLECTION):
        if entry.file == path.name:
            return merge(found, _metadata(entry, COLLECTION))
    return found


def stale_entries(files: Iterable[Path]) -> list[str]:
    """A message for each entry of an `articles.toml` beside `files` that names no file.

    One that cannot be read says so with the articles beside it.
    """
    found = []
    for path in sorted({file.parent / COLLECTION for file in files}):
        with suppress(InputError):
            gone = [entry.file for entry in _entries(path) if not (path.parent / entry.file).is_file()]
            found += [f"{path}: file {name}: not in this folder; mend the name or take it out" for name in gone]
    return found


def front_matter_metadata(values: Mapping[str, object], *, file: str) -> Metadata:
    """Metadata from the entries of a front matter; unknown keys are left unread. Raises InputError."""
    known: dict[str, object] = {}
    for key, value in values.items():
        field = ALIASES.get(key.lower(), key.lower())
        if field in Description.model_fields and value not in ("", None):
            known.setdefault(field, value)
    issued = known.get("issued")
    if isinstance(issued, str) and (day := re.match(r"\d{4}(-\d\d){0,2}", issued)):
        known["issued"] = day[0]
    try:
        return _metadata(Description.model_validate(known), "the front matter")
    except ValueError as error:
        detail = str(error).splitlines()[2].strip() if len(str(error).splitlines()) > 2 else str(error)
        raise InputError(f"{file}: front matter: {detail}") from None


def merge(first: Metadata, second: Metadata) -> Metadata:
    """`first`, with what it lacks taken from `second`, and the reasons of the values that stand."""
    values: dict[str, object] = {}
    reasons: list[tuple[str, str]] = []
    for field in ("title", "publisher", "authors", "issued", "source_url", "place"):
        chosen = first if getattr(first, field) else second
        values[field] = getattr(chosen, field)
        reasons.extend(reason for reason in chosen.reasons if reason[0] == field)
    return Metadata(**values, reasons=tuple(reasons))  # type: ignore[arg-type]  # fields of Metadata by name


def _entries(path: Path) -> tuple[Entry, ...]:
    """What the collection at `path`, if there is one, says of its files."""
    if not path.is_file():
        return ()
    status = path.stat()
    return _collection(path, status.st_mtime_ns, status.st_size).file


@lru_cache(maxsize=8)
def _collection(path: Path, modified: int, size: int) -> Collection:
    """The parsed collection; time and size make a changed file read anew."""
    return _load(path, Collection)


def _load(path: Path, model: type[ModelT]) -> ModelT:
    try:
        return load_toml(path, model)
    except DataError as error:
        raise InputError(str(error)) from None


def _metadata(description: Description, where: str) -> Metadata:
    fields = ("title", "publisher", "authors", "issued", "source_url", "place")
    reason = f"given in {where}" + (f": {description.how}" if description.how else "")
    return Metadata(
        title=description.title,
        publisher=description.publisher,
        authors=description.authors,
        issued=description.issued,
        source_url=description.source_url,
        place=description.place,
        reasons=tuple((field, reason) for field in fields if getattr(description, field)),
    )
