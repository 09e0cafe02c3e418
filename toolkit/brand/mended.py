"""The XML of a Word template put right where its maker wrote it wrongly: what Word forgives, other programs
and the schema do not (ECMA-376 part 1, 17; the order of elements is that of its schema)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from toolkit.late import pattern
from toolkit.office.colour import from_hex
from toolkit.office.editing import new_element
from toolkit.office.opc import W
from toolkit.office.section import measured
from toolkit.office.word import name_of


def _names(said: str) -> list[str]:
    return said.split()


_RUN = _names(
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid"
    " vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl"
    " cs em lang eastAsianLayout specVanish oMath"
)
_NOT_IN_STYLES = _names("rStyle highlight rtl cs oMath")  # Microsoft's schema has them on words alone
_PARAGRAPH = _names(
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs"
    " suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi"
    " adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection"
    " textAlignment textboxTightWrap outlineLvl divId cnfStyle"
)
_ON_WORDS = _names("rPr sectPr pPrChange")  # of a paragraph that is written, not of a style
_FRAME = _names("top left bottom right insideH insideV tl2br tr2bl")
# The children of elements in the order of the schema; of settings, those that a template has a use for.
_CHILDREN = {
    "rPr": ["ins", "del", "moveFrom", "moveTo", *_RUN, "rPrChange"],
    "pPr": [*_PARAGRAPH, *_ON_WORDS],
    "style": _names(
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat"
        " locked personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr"
    ),
    "styles": _names("docDefaults latentStyles style"),
    "docDefaults": _names("rPrDefault pPrDefault"),
    "pBdr": _names("top left bottom right between bar"),
    "numPr": _names("ilvl numId numberingChange ins"),
    "numbering": _names("numPicBullet abstractNum num numIdMacAtCleanup"),
    "abstractNum": _names("nsid multiLevelType tmpl name styleLink numStyleLink lvl"),
    "num": _names("abstractNumId lvlOverride"),
    "lvlOverride": _names("startOverride lvl"),
    "lvl": _names("start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr"),
    "tblStylePr": _names("pPr rPr tblPr trPr tcPr"),
    "tblPr": _names(
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing"
        " tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange"
    ),
    "tcPr": _names(
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign"
        " hideMark headers cellIns cellDel cellMerge tcPrChange"
    ),
    "tblBorders": _FRAME[:6],
    "tcBorders": _FRAME,
    "tblCellMar": _FRAME[:4],
    "tcMar": _FRAME[:4],
    "settings": _names(
        "embedTrueTypeFonts embedSystemFonts saveSubsetFonts mirrorMargins alignBordersAndEdges"
        " bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop defaultTabStop evenAndOddHeaders"
        " characterSpacingControl compat themeFontLang clrSchemeMapping decimalSymbol listSeparator"
    ),
    "compat": ["compatSetting"],
    "font": _names(
        "altName panose1 charset family notTrueType pitch sig embedRegular embedBold embedItalic"
        " embedBoldItalic"
    ),
}
_ORDERS = {W + tag: {W + child: n for n, child in enumerate(every)} for tag, every in _CHILDREN.items()}
_MANY = {
    W + tag
    for tag in _names(
        "style tblStylePr numPicBullet abstractNum num lvl lvlOverride compatSetting ins del moveFrom moveTo"
    )
}
_PURE = (f"{W}settings", f"{W}compat", f"{W}font")  # where nothing of later versions is wanted
_THEMED = _names("color themeColor themeTint themeShade")
_BORDER = ["val", *_THEMED, *_names("sz space shadow frame")]
# What may be said of some elements: makers misspell these.
_ATTRIBUTES = {
    W + tag: {W + name for name in names}
    for tag, names in {
        "style": _names("type styleId default customStyle"),
        "rFonts": _names("hint ascii hAnsi eastAsia cs asciiTheme hAnsiTheme eastAsiaTheme cstheme"),
        "color": ["val", *_THEMED[1:]],
        "shd": ["val", *_THEMED, *_names("fill themeFill themeFillTint themeFillShade")],
        "u": ["val", *_THEMED],
        "lang": _names("val eastAsia bidi"),
        "spacing": _names(
            "val before beforeLines beforeAutospacing after afterLines afterAutospacing line lineRule"
        ),
        "ind": [
            f"{side}{ending}"
            for side in _names("left right start end firstLine hanging")
            for ending in ("", "Chars")
        ],
        **{tag: ["val"] for tag in _names("sz szCs kern position jc outlineLvl vertAlign")},
        **dict.fromkeys(_names("between bar insideH insideV bdr"), _BORDER),
        **{tag: [*_BORDER, "w", "type"] for tag in _names("top left bottom right")},
    }.items()
}
_WORD = W[1:-1]

_TWENTIETHS, _HALVES, _PLAIN = 20, 2, 1
# Numbers by element: the attributes, and how many make a point. All but a few may be less than nothing.
_NUMBERS = {
    **dict.fromkeys(("sz", "szCs", "kern", "position"), (("val",), _HALVES)),
    "spacing": (("val", "before", "after", "line", "beforeLines", "afterLines"), _TWENTIETHS),
    "ind": (
        (
            "left",
            "right",
            "firstLine",
            "hanging",
            "leftChars",
            "rightChars",
            "firstLineChars",
            "hangingChars",
        ),
        _TWENTIETHS,
    ),
    "tab": (("pos",), _TWENTIETHS),
    "trHeight": (("val",), _TWENTIETHS),
    "framePr": (("w", "h", "hSpace", "vSpace", "x", "y"), _TWENTIETHS),
    "defaultTabStop": (("val",), _TWENTIETHS),
    "gridCol": (("w",), _TWENTIETHS),
    **dict.fromkeys(
        ("ilvl", "numId", "abstractNumId", "outlineLvl", "start", "startOverride"), (("val",), 1)
    ),
    **dict.fromkeys(("uiPriority", "lvlRestart", "lvlPicBulletId", "w"), (("val",), _PLAIN)),
    "lvl": (("ilvl",), _PLAIN),
    "lvlOverride": (("ilvl",), _PLAIN),
    "num": (("numId",), _PLAIN),
    "abstractNum": (("abstractNumId",), _PLAIN),
    **dict.fromkeys(
        ("top", "left", "bottom", "right", "between", "bar", "insideH", "insideV", "bdr"),
        (("sz", "space"), 8),
    ),
}
_NUMBERS = {W + tag: said for tag, said in _NUMBERS.items()}
_LEAST = {f"{W}sz": 1, f"{W}szCs": 1, f"{W}kern": 0, f"{W}ilvl": 0, f"{W}outlineLvl": 0, f"{W}numId": 0}
_MOST = {f"{W}sz": 3276, f"{W}szCs": 3276, f"{W}ilvl": 8, f"{W}outlineLvl": 9, f"{W}uiPriority": 99}
_SIDES = {"start": "left", "end": "right"}
_TOGGLES = {
    W + tag
    for tag in _names(
        "b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish"
        " webHidden rtl cs specVanish oMath keepNext keepLines pageBreakBefore widowControl bidi"
        " suppressLineNumbers suppressAutoHyphens contextualSpacing mirrorIndents adjustRightInd isLgl"
        " semiHidden unhideWhenUsed qFormat locked autoRedefine hidden tblHeader cantSplit titlePg"
    )
}
_SAID = ("0", "1", "true", "false", "on", "off")
_SET = ("left", "right", "center", "both", "distribute")  # the ways to set a paragraph that all programs know
_KINDS = ("paragraph", "character", "table", "numbering")
_HEX = pattern(r"#?([0-9A-Fa-f]{6})")


def mend(root: Any) -> bool:
    """Puts the values and the order of Word's elements in a part right; whether its maker made mistakes."""
    for element in list(root.iter(etree.Element)):
        _say_plainly(element, root.tag)
    before = etree.tostring(root)
    if root.tag == f"{W}styles":
        _mend_styles(root)
    if root.tag == f"{W}numbering":
        _mend_lists(root)
    for element in list(root.iter(etree.Element)):
        _mend_attributes(element)
        tag = element.tag
        if tag in (f"{W}jc", f"{W}lvlJc"):
            _mend_side(element)
        elif tag in _TOGGLES and element.get(f"{W}val") not in (None, *_SAID):
            _drop(element)
        elif tag in (f"{W}color", f"{W}shd"):
            _mend_colour(element)
        elif tag in _ORDERS:
            _sort(element)
    return etree.tostring(root) != before


