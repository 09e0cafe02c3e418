"""The text of a file: what it is when it is no text, and the characters that no text may hold."""

from __future__ import annotations

import itertools
import re
import stat
from collections.abc import Callable
from pathlib import Path

from toolkit.late import pattern
from toolkit.problems import Invalid, Place, Problem, lines_named

LONGEST_FILE = 1_500_000  # bytes; the longest real review here is under 100,000


SHOW_ENDINGS = "choose View, Show, File name extensions in File Explorer"  # as Windows 11 calls them


def read_text(path: Path, read: Callable[[Path], bytes] = Path.read_bytes) -> str:
    """The text of a UTF-8 file, of which `read` gives the bytes.

    Raises Invalid when it cannot be read or is not clean text.
    """

    def stop(message: str, hint: str, line: int = 0, column: int = 0) -> Invalid:
        return Invalid.at(Place(path, line, column), message, hint)

    try:
        there = path.stat()
        if stat.S_ISDIR(there.st_mode):
            raise stop(
                "this is a folder, not a file", "rename the folder, so that its name does not end in .yaml"
            )
        if not stat.S_ISREG(there.st_mode):  # reading from a pipe or a device may never end
            raise stop("this is not an ordinary file", "put a text file that ends in .yaml in its place")
        data = read(path) if there.st_size else b""  # what Linux has in /proc has no size, and may never end
    except FileNotFoundError:
        raise stop("there is no such file", "check the spelling, or run: toolkit new") from None
    except OSError as error:
        raise stop(
            f"the file cannot be read ({error.strerror})",
            "close other programs that use it and check that you may open it",
        ) from None
    if len(data) > LONGEST_FILE:
        raise stop(
            f"the file is too long ({len(data):,} bytes)",
            "a review file holds one review; keep reports and pictures elsewhere",
        )
    if disguise := _disguise(path, data):
        raise stop(*disguise)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise stop("the file is saved as UTF-16", "in Notepad choose Save as, and Encoding: UTF-8")
    if data.startswith(b"\xef\xbb\xbf"):
        raise stop(
            "the file starts with an invisible byte order mark",
            "in Notepad choose Save as, and Encoding: UTF-8 (not UTF-8 with BOM)",
            1,
            1,
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        raise stop(
            "this character is not UTF-8",
            "save the file as UTF-8: in Notepad choose Save as, and Encoding: UTF-8",
            line,
            column,
        ) from None
    problems = (
        Problem(Place(path, number, match.start() + 1), *_forbidden(match[0]))
        for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1)
        for match in FORBIDDEN.finditer(line)
    )
    if first := list(itertools.islice(problems, 20)):
        raise Invalid(first)
    if conflict := _conflict(path, text):
        raise Invalid([conflict])
    return text


def to_start(path: Path) -> str:
    """What starts a review, deck or briefing in the place of a file that is none; nothing for other files."""
    kind = {"reviews": "review", "decks": "deck", "briefings": "briefing"}.get(path.parent.name)
    name = path.stem if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", path.stem) else "NAME"
    return f"toolkit new {kind} {name}" if kind else ""


def _copied(path: Path, endings: str) -> str:
    """What to do with a file of another program, whose name should have one of these endings."""
    first = f"rename it {path.stem}{endings}" if " " not in endings else f"let its name end in {endings}"
    if not (command := to_start(path)):
        return f"on Windows, first {SHOW_ENDINGS}; then {first}, and put a text file in its place"
    first = f"{first[:1].upper()}{first[1:]}, so that its program opens it"
    return (
        f"1. On Windows, {SHOW_ENDINGS}\n= 2. {first}\n= 3. Run: {command}"
        "\n= 4. Copy its words into the new file"
    )


