"""What `toolkit trace` does and prints: where each sentence of a file comes from, and what is not ours."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from toolkit import report
from toolkit.plan.model import content_of
from toolkit.problems import Invalid, Place, counted
from toolkit.project import Project, here
from toolkit.refresh.matching import Matcher, Piece, Traced
from toolkit.refresh.sources import Sources
from toolkit.refresh.texts import Built, Opened, open_file

NOT_OURS = "not ours"
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
        return Found(tuple(pieces), built)
    if built and not built.paragraphs:
        raise Invalid.at(Place(opened.path), TOO_OLD, "build it again")
    if project is None:
        raise Invalid.at(Place(opened.path), SILENT, HINT)
    found = _by_words(opened, project)
    if found is None:
        raise Invalid.at(Place(opened.path), f"{SILENT}; and it has few words of this folder", HINT)
    return found


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
            yield from (f"      {line}" for line in told(piece, sources))
        if not one.whole and all(piece.ours for piece in one.pieces):
            yield f"  {CUT}"


def told(piece: Piece, sources: Sources) -> list[str]:
    """Where some words come from: what is content first, and our own words where nothing else is."""
    if not piece.ours:
        return [f"= {NOT_OURS}: it was not built with these words"]
    content = [one for one in piece.origins if content_of(one)]
    own = [one for one in piece.origins if one not in content]
    found = [sources.of(one, piece.words) for one in (*content, *own) or ("",)]
    return list(dict.fromkeys(f"= {source.told()}" for source in found))


def summed_up(traced: Sequence[Traced]) -> str:
    """How many words of a file are whose."""
    counts: Counter[str] = Counter()
    for one in traced:
        for piece in one.pieces:
            content = any(content_of(origin) for origin in piece.origins)
            counts[NOT_OURS if not piece.ours else "content" if content else "ours"] += piece.size
    every = counted(sum(counts.values()), "word", "words")
    said = f"{counts['content']} from reviews, decks, board and registers, {counts['ours']} of the toolkit"
    return f"{every}: {said}, {counts[NOT_OURS] or 'none'} {NOT_OURS}"


def strange(traced: Iterable[Traced]) -> Iterator[tuple[str, str]]:
    """The words of a file that are not ours, each stretch with its place."""
    for one in traced:
        yield from ((one.place, " ".join(p.words.split())) for p in one.pieces if not p.ours)


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
            yield Traced(one.place, tuple(kept), one.whole)
