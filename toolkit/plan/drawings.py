"""Drawings made from a review's or a session's own data: page templates call them by name.

Each says in its alternative text what it shows, and has a plain form for where there is too little room. They
are drawn `WIDE` units wide; a unit is about a point on a slide of the house brand, and words have `SIZE`.
"""

from __future__ import annotations

import calendar
import math
import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from toolkit.content.model import Event, Knew, Point, Review
from toolkit.content.registers import Registers
from toolkit.content.rules import LONGEST_ALT
from toolkit.late import pattern, replace
from toolkit.plan.facts import ChosenReview, child_of, named, shared_themes
from toolkit.plan.language import Made, Told
from toolkit.plan.markup import inline
from toolkit.plan.model import (
    CLOCK,
    SECTION,
    Align,
    Anchor,
    Bullets,
    Drawing,
    Form,
    Paragraph,
    Shape,
    Span,
    Spans,
    Table,
    Timeline,
    Tone,
    clock,
    text,
)
from toolkit.plan.session import Session
from toolkit.plan.wording import Wording

WIDE = 840.0
NARROW = 366.0  # of a drawing beside words
SIZE = 24.0
LABEL = 22.0
GAP = 16.0
MOST_EVENTS = 6
MOST_AGENCIES = 5
MOST_THEMES = 6
_LONG = 0.5  # of the whole time: where more passes between two events, the line is broken


