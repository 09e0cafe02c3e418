"""From an outline, page templates and facts to a plan.

An outline says which pages, in which order, for how many minutes. A page template holds the words of one kind of page. Both are
parsed as YAML first; then each text in them is filled (see `fill`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import Field

from toolkit.content import evidence
from toolkit.content.model import Briefing, Deck, Model, Point, Review, Source, Statement, Text
from toolkit.content.registers import Registers
from toolkit.content.sentences import validate
from toolkit.plan.fill import Words
from toolkit.plan.markup import inline
from toolkit.plan.model import NOTES, SLOTS, Layout, Note, Page, Paragraph, Plan, Span, clock, text
from toolkit.plan.wording import Wording
from toolkit.problems import Invalid, Node, Place, Problem

Minutes = Annotated[int, Field(ge=0, le=480)]
Each = Literal["review", "point", "card"]


class OutlinePage(Model):
    """One entry of an outline: which page template, how often, how long."""

    page: Text = Field(description="A page template, such as point.")
    each: Each | None = Field(
        None, description="Once for each review, taught point, or other printable point (card)."
    )
    minutes: Minutes = Field(0, description="For each copy of the page.")
    share: Minutes | None = Field(None, description="Minutes divided among all copies of the page.")
    when: Text | None = Field(
        None, description="A Jinja2 expression; the page is left out when it is empty or false."
    )


class OutlineSection(Model):
    """A named part of the session; its name is the section's name in PowerPoint."""

    name: Text
    each: Literal["review"] | None = None
    pages: tuple[OutlinePage, ...]


class Outline(Model):
    """A kind of session or briefing."""

    title: Text
    minutes: Minutes = Field(0, description="How long a session takes; 0 for a document.")
    sections: tuple[OutlineSection, ...]


@dataclass(frozen=True)
class ChosenReview:
    """A review as one deck or briefing uses it: the points it works through, and the other printable ones."""

    shown: ClassVar[tuple[str, ...]] = ("review", "points", "cards", "marked")  # to templates
    review: Review
    points: tuple[Point, ...]
    cards: tuple[Point, ...]
    place: Callable[[Point | None], Place]

    @property
    def marked(self) -> bool:
        """Whether any of its printed points is marked."""
        return any(evidence.standing(self.review, p) == "marked" for p in (*self.points, *self.cards))

    def sure(self, wording: Wording) -> str:
        """One sentence on how well the printed points are founded."""
        every = (*self.points, *self.cards)
        marked = sum(evidence.standing(self.review, p) == "marked" for p in every)
        if not marked:
            return wording("sure-all")
        if marked == len(every):
            return wording("sure-none")
        return wording("sure-some", sure=len(every) - marked, all=len(every))


def choose(review: Review, ids: Sequence[str], node: Node) -> ChosenReview:
    """The points named by `ids` (all printable ones when empty) and the rest as cards."""
    printable = evidence.printable(review)
    by_id = {p.id: p for p in printable}
    points = tuple(by_id[i] for i in ids) if ids else printable

    def place(point: Point | None) -> Place:
        return node.at(("points", review.points.index(point)) if point else ("summary",)).place

    return ChosenReview(review, points, tuple(p for p in printable if p not in points), place)


@dataclass(frozen=True)
class _Draft:
    template: str
    context: dict[str, Any]
    minutes: int
    section: str
    entry: OutlinePage
    place: Place
    review: str


def make_plan(
    name: str,
    work: Deck | Briefing,
    chosen: Sequence[ChosenReview],
    outline: tuple[Outline, Node],
    templates: Mapping[str, Node],
    registers: Registers,
    place: Place,
    wording: Wording,
    fill: Words | None = None,
) -> Plan:
    """The plan of one deck or briefing. Raises Invalid for an unknown page, an undefined name, or minutes that do not add up.

    `fill` may come from an earlier plan: it knows the templates that it has read.
    """
    if isinstance(work, Briefing) and outline[0].minutes:
        raise Invalid(
            [
                Problem(
                    place,
                    f"the outline '{work.outline}' is for a session, not for a briefing",
                    "choose another, such as outline: practitioner-briefing",
                )
            ]
        )
    task = _Task(name, work, chosen, outline, templates, registers, place, wording, fill or Words())
    used: set[tuple[str, str]] = set()
    _write(task, _Sources(chosen, used, None))  # to learn what is cited
    return _write(task, _Sources(chosen, set(), used))


