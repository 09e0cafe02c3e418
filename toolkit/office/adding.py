"""A slide that somebody added by hand, made anew in a finished deck: its words in the layout that it had."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any
from xml.etree.ElementTree import XML

from toolkit.content.changes import AddedBox, Change
from toolkit.office.opc import (
    HEAD,
    OFFICE,
    RELATIONSHIPS,
    TYPES,
    A,
    P,
    Package,
    R,
    Rel,
    escaped,
    quoted,
    rels_name,
    rels_part,
)
from toolkit.office.story import holder_of

P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
_NS = f'xmlns:a="{A[1:-1]}" xmlns:r="{R[1:-1]}" xmlns:p="{P[1:-1]}"'
_KIND = "application/vnd.openxmlformats-officedocument.presentationml."
_HOLDER = re.compile(r"(\w*) ?(\d*)")
_TREE = (
    '<p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
    "<p:grpSpPr/>"
)
_ROW, _EMU = 370_840, 12_700
_PLAIN = "{5940675A-B579-460E-94D1-54222C63F5DA}"  # PowerPoint's "No Style, Table Grid"


def add(
    package: Package, parts: dict[str, bytes], tree: Callable[[str], Any], change: Change, beside: str
) -> tuple[str, str]:
    """Add the parts of a slide, and give back their names: the slide, and its notes page or nothing. It has
    the layout of its name, else that of the slide `beside`."""
    number = next(n for n in range(1, len(parts) + 2) if f"ppt/slides/slide{n}.xml" not in parts)
    part, notes = f"ppt/slides/slide{number}.xml", f"ppt/notesSlides/notesSlide{number}.xml"
    slides = [name for name in parts if re.fullmatch(r"ppt/slides/slide\d+\.xml", name)]
    layout = _layout(package, change.layout or "")
    known = layout != ""
    if not layout:
        layout = next(iter(package.related(beside or slides[0], "slideLayout")))
    shapes = "".join(_box(box, n, known) for n, box in enumerate(change.boxes, 2))
    parts[part] = (
        f"{HEAD}<p:sld {_NS}>{_TREE}{shapes}</p:spTree></p:cSld>"
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"
    ).encode()
    rels = [Rel("rId1", RELATIONSHIPS + "slideLayout", layout)]
    _say(parts, part, "slide")
    like = next((n for s in slides for n in package.related(s, "notesSlide") if n in parts), "")
    if any(line.strip() for line in change.notes) and like:
        rels.append(Rel("rId2", RELATIONSHIPS + "notesSlide", notes))
        parts[notes] = _notes(tree(like), change.notes)
        master = package.related(like, "notesMaster")[0]
        parts[rels_name(notes)] = rels_part(
            notes,
            [Rel("rId1", RELATIONSHIPS + "notesMaster", master), Rel("rId2", RELATIONSHIPS + "slide", part)],
        )
        _say(parts, notes, "notesSlide")
    else:
        notes = ""
    parts[rels_name(part)] = rels_part(part, rels)
    return part, notes


def _layout(package: Package, name: str) -> str:
    """The layout with this name."""
    for part in sorted(package.parts):
        if re.fullmatch(r"ppt/slideLayouts/[^/]+\.xml", part):
            found = package.root(part).find(f"{P}cSld")
            if name and found is not None and found.get("name") == name:
                return part
    return ""


def _say(parts: dict[str, bytes], part: str, kind: str) -> None:
    said = f'<Override PartName="/{part}" ContentType="{_KIND}{kind}+xml"/></Types>'.encode()
    parts[TYPES] = parts[TYPES].replace(b"</Types>", said)


def _paragraphs(lines: Sequence[str]) -> str:
    def runs(line: str) -> str:
        return "<a:br/>".join(f"<a:r><a:t>{escaped(one)}</a:t></a:r>" for one in line.split("\n"))

    return "".join(f"<a:p>{runs(line) if line else ''}</a:p>" for line in lines or ("",))


def _box(box: AddedBox, number: int, known: bool) -> str:
    x, y, w, h = box.at if len(box.at) == 4 else (914_400, 914_400 * number // 2, 7_315_200, 914_400)
    place = f'<a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/>'
    if box.rows:
        return _table(box, number, place, w)
    match = _HOLDER.fullmatch(box.holder) if known or box.holder.startswith(("title", "ctrTitle")) else None
    about = f'<p:cNvPr id="{number}" name={quoted(box.holder or f"Text {number}")}/>'
    if match and (match[1] or match[2]):
        kind = f" type={quoted(match[1])}" if match[1] and match[1] != "obj" else ""
        index = f' idx="{match[2]}"' if match[2] else ""
        where = f"<a:xfrm>{place}</a:xfrm>" if len(box.at) == 4 else ""
        shape = f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph{kind}{index}/></p:nvPr>'
        look, body = f"<p:spPr>{where}</p:spPr>", "<a:bodyPr/>"
    else:
        shape = '<p:cNvSpPr txBox="1"/><p:nvPr/>'
        look = f'<p:spPr><a:xfrm>{place}</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        body = '<a:bodyPr wrap="square"/>'
    return (
        f"<p:sp><p:nvSpPr>{about}{shape}</p:nvSpPr>{look}"
        f"<p:txBody>{body}<a:lstStyle/>{_paragraphs(box.lines)}</p:txBody></p:sp>"
    )


def _table(box: AddedBox, number: int, place: str, wide: int) -> str:
    columns = max(len(row) for row in box.rows)
    grid = f'<a:gridCol w="{wide // columns}"/>' * columns
    rows = "".join(
        f'<a:tr h="{_ROW}">'
        + "".join(
            f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{_paragraphs(cell.split(chr(10)))}</a:txBody>"
            "<a:tcPr/></a:tc>"
            for cell in (*row, *[""] * (columns - len(row)))
        )
        + "</a:tr>"
        for row in box.rows
    )
    return (
        f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{number}" name="Table {number}"/>'
        '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/>'
        f"</p:nvGraphicFramePr><p:xfrm>{place}</p:xfrm><a:graphic>"
        f'<a:graphicData uri="{OFFICE}drawingml/2006/table"><a:tbl><a:tblPr firstRow="1">'
        f"<a:tableStyleId>{_PLAIN}</a:tableStyleId></a:tblPr><a:tblGrid>{grid}</a:tblGrid>{rows}</a:tbl>"
        "</a:graphicData></a:graphic></p:graphicFrame>"
    )


def _notes(like: Any, lines: Sequence[str]) -> bytes:
    """A notes page made as another one is, with other words and without its clock."""
    from toolkit.office.editing import xml_bytes

    root = deepcopy(like)
    for shape in list(root.iter(f"{P}sp")):
        kind = holder_of(shape)
        if not kind:
            shape.getparent().remove(shape)
        elif kind == "body":
            body = shape.find(f"{P}txBody")
            paragraphs = body.findall(f"{A}p")
            run = next((one for p in paragraphs for one in p.findall(f"{A}r")), None)
            for one in paragraphs:
                body.remove(one)
            for line in lines:
                paragraph = body.makeelement(f"{A}p", {})
                again = deepcopy(run) if run is not None else body.makeelement(f"{A}r", {})
                text = again.find(f"{A}t")
                if text is None:
                    text = again.makeelement(f"{A}t", {})
                    again.append(text)
                text.text = line
                for look in again.findall(f"{A}rPr"):
                    look.attrib.pop("b", None)
                if line:
                    paragraph.append(again)
                body.append(paragraph)
    return xml_bytes(root)


def list_slide(presentation: Any, parts: dict[str, bytes], main: str, part: str) -> Any:
    """An entry for the list of slides, which stands nowhere yet, with its relationship."""
    listed = presentation.find(f"{P}sldIdLst")
    name = rels_name(main)
    taken = {rel.get("Id") for rel in XML(parts[name])}
    id = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
    said = (
        f'<Relationship Id="{id}" Type="{RELATIONSHIPS}slide" Target="{part.removeprefix("ppt/")}"/>'
        "</Relationships>"
    )
    parts[name] = parts[name].replace(b"</Relationships>", said.encode())
    key = max([int(one.get("id")) for one in presentation.iter(f"{P}sldId")] + [255]) + 1
    return listed.makeelement(f"{P}sldId", {"id": str(key), f"{R}id": id})


def drop(parts: dict[str, bytes], main: str, id: str, gone: Sequence[str]) -> None:
    """Take the parts of a slide out of a deck."""
    name = rels_name(main)
    parts[name] = re.sub(rb'<Relationship Id="%s"[^>]*/>' % id.encode(), b"", parts[name], count=1)
    for part in filter(None, gone):
        parts.pop(part, None)
        parts.pop(rels_name(part), None)
        said = rb'<Override PartName="/%s"[^>]*/>' % re.escape(part.encode())
        parts[TYPES] = re.sub(said, b"", parts[TYPES])
