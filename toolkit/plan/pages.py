"""From outlines, page templates and facts to plans: which pages, for how long, filled with which words.

A session has several plans: its deck, and the documents that go with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from itertools import accumulate
from typing import Any

from toolkit.content import evidence
from toolkit.content.model import (
    Bitmap,
    Board,
    Briefing,
    Child,
    Deck,
    Point,
    PointRole,
    Question,
    Review,
    Statement,
)
from toolkit.content.registers import Registers
from toolkit.late import dataclass, replace
from toolkit.plan import facts
from toolkit.plan.drawings import Draw
from toolkit.plan.facts import ChosenReview, Sources
from toolkit.plan.fill import Words
from toolkit.plan.language import Made, sentence, told
from toolkit.plan.model import (
    CLOCK,
    FIXED,
    NOTES,
    SLOTS,
    TEMPLATES,
    Blocks,
    Note,
    Page,
    Paragraph,
    Picture,
    Plan,
    Span,
    asked,
    changed,
    in_words,
    note_blocks,
    origins_in,
    spans_in,
    text,
    words,
)
from toolkit.plan.outline import Outline, OutlinePage, PageTemplate
from toolkit.plan.session import (
    PAIRS,
    QUESTION,
    THOUGHT,
    WORDS_A_MINUTE,
    Choice,
    shape,
    whole,
)
from toolkit.plan.since import Since
from toolkit.plan.wording import Wording
from toolkit.problems import Invalid, Node, Place

SLIDES = "slides"  # in a guide's outline: every slide with its script
WAY = "way"  # in an outline: the pattern of a point
ANNEX = 3  # a briefing with so many sides has one for all that two have no room for
LATER = ("session", "minutes", "start", "draft", "numbered")  # names that are known when all else is filled


@dataclass(frozen=True)
class Room:
    """What two sides of a briefing have room for: whether the `story` stands there as it is read aloud, else
    in its words for slides; how many lines on the `child`, points, steps of good practice for each, roles and
    questions.
    """

    story: bool = True
    child: int = 3
    points: int = 3
    steps: int = 3
    roles: int = 99
    questions: int = 3


@dataclass(frozen=True)
class Task:
    """What plans are made from. `place` is where a deck says how long it is, or a briefing its outline.

    `outlines` are those of the deck (or briefing) and of the documents that go with it, by the name of their
    plan. A `shortened` session takes of the points that its deck names those that fit its minutes; one that
    is `wished` is an edition of its deck, and one that is `restricted` an edition for few. A briefing has
    `room` for so much, and `guides` are the decks whose trainer guides tell its reviews in full. `pictures`
    are those of the reviews, by the names of their files. Where nobody has approved it as it is, it says so
    in the words `unapproved`; `since` is what has changed. `named` are the places of the points that a deck
    names itself.
    """

    name: str
    work: Deck | Briefing
    board: Board
    chosen: Sequence[ChosenReview]
    outlines: Mapping[str, tuple[Outline, Node]]
    templates: Mapping[str, PageTemplate]
    registers: Registers
    place: Place
    wording: Wording
    words: Words
    shortened: bool = False
    wished: bool = False
    room: Room = Room()
    guides: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, Bitmap] = field(default_factory=dict)
    unapproved: str = ""
    since: Since | None = None
    restricted: bool = False
    named: Sequence[Place] = ()


@dataclass(frozen=True)
class Draft:
    """A page that is going to be: its template, the names it may use, what it says so far, its minutes.

    `of` is the point or review that it is about, by their ids; its section may begin a `new_sheet`.
    """

    template: PageTemplate
    context: Mapping[str, Any]
    section: str
    entry: OutlinePage
    place: Place
    of: tuple[str, str] = ("", "")
    new_sheet: bool = False
    page: Page | None = None
    minutes: int = 0
    start: int = 0


def _origins_in(box: Iterable[Span]) -> set[str]:
    """Where the words of some spans come from, each place by itself."""
    return {one for several in {span.origin for span in box} for one in several.split()}


class Maker:
    """Makes the pages of one plan after the other; its names are the same in all of them."""

    def __init__(self, task: Task, choice: Choice | None = None) -> None:
        self.task = task
        self.choice = choice
        self.chosen = choice.chosen if choice else tuple(task.chosen)
        self.sources = Sources(self.chosen)
        for one in self.chosen:
            task.words.trace(one.review, lambda one=one: facts.origins(one.review, one.review.id))  # type: ignore[misc]
        self._own = f"{'decks' if isinstance(task.work, Deck) else 'briefings'}/{task.place.path.stem}"
        task.words.trace(task.work, lambda: facts.origins(task.work, self._own))
        task.words.trace(task.board, lambda: facts.origins(task.board, "board"))
        for name, register in facts.by_name(task.registers):
            for id, entry in register.items():
                task.words.trace(entry, lambda at=f"{name}/{id}", one=entry: facts.origins(one, at))  # type: ignore[misc]
        self.needed = {k: v for one in self.chosen for k, v in facts.needs_speaker(one.review).items()}
        self._marked = {
            f"{one.review.id} {point.id}"
            for one in self.chosen
            for point in one.review.points
            if evidence.standing(one.review, point) == "marked"
        }
        self._names = task.words.values(self._every_name())

    def drafts(self, kind: str, more: Mapping[str, Any]) -> list[Draft]:
        """The pages of an outline, filled as far as they can be. Raises Invalid."""
        context = {**self._names, **self.task.words.values(dict(more))}
        made = []
        for draft in self._expand(kind, context):
            later = draft.template.name == SLIDES or any(draft.template.says(name) for name in LATER)
            page = None if later else self.fill(draft, {})
            made.append(replace(draft, page=page))
        return made

    def finished(self, drafts: Sequence[Draft], more: Mapping[str, Any]) -> list[Page]:
        """The pages of a plan, the rest of them filled, told apart and their cites numbered."""
        pages: dict[int, Page] = {n: d.page for n, d in enumerate(drafts) if d.page}
        asks = [n for n, d in enumerate(drafts) if d.template.says("draft")]  # what the others print
        self._fill_rest(drafts, pages, more, listing=False, but=asks)
        own = {"draft": self.draft([*pages.values()]), **more}
        self._fill_rest(drafts, pages, own, listing=False, but=[*pages])
        known = -1
        while known < (
            known := len(self.sources.numbered())
        ):  # a page that lists the sources may cite others
            self._fill_rest(drafts, pages, own, listing=True)
        order = [one.review.id for one in self.chosen]
        ordered = [
            replace(
                pages[n],
                id=f"{d.template.name}-{n + 1}",
                minutes=d.minutes,
                start=d.start,
                accent=order.index(d.of[0]) if d.of[0] else 0,
            )
            for n, d in enumerate(drafts)
        ]
        boxes = [n for n, d in enumerate(drafts) if d.template.box]
        ordered = [
            replace(p, box=boxes.index(n) + 1 if n in boxes else 0, new_side=drafts[n].entry.new_side)
            for n, p in enumerate(ordered)
        ]
        number = self.sources.numbering()
        return [_numbered(page, number) for page in _told_apart(ordered)]

    def _fill_rest(
        self,
        drafts: Sequence[Draft],
        pages: dict[int, Page],
        own: Mapping[str, Any],
        listing: bool,
        but: Collection[int] = (),
    ) -> None:
        values = self.task.words.values(dict(own))
        if listing:
            values |= self.task.words.values({"numbered": self.sources.numbered()})
        for n, draft in enumerate(drafts):
            if draft.page is None and n not in but and draft.template.says("numbered") == listing:
                times = {"minutes": draft.minutes, "start": draft.start}
                pages[n] = self.fill(draft, {**values, **times})

    def marked(self, pages: Sequence[Page]) -> list[str]:
        """The marked points, as review and id, of which pages print what nobody has checked."""
        if not self._marked:
            return []
        boxes = [made for page in pages for _, made in page.slots]
        boxes += [note.blocks for page in pages for note in page.notes]
        origins = _origins_in([span for box in boxes for span in spans_in(box)])
        found = {" ".join(one.split("/")[::2][:2]) for one in facts.marked_in(origins, self.needed)}
        return sorted(found & self._marked)

    def draft(self, pages: Sequence[Page]) -> str:
        """What a document says of itself when it prints what nobody has checked; else nothing."""
        marked = self.marked(pages)
        found = any(
            f"{one.review.id} {point.id}" in marked and point.finding
            for one in self.chosen
            for point in one.review.points
        )
        return self.task.wording["draft" if found else "draft-unknown"] if marked else ""

    def plan(self, pages: Sequence[Page], document: str = "", timed: bool = True) -> Plan:
        """The plan of these pages. A document on some of the reviews names these alone below its title; one
        that is not `timed` does not say how long the session is.
        """
        work, board, draft = self.task.work, self.task.board, self.draft(pages)
        title, subtitle = self.title, self._subtitle(timed)
        if document and (some := self._printed(pages)):
            names = [facts.child_of(one) if one.child else _within(one.title) for one in some]
            said = self.task.wording("review-about", count=len(some), names=self.task.wording.several(names))
            title, subtitle = (title, said) if self._titled else (self._restricted(said), subtitle)
        return Plan(
            self.task.name,
            title,
            subtitle,
            work.board or "",
            work.edition or "",
            work.language or "en-GB",
            tuple(pages),
            self.task.wording,
            document,
            draft,
            self.task.wording["restricted"] if self.task.restricted else board.footer or "",
            tuple(sorted({one.review.title for one in self.chosen if one.review.child})),
            "" if draft else self.task.unapproved,  # once is enough
        )

    def fill(self, draft: Draft, more: Mapping[str, Any]) -> Page:
        """The page of a draft. Raises Invalid."""
        fill, template, context = self.task.words, draft.template, {**draft.context, **more}
        own = f"{TEMPLATES}pages/{template.name}"

        def filled(node: Node, name: str) -> Blocks:
            return fill.blocks(node, context, f"{own}/{name}")

        slots = [(name, made) for name, node in template.slots if (made := filled(node, name))]
        notes = [Note(name, made) for name, node in template.notes if (made := filled(node, f"notes/{name}"))]
        titled = tuple(b for b in filled(template.title, "title") if isinstance(b, Paragraph))
        title = " ".join(text(b.spans) for b in titled)
        origin = " ".join(dict.fromkeys(one for span in spans_in(titled) for one in span.origin.split()))
        if not title.strip():
            raise Invalid.at(
                template.title.place,
                "the title of this page comes out empty",
                "every slide and every part needs a title; write some words of your own as well",
            )
        main = [name for name in SLOTS[template.layout] if name not in ("badge", "source")]
        cited = dict(slots).get("source", ()) if len(main) == 1 else ()  # it stands below what it speaks for
        boxes = ((*made, *(cited if name in main else ())) for name, made in slots)
        for made in (titled, *boxes, *(note.blocks for note in notes)):
            self._check_speakers(spans_in(made), template.title.place)
        _check_credits((*(made for _, made in slots), *(note.blocks for note in notes)), template.title.place)
        return Page(
            id="",
            layout=template.layout,
            title=title,
            slots=tuple(slots),
            notes=tuple(notes),
            minutes=0,
            start=0,
            section=draft.section,
            place=draft.place,
            origin=origin,
            new_sheet=draft.new_sheet,
            strip=template.strip,
        )

    def _check_speakers(self, box: Iterable[Span], place: Place) -> None:
        """Refuses a box, or a part of the notes, with what nobody has checked and without who says it."""
        if self.needed and (found := facts.unspoken(_origins_in(box), self.needed)):
            review, _, point, *_ = found.split("/")
            raise Invalid.at(
                place,
                f"this page prints what nobody has checked against the report, and not who says it: '{point}'"
                f" of '{review}'",
                "print {{ heading(review, point) }} above it, in the same box",
            )

    @property
    def title(self) -> str:
        """The title of the work, or one made of the names of its reviews: also where some are not told. One
        for few says so, wherever it stands.
        """
        if self._titled:
            return self._restricted(self.task.work.title or "")
        names = [one.review.child.name if one.review.child else one.review.title for one in self.chosen]
        return self._restricted(self.task.wording("learning-from", names=self.task.wording.several(names)))

    @property
    def _titled(self) -> bool:
        """Whether its title is that of the work."""
        return bool(self.task.work.title) and not self._fewer

    def _restricted(self, title: str) -> str:
        return self.task.wording("restricted-title", title=title) if self.task.restricted else title

    def _printed(self, pages: Sequence[Page]) -> list[Review]:
        """The reviews that some pages tell, in a document on fewer than all; else none."""
        ids = {origin.split("/")[0] for origin in origins_in(pages)}
        found = [one.review for one in self.chosen if one.review.id in ids]
        return found if len(found) < len(self.chosen) else []

    @property
    def _fewer(self) -> bool:
        """Whether reviews of the work are not told, because they have no room."""
        return len(self.chosen) < len(self.task.chosen)

    @property
    def subtitle(self) -> str:
        """The subtitle of the work, or how long a session is, and for whom; an edition says both, unless its
        deck's own subtitle tells minutes. It goes where some reviews are not told: it may name them.
        """
        return self._subtitle(timed=True)

    def _subtitle(self, timed: bool) -> str:
        work, wording = self.task.work, self.task.wording
        if not isinstance(work, Deck):
            return work.subtitle or "; ".join(self._published(one.review) for one in self.chosen)
        if timed and work.subtitle and not self.task.wished and not self._fewer:
            return work.subtitle
        own = "" if self._fewer or tells_minutes(work.subtitle or "") else work.subtitle or ""
        made = wording("session-for", minutes=work.minutes, audience=self._lens() or wording["everyone"])
        return ". ".join(filter(None, (own.rstrip("."), made if timed else "")))

    def _published(self, review: Review) -> str:
        """What kind of review it is, whose, and from when."""
        kind = self.task.registers.kinds[review.kind].title
        day = self.task.wording.date(review.published)
        return self.task.wording("kind-of-board", kind=kind, board=review.board, date=day)

    def _lens(self) -> str:
        """The agencies that a session is for; nothing when it is for everyone."""
        lenses = self.task.work.audience if isinstance(self.task.work, Deck) else ()
        titles = [self.task.registers.agencies[lens].title for lens in lenses]
        return self.task.wording.several(titles) if titles else ""

    def _every_name(self) -> dict[str, Any]:
        """The names that every template may use; docs/architecture.md says what each is."""
        chosen, registers, wording = self.chosen, self.task.registers, self.task.wording
        work, standing = self.task.work, evidence.standing
        return {
            "deck": work,
            "briefing": work,
            "title": told(self.title, f"{self._own}/title"),
            "subtitle": told(self.subtitle, f"{self._own}/subtitle"),
            "audience": self._lens() or wording["everyone"],
            "lens": self._lens(),
            "mode": work.mode if isinstance(work, Deck) else "room",
            "board": self.task.board,
            "reviews": [c.review for c in chosen],
            "chosen": list(chosen),
            "registers": registers,
            "in_hand": wording["in-hand"],
            "no_room": wording["left-out-points"],
            "kinds": list(dict.fromkeys(registers.kinds[c.review.kind] for c in chosen)),
            "shared": facts.shared_themes(chosen, registers),
            "total": len(chosen),
            "names": told(
                wording.several([facts.child_of(one.review) for one in chosen]),
                " ".join(facts.child_of(one.review).origin for one in chosen),
            ),
            "first_actions": _examples([(one.review, p) for one in chosen for p in one.points]),
            "titles_taught": [facts.message_of(one.review, p) for one in chosen for p in one.points],
            "taught": sum(len(c.points) for c in chosen),
            "tight": isinstance(work, Deck) and sum(len(c.points) for c in chosen) > shape(work.minutes)[0],
            "since": self.task.since,
            "unapproved": self.task.unapproved,
            "restricted": self.task.wording["restricted"] if self.task.restricted else "",
            "unchecked": told(wording["unchecked"], facts.SPEAKER),
            "cite": self.sources.cite,
            "cite_all": lambda review, statements: self.sources.cite(review, *statements),
            "sources_of": facts.publishers,
            "source_line": lambda review, *groups, apart=False: facts.source_line(
                review, [s for group in groups for s in group], wording, apart=apart
            ),
            "told_in_short": lambda review, *groups, apart=False: facts.source_line(
                review, [s for group in groups for s in group], wording, short=True, apart=apart
            ),
            "room": self.task.room,
            "guides": [self.task.guides[c.review.id] for c in chosen if c.review.id in self.task.guides],
            "in_boxes": lambda use: in_boxes(use, self.task.room),
            "told_of": lambda child: told_of(child, self.task.room),
            "only_named": lambda use: only_named(use, self.task.room),
            "by_speaker": lambda review, points: facts.by_speaker(review, points, wording),
            "told_by": lambda review, statements: facts.told_by(review, statements, wording),
            "heading": lambda review, point: facts.heading(review, point, wording),
            "sure": lambda use: use.sure(wording),
            "little_known": evidence.little_known,
            "standing": standing,
            "marked_ids": lambda review: [p.id for p in review.points if standing(review, p) == "marked"],
            "shown_practice": facts.shown_practice,
            "shown_from": facts.shown_from,
            "agency": lambda id: facts.named(registers.agencies[id], "agencies"),
            "agency_in_short": lambda id: facts.named(registers.agencies[id], "agencies", short=True),
            "newer_guidance": lambda kind: registers.overtaken.get(kind.id, ""),
            "date": wording.date,
            "link": facts.link,
            "picture_of": self._picture_of,
            "picture_line": self._picture_line,
            "quiet": facts.quiet,
            "opening": facts.opening,
            "key_events": facts.key_events,
            "prediction": lambda review, shown=(): facts.prediction(review, shown),
            "main_sources": lambda use: facts.main_sources(
                use.review,
                [s for p in in_boxes(use, self.task.room) for s in facts.shown_from(p)],
                facts.key_events(use.review) or use.review.story,
            ),
            **Draw(wording, registers).every(),
        }

    def _picture_of(self, about: Child | Point | Review | None) -> Made | str:
        """The picture of a child, a point or a review, on a line of its own; nothing where it has none."""
        picture = getattr(about, "picture", None)
        bitmap = self.task.pictures.get(picture.file) if picture else None
        if not (picture and bitmap):
            return ""
        credit = self.task.wording("picture-credit", credit=picture.credit, licence=picture.licence)
        size = (bitmap.width, bitmap.height)
        origin = f"{self.task.words.origin_of(picture)}/alt"
        return Made((Picture(bitmap.data, *size, picture.alt or "", credit, origin),))

    def _picture_line(self, about: Child | Point | Review | None) -> str:
        """The caption, credit and licence of that picture; nothing where there is none."""
        picture = getattr(about, "picture", None)
        if not picture:
            return ""
        credit = self.task.wording("picture-credit", credit=picture.credit, licence=picture.licence)
        caption = f"{sentence(picture.caption)} " if picture.caption else ""
        return told(f"{caption}{credit}", f"{self.task.words.origin_of(picture)}/credit")

    def _expand(self, kind: str, context: Mapping[str, Any]) -> Iterator[Draft]:
        model, node = self.task.outlines[kind]
        for s, section in enumerate(model.sections):
            for one in self.chosen if section.each else (None,):
                for group in _groups(section.pages):
                    each = section.pages[group[0]].each
                    for use, item in _copies(each, one, self.chosen):
                        for e in group:
                            yield from self._entry(model, node, (s, e), use, item, context)

    def _entry(
        self,
        model: Outline,
        node: Node,
        at: tuple[int, int],
        use: ChosenReview | None,
        item: Point | Question | None,
        context: Mapping[str, Any],
    ) -> Iterator[Draft]:
        task = self.task
        section = model.sections[at[0]]
        entry = section.pages[at[1]]
        path = ("sections", at[0], "pages", at[1])
        if isinstance(task.work, Deck) and task.work.minutes < entry.shortest:
            return
        own = self._own_names(use, item)
        name = own.get("way", PAIRS) if entry.page == WAY else entry.page
        if name == SLIDES:
            template: PageTemplate | None = PageTemplate(SLIDES, "part", node, (), ())
        else:
            template = task.templates.get(name)
        if template is None:
            place = node.at((*path, "page")).place
            hint = f"check the spelling, or write templates/pages/{name}.yaml"
            raise Invalid.at(place, f"there is no page template '{name}'", hint)
        full = {**context, **task.words.values(own)}
        if entry.when and not task.words.true(entry.when, full, node.at((*path, "when")).place):
            return
        name_of = node.at(("sections", at[0], "name")).place
        named = task.words.line(section.name, full, name_of)
        self._check_speakers(named, name_of)
        place = use.place(item) if use else node.at(path).place
        about = use if entry.each or section.each else None
        of = (about.review.id if about else "", item.id if isinstance(item, Point) else "")
        yield Draft(template, full, text(named), entry, place, of, section.new_sheet)

    def _own_names(self, use: ChosenReview | None, item: Point | Question | None) -> dict[str, Any]:
        """The names that a page for one review, or one point or question of it, may use as well."""
        names: dict[str, Any] = {}
        if use:
            kind = self.task.registers.kinds[use.review.kind]
            names = {"chosen_review": use, "review": use.review, "child": use.review.child, "kind": kind}
        if use and isinstance(item, Question):
            quiz = use.review.quiz
            names |= {"asked": item, "number": quiz.index(item) + 1, "of": len(quiz)}
        elif use and isinstance(item, Point):
            point = item
            number = use.points.index(point) + 1 if point in use.points else 0
            lenses = self.task.work.audience if isinstance(self.task.work, Deck) else ()
            role = next((r for lens in lenses for r in point.roles if r.lens == lens), None)
            way = self.choice.ways.get((use.review.id, point.id), PAIRS) if self.choice else PAIRS
            names |= {"point": point, "number": number, "of": len(use.points), "way": way, "role": role}
            path = f"{use.review.id}/points/{point.id}"
            learning = f"{path}/message" if point.message else f"{path}/title"
            names |= {"learning": told(_within(point.message or point.title), learning)}
            names |= {"question": _question(point, role, way, path)}
        return names


def _check_credits(boxes: Sequence[Blocks], place: Place) -> None:
    """Refuses a page with a picture and without its credit and licence. Raises Invalid."""
    every = tuple(block for made in boxes for block in made)
    shown = words(every)
    for block in every:
        if isinstance(block, Picture) and block.credit not in shown:
            raise Invalid.at(
                place,
                f"this page shows a picture, and not whose it is: “{block.credit}”",
                "print {{ picture_line(…) }} on the page as well, of the same as picture_of",
            )


def tells_minutes(subtitle: str) -> bool:
    """Whether a subtitle says how long a session is, which is not so in an edition of other minutes."""
    return re.search(r"\d[ -](?:minute|munud|hour|awr)", subtitle) is not None


def in_boxes(use: ChosenReview, room: Room) -> list[Point]:
    """The points that the boxes of a briefing tell: those that go first in short sessions, in their order."""
    first = sorted(use.points, key=lambda p: p.priority)[: room.points]
    return [p for p in use.points if p in first]


def told_of(child: Child, room: Room) -> list[Statement]:
    """What the boxes of a briefing tell of a child: one line or two, and one on its voice."""
    who = (child.detail, *child.who[1:2]) if child.detail else child.who[:2]
    return [*who[: room.child - 1], *child.voice[:1]]


def only_named(use: ChosenReview, room: Room) -> list[Point]:
    """The other points, of which the boxes of a briefing give the names alone."""
    told_there = in_boxes(use, room)
    return [p for p in (*use.points, *use.cards) if p not in told_there]


def _question(point: Point, role: PointRole | None, way: str, path: str) -> str:
    """What is put to the room: in pairs an agency's own question, else that of the way of working, or the
    point's first."""
    if role and way == PAIRS:
        return told(role.question, f"{path}/roles/{point.roles.index(role)}/question")
    if point.way and point.way.pattern == way and point.way.question:
        return told(point.way.question, f"{path}/way/question")
    return told(point.questions[0], f"{path}/questions/0") if point.questions else ""


