"""Word styles that everybody can read: not too small or pale, no capitals or spread letters, nothing hidden
or justified, lines that do not run into each other, no heading that begins a page.

Clear print (UK Association for Accessible Formats): at least 12 points, no blocks of capitals, set left.
WCAG 2.2, 1.4.3: contrast of 4.5 : 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from toolkit.brand.geometry import SMALLEST_IN_NOTES
from toolkit.brand.inks import CLEAR
from toolkit.brand.mended import in_order
from toolkit.brand.wordstyles import based_on, styles_by_id, value_of
from toolkit.office.colour import ON, Colour, contrast, from_hex, mixed, to_hex, whole
from toolkit.office.editing import new_element
from toolkit.office.opc import W
from toolkit.office.word import name_of

WORD_DEFAULT = 10.0  # points, where neither style nor document says a size
LARGEST = {"title": 40.0, "heading-1": 32.0, "heading-2": 28.0, "heading-3": 24.0}  # points; others are text
_LARGEST_TEXT = 20.0
_MOST_ROOM = 720  # twentieths of a point above or below a paragraph: 36 points
_MOST_INDENT = 720  # twentieths of a point, of what is no running text: 1.3 cm
_TIGHTEST = 216  # of 240: lines nearer than nine tenths run into each other
_TOLD_APART = 1.2  # times its text is what a heading that is not bold must be
_LINE = 1.15  # of its size is what a line needs
_FOR_ANOTHER = 1.3  # to one: nobody chose that colour for this ground
_PAPER: Colour = (1.0, 1.0, 1.0)
_BLACK: Colour = (0.0, 0.0, 0.0)
# What a style may say that would harm a reader: the elements of runs and of paragraphs, and what is said.
_OF_RUNS = {
    **dict.fromkeys(("caps", "smallCaps"), "capitals taken off"),
    **dict.fromkeys(("vanish", "webHidden", "specVanish"), "no longer hidden"),
    **dict.fromkeys(("outline", "shadow", "emboss", "imprint"), "plain letters"),
    **dict.fromkeys(("strike", "dstrike"), "no longer struck through"),
    "rtl": "",
}
_OF_PARAGRAPHS = {
    "pageBreakBefore": "does not begin a page",
    "bidi": "set left to right",
    "mirrorIndents": "",
    "suppressLineNumbers": "",
}
_REMOVED = {
    "effect": "plain letters",
    "highlight": "the highlight taken off",
    "fitText": "",
    "framePr": "in the line of the text",
    "textDirection": "",
    "textboxTightWrap": "",
}
_LISTS = ("bullet", "bullet-2", "number", "suggestion")
_RUNNING_TEXT = ("body", "bullet", "bullet-2", "number", "callout", "suggestion", "table-text")


def make_legible(root: Any, styles: dict[str, Any]) -> list[str]:
    """Puts the styles of these roles in a part right, and says what was changed, a line for each style."""
    by_id = styles_by_id(root)
    roles: dict[str, list[str]] = {}  # by the id of a style
    # The style of the body first: most others are based on it. Then the headings, the smallest first.
    for role in sorted(styles, key=lambda role: _FIRST.index(role) if role in _FIRST else len(_FIRST)):
        roles.setdefault(styles[role].get(f"{W}styleId"), []).append(role)
    said = []
    text = least = SMALLEST_IN_NOTES  # the size of the body, and of the heading below: no heading is smaller
    for number, plays in roles.items():
        style = by_id[number]
        if style.get(f"{W}type") in ("paragraph", "character", None):
            one = _Style(root, by_id, style, plays)
            changes = [change for change in one.mended(text, least) if change]
            if "body" in plays:
                text = least = one.size() or text
            elif any(role in _FIRST for role in plays):
                least = one.size() or least
            if changes:
                said.append(f"the style {name_of(style)}: {', '.join(dict.fromkeys(changes))}")
    return said


_FIRST = ("body", "heading-3", "heading-2", "heading-1", "title")


class _Style:
    """A style with those it is based on and what the document says for all."""

    def __init__(self, root: Any, by_id: dict[str, Any], style: Any, roles: list[str]) -> None:
        self._style, self._roles = style, roles
        self._of_text = style.get(f"{W}type") != "character"
        self._chain = list(based_on(style, by_id))
        self._defaults = root.find(f"{W}docDefaults")

    def mended(self, text: float, least: float) -> Iterator[str]:
        """Mends it, and says how; `text` is the size of the body, `least` that of the heading below."""
        old = wanted = self.size()
        heads = any(role in LARGEST for role in self._roles)
        if old is not None:
            wanted = min(max(old, least if heads else SMALLEST_IN_NOTES), self._largest())
        if wanted is not None and old is not None and wanted != old:
            for tag in ("sz", "szCs"):
                self._run(tag).set(f"{W}val", str(round(wanted * 2)))
            done = "raised" if wanted > old else "brought down"
            yield f"{old:g} points {done} to {wanted:g}"
        if (
            heads
            and wanted is not None
            and wanted < text * _TOLD_APART
            and not _is_on(self._first("rPr", "b"))
        ):
            self._run("b").attrib.pop(f"{W}val", None)
            yield "bold, since it is hardly larger than the text"
        for tag, change in _OF_RUNS.items():
            if _is_on(self._first("rPr", tag)):
                self._run(tag).set(f"{W}val", "0")
                yield change
        if whole(value_of(self._first("rPr", "spacing"))) > 0:
            self._run("spacing").set(f"{W}val", "0")
            yield "letters no longer spread out"
        if whole(value_of(self._first("rPr", "w")), 100) != 100:
            self._run("w").set(f"{W}val", "100")
            yield "letters as wide as they are made"
        yield from self._effects()
        if self._of_text:
            yield from self._paragraph_mended(old or WORD_DEFAULT, wanted or WORD_DEFAULT)
        yield from self._colour()

    def _largest(self) -> float:
        return max(LARGEST.get(role, _LARGEST_TEXT) for role in self._roles)

    def size(self) -> float | None:
        """Its size in points; None where it says none and takes that of the words that it is set in."""
        said = self._first("rPr", "sz", defaults=self._of_text)
        if said is not None:
            return whole(value_of(said), round(WORD_DEFAULT * 2)) / 2
        return WORD_DEFAULT if self._of_text else None

    def _effects(self) -> Iterator[str]:
        """Takes off letters that are drawn as pictures, and what else has no value that says no."""
        for above in self._chain:
            for kind in ("rPr", "pPr"):
                about = above.find(W + kind)
                for element in list(about) if about is not None else ():
                    space, _, tag = element.tag.rpartition("}")
                    if space + "}" == W and tag in _REMOVED:
                        about.remove(element)
                        yield _REMOVED[tag]
                    elif space.endswith("/word/2010/wordml") and tag not in ("ligatures", "numForm"):
                        about.remove(element)
                        yield "plain letters"

    def _paragraph_mended(self, old: float, size: float) -> Iterator[str]:
        running = any(role in _RUNNING_TEXT for role in self._roles)
        for tag, change in _OF_PARAGRAPHS.items():
            if _is_on(self._first("pPr", tag, defaults=True)):
                self._paragraph(tag).set(f"{W}val", "0")
                yield change
        side = value_of(self._first("pPr", "jc", defaults=True))
        if side in ("both", "distribute") or (running and side in ("center", "right")):
            self._paragraph("jc").set(f"{W}val", "left")
            yield "set left instead of " + {"center": "in the middle", "right": "right"}.get(
                side, "justified"
            )
        if running and _is_on(self._first("pPr", "keepNext", defaults=True)):
            self._paragraph("keepNext").set(f"{W}val", "0")
            yield "does not cling to the next paragraph"
        if _is_off(self._first("pPr", "widowControl", defaults=True)):
            self._paragraph("widowControl").attrib.pop(f"{W}val", None)
            yield "no line of a paragraph alone on a page"
        yield from self._lines(old, size)
        yield from self._indents()
        yield from self._level()
        if not any(role in _LISTS for role in self._roles):
            number = self._first("pPr", "numPr")
            if number is not None and value_of(number.find(f"{W}numId")) not in ("", "0"):
                number = self._paragraph("numPr")
                for child in list(number):
                    number.remove(child)
                number.append(new_element(f"{W}numId", **{f"{W}val": "0"}))
                yield "not numbered"

    def _lines(self, old: float, size: float) -> Iterator[str]:
        """Lines as far apart as their size needs: an exact distance grows with it, and may grow further."""
        line, rule = self._spaced("line"), self._spaced("lineRule") or "auto"
        if line and rule == "exact":
            least = max(round(whole(line) * size / old), round(size * _LINE * 20))
            spacing = self._paragraph("spacing")
            spacing.set(f"{W}line", str(least))
            spacing.set(f"{W}lineRule", "atLeast")
            yield f"lines at least {least / 20:g} points apart instead of exactly {whole(line) / 20:g}"
        elif line and rule == "auto" and whole(line, 240) < _TIGHTEST:
            self._paragraph("spacing").set(f"{W}line", "240")
            yield "lines no longer run into each other"
        for side in ("before", "after"):
            if whole(self._spaced(side)) > _MOST_ROOM:
                self._paragraph("spacing").set(W + side, str(_MOST_ROOM))
                yield f"less room {'above' if side == 'before' else 'below'} it"

    def _indents(self) -> Iterator[str]:
        """Text begins where tables, lists and boxes begin, and inside cells at their edge; other words a
        little in or out of it at the most."""
        if any(role in (*_LISTS, "callout", "quotation") for role in self._roles):
            return
        most = (
            0
            if any(role in ("body", "table-text", "table-heading") for role in self._roles)
            else _MOST_INDENT
        )
        every = [above.find(f"{W}pPr/{W}ind") for above in self._chain]
        if self._defaults is not None:
            every.append(self._defaults.find(f"{W}pPrDefault/{W}pPr/{W}ind"))
        said = [ind for ind in every if ind is not None]
        found = [
            next((whole(ind.get(W + side)) for ind in said if ind.get(W + side)), 0)
            for side in ("left", "right", "hanging", "firstLine")
        ]
        if max(map(abs, found)) > most:
            own = self._paragraph("ind")
            own.attrib.clear()
            for side in ("left", "right", "firstLine"):
                own.set(W + side, "0")
            yield "begins at the margin"

    def _level(self) -> Iterator[str]:
        """A heading is in the list of headings at its own level, and nothing else is there."""
        headings = [role for role in self._roles if role.startswith("heading-")]
        said = self._first("pPr", "outlineLvl")
        found = whole(value_of(said), 9) if said is not None else 9
        wanted = int(headings[0][-1]) - 1 if headings else 9
        if found != wanted:
            self._paragraph("outlineLvl").set(f"{W}val", str(wanted))
            yield f"a heading of level {wanted + 1}" if headings else "no heading"

    def _colour(self) -> Iterator[str]:
        colour = self._first("rPr", "color")
        written = value_of(colour) if colour is not None else ""
        ground = from_hex(self._ground()) or _PAPER
        ink = from_hex(written) if written not in ("", "auto") else None
        if ink is not None and contrast(ink, ground) < CLEAR:
            clear = _clear(ink, ground)
            own = self._run("color")
            own.attrib.clear()
            own.set(f"{W}val", to_hex(clear)[1:])
            yield f"the colour #{written} made clearer: {to_hex(clear)}"

    def _ground(self) -> str:
        for kind in ("rPr", "pPr"):
            shading = self._first(kind, "shd")
            if shading is not None and shading.get(f"{W}fill") not in (None, "auto"):
                return str(shading.get(f"{W}fill"))
        return ""

    # -- what is said, and where it is said anew

    def _first(self, kind: str, tag: str, defaults: bool = False) -> Any:
        """The first that says something, of the style and those that it is based on."""
        for above in self._chain:
            found = above.find(f"{W}{kind}/{W}{tag}")
            if found is not None:
                return found
        if not defaults or self._defaults is None:
            return None
        return self._defaults.find(f"{W}{kind}Default/{W}{kind}/{W}{tag}")

    def _spaced(self, name: str) -> str:
        """What is said of the room round a paragraph or between its lines: each attribute by itself."""
        every = [above.find(f"{W}pPr/{W}spacing") for above in self._chain]
        if self._defaults is not None:
            every.append(self._defaults.find(f"{W}pPrDefault/{W}pPr/{W}spacing"))
        return next((e.get(W + name) for e in every if e is not None and e.get(W + name)), "")

    def _run(self, tag: str) -> Any:
        return put(self._about("rPr"), tag)

    def _paragraph(self, tag: str) -> Any:
        return put(self._about("pPr"), tag)

    def _about(self, kind: str) -> Any:
        return put(self._style, kind)


def put(parent: Any, tag: str) -> Any:
    """A child of an element of a style; one that was not there has its place in the order of the schema."""
    found = parent.find(W + tag)
    if found is None:
        found = new_element(W + tag)
        in_order(parent, found)
    return found


def _is_on(element: Any) -> bool:
    return element is not None and element.get(f"{W}val") in (None, *ON)


def _is_off(element: Any) -> bool:
    return element is not None and not _is_on(element)


def _clear(ink: Colour, ground: Colour) -> Colour:
    """The ink, as much darker or lighter as it must be; the plainest where it was meant for another
    ground."""
    end = max((_BLACK, _PAPER), key=lambda c: contrast(c, ground))
    if contrast(ink, ground) < _FOR_ANOTHER:
        return end
    return next(
        (c for share in range(19, 0, -1) if contrast(c := mixed(ink, end, share / 20), ground) >= CLEAR), end
    )