# What other files begin with, what they are, and what to do; or the ending that their names should have.
_MARKUP = (
    "delete it, sign in to the website that it came from, and download the file into this folder once more"
)
_BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "this is an old Office file", ".doc, .xls or .ppt"),
    (b"%PDF", "this is a PDF", ".pdf"),
    (b"\x89PNG", "this is a picture", "a picture lies in reviews/pictures, and a review names it"),
    (b"\xff\xd8\xff", "this is a picture", "a picture lies in reviews/pictures, and a review names it"),
    (
        b"{\\rtf",
        "this is a WordPad or Word file (rich text)",
        "in WordPad choose Save as, Plain text document",
    ),
    (
        b"version https://git-lfs.github.com/",
        "this file is only a placeholder (a Git LFS pointer): its words lie elsewhere",
        "ask whoever gave you the folder for the file itself; or, if you use Git, run: git lfs pull",
    ),
)
_WEB_PAGE = pattern(rb"\s*(<!doctype html|<html|<head|<\?xml|<!--|<script)", re.I)
_OFFICE = (
    (b"word/", "a Word file", ".docx"),
    (b"ppt/", "a PowerPoint file", ".pptx"),
    (b"xl/", "an Excel file", ".xlsx"),
    (b"", "a Word, Excel, PowerPoint or packed file", ".docx, .xlsx, .pptx or .zip"),
)


def _disguise(path: Path, data: bytes) -> tuple[str, str] | None:
    """What a file is that only has the name of a text file, and what to do; None for what looks like text."""
    for first, message, hint in _BEGINNINGS:
        if data.startswith(first):
            hint = _copied(path, hint) if hint.startswith(".") else hint
            return message if "placeholder" in message else f"{message}, not a text file", hint
    if data.startswith(b"PK\x03\x04"):
        kind, endings = next((kind, endings) for inside, kind, endings in _OFFICE if inside in data)
        return f"this is {kind}, not a text file", _copied(path, endings)
    if _WEB_PAGE.match(data):
        return "this is a web page, not a text file; often it is the page that asks you to sign in", _MARKUP
    if data and not data.strip(b"\0"):
        hint = "get an earlier version back: right-click the file, then Restore previous versions"
        return "this file has lost its words: nothing but zeros is left of it", hint
    return None


def _conflict(path: Path, text: str) -> Problem | None:
    """Marks of two versions of a file that a program put together, and nobody has chosen between."""
    match = _CONFLICT.search(text)
    if match is None or not re.search(r"(?m)^(=======\s*$|>>>>>>> )", text):
        return None
    lines = re.split(r"\r\n|\r|\n", text)
    marks = [n for n, line in enumerate(lines, 1) if re.match(r"(<{7}|>{7}|\|{7})( |$)|={7}\s*$", line)]
    line = len(re.split(r"\r\n|\r|\n", text[: match.start()]))
    message = "two versions of the same words stand here (conflict marks)"
    hint = (
        "keep the lines that are right; delete the others, and every line that starts with <<<<<<<, ======="
    )
    start, middle, end = [*marks[marks.index(line) :], 0, 0, 0][:3]
    if middle - start > 1 and end - middle > 1 and lines[middle - 1][0] == "=" and lines[end - 1][0] == ">":
        message = f"{lines_named(range(start, end + 1))} hold two versions of the same words (conflict marks)"
        one, other = lines_named(range(start + 1, middle)), lines_named(range(middle + 1, end))
        hint = f"keep {one} or {other}; delete the other, and {lines_named((start, middle, end))}"
        return Problem(Place(path, line, 1), message, hint)
    return Problem(Place(path, line, 1), message, f"{hint} or >>>>>>>")


_CONFLICT = pattern(r"(?m)^<<<<<<< ")

# Controls that XML cannot carry or that hide text: C0 and C1 controls, line separators, bidirectional
# overrides and isolates (Unicode UAX 9), byte order mark, non-characters, lone surrogates.
FORBIDDEN = pattern(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)


def _forbidden(character: str) -> tuple[str, str]:
    code = f"U+{ord(character):04X}"
    if "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069":
        return (
            f"an invisible character turns the direction of the text ({code})",
            "delete it: it can make a reader see other words than the file holds",
        )
    return (
        f"an invisible control character ({code})",
        "delete it and type the words again; it often comes from copying out of a PDF",
    )
