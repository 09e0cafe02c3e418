"""The plans of a deck or briefing: the session's clock, its deck, and the documents that go with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toolkit.content import evidence
from toolkit.content.model import Deck
from toolkit.late import dataclass, replace
from toolkit.plan.language import told
from toolkit.plan.model import MOST_SAID, MOST_WORDS, ROOM, Blocks, Page, Plan, note_blocks, words
from toolkit.plan.pages import (
    SLIDES,
    Draft,
    Maker,
    Task,
    for_the_room,
    need,
    tells_minutes,
    with_script,
)
from toolkit.plan.session import (
    BREAK,
    HALF_HOUR,
    KNOWN_LITTLE,
    POINT,
    SITTING,
    Choice,
    LeftOut,
    Session,
    SessionPart,
    Step,
    choose_points,
    paper,
    shape,
    spread,
)
from toolkit.problems import Invalid, Place, Problem, counted, did_you_mean

GUIDE = "guide"  # with the deck, the one document of a session that says when nobody has approved it
TEAM = "team"  # a sheet of ten minutes, however long the session is
DECK, BRIEFING, CHANGES = "deck", "briefing", "changes"
DOCUMENTS = {
    GUIDE: "trainer-guide",
    "handout": "handout",
    "cards": "learning-cards",
    TEAM: "team-sheet",
    "quiz": "quiz",
}
CARE, SUPPORT, PAUSE = "care", "support", "break"  # page templates that a session cannot do without
MOST_FEWER = 5


@dataclass(frozen=True)
class Plans:
    """Every plan of a target by name, its session where it is one, and what its author should know."""

    by_name: Mapping[str, Plan]
    session: Session | None = None
    remarks: tuple[tuple[Place, str], ...] = ()


def make_plans(task: Task, final: bool = False) -> Plans:
    """The plans of one deck or briefing.

    Raises Invalid for an unknown page, an undefined name, a session that does not fit its minutes, a page
    that prints what nobody has checked without saying who says it, and, when it is to be `final`, for
    everything printed that nobody has checked.
    """
    if not isinstance(task.work, Deck):
        _check_held(task)
        maker = Maker(task)
        drafts = maker.drafts(BRIEFING, {})
        named = task.outlines[BRIEFING][0].title
        plans, makers = {BRIEFING: maker.plan(maker.finished(drafts, {}), named)}, [maker]
        _check_final(task, makers, plans, final)
        return Plans(plans)
    outline, _ = task.outlines[DECK]
    if outline.session:
        _check_held(task)
        maker, drafts, session = _session(task)
    else:
        maker = Maker(task)
        drafts, session = maker.drafts(DECK, {}), Session(task.work.minutes, 0, (), (), ())
    pages = maker.finished(drafts, {"session": session})
    online = task.work.mode == "online"
    script = [for_the_room(p, n, task.wording, online) for p, n in zip(pages, [*pages[1:], None])]
    room = [replace(page, notes=tuple(n for n in page.notes if n.name in ROOM)) for page in script]
    steps = tuple(
        Step(n, told(p.title, p.origin), p.start, p.minutes, d.entry.late or 0, words(_part(p, "if_short")))
        for n, (p, d) in enumerate(zip(script, drafts), 1)
    )
    session = replace(session, steps=steps)
    plans = {DECK: maker.plan(room)}
    makers = [maker]
    for name, title in DOCUMENTS.items():
        own = Maker(task if name == GUIDE else replace(task, unapproved=""), maker.choice)
        made = _document(own, name, script, session) if name in task.outlines else []
        if made:  # no cards where every point is taught, no quiz where no review that is told has one
            plans[name] = own.plan(made, task.wording[title], timed=name != TEAM)
            makers.append(own)
    _check_final(task, makers, plans, final)
    return Plans(plans, session, (*_subtitle_gone(task, maker), *_too_many_words(task, room)))


def _check_held(task: Task) -> None:
    """Raises Invalid where every point of all reviews is on hold: nothing was found that may be printed."""
    if any(evidence.printable(one.review) for one in task.chosen):
        return
    if held := [one.review.id for one in task.chosen if one.review.points]:
        message = f"no point of {', '.join(held)} may be printed yet: all are on hold"
        hint = "do what each waits for, then take its standing: hold away; toolkit check lists them"
        raise Invalid.at(task.place, message, hint)


def with_changes(plans: Plans, task: Task) -> Plans:
    """The plans of a briefing with that of a document on what has changed since its last edition, where
    anything has: two sides have no room for it.
    """
    if not task.since or CHANGES not in task.outlines:
        return plans
    maker = Maker(task)
    made = maker.plan(maker.finished(maker.drafts(CHANGES, {}), {}), task.outlines[CHANGES][0].title)
    return replace(plans, by_name={**plans.by_name, CHANGES: made})


def _subtitle_gone(task: Task, maker: Maker) -> list[tuple[Place, str]]:
    """That a session does without its deck's own subtitle, because that tells how long the deck is, or of
    reviews that have no room.
    """
    own = task.work.subtitle
    if not own or own.rstrip(".") in maker.subtitle:
        return []
    why = "it tells how long the deck is" if tells_minutes(own) else "not all of its reviews have room"
    what = "edition" if task.wished else "session"
    return [(task.place, f"this {what} leaves out the subtitle “{own}”: {why}")]


def _part(page: Page, name: str) -> Blocks:
    return next((note.blocks for note in page.notes if note.name == name), ())


def _document(maker: Maker, name: str, script: Sequence[Page], session: Session) -> list[Page]:
    """The pages of a document; in a guide, where its outline says so, every slide with its script."""
    drafts = maker.drafts(name, {})
    pages = maker.finished([d for d in drafts if d.template.name != SLIDES], {"session": session})
    at = next((n for n, d in enumerate(drafts) if d.template.name == SLIDES), None)
    if at is None:
        return pages
    section, new_sheet = drafts[at].section, drafts[at].new_sheet
    slides = [
        replace(with_script(p, n, maker.task.wording), section=section, new_sheet=new_sheet)
        for n, p in enumerate(script, 1)
    ]
    return [*pages[:at], *slides, *pages[at:]]


# ------------------------------------------------------------------------------------------ the clock


def _session(task: Task) -> tuple[Maker, list[Draft], Session]:
    """A session that fits its minutes. Raises Invalid with what would fit."""
    deck = task.work
    assert isinstance(deck, Deck)
    every = [replace(one, points=evidence.printable(one.review)) for one in task.chosen]
    named = _named(task, deck)
    if named and task.shortened:
        every = [
            replace(one, points=tuple(p for p in one.points if (one.review.id, p.id) in named))
            for one in every
            if any(one.review.id == review for review, _ in named)
        ]
        named = []
    _check_ways(task)
    most = shape(deck.minutes)[0] + 1
    if len(named) > most:
        message = f"{len(named)} points are more than people can work on in {deck.minutes} minutes"
        raise Invalid.at(task.place, message, f"name {most} at most; the others become learning cards")
    for fewer in range(MOST_FEWER):
        choice = choose_points(deck, every, named, task.templates, fewer)
        if not choice.wanted and all(evidence.little_known(one.review) for one in choice.chosen):
            _check_known(task, deck, choice)
        maker, drafts, gone = _tried(task, choice)
        if _total(drafts, deck.minutes) <= deck.minutes:
            return maker, *_clock(task, choice, drafts, gone)
        if choice.wanted or choice.points == 1:
            break
    raise _too_much(task, deck, choice, _needs(task, deck, choice))


def _tried(task: Task, choice: Choice) -> tuple[Maker, list[Draft], list[Draft]]:
    """The drafts of a session on these points, and those that are left out because time is short."""
    assert isinstance(task.work, Deck)
    minutes = task.work.minutes
    maker = Maker(task, choice)
    drafts = _measured(maker, maker.drafts(DECK, {"session": Session(minutes, 0, (), (), ())}))
    _check_care(task, drafts)
    return maker, *_in_time(drafts, minutes)


def _needs(task: Task, deck: Deck, choice: Choice) -> int:
    """How many minutes these points need at least: in longer sessions there are more pages."""
    needs, minutes = deck.minutes + 1, 0
    while needs > minutes:
        minutes = needs
        longer = replace(task, work=deck.model_copy(update={"minutes": minutes}))
        needs = max(minutes, _total(_tried(longer, choice)[1], minutes))
    return minutes


def _named(task: Task, deck: Deck) -> list[tuple[str, str]]:
    """The points that the deck names, as review and id, in its order. Raises Invalid for one that no review
    of it has.
    """
    named = [(s.review, id) for s in deck.reviews for id in s.points]
    for number, id in enumerate(deck.points):
        there = [
            one.review.id for one in task.chosen if any(p.id == id for p in evidence.printable(one.review))
        ]
        if not there:
            known = [p.id for one in task.chosen for p in evidence.printable(one.review)]
            raise Invalid.at(
                task.named[number] if number < len(task.named) else task.place,
                f"none of these reviews has a point '{id}' that can be printed",
                did_you_mean(id, known, f"there are: {', '.join(known)}", 0.8),
            )
        named.append((there[0], id))
    return list(dict.fromkeys(named))


def _measured(maker: Maker, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with the minutes that each needs at least, and every point with its six."""
    empty = {"session": Session(0, 0, (), (), ()), "draft": "", "minutes": 0, "start": 0, "numbered": []}
    own = maker.task.words.values(empty)
    result = [replace(d, minutes=need(d, d.page or maker.fill(d, own))) for d in drafts]
    deck = maker.task.work
    assert isinstance(deck, Deck)
    points = list(dict.fromkeys(d.of for d in result if d.of[1]))
    if len(points) == 1 and deck.minutes < 2 * POINT + 3:
        return result  # a session of one point: all of it is the point
    for of in points:
        mine = [n for n, d in enumerate(result) if d.of == of]
        short = POINT - sum(result[n].minutes for n in mine)
        if short > 0:
            most = max(mine, key=lambda n: (result[n].template.minutes, result[n].minutes))
            result[most] = replace(result[most], minutes=result[most].minutes + short)
    return result


