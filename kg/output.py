"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

from kg.errors import InputError

Write = Callable[[BinaryIO], object]
"""Fills a file."""


def write_files(folder: Path, contents: Mapping[str, str]) -> None:
    """Write all of `contents` into `folder`, as `write_streams` does."""
    write_streams(folder, {name: _writer(text) for name, text in contents.items()})


def write_streams(folder: Path, writers: Mapping[str, Write]) -> None:
    """Let each of `writers` fill its file in `folder`, whole; old files stay until all new ones are there.

    Raises InputError where the folder cannot be written, and what a writer raises; the folder is then as before.
    """
    written: list[tuple[Path, Path]] = []
    try:
        for name, write in writers.items():
            handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{name}-")
            os.close(handle)
            written.append((Path(temporary), folder / name))
            _fill(Path(temporary), write)
        for file, target in written:
            file.replace(target)
    except OSError as error:
        raise InputError(f"{folder}: cannot be written: {error.strerror}") from None
    finally:
        for file, _ in written:
            file.unlink(missing_ok=True)


def write_folder(folder: Path, writers: Mapping[str, Write]) -> None:
    """Let `writers` fill their files in `folder`, which appears with all of them where it is new.

    Raises InputError where it cannot be written, and what a writer raises; what was there is then as before.
    """
    if folder.exists():
        write_streams(folder, writers)
        return
    try:
        new = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
    except OSError as error:
        raise InputError(f"{folder}: cannot be written: {error.strerror}") from None
    try:
        write_streams(new, writers)
        readable_by_all(new)
        new.rename(folder)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise


def write_whole(file: Path, text: str) -> None:
    """Write `text` to `file`, on the disk when this returns, for all to read whom the user lets."""
    _fill(file, _writer(text))


def _writer(text: str) -> Write:
    return lambda file: file.write(text.encode("utf-8"))


def _fill(file: Path, write: Write) -> None:
    with file.open("wb") as handle:
        write(handle)
        handle.flush()
        os.fsync(handle.fileno())
    readable_by_all(file)


def readable_by_all(path: Path) -> None:
    """Give a file or folder made for one user alone the permissions that the user's mask asks for."""
    mask = os.umask(0)
    os.umask(mask)
    path.chmod((0o777 if path.is_dir() else 0o666) & ~mask)
