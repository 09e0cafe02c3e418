"""A PowerPoint deck as material: its slides and notes in reading order."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from toolkit.intake.material import Link, Material, Notes, What, Words
from toolkit.office.accessible import check_accessible
from toolkit.office.accessible.findings import cut
from toolkit.office.opc import A, P, Package, properties
from toolkit.office.powerpoint import EMU, Deck, Page, Shape
from toolkit.problems import counted

_NO_WORDS = ("dt", "ftr", "sldNum", "hdr", "sldImg")
_DRAWN = ("chart", "diagram")
_NARROWEST = 0.42  # of a letter's size: how wide letters are at least, in a usual font
_LOWEST = 1.15  # of a letter's size: how high lines are at least
_SIZE = 12.0  # points of notes where the file does not say


def deck(path: Path, package: Package) -> Material:
    """A deck. Raises Invalid for parts that cannot be read."""
    about, opened = properties(package), Deck(package)
    words: list[Words] = []
    links: list[Link] = []
    notes: list[Notes] = []
    for page in opened.slides:
        place = f"Slide {page.number}{' (hidden)' if page.hidden else ''}"
        _page(page, place, words, links)
        if (below := page.notes) is not None:
            _page(below, f"{place}, notes", words, links, is_notes=True)
            notes += _room(below, f"{place}, notes")
    remarks = tuple(_passed(package, opened))
    opened.forget()
    title = about.get("title", "") or next((one.text for one in words if one.what == "title"), "")
    barriers = tuple(check_accessible(package))
    language = about.get("language", "")
    return Material(
        path, "deck", title, language, tuple(words), tuple(links), tuple(notes), barriers, remarks=remarks
    )


def _passed(package: Package, opened: Deck) -> Iterator[str]:
    """What is passed over, which a person may want to look at."""
    drawn = [str(page.number) for page in opened.slides if any(s.kind in _DRAWN for s in page.flat())]
    if drawn:
        yield f"not read: words in diagrams and charts, on slide {', '.join(drawn)}"
    comments = sum(
        element.tag.endswith("}cm")
        for page in opened.slides
        for part in package.related(page.part, "comments")
        for element in package.root(part).iter()
    )
    if comments:
        yield f"not read: {counted(comments, 'comment', 'comments')}"
    every = [page for slide in opened.slides for page in (slide, slide.notes) if page is not None]
    feet = [s for page in every for s in page.flat() if s.holder in ("dt", "ftr", "hdr")]
    said = ["".join(map(_said, paragraph)).strip() for shape in feet for paragraph in _paragraphs(shape)]
    if told := list(dict.fromkeys(filter(None, said))):
        yield f"not read: heads and feet of slides: {'; '.join(f'“{cut(one)}”' for one in told[:5])}" + (
            f" and {len(told) - 5} more" if len(told) > 5 else ""
        )


def _page(page: Page, place: str, words: list[Words], links: list[Link], is_notes: bool = False) -> None:
    for shape in page.flat():
        if shape.holder in _NO_WORDS or shape.kind not in ("text", "table"):
            continue
        titled = shape.holder in ("title", "ctrTitle") and not is_notes
        what: What = "notes" if is_notes else "title" if titled else "text"
        for paragraph in _paragraphs(shape):
            what = "cell" if shape.kind == "table" else what
            text = "".join(_said(piece) for piece in paragraph).strip()
            if not text:
                continue
            found: list[tuple[str, str]] = []
            for run in page.read(shape, paragraph)[0]:
                if run.link is None:
                    continue
                if found and found[-1][1] == run.link:
                    found[-1] = (found[-1][0] + run.words, run.link)
                else:
                    found.append((run.words, run.link))
            links += [Link(place, said, address, len(words)) for said, address in found if said.strip()]
            words.append(Words(place, text, what, 1 if titled else 0))


def _paragraphs(shape: Shape) -> Iterator[Any]:
    if shape.kind == "table":
        for cell in shape.element.iter(f"{A}tc"):
            yield from cell.findall(f"{A}txBody/{A}p")
    elif (body := shape.element.find(f"{P}txBody")) is not None:
        yield from body.findall(f"{A}p")


def _said(piece: Any) -> str:
    if piece.tag == f"{A}br":
        return "\n"
    return piece.findtext(f"{A}t") or "" if piece.tag in (f"{A}r", f"{A}fld") else ""


def _room(page: Page, place: str) -> Iterator[Notes]:
    """How much of its box the notes of a page need at least: letters are taken as narrow and lines as low as
    they may be.
    """
    for shape in page.flat():
        if shape.holder != "body" or shape.box is None or shape.box.w <= 0 or shape.box.h <= 0:
            continue
        need, wide = 0.0, shape.box.w / EMU
        for paragraph in _paragraphs(shape):
            runs = [run for run in page.read(shape, paragraph)[0] if run.words.strip()]
            size = min((run.look.size for run in runs), default=_SIZE)
            letters = sum(len(run.words) for run in runs)
            need += size * _LOWEST * max(1, math.ceil(letters * size * _NARROWEST / wide))
        yield Notes(place, need * EMU / shape.box.h)
