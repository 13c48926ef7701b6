"""Every fact can be looked up: the file has the words of the evidence at its offsets."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from kg.articles import clean
from kg.articles.decoding import decode
from kg.build import Options, build
from kg.knowledge import Knowledge, default_folder, load_knowledge
from kg.query import display, run_query
from kg.store import LoadedGraph, load_graph
from kg.types import Article

SEEDS = Path(__file__).parent.parent / "seeds"
CORPUS = "CITYKG_CORPUS"
SAMPLE = 50
SPANS = """
SELECT ?file ?begin ?end ?words ?span WHERE {
  ?span a nif:RFC5147String ; nif:beginIndex ?begin ; nif:endIndex ?end ; nif:anchorOf ?words ;
    nif:referenceContext/dcterms:source ?file
}"""
WITHOUT_EVIDENCE = """
SELECT ?node WHERE {
  { ?node a rdf:Statement } UNION { ?node a kg:Observation } UNION { ?node kg:mentionedIn ?article }
  FILTER NOT EXISTS { ?node prov:wasDerivedFrom/nif:anchorOf ?words }
}"""


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> LoadedGraph:
    """The graph of the seeds."""
    return built([SEEDS], tmp_path_factory.mktemp("seeds"))


def built(files: Sequence[Path], output: Path) -> LoadedGraph:
    build(files, output, options=Options(default_folder(), page=False))
    return load_graph(output)


def spans(graph: LoadedGraph) -> Iterator[tuple[str, int, int, str, str]]:
    """File, begin, end, words and IRI of all evidence."""
    for row in run_query(graph, SPANS).rows:
        file, begin, end, words, iri = map(display, row)
        yield file, int(begin), int(end), words, iri


def mismatches(graph: LoadedGraph, files: Sequence[Path], knowledge: Knowledge) -> list[str]:
    """What is wrong with the evidence of `graph`, one line each."""
    texts = {}
    for file in files:
        text, encoding = decode(file.read_bytes(), name=file.name)
        article = Article(file.stem, file.name, text, "", encoding)
        texts[file.name] = text, frozenset(clean(article, lexicon=knowledge.article).offsets)
    wrong = []
    for name, begin, end, words, iri in spans(graph):
        raw, kept = texts[name]
        read = "".join(raw[at] for at in range(begin, end) if at in kept and not raw[at].isspace())
        edges = raw[begin], raw[end - 1]
        if read != words or edges != (words[0], words[-1]) or not iri.endswith(f"#char={begin},{end}"):
            wrong.append(f"{iri}: the file has {raw[begin:end]!r}, the graph {words!r}")
    return wrong


def test_evidence_of_the_seeds_stands_in_the_files(seeds: LoadedGraph, knowledge: Knowledge) -> None:
    assert len(list(spans(seeds))) > 500
    assert mismatches(seeds, sorted(SEEDS.glob("*.txt")), knowledge) == []


def test_everything_read_has_evidence(seeds: LoadedGraph) -> None:
    assert run_query(seeds, WITHOUT_EVIDENCE).rows == ()


def test_evidence_of_the_seeds_is_found_with_nothing_but_open(seeds: LoadedGraph) -> None:
    """What the README tells a reader to do, for all but the few spans with a character that cleaning drops."""
    texts = {file.name: file.open(encoding="utf-8-sig", newline="").read() for file in SEEDS.glob("*.txt")}
    found = list(spans(seeds))
    same = ["".join(texts[file][begin:end].split()) == words for file, begin, end, words, _ in found]
    assert sum(same) >= 0.99 * len(found)


def test_evidence_of_a_corpus_stands_in_the_files(tmp_path: Path, knowledge: Knowledge) -> None:
    folder = os.environ.get(CORPUS)
    if not folder:
        pytest.skip(f"set {CORPUS} to a folder of articles to check the evidence of up to {SAMPLE} of them")
    files = sorted(Path(folder).glob("*.txt"))[:SAMPLE]
    assert files, f"no .txt in {folder}"
    assert mismatches(built(files, tmp_path), files, knowledge) == []
