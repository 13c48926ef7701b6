"""What 公司, 园区, 项目 and the like point to, and what an article is about when its title does not say."""

from __future__ import annotations

import pytest

from kg.articles import read_bytes
from kg.knowledge import load_knowledge
from kg.pipeline import Extractor

KNOWLEDGE = load_knowledge()
EXTRACTOR = Extractor(KNOWLEDGE)


def told(text: str) -> set[tuple[str, str]]:
    """Whom each figure of an article is said of: pairs of a label, and value with unit."""
    extraction = EXTRACTOR.extract(read_bytes(text.encode(), name="article.txt", lexicon=KNOWLEDGE.article))
    labels = {entity.id: entity.label for entity in extraction.entities}
    return {(labels[figure.subject], f"{figure.value}{figure.unit}") for figure in extraction.observations}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "宏远光能落户丰县\n\n宏远光能是丰县引进的企业。公司由徐州中磊集团控股，中磊集团持股62%。公司拥有员工300人。\n",
            ("宏远光能", "300人"),
            id="公司 goes on about the company of the sentence before",
        ),
        pytest.param(
            "丰县宏远光能有限公司发展侧记\n\n厂区的前身是丰县平板玻璃厂。丰县平板玻璃厂几度停产。\n\n公司产值7亿元。\n",
            ("丰县宏远光能有限公司", "7亿元"),
            id="公司 is the one that the headline names",
        ),
        pytest.param(
            "丰县新闻\n\n丰县宏远新能源有限公司年产10万吨磷酸铁项目一期开工。项目一期占地90亩。年产10万吨磷酸铁项目由丰县支持。"
            "\n\n年产10万吨磷酸铁项目一期投资3亿元。项目总投资26亿元。\n",
            ("年产10万吨磷酸铁项目", "26亿元"),
            id="项目 after a phase is the whole",
        ),
        pytest.param(
            "丰县新闻\n\n丰县宏远新能源有限公司投资建设年产10万吨磷酸铁项目。项目一期占地90亩；全部达产后，年产值15亿元。\n",
            ("年产10万吨磷酸铁项目", "15亿元"),
            id="全部达产后 is of the whole after a phase",
        ),
        pytest.param(
            "丰县白岩高新园上半年工业经济“加速跑”\n\n丰县白岩高新技术产业园（以下简称白岩高新园）向好。\n\n新签约项目23个。\n",
            ("丰县白岩高新技术产业园", "23个"),
            id="a zone right after its place in the headline",
        ),
        pytest.param(
            "丰县白岩工业园区管委会2017年工作总结\n\n丰县与邳州经济开发区结对。\n\n新签约项目26个。\n",
            ("丰县白岩工业园区", "26个"),
            id="a zone whose committee the headline names",
        ),
        pytest.param(
            "丰县2016年工作报告\n\n丰县地处平原。\n\n（一）工业。丰县白岩工业园区产值38亿元。\n\n（二）农业。种植烟叶1.9万亩。\n",
            ("丰县", "1.9万亩"),
            id="a numbered paragraph begins anew",
        ),
        pytest.param(
            "丰县见闻\n\n丰县正在转型。“去年我们产值2亿元，今年要到3亿元。”丰县宏远光能有限公司总经理李明说。\n",
            ("丰县宏远光能有限公司", "2亿元"),
            id="我们 is whom the speaker behind the quote speaks for",
        ),
        pytest.param(
            "丰县见闻\n\n丰县宏远光能有限公司总经理李明告诉记者，“现在厂里有工人320人。”\n",
            ("丰县宏远光能有限公司", "320人"),
            id="厂里 is whom the speaker before the quote speaks for",
        ),
        pytest.param(
            "访丰县宏远光能有限公司总经理李明\n\n记者：丰县有什么优势？\n\n李明：资源好。去年纳税860万元。\n",
            ("丰县宏远光能有限公司", "860万元"),
            id="an answer is about whom the speaker speaks for",
        ),
        pytest.param(
            "丰县见闻\n\n丰县宏远光能有限公司产值2亿元。“全县产值90亿元。”县林业局局长张强说。\n",
            ("丰县", "90亿元"),
            id="an official speaks for the county",
        ),
        pytest.param(
            "丰县新闻\n\n丰县宏远光能有限公司封顶。县委书记李明要求，全年固定资产投资增长13%，到位资金160亿元。\n",
            ("丰县", "160亿元"),
            id="what the leaders of a county ask for is of the county",
        ),
        pytest.param(
            "丰县白岩工业园区发展记\n\n丰县白岩工业园区的前身是2006年设立的白岩工业小区。白岩工业小区当时产值2亿元。\n",
            ("丰县白岩工业园区", "2亿元"),
            id="a former name of a zone",
        ),
        pytest.param(
            "丰县工业\n\n宏远光能（丰县宏远光能有限公司）有员工300人。宏远光能去年纳税860万元。\n",
            ("丰县宏远光能有限公司", "860万元"),
            id="a short form before the full name in brackets",
        ),
        pytest.param(
            "丰县工业\n\n丰县宏远光能有限公司是丰县一家龙头企业。该公司拥有专利26件。\n",
            ("丰县宏远光能有限公司", "26件"),
            id="what a name is said to be is no other company",
        ),
        pytest.param(
            "丰县新闻\n\n2021年，丰县产值30亿元。丰县赵庄镇种植芦笋。\n\n接待游客162万人次。\n",
            ("丰县", "162万人次"),
            id="a town in passing",
        ),
        pytest.param(
            "丰县主导产业简介\n\n丰县白岩工业园区位于丰县城北。\n\n全县粮食产量30万吨。\n\n"
            + "全县坚持绿色发展，加快产业升级。" * 40
            + "\n\n园区亩均税收12万元。\n",
            ("丰县白岩工业园区", "12万元"),
            id="园区 is the only one named, however far back",
        ),
        pytest.param(
            "丰县产业集聚区发展综述\n\n丰县地处平原，人口98万人。\n\n2012年，集聚区完成投资78亿元。\n",
            ("丰县产业集聚区", "78亿元"),
            id="集聚区 is one that is called so",
        ),
        pytest.param(
            "全年交出“成绩单”\n\n笔者从丰县白岩工业园区了解到，园区产值168亿元。\n\n园区向好，园区向绿，园区向新，全年签约项目26个。\n",
            ("丰县白岩工业园区", "26个"),
            id="what the article speaks of throughout",
        ),
        pytest.param(
            "丰县争先进位\n\n2022年，丰县地区生产总值300亿元。在江苏省县域经济考核中跃居第6位。\n",
            ("丰县", "6位"),
            id="a place where something happens is no subject",
        ),
        pytest.param(
            "丰县工业\n\n丰县宏远光能有限公司产值3亿元。厂里工人652名。\n",
            ("丰县宏远光能有限公司", "652名"),
            id="厂里 is the company of the paragraph",
        ),
        pytest.param(
            "丰县观察\n\n走进丰县白岩工业园区，药香扑鼻。这个2020年3月动工、总投资5.6亿元的园区占地420亩。\n",
            ("丰县白岩工业园区", "420亩"),
            id="a described zone",
        ),
        pytest.param(
            "十年\n\n丰县在城西设立白岩工业小区。2006年，小区更名为丰县白岩工业园区，核准面积12平方公里。"
            "白岩工业小区当年产值2亿元。\n",
            ("丰县白岩工业园区", "2亿元"),
            id="what a zone was renamed to",
        ),
        pytest.param(
            "园区建设\n\n丰县白岩工业园区产值2亿元，丰县重点发展丰县东岭工业园区。丰县东岭工业园区纳税860万元。\n",
            ("丰县白岩工业园区", "2亿元"),
            id="a zone that is built up is no new name of another",
        ),
        pytest.param(
            "丰县工业\n\n丰县宏远光能有限公司原名丰县灯具厂。丰县灯具厂当年纳税860万元。\n",
            ("丰县宏远光能有限公司", "860万元"),
            id="the old name of a company",
        ),
        pytest.param(
            "丰县白岩工业园区巡礼\n\n丰县宏远光能有限公司产值3亿元。\n\n管委会印发试行办法，8个项目受益。\n",
            ("丰县白岩工业园区", "8个"),
            id="what the committee of a zone does is of the zone",
        ),
        pytest.param(
            "丰县新闻\n\n丰县宏远光能有限公司产值3亿元。2011年设立的丰县白岩工业园区投产企业23家。园区纳税860万元。\n",
            ("丰县白岩工业园区", "860万元"),
            id="a subject with what qualifies it",
        ),
    ],
)
def test_a_figure_is_said_of_what_is_meant(text: str, expected: tuple[str, str]) -> None:
    assert expected in told(text)