class Draw:
    """The drawings that templates may use, in the wording of one plan."""

    def __init__(self, wording: Wording, registers: Registers) -> None:
        self._wording, self._registers = wording, registers

    def every(self) -> dict[str, Callable[..., Made | str]]:
        """The functions of templates by name. Each gives an empty text where there is nothing to draw."""
        return {
            "draw_story": self.story,
            "draw_who_knew": self.who_knew,
            "draw_session": self.session,
            "draw_agencies": self.agencies,
            "draw_themes": self.themes,
            "draw_day": self.day,
            "draw_hours": self.hours,
            "draw_unknown": self.unknown,
            "draw_line": self.line,
            "draw_cards": self.cards,
            "draw_steps": self.steps,
            "draw_to_fill": self.to_fill,
        }

    # ------------------------------------------------------------------------------ what happened, and when

    def story(self, review: Review) -> Made | str:
        """The key events of a review on a line, in order: decisions as diamonds, the harm as an open ring."""
        told = [(n, event) for n, event in enumerate(review.timeline) if event.key]
        if not told:
            return ""
        events = [event for _, event in told]
        said = [_of(event.slide or event.text, f"{review.id}/timeline/{n}") for n, event in told]
        plain = (Timeline(tuple((self._date_of(event), words) for event, words in zip(events, said))),)
        if not 1 < len(events) <= MOST_EVENTS:
            return Made(plain)
        high, axis, left = 312.0, 16.0, 22.0
        deep = min(high / len(events), 78.0)
        column = min(max(len(event.date) for event in events) * _DATE * SIZE + 20, 260.0)
        high = deep * len(events)
        shapes = [Shape("line", axis, deep / 2, 0, high - deep, edge="accent", weight=5)]
        broken = _broken([month_of(event.date) for event in events])
        if broken is not None:
            at = (broken + 1) * deep
            shapes.append(Shape("rectangle", axis - 9, at - 7, 18, 14, "paper"))
            shapes += [
                Shape("line", axis - 11, at - 1 + 12 * n, 22, -12, edge="accent", weight=3) for n in (0, 1)
            ]
        for n, ((at_, event), words) in enumerate(zip(told, said)):
            y = (n + 0.5) * deep
            shapes.append(_mark(event, axis, y))
            when = _said(event.date, True, f"{review.id}/timeline/{at_}/date")
            shapes.append(_words(left + 22, y - deep / 2, column, deep, when))
            at = left + 22 + column
            heavy = tuple(replace(span, bold=True) for span in words) if event.harm else words
            shapes.append(_words(at, y - deep / 2, WIDE - at, deep, heavy))
        alt = [self._wording("timeline-order", count=len(events))]
        alt += [self._wording["timeline-break"]] * (broken is not None)
        alt += [self._wording["timeline-decision"]] * any(event.decision for event in events)
        alt += [self._wording["timeline-harm"]] * any(event.harm for event in events)
        return Made((Drawing(WIDE, high, tuple(shapes), " ".join(alt), plain),))

    def _title_of(self, agency: str) -> Told:
        return named(self._registers.agencies[agency], "agencies")

    def _date_of(self, event: Event) -> str:
        return self._wording("decided", date=event.date) if event.decision else event.date

    def who_knew(self, review: Review) -> Made | str:
        """A row for each agency, time across, and a mark where it knew of an event then."""
        known = [event for event in review.timeline if event.known_to]
        known = [event for event in known if event.key] if len(known) > MOST_EVENTS else known
        agencies = list(dict.fromkeys(id for event in known for id in event.known_to))
        if len(agencies) < 2 or len(known) < 2:
            return ""
        rows = [
            (self._title_of(id), [event.date for event in known if id in event.known_to]) for id in agencies
        ]
        when = [f"{review.id}/timeline/{review.timeline.index(event)}/date" for event in known]
        rows_of = [(_said(f"{name}: ", True, name.origin), "; ".join(at)) for name, at in rows]
        items = ((*name, *_said(at, origin=" ".join(when))) for name, at in rows_of)
        plain = (Bullets(tuple(items)),)
        alt = self._wording["knew-table"]
        if len(agencies) > MOST_AGENCIES or len(known) > MOST_EVENTS:
            return Made(plain)
        side, top, row = 250.0, 60.0, 54.0
        wide = (WIDE - side) / len(known)
        high = top + row * len(rows)
        shapes: list[Shape] = []
        for n, event in enumerate(known):
            month, _, year = event.date.rpartition(" ")  # one above the other
            head, spans = (_said(month, True, when[n]) if month else ()), _said(year, True, when[n])
            box = (side + n * wide, 0.0, wide, top - 4)
            shapes.append(
                Shape("words", *box, spans=spans, size=LABEL, align="left", anchor="bottom", head=head)
            )
        for r, id in enumerate(agencies):
            y = top + r * row
            shapes.append(Shape("line", 0, y, WIDE, 0, edge="pale", weight=2))
            shapes.append(_words(0, y, side - 10, row, _said(rows[r][0]), SIZE - 2, "left", "middle"))
            for n, event in enumerate(known):
                x = side + n * wide + 12
                if id in event.known_to:
                    shapes.append(Shape("ellipse", x, y + row / 2 - 16, 32, 32, "accent"))
        full = f"{alt} {'; '.join(name + ': ' + ', '.join(at) for name, at in rows)}."
        short = _short(full, f"{alt} {'; '.join(f'{name}: {len(at)}' for name, at in rows)}.", alt)
        return Made((Drawing(WIDE, high, tuple(shapes), short, plain),))

    def agencies(self, knew: Sequence[Knew], name: str) -> Made | str:
        """The child in the middle, and round it each agency that held a piece."""
        titles = [self._title_of(one.lens) for one in knew[:MOST_EVENTS]]
        if not titles:
            return ""
        wide = (WIDE - GAP * (len(titles) - 1)) / len(titles)
        lines, boxes = [], []
        for n, title in enumerate(titles):
            x = n * (wide + GAP)
            lines.append(
                Shape("line", WIDE / 2, 140, x + wide / 2 - WIDE / 2, 90 - 140, edge="accent", weight=2.5)
            )
            boxes.append(Shape("rounded", x, 0, wide, 90, "paper", "accent", 2, _said(title), LABEL))
        child = _said(name, True)
        middle = Shape("ellipse", WIDE / 2 - 115, 112, 230, 58, "accent", spans=child, size=SIZE + 4)
        alt = self._wording("agencies-round", child=name, agencies=self._wording.several(titles))
        every = " ".join(title.origin for title in titles)
        plain = (Paragraph(_said("  ·  ".join(titles), origin=every)),)
        return Made((Drawing(WIDE, 170, (*lines, *boxes, middle), alt, plain),))

    # ---------------------------------------------------------------------------- the session, and themes

    def session(self, session: Session) -> Made | str:
        """The parts of a session on a strip to scale, with the times at which they begin."""
        parts, minutes = session.parts, session.minutes
        if len(parts) < 2 or not minutes:
            return ""
        high, top, deep = 290.0, 118.0, 54.0
        shapes, places, labels = [], [], []
        tones: tuple[Tone, Tone] = ("accent", "ink")
        for n, part in enumerate(parts):
            x, wide = (WIDE * m / minutes for m in (part.start, part.minutes))
            free = part.name == self._wording["in-hand"]
            long = self._wording("short-minutes", count=part.minutes)
            spans = _said(long, origin=CLOCK) if wide > 84 else ()
            fill: Tone = "pale" if free else tones[n % 2]
            shapes.append(Shape("rectangle", x + 1, top, wide - 2, deep, fill, "none", 0, spans, SIZE - 2))
            places.append(x + min(wide / 2, 12))
            labels.append((_said(clock(part.start), True, CLOCK), _said(part.name, origin=SECTION)))
        flags = _flags(places, top + deep / 2, high, labels, deep / 2 + 2)
        plain = (Bullets(tuple((*when, Span("  "), *name) for when, name in labels)),)
        told = [f"{clock(p.start)} {p.name}" for p in parts], [p.name for p in parts], [str(len(parts))]
        ways = (self._wording("strip-of-session", minutes=minutes, parts="; ".join(way)) for way in told)
        return Made((Drawing(WIDE, high, (*flags, *shapes), _short(*ways), plain),))

    def themes(self, chosen: Sequence[ChosenReview]) -> Made | str:
        """Themes by reviews: a dot where a review has points on a theme, with their number."""
        shared = shared_themes(chosen, self._registers)[:MOST_THEMES]
        if not shared:
            return ""
        names = [child_of(one.review) for one in chosen]
        side, top, row = 486.0, 40.0, 45.0
        wide = (WIDE - side) / len(names)
        shapes = [
            _words(side + n * wide, 0, wide, top, _said(name, True), SIZE, "center")
            for n, name in enumerate(names)
        ]
        for r, (theme, found) in enumerate(shared):
            y = top + r * row
            shapes.append(Shape("line", 0, y, WIDE, 0, edge="pale", weight=2))
            shapes.append(_words(0, y, side - 10, row, _said(theme), LABEL, "left"))
            for n, titles in enumerate(found):
                if titles:
                    middle = side + (n + 0.5) * wide
                    count = _said(str(len(titles)), True)
                    shapes.append(
                        Shape("ellipse", middle - 20, y + 3, 40, 40, "accent", spans=count, size=SIZE - 2)
                    )
        rows = [
            (_said(theme), *((Span(str(len(titles)) if titles else "–"),) for titles in found))
            for theme, found in shared
        ]
        plain = (Table((_said(self._wording["theme"]), *map(_said, names)), tuple(rows)),)
        numbers = [", ".join(f"{n} {len(t)}" for n, t in zip(names, found)) for _, found in shared]
        in_order = [", ".join(str(len(t)) for t in found) for _, found in shared]
        ways = (
            [f"{theme}: {counts}" for (theme, _), counts in zip(shared, numbers)],
            [", ".join(names), *(f"{theme} {counts}" for (theme, _), counts in zip(shared, in_order))],
            [theme for theme, _ in shared],
            [", ".join(names)],
        )
        alt = _short(*(f"{self._wording['themes-dots']} {'; '.join(way)}." for way in ways))
        return Made((Drawing(WIDE, top + row * len(shared), tuple(shapes), alt, plain),))

    # ------------------------------------------------------------------------------------- ways of working

    def day(self, review: Review, point: Point) -> Made | str:
        """A day as a ring of 24 hours to shade, midday at the top; or a list of those that a source gives."""
        hours, path = point.way.hours if point.way else (), f"{review.id}/points/{point.id}/way"
        if hours:
            told = [_of(hour.slide or hour.text, f"{path}/hours/{n}") for n, hour in enumerate(hours)]
            items = [
                (*_said(f"{hour.date}: ", True, f"{path}/hours/{n}/date"), *words)
                for n, (hour, words) in enumerate(zip(hours, told))
            ]
            return Made((Bullets(tuple(items)),))
        top, right, bottom, left = names = self._wording["corners-of-a-day"].split("; ")
        wide, line = NARROW, 28.0
        outer = wide / 2 - 58
        high = 2 * (outer + line)
        across, down = wide / 2, high / 2
        inner = outer * 0.62
        shapes = _hours(across, down, outer, inner)
        beside = across - outer - 4
        shapes.append(_words(across - 80, 0, 160, line, _said(top), SIZE - 2, "center", "top"))
        shapes.append(_words(wide - beside, down - 17, beside, 34, _said(right), SIZE - 2))
        shapes.append(
            _words(across - 80, high - line, 160, line, _said(bottom), SIZE - 2, "center", "bottom")
        )
        shapes.append(_words(0, down - 17, beside, 34, _said(left), SIZE - 2, "right"))
        middle = (across - inner * 0.75, down - 34, inner * 1.5, 68)
        shapes.append(_words(*middle, _said(self._wording["one-day"], True), SIZE + 2, "center"))
        plain = (Paragraph(_said(f"{self._wording['one-day']}: {', '.join(names)}")),)
        alt = self._wording("day-of", parts=", ".join(names))
        return Made((Drawing(wide, high, tuple(shapes), alt, plain),))

    def hours(self) -> Made:
        """A day as a strip of 24 hours to shade, midnight first: two rows of twelve."""
        midday, evening, midnight, morning = self._wording["corners-of-a-day"].split("; ")
        line, deep = 34.0, 66.0
        wide = WIDE / 12
        shapes: list[Shape] = []
        for n, names in enumerate(((midnight, morning), (midday, evening))):
            y = n * (line + deep + GAP)
            for at, name in zip((0, WIDE / 2), names):
                shapes.append(_words(at, y, WIDE / 2, line, _said(name), SIZE - 2, "left", "top"))
            shapes += [
                Shape("rectangle", hour * wide, y + line, wide, deep, "paper", "accent", 2.5)
                for hour in range(12)
            ]
        parts = [midnight, morning, midday, evening]
        plain = (Paragraph(_said(f"{self._wording['one-day']}: {', '.join(parts)}")),)
        alt = self._wording("strip-of-day", parts=", ".join(parts))
        return Made((Drawing(WIDE, 2 * (line + deep) + GAP, tuple(shapes), alt, plain),))

    def unknown(self) -> Made:
        """A day of which the hours are empty, round a question mark: what nobody knows of a child."""
        shapes = [*_hours(100, 100, 98, 70), _words(50, 50, 100, 100, _said("?", True), 80, "center")]
        return Made((Drawing(200, 200, tuple(shapes), self._wording["unknown-day"]),))

    def line(self) -> Made:
        """A line from agree to disagree, to put a mark on."""
        ends = (self._wording["agree"], self._wording["disagree"])
        shapes = [Shape("line", 10, 30, WIDE - 20, 0, edge="accent", weight=6)]
        shapes += [
            Shape("line", 10 + n * (WIDE - 20) / 10, 10, 0, 40, edge="accent", weight=5) for n in range(11)
        ]
        shapes.append(_words(0, 62, 300, 48, _said(ends[0], True), SIZE + 8, "left", "top"))
        shapes.append(_words(WIDE - 300, 62, 300, 48, _said(ends[1], True), SIZE + 8, "right", "top"))
        plain = (Paragraph(_said(f"{ends[0]}  ·  ·  ·  ·  ·  ·  ·  {ends[1]}")),)
        return Made((Drawing(WIDE, 112, tuple(shapes), self._wording["line-between"], plain),))

    def cards(self, items: Sequence[str], marks: str = "") -> Made | str:
        """Items on cards, side by side; with `marks` such as "1234" or "abc" people can choose one."""
        if not items:
            return ""
        shown = list(items)
        wide = (WIDE - GAP * (len(shown) - 1)) / len(shown)
        top = 36.0 if marks else 0.0
        shapes = []
        for n, item in enumerate(shown):
            x = n * (wide + GAP)
            spans = _of(item)
            if marks:
                shapes.append(Shape("rounded", x, top, wide, 134, "paper", "accent", 2.5))
                shapes.append(_words(x, top + 22, wide, 110, spans, SIZE + 2, "center"))
                shapes.append(
                    Shape(
                        "ellipse",
                        x + wide / 2 - 24,
                        8,
                        48,
                        48,
                        "accent",
                        spans=_said(marks[n], True),
                        size=SIZE + 2,
                    )
                )
            else:
                shapes.append(Shape("rounded", x, top, wide, 166, "paper", "accent", 2.5, spans, SIZE + 2))
        plain = (Bullets(tuple(map(_of, shown)), "number" if marks else "bullet"),)
        return Made((Drawing(WIDE, 170, tuple(shapes), self._wording("cards-of", count=len(shown)), plain),))

    def steps(self, steps: Sequence[str]) -> Made | str:
        """What people do, step by step, from left to right."""
        if not steps:
            return ""
        few = len(steps) < 3
        gap, round_, size = (40.0, 96.0, SIZE + 8) if few else (40.0, 72.0, SIZE + 4)
        wide = (WIDE - gap * (len(steps) - 1)) / len(steps)
        shapes = []
        for n, step in enumerate(steps):
            x = n * (wide + gap)
            mark = _said(str(n + 1), True)
            shapes.append(Shape("ellipse", x, 0, round_, round_, "accent", spans=mark, size=size + 6))
            shapes.append(_words(x, round_ + 10, wide, 160 - round_, _of(step), size, "left", "top"))
            if n:
                before = x - wide - gap + round_ + 10
                shapes.append(Shape("arrow", before, round_ / 2, x - 12 - before, 0, edge="accent", weight=3))
        plain = (Bullets(tuple(map(_of, steps)), "number"),)
        return Made((Drawing(WIDE, 170, tuple(shapes), self._wording("steps-of", count=len(steps)), plain),))

    def to_fill(self, lines: Sequence[str]) -> Made | str:
        """Lines to fill: what each is for, and a rule; or numbers, each with a rule."""
        if not lines:
            return ""
        shapes: list[Shape] = []
        marked = all(len(words) < 4 for words in lines)
        wide, high = (WIDE, 50.0) if marked else (NARROW, 364.0 / len(lines))
        below = 0.0 if marked else 16.0
        if not marked:
            shapes.append(Shape("rectangle", 0, 0, wide, high * len(lines) + below, "paper", "accent", 1.5))
        for n, words in enumerate(lines):
            y = n * high
            if marked:
                mark = _said(words, True)
                shapes.append(Shape("ellipse", 0, y + 1, 46, 46, "accent", spans=mark, size=SIZE + 4))
                shapes.append(Shape("line", 66, y + 45, wide - 66, 0, edge="accent", weight=2))
            else:
                inside = wide - 40
                shapes.append(_words(14, y + 10, inside, high - 14, _said(words, True), SIZE, "left", "top"))
                shapes.append(Shape("line", 20, y + high - 2, inside, 0, edge="accent", weight=1.5))
        plain = (Bullets(tuple(_said(f"{words} …", origin=getattr(words, "origin", "")) for words in lines)),)
        alt = self._wording("lines-to-fill", count=len(lines))
        return Made((Drawing(wide, high * len(lines) + below, tuple(shapes), alt, plain),))


