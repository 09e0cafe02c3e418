"""A briefing on two sides of A4: tried with ever less until both have room for it, and what that left out.

The story is told in its few words for slides, each point has fewer steps of good practice, and there are
fewer points, roles and questions. Points are still named, and all that two sides have no room for stands on a
third, where a briefing asks for one.
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.brand.geometry import LARGE_PRINT, SMALLEST_IN_NOTES
from toolkit.content.model import Briefing
from toolkit.fit.sides import filled, on_sides, on_two_sides
from toolkit.late import replace
from toolkit.plan.facts import key_events, shown_practice
from toolkit.plan.pages import ANNEX, Room, Task, in_boxes, only_named, told_of
from toolkit.plan.plans import BRIEFING, Plans, make_plans
from toolkit.problems import Place

_TO_WRITE_IN = ("handout", "team")
MOST_LARGE = 4  # sides of large print
MOST_POINTS, MOST_STEPS, MOST_QUESTIONS = 3, 3, 3
# How much is lost where the story is told in few words, where each point has a step of good practice less,
# and by so many points, roles and questions fewer.
_CHILD, MOST_ON_CHILD = 6, 3
_STORY, _STEP, _POINT, _ROLE, _QUESTION = 2, (0, 3, 8), (0, 20, 45, 80), (0, 1, 2, 4, 8, 18, 30), 15


def briefing_plans(task: Task, final: bool = False, large_print: bool = False) -> Plans:
    """The plan of a briefing that has room on its sides, with what its author should know. Raises Invalid.

    A briefing on several reviews, or of another outline that has no boxes, is as long as it is.
    """
    plans = make_plans(task)
    if len(task.chosen) > 1 or not any(page.box for page in plans.by_name[BRIEFING].pages):
        return make_plans(task, final)
    for room in rooms(task):
        tried = replace(task, room=room)
        plans = make_plans(tried)
        plan = plans.by_name[BRIEFING]
        fitted = on_two_sides(plan, SMALLEST_IN_NOTES)
        if fitted and large_print:
            fitted = on_sides(plan, LARGE_PRINT, MOST_LARGE)
        if fitted:
            make_plans(tried, final)
            return replace(plans, by_name={BRIEFING: fitted}, remarks=tuple(_told(tried)))
    return replace(make_plans(tried, final), remarks=((task.place, _TOO_LONG),))


_TOO_LONG = "this briefing does not fit on two sides: shorten its story, questions or contacts"


def rooms(task: Task) -> list[Room]:
    """What is tried, that of which least is left out first."""
    one = task.chosen[0]
    points, roles = min(MOST_POINTS, len(one.points)), len(one.review.roles)
    every = [
        (
            story + child + _POINT[points - p] + _STEP[steps] + _ROLE[roles - r] + question,
            Room(
                not story,
                MOST_ON_CHILD - bool(child),
                p,
                MOST_STEPS - steps,
                r,
                MOST_QUESTIONS - bool(question),
            ),
        )
        for story in ((0,) if key_events(one.review) else (0, _STORY))
        for child in ((0, _CHILD) if one.review.child else (0,))
        for p in range(points, -1, -1)
        for steps in range(len(_STEP))
        for r in range(roles, max(roles - len(_ROLE), -1), -1)
        for question in (0, _QUESTION)
    ]
    return [room for _, room in sorted(every, key=lambda tried: tried[0])]


def _told(task: Task) -> Iterator[tuple[Place, str]]:
    """What two sides have no room for, where no third has it, and where it stands."""
    briefing, one, room = task.work, task.chosen[0], task.room
    assert isinstance(briefing, Briefing)
    agencies = task.registers.agencies
    left = []
    if one.review.story and (not room.story or key_events(one.review)):
        left.append("the story as it is read aloud")
    if child := one.review.child:
        known = len(told_of(child, room)) + len(child.not_known[:1])
        every = len((*child.who, *child.voice, *child.not_known)) + bool(child.detail)
        if every > known:
            left.append(f"{_counted(every - known, 'line')} about {child.name}")
    if named := only_named(one, room):
        left.append(f"{_counted(len(named), 'point')} in full")
    steps = sum(len(p.practice) - min(room.steps, len(shown_practice(p))) for p in in_boxes(one, room))
    if steps:
        left.append(f"{_counted(steps, 'step')} of good practice")
    if roles := [agencies[role.lens].title for role in one.review.roles[room.roles :]]:
        left.append(f"{_counted(len(roles), 'role')} ({'; '.join(roles)})")
    if questions := briefing.questions[room.questions :]:
        left.append(f"{_counted(len(questions), 'question')} (“{'”, “'.join(questions)}”)")
    if one.review.good_practice:
        left.append("what people did well")
    if one.review.asks:
        left.append("what was asked for")
    guide = task.guides.get(one.review.id)
    there = f"{guide}.guide tells the review in full; " if guide else ""
    told = task.wording.several(left)
    if left and briefing.sides != ANNEX:
        yield task.place, f"two sides have no room for {told}: {there}write sides: 3 to print them"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"


def with_room_to_write(plans: Plans, large_print: bool = False) -> Plans:
    """Plans whose handout and team sheet fill their last side with lines to write on."""
    size = LARGE_PRINT if large_print else SMALLEST_IN_NOTES
    done = {name: filled(plans.by_name[name], size)[0] for name in _TO_WRITE_IN if name in plans.by_name}
    return replace(plans, by_name={**plans.by_name, **done})
