"""Whether linking stays cheap and right: 2,000 invented articles about 20,000 things.

    make benchmark          (or: python benchmarks/linking.py)

writes `benchmarks/linking.md`. Articles are invented with what is to be read in them, so that linking is measured
alone; what reading them costs is measured on a sample of their texts in the same process, by turns.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from time import process_time

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "linking.md"
for folder in (ROOT, ROOT / "tests", ROOT / "benchmarks"):
    sys.path.insert(0, str(folder))  # the measured code is that beside this script

from bcubed import b_cubed  # noqa: E402
from build_seeds import machine  # noqa: E402
from hardnames import pairs  # noqa: E402

from kg.identity import make_identity  # noqa: E402
from kg.iris import digest  # noqa: E402
from kg.knowledge import Knowledge, load_knowledge  # noqa: E402
from kg.linking import Linked, link  # noqa: E402
from kg.pipeline import Extractor  # noqa: E402
from kg.scheme import Scheme  # noqa: E402
from kg.types import Article, Entity, Evidence, Extraction, Metadata  # noqa: E402

ARTICLES, PLACES, NAMED, STRANGERS, SAMPLE = 2000, 400, 25, 3, 20
SHARE_LIMIT, GROWTH_LIMIT = 0.2, 1.5

BRANDS = "宏远博纳金辰天泰弘瑞丰亿珏华泽中晟诺瓦晶鑫朗威熙嘉禾盛澜柏森沐鼎祥昊宇凯达优珀斯德邦海岳云帆"
FAMILIES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
GIVEN = "伟强磊军洋勇艳杰娟涛明超秀霞平刚桂英建国文志海燕"
TRADES = ("新材料", "环保", "生物", "电子", "矿业", "铝业", "能源", "医药", "食品", "机械", "光电", "化工", "物流")
FORMS = ("有限公司", "科技有限公司", "股份有限公司")
BODIES = (("委", "委"), ("人民政府", "政府"), ("商务局", "商务局"), ("发展和改革局", "发改局"), ("教育局", "教育局"))
TAILS = "。项目建设进展顺利，各方面工作有序推进。"


@dataclass(frozen=True)
class Thing:
    """A thing with the names that articles of its place may use, and the fullest of them."""

    key: str
    kind: str
    names: tuple[str, ...]


def things_of(number: int, name: str, short: str, chance: random.Random, used: set[str]) -> list[Thing]:
    """Fifty things of one place, with brands that nothing in `used` has."""

    def brand() -> str:
        while (found := "".join(chance.sample(BRANDS, 3))) in used:
            pass
        used.add(found)
        return found

    found: list[tuple[str, tuple[str, ...]]] = []
    for _ in range(20):
        core, trade = brand(), chance.choice(TRADES)
        found.append(("Enterprise", (f"{short}{core}{trade}{chance.choice(FORMS)}", f"{core}{trade}")))
    for _ in range(6):
        core = brand()
        found.append(("Park", (f"{short}{core}经济开发区", f"{core}经开区", f"{core}经济开发区")))
    found += [("GovernmentBody", (f"{name}{full}", f"{name}{less}")) for full, less in BODIES]
    for _ in range(4):
        core = brand()
        for phase in "一二":
            found.append(("Project", (f"{core}风电场{phase}期工程", f"{core}风电场（{phase}期）")))
    found += [("Person", (chance.choice(FAMILIES) + "".join(chance.sample(GIVEN, 2)),)) for _ in range(4)]
    found += [("Facility", (each,)) for each in ("人民公园", "人民广场", f"{brand()}大桥")]
    found += [("Policy", ("十四五规划", f"{name}十四五规划")), ("Event", (f"第一届{brand()}节",))]
    found += [("Park", ("工业园",)), ("Facility", (f"{brand()}水库",))]
    things = [Thing(f"{number}/{index}", kind, names) for index, (kind, names) in enumerate(found)]
    return list({names.names[0]: names for names in things}.values())


def invent(knowledge: Knowledge, *, articles: int) -> tuple[list[Extraction], dict[tuple[str, str], str]]:
    """Articles with their entities, and which thing each entity is. The same at every call."""
    chance = random.Random(20)
    counties = [row for row in knowledge.divisions.rows if row.level == "county" and not row.valid_to and row.shorts]
    counties = chance.sample(sorted(counties), PLACES)
    used: set[str] = set()
    world = [things_of(number, row.name, row.shorts[0], chance, used) for number, row in enumerate(counties)]
    everything = [thing for things in world for thing in things if thing.kind == "Enterprise"]
    extractions, gold = [], {}
    for number in range(articles):
        place = number % PLACES
        chosen = chance.sample(world[place], NAMED) + chance.sample(everything, STRANGERS)
        entities = {}
        identity = f"{number:05}"
        for thing in chosen:
            name = chance.choice(thing.names if thing in world[place] else thing.names[:1])
            one = Entity(f"{thing.kind}/{name}", thing.kind, name, (), ())
            entities[one.id] = one
            gold[identity, one.id] = thing.key
        extractions.append(article_of(identity, counties[place].name, list(entities.values()), counties[place].code))
    return extractions, gold


def article_of(identity: str, place: str, entities: Sequence[Entity], code: str) -> Extraction:
    """An article on `place` with a sentence for each two of `entities`."""
    text = "".join(f"{place}的{one.label}与{two.label}有关{TAILS}" for one, two in pairwise((*entities, entities[0])))
    article = Article(identity, f"{identity}.txt", text, digest(text), "utf-8", Metadata(title=place, issued="2022"))
    placed = tuple(
        Entity(one.id, one.kind, one.label, (), (Evidence(begin, begin + len(one.label), one.label),))
        for one in sorted(entities, key=lambda each: each.id)
        for begin in [text.index(one.label)]
    )
    return Extraction(article, placed, (), (), place=code)


def seconds_to_link(extractions: Sequence[Extraction], knowledge: Knowledge) -> tuple[float, Linked]:
    """How long linking takes with nothing remembered, and its outcome."""
    scheme, identity = Scheme(knowledge.ontology), make_identity(knowledge)
    begin = process_time()
    linked = link(extractions, family=scheme.segment, identity=identity)
    return process_time() - begin, linked


def seconds_to_read(extractions: Sequence[Extraction], knowledge: Knowledge) -> float:
    """How long reading the texts takes, for each character."""
    extractor = Extractor(knowledge)
    extractor.extract(extractions[0].article)
    sample = extractions[:: max(len(extractions) // SAMPLE, 1)]
    begin = process_time()
    for each in sample:
        extractor.extract(each.article)
    return (process_time() - begin) / sum(len(each.article.text) for each in sample)


def by_likeness() -> tuple[float, float, int]:
    """The best a threshold on string likeness (difflib) does on the hard pairs: F1, threshold, false joins."""
    likeness = [(SequenceMatcher(None, one.name, two.name).ratio(), same) for _, same, one, two in pairs()]
    best = (0.0, 0.0, 0)
    for percent in range(0, 101, 5):
        found, gold = {}, {}
        for number, (ratio, same) in enumerate(likeness):
            for side in "12":
                found[f"{number}{side}"] = (number, "" if ratio >= percent / 100 else side)
                gold[f"{number}{side}"] = (number, "" if same else side)
        wrong = sum(ratio >= percent / 100 and not same for ratio, same in likeness)
        best = max(best, (b_cubed(found, gold).f1, percent / 100, wrong))
    return best


def measure() -> Iterator[str]:
    """The lines of the report."""
    knowledge = load_knowledge()
    seconds_to_link(invent(knowledge, articles=20)[0], knowledge)
    yield from ("# Linking", "", "Written by `make benchmark`; do not edit.", "", machine(), "", "## Time", "")
    yield "| articles | entities | things | characters | linking, s | reading them, s | linking / reading |"
    yield "|---:|---:|---:|---:|---:|---:|---:|"
    times: dict[int, float] = {}
    share = 1.0
    for number in (ARTICLES // 8, ARTICLES // 4, ARTICLES // 2, ARTICLES):
        extractions, gold = invent(knowledge, articles=number)
        each = seconds_to_read(extractions, knowledge)
        times[number], linked = seconds_to_link(extractions, knowledge)
        characters = sum(len(one.article.text) for one in extractions)
        share = times[number] / (each * characters)
        yield (
            f"| {number:,} | {len(gold):,} | {len(set(gold.values())):,} | {characters:,} | {times[number]:.1f} "
            f"| {each * characters:.0f} | {share:.1%} |"
        )
    found = {"/".join(member): node.path for member, node in linked.node_of.items()}
    score = b_cubed(found, {"/".join(member): key for member, key in gold.items()})
    growth = times[ARTICLES] / times[ARTICLES // 4] / 4
    yield from (
        "",
        f"Processor time. Reading is measured on {SAMPLE} articles and reckoned by characters.",
        "",
    )
    yield from ("| | measured | limit | |", "|---|---:|---:|---|")
    yield f"| linking, share of reading | {share:.1%} | < {SHARE_LIMIT:.0%} | {_kept(share < SHARE_LIMIT)} |"
    yield (
        f"| time of four times the articles, over four times the time | {growth:.2f} | < {GROWTH_LIMIT} "
        f"| {_kept(growth < GROWTH_LIMIT)} |"
    )
    yield from ("", "## Quality", "", f"B-cubed on the {ARTICLES:,} articles: precision {score.precision:.4f},")
    yield f"recall {score.recall:.4f}, F1 {score.f1:.4f}; things with parts of others: {_mixed(linked, gold)}."
    f1, threshold, wrong = by_likeness()
    yield from ("", "On the hard pairs of `tests/linking/`, `tests/test_identity.py` holds F1 at 0.95 or more with no")
    yield f"false join. The likeness of the strings (difflib, at its best threshold, {threshold:.2f}) has an F1 of"
    yield f"{f1:.2f} with {wrong} false joins."


def _mixed(linked: Linked, gold: dict[tuple[str, str], str]) -> int:
    """How many nodes stand for more than one thing."""
    keys: dict[str, set[str]] = defaultdict(set)
    for member, node in linked.node_of.items():
        keys[node.path].add(gold[member])
    return sum(len(each) > 1 for each in keys.values())


def _kept(holds: bool) -> str:  # noqa: FBT001 - a word for a truth value
    return "kept" if holds else "broken"


def main() -> None:
    """Measure, write the results, and fail where a limit is broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=RESULTS, metavar="FILE", help="[default: benchmarks/linking.md]")
    options = parser.parse_args()
    report = "\n".join(measure()) + "\n"
    options.output.write_text(report, encoding="utf-8")
    sys.stdout.write(report)
    sys.exit(1 if "broken" in report else 0)


if __name__ == "__main__":
    main()
