"""Random edits by hand, as a person makes them, in built files: are all found and none invented, and does
`toolkit pull` with the next build lose nothing?

Usage: python tools/hand_edits.py [EDITS [SEED [RESAVED]]]. Each run edits a deck or document of invented
reviews one to six times with python-pptx or python-docx: words, notes, cells of tables, lines that are added
or deleted, slides that are moved, deleted or added. RESAVED files are saved by LibreOffice first. What `pull`
finds must be what was done; what it writes must change no other line of a review; and the file that the
sources then make must say what the edited one says.
"""

from __future__ import annotations

import difflib
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import docx
import pptx

TOP = Path(__file__).parent.parent
sys.path.insert(0, str(TOP))
from tests import invented  # noqa: E402, RUF100
from toolkit.build import Options, build  # noqa: E402, RUF100
from toolkit.content.nodes import parse  # noqa: E402, RUF100
from toolkit.office.story import plain  # noqa: E402, RUF100
from toolkit.project import Project  # noqa: E402, RUF100
from toolkit.refresh import destination, opening, outcome  # noqa: E402, RUF100
from toolkit.refresh.comparison import compare  # noqa: E402, RUF100
from toolkit.render.formats import FORMATS, Format  # noqa: E402, RUF100
from toolkit.targets import Target  # noqa: E402, RUF100

WORDS = [
    "teacher",
    "listened",
    "visit",
    "Thursday",
    "kettle",
    "letter",
    "don’t",
    "we’ll",
    "27",
    "–",
    "together",
    "“home”",
    "R&D",
    "half-term",
    "<b>",
]
OURS = {"dt", "ftr", "sldNum", "hdr", "sldImg"}


@dataclass
class Edited:
    """A file after some edits: its bytes, how many there were, and the words that they took or brought."""

    data: bytes = b""
    edits: int = 0
    gone: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    slides: list[str] = field(default_factory=list)


def edited(data: bytes, random: Random) -> Edited:
    """A built file with one to six edits, no two of one paragraph or beside each other."""
    deck = b"ppt/presentation.xml" in data
    file: Any = pptx.Presentation(BytesIO(data)) if deck else docx.Document(BytesIO(data))
    done, touched = Edited(), set()
    for _ in range(random.choice((1, 1, 2, 3, 4, 6))):
        (_in_deck if deck else _in_document)(file, random, done, touched)
    out = BytesIO()
    file.save(out)
    done.data = out.getvalue()
    return done


# ---- words


def _change(paragraph: Any, random: Random, done: Edited, words: Callable[[Any], str]) -> bool:
    """Change, put in or take out a word of a run."""
    runs = [run for run in paragraph.runs if len(run.text.split()) > 1]
    if not runs:
        return False
    before = words(paragraph)
    run = random.choice(runs)
    parts = run.text.split(" ")
    at = random.randrange(len(parts))
    match random.randrange(3):
        case 0:
            parts[at] = random.choice(WORDS) + "x" * (parts[at] in WORDS)
        case 1:
            parts.insert(at, random.choice(WORDS))
        case _:
            del parts[at]
    run.text = " ".join(parts)
    if _plain(words(paragraph)) == _plain(before):
        return False
    done.gone.append(before)
    done.new += [words(paragraph)] if words(paragraph).strip() else []
    return True


def _plain(words: str) -> str:
    return " ".join(words.replace("–", "-").split())


def _sentence(random: Random) -> str:
    return (
        " ".join(random.choice(WORDS) for _ in range(random.randrange(3, 9))) + f" no {random.random():.6f}."
    )


def _some_line(
    lines: list[Any], random: Random, done: Edited, touched: set[Any], words: Callable[[Any], str]
) -> bool:
    """Change a line, delete it, or add one behind it. `lines` are the paragraphs with words of one box."""
    free = [
        n for n, one in enumerate(lines) if not {id(o._p) for o in lines[max(0, n - 1) : n + 2]} & touched
    ]
    if not free:
        return False
    at = random.choice(free)
    one = lines[at]
    kind = random.randrange(4)
    if kind < 2:
        worked = _change(one, random, done, words)
    elif kind == 2 and len(lines) > 1 and not _holds(one._p):
        done.gone.append(words(one))
        _KEEP.append(one._p)
        one._p.getparent().remove(one._p)
        worked = True
    else:
        new = deepcopy(one._p)
        if _holds(new):
            return False
        one._p.addnext(new)
        said = _sentence(random)
        _say(new, said)
        touched.add(id(new))
        _KEEP.append(new)
        done.new.append(said)
        worked = True
    if worked:
        touched.update(id(o._p) for o in lines[max(0, at - 1) : at + 2])
        _KEEP.extend(o._p for o in lines)
    return worked


