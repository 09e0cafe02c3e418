"""Words planted in copies of built files, as people put them there: in text boxes, notes, tables, at the head
and foot of pages, and within sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from random import Random
from typing import Any

import docx
import pptx
from docx.oxml import parse_xml
from pptx.util import Inches

from toolkit.office.prints import words_of

LONG = 6  # words of a run that one more, or another one, leaves known
_BOX = (
    '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict><v:shape style="width:200pt;height:50pt">'
    "<v:textbox><w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
)


class Planter:
    """Plants words, some of which the file has elsewhere, and remembers them."""

    def __init__(self, seed: int, known: Sequence[str]) -> None:
        self._chance, self._known = Random(seed), known
        self.planted: list[str] = []
        self.pick = self._chance.choice

    def sentence(self) -> str:
        """Six words in no order that the file has."""
        made = [self.pick(self._known) if self._chance.random() < 0.6 else self._odd() for _ in range(6)]
        self.planted += made
        return f"{' '.join(made)}."

    def change(self, said: str) -> str:
        """A sentence with one word more, or another word in the place of one."""
        words = said.split(" ")
        at = self._chance.randrange(1, len(words) - 1)
        new = self.pick((self._odd(), self.pick(self._known), "not", "never"))
        if new in words[at - 1 : at + 2] or words_of(words[at]) != [words[at]]:
            new = self._odd()
        self.planted.append(new)
        instead = words_of(words[at]) == [words[at]] and self._chance.random() < 0.5
        return " ".join((*words[:at], new, *words[at + instead :]))

    def _odd(self) -> str:
        return "".join(self.pick("bdfgklmnprst") + self.pick("aeiou") for _ in range(4))


def plant(data: bytes, count: int, seed: int) -> tuple[bytes, list[str]]:
    """A copy of a deck or document with at least so many planted words, and these."""
    return (_in_deck if b"ppt/presentation.xml" in data else _in_document)(data, count, seed)


PLACES: tuple[Callable[[Any], Any], ...] = (
    lambda slide: slide.shapes.add_textbox(0, 0, Inches(4), Inches(1)).text_frame,
    lambda slide: slide.notes_slide.notes_text_frame.add_paragraph(),
    lambda slide: slide.shapes.add_table(2, 2, 0, 0, Inches(4), Inches(2)).table.cell(1, 1),
)


def _in_deck(data: bytes, count: int, seed: int) -> tuple[bytes, list[str]]:
    deck = pptx.Presentation(BytesIO(data))
    slides = list(deck.slides)
    pages = [page for slide in slides for page in (slide, slide.notes_slide)]
    runs = {
        id(page): [run for frame in _frames(page) for p in frame.paragraphs for run in p.runs]
        for page in pages
    }
    planter = Planter(seed, [word for every in runs.values() for run in every for word in words_of(run.text)])
    while len(planter.planted) < count:
        slide = planter.pick(slides)
        planter.pick(PLACES)(slide).text = planter.sentence()
        for page in (slide, slide.notes_slide):
            _change(planter, runs[id(page)])
    return _saved(deck), planter.planted


def _frames(page: Any) -> Iterator[Any]:
    for shape in page.shapes:
        if shape.has_text_frame:
            yield shape.text_frame
        if getattr(shape, "has_table", False):
            yield from (cell.text_frame for row in shape.table.rows for cell in row.cells)


def _in_document(data: bytes, count: int, seed: int) -> tuple[bytes, list[str]]:
    document = docx.Document(BytesIO(data))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    paragraphs = [*document.paragraphs, *(p for cell in cells for p in cell.paragraphs)]
    runs = [run for paragraph in paragraphs for run in paragraph.runs]
    planter = Planter(seed, [word for run in runs for word in words_of(run.text)])
    section = document.sections[0]
    places: tuple[Callable[[str], Any], ...] = (
        lambda said: planter.pick(document.paragraphs).insert_paragraph_before(said),
        lambda said: planter.pick(cells or [section.header]).add_paragraph(said),
        lambda said: section.header.add_paragraph(said),
        lambda said: section.footer.add_paragraph(said),
        lambda said: planter.pick(document.paragraphs)._p.addprevious(parse_xml(_BOX.format(said))),
    )
    while len(planter.planted) < count:
        planter.pick(places)(planter.sentence())
        _change(planter, runs)
    return _saved(document), planter.planted


def _change(planter: Planter, runs: list[Any]) -> None:
    """Change a sentence that nobody has changed yet."""
    fit = [run for run in runs if len(words_of(run.text)) >= LONG and len(run.text.split(" ")) >= LONG]
    if fit:
        run = planter.pick(fit)
        run.text = planter.change(run.text)
        mine = set(run._r.getparent())
        runs[:] = [one for one in runs if one._r not in mine]


def _saved(whole: Any) -> bytes:
    made = BytesIO()
    whole.save(made)
    return made.getvalue()