# ----------------------------------------------------------------------------------- marks, flags and words


def _short(*ways: str) -> str:
    """The first of some alternative texts that a screen reader gets through without a stop, or the last."""
    return next((way for way in ways if len(way) <= LONGEST_ALT), ways[-1])


def _said(words: str, bold: bool = False, origin: str = "") -> Spans:
    return (Span(words, bold, origin=origin or getattr(words, "origin", "")),)


def _of(words: str, origin: str = "") -> Spans:
    """Content as spans that know where they come from."""
    origin = origin or getattr(words, "origin", "")
    return tuple(replace(span, origin=origin) for span in inline(words))


def _words(
    x: float,
    y: float,
    w: float,
    h: float,
    spans: Spans,
    size: float = SIZE,
    align: Align = "left",
    anchor: Anchor = "middle",
) -> Shape:
    return Shape("words", x, y, w, h, spans=spans, size=size, align=align, anchor=anchor)


def _hours(across: float, down: float, outer: float, inner: float) -> list[Shape]:
    """A day as a ring of 24 empty parts."""
    shapes = [_disc(across, down, outer)]
    for n in range(24):
        x, y = math.cos(math.radians(15 * n)), math.sin(math.radians(15 * n))
        begins, long = (across + inner * x, down + inner * y), outer - inner
        shapes.append(Shape("line", *begins, long * x, long * y, edge="accent", weight=2))
    return [*shapes, _disc(across, down, inner)]


