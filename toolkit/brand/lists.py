"""The lists of a Word template: what a style's bullets or numbers are, and one depth for all of a list.

A style names a list and perhaps a depth; where it names none, the list may say which of its levels is the
style's. Programs disagree when the two differ (ECMA-376 part 1, 17.9.23), so that the depth is written down.
"""

from __future__ import annotations

import copy
from typing import Any

from toolkit.office.colour import whole
from toolkit.office.editing import new_element
from toolkit.office.opc import W

NARROWEST = 284  # twentieths of a point from a mark to its words: 0.5 cm
_USUAL = 397  # 0.7 cm
_BULLET = "•"


class Lists:
    """The lists of a numbering part, or of none."""

    def __init__(self, root: Any) -> None:
        self.root = root
        every = root if root is not None else ()
        self._abstract = {a.get(f"{W}abstractNumId"): a for a in every if a.tag == f"{W}abstractNum"}
        self._numbers = {n.get(f"{W}numId"): n for n in every if n.tag == f"{W}num"}
        self._linked = {
            link.get(f"{W}val"): a
            for a in self._abstract.values()
            if (link := a.find(f"{W}styleLink")) is not None
        }

    def level(self, list_number: str, depth: str, style: str) -> Any:
        """The level of a list at a depth, or else at that of a style; None where there is none."""
        number = self._numbers.get(list_number)
        if number is None:
            return None
        abstract = self._abstract.get(_said(number, "abstractNumId"))
        if abstract is not None and (link := abstract.find(f"{W}numStyleLink")) is not None:
            abstract = self._linked.get(link.get(f"{W}val"))
        if abstract is None:
            return None
        levels = {level.get(f"{W}ilvl"): level for level in abstract.iterfind(f"{W}lvl")}
        levels |= {
            over.get(f"{W}ilvl"): level
            for over in number.iterfind(f"{W}lvlOverride")
            if (level := over.find(f"{W}lvl")) is not None
        }
        own = (n for n, level in levels.items() if _said(level, "pStyle") == style)
        return levels.get(depth or next(own, "0"))

    def alone(self, level: Any, style: str, bulleted: bool, deeper: int, width: int) -> str:
        """A new list of one level, a copy of this: its number. A bullet is a bullet and a number a number,
        their words stand clear of them, `deeper` than others, in a text so wide."""
        abstract = new_element(f"{W}abstractNum", **{f"{W}abstractNumId": self._next("abstractNum")})
        abstract.append(new_element(f"{W}multiLevelType", **{f"{W}val": "singleLevel"}))
        own = _of_its_own(level, style, bulleted)
        left, hanging = indents(own, None)
        if not NARROWEST <= hanging <= width // 8:
            hanging = _USUAL
        _indent(own, max(min(left, width // 4), hanging + deeper), hanging)
        abstract.append(own)
        number = new_element(f"{W}num", **{f"{W}numId": self._next("num")})
        number.append(new_element(f"{W}abstractNumId", **{f"{W}val": abstract.get(f"{W}abstractNumId")}))
        at = [n for n, e in enumerate(self.root) if e.tag in (f"{W}num", f"{W}numIdMacAtCleanup")]
        self.root.insert(at[0] if at else len(self.root), abstract)
        at = [n for n, e in enumerate(self.root) if e.tag == f"{W}numIdMacAtCleanup"]
        self.root.insert(at[0] if at else len(self.root), number)
        self._abstract[abstract.get(f"{W}abstractNumId")] = abstract
        self._numbers[number.get(f"{W}numId")] = number
        return str(number.get(f"{W}numId"))

    def abstract_of(self, number: str) -> str:
        """The abstract list of a number."""
        return _said(self._numbers[number], "abstractNumId")

    def _next(self, tag: str) -> str:
        there = self._abstract if tag == "abstractNum" else self._numbers
        return str(1 + max((whole(number) for number in there), default=0))


def is_plain(level: Any, bulleted: bool) -> bool:
    """Whether a level is what a list of a briefing needs: bullets, or numbers of its own depth alone that
    begin at one, with their words clear of them."""
    if level is None:
        return False
    depth, said = whole(level.get(f"{W}ilvl")), _said(level, "lvlText")
    if (_said(level, "numFmt") == "bullet") is not bulleted or level.find(f"{W}lvlPicBulletId") is not None:
        return False
    return bool(said.strip()) if bulleted else depth == 0 and "%1" in said and _said(level, "start") == "1"


def indents(level: Any, style: Any) -> tuple[int, int]:
    """How far from the margin the words of a list stand, and how far before them its marks: what the style
    says, else the level."""
    found = [e.find(f"{W}pPr/{W}ind") for e in (style, level) if e is not None]
    said = [ind for ind in found if ind is not None]
    left = next((whole(ind.get(f"{W}left")) for ind in said if ind.get(f"{W}left")), 0)
    for ind in said:
        if ind.get(f"{W}hanging"):
            return left, whole(ind.get(f"{W}hanging"))
        if ind.get(f"{W}firstLine"):
            return left, -whole(ind.get(f"{W}firstLine"))
    return left, 0


def _of_its_own(level: Any, style: str, bulleted: bool) -> Any:
    own = copy.deepcopy(level) if level is not None else new_element(f"{W}lvl")
    own.set(f"{W}ilvl", "0")
    kind, said = _said(own, "numFmt"), _said(own, "lvlText")
    depth = f"%{1 + whole(level.get(f'{W}ilvl'))}" if level is not None else "%1"
    sound = kind == "bullet" if bulleted else kind not in ("bullet", "none", "")
    pictured = own.find(f"{W}lvlPicBulletId") is not None
    if bulleted and (not sound or not said.strip() or pictured):
        kind, said = "bullet", _BULLET
        _without(own, "rPr")
    elif not bulleted and not sound:
        kind, said = "decimal", "%1."
        _without(own, "rPr")
    elif not bulleted:
        said = said.replace(depth, "%1") if depth in said and said.count("%") == 1 else "%1."
    _without(own, "start", "numFmt", "lvlRestart", "pStyle", "isLgl", "lvlText", "lvlPicBulletId", "legacy")
    _without(own, "lvlJc")
    suffix = own.find(f"{W}suff")
    if suffix is not None:
        own.remove(suffix)
    about = [("start", "1"), ("numFmt", kind), ("pStyle", style), ("lvlText", said), ("lvlJc", "left")]
    own[:0] = [new_element(W + tag, **{f"{W}val": value}) for tag, value in about]
    return own


def _indent(level: Any, left: int, hanging: int) -> None:
    """Words so far from the margin, and a tab stop there, in place of what a level says."""
    about = level.find(f"{W}pPr")
    if about is None:
        about = new_element(f"{W}pPr")
        level.insert(next((n for n, e in enumerate(level) if e.tag == f"{W}rPr"), len(level)), about)
    for child in list(about):
        about.remove(child)
    about.append(new_element(f"{W}ind", **{f"{W}left": str(left), f"{W}hanging": str(hanging)}))


def _without(element: Any, *tags: str) -> None:
    for tag in tags:
        for child in element.findall(W + tag):
            element.remove(child)


def _said(element: Any, tag: str) -> str:
    found = element.find(W + tag) if element is not None else None
    return (found.get(f"{W}val") or "") if found is not None else ""
