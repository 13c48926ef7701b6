"""The folder of a build, whose files change all at once or not at all.

    graph.ttl, …      what one opens, copies and mails: plain files
    .kg/current       -> 3f6c…, the one link that a build swaps
    .kg/3f6c…/        the same files once more, as hard links: those of the last build that came to its end
    .kg/cache/        see `kg.cache`
    .kg/lock          held by the build that writes

While a build changes them, the files are links to `.kg/current/…`: first each leads to what it was, then
`current` changes, then each is again a file of its own. So there is no moment at which a build that is killed
leaves files of two builds. What it leaves in `.kg` beside these the next one sweeps. Kubernetes updates mounted
files by such a link (https://pkg.go.dev/k8s.io/kubernetes/pkg/volume/util#AtomicWriter). Where links cannot be
made, each file is still replaced whole, one after the other.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from filecmp import cmp
from pathlib import Path

from filelock import FileLock, Timeout

from kg.errors import InputError
from kg.iris import digest
from kg.output import readable_by_all, write_files, write_whole

HOME = ".kg"
CACHE = "cache"
_LOCK = "lock"
_CURRENT = "current"
_POLL = 0.05  # seconds between two looks at a lock that another build holds

log = logging.getLogger(__name__)


def home_of(folder: Path) -> Path:
    """Where a build keeps its own files in the output folder."""
    return folder / HOME


@contextmanager
def reserved(folder: Path) -> Iterator[None]:
    """A context in which `folder` exists and no other build writes to it; strays of killed builds are gone.

    Waits, and says so, while another build holds it; the lock of a process that was killed is free.
    A folder made for a build that fails with nothing to keep is removed. Raises InputError where `folder`
    cannot be made or takes no files.
    """
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        try:
            lock = _acquire(folder)
        except OSError as error:
            raise InputError(f"{folder}: cannot be written: {error.strerror}; choose another folder") from None
        try:
            _sweep(home_of(folder))
            _relink(home_of(folder))
            yield
        except BaseException:
            _forsake(home_of(folder))
            raise
        finally:
            lock.release()
    except BaseException:
        for each in missing:
            with suppress(OSError):
                each.rmdir()
        raise


def _acquire(folder: Path) -> FileLock:
    """The lock of `folder`, held."""
    home, told = home_of(folder), False
    while True:
        home.mkdir(parents=True, exist_ok=True)
        lock = FileLock(home / _LOCK)
        try:
            lock.acquire(timeout=-1 if told else 0, poll_interval=_POLL)
        except Timeout:
            log.warning("%s: another build is writing there; waiting for its end", folder)
            told = True
        except FileNotFoundError:
            continue  # the build before failed, and removed the folder it had made
        else:
            return lock


def _sweep(home: Path) -> None:
    """Remove what killed builds have left."""
    kept = {_LOCK, CACHE, _CURRENT, _last(home)}
    for path in home.iterdir():
        if path.name not in kept:
            _remove(path)


def _relink(home: Path) -> None:
    """Make `current` a link again where a copy or an archive has made it a folder."""
    current, copied = home / _CURRENT, "copied"
    if current.is_dir() and not current.is_symlink():
        current.rename(home / copied)
        _point(home, copied)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def _forsake(home: Path) -> None:
    """Remove `home` where it holds neither a build nor anything that the next one could use."""
    cache = home / CACHE
    used = cache.is_dir() and any(not path.name.startswith(".") for path in cache.iterdir())
    if not (home / _CURRENT).is_symlink() and not used:
        shutil.rmtree(home)


def publish(folder: Path, contents: Mapping[str, str]) -> None:
    """Make `contents` the files of the reserved `folder`, in one step; files of the last build that it lacks go.

    Raises InputError where that is not possible; the folder is then as before.
    """
    try:
        staged = _stage(home_of(folder), contents)
        _check(folder, contents)
        if _links_work(staged):
            _swap(folder, staged, contents)
        else:
            write_files(folder, contents)
            shutil.rmtree(staged)
    except OSError as error:
        raise InputError(f"{folder}: cannot be written: {error.strerror}") from None


def _stage(home: Path, contents: Mapping[str, str]) -> Path:
    """A folder with `contents`, on disk before anything points to it."""
    staged = Path(tempfile.mkdtemp(dir=home, prefix="new-"))
    readable_by_all(staged)
    for name, text in contents.items():
        write_whole(staged / name, text)
    return staged


def _check(folder: Path, contents: Mapping[str, str]) -> None:
    for name in contents:
        if (folder / name).is_dir():
            raise InputError(
                f"{folder / name}: cannot be written: it is a folder; remove it or choose another --output"
            )


def _links_work(folder: Path) -> bool:
    """Whether the file system has symbolic links."""
    link = folder.with_name(folder.name + "-link")
    try:
        link.symlink_to(folder.name)
    except (OSError, NotImplementedError):
        return False
    link.unlink()
    return True


def _swap(folder: Path, staged: Path, contents: Mapping[str, str]) -> None:
    home = home_of(folder)
    _adopt(folder, contents)
    last = _last(home)
    if last and _holds(home / last, contents):
        shutil.rmtree(staged)  # nothing has changed: no file gets a new time
    else:
        name = digest(*(part for pair in sorted(contents.items()) for part in pair))
        name += "-again" if name == last else ""  # somebody wrote into the files of the last build
        staged.rename(home / name)
        for each in sorted({*contents, *_unchanged(folder)}):
            _link(folder, each)
        _point(home, name)
        if last:
            shutil.rmtree(home / last)
    _settle(folder, contents)


def _adopt(folder: Path, contents: Mapping[str, str]) -> None:
    """Where other files stand in place of ours, make them the current build first, so that they change with the rest.

    `kg view` may have written one, or a build where links cannot be made.
    """
    others = [folder / name for name in contents if (folder / name).is_file() and not _is_link(folder / name)]
    others = [path for path in others if path.name not in _unchanged(folder)]
    if not others:
        return
    home = home_of(folder)
    last = _last(home)
    adopted = Path(tempfile.mkdtemp(dir=home, prefix="old-"))
    readable_by_all(adopted)
    for path in [*((home / last).iterdir() if last else ()), *others]:
        shutil.copy2(path, adopted / path.name)
    for name in _unchanged(folder):
        _link(folder, name)
    _point(home, adopted.name)
    for path in others:
        _link(folder, path.name)
    if last:
        shutil.rmtree(home / last)


def _settle(folder: Path, contents: Mapping[str, str]) -> None:
    """Make the links in `folder` files of their own again, those to no file of the build nothing."""
    for path in [path for path in folder.iterdir() if _is_link(path) and path.name not in contents]:
        path.unlink()
    for name in contents:
        if not (folder / name).is_file() or _is_link(folder / name):
            twin = home_of(folder) / f"file-{name}"
            _twin(home_of(folder) / _CURRENT / name, twin)
            twin.replace(folder / name)


def _twin(file: Path, copy: Path) -> None:
    """Make `copy` the same file as `file`, or one like it where the file system has no hard links."""
    try:
        copy.hardlink_to(file)
    except OSError:
        shutil.copy2(file, copy)


def _unchanged(folder: Path) -> set[str]:
    """The names of the files in `folder` that are as the last build wrote them."""
    home = home_of(folder)
    last = _last(home)
    twins = list((home / last).iterdir()) if last else []
    return {twin.name for twin in twins if (folder / twin.name).is_file() and cmp(folder / twin.name, twin)}


def _holds(folder: Path, contents: Mapping[str, str]) -> bool:
    """Whether the files of `folder` are just `contents`."""
    names = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    return names == set(contents) and all((folder / name).read_bytes() == contents[name].encode() for name in names)


def _last(home: Path) -> str:
    """The name of the folder with the files of the last build, or nothing."""
    current = home / _CURRENT
    return str(current.readlink()) if current.is_symlink() else ""


def _is_link(path: Path) -> bool:
    return path.is_symlink() and str(path.readlink()) == _target(path.name)


def _target(name: str) -> str:
    return f"{HOME}/{_CURRENT}/{name}"


def _link(folder: Path, name: str) -> None:
    """Let `name` lead to the file of the current build, whether or not that has one."""
    if not _is_link(folder / name):
        link = home_of(folder) / f"link-{name}"
        link.symlink_to(_target(name))
        link.replace(folder / name)


def _point(home: Path, name: str) -> None:
    """Make `name` the current build: one rename."""
    link = home / "next"
    link.symlink_to(name)
    link.replace(home / _CURRENT)
