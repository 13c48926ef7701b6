"""Places in invented sentences: names, homonyms, words that look like names, chains, the article's place."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from kg.components.doc import make_doc
from kg.components.places import Places
from kg.components.sentences import Sentences
from kg.knowledge import default_folder
from kg.lexicon.divisions import load_divisions
from kg.types import Article, Block, CleanText, Metadata, Word

NLP = spacy.blank("zh")


@pytest.fixture(scope="module")
def places() -> Places:
    return Places(load_divisions(default_folder() / "lexicon"))


def read(places: Places, text: str, *, metadata: Metadata | None = None, words: str = "", title: str = "") -> Doc:
    """A Doc of one paragraph, with a title where given. `words` is tagged text: ``北京/LOC 的/u``."""
    blocks = [Block(0, len(title), "title")] if title else []
    whole = f"{title}\n{text}" if title else text
    blocks.append(Block(len(whole) - len(text), len(whole), "paragraph"))
    clean = CleanText(whole, whole, tuple(range(len(whole))), tuple(blocks))
    article = Article("t", "t.txt", whole, "0" * 64, "utf-8", metadata or Metadata())
    doc = Sentences()(make_doc(NLP.vocab, article, clean))
    tagged, begin = [], len(whole) - len(text)
    for part in words.split():
        word, _, tag = part.rpartition("/")
        tagged.append(Word(begin, begin + len(word), tag))
        begin += len(word)
    assert not words or begin == len(whole)
    doc._.words = tuple(tagged)
    return places(doc)


def found(doc: Doc) -> list[tuple[str, str, str | None]]:
    return [(mention.name, mention.kind, mention.code) for mention in doc._.candidates]


# Names as name/class/code, - where a place has no code.
CASES = [
    # full and short names, chains
    ("浏阳市的花炮销往湖北。", "浏阳市/City/430181 湖北/Province/420000"),
    ("江苏省苏州市昆山市", "江苏省/Province/320000 苏州市/City/320500 昆山市/City/320583"),
    ("浙江义乌市场开门迎客。", "浙江/Province/330000 义乌/City/330782"),
    ("产品出口法国、土耳其和印度尼西亚。", "法国/Country/FR 土耳其/Country/TR 印度尼西亚/Country/ID"),
    ("内蒙古的牛羊", "内蒙古/Province/150000"),
    (
        "福州市鼓楼区与开封市鼓楼区结对。",
        "福州市/City/350100 鼓楼区/District/350102 开封市/City/410200 鼓楼区/District/410204",
    ),
    ("鼓楼区举行活动。", "鼓楼区/District/-"),
    # a county beside what it has become
    ("三明市沙县区举行仪式。沙县引进项目12个。", "三明市/City/350400 沙县区/District/350405 沙县/District/350405"),
    ("沙县引进项目12个。", "沙县/County/350427"),
    # a county inside another, lists of counties, short names in lists
    ("永兴县以银闻名。", "永兴县/County/431023"),
    (
        "桃江县与安化、赫山二县区相邻，益阳市的桃江县。",
        "桃江县/County/430922 安化/County/430923 赫山/District/430903 益阳市/City/430900 桃江县/County/430922",
    ),
    # never names
    ("我国和全国各地，中国的国家战略。", ""),
    ("湘企入赣，鄂湘赣三省。", ""),
    # words that look like names
    ("加强资源合作，发展新兴产业，促进和平开放。", ""),
    ("城区和郊区的差距", ""),
    ("长沙市长期坚持", "长沙市/City/430100"),
    ("长沙市长介绍", "长沙/City/430100"),
    # former names
    ("湖北襄樊市", "湖北/Province/420000 襄樊市/City/420600"),
    # townships and villages
    ("浏阳市大瑶镇崇文社区", "浏阳市/City/430181 大瑶镇/Township/430181110 崇文社区/Village/-"),
    ("位于溪桥镇的公司，柳下镇、马坪乡等乡镇受益。", "溪桥镇/Township/- 柳下镇/Township/- 马坪乡/Township/-"),
    ("其中柳下镇北浦村种茶，项目选址平川瑶族乡。", "柳下镇/Township/- 北浦村/Village/- 平川瑶族乡/Township/-"),
    ("柳下镇、马坪乡8个村受益。", "柳下镇/Township/- 马坪乡/Township/-"),
    ("位于工业重镇，走进特色小镇，来到中心集镇，乡镇建村级组织。", ""),
    ("实施旅游兴县、工业强县战略。", ""),
    ("桃江县的乡镇企业和美丽乡村，全镇各村。", "桃江县/County/430922"),
    # regions
    ("融入粤港澳大湾区和长三角。", "粤港澳大湾区/Region/- 长三角/Region/-"),
    ("大湘西地区与湘鄂赣边区", "大湘西地区/Region/-"),
    ("贫困地区、中部地区和山区", ""),
    ("浙江地区生产总值增长", "浙江/Province/330000"),
    ("皖北皖西承接产业转移示范区", "皖北皖西承接产业转移示范区/Region/-"),
    ("南宁—柳州—桂林经济走廊", "南宁/City/450100 南宁—柳州—桂林经济走廊/Region/- 柳州/City/450200 桂林/City/450300"),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:12] for text, _ in CASES])
def test_names(places: Places, text: str, expected: str) -> None:
    doc = read(places, text)
    names = [f"{name}/{kind}/{code or '-'}" for name, kind, code in found(doc)]
    assert sorted(names) == sorted(expected.split())
    assert all(doc.text[mention.begin : mention.end] == mention.name for mention in doc._.candidates)


TAGGED = [
    # the tagger's words bound short names
    ("秀/a 丽/a 水景/n", []),
    ("在/p 义乌/LOC 经商/v", ["义乌"]),
    ("舂/LOC 陵水/LOC 蜿蜒/v", []),
    ("背靠/v 石峰山/LOC", []),
    ("株洲/LOC 的/u 石峰山/LOC", ["株洲"]),
    ("李/PER 长春/PER", []),
    # a word that is also a name needs more than a tag
    ("资源/LOC 丰富/a", []),
    ("资源县/LOC 以/p 资源/LOC 著称/v", ["资源县", "资源"]),
    ("湖北/LOC 的/u 榕江/LOC 段/n", ["湖北"]),
    ("和安县/LOC 统筹/v 发展/vn 和/c 安全/an", ["和安县"]),
    # a county of two characters is no part of other words
    ("提高/v 县区/n 绩效/n", []),
    # villages the tagger knows
    ("走进/v 枫林/LOC 社区/n", ["枫林社区"]),
    ("建设/v 示范村/LOC", []),
]


@pytest.mark.parametrize(("words", "expected"), TAGGED, ids=[words[:12] for words, _ in TAGGED])
def test_names_with_words(places: Places, words: str, expected: list[str]) -> None:
    text = "".join(part.rpartition("/")[0] for part in words.split())
    assert [mention.name for mention in read(places, text, words=words)._.candidates] == expected


def test_the_province_of_the_article_decides(places: Places) -> None:
    north = read(places, "辽宁省沈阳市和大连市支援铁西区。")
    assert ("铁西区", "District", "210106") in found(north)
    beijing = read(places, "北京市海淀区和朝阳区的企业，朝阳的园区。")
    assert ("朝阳", "District", "110105") in found(beijing)


def test_the_year_of_the_article_decides(places: Places) -> None:
    then = read(places, "永州市祁阳县", metadata=Metadata(issued="2018-05"))
    assert ("祁阳县", "County", "431121") in found(then)
    long_ago = read(places, "祁阳县属衡阳地区。", metadata=Metadata(issued="1981"))
    assert ("祁阳县", "County", "432727") in found(long_ago)


def test_a_short_name_follows_its_full_name(places: Places) -> None:
    doc = read(places, "和平县新建水库，和平人欢欣。")
    assert found(doc) == [("和平县", "County", "441624"), ("和平", "County", "441624")]


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("湖南浏阳市花炮产业转型", "长沙市的支持下，浏阳出台办法，全省第一。", "430181"),
        ("", "郴州市统计，永兴县、嘉禾县、汝城县增长，我市经济向好，郴州再进一步。", "431000"),
        ("湖南发布规划", "长沙、株洲、湘潭一体发展，岳阳和常德跟进。", "430000"),
        ("", "全球市场波动。", None),
        ("", "上海、成都、武汉、广州、西安、哈尔滨的市场", None),
        ("雄安新区见闻", "北京来的企业落户雄安新区。", "130000"),
    ],
)
def test_document_place(places: Places, title: str, text: str, expected: str | None) -> None:
    assert read(places, text, title=title)._.place == expected


def test_metadata_names_the_place(places: Places) -> None:
    text = "上海的客商来了，上海的企业也来了。"
    assert read(places, text, metadata=Metadata(place="浏阳市"))._.place == "430181"
    assert read(places, text, metadata=Metadata(place="430181"))._.place == "430181"
    assert read(places, text, metadata=Metadata(place="江苏省徐州市鼓楼区"))._.place == "320302"


def test_ten_thousand_characters_are_the_same_each_time(places: Places) -> None:
    text = "浏阳市大瑶镇与湖北省武汉市、广东深圳、桂阳县合作，投资建设资源循环利用项目。" * 260
    first = found(read(places, text))
    assert found(read(places, text)) == first


def test_a_county_that_is_also_a_sea_is_known_by_its_zone(places: Places) -> None:
    doc = read(places, "连云港举行仪式，东海高新区承办。东海将办好企业。")
    assert ("东海", "County", "320722") in found(doc)
    assert ("东海", "County", "320722") not in found(read(places, "连云港举行仪式，东海将办好企业。"))
