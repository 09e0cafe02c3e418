"""What the house brand lends to templates that lack it: a notes page that prints well, and the styles of briefings."""

from __future__ import annotations

import copy
import posixpath
from dataclasses import replace
from typing import Any

from toolkit.office.colour import ON
from toolkit.office.editing import insert_after, new_element, tree, xml_bytes
from toolkit.office.opc import (
    RELATIONSHIPS,
    TYPES,
    A,
    P,
    Package,
    R,
    Rel,
    W,
    free_id,
    reachable,
    rels_name,
    rels_part,
    settled,
    type_map,
    types_part,
)
from toolkit.office.word import name_of

A4 = (7_560_000, 10_692_000)  # EMU
LETTER = (7_772_400, 10_058_400)
LEAST_NOTES = (
    0.6  # of the notes page's height; python-pptx's own notes box has 0.47 and holds 170 words at 14 points
)


def ensure_notes_master(package: Package, lender: Package) -> tuple[Package, list[str]]:
    """A clean deck with a notes page that prints well, and remarks. `lender` is the deck that lends its notes master when needed.

    A deck keeps its own notes master when its page is A4 or Letter upright, and it has a picture of the slide, a page number, and a notes
    box of at least LEAST_NOTES of the page's height; any other would cut trainers' notes off.
    """
    main = package.main()
    root = tree(package, main)
    own = next(iter(package.related(main, "notesMaster")), "")
    why = _unfit_notes(tree(package, own) if own else None, root.find(P + "notesSz"))
    rels = package.rels(main)
    notes = next((rel for rel in rels if rel.kind == "notesMaster" and rel.target == own), None)
    if why:
        lent = lender.related(lender.main(), "notesMaster")[0]
        theme = lender.related(lent, "theme")[0]
        others = {part for part in package.parts if not part.startswith("ppt/notesMasters/")}
        target = "ppt/notesMasters/notesMaster1.xml"
        paint = next(
            f"ppt/theme/theme{n}.xml" for n in range(1, 999) if f"ppt/theme/theme{n}.xml" not in others
        )
        number = free_id(rels)
        notes = Rel(number, RELATIONSHIPS + "notesMaster", target)
        rels = [rel for rel in rels if rel.kind != "notesMaster"] + [notes]
        parts = {
            part: content
            for part, content in package.parts.items()
            if part not in (target, rels_name(target))
        }
        parts[target] = xml_bytes(_with_slide_shape(tree(lender, lent), root.find(P + "sldSz")))
        parts[paint] = lender.parts[theme]
        parts[rels_name(target)] = rels_part(target, [Rel("rId1", RELATIONSHIPS + "theme", paint)])
        size = root.find(P + "notesSz")
        if size is None:
            size = new_element(f"{P}notesSz")
            insert_after(root, ("sldSz",), size)
        size.set("cx", str(A4[0]))
        size.set("cy", str(A4[1]))
        types = {target: "notesMaster", paint: "theme"}
        overrides = {
            part: f"application/vnd.openxmlformats-officedocument.{'presentationml.' if kind == 'notesMaster' else ''}{kind}+xml"
            for part, kind in types.items()
        }
        parts[TYPES] = types_part({**type_map(package), **overrides})
        package = replace(package, parts=parts)
    assert notes is not None
    for element in root.findall(P + "notesMasterIdLst"):
        root.remove(element)
    # PowerPoint and Keynote look for this list; it must come straight after the slide masters, or notes are lost.
    listed = new_element(f"{P}notesMasterIdLst")
    listed.append(new_element(f"{P}notesMasterId", **{f"{R}id": notes.id}))
    insert_after(root, ("sldMasterIdLst",), listed)
    parts = {**package.parts, main: xml_bytes(root), rels_name(main): rels_part(main, rels)}
    return settled(reachable(replace(package, parts=parts)), "deck"), [
        f"notes pages: {why}, so the toolkit’s own A4 notes page is used"
    ] if why else []


