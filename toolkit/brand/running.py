"""What stands at the head and foot of every page of a letterhead: whose words these are, and what is left of
another document.

A letterhead's own words stay: whose it is, where to reach them, how it is marked. Dates, versions, words to
be filled in, watermarks and what was bound to another file go, and are told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from toolkit.late import pattern
from toolkit.office.colour import ON
from toolkit.office.editing import new_element
from toolkit.office.opc import MC, W

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_VML = "{urn:schemas-microsoft-com:vml}"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|months?|mmmm?)"
)
_LABEL = (
    r"(?:(?:document|report|project|paper|chapter|section|course|client|company|organi[sz]ation|department"
    r"|meeting|policy|template|main)\s+)?(?:sub-?title|title|subject|author|name|date|header|footer|heading"
    r"|running head(?:er)?|keywords|status|our ref|your ref|ref(?:erence)?|version|prepared (?:by|for)|owner"
    r"|to|from|re)"
)
_LEFT = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"\bx{2,}\b|\b(?:19|20)(?:xx|yy|\dx)\b",
        r"\[(?!official|sensitive|restricted|confidential|public|protect|not protect)[^\]]{2,}\]",
        r"<[^<>@]{2,}>|\{\{.*?\}\}|\{%.*?%\}|\$\{.*?\}|«.*?»|_{4,}|\.{5,}|…{3,}",
        r"\b(?:click|tap|type|enter|insert|add|replace|edit|put|write)\b.{0,40}?"
        r"\b(?:here|text|title|name|date|logo|subject|heading|header|footer|address|number)\b",
        r"\byour (?:company|organi[sz]ation|name|title|logo|address|board|department|text|subtitle)\b",
        r"\blorem ipsum\b|\bfirstname\b|\bsurname\b|\b(?:tbc|tbd|dd/mm|mm/yy|yyyy)\b",
        rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}\b\.?(?:,?\s*\d{{2,4}}\b|\s*$)",
        rf"\b{_MONTH}\b\.?\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?\d{{4}}\b",
        r"\b(?:0?[1-9]|[12]\d|3[01])[/.-](?:0?[1-9]|1[0-2])[/.-](?:19|20)?\d{2}\b|\b\d{4}-\d{2}-\d{2}\b",
        r"\b(?:version|ver|rev|revision|issue|draft|v)\.?\s*:?\s*\d+(?:\.\d+)*\b",
        r"^\W*(?:final |first |working )?draft\b",
        r"\.(?:docx?|dotx?|pdf)\b",
    )
)
# These are left-over where no field stands beside them: a page that was typed, a label without a value.
_ALONE = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"^\W*pages?\W*(?:\d+\W*(?:(?:of|/)\W*\d+)?|of)?\W*$",
        rf"^\W*{_LABEL}\s*:?\W*$",
    )
)
_APART = pattern(r"(\s*[|•·]\s*|\s{3,})")  # what keeps the things that are said on one line apart
_KEPT_FIELDS = ("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "IF", "=", "SYMBOL", "SEQ", "HYPERLINK")
_TITLED = ("TITLE", "STYLEREF")
_PARAGRAPH, _WORDS, _RUN = f"{W}p", f"{W}t", f"{W}r"
_PARTED = tuple(W + tag for tag in ("tab", "br", "cr", "ptab"))
_CODES = (f"{W}fldChar", f"{W}instrText")


def clean_running(root: Any, title: str = "") -> list[str]:
    """Takes out of a header or footer what is left of another document; `title` is what a field for the title
    says, which stands where another title was.

    Gives back what was left out, in the words of the file.
    """
    gone: list[str] = []
    for shape in [s for pict in root.iter(f"{W}pict") for s in pict.iter(f"{_VML}textpath")]:
        gone.append(shape.get("string") or "a watermark")
        pict = next(shape.iterancestors(f"{W}pict"), None)
        if pict is not None and pict.getparent() is not None:
            outer = next(pict.iterancestors(f"{MC}AlternateContent"), pict)
            outer.getparent().remove(outer)
    gone += open_controls(root, title)
    for tag in ("bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd"):
        for element in list(root.iter(W + tag)):
            element.getparent().remove(element)
    for field in list(root.iter(f"{W}fldSimple")):
        name = _code(field.get(f"{W}instr") or "")
        gone += _undone(name, list(field.iter(_WORDS)), title, [])
        if name in _TITLED:
            field.set(f"{W}instr", " TITLE ")
        elif name not in _KEPT_FIELDS:
            _unwrap(field, list(field))
    for paragraph in root.iter(_PARAGRAPH):
        for segment in _segments(paragraph):
            beside = any(name for _, name, _ in segment)
            for words, name, marks in segment:
                gone += _undone(name, words, title, marks) if name else _cleared(words, title, beside)
    for number, drawing in enumerate(root.iter(f"{_WP}docPr"), 1):
        drawing.set("id", str(number))
    for spacing in root.iter(f"{W}spacing"):
        paragraph = next(spacing.iterancestors(_PARAGRAPH), None)
        if spacing.get(f"{W}lineRule") == "exact" and paragraph is not None and said_in(paragraph):
            spacing.set(f"{W}lineRule", "atLeast")
    return gone


def said_in(root: Any) -> str:
    """The words of a part, without those that old programs have a second time."""
    twice = {e for e in root.iter(f"{MC}Fallback") for e in e.iter(_WORDS)}
    said = ""
    for element in root.iter():
        if element.tag == _WORDS:
            said += "" if element in twice else element.text or ""
        elif element.tag in (_PARAGRAPH, *_PARTED):
            said += " "
    return " ".join(said.split())


def is_empty(root: Any) -> bool:
    """Whether a header or footer shows nothing at all."""
    return not said_in(root) and not any(element.tag in _SHOWN for element in root.iter())


_SHOWN = tuple(W + tag for tag in ("drawing", "pict", "object", "fldSimple", "instrText"))


def counts_pages(root: Any) -> bool:
    """Whether a header or footer says which page this is."""
    codes = "".join(e.text or "" for e in root.iter(f"{W}instrText"))
    codes += " ".join(e.get(f"{W}instr") or "" for e in root.iter(f"{W}fldSimple"))
    return re.search(r"\bPAGE\b", codes) is not None


def describe_pictures(root: Any, told: str) -> None:
    """Says what pictures show where a letterhead does not: they are seldom anything but its logo."""
    for drawing in root.iter(f"{_WP}docPr"):
        if not (drawing.get("descr") or drawing.get("title") or len(drawing)):
            drawing.set("descr", told)
    for tag in ("shape", "rect", "oval"):
        for shape in root.iter(_VML + tag):
            if shape.get("alt") is None and shape.find(f"{_VML}textbox") is None:
                shape.set("alt", told)


def open_controls(root: Any, title: str = "") -> list[str]:
    """Content controls opened: words to be filled in go, and so does what came from another document."""
    gone = []
    for control in list(root.iter(f"{W}sdt")):
        about, content = control.find(f"{W}sdtPr"), control.find(f"{W}sdtContent")
        words = [] if content is None else list(content.iter(_WORDS))
        said = " ".join("".join(e.text or "" for e in words).split())
        bound, prompts = "", False
        if about is not None:
            bound = " ".join(
                v for e in about.iter(f"{W}dataBinding", f"{W}alias", f"{W}tag") for v in e.attrib.values()
            )
            shown = about.find(f"{W}showingPlcHdr")
            prompts = shown is not None and shown.get(f"{W}val") in (None, *ON)
            prompts = prompts or about.find(f"{W}date") is not None
        binding = about is not None and about.find(f"{W}dataBinding") is not None
        if binding and re.search(r"(?i)\btitle\b", bound) and words:
            _say(words, title)
            run = next(words[0].iterancestors(_RUN), None)
            if run is not None:
                field = new_element(f"{W}fldSimple", **{f"{W}instr": " TITLE "})
                run.addprevious(field)
                field.append(run)
        elif said and (prompts or (binding and not re.search(r"(?i)company|publisher", bound))):
            _say(words, "")
            gone.append(said)
        _unwrap(control, list(content) if content is not None else [])
    return gone


def _segments(paragraph: Any) -> list[list[tuple[list[Any], str, list[Any]]]]:
    """The words of a paragraph between its tabs and breaks: pieces of plain words, and fields with their
    names, what they last said and the marks that they are made of. Words of text boxes are in paragraphs of
    their own."""
    segments: list[list[tuple[list[Any], str, list[Any]]]] = [[]]
    words: list[Any] = []
    marks: list[Any] = []
    depth, code, result = 0, "", False
    for element in paragraph.iter(_WORDS, *_PARTED, *_CODES):
        if next(element.iterancestors(_PARAGRAPH)) is not paragraph or element.getparent().tag != _RUN:
            continue
        if next(element.iterancestors(f"{W}fldSimple"), None) is not None:
            segments[-1].append(([], "PAGE", []))
            continue
        kind = element.get(f"{W}fldCharType") if element.tag == f"{W}fldChar" else ""
        if kind == "begin" and not depth:
            segments[-1].append((words, "", []))
            words, marks, code, result = [], [], "", False
        if element.tag in _CODES:
            marks.append(element)
        if kind == "begin":
            depth += 1
        elif kind == "separate":
            result = result or depth == 1
        elif kind == "end" and depth:
            depth -= 1
            if not depth:
                segments[-1].append((words, _code(code) or "?", marks))
                words = []
        elif element.tag == f"{W}instrText":
            code += "" if result else element.text or ""
        elif element.tag == _WORDS:
            words.append(element)
        elif not depth:
            segments[-1].append((words, "", []))
            segments.append([])
            words = []
    segments[-1].append((words, "?" if depth else "", []))
    return segments


def _cleared(words: list[Any], title: str, beside: bool) -> Iterator[str]:
    """Takes out what is left of another document; `beside` a field, less is."""
    said = "".join(e.text or "" for e in words)
    if not said.strip() or said == title:
        return
    patterns = _LEFT if beside else (*_LEFT, *_ALONE)
    bits = _APART.split(said)
    bad = [n for n in range(0, len(bits), 2) if any(pattern.search(bits[n]) for pattern in patterns)]
    if bad:
        yield from (" ".join(bits[n].split()) for n in bad)
        kept = [n for n in range(0, len(bits), 2) if n not in bad and bits[n].strip()]
        _say(words, "".join((bits[n - 1] if n and k else "") + bits[n] for k, n in enumerate(kept)))


def _undone(name: str, words: list[Any], title: str, marks: list[Any]) -> Iterator[str]:
    """A field that says something of the file it was in: the title in place of another title, or nothing."""
    if name in (*_KEPT_FIELDS, "?"):
        return
    said = " ".join("".join(e.text or "" for e in words).split())
    _say(words, title if name in _TITLED else "")
    if name in _TITLED:
        codes = [mark for mark in marks if mark.tag == f"{W}instrText"]
        _say(codes, " TITLE ")
        return
    yield said or name
    for mark in marks:
        mark.getparent().remove(mark)


def _unwrap(element: Any, children: list[Any]) -> None:
    """Puts some of what is in an element in its place."""
    parent = element.getparent()
    if parent is not None:
        at = parent.index(element)
        for child in reversed(children):
            parent.insert(at, child)
        parent.remove(element)


def _code(instruction: str) -> str:
    return (instruction.split() or [""])[0].upper()


def _say(words: list[Any], said: str) -> None:
    """Writes something into the first of some elements of words, and nothing into the others."""
    for n, element in enumerate(words):
        element.text = (said if n == 0 else "") or None
        element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
