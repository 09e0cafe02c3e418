"""What `toolkit trace` does and prints: where each sentence of a file comes from, and what is not ours."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from toolkit import report
from toolkit.office.kept import Kept
from toolkit.office.opc import Package, slides
from toolkit.office.prints import words_of
from toolkit.office.story import mark
from toolkit.plan.model import content_of
from toolkit.problems import Invalid, Place, counted
from toolkit.project import Project, here
from toolkit.refresh.byhand import by_hand
from toolkit.refresh.matching import Matcher, Piece, Traced
from toolkit.refresh.sources import Sources
from toolkit.refresh.texts import Built, Opened, Text, open_file

NOT_OURS, BY_HAND, KEPT = "not ours", "added by hand", "changed by hand before it was built"
CUT = "changed since it was built: words of this paragraph were taken out or moved"


class Found(NamedTuple):
    """The words of a file with their places, what it was built with, and a remark on how that is known."""

    traced: tuple[Traced, ...]
    built: Built
    remark: str = ""


def trace(path: Path, wanted: Sequence[str] = ()) -> int:
    """Print where the sentences of a file come from, or those with the words `wanted`. Gives back the exit
    code: 1 where there are none with these words.
    """
    with report.plainly():
        opened, project = open_file(path), folder()
        found = traced(opened, project)
        words = " ".join(wanted)
        shown = list(_with(words, found.traced)) if words else found.traced
        if words and not shown:
            message = f"the file does not say “{words}”"
            raise Invalid.at(Place(path), message, "give words that stand next to each other in one sentence")
        made = found.built.made
        sources = Sources(project, made)
        if found.remark:
            print(found.remark, file=sys.stderr)
        for line in lines(shown, sources):
            print(line)
        if not words:
            print(summed_up(found.traced))
        return 0


def folder() -> Project | None:
    """The folder that one stands in; None where it is no folder of reviews."""
    try:
        return here()
    except Invalid:
        return None


def traced(opened: Opened, project: Project | None) -> Found:
    """The words of a file and where they come from. Raises Invalid for a file that nothing is known of."""
    built, sheets = opened.built, opened.kind == "pdf"
    if built and built.paragraphs:
        pieces = Matcher(built).trace(opened.texts, sheets, opened.untouched)
        if opened.package and not opened.untouched:
            pieces = _with_hand(opened.package, opened.texts, pieces)
        if opened.package and built.kept.lines:
            pieces = _with_kept(opened.package, built.kept, opened.texts, pieces)
        return Found(tuple(pieces), built)
    if built and not built.paragraphs:
        raise Invalid.at(Place(opened.path), TOO_OLD, "build it again")
    if project is None:
        raise Invalid.at(Place(opened.path), SILENT, HINT)
    found = _by_words(opened, project)
    if found is None:
        raise Invalid.at(Place(opened.path), f"{SILENT}; and it has few words of this folder", HINT)
    return found


def _with_hand(package: Package, texts: Sequence[Text], traced: Sequence[Traced]) -> list[Traced]:
    """The same, where what was added by hand is known as that. Of a line that was changed that is what comes
    from another one, which still stands in its place.
    """
    hand = by_hand(package, texts)
    others = [_bare(text.words) for number, text in enumerate(texts) if number not in hand]
    found = []
    for number, one in enumerate(traced):
        if how := hand.get(number):
            pieces = [
                piece._replace(added=piece.ours and (how == "new" or _stands(piece, others)))
                for piece in one.pieces
            ]
            one = one._replace(pieces=tuple(pieces))
        found.append(one)
    return found


def _with_kept(package: Package, kept: Kept, texts: Sequence[Text], traced: Sequence[Traced]) -> list[Traced]:
    """The same, where lines that were changed by hand in an earlier file, and that the build made anew, are
    known as that, as often as it did so.
    """
    left: dict[str, Counter[str]] = {}
    keys = [""] if package.kind() == "document" else [one.key for one in slides(package)]
    for number, key in enumerate(keys, 1):
        places = (f"slide {number}", f"notes of slide {number}") if key else ("",)
        marks = Counter(kept.lines.get(key, ()))  # of a slide and its notes together
        left |= dict.fromkeys(places, marks)
    found = []
    for one, text in reversed([*zip(traced, texts, strict=True)]):
        marks = left.get("" if one.place.startswith("paragraph ") else one.place, Counter())
        if marks[mark(text.words)] > 0 and not any(piece.added for piece in one.pieces):
            marks[mark(text.words)] -= 1
            size = sum(piece.size for piece in one.pieces)
            one = Traced(one.place, (Piece(text.words, (), True, size),), kept=True)
        found.append(one)
    return found[::-1]


def _stands(piece: Piece, others: Sequence[str]) -> bool:
    """Whether words that are not those of their line itself stand in another line as well."""
    return not piece.main and any(_bare(piece.words) in other for other in others)


def _bare(words: str) -> str:
    return f" {' '.join(words_of(words)).casefold()} "


SILENT = "this file does not say where its words come from"
ELSE = "it is not ours, or a program that saved, printed or converted it has left that out"
HINT = f"{ELSE}; in the folder that it was built from, its words are looked up there"
TOO_OLD = "this file was built by an earlier toolkit, which did not write down where every word comes from"
_LEAST = 0.5  # of the words of a file: of so many the folder must know


def _by_words(opened: Opened, project: Project) -> Found | None:
    """The words of a file that says nothing, beside those of the files that the folder would build today."""
    from toolkit.refresh.today import every

    best: Found | None = None
    most, total = 0, 0
    for target, built in every(project, opened.kind):
        pieces = Matcher(built).trace(opened.texts, opened.kind == "pdf")
        ours = sum(piece.size for one in pieces for piece in one.pieces if piece.ours)
        total = sum(piece.size for one in pieces for piece in one.pieces)
        if ours > most:
            most = ours
            remark = (
                f"{opened.path.name} does not say where its words come from; they are looked up in the"
                f" {built.made['plan']} that {project.named(target.path)} would make today"
            )
            best = Found(tuple(pieces), built, remark)
    return best if best and most >= _LEAST * total else None


def lines(traced: Iterable[Traced], sources: Sources) -> Iterator[str]:
    """What is printed of paragraphs: the place, then each piece and where it comes from."""
    place = ""
    for one in traced:
        if one.place != place:
            place = one.place
            yield place
        for piece in one.pieces:
            yield f"  “{' '.join(piece.words.split())}”"
            lines = [f"= {sources.by_hand}"] if one.kept else told(piece, sources)
            yield from (f"      {line}" for line in lines)
        if not one.whole and all(piece.ours for piece in one.pieces):
            yield f"  {CUT}"


def told(piece: Piece, sources: Sources) -> list[str]:
    """Where some words come from: what is content first, and our own words where nothing else is."""
    if not piece.ours:
        return [f"= {NOT_OURS}: it was not built with these words"]
    content = [one for one in piece.origins if content_of(one)]
    own = [one for one in piece.origins if one not in content]
    found = [sources.of(one, piece.words) for one in (*content, *own) or ("",)]
    if piece.added:
        same = dict.fromkeys(f"= the same words stand in: {source.told()}" for source in found)
        return [f"= {BY_HAND}: it was not built with these words here", *same]
    return list(dict.fromkeys(f"= {source.told()}" for source in found))


def summed_up(traced: Sequence[Traced]) -> str:
    """How many words of a file are whose."""
    counts: Counter[str] = Counter()
    for one in traced:
        for piece in one.pieces:
            content = any(content_of(origin) for origin in piece.origins)
            whose = KEPT if one.kept else "content" if content else "ours"
            counts[NOT_OURS if not piece.ours else BY_HAND if piece.added else whose] += piece.size
    every = counted(sum(counts.values()), "word", "words")
    said = f"{counts['content']} from reviews, decks, board and registers, {counts['ours']} of the toolkit"
    said += f", {counts[KEPT]} {KEPT}" if counts[KEPT] else ""
    said += f", {counts[BY_HAND]} {BY_HAND}" if counts[BY_HAND] else ""
    return f"{every}: {said}, {counts[NOT_OURS] or 'none'} {NOT_OURS}"


def strange(traced: Iterable[Traced]) -> Iterator[tuple[str, str]]:
    """The words of a file that are not ours, or were put in by hand, each stretch with its place."""
    for one in traced:
        yield from ((one.place, " ".join(p.words.split())) for p in one.pieces if p.added or not p.ours)


def _with(words: str, traced: Iterable[Traced]) -> Iterator[Traced]:
    """The pieces of paragraphs that hold some words, whatever stands between these and in which letters."""
    pattern = r"[\W_]+".join(map(re.escape, re.findall(r"[^\W_]+", words)))
    for one in traced:
        said = " ".join(piece.words for piece in one.pieces)
        found = [match.span() for match in re.finditer(pattern, said, re.I)] if pattern else []
        kept, at = [], 0
        for piece in one.pieces:
            if any(start < at + len(piece.words) and end > at for start, end in found):
                kept.append(piece)
            at += len(piece.words) + 1
        if kept:
            yield one._replace(pieces=tuple(kept))
