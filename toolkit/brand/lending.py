"""What the house brand lends to templates: a notes page that prints well, and the styles of briefings."""

from __future__ import annotations

import copy
import posixpath
from typing import Any

from lxml import etree

from toolkit.late import replace
from toolkit.office.colour import ON, whole
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
_MASTERS = ("slideMaster", "notesMaster", "handoutMaster")
LEAST_NOTES = (
    0.6  # of the notes page's height; python-pptx's own notes box has 0.47 and holds 170 words at 14 points
)


def ensure_notes_master(package: Package, lender: Package) -> tuple[Package, list[str]]:
    """A clean deck with a notes page that prints well, and remarks.

    `lender` is the deck that lends its notes master when needed.

    A deck keeps its own notes master when its page is A4 or Letter upright, and it has a picture of the
    slide, a page number, and a notes box of at least LEAST_NOTES of the page's height; any other would cut
    trainers' notes off.
    """
    package, lent_themes = _with_themes(package, lender)
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
        types = {target: "presentationml.notesMaster", paint: "theme"}
        overrides = {
            part: f"application/vnd.openxmlformats-officedocument.{kind}+xml" for part, kind in types.items()
        }
        parts[TYPES] = types_part({**type_map(package), **overrides})
        package = replace(package, parts=parts)
    assert notes is not None
    for element in root.findall(P + "notesMasterIdLst"):
        root.remove(element)
    # PowerPoint and Keynote look for this list straight after the slide masters, or notes are lost.
    listed = new_element(f"{P}notesMasterIdLst")
    listed.append(new_element(f"{P}notesMasterId", **{f"{R}id": notes.id}))
    insert_after(root, ("sldMasterIdLst",), listed)
    parts = {**package.parts, main: xml_bytes(root), rels_name(main): rels_part(main, rels)}
    notes_lent = [f"notes pages: {why}, so the toolkit’s own A4 notes page is used"] if why else []
    return settled(reachable(replace(package, parts=parts)), "deck"), lent_themes + notes_lent


def _with_themes(package: Package, lender: Package) -> tuple[Package, list[str]]:
    """The deck with a theme for each master, without which PowerPoint would offer to repair it."""
    main = package.main()
    house = lender.related(lender.related(lender.main(), "slideMaster")[0], "theme")[0]
    masters = [part for kind in _MASTERS for part in package.related(main, kind)]
    bare = [master for master in masters if not package.related(master, "theme")]
    for number, master in enumerate(bare, 1):
        part, rels = f"ppt/theme/lent{number}.xml", package.rels(master)
        own = rels_part(master, [*rels, Rel(free_id(rels), RELATIONSHIPS + "theme", part)])
        parts = {**package.parts, part: lender.parts[house], rels_name(master): own}
        kind = "application/vnd.openxmlformats-officedocument.theme+xml"
        parts[TYPES] = types_part({**type_map(package), part: kind})
        package = replace(package, parts=parts)
    remark = "colours and fonts: a master of the template has no theme, so the house’s theme is used"
    return package, [remark] if bare else []


def _unfit_notes(master: Any, size: Any) -> str:
    """Why a notes master would not print trainers' notes well, or nothing."""
    if master is None:
        return "the template has none"
    width, height = (whole(size.get("cx")), whole(size.get("cy"))) if size is not None else (0, 0)
    if not any(abs(width - w) < w * 0.02 and abs(height - h) < h * 0.02 for w, h in (A4, LETTER)):
        size_ = f"{width / 360_000:.1f} × {height / 360_000:.1f} cm"
        return f"the template’s are {size_}, which is neither A4 nor Letter"
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
        or whole(ext.get("cy")) < height * LEAST_NOTES
        or whole(ext.get("cx")) < width * 0.7
    ):
        return "the template’s have too small a box for trainers’ notes"
    if (
        whole(off.get("x")) < 0
        or whole(off.get("y")) < 0
        or whole(off.get("y")) + whole(ext.get("cy")) > height
        or whole(off.get("x")) + whole(ext.get("cx")) > width
    ):
        return "the template’s have a box for notes that runs off the page"
    return ""