_KEEP: list[Any] = []  # elements whose ids are known must not be forgotten


def _holds(paragraph: Any) -> bool:
    names = {"drawing", "pict", "sectPr", "sdt", "hyperlink", "fld", "bookmarkStart"}
    return any(one.tag.rsplit("}")[-1] in names - {"bookmarkStart"} for one in paragraph.iter())


def _say(paragraph: Any, words: str) -> None:
    texts = [one for one in paragraph.iter() if one.tag.rsplit("}")[-1] == "t"]
    for sign in [
        one
        for one in paragraph.iter()
        if one.tag.rsplit("}")[-1] in ("br", "tab") and one.getparent().tag.endswith("}r")
    ]:
        sign.getparent().remove(sign)
    for one in texts:
        one.text = ""
    texts[0].text = words
    for mark in [o for o in paragraph.iter() if o.tag.rsplit("}")[-1] in ("bookmarkStart", "bookmarkEnd")]:
        mark.getparent().remove(mark)


# ---- decks


def _frames(shapes: Any) -> list[Any]:
    found = []
    for shape in shapes:
        if getattr(shape, "shapes", None) is not None:
            found += _frames(shape.shapes)
        elif shape.has_text_frame:
            kinds = {ph.get("type") for ph in shape._element.iter() if ph.tag.endswith("}ph")}
            if not kinds & OURS:
                found.append(shape.text_frame)
    return found


def _words(paragraph: Any) -> str:
    return paragraph.text.replace("\v", "\n")


def _in_deck(deck: Any, random: Random, done: Edited, touched: set[Any]) -> None:
    ids = deck.slides._sldIdLst
    slides = list(deck.slides)
    n = random.randrange(len(slides))
    slide = slides[n]
    kind = random.choice(("words", "words", "notes", "notes", "table", "move", "delete", "add", "cell"))
    if kind in ("words", "notes"):
        where = slide.notes_slide.shapes if kind == "notes" and slide.has_notes_slide else slide.shapes
        frames = [f for f in _frames(where) if any(p.text.strip() for p in f.paragraphs)]
        if frames and slide.slide_id not in touched:
            frame = random.choice(frames)
            lines = [p for p in frame.paragraphs if p.text.strip()]
            done.edits += _some_line(lines, random, done, touched, _words)
    elif kind in ("table", "cell"):
        tables = [
            (s, shape.table) for s in slides for shape in s.shapes if getattr(shape, "has_table", False)
        ]
        if tables:
            slide, table = random.choice(tables)
            cell = random.choice([cell for row in table.rows for cell in row.cells])
            lines = [p for p in cell.text_frame.paragraphs if p.text.strip()]
            if lines and slide.slide_id not in touched:
                done.edits += _some_line(lines, random, done, touched, _words)
            elif not lines and id(cell._tc) not in touched and slide.slide_id not in touched:
                cell.text = _sentence(random)
                done.new.append(cell.text)
                touched.update(id(one) for one in cell._tc.iter())
                _KEEP.extend(cell._tc.iter())
                done.edits += 1
    elif "slides" not in touched:
        touched.add("slides")  # one such edit: of several the order says less than what was done
        if kind == "move" and len(slides) > 2:
            to = random.choice([m for m in range(len(slides)) if abs(m - n) > 1])
            entry = ids[n]
            ids.remove(entry)
            ids.insert(to, entry)
            done.edits += 1
            done.slides.append("slide moved")
        elif kind == "delete" and not any(id(one) in touched for one in slide._element.iter()):
            if slide.has_notes_slide and any(id(o) in touched for o in slide.notes_slide._element.iter()):
                return
            entry = ids[n]
            touched.add(slide.slide_id)
            deck.part.drop_rel(entry.rId)
            ids.remove(entry)
            done.edits += 1
            done.slides.append("slide deleted")
        elif kind == "add":
            touched.add(_add_slide(deck, ids, n, random, done))


