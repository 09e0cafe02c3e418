"""Invented drawings of the kinds that decks need: a timeline to scale, a ring, rows of dots, a number."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

from tests.conftest import WORDING
from toolkit.plan.model import Drawing, Note, Page, Paragraph, Plan, Shape, Span, Spans
from toolkit.problems import Place

HERE = Place(Path("invented.yaml"), 9, 5)


def said(words: str, bold: bool = False, origin: str = "") -> Spans:
    return (Span(words, bold, origin=origin),)


def timeline() -> Drawing:
    """Three events on a line to scale, a break in it, and an arrow at its end."""
    shapes = [
        Shape("line", 20, 150, 400, 0, edge="accent", weight=5),
        Shape("line", 424, 162, 10, -24, edge="accent", weight=3),
        Shape("line", 434, 162, 10, -24, edge="accent", weight=3),
        Shape("arrow", 448, 150, 380, 0, edge="accent", weight=5),
    ]
    for x, when, what in (
        (20, "May 2011", "A neighbour calls"),
        (250, "July 2011", "The nurse sees bruises"),
        (600, "2014", "Robin is found"),
    ):
        shapes += [
            Shape("ellipse", x - 11, 139, 22, 22, "paper", "accent", 5),
            Shape(
                "words", x - 15, 90, 180, 40, spans=said(when, True), size=24, align="left", anchor="bottom"
            ),
            Shape("words", x - 15, 170, 190, 100, spans=said(what), size=24, align="left", anchor="top"),
        ]
    return Drawing(
        840, 280, tuple(shapes), "Three events: a call in May 2011, bruises in July 2011, then 2014."
    )


def ring() -> Drawing:
    """Five agencies round a child, joined by lines."""
    shapes = [Shape("ellipse", 225, 140, 150, 120, "accent", spans=said("Robin", True), size=28)]
    for n, name in enumerate(("Police", "School", "Health", "Housing", "Social care")):
        turn = 2 * math.pi * n / 5 - math.pi / 2
        x, y = 300 + 205 * math.cos(turn), 210 + 165 * math.sin(turn)
        shapes.insert(0, Shape("line", 300, 200, x - 300, y - 200, edge="ink", weight=2))
        shapes.append(Shape("rounded", x - 85, y - 28, 170, 56, "pale", "accent", 1.5, said(name), 28))
    return Drawing(
        600, 400, tuple(shapes), "A ring of five agencies round Robin; a line joins each to the child."
    )


def dots() -> Drawing:
    """Themes by reviews."""
    shapes = []
    for row, theme in enumerate(("Voice of the child", "Sharing what is known", "Thinking again")):
        y = 40 + row * 60
        shapes.append(Shape("rectangle", 0, y, 700, 56, "pale" if row % 2 else "paper"))
        shapes.append(Shape("words", 0, y, 330, 56, spans=said(theme), size=24, align="left"))
        for column in range(3):
            if (row + column) % 3:
                shapes.append(Shape("ellipse", 380 + 110 * column, y + 16, 24, 24, "ink"))
    return Drawing(700, 240, tuple(shapes), "Which of three themes each of three reviews found: two each.")


def number() -> Drawing:
    """One figure on a dark ground."""
    shapes = (
        Shape("rectangle", 0, 0, 400, 200, "ink"),
        Shape("rounded", 20, 20, 360, 160, "accent", spans=said("3 in 10"), size=70),
    )
    return Drawing(400, 200, shapes, "Three in ten.")


EVERY = (timeline(), ring(), dots(), number())


def page(name: str, drawing: Drawing, layout: str = "content", slot: str = "body") -> Page:
    notes = (Note("say", (Paragraph((Span(f"Look at the {name}."),)),)),)
    return Page(name, layout, f"An invented {name}", ((slot, (drawing,)),), notes, 5, 0, "Drawings", HERE)  # type: ignore[arg-type]


def deck() -> Plan:
    pages = (
        page("timeline", timeline(), "drawing", "drawing"),
        page("ring", ring()),
        page("matrix", dots()),
        page("number", number()),
    )
    return Plan("drawn", "Drawn", "Made up", "Board of Nowhere", "2026-11", "en-GB", pages, WORDING)


def on_paper(plan: Plan | None = None) -> Plan:
    """The same as the plan of a document."""
    plan = plan or deck()
    pages = tuple(
        replace(page, layout="part", slots=tuple(("body", blocks) for _, blocks in page.slots), notes=())
        for page in plan.pages
    )
    return replace(plan, pages=pages)