def _disc(across: float, down: float, radius: float) -> Shape:
    """A circle round a point, to draw on."""
    at = (across - radius, down - radius, 2 * radius, 2 * radius)
    return Shape("ellipse", *at, "paper", "accent", 2.5)


def _mark(event: Event, x: float, y: float) -> Shape:
    """The mark of an event beside its words."""
    form: Form = "diamond" if event.decision else "ellipse"
    half = 15.0 if event.decision else 14.0 if event.harm else 11.0
    fill: Tone = "paper" if event.harm else "accent"
    return Shape(form, x - half, y - half, 2 * half, 2 * half, fill, "accent", 5 if event.harm else 0)


def _flags(
    places: Sequence[float],
    axis: float,
    high: float,
    labels: Sequence[tuple[Spans, Spans]],
    off: float = 17.0,
) -> list[Shape]:
    """Labels above and below a line in turn, each at a pole that leads to its place on the line."""
    shapes = []
    for upwards in (True, False):
        row = range(0 if upwards else 1, len(places), 2)
        if not row:
            continue
        turn = axis - off - 6 if upwards else axis + off + 6
        room = (turn if upwards else high - turn) - 2
        share = (WIDE - GAP * (len(row) - 1)) / len(row)
        wides = [min(share, _needs(*labels[at], room)) for at in row]
        for at, wide, left in zip(row, wides, _side_by_side([places[at] - 2 for at in row], wides)):
            pole = min(max(places[at], left + 2), left + wide * 0.1)
            end = 4.0 if upwards else high - 4.0
            shapes.append(
                Shape("line", places[at], axis, pole - places[at], turn - axis, edge="accent", weight=1.5)
            )
            shapes.append(Shape("line", pole, turn, 0, end - turn, edge="accent", weight=1.5))
            date, what = labels[at]
            box = (pole + 3, 0.0 if upwards else turn, left + wide - pole - 3, room)
            shapes.append(Shape("words", *box, spans=what, size=LABEL, align="left", anchor="top", head=date))
    return shapes


