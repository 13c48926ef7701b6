"""Cleaning: what is repaired, and that every character stays tied to the file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.articles import clean, find_articles, read_article, read_bytes
from kg.articles.confusions import mend
from kg.lexicon.article import load_article_lexicon
from kg.types import CleanText

ROOT = Path(__file__).parent.parent
LEXICON = load_article_lexicon(ROOT / "ontology")
SEEDS = find_articles([ROOT / "seeds"])
CORPUS = Path(os.environ.get("CITYKG_CORPUS", ""))
ROLES = {"title", "byline", "heading", "paragraph", "caption", "furniture"}
PARAGRAPHS = (
    "东山县位于省境南部，东邻西水县，南接南川市，全县面积2046.6平方公里，享有“铜都”“茶乡”等美誉。",
    "去年，全县完成一般公共预算收入20.06亿元，同比增长21.5%，实现了历史性跨越；城乡居民收入稳步提高，分别增长7.4%、10.7%。",
    "下一步，全县将抢抓产业转移机遇，加大招商力度，全力建设绿色低碳园区，力争三年内再上新台阶。",
)


def cleaned(text: str) -> CleanText:
    """`text` read as a plain text file and cleaned."""
    return clean(read_bytes(text.encode("utf-8", "surrogatepass"), name="a.txt", lexicon=LEXICON), lexicon=LEXICON)


def blocks(text: str) -> list[tuple[str, str]]:
    """Role and text of each block of cleaned `text`."""
    result = cleaned(text)
    return [(block.role, result.text[block.begin : block.end]) for block in result.blocks]


def wrapped(paragraph: str, width: int, *, indent: str = "") -> list[str]:
    """`paragraph` set in a column: two characters less in the first line, no line begins with punctuation."""
    lines, line, room = [], "", width - 2.0
    for char in paragraph:
        needed = 0.5 if char.isascii() else 1.0
        if sum(0.5 if other.isascii() else 1.0 for other in line) + needed > room and char not in "，。、；：”》）%":
            lines.append(line)
            line, room = "", float(width)
        line += char
    lines.append(line)
    return [indent + lines[0], *lines[1:]]


def check(result: CleanText, raw: str) -> None:
    """The contract of CleanText."""
    assert len(result.text) == len(result.surface) == len(result.offsets)
    previous = -1
    for block in result.blocks:
        assert previous + 1 == block.begin < block.end <= len(result.text)
        assert block.role in ROLES
        offsets = result.offsets[block.begin : block.end]
        assert list(offsets) == sorted(set(offsets))
        surface = result.surface[block.begin : block.end]
        # A space that a tag or entity stands for is in no file.
        assert all(
            raw[offset] == char or (char == " " and raw[offset] in "<&")
            for offset, char in zip(offsets, surface, strict=True)
        )
        assert "\n" not in result.text[block.begin : block.end]
        previous = block.end
    assert previous == (len(result.text) if result.blocks else -1)


def check_evidence(result: CleanText, raw: str, begin: int, end: int) -> None:
    """Evidence is the raw span less white space and dropped characters."""
    if not result.surface[begin:end].strip():
        return
    evidence = result.evidence(begin, end)
    span = iter(raw[evidence.begin : evidence.end])
    assert all(char in span for char in evidence.text)
    assert not any(char.isspace() for char in evidence.text)


@pytest.mark.parametrize("separator", ["\n", "\n\n", "\r\n", "\r\n\r\n"])
@pytest.mark.parametrize("width", [14, 16, 17, 20])
@pytest.mark.parametrize("indent", ["", "　　"])
def test_joins_the_lines_of_a_column(separator: str, width: int, indent: str) -> None:
    lines = [line for paragraph in PARAGRAPHS * 2 for line in wrapped(paragraph, width, indent=indent)]
    text = "".join(value for _, value in blocks(separator.join(lines)))
    assert text == "".join(PARAGRAPHS) * 2


def test_finds_paragraphs_and_headings_in_a_column() -> None:
    first, second, third = (wrapped(paragraph, 17) for paragraph in PARAGRAPHS)
    lines = [*first, "强基：厚植产业", *second, "护绿：增色添彩", *third]
    assert blocks("\n\n".join(lines)) == [
        ("paragraph", PARAGRAPHS[0]),
        ("heading", "强基：厚植产业"),
        ("paragraph", PARAGRAPHS[1]),
        ("heading", "护绿：增色添彩"),
        ("paragraph", PARAGRAPHS[2]),
    ]


def test_a_heading_of_two_lines_is_one_block() -> None:
    first, second, third = (wrapped(paragraph, 17) for paragraph in PARAGRAPHS)
    text = "\n\n".join([*first, "构建新型社会\n擦亮发展底色", *second, *third])
    assert ("heading", "构建新型社会 擦亮发展底色") in blocks(text)


def test_a_subtitle_stands_apart_from_the_text_under_it() -> None:
    lines = [
        "向着大海奔跑",
        "——东山开发区2022年工作回眸",
        "",
        *wrapped(PARAGRAPHS[0], 17),
        "",
        *wrapped(PARAGRAPHS[1], 17),
    ]
    assert blocks("\n".join(lines))[:2] == [("title", "向着大海奔跑"), ("title", "——东山开发区2022年工作回眸")]


def test_a_line_of_a_list_that_tells_figures_is_no_heading() -> None:
    lines = "★新引进项目47个，总投资318亿元\n★亩均税收41.8万元"
    found = blocks(f"东山开发区简介\n\n{PARAGRAPHS[0]}\n\n{lines}\n\n{PARAGRAPHS[1]}")
    assert [role for role, text in found if text.startswith("★")] == ["paragraph", "paragraph"]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (
            "空 气 环 境 明 显\n改 善 ，空 气 优 良 天 数 比 例 已 达\n96.20%。",
            "空气环境明显改善，空气优良天数比例已达96.20%。",
        ),
        (
            "全市地区生产总值205.72\n\n亿 元 ，增 长 11% ，三 次 产 业 协调。",
            "全市地区生产总值205.72亿元，增长11%，三次产业协调。",
        ),
        ("形成100万亩油茶、\n42 万亩油菜、4 万亩烟叶的规模。", "形成100万亩油茶、42万亩油菜、4万亩烟叶的规模。"),
        ("掌握了IG-\n\nBT、磁悬浮等一大批核心技术。", "掌握了IGBT、磁悬浮等一大批核心技术。"),
        ("与Hua\nWei及ABB (China) Ltd合作，取得良好成效。", "与Hua Wei及ABB（China）Ltd合作，取得良好成效。"),
        ("区位优势 and 优良的环境为企业发展提供了有力保障。", "区位优势and优良的环境为企业发展提供了有力保障。"),
        ("产值达１２３．５亿元，增长９％，创历史新高。", "产值达123.5亿元，增长9%，创历史新高。"),
        ("全省143家(含综保区)园区中位列第14名,成绩突出。", "全省143家（含综保区）园区中位列第14名，成绩突出。"),
        ("实施\ufffd三高四新\u200b战略，建设\u00ad绿色园区取得成效。", "实施三高四新战略，建设绿色园区取得成效。"),
        ('落实"三高四新"战略，取得明显成效。', "落实“三高四新”战略，取得明显成效。"),
        ("1,300万元用于建设，2，300万元用于改造。", "1,300万元用于建设，2，300万元用于改造。"),
    ],
)
def test_repairs_spacing_and_forms(raw: str, expected: str) -> None:
    lead = "东山县绿色发展成效明显。\n"
    assert "".join(value for _, value in blocks(lead + raw)).removeprefix("东山县绿色发展成效明显。") == expected


def test_joins_a_long_paragraph_cut_by_the_layout() -> None:
    first = "这一年，园区经济指标成绩亮眼，发展势头强劲，招商引资成果丰硕。全年完成技"
    assert blocks(f"{PARAGRAPHS[0]}\n\n{first}\n\n工贸总收入396亿元。\n\n{PARAGRAPHS[1]}")[1] == (
        "paragraph",
        f"{first}工贸总收入396亿元。",
    )
    assert ("paragraph", "全市还创新管理机制，实现了绿色发展。") in blocks(
        f"{PARAGRAPHS[0]}\n\n全市还创新管理机制，实\n\n现了绿色发展。"
    )


def test_prints_doubled_glyphs_once() -> None:
    title = "从从““灰色印象灰色印象””到到““绿色主题绿色主题””的蝶变的蝶变"
    raw = f"{title}\n————东山县转型纪实东山县转型纪实\n\n□ 王 明\n\n{PARAGRAPHS[0]}"
    assert blocks(raw)[:2] == [("title", "从“灰色印象”到“绿色主题”的蝶变"), ("title", "——东山县转型纪实")]
    assert blocks(f"{PARAGRAPHS[0]}\n\n宜居之城宜居之城 美丽东山美丽东山 （县委宣传部供图）")[1] == (
        "caption",
        "宜居之城 美丽东山 （县委宣传部供图）",
    )


def test_leaves_reduplicated_words() -> None:
    text = "千千万万的群众高高兴兴地参加活动，家家户户喜气洋洋。"
    assert blocks(f"{text}\n")[0][1] == text


def test_finds_a_title_under_the_text() -> None:
    lines = [line for paragraph in PARAGRAPHS for line in wrapped(paragraph, 17)]
    tail = [
        "（本文配图由东山县发改局提供）",
        "红 色 东 山 绿 色 转 型\n——东山县推动高质量发展纪实",
        "11月5日，县委书记张三（中）出席仪式。",
    ]
    found = blocks("\n\n".join(["□ 谭大平 周 济", *lines, *tail]))
    assert found[0] == ("byline", "□ 谭大平 周济")
    assert found[-4:] == [
        ("caption", "（本文配图由东山县发改局提供）"),
        ("title", "红色东山绿色转型"),
        ("title", "——东山县推动高质量发展纪实"),
        ("caption", "11月5日，县委书记张三（中）出席仪式。"),
    ]


def test_an_article_may_begin_in_the_middle_of_a_sentence() -> None:
    lines = [line for paragraph in PARAGRAPHS for line in wrapped(paragraph, 17)][2:]
    assert blocks("\n\n".join(lines))[0][0] == "paragraph"


def test_a_caption_does_not_break_a_sentence() -> None:
    gap = "\n\n\n\n"
    start, rest = PARAGRAPHS[1][:50], PARAGRAPHS[1][50:]
    text = f"{start}{gap}园林式工厂一角。{gap}{rest}\n\n{PARAGRAPHS[2]}\n\n{PARAGRAPHS[0]}"
    assert blocks(text)[:2] == [("paragraph", PARAGRAPHS[1]), ("caption", "园林式工厂一角。")]


def test_leaves_out_the_markup_of_a_web_page() -> None:
    head = "<html><head><title>x</title></head>\n<h1>东山县转型</h1>\n"
    text = f"{head}<p>&nbsp;&ldquo;好&rdquo;{PARAGRAPHS[0]}<br/>{PARAGRAPHS[1]}</p>"
    result = cleaned(text)
    assert blocks(text) == [
        ("title", "东山县转型"),
        ("paragraph", f"“好”{PARAGRAPHS[0]}"),
        ("paragraph", PARAGRAPHS[1]),
    ]
    begin = result.text.index("东山县位于")
    assert result.evidence(begin, begin + 5).begin == text.index("东山县位于")


def test_whole_lines_about_pictures_are_captions() -> None:
    captions = ["图为东山县经济开发区全景。", "▲东山产业园一角（李四 摄）", "东山县城夜景 王五摄"]
    text = "\n\n".join(
        ["东山县绿色转型", PARAGRAPHS[0], captions[0], PARAGRAPHS[1], captions[1], PARAGRAPHS[2], captions[2]]
    )
    assert [value for role, value in blocks(text) if role == "caption"] == captions


def test_a_page_number_does_not_break_a_sentence() -> None:
    lines = [line for paragraph in PARAGRAPHS for line in wrapped(paragraph, 16)]
    lines.insert(2, "- 12 -")
    found = blocks("\n".join(lines))
    assert [value for role, value in found if role == "paragraph"] == list(PARAGRAPHS)
    assert [value for role, value in found if role == "furniture"] == ["-12-"]


def test_markdown_headings_and_captions() -> None:
    head = "\n\n# “茶乡”的转型之路\n\n——东山县综述\n\n□ 东山日报记者 张小佳"
    text = f"{head}\n\n{PARAGRAPHS[0]}\n\n\n\n东山产业园\n\n## 产业换新颜\n\n{PARAGRAPHS[1]}"
    assert [role for role, _ in blocks(text)] == [
        "title",
        "title",
        "byline",
        "paragraph",
        "caption",
        "heading",
        "paragraph",
    ]


def test_what_a_site_puts_around_an_article_is_furniture() -> None:
    text = "\n".join(
        [
            "东山县园区招商忙",
            "首页",
            "新闻",
            "来源：东山日报 发布时间：2021-03-04",
            "分享到：",
            *PARAGRAPHS,
            "责任编辑：张三",
            "相关新闻",
            "·西水县种茶忙",
        ]
    )
    roles = [role for role, _ in blocks(text)]
    sides = {role for role, value in blocks(text) if value not in ("东山县园区招商忙", *PARAGRAPHS)}
    assert roles[0] == "title"
    assert roles.count("paragraph") == 3
    assert sides == {"byline", "furniture"}


def test_the_dateline_is_a_block_of_its_own() -> None:
    found = blocks(
        f"东山县转型\n\n本报讯（记者 张三 通讯员 李四）{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}（王五 赵六 文/图）"
    )
    assert found[1:] == [
        ("byline", "本报讯（记者 张三 通讯员 李四）"),
        ("paragraph", PARAGRAPHS[0]),
        ("paragraph", PARAGRAPHS[1]),
        ("byline", "（王五 赵六 文/图）"),
    ]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("30家人园企业人驻产业园", "30家入园企业入驻产业园"),
        ("机器人园区引进人才，派人驻村", "机器人园区引进人才，派人驻村"),
        ("蓄電池产量2O万只，二O二一年", "蓄电池产量20万只，二〇二一年"),
        ("吸收人才，回收人员，财政收人", "吸收人才，回收人员，财政收入"),
        ("末来三年，周末来访", "未来三年，周末来访"),
    ],
)
def test_mends_slips_where_the_words_beside_allow(wrong: str, right: str) -> None:
    assert mend(wrong, confusions=LEXICON.confusions) == right


def test_the_surface_keeps_what_the_file_has() -> None:
    result = cleaned("它的人驻填补了空白，产值达５亿元。")
    assert result.text == "它的入驻填补了空白，产值达5亿元。"
    assert result.surface == "它的人驻填补了空白，产值达５亿元。"


# What trips a cleaner: breaks, marks, cues and characters of every kind.
FRAGMENTS = """　|\t|。|，|“|”|（|）|——|-|# |□ |记者 |
本报讯（记者 张三）|·|（一）|一、|2021年|12.4亿元|％|人驻|图为|责任编辑：|
Hua Wei|１２|常宁|县|的|经济开发区|完成|转型发展|改 善 ，空 气|
从从““灰灰””的的|<p>|</p>|&nbsp;|<br/>|&ldquo;|（张三 摄）|王 五"""
BREAKS = [
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    " ",
    "IG-\n\nBT",
    "首页\n",
    "---\ntitle: x\n---\n",
    "\ufffd",
    "\u200b",
    "\0",
    "\U00020000",
]
PIECES = st.sampled_from([*FRAGMENTS.split("|"), *BREAKS])


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=60).map("".join), st.text(max_size=200)), st.data())
def test_any_text_keeps_the_contract(text: str, data: st.DataObject) -> None:
    raw = text.replace("\0\0", "").encode("utf-8", "ignore").decode() + "完" * 100 * (1 + text.count("\0"))
    article = read_bytes(raw.encode(), name="a.txt", lexicon=LEXICON)
    result = clean(article, lexicon=LEXICON)
    check(result, article.text)
    if result.text:
        block = data.draw(st.sampled_from(result.blocks))
        begin = data.draw(st.integers(block.begin, block.end - 1))
        check_evidence(result, article.text, begin, data.draw(st.integers(begin + 1, block.end)))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_seeds_keep_the_contract_and_lose_no_word(path: Path) -> None:
    article = read_article(path, lexicon=LEXICON)
    result = clean(article, lexicon=LEXICON)
    check(result, article.text)
    for begin in range(0, len(result.text) - 40, 37):
        check_evidence(result, article.text, begin, begin + 40)
    bodies = [result.text[block.begin : block.end] for block in result.blocks if block.role == "paragraph"]
    assert all(body.rstrip("”’）").endswith(("。", "！", "？", "…")) for body in bodies)
    used = set(result.offsets)
    lost = "".join(char for offset, char in enumerate(article.text) if offset not in used and not char.isspace())
    assert len(lost) <= 75, lost


@pytest.mark.skipif(not CORPUS.name or not CORPUS.is_dir(), reason="CITYKG_CORPUS names no folder of articles")
def test_a_corpus_keeps_the_contract() -> None:
    for path in find_articles([CORPUS]):
        article = read_article(path, lexicon=LEXICON)
        check(clean(article, lexicon=LEXICON), article.text)
