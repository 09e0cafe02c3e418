"""Faults that PowerPoint lives with and that a brand cannot, put right in a clean deck template: numbers that
several placeholders of a layout share, a size of slides that is called what it is not, layouts that stand
where those of another master do, and elements in an order that the standard (ECMA-376 part 1) does not know.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from toolkit.late import replace
from toolkit.office.colour import whole
from toolkit.office.editing import tree, xml_bytes
from toolkit.office.opc import A, P, Package

TITLES = ("title", "ctrTitle")
_FIRST_NUMBER = 1000  # of placeholders that have none of their own: PowerPoint itself begins at 10
# EMU, of the sizes of slides that have a name of their own (ECMA-376 part 1, 19.7.23).
_SIZES = {
    **dict.fromkeys(("screen4x3", "letter", "overhead"), (9_144_000, 6_858_000)),
    "A4": (9_906_000, 6_858_000),
    "35mm": (10_287_000, 6_858_000),
    "screen16x9": (9_144_000, 5_143_500),
    "screen16x10": (9_144_000, 5_715_000),
    "banner": (7_315_200, 914_400),
}
_FILLS = "noFill solidFill gradFill blipFill pattFill grpFill"
_LINE_END = "prstDash custDash round bevel miter headEnd tailEnd extLst"
_EFFECTS = "effectLst effectDag"
_RUN = (
    f"ln {_FILLS} {_EFFECTS} highlight uLnTx uLn uFillTx uFill latin ea cs sym"
    " hlinkClick hlinkMouseOver rtl extLst"
)
_PARAGRAPH = (
    "lnSpc spcBef spcAft buClrTx buClr buSzTx buSzPct buSzPts buFontTx buFont buNone buAutoNum buChar buBlip"
    " tabLst defRPr extLst"
)
_OF_P = {
    "presentation": "sldMasterIdLst notesMasterIdLst handoutMasterIdLst sldIdLst sldSz notesSz smartTags"
    " embeddedFontLst custShowLst photoAlbum custDataLst kinsoku defaultTextStyle modifyVerifier extLst",
    "sldMaster": "cSld clrMap sldLayoutIdLst transition timing hf txStyles extLst",
    "sldLayout": "cSld clrMapOvr transition timing hf extLst",
    "cSld": "bg spTree custDataLst controls extLst",
    "txStyles": "titleStyle bodyStyle otherStyle extLst",
    "sp": "nvSpPr spPr style txBody extLst",
    "pic": "nvPicPr blipFill spPr style extLst",
    "cxnSp": "nvCxnSpPr spPr style extLst",
    "txBody": "bodyPr lstStyle p",
    "spPr": f"xfrm custGeom prstGeom {_FILLS} ln {_EFFECTS} scene3d sp3d extLst",
    "grpSpPr": f"xfrm {_FILLS} {_EFFECTS} scene3d extLst",
    "blipFill": "blip srcRect tile stretch",
    "bgPr": f"{_FILLS} {_EFFECTS} extLst",
}
_OF_A = {
    "themeElements": "clrScheme fontScheme fmtScheme extLst",
    "clrScheme": "dk1 lt1 dk2 lt2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink extLst",
    "fontScheme": "majorFont minorFont extLst",
    "xfrm": "off ext chOff chExt",
    "bodyPr": "prstTxWarp noAutofit normAutofit spAutoFit scene3d sp3d flatTx extLst",
    "ln": f"{_FILLS} {_LINE_END}",
    "gradFill": "gsLst lin path tileRect",
    "blipFill": "blip srcRect tile stretch",
    **dict.fromkeys(("pPr", "defPPr", *(f"lvl{n}pPr" for n in range(1, 10))), _PARAGRAPH),
    **dict.fromkeys(("rPr", "defRPr", "endParaRPr"), _RUN),
    **dict.fromkeys(("lstStyle",), " ".join(("defPPr", *(f"lvl{n}pPr" for n in range(1, 10)), "extLst"))),
}
_ORDER = {
    **{P + tag: {f"{P}{n}": at for at, n in enumerate(said.split())} for tag, said in _OF_P.items()},
    **{A + tag: {f"{A}{n}": at for at, n in enumerate(said.split())} for tag, said in _OF_A.items()},
}
_ORDER[f"{A}p"] = {f"{A}pPr": 0, **{f"{A}{n}": 1 for n in ("r", "br", "fld")}, f"{A}endParaRPr": 2}
for _tag in ("txBody", "spPr", "grpSpPr", "blipFill", "bgPr"):  # of PresentationML, with DrawingML inside
    _ORDER[P + _tag] = {f"{A}{n}": at for at, n in enumerate(_OF_P[_tag].split())}


def mend_deck(package: Package) -> tuple[Package, list[str]]:
    """A clean deck without these faults, and what was put right."""
    main = package.main()
    said: list[str] = []
    parts = dict(package.parts)
    masters = package.related(main, "slideMaster")
    layouts = [part for master in masters for part in package.related(master, "slideLayout")]
    themes = [part for master in masters for part in package.related(master, "theme")]
    placed = _placed(package, masters)
    for part in dict.fromkeys((main, *masters, *layouts, *themes)):
        root = placed.get(part)
        done = [_AS_ANOTHER] if root is not None else []
        root = tree(package, part) if root is None else root
        done += _in_order(root)
        if part == main:
            done += _sized(root.find(f"{P}sldSz"))
        if part in layouts:
            done += _numbered(root)
        if done:
            parts[part] = xml_bytes(root)
            said += done
    return replace(package, parts=parts) if said else package, list(dict.fromkeys(said))


_AS_ANOTHER = "put right: layouts that stood as those of another master do stand as their own master says"
_NEAR = 0.01  # of a slide: a difference that nobody sees


def _placed(package: Package, masters: list[str]) -> dict[str, Any]:
    """Layouts with their title and text where their own master has them, by their parts: LibreOffice writes
    those of every master where the first master has its own.
    """
    if len(masters) < 2:
        return {}
    roots = {
        part: tree(package, part)
        for master in masters
        for part in (master, *package.related(master, "slideLayout"))
    }
    first = _frames(roots[masters[0]])
    model = {_name(roots[part]): _frames(roots[part]) for part in package.related(masters[0], "slideLayout")}
    found: dict[str, Any] = {}
    for master in masters[1:]:
        own = _frames(roots[master])
        layouts = {part: roots[part] for part in package.related(master, "slideLayout")}
        if not ({"title", "body"} <= first.keys() & own.keys()) or _alike(first, own):
            continue
        if all(_alike(model.get(_name(root), {}), _frames(root)) for root in layouts.values()):
            found |= {part: root for part, root in layouts.items() if _moved(root, first, own)}
    return found


_Frame = tuple[int, int, int, int]
_FEET = ("dt", "ftr", "sldNum")


def _name(layout: Any) -> str:
    return layout.find(f"{P}cSld").get("name") or ""


def _holders(root: Any) -> Iterator[tuple[str, Any]]:
    """The placeholders of a layout or master that say where they stand, each with its type and its place."""
    for shape in root.iter(f"{P}sp"):
        ph, place = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph"), shape.find(f"{P}spPr/{A}xfrm")
        if ph is not None and place is not None and len(place) > 1:
            kind = ph.get("type") or "obj"
            yield ("title" if kind in TITLES else kind), place


def _frame(place: Any) -> _Frame:
    off, ext = place.find(f"{A}off"), place.find(f"{A}ext")
    return whole(off.get("x")), whole(off.get("y")), whole(ext.get("cx")), whole(ext.get("cy"))


def _frames(root: Any) -> dict[str, _Frame]:
    """Where placeholders stand, the first of each type by it and the others numbered."""
    found: dict[str, _Frame] = {}
    for kind, place in _holders(root):
        if kind not in _FEET:
            found[kind if kind not in found else f"{kind} {len(found)}"] = _frame(place)
    return found


def _alike(some: dict[str, _Frame], others: dict[str, _Frame]) -> bool:
    """Whether the same placeholders stand at the same places."""
    near = _NEAR * max((x + wide for x, _, wide, _ in (*some.values(), *others.values())), default=0)
    return some.keys() == others.keys() and all(
        abs(a - b) <= near for kind in some for a, b in zip(some[kind], others[kind])
    )


def _moved(layout: Any, first: dict[str, _Frame], own: dict[str, _Frame]) -> bool:
    """Whether something of a layout was put where its own master has its title and its text."""
    done = False
    for kind, place in _holders(layout):
        here = _frame(place)
        title, text = first["title"], first["body"]
        if kind == "title" and _alike({"": here}, {"": title}):
            there: _Frame = own["title"]
        elif kind != "title" and kind not in _FEET and _inside(here, text):
            there = _mapped(here, text, own["body"])
        else:
            continue
        off, ext = place.find(f"{A}off"), place.find(f"{A}ext")
        for element, names, at in ((off, ("x", "y"), 0), (ext, ("cx", "cy"), 2)):
            for n, name in enumerate(names):
                element.set(name, str(there[at + n]))
        done = True
    return done


def _inside(here: _Frame, text: _Frame) -> bool:
    slack = (text[2] + text[3]) // 50
    return all(
        here[n] >= text[n] - slack and here[n] + here[n + 2] <= text[n] + text[n + 2] + slack for n in (0, 1)
    )


def _mapped(here: _Frame, text: _Frame, own: _Frame) -> _Frame:
    """A place in the room for text of one master as it lies in that of another."""
    x, y = (own[n] + round((here[n] - text[n]) * own[n + 2] / max(1, text[n + 2])) for n in (0, 1))
    wide, high = (round(here[n] * own[n] / max(1, text[n])) for n in (2, 3))
    return x, y, wide, high


def _sized(size: Any) -> Iterator[str]:
    name = size.get("type") if size is not None else None
    here = (whole(size.get("cx")), whole(size.get("cy"))) if size is not None else (0, 0)
    if name in _SIZES and tuple(sorted(here)) != tuple(sorted(_SIZES[name])):
        del size.attrib["type"]
        yield f"put right: slides were called “{name}”, which is another size than theirs"


def _numbered(root: Any) -> Iterator[str]:
    """Each placeholder of a layout under a number of its own: slides are joined to them by it."""
    every = [ph for ph in root.iter(f"{P}ph") if ph.get("type") not in TITLES]
    taken = {"0"}
    number = _FIRST_NUMBER
    for ph in every:
        idx = ph.get("idx") or "0"
        if idx in taken:
            while str(number) in taken or any(other.get("idx") == str(number) for other in every):
                number += 1
            idx = str(number)
            ph.set("idx", idx)
            yield "put right: placeholders of a layout that had the same number have one each"
        taken.add(idx)


def _in_order(root: Any) -> Iterator[str]:
    for element in root.iter(etree.Element):
        order = _ORDER.get(element.tag)
        if order is None or len(element) < 2:
            continue
        at: list[int] = []
        for child in element:  # what the standard does not name here stays behind what stands before it
            at.append(order.get(child.tag, at[-1] if at else 0))
        if at != sorted(at):
            element[:] = [child for _, child in sorted(zip(at, element), key=lambda pair: pair[0])]
            name = etree.QName(element).localname
            yield f"put right: the parts of an element ({name}) stood in an order that Office does not know"