_REGULAR, _BOLD, _DATE = 0.53, 0.6, 0.55  # of the size: about how wide a letter is


def _rows(spans: Spans, wide: float, letter: float) -> int:
    """About how many lines some words take."""
    size = letter * LABEL
    lines, at = 1, 0.0
    for word in text(spans).split():
        long = len(word) * size
        if at and at + size / 2 + long > wide - 12:
            lines, at = lines + 1, 0.0
        at += long + (size / 2 if at else 0)
    return lines


def _needs(date: Spans, what: Spans, room: float) -> float:
    """How wide a label is best: as narrow as its height allows, or a line wide where that is short."""
    one = max(len(text(date)) * _BOLD, len(text(what)) * _REGULAR) * LABEL + 34
    for wide in range(110, int(WIDE), 12):
        rows = _rows(date, wide - 10, _BOLD) + _rows(what, wide - 10, _REGULAR)
        longest = max((len(word) for word in f"{text(date)} {text(what)}".split()), default=0)
        if rows * LABEL * 1.2 <= room and longest * _BOLD * LABEL < wide - 20:
            return max(float(wide), min(one, 230.0))
    return WIDE


def _side_by_side(wanted: Sequence[float], wides: Sequence[float]) -> list[float]:
    """Where boxes begin that stand as near as can be to where they are wanted, and not on each other."""
    places, at = [], 0.0
    for left, wide in zip(wanted, wides):
        places.append(max(left, at, 0.0))
        at = places[-1] + wide + GAP
    over = WIDE
    for n in range(len(places) - 1, -1, -1):
        places[n] = max(0.0, min(places[n], over - wides[n]))
        over = places[n] - GAP
    return places


