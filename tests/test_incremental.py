"""What is known from the build before changes no byte: neither after edits, nor where the cache is no good."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.articles import read_article
from kg.build import Options, build
from kg.cache import Cache, fingerprint
from kg.errors import InputError
from kg.extraction import Reading, extract_all
from kg.knowledge import Knowledge, default_folder, load_knowledge

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
OPTIONS = Options(default_folder(), tag=False, page=False)
SENTENCES = (
    "2021年，岳阳市完成固定资产投资12亿元。",
    "岳阳市委书记李明华出席会议。",
    "远航铜业集团有限公司投资3亿元建设年产5万吨铜箔项目。",
    "远航铜业集团落户岳阳经开区，去年产值达8.5亿元。",
    "该公司的铜箔远销海外。",
    "今年上半年，全市规模工业增加值增长6.2%。",
)
NAMES = ("a", "b", "c", "城市")


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


def contents(folder: Path) -> Mapping[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.glob("[!.]*"))}


def write(folder: Path, name: str, sentences: Sequence[int], issued: int | None) -> None:
    (folder / f"{name}.txt").write_text("".join(SENTENCES[each] for each in sentences), encoding="utf-8")
    sidecar = folder / f"{name}.toml"
    sidecar.unlink(missing_ok=True)
    if issued is not None:
        sidecar.write_text(f'issued = "{issued}"\n', encoding="utf-8")


def entries(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.entry"))


texts = st.lists(st.integers(0, len(SENTENCES) - 1), min_size=1, max_size=4)
writes = st.tuples(st.just("write"), st.sampled_from(NAMES), texts, st.none() | st.integers(2019, 2023))
deletes = st.tuples(st.just("delete"), st.sampled_from(NAMES))
renames = st.tuples(st.just("rename"), st.sampled_from(NAMES), st.sampled_from(NAMES))


@settings(max_examples=25, deadline=None, database=None, derandomize=True)
@given(edits=st.lists(st.lists(writes | deletes | renames, min_size=1, max_size=2), min_size=1, max_size=4))
def test_any_edits_give_the_bytes_of_a_clean_build(knowledge: Knowledge, edits: list[list[tuple[str, ...]]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        articles, output = Path(place) / "articles", Path(place) / "out"
        articles.mkdir()
        write(articles, "first", [0, 2], 2022)
        for number, group in enumerate(edits):
            for edit in group:
                apply(articles, *edit)
            build([articles], output, options=OPTIONS, knowledge=knowledge)
            clean = Path(place) / f"clean-{number}"
            build([articles], clean, options=replace(OPTIONS, keep=False), knowledge=knowledge)
            assert contents(output) == contents(clean)
            assert len(entries(output / ".kg" / "cache")) == len(list(articles.glob("*.txt")))


def apply(folder: Path, what: str, name: str, *rest: object) -> None:
    file = folder / f"{name}.txt"
    if what == "write":
        write(folder, name, *rest)  # type: ignore[arg-type]  # as the strategy has them
    elif what == "delete":
        file.unlink(missing_ok=True)
    elif file.exists():
        file.replace(folder / f"{rest[0]}.txt")


def test_what_is_loaded_equals_what_was_read(tmp_path: Path, knowledge: Knowledge) -> None:
    reading = Reading(default_folder(), tag=False)
    read, _ = extract_all(SEEDS[:2], knowledge, reading=reading)
    cache = Cache(tmp_path, fingerprint="x")
    for file, extraction in zip(SEEDS[:2], read, strict=True):
        cache.store(read_article(file, lexicon=knowledge.article), extraction)
    loaded = [cache.load(read_article(file, lexicon=knowledge.article)) for file in SEEDS[:2]]
    assert loaded == read


def test_unchanged_articles_are_not_read_again(tmp_path: Path, knowledge: Knowledge) -> None:
    """An entry with another content is believed if it is signed rightly: so it is the entry that was used."""
    write(tmp_path, "a", [0], None)
    build([tmp_path], tmp_path / "out", options=OPTIONS, knowledge=knowledge)
    article = read_article(tmp_path / "a.txt", lexicon=knowledge.article)
    mark = fingerprint(default_folder(), options=(False, 0.0))
    cache = Cache(tmp_path / "out" / ".kg" / "cache", fingerprint=mark)
    known = cache.load(article)
    assert known is not None
    assert known.observations
    cache.store(article, replace(known, observations=()))
    assert build([tmp_path], tmp_path / "out", options=OPTIONS, knowledge=knowledge).totals["observations"] == 0
    anew = replace(OPTIONS, keep=False)
    assert build([tmp_path], tmp_path / "out", options=anew, knowledge=knowledge).totals["observations"] == 1


def damaged(data: bytes) -> list[bytes]:
    """`data` as disks, editors and strangers leave it."""
    middle = len(data) // 2
    return [b"", b"{}", data[:-1], data[:middle], data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]]


def test_a_bad_entry_is_written_anew(tmp_path: Path, knowledge: Knowledge) -> None:
    write(tmp_path, "a", [0, 1], None)
    write(tmp_path, "b", [2, 3], None)
    out = tmp_path / "out"
    build([tmp_path], out, options=OPTIONS, knowledge=knowledge)
    right, kept = contents(out), {file: file.read_bytes() for file in entries(out / ".kg" / "cache")}
    first, second = kept
    for bad in [*damaged(kept[first]), kept[second]]:
        first.write_bytes(bad)
        build([tmp_path], out, options=OPTIONS, knowledge=knowledge)
        assert contents(out) == right
        assert {file: file.read_bytes() for file in entries(out / ".kg" / "cache")} == kept
    first.unlink()
    first.mkdir()
    build([tmp_path], out, options=OPTIONS, knowledge=knowledge)
    assert contents(out) == right


def test_another_ontology_option_or_code_is_another_entry(tmp_path: Path) -> None:
    ontology = Path(shutil.copytree(default_folder(), tmp_path / "ontology"))
    marks = [fingerprint(default_folder()), fingerprint(default_folder(), options=(True,))]
    assert fingerprint(ontology) == marks[0]
    with (ontology / "rules" / "produces.toml").open("a", encoding="utf-8") as rules:
        rules.write("# said otherwise\n")
    marks.append(fingerprint(ontology))
    marks.append(fingerprint(ontology, model=tmp_path))
    assert len(set(marks)) == len(marks)


def test_a_cache_of_ones_own_serves_several_builds(tmp_path: Path, knowledge: Knowledge) -> None:
    write(tmp_path, "a", [0], None)
    write(tmp_path, "b", [1], None)
    options = replace(OPTIONS, cache=tmp_path / "cache")
    build([tmp_path], tmp_path / "both", options=options, knowledge=knowledge)
    build([tmp_path / "a.txt"], tmp_path / "one", options=options, knowledge=knowledge)
    assert len(entries(tmp_path / "cache")) == 2
    assert not (tmp_path / "both" / ".kg" / "cache").exists()
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="cannot hold a cache"):
        build([tmp_path], tmp_path / "out", options=replace(OPTIONS, cache=tmp_path / "file"), knowledge=knowledge)


def test_the_page_of_an_earlier_build_is_no_article(tmp_path: Path, knowledge: Knowledge) -> None:
    write(tmp_path, "a", [0, 1], None)
    options = replace(OPTIONS, page=True)
    for output in (tmp_path, tmp_path / "build"):
        for _ in range(2):
            report = build([tmp_path], output, options=options, knowledge=knowledge)
            assert [each["file"] for each in report.data["articles"]] == ["a.txt"]
    with pytest.raises(InputError, match="no articles here"):
        build([output / "graph.html"], output, options=options, knowledge=knowledge)
