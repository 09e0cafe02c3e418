"""What may come through from a stranger's template: a list of what is good. All else is left out, and told.

Good are relationships, parts, pictures and fonts (by their bytes, whatever they are called), fields, actions,
links and names of XML. Nobody has to know what is bad.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from functools import lru_cache
from typing import Any

from lxml import etree

from toolkit.late import pattern, replace
from toolkit.office.editing import new_element, tree, xml_bytes
from toolkit.office.fields import is_safe, story
from toolkit.office.good import (
    ACTION,
    ADDRESS,
    ALONE,
    DRAWN,
    ENDINGS,
    FETCHES,
    FRAMED,
    IMAGE,
    LINK_SAYS,
    MICROSOFT,
    NAMESPACES,
    OLD,
    PICTURE_ENDINGS,
    POINTERS,
    SLIDE_FIELD,
    SPOKEN_OF,
    UNWRAPPED,
    WORDS,
    WORDS_STAY,
)
from toolkit.office.media import file_kind
from toolkit.office.opc import (
    MC,
    OFFICE,
    RELATIONSHIPS,
    TYPES,
    A,
    Package,
    R,
    Rel,
    W,
    rels_name,
    rels_part,
    type_map,
    types_part,
)

LARGEST_LOOKS = 16 * 1024 * 1024  # bytes of XML; real templates have one or two million
_SOON = 256 * 1024  # bytes of a part that is not parsed a second time


def sifted(package: Package, known: dict[str, str], remarks: list[str]) -> Package:
    """The package with only what is good of all that can be reached, and remarks on what went.

    `known` says what to call relationships that are not good, by the last words of their types.
    """
    return _Sieve(package, known).through(remarks)


class _Sieve:
    """One pass over a package."""

    def __init__(self, package: Package, known: dict[str, str]) -> None:
        self._package, self._known = package, known
        self._main = package.main()
        self._kinds = {self._main: "officeDocument"}  # of what is kept: the relationship that leads there
        self._names = {self._main: _xml_name(self._main)}
        self._types = type_map(package)
        self._counts: Counter[str] = Counter()
        self._fields: dict[str, None] = {}
        self._keys: dict[str, str] = {}
        self._size = 0
        self._trees: dict[str, Any] = {}  # parts that were looked into, and are changed soon

    def through(self, remarks: list[str]) -> Package:
        package = self._package
        kept: dict[str, list[Rel]] = {"": self._good("", None)[0]}
        contents: dict[str, bytes] = {}
        waiting = [self._main]
        while waiting:
            part = waiting.pop(0)
            if self._kinds[part] not in DRAWN and part != self._main:
                contents[part] = package.parts[part]
                continue
            root = self._trees.pop(part) if part in self._trees else tree(package, part)
            if self._kinds[part] == "fontTable":
                self._keys = {e.get(f"{R}id") or "": e.get(f"{W}fontKey") or "" for e in root.iter()}
            rels, found = self._good(part, root)
            changed = self._cut(root, package.parts[part], {rel.id: rel for rel in rels})
            held = (e.attrib for e in root.iter(etree.Element) if e.attrib)
            spoken = {v for a in held for k, v in a.items() if k.startswith(R) or k.endswith("}relid")}
            kept[part] = [r for r in rels if r.kind not in SPOKEN_OF or r.id in spoken]
            for rel in kept[part]:
                if not rel.external and rel.target not in self._kinds:
                    self._kinds[rel.target] = rel.kind
                    self._names[rel.target] = self._name(rel)
                    waiting.append(rel.target)
            contents[part] = xml_bytes(root) if changed or found else package.parts[part]
            self._size += len(contents[part])
            if self._size > LARGEST_LOOKS:
                raise package.stop(
                    f"the looks of this template are too large ({self._size:,} bytes)",
                    "delete layouts and drawings that nobody uses, and save it again",
                )
        if "macroEnabled" in self._types.get(self._main, "") and "macros" not in self._counts:
            self._counts["macros"] += 1
        if self._fields:
            named = ", ".join(name or "without a name" for name in sorted(self._fields))
            self._counts[f"fields that a template does not need: {named}"] = 1
        remarks += [
            f"left out: {what}" + (f" ({n})" if n > 1 else "") for what, n in self._counts.items() if what
        ]
        return replace(package, parts=self._packed(kept, contents))

    def _packed(self, kept: dict[str, list[Rel]], contents: dict[str, bytes]) -> dict[str, bytes]:
        parts = {TYPES: b""}
        said: dict[str, str] = {}
        for part, rels in kept.items():
            if rels:
                own = [r if r.external else r._replace(target=self._names[r.target]) for r in rels]
                parts[rels_name(self._names.get(part, ""))] = rels_part(self._names.get(part, ""), own)
        for part, content in contents.items():
            name = self._names[part]
            parts[name] = content
            kind = file_kind(content, self._keys.values()) if self._kinds[part] in ("image", "font") else ""
            said[name] = kind or self._types.get(part, "")
        parts[TYPES] = types_part(said)
        return parts

    # -- relationships

    def _good(self, part: str, root: Any) -> tuple[list[Rel], bool]:
        """The good relationships of a part, each id once, and whether there were others."""
        good: dict[str, Rel] = {}
        every = self._package.rels(part)
        for rel in every:
            why = self._refused(rel, part)
            if why is None and rel.id not in good:
                good[rel.id] = rel
            elif why:
                self._counts[why] += 1
        return list(good.values()), len(good) < len(every)

    def _refused(self, rel: Rel, part: str) -> str | None:
        """Why a relationship is left out: a remark, nothing to say (""), or None for a good one."""
        kind, package = rel.kind, self._package
        if not part:
            if kind == "officeDocument":
                return None if rel.target == self._main and not rel.external else ""
            return self._known.get(kind, "parts of unknown kinds")
        if rel.external:
            if kind == "hyperlink":
                return None if is_safe(rel.target) else "links to files"
            return {
                "attachedTemplate": "the link to another template",
                "image": "linked pictures, which are not in the file",
                "oleObject": "linked objects",
            }.get(kind, self._known.get(kind, "") or "links to something outside the file")
        if kind in self._known:
            return self._known[kind]
        if kind == "hyperlink":
            return ""  # to a slide that is left out
        if rel.type != RELATIONSHIPS + kind or kind not in (*DRAWN, "image", "font"):
            return "parts of unknown kinds" if rel.target in package.parts else ""
        if rel.target not in package.parts or self._kinds.get(rel.target, kind) != kind:
            return ""
        if kind in DRAWN:
            if rel.target in self._kinds:
                return None
            root = self._trees.get(rel.target)
            root = tree(package, rel.target) if root is None else root
            if root.tag != DRAWN[kind]:
                return "parts of unknown kinds"
            if len(package.parts[rel.target]) < _SOON:
                self._trees[rel.target] = root
            return None
        found = file_kind(package.parts[rel.target], [self._keys.get(rel.id, "")])
        if not found.startswith("image/" if kind == "image" else "application/"):
            return "files that are not the pictures or fonts that they are called"
        return None

    def _name(self, rel: Rel) -> str:
        """The name of a part as it is kept: its own, where that says what it is."""
        if rel.kind in DRAWN:
            return _xml_name(rel.target)
        kind = file_kind(self._package.parts[rel.target], [self._keys.get(rel.id, "")])
        usual = ENDINGS[kind]
        own = posixpath.basename(rel.target).rpartition(".")[2].casefold()
        if own in usual or (rel.kind == "image" and own in PICTURE_ENDINGS):
            return rel.target
        return f"{rel.target.rpartition('.')[0] or rel.target}-{len(self._names)}.{usual[0]}"

    # -- elements

    def _cut(self, root: Any, data: bytes, rels: dict[str, Rel]) -> bool:
        """Takes from a part, written as `data`, what is not good; whether there was any."""
        found = _without_remarks(root)
        for element in list(root.iter(etree.Element)):
            found |= self._element(element, rels)
        found |= self._words(root)
        for both in list(root.iter(f"{MC}AlternateContent")):
            if both.find(f"{MC}Choice") is None:
                found = True
                fallback = both.find(f"{MC}Fallback")
                if fallback is not None:
                    unwrap(fallback)
                unwrap(both)
        return (_speaks_of_others(data) and _without_prefixes(root)) or found

    def _element(self, element: Any, rels: dict[str, Rel]) -> bool:
        space, tag, usual = _said_of(element.tag)
        if usual and not element.attrib:
            return False
        parent = element.getparent()
        if space not in NAMESPACES:
            self._say("" if space.startswith((MICROSOFT, OFFICE)) else "data of other programs")
            if parent is not None and parent.tag == f"{A}graphicData":
                self._say("charts and diagrams" if "drawingml" in space else "")
                _remove_whole(element)
            else:
                remove(element)
            return True
        if element.tag == f"{MC}Choice" and any(
            element.nsmap.get(prefix) not in NAMESPACES for prefix in (element.get("Requires") or "").split()
        ):
            parent.remove(element)
            return True
        if element.tag in UNWRAPPED and parent is not None:
            for about in element.findall(f"{element.tag}Pr"):
                element.remove(about)
            unwrap(element)
            return True
        if tag in FRAMED:
            self._say(FRAMED[tag])
            _remove_whole(element)
            return True
        if tag in ALONE:
            self._say(ALONE[tag])
            remove(element)
            return True
        if element.tag == f"{A}fld" and not SLIDE_FIELD.fullmatch(element.get("type") or "slidenum"):
            self._fields[(element.get("type") or "")[:30]] = None
            parent.remove(element)
            return True
        found, pointing = self._attributes(element, space)
        if pointing or tag in POINTERS:
            return self._pointer(element, tag, pointing, rels) or found
        return found

    def _attributes(self, element: Any, space: str) -> tuple[bool, list[str]]:
        """Takes off attributes that are not known, or say where something outside is; whether there were any,
        and those that point at a part."""
        gone: list[str] = []
        pointing: list[str] = []
        for key, value in element.attrib.items():
            good, holds, fetches, points = _said_by(key, space.startswith(OLD))
            outside = (":" in value or "/" in value or "\\" in value) and ADDRESS.search(value) is not None
            holds = holds or (key.rpartition("}")[2] == "uri" and value.startswith((OFFICE, MICROSOFT)))
            if fetches or not good or (outside and not holds):
                gone.append(key)
                self._say("addresses of something outside the file" if outside else "")
            elif points:
                pointing.append(key)
        for key in gone:
            del element.attrib[key]
        if element.tag == IMAGE and gone and not pointing:
            _remove_whole(element)
        return bool(gone), pointing

    def _pointer(self, element: Any, tag: str, pointing: list[str], rels: dict[str, Rel]) -> bool:
        """Takes off what points at nothing good, with what it belongs to."""
        kind, names = POINTERS.get(tag, ("", ()))
        bad = [
            key
            for key in pointing
            if etree.QName(key).localname not in names
            or (rel := rels.get(element.get(key))) is None
            or rel.kind != kind
        ]
        if tag.startswith("hlink") and kind:
            return self._link(element, bad)
        if not bad:
            return tag == "hyperlink" and _plain_link(element)
        if tag in ("fill", "stroke") or len(bad) < len(pointing):
            for key in bad:
                del element.attrib[key]
        elif tag == "hyperlink":
            unwrap(element)
        elif tag == "svgBlip":
            remove(element)
        elif tag in ("blip", "imagedata", *FRAMED):
            _remove_whole(element)
        else:
            remove(element)
        return True

    def _link(self, element: Any, bad: list[str]) -> bool:
        """A link or button of a drawing."""
        action = element.get("action")
        if action is not None and not ACTION.fullmatch(action):
            self._say("buttons that open or run something")
            remove(element)
            return True
        if bad and (not action or element.get(f"{R}id")):
            remove(element)
            return True
        return _plain_link(element)

    def _words(self, root: Any) -> bool:
        """Takes off the fields of Word that are not good, and what they last said where that is not looks."""
        pieces, fields = story(root)
        bad = [field for field in fields if not field.good]
        going: set[int] = set()
        for field in bad:
            self._fields[field.name] = None
            stays = field.name in WORDS_STAY
            if field.element is None:
                going.update(range(field.begin, (field.middle if stays else field.end) + 1))
                going.add(field.end)
            elif field.element.getparent() is not None:
                (unwrap if stays else remove)(field.element)
        for number in going:
            piece = pieces[number]
            run = piece.getparent()
            if run is not None and piece.tag != f"{W}rPr":
                run.remove(piece)
                if not [child for child in run if child.tag != f"{W}rPr"]:
                    remove(run)
        return bool(bad)

    def _say(self, what: str) -> None:
        """Tells of something once, where it is not counted already."""
        if what and what not in self._counts:
            self._counts[what] = 1


def _plain_link(element: Any) -> bool:
    """Whether a link said more than where it goes and what is shown of it, which is taken off."""
    gone = [key for key in element.attrib if etree.QName(key).localname not in LINK_SAYS]
    for key in gone:
        del element.attrib[key]
    return bool(gone)


@lru_cache(4096)
def _said_of(name: str) -> tuple[str, str, bool]:
    """The namespace and the own name of an element, and whether there is nothing more to say of it."""
    space, _, tag = name.rpartition("}")
    special = tag in FRAMED or tag in ALONE or tag in POINTERS or name in UNWRAPPED
    special = special or name in (f"{MC}Choice", f"{A}fld")
    return space[1:], tag, space[1:] in NAMESPACES and not special


@lru_cache(4096)
def _said_by(name: str, old: bool) -> tuple[bool, bool, bool, bool]:
    """Of an attribute, `old` for those of VML: whether its name is good, whether it holds words, whether it
    fetches something, and whether it points at a part."""
    space, _, own = name.rpartition("}")
    fetches = (old and FETCHES.fullmatch(own) is not None) or own == "invalidUrl"
    points = name.startswith(R) or name == "{urn:schemas-microsoft-com:office:office}relid"
    return space[1:] in NAMESPACES, own in WORDS, fetches, points


def _xml_name(part: str) -> str:
    return part if part.endswith(".xml") else f"{part.rpartition('.')[0] or part}.xml"


def _without_remarks(root: Any) -> bool:
    """Whether comments and instructions for programs were taken out."""
    found = any(True for _ in root.iter(etree.Comment, etree.ProcessingInstruction))
    found = found or root.getprevious() is not None or root.getnext() is not None
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    return found


_SPACE = pattern(rb"xmlns(?::[^\s=]+)?\s*=\s*[\"']([^\"']*)[\"']")


def _speaks_of_others(data: bytes) -> bool:
    """Whether a part may name a namespace that is not good."""
    return b"\0" in data or any(
        space.decode("latin-1") not in NAMESPACES for space in set(_SPACE.findall(data))
    )


def _without_prefixes(root: Any) -> bool:
    """Whether names of unknown namespaces were taken out, and out of what programs are told about them."""
    changed = False
    for element in root.iter(etree.Element):
        for name in (
            "Ignorable",
            "MustUnderstand",
            "ProcessContent",
            "PreserveElements",
            "PreserveAttributes",
        ):
            said = element.get(MC + name)
            if said is None:
                continue
            kept = [p for p in said.split() if element.nsmap.get(p.partition(":")[0]) in NAMESPACES]
            if kept != said.split():
                changed = True
                element.set(MC + name, " ".join(kept))
    prefixes = {(prefix, space) for e in root.iter(etree.Element) for prefix, space in e.nsmap.items()}
    if any(space not in NAMESPACES for _, space in prefixes):
        etree.cleanup_namespaces(
            root, keep_ns_prefixes=[p for p, space in prefixes if p and space in NAMESPACES]
        )
        return True
    return changed


# ------------------------------------------------------------------------------------------- taking out

# What an element that points at a part belongs to, and goes with.
_WHOLE = ("drawing", "pict", "object", "graphicFrame", "pic")
_EMPTY_WITHOUT = (
    "custDataLst",
    "controls",
    "sldIdLst",
    "embeddedFontLst",
    "embeddedFont",
    "AlternateContent",
    "Choice",
    "Fallback",
    "ext",
    "extLst",
)


def _remove_whole(element: Any) -> None:
    above = [element, *element.iterancestors()]
    whole = next((a for tag in _WHOLE for a in reversed(above) if etree.QName(a).localname == tag), None)
    if whole is not None:
        outer = next((a for a in whole.iterancestors(f"{MC}AlternateContent")), None)
        remove(whole if outer is None else outer)
        return
    fill = next((a for a in above if etree.QName(a).localname in ("blipFill", "buBlip")), None)
    if fill is not None and fill.tag == f"{A}blipFill":
        if fill.getparent() is not None:
            fill.getparent().replace(fill, new_element(f"{A}noFill"))
    else:
        remove(element if fill is None else fill)


def remove(element: Any) -> None:
    """Takes an element out, and what is empty without it."""
    parent = element.getparent()
    if parent is None:
        return
    parent.remove(element)
    if len(parent) == 0 and etree.QName(parent).localname in _EMPTY_WITHOUT:
        remove(parent)


def unwrap(element: Any) -> None:
    """Replaces an element by its children."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(at, child)
    parent.remove(element)
