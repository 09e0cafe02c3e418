"""Word styles that everybody can read: not too small or pale, no capitals, nothing justified, no
line of a paragraph alone on a page.

Clear print (UK Association for Accessible Formats): at least 12 points, no blocks of capitals, set left.
WCAG 2.2, 1.4.3: contrast of 4.5 : 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from toolkit.brand.geometry import SMALLEST_IN_NOTES
from toolkit.brand.inks import CLEAR
from toolkit.office.colour import Colour, contrast, from_hex, mixed, to_hex
from toolkit.office.word import name_of

WORD_DEFAULT = 10.0  # points, where neither style nor document says a size
_PAPER: Colour = (1.0, 1.0, 1.0)
_BLACK: Colour = (0.0, 0.0, 0.0)
T = TypeVar("T")


def styles_by_name(document: Any, names: dict[str, str]) -> dict[str, Any]:
    """The style objects of a python-docx document for names by role.

    Its own lookup misses names that the file spells unlike Word.
    """
    there: dict[str, Any] = {}
    for style in document.styles:
        there.setdefault(name_of(style.element).casefold(), style)
    return {role: there[name.casefold()] for role, name in names.items()}


def make_legible(document: Any, styles: dict[str, Any]) -> list[str]:
    """Puts the styles of a python-docx document right, and says what was changed, a line for each style."""
    said = []
    # The style of the body first: most others are based on it.
    for name, style in {
        styles[role].name: styles[role] for role in sorted(styles, key=lambda role: role != "body")
    }.items():
        if (
            style.type is not None
            and style.type.name in ("PARAGRAPH", "CHARACTER")
            and (changes := list(_changed(document, style)))
        ):
            said.append(f"the style {name}: {', '.join(changes)}")
    return said


def _changed(document: Any, style: Any) -> Iterator[str]:
    chain = list(based_on(style))
    of_text = style.type.name == "PARAGRAPH"
    size = _first(s.font.size.pt if s.font.size is not None else None for s in chain)
    if size is None and of_text:
        size = _default_size(document)
    if size is not None and size < SMALLEST_IN_NOTES:
        style.font.size = Pt(SMALLEST_IN_NOTES)
        yield f"{size:g} points raised to {SMALLEST_IN_NOTES:g}"
    for capitals in ("all_caps", "small_caps"):
        if _first(getattr(s.font, capitals) for s in chain):
            setattr(style.font, capitals, False)
            yield "capitals taken off"
    if of_text and _first(s.paragraph_format.alignment for s in chain) in (
        WD_ALIGN_PARAGRAPH.JUSTIFY,
        WD_ALIGN_PARAGRAPH.DISTRIBUTE,
    ):
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
        yield "set left instead of justified"
    kept = _first(s.paragraph_format.widow_control for s in chain) if of_text else True
    if kept is False or (kept is None and _lets_widows(document)):
        style.paragraph_format.widow_control = True
        yield "no line of a paragraph alone on a page"
    written = _first(_written(s) for s in chain)
    ground = from_hex(_first(_ground(s) for s in chain) or "") or _PAPER
    ink = from_hex(written) if written else None
    if ink is not None and contrast(ink, ground) < CLEAR:
        clear = _clear(ink, ground)
        style.font.color.rgb = RGBColor.from_string(to_hex(clear)[1:])
        yield f"the colour #{written} made clearer: {to_hex(clear)}"


def based_on(style: Any) -> Iterator[Any]:
    """A style and those it is based on; a circle in a faulty file ends."""
    seen: set[str] = set()
    while style is not None and style.style_id not in seen:
        seen.add(style.style_id)
        yield style
        style = style.base_style


def _first(values: Iterable[T | None]) -> T | None:
    return next((v for v in values if v is not None), None)


def _default_size(document: Any) -> float:
    sizes = document.styles.element.findall(
        f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:sz')}"
    )
    return float(int(sizes[0].get(qn("w:val"))) / 2) if sizes else WORD_DEFAULT


def _lets_widows(document: Any) -> bool:
    """Whether paragraphs may leave one line alone on a page where no style says anything."""
    told = document.styles.element.find(
        f"{qn('w:docDefaults')}/{qn('w:pPrDefault')}/{qn('w:pPr')}/{qn('w:widowControl')}"
    )
    return told is not None and told.get(qn("w:val")) in ("0", "false", "off")


def _written(style: Any) -> str | None:
    """The colour that a style writes its words in; "" for automatic, None when it says nothing."""
    colour = style.element.find(f"{qn('w:rPr')}/{qn('w:color')}")
    return None if colour is None else "" if colour.get(qn("w:val")) == "auto" else colour.get(qn("w:val"))


def _ground(style: Any) -> str | None:
    shading = style.element.find(f"{qn('w:pPr')}/{qn('w:shd')}")
    return shading.get(qn("w:fill")) if shading is not None else None


def _clear(ink: Colour, ground: Colour) -> Colour:
    """The ink, as much darker or lighter as it must be."""
    end = max((_BLACK, _PAPER), key=lambda c: contrast(c, ground))
    return next(
        (c for share in range(19, 0, -1) if contrast(c := mixed(ink, end, share / 20), ground) >= CLEAR), end
    )