def _with_slide_shape(master: Any, slide: Any) -> Any:
    """The notes master with its slide picture in the proportions of these slides, inside the same box."""
    for sp in master.iter(P + "sp"):
        if any(ph.get("type") == "sldImg" for ph in sp.iter(P + "ph")) and slide is not None:
            ext = sp.find(f"{P}spPr/{A}xfrm/{A}ext")
            wide, high = whole(ext.get("cx")), whole(ext.get("cy"))
            ratio = whole(slide.get("cx")) / whole(slide.get("cy"))
            ext.set("cx", str(min(wide, round(high * ratio))))
            ext.set("cy", str(min(high, round(wide / ratio))))
    return master


def ensure_styles(
    package: Package, lender: Package, wanted: dict[str, str]
) -> tuple[Package, dict[str, str], list[str]]:
    """A clean document with the house styles that it lacks, what each is called there, and remarks.

    `wanted` is role: the house style's name, and `lender` the document that lends them. They come without the
    house's colours and fonts, on top of the document's own body style.
    """
    if not wanted:
        return package, {}, []
    package, part = _with_part(package, "styles")
    package = _with_looks(package, lender)
    styles = tree(package, part)
    house = tree(lender, lender.related(lender.main(), "styles")[0])
    lent = {name_of(style).casefold(): style for style in house.iterfind(f"{W}style")}
    called: dict[str, str] = {}
    lists: dict[str, list[Any]] = {}  # the number of a list: the lent styles that are set in it
    for role, name in wanted.items():
        style = _neutral(copy.deepcopy(lent[name.casefold()]))
        if role in ("title", "subtitle"):
            _without_banner(style)
        called[role] = _add_style(styles, style, name, role == "body")
        for number in style.iterfind(f"{W}pPr/{W}numPr/{W}numId"):
            lists.setdefault(number.get(f"{W}val"), []).append(style)
    if lists:
        package = _with_lists(package, lender, lists)
    shown = ", ".join(dict.fromkeys(called.values()))
    return (
        settled(replace(package, parts={**package.parts, part: xml_bytes(styles)}), "document"),
        called,
        [f"added from the house brand, in grey: the styles {shown}"],
    )


def _add_style(styles: Any, style: Any, name: str, is_body: bool) -> str:
    """Adds a lent style to a document's own, on top of its body style, under a free name and id; the name."""
    every = list(styles.iterfind(f"{W}style"))
    default = {s.get(f"{W}type"): s.get(f"{W}styleId") for s in reversed(every) if s.get(f"{W}default") in ON}
    free = _free(name, " ", {name_of(s).casefold() for s in every})
    number = _free(style.get(f"{W}styleId"), "", {s.get(f"{W}styleId", "").casefold() for s in every})
    if free != name:
        style.find(f"{W}name").set(f"{W}val", free)
    style.set(f"{W}styleId", number)
    body, kind = default.get("paragraph", ""), style.get(f"{W}type") or "paragraph"
    if not is_body or body:
        style.attrib.pop(f"{W}default", None)
    base = default.get(kind, "") if kind in ("paragraph", "table") else ""
    for tag, value in (("basedOn", base), ("next", body), ("link", "")):
        for element in style.findall(W + tag):
            if value:
                element.set(f"{W}val", value)
            else:
                style.remove(element)
    styles.append(style)
    return free


def _free(wanted: str, gap: str, taken: set[str]) -> str:
    """A name that is not taken yet. Numbers up to 8 are left to Word's own styles, such as Heading 2."""
    names = (wanted, *(f"{wanted}{gap}{k}" for k in range(9, 999)))
    return next(name for name in names if name.casefold() not in taken)


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


def _without_banner(style: Any) -> None:
    """Takes the ground, edges and indents off a lent style: a banner is the house's own."""
    about = style.find(f"{W}pPr")
    for tag in ("pBdr", "shd", "ind"):
        for element in about.findall(W + tag):
            about.remove(element)


