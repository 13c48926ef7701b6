"""A graph that keeps the contract passes; each way of breaking it is found and said in plain words."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg.build import Options, build
from kg.cli import main
from kg.errors import DataError, InputError, ValidationError
from kg.ontology import load_ontology
from kg.portions import portions
from kg.shapes import load_shapes
from kg.store import parse_graph
from kg.validate import Finding, check_graph, lint_ontology, validate_graph

FOLDER = Path(__file__).parent.parent / "ontology"
HEAD = """
@prefix kg: <https://w3id.org/citykg/ontology#> .
@prefix id: <https://w3id.org/citykg/id/> .
@prefix article: <https://w3id.org/citykg/id/article/> .
@prefix area: <https://w3id.org/citykg/id/area/> .
@prefix claim: <https://w3id.org/citykg/id/claim/> .
@prefix enterprise: <https://w3id.org/citykg/id/enterprise/> .
@prefix indicator: <https://w3id.org/citykg/id/indicator/> .
@prefix observation: <https://w3id.org/citykg/id/observation/> .
@prefix project: <https://w3id.org/citykg/id/project/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
GRAPH = (
    HEAD
    + f"""
article:001 a kg:Article ;
    dcterms:title "山城新貌"@zh ; dcterms:source "001.txt" ; dcterms:issued "2022-02"^^xsd:gYearMonth ;
    dcterms:publisher "某日报" ; kg:sha256 "{"0a" * 32}" .

area:350000 a kg:Province , kg:Area , kg:Entity ; rdfs:label "福建省"@zh ; kg:adcode "350000" .
area:350626 a kg:County , kg:Area , kg:Entity ;
    rdfs:label "东山县"@zh ; skos:altLabel "东山"@zh ; kg:adcode "350626" ;
    kg:mentionedIn article:001 ; kg:locatedIn area:350000 .
enterprise:华星公司 a kg:Enterprise , kg:Organization , kg:Entity ;
    rdfs:label "华星公司"@zh ; kg:mentionedIn article:001 ; kg:cooperatesWith area:350626 .
project:铜箔项目 a kg:Project , kg:Entity ;
    rdfs:label "铜箔项目"@zh ; kg:mentionedIn article:001 ; kg:undertakenBy enterprise:华星公司 .

claim:1 a rdf:Statement ;
    rdf:subject project:铜箔项目 ; rdf:predicate kg:undertakenBy ; rdf:object enterprise:华星公司 ;
    kg:confidence 0.93 ; kg:rule "undertakenBy/invest-in" ; prov:wasDerivedFrom <{{span}}> .
<{{span}}> a nif:RFC5147String ;
    nif:referenceContext article:001 ; nif:beginIndex 10 ; nif:endIndex 24 ; nif:anchorOf "华星公司投资建设铜箔项目" .

observation:1 a kg:Observation ;
    kg:subject area:350626 ; kg:indicator indicator:税收 ; kg:value 20.06 ; kg:unit "亿元" ;
    kg:normalizedValue 2006000000 ; kg:normalizedUnit "元" ; kg:period "2021" ; kg:kind "actual" ;
    kg:confidence 1 ; kg:rule "value" ; prov:wasDerivedFrom <{{span}}> .
indicator:税收 a kg:Indicator ; rdfs:label "税收"@zh .
""".replace("{span}", "https://w3id.org/citykg/id/article/001#char=10,24")
)


def findings(folder: Path, graph: str, *, ontology: Path = FOLDER, language: str = "en") -> tuple[Finding, ...]:
    path = folder / "graph.ttl"
    path.write_text(graph, encoding="utf-8")
    return validate_graph(path, ontology, language=language)


def broken(old: str, new: str) -> str:
    assert old in GRAPH
    return GRAPH.replace(old, new)


def test_a_graph_that_keeps_the_contract(tmp_path: Path) -> None:
    assert findings(tmp_path, GRAPH) == ()


def test_an_empty_graph_breaks_nothing(tmp_path: Path) -> None:
    assert findings(tmp_path, "") == ()


