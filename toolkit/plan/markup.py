"""Marks inside a value: bold, italic and links; and the line marks of page templates.

Inline, in reviews and templates alike (CommonMark): `**bold**`, `*italic*`, `[words](https://…)`, backslash
before a literal mark.

At the start of a line, in page templates only:

    # large figure     ## heading     ### smaller heading     - bullet     ~ practice suggestion
    1. numbered     > quotation
    : term | what belongs to it     - [ ] box to tick     !! large line of a callout box
    ! line of a callout box     % evidence label     ^ citation line     @ when | what (timeline)
    = statement, whose bold words are marked
    | cell | cell (table; cells may be empty)     _ 4 (four ruled lines to write on)
    _ - (a dashed line to cut along)
    + words | words (each with room to write beside it; @ after them: a date)

Words that come out of a review reach this module as tokens, not as text, so nothing in them is taken for a
line mark.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from toolkit.late import pattern, replace
from toolkit.plan.model import (
    Block,
    Blocks,
    Bullets,
    Field,
    Fields,
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

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_MARKED = pattern(r"[*_\\\[\n]")
QUIET = "quiet:"  # where a link would lead, of words that are grey
_SAFE = pattern(r"^(https?://|mailto:)", re.I)


# Words without marks, in bold, in brackets, or a link: most of what is marked. Where bold begins and ends at
# a letter, a digit or a token, and so on, CommonMark leaves no doubt.
_PLAIN_PIECES = pattern(
    r"""(?P<words>[^*_\\\[\n\r\0]+|\[[^*_\\\[\]()\n\r\0]*\](?!\())
    |\*\*(?P<bold>(?:[^\W_]|\ufdd0)[^*_\\\[\n\r\0]*
        (?:(?<=[^\W_]|\ufdd1)|(?<=[.,:;?!])(?=\*\*(?:\ |\Z))))\*\*(?!\*)
    |\[(?P<linked>[^*_\\\[\]\n\r\0]+)\]\((?:<(?P<web>https?://[a-z0-9.-]+(?:/[\w/.~-]*)?)>|quiet:)\)""",
    re.VERBOSE | re.ASCII,
)


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt  # it takes longer to load than to read what a briefing says

    return MarkdownIt("zero").enable(["emphasis", "link", "escape"])


@lru_cache(maxsize=4096)
def inline(value: str) -> Spans:
    """The spans of one value. Line breaks become spaces; a link that is not to the web or to mail stays as
    typed.
    """
    if not _MARKED.search(value):
        return (Span(value),) if value else ()
    spans = _plainly(value)
    return _joined(_by_markdown(value) if spans is None else spans)


def _plainly(value: str) -> list[Span] | None:
    """The spans of a value with marks that leave no doubt; None where Markdown has to be read."""
    spans: list[Span] = []
    end = 0
    while end < len(value):
        found = _PLAIN_PIECES.match(value, end)
        if found is None:
            return None
        words, bold, linked, web = found.groups()
        spans.append(
            Span(words or bold or linked, bool(bold), False, web or "", quiet=bool(linked and not web))
        )
        end = found.end()
    return spans


def _by_markdown(value: str) -> list[Span]:
    spans: list[Span] = []
    bold = italic = 0
    link = ""
    for token in _markdown().parseInline(re.sub(r"\s*\n\s*", " ", value))[0].children or []:
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
            if link and link != QUIET and not _SAFE.match(link):
                spans.append(Span(f" ({link})"))
            link = ""
        elif token.content:
            at = link if _SAFE.match(link) else ""
            spans.append(Span(token.content, bold > 0, italic > 0, at, quiet=link == QUIET))
    return spans


def _joined(spans: list[Span]) -> Spans:
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and replace(last, text="") == replace(span, text=""):
            joined[-1] = replace(span, text=last.text + span.text)
        else:
            joined.append(span)
    return tuple(joined)


_ITEM = pattern(r"(?:[-*+•▪◦●–—]|(?P<number>\d{1,2}[.)]))\s+(?P<words>\S.*)")


def paragraphs(value: str) -> list[tuple[str, str]]:
    """The paragraphs of a value, which empty lines part, and the items of its lists, which have a line each:
    the mark of a page template for it (none for a paragraph), and its words.
    """
    found: list[tuple[str, str]] = []
    going_on = False
    for line in value.split("\n") if "\n" in value else [value]:
        if not line.strip():
            going_on = False
        elif item := _ITEM.match(line.strip()):
            found.append(("1. " if item["number"] else "- ", item["words"]))
            going_on = True
        elif going_on:
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}")
        else:
            found.append(("", line.strip()))
            going_on = True
    return found


_LINE = pattern(
    r"(?P<mark>#{1,3}|- \[ \]|!!|[-+~>!=%^@|:]|\d+\.)\s+(?P<rest>.*)|_\s+(?P<lines>[1-9]\d?|-)|(?P<plain>.*)"
)
_BAR = pattern(r"(?:^|(?<=\s))\|(?=\s|$)")  # between two cells
_LISTS: dict[str, ListKind] = {"-": "bullet", "~": "suggestion", "- [ ]": "check"}
_ROLES: dict[str, Role] = {
    "!": "callout",
    "!!": "callout",
    "=": "statement",
    "%": "label",
    "^": "source",
}


def blocks(
    template_text: str,
    spans_of: Callable[[str], Spans] = inline,
    made_of: Callable[[str], Blocks | None] = lambda line: None,
) -> Blocks:
    """The blocks of a template's text.

    `spans_of` turns one line's words into spans (and tokens into content); `made_of` gives the blocks of a
    line that holds no words, such as a drawing.

    Lines without a mark that follow each other make one paragraph; an empty line ends it.
    """
    found: list[Block] = []
    prose: list[str] = []

    def flush() -> None:
        if prose:
            found.append(Paragraph(spans_of(" ".join(prose))))
            prose.clear()

    for line in template_text.splitlines():
        if (made := made_of(line.strip())) is not None:
            flush()
            found += made
            continue
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
            cut = match["lines"] == "-"
            found.append(Lines(1 if cut else int(match["lines"]), cut))
            continue
        mark, rest = match["mark"], match["rest"].strip()
        if mark.startswith("#"):
            found.append(Heading(spans_of(rest), len(mark)))
        elif mark in _LISTS or mark[0].isdigit():
            kind: ListKind = _LISTS.get(mark, "number")
            _grow_list(found, spans_of(rest), kind)
        elif mark == ":":
            term, _, what = rest.partition(" | ")
            bold = tuple(replace(span, bold=True) for span in spans_of(term.strip()))
            _grow_list(found, (*bold, Span("\t"), *spans_of(what.strip())), "term")
        elif mark == "+":
            found.append(Fields(tuple(_field(part.strip(), spans_of) for part in _BAR.split(rest))))
        elif mark == ">":
            found.append(Quotation(spans_of(rest)))
        elif mark == "@":
            when, _, what = rest.partition(" | ")
            _grow_timeline(found, ("".join(s.text for s in spans_of(when)), spans_of(what)))
        elif mark == "|":
            cells = _BAR.split(re.sub(r"(^|\s)\|$", "", rest))
            _grow_table(found, tuple(spans_of(cell.strip()) for cell in cells))
        else:
            found.append(Paragraph(spans_of(rest), _ROLES[mark], mark == "!!"))
    flush()
    return tuple(found)


def _field(words: str, spans_of: Callable[[str], Spans]) -> Field:
    label = words.removesuffix(" @")
    return Field(spans_of(label), label != words)


def _grow_timeline(found: list[Block], event: tuple[str, Spans]) -> None:
    last = found[-1] if found else None
    if isinstance(last, Timeline):
        found[-1] = Timeline((*last.events, event))
    else:
        found.append(Timeline((event,)))


def _grow_table(found: list[Block], cells: tuple[Spans, ...]) -> None:
    last = found[-1] if found else None
    if isinstance(last, Table):
        found[-1] = Table(last.header, (*last.rows, cells))
    else:
        found.append(Table(cells, ()))


def _grow_list(found: list[Block], item: Spans, kind: ListKind) -> None:
    last = found[-1] if found else None
    if isinstance(last, Bullets) and last.kind == kind:
        found[-1] = Bullets((*last.items, item), kind)
    else:
        found.append(Bullets((item,), kind))