def _say_plainly(element: Any, part: str) -> None:
    """What is right, but is not said so in all versions of the schema."""
    tag = element.tag
    if tag in _FRAMED:
        for child in element:
            child.tag = _SIDED.get(child.tag, child.tag)
    elif tag in (f"{W}settings", f"{W}compat", f"{W}font"):
        _sort(element)
    elif tag in _ABOUT_STYLES and element.get(f"{W}val") in _SAID:
        if element.attrib.pop(f"{W}val") in ("0", "false", "off"):
            _drop(element)
    elif tag == f"{W}charset":
        element.attrib.pop(f"{W}characterSet", None)  # LibreOffice's, whose names Microsoft does not know
    unwanted: list[str] = []
    if part == f"{W}styles" and tag == f"{W}rPr":
        unwanted = _NOT_IN_STYLES
    elif part in (f"{W}styles", f"{W}numbering") and tag == f"{W}pPr":
        unwanted = _ON_WORDS
    for name in unwanted:
        for child in element.findall(W + name):
            element.remove(child)


_SIDED = {f"{W}start": f"{W}left", f"{W}end": f"{W}right"}
_FRAMED = {W + tag for tag in ("tblBorders", "tcBorders", "tblCellMar", "tcMar", "pBdr")}
_ABOUT_STYLES = {
    W + tag
    for tag in _names(
        "autoRedefine hidden semiHidden unhideWhenUsed qFormat locked personal personalCompose personalReply"
    )
}


