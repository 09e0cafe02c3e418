"""A paragraph with other words, and a new one beside another: looks stay where words do."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from toolkit.office.opc import A, W
from toolkit.office.story import atoms, even

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TEXTS = (f"{A}t", f"{W}t")
_OFF = ("0", "false", "off")
_KEPT = (f"{A}pPr", f"{W}pPr", f"{A}endParaRPr")


def reword(paragraph: Any, words: str) -> None:
    """Give a paragraph other words. Only what lies between the first and the last letter that differ is
    changed; it looks as what it takes the place of."""
    pieces = list(atoms(paragraph))
    old = "".join([text for _, text in pieces])
    start, end = differing(old, words)
    new = words[start : len(words) - (len(old) - end)]
    at, chosen = 0, None
    spots = []
    for element, text in pieces:
        spots.append((element, text, at, at + len(text)))
        at += len(text)
    texts = [spot for spot in spots if spot[0].tag in _TEXTS]
    if new:
        if not texts:
            chosen = _new_text(paragraph)
            spots.append((chosen, "", start, start))
        else:
            inside = (one for one in texts if one[2] <= start < one[3] and start < end)
            before = (one for one in texts if one[2] < start <= one[3])
            after = (one for one in texts if one[2] >= start)
            chosen = next(iter([*inside, *before, *after]), texts[-1])[0]
    for element, text, first, last in spots:
        left, right = text[: max(0, start - first)], text[max(0, min(len(text), end - first)) :]
        if last <= start:
            left, right = text, ""
        elif first >= end:
            left, right = "", text
        if element.tag not in _TEXTS:
            if start <= first and last <= end and first < last:
                element.getparent().remove(element)
        elif element is chosen or left + right != text:
            between = new if element is chosen else ""
            put_before = element is chosen and first >= end and first > start
            _set(element, between + left + right if put_before else left + between + right)
            _typed(element)
    _tidy(paragraph)


def differing(old: str, new: str) -> tuple[int, int]:
    """From where to where, in the old words, two texts differ in more than what the toolkit sets itself."""
    a, b = even(old), even(new)
    start = next((n for n, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    room = min(len(a), len(b)) - start
    same = next((n for n in range(room) if a[-1 - n] != b[-1 - n]), room)
    return start, len(old) - same


def _set(element: Any, words: str) -> None:
    """The words of a text element; tabs and new lines become elements of their own."""
    if element.tag == f"{A}t":
        first, *others = words.split("\n")
        element.text = first
        run = element.getparent()
        for line in others:
            again = deepcopy(run)
            again.find(f"{A}t").text = line
            run.addnext(again)
            run.addnext(run.makeelement(f"{A}br", {}))
            run = again
        return
    element.set(_SPACE, "preserve")
    parts: list[str] = []
    for letter in words:
        if letter in "\t\n" or not parts or parts[-1] in ("\t", "\n"):
            parts.append(letter)
        else:
            parts[-1] += letter
    element.text = parts.pop(0) if parts and parts[0] not in ("\t", "\n") else ""
    last = element
    for part in parts:
        sign = part in ("\t", "\n")
        tag = (f"{W}tab" if part == "\t" else f"{W}br") if sign else f"{W}t"
        made = element.makeelement(tag, {} if sign else {_SPACE: "preserve"})
        made.text = None if sign else part
        last.addnext(made)
        last = made


def _typed(element: Any) -> None:
    """A control in which somebody has typed no longer shows its hint."""
    for above in element.iterancestors(f"{W}sdt"):
        for hint in list(above.iter(f"{W}showingPlcHdr")):
            hint.getparent().remove(hint)


def _new_text(paragraph: Any) -> Any:
    """An empty text at the end of a paragraph that has none."""
    space = A if paragraph.tag.startswith(A) else W
    run, text = paragraph.makeelement(f"{space}r", {}), paragraph.makeelement(f"{space}t", {})
    run.append(text)
    end = paragraph.find(f"{A}endParaRPr")
    if end is None:
        paragraph.append(run)
    else:
        look = deepcopy(end)
        look.tag = f"{A}rPr"
        run.insert(0, look)
        end.addprevious(run)
    return text


def _tidy(paragraph: Any) -> None:
    """Take away runs of a slide that have lost all their words, but for one that keeps the look."""
    runs = paragraph.findall(f"{A}r")
    empty = [run for run in runs if not (run.findtext(f"{A}t") or "")]
    for run in empty[len(empty) == len(runs) :]:
        paragraph.remove(run)


def beside(paragraph: Any, words: str, before: bool = False, style: str | None = None) -> None:
    """Put in a paragraph beside another, which it looks like; or as a `style` of Word has it."""
    new = deepcopy(paragraph)
    run = next((one for one in new.iter(f"{A}r", f"{W}r") if any(t.tag in _TEXTS for t in one)), None)
    run = deepcopy(run) if run is not None else None
    for child in list(new):
        if child.tag not in _KEPT:
            new.remove(child)
    breaks = [one for one in new.iter(f"{W}pageBreakBefore") if one.get(f"{W}val") not in _OFF]
    for break_ in [*new.iter(f"{W}sectPr"), *breaks]:
        break_.getparent().remove(break_)
    if run is not None:
        texts = [one for one in run if one.tag in _TEXTS]
        for child in list(run):
            if child.tag not in (f"{A}rPr", f"{W}rPr") and child is not texts[0]:
                run.remove(child)
        texts[0].text = ""
        at = 1 if len(new) and new[0].tag in _KEPT[:2] else 0
        new.insert(at, run)
    if style is not None:
        _styled(new, style)
    reword(new, words)
    if before:
        paragraph.addprevious(new)
    else:
        paragraph.addnext(new)


def _styled(paragraph: Any, style: str) -> None:
    about = paragraph.find(f"{W}pPr")
    own = about.find(f"{W}pStyle") if about is not None else None
    if own is not None and own.get(f"{W}val") == style:
        return
    if about is not None:
        paragraph.remove(about)
    about = paragraph.makeelement(f"{W}pPr", {})
    about.append(paragraph.makeelement(f"{W}pStyle", {f"{W}val": style}))
    paragraph.insert(0, about)
    for look in list(paragraph.iter(f"{W}rPr")):
        look.getparent().remove(look)


def remove(paragraph: Any) -> None:
    """Take a paragraph away; one that something hangs on stays, without words."""
    above = paragraph.getparent()
    others = [one for one in above if one.tag == paragraph.tag and one is not paragraph]
    last = above.tag in (f"{W}tc", f"{W}txbxContent") and above[-1] is paragraph
    near = [one for one in (paragraph.getprevious(), paragraph.getnext()) if one is not None]
    alone = not any(one.tag == paragraph.tag for one in near)  # between two tables of a document
    holds = any(
        next(paragraph.iter(tag), None) is not None
        for tag in (f"{W}sectPr", f"{W}drawing", f"{W}pict", f"{W}footnoteReference", f"{W}commentReference")
    )
    if not others or last or holds or alone:
        reword(paragraph, "")
    else:
        above.remove(paragraph)
