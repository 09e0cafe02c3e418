"""Everything in a file that is no word of a line: how it looks, pictures, and what `pull` does not read.

Two files whose looks are the same differ in their words at most.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections import Counter
from typing import Any

from toolkit.office.adding import P14
from toolkit.office.opc import A, P, Package, W
from toolkit.office.story import FEET, holder_of, leaves, plain

# What programs write anew whenever they save, and what is words or stands for their order.
_FLEETING = {
    f"{A}extLst",
    f"{P}extLst",
    f"{A}endParaRPr",
    f"{W}proofErr",
    f"{W}lang",
    f"{W}lastRenderedPageBreak",
    f"{W}bookmarkStart",
    f"{W}bookmarkEnd",
    f"{W}noProof",
    f"{W}rsids",
}
_ATTRIBUTES = ("lang", "altLang", "dirty", "err", "smtClean", "noProof", "id", "name", "bmk")
_RUNS = (f"{A}r", f"{W}r", f"{A}fld")
_PARAGRAPHS = (f"{A}p", f"{W}p")
_MINE = ("docProps/", "customXml/", "_rels/", "[Content_Types].xml")


def lost(edited: Package, before: Package, made: Package) -> bool:
    """Whether a person has changed something beside words that is not in what is `made` now; `before` is what
    the sources gave without the edits."""
    if _by_themselves(edited) - _by_themselves(before) - _by_themselves(made):
        return True
    was, mine, now = looks(before), looks(edited), looks(made)
    return bool((mine - was) - now or ((was - mine) & now) - mine)


def _by_themselves(package: Package) -> Counter[str]:
    """Words that stand in no line: those of running feet, the names of sections, the addresses of links.

    Only what is there counts: programs leave out what they do not know.
    """
    main = package.main()
    found = Counter(f"section {one.get('name')}" for one in package.root(main).iter(f"{P14}section"))
    for leaf in leaves(package):
        for part in filter(None, (leaf.part, leaf.notes)):
            found.update(f"link {rel.target}" for rel in package.rels(part) if rel.external)
            for shape in package.root(part).iter(f"{P}sp"):
                words = "".join(
                    t.text or "" for run in shape.iter(f"{A}r") for t in run.iter(f"{A}t")
                ).strip()
                if words and holder_of(shape) in FEET:
                    found[f"foot {plain(words)}"] = 1
    return found


def looks(package: Package) -> Counter[str]:
    """All that is in a file beside words: each shape of each slide, each paragraph's look, each picture."""
    found: Counter[str] = Counter()
    main = package.main()
    mine = {main}
    for leaf in leaves(package):
        mine |= {leaf.part, leaf.notes}
        for part in filter(None, (leaf.part, leaf.notes)):
            found.update(_of(package.root(part)))
    for part, data in package.parts.items():
        if part in mine or part.startswith(_MINE) or "/_rels/" in part:
            continue
        folder = posixpath.dirname(part)
        if part.endswith(".xml"):
            found[f"{folder} {_shape(package.root(part))}"] += 1
        else:
            found[f"{folder} {hashlib.sha256(data).hexdigest()}"] += 1
    return found


def _of(root: Any) -> Counter[str]:
    """The looks of a slide, notes page or document: of its paragraphs with words, and of the rest."""
    found: Counter[str] = Counter()
    for paragraph in root.iter():
        if paragraph.tag in _PARAGRAPHS:
            runs = [run for run in paragraph.iter() if run.tag in _RUNS]
            about = next((c for c in paragraph if c.tag in (f"{A}pPr", f"{W}pPr")), None)
            seen = dict.fromkeys(_shape(_look(run)) for run in runs if "".join(run.itertext()).strip())
            if seen:
                found[f"{_shape(about)} {' '.join(seen)}"] = 1  # whether, not how often
    found[_shape(root, words=False)] += 1
    return found


def _look(run: Any) -> Any:
    return next((child for child in run if child.tag in (f"{A}rPr", f"{W}rPr")), None)


def _shape(element: Any, words: bool = True) -> str:
    """An element as text, without what is fleeting; and without paragraphs, unless their words count."""
    if element is None:
        return ""
    if element.tag in _FLEETING or (not words and element.tag in _PARAGRAPHS and not _holds(element)):
        return ""
    said = " ".join(
        f"{name}={value}"
        for name, value in sorted(element.attrib.items())
        if name.rsplit("}")[-1] not in _ATTRIBUTES and "rsid" not in name and not name.startswith("{")
    )
    inside = "".join(_shape(child, words) for child in element)
    text = (element.text or "").strip() if words else ""
    if element.tag == f"{P}txBody" and not "".join(element.itertext()).strip():
        return ""  # programs give an empty text to shapes that have none
    if element.tag in _RUNS and not words and not inside.strip("<>/"):
        return ""
    return f"<{element.tag} {said}>{text}{inside}</>"


def _holds(paragraph: Any) -> bool:
    """Whether more than words hangs on a paragraph: a drawing, a section, a note."""
    tags = (
        "drawing",
        "pict",
        "object",
        "sectPr",
        "footnoteReference",
        "endnoteReference",
        "commentReference",
    )
    return any(next(paragraph.iter(f"{W}{tag}"), None) is not None for tag in tags)
