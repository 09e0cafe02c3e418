"""The finished bytes, read again by other code than wrote them: does every word, title and note of the
plan stand where it belongs?"""

from __future__ import annotations

import re
import signal
import threading
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from html.parser import HTMLParser
from types import FrameType
from typing import Any
from xml.etree.ElementTree import Element

from toolkit.fit.drawing import PAPER_WIDTH
from toolkit.fit.pictures import frame_in_text
from toolkit.fit.slides import FittedDeck, Slide
from toolkit.late import dataclass, pattern
from toolkit.office.colour import decorative
from toolkit.office.opc import A, P, Package, R, W, read_package, slides
from toolkit.plan.model import Drawing, Page, Picture, Plan, note_blocks, words
from toolkit.problems import Problem, counted

_INLINE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}inline"
_ABOUT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_FAULT = "this is a fault of the toolkit: nothing was written; please report it"
_DEEPEST = 15  # forms inside each other, in which a PDF may draw
_PARAGRAPH, _TEXT, _SHAPE, _FRAME, _HOLDER = f"{A}p", f"{A}t", f"{P}sp", f"{P}graphicFrame", f"{P}ph"


def check_deck(data: bytes | Package, deck: FittedDeck) -> list[Problem]:
    """Words, titles, notes and alternative texts of a .pptx that did not arrive."""
    package = read_package(data)
    there, planned = [*slides(package)], deck.slides
    if len(there) != len(planned):
        message = f"the deck has {counted(len(there), 'slide', 'slides')}, but {len(planned)} were planned"
        return [Problem(planned[0].place, message, _FAULT)]
    return [
        problem
        for slide, one in zip(planned, there)
        for problem in (*_slide_once(package, slide, one.part), *_notes(package, slide, one.notes))
    ]


_MOST_WHOLE = 1_000
_whole: dict[tuple[bytes, int], Slide] = {}  # slides of which every word has arrived in a part, by its digest


def _slide_once(package: Package, slide: Slide, part: str) -> list[Problem]:
    """What a slide has lost: nothing where the very same one has been read before, in another deck."""
    key = package.digest(part), id(slide)
    if _whole.get(key) is slide:
        return []
    problems = list(_slide(package, slide, part))
    if not problems and not any(_pictures(slide)):
        if len(_whole) >= _MOST_WHOLE:
            _whole.clear()
        _whole[key] = slide
    return problems


def _slide(package: Package, page: Page, part: str) -> Iterator[Problem]:
    root = package.root(part)
    if _title(root.iter(_SHAPE)) != page.title:
        yield _lost(page, "its title", page.title)
    yield from _missing(page, "the slide", _words_of(page), root.iter(_PARAGRAPH))
    for frame in root.iter(_FRAME):
        named = next(frame.iter(f"{P}cNvPr"), None)
        if named is None or not named.get("descr"):
            yield _lost(page, "an alternative text", "a table")
    told = [named.get("descr") for named in root.iter(f"{P}cNvPr")]
    for drawing in _drawings(page):
        if drawing.alt not in told:
            yield _lost(page, "an alternative text", drawing.alt)
    yield from _unseen([page], [_seen(package, part, picture) for picture in root.iter(f"{P}pic")])


Seen = tuple[bytes, str, bool]  # a picture as it arrived: its bytes, its alternative text, whether decorative


def _seen(package: Package, part: str, picture: Element) -> Seen:
    """A picture of a part of an Office file."""
    targets = {rel.id: rel.target for rel in package.rels(part) if not rel.external}
    blip = next(picture.iter(f"{A}blip"), None)
    target = targets.get(blip.get(f"{R}embed") or "", "") if blip is not None else ""
    about = next((e for tag in (_ABOUT, f"{P}cNvPr") for e in picture.iter(tag)), None)
    told = (about.get("descr") or "") if about is not None else ""
    return package.parts.get(target, b""), told, about is not None and decorative(about)


def _unseen(pages: Iterable[Page], there: list[Seen]) -> Iterator[Problem]:
    """Pictures of pages that did not arrive as they were, or without what they show."""
    for page in pages:
        for picture in _pictures(page):
            wanted = (picture.data, picture.alt, not picture.alt)
            if wanted in there:
                there.remove(wanted)
            else:
                yield _lost(page, "a picture", picture.alt or picture.credit)