@dataclass(frozen=True)
class _Task:
    """What a plan is made from (see `make_plan`)."""

    name: str
    work: Deck | Briefing
    chosen: Sequence[ChosenReview]
    outline: tuple[Outline, Node]
    templates: Mapping[str, Node]
    registers: Registers
    place: Place
    wording: Wording
    words: Words


def _write(task: _Task, sources: _Sources) -> Plan:
    work, chosen, registers, wording = task.work, task.chosen, task.registers, task.wording
    given = {
        "deck": work,
        "briefing": work,
        "reviews": [c.review for c in chosen],
        "chosen": list(chosen),
        "registers": registers,
        "kinds": list(dict.fromkeys(registers.kinds[c.review.kind] for c in chosen)),
        "shared": _shared_themes(chosen, registers),
        "cite": sources.cite,
        "sources_of": sources.publishers,
        "numbered": sources.numbered,
        "label": lambda review, point: label(review, point, wording),
        "found": lambda review, point: wording[evidence.found(review, point)],
        "sure": lambda use: use.sure(wording),
        "standing": evidence.standing,
        "marked_ids": lambda review: [
            p.id for p in review.points if evidence.standing(review, p) == "marked"
        ],
        "all_marked": lambda review, points: all(evidence.standing(review, p) == "marked" for p in points),
        "practice": _practice,
        "agency": lambda id: registers.agencies[id].title,
        "date": wording.date,
        "link": link,
        "total": len(chosen),
    }
    drafts = _shared_minutes(list(_expand(task, task.words.values(given))))
    session = _session(drafts)
    if isinstance(work, Deck) and (total := sum(d.minutes for d in drafts)) != work.minutes:
        if not total:
            raise Invalid(
                [
                    Problem(
                        task.place,
                        f"the outline '{work.outline}' is for a document, not for a session",
                        "choose another, such as outline: session-60",
                    )
                ]
            )
        raise Invalid(
            [
                Problem(
                    task.place,
                    f"the pages of this deck take {total} minutes, but it says {work.minutes}",
                    f"write minutes: {total}, or choose another outline",
                )
            ]
        )
    pages: list[Page] = []
    start = 0
    titles: dict[str, int] = {}
    for number, draft in enumerate(drafts):
        context = draft.context | task.words.values(
            {"session": session, "minutes": draft.minutes, "start": start}
        )
        page = _page(draft, context, task.templates[draft.template], task.words, start)
        titles[page.title] = titles.get(page.title, 0) + 1
        if titles[page.title] > 1:
            page = replace(page, title=f"{page.title} ({titles[page.title]})")
        pages.append(replace(page, id=f"{draft.template}-{number + 1}"))
        start += draft.minutes
    timed = isinstance(work, Deck)
    following = [*pages[1:], None]
    pages = [replace(p, notes=_timed(p, n, timed, wording)) for p, n in zip(pages, following)]
    return Plan(
        task.name, work.title, work.subtitle, work.board, work.edition, work.language, tuple(pages), wording
    )


def _expand(task: _Task, context: dict[str, Any]) -> Iterator[_Draft]:
    (model, node), chosen, templates, words = task.outline, task.chosen, task.templates, task.words
    for s, section in enumerate(model.sections):
        for one in chosen if section.each else (None,):
            for e, entry in enumerate(section.pages):
                path = ("sections", s, "pages", e)
                if entry.page not in templates:
                    place = node.at((*path, "page")).place
                    hint = f"check the spelling, or write templates/pages/{entry.page}.yaml"
                    raise Invalid([Problem(place, f"there is no page template '{entry.page}'", hint)])
                for use, point in _copies(entry, one, chosen):
                    own: dict[str, Any] = {}
                    if use:
                        kind = task.registers.kinds[use.review.kind]
                        own = {
                            "chosen_review": use,
                            "review": use.review,
                            "child": use.review.child,
                            "kind": kind,
                        }
                    if point and use:
                        number = use.points.index(point) + 1 if point in use.points else 0
                        own |= {"point": point, "number": number, "of": len(use.points)}
                    full = context | words.values(own)
                    if entry.when and not words.true(entry.when, full, node.at((*path, "when")).place):
                        continue
                    name = text(
                        inline(words.plain(section.name, full, node.at(("sections", s, "name")).place))
                    )
                    place = use.place(point) if use else node.at(path).place
                    yield _Draft(
                        entry.page, full, entry.minutes, name, entry, place, use.review.title if use else ""
                    )