def in_order(parent: Any, child: Any) -> None:
    """Puts an element where the schema wants it among the children of another."""
    order = _ORDERS[parent.tag]
    at = order.get(child.tag, 999)
    parent.insert(sum(1 for other in parent if order.get(other.tag, 999) <= at), child)


def _mend_styles(root: Any) -> None:
    """Every style has a kind, an id of its own and a name; there is one default of each kind."""
    ids: set[str] = set()
    names: set[str] = set()
    defaults: set[str] = set()
    for style in list(root.iterfind(f"{W}style")):
        kind = style.get(f"{W}type") or "paragraph"
        number = style.get(f"{W}styleId") or re.sub(r"\W", "", name_of(style))
        name = name_of(style).strip() or number
        if kind not in _KINDS or not number or number in ids:
            root.remove(style)
            continue
        if name.casefold() in names:
            name = next(f"{name} ({n})" for n in range(2, 9999) if f"{name} ({n})".casefold() not in names)
        ids.add(number)
        names.add(name.casefold())
        style.set(f"{W}type", kind)
        style.set(f"{W}styleId", number)
        named = style.find(f"{W}name")
        if named is None:
            named = new_element(f"{W}name")
            style.insert(0, named)
        if named.get(f"{W}val") != name:
            named.set(f"{W}val", name)
        if style.get(f"{W}default") is not None:
            if kind in defaults or style.get(f"{W}default") not in ("1", "true", "on"):
                del style.attrib[f"{W}default"]
            else:
                defaults.add(kind)
    for element in list(_pointers(root)):
        if element.get(f"{W}val") not in ids:
            element.getparent().remove(element)


