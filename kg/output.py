"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.errors import InputError


@contextmanager
def writable(folder: Path) -> Iterator[None]:
    """A context in which `folder` exists and takes files; where it fails, a folder made for it is removed.

    Raises InputError where `folder` cannot be made or takes no files.
    """
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=folder, prefix=".kg-"):
                pass
        except OSError as error:
            raise InputError(f"{folder}: cannot be written: {error.strerror}; choose another folder") from None
        yield
    except BaseException:
        for each in missing:
            with suppress(OSError):
                each.rmdir()
        raise


def write_files(folder: Path, contents: Mapping[str, str]) -> None:
    """Write all of `contents` into `folder`, each file whole; old files stay until all new ones are there.

    Raises InputError where the folder cannot be written; it is then as before.
    """
    written: list[tuple[str, Path]] = []
    try:
        for name, text in contents.items():
            handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{name}-")
            written.append((temporary, folder / name))
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            Path(temporary).chmod(0o666 & ~_umask())
        for temporary, target in written:
            Path(temporary).replace(target)
    except OSError as error:
        raise InputError(f"{folder}: cannot be written: {error.strerror}") from None
    finally:
        for temporary, _ in written:
            Path(temporary).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
