"""citykg.ttl as it stands, what a user may add to it, and what is said of each slip."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import DataError
from kg.iris import OWL
from kg.ontology import Ontology, load_ontology
from kg.terms import read_terms

FOLDER = Path(__file__).parent.parent / "ontology"
RELATIONS = {
    "locatedIn": (("Project", "City"), ("Mine", "Park"), ("Enterprise", "Facility")),
    "undertakenBy": (("Project", "Enterprise"), ("Project", "Park"), ("Project", "County")),
    "issuedBy": (("PolicyDocument", "GovernmentBody"), ("Policy", "Province")),
    "implementedBy": (("PolicyProgramme", "City"), ("Policy", "Enterprise"), ("Policy", "Park")),
    "subsidiaryOf": (("Enterprise", "Enterprise"),),
    "hasIndustry": (("Area", "Industry"), ("Park", "Industry"), ("Enterprise", "Industry"), ("Project", "Industry")),
    "produces": (("Enterprise", "Product"), ("Project", "Product"), ("Park", "Product"), ("Township", "Product")),
    "hasHonour": (("City", "Honour"), ("Person", "Honour"), ("Product", "Honour")),
    "awardedBy": (("Honour", "GovernmentBody"), ("Honour", "Province")),
    "affiliatedWith": (("Person", "GovernmentBody"), ("Person", "City"), ("Person", "Park")),
    "cooperatesWith": (("Enterprise", "University"), ("City", "City"), ("Park", "Enterprise")),
    "participatesIn": (("Person", "Event"), ("Enterprise", "Project"), ("City", "Event")),
}


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology(FOLDER)


def changed(folder: Path, *, old: str = "", new: str = "", added: str = "") -> Path:
    """A copy of the ontology folder with one change to citykg.ttl."""
    copy = folder / "ontology"
    shutil.copytree(FOLDER, copy)
    path = copy / "citykg.ttl"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1) + added, encoding="utf-8")
    return copy


def test_the_relations_of_the_contract(ontology: Ontology) -> None:
    assert {relation.name for relation in ontology.relations} == set(RELATIONS)
    for predicate, pairs in RELATIONS.items():
        for subject, target in pairs:
            assert ontology.accepts(predicate, subject, target), (predicate, subject, target)


@pytest.mark.parametrize(
    ("predicate", "subject", "target"),
    [
        ("locatedIn", "City", "Enterprise"),
        ("locatedIn", "Person", "City"),
        ("subsidiaryOf", "GovernmentBody", "Enterprise"),
        ("undertakenBy", "Enterprise", "Project"),
        ("mentionedIn", "City", "City"),
        ("hasIndustry", "Organization", "Industry"),
    ],
)
def test_what_a_relation_does_not_accept(ontology: Ontology, predicate: str, subject: str, target: str) -> None:
    assert not ontology.accepts(predicate, subject, target)


def test_ancestors_are_nearest_first(ontology: Ontology) -> None:
    assert ontology.ancestors("Enterprise") == ("Organization", "Entity")
    assert ontology.ancestors("Entity") == ontology.ancestors("Article") == ()
    assert ontology.is_a("Township", "Area")
    assert ontology.is_a("Area", "Area")
    assert not ontology.is_a("Area", "Township")


def test_every_entity_has_a_colour_of_its_family(ontology: Ontology) -> None:
    assert all(kind.colour for kind in ontology.classes.values() if kind.name in {e.name for e in ontology.entities})
    assert ontology.find_class("Village").colour == ontology.find_class("Area").colour
    families = [kind for kind in ontology.entities if kind.parents == ("Entity",)]
    assert len({kind.colour for kind in families}) == len(families)


def test_properties_know_their_kind_and_ends(ontology: Ontology) -> None:
    assert ontology.find_property("value").kind == "datatype"
    assert ontology.find_property("value").range == ("decimal",)
    assert ontology.find_property("colour").kind == "annotation"
    assert ontology.find_property("mentionedIn").range == ("Article",)
    assert [each.name for each in ontology.properties.values() if each.symmetric] == ["cooperatesWith"]
    assert ontology.find_property("locatedIn").label.zh == "位于"


def test_unknown_names_get_a_hint(ontology: Ontology) -> None:
    with pytest.raises(DataError, match="unknown class kg:Enterprize; did you mean kg:Enterprise"):
        ontology.ancestors("Enterprize")
    with pytest.raises(DataError, match="unknown property kg:locatedAt; did you mean kg:locatedIn"):
        ontology.accepts("locatedAt", "Project", "City")
    with pytest.raises(DataError, match="unknown class kg:Citty"):
        ontology.accepts("locatedIn", "Citty", "City")


def test_the_ontology_travels_between_processes(ontology: Ontology) -> None:
    assert pickle.loads(pickle.dumps(ontology)) == ontology


def test_a_user_adds_a_class_and_a_relation(tmp_path: Path) -> None:
    added = """
