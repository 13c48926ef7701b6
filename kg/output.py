"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from kg.errors import InputError


def write_files(folder: Path, contents: Mapping[str, str]) -> None:
    """Write all of `contents` into `folder`, each file whole; old files stay until all new ones are there.

    Raises InputError where the folder cannot be written; it is then as before.
    """
    written: list[tuple[Path, Path]] = []
    try:
        for name, text in contents.items():
            handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{name}-")
            os.close(handle)
            written.append((Path(temporary), folder / name))
            write_whole(Path(temporary), text)
        for file, target in written:
            file.replace(target)
    except OSError as error:
        raise InputError(f"{folder}: cannot be written: {error.strerror}") from None
    finally:
        for file, _ in written:
            file.unlink(missing_ok=True)


def write_whole(file: Path, text: str) -> None:
    """Write `text` to `file`, on the disk when this returns, for all to read whom the user lets."""
    with file.open("w", encoding="utf-8", newline="\n") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    readable_by_all(file)


def readable_by_all(path: Path) -> None:
    """Give a file or folder made for one user alone the permissions that the user's mask asks for."""
    mask = os.umask(0)
    os.umask(mask)
    path.chmod((0o777 if path.is_dir() else 0o666) & ~mask)
