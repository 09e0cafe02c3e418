"""A clean PowerPoint template made ready to be filled: see DeckTemplate."""

from __future__ import annotations

import posixpath
import re
from typing import Any

from lxml import etree

from toolkit.brand.compiled import DeckLayout, DeckTemplate, NotesHolder
from toolkit.brand.geometry import SlideLayout
from toolkit.office.editing import insert_after, new_element, tree
from toolkit.office.opc import (
    TYPES,
    A,
    P,
    Package,
    R,
    Rel,
    quoted,
    rels_name,
    rels_part,
    type_map,
    types_part,
)

MAIN = "ppt/presentation.xml"
_AS_MASTER = "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>"
_BEFORE_SLIDES = ("sldMasterIdLst", "notesMasterIdLst", "handoutMasterIdLst")


def compile_deck(package: Package, layouts: dict[str, SlideLayout]) -> DeckTemplate:
    """A clean deck that has a notes master as its slides are added to it, with the layouts of some roles."""
    main, said = package.main(), type_map(package)
    rels = package.rels(main)
    parts = {
        MAIN if part == main else part: content
        for part, content in package.parts.items()
        if part not in (TYPES, rels_name(main))
    }
    types = {MAIN if part == main else part: kind for part, kind in said.items()}
    parts["_rels/.rels"] = rels_part(
        "", [rel._replace(target=MAIN) if rel.target == main else rel for rel in package.rels("")]
    )
    names = _layout_parts(package, main, rels)
    used = {role: names[layout.position] for role, layout in layouts.items()}
    notes = package.related(main, "notesMaster")[0]
    numbers = [int(found[1]) for rel in rels if (found := re.fullmatch(r"rId(\d{1,9})", rel.id))]
    del parts[MAIN]
    return DeckTemplate(
        {part: parts[part] for part in sorted(parts)},
        types_part(types).decode().removesuffix("</Types>"),
        rels_part(MAIN, rels).decode().removesuffix("</Relationships>"),
        max(numbers, default=0) + 1,
        _presentation(tree(package, main)),
        {
            role: DeckLayout(posixpath.relpath(part, "ppt/slides"), _colour_map(tree(package, part)))
            for role, part in used.items()
        },
        posixpath.relpath(notes, "ppt/notesSlides"),
        tuple(_holder(ph) for ph in tree(package, notes).iter(f"{P}ph")),
    )


def _layout_parts(package: Package, main: str, rels: list[Rel]) -> list[str]:
    """The parts of all layouts in the order in which SlideLayout.position counts them."""
    masters = {rel.id: rel.target for rel in rels}
    found = []
    for entry in tree(package, main).iterfind(f"{P}sldMasterIdLst/{P}sldMasterId"):
        master = masters[entry.get(f"{R}id")]
        there = {rel.id: rel.target for rel in package.rels(master)}
        listed = tree(package, master).iterfind(f"{P}sldLayoutIdLst/{P}sldLayoutId")
        found += [there[item.get(f"{R}id")] for item in listed]
    return found


def _presentation(root: Any) -> tuple[str, str, str]:
    """The presentation as text, cut where the list of slides goes and where its sections do."""
    gap = "toolkit-gap"
    etree.strip_tags(root, etree.Comment)
    insert_after(root, _BEFORE_SLIDES, etree.Comment(gap))
    extensions = root.find(f"{P}extLst")
    if extensions is None:
        extensions = new_element(f"{P}extLst")
        root.append(extensions)
    extensions.append(etree.Comment(gap))
    text = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True).decode()
    first, middle, last = text.split(f"<!--{gap}-->")
    return first, middle, last


def _colour_map(layout: Any) -> str:
    # A slide that follows its master's colours does so even on a layout that swaps light and dark; PowerPoint
    # copies the swap too.
    own = layout.find(f"{P}clrMapOvr")
    if own is None or own.find(f"{A}overrideClrMapping") is None:
        return _AS_MASTER
    swapped: str = etree.tostring(own, encoding="unicode", with_tail=False)
    return swapped


def _holder(ph: Any) -> NotesHolder:
    kind = ph.get("type") or "obj"
    said = {"type": kind, "idx": ph.get("idx"), "sz": ph.get("sz")}
    return NotesHolder(kind, " ".join(f"{name}={quoted(value)}" for name, value in said.items() if value))
