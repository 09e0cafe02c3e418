"""A file says in itself what it was built as: a digest of all the rest of it.

Whoever opens and saves it, or changes one letter, makes the digest wrong. So a file that is right is our own
untouched output, whatever has become of the stamps, and any other may be a person's work. It is invisible to
readers: in Office files it stands with the origins of the words, which are kept when somebody saves; in a PDF
and in a quiz it is a remark, in a picture a word of its own.

Only the standard library is imported here: an unchanged build takes a fraction of a second.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

from toolkit.late import pattern

PART = "customXml/item1.xml"  # of an Office file: the table of origins, whose root has the digest
LARGEST = 256 * 1024 * 1024  # bytes of a file that can be ours
_TABLE = b"%words "  # begins the remarks of a PDF that hold the table of its words
_LINES = re.compile(rb"%words <origins [^\r\n]*\n(?:%words [^\r\n]*\n)*")
_LINE = 240  # a line of a PDF has at most 255 letters (ISO 32000-1, 7.5.1)
_DIGEST = rb"([0-9a-f]{64})"
_ROOT = b"<origins "
_IN_PART = pattern(_ROOT + rb'built="' + _DIGEST + rb'" ')
_END = b"\0\0\0\0IEND\xaeB`\x82"
# Where the digest stands in other files; each must be at the very end, so that nothing can be added.
_PDF = pattern(rb"%built as " + _DIGEST + rb"\n(startxref\s+\d+\s+%%EOF\s*)\Z")
_PNG = pattern(rb"\0\0\0\x49tEXtBuilt as\0" + _DIGEST + rb"....(" + re.escape(_END) + rb")\Z", re.S)
_TEXT = pattern(rb"\n// built as " + _DIGEST + rb"\n()\Z")
_OTHERS = (_PDF, _PNG, _TEXT)


def sealed_parts(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of an Office file, of which one is the table of origins, with their digest in it."""
    seal = b'%sbuilt="%s" ' % (_ROOT, _of_parts(parts).encode())
    return {**parts, PART: parts[PART].replace(_ROOT, seal, 1)}


def unsealed(table: bytes) -> bytes:
    """The table of origins without the digest in it."""
    return _IN_PART.sub(_ROOT, table, count=1)


def leaves(data: bytes) -> bytes:
    """What an Office file of ours, whose parts are stored as they are, says of how each slide or the document
    was built: see `toolkit.office.story`. Some programs take it out of the file."""
    start, end = data.find(b"<was"), data.rfind(b"</was>")
    return data[start : end + len(b"</was>")] if data.startswith(b"PK") and 0 <= start < end else b""


def sealed(data: bytes) -> bytes:
    """A PDF, a PNG, or a text in which `//` begins a remark, with its digest in it."""
    digest = hashlib.sha256(data).hexdigest().encode()
    if data.startswith(b"%PDF"):
        at = data.rfind(b"startxref")
        return b"%s%%built as %s\n%s" % (data[:at], digest, data[at:])
    if data.endswith(_END):
        chunk = b"tEXtBuilt as\0" + digest
        size, check = struct.pack(">I", len(chunk) - 4), struct.pack(">I", zlib.crc32(chunk))
        return b"".join((data.removesuffix(_END), size, chunk, check, _END))
    return b"%s\n// built as %s\n" % (data, digest)


def with_table(data: bytes, table: bytes) -> bytes:
    """A PDF with the table of its words in it, which is one line: as remarks, no longer than lines may be."""
    at = data.rfind(b"startxref")
    lines = [b"%s%s\n" % (_TABLE, table[n : n + _LINE]) for n in range(0, len(table), _LINE)]
    return b"".join((data[:at], *lines, data[at:]))


def table_of(data: bytes) -> bytes:
    """The table of the words of a PDF; nothing where it has none."""
    found = _LINES.search(data)
    return b"".join(line.removeprefix(_TABLE) for line in found[0].splitlines()) if found else b""


def is_own(data: bytes) -> bool:
    """Whether a file is just as the toolkit built it."""
    if data.startswith(b"PK"):
        return _is_own_package(data)
    found = next((match for kind in _OTHERS if (match := kind.search(data, max(0, len(data) - 400)))), None)
    if not found:
        return False
    whole = hashlib.sha256(data[: found.start()])
    whole.update(found[2])
    return whole.hexdigest().encode() == found[1]


def _is_own_package(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            every = archive.infolist()
            size = 22 + sum(76 + 2 * len(one.filename.encode()) + one.file_size for one in every)
            if size != len(data):  # not packed by us: we store the parts as they are, and nothing else
                return False
            if PART not in archive.namelist() or not (found := _IN_PART.search(archive.read(PART))):
                return False
            parts = {one.filename: archive.read(one) for one in every}
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        ValueError,
        LookupError,
        RuntimeError,
        struct.error,
    ):
        return False  # damaged, or of another kind
    parts[PART] = parts[PART].replace(found[0], _ROOT, 1)
    return _of_parts(parts).encode() == found[1]


def _of_parts(parts: Mapping[str, bytes]) -> str:
    whole = hashlib.sha256()
    for name in sorted(parts):
        whole.update(f"{name}\n{len(parts[name])}\n".encode("utf-8", "surrogateescape"))
        whole.update(parts[name])
    return whole.hexdigest()