def _notes(package: Package, slide: Slide, notes: Sequence[str]) -> Iterator[Problem]:
    if slide.printed:
        there = package.root(notes[0]).iter(_PARAGRAPH) if notes else ()
        yield from _missing(slide, "the notes page", words(slide.printed), there)


def check_document(data: bytes | Package, plan: Plan) -> list[Problem]:
    """Words of a .docx that did not arrive."""
    package = read_package(data)
    main = package.main()
    root = package.root(main)  # once: that of a long guide is not kept
    paragraphs = list(root.iter(f"{W}p"))
    texts = ["".join([t.text or "" for t in p.iter(f"{W}t")]) for p in paragraphs]
    there = Counter(" ".join(texts).split())
    wanted: Counter[str] = Counter()
    for before, page in _printed_pages(plan):
        for line in (*before, *_lines(page, plan)):
            wanted.update(line.split())
    problems = list(_unsaid(paragraphs, texts, plan))
    inline = (e for e in root.iter(_INLINE) if next(e.iter(f"{A}blip"), None) is not None)
    problems += _unseen(plan.pages, [_seen(package, main, picture) for picture in inline])
    if lost := _less(wanted, there):
        message = f"words are missing from the document: {_some(lost)}"
        problems.append(Problem(plan.pages[0].place, message, _FAULT))
    return problems


def _unsaid(paragraphs: list[Element], texts: list[str], plan: Plan) -> Iterator[Problem]:
    """Drawings without their alternative text, or for those that are said in words, without its line."""
    wanted = [(page, drawing.alt) for page in plan.pages for drawing in _drawings(page)]
    told: set[str | None] = set()
    for paragraph, line in zip(paragraphs, texts) if wanted else ():
        about = next(paragraph.iter(_ABOUT), None)
        told.add(line if about is None else about.get("descr"))
    for page, alt in wanted:
        if alt not in told:
            yield _lost(page, "an alternative text", alt)


def check_pdf(data: bytes, said: Plan | FittedDeck) -> list[Problem]:
    """Words of a PDF that did not arrive, told once for each page of the plan.

    Notes pages hold the words of every shown slide and its notes, a document those of every page. A PDF has
    letters and places, and no words: a word may be read in pieces where a column or a sheet ends, or as one
    with its neighbour. So letters and digits alone are compared, and what seems to be lost is looked for once
    more in what was not expected.
    """
    plan = said.plan if isinstance(said, FittedDeck) else said
    every = list(_printed_pages(said))
    pages = [page for _, page in every]
    drawn = [(page, d.alt) for page in pages for d in _drawings(page)]
    shown = [(page, picture) for page in pages for picture in _pictures(page)]
    wanted: Counter[str] = Counter()
    places: dict[str, Page] = {}
    for before, page in every:
        for line in (*before, *_lines(page, plan)):
            for token in _tokens(line):
                wanted[token] += 1
                places.setdefault(token, page)
    tokens = _tokens("\n".join(printed(data)))
    there = Counter(tokens)
    odd = there - wanted
    gone: dict[str, tuple[Page, list[str]]] = {}
    for token, missing in (wanted - there).items():
        letters: Counter[str] = Counter()
        for piece, count in odd.items():
            if piece in token or token in piece:
                letters.update({letter: n * count for letter, n in Counter(piece).items()})
        if any(letters[letter] < n * missing for letter, n in Counter(token).items()):
            page = places[token]
            gone.setdefault(page.id, (page, []))[1].append(token)
    problems = [_lost(page, "words of the PDF", ", ".join(found[:8])) for page, found in gone.values()]
    figures = "".join(_tokens("\n".join(_told(data)))) if drawn or shown else ""
    every_letter = figures + "".join(tokens)
    unsaid = [(page, alt) for page, alt in drawn if "".join(_tokens(alt)) not in every_letter]
    # A guide says below the small picture of a slide what is shown there: that does not count.
    unsaid += [(page, one.alt) for page, one in shown if "".join(_tokens(one.alt)) not in figures]
    problems += [_lost(page, "an alternative text", alt) for page, alt in unsaid]
    there_are = _drawn(data) if shown else []
    for page, picture in shown:
        dots = (picture.width, picture.height)
        least = 0.0 if isinstance(said, FittedDeck) else frame_in_text(picture, PAPER_WIDTH).w - 1
        here = [one for one in there_are if one[:2] == dots and one[2] >= least]
        if here:
            there_are.remove(here[0])
        else:
            problems.append(_lost(page, "a picture", picture.alt or picture.credit))
    return problems


