"""Builds that are killed, and builds that meet: real processes, real signals."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from time import sleep

import pytest

KG = (sys.executable, "-m", "kg.cli")
FILES = ("graph.html", "graph.ttl", "report.json")
OLD = {"a": "2021年，岳阳市完成固定资产投资12亿元。", "b": "岳阳市委书记李明华出席会议。"}
NEW = {
    **OLD,
    "b": "岳阳市委书记李明华出席远航铜业集团有限公司开工仪式。",
    "c": "去年，岳阳市实现地区生产总值4402亿元。",
}

# Builds in forks of one process that has loaded all that is costly. A line of standard input is the number of
# the step at which to kill the build, and what to build where; the answer is how it ended and how many steps
# it took. A step is whatever Python tells its audit hooks of changes below the output folder: files opened for
# writing, made, renamed, removed.
BUILDER = """
    import json, os, signal, sys
    from pathlib import Path
    import kg.pipeline
    from kg.build import Options, build
    from kg.knowledge import default_folder, load_knowledge

    knowledge = load_knowledge()
    print("ready", flush=True)

    def run(kill, articles, output, told):
        steps = 0
        def hook(event, arguments):
            nonlocal steps
            changes = event.split(".")[0] in ("os", "shutil", "tempfile") and event not in ("os.scandir", "os.listdir")
            if changes or event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
                if any(isinstance(each, (str, os.PathLike)) and output in os.fspath(each) for each in arguments):
                    steps += 1
                    if steps == kill:
                        os.kill(os.getpid(), signal.SIGKILL)
        sys.addaudithook(hook)
        build([Path(articles)], Path(output), options=Options(default_folder(), tag=False), knowledge=knowledge)
        os.write(told, str(steps).encode())

    for line in sys.stdin:
        kill, articles, output = json.loads(line)
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            code = 1
            try:
                run(kill, articles, output, writing)
                code = 0
            finally:
                os._exit(code)
        os.close(writing)
        _, status = os.waitpid(child, 0)
        print(json.dumps([os.waitstatus_to_exitcode(status), int(os.read(reading, 99) or 0)]), flush=True)
        os.close(reading)
