"""Invented reviews for tests of sessions: every pattern, every agency, and words as long as real ones."""

from __future__ import annotations

from pathlib import Path

import yaml

LENSES = ("schools", "gp", "police", "childrens-social-care")
NAMES = ("Ash", "Elm", "Oak")
WAYS: tuple[dict[str, object], ...] = (
    {
        "pattern": "decide",
        "question": "What would you do now, in this invented case?",
        "known": [
            {
                "text": f"An invented letter number {n} lay on the desk.",
                "slide": f"Letter {n} lay there",
                "cites": ["N1"],
            }
            for n in (1, 2)
        ],
        "next": [{"text": "Nobody in the invented office opened the letters that week.", "cites": ["N1"]}],
        "listen_for": ["A first call that somebody makes today."],
    },
    {
        "pattern": "line",
        "items": ["I would rather ask once too often."],
        "question": "What would move your mark?",
    },
    {"pattern": "rank", "items": ["Ask", "Look", "Write", "Ring"], "question": "Which comes first, and why?"},
    {"pattern": "day", "question": "Which hours do you know nothing of?"},
    {
        "pattern": "voices",
        "question": "Whom would you tell?",
        "knew": [
            {"lens": lens, "text": f"Knew of invented letter {n}.", "cites": ["N1"]}
            for n, lens in enumerate(LENSES)
        ],
    },
    {"pattern": "recall"},
    {"pattern": "card", "question": "What is the one sentence that you would write on your card?"},
    {
        "pattern": "situation",
        "items": ["A child is late.", "The aunt is kind.", "It is Friday."],
        "question": "What do you do?",
    },
)


def review(name: str, points: int = 8, found: bool = True) -> dict[str, object]:
    """An invented review; without `found` its points tell only what happened."""
    letters = [f"{name[0]}-{n}" for n in range(1, points + 1)]
    return {
        "id": name.lower(),
        "title": name,
        "kind": "serious-case-review",
        "board": "An invented board",
        "published": "2024-05-01",
        "warning": f"an invented child called {name}, and letters that nobody read",
        "child": {
            "name": name,
            "pseudonym": True,
            "who": [
                {
                    "text": f"{name} is invented, and liked invented trees.",
                    "slide": f"{name} liked trees",
                    "cites": ["S1"],
                }
            ],
            "voice": [{"text": f"{name} said so, in an invented way.", "cites": ["S1"]}],
        },
        "summary": [
            {"text": f"{name} was seen by many invented services and heard by few.", "cites": ["S1"]}
        ],
        "story": [
            {
                "text": f"In the {n} year an invented letter came about {name}, and it was laid aside.",
                "slide": f"Letter {n} came",
                "cites": ["S1"],
            }
            for n in ("first", "second", "third")
        ],
        "timeline": [
            {
                "date": f"{month} 2023",
                "text": f"An invented letter came in {month}.",
                "slide": "A letter came",
                "key": True,
                "cites": ["S1"],
            }
            for month in ("January", "March", "May")
        ],
        "points": [_point(name, id, n, found) for n, id in enumerate(letters)],
        "good_practice": [{"text": "An invented clerk kept every letter.", "cites": ["S1"]}],
        "asks": {
            "title": "Recommendations",
            "items": [{"to": "Invented services", "text": "Open letters.", "cites": ["S1"]}],
        },
        "quiz": [
            {
                "text": "Who kept the invented letters?",
                "answers": [{"text": "The clerk", "right": True}, {"text": "The cat"}],
                "because": "The clerk did.",
                "cites": ["S1"],
            }
        ],
        "sources": [
            {
                "id": "S1",
                "title": "An invented report",
                "publisher": "An invented board",
                "kind": "review-report",
                "read": "whole",
            },
            {
                "id": "N1",
                "title": "An invented story",
                "publisher": "The Invented Echo",
                "kind": "news",
                "published": "2024-05-02",
                "read": "whole",
            },
        ],
    }


def _point(name: str, id: str, n: int, found: bool) -> dict[str, object]:
    lens = LENSES[n % len(LENSES)]
    said = {
        "text": f"The invented letter {n} about {name} was not opened.",
        "cites": ["S1" if n % 2 else "N1"],
    }
    return {
        "id": id,
        "title": f"Letters of kind {n} about {name}",
        "message": f"Open each letter of kind {n} about {name}",
        "priority": 1 + n % 3,
        "slide": {"finding" if found else "happened": f"Letter {n} about {name} was not opened."},
        "way": WAYS[n % len(WAYS)],
        ("finding" if found else "happened"): [said],
        "practice": [
            {
                "text": "Open every letter on the day it comes, and read it twice.",
                "slide": "Open every letter",
                "cites": ["S1"],
            },
            {"text": "Tell one other person what stands in it.", "slide": "Tell one person"},
        ],
        "questions": [f"When did you last open an invented letter of kind {n}?", "Who else should know?"],
        "lenses": ["all", lens],
        "themes": ["information-sharing" if n % 2 else "recording"],
        "roles": [
            {
                "lens": lens,
                "means": "Letters reach you first.",
                "question": "Who opens yours?",
                "action": "Open one letter",
            }
        ],
        "notes": {
            "say": [
                f"This letter is number {n}. " + "It came on a rainy day, and it was laid on a pile. " * 5,
                "Who reads yours?",
            ],
            "listen_for": ["One’s own practice, and not that of others."],
            "care": "Letters can be hard. Give time.",
            "if_short": "Keep the question.",
        },
    }


def folder(root: Path, names: tuple[str, ...] = NAMES, **more: bool) -> Path:
    """A folder with these invented reviews and nothing else."""
    for name in names:
        write(root / "reviews" / f"{name.lower()}.yaml", review(name, **more))  # type: ignore[arg-type]
    (root / "decks").mkdir(parents=True, exist_ok=True)
    return root


def deck(root: Path, name: str = "talk", **fields: object) -> Path:
    """A deck of a folder."""
    path = root / "decks" / f"{name}.yaml"
    write(path, {"edition": "2024-06", **fields})
    return path


def write(path: Path, value: object) -> None:
    """A value as YAML."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1000), "utf-8")