kg:Hospital a owl:Class ; rdfs:subClassOf kg:Facility ;
    rdfs:label "医院"@zh , "hospital"@en ; skos:definition "医院。"@zh , "A hospital."@en .
kg:runs a owl:ObjectProperty ; rdfs:label "运营"@zh , "runs"@en ; skos:definition "运营。"@zh , "Runs."@en ;
    rdfs:domain [ a owl:Class ; owl:unionOf ( kg:Organization kg:Area ) ] ; rdfs:range kg:Hospital .
"""
    ontology = load_ontology(changed(tmp_path, added=added))
    assert ontology.ancestors("Hospital") == ("Facility", "Entity")
    assert ontology.accepts("runs", "Enterprise", "Hospital")
    assert not ontology.accepts("runs", "Enterprise", "Mine")
    assert ontology.relations[-1].name == "runs"


TEXTS = 'rdfs:label "新"@zh , "new"@en ; skos:definition "新。"@zh , "New."@en'
CLASS = f"kg:New a owl:Class ; {TEXTS}"
NEWER = f"kg:Newer a owl:Class ; {TEXTS}"
RELATION = f"kg:new a owl:ObjectProperty ; {TEXTS}"
FIGURE = f"kg:new a owl:DatatypeProperty ; {TEXTS}"
SLIPS = {
    "no label": (f"{CLASS} .".replace('"新"@zh , ', ""), "kg:New: has no rdfs:label in zh"),
    "no definition": (f"{CLASS} .".replace(' , "New."@en', ""), "kg:New: has no skos:definition in en"),
    "two labels": (f'{CLASS} ; rdfs:label "别"@zh .', "kg:New: has 2 rdfs:labels in zh; keep one"),
    "no domain": (f"{RELATION} ; rdfs:range kg:Area .", "kg:new: has no rdfs:domain"),
    "no range": (f"{RELATION} ; rdfs:domain kg:Area .", "kg:new: has no rdfs:range"),
    "two domains": (
        f"{RELATION} ; rdfs:domain kg:Area , kg:Park ; rdfs:range kg:Area .",
        "kg:new: has 2 rdfs:domains, which means all at once; join them with owl:unionOf",
    ),
    "unknown domain": (
        f"{RELATION} ; rdfs:domain kg:Projekt ; rdfs:range kg:Area .",
        "kg:Projekt: is used but not declared; did you mean kg:Project",
    ),
    "unknown in a union": (
        f"{RELATION} ; rdfs:domain [ owl:unionOf ( kg:Area kg:Parc ) ] ; rdfs:range kg:Area .",
        "kg:Parc: is used but not declared; did you mean kg:Park",
    ),
    "unknown datatype": (
        f"{FIGURE} ; rdfs:domain kg:Area ; rdfs:range xsd:strng .",
        "kg:new: rdfs:range xsd:strng is no datatype of OWL 2; did you mean xsd:string",
    ),
    "a property as class": (f"{CLASS} ; rdfs:subClassOf kg:value .", "kg:value, which is no class"),
    "unknown superclass": (f"{CLASS} ; rdfs:subClassOf kg:Aria .", "kg:Aria: is used but not"),
    "circle": (
        f"{CLASS} ; rdfs:subClassOf kg:Newer . {NEWER} ; rdfs:subClassOf kg:New .",
        "kg:New: is its own superclass; break the circle",
    ),
    "declared twice": (f"kg:Park a owl:Class ; {TEXTS} .", "kg:Park: is declared 2 times; keep one declaration"),
    "two kinds": ("kg:Park a owl:ObjectProperty .", "kg:Park: is declared as class and as object; keep one"),
    "misspelt kind": (f"kg:new a owl:ObjectPropery ; {TEXTS} .", "is no kind of term; did you mean owl:ObjectProperty"),
    "kind of RDF Schema": (f"kg:New a rdfs:Class ; {TEXTS} .", "kg:New: rdfs:Class is no kind of term"),
    "no kind": (f"kg:New {TEXTS} .", "kg:New: is used but not declared"),
    "no colour": (f'{CLASS} ; kg:colour "blue" .', 'kg:New: kg:colour "blue" is no colour'),
    "lopsided": (
        f"kg:new a owl:ObjectProperty , owl:SymmetricProperty ; {TEXTS} ; rdfs:domain kg:Area ; rdfs:range kg:Park .",
        "kg:new: is symmetric, but its rdfs:domain and rdfs:range differ",
    ),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_each_slip_is_named_with_file_line_and_way_out(tmp_path: Path, slip: str) -> None:
    added, message = SLIPS[slip]
    folder = changed(tmp_path, added="\n" + added.replace(" . kg:", " .\nkg:") + "\n")
    with pytest.raises(DataError) as caught:
        load_ontology(folder)
    text = str(caught.value)
    line = (folder / "citykg.ttl").read_text(encoding="utf-8").count("\n")
    assert message in text
    assert text.startswith((f"{folder / 'citykg.ttl'}:{line}: ", f"{folder / 'citykg.ttl'}:{line - 1}: "))
    assert "\n" not in text


def test_a_syntax_error_names_its_line(tmp_path: Path) -> None:
    folder = changed(tmp_path, old="kg:Park a owl:Class ;", new="kg:Park a owl:Class")
    line = (folder / "citykg.ttl").read_text(encoding="utf-8").split("kg:Park a owl:Class\n")[0].count("\n") + 2
    with pytest.raises(DataError, match=rf"citykg\.ttl:{line}: not valid Turtle: "):
        load_ontology(folder)


def test_a_missing_file_is_an_error_of_one_line(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"citykg\.ttl: missing; restore it"):
        load_ontology(tmp_path)


def test_the_top_of_all_entities_must_be_there(tmp_path: Path) -> None:
    (tmp_path / "citykg.ttl").write_text("", encoding="utf-8")
    with pytest.raises(DataError, match="kg:Entity is missing"):
        load_ontology(tmp_path)


def test_the_order_of_the_file_is_kept(ontology: Ontology) -> None:
    assert list(ontology.classes)[:3] == ["Entity", "Area", "Country"]
    assert next(iter(ontology.properties)) == "colour"


def test_no_term_is_two_things_in_ontology_and_alignments_together() -> None:
    kinds: dict[str, set[str]] = {}
    for name in ("citykg.ttl", "alignments.ttl"):
        file = read_terms(FOLDER / name)
        for iri, each in file.declared().items():
            assert len(each) == 1, iri
            kinds.setdefault(iri, set()).update(each)
    assert not {iri: each for iri, each in kinds.items() if len(each) > 1}


def test_no_term_is_used_as_class_or_property_and_as_individual() -> None:
    for name in ("citykg.ttl", "alignments.ttl"):
        file = read_terms(FOLDER / name)
        for subject, predicate, value in file.triples:
            if predicate.endswith("#type") and isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode):
                assert value.value.startswith(OWL), f"{subject} is an individual of {value}"
