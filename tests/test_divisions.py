"""The gazetteer: codes, names, years, hierarchy, deictic levels, and what is wrong with bad files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.errors import DataError
from kg.knowledge import default_folder
from kg.lexicon.divisions import Divisions, load_divisions

LEXICON = default_folder() / "lexicon"


@pytest.fixture(scope="module")
def divisions() -> Divisions:
    return load_divisions(LEXICON)


@pytest.mark.parametrize(
    ("name", "code", "kind"),
    [
        ("湖南省", "430000", "Province"),
        ("湖南", "430000", "Province"),
        ("内蒙古", "150000", "Province"),
        ("北京市", "110000", "City"),
        ("衡阳市", "430400", "City"),
        ("耒阳市", "430481", "City"),
        ("桂阳县", "431021", "County"),
        ("祁东", "430426", "County"),
        ("天元区", "430211", "District"),
        ("准格尔旗", "150622", "County"),
        ("湘西州", "433100", "Area"),
        ("江华瑶族自治县", "431129", "County"),
        ("江华", "431129", "County"),
        ("土耳其", "TR", "Country"),
        ("俄罗斯", "RU", "Country"),
        ("台湾省", "710000", "Province"),
    ],
)
def test_named(divisions: Divisions, name: str, code: str, kind: str) -> None:
    first = divisions.named(name)[0]
    assert (first.code, divisions.level(first).class_) == (code, kind)


def test_homonyms_are_all_found(divisions: Divisions) -> None:
    current = [row.code for row in divisions.named("鼓楼区") if not row.valid_to]
    assert current == ["320106", "320302", "350102", "410204"]


def test_names_that_are_none(divisions: Divisions) -> None:
    assert divisions.named("中国") == ()
    assert divisions.by_short.get("湘") is None


@pytest.mark.parametrize(
    ("year", "code"), [("1994", "432930"), ("1995", "431121"), ("2020", "431121"), ("2021", "431181"), (None, "431181")]
)
def test_a_former_county_has_its_years(divisions: Divisions, year: str | None, code: str) -> None:
    assert [row.code for row in divisions.named("祁阳") if row.valid_in(year)] == [code]
    qiyang = next(row for row in divisions.named("祁阳县") if row.code == "431121")
    assert qiyang.successor == "431181"


def test_get_in_a_year(divisions: Divisions) -> None:
    now, then = divisions.get("420600"), divisions.get("420600", year="2005")
    assert now is not None
    assert then is not None
    assert (now.name, then.name) == ("襄阳市", "襄樊市")
    assert divisions.get("999999") is None


def test_chain_and_children(divisions: Divisions) -> None:
    township = divisions.township_names["水口山镇"][0]
    assert [row.name for row in divisions.chain(township)] == ["水口山镇", "常宁市", "衡阳市", "湖南省"]
    assert "耒阳市" in [row.name for row in divisions.children("430400")]
    assert township in [row.code for row in divisions.children("430482")]
    assert divisions.within("430482", "430000")
    assert not divisions.within("430482", "440000")


@pytest.mark.parametrize(
    ("code", "form", "expected"),
    [
        ("430481", "全省", "430000"),
        ("430481", "全市", "430481"),
        ("430481", "我市", "430481"),
        ("430400", "全市", "430400"),
        ("431021", "全县", "431021"),
        ("431021", "全市", "431000"),
        ("430211", "我区", "430211"),
        ("430211", "全市", "430200"),
        ("640000", "全区", "640000"),
        ("500101", "全市", "500000"),
        ("430000", "全市", None),
        ("433100", "全州", "433100"),
        ("430482001", "全市", "430482"),
        ("430481", "他们", None),
    ],
)
def test_deictic_levels(divisions: Divisions, code: str, form: str, expected: str | None) -> None:
    assert divisions.resolve_level(code, form) == expected


def test_every_parent_and_level_is_known(divisions: Divisions) -> None:
    unknown = {row.parent for row in divisions.rows if row.parent not in divisions.by_code and row.parent != "CN"}
    assert {code for code in unknown if code} == set()
    counties = {code[:6] for codes in divisions.township_names.values() for code in codes}
    assert counties - set(divisions.by_code) == set()


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("divisions.tsv", "\tprovince\t", "\tprovinse\t", "unknown level provinse; did you mean province?"),
        ("divisions.tsv", "code\tname", "code\tnames", "header is"),
        ("areas.toml", 'code = "RU"', 'code = "RX"', "alias of unknown code RX"),
        ("areas.toml", 'levels = ["township"]', 'levels = ["town"]', "unknown level town"),
        ("areas.toml", 'water = "[江', 'water = "(江', "names.water: .*not a regular expression"),
        ("regions.toml", 'within = "130000"', 'within = "139999"', "unknown code 139999"),
    ],
)
def test_bad_files_are_named(tmp_path: Path, file: str, old: str, new: str, message: str) -> None:
    for path in LEXICON.glob("*.t*"):
        shutil.copy(path, tmp_path)
    text = (tmp_path / file).read_text("utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new), "utf-8")
    with pytest.raises(DataError, match=message) as caught:
        load_divisions(tmp_path)
    assert file in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    for name in ("areas.toml", "regions.toml"):
        shutil.copy(LEXICON / name, tmp_path)
    with pytest.raises(DataError, match=r"divisions\.tsv: missing"):
        load_divisions(tmp_path)


@pytest.mark.parametrize(
    ("code", "name", "last", "heir", "now"),
    [
        ("431121", "祁阳县", "2020", "431181", "祁阳市"),
        ("430124", "宁乡县", "2016", "430182", "宁乡市"),
        ("430221", "株洲县", "2017", "430212", "渌口区"),
        ("430122", "望城县", "2010", "430112", "望城区"),
        ("371200", "莱芜市", "2017", "370116", "莱芜区"),
        ("310108", "闸北区", "2014", "310106", "静安区"),
        ("341822", "广德县", "2018", "341882", "广德市"),
    ],
)
def test_what_became_of_a_division(divisions: Divisions, code: str, name: str, last: str, heir: str, now: str) -> None:
    row = next(row for row in divisions.by_name[name] if row.code == code)
    assert (row.valid_to, row.successor) == (last, heir)
    assert divisions.by_code[heir][0].name == now
    assert divisions.chain(code)[-1].code[2:] == "0000"


def test_a_change_of_no_known_division_is_reported(tmp_path: Path) -> None:
    shutil.copytree(LEXICON, tmp_path / "lexicon")
    file = tmp_path / "lexicon" / "division_changes.tsv"
    file.write_text(file.read_text("utf-8") + "430221\t株州县\t430212\n", "utf-8")
    with pytest.raises(DataError, match=r"430221 株州县 is not in divisions\.tsv"):
        load_divisions(tmp_path / "lexicon")