def _copies(
    entry: OutlinePage, one: ChosenReview | None, chosen: Sequence[ChosenReview]
) -> Iterator[tuple[ChosenReview | None, Point | None]]:
    if one is None and entry.each is None:
        yield (chosen[0] if len(chosen) == 1 else None), None
        return
    for use in (one,) if one else chosen:
        if entry.each in ("point", "card"):
            for point in use.points if entry.each == "point" else use.cards:
                yield use, point
        else:
            yield use, None


def _shared_minutes(drafts: list[_Draft]) -> list[_Draft]:
    copies: dict[int, int] = {}
    for draft in drafts:
        copies[id(draft.entry)] = copies.get(id(draft.entry), 0) + 1
    given: dict[int, int] = {}
    result = []
    for draft in drafts:
        share, key = draft.entry.share, id(draft.entry)
        if share is not None:
            position, count = given.get(key, 0), copies[key]
            given[key] = position + 1
            draft = replace(draft, minutes=share * (position + 1) // count - share * position // count)
        result.append(draft)
    return result


@dataclass(frozen=True)
class SessionPart:
    """A line of the session plan: a section, when it starts and how long it takes, in minutes."""

    name: str
    start: int
    minutes: int


def _session(drafts: list[_Draft]) -> list[SessionPart]:
    parts: list[SessionPart] = []
    clock = 0
    for draft in drafts:
        if parts and parts[-1].name == draft.section:
            parts[-1] = replace(parts[-1], minutes=parts[-1].minutes + draft.minutes)
        else:
            parts.append(SessionPart(draft.section, clock, draft.minutes))
        clock += draft.minutes
    return [p for p in parts if p.minutes]


def _page(draft: _Draft, context: dict[str, Any], template: Node, words: Words, start: int) -> Page:
    if not isinstance(template.value, dict):
        raise Invalid(
            [
                Problem(
                    template.place,
                    "a page template needs fields with names",
                    "such as layout, title and notes",
                )
            ]
        )
    fields = dict(template.value)
    layout_node, title_node, notes_node = (
        fields.pop("layout", None),
        fields.pop("title", None),
        fields.pop("notes", None),
    )
    if layout_node is None or title_node is None:
        absent = "layout" if layout_node is None else "title"
        raise Invalid(
            [Problem(template.place, f"this page template has no {absent}", f"add a line: {absent}: …")]
        )
    layout: Any = layout_node.value
    if layout not in get_args(Layout):
        raise Invalid(
            [
                Problem(
                    layout_node.place,
                    f"no layout is called '{layout}'",
                    f"write one of: {', '.join(get_args(Layout))}",
                )
            ]
        )
    problems = [
        Problem(
            template.keys[name],
            f"the layout {layout} has no slot '{name}'",
            f"it has: {', '.join(SLOTS[layout])}",
        )
        for name in fields
        if name not in SLOTS[layout]
    ]
    notes_fields = notes_node.value if notes_node and isinstance(notes_node.value, dict) else {}
    if notes_node and not isinstance(notes_node.value, dict):
        problems.append(
            Problem(
                notes_node.place,
                "the notes need parts with names",
                "such as say: or ask: on lines of their own below notes:",
            )
        )
    elif notes_node:
        problems += [
            Problem(
                notes_node.keys[n], f"no part of the notes is called '{n}'", f"there are: {', '.join(NOTES)}"
            )
            for n in notes_fields
            if n not in NOTES
        ]
    if problems:
        raise Invalid(problems)
    slots = []
    for slot in SLOTS[layout]:
        if slot in fields and (made := words.blocks(fields[slot], context)):
            slots.append((slot, made))
    notes = [
        Note(n, made) for n in NOTES if n in notes_fields and (made := words.blocks(notes_fields[n], context))
    ]
    title = " ".join(text(b.spans) for b in words.blocks(title_node, context) if isinstance(b, Paragraph))
    if not title.strip():
        raise Invalid(
            [
                Problem(
                    title_node.place,
                    "the title of this page comes out empty",
                    "every slide and every part needs a title; write some words of your own as well",
                )
            ]
        )
    return Page(
        "",
        layout,
        title,
        tuple(slots),
        tuple(notes),
        draft.minutes,
        start,
        draft.section,
        draft.place,
        draft.review,
    )


def _timed(page: Page, following: Page | None, timed: bool, wording: Wording) -> tuple[Note, ...]:
    if not timed:
        return page.notes
    parts = {note.name: note for note in page.notes}
    if page.minutes:
        name = "one-minute" if page.minutes == 1 else "several-minutes"
        when = wording(
            name, count=page.minutes, start=clock(page.start), end=clock(page.start + page.minutes)
        )
        parts["minutes"] = Note("minutes", (Paragraph((Span(when),)),))
    if following and following.minutes and page.minutes:
        parts["next"] = Note("next", (Paragraph((Span(following.title),)),))
    return tuple(parts[name] for name in NOTES if name in parts)


def label(review: Review, point: Point, wording: Wording) -> str:
    """The words of a point's label."""
    name, names = evidence.label(review, point), evidence.reporters(review, point)
    if name != "as-reported":
        return wording[name] if name else ""
    if len(names) < 2:
        return wording(name, names="".join(names))
    return wording(
        name, names=wording("two-names" if len(names) == 2 else "more-names", first=names[0], second=names[1])
    )


@dataclass(frozen=True)
class PracticeGroup:
    """Practice statements by what they rest on. `origin` is review, guidance or suggestion."""

    origin: Literal["review", "guidance", "suggestion"]
    statements: tuple[Statement, ...]


def _practice(review: Review, point: Point) -> list[PracticeGroup]:
    groups: dict[Literal["review", "guidance", "suggestion"], list[Statement]] = {
        "review": [],
        "guidance": [],
        "suggestion": [],
    }
    for statement in point.practice:
        if not statement.cites:
            groups["suggestion"].append(statement)
        elif evidence.is_reported(review, statement):
            groups["review"].append(statement)
        else:
            groups["guidance"].append(statement)
    return [PracticeGroup(origin, tuple(found)) for origin, found in groups.items() if found]


def _shared_themes(chosen: Sequence[ChosenReview], registers: Registers) -> list[tuple[str, list[list[str]]]]:
    """Themes that at least two reviews share: (theme, for each review the titles of its printable points), most shared first.

    Titles, because a message says what was found and may not stand without its label.

    Of each review, the points that no earlier theme began with come first, so that a table shows a different one in every row.
    """
    rows = []
    for theme in registers.themes.values():
        found = [[p.title for p in (*c.points, *c.cards) if theme.id in p.themes] for c in chosen]
        if len(chosen) > 1 and sum(bool(titles) for titles in found) > 1:
            rows.append((theme.title, found))
    rows.sort(key=lambda row: (-sum(bool(t) for t in row[1]), -sum(len(t) for t in row[1])))
    shown: list[set[str]] = [set() for _ in chosen]
    for _, found in rows:
        for titles, seen in zip(found, shown):
            titles.sort(key=lambda title: title in seen)
            seen.update(titles[:1])
    return rows


class _Sources:
    """The numbered source list of one deck or briefing: what it cites, in the order of its reviews' files.

    Writes every cite down in `cited`. `only` leaves out of the list what is never cited; None lists all.
    """

    def __init__(
        self, chosen: Sequence[ChosenReview], cited: set[tuple[str, str]], only: set[tuple[str, str]] | None
    ) -> None:
        self.numbered: list[tuple[int, Review, Source]] = []
        self._cited = cited
        self._number: dict[tuple[str, str], int] = {}
        for c in chosen:
            for source in c.review.sources:
                if only is None or (c.review.id, source.id) in only:
                    self._number[c.review.id, source.id] = len(self._number) + 1
                    self.numbered.append((len(self._number), c.review, source))

    def cite(self, review: Review, statement: Any) -> str:
        """The cites of a statement as numbers of the source list: "[3, p11; 5]", or empty."""
        self._cited.update((review.id, c.source) for c in statement.cites)
        parts = [
            f"{self._number[review.id, c.source]}{', ' + c.where if c.where else ''}" for c in statement.cites
        ]
        return f"[{'; '.join(parts)}]" if parts else ""

    def publishers(self, review: Review, *groups: Sequence[Statement]) -> str:
        """Who published what some statements rest on: "Community Care; NSPCC"."""
        names = [review.source(c.source).publisher for group in groups for s in group for c in s.cites]
        return "; ".join(dict.fromkeys(names))


def link(words: str, url: str | None) -> str:
    """`words` as a link in the markup of `markup`, or the words alone when there is no address."""
    plain = re.sub(r"([\\\[\]*_])", r"\\\1", words)
    return f"[{plain}](<{url}>)" if url else plain


def read_outline(node: Node) -> tuple[Outline, Node]:
    """An outline and its nodes. Raises Invalid."""
    return validate(Outline, node), node