def _broken(months: Sequence[float | None]) -> int | None:
    """After which of three or more events more time passes than in all the rest, if their dates tell."""
    known = [month for month in months if month is not None]
    if len(known) < max(len(months), 3) or known != sorted(known):
        return None
    gaps = [later - month for month, later in pairwise(known)]
    return next((n for n, gap in enumerate(gaps) if gap > _LONG * sum(gaps)), None)


_YEAR = pattern(r"\b(19|20)\d\d\b")
_MONTHS = tuple(name.casefold() for name in calendar.month_abbr[1:])
_NAMES = (*(name.casefold() for name in calendar.month_name[1:]), "sept")
_SEASONS = {"spring": 4, "summer": 7, "autumn": 10, "winter": 1, "early": 2, "mid": 6, "late": 11, "end": 12}


def month_of(date: str) -> float | None:
    """A date in words, such as "Autumn 2011", as months since the year 0; None where it names no year."""
    year = _YEAR.search(date)
    if not year:
        return None
    start = int(year[0]) * 12.0
    before = date[: year.start()].casefold()
    for word in re.findall(r"[a-z]+", before)[::-1]:
        if word in _MONTHS or word in _NAMES:
            day = re.search(r"\b(\d{1,2})\s+\w+\s*$", before)
            return start + _MONTHS.index(word[:3]) + ((int(day[1]) - 1) / 31 if day else 0.5)
        if word in _SEASONS:
            return start + _SEASONS[word] - 0.5
    return start + 6.0