"""


@pytest.fixture(scope="module")
def builder() -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", textwrap.dedent(BUILDER)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        assert process.stdin is not None
        process.stdin.close()


def build(builder: subprocess.Popen[str], articles: Path, output: Path, *, kill: int = 0) -> tuple[int, int]:
    """The exit code of a build, or the signal that ended it as a negative number, and the steps it took."""
    assert builder.stdin is not None
    assert builder.stdout is not None
    builder.stdin.write(json.dumps([kill, str(articles), str(output)]) + "\n")
    builder.stdin.flush()
    code, steps = json.loads(builder.stdout.readline())
    return code, steps


def articles(folder: Path, texts: Mapping[str, str]) -> Path:
    folder.mkdir()
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def contents(folder: Path) -> Mapping[str, bytes]:
    found = {}
    for name in FILES:
        with suppress(FileNotFoundError):
            found[name] = (folder / name).read_bytes()
    return found


def own_files(output: Path) -> list[str]:
    """What a build keeps for itself, the name of the last build left out."""
    home = output / ".kg"
    return sorted(path.name for path in home.iterdir() if path.resolve() != (home / "current").resolve())


def is_clean(output: Path) -> bool:
    """Whether nothing is there but what a build that came to its end leaves."""
    partial = [path for path in (output / ".kg" / "cache").iterdir() if path.suffix != ".entry"]
    names = sorted(path.name for path in output.iterdir())
    links = [path for path in output.iterdir() if path.is_symlink()]
    return (
        names == sorted([".kg", *FILES]) and own_files(output) == ["cache", "lock"] and len(partial) == 1 and not links
    )


def test_killed_at_any_step_nothing_is_lost(builder: subprocess.Popen[str], tmp_path: Path) -> None:
    old, new = articles(tmp_path / "old", OLD), articles(tmp_path / "new", NEW)
    out, before, after = (tmp_path / name for name in ("out", "before", "after"))
    assert build(builder, old, before)[0] == build(builder, new, after)[0] == 0
    shutil.copytree(before, out, symlinks=True)
    code, steps = build(builder, new, out)
    assert (code, contents(out)) == (0, contents(after))
    assert steps > 30
    seen = set()
    for step in moments(steps, every=4):
        shutil.rmtree(out)
        shutil.copytree(before, out, symlinks=True)
        assert build(builder, new, out, kill=step)[0] == -signal.SIGKILL
        whole = {name: contents(place) for name, place in (("old", before), ("new", after))}
        state = next((name for name, files in whole.items() if contents(out) == files), None)
        assert state, f"killed at step {step} of {steps}: files of two builds"
        seen.add(state)
        if step % 5 == 0 or state == "new":
            assert build(builder, new, out)[0] == 0
            assert contents(out) == contents(after)
            assert is_clean(out), step
    assert seen == {"old", "new"}


def test_killed_at_any_step_of_the_first_build_all_is_there_or_none(
    builder: subprocess.Popen[str], tmp_path: Path
) -> None:
    place, out = articles(tmp_path / "articles", OLD), tmp_path / "out"
    _, steps = build(builder, place, out)
    whole = contents(out)
    assert tuple(whole) == FILES
    for step in moments(steps, every=8)[::2]:
        shutil.rmtree(out, ignore_errors=True)
        assert build(builder, place, out, kill=step)[0] == -signal.SIGKILL
        assert contents(out) in ({}, whole), step
    assert build(builder, place, out)[0] == 0
    assert contents(out) == whole
    assert is_clean(out)


def test_plain_files_in_place_of_links_change_with_the_rest(builder: subprocess.Popen[str], tmp_path: Path) -> None:
    """As `kg view -o out/graph.html` leaves them, or a build where there are no links."""
    old, new = articles(tmp_path / "old", OLD), articles(tmp_path / "new", NEW)
    before, after, out = tmp_path / "before", tmp_path / "after", tmp_path / "out"
    build(builder, old, before)
    build(builder, new, after)
    shutil.copytree(before, out)
    shutil.rmtree(out / ".kg")
    _, steps = build(builder, new, out)
    assert contents(out) == contents(after)
    for step in moments(steps, every=8)[::2]:
        shutil.rmtree(out)
        shutil.copytree(before, out)
        shutil.rmtree(out / ".kg")
        assert build(builder, new, out, kill=step)[0] == -signal.SIGKILL
        assert contents(out) in (contents(before), contents(after)), step
    assert build(builder, new, out)[0] == 0
    assert is_clean(out)


def test_one_file_is_fit_to_be_copied_and_comes_back_when_it_is_gone(
    builder: subprocess.Popen[str], tmp_path: Path
) -> None:
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    place = articles(tmp_path / "articles", OLD)
    build(builder, place, out)
    whole, times = contents(out), {name: (out / name).stat().st_mtime_ns for name in FILES}
    elsewhere.mkdir()
    for name in FILES:
        shutil.copy2(out / name, elsewhere / name, follow_symlinks=False)
    assert contents(elsewhere) == whole
    (out / "graph.html").unlink()
    build(builder, place, out)
    assert contents(out) == whole
    assert {name: (out / name).stat().st_mtime_ns for name in FILES} == times
    assert is_clean(out)


def test_of_a_copied_folder_the_files_that_a_build_lacks_go(tmp_path: Path) -> None:
    place, out = articles(tmp_path / "articles", OLD), tmp_path / "out"
    subprocess.run([*KG, "build", place, "-o", out, "-q", "--no-tagger"], check=True)
    moved = Path(shutil.copytree(out, tmp_path / "moved"))
    subprocess.run([*KG, "build", place, "-o", moved, "-q", "--no-tagger", "--no-page"], check=True)
    assert sorted(contents(moved)) == ["graph.ttl", "report.json"]


def test_the_page_of_another_build_among_the_articles_is_none(builder: subprocess.Popen[str], tmp_path: Path) -> None:
    place, before, after = articles(tmp_path / "articles", OLD), tmp_path / "before", tmp_path / "after"
    assert build(builder, place, before)[0] == 0
    assert build(builder, place, place / "out")[0] == 0
    assert build(builder, place, after)[0] == 0
    assert contents(after) == contents(before)


def moments(steps: int, *, every: int) -> list[int]:
    """Steps at which to kill a build: all of the last, at which files change places, and some of those before."""
    last = max(steps - 24, 1)
    return [*range(1, last, every), *range(last, steps + 1)]


def children(process: int) -> list[int]:
    """The processes that `process` has started."""
    return [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_killed_at_random_moments_of_the_command(tmp_path: Path) -> None:
    old, new = articles(tmp_path / "old", OLD), articles(tmp_path / "new", NEW)
    out, before, after = (tmp_path / name for name in ("out", "before", "after"))
    flags = ("-q", "--no-tagger")
    for source, output in ((old, before), (new, after)):
        subprocess.run([*KG, "build", source, "-o", output, *flags], check=True)
    shutil.copytree(before, out, symlinks=True)
    chance, orphans = random.Random(5), []
    for _ in range(4):
        with subprocess.Popen([*KG, "build", new, "-o", out, *flags, "-w", "2", "--no-cache"]) as process:
            for _ in range(chance.randrange(40)):
                sleep(0.1)
                orphans += children(process.pid) if process.poll() is None else []
            process.kill()
        assert contents(out) in (contents(before), contents(after))
    subprocess.run([*KG, "build", new, "-o", out, *flags], check=True)
    assert contents(out) == contents(after)
    assert is_clean(out)
    for _ in range(100):
        if not any(map(is_running, orphans)):
            return
        sleep(0.1)
    pytest.fail("workers of a killed build go on")


def test_two_builds_into_one_folder_take_turns(tmp_path: Path) -> None:
    place, out = articles(tmp_path / "articles", OLD), tmp_path / "out"
    command = [*KG, "build", str(place), "-o", str(out), "-q"]
    holder = (
        "import sys; from pathlib import Path; from kg.publication import reserved\n"
        f"with reserved(Path({str(out)!r})): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as waiting:
            assert waiting.stderr is not None
            assert waiting.stderr.readline() == f"kg: {out}: another build is writing there; waiting for its end\n"
            assert waiting.poll() is None
            assert not (out / "graph.ttl").exists()
            other.kill()  # whoever holds a lock and dies gives it back
            assert waiting.wait() == 0
    assert is_clean(out)


def test_many_builds_at_once_leave_one_whole_build(tmp_path: Path) -> None:
    places = [articles(tmp_path / "old", OLD), articles(tmp_path / "new", NEW)]
    out = tmp_path / "out"
    running = [
        subprocess.Popen([*KG, "build", place, "-o", out, "-q", "--no-tagger"], stderr=subprocess.DEVNULL)
        for place in (*places, places[0])
    ]
    torn: list[int] = []
    looks = 0
    done = threading.Event()

    def which() -> tuple[int, int] | None:
        """Which file graph.ttl is, whatever links lead to it; None where it is not there yet."""
        try:
            found = (out / "graph.ttl").stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns

    def watch() -> None:
        nonlocal looks
        while not done.is_set():
            first, files, again = which(), contents(out), which()
            if first is not None and first == again:  # no build came to its end meanwhile
                looks += 1
                if len(files) != len(FILES):
                    torn.append(len(files))

    watcher = threading.Thread(target=watch)
    watcher.start()
    codes = [process.wait() for process in running]
    done.set()
    watcher.join()
    assert codes == [0, 0, 0]
    assert looks
    assert not torn
    for place in places:
        subprocess.run([*KG, "build", place, "-o", tmp_path / place.name / "clean", "-q", "--no-tagger"], check=True)
    assert contents(out) in [contents(place / "clean") for place in places]
    assert is_clean(out)