MOST_EXAMPLES, MOST_WORDS_OF_EXAMPLES = 4, 26  # of what one can do this week


def _examples(points: Sequence[tuple[Review, Point]]) -> list[str]:
    """What people could do this week: of each point in turn the first action of a role whose agency has not
    had one, as many as a slide has room for; where there are none, the first good practice of each point.
    """
    said: dict[str, str] = {}
    for review, p in points:
        for n, role in enumerate(p.roles):
            if role.action and role.lens not in said:
                said[role.lens] = told(role.action, f"{review.id}/points/{p.id}/roles/{n}/action")
                break
    steps: list[str] = [
        told(s.slide or s.text, f"{review.id}/points/{p.id}/practice/{p.practice.index(s)}")
        for review, p in points
        for s in facts.shown_practice(p)[:1]
    ]
    every = list(said.values()) or steps
    sums = enumerate(accumulate(map(_count, every)), 1)
    short = [n for n, total in sums if total <= MOST_WORDS_OF_EXAMPLES]
    return every[: min(max(short, default=1), MOST_EXAMPLES)]


def _count(words: str) -> int:
    return len(words.split())


def _within(sentence: str) -> str:
    """A sentence as it goes on after a colon: its first letter small, unless the word is a short form."""
    first = sentence.split(" ", 1)[0]
    kept = first == "I" or first[1:2].isupper() or not first[:1].isalpha()
    return sentence if kept else sentence[:1].lower() + sentence[1:]


