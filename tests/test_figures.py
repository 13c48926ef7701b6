"""The reading of figures: sentences in `data/figures.toml`, numbers, periods, governing years, evidence, tables."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.articles import read_bytes
from kg.errors import DataError
from kg.figures.joints import Joints
from kg.figures.numbers import parse_number
from kg.figures.periods import PeriodReader
from kg.figures.quantities import QuantityScanner
from kg.figures.reading import FigureReader
from kg.figures.view import FigureView
from kg.knowledge import load_knowledge
from kg.lexicon.figures import load_figures
from kg.pipeline import Extractor
from kg.types import Block, CleanText, Observation, Reference, Sentence

FOLDER = Path(__file__).parent.parent / "ontology" / "lexicon"
LEXICON = load_figures(FOLDER)
READER = FigureReader(LEXICON)
SCANNER = QuantityScanner(LEXICON)
CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "data" / "figures.toml").read_text(encoding="utf-8")
)["case"]
HERE = (("本地", "Area"),)


def view(
    *blocks: tuple[str, str],
    references: Sequence[tuple[str, str]] = (),
    topics: Sequence[tuple[str, str]] = HERE,
    issued: str | None = "2022-03",
) -> FigureView:
    """An article of blocks (role, text), its names found by their words; sentences end at 。"""
    text = "\n".join(words for _, words in blocks)
    spans, sentences, begin = [], [], 0
    for index, (role, words) in enumerate(blocks):
        spans.append(Block(begin, begin + len(words), role))
        start = begin
        for part in words.replace("。", "。\n").split("\n"):
            if part:
                sentences.append(Sentence(start, start + len(part), index, role))
                start += len(part)
        begin += len(words) + 1
    found = [
        Reference(place, place + len(name), name, kind)
        for name, kind in references
        for place in range(len(text))
        if text.startswith(name, place)
    ]
    whole = [r for r in found if not any(o.begin <= r.begin and r.end <= o.end and o != r for o in found)]
    clean = CleanText(text, text, tuple(range(len(text))), tuple(spans))
    return FigureView(clean, sentences, sorted(whole), [tuple(topics)] * len(sentences), issued)


def read(article: FigureView) -> list[Observation]:
    """The observations of an article."""
    return [observation for _, observation in READER.read(article)]


def row(observation: Observation) -> list[str]:
    """An observation as a case has it."""
    value, period = format(observation.value, "f"), observation.period or ""
    return [observation.subject, observation.indicator, value, observation.unit, period, observation.kind]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_sentences(case: dict[str, Any]) -> None:
    article = view(
        ("paragraph", case["text"]),
        references=[(name, kind) for name, kind in case.get("references", [])],
        issued=case.get("issued", "2022-03") or None,
    )
    assert [row(observation) for observation in read(article)] == case["figures"]


def periods(*blocks: tuple[str, str], issued: str | None = "2022-03") -> list[str | None]:
    return [observation.period for observation in read(view(*blocks, issued=issued))]


def test_a_year_governs_its_paragraph_and_the_undated_ones_after_it_until_a_heading() -> None:
    assert periods(
        ("paragraph", "2021年，东岭完成投资12亿元。完成税收3亿元。"),
        ("paragraph", "森林覆盖率达62%。"),
        ("heading", "民生改善"),
        ("paragraph", "空气优良率达96%。"),
    ) == ["2021", "2021", "2021", None]


def test_a_range_and_a_coming_year_govern_their_paragraph_only() -> None:
    assert periods(
        ("paragraph", "2021年，东岭完成投资12亿元。“十三五”期间新建公路80公里。改造房屋300户。"),
        ("paragraph", "到2025年，接待游客90万人次。完成税收8亿元。"),
        ("paragraph", "森林覆盖率达62%。"),
    ) == ["2021", "2016/2020", "2016/2020", "2025", "2025", "2021"]


def test_a_part_of_a_year_governs_the_undated_paragraphs_after_it() -> None:
    assert periods(
        ("paragraph", "2021年前三季度，东岭固定资产投资增长9%。"),
        ("paragraph", "工业投资增长12%。"),
        ("heading", "民生"),
        ("paragraph", "民生支出增长5%。"),
    ) == ["2021-01/2021-09", "2021-01/2021-09", None]


def test_now_governs_its_paragraph_where_no_year_does() -> None:
    assert periods(("paragraph", "目前，东岭有企业60家。其中规上企业20家。"), ("paragraph", "森林覆盖率达62%。")) == [
        "2022-03",
        "2022-03",
        None,
    ]
    assert periods(("paragraph", "2020年，东岭完成投资12亿元。目前，有企业60家。完成税收3亿元。")) == [
        "2020",
        "2022-03",
        "2020",
    ]


def test_a_half_year_under_a_new_heading_is_of_the_year_of_writing() -> None:
    blocks = (
        ("paragraph", "2020年，东岭完成投资12亿元。"),
        ("heading", "明天"),
        ("paragraph", "上半年，完成投资8亿元。"),
    )
    assert periods(*blocks, issued="2021") == ["2020", "2021-H1"]


def test_what_is_expected_governs_its_sentence_only() -> None:
    assert periods(("paragraph", "东岭2021年完成投资12亿元。二期预计2024年投产。森林覆盖率达62%。")) == ["2021", "2021"]


def test_a_coming_year_within_a_sentence_governs_no_more_and_a_day_is_not_of_it() -> None:
    assert periods(("paragraph", "东岭产值将增长，2024年将达到500亿元。森林覆盖率达62%。")) == ["2024", None]
    assert periods(("paragraph", "到2024年，东岭产值将达到500亿元。3月1日，东岭引进企业5家。")) == [
        "2024",
        "2022-03-01",
    ]


def test_the_year_of_a_heading_governs_its_section() -> None:
    assert periods(
        ("heading", "一、2020年工作回顾"),
        ("paragraph", "全年完成投资12亿元。完成税收3亿元。"),
        ("heading", "二、工作思路"),
        ("paragraph", "森林覆盖率达62%。"),
    ) == ["2020", "2020", None]


def test_what_is_expected_of_the_year_under_review() -> None:
    review = (("heading", "2021年工作回顾"), ("paragraph", "预计全年固定资产投资增长9%。"))
    assert periods(*review, issued="2022-01") == ["2021"]
    assert periods(review[1], issued="2022-01") == ["2022"]


def test_the_year_of_an_assessment_governs_its_sentence() -> None:
    text = "2021年，东岭税收3亿元。东岭在2020年度全省考核中居第4位。东岭产值12亿元。"
    assert periods(("paragraph", text)) == ["2021", "2020", "2021"]


def test_from_a_year_on() -> None:
    text = "自2018年东岭园区获批后，东岭完成投资12亿元。"
    assert periods(("paragraph", text), issued="2022-06") == ["2018/2022"]


def test_of_late_takes_no_year_that_comes_later() -> None:
    assert periods(("paragraph", "近年来，东岭引进企业30家。2021年，完成投资12亿元。")) == [None, "2021"]
    assert periods(("paragraph", "东岭引进企业30家。2021年，完成投资12亿元。")) == ["2021", "2021"]
    assert periods(("paragraph", "森林覆盖率达62%。2021年，东岭提出绿色发展思路。")) == [None]
    assert periods(("paragraph", "目前，东岭有企业60家。2021年，完成投资12亿元。"), issued=None) == [None, "2021"]


def test_a_yearly_mean_is_of_the_plan_and_what_is_planned_for_a_year_of_the_year() -> None:
    assert periods(("paragraph", "“十三五”末，东岭产值达500亿元，产值、税收年均分别增长9%、8%。")) == [
        "2020",
        "2016/2020",
        "2016/2020",
    ]
    assert periods(("paragraph", "一季度，东岭开工项目60个，年度计划投资30亿元，完成投资5亿元。")) == [
        "2022-01/2022-03",
        "2022",
        "2022-01/2022-03",
    ]


def test_a_period_behind_the_figure_in_its_clause() -> None:
    assert periods(("paragraph", "东岭60个重点项目1—2月完成投资30亿元。")) == ["2022-01/2022-02"] * 2


def test_from_last_year_to_now() -> None:
    assert periods(("paragraph", "去年，东岭产值12亿元。东岭产值由去年的12亿元提高到15亿元。")) == ["2021", "2022"]


def test_the_whole_year_goes_back_to_the_last_year_of_the_article() -> None:
    assert periods(
        ("paragraph", "2020年，东岭完成投资12亿元。"),
        ("heading", "民生改善"),
        ("paragraph", "失业率为3.2%。全年新增就业5200人。"),
    ) == ["2020", "2020", "2020"]


def test_what_stands_under_a_heading_of_aims_is_one() -> None:
    blocks = (("heading", "发展目标"), ("paragraph", "全市产值达到500亿元。2020年，全市税收20亿元。"))
    assert [observation.kind for observation in read(view(*blocks))] == ["target", "actual"]


def test_a_month_after_a_plan_is_of_the_year_of_writing() -> None:
    plan = ("paragraph", "“十二五”期间，全市投入科技资金2亿元。截至5月底，全市建成厂房45万平方米。")
    assert periods(plan, issued="2014-06") == ["2011/2015", "2014-05"]


def test_titles_and_furniture_are_not_read() -> None:
    assert read(view(("title", "完成投资12亿元"), ("furniture", "投资12亿元"), ("byline", "3名记者"))) == []


def test_without_a_topic_and_a_subject_nothing_is_said() -> None:
    assert read(view(("paragraph", "完成投资12亿元。"), topics=())) == []


def test_a_project_is_the_topic_of_its_own_figures_only() -> None:
    topics = (("东岭安居工程", "Project"), ("东岭", "Area"))
    found = read(view(("paragraph", "总投资12亿元。累计发放补贴300户。"), topics=topics))
    assert [(o.subject, o.indicator) for o in found] == [("东岭安居工程", "总投资"), ("东岭", "发放补贴户数")]


def test_each_fact_once() -> None:
    assert len(read(view(("paragraph", "工业产值12亿元。"), ("caption", "工业产值12亿元。")))) == 1


def test_evidence_reaches_from_the_subject_to_the_end_of_the_clause() -> None:
    text = "去年，华星铜业产销两旺，完成税收3亿元，增长5%。"
    article = view(("paragraph", text), references=[("华星铜业", "Enterprise")])
    assert [o.evidence.text for o in read(article)] == [
        "华星铜业产销两旺，完成税收3亿元",
        "华星铜业产销两旺，完成税收3亿元，增长5%",
    ]
    for (begin, end), observation in READER.read(article):
        assert text[begin:end] == observation.evidence.text


@pytest.mark.parametrize(
    ("text", "unit", "normalized"),
    [
        ("12.4亿元", "亿元", (Decimal(1240000000), "元")),
        ("28,000名", "名", (Decimal(28000), "名")),
        ("60万亩", "万亩", (Decimal("400000020"), "平方米")),
        ("2.5平方公里", "平方公里", (Decimal(2500000), "平方米")),
        ("30公顷", "公顷", (Decimal(300000), "平方米")),
        ("480元/月", "元/月", (Decimal(480), "元/月")),
        ("2×350兆瓦", "兆瓦", (Decimal(700000), "千瓦")),
        ("2700亿度", "亿度", (Decimal(270000000000), "千瓦时")),
        ("5万多人", "万人", (Decimal(50000), "人")),
        ("十一家", "家", (Decimal(11), "家")),
        ("1.3万亿元", "万亿元", (Decimal(1300000000000), "元")),
    ],
)
def test_units(text: str, unit: str, normalized: tuple[Decimal, str]) -> None:
    (quantity,) = SCANNER.scan(text, 0, len(text))
    assert (quantity.unit, quantity.normalized) == (unit, normalized)


@pytest.mark.parametrize("text", ["第5名", "10人均", "2022", "G20", "32度", "一家", "4家庭"])
def test_no_quantities(text: str) -> None:
    assert SCANNER.scan(text, 0, len(text)) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2020年", "2020"),
        ("2016年至2020年", "2016/2020"),
        ("去年上半年", "2020-H1"),
        ("今年前5个月", "2021-01/2021-05"),
        ("2021年一季度", "2021-01/2021-03"),
        ("2021年4月", "2021-04"),
        ("2021年4月6日", "2021-04-06"),
        ("去年12月", "2020-12"),
        ("12月", "2020-12"),
        ("一月份", "2021-01"),
        ("1月~6月", "2021-H1"),
        ("“十四五”期间", "2021/2025"),
        ("“十四五”末", "2025"),
        ("近三年", "2018/2020"),
        ("三年来", "2018/2021"),
        ("五年来", "2016/2020"),
        ("三年多来", "2018/2021"),
        ("2019年以来", "2019/2021"),
        ("2020年3月以来", "2020-03/2021-11"),
        ("“十三五”以来", "2016/2020"),
        ("“十四五”以来", "2021"),
        ("“十三五“末", "2020"),
        ("目前", "2021-11"),
        ("现入驻", "2021-11"),
        ("未来5年", "2021/2025"),
        ("三年内", "2021/2023"),
        ("年底", "2021"),
    ],
)
def test_periods(text: str, value: str) -> None:
    (period,) = PeriodReader(LEXICON).read(text, 0, len(text), issued="2021-11", running=None, last=None, closed=())
    assert period.value == value


def test_what_has_been_reported_runs_to_the_year_before_while_the_year_is_young() -> None:
    text = "2019年以来，三年来"
    found = PeriodReader(LEXICON).read(text, 0, len(text), issued="2022-02", running=None, last=None, closed=())
    assert [period.value for period in found] == ["2019/2021", "2019/2021"]


@pytest.mark.parametrize("text", ["现代产业", "发现入驻", "实现年产"])
def test_no_moment(text: str) -> None:
    found = PeriodReader(LEXICON).read(text, 0, len(text), issued="2021-11", running=None, last=None, closed=())
    assert found == []


@pytest.mark.parametrize("text", ["去年", "目前", "近三年", "全年", "6月"])
def test_periods_of_an_undated_article_are_unknown(text: str) -> None:
    found = PeriodReader(LEXICON).read(text, 0, len(text), issued=None, running=None, last=None, closed=())
    assert [period.value for period in found] in ([], [None])


def test_joints() -> None:
    joints = Joints(LEXICON)
    assert joints.split("地区生产总值、地方税收和外贸进出口") == ["地区生产总值", "地方税收", "外贸进出口"]
    assert joints.split("国、省断面和水源地水质", least=4) == ["国、省断面", "水源地水质"]
    assert (joints.open("惠及"), joints.open("学校和")) == (False, True)


@given(st.decimals(min_value=0, max_value=10**7, places=2))
def test_written_numbers_are_read_back(value: Decimal) -> None:
    assert parse_number(f"{value:,}") == value
    assert parse_number(f"{value}") == value


@given(st.text(alphabet="东岭市去年完成投资12.3亿元,、，。%“”《》增长由提高到其中第一名3家", max_size=60))
def test_any_text_is_read_twice_alike(text: str) -> None:
    article = view(("paragraph", text.replace("\n", "") or "。"))
    assert read(article) == read(article)


def test_names_may_stand_anywhere() -> None:
    article = view(("paragraph", "年产10万吨铜箔项目"), references=[("年产10万吨铜箔项目", "Project")])
    assert [row(o) for o in read(replace(article, topics=()))] == [
        ["年产10万吨铜箔项目", "铜箔年产能", "10", "万吨", "", "target"]
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("units.toml", 'names = ["公顷"]', 'names = ["亩"]', "unit 亩 stands twice"),
        ("periods.toml", '"十三五" = [2016, 2020]', '"十三五" = [2020, 2016]', "plans.十三五: 2020 is after 2016"),
        ("indicators.toml", 'unit  = "人"', 'unit  = "仞"', "unit 仞 is not in units.toml"),
        ("figures.toml", "[limit]", "[limits]", "figures.toml: limit: field required"),
    ],
)
def test_tables_that_do_not_hold_together(tmp_path: Path, file: str, old: str, new: str, message: str) -> None:
    for name in ("units", "periods", "figures", "indicators", "phrases"):
        shutil.copy(FOLDER / f"{name}.toml", tmp_path)
    text = (tmp_path / file).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError, match=message):
        load_figures(tmp_path)


def test_a_figure_is_not_of_what_its_sentence_names_in_passing() -> None:
    knowledge = load_knowledge()
    text = "溧阳市工业向好\n\n青湖工业园有标准厂房20万平方米。客商到青湖工业园参观，签约投资5亿元。\n"
    article = read_bytes(text.encode(), name="a.txt", lexicon=knowledge.article)
    found = Extractor(knowledge, tag=False).extract(article).observations
    assert [(each.subject, each.indicator) for each in found] == [("Park/青湖工业园", "标准厂房面积")]