BREAKS = {
    "no label": ('rdfs:label "华星公司"@zh ; ', "", "has exactly one name"),
    "label in English": ('"铜箔项目"@zh', '"copper foil"@en', "has exactly one name"),
    "two labels": (
        'rdfs:label "铜箔项目"@zh',
        'rdfs:label "铜箔项目"@zh , "铜箔"@zh',
        "project 铜箔: an entity has exactly one",
    ),
    "no article": ('"华星公司"@zh ; kg:mentionedIn article:001', '"华星公司"@zh', "says which article names it"),
    "mentioned in a thing": (
        '"华星公司"@zh ; kg:mentionedIn article:001',
        '"华星公司"@zh ; kg:mentionedIn area:350626',
        "leads to an article",
    ),
    "adcode": (
        'kg:adcode "350626"',
        'kg:adcode "35062"',
        "kg:adcode is one code of six, nine or twelve digits (35062)",
    ),
    "superclass": ("kg:Enterprise , kg:Organization , kg:Entity", "kg:Enterprise , kg:Entity", "add the superclass"),
    "class unknown": (
        "a kg:Project ,",
        "a kg:Projekt , kg:Project ,",
        "kg:Projekt is not declared in the ontology; did you mean kg:Project?",
    ),
    "property unknown": (
        'kg:unit "亿元"',
        'kg:unitt "亿元" ; kg:unit "亿元"',
        "kg:unitt is not declared in the ontology; did you mean kg:unit?",
    ),
    "no source": ('dcterms:source "001.txt" ; ', "", "article 山城新貌: an article names its file (dcterms:source)"),
    "no title": ('dcterms:title "山城新貌"@zh ; ', "", "an article has one title"),
    "digest": ("0a" * 32, "0a" * 31, "an article has one kg:sha256 of 64"),
    "date": ('"2022-02"^^xsd:gYearMonth', '"2022年2月"', "an article has at most one date"),
    "claim without subject": ("rdf:subject project:铜箔项目 ; ", "", "a claim has exactly one subject"),
    "claim without predicate": ("rdf:predicate kg:undertakenBy ; ", "", "a claim has exactly one predicate"),
    "two objects": (
        "rdf:object enterprise:华星公司",
        "rdf:object enterprise:华星公司 , area:350626",
        "a claim has exactly one object",
    ),
    "confidence": (
        "kg:confidence 0.93",
        "kg:confidence 1.2",
        "a claim has one kg:confidence, a decimal from 0 to 1 (1.2)",
    ),
    "double": ("kg:confidence 0.93", "kg:confidence 9.3e-1", "a claim has one kg:confidence, a decimal"),
    "no rule": ('kg:rule "undertakenBy/invest-in" ; ', "", "a claim names the rule that read it"),
    "no evidence": (
        'invest-in" ; prov:wasDerivedFrom <https://w3id.org/citykg/id/article/001#char=10,24>',
        'invest-in"',
        "it says where it was read",
    ),
    "evidence without article": ("nif:referenceContext article:001 ; ", "", "evidence stands in one article"),
    "evidence without text": (' ; nif:anchorOf "华星公司投资建设铜箔项目"', "", "evidence has one text"),
    "backwards": (
        "nif:beginIndex 10 ; nif:endIndex 24",
        "nif:beginIndex 24 ; nif:endIndex 10",
        "less than its nif:endIndex",
    ),
    "span": ("nif:endIndex 24", "nif:endIndex 25", "the span in its IRI differs from nif:beginIndex and nif:endIndex"),
    "long text": (
        "华星公司投资建设铜箔项目",
        "华星公司投资建设年产十万吨铜箔项目",
        "longer than the 14 characters of its span",
    ),
    "no triple": (" ; kg:undertakenBy enterprise:华星公司 .", " .", "the graph has no triple for what the claim says"),
    "no relation": (
        "rdf:predicate kg:undertakenBy",
        "rdf:predicate kg:undertakeBy",
        "kg:undertakeBy is no relation between entities; did you mean kg:undertakenBy?",
    ),
    "domain": (
        "kg:cooperatesWith area:350626",
        "kg:subsidiaryOf enterprise:a ; kg:produces area:350626",
        "what kg:produces leads to is: product (东山县)",
    ),
    "range": (
        "kg:undertakenBy enterprise:华星公司 .",
        "kg:undertakenBy enterprise:华星公司 , article:001 .",
        "what kg:undertakenBy leads to is: organization, park or area (山城新貌)",
    ),
    "stated twice": (
        'skos:altLabel "东山"@zh',
        'skos:altLabel "东山"@zh ; kg:cooperatesWith enterprise:华星公司',
        "kg:cooperatesWith is stated once for both sides",
    ),
    "itself": (
        "kg:cooperatesWith area:350626",
        "kg:cooperatesWith enterprise:华星公司",
        "enterprise 华星公司: kg:cooperatesWith leads from it to itself",
    ),
    "no subject": ("kg:subject area:350626 ; ", "", "an observation has exactly one kg:subject"),
    "no indicator": ("kg:indicator indicator:税收 ; ", "", "an observation has exactly one kg:indicator"),
    "nameless indicator": (
        'a kg:Indicator ; rdfs:label "税收"@zh',
        "a kg:Indicator",
        "the indicator of an observation has an rdfs:label",
    ),
    "value": (
        "kg:value 20.06",
        'kg:value "20.06"',
        "an observation has exactly one kg:value, a decimal number (20.06)",
    ),
    "no unit": ('kg:unit "亿元" ;', "", "an observation has exactly one kg:unit"),
    "period": ('kg:period "2021"', 'kg:period "2021-13"', "an observation has at most one kg:period"),
    "kind": (
        'kg:kind "actual"',
        'kg:kind "growth"',
        "an observation has one kg:kind: actual, change, target or limit (growth)",
    ),
    "normalized": (
        "kg:normalizedValue 2006000000",
        'kg:normalizedValue "多"',
        "at most one kg:normalizedValue, a decimal",
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_each_break_is_found(tmp_path: Path, name: str) -> None:
    old, new, message = BREAKS[name]
    found = findings(tmp_path, broken(old, new))
    assert any(message in each.message for each in found), "\n".join(map(str, found))
    assert all("\n" not in str(each) for each in found)


@pytest.mark.parametrize("period", ["2021", "2021-06", "2021-06-30", "2021-H1", "2016/2020"])
def test_periods_of_the_contract(tmp_path: Path, period: str) -> None:
    assert findings(tmp_path, broken('kg:period "2021"', f'kg:period "{period}"')) == ()


def test_a_finding_names_claim_article_and_sentence(tmp_path: Path) -> None:
    graph = broken("kg:confidence 0.93", "kg:confidence 1.2")
    (found,) = findings(tmp_path, graph)
    assert found == Finding(
        "error",
        "https://w3id.org/citykg/id/claim/1",
        "claim 铜箔项目 kg:undertakenBy 华星公司: a claim has one kg:confidence, a decimal from 0 to 1 (1.2)"
        " [001 《山城新貌》 “华星公司投资建设铜箔项目”]",
    )
    (found,) = findings(tmp_path, graph, language="zh")
    assert found.message.startswith("陈述 铜箔项目 kg:undertakenBy 华星公司: 置信度须是")


def test_a_finding_on_a_relation_shows_the_sentence_it_was_read_from(tmp_path: Path) -> None:
    graph = broken("a kg:Enterprise , kg:Organization , kg:Entity", "a kg:Industry , kg:Entity")
    graph = graph.replace(" ; kg:cooperatesWith area:350626", "")
    (found,) = findings(tmp_path, graph)
    assert found.message == (
        "project 铜箔项目: what kg:undertakenBy leads to is: organization, park or area (华星公司)"
        " [001 《山城新貌》 “华星公司投资建设铜箔项目”]"
    )


def test_a_finding_on_the_subject_of_a_relation_does_so_too(tmp_path: Path) -> None:
    graph = broken("a kg:Project , kg:Entity", "a kg:Person , kg:Entity")
    (found,) = findings(tmp_path, graph)
    assert found.message == (
        "person 铜箔项目: what has kg:undertakenBy is: project [001 《山城新貌》 “华星公司投资建设铜箔项目”]"
    )


def test_errors_come_first_and_the_order_is_fixed(tmp_path: Path) -> None:
    old, new, _ = BREAKS["stated twice"]
    graph = broken(old, new).replace('"actual"', '"growth"').replace("kg:confidence 0.93", "kg:confidence 2")
    found = findings(tmp_path, graph)
    assert [each.severity for each in found] == ["error", "error", "warning", "warning"]
    assert found == findings(tmp_path, graph)


def test_subclasses_of_a_user_are_understood_and_new_relations_checked(tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    shutil.copytree(FOLDER, folder)
    with (folder / "citykg.ttl").open("a", encoding="utf-8") as file:
        file.write("""
kg:Bank a owl:Class ; rdfs:subClassOf kg:Enterprise ;
    rdfs:label "银行"@zh , "bank"@en ; skos:definition "银行。"@zh , "A bank."@en .
kg:lendsTo a owl:ObjectProperty ; rdfs:label "贷款给"@zh , "lends to"@en ;
    skos:definition "贷款。"@zh , "Lends."@en ;
    rdfs:domain kg:Bank ; rdfs:range [ a owl:Class ; owl:unionOf ( kg:Enterprise kg:Project ) ] .
""")
    assert lint_ontology(folder) == ()
    graph = broken("a kg:Enterprise ,", "a kg:Bank , kg:Enterprise ,")
    lends = graph.replace("kg:cooperatesWith area:350626", "kg:lendsTo project:铜箔项目")
    assert findings(tmp_path, lends, ontology=folder) == ()
    lends = graph.replace("kg:cooperatesWith area:350626", "kg:lendsTo area:350626")
    (found,) = findings(tmp_path, lends, ontology=folder)
    assert "what kg:lendsTo leads to is: enterprise or project (东山县)" in found.message


@pytest.mark.parametrize("name", ["two labels", "range", "stated twice", "nameless indicator", "backwards"])
def test_a_graph_in_portions_is_judged_as_the_whole(name: str) -> None:
    old, new, _ = BREAKS[name]
    graph = parse_graph(broken(old, new).encode(), source="graph")
    assert check_graph(graph, FOLDER, size=8) == check_graph(graph, FOLDER)


def test_portions_have_every_node_once_and_stay_small() -> None:
    graph = parse_graph(GRAPH.encode(), source="graph")
    found = list(portions(graph, size=8))
    nodes = [node for portion in found for node in portion.nodes]
    assert len(found) > 3
    assert sorted(map(str, nodes)) == sorted({str(node) for node, _, _ in graph.match()})
    assert {row for portion in found for row in portion.triples} == set(graph.match())


STRICTER = """
shape:stricter a sh:NodeShape ;
    sh:targetClass kg:City ; sh:property [ sh:path kg:adcode ; sh:maxCount 0 ; sh:message "no code"@en , "无代码"@zh ] .
"""


def test_a_strict_build_writes_nothing_where_the_contract_is_broken(tmp_path: Path) -> None:
    folder, article, output = tmp_path / "ontology", tmp_path / "a.txt", tmp_path / "out"
    shutil.copytree(FOLDER, folder)
    article.write_text("岳阳市完成固定资产投资12亿元。", encoding="utf-8")
    options = Options(folder, tag=False, page=False, strict=True)
    build([article], output, options=options)
    before = {name: (output / name).read_bytes() for name in ("graph.ttl", "report.json")}
    with (folder / "shapes.ttl").open("a", encoding="utf-8") as file:
        file.write(STRICTER)
    article.write_text("岳阳市完成固定资产投资13亿元。", encoding="utf-8")
    done = CliRunner().invoke(
        main, ["build", str(article), "-o", str(output), "--ontology", str(folder), "--no-tagger", "--strict"]
    )
    head, first, *_ = done.stderr.splitlines()
    assert (done.exit_code, done.stdout) == (6, "")
    assert head == "kg: the graph breaks its contract: 1 error; nothing was written"
    assert first.startswith("error: https://w3id.org/citykg/id/area/430600: city 岳阳市: no code [a ")
    assert first.endswith("“岳阳市”]")
    assert {name: (output / name).read_bytes() for name in before} == before
    assert build([article], tmp_path / "new", options=Options(folder, tag=False, page=False)).failures == ()
    with pytest.raises(ValidationError, match="nothing was written"):
        build([article], tmp_path / "newer", options=options)
    assert not (tmp_path / "newer" / "graph.ttl").exists()


def test_twenty_thousand_triples_keep_the_contract(tmp_path: Path) -> None:
    body = GRAPH.removeprefix(HEAD)
    terms = ("project:铜箔项目", "enterprise:华星公司", "claim:1", "observation:1", "indicator:税收")
    graph = HEAD
    for number in range(10, 510):
        copy = body
        for term in terms:
            copy = copy.replace(term, f"{term}{number}")
        graph += copy.replace("char=10,24", f"char={number},{number + 14}").replace(
            "nif:beginIndex 10 ; nif:endIndex 24", f"nif:beginIndex {number} ; nif:endIndex {number + 14}"
        )
    assert sum(1 for _ in ox.parse(graph, format=ox.RdfFormat.TURTLE)) > 20_000
    assert findings(tmp_path, graph) == ()


def test_a_graph_that_does_not_parse(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"graph\.ttl:\d+: not valid Turtle"):
        findings(tmp_path, GRAPH + "\nenterprise:x a .\n")
    with pytest.raises(InputError, match=r"none\.ttl: cannot be read"):
        validate_graph(tmp_path / "none.ttl", FOLDER)
    (tmp_path / "graph.docx").touch()
    with pytest.raises(InputError, match=r"unknown graph format '\.docx'"):
        validate_graph(tmp_path / "graph.docx", FOLDER)


def test_the_ontology_alone_is_checked_on_the_command_line(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "ontology")
    with (tmp_path / "ontology" / "citykg.ttl").open("a", encoding="utf-8") as file:
        file.write("kg:namedIn owl:inverseOf kg:namedIn .")
    assert CliRunner().invoke(main, ["validate", "--ontology"]).output == ""
    done = CliRunner().invoke(main, ["validate", "--ontology", str(tmp_path / "ontology")])
    assert done.exit_code == 6
    assert "kg:namedIn: is its own inverse" in done.stdout


def test_the_ontology_that_comes_with_the_package_is_clean() -> None:
    assert lint_ontology(FOLDER) == ()


def test_shapes_cover_every_relation_themselves() -> None:
    ontology = load_ontology(FOLDER)
    text = (FOLDER / "shapes.ttl").read_text(encoding="utf-8")
    for relation in ontology.relations:
        assert f"sh:targetSubjectsOf kg:{relation.name} ;" in text
    assert len(load_shapes(FOLDER, ontology)) > 0


LINT = {
    "unknown in shapes": (
        "shapes.ttl",
        "sh:targetClass kg:Article",
        "sh:targetClass kg:Artikel",
        "kg:Artikel: is used but not declared; did you mean kg:Article?",
    ),
    "unknown in alignments": (
        "alignments.ttl",
        "kg:Park     rdfs",
        "kg:Parc     rdfs",
        "kg:Parc: is used but not declared; did you mean kg:Park?",
    ),
    "misspelt SHACL": (
        "shapes.ttl",
        "sh:minCount 1 ; sh:maxCount 1 ; sh:languageIn",
        "sh:minCuont 1 ; sh:languageIn",
        "sh:minCuont: is no term of SHACL; did you mean sh:minCount?",
    ),
    "bad SHACL": (
        "shapes.ttl",
        "sh:minCount 1 ; sh:maxCount 1 ; sh:languageIn",
        'sh:minCount "one" ; sh:languageIn',
        "sh:minCount one: not valid SHACL",
    ),
    "bad pattern": ("shapes.ttl", '"^[0-9a-f]{64}$"', '"^([0-9a-f]{64}$"', "is no regular expression"),
    "other domain": (
        "citykg.ttl",
        "rdfs:domain kg:Policy ;",
        "rdfs:domain kg:PolicyDocument ;",
        "kg:issuedBy: its shape asks for other classes than its rdfs:domain; make them kg:PolicyDocument",
    ),
    "no Turtle": (
        "shapes.ttl",
        "sh:property shape:entity-label ,",
        "sh:property shape:entity-label , ,",
        "not valid Turtle",
    ),
    "foreign": (
        "citykg.ttl",
        "dcterms:creator     a owl:AnnotationProperty .",
        "",
        "dcterms:creator: is used but not declared; add dcterms:creator a owl:AnnotationProperty",
    ),
    "foreign twice": (
        "citykg.ttl",
        "dcterms:creator     a owl:AnnotationProperty .",
        "dcterms:creator a owl:AnnotationProperty , owl:DatatypeProperty .",
        "dcterms:creator: is declared as annotation and as datatype",
    ),
    "ontology": ("citykg.ttl", '"园区"@zh , ', "", "kg:Park: has no rdfs:label in zh"),
    "own inverse": (
        "citykg.ttl",
        "kg:mentionedIn a owl:ObjectProperty ;",
        "kg:mentionedIn a owl:ObjectProperty ; owl:inverseOf kg:mentionedIn ;",
        "kg:mentionedIn: is its own inverse",
    ),
    "two inverses": (
        "citykg.ttl",
        "kg:mentionedIn a owl:ObjectProperty ;",
        "kg:mentionedIn a owl:ObjectProperty ; owl:inverseOf kg:namedIn , kg:identifies ;",
        "kg:mentionedIn: has 2 inverses (kg:identifies, kg:namedIn)",
    ),
    "ends of an inverse": (
        "citykg.ttl",
        "kg:mentionedIn a owl:ObjectProperty ;",
        "kg:mentionedIn a owl:ObjectProperty ; owl:inverseOf kg:namedIn ;",
        "kg:mentionedIn: its rdfs:domain differs from the rdfs:range of kg:namedIn",
    ),
    "chain of inverses": (
        "citykg.ttl",
        "kg:mentionedIn a owl:ObjectProperty ;",
        "kg:namedIn owl:inverseOf kg:about . kg:mentionedIn a owl:ObjectProperty ; owl:inverseOf kg:namedIn ;",
        "kg:mentionedIn: owl:inverseOf kg:namedIn, which is the inverse of kg:about",
    ),
    "circle of properties": (
        "citykg.ttl",
        "kg:mentionedIn a owl:ObjectProperty ;",
        "kg:namedIn rdfs:subPropertyOf kg:mentionedIn . "
        "kg:mentionedIn a owl:ObjectProperty ; rdfs:subPropertyOf kg:namedIn ;",
        "kg:mentionedIn: is its own superproperty",
    ),
    "transitive and functional": (
        "citykg.ttl",
        "kg:locatedIn a owl:ObjectProperty ;",
        "kg:locatedIn a owl:ObjectProperty , owl:TransitiveProperty , owl:FunctionalProperty ;",
        "kg:locatedIn: is owl:TransitiveProperty and owl:FunctionalProperty",
    ),
    "transitive words": (
        "citykg.ttl",
        "kg:adcode a owl:DatatypeProperty ;",
        "kg:adcode a owl:DatatypeProperty , owl:TransitiveProperty ;",
        "kg:adcode: is an owl:DatatypeProperty, which cannot be owl:TransitiveProperty",
    ),
    "class below a property": (
        "citykg.ttl",
        "kg:Article a owl:Class ;",
        "kg:Article a owl:Class ; rdfs:subClassOf kg:adcode ;",
        "kg:Article: rdfs:subClassOf kg:adcode joins class and datatype",
    ),
    "punning": (
        "citykg.ttl",
        "kg:Article a owl:Class ;",
        "kg:Article a owl:Class ; kg:about kg:Park ;",
        "kg:Park: is a class and used as an individual with kg:about",
    ),
    "alignment undeclared": (
        "alignments.ttl",
        "dcterms:Policy a owl:Class .",
        "",
        "dcterms:Policy: is used but not declared; add dcterms:Policy a owl:Class",
    ),
}


@pytest.mark.parametrize("name", LINT)
def test_lint_finds(tmp_path: Path, name: str) -> None:
    file, old, new, message = LINT[name]
    folder = tmp_path / "ontology"
    shutil.copytree(FOLDER, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    found = lint_ontology(folder)
    assert any(message in each.message for each in found), found
    assert all(each.place.startswith(str(folder)) for each in found)


def test_broken_shapes_stop_the_validation_with_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    shutil.copytree(FOLDER, folder)
    path = folder / "shapes.ttl"
    path.write_text(path.read_text(encoding="utf-8").replace('"^[0-9a-f]{64}$"', '"("'), encoding="utf-8")
    with pytest.raises(DataError, match="is no regular expression"):
        findings(tmp_path, GRAPH, ontology=folder)
