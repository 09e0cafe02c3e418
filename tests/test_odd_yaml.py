"""Files from a seed with what hands and programs do to YAML: each is read, or refused in plain words."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from tests.conftest import TOP
from toolkit.content.model import Review
from toolkit.content.nodes import load
from toolkit.problems import Invalid
from toolkit.report import shown

STARTER = (TOP / "templates" / "starters" / "review.yaml").read_text("utf-8").replace("NAME", "x")
SOURCES = [STARTER, *(path.read_text("utf-8") for path in sorted((TOP / "reviews").glob("*.yaml")))]
PUT = [
    *(":", "-", "#", "[", "]", "{", "}", '"', "'", "|", ">", "&", "*", "!", "%", "@", "`", "?", "\t", "\\"),
    *(
        "\u00a0",
        "\u200b",
        "–",
        "•",
        "：",
        "“",
        "”",
        "’",
        "- ",
        ": ",
        " #",
        "\n",
        "\n\n",
        "  ",
        "---\n",
        "<<: ",
    ),
    *("&a ", "*a ", "[[", "}}", '"x" ', "'s ", "\r", "\u0301", "😀", "漢"),
]
VALUES = [
    *("[a, b]", "{a: b}", "- x", "no", "2024-13-45", '""', "|", ">", "a: b: c", "*x", "1e999", ".inf"),
    *("'a' b", "[a] b", "{", "“a: b”", "> 3", "# 1", "~"),
]
LINES = [
    *("Dear Ben, see below: it", "From: A", "\t", "– a", "• b", "1. c", '"', "[", "}", "? x", "...", "- - a"),
    *("x" * 30_000, "[" * 3_000, "- " * 2_000, "{a: " * 900, '"' * 5_001, "'" * 4_000, ": " * 4_000),
    "\n".join(" " * n + "- a" for n in range(400)),
    *("a: b\n" * 3_000, "- &a [*a]\n" * 500, "\u00a0" * 5_000, "\n" * 20_000, "x: [" + "a, " * 20_000),
]


def changed(random: random.Random, text: str) -> str:
    """A text with one to four changes of lines, quotation marks, columns, values or sizes."""
    lines = text.split("\n")
    for _ in range(random.choice((1, 1, 2, 4))):
        n = random.randrange(len(lines))
        line = lines[n]
        at = random.randrange(len(line) + 1)
        shift = random.choice((-2, -1, 1, 2))
        several = slice(n, n + random.randrange(1, 15))
        match random.randrange(9):
            case 0 | 1:
                lines[n] = line[:at] + random.choice(PUT) + line[at:]
            case 2:
                lines[several] = [
                    " " * shift + one if shift > 0 else one.replace(" ", "", -shift) for one in lines[several]
                ]
            case 3:
                lines[n] = line.translate(
                    dict.fromkeys(map(ord, random.choice(("\"'", ":", "-", "[]{}", ","))))
                )
            case 4:
                lines[n] = line.partition(":")[0] + ": " + random.choice(VALUES)
            case 5:
                del lines[several]
                lines = lines or [""]
            case 6:
                lines[n:n] = lines[several]
            case 7:
                lines[n] = line.replace(" ", "\u00a0")
            case _:
                lines.insert(n, " " * random.randrange(8) + random.choice(LINES))
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(8))
def test_any_file_is_read_or_refused_in_plain_words_at_once(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    path = tmp_path / "x.yaml"
    for number in range(25):
        text = changed(dice, dice.choice(SOURCES) if number % 4 == 0 else STARTER)
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        begun = time.process_time()
        try:
            load(path, Review)
        except Invalid as error:
            told = error.problems
            assert told and all(one.message and one.place.path == path and one.hint for one in told), number
            assert all("mapping" not in one.message and "scalar" not in one.message for one in told), number
            assert [shown(one) for one in told[:10]]
        assert time.process_time() - begun < 2, number