def _groups(pages: Sequence[OutlinePage]) -> list[list[int]]:
    """Entries that belong together: those that follow each other with the same `each`."""
    groups: list[list[int]] = []
    for n, page in enumerate(pages):
        if n and page.each and page.each == pages[n - 1].each:
            groups[-1].append(n)
        else:
            groups.append([n])
    return groups


def _copies(
    each: str | None, one: ChosenReview | None, chosen: Sequence[ChosenReview]
) -> Iterator[tuple[ChosenReview | None, Point | Question | None]]:
    if one is None and each is None:
        yield (chosen[0] if len(chosen) == 1 else None), None
        return
    for use in (one,) if one else chosen:
        items: Mapping[str | None, Sequence[Point | Question]] = {
            "point": use.points,
            "card": use.cards,
            "question": use.review.quiz,
        }
        for item in items.get(each, (None,)):
            yield use, item


def need(draft: Draft, page: Page) -> int:
    """How many whole minutes a page takes at least: its words read aloud, and its questions or activity. A
    question that nobody talks about in a group takes as long as people think.
    """
    parts = {note.name: note.blocks for note in page.notes}
    said = len(words(parts.get("say", ())).split()) / WORDS_A_MINUTE
    long = THOUGHT if draft.template.thought and "group" not in parts else QUESTION
    asked = long * len([line for line in words(parts.get("ask", ())).splitlines() if line.strip()])
    return max(draft.entry.minutes, whole(said + max(asked, draft.template.minutes)))


