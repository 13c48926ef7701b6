"""How sure the recognizer of names must be, class by class: the model of ``annotated/recognizer.toml``."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from pydantic import Field

from kg.annotated import MODEL, check_model
from kg.errors import DataError, nearest
from kg.lexicon.areas import Expression
from kg.lexicon.toml import Strict, load_toml
from kg.ontology import Ontology


class Entry(Strict):
    """A class: names less probable than `minimum` or unlike `accept` are left out; `confidence` is the share right."""

    class_: str = Field(alias="class")
    minimum: float = Field(ge=0, le=1)
    confidence: float = Field(ge=0, le=1)
    accept: Expression = ""
    yields: tuple[str, ...] = ()  # what is known of these classes elsewhere in the article is no name of this one


class Settings(Strict):
    """All of ``recognizer.toml``, and where the model is, if there is one."""

    entry: tuple[Entry, ...] = ()
    model: Path | None = None

    @cached_property
    def by_class(self) -> dict[str, Entry]:
        """Entries by class."""
        return {entry.class_: entry for entry in self.entry}


def load_recognizer(folder: Path, ontology: Ontology) -> Settings:
    """The settings in the folder of annotated text; none where there is no such folder.

    Raises DataError naming the file, for an unknown class and for a model that `kg train` has not written.
    """
    if not folder.is_dir():
        return Settings()
    path = folder / "recognizer.toml"
    settings = load_toml(path, Settings)
    for entry in settings.entry:
        if entry.class_ not in ontology.classes:
            hint = nearest(entry.class_, list(ontology.classes))
            raise DataError(f"{path}: unknown class {entry.class_}{hint}")
    check_model(folder)
    return settings.model_copy(update={"model": folder / MODEL})