def _with_lists(package: Package, lender: Package, lists: dict[str, list[Any]]) -> Package:
    """The package with the house's bullets and numbers under new numbers, and the lent styles set in them."""
    package, part = _with_part(package, "numbering")
    numbering = tree(package, part)
    house = tree(lender, lender.related(lender.main(), "numbering")[0])
    for number, styles in lists.items():
        _add_list(numbering, house, number, styles)
    return replace(package, parts={**package.parts, part: xml_bytes(numbering)})


def _with_looks(package: Package, lender: Package) -> Package:
    """The package with the settings, fonts and theme of the lender, where it has none of its own."""
    main, lent = package.main(), lender.main()
    rels, parts, said = list(package.rels(main)), dict(package.parts), type_map(package)
    for kind, name in (("settings", "settings"), ("fontTable", "fontTable"), ("theme", "theme/theme1")):
        theirs = lender.related(lent, kind)
        if package.related(main, kind) or not theirs or lender.rels(theirs[0]):
            continue
        part = posixpath.join(posixpath.dirname(main), f"{name}.xml")
        parts[part], said[part] = lender.parts[theirs[0]], lender.content_type(theirs[0])
        rels = [*(r for r in rels if r.kind != kind), Rel(free_id(rels), RELATIONSHIPS + kind, part)]
    parts |= {rels_name(main): rels_part(main, rels), TYPES: types_part(said)}
    return replace(package, parts=parts)


def _with_part(package: Package, kind: str) -> tuple[Package, str]:
    """The package with a part of styles or numbering, an empty one where it has none, and its name."""
    main = package.main()
    for part in package.related(main, kind):
        return package, part
    part = posixpath.join(posixpath.dirname(main), f"{kind}.xml")
    rels = package.rels(main)
    own = Rel(free_id(rels), RELATIONSHIPS + kind, part)
    said = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    parts = {
        **package.parts,
        part: xml_bytes(etree.Element(W + kind, nsmap={"w": W[1:-1]})),
        rels_name(main): rels_part(main, [*rels, own]),
    }
    parts[TYPES] = types_part({**type_map(package), part: said})
    return replace(package, parts=parts), part


def _add_list(numbering: Any, house: Any, number: str, styles: list[Any]) -> None:
    """Adds one of the house's lists to a document's own, and sets some lent styles in it."""
    abstracts = {a.get(f"{W}abstractNumId"): a for a in house.iterfind(f"{W}abstractNum")}
    num = next(n for n in house.iterfind(f"{W}num") if n.get(f"{W}numId") == number)
    abstract = _neutral(copy.deepcopy(abstracts[num.find(f"{W}abstractNumId").get(f"{W}val")]))
    instance = new_element(f"{W}num", **{f"{W}numId": _next_number(numbering, "num", "numId")})
    abstract.set(f"{W}abstractNumId", _next_number(numbering, "abstractNum", "abstractNumId"))
    instance.append(new_element(f"{W}abstractNumId", **{f"{W}val": abstract.get(f"{W}abstractNumId")}))
    at_level = {}
    for style in styles:
        properties = style.find(f"{W}pPr/{W}numPr")
        level = properties.find(f"{W}ilvl")
        at_level[level.get(f"{W}val") if level is not None else "0"] = style.get(f"{W}styleId")
        properties.find(f"{W}numId").set(f"{W}val", instance.get(f"{W}numId"))
    for level in abstract.iterfind(f"{W}lvl"):
        for linked in level.findall(f"{W}pStyle"):
            if level.get(f"{W}ilvl") in at_level:
                linked.set(f"{W}val", at_level[level.get(f"{W}ilvl")])
            else:
                level.remove(linked)
    # All w:abstractNum stand before the first w:num, and those before a w:numIdMacAtCleanup.
    for element, behind in ((abstract, ("num", "numIdMacAtCleanup")), (instance, ("numIdMacAtCleanup",))):
        tags = {W + tag for tag in behind}
        numbering.insert(next((n for n, e in enumerate(numbering) if e.tag in tags), len(numbering)), element)


def _next_number(numbering: Any, tag: str, attribute: str) -> str:
    return str(1 + max((whole(e.get(W + attribute)) for e in numbering.iterfind(W + tag)), default=0))
