"""A finding, and the rules that slides and documents have in common."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal

from toolkit.late import dataclass, pattern, replace
from toolkit.office.colour import Colour, RunLook, contrast, to_hex

SMALLEST_IN_PRINT = 12.0  # points; clear print. Notes pages and documents are printed
LONGEST_ALT = 250  # characters; Microsoft's advice is one or two sentences
CONTRAST = "Hard-to-read text contrast"
CAPITALS = 4  # words in a row; a heading of two capitals is an abbreviation

_VAGUE = (
    "here|click|click here|click this|click this link|link|this link|this|this page|page|this site|website"
)
_VAGUE += "|web page|site|url|address|go|more|read more|learn more|see more|find out more|more info|info"
_VAGUE += (
    "|more information|information|details|further details|download|view|open|document|report|continue|pdf"
)
_FILE = pattern(r"\.(png|jpe?g|gif|svg|bmp|tiff?|emf|wmf|webp|heic|mp4|wav)\b", re.I)
_EMPTY_ALT = pattern(
    r"(an? )?(image|picture|photo(graph)?|graphic|chart|graph|diagram|figure|img|logo|icon|screenshot|object"
    r"|shape|group|table|slide)?[\s_-]*\d*\.?",
    re.I,
)
_EMPTY_TITLE = pattern(
    r"(powerpoint presentation|presentation\d*|document\d*|word document|untitled.*|title"
    r"|microsoft (word|powerpoint).*|new document|default|slide 1)",
    re.I,
)
TYPED_MARK = pattern(r"[-–—*•·▪◦○●‣➢]\s+\S")
TYPED_NUMBER = pattern(r"\(?(\d{1,2}|[a-z])[.)]\s+\S")
_COLOUR = "red|green|amber|yellow|blue|orange|purple|pink|grey|gray|coloured|colored"
_THINGS = "words|text|items|rows|cells|boxes|box"
# What all of these have in common, which is quickly looked for: hardly a paragraph has it.
_COLOURS = pattern(rf"(?:in|the) (?:{_COLOUR})")
_COLOUR_WORDS = pattern(
    rf"\b((shown|marked|highlighted|written|printed|shaded|those|{_THINGS})( are)? in (the )?({_COLOUR})"
    rf"|the ({_COLOUR}) ({_THINGS}))\b",
    re.I,
)


@dataclass(frozen=True)
class Finding:
    """Something that shuts a reader out: `rule` as Office's pane calls it (or we, for what Office does not
    see), `where`, and what to do.

    An error keeps somebody from the content, a warning makes it hard, a tip would make it easier.
    """

    level: Literal["error", "warning", "tip"]
    rule: str
    where: str
    message: str
    hint: str


def missing_title(about: dict[str, str]) -> Iterator[Finding]:
    """Whether the properties name the file as a reader would (WCAG 2.4.2); Office does not look."""
    title = about.get("title", "").strip()
    hint = "in File, Info, Properties write a title that says what it is about; "
    hint += "screen readers and browser tabs show it"
    if not title:
        yield Finding("error", "Missing document title", "Properties", "the file has no title", hint)
    elif _EMPTY_TITLE.fullmatch(title):
        yield Finding(
            "error", "Missing document title", "Properties", f"the title “{title}” says nothing", hint
        )


def poor_alternative(text: str, marked: bool, what: str, where: str) -> Iterator[Finding]:
    """Whether a picture or object has words that stand for it."""
    hint = "right-click it, choose View Alt Text, and write what it tells in a sentence, "
    hint += "or tick Mark as decorative"
    if marked and not text:
        return
    if marked:
        yield Finding(
            "tip",
            "Alternative text quality",
            where,
            f"the {what} is marked as decorative and still has an alternative text",
            "keep one of the two",
        )
    elif not text:
        yield Finding("error", "Missing alt text", where, f"the {what} has no alternative text", hint)
    elif _FILE.search(text) and " " not in _FILE.sub("", text).strip():
        yield Finding(
            "error", "Missing alt text", where, f"the alternative text is a file name ({cut(text)})", hint
        )
    elif "generated" in text.casefold() and "description" in text.casefold():
        yield Finding(
            "warning",
            "Review auto-generated description",
            where,
            f"nobody has looked at this alternative text yet ({cut(text)})",
            hint,
        )
    elif _EMPTY_ALT.fullmatch(text) or text.casefold() in (
        "alt text",
        "todo",
        "tbc",
        "tbd",
        "placeholder",
        "alternative text",
    ):
        yield Finding(
            "warning", "Alternative text quality", where, f"the alternative text “{text}” says nothing", hint
        )
    elif len(text) > LONGEST_ALT:
        yield Finding(
            "warning",
            "Alternative text quality",
            where,
            f"the alternative text has {len(text)} characters; a listener cannot stop or go back in it",
            f"keep it under {LONGEST_ALT} and put the rest into the text",
        )


def poor_links(links: list[tuple[str, str, str]]) -> Iterator[Finding]:
    """Links, each a place, its words and its address: do the words alone say where it goes?"""
    hint = "write what the reader finds there, such as the name of the report; "
    hint += "a list of links is read without the words around it"
    for where, text, address in links:
        words = " ".join(text.split()).strip(".!>»:( )")
        if not words:
            yield Finding("warning", "Link text", where, f"a link to {cut(address)} has no words", hint)
        elif re.fullmatch(_VAGUE, words.casefold()):
            yield Finding(
                "warning", "Link text", where, f"the link “{words}” does not say where it goes", hint
            )
        elif re.fullmatch(r"(https?://|www\.)\S{20,}", words, re.I):
            yield Finding(
                "warning",
                "Link text",
                where,
                f"the link is a bare address ({cut(words)}), which is read out letter by letter",
                hint,
            )
    goes: dict[str, dict[str, str]] = {}
    for where, text, address in links:
        if (words := " ".join(text.split())) and address:
            goes.setdefault(words, {}).setdefault(address, where)
    for words, places in goes.items():
        if len(places) > 1:
            message = f"{len(places)} links of the same words “{cut(words)}” go to different places"
            yield Finding(
                "tip",
                "Link text",
                next(iter(places.values())),
                message,
                "give each its own words, for readers who go from link to link",
            )


def poor_contrast(where: str, pairs: Iterable[tuple[Colour, Colour, bool]]) -> Iterator[Finding]:
    """Colours of words and of what is behind them, and whether they are large: 4.5 to 1, or 3 to 1 (WCAG
    1.4.3)."""
    for front, back, large in pairs:
        need, ratio = 3.0 if large else 4.5, _ratio(front, back)
        if ratio < need:
            message = f"{to_hex(front)} on {to_hex(back)} has a contrast of {int(ratio * 10) / 10:g} to 1"
            message += f"; it needs {need:g} to 1"
            yield Finding(
                "warning",
                CONTRAST,
                where,
                message,
                "make the words darker or the background lighter, or the other way round",
            )


def together(findings: list[Finding]) -> Iterator[Finding]:
    """The findings, those of contrast once for each pair of colours: a footer's grey is one thing to
    change, not one for each slide."""
    places: dict[str, list[str]] = {}
    for finding in findings:
        if finding.rule == CONTRAST:
            places.setdefault(finding.message, []).append(finding.where)
    for finding in findings:
        if finding.rule != CONTRAST:
            yield finding
        elif finding.message in places:
            yield replace(finding, where=and_more(places.pop(finding.message)))


@lru_cache(4096)
def _ratio(front: Colour, back: Colour) -> float:
    return contrast(front, back)


def is_large(look: RunLook) -> bool:
    """Large text as WCAG 2.2 means it, for which 3 to 1 is enough."""
    return look.size >= 18 or (look.bold and look.size >= 14)


_BRACKETS = pattern(r"\s*\([^()]+\)\s*")


def colour_alone(where: str, runs: list[tuple[str, RunLook, bool]]) -> Iterator[Finding]:
    """Words picked out of a paragraph by nothing but their colour. The flag says that something else marks
    a run: italic, a line, a link; so do brackets round it."""
    if len(runs) < 2:
        return
    plain = [
        (text, look)
        for text, look, marked in runs
        if text.strip() and not marked and not _BRACKETS.fullmatch(text) and look.colour is not None
    ]
    if len({look.colour for _, look in plain}) < 2 or len({look.bold for _, look in plain}) > 1:
        return
    letters: Counter[Colour | None] = Counter()
    for text, look in plain:
        letters[look.colour] += len(text)
    main = letters.most_common(1)[0][0]
    for text, look in plain:
        if look.colour != main and re.search(r"\w", text):
            message = f"“{cut(text.strip())}” differs from the words around it in colour alone"
            yield Finding(
                "warning",
                "Use of colour alone",
                where,
                message,
                "make it bold too, or say in words what the colour means",
            )
            return


def poor_words(where: str, text: str) -> Iterable[Finding]:
    """A paragraph that speaks of colours (WCAG 1.4.1), or is typed in capitals."""
    return _poor_words(where, text) if _suspicious(text) else ()


@lru_cache(4096)
def _suspicious(text: str) -> bool:
    """Whether there may be something; most paragraphs are asked about again and again."""
    return text == text.upper() or _COLOURS.search(text.lower()) is not None


def _poor_words(where: str, text: str) -> Iterator[Finding]:
    if _COLOURS.search(text.lower()) and (match := _COLOUR_WORDS.search(text)):
        yield Finding(
            "tip",
            "Use of colour alone",
            where,
            f"“{match[0]}” asks the reader to see a colour",
            "name the thing as well as its colour",
        )
    if _shouted(text):
        yield capitals(where, text)


def _shouted(text: str) -> bool:
    if text != text.upper():
        return False
    words = [w for w in re.findall(r"[^\W\d_]+", text) if len(w) > 1]
    return len(words) >= CAPITALS and any(len(w) > 4 for w in words)


def capitals(where: str, text: str) -> Finding:
    """Words in capitals, typed or by their font (clear print)."""
    return Finding(
        "warning",
        "All capitals",
        where,
        f"“{cut(text)}” is in capitals, which have no shape to read by",
        "write it as a sentence and make it bold",
    )


def mixed_languages(languages: Counter[str], about: dict[str, str], deck: bool) -> Iterator[Finding]:
    """The language that the file says it is in, and letters marked as another kind of the same language
    (WCAG 3.1.1)."""
    stated = about.get("language", "").strip()
    if stated and not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", stated):
        yield Finding(
            "warning",
            "Document language",
            "Properties",
            f"the language “{stated}” is no language code",
            "write a code such as en-GB",
        )
        stated = ""
    if deck and not stated:
        yield Finding(
            "tip",
            "Document language",
            "Properties",
            "the file does not say its language",
            "in File, Info, Properties, Advanced write the language, such as en-GB",
        )
    most = stated or next((tag for tag, _ in languages.most_common(1)), "")
    for tag, letters in sorted(languages.items()):
        if (
            tag
            and most
            and tag.casefold() != most.casefold()
            and tag.split("-")[0].casefold() == most.split("-")[0].casefold()
        ):
            message = f"{letters:,} letters are marked as {tag}, the rest as {most}"
            yield Finding(
                "tip",
                "Language of the text",
                "The whole file",
                message,
                f"select all, Review, Language, Set Proofing Language: {most}",
            )


def no_language(where: str) -> Finding:
    """Text that does not say its language (WCAG 3.1.2)."""
    return Finding(
        "warning",
        "Language of the text",
        where,
        "the text does not say its language, so that a screen reader may read it with the wrong voice",
        "select it, Review, Language, Set Proofing Language",
    )


def poor_table(where: str, cells: list[list[str]], merged: int, header: bool, menu: str) -> Iterator[Finding]:
    """A table: its header, its shape, and what stands empty."""
    if not header:
        message = "the table has no header row, so that a listener does not learn what a cell is about"
        yield Finding(
            "error",
            "No header row specified",
            where,
            message,
            f"{menu} tick Header Row" if menu else "select the first row, Layout, Repeat Header Rows",
        )
    if merged:
        counted = "1 merged or split cell" if merged == 1 else f"{merged} merged or split cells"
        yield Finding(
            "warning",
            "Use of merged or split cells",
            where,
            f"the table has {counted}; a screen reader loses count",
            "make it a simple grid, or two tables",
        )
    rows = [n for n, row in enumerate(cells, 1) if row and not any(row)]
    wide = max((len(row) for row in cells), default=0)
    columns = [n + 1 for n in range(wide) if not any(row[n] for row in cells if n < len(row))]
    for word, numbers in (("row", rows), ("column", columns)):
        if numbers and len(numbers) < (len(cells) if word == "row" else wide):
            message = f"{word} {', '.join(str(n) for n in numbers)} of the table is empty"
            yield Finding(
                "warning",
                "Blank table rows or columns",
                where,
                message,
                f"delete the {word}; for space, use the cell margins or the spacing of the paragraphs",
            )
    if header and cells and any(not cell for cell in cells[0][1:]) and not merged and 1 not in rows:
        yield Finding(
            "warning",
            "No header row specified",
            where,
            "a heading of the table is empty",
            "say in a word what the column holds",
        )


def cut(text: str, length: int = 50) -> str:
    """The start of a text on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1].rstrip() + "…"


def and_more(places: list[str]) -> str:
    """The first of several places, and how many more there are."""
    return places[0] + (
        f" and {len(places) - 1} more place{'s' if len(places) > 2 else ''}" if len(places) > 1 else ""
    )


def listed(numbers: list[int], word: str) -> str:
    """Slides 1, 2 and 5 in words."""
    numbers = sorted(set(numbers))
    shown = [str(n) for n in numbers[:8]] + ([f"{len(numbers) - 8} more"] if len(numbers) > 8 else [])
    return f"{word} {shown[0]}" if len(shown) == 1 else f"{word}s {', '.join(shown[:-1])} and {shown[-1]}"
