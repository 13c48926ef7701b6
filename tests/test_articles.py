"""Reading: finding files, decoding, metadata, identity."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.articles import article_ids, clean, find_articles, read_article, read_bytes, with_metadata
from kg.articles.files import iri_safe
from kg.errors import DataError, InputError
from kg.lexicon.article import ArticleLexicon, load_article_lexicon
from kg.types import Article, Metadata

ROOT = Path(__file__).parent.parent
LEXICON = load_article_lexicon(ROOT / "ontology")
TEXT = "东山县经济开发区去年完成工业总产值120亿元，同比增长9.5%。园区新引进企业30家，其中规模以上企业8家。"


def described(text: str, *, name: str = "article.txt") -> Metadata:
    """The metadata of `text` as it gives them itself."""
    article = read_bytes(text.encode(), name=name, lexicon=LEXICON)
    return with_metadata(article, clean(article, lexicon=LEXICON), lexicon=LEXICON).metadata


def test_finds_articles_in_folders_and_leaves_sidecars_and_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "articles.toml", "a.toml", ".hidden.txt", "deep/c.txt", ".git/d.txt", "e.pdf"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(TEXT, encoding="utf-8")
    found = find_articles([tmp_path, tmp_path / "b.txt"])
    assert [file.relative_to(tmp_path).as_posix() for file in found] == ["a.md", "b.txt", "deep/c.txt"]


def test_says_what_is_wrong_with_a_path(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere: no such file or folder"):
        find_articles([tmp_path / "nowhere"])
    with pytest.raises(InputError, match=r"no articles in this folder; expected files ending in \.txt"):
        find_articles([tmp_path])
    with pytest.raises(InputError, match="no article given"):
        find_articles([])
    with pytest.raises(InputError, match="a folder, not an article"):
        read_article(tmp_path, lexicon=LEXICON)


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
    ],
)
def test_decodes_what_chinese_articles_come_in(encoding: str, expected: str) -> None:
    for text in (TEXT, TEXT[:12], f"{TEXT}\r\n　　{TEXT}\r\n"):
        article = read_bytes(text.encode(encoding), name="a.txt", lexicon=LEXICON)
        assert (article.text, article.encoding) == (text, expected)


def test_decodes_traditional_writing_in_big5() -> None:
    text = "東山縣經濟開發區去年完成工業總產值120億元，同比增長9.5%。園區新引進企業30家。"
    article = read_bytes(text.encode("big5"), name="a.txt", lexicon=LEXICON)
    assert article.text == text
    assert clean(article, lexicon=LEXICON).text.startswith("东山县经济开发区")


def test_keeps_the_characters_as_they_are() -> None:
    article = read_bytes("\ufeff一\r\n\r\n二\u3000\rthree".encode(), name="a.txt", lexicon=LEXICON)
    assert article.text == "一\r\n\r\n二\u3000\rthree"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b" \r\n\t ", "the file is empty"),
        ("\ufeff \n".encode(), "holds no text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x03 \x08\x06", "not a text file"),
        (b"PK\x03\x04\x14\x00\x08\x08\x08\x00\xff\xfe\x81", "not a text file"),
        (b"\xff\xfea", "not valid utf-16"),
        (b"\x81\xff\x81\xff\x80\x80\x82", "unknown character encoding"),
    ],
)
def test_names_the_file_it_cannot_read_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        read_bytes(data, name="broken.txt", lexicon=LEXICON)
    assert str(caught.value).startswith("broken.txt: ")
    assert "\n" not in str(caught.value)


def test_ids_are_stems_and_differ_whatever_the_order() -> None:
    paths = [Path("x/a.txt"), Path("y/a.txt"), Path("y/A.md"), Path("y/b 1.txt"), Path("z/a.txt"), Path("q/z/a.txt")]
    ids = article_ids(paths)
    assert ids[Path("y/b 1.txt")] == "b-1"
    assert len({name.casefold() for name in ids.values()}) == len(paths)
    assert ids == article_ids(paths[::-1])
    assert article_ids([Path("x/a.txt")]) == {Path("x/a.txt"): "a"}


def test_id_is_never_empty_nor_long() -> None:
    assert iri_safe("???").startswith("article-")
    assert len(iri_safe("很长的名字" * 50)) <= 80


def test_sidecars_go_before_front_matter_and_that_before_the_text(tmp_path: Path) -> None:
    text = f"---\ntitle: 前言题\nauthor: [张三, 李四]\ndate: 2020-05-06\nsource: 东山日报\n---\n文中题\n\n{TEXT}\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    (tmp_path / "articles.toml").write_text(
        '[[file]]\nfile = "a.md"\ntitle = "册中题"\nissued = 2021\nhow = "the printed page"\n', encoding="utf-8"
    )
    (tmp_path / "a.toml").write_text('publisher = "东山县融媒体中心"\n', encoding="utf-8")
    article = read_article(tmp_path / "a.md", lexicon=LEXICON)
    cleaned = clean(article, lexicon=LEXICON)
    metadata = with_metadata(article, cleaned, lexicon=LEXICON).metadata
    assert (metadata.title, metadata.issued, metadata.publisher) == ("册中题", "2021", "东山县融媒体中心")
    assert metadata.authors == ("张三", "李四")
    assert ("title", "given in articles.toml: the printed page") in metadata.reasons
    assert ("authors", "given in the front matter") in metadata.reasons
    assert cleaned.text.startswith("文中题")
    assert cleaned.offsets[0] == text.index("文中题")


def test_says_what_is_wrong_with_a_sidecar(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "articles.toml").write_text('[[file]]\nfile = "a.txt"\ntitel = "x"\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"articles\.toml: file\.0\.titel: .*did you mean title\?"):
        read_article(tmp_path / "a.txt", lexicon=LEXICON)
    (tmp_path / "articles.toml").write_text('[[file]]\nfile = "a.txt"\nissued = "May"\n', encoding="utf-8")
    with pytest.raises(InputError, match="write 2022, 2022-02 or 2022-02-22"):
        read_article(tmp_path / "a.txt", lexicon=LEXICON)


def test_a_rule_under_the_title_is_no_front_matter() -> None:
    article = read_bytes(f"---\n{TEXT}\n---\n{TEXT}".encode(), name="a.md", lexicon=LEXICON)
    assert article.metadata == Metadata()
    assert clean(article, lexicon=LEXICON).text.count("东山县") == 2


@pytest.mark.parametrize(
    ("line", "authors", "publisher", "issued"),
    [
        ("□ 王小明 周 晖 陈 涛", ("王小明", "周晖", "陈涛"), None, None),
        ("东山日报社全媒体记者 张三 通讯员 李四光", ("张三", "李四光"), "东山日报社", None),
        ("□ 东山日报·今日东山客户端全媒体记者 张小佳", ("张小佳",), "东山日报", None),
        ("本报记者 张三 李四", ("张三", "李四"), None, None),
        ("（记者 张三 摄影 李四）", ("张三",), None, None),
        ("来源：东山日报 作者：张三 发布时间：2021-03-04 09:10 浏览次数：12", ("张三",), "东山日报", "2021-03-04"),
        ("2012年09月27日来源：新华网", (), "新华网", "2012-09-27"),
        ("张三 李四", ("张三", "李四"), None, None),
        ("本 报 记 者 张 三 李 四", ("张三", "李四"), None, None),
        ("本报通讯员 李四 文/摄", ("李四",), None, None),
        ("东山新闻网 2013-05-06 09:11:00", (), "东山新闻网", "2013-05-06"),
        ("2013-05-06 东山新闻网", (), "东山新闻网", "2013-05-06"),
        ("2013-05-06 09:11 东山视线", (), None, "2013-05-06"),
        ("□ 中共东山县委", (), None, None),
    ],
)
def test_reads_bylines(line: str, authors: tuple[str, ...], publisher: str | None, issued: str | None) -> None:
    metadata = described(f"东山县绿色转型记\n\n{line}\n\n{TEXT}\n\n{TEXT}\n")
    assert metadata.title == "东山县绿色转型记"
    assert (metadata.authors, metadata.publisher, metadata.issued) == (authors, publisher, issued)


def test_reads_the_dateline_of_a_report() -> None:
    metadata = described(f"东山县绿色转型\n\n新华社长沙3月4日电（记者张三、李四）{TEXT}\n")
    assert (metadata.authors, metadata.publisher) == (("张三", "李四"), "新华社")


@pytest.mark.parametrize(
    ("text", "issued"),
    [
        ("2021年，全市完成造林4万亩。去年全年接待游客600万人次。", "2022"),
        ("2021年，全市完成造林4万亩。", None),
        ("2021年，全年接待游客608万人次。去年，财政收入20亿元。", "2022"),
        ("截至2020年底，全市有绿色矿山52家。今年3月，项目开工。", "2021"),
        ("2017年关停企业6家。2018年，出台工作责任规定。今年12月31日前将全面关停。", "2018"),
        ("2017年关停企业6家。2018年，出台工作责任规定。改革开放40周年，今年12月31日前将全面关停。", "2018"),
        ("2021年，园区增长迅猛。这一年，产业链日臻完善。今年开局良好。2月22日，主任张三接受采访。", "2022-02"),
        ("2021年，园区增长12%。这一年，产业链日臻完善。今年开局良好。2月22日，主任张三接受采访。", "2022-02"),
        ("到2035年，全面建成产业强县。力争2025年产值达到200亿元。", None),
        ("全县产业兴旺。", None),
        # Said outright.
        ("今年（2016年），全县引进企业30家。", "2016"),
        ("去年（2015年），全县引进企业30家。", "2016"),
        ("进入2019年，园区再添新动能。去年，产值20亿元。", "2019"),
        ("2011年是全县工业突破之年，今年计划开工项目12个。", "2011"),
        # Plans, anniversaries and events that all the country knows.
        ("今年是“十三五”规划的开局之年，全县上下鼓足干劲。", "2016"),
        ("今年是“十三五”收官之年，全县上下鼓足干劲。", "2020"),
        ("各企业加紧生产，为“十五五”良好开局打下基础。", None),
        ("2021年是“十四五”开局之年，全县工业增长9%。今年，将再引进企业20家。2021年，工业产值增长12%。", "2022"),
        ("全县决战脱贫攻坚。书记说：“今年收官，一户也不能少。”", "2020"),
        ("今年是新中国成立70周年，县城处处披红。", "2019"),
        ("今年是中国共产党成立一百周年，县城处处披红。", "2021"),
        ("改革开放40多年来，县城处处是新貌。", None),
        ("全县以优异成绩喜迎党的二十大。", "2022"),
        # The whole of a year had ended; one plain mention says little.
        ("截至2016年底，园区企业达到60家。2017年4月，园区入选试点。去年投产企业9家。", "2017"),
        ("2010年，园区获批为省级园区。今年上半年，产值20亿元。", None),
        ("2010年，园区获批。“十二五”期间，园区将投资20亿元，今年产值有望翻番。9月6日，主任接受采访。", "2011-09"),
        ("2004年，领导来此调研。2007年，出口实现突破。党的二十大报告提出扩大开放，今年出口增长9%。", None),
        ("产能由2020年的30万吨增至今年的90万吨。", None),
        # A part of a year is as far as the figures reach.
        ("2013年，产值20亿元。截至2014年9月底，园区企业达到60家。", "2014"),
        # Figures that are added up at the end of a year; a sum invested is not.
        ("2012年，全县实现工业总产值86亿元，今年将引进企业30家。", "2013"),
        ("目前，园区有企业60家，2011年实现产值20亿元，税收8000万元。", "2012"),
        ("2015年，公司落户园区，投资3亿元。今年上半年，产值20亿元。", None),
        # What a sentence sets against this year has passed; what lies ahead has not come.
        (f"{TEXT}{TEXT}{TEXT}{TEXT}{TEXT}一期2018年11月投产，今年产值已达5亿元。二期计划2020年10月建成。", "2019"),
        ("“十二五”期间，煤矿加快建设。二期预计2011年底投产，力争今年产量增长两成。", "2011"),
        ("2013年，项目开工。今年8月，项目竣工。力争到2020年产值达100亿元。", None),
        # What was founded, or has come to pass, is no report of its year, nor an aim.
        ("园区2005年起步，2010年被评为先进园区，占地3平方公里。目前，园区有企业60家。", None),
        ("2016年入选“十三五”特色小镇建设规划，2015年全镇农村经济收入4亿元。目前，全镇茶园3万亩。", "2016"),
        ("据协会预测，2016年，全区需求量为1000万吨。2014年，全区产量800万吨，今年产量回升。", "2015"),
        ("据协会预测，2016年，全区需求量为1000万吨。今年产量回升。", None),
        # A level that a later one is compared with.
        ("农户由2011年的314户增加到2436户。变化始于2010年。三年多来，引进项目11个。今年，产值20亿元。", "2013"),
        # A plan just begun, of whose second year something is expected.
        ("去年，产煤756万吨。两矿预计2012年底投产。“十二五”期间，集团将打造全产业链。", "2011"),
        ("去年，产煤756万吨。两矿预计2014年底投产。“十二五”期间，集团将打造全产业链。", None),
        # The works of a year, of which a part has passed.
        ("1—3月份，园区产值17亿元。园区2016年承担的9个重点项目总投资26亿元。", "2016"),
        ("园区2016年承担的9个重点项目总投资26亿元。", None),
        # Compared with the end of the year before.
        ("1—9月，园区产值20亿元，今年产销两旺。园区有企业360户，较2023年末净增60户。", "2024"),
        ("上半年，园区产值20亿元，今年产销两旺。园区有企业360户，较2014年年底新增60户。", "2015"),
        ("园区有企业360户，较2023年末净增60户。", None),
        # A full date that opens the text is no aim, however long after the others.
        ("2010年10月16日，博览会开幕。2001年，全市提出转型。预计2015年以前，煤矿陆续报废。", "2010"),
        # The same part of a year, its year named elsewhere.
        ("2023年1-9月，市场交易额1118亿元。东岭镇今年1-9月工业投资40亿元。", "2023"),
        # What was much spoken of.
        ("11月23日，县委书记致辞，全县将认真贯彻党的十八大精神。", "2012-11"),
        ("全县认真贯彻党的十八大精神，产值增长9%。", "2013"),
        ("全县学习贯彻十九届四中全会精神。2018年，优良天数达324天，今年前10个月达295天。", "2019"),
        ("十三届全国人大二次会议提出高质量发展。去年，全市产值增长9%。", "2019"),
        # Works of a year begin in it.
        ("5月8日，全县2017年第二批重大项目集中开工仪式在工业园举行，总投资86亿元。", "2017-05"),
        # A year that opens the text, and a part of it.
        ("2024年安排重点项目86个，年度计划投资60亿元。1—8月份，累计完成投资40亿元。", "2024"),
        (
            "今天上午，2020年东山市重大项目集中开工仪式举行。甲项目总投资24亿元，2022年6月竣工。乙项目2021年9月投产。",
            "2020",
        ),
        ("二期2018年下半年启动。2017年，全市共安排重点项目168个。上半年完成投资40亿元。", "2017"),
        ("2014年，公司落户园区。2017年，产值20亿元。上半年，产值达12亿元。", None),
        # A gathering that bears its year.
        ("5月8日上午，东山镇举行2019中国·东山菜花旅游节重大项目集中开工仪式。", "2019-05"),
        ("12月13日，2019年东山县重大项目集中签约仪式举行，2024年底投产后，年产值可达5亿元。", "2019-12"),
        ("5月8日上午，东山镇推进项目建设，将承办2019中国·东山菜花旅游节。", None),
        ("全省列入2013年计划的330个重点项目已开工241个。", "2013"),
        # Years counted, and a year of a plan.
        ("变化始于2010年。三年多来，全县引进项目11个。今年，产值20亿元。", "2013"),
        ("今年是“十二五”规划承上启下的关键一年，园区产值20亿元。", "2013"),
        ("今年是全面贯彻党的二十大精神的开局之年，园区鼓足干劲。", "2023"),
        ("今年是汶川特大地震十周年，县城焕然一新。", "2018"),
        # What a year is to be is said in it; its plan, or a plan for the next, says nothing of its end.
        ("东山县把2018年确定为“项目突破年”，年度计划投资146亿元，截至10月底已完成131亿元。", "2018"),
        ("今年投资30亿元，2019年市级重点项目初步安排75个，2018年年度计划投资20亿元。", None),
        # A day before what has passed is not that of writing.
        ("今年是2014年。2月3日，机组投产。今年上半年，产值达到20亿元。", "2014"),
    ],
)
def test_implies_a_date_only_from_what_is_reported(text: str, issued: str | None) -> None:
    metadata = described(f"东山县绿色转型\n\n{text}\n")
    assert metadata.issued == issued
    assert bool(issued) == any(field == "issued" and "characters" in reason for field, reason in metadata.reasons)


def test_a_report_given_in_december_is_for_the_next_year() -> None:
    metadata = described("2020年东山区政府工作报告\n\n12月25日，东山区人民代表大会隆重开幕。全区产业兴旺。\n")
    assert metadata.issued == "2019-12"


@pytest.mark.parametrize(
    ("lines", "title", "issued"),
    [
        ("2012年3月4日 星期日 第3版 县域经济\n\n东山县绿色转型记", "东山县绿色转型记", "2012-03-04"),
        ("东山日报 2019年8月9日 A02版\n东山县绿色转型记", "东山县绿色转型记", "2019-08-09"),
        ("第3版：要闻\n2012-03-04 星期日\n东山县绿色转型记", "东山县绿色转型记", "2012-03-04"),
        ("东山县绿色转型记\n\n2017-03-31 河州省农业委员会农产品加工处", "东山县绿色转型记", "2017-03-31"),
        ("东山县绿色转型记\n作者：张三\n来源：《县域经济》2016年第12期", "东山县绿色转型记", "2016"),
        (
            "政府工作报告\n——2014年2月18日在东山县第七届人民代表大会第四次会议上\n东山县人民政府县长 张三",
            "政府工作报告",
            "2014-02-18",
        ),
        (f"东山县工作报告\n\n一、2013年工作回顾\n\n{TEXT}\n\n二、2014年工作安排", "东山县工作报告", "2014"),
        ("东山县2014年2月18日举行推介会", "东山县2014年2月18日举行推介会", "2014"),
    ],
)
def test_reads_the_lines_over_a_text(lines: str, title: str, issued: str) -> None:
    metadata = described(f"{lines}\n\n{TEXT}\n\n{TEXT}\n")
    assert (metadata.title, metadata.issued) == (title, issued)


def test_the_lexicon_is_checked(tmp_path: Path) -> None:
    folder = tmp_path / "lexicon"
    folder.mkdir()
    for name in ("article.toml", "confusions.toml"):
        (folder / name).write_bytes((ROOT / "ontology" / "lexicon" / name).read_bytes())
    assert isinstance(load_article_lexicon(tmp_path), ArticleLexicon)
    text = (folder / "confusions.toml").read_text(encoding="utf-8")
    (folder / "confusions.toml").write_text(text + '[[words]]\nwrong = "入住"\nright = "入"\n', encoding="utf-8")
    with pytest.raises(DataError, match="differ in length"):
        load_article_lexicon(tmp_path)


def test_the_seeds_are_described() -> None:
    articles = [read_article(path, lexicon=LEXICON) for path in find_articles([ROOT / "seeds"])]
    assert [article.metadata.issued for article in articles] == ["2022", "2021-11", "2022-02", "2018", "2021"]
    assert all(article.metadata.title for article in articles)


@pytest.mark.parametrize("path", find_articles([ROOT / "seeds"]), ids=lambda path: path.stem[:3])
def test_the_text_of_a_seed_gives_what_its_description_says(path: Path) -> None:
    given: Article = read_article(path, lexicon=LEXICON)
    read = described(path.read_text(encoding="utf-8"))
    expected = given.metadata
    assert (read.title, read.publisher, read.authors, read.issued) == (
        expected.title,
        expected.publisher,
        expected.authors,
        expected.issued,
    )


def test_part_of_a_year_in_the_headline_is_of_that_year() -> None:
    metadata = described("东山园区2016年1-10月招商引资工作情况汇报\n\n今年以来，园区引进项目27个。\n")
    assert metadata.issued == "2016"


def test_a_day_under_the_text_dates_it_whatever_follows() -> None:
    lines = "东山园区投资促进局\n2016年11月7日\n联系人：周丽  电话：0838-6200018\n"
    metadata = described(f"东山园区招商引资工作情况\n\n{TEXT}\n\n{TEXT}\n\n{lines}")
    assert metadata.issued == "2016-11-07"


def test_the_credit_that_closes_a_text_dates_it() -> None:
    text = "桃源县产业简介\n\n今年一季度，全县工业增加值增长8%。\n\n（桃源县人民政府办公室供稿，2021年5月）\n"
    article = read_bytes(text.encode(), name="county.txt", lexicon=LEXICON)
    found = with_metadata(article, clean(article, lexicon=LEXICON), lexicon=LEXICON).metadata
    assert found.issued == "2021-05"
    assert dict(found.reasons)["issued"].startswith("found in the text: the date beside the text")
