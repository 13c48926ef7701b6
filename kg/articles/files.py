"""Find the article files of a build, and give each an identity of its own."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from kg.errors import InputError

LONGEST_ID = 80


def search(paths: Sequence[Path], *, suffixes: Sequence[str]) -> tuple[Path, ...]:
    """The files among `paths`, and those with one of `suffixes` in the folders among them; sorted, each once.

    Hidden files and folders are left out, unless named. Raises InputError for a path that
    is not there and for a folder without articles.
    """
    if not paths:
        raise InputError("no article given; name a file or folder")
    found: dict[Path, Path] = {}
    for path in paths:
        for file in _files(path, suffixes):
            found.setdefault(file.resolve(), file)
    return tuple(sorted(found.values(), key=lambda file: file.as_posix()))


def article_ids(paths: Sequence[Path]) -> Mapping[Path, str]:
    """For each of `paths` its id: the stem, fit for an IRI; files with equal stems get more of their path.

    The result does not depend on the order of `paths`. Where even the nearest folder does
    not part them, a digest of the whole path does.
    """
    unique = sorted(set(paths), key=lambda path: path.as_posix())
    ids = {path: iri_safe(path.stem) for path in unique}
    for longer in (_with_suffix, _with_folder, _with_digest):
        counts = Counter(name.casefold() for name in ids.values())
        ids = {path: name if counts[name.casefold()] == 1 else longer(path) for path, name in ids.items()}
    return ids


def iri_safe(name: str) -> str:
    """`name` with all but letters, digits, `_`, `-` and `.` replaced by `-`.

    >>> iri_safe("常州日报 2022/02(1)")
    '常州日报-2022-02-1'
    """
    safe = re.sub(r"[^\w.-]+", "-", name).strip("-.")
    if len(safe) > LONGEST_ID:
        safe = f"{safe[: LONGEST_ID - 9]}-{_digest(name)}"
    return safe or f"article-{_digest(name)}"


def _files(path: Path, suffixes: Sequence[str]) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise InputError(f"{path}: no such file or folder; check the path")
    files = [
        file
        for file in path.rglob("*")
        if file.suffix.lower() in suffixes
        and file.is_file()
        and not any(part.startswith((".", "~$")) for part in file.relative_to(path).parts)
    ]
    if not files:
        raise InputError(f"{path}: no articles in this folder; expected files ending in {', '.join(suffixes)}")
    return files


def _with_suffix(path: Path) -> str:
    return iri_safe(path.name)


def _with_folder(path: Path) -> str:
    return iri_safe(f"{path.parent.name}-{path.name}")


def _with_digest(path: Path) -> str:
    return f"{iri_safe(path.stem)}-{_digest(path.as_posix())}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