def _unfit_notes(master: Any, size: Any) -> str:
    """Why a notes master would not print trainers' notes well, or nothing."""
    if master is None:
        return "the template has none"
    width, height = (int(size.get("cx")), int(size.get("cy"))) if size is not None else (0, 0)
    if not any(abs(width - w) < w * 0.02 and abs(height - h) < h * 0.02 for w, h in (A4, LETTER)):
        return f"the template’s are {width / 360_000:.1f} × {height / 360_000:.1f} cm, which is neither A4 nor Letter"
    kinds = {ph.get("type") or "obj": sp for sp in master.iter(P + "sp") for ph in sp.iter(P + "ph")}
    for kind, what in (
        ("body", "box for notes"),
        ("sldImg", "picture of the slide"),
        ("sldNum", "page number"),
    ):
        if kind not in kinds:
            return f"the template’s have no {what}"
    off, ext = (kinds["body"].find(f"{P}spPr/{A}xfrm/{A}{tag}") for tag in ("off", "ext"))
    if (
        off is None
        or ext is None
        or int(ext.get("cy")) < height * LEAST_NOTES
        or int(ext.get("cx")) < width * 0.7
    ):
        return "the template’s have too small a box for trainers’ notes"
    if (
        int(off.get("x")) < 0
        or int(off.get("y")) < 0
        or int(off.get("y")) + int(ext.get("cy")) > height
        or int(off.get("x")) + int(ext.get("cx")) > width
    ):
        return "the template’s have a box for notes that runs off the page"
    return ""


def _with_slide_shape(master: Any, slide: Any) -> Any:
    """The notes master with its slide picture in the proportions of these slides, inside the same box."""
    for sp in master.iter(P + "sp"):
        if any(ph.get("type") == "sldImg" for ph in sp.iter(P + "ph")) and slide is not None:
            ext = sp.find(f"{P}spPr/{A}xfrm/{A}ext")
            wide, high = int(ext.get("cx")), int(ext.get("cy"))
            ratio = int(slide.get("cx")) / int(slide.get("cy"))
            ext.set("cx", str(min(wide, round(high * ratio))))
            ext.set("cy", str(min(high, round(wide / ratio))))
    return master


def ensure_styles(
    package: Package, lender: Package, wanted: dict[str, str]
) -> tuple[Package, dict[str, str], list[str]]:
    """A clean document with the house styles that it lacks, what each is called there, and remarks.

    `wanted` is role: the house style's name, and `lender` the document that lends them. They come without the house's colours and fonts, on top
    of the document's own body style. Raises Invalid for a document that has no styles at all.
    """
    if not wanted:
        return package, {}, []
    main = package.main()
    parts = dict(package.parts)
    styles_part = next(iter(package.related(main, "styles")), "")
    if not styles_part:
        raise package.stop(
            "the document has no styles",
            "open it in Word, save it under a new name, and try that file",
        )
    styles = tree(package, styles_part)
    lent = tree(lender, lender.related(lender.main(), "styles")[0])
    ids = {style.get(f"{W}styleId") for style in styles.iterfind(f"{W}style")}
    names = {name_of(style).casefold() for style in styles.iterfind(f"{W}style")}
    normal = next(
        (
            s.get(f"{W}styleId")
            for s in styles.iterfind(f"{W}style")
            if s.get(f"{W}type") == "paragraph" and s.get(f"{W}default") in ON
        ),
        "",
    )
    plain_table = next(
        (
            s.get(f"{W}styleId")
            for s in styles.iterfind(f"{W}style")
            if s.get(f"{W}type") == "table" and s.get(f"{W}default") in ON
        ),
        "",
    )
    called: dict[str, str] = {}
    lists: dict[str, list[tuple[str, Any]]] = {}  # the house's list: the new styles that are set in it
    for role, name in wanted.items():
        style = next(s for s in lent.iterfind(f"{W}style") if name_of(s).casefold() == name.casefold())
        style = _neutral(copy.deepcopy(style))
        free = next(n for n in (name, *(f"{name} {k}" for k in range(9, 999))) if n.casefold() not in names)
        number = next(
            i
            for i in (style.get(f"{W}styleId"), *(f"{style.get(f'{W}styleId')}{k}" for k in range(9, 999)))
            if i not in ids
        )
        names.add(free.casefold())
        ids.add(number)
        style.find(f"{W}name").set(f"{W}val", free if free != name else name_of(style))
        style.set(f"{W}styleId", number)
        if role != "body" or normal:
            style.attrib.pop(f"{W}default", None)
        base = {"paragraph": normal, "table": plain_table}.get(style.get(f"{W}type") or "paragraph", "")
        for tag, value in (("basedOn", base if base != number else ""), ("next", normal), ("link", "")):
            for element in style.findall(W + tag):
                if value:
                    element.set(f"{W}val", value)
                else:
                    style.remove(element)
        numbered = style.find(f"{W}pPr/{W}numPr/{W}numId")
        if numbered is not None:
            lists.setdefault(numbered.get(f"{W}val"), []).append((number, numbered))
        styles.append(style)
        called[role] = free
    if lists:
        package, parts = _with_lists(package, lender, parts, lists)
    parts[styles_part] = xml_bytes(styles)
    shown = ", ".join(dict.fromkeys(called.values()))
    return (
        settled(replace(package, parts=parts), "document"),
        called,
        [f"added from the house brand, in grey: the styles {shown}"],
    )