def _drawn(data: bytes) -> list[tuple[int, int, float]]:
    """The pictures that a PDF shows: their dots, and how wide they are in points. It keeps the dots of a PNG,
    and not its bytes.
    """
    with _undisturbed():
        import pypdfium2
        from pypdfium2 import raw

        found = []
        with pypdfium2.PdfDocument(data) as document:
            for sheet in document:
                for one in sheet.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=_DEEPEST):
                    about, (left, _, right, _) = one.get_metadata(), one.get_bounds()
                    found.append((about.width, about.height, right - left))
    return found


def printed(data: bytes) -> list[str]:
    """The text of a PDF, sheet by sheet. Raises ValueError for what is none."""
    with _undisturbed():
        import pypdfium2  # heavy, and for PDFs alone

        with pypdfium2.PdfDocument(data) as document:
            return [sheet.get_textpage().get_text_bounded() for sheet in document]


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C, and being told to end, wait until a PDF is read, which is soon.

    PDFium's pages are put away while Python clears up after itself. What is raised there is lost: the build
    would go on as if nobody had pressed anything, or tell of pages that were never put away.
    """
    waiting: list[Callable[[], Any]] = []
    old: dict[signal.Signals, Callable[..., Any]] = {}
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGINT, signal.SIGTERM):
            handler = signal.getsignal(number)
            if callable(handler):
                old[number] = handler
                signal.signal(number, partial(_keep, waiting, handler))
    try:
        yield
    finally:
        for number, handler in old.items():
            signal.signal(number, handler)
        for heard in waiting[:1]:
            heard()


def _keep(
    waiting: list[Callable[[], Any]], handler: Callable[..., Any], number: int, frame: FrameType | None
) -> None:
    waiting.append(partial(handler, number, frame))


# An alternative text as typst writes it: UTF-16 in hexadecimal digits, or ASCII in round brackets.
_ALT = pattern(rb"/Alt\s*(?:<FEFF([0-9A-F]*)>|\(((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*)\))", re.S)


def _told(data: bytes) -> Iterator[str]:
    """The alternative texts of a PDF. PDFium reads all of the structure again for each page."""
    for digits, letters in _ALT.findall(data):
        yield bytes.fromhex(digits.decode()).decode("utf-16-be") if digits else letters.decode("latin-1")


@dataclass(frozen=True)
class _Asked:
    """A question as it stands in a quiz."""

    title: str
    question: str
    right: list[str]
    wrong: list[str]
    told: str


def check_quiz(data: bytes, plan: Plan) -> list[Problem]:
    """Questions of a quiz that did not arrive, and answers that count for something else than was planned."""
    found, pages = list(_questions(data.decode("utf-8"))), plan.pages
    if len(found) != len(pages):
        message = (
            f"the quiz has {counted(len(found), 'question', 'questions')}, but {len(pages)} were planned"
        )
        return [Problem(pages[0].place, message, _FAULT)]
    problems = []
    for page, asked in zip(pages, found):
        told = words((*page.slot("because"), *page.slot("source")))
        right, wrong = _rows(words(page.slot("right"))), _rows(words(page.slot("wrong")))
        for what, wanted, there in (
            ("words of its title", page.title.split(), asked.title.split()),
            ("words of the question", words(page.slot("question")).split(), asked.question.split()),
            ("a right answer", right, asked.right),
            ("a wrong answer", wrong, asked.wrong),
            ("words of the feedback", told.split(), asked.told.split()),
        ):
            if lost := _less(Counter(wanted), Counter(there)):
                problems.append(_lost(page, what, _some(lost)))
        if len(asked.right + asked.wrong) > len(right + wrong):
            message = f"“{page.title}” has more answers than were planned"
            problems.append(Problem(page.place, message, _FAULT))
    return problems


def _rows(lines: str) -> list[str]:
    """The lines with words, each with single spaces."""
    return [" ".join(line.split()) for line in lines.splitlines() if line.strip()]


# The marks of GIFT that no backslash stands before, as characters that stand in no text.
_WRONG, _RIGHT, _OPEN, _CLOSE, _TOLD, _NAME = _SEEN = "\ufde0\ufde1\ufde2\ufde3\ufde4\ufde5"
_MARK = pattern(r"\\([\\~={}#:n])|([~={}#:])")
_ASKED = pattern(f"{_NAME * 2}(.*?){_NAME * 2}(.*?){_OPEN}(.*?)(?:{_TOLD * 4}(.*?))?{_CLOSE}", re.S)
_ANSWER = pattern(f"([{_WRONG}{_RIGHT}])(?:%(-?[0-9.]+)%)?([^{_SEEN}]*)")


def _questions(whole: str) -> Iterator[_Asked]:
    """The questions of a GIFT text; nothing for one that cannot be read."""
    for part in re.split(r"\n\s*\n", whole.strip()):
        seen = _ASKED.fullmatch(_MARK.sub(_mark, part.strip()))
        if seen and not part.startswith("$CATEGORY:"):
            title, question, answers, told = (piece or "" for piece in seen.groups())
            right: list[str] = []
            wrong: list[str] = []
            for sign, share, answer in _ANSWER.findall(answers):
                (right if sign == _RIGHT or float(share or 0) > 0 else wrong).append(
                    " ".join(_plain(answer).split())
                )
            yield _Asked(_plain(title), _plain(question), right, wrong, _plain(told))


def _mark(found: re.Match[str]) -> str:
    """What a backslash and a letter stand for; another character for a mark."""
    if found[1]:
        return "\n" if found[1] == "n" else found[1]
    return _SEEN["~={}#:".index(found[2])]


class _Words(HTMLParser):
    """Gathers the words of HTML, without its elements."""

    def __init__(self) -> None:
        super().__init__()
        self.found = ""

    def handle_data(self, data: str) -> None:
        """Words between two elements."""
        self.found += data

    def handle_endtag(self, tag: str) -> None:
        """Paragraphs and items of lists end their lines."""
        self.found += "\n" if tag in ("p", "li") else ""


def _plain(html: str) -> str:
    """The words of a piece of a quiz."""
    parser = _Words()
    parser.feed(html.strip().removeprefix("[html]"))
    parser.close()
    return parser.found


def _printed_pages(said: Plan | FittedDeck) -> Iterator[tuple[tuple[str, ...], Page]]:
    """The pages that are printed, and what stands before each: hidden slides are not printed."""
    if isinstance(said, FittedDeck):
        shown = [slide for slide in said.slides if not slide.hidden]
        for n, slide in enumerate(shown):
            yield (said.plan.state,) if n == 0 else (), slide
        return
    for n, (section, _, page) in enumerate(said.headed()):
        yield (section,) if n else (*said.above, said.title, said.draft, section), page


def _lines(page: Page, plan: Plan) -> Iterator[str]:
    """What of a page of the plan is printed; a page of a document has no notes."""
    yield page.title
    yield from _words_of(page).splitlines()
    yield from words(note_blocks(page.notes, plan.wording)).splitlines()


def _tokens(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text))


def _words_of(page: Page) -> str:
    """The words on a slide besides its title."""
    return "\n".join([words(blocks) for _, blocks in page.slots])


def _drawings(page: Page) -> Iterator[Drawing]:
    """The drawings of a page, besides those of its notes."""
    yield from (block for _, blocks in page.slots for block in blocks if isinstance(block, Drawing))


def _pictures(page: Page) -> Iterator[Picture]:
    """The pictures of a page, besides those of its notes."""
    yield from (block for _, blocks in page.slots for block in blocks if isinstance(block, Picture))


def _missing(page: Page, where: str, expected: str, paragraphs: Iterable[Element]) -> Iterator[Problem]:
    there = " ".join(["".join([t.text or "" for t in p.iter(_TEXT)]) for p in paragraphs]).split()
    wanted = expected.split()
    if f" {' '.join(wanted)} " in f" {' '.join(there)} ":
        return  # one after the other, as they nearly always are
    lost = _less(Counter(wanted), Counter(there))
    if lost:
        yield _lost(page, f"words of {where}", _some(lost))


def _less(wanted: Counter[str], there: Counter[str]) -> list[str]:
    """The words that are not there as often as wanted."""
    return [word for word, count in wanted.items() if there.get(word, 0) < count]


def _lost(page: Page, what: str, shown: str) -> Problem:
    return Problem(page.place, f"“{page.title}” has lost {what}: {shown}", _FAULT)


def _some(lost: list[str]) -> str:
    return ", ".join(lost[:8])


def _title(shapes: Iterable[Element]) -> str | None:
    for shape in shapes:
        holder = next(shape.iter(_HOLDER), None)
        if holder is not None and holder.get("type") in ("title", "ctrTitle"):
            return "".join([t.text or "" for t in shape.iter(_TEXT)])
    return None
