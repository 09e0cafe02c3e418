"""Marks inside a value: bold, italic and links; and the line marks of page templates.

Inline, in reviews and templates alike (CommonMark): `**bold**`, `*italic*`, `[words](https://…)`, backslash
before a literal mark.

At the start of a line, in page templates only:

    ## heading     ### smaller heading     - bullet     ~ practice suggestion     1. numbered     > quotation
    ! line of a callout box     % evidence label     ^ citation line     @ when | what (timeline)
    | cell | cell (table; cells may be empty)     _ 4 (four ruled lines to write on)

Words that come out of a review reach this module as tokens, not as text, so nothing in them is taken for a
line mark.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from markdown_it import MarkdownIt

from toolkit.plan.model import (
    Block,
    Blocks,
    Bullets,
    Heading,
    Lines,
    ListKind,
    Paragraph,
    Quotation,
    Role,
    Span,
    Spans,
    Table,
    Timeline,
)

_markdown = MarkdownIt("zero").enable(["emphasis", "link", "escape"])
_MARKED = re.compile(r"[*_\\\[\n]")
_SAFE = re.compile(r"^(https?://|mailto:)", re.I)


@lru_cache(maxsize=4096)
def inline(value: str) -> Spans:
    """The spans of one value. Line breaks become spaces; a link that is not to the web or to mail stays as
    typed.
    """
    if not _MARKED.search(value):
        return (Span(value),) if value else ()
    spans: list[Span] = []
    bold = italic = 0
    link = ""
    for token in _markdown.parseInline(re.sub(r"\s*\n\s*", " ", value))[0].children or []:
        if token.type == "strong_open":
            bold += 1
        elif token.type == "strong_close":
            bold -= 1
        elif token.type == "em_open":
            italic += 1
        elif token.type == "em_close":
            italic -= 1
        elif token.type == "link_open":
            link = str(token.attrGet("href") or "")
        elif token.type == "link_close":
            if link and not _SAFE.match(link):
                spans.append(Span(f" ({link})"))
            link = ""
        elif token.content:
            spans.append(Span(token.content, bold > 0, italic > 0, link if _SAFE.match(link) else ""))
    return _joined(spans)


def _joined(spans: list[Span]) -> Spans:
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and (last.bold, last.italic, last.link) == (span.bold, span.italic, span.link):
            joined[-1] = Span(last.text + span.text, span.bold, span.italic, span.link)
        else:
            joined.append(span)
    return tuple(joined)


_LINE = re.compile(r"(?P<mark>###?|[-~>!%^@|]|\d+\.)\s+(?P<rest>.*)|_\s+(?P<lines>[1-9]\d?)|(?P<plain>.*)")
_BAR = re.compile(r"(?:^|(?<=\s))\|(?=\s|$)")  # between two cells
_LISTS: dict[str, ListKind] = {"-": "bullet", "~": "suggestion"}
_ROLES: dict[str, Role] = {"!": "callout", "%": "label", "^": "source"}


def blocks(template_text: str, spans_of: Callable[[str], Spans] = inline) -> Blocks:
    """The blocks of a template's text.

    `spans_of` turns one line's words into spans (and tokens into content).

    Lines without a mark that follow each other make one paragraph; an empty line ends it.
    """
    found: list[Block] = []
    prose: list[str] = []

    def flush() -> None:
        if prose:
            found.append(Paragraph(spans_of(" ".join(prose))))
            prose.clear()

    for line in template_text.splitlines():
        match = _LINE.fullmatch(line.strip())
        assert match is not None
        if match["plain"] is not None:
            if match["plain"]:
                prose.append(match["plain"])
            else:
                flush()
            continue
        flush()
        if match["lines"]:
            found.append(Lines(int(match["lines"])))
            continue
        mark, rest = match["mark"], match["rest"].strip()
        if mark.startswith("#"):
            found.append(Heading(spans_of(rest), len(mark)))
        elif mark in _LISTS or mark[0].isdigit():
            kind: ListKind = _LISTS.get(mark, "number")
            _grow_list(found, spans_of(rest), kind)
        elif mark == ">":
            found.append(Quotation(spans_of(rest)))
        elif mark == "@":
            when, _, what = rest.partition(" | ")
            event = ("".join(s.text for s in spans_of(when)), spans_of(what))
            last = found[-1] if found else None
            if isinstance(last, Timeline):
                found[-1] = Timeline((*last.events, event))
            else:
                found.append(Timeline((event,)))
        elif mark == "|":
            cells = tuple(spans_of(cell.strip()) for cell in _BAR.split(re.sub(r"(^|\s)\|$", "", rest)))
            last = found[-1] if found else None
            if isinstance(last, Table):
                found[-1] = Table(last.header, (*last.rows, cells))
            else:
                found.append(Table(cells, ()))
        else:
            found.append(Paragraph(spans_of(rest), _ROLES[mark]))
    flush()
    return tuple(found)


def _grow_list(found: list[Block], item: Spans, kind: ListKind) -> None:
    last = found[-1] if found else None
    if isinstance(last, Bullets) and last.kind == kind:
        found[-1] = Bullets((*last.items, item), kind)
    else:
        found.append(Bullets((item,), kind))
