"""A Word template made ready, and compiled: styles mended, headers and footers ready, gaps where a plan's
words go."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from typing import Any

from lxml import etree

from toolkit.brand.compiled import DocumentTemplate
from toolkit.brand.legible import make_legible, put
from toolkit.brand.lists import NARROWEST, Lists, indents, is_plain
from toolkit.brand.mended import in_order, mend
from toolkit.brand.running import (
    clean_running,
    counts_pages,
    describe_pictures,
    is_empty,
    open_controls,
    said_in,
)
from toolkit.brand.wordstyles import based_on, named_styles, numbered, styles_by_id
from toolkit.late import pattern, replace
from toolkit.office.accessible import check_accessible
from toolkit.office.colour import ON
from toolkit.office.editing import new_element, tree, xml_bytes
from toolkit.office.hygiene import clean_document
from toolkit.office.opc import (
    RELATIONSHIPS,
    TYPES,
    Package,
    R,
    Rel,
    W,
    free_id,
    quoted,
    rels_name,
    rels_part,
    settled,
    type_map,
    types_part,
)

MAIN = "word/document.xml"
# What a template is, by the last word of the relationships of its main part, and what each is called here.
# All else stays behind, whatever it is.
_WANTED = {
    "styles": "word/styles.xml",
    "numbering": "word/numbering.xml",
    "settings": "word/settings.xml",
    "fontTable": "word/fontTable.xml",
    "theme": "word/theme/theme1.xml",
    "header": "word/header{}.xml",
    "footer": "word/footer{}.xml",
    "image": "word/media/logo{}",
    "font": "word/fonts/font{}",
}
_PARTS: dict[str, tuple[str, ...]] = {
    "": ("styles", "numbering", "settings", "fontTable", "theme", "header", "footer"),
    "header": ("image", "hyperlink"),
    "footer": ("image", "hyperlink"),
    "fontTable": ("font",),
    "numbering": ("image",),
    "theme": ("image",),
}


def prepare_document(package: Package) -> tuple[Package, list[str]]:
    """Any Word file as a template: its page, styles, lists, headers and footers, put right, and nothing
    else, with remarks on what was left out. Raises Invalid as `clean_document` does."""
    before = Counter(rel.kind for rel in package.rels(package.main()))
    package, opened = _opened(package)
    package, remarks = clean_document(package)
    remarks += opened
    section: Any = tree(package, package.main()).find(f"{W}body/{W}sectPr")
    for ref in _references(section):
        if ref.get(f"{W}type") == "even" and not _has_even_pages(package):
            section.remove(ref)
    package = _only_wanted(package, section)
    after = Counter(rel.kind for rel in package.rels(MAIN))
    for kinds, what in _LEFT_OUT.items():
        if number := sum(before[kind] - after[kind] for kind in kinds):
            remarks.append(f"left out: {what}" + f" ({number})" * (number > 1))
    parts = dict(package.parts)
    faulty = []
    for part in [name for name in parts if name.startswith("word/") and name.endswith(".xml")]:
        root = tree(package, part)
        if mend(root):
            faulty.append(posixpath.basename(part).removesuffix(".xml"))
        if part.startswith(("word/header", "word/footer")):
            remarks += _gone("header" if "header" in part else "footer", clean_running(root))
        parts[part] = xml_bytes(root)
    if faulty:
        remarks.append(f"put right: faulty values or their order, in {', '.join(faulty)}")
    package = settled(replace(package, parts=parts), "document")
    return package, list(dict.fromkeys([*remarks, *_barriers(package)]))


def _opened(package: Package) -> tuple[Package, list[str]]:
    """The package with the content controls of its headers and footers opened, while they still say what
    they are bound to, and what went."""
    parts, gone = dict(package.parts), []
    for kind in ("header", "footer"):
        for part in package.related(package.main(), kind):
            root = tree(package, part)
            gone += _gone(kind, open_controls(root))
            parts[part] = xml_bytes(root)
    return replace(package, parts=parts), gone


def _gone(where: str, every: list[str]) -> list[str]:
    return [
        f"left out of the {where}: “{said}”, which looks left over from another document" for said in every
    ]


_LEFT_OUT = {
    ("header", "footer"): "headers and footers that no page shows",
    ("image",): "pictures in the body",
    ("chart", "chartEx", "diagramData"): "charts and diagrams",
}


def running_words(package: Package) -> list[str]:
    """What a template says at the head and foot of every page, a line for each."""
    main = package.main()
    found = {}
    for kind in ("header", "footer"):
        words = [said_in(package.root(part)) for part in package.related(main, kind)]
        found[kind] = [f"“{said}”" for said in dict.fromkeys(words) if re.search(r"[^\W\d_]", said)]
    return [f"the {kind} says {', '.join(words)} on every page" for kind, words in found.items() if words]


def compile_document(briefing: Package, names: dict[str, str]) -> DocumentTemplate:
    """What the renderer needs of a prepared Word template with a style of these names for each role."""
    main = briefing.main()
    parts = dict(briefing.parts)
    styles_part = briefing.related(main, "styles")[0]
    root = tree(briefing, styles_part)
    styles = named_styles(root, names)
    numbering = next(iter(briefing.related(main, "numbering")), "")
    lists = Lists(tree(briefing, numbering) if numbering else None)
    make_legible(root, styles)
    _name_language(root)
    section: Any = tree(briefing, main).find(f".//{W}sectPr")
    width = _text_width(section)
    abstract, number = _set_lists(lists, root, styles, width)
    rels = [rel for rel in briefing.rels(main) if not rel.external]
    rels += _running(briefing, parts, section, rels, styles)
    parts[styles_part] = xml_bytes(root)
    if lists.root is not None:
        parts[numbering] = _with_prefixes(lists.root)
    body = etree.Element(f"{W}document", nsmap={"w": W[1:-1], "r": R[1:-1]})
    body.append(new_element(f"{W}body"))
    body[0].text = _gap("body")
    body[0].append(section)
    etree.cleanup_namespaces(body, keep_ns_prefixes=["w", "r"])
    parts[main] = xml_bytes(body)
    said = rels_part(main, rels).decode()
    parts[rels_name(main)] = said.replace("</Relationships>", f"{_gap('links')}</Relationships>").encode()
    gapped = {
        part: tuple(_GAP.split(parts.pop(part).decode())) for part in list(parts) if b"{gap:" in parts[part]
    }
    default = next((s for s in styles_by_id(root).values() if _is_default(s)), None)
    return DocumentTemplate(
        parts,
        gapped,
        {role: "" if style is default else style.get(f"{W}styleId") for role, style in styles.items()},
        abstract,
        number,
        1 + max((int(rel.id[3:]) for rel in rels if re.fullmatch(r"rId\d{1,9}", rel.id)), default=0),
        width,
    )


# ------------------------------------------------------------------------------------------- what is wanted


def _references(section: Any) -> list[Any]:
    return [*section.iterfind(f"{W}headerReference"), *section.iterfind(f"{W}footerReference")]


def _has_even_pages(package: Package) -> bool:
    settings = [package.root(part) for part in package.related(package.main(), "settings")]
    found: list[Any] = [root.find(f"{W}evenAndOddHeaders") for root in settings]
    return any(e is not None and e.get(f"{W}val") in (None, *ON) for e in found)


def _only_wanted(package: Package, section: Any) -> Package:
    """The package with what a template is made of, under names of our own, and a body with this section."""
    main = package.main()
    spoken = {ref.get(f"{R}id") for ref in _references(section)}
    types = type_map(package)
    names, said, parts = {main: MAIN}, {MAIN: types[main]}, {TYPES: b""}
    waiting, counts = [(main, "")], dict.fromkeys(_WANTED, 0)
    while waiting:
        part, kind = waiting.pop(0)
        kept: list[Rel] = []
        for rel in package.rels(part):
            if rel.kind not in _PARTS.get(kind, ()) or (rel.external and rel.kind != "hyperlink"):
                continue
            if rel.external:
                kept.append(rel)
                continue
            once = "{}" not in _WANTED[rel.kind]
            if (
                rel.target not in package.parts
                or (rel.kind in ("header", "footer") and rel.id not in spoken)
                or (once and any(other.kind == rel.kind for other in kept))
            ):
                continue
            if rel.target not in names:
                counts[rel.kind] += 1
                name = _WANTED[rel.kind].format(counts[rel.kind])
                name += posixpath.splitext(rel.target)[1] if rel.kind in ("image", "font") else ""
                names[rel.target] = name
                waiting.append((rel.target, rel.kind))
            kept.append(rel._replace(target=names[rel.target]))
        name = names[part]
        parts[name], said[name] = package.parts[part], types[part]
        if kept:
            parts[rels_name(name)] = rels_part(name, kept)
        if kind in ("header", "footer", "settings", "numbering", "fontTable"):
            root = tree(package, part)
            _without_dangling(root, {rel.id for rel in kept})
            parts[name] = xml_bytes(root)
    root = etree.Element(f"{W}document", nsmap={"w": W[1:-1], "r": R[1:-1]})
    root.append(new_element(f"{W}body"))
    root[0].append(new_element(f"{W}p"))
    root[0].append(section)
    parts[MAIN] = xml_bytes(root)
    parts["_rels/.rels"] = rels_part("", [Rel("rId1", RELATIONSHIPS + "officeDocument", MAIN)])
    parts[TYPES] = types_part(said)
    return replace(package, parts=parts)


def _without_dangling(root: Any, there: set[str]) -> None:
    """Takes out of a part what points at parts that stay behind, and the notes that settings speak of."""
    for element in list(root.iter(etree.Element)):
        if element.tag in (f"{W}footnotePr", f"{W}endnotePr"):
            element.getparent().remove(element)
        if not any(key.startswith(R) and value not in there for key, value in element.attrib.items()):
            continue
        if element.tag == f"{W}hyperlink":
            for key in [key for key in element.attrib if key.startswith(R)]:
                del element.attrib[key]
            continue
        whole = next((a for a in element.iterancestors() if a.tag in _FRAMES), element)
        if whole.getparent() is not None:
            whole.getparent().remove(whole)


TO_MEND = "worth mending in the template"
_FRAMES = (f"{W}drawing", f"{W}pict", f"{W}object")


def _barriers(package: Package) -> list[str]:
    """What of the headers and footers would shut a reader out: it is the template's, and no build asks for
    it again."""
    if not {rel.kind for rel in package.rels(MAIN)} & {"header", "footer"}:
        return []
    return [
        f"{TO_MEND}: {finding.rule}, {finding.where}: {finding.message}"
        for finding in check_accessible(package)
        if finding.level == "error"
        and finding.where.startswith(("Header", "Footer"))
        and finding.rule != "Missing alt text"
    ]


# ------------------------------------------------------------------------------------------- what is compiled


_GAP = pattern(r"\{gap:(body|links|lists|heading|title|board|before|between|language)\}")


def _gap(name: str) -> str:
    """Words that no template has, which mark where those of a plan go."""
    return f"{{gap:{name}}}"


def _is_default(style: Any) -> bool:
    return style.get(f"{W}type") in ("paragraph", None) and style.get(f"{W}default") in ON


def _name_language(styles: Any) -> None:
    """The language of the plan, as that of all text and wherever a style names another."""
    at = styles
    for tag in ("docDefaults", "rPrDefault", "rPr", "lang"):
        found = at.find(W + tag)
        if found is None:
            found = new_element(W + tag)
            if tag == "rPr":
                at.insert(0, found)
            else:
                in_order(at, found)
        at = found
    for element in styles.iter(at.tag):
        element.set(f"{W}val", _gap("language"))


def _text_width(section: Any) -> int:
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    return int(size.get(f"{W}w")) - sum(int(margins.get(W + side)) for side in ("left", "right", "gutter"))


def _set_lists(lists: Lists, root: Any, styles: dict[str, Any], width: int) -> tuple[str, int]:
    """Each list style set in a list that suits it, at a depth that is written down; the list that numbers
    count in, and the next free number. A gap behind all lists takes more of it."""
    if lists.root is None:
        return "", 0
    by_id = styles_by_id(root)
    deep = 0
    counted = ""
    for role in ("bullet", "bullet-2", "number", "suggestion"):
        style, bulleted = styles[role], role != "number"
        named, depth, owner = numbered(style, by_id)
        level = lists.level(named, depth, owner)
        if role == "suggestion" and level is None:
            continue
        own = next((s for s in based_on(style, by_id) if s.find(f"{W}pPr/{W}ind") is not None), None)
        left, hanging = indents(level, own)
        sound = is_plain(level, bulleted) and hanging >= NARROWEST and hanging <= left <= width // 4
        if not sound or (role == "bullet-2" and left <= deep):
            named = lists.alone(
                level, style.get(f"{W}styleId"), bulleted, deep if role == "bullet-2" else 0, width
            )
            level, depth = lists.level(named, "0", ""), "0"
            left, hanging = indents(level, None)
            if own is not None:
                indent = put(put(style, "pPr"), "ind")
                indent.attrib.clear()
                indent.set(f"{W}left", str(left))
                indent.set(f"{W}hanging", str(hanging))
        deep = left if role == "bullet" else deep
        about = put(put(style, "pPr"), "numPr")
        for child in list(about):
            about.remove(child)
        about.append(new_element(f"{W}ilvl", **{f"{W}val": level.get(f"{W}ilvl")}))
        about.append(new_element(f"{W}numId", **{f"{W}val": named}))
        counted = lists.abstract_of(named) if role == "number" else counted
    every = lists.root.findall(f"{W}num")
    every[-1].tail = _gap("lists")
    return counted, 1 + max(int(number.get(f"{W}numId")) for number in every)


def _running(
    briefing: Package, parts: dict[str, bytes], section: Any, rels: list[Rel], styles: dict[str, Any]
) -> list[Rel]:
    """The title in a header that says nothing itself, page x of y in every footer, and what logos show;
    gives back the relationships of headers and footers that were not there."""
    there = {
        (kind, ref.get(f"{W}type") or "default"): next(
            (r.target for r in rels if r.id == ref.get(f"{R}id")), ""
        )
        for kind in ("header", "footer")
        for ref in section.iterfind(f"{W}{kind}Reference")
    }
    titled = section.find(f"{W}titlePg") is not None
    needed = [("header", "default"), ("footer", "default")]
    needed += [("footer", "first")] * titled + [("footer", "even")] * _has_even_pages(briefing)
    added: list[Rel] = []
    for kind, side in dict.fromkeys([*there, *needed]):
        part = there.get((kind, side), "")
        root = tree(briefing, part) if part in parts else _empty(kind)
        if not part:
            part = f"word/{kind}-{side}.xml"
            rel = Rel(free_id([*rels, *added]), f"{RELATIONSHIPS}{kind}", part)
            added.append(rel)
            section.insert(0, new_element(f"{W}{kind}Reference", **{f"{W}type": side, f"{R}id": rel.id}))
            of = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
            entry = f"<Override PartName={quoted('/' + part)} ContentType={quoted(of)}/></Types>"
            parts[TYPES] = parts[TYPES].replace(b"</Types>", entry.encode())
        clean_running(root, _gap("title"))
        if (kind, side) == ("header", "default") and is_empty(root):
            _say(root, styles["header"], _gap("heading"))
        above = there.get(("header", side), "")
        if kind == "footer" and not (above in parts and counts_pages(briefing.root(above))):
            _number_pages(root, styles["footer"])
        describe_pictures(root, f"Logo: {_gap('board')}")
        parts[part] = xml_bytes(root)
    return added


def _empty(kind: str) -> Any:
    tag = {"header": "hdr", "footer": "ftr"}[kind]
    root = etree.Element(W + tag, nsmap={"w": W[1:-1], "r": R[1:-1]})
    root.append(new_element(f"{W}p"))
    return root


def _say(root: Any, style: Any, said: str) -> None:
    """Writes something into the first paragraph of a header, which says nothing."""
    paragraph = next(root.iter(f"{W}p"))
    for child in list(paragraph):
        paragraph.remove(child)
    _styled(paragraph, style)
    run = new_element(f"{W}r")
    run.append(_words(said))
    paragraph.append(run)


def _words(said: str) -> Any:
    words = new_element(f"{W}t", **{"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    words.text = said
    return words


def _styled(paragraph: Any, style: Any) -> None:
    about = paragraph.find(f"{W}pPr")
    if about is None:
        about = new_element(f"{W}pPr")
        paragraph.insert(0, about)
    put(about, "pStyle").set(f"{W}val", style.get(f"{W}styleId"))


def _number_pages(root: Any, style: Any) -> None:
    if counts_pages(root):  # the house brand says it in English
        for text in root.iter(f"{W}t"):
            text.text = {"Page ": _gap("before"), " of ": _gap("between")}.get(text.text, text.text)
        return
    paragraph = root.find(f"{W}p")
    if paragraph is None or said_in(paragraph) or paragraph.find(f".//{W}drawing") is not None:
        paragraph = new_element(f"{W}p")
        root.append(paragraph)
    _styled(paragraph, style)
    for gap, code in (("before", "PAGE"), ("between", "NUMPAGES")):
        run = new_element(f"{W}r")
        run.append(_words(_gap(gap)))
        field = new_element(f"{W}fldSimple", **{f"{W}instr": f" {code} "})
        shown = new_element(f"{W}r")
        number = new_element(f"{W}t")
        number.text = "1"
        shown.append(number)
        field.append(shown)
        paragraph.extend((run, field))


def _with_prefixes(old: Any) -> bytes:
    """A part whose root has the prefixes that the renderer writes, whatever its own are."""
    root = etree.Element(old.tag, old.attrib, {**old.nsmap, "w": W[1:-1], "r": R[1:-1]})
    root[:] = list(old)
    root.text = old.text
    return xml_bytes(root)
