"""One PDF out of those of its parts, with one structure and one outline; each page gets its foot.

Typst holds in memory all that it has worked out for a document, so a long one is set in parts. What typst
writes is read here and nothing else: one table of objects at the end, and no places with names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise

Objects = dict[int, bytes]  # the objects of a PDF, by their numbers

# What all parts have but once, by its number in the whole.
CATALOG, PAGES, TREE, DOCUMENT, OUTLINE, LABELS, ABOUT, METADATA, TAIL = range(1, 10)
_TEXT = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\))*\)"
# Of an object all that a part changes: the names of cells, keys of the list of parents, numbers of objects. A
# text of other words is passed over, for it may look like a number.
_CHANGED = re.compile(
    rb"(/ID|/Headers\[)((?:%b)+)|%b|(/StructParents? )(\d+)|(?<![\d.])(\d+) 0 R" % (_TEXT, _TEXT), re.S
)
_STREAM = b"\nstream\n"
_FOOT = b"/Artifact<</Attached[/Bottom]/Subtype/Footer/Type/Pagination>>BDC\n/Foot Do\nEMC"


@dataclass
class _Whole:
    """The objects of the whole, by their numbers, and what has been gathered of all parts."""

    objects: list[bytes] = field(default_factory=lambda: [b""] * (TAIL + 1))
    pages: list[int] = field(default_factory=list)
    structure: list[bytes] = field(default_factory=list)
    parents: list[bytes] = field(default_factory=list)
    cells: list[tuple[bytes, bytes]] = field(default_factory=list)
    headings: list[tuple[int, int]] = field(default_factory=list)  # of each part, its first and last
    tops: int = 0  # headings of the first level
    keys: int = 0
    parts: int = 0
    footed: int = 0  # pages that have their feet

    def add(self, body: bytes) -> int:
        """The number of a new object."""
        self.objects.append(body)
        return len(self.objects) - 1

    def take(self, objects: Objects, wanted: Iterable[int], shared: dict[int, int]) -> dict[int, int]:
        """Add objects of a part and all that they refer to, besides what is shared; all new numbers."""
        new, todo = dict(shared), list(wanted)
        while todo:
            if (number := todo.pop()) not in new:
                new[number] = self.add(b"")
                todo += _references(objects[number])
        for number in new.keys() - shared.keys():
            self.objects[new[number]] = self.renumbered(objects[number], new)
        return new

    def renumbered(self, body: bytes, new: dict[int, int]) -> bytes:
        """An object of the part that is being taken, with its numbers in the whole."""

        def change(found: re.Match[bytes]) -> bytes:
            where, names, parent, key, number = found.groups()
            if number:
                return b"%d 0 R" % new[int(number)]
            if parent:
                return b"%b%d" % (parent, int(key) + self.keys)
            return where + self.named(names) if where else found[0]

        head, stream, rest = body.partition(_STREAM)
        return b"".join((_CHANGED.sub(change, head), stream, rest))

    def named(self, names: bytes) -> bytes:
        """The names of cells, which must be other ones in each part."""
        return re.sub(_TEXT, lambda name: b"(%d.%b" % (self.parts, name[0][1:]), names)

    def add_part(self, objects: Objects, catalog: int) -> None:
        """Add the pages of a part, their structure and headings."""
        keys = (b"Pages", b"StructTreeRoot", b"Outlines")
        pages, tree, outline = (_one(rb"/%b (\d+)" % key, objects[catalog]) for key in keys)
        document = _one(rb"/K\[(\d+)", objects[tree])
        kids, content = _references(objects[pages]), _some(rb"/K(\[.*\])", objects[document])
        first, last = (_one(rb"/%b (\d+)" % key, objects[outline]) for key in (b"First", b"Last"))
        shared = {pages: PAGES, tree: TREE, document: DOCUMENT, outline: OUTLINE}
        nums = _some(rb"/ParentTree<</Nums\[(.*?)\]", objects[tree])
        keyed = re.findall(rb"(\d+) (\d+) 0 R", nums)
        wanted = (*kids, *_references(content), first, *(int(number) for _, number in keyed))
        new = self.take(objects, wanted, shared)
        self.pages += [new[kid] for kid in kids]
        self.structure.append(self.renumbered(content[1:-1], new))
        self.parents += [b"%d %d 0 R" % (int(key) + self.keys, new[int(number)]) for key, number in keyed]
        cells = re.search(rb"/IDTree<</Names\[(.*?)\]>>", objects[tree])
        for name, number in re.findall(rb"(%b)(\d+) 0 R" % _TEXT, cells[1]) if cells else ():
            self.cells.append((self.named(name), b"%d 0 R" % new[int(number)]))
        self.headings.append((new[first], new[last]))
        self.tops += _one(rb"/Count (\d+)", objects[outline])
        self.keys += _one(rb"/ParentTreeNextKey (\d+)", objects[tree])
        self.parts += 1

    def add_feet(self, objects: Objects, catalog: int) -> None:
        """Draw the pages of another PDF over the next of the whole, as their feet."""
        self.objects[TAIL] = b"<</Length %d>>%b%b\nendstream" % (len(_FOOT), _STREAM, _FOOT)
        new: dict[int, int] = {}
        feet = _references(objects[_one(rb"/Pages (\d+)", objects[catalog])])
        for page, foot in zip(self.pages[self.footed :], feet):
            self.footed += 1
            drawn, inks = (_one(rb"/%b (\d+)" % key, objects[foot]) for key in (b"Contents", b"Resources"))
            new = self.take(objects, (drawn, inks), new)
            form = b"<</Type/XObject/Subtype/Form/BBox%b/Resources %d 0 R"
            form %= _some(rb"/MediaBox(\[.*?\])", objects[foot]), new[inks]
            self.objects[new[drawn]] = self.objects[new[drawn]].replace(b"<<", form, 1)
            body = self.objects[page]
            contents, own = (_one(rb"/%b (\d+)" % key, body) for key in (b"Contents", b"Resources"))
            shown = b"/XObject<</Foot %d 0 R" % new[drawn]
            inside = self.objects[own]
            if b"/XObject<<" in inside:
                inside = inside.replace(b"/XObject<<", shown, 1)
            else:
                inside = b"<<%b>>%b" % (shown, inside[2:])
            body = body.replace(b"/Resources %d " % own, b"/Resources %d " % self.add(inside), 1)
            both = b"/Contents[%d 0 R %d 0 R]" % (contents, TAIL)
            self.objects[page] = body.replace(b"/Contents %d 0 R" % contents, both, 1)

    def finish(self, first: bytes) -> bytes:
        """The bytes of the whole, which says of itself what its first part says of itself."""
        objects, catalog = _read(first)
        about, called = _one(rb"/Info (\d+)", first[-400:]), _some(rb"(/ID\[.*?\])", first[-400:])
        keys = {b"Pages": PAGES, b"StructTreeRoot": TREE, b"Outlines": OUTLINE, b"PageLabels": LABELS}
        keys[b"Metadata"] = METADATA
        shared = {_one(rb"/%b (\d+)" % key, objects[catalog]): number for key, number in keys.items()}
        tree, metadata = (next(n for n, at in shared.items() if at == one) for one in (TREE, METADATA))
        for (_, last), (after, _) in pairwise(self.headings):
            self.objects[last] = b"<</Next %d 0 R%b" % (after, self.objects[last][2:])
            self.objects[after] = b"<</Prev %d 0 R%b" % (last, self.objects[after][2:])
        pages = b" ".join(b"%d 0 R" % page for page in self.pages)
        cells = b"".join(name + number for name, number in sorted(self.cells))
        self.objects[CATALOG] = self.renumbered(objects[catalog], shared)
        self.objects[PAGES] = b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(self.pages), pages)
        self.objects[TREE] = b"<</Type/StructTreeRoot%b/K[%d 0 R]/ParentTree<</Nums[%b]>>%b%b>>" % (
            _some(rb"(/RoleMap<<.*?>>)", objects[tree]),
            DOCUMENT,
            b" ".join(self.parents),
            b"/IDTree<</Names[%b]>>" % cells if cells else b"",
            b"/ParentTreeNextKey %d" % self.keys,
        )
        self.objects[DOCUMENT] = b"<</Type/StructElem/S/Document/P %d 0 R/K[%b]>>" % (
            TREE,
            b" ".join(self.structure),
        )
        self.objects[OUTLINE] = b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % (
            self.headings[0][0],
            self.headings[-1][1],
            self.tops,
        )
        self.objects[LABELS] = b"<</Nums[0<</Type/PageLabel/S/D>>]>>"
        self.objects[ABOUT] = objects[about]
        told = objects[metadata].partition(_STREAM)[2].removesuffix(b"\nendstream")
        told = re.sub(rb"(?<=<xmpTPg:NPages>)\d+", b"%d" % len(self.pages), told)
        head = b"<</Length %d/Type/Metadata/Subtype/XML>>" % len(told)
        self.objects[METADATA] = b"".join((head, _STREAM, told, b"\nendstream"))
        return _written(self.objects, b"/Root %d 0 R/Info %d 0 R%b" % (CATALOG, ABOUT, called))


def joined(parts: Iterable[bytes], feet: Callable[[int], Iterable[bytes]]) -> bytes:
    """The PDF of all parts, each of which is made when it is its turn; `feet` is asked for PDFs with the feet
    of so many pages."""
    whole, first = _Whole(), b""
    for part in parts:
        first = first or part
        whole.add_part(*_read(part))
    for some in feet(len(whole.pages)):
        whole.add_feet(*_read(some))
    return whole.finish(first)


def _read(pdf: bytes) -> tuple[Objects, int]:
    """The objects of a PDF, and the number of its catalogue."""
    end = _one(rb"startxref\s+(\d+)", pdf[-40:])
    places = [int(place) for place in re.findall(rb"(\d{10}) 00000 n", pdf[end:])]
    ends = dict(pairwise((*sorted(places), end)))
    objects = {
        number: pdf[place : ends[place]].partition(b" 0 obj\n")[2].rpartition(b"\nendobj")[0]
        for number, place in enumerate(places, 1)
    }
    return objects, _one(rb"/Root (\d+)", pdf[end:])


def _written(objects: list[bytes], about: bytes) -> bytes:
    """A PDF of some objects, which are let go; there is none of number 0."""
    made = BytesIO()
    made.write(b"%PDF-1.7\n%\x80\x80\x80\x80\n\n")
    table = [b"0000000000 65535 f\r\n"]
    for number in range(1, len(objects)):
        table.append(b"%010d 00000 n\r\n" % made.tell())
        made.write(b"%d 0 obj\n%b\nendobj\n\n" % (number, objects[number]))
        objects[number] = b""
    at = made.tell()
    made.write(b"xref\n0 %d\n%b" % (len(table), b"".join(table)))
    made.write(b"trailer\n<</Size %d%b>>\nstartxref\n%d\n%%%%EOF" % (len(table), about, at))
    return made.getvalue()


def _references(body: bytes) -> list[int]:
    """The numbers of the objects that an object refers to."""
    found = _CHANGED.finditer(body.partition(_STREAM)[0])
    return [int(one[5]) for one in found if one[5]]


def _some(pattern: bytes, body: bytes) -> bytes:
    """What a pattern finds in an object that typst wrote."""
    if found := re.search(pattern, body, re.S):
        return found[1]
    raise ValueError(f"typst writes PDFs otherwise than it did: no {pattern!r} in {body[:200]!r}")


def _one(pattern: bytes, body: bytes) -> int:
    return int(_some(pattern, body))
