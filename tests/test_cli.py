"""The command line as a user meets it: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from kg import __version__
from kg.cli import main
from kg.cli.reference import reference
from kg.export import WRITERS
from kg.knowledge import default_folder

ROOT = Path(__file__).parent.parent
SEED = min((ROOT / "seeds").glob("*.txt"))


def kg(*arguments: object, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments], input=stdin, prog_name="kg")


def refused(result: Result, code: int, *parts: str) -> None:
    """One line on standard error, nothing on standard output, and the exit code of its class."""
    assert result.stdout == ""
    assert result.stderr.startswith("kg: ")
    assert result.stderr.count("\n") == 1, result.stderr
    for part in parts:
        assert part in result.stderr
    assert result.exit_code == code


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    result = kg("build", SEED, "-o", folder, "--no-tagger")
    assert (result.exit_code, result.stderr) == (0, "")
    return folder


@pytest.fixture
def ontology(tmp_path: Path) -> Path:
    """A copy of the ontology folder that a test may break."""
    return Path(shutil.copytree(default_folder(), tmp_path / "ontology"))


# What works


def test_build_prints_a_table_and_where_the_files_lie(tmp_path: Path) -> None:
    result = kg("build", SEED, "-o", tmp_path, "--no-tagger", "--no-page")
    lines = result.stdout.splitlines()
    assert lines[-2:] == [str(tmp_path / "graph.ttl"), str(tmp_path / "report.json")]
    assert any("City 城市" in line for line in lines)
    assert (result.exit_code, result.stderr) == (0, "")


def test_build_tells_of_descriptions_of_files_that_are_not_there(tmp_path: Path) -> None:
    shutil.copy(SEED, tmp_path / "a.txt")
    (tmp_path / "articles.toml").write_text(
        '[[file]]\nfile = "a.txt"\nissued = 2021\n\n[[file]]\nfile = "b.txt"\nissued = 2021\n', encoding="utf-8"
    )
    result = kg("build", tmp_path, "-o", tmp_path / "built", "--no-tagger", "--no-page", "-q")
    message = f"kg: {tmp_path / 'articles.toml'}: file b.txt: not in this folder; mend the name or take it out\n"
    assert (result.exit_code, result.stderr) == (0, message)


def test_build_is_silent_when_asked(tmp_path: Path) -> None:
    result = kg("build", SEED, "-o", tmp_path, "--no-tagger", "--no-page", "--quiet")
    assert (result.exit_code, result.output) == (0, "")


def test_base_iri(tmp_path: Path) -> None:
    kg("build", SEED, "-o", tmp_path, "--no-tagger", "--no-page", "-q", "--base", "https://example.org/")
    assert "@prefix area: <https://example.org/area/> ." in (tmp_path / "graph.ttl").read_text(encoding="utf-8")


def test_query_in_all_ways(built: Path, tmp_path: Path) -> None:
    text = "SELECT ?l { ?x a kg:Article ; dcterms:source ?l }"
    (tmp_path / "x.rq").write_text(text, encoding="utf-8")
    expected = f"l\n{SEED.name}\n"
    assert kg("query", "-g", built, text, "-f", "csv").stdout == expected
    assert kg("query", "-g", built, "--file", tmp_path / "x.rq", "-f", "csv").stdout == expected
    assert kg("query", "-g", built, "--file", "-", "-f", "csv", stdin=text).stdout == expected
    assert kg("query", "-g", "-", text, "-f", "csv", stdin=(built / "graph.ttl").read_bytes()).stdout == expected
    kg("query", "-g", built, text, "-f", "csv", "-o", tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == expected


def test_query_by_name(built: Path) -> None:
    rows = json.loads(kg("query", "-g", built, "--name", "articles", "-f", "json").stdout)["results"]["bindings"]
    assert [row["file"]["value"] for row in rows] == [SEED.name]
    assert "articles" in kg("query", "--list").stdout


def test_tables_are_aligned_by_width(built: Path) -> None:
    text = 'SELECT ?a ?b { VALUES (?a ?b) { ("常宁市" "x") ("a" "y") } }'
    head, _, *rows, count = kg("query", "-g", built, text).stdout.splitlines()
    assert head.rstrip() == "a        b"
    assert sorted(rows) == ["a        y", "常宁市   x"]
    assert count == "(2 rows)"


@pytest.mark.parametrize("name", [name for name, each in WRITERS.items() if not each.is_folder])
def test_export(built: Path, tmp_path: Path, name: str) -> None:
    printed = kg("export", "-g", built, "-f", name)
    assert (printed.exit_code, printed.stderr) == (0, "")
    file = tmp_path / f"graph{WRITERS[name].suffix}"
    assert kg("export", "-g", built, "-o", file).stdout == ""  # the ending decides
    assert file.read_text(encoding="utf-8") == printed.stdout


@pytest.mark.parametrize("name", [name for name, each in WRITERS.items() if each.is_folder])
def test_export_of_several_files(built: Path, tmp_path: Path, name: str) -> None:
    assert kg("export", "-g", built, "-f", name, "-o", tmp_path / "tables").exit_code == 0
    assert sorted(file.name for file in (tmp_path / "tables").iterdir()) == sorted(WRITERS[name].files)
    refused(kg("export", "-g", built, "-f", name), 3, "several files", ".zip")


def test_export_as_turtle_changes_nothing(built: Path) -> None:
    whole = (built / "graph.ttl").read_text(encoding="utf-8")
    assert kg("export", "-g", built, "--no-description").stdout == whole


def test_export_of_a_part(built: Path) -> None:
    whole = kg("export", "-g", built, "-f", "nt", "--no-description").stdout.splitlines()
    for option in (("--no-evidence",), ("--min-confidence", "0.9"), ("--class", "Park")):
        part = kg("export", "-g", built, "-f", "nt", "--no-description", *option).stdout.splitlines()
        assert 0 < len(part) < len(whole)
    article = kg("export", "-g", built, "-f", "nt", "--no-description", "--article", SEED.name).stdout
    assert article.splitlines() == whole  # there is but one
    refused(kg("export", "-g", built, "--article", "x"), 3, "no article is called x")
    refused(kg("export", "-g", built, "--class", "Prk"), 4, "did you mean kg:Park?")
    refused(kg("export", "-g", built, "-o", "graph.xlsx"), 3, "graph.xlsx: no format has this ending")


def test_a_device_is_written_to_and_not_replaced(built: Path) -> None:
    assert kg("export", "-g", built, "-o", "/dev/null").exit_code == 0
    assert not Path("/dev/null").is_file()


def test_view(built: Path, tmp_path: Path) -> None:
    assert kg("view", "-g", built, "-o", tmp_path / "page.html").exit_code == 0
    assert (tmp_path / "page.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_view_holds_the_articles_that_were_read_and_no_others(built: Path, tmp_path: Path) -> None:
    shutil.copy(SEED, tmp_path / "same.txt")
    (tmp_path / "changed").mkdir()
    (tmp_path / "changed" / SEED.name).write_text(SEED.read_text(encoding="utf-8") + "改", encoding="utf-8")
    words = '"text":' + json.dumps(SEED.read_text(encoding="utf-8"), ensure_ascii=False)[:10]
    assert words not in kg("view", "-g", built).stdout
    assert words not in kg("view", "-g", built, "--articles", tmp_path / "changed").stdout
    assert kg("view", "-g", built, "--articles", tmp_path).stdout.count(words) == 1
    assert (built / "graph.html").read_text(encoding="utf-8").count(words) == 1
    refused(kg("view", "-g", built, "--articles", tmp_path / "absent.txt"), 3, "absent.txt")


def test_explain(built: Path) -> None:
    rows = json.loads(kg("query", "-g", built, "SELECT ?l { ?x a kg:City ; rdfs:label ?l }", "-f", "json").stdout)
    name = rows["results"]["bindings"][0]["l"]["value"]
    assert name in kg("explain", "-g", built, name).stdout


def test_validate_the_ontology() -> None:
    assert kg("validate").exit_code == 0


def test_evaluate(built: Path, tmp_path: Path) -> None:
    gold = {"article": SEED.name, "entities": [], "relations": [], "observations": []}
    (tmp_path / "gold.json").write_text(json.dumps(gold), encoding="utf-8")
    rows = json.loads(kg("evaluate", tmp_path, "-g", built, "-f", "json").stdout)
    assert rows["entities"]["tp"] == 0 < rows["entities"]["fp"]


def test_coverage(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("2021年，岳阳市完成固定资产投资12亿元。春风拂面，万物生长。", encoding="utf-8")
    text = kg("coverage", tmp_path, "--no-tagger").stdout
    assert text.startswith("x.txt: 1 of 2 sentences\n")
    assert "<mark" in kg("coverage", tmp_path, "--no-tagger", "-f", "html").stdout


def test_version() -> None:
    assert kg("--version").stdout == f"kg, version {__version__}\n"


def test_reference_is_true() -> None:
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == reference(), "run: make docs"


def test_every_option_is_explained() -> None:
    for name, command in main.commands.items():
        assert command.help, name
        assert all(each.help for each in command.params if isinstance(each, click.Option)), name


# What is refused


def test_missing_path(tmp_path: Path) -> None:
    refused(kg("build", tmp_path / "no.txt", "-o", tmp_path / "out"), 3, "no.txt", "no such file")
    assert not (tmp_path / "out").exists()


def test_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    refused(kg("build", tmp_path / "empty", "-o", tmp_path / "out"), 3, "empty", "no articles")


BAD_ARTICLES = {
    "empty": b"",
    "blank": b" \n\n",
    "binary": bytes(range(256)) * 20,
    "image": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
    "encoding": b"\xff\xfe\xff\x81\x00\xd8" * 50 + b"\x81",
}


@pytest.mark.parametrize("name", sorted(BAD_ARTICLES))
def test_article_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    file = tmp_path / f"{name}.txt"
    file.write_bytes(BAD_ARTICLES[name])
    refused(kg("build", file, "-o", tmp_path / "out", "--no-tagger"), 3, file.name)
    assert not (tmp_path / "out").exists()


def test_one_bad_article_among_good_ones(tmp_path: Path) -> None:
    shutil.copy(SEED, tmp_path)
    (tmp_path / "bad.txt").write_bytes(BAD_ARTICLES["binary"])
    result = kg("build", tmp_path, "-o", tmp_path / "out", "--no-tagger", "--no-page", "-q")
    refused(result, 7, "bad.txt")
    assert sorted(file.name for file in (tmp_path / "out").glob("[!.]*")) == ["graph.ttl", "report.json"]


BROKEN_FILES = [
    ("citykg.ttl", "@prefix kg: <x", "citykg.ttl:"),
    ("rules/produces.toml", "relation = [", "produces.toml: not valid TOML"),
    ("rules/produces.toml", "unknown_key = 1\n", "produces.toml: "),
    ("lexicon/areas.toml", "= 1", "areas.toml: not valid TOML"),
    ("lexicon/divisions.tsv", "code\tname\n", "divisions.tsv:1: "),
]


@pytest.mark.parametrize(("file", "text", "message"), BROKEN_FILES)
def test_broken_ontology_folder(tmp_path: Path, ontology: Path, file: str, text: str, message: str) -> None:
    (ontology / file).write_text(text, encoding="utf-8")
    refused(kg("build", SEED, "-o", tmp_path / "out", "--ontology", ontology), 4, message)
    assert not (tmp_path / "out").exists()


def test_unknown_class_in_a_rule(tmp_path: Path, ontology: Path) -> None:
    rule = ontology / "rules" / "undertakenBy.toml"
    text = rule.read_text(encoding="utf-8")
    rule.write_text(text.replace("Enterprise", "Enterprize"), encoding="utf-8")
    result = kg("build", SEED, "-o", tmp_path / "out", "--ontology", ontology)
    refused(result, 4, "undertakenBy.toml", "Enterprize", "did you mean", "Enterprise")


def test_missing_ontology_folder(tmp_path: Path) -> None:
    refused(kg("build", SEED, "-o", tmp_path / "out", "--ontology", tmp_path / "no"), 4, "no such ontology folder")


def test_output_that_cannot_be_written(tmp_path: Path, built: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    refused(kg("build", SEED, "-o", tmp_path / "file" / "out"), 3, "cannot be written")
    refused(kg("export", "-g", built, "-o", tmp_path / "file" / "out"), 3, "cannot be written")
    refused(kg("export", "-g", built, "-o", tmp_path), 3, "cannot be written")


def test_unknown_format(built: Path) -> None:
    refused(kg("export", "-g", built, "-f", "xml"), 2, "'xml' is not one of", "jsonld")
    refused(kg("query", "-g", built, "ASK {}", "-f", "ods"), 2, "'ods' is not one of", "csv")


def test_malformed_sparql_shows_the_place(built: Path) -> None:
    result = kg("query", "-g", built, "SELECT ?x {\n  ?x a foo:Bar }")
    assert result.stderr == "kg: query: line 2, column 8: prefix foo: is not declared\n  ?x a foo:Bar }\n       ^\n"
    assert (result.stdout, result.exit_code) == ("", 5)


def test_query_that_is_not_given(built: Path, tmp_path: Path) -> None:
    refused(kg("query", "-g", built), 2, "give one query")
    refused(kg("query", "-g", tmp_path / "none", "ASK {}"), 3, "none")
    refused(kg("query", "-g", built, "--name", "article"), 5, "did you mean articles")
    refused(kg("query", "-g", built, "--file", "no.rq"), 3, "no.rq")


def test_graph_that_is_none(tmp_path: Path) -> None:
    refused(kg("query", "-g", tmp_path, "ASK {}"), 3, "has no graph.ttl")
    refused(kg("query", "-g", "-", "ASK {}", stdin="x"), 3, "standard input: line 1: not valid Turtle")


def test_unknown_entity(built: Path) -> None:
    refused(kg("explain", "-g", built, "没有这个东西"), 3, "nothing is called 没有这个东西")


def test_graph_that_breaks_its_contract(tmp_path: Path) -> None:
    file = tmp_path / "graph.ttl"
    file.write_text("<https://example.org/x> a <https://w3id.org/citykg/ontology#Enterprize> .", encoding="utf-8")
    result = kg("validate", "-g", file)
    assert "did you mean kg:Enterprise" in result.stdout
    assert (result.stderr, result.exit_code) == (f"kg: {file}: 1 error\n", 6)


def test_base_that_is_no_iri(tmp_path: Path) -> None:
    refused(kg("build", SEED, "-o", tmp_path, "--base", "x"), 2, "--base")


def test_unknown_command() -> None:
    refused(kg("biuld"), 2, "biuld")


def test_an_article_on_standard_input(tmp_path: Path) -> None:
    text = "岳阳市完成固定资产投资12亿元。".encode()
    assert kg("build", "-", "-o", tmp_path / "out", "-q", stdin=text).exit_code == 0
    assert "岳阳市" in (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")
    assert "岳阳市" in kg("coverage", "-", stdin=text).stdout