def _add_slide(deck: Any, ids: Any, n: int, random: Random, done: Edited) -> int:
    """Add a slide, and give back its number."""
    layout = random.choice([one for one in deck.slide_layouts if len(one.placeholders)])
    slide = deck.slides.add_slide(layout)
    for holder in slide.placeholders:
        if holder.has_text_frame:
            holder.text_frame.text = _sentence(random)
            if random.random() < 0.4:
                holder.text_frame.add_paragraph().text = _sentence(random)
    if random.random() < 0.5:
        slide.notes_slide.notes_text_frame.text = _sentence(random)
    if random.random() < 0.3:
        table = slide.shapes.add_table(2, 3, 914400, 914400, 5000000, 900000).table
        for row in table.rows:
            for cell in row.cells:
                cell.text = _sentence(random)
    entry = ids[-1]
    ids.remove(entry)
    ids.insert(n, entry)
    done.edits += 1
    done.slides.append("slide added")
    return int(slide.slide_id)


# ---- documents


def _in_document(document: Any, random: Random, done: Edited, touched: set[Any]) -> None:
    if document.tables and random.random() < 0.4:
        table = random.choice(document.tables)
        cell = random.choice([cell for row in table.rows for cell in row.cells])
        lines = [p for p in cell.paragraphs if p.text.strip()]
        if lines:
            done.edits += _some_line(lines, random, done, touched, _all_words)
        return
    blocks: list[list[Any]] = [[]]
    for block in document.iter_inner_content():
        if hasattr(block, "runs"):
            blocks[-1].append(block)
        else:
            blocks.append([])
    lines = random.choice([b for b in ([p for p in block if p.text.strip()] for block in blocks) if b])
    done.edits += _some_line(lines, random, done, touched, _all_words)


def _all_words(paragraph: Any) -> str:
    """The words of a paragraph of Word, with those in controls to fill in, which python-docx leaves out."""
    signs = {"tab": "\t", "br": "\n"}
    return "".join(
        one.text or "" if name == "t" else signs.get(name, "")
        for run in paragraph._p.iter()
        if run.tag.endswith("}r")
        for one in run
        for name in [one.tag.rsplit("}")[-1]]
    )


# ---- what becomes of them


class Trial:
    """Built files of invented reviews in a folder, edited again and again, and what was wrong with what
    `pull` made of them."""

    def __init__(self, folder: Path, tells: bool = False) -> None:
        self.folder, self.tells = folder, tells
        self.wrong: list[str] = []
        self.edits = self.files = self.back = self.copies = 0
        shutil.copytree(TOP / "tests" / "project", folder, ignore=shutil.ignore_patterns("build"))
        invented.folder(folder, ("Ash", "Elm"))
        invented.deck(folder, "trees", minutes=90, reviews=[{"review": "ash"}, {"review": "elm"}])
        project = Project(folder, TOP)
        self.every: list[tuple[Target, Format, bytes]] = []
        for target in project.targets():
            office = [one for one in FORMATS[target.folder] if one.office]
            build(project, target, Options(only=tuple(one.ending for one in office)))
            made = [(one, target.file(one.ending)) for one in office]
            self.every += [(target, one, path.read_bytes()) for one, path in made if path.exists()]
        assert len(self.every) > 5

    def run(self, seed: int, resaved: bool = False) -> None:
        """Edit one of the files, and pull it."""
        random = Random(seed)
        decks = [each for each in self.every if each[1].ending == ".pptx"]
        target, one, data = random.choice(decks if random.random() < 0.5 else self.every)
        path = target.file(one.ending)
        path.write_bytes(data)
        if resaved:
            data = saved_by_office(path)
        done = edited(data, random)
        path.write_bytes(done.data)
        found = list(self._wrong(target, one, path, done, resaved))
        self.wrong += [f"{path.name}, seed {seed}: {words}" for words in found]
        if found and self.tells:
            print(*self.wrong[-len(found) :], sep="\n", flush=True)
        self.edits += done.edits
        self.files += 1

    def _wrong(self, target: Target, one: Format, path: Path, done: Edited, resaved: bool) -> Iterator[str]:
        project = Project(self.folder, TOP)
        there = opening.open_edited(project, target, one, path)
        found = opening.edits(there)
        yield from _differences(found.edits, done)
        planned = destination.plan(project, there, found)
        yield from (f"refused: {each.refused}" for each in planned if each.refused)
        result = outcome.tried(project, there, planned)
        yield from (f"left out: {each.edit.kind} {each.edit.now!r}: {each.refused}" for each in result.left)
        for name, text in result.texts.items():
            if name.parent.name == "reviews":
                self.back += 1
                yield from _lines_meant(name, name.read_text("utf-8"), text.decode(), planned)
        again = opening.Tried(self.folder, TOP, instead=dict(result.texts))
        now = opening.made_now(again, target, one, there.options)
        rest = compare(there.built, there.edited, now, there.trusted).edits
        yield from (f"lost by the next build: {each.kind} {each.was!r} {each.now!r}" for each in rest)
        yield from _lacking(done, there.edited, now)
        if "slide added" not in done.slides and not resaved and not result.whole:
            self.copies += 1  # to keep a copy of a file whose edits are all in loses nothing