def _free(minutes: int) -> int:
    return minutes // 10


def _break(minutes: int) -> int:
    return BREAK if minutes > SITTING + HALF_HOUR else 0


def _total(drafts: Sequence[Draft], minutes: int) -> int:
    return sum(d.minutes for d in drafts) + _free(minutes) + _break(minutes)


def _in_time(drafts: list[Draft], minutes: int) -> tuple[list[Draft], list[Draft]]:
    """The drafts that fit, and those left out for it: first what may be left out first."""
    gone: list[Draft] = []
    while _total(drafts, minutes) > minutes or len(drafts) > paper(minutes):
        late = [d.entry.late for d in drafts if d.entry.late]
        if not late:
            break
        first = min(late)
        gone += [d for d in drafts if d.entry.late == first]
        drafts = [d for d in drafts if d.entry.late != first]
    return drafts, gone


def _given(drafts: Sequence[Draft], minutes: int) -> tuple[list[int], int]:
    """The minutes of each draft, and those that are left in hand."""
    most = [max(d.minutes, d.entry.up_to or d.template.up_to) for d in drafts]
    to_give = minutes - _free(minutes) - _break(minutes)
    given = spread([d.minutes for d in drafts], most, to_give)
    return given, minutes - _break(minutes) - sum(given)


def _most_free(minutes: int) -> int:
    return max(minutes // 4, 3)


def _clock(task: Task, choice: Choice, drafts: list[Draft], gone: list[Draft]) -> tuple[list[Draft], Session]:
    """The drafts with their minutes and starts, and the session that they make."""
    deck = task.work
    assert isinstance(deck, Deck)
    given, free = _given(drafts, deck.minutes)
    if free > _most_free(deck.minutes):
        raise _too_long(task, deck, choice)
    pause = _break(deck.minutes)
    timed = [replace(d, minutes=m) for d, m in zip(drafts, given)]
    if pause:
        timed = _with_break(task, timed, deck.minutes)
    last = timed[-1].section
    parts: list[SessionPart] = []
    result: list[Draft] = []
    now = 0
    for draft in timed:
        if draft.section == last and free and not any(p.name == task.wording["in-hand"] for p in parts):
            parts.append(SessionPart(task.wording["in-hand"], now, free))
            now += free
        result.append(replace(draft, start=now))
        if parts and parts[-1].name == draft.section:
            parts[-1] = replace(parts[-1], minutes=parts[-1].minutes + draft.minutes)
        else:
            parts.append(SessionPart(draft.section, now, draft.minutes))
        now += draft.minutes
    parts = [p for p in parts if p.minutes]
    return result, Session(deck.minutes, free, tuple(parts), (), _left_out(task, choice, gone))


def _left_out(task: Task, choice: Choice, gone: Sequence[Draft]) -> tuple[LeftOut, ...]:
    """Everything that a deck asks for and its session has no room for: reviews, points, pages."""
    assert isinstance(task.work, Deck)
    kept = {one.review.id for one in choice.chosen}
    left = [("reviews", one.review.title) for one in task.chosen if one.review.id not in kept]
    left += [
        ("points", f"{one.review.title}: {p.message or p.title}") for one in choice.chosen for p in one.cards
    ]
    left += [("time", d.page.title if d.page else d.template.name) for d in gone]
    minutes = task.work.minutes
    return tuple(LeftOut(what, task.wording(f"left-out-{why}", minutes=minutes)) for why, what in left)


def _with_break(task: Task, drafts: list[Draft], minutes: int) -> list[Draft]:
    """The drafts with a break, so that nobody sits for more than 90 minutes before it, or after: between two
    points or parts, or else between two pages.
    """
    starts = [sum(d.minutes for d in drafts[:n]) for n in range(len(drafts))]
    open_at = [
        n for n in range(1, len(drafts)) if not drafts[n - 1].template.main
    ]  # what goes on stays whole
    fit = [n for n in open_at if minutes - BREAK - SITTING <= starts[n] <= SITTING]
    between = [n for n in fit if drafts[n].of != drafts[n - 1].of]
    best = max(between or fit, default=max(n for n, now in enumerate(starts) if now <= SITTING))
    template = task.templates[PAUSE]
    entry = drafts[best].entry.model_copy(update={"page": PAUSE, "late": None, "up_to": 0})
    pause = replace(
        drafts[best],
        template=template,
        entry=entry,
        minutes=BREAK,
        page=None,
        section=task.wording["break"],
        of=("", ""),
    )
    return [*drafts[:best], pause, *drafts[best:]]


# ------------------------------------------------------------------------------------- what is refused


def _check_care(task: Task, drafts: Sequence[Draft]) -> None:
    """Care comes before anything of a review, and support is the last slide. Raises Invalid."""
    names = [d.template.name for d in drafts]
    first = next((n for n, d in enumerate(drafts) if d.of[0]), len(drafts))
    _, node = task.outlines[DECK]
    if CARE not in names[:first]:
        message = "this outline does not look after the people in the room before it begins"
        raise Invalid.at(node.place, message, "add the page care before the first page of a review")
    if names[-1:] != [SUPPORT]:
        message = "this outline does not end with where to get support"
        raise Invalid.at(
            node.place, message, "make the page support the last one: it stays on screen when people leave"
        )


def _check_ways(task: Task) -> None:
    """Every point's way of working is a pattern, and has what the pattern needs. Raises Invalid."""
    patterns, problems = task.templates, []
    for one in task.chosen:
        for point in one.review.points:
            if not point.way:
                continue
            template = patterns.get(point.way.pattern)
            place = one.place(point)
            if not template or not template.minutes:
                there = ", ".join(sorted(name for name, t in patterns.items() if t.minutes and name != PAUSE))
                problems.append(
                    Problem(
                        place,
                        f"point '{point.id}': no pattern is called '{point.way.pattern}'",
                        f"toolkit list patterns shows what each is for; there are: {there}",
                    )
                )
                continue
            for field in template.needs:
                if not getattr(point.way, field):
                    message = f"point '{point.id}': the pattern {point.way.pattern} needs '{field}'"
                    problems.append(
                        Problem(place, message, f"add {field}: below way, or choose another pattern")
                    )
    if problems:
        raise Invalid(problems)


def _check_known(task: Task, deck: Deck, choice: Choice) -> None:
    if deck.minutes > KNOWN_LITTLE:
        names = ", ".join(one.review.title for one in choice.chosen)
        raise Invalid.at(
            task.place,
            f"too little has been published about {names} for {deck.minutes} minutes",
            f"write minutes: {KNOWN_LITTLE} or fewer, or take another review as well",
        )


def _too_long(task: Task, deck: Deck, choice: Choice) -> Invalid:
    def fits(minutes: int) -> bool:
        shorter = replace(task, work=deck.model_copy(update={"minutes": minutes}))
        drafts = _tried(shorter, choice)[1]
        return _total(drafts, minutes) <= minutes and _given(drafts, minutes)[1] <= _most_free(minutes)

    most = next((minutes for minutes in range(deck.minutes - 1, POINT, -1) if fits(minutes)), POINT + 1)
    taken = [point.id for one in choice.chosen for point in one.points]
    there = [p.id for one in task.chosen for p in evidence.printable(one.review) if p.id not in taken]
    more = (
        f"add to points: {', '.join(there[:5])}"
        if there and choice.wanted
        else "add as many reviews as it takes"
    )
    if not choice.wanted:
        more += f", such as: reviews: [{', '.join([*(one.review.id for one in task.chosen), 'another'])}]"
    fill = counted(len(taken), "point fills", "points fill")
    return Invalid.at(
        task.place,
        f"this deck has {deck.minutes} minutes, but its {fill} at most {most} ({', '.join(taken)})",
        f"write minutes: {most}, or {more}; toolkit points shows how long each point takes",
    )


def _too_much(task: Task, deck: Deck, choice: Choice, needs: int) -> Invalid:
    count = "1 point needs" if choice.points == 1 else f"{choice.points} points need"
    fits = max(1, choice.points - -(-(needs - deck.minutes) // POINT))
    less = "one point" if fits == 1 else f"{fits} points"
    taken = [point.id for one in choice.chosen for point in one.points]
    hint = f"write minutes: {needs}"
    if choice.points > 1:
        hint += f", or take {less} (points: [{', '.join(taken[:fits])}])"
    hint += "; toolkit points shows how long each takes"
    return Invalid.at(task.place, f"{count} at least {needs} minutes, but this deck has {deck.minutes}", hint)


def _check_final(task: Task, makers: Sequence[Maker], plans: Mapping[str, Plan], final: bool) -> None:
    if not final:
        return
    problems = []
    for one in task.chosen:
        if one.review.example:
            message = f"'{one.review.id}' calls itself an invented example"
            hint = "when all of its words are your own, delete the line example: yes"
            problems.append(Problem(one.place(None), message, hint))
    found = {key for maker, plan in zip(makers, plans.values()) for key in maker.marked(plan.pages)}
    for key in sorted(found):
        review, id = key.split(" ")
        one = next(c for c in task.chosen if c.review.id == review)
        point = next(p for p in one.review.points if p.id == id)
        message = (
            f"point '{id}' of '{review}' is printed, and nobody has checked it against the review report"
        )
        hint = "add checked: to the point when somebody has, or hold it: with standing: hold, and"
        hint += " because:, it is printed nowhere"
        problems.append(Problem(one.place(point), message, hint))
    if problems:
        raise Invalid(problems)


def _too_many_words(task: Task, pages: Sequence[Page]) -> list[tuple[Place, str]]:
    """Notes pages with more words than a trainer can use while standing there."""
    found = []
    for page in pages:
        said = len(words(_part(page, "say")).split())
        every = len(words(note_blocks(page.notes, task.wording)).split())
        if said > MOST_SAID:
            found.append((page.place, f"“{page.title}” has {said} words to say; {MOST_SAID} are a minute"))
        elif every > MOST_WORDS:
            found.append(
                (page.place, f"the notes of “{page.title}” have {every} words; a page holds {MOST_WORDS}")
            )
    return found
