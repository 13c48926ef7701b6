"""Every format is written in a fixed order, whole or not at all; part of a graph is well-formed."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
import rdflib
from exports import ONTOLOGY, TRIPLES, content, graph, stored
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse
from rdflib.namespace import DCAT, DCTERMS, RDF, SKOS, VANN, VOID

from kg.errors import DataError, InputError
from kg.export import WRITERS, Content, Selection, export_files, export_text, format_of, select
from kg.export.concepts import concept_classes
from kg.iris import BASE, KG, NIF, PROV, RDFS
from kg.push import STORES
from kg.store import READERS, load_graph
from kg.turtle import write_turtle

ONE_FILE = [name for name, each in WRITERS.items() if not each.is_folder]
SEVERAL = [name for name, each in WRITERS.items() if each.is_folder]
REIFIES = str(RDF) + "reifies"
SAME = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "rdf": RdfFormat.RDF_XML, "jsonld": RdfFormat.JSON_LD}
GRAPHS = {"nq": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG}


def read_back(name: str, given: Content) -> list[Quad]:
    """What `given` holds after it was written in the format `name`."""
    return list(parse(export_text(given, format=name), format={**SAME, **GRAPHS}[name]))


def files_of(given: Content, folder: Path, name: str) -> dict[str, bytes]:
    export_files(given, folder, format=name)
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


# What is written


@pytest.mark.parametrize("name", [*SAME, *GRAPHS])
def test_nothing_is_lost_or_added(name: str) -> None:
    assert stored(quad.triple for quad in read_back(name, content(name, described=False))) == set(TRIPLES)


@pytest.mark.parametrize("name", ONE_FILE)
def test_order_does_not_count(name: str) -> None:
    text = export_text(content(name), format=name)
    assert export_text(content(name, triples=[*reversed(TRIPLES)]), format=name) == text


@pytest.mark.parametrize("name", SEVERAL)
def test_order_does_not_count_in_several_files(name: str, tmp_path: Path) -> None:
    files = files_of(content(name), tmp_path / "a", name)
    assert files == files_of(content(name, triples=[*reversed(TRIPLES)]), tmp_path / "b", name)
    assert list(files) == sorted(WRITERS[name].files)


def test_turtle_is_that_of_a_build() -> None:
    given = content("ttl", described=False)
    assert export_text(given, format="ttl").decode() == write_turtle(TRIPLES, prefixes=given.names)


@pytest.mark.parametrize("name", sorted({*SAME, *GRAPHS} & {each.removeprefix(".") for each in READERS}))
def test_kg_reads_what_it_writes(name: str, tmp_path: Path) -> None:
    given = content(name)
    export_files(given, tmp_path / f"graph.{name}", format=name)
    assert set(load_graph(tmp_path / f"graph.{name}").triples()) == stored(given.triples())


def test_jsonld_is_short() -> None:
    document = json.loads(export_text(content("jsonld"), format="jsonld"))
    found = {node["id"]: node for node in document["@graph"]}
    group = found["enterprise:远航铜业集团"]
    assert group["type"] == ["Enterprise", "Entity", "Organization"]
    assert (group["label"], group["hasHonour"]) == ("远航铜业集团", "honour:A%3CB%3E&C")
    assert document["@context"]["locatedIn"] == {"@id": "kg:locatedIn", "@type": "@id"}
    assert document["@context"]["kg:indicator"]["@id"] == "kg:indicator"  # "indicator" is a prefix


def test_an_article_has_a_graph_of_its_own() -> None:
    quads = read_back("nq", content("nq"))
    graphs = {name: {q.triple for q in quads if q.graph_name == name} for name in {q.graph_name for q in quads}}
    first, shared = NamedNode(BASE + "article/001"), NamedNode(BASE + "dataset")
    assert set(graphs) == {first, shared, NamedNode(BASE + "article/002"), NamedNode(BASE + "article/003_b")}
    assert all(t.predicate.value != PROV + "wasDerivedFrom" for t in graphs[shared])
    assert sum(t.predicate.value == KG + "undertakenBy" for t in graphs[first]) == 1
    assert not any(t.predicate.value == RDFS + "label" for t in graphs[first])  # shared by articles
    signed = [q.graph_name for q in quads if q.predicate.value == KG + "cooperatesWith"]
    assert signed == [NamedNode(BASE + "article/002")]  # 003 says so too
    assert len({q.triple for q in quads}) == len(quads)


def test_a_claim_is_the_reifier_of_its_triple() -> None:
    quads = list(parse(export_text(content("ttl12", described=False), format="ttl12"), format=RdfFormat.TURTLE))
    reified = {q.subject: q.object for q in quads if q.predicate.value == REIFIES}
    ends = [NamedNode(str(each)) for each in (RDF.subject, RDF.predicate, RDF.object)]
    store = graph().store
    claims = [q.subject for q in store.quads_for_pattern(None, None, NamedNode(str(RDF.Statement)))]
    assert len(claims) == 7
    for claim in claims:
        subject, predicate, value = (next(store.quads_for_pattern(claim, end, None)).object for end in ends)
        assert reified[claim] == Triple(subject, predicate, value)  # type: ignore[arg-type] # nodes
    dropped = {NamedNode(str(RDF.type)), *ends}
    rest = {t for t in TRIPLES if t.subject not in claims or t.predicate not in dropped}
    assert stored(q.triple for q in quads if q.predicate.value != REIFIES) == rest


def test_skos_has_the_classes_that_are_concepts() -> None:
    given = content("skos")
    found = rdflib.Graph().parse(data=export_text(given, format="skos"), format="turtle")
    assert "Honour" in concept_classes(given)
    scheme = rdflib.URIRef(BASE + "scheme/Honour")
    assert (scheme, SKOS.prefLabel, rdflib.Literal("荣誉", lang="zh")) in found
    (honour,) = found.objects(scheme, SKOS.hasTopConcept)
    assert (honour, SKOS.prefLabel, rdflib.Literal("A<B>&C", lang="zh")) in found
    assert (honour, SKOS.altLabel, rdflib.Literal("甲|乙;丙", lang="zh")) in found
    assert (honour, DCTERMS.source, rdflib.URIRef(BASE + "article/003_b")) in found


# What is said of a graph as a whole


@pytest.mark.parametrize("name", [name for name in ONE_FILE if WRITERS[name].media and name not in GRAPHS])
def test_rdf_is_described(name: str) -> None:
    given = content(name)
    found = rdflib.Graph().parse(data="".join(f"{triple} .\n" for triple in given.description), format="nt")
    dataset = rdflib.URIRef(BASE + "dataset")
    assert {VOID.Dataset, DCAT.Dataset} <= set(found.objects(dataset, RDF.type))
    titles = (each for each in found.objects(dataset, DCTERMS.title) if isinstance(each, rdflib.Literal))
    assert {each.language for each in titles} == {"zh", "en"}
    assert found.value(dataset, DCTERMS.license)
    assert len(list(found.objects(dataset, DCTERMS.source))) == len(
        list(given.store.quads_for_pattern(None, None, NamedNode(KG + "Article")))
    )
    assert list(found.objects(None, VANN.preferredNamespaceUri)) == [rdflib.Literal(KG)]
    media = found.value(found.value(dataset, DCAT.distribution), DCAT.mediaType)
    assert str(media).endswith(str(WRITERS[name].media))
    assert found.value(dataset, VOID.triples).toPython() == len(given.store)  # type: ignore[union-attr]
    for part in found.objects(dataset, VOID.classPartition):
        kind = NamedNode(str(found.value(part, VOID["class"])))
        assert found.value(part, VOID.entities).toPython() == len(list(given.store.quads_for_pattern(None, None, kind)))  # type: ignore[union-attr]


def test_an_old_description_is_replaced() -> None:
    first = list(content("ttl").triples())
    smaller = [t for t in first if t.predicate.value != KG + "mentionedIn"]
    assert set(content("ttl", triples=smaller).triples()) == set(
        content("ttl", triples=[t for t in TRIPLES if t.predicate.value != KG + "mentionedIn"]).triples()
    )


# Part of a graph


def part(selection: Selection) -> set[Triple]:
    return set(select(graph(), selection, ontology=ONTOLOGY).triples())


def subjects(triples: set[Triple], kind: str) -> set[str]:
    return {str(t.subject) for t in triples if t.object == NamedNode(kind)}


def is_closed(triples: set[Triple]) -> bool:
    """Whether everything that is spoken of is there, as far as the whole graph has it."""
    said = {t.subject for t in triples}
    return {t.object for t in triples} & {t.subject for t in TRIPLES} <= said


@pytest.mark.parametrize(
    "selection",
    [
        Selection(min_confidence=0.85),
        Selection(articles=("001",)),
        Selection(articles=("003 b.txt", "002")),
        Selection(classes=("Organization",)),
        Selection(classes=("Person",), articles=("003_b",), min_confidence=0.5),
    ],
)
def test_a_part_is_closed(selection: Selection) -> None:
    found = part(selection)
    assert found < set(TRIPLES)
    assert found
    assert is_closed(found)


def test_an_unsure_claim_takes_its_triple_with_it() -> None:
    def honoured(found: set[Triple]) -> int:
        return sum(t.predicate.value == KG + "hasHonour" for t in found)

    assert honoured(part(Selection(min_confidence=0.55))) == 1  # one of two claims is left
    assert honoured(part(Selection(min_confidence=0.7))) == 0


def test_one_article() -> None:
    found = part(Selection(articles=("002",)))
    assert subjects(found, KG + "Article") == {f"<{BASE}article/002>"}
    assert {t.object for t in found if t.predicate.value == KG + "mentionedIn"} == {NamedNode(BASE + "article/002")}
    assert not subjects(found, KG + "Project")
    assert sum(t.predicate.value == KG + "cooperatesWith" for t in found) == 1


def test_one_class_keeps_what_it_is_related_to() -> None:
    found = part(Selection(classes=("Person",)))
    assert len(subjects(found, KG + "Person")) == 1
    assert len(subjects(found, str(RDF.Statement))) == 1
    assert subjects(found, KG + "Enterprise")  # with classes and name
    assert not subjects(found, KG + "Honour")
    assert not subjects(found, KG + "Observation")


def test_without_evidence_facts_name_their_article() -> None:
    found = part(Selection(evidence=False))
    assert not any(t.predicate.value.startswith(NIF) for t in found)
    sources = {t.object for t in found if t.predicate.value == PROV + "wasDerivedFrom"}
    assert sources == {NamedNode(f"{BASE}article/{name}") for name in ("001", "002", "003_b")}
    assert len(subjects(found, str(RDF.Statement))) == 7


def test_all_is_the_graph_itself() -> None:
    whole = graph()
    assert select(whole, Selection(), ontology=ONTOLOGY) is whole


def test_unknown_article_and_class() -> None:
    with pytest.raises(InputError, match=r"no article is called 01; did you mean 001\?"):
        part(Selection(articles=("01",)))
    with pytest.raises(DataError, match=r"unknown class kg:Persn; did you mean kg:Person\?"):
        part(Selection(classes=("Persn",)))


# Files


@pytest.mark.parametrize("name", SEVERAL)
def test_an_archive_holds_the_files_of_the_folder(name: str, tmp_path: Path) -> None:
    files = files_of(content(name), tmp_path / "folder", name)
    export_files(content(name), tmp_path / "x.zip", format=name)
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        assert {each: archive.read(each) for each in archive.namelist()} == files
    first = (tmp_path / "x.zip").read_bytes()
    export_files(content(name), tmp_path / "x.zip", format=name)
    assert (tmp_path / "x.zip").read_bytes() == first


def test_what_fails_leaves_what_was_there(tmp_path: Path) -> None:
    bad = [*TRIPLES, Triple(NamedNode(BASE + "zzz"), NamedNode(KG + "unit"), BlankNode("b"))]
    (tmp_path / "graph.ttl").write_text("old", encoding="utf-8")
    for name in SAME:
        with pytest.raises(DataError, match="blank node"):
            export_files(content(name, triples=bad, described=False), tmp_path / "graph.ttl", format=name)
    odd = Triple(NamedNode(BASE + "x"), NamedNode(BASE + "5"), Literal("x"))
    with pytest.raises(DataError, match="XML name"):
        export_files(content("rdf", triples=[odd]), tmp_path / "graph.ttl", format="rdf")
    assert [file.read_text(encoding="utf-8") for file in tmp_path.iterdir()] == ["old"]


def test_several_files_need_a_folder() -> None:
    with pytest.raises(InputError, match=r"csv is several files .*say --output DIR"):
        export_text(content("csv"), format="csv")


def test_the_ending_decides() -> None:
    for name, each in WRITERS.items():
        assert format_of(f"graph{each.suffix}") == name
    with pytest.raises(InputError, match=r"graph.xlsx: no format has this ending"):
        format_of("graph.xlsx")


def test_the_document_has_every_format() -> None:
    text = (Path(__file__).parent.parent / "docs" / "tools.md").read_text(encoding="utf-8")
    rows = [line.split("|") for line in text.splitlines() if line.startswith("| `")]
    shown = {tuple(cell.replace("`", "").replace(",", " ").split()) for _, *cells in rows for cell in cells}
    said = {word for words in shown for word in words}
    assert {*WRITERS, *(each.suffix for each in WRITERS.values()), *STORES} <= said