def _differences(found: Any, done: Edited) -> Iterator[str]:
    """What was found and not done, and what was done and not found."""
    slides = [e.kind for e in found if e.kind.startswith("slide")]
    rest = [e for e in found if not e.kind.startswith("slide")]
    for what, is_, meant in (
        ("slides", slides, done.slides),
        (
            "gone",
            [plain(e.was or "") for e in rest if e.kind in ("reworded", "deleted")],
            _plainly(done.gone),
        ),
        ("new", [plain(e.now) for e in rest if e.kind != "deleted"], _plainly(done.new)),
    ):
        more, fewer = Counter(is_) - Counter(meant), Counter(meant) - Counter(is_)
        if more:
            yield f"{what}, found and not done: {list(more.elements())}"
        if fewer:
            yield f"{what}, done and not found: {list(fewer.elements())}"


def _lacking(done: Edited, mine: Any, now: Any) -> Iterator[str]:
    """What was put in and is not in what the sources make now, and what was taken out and still is."""
    there, edited = (
        [plain(text.words) for side in sides for box in side.boxes for text in box.lines]
        for sides in (now, mine)
    )
    yield from (f"not in the new file: {words!r}" for words in _plainly(done.new) if words not in there)
    for words in _plainly(done.gone):
        if there.count(words) > edited.count(words):
            yield f"still in the new file: {words!r}"


def _plainly(words: list[str]) -> list[str]:
    return [plain(one) for one in words]


def _lines_meant(path: Path, old: str, new: str, planned: Any) -> Iterator[str]:
    """What differs in a review that was written, beyond the lines of the fields that were meant."""
    meant = {each.field.origin for each in planned if each.field}
    lines = [
        n
        for kind, i, end, *_ in difflib.SequenceMatcher(
            None, old.splitlines(), new.splitlines(), False
        ).get_opcodes()
        for n in range(i, max(i + 1, end))
        if kind != "equal"
    ]
    places = [each.field.place.line for each in planned if each.field and each.field.place.path == path]
    if not set(_comments(old)) <= set(_comments(new)):
        yield f"comments are lost in {path.name}"
    if len(lines) > 4 * len(meant) or any(min(abs(n + 1 - line) for line in places) > 6 for n in lines):
        yield f"{path.name} differs in lines {lines}, not near {places}"
    parse(path, new)


def _comments(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.lstrip().startswith("#")]


def saved_by_office(path: Path) -> bytes:
    """A file as LibreOffice saves it."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to"]
        command += [path.suffix[1:], "--outdir", f"{folder}/out", str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return (Path(folder) / "out" / path.name).read_bytes()


def main(edits: int = 2000, seed: int = 1, resaved: int = 0) -> int:
    """Make so many edits, and say what was wrong."""
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder) / "board", tells=True)
        number = seed * 1_000_000
        while trial.edits < edits:
            trial.run(number, trial.files < resaved)
            number += 1
    print(
        f"{trial.edits} edits in {trial.files} files; {len(trial.wrong)} faults;"
        f" {trial.back} reviews written; {trial.copies} files kept though all was in"
    )
    return 1 if trial.wrong else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
