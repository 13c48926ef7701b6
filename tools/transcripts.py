"""Run what a Markdown file shows, and put down what came out.

    python tools/transcripts.py README.md …      (part of `make docs`)

Code blocks are taken in order, in one folder that holds `seeds/`, `ontology/` and `tests/`:

* ``console``: lines that begin with ``$ `` are commands for bash, what follows each is its output;
* any block whose first line is ``# file: PATH`` or ``# add to: PATH`` is written or appended there.

tests/test_docs.py runs the same blocks and fails where a file no longer tells the truth.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ("ontology", "seeds", "tests")
COUNT_TOLERANCE, SHARE_TOLERANCE = 0.05, 0.02

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PLACE = re.compile(r"# (file|add to): (\S+)\n")
_RULES = re.compile(r"[─\s]+")
_NUMBER = re.compile(r"(?<![\w.])(?:0\.\d{3}|1\.000|\d+)$")


@dataclass(frozen=True, slots=True)
class Step:
    """A command and its output."""

    command: str
    output: str


def run_blocks(text: str, folder: Path) -> Iterator[tuple[re.Match[str], list[Step], list[Step]]]:
    """Each console block of `text` with its steps as they are written and as they turn out in `folder`."""
    environment = prepare(folder)
    for block in _BLOCK.finditer(text):
        place = _PLACE.match(block[2])
        if place:
            _write(folder / place[2], block[2][place.end() :], append=place[1] == "add to")
        elif block[1] == "console":
            written = list(_steps(block[2]))
            yield block, written, [Step(step.command, _run(step.command, folder, environment)) for step in written]


def prepare(folder: Path) -> dict[str, str]:
    """Lay out `folder` like the repository, with a `kg` that runs the code beside this script; its environment."""
    for name in SHARED:
        (folder / name).symlink_to(ROOT / name)
    programs = folder / ".bin"
    programs.mkdir()
    for name, arguments in (("kg", "-m kg.cli "), ("python", "")):
        program = programs / name
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" {arguments}"$@"\n', encoding="utf-8")
        program.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if name != "KG_ONTOLOGY"}
    path = f"{programs}{os.pathsep}{kept.get('PATH', '')}"
    return {**kept, "PATH": path, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "COLUMNS": "120"}


def _write(file: Path, text: str, *, append: bool) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a" if append else "w", encoding="utf-8") as target:
        target.write(text)


def _steps(block: str) -> Iterator[Step]:
    """The commands of a block; one goes on where its line ends in a backslash or leaves a quote open."""
    lines = block.splitlines()
    at = 0
    while at < len(lines):
        if not lines[at].startswith("$ "):
            raise SystemExit(f"a console block must begin with '$ ': {lines[at]!r}")
        command = lines[at][2:]
        at += 1
        while command.endswith("\\") or command.count("'") % 2:
            command += "\n" + lines[at]
            at += 1
        begin = at
        while at < len(lines) and not lines[at].startswith("$ "):
            at += 1
        yield Step(command, "\n".join(lines[begin:at]).strip("\n"))


def _run(command: str, folder: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return "\n".join(line.rstrip() for line in done.stdout.rstrip().splitlines())


def differences(written: Step, found: Step) -> list[str]:
    """The lines of the output that do not stand in the file, and the other way round.

    White space and rules do not count. A line that ends in a number may differ in it: counts by
    a twentieth or two, shares by 0.02, for processors differ in the last bits of the tagger's scores.
    """
    pairs = zip_longest(written.output.splitlines(), found.output.splitlines())
    return [f"- {old}\n+ {new}" for old, new in pairs if old is None or new is None or not _alike(old, new)]


def _alike(old: str, new: str) -> bool:
    old, new = (" ".join(_RULES.sub(" ", line).split()) for line in (old, new))
    while old != new:
        was, now = _NUMBER.search(old), _NUMBER.search(new)
        if was is None or now is None or not _near(was[0], now[0]):
            return False
        old, new = old[: was.start()].rstrip(), new[: now.start()].rstrip()
    return True


def _near(was: str, now: str) -> bool:
    if "." in was or "." in now:
        return abs(float(was) - float(now)) <= SHARE_TOLERANCE
    return abs(int(was) - int(now)) <= max(2, COUNT_TOLERANCE * int(was))


def renewed(text: str) -> str:
    """`text` with the output of every console block as it turns out now."""
    with tempfile.TemporaryDirectory() as folder:
        blocks = [(block.span(2), found) for block, _, found in run_blocks(text, Path(folder))]
    for (begin, end), found in reversed(blocks):
        lines = "".join(
            f"$ {step.command}\n{step.output}\n" if step.output else f"$ {step.command}\n" for step in found
        )
        text = text[:begin] + lines + text[end:]
    return text


def main() -> None:
    """Renew the files named on the command line."""
    for name in sys.argv[1:]:
        file = Path(name)
        file.write_text(renewed(file.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
