"""A folder with an invented review that no slide or page can hold as it is: to see that nothing is cut, in
any template.

Usage: python tools/torture.py FOLDER. Then: cd FOLDER, toolkit build. Everything in it is invented and says
so.
"""

from __future__ import annotations

import sys
from pathlib import Path

import yaml

WORDS = (
    "This invented sentence is here to fill a page, so that a reader can see whether every word of it arrives"
    " in print."
)
MIXED = (
    "It mixes **bold words**, *slanted words* and [a link with"
    " words](https://example.org/a/long/address/of/an/invented/page?x=1&y=2) in a line."
)
LETTERS = "Ŵŷ â’r plant; łódź, żółć, gęślą jaźń; €, ½, “curly”, … – — and 👶🏽 🙂."
LONG_WORD = "safeguarding" * 16 + "learning"


class _Plain(yaml.SafeDumper):
    """Writes a value out each time, because the toolkit refuses aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _yaml(value: object) -> str:
    return yaml.dump(value, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=110)


def review() -> dict[str, object]:
    """The invented review as plain YAML values."""
    say = [f"Paragraph {n} of the invented notes. " + " ".join([WORDS] * 3) for n in range(1, 22)]
    many = [
        f"Invented step {n} of forty, which says something"
        f" {'short' if n % 2 else 'longer than the others, so that it needs a second line'}"
        for n in range(1, 41)
    ]
    title = "An invented title that goes on " + "and on and on " * 19 + "to three hundred letters"
    statement = {"text": f"{WORDS} {MIXED} {LETTERS}", "cites": ["S1 1.1"]}

    def point(
        identifier: str, message: str, practice: list[str], spoken: list[str], finding: str
    ) -> dict[str, object]:
        return {
            "id": identifier,
            "title": f"Invented point about {message[:20].rsplit(' ', 1)[0].lower()}",
            "message": message,
            "slide": {"finding": finding},
            "happened": [statement],
            "finding": [statement],
            "why": [WORDS],
            "practice": [{"text": WORDS, "cites": ["S1 2"]}, *practice],
            "questions": ["What would an invented reader ask?"],
            "lenses": ["all"],
            "themes": ["recording"],
            "notes": {"say": spoken, "listen_for": [WORDS], "care": WORDS, "if_short": WORDS},
        }

    return {
        "id": "torture",
        "title": "An invented review",
        "kind": "serious-case-review",
        "board": (
            "An invented board with a name that is rather longer than the footers of most templates can hold"
        ),
        "published": "2024-05-01",
        "child": {
            "name": "Robin",
            "pseudonym": True,
            "who": [statement, statement],
            "detail": statement,
            "not_known": [WORDS, WORDS],
        },
        "summary": [statement] * 9,
        "numbers": [{"figure": "27 of 31 places", "counts": f"{WORDS} {LETTERS}"[:160], "cites": ["S1"]}],
        "timeline": [
            {
                "date": f"Event {n} of an invented year",
                "text": f"{WORDS} {MIXED}",
                "cites": ["S1"],
                "key": True,
            }
            for n in range(1, 10)
        ],
        "points": [
            point("T-1", "Forty bullets and many words", many, say, " ".join([WORDS] * 6)),
            point("T-2", title, ["A short step"], say[:1], f"{LETTERS} {MIXED}"),
            point(
                "T-3", f"A long word: {LONG_WORD[:60]}", [LONG_WORD], [LONG_WORD, LETTERS, MIXED], LONG_WORD
            ),
        ],
        "good_practice": [statement] * 4,
        "asks": {
            "title": "Invented recommendations",
            "items": [{"to": f"Agency {n}", "text": f"{WORDS} ({n})", "cites": ["S1"]} for n in range(1, 61)],
        },
        "roles": [{"lens": "schools", "text": WORDS}],
        "sources": [
            {
                "id": "S1",
                "title": f"An invented report {LETTERS}",
                "publisher": "An invented publisher",
                "kind": "review-report",
                "read": "part",
                "url": "https://example.org/" + "x" * 90,
            }
        ],
    }


def main(folder: Path, brand: str = "house") -> None:
    work = {
        "title": "An invented deck that no slide can hold",
        "subtitle": f"{WORDS} {LETTERS}",
        "board": (
            "An invented board with a name that is rather longer than the footers of most templates can hold"
        ),
        "edition": "2026-11",
        "brand": brand,
        "reviews": [{"review": "torture"}],
    }
    deck = {
        **work,
        "minutes": 75,
    }
    briefing = {**work, "outline": "practitioner-briefing", "questions": [WORDS] * 5}
    # A table of 60 rows: the folder's own template shows every recommendation, where the toolkit's shows
    # five.
    packaged = (Path(__file__).parent.parent / "templates" / "pages" / "asks.yaml").read_text("utf-8")
    for path, content in (
        ("reviews/torture.yaml", _yaml(review())),
        ("decks/torture.yaml", _yaml(deck)),
        ("briefings/torture.yaml", _yaml(briefing)),
        ("templates/pages/asks.yaml", packaged.replace("items[:5]", "items")),
    ):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:3])
