"""Articles → a folder: the same bytes every time, whole files or none."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kg.build import Options, build
from kg.errors import InputError
from kg.knowledge import default_folder
from kg.output import write_files
from kg.query import display, run_query
from kg.store import load_graph

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))[:2]
OPTIONS = Options(default_folder(), tag=False, page=False)
FILES = ("graph.html", "graph.ttl", "report.json")


def contents(folder: Path) -> Mapping[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.glob("[!.]*"))}


def run(*arguments: object, seed: int) -> None:
    """`kg` in a process of its own, whose strings hash after `seed`."""
    command = [sys.executable, "-m", "kg.cli", *map(str, arguments)]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": str(seed)}, stdout=subprocess.DEVNULL)


def test_nothing_but_the_articles_counts(tmp_path: Path) -> None:
    """Neither hash seed, nor order, nor number of workers."""
    run("build", *SEEDS, "-o", tmp_path / "0", seed=0)
    run("build", *reversed(SEEDS), "-o", tmp_path / "1", seed=1)
    run("build", *SEEDS, "-o", tmp_path / "2", "--workers", "2", seed=2)
    assert tuple(contents(tmp_path / "0")) == FILES
    assert contents(tmp_path / "0") == contents(tmp_path / "1") == contents(tmp_path / "2")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    build(SEEDS, folder, options=OPTIONS)
    return folder


def report(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return found


def test_graph_holds_entities_figures_and_spans_that_stand_in_the_file(built: Path) -> None:
    graph = load_graph(built)
    texts = {file.name: file.read_text(encoding="utf-8-sig") for file in SEEDS}
    query = """SELECT ?file ?begin ?end ?words { ?s nif:beginIndex ?begin ; nif:endIndex ?end ; nif:anchorOf ?words ;
        nif:referenceContext/dcterms:source ?file }"""
    rows = run_query(graph, query).rows
    assert len(rows) > 100
    for row in rows:
        file, begin, end, words = map(display, row)
        span = "".join(texts[file][int(begin) : int(end)].split())
        left = iter(span)  # cleaning drops characters, and changes none
        assert all(character in left for character in words), (file, begin, end)


def test_report_counts_and_shows_what_was_not_read(built: Path) -> None:
    found = report(built)
    assert found["tool"]["name"] == "citykg"
    assert found["totals"]["articles"] == len(SEEDS) == len(found["articles"])
    assert found["failed"] == []
    assert sum(found["totals"]["by_class"].values()) == found["totals"]["entities"] > 0
    first = found["articles"][0]
    assert first["file"] == SEEDS[0].name
    assert set(first) >= {"title", "issued", "established", "entities", "relations", "observations", "warnings"}
    text = SEEDS[0].read_text(encoding="utf-8-sig")
    assert all(each["begin"] < each["end"] <= len(text) and each["text"] for each in first["unread"])


def test_a_bad_article_is_reported_and_the_rest_are_built(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    shutil.copy(SEEDS[0], folder)
    (folder / "bad.txt").write_bytes(b"")
    found = build([folder], tmp_path / "out", options=OPTIONS)
    assert [failure.file for failure in found.failures] == [str(folder / "bad.txt")]
    assert report(tmp_path / "out")["failed"][0]["file"] == str(folder / "bad.txt")
    assert report(tmp_path / "out")["totals"]["articles"] == 1


def test_when_nothing_can_be_read_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"")
    with pytest.raises(InputError, match="no article could be read"):
        build([tmp_path / "bad.txt"], tmp_path / "deep" / "out", options=OPTIONS)
    assert not (tmp_path / "deep").exists()


def test_files_with_equal_names_are_two_articles(tmp_path: Path) -> None:
    for number, seed in enumerate(SEEDS):
        (tmp_path / str(number)).mkdir()
        shutil.copy(seed, tmp_path / str(number) / "article.txt")
    build([tmp_path], tmp_path / "out", options=OPTIONS)
    assert len({article["id"] for article in report(tmp_path / "out")["articles"]}) == 2


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    build(SEEDS, tmp_path, options=OPTIONS, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


def test_writing_is_all_or_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old", encoding="utf-8")
    (tmp_path / "b").mkdir()  # cannot be replaced by a file
    with pytest.raises(InputError, match="cannot be written"):
        write_files(tmp_path, {"b": "new", "a": "new"})
    assert (tmp_path / "a").read_text(encoding="utf-8") == "old"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a", "b"]


def test_facts_below_the_confidence_asked_for_are_left_out(tmp_path: Path) -> None:
    article = tmp_path / "news.txt"
    article.write_text("岳阳市委书记李明华出席会议。岳阳市完成固定资产投资12亿元。", encoding="utf-8")
    report = build([article], tmp_path / "all", options=Options(ontology=default_folder(), page=False))
    assert report.totals["relations"] == 1
    strict = Options(ontology=default_folder(), page=False, min_confidence=0.999)
    assert build([article], tmp_path / "none", options=strict).totals["relations"] == 0