def with_script(page: Page, number: int, wording: Wording) -> Page:
    """A slide as a part of the guide: what stands on it, and beside it all of its notes. What is done online
    has taken the place of what is done in a room, or is left out; what comes next is seen below.
    """
    script = tuple(
        replace(note, blocks=asked(note.blocks, "body")) if note.name == "ask" else note
        for note in page.notes
        if note.name not in ("online", "next")
    )
    shown = tuple(block for name, made in page.slots if name != "badge" for block in made)
    title = wording("slide-titled", number=number, title=page.title)
    said = (("shown", in_words(shown)), ("script", in_words(note_blocks(script, wording))))
    slots = tuple((name, blocks) for name, blocks in said if blocks)
    return replace(page, layout="script", title=title, slots=slots, notes=())


def _told_apart(pages: list[Page]) -> list[Page]:
    """The pages, with a number after a title that another page has."""
    titles: dict[str, int] = {}
    result = []
    for page in pages:
        titles[page.title] = titles.get(page.title, 0) + 1
        again = titles[page.title]
        result.append(page if again == 1 else replace(page, title=f"{page.title} ({again})"))
    return result


def for_the_room(page: Page, following: Page | None, wording: Wording, online: bool) -> Page:
    """A page with the notes that its trainer needs while standing there, and the clock."""
    parts = {note.name: note for note in page.notes}
    if online and "online" in parts:
        parts["do"] = replace(parts["online"], name="do")
        parts.pop("group", None)
        parts.pop("bring", None)
    if page.minutes:
        parts["minutes"] = Note(
            "minutes", (Paragraph((Span(", ".join(page.lasts(wording)), origin=CLOCK),)),)
        )
    if following:
        spare = following.start - page.start - page.minutes
        said = [Paragraph((Span(following.title, origin=following.origin),))]
        if spare > 0:
            early = wording("next-early", count=spare)
            said.append(Paragraph((Span(early, origin=f"{FIXED}next-early"),)))
        parts["next"] = Note("next", tuple(said))
    return replace(page, notes=tuple(parts[name] for name in NOTES if name in parts))


def _numbered(page: Page, number: Callable[[str], str]) -> Page:
    """A page whose cites have their numbers."""

    def of(blocks: Blocks) -> Blocks:
        cites = any(facts.CITED in span.text for span in spans_in(blocks))
        return tuple(changed(block, number) for block in blocks) if cites else blocks

    slots = tuple((name, of(blocks)) for name, blocks in page.slots)
    notes = tuple(Note(note.name, of(note.blocks)) for note in page.notes)
    return replace(page, title=number(page.title), slots=slots, notes=notes)
