"""What people decide outlasts rebuilds, and says so where it no longer fits."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from samples import EXTRACTIONS, FIRST_EXTRACTION, SECOND, SECOND_EXTRACTION, article, entity, evidence
from test_cli import kg, refused

from kg.corrections.model import load_corrections, parse_corrections
from kg.corrections.outcome import Corrected
from kg.corrections.record import record
from kg.corrections.replay import replay
from kg.errors import DataError
from kg.graph import build_graph
from kg.knowledge import default_folder
from kg.linking import link
from kg.ontology import Ontology, load_ontology
from kg.query import display, run_query
from kg.scheme import Scheme
from kg.store import graph_of
from kg.turtle import write_turtle
from kg.types import Claim, Extraction
from kg.validate import validate_graph

TWO_NAMES = "天辰新材料与金辰新材料同在东山市。金辰新材料位于东山市。天辰新材料设在东山市。"


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology(default_folder())


def corrected(ontology: Ontology, text: str, extractions: Sequence[Extraction] = EXTRACTIONS) -> Corrected:
    """The sample articles with the corrections in `text`."""
    scheme = Scheme(ontology)
    linked = link(extractions, family=scheme.segment)
    placed = parse_corrections(text, ontology, source="corrections.toml")
    return replay(placed, extractions, linked, ontology=ontology, segment=scheme.segment)


def applied(ontology: Ontology, text: str, extractions: Sequence[Extraction] = EXTRACTIONS) -> Corrected:
    found = corrected(ontology, text, extractions)
    assert [outcome.problem for outcome in found.outcomes] == [""] * len(found.outcomes)
    return found


def problem(ontology: Ontology, text: str) -> str:
    """Why the correction in `text` does not fit. What was read is then as it was."""
    found = corrected(ontology, text)
    assert found.extractions == EXTRACTIONS
    assert found.linked == link(EXTRACTIONS, family=Scheme(ontology).segment)
    (outcome,) = found.outcomes
    return outcome.problem


def said(found: Corrected) -> set[tuple[str, str, str]]:
    """The claims by paths."""
    return {
        (found.linked.node_of[each.article.id, claim.subject].path, claim.predicate,
         found.linked.node_of[each.article.id, claim.object].path)
        for each in found.extractions for claim in each.claims
    }  # fmt: skip


def labels(found: Corrected) -> Mapping[str, str]:
    return {node.path: node.label for node in found.linked.nodes}


PROJECT = "project/年产5%2F10万吨铜箔项目（一期）"
GROUP = "enterprise/远航铜业集团"
CITY = "area/430482"


def test_a_rejected_claim_goes_and_the_rest_stay(ontology: Ontology) -> None:
    text = """[[correction]]
        do = "reject"
        subject = "年产5/10万吨铜箔项目（一期）"
        relation = "kg:locatedIn"
        object = "东山市" """
    found = applied(ontology, text)
    assert said(found) == {(PROJECT, "undertakenBy", GROUP), (GROUP, "cooperatesWith", CITY)}
    assert [(each, fact.rule) for each, fact in found.outcomes[0].facts] == [("001", "locatedIn/in")]


def test_a_symmetric_claim_is_rejected_from_either_side(ontology: Ontology) -> None:
    text = (
        """[[correction]]\ndo = "reject"\nsubject = "area:430482"\nrelation = "cooperatesWith"\nobject = "远航铜业" """
    )
    assert (GROUP, "cooperatesWith", CITY) not in said(applied(ontology, text))


def test_a_rejection_may_be_of_one_article_or_sentence(ontology: Ontology) -> None:
    base = """[[correction]]\ndo = "reject"\nsubject = "远航铜业"\nrelation = "cooperatesWith"\nobject = "东山市"\n"""
    assert applied(ontology, base + 'article = "002.txt"\nsentence = "远航铜业与 东山市签约"')
    assert problem(ontology, base + 'article = "001"') == "no such claim is read"
    assert "it has changed or gone" in problem(ontology, base + 'sentence = "远航铜业撤出"')
    assert problem(ontology, base + 'article = "003"') == "no article is called 003"


def test_a_rejected_observation(ontology: Ontology) -> None:
    base = """[[correction]]\ndo = "reject"\nsubject = "东山市"\nindicator = "生产总值"\n"""
    for more in ("", "value = 20.06", 'unit = "亿元"\nperiod = "2021"\nkind = "actual"'):
        assert applied(ontology, base + more).extractions[0].observations == ()
    assert problem(ontology, base + "value = 20.6") == "no such observation is read"


ADD = """[[correction]]
do = "add"
subject = "远航铜业集团"
relation = "locatedIn"
object = "{object}"
article = "{article}"
sentence = "{sentence}"
"""


def test_an_added_claim_has_its_evidence(ontology: Ontology) -> None:
    found = applied(ontology, ADD.format(object="东山市", article="002.txt", sentence="远航铜业 与东山市\\n签约"))
    claim = found.extractions[1].claims[-1]
    assert (claim.rule, claim.confidence) == ("correction/add", 1.0)
    assert SECOND[claim.evidence.begin : claim.evidence.end] == claim.evidence.text == "远航铜业与东山市签约"
    assert (GROUP, "locatedIn", CITY) in said(found)


def test_an_added_claim_may_bring_things_the_article_or_graph_lacks(ontology: Ontology) -> None:
    text = ADD.format(object="东山市经济开发区", article="001", sentence="东山市经济开发区内，远航铜业集团投资30亿元")
    assert "a new thing needs its class" in problem(ontology, text)
    found = applied(ontology, text + 'object_class = "Park"')
    assert (GROUP, "locatedIn", "park/东山市经济开发区") in said(found)
    made = found.extractions[0].entities[-1]
    assert (made.kind, made.evidence[0].text, made.evidence[0].begin) == ("Park", "东山市经济开发区", 0)
    wrong = problem(ontology, text.replace("locatedIn", "subsidiaryOf") + 'object_class = "Park"')
    assert wrong == "subsidiaryOf does not lead from Enterprise to Park"


def test_an_added_claim_whose_sentence_has_gone(ontology: Ontology) -> None:
    text = ADD.format(object="东山市", article="002.txt", sentence="远航铜业撤出东山市")
    assert problem(ontology, text) == "002.txt does not say “远航铜业撤出东山市”; its words have changed or gone"


def test_merged_things_are_one(ontology: Ontology) -> None:
    other = Extraction(article("003"), (entity("Enterprise", "鲲鹏铜业", text="鲲鹏铜业"),), (), ())
    text = """[[correction]]\ndo = "merge"\nthings = ["鲲鹏铜业", "远航铜业集团"]"""
    found = applied(ontology, text, (*EXTRACTIONS, other))
    node = found.linked.node_of["002", "Enterprise/远航铜业"]
    assert (node.path, node.label, node.aliases) == ("enterprise/鲲鹏铜业", "鲲鹏铜业", ("远航铜业", "远航铜业集团"))
    assert (PROJECT, "undertakenBy", node.path) in said(found)


def test_a_merge_keeps_the_place_with_a_code(ontology: Ontology) -> None:
    other = Extraction(article("003"), (entity("City", "铜城", text="铜城"),), (), ())
    text = """[[correction]]\ndo = "merge"\nthings = ["铜城", "东山市"]"""
    assert CITY in labels(applied(ontology, text, (*EXTRACTIONS, other)))


def test_split_by_article(ontology: Ontology) -> None:
    text = """[[correction]]\ndo = "split"\nthing = "远航铜业集团"\narticles = ["002"]"""
    found = applied(ontology, text)
    assert ("enterprise/远航铜业", "cooperatesWith", CITY) in said(found)
    assert (PROJECT, "undertakenBy", GROUP) in said(found)
    assert "all that is called" in problem(ontology, text.replace('["002"]', '["001", "002"]'))


def test_split_by_name_takes_along_what_speaks_of_it(ontology: Ontology) -> None:
    mixed = entity("Enterprise", "金辰新材料", "天辰新材料", text=TWO_NAMES)
    place = entity("City", "东山市", code="430482", text=TWO_NAMES)
    claims = tuple(
        Claim(mixed.id, "locatedIn", place.id, evidence(words, text=TWO_NAMES), "locatedIn/in", 0.9)
        for words in ("天辰新材料与金辰新材料同在东山市", "金辰新材料位于东山市", "天辰新材料设在东山市")
    )
    source = Extraction(article("1", text=TWO_NAMES), (mixed, place), claims, ())
    text = """[[correction]]\ndo = "split"\nthing = "金辰新材料"\nnames = ["天辰新材料"]"""
    found = applied(ontology, text, (source,))
    assert set(labels(found).values()) == {"金辰新材料", "天辰新材料", "东山市"}
    by_claim = [found.linked.node_of["1", claim.subject].label for claim in found.extractions[0].claims]
    assert by_claim == ["金辰新材料", "金辰新材料", "天辰新材料"]
    wrong = corrected(ontology, text.replace('["天辰新材料"]', '["地辰"]'), (source,))
    assert wrong.outcomes[0].problem == "nothing that is 金辰新材料 is called 地辰"


def test_split_by_a_short_name_leaves_what_speaks_of_the_long_one(ontology: Ontology) -> None:
    words = "金辰新材料位于东山市。金辰设在东山市。"
    company, place = entity("Enterprise", "金辰新材料", "金辰", text=words), entity("City", "东山市", text=words)
    claims = tuple(
        Claim(company.id, "locatedIn", place.id, evidence(said, text=words), "locatedIn/in", 0.9)
        for said in ("金辰新材料位于东山市", "金辰设在东山市")
    )
    source = Extraction(article("1", text=words), (company, place), claims, ())
    text = """[[correction]]\ndo = "split"\nthing = "金辰新材料"\nnames = ["金辰"]"""
    found = applied(ontology, text, (source,))
    by_claim = [found.linked.node_of["1", claim.subject].label for claim in found.extractions[0].claims]
    assert by_claim == ["金辰新材料", "金辰"]


def test_renamed_and_named_so_afterwards(ontology: Ontology) -> None:
    text = """[[correction]]\ndo = "rename"\nthing = "远航铜业集团"\nname = "远航集团"\n"""
    found = applied(
        ontology, text + """[[correction]]\ndo = "rename"\nthing = "远航集团"\nname = "远航"\nkeep = true"""
    )
    node = found.linked.node_of["001", "Enterprise/远航铜业集团"]
    assert (node.path, node.label, node.aliases) == ("enterprise/远航", "远航", ("远航铜业", "远航集团"))
    assert "table of divisions" in problem(ontology, text.replace("远航铜业集团", "东山市"))


def test_retyped_things_lose_what_their_class_cannot_have(ontology: Ontology) -> None:
    text = """[[correction]]\ndo = "retype"\nthing = "年产5/10万吨铜箔项目（一期）"\nclass = "Facility" """
    found = applied(ontology, text)
    path = "facility/年产5%2F10万吨铜箔项目（一期）"
    assert said(found) == {(path, "locatedIn", CITY), (GROUP, "cooperatesWith", CITY)}
    assert "1 of its relations are left out" in found.outcomes[0].line()


def test_nothing_and_too_much_of_a_name(ontology: Ontology) -> None:
    text = """[[correction]]\ndo = "rename"\nthing = "{}"\nname = "新名" """
    assert (
        problem(ontology, text.format("远航铜业集园")) == "nothing is called 远航铜业集园; did you mean 远航铜业集团?"
    )
    twice = Extraction(article("3"), (entity("Township", "城关镇"), entity("Township", "城关镇", mark="@2")), (), ())
    found = corrected(ontology, text.format("城关镇"), (twice,))
    assert found.outcomes[0].problem.startswith("2 things are called 城关镇; write one of area:城关镇")
    assert applied(ontology, text.format("area:城关镇"), (twice,))


def test_the_graph_says_who_decided_what_and_why(ontology: Ontology, tmp_path: Path) -> None:
    by = 'author = "甲"\nreason = "原文如此"\ndate = 2024-05-17\n'
    text = ADD.format(object="东山市", article="002.txt", sentence=SECOND) + by
    text += """[[correction]]\ndo = "reject"\nsubject = "东山市"\nindicator = "生产总值"\n""" + by
    text += """[[correction]]\ndo = "retype"\nthing = "远航铜业集团"\nclass = "Park"\n"""
    found, scheme = applied(ontology, text), Scheme(ontology)
    triples = build_graph(found.extractions, scheme=scheme, linked=found.linked)
    triples += record(found, base="https://w3id.org/citykg/id/")
    file = tmp_path / "graph.ttl"
    file.write_text(write_turtle(triples, prefixes=scheme.prefixes()), encoding="utf-8")
    assert validate_graph(file, default_folder()) == ()
    rows = run_query(
        graph_of(triples),
        """SELECT ?decision ?who ?why ?when ?words { ?c a kg:Correction, prov:Activity ; kg:decision ?decision .
           OPTIONAL { ?c prov:wasAssociatedWith/rdfs:label ?who } OPTIONAL { ?c kg:reason ?why ; dcterms:date ?when }
           OPTIONAL { ?c prov:used/nif:anchorOf ?words } } ORDER BY ?decision""",
    ).rows
    assert [[display(term) for term in row] for row in rows] == [
        ["add", "甲", "原文如此", "2024-05-17", SECOND],
        ["reject", "甲", "原文如此", "2024-05-17", "东山市生产总值达20.06亿元"],
        ["retype", "", "", "", ""],
    ]
    claim = """ASK { ?claim a rdf:Statement ; kg:rule "correction/add" ; prov:wasAttributedTo/rdfs:label "甲" ;
        prov:wasGeneratedBy/kg:decision "add" . ?park prov:wasInfluencedBy/kg:decision "retype" ; a kg:Park }"""
    assert display(run_query(graph_of(triples), claim).rows[0][0]) == "true"


BAD_FILES = {
    "[[corection]]\n": "c.toml:1: corection: unknown key; did you mean correction?",
    "# so\n[correction]\ndo = 1": "c.toml:2: correction: write [[correction]], with two brackets",
    '\n[[correction]]\ndo = "mrge"': "c.toml:3: do = 'mrge': must be one of",
    '[[correction]]\nthing = "x"': "c.toml:1: do: must be one of",
    '[[correction]]\ndo = "rename"\nthing = "x"': "c.toml:1: rename needs name",
    '[[correction]]\ndo = "rename"\nthing = "x"\nnmae = "y"\nname = "z"': "c.toml:4: nmae = 'y': unknown key",
    '[[correction]]\ndo = "retype"\nthing = "x"\nclass = "Prak"': "c.toml:4: class = 'Prak': the ontology",
    '[[correction]]\ndo = "merge"\nthings = ["x"]': "c.toml:3: things = ['x']: name two or more",
    '[[correction]]\ndo = "split"\nthing = "x"': "c.toml:1: give names or articles",
    '[[correction]]\ndo = "reject"\nsubject = "x"': "c.toml:1: give either relation and object, or indicator",
    '[[correction]]\ndo = "reject"\nsubject = "x"\nrelation = "locatdIn"\nobject = "y"': "c.toml:4: relation = ",
    '[[correction]]\ndo = "rename"\nthing = "x"\nname = "y"\ndate = "May"': "c.toml:5: date = 'May': 'may' is no date",
    "x = [": "c.toml: not valid TOML",
}


@pytest.mark.parametrize("text", BAD_FILES)
def test_a_slip_is_told_with_its_place(ontology: Ontology, tmp_path: Path, text: str) -> None:
    (tmp_path / "c.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as told:
        load_corrections([tmp_path / "c.toml"], ontology)
    assert BAD_FILES[text] in str(told.value)
    assert "\n" not in str(told.value)


# The command, over real builds

ARTICLE = "2021年，岳阳市完成固定资产投资12亿元。岳阳市委书记李明华出席会议。远航铜业集团有限公司落户岳阳经开区。\n"
FLAGS = ("--no-tagger", "--no-page", "-q")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an article and its graph, where commands run."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    assert kg("build", ".", *FLAGS).exit_code == 0
    return tmp_path


def test_commands_write_what_builds_replay(place: Path) -> None:
    file = place / "corrections.toml"
    file.write_text("# what we decided\n\n", encoding="utf-8")
    commands = (
        ("reject", "岳阳市", "--indicator", "固定资产投资", "--value", "12", "--author", "甲", "--date", "2024-05-17"),
        ("reject", "李明华", "affiliatedWith", "岳阳市委"),
        ("rename", "岳阳经开区", "岳阳经济技术开发区", "--keep", "--reason", "全称"),
        ("add", "李明华", "affiliatedWith", "岳阳市", "--article", "a.txt", "--sentence", "岳阳市委书记李明华出席会议",
         "--qualifier", "position=书记"),
        ("retype", "岳阳经开区", "Facility"),
    )  # fmt: skip
    for command in commands:
        result = kg("correct", *command)
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout.startswith("[[correction]]\n")
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# what we decided\n\n")
    assert [each["do"] for each in tomllib.loads(text)["correction"]] == ["reject", "reject", "rename", "add", "retype"]
    for _ in range(2):
        result = kg("build", ".", *FLAGS)
        assert (result.exit_code, result.stderr) == (0, "")
    assert kg("validate", "-g", "build").exit_code == 0
    told = json.loads((place / "build" / "report.json").read_text(encoding="utf-8"))["corrections"]
    assert [each["applied"] for each in told] == [True] * 5
    explained = kg("explain", "李明华").stdout
    assert "李明华 —任职于→ 岳阳市\n" in explained
    assert "岳阳市委\n" not in explained
    assert "岳阳经济技术开发区  (设施与场所" in kg("explain", "岳阳经开区").stdout


def test_a_correction_that_no_longer_fits_is_told(place: Path) -> None:
    kg("correct", "reject", "李明华", "affiliatedWith", "岳阳市委", "--sentence", "岳阳市委书记李明华")
    kg("correct", "merge", "远航铜业集团有限公司", "岳阳经开区")
    (place / "a.txt").write_text(ARTICLE.replace("书记李明华", "书记、市长王新明"), encoding="utf-8")
    result = kg("build", ".", *FLAGS)
    assert result.exit_code == 0
    assert result.stderr == (
        "kg: corrections.toml:1: reject 李明华 affiliatedWith 岳阳市委 岳阳市委书记李明华: nothing is called 李明华\n"
    )
    told = json.loads((place / "build" / "report.json").read_text(encoding="utf-8"))["corrections"]
    assert [(each["line"], each["applied"]) for each in told] == [(1, False), (8, True)]


def test_a_file_given_stands_in_place_of_those_found(place: Path) -> None:
    kg("correct", "rename", "岳阳经开区", "甲园", "--file", "other.toml")
    kg("correct", "rename", "岳阳经开区", "乙园")
    kg("build", ".", *FLAGS, "--corrections", "other.toml")
    assert "甲园" in (place / "build" / "graph.ttl").read_text(encoding="utf-8")
    kg("build", ".", *FLAGS)
    assert "乙园" in (place / "build" / "graph.ttl").read_text(encoding="utf-8")
    refused(kg("build", ".", *FLAGS, "--corrections", "none.toml"), 3, "none.toml")
    (place / "corrections.toml").write_text('[[correction]]\ndo = "x"', encoding="utf-8")
    refused(kg("build", ".", *FLAGS), 4, "corrections.toml:2: do = 'x'")


def test_a_command_that_fails_writes_nothing(place: Path) -> None:
    refused(kg("correct", "rename", "岳阳经开区里", "x"), 3, "nothing is called 岳阳经开区里; did you mean 岳阳经开区")
    refused(kg("correct", "retype", "岳阳经开区", "Prk"), 4, "class = 'Prk'", "did you mean Park")
    refused(kg("correct", "add", "李明华", "affiliatedWith", "岳阳市", "--article", "a", "--sentence", "x",
               "--qualifier", "position"), 2, "NAME=VALUE")  # fmt: skip
    refused(kg("correct", "reject", "岳阳市"), 4, "give either relation and object, or indicator")
    assert not (place / "corrections.toml").exists()
    (place / "corrections.toml").write_text("correction = []\n", encoding="utf-8")
    refused(kg("correct", "rename", "岳阳经开区", "x"), 4, "takes no [[correction]] at its end")
    refused(kg("correct", "rename", "没有", "x", "--no-check", "--file", "no/where.toml"), 3, "no such folder")
    assert kg("correct", "rename", "没有", "x", "--no-check", "--file", "b.toml").exit_code == 0


def test_an_added_claim_may_name_a_place_that_only_the_table_of_divisions_has(place: Path) -> None:
    kg(
        "correct",
        "add",
        "远航铜业集团有限公司",
        "locatedIn",
        "湖南省",
        "--article",
        "a.txt",
        "--sentence",
        "落户岳阳经开区",
    )
    assert kg("build", ".", *FLAGS).stderr == ""
    assert "远航铜业集团有限公司 —位于→ 湖南省" in kg("explain", "远航铜业集团有限公司").stdout


def test_corrections_do_not_depend_on_the_order_of_articles(ontology: Ontology) -> None:
    text = ADD.format(object="东山市", article="002.txt", sentence=SECOND)
    text += """[[correction]]\ndo = "split"\nthing = "远航铜业集团"\narticles = ["002"]"""
    one, other = applied(ontology, text), applied(ontology, text, EXTRACTIONS[::-1])
    assert one.linked == other.linked
    assert set(one.extractions) == set(other.extractions)


def test_old_iris_lead_to_what_became_of_them(ontology: Ontology) -> None:
    text = """[[correction]]\ndo = "rename"\nthing = "远航铜业集团"\nname = "远航集团"\n"""
    assert GROUP in applied(ontology, text).linked.node_of["001", "Enterprise/远航铜业集团"].former
    other = Extraction(article("003"), (entity("Enterprise", "鲲鹏铜业", text="鲲鹏铜业"),), (), ())
    merged = """[[correction]]\ndo = "merge"\nthings = ["远航铜业集团", "鲲鹏铜业"]\n"""
    taken = merged + text.replace("远航集团", "鲲鹏铜业")
    node = applied(ontology, merged, (*EXTRACTIONS, other)).linked.node_of["003", "Enterprise/鲲鹏铜业"]
    assert (node.path, "enterprise/鲲鹏铜业" in node.former) == (GROUP, True)
    node = applied(ontology, taken, (*EXTRACTIONS, other)).linked.node_of["003", "Enterprise/鲲鹏铜业"]
    assert (node.path, GROUP in node.former, node.path in node.former) == ("enterprise/鲲鹏铜业", True, False)


def test_a_merge_is_a_reason_why_two_are_one(place: Path) -> None:
    kg("correct", "merge", "岳阳经开区", "远航铜业集团有限公司")
    kg("build", ".", *FLAGS)
    assert kg("validate", "-g", "build").exit_code == 0
    told = kg("why-same", "岳阳经开区", "远航铜业集团有限公司")
    assert (told.exit_code, told.stderr) == (0, "")
    assert "somebody has decided" in told.stdout


def test_what_leads_to_a_word_is_corrected_too(ontology: Ontology) -> None:
    word = next(each.name for each in ontology.attributes if "Project" in each.domain)
    project = FIRST_EXTRACTION.entities[-1]
    begun = Claim(project.id, word, "开工", evidence("建设年产5/10万吨铜箔项目"), f"{word}/x", 0.9)
    first = replace(FIRST_EXTRACTION, claims=(*FIRST_EXTRACTION.claims, begun))
    reject = f"""[[correction]]\ndo = "reject"\nsubject = "{project.label}"\nrelation = "{word}"\nobject = "开工"\n"""
    found = applied(ontology, reject, (first, SECOND_EXTRACTION))
    assert found.extractions[0].claims == FIRST_EXTRACTION.claims
    add = ADD.format(object="竣工", article="001", sentence="建设年产5/10万吨铜箔项目").replace("locatedIn", word)
    added = applied(ontology, add.replace("远航铜业集团", project.label), (first, SECOND_EXTRACTION))
    assert added.extractions[0].claims[-1].object == "竣工"
    assert "does not lead from" in problem(ontology, add)
    retype = f"""[[correction]]\ndo = "retype"\nthing = "{project.label}"\nclass = "Person"\n"""
    assert begun not in applied(ontology, retype, (first, SECOND_EXTRACTION)).extractions[0].claims
