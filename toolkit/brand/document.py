"""A Word template compiled: styles mended, headers and footers ready, gaps where a plan's words go."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

from toolkit.brand.compiled import DocumentTemplate
from toolkit.brand.legible import based_on, make_legible, styles_by_name
from toolkit.office.editing import tree, xml_bytes
from toolkit.office.opc import Package, R, W, read_package, rels_name, zipped

_TWIP = 635  # EMU in a twentieth of a point


def compile_document(briefing: Package, names: dict[str, str]) -> DocumentTemplate:
    """What the renderer needs of a clean Word template with a style of these names for each role."""
    document: Any = Document(BytesIO(zipped(briefing.parts)))
    styles = styles_by_name(document, names)
    make_legible(document, styles)
    _prepare_running(document, styles)
    _drop_dangling(document.styles.element)
    _name_language(document.styles.element)
    body = document.element.body
    for child in body[:-1]:
        body.remove(child)
    body.text = _gap("body")
    abstract, number = _numbered_list(document, styles["number"])
    section = document.sections[0]
    default = document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
    out = BytesIO()
    document.save(out)
    package = read_package(out.getvalue())
    main = package.main()
    parts = dict(package.parts)
    for part in (main, *package.related(main, "numbering")):
        parts[part] = _with_prefixes(tree(package, part))
    rels = rels_name(main)
    parts[rels] = parts[rels].replace(b"</Relationships>", f"{_gap('links')}</Relationships>".encode())
    gapped = {
        part: tuple(_GAP.split(parts.pop(part).decode())) for part in list(parts) if b"{gap:" in parts[part]
    }
    return DocumentTemplate(
        parts,
        gapped,
        {role: "" if style == default else style.style_id for role, style in styles.items()},
        abstract,
        number,
        1
        + max((int(rel.id[3:]) for rel in package.rels(main) if re.fullmatch(r"rId\d+", rel.id)), default=0),
        int(section.page_width - section.left_margin - section.right_margin) // _TWIP,
    )


_GAP = re.compile(r"\{gap:(body|links|lists|heading|board|before|between|language)\}")


def _gap(name: str) -> str:
    """Words that no template has, which mark where those of a plan go."""
    return f"{{gap:{name}}}"


def _drop_dangling(styles: Any) -> None:
    """Removes what styles say of others that somebody has deleted."""
    there = {style.get(qn("w:styleId")) for style in styles.iterfind(qn("w:style"))}
    for element in list(styles.iter(qn("w:basedOn"), qn("w:next"), qn("w:link"))):
        if element.get(qn("w:val")) not in there:
            element.getparent().remove(element)


def _name_language(styles: Any) -> None:
    """The language of the plan, as that of all text and wherever a style names another."""
    at = styles
    for tag, position in (("docDefaults", 0), ("rPrDefault", 0), ("rPr", 0), ("lang", 999)):
        found = at.find(qn(f"w:{tag}"))
        if found is None:
            found = OxmlElement(f"w:{tag}")
            at.insert(position, found)
        at = found
    for element in styles.iter(at.tag):
        element.set(qn("w:val"), _gap("language"))


def _numbered_list(document: Any, style: Any) -> tuple[str, int]:
    """The list that a style counts in, and the next free number. A gap behind all lists takes more of it."""
    rels = document.part.rels.values()
    parts = [rel.target_part for rel in rels if rel.reltype == RELATIONSHIP_TYPE.NUMBERING]
    lists = [num for part in parts[:1] for num in part.element.findall(qn("w:num"))]
    found = (s.element.find(f".//{qn('w:numId')}") for s in based_on(style))
    used = next((element for element in found if element is not None), None)
    if used is None or not lists:
        return "", 0
    lists[-1].tail = _gap("lists")
    numbers = {n.get(qn("w:numId")): n.find(qn("w:abstractNumId")).get(qn("w:val")) for n in lists}
    return numbers.get(used.get(qn("w:val")), ""), 1 + max(int(number) for number in numbers)


def _prepare_running(document: Any, styles: dict[str, Any]) -> None:
    """The title in a header that says nothing itself, page x of y in every footer, and what logos show."""
    section = document.sections[0]
    header = section.header
    words = "".join(p.text for p in header.paragraphs).strip()
    if not words and header._element.find(f".//{qn('w:drawing')}") is None:
        header.paragraphs[0].text = _gap("heading")
        header.paragraphs[0].style = styles["header"]
    footers = [section.footer]
    if section.different_first_page_header_footer:
        footers.append(section.first_page_footer)
    if document.settings.odd_and_even_pages_header_footer:
        footers.append(section.even_page_footer)
    for footer in footers:
        _number_pages(footer, styles["footer"])
    for kind in ("", "first_page_", "even_page_"):
        for part in (getattr(section, f"{kind}header"), getattr(section, f"{kind}footer")):
            for drawing in () if part.is_linked_to_previous else part._element.iter(qn("wp:docPr")):
                if not drawing.get("descr") and not len(drawing):
                    drawing.set(
                        "descr", f"Logo: {_gap('board')}"
                    )  # a letterhead's picture seldom says what it is


def _number_pages(footer: Any, style: Any) -> None:
    codes = "".join(e.text or "" for e in footer._element.iter(qn("w:instrText"))) + "".join(
        e.get(qn("w:instr"), "") for e in footer._element.iter(qn("w:fldSimple"))
    )
    if "PAGE" in codes:  # the house brand says it in English
        for text in footer._element.iter(qn("w:t")):
            text.text = {"Page ": _gap("before"), " of ": _gap("between")}.get(text.text, text.text)
        return
    paragraph = footer.paragraphs[0] if footer.paragraphs else None
    if paragraph is None or paragraph.text.strip():
        paragraph = footer.add_paragraph()
    paragraph.style = style
    for gap, code in (("before", "PAGE"), ("between", "NUMPAGES")):
        run = paragraph.add_run(_gap(gap))
        run._r[-1].set(qn("xml:space"), "preserve")
        field = OxmlElement("w:fldSimple", {qn("w:instr"): f" {code} "})
        shown = OxmlElement("w:r")
        number = OxmlElement("w:t")
        number.text = "1"
        shown.append(number)
        field.append(shown)
        paragraph._p.append(field)


def _with_prefixes(old: Any) -> bytes:
    """A part whose root has the prefixes that the renderer writes, whatever its own are."""
    root = etree.Element(old.tag, old.attrib, {**old.nsmap, "w": W[1:-1], "r": R[1:-1]})
    root[:] = list(old)
    root.text = old.text
    return xml_bytes(root)
