"""A quiz as a text in the format GIFT, which Moodle and other learning platforms import.

Each question is a paragraph of its own: `::title::[html]question{answers ####feedback}`. A right answer
begins with `=`, a wrong one with `~`. Where several are right, every answer begins with `~` and the share of
the mark that it gives or takes. Words are HTML: a platform then takes none of them for a format or a mark,
and bold stays bold.
"""

from __future__ import annotations

import re
from html import escape
from typing import assert_never

from toolkit.brand.compiled import Brand
from toolkit.late import pattern
from toolkit.plan.model import (
    Blocks,
    Bullets,
    Drawing,
    Fields,
    Heading,
    Lines,
    Page,
    Paragraph,
    Picture,
    Plan,
    Quotation,
    Spans,
    Table,
    Timeline,
    spoken,
    text,
    words,
)
from toolkit.plan.typography import NBSP
from toolkit.problems import Invalid

_MARKS = pattern(r"[\\~=#{}:]")


def render(plan: Plan, brand: Brand) -> bytes:
    """The bytes of a .gift.txt, in UTF-8: a category named after the plan, then its questions.

    A text has no look, so nothing of `brand` is in it. Raises Invalid for a page that asks nothing.
    """
    # Moodle takes a slash for a category inside another, two for one slash, and knows no other marks here.
    category = " ".join(plan.title.split()).replace("\\", "\\\\").replace("/", "//")
    return "\n\n".join([f"$CATEGORY: {category}", *map(_question, plan.pages)]).encode() + b"\n"


def _question(page: Page) -> str:
    right, wrong = _answers(page.slot("right")), _answers(page.slot("wrong"))
    if not (page.slot("question") and right and wrong):
        raise Invalid.at(
            page.place,
            f"“{page.title}” is no quiz question: it needs words in question, right and wrong",
            "give its page template the layout quiz, with these three slots",
        )
    gain, loss = ("=", "~") if len(right) == 1 else (_share(100, right), _share(-100, wrong))
    answers = [*((spans, gain) for spans in right), *((spans, loss) for spans in wrong)]
    answers.sort(key=lambda one: text(one[0]).casefold())  # so that their order gives nothing away
    lines = [f"::{_marked(escape(page.title))}::[html]{_html(page.slot('question'))}{{"]
    lines += [f"{sign}[html]{_inline(spans).strip()}" for spans, sign in answers]
    if told := _html((*page.slot("because"), *page.slot("source"))):
        lines.append(f"####[html]{told}")
    return "\n".join([*lines, "}"])


def _share(whole: int, answers: list[Spans]) -> str:
    """The sign of an answer that gives its share of the mark, or takes it away, in numbers that Moodle knows:
    who ticks everything then gets nothing."""
    return f"~%{f'{whole / len(answers):.5f}'.rstrip('0').rstrip('.')}%"


def _answers(blocks: Blocks) -> list[Spans]:
    """The answers of a slot: each item of a list, or paragraph, with words in it."""
    found: list[Spans] = []
    for block in blocks:
        if isinstance(block, Bullets):
            found += block.items
        elif isinstance(block, Paragraph):
            found.append(block.spans)
    return [spans for spans in found if text(spans).strip()]


def _html(blocks: Blocks) -> str:
    parts: list[str] = []
    for block in blocks:
        match block:
            case Bullets():
                items = "".join(f"<li>{_inline(item)}</li>" for item in block.items)
                tag, begin = ("ol", f' start="{block.start}"') if block.kind == "number" else ("ul", "")
                parts.append(f"{_marked(f'<{tag}{begin}>')}{items}</{tag}>")
            case Paragraph() | Heading() | Quotation():
                parts.append(f"<p>{_inline(block.spans)}</p>")
            case Drawing() | Picture():
                parts.append(_html(spoken(block)))
            case Table() | Timeline() | Lines() | Fields():
                parts += [f"<p>{_marked(escape(line))}</p>" for line in words((block,)).splitlines()]
            case _:
                assert_never(block)
    return "".join(parts)


def _inline(spans: Spans) -> str:
    """Spans as HTML."""
    made = ""
    for span in spans:
        said = escape(span.text)
        said = f"<strong>{said}</strong>" if span.bold else said
        said = f"<em>{said}</em>" if span.italic else said
        made += f'<a href="{escape(span.link)}">{said}</a>' if span.link else said
    return _marked(made)


def _marked(words: str) -> str:
    """Words on one line, with a backslash before every letter that is a mark of the format."""
    return _MARKS.sub(r"\\\g<0>", re.sub(rf"[^\S{NBSP}]+", " ", words))