def _neutral(style: Any) -> Any:
    """A style without colours of its own: greys for its lines and grounds."""
    for element in list(style.iter(f"{W}color")):
        element.getparent().remove(element)
    for element in style.iter():
        if element.tag == f"{W}shd":
            element.set(f"{W}fill", "EDEDED")
        elif element.get(f"{W}color") not in (None, "auto"):
            element.set(f"{W}color", "7F7F7F")
    return style


def _with_lists(
    package: Package, lender: Package, parts: dict[str, bytes], lists: dict[str, list[tuple[str, Any]]]
) -> tuple[Package, dict[str, bytes]]:
    """The package with the house's bullets and numbers under new numbers, and the new styles set in them."""
    main = package.main()
    part = next(iter(package.related(main, "numbering")), "")
    if part:
        numbering = tree(package, part)
    else:
        part = posixpath.join(posixpath.dirname(main), "numbering.xml")
        numbering = new_element(f"{W}numbering")
        rels = package.rels(main)
        number = free_id(rels)
        parts[rels_name(main)] = rels_part(main, [*rels, Rel(number, RELATIONSHIPS + "numbering", part)])
        types = {
            **type_map(package),
            part: "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml",
        }
        parts[TYPES] = types_part(types)
    lent = tree(lender, lender.related(lender.main(), "numbering")[0])
    for old, styled in lists.items():
        num = next(n for n in lent.iterfind(f"{W}num") if n.get(f"{W}numId") == old)
        abstract = next(
            a
            for a in lent.iterfind(f"{W}abstractNum")
            if a.get(f"{W}abstractNumId") == num.find(f"{W}abstractNumId").get(f"{W}val")
        )
        abstract = _neutral(copy.deepcopy(abstract))
        new_abstract = str(
            max((int(a.get(f"{W}abstractNumId")) for a in numbering.iterfind(f"{W}abstractNum")), default=-1)
            + 1
        )
        new_num = str(max((int(n.get(f"{W}numId")) for n in numbering.iterfind(f"{W}num")), default=0) + 1)
        abstract.set(f"{W}abstractNumId", new_abstract)
        at_level = {}
        for style_id, numbered in styled:
            level = numbered.getparent().find(f"{W}ilvl")
            at_level[level.get(f"{W}val") if level is not None else "0"] = style_id
            numbered.set(f"{W}val", new_num)
        for level in abstract.iterfind(f"{W}lvl"):
            for linked in level.findall(f"{W}pStyle"):
                if level.get(f"{W}ilvl") in at_level:
                    linked.set(f"{W}val", at_level[level.get(f"{W}ilvl")])
                else:
                    level.remove(linked)
        # All w:abstractNum stand before the first w:num, and those before a w:numIdMacAtCleanup.
        at = next(
            (i for i, child in enumerate(numbering) if child.tag in (f"{W}num", f"{W}numIdMacAtCleanup")),
            len(numbering),
        )
        numbering.insert(at, abstract)
        instance = new_element(f"{W}num", **{f"{W}numId": new_num})
        instance.append(new_element(f"{W}abstractNumId", **{f"{W}val": new_abstract}))
        at = next(
            (i for i, child in enumerate(numbering) if child.tag == f"{W}numIdMacAtCleanup"), len(numbering)
        )
        numbering.insert(at, instance)
    parts[part] = xml_bytes(numbering)
    return replace(package, parts=parts), parts