def _mend_lists(root: Any) -> None:
    """Every number is that of a list that is there, and of one alone."""
    for tag, name in (("abstractNum", "abstractNumId"), ("num", "numId")):
        seen: set[str | None] = set()
        for element in root.findall(W + tag):
            if element.get(W + name) in seen:
                root.remove(element)
            seen.add(element.get(W + name))
    there = {element.get(f"{W}abstractNumId") for element in root.iterfind(f"{W}abstractNum")}
    for number in root.findall(f"{W}num"):
        named = number.find(f"{W}abstractNumId")
        if named is None or named.get(f"{W}val") not in there:
            root.remove(number)


def _pointers(root: Any) -> Iterator[Any]:
    """What styles say of others."""
    for style in root.iterfind(f"{W}style"):
        for tag in ("basedOn", "next", "link"):
            yield from style.iterfind(W + tag)


def _mend_attributes(element: Any) -> None:
    """Whole numbers in place of decimals and units; a number that cannot be read, or a name that Word does
    not know there, goes."""
    allowed = _ATTRIBUTES.get(element.tag)
    if allowed is not None and not allowed.issuperset(element.keys()):
        ours = [key for key in element.attrib if not key.startswith("{") or key.startswith(W)]
        for key in ours:
            if key not in allowed:
                del element.attrib[key]
    if element.get(f"{W}lineRule") not in (None, "auto", "exact", "atLeast"):
        del element.attrib[f"{W}lineRule"]
    attributes, parts = _NUMBERS.get(element.tag, ((), 0))
    if element.tag == f"{W}ind":
        for old, new in _SIDES.items():
            for ending in ("", "Chars"):
                value = element.attrib.pop(f"{W}{old}{ending}", None)
                if value is not None and element.get(f"{W}{new}{ending}") is None:
                    element.set(f"{W}{new}{ending}", value)
    for name in attributes:
        said = element.get(W + name)
        if said is None:
            continue
        value = measured(said, parts)
        least, most = _LEAST.get(element.tag, -31_680), _MOST.get(element.tag, 2_147_483_647)
        if value is None or not least <= value <= most:
            del element.attrib[W + name]
            if name == "val" or not element.attrib:
                _drop(element)
        elif said != str(value):
            element.set(W + name, str(value))


def _mend_side(element: Any) -> None:
    said = element.get(f"{W}val") or ""
    side = _SIDES.get(said, said)
    if side not in _SET and not (element.tag == f"{W}jc" and side.endswith("Kashida")):
        _drop(element)
    elif side != said:
        element.set(f"{W}val", side)


def _mend_colour(element: Any) -> None:
    """Six digits or "auto"; what is neither goes, and with it the colour where it is all that is said."""
    for name in ("val", "color", "fill"):
        said = element.get(W + name)
        if said is None or said == "auto" or (element.tag == f"{W}shd" and name == "val"):
            continue
        found = _HEX.fullmatch(said)
        if found and from_hex(found[1]) is not None:
            if found[1] != said:
                element.set(W + name, found[1].upper())
        elif element.tag == f"{W}color":
            _drop(element)
            return
        else:
            element.set(W + name, "auto")
    if element.tag == f"{W}shd" and element.get(f"{W}val") is None:
        element.set(f"{W}val", "clear")
    if element.tag == f"{W}color" and element.get(f"{W}val") is None:
        _drop(element)


def _sort(element: Any) -> None:
    """The children in the order of the schema, each once; those that it does not know there go."""
    order = _ORDERS[element.tag]
    children = list(element)
    kept: list[Any] = []
    for child in children:
        if child.tag in order:
            if child.tag in _MANY or all(child.tag != other.tag for other in kept):
                kept.append(child)
        elif isinstance(child.tag, str) and etree.QName(child).namespace != _WORD:
            kept += [child] * (element.tag not in _PURE)
    kept.sort(key=lambda child: order.get(child.tag, 999))
    if kept != children:
        element[:] = kept


def _drop(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
