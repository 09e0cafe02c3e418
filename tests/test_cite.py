"""`toolkit cite`: every true quote is found in an invented report, none that was changed is; what a person
accepts is written, and nothing else.
"""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path

import pytest

from tests import reports
from toolkit.refresh.matches import find
from toolkit.refresh.reports import Report, read_report

EVERY = reports.sentences()
KINDS = ("pdf", "docx", "txt")


@cache
def folder() -> Path:
    import tempfile

    return Path(tempfile.mkdtemp())


@cache
def made(kind: str) -> Report:
    """The invented report in a format, read."""
    path = folder() / f"invented.{kind}"
    if kind == "pdf":
        path.write_bytes(reports.pdf()[0])
    elif kind == "docx":
        path.write_bytes(reports.docx())
    else:
        path.write_bytes(reports.txt().encode("cp1252"))
    return read_report(path)


def typed(words: str) -> str:
    """Words as a person types them: with straight quotation marks, and with ordinary hyphens."""
    return words.translate({ord("“"): '"', ord("”"): '"', ord("’"): "'", ord("–"): "-"})


def spans(count: int, seed: int) -> list[tuple[reports.Sentence, str, bool]]:
    """Pieces of sentences of five words or more, each whether its sentence begins with it."""
    luck = random.Random(seed)
    found = []
    while len(found) < count:
        sentence = luck.choice(EVERY)
        words = sentence.words.split()
        first = luck.choice((0, luck.randrange(len(words) - 5)))
        last = luck.randint(first + 6, len(words))
        piece = " ".join(words[first:last])
        if sum(piece in one.words for one in EVERY) == 1:
            found.append((sentence, piece, first == 0))
    return found


def test_the_report_has_forty_pages() -> None:
    assert made("pdf").size in ("40 pages", "41 pages")  # typst breaks lines as the fonts that it has do


@pytest.mark.parametrize("kind", KINDS)
def test_every_sentence_is_found_where_it_stands(kind: str) -> None:
    report, pages = made(kind), reports.pdf()[1]
    wrong = []
    for sentence in EVERY:
        matches = find(report, typed(sentence.words))
        where = [one.where.replace(f"p{pages[sentence.words]}", "PAGE") for one in matches]
        where = [re.sub("PAGE–.*", "PAGE", one) for one in where]
        if where != [f"{sentence.number}, PAGE" if kind == "pdf" else sentence.number]:
            wrong.append((sentence, [one.where for one in matches]))
    assert wrong == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_piece_of_a_sentence_is_found(kind: str) -> None:
    report = made(kind)
    missed = [piece for _, piece, _ in spans(300, 5) if len(find(report, piece)) != 1]
    assert missed == []


NEGATIONS = {
    "did not": "did",
    "was not": "was",
    "could not": "could",
    "had no": "had a",
    "took no": "took an",
    "no one": "someone",
    "nobody": "somebody",
    "never": "always",
    "without": "with",
    "which was not": "which was",
    "wrote down": "never wrote down",
    "asked about": "did not ask about",
    "was told": "was not told",
    "found": "found no",
    "somebody": "nobody",
}


def changed(piece: str, luck: random.Random) -> str:
    """Words with a number, a negation or a word changed inside."""
    kind = luck.randrange(4)
    words = piece.split()
    if kind == 0 and (numbers := re.findall(r"\d+", piece)):
        number = luck.choice(numbers)
        other = luck.choice(
            (str(int(number) + 1), number + "0", number[::-1] + "1", "1" + number, number[1:])
        )
        return piece.replace(number, other, 1)
    there = [one for one in NEGATIONS if f" {one} " in piece]
    if kind == 1 and there:
        one = luck.choice(there)
        return piece.replace(one, NEGATIONS[one], 1)
    at = luck.randrange(1, len(words) - 1)
    if kind == 2:
        words[at] = luck.choice(
            [one for one in ("letter", "no", "aunt", "officer", "twice") if one != words[at]]
        )
    else:
        words[at] = words[at][:-1] + luck.choice("aeiou") + words[at][-1]
    return " ".join(words)


@pytest.mark.parametrize("kind", KINDS)
def test_of_a_thousand_changed_quotes_none_is_found(kind: str) -> None:
    report, luck = made(kind), random.Random(f"changed {kind}")
    plain = " ".join(one.words for one in EVERY)
    mutants: list[str] = []
    for _, piece, _ in spans(1100, 6):
        mutant = changed(piece, luck)
        if mutant not in plain:
            mutants.append(mutant)
    mutants = mutants[:1000]
    assert len(mutants) == 1000
    assert [one for one in mutants if find(report, one)] == []
