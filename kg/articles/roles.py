"""Which block is the title, which are headings, captions and paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.articles.layout import LONGEST_CAPTION, LONGEST_HEADING, LONGEST_TITLE, MOST_COMMAS, Group
from kg.articles.mentions import FIGURE
from kg.articles.page import Page

TITLE_ZONE = 8
LONGEST_SENTENCE = 150.0
LONGEST_LINK = 90.0


def assign_roles(groups: Sequence[Group], page: Page) -> list[Group]:
    """`groups` with every role set."""
    result = [_by_shape(group, index, groups, page) for index, group in enumerate(groups)]
    result = _start_title(result, page)
    result = _after_credit(result, page)
    if not any(group.role == "title" for group in result):
        result = _end_title(result, page)
    return _repeated_titles(_trailing_headings(_site_sections(result, page)))


def is_headline(group: Group, page: Page, *, longest: float = LONGEST_HEADING) -> bool:
    """Whether a block could be a title or heading: short, and no sentence."""
    text = group.text
    return (
        group.width <= longest
        and len(text) > 1
        and not (text.startswith("（") and text.endswith("）"))
        and not any(char in text.rstrip("！？!?") for char in page.layout.punctuation.terminal)
        and not text.endswith(("，", "、", "：", "。", ","))
        and "；" not in text
        and text.count("，") <= MOST_COMMAS
        and not _tells_figures(text, page)
    )


def _tells_figures(text: str, page: Page) -> bool:
    """Whether a line of a list tells figures: ★新引进项目47个，总投资318亿元."""
    return text[0] in page.layout.punctuation.bullets and FIGURE.search(text) is not None


def _by_shape(group: Group, index: int, groups: Sequence[Group], page: Page) -> Group:
    """`group` with the role its own shape and its blank lines show."""
    if group.role:
        return group
    caption = page.layout.caption
    text = group.text
    gap_after = groups[index + 1].lines[0].gap if index + 1 < len(groups) else page.gap + 2
    isolated = group.lines[0].gap >= page.gap + 2 and gap_after >= page.gap + 2
    if group.width <= LONGEST_SENTENCE and any(word in text for word in caption.positions):
        return replace(group, role="caption")
    if text.startswith(caption.beginnings):
        return replace(group, role="caption")
    if is_headline(group, page, longest=LONGEST_HEADING if index else LONGEST_TITLE):
        if page.enumerated(text):
            return replace(group, role="heading")
        if index >= 2 and (page.markdown or isolated or text.endswith(caption.endings)):
            return replace(group, role="caption")
        return replace(group, role="heading")
    if index >= 2 and group.width <= LONGEST_CAPTION and (isolated or _before_heading(group, index, groups, page)):
        return replace(group, role="caption")
    return replace(group, role="paragraph")


def _before_heading(group: Group, index: int, groups: Sequence[Group], page: Page) -> bool:
    """Whether a short sentence set apart stands right over a heading: a caption at the end of a section."""
    if group.lines[0].gap < page.gap + 2 or group.width > LONGEST_CAPTION / 2 or index + 1 >= len(groups):
        return False
    following = groups[index + 1]
    return following.role == "heading" or (not following.role and is_headline(following, page))


def _is_dash_line(group: Group, page: Page) -> bool:
    return group.text.startswith(page.layout.title.dashes) and is_headline(group, page)


def _start_title(groups: list[Group], page: Page) -> list[Group]:
    """The headline over the text: what stands before the byline, or the first short line."""
    if any(group.role == "title" for group in groups):
        return _subtitles(groups, page)
    zone = groups[:TITLE_ZONE]
    byline = next((index for index, group in enumerate(zone) if group.role == "byline"), None)
    if byline is None or not any(group.role == "heading" for group in zone[:byline]):
        first = next((index for index, group in enumerate(zone) if group.role not in ("furniture", "byline")), None)
        if first is None or zone[first].role != "heading" or page.enumerated(zone[first].text):
            return groups
        if len(groups) < 2 or _is_dash_line(zone[first], page):
            return groups
        return _subtitles([*groups[:first], replace(groups[first], role="title"), *groups[first + 1 :]], page)
    if any(group.role == "paragraph" for group in zone[:byline]):
        return groups
    return [
        replace(group, role="title") if index < byline and group.role == "heading" else group
        for index, group in enumerate(groups)
    ]


def _subtitles(groups: list[Group], page: Page) -> list[Group]:
    """`groups` with lines after a dash directly under a title made part of it."""
    result: list[Group] = []
    for group in groups:
        if (
            result
            and result[-1].role == "title"
            and group.role in ("heading", "caption")
            and _is_dash_line(group, page)
        ):
            group = replace(group, role="title")
        result.append(group)
    return result


def _after_credit(groups: list[Group], page: Page) -> list[Group]:
    """Sentences after the line that credits the pictures are captions, if that line stands near the end."""
    credits = [index for index, group in enumerate(groups) if group.credit]
    if not credits:
        return groups
    start = credits[0]
    body = sum(group.width for group in groups[:start] if group.role == "paragraph")
    rest = sum(group.width for group in groups[start:] if group.role == "paragraph")
    if body < 4 * rest:
        return groups
    return [
        replace(group, role="caption") if index > start and group.role == "paragraph" else group
        for index, group in enumerate(groups)
    ]


def _end_title(groups: list[Group], page: Page) -> list[Group]:
    """The headline where the page layout put it last: the first short line after the text, and its dash line."""
    body = [index for index, group in enumerate(groups) if group.role == "paragraph"]
    if not body:
        return groups
    for index in range(body[-1] + 1, len(groups)):
        group = groups[index]
        if group.text.startswith(page.layout.title.excluded):
            return groups
        if group.role != "heading" or _is_dash_line(group, page) or group.text.endswith(page.layout.caption.endings):
            continue
        return _subtitles([*groups[:index], replace(group, role="title"), *groups[index + 1 :]], page)
    return groups


def _site_sections(groups: list[Group], page: Page) -> list[Group]:
    """Lists of other articles after the text (相关新闻) are furniture, up to the end."""
    sections = page.layout.furniture.sections
    for index in range(len(groups) // 2, len(groups)):
        rest = groups[index:]
        if rest[0].text.strip("【】[]：:>") in sections and all(group.width <= LONGEST_LINK for group in rest):
            return [
                *groups[:index],
                *(group if group.role == "title" else replace(group, role="furniture") for group in rest),
            ]
    return groups


def _trailing_headings(groups: list[Group]) -> list[Group]:
    """A heading with no text after it is a caption."""
    result = list(groups)
    for index in range(len(result) - 1, -1, -1):
        if result[index].role == "paragraph":
            break
        if result[index].role == "heading":
            result[index] = replace(result[index], role="caption")
    return result


def _repeated_titles(groups: list[Group]) -> list[Group]:
    """A headline printed again, as sites do, is furniture."""
    title = "".join(group.text for group in groups if group.role == "title")
    if not title:
        return groups
    return [
        replace(group, role="furniture")
        if group.role in ("heading", "paragraph", "caption")
        and group.text.startswith(title)
        and len(group.text) < len(title) + 20
        else group
        for group in groups
    ]
