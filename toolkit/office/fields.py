"""The fields of a Word text: what each is called and asks for, however many pieces it is written in.

A field stands between marks in the order of the text, or whole in one element (ECMA-376 part 1, 17.16). Its
instruction may be cut into runs anywhere and hold other fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from toolkit.late import pattern
from toolkit.office.opc import W

INSIDE = "\ufffc"  # stands where another field is part of an instruction
# What counts pages, tells the day, repeats a heading or decides between words: all that a letterhead needs.
_GOOD = frozenset(("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "DATE", "TIME", "STYLEREF", "TITLE"))
_GOOD |= {"SEQ", "SYMBOL", "IF", "="}
# What goes no further than the document itself, or asks for what its own writer typed.
_QUIET = pattern(
    "TOC|TC|TOA|TA|REF|PAGEREF|NOTEREF|FTNREF|INDEX|XE|BIBLIOGRAPHY|CITATION|QUOTE|DOCPROPERTY|SUBJECT|KEYWORDS"
    "|COMMENTS|CREATEDATE|SAVEDATE|PRINTDATE|EDITTIME|NUMWORDS|NUMCHARS|REVNUM|LISTNUM|AUTONUM|AUTONUMLGL"
    "|AUTONUMOUT|EQ|ADVANCE|FORMTEXT|FORMCHECKBOX|FORMDROPDOWN|MERGEFIELD|NEXT|COMPARE|BIDIOUTLINE"
)
_NAME = pattern(r"\s*(=|[A-Za-z]+(?![A-Za-z0-9_\ufffc]))")
_TARGET = pattern(r'\s*HYPERLINK\s+(?:"([^"]*)"|([^\s\\"][^\s"]*))?', re.I)
_LOCAL = pattern(r'\\l\s+"?([^"\s]+)', re.I)
_SAFE = pattern(r"(?i)(https?://[^\x00-\x1f\\]+|mailto:[^\x00-\x1f]+|tel:[^\x00-\x1f]+)")
_RUN, _SIMPLE, _MARK, _WORDS = f"{W}r", f"{W}fldSimple", f"{W}fldChar", f"{W}t"
_CODES = (f"{W}instrText", f"{W}delInstrText")


class Field(NamedTuple):
    """A field: its name in capitals (nothing where it cannot be told), its instruction, and the places in
    `Story.pieces` of its begin, of the mark before its result (or its end), and of its end. A field in one
    element has that element, and places of -1."""

    name: str
    said: str
    begin: int = -1
    middle: int = -1
    end: int = -1
    element: Any = None

    @property
    def good(self) -> bool:
        """Whether it does no more than any letterhead needs."""
        if self.name == "HYPERLINK":
            return INSIDE not in self.said and (not self.target or is_safe(self.target))
        return self.name in _GOOD

    @property
    def quiet(self) -> bool:
        """Whether it runs, fetches and opens nothing, and says nothing of whoever opens the file."""
        return self.good or _QUIET.fullmatch(self.name) is not None

    @property
    def target(self) -> str:
        """Where a HYPERLINK leads outside the document; nothing for another field or a place inside."""
        found = _TARGET.match(self.said) if self.name == "HYPERLINK" else None
        return (found[1] or found[2] or "").strip() if found else ""

    @property
    def address(self) -> str:
        """Where a HYPERLINK leads, a place inside the document as #place; nothing for another field."""
        inside = _LOCAL.search(self.said) if self.name == "HYPERLINK" else None
        return self.target + (f"#{inside[1]}" if inside else "")


class Story(NamedTuple):
    """All that stands in the runs of a text, in its order, and its fields, those inside others first."""

    pieces: list[Any]
    fields: list[Field]

    def links(self) -> Iterator[tuple[str, str]]:
        """The words and the address of each field that is a link."""
        for field in self.fields:
            if field.address:
                held = self.pieces[field.middle : field.end] if field.element is None else [field.element]
                yield "".join(t.text or "" for piece in held for t in piece.iter(_WORDS)), field.address


def is_safe(address: str) -> bool:
    """Whether a link leads to the web, to somebody's mail or to a telephone, and nowhere else."""
    return _SAFE.fullmatch(address) is not None


def story(root: Any) -> Story:
    """The fields of a body, header, footer or note; one without an end goes on to the last piece."""
    return told(root.iter(_RUN, _SIMPLE) if hasattr(root, "nsmap") else _runs(root))


def told(runs: Iterable[Any]) -> Story:
    """The fields of some runs and simple fields, in the order of the text."""
    pieces: list[Any] = []
    found: list[Field] = []
    waiting: list[tuple[int, int, list[str]]] = []  # begin, the mark before the result or -1, instruction
    for run in runs:
        if run.tag != _RUN:
            found.append(named(run.get(f"{W}instr") or "", element=run))
            continue
        for piece in run:
            at = len(pieces)
            pieces.append(piece)
            kind = piece.get(f"{W}fldCharType") if piece.tag == _MARK else ""
            if kind == "begin":
                if waiting:
                    waiting[-1][2].append(INSIDE)
                waiting.append((at, -1, []))
            elif kind == "separate" and waiting and waiting[-1][1] < 0:
                waiting[-1] = (waiting[-1][0], at, waiting[-1][2])
            elif kind == "end" and waiting:
                begin, middle, said = waiting.pop()
                found.append(named("".join(said), begin, at if middle < 0 else middle, at))
            elif piece.tag in _CODES or (piece.tag == _WORDS and waiting and waiting[-1][1] < 0):
                if waiting:
                    waiting[-1][2].append(piece.text or "")
                else:  # an instruction without a field
                    found.append(named(piece.text or "", at, at, at))
    for begin, middle, said in reversed(waiting):
        last = len(pieces) - 1
        found.append(named("".join(said), begin, last if middle < 0 else middle, last))
    return Story(pieces, found)


def _runs(root: Any) -> Iterator[Any]:
    return (element for element in root.iter() if element.tag in (_RUN, _SIMPLE))


def named(said: str, begin: int = -1, middle: int = -1, end: int = -1, element: Any = None) -> Field:
    """The field of an instruction."""
    name = _NAME.match(said)
    return Field(name[1].upper() if name else "", " ".join(said.split()), begin, middle, end, element)
