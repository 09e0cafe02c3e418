"""From an outline, page templates and facts to a plan: which pages, for how long, filled with which words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from toolkit.content import evidence
from toolkit.content.model import NO_BOARD, Board, Briefing, Deck, Point
from toolkit.content.registers import Registers
from toolkit.plan import facts
from toolkit.plan.facts import ChosenReview, Sources
from toolkit.plan.fill import Words
from toolkit.plan.language import told
from toolkit.plan.markup import inline
from toolkit.plan.model import (
    NOTES,
    Blocks,
    Note,
    Page,
    Paragraph,
    Plan,
    Span,
    changed,
    clock,
    spans_in,
    text,
)
from toolkit.plan.outline import Outline, OutlinePage, PageTemplate
from toolkit.plan.wording import Wording
from toolkit.problems import Invalid, Node, Place


@dataclass(frozen=True)
class Task:
    """What a plan is made from. `place` is where a deck says how long it is, or a briefing its outline."""

    name: str
    work: Deck | Briefing
    chosen: Sequence[ChosenReview]
    outline: tuple[Outline, Node]
    templates: Mapping[str, PageTemplate]
    registers: Registers
    place: Place
    wording: Wording
    words: Words
    board: Board = NO_BOARD


@dataclass(frozen=True)
class SessionPart:
    """A line of the session plan: a section, when it starts and how long it takes, in minutes."""

    name: str
    start: int
    minutes: int


@dataclass(frozen=True)
class _Draft:
    """A page that is going to be: its template, the names it may use, when and how long."""

    template: PageTemplate
    context: Mapping[str, Any]
    section: str
    entry: OutlinePage
    place: Place
    minutes: int
    start: int = 0


def make_plan(task: Task) -> Plan:
    """The plan of one deck or briefing.

    Raises Invalid for an unknown page, an undefined name, minutes that do not add up, and a page that prints
    what nobody has checked without its label.
    """
    work, words = task.work, task.words
    assert work.edition and work.language  # filled in from the board
    if isinstance(work, Briefing) and task.outline[0].minutes:
        message = f"the outline '{work.outline}' is for a session, not for a briefing"
        raise Invalid.at(task.place, message, "choose another, such as outline: practitioner-briefing")
    sources = Sources(task.chosen)
    for one in task.chosen:
        words.trace(one.review, lambda one=one: facts.origins(one.review, one.review.id))  # type: ignore[misc]
    drafts = _timed(list(_expand(task, words.values(_names(task, sources)))))
    if isinstance(work, Deck):
        _check_minutes(task, work, sum(draft.minutes for draft in drafts))
    session = words.values({"session": _session(drafts)})
    needed = {k: v for one in task.chosen for k, v in facts.needs_label(one.review).items()}
    pages: dict[int, Page] = {}

    def fill(listing: bool) -> None:
        own = words.values({"numbered": sources.numbered()}) if listing else {}
        for n, draft in enumerate(drafts):
            if draft.template.says("numbered") == listing:
                times = {"minutes": draft.minutes, "start": draft.start}
                pages[n] = _page(draft, {**draft.context, **session, **own, **times}, words, needed)

    fill(False)
    known = -1
    while known < (known := len(sources.numbered())):  # a page that lists the sources may cite others
        fill(True)
    made = _told_apart([replace(pages[n], id=f"{d.template.name}-{n + 1}") for n, d in enumerate(drafts)])
    if isinstance(work, Deck):
        made = [_with_times(p, following, task.wording) for p, following in zip(made, [*made[1:], None])]
    number = sources.numbering()
    made = [_numbered(page, number) for page in made]
    return Plan(
        task.name,
        work.title,
        work.subtitle,
        work.board or "",
        work.edition,
        work.language,
        tuple(made),
        task.wording,
        task.board.footer or "",
    )


def _names(task: Task, sources: Sources) -> dict[str, Any]:
    """The names that every template of a plan may use; docs/architecture.md says what each is."""
    chosen, registers, wording, standing = task.chosen, task.registers, task.wording, evidence.standing
    return {
        "deck": task.work,
        "briefing": task.work,
        "board": task.board,
        "reviews": [c.review for c in chosen],
        "chosen": list(chosen),
        "registers": registers,
        "kinds": list(dict.fromkeys(registers.kinds[c.review.kind] for c in chosen)),
        "shared": facts.shared_themes(chosen, registers),
        "total": len(chosen),
        "unchecked": told(wording["unchecked"], facts.UNCHECKED),
        "cite": sources.cite,
        "sources_of": facts.publishers,
        "label": lambda review, point: facts.label(review, point, wording),
        "found": lambda review, point: wording[evidence.found(review, point)],
        "sure": lambda use: use.sure(wording),
        "standing": standing,
        "marked_ids": lambda review: [p.id for p in review.points if standing(review, p) == "marked"],
        "all_marked": lambda review, points: all(standing(review, p) == "marked" for p in points),
        "practice": facts.practice,
        "agency": lambda id: registers.agencies[id].title,
        "date": wording.date,
        "link": facts.link,
    }


def _expand(task: Task, context: Mapping[str, Any]) -> Iterator[_Draft]:
    (model, node), words = task.outline, task.words
    for s, section in enumerate(model.sections):
        for one in task.chosen if section.each else (None,):
            for e, entry in enumerate(section.pages):
                path = ("sections", s, "pages", e)
                template = task.templates.get(entry.page)
                if template is None:
                    place = node.at((*path, "page")).place
                    hint = f"check the spelling, or write templates/pages/{entry.page}.yaml"
                    raise Invalid.at(place, f"there is no page template '{entry.page}'", hint)
                for use, point in _copies(entry, one, task.chosen):
                    full = {**context, **words.values(_own_names(task, use, point))}
                    if entry.when and not words.true(entry.when, full, node.at((*path, "when")).place):
                        continue
                    named = node.at(("sections", s, "name")).place
                    name = text(inline(words.plain(section.name, full, named)))
                    place = use.place(point) if use else node.at(path).place
                    yield _Draft(template, full, name, entry, place, entry.minutes)


def _own_names(task: Task, use: ChosenReview | None, point: Point | None) -> dict[str, Any]:
    """The names that a page for one review, or one point, may use as well."""
    names: dict[str, Any] = {}
    if use:
        kind = task.registers.kinds[use.review.kind]
        names = {"chosen_review": use, "review": use.review, "child": use.review.child, "kind": kind}
    if use and point:
        number = use.points.index(point) + 1 if point in use.points else 0
        names |= {"point": point, "number": number, "of": len(use.points)}
    return names


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


def _timed(drafts: list[_Draft]) -> list[_Draft]:
    """The pages with their minutes, those that share some among them in whole minutes, and their starts."""
    copies: dict[int, int] = {}
    for draft in drafts:
        copies[id(draft.entry)] = copies.get(id(draft.entry), 0) + 1
    given: dict[int, int] = {}
    result: list[_Draft] = []
    for draft in drafts:
        share, key = draft.entry.share, id(draft.entry)
        minutes = draft.minutes
        if share is not None:
            position, count = given.get(key, 0), copies[key]
            given[key] = position + 1
            minutes = share * (position + 1) // count - share * position // count
        start = result[-1].start + result[-1].minutes if result else 0
        result.append(replace(draft, minutes=minutes, start=start))
    return result


def _check_minutes(task: Task, deck: Deck, total: int) -> None:
    if not total:
        message = f"the outline '{deck.outline}' is for a document, not for a session"
        raise Invalid.at(task.place, message, "choose another, such as outline: session-60")
    if total != deck.minutes:
        message = f"the pages of this deck take {total} minutes, but it says {deck.minutes}"
        raise Invalid.at(task.place, message, f"write minutes: {total}, or choose another outline")


def _session(drafts: list[_Draft]) -> list[SessionPart]:
    parts: list[SessionPart] = []
    for draft in drafts:
        if parts and parts[-1].name == draft.section:
            parts[-1] = replace(parts[-1], minutes=parts[-1].minutes + draft.minutes)
        else:
            parts.append(SessionPart(draft.section, draft.start, draft.minutes))
    return [p for p in parts if p.minutes]


def _page(draft: _Draft, context: Mapping[str, Any], words: Words, needed: Mapping[str, str]) -> Page:
    template = draft.template
    slots = [(name, made) for name, node in template.slots if (made := words.blocks(node, context))]
    notes = [Note(name, made) for name, node in template.notes if (made := words.blocks(node, context))]
    titled = tuple(b for b in words.blocks(template.title, context) if isinstance(b, Paragraph))
    title = " ".join(text(b.spans) for b in titled)
    origin = " ".join(dict.fromkeys(span.origin for span in spans_in(titled) if span.origin))
    if not title.strip():
        raise Invalid.at(
            template.title.place,
            "the title of this page comes out empty",
            "every slide and every part needs a title; write some words of your own as well",
        )
    _check_labels(template, (*titled, *(b for _, made in slots for b in made)), draft.place, needed)
    _check_labels(template, tuple(b for note in notes for b in note.blocks), draft.place, needed)
    return Page(
        "",
        template.layout,
        title,
        tuple(slots),
        tuple(notes),
        draft.minutes,
        draft.start,
        draft.section,
        draft.place,
        origin,
    )


def _check_labels(template: PageTemplate, printed: Blocks, place: Place, needed: Mapping[str, str]) -> None:
    """Refuses a slide, or its notes, that print what nobody has checked without the label that says so."""
    origins = {one for span in spans_in(printed) if span.origin for one in span.origin.split()}
    if found := facts.unlabelled(origins, needed):
        review, _, point, *_ = found.split("/")
        raise Invalid.at(
            template.title.place,
            f"this page prints what nobody has checked against the report, without its label: '{point}' of"
            f" '{review}'",
            "print {{ label(review, point) }} with it: on the slide in the slot label, in a text on a line"
            " after %",
        )


def _told_apart(pages: list[Page]) -> list[Page]:
    """The pages, with a number after a title that another page has."""
    titles: dict[str, int] = {}
    result = []
    for page in pages:
        titles[page.title] = titles.get(page.title, 0) + 1
        again = titles[page.title]
        result.append(page if again == 1 else replace(page, title=f"{page.title} ({again})"))
    return result


def _with_times(page: Page, following: Page | None, wording: Wording) -> Page:
    """A page whose notes say how long it takes and what comes next."""
    parts = {note.name: note for note in page.notes}
    if page.minutes:
        name = "one-minute" if page.minutes == 1 else "several-minutes"
        start, end = clock(page.start), clock(page.start + page.minutes)
        when = wording(name, count=page.minutes, start=start, end=end)
        parts["minutes"] = Note("minutes", (Paragraph((Span(when),)),))
    if following and following.minutes and page.minutes:
        parts["next"] = Note("next", (Paragraph((Span(following.title, origin=following.origin),)),))
    return replace(page, notes=tuple(parts[name] for name in NOTES if name in parts))


def _numbered(page: Page, number: Callable[[str], str]) -> Page:
    """A page whose cites have their numbers."""

    def of(blocks: Blocks) -> Blocks:
        cites = any(facts.CITED in span.text for span in spans_in(blocks))
        return tuple(changed(block, number) for block in blocks) if cites else blocks

    slots = tuple((name, of(blocks)) for name, blocks in page.slots)
    notes = tuple(Note(note.name, of(note.blocks)) for note in page.notes)
    return replace(page, title=number(page.title), slots=slots, notes=notes)
