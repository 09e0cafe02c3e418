"""What `toolkit verify` does and prints: what a file was built from, whether it is as it was built, and
whether it still says what its sources say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from toolkit import report
from toolkit.makings import digest, parts
from toolkit.plan.model import content_of
from toolkit.problems import Invalid, Node, counted
from toolkit.project import BOARD, Project
from toolkit.refresh.matching import Matcher
from toolkit.refresh.sources import Sources
from toolkit.refresh.texts import Built, Opened, open_file
from toolkit.refresh.tracer import ELSE, SILENT, TOO_OLD, folder, strange, traced
from toolkit.render.printed import BOARD as OF_BOARD
from toolkit.targets import Wishes

AS_BUILT = "as built: nobody has changed it"
MOST = 20  # stretches of words, and sources, that are listed
_KINDS = {"decks": "deck", "briefings": "briefing"}
_DOCUMENTS = {
    "guide": "trainer guide",
    "handout": "handout",
    "cards": "learning cards",
    "team": "team sheet",
    "changes": "list of changes",
}


def verify(path: Path) -> int:
    """Print what a file was built from, and what has become of both. Gives back the exit code: 1 where the
    file is not ours, was changed, or is not current.
    """
    with report.plainly():
        opened = open_file(path)
        if opened.built is None:
            print(f"{path}: {SILENT}")
            print(f"  = {ELSE}")
            return 1
        if not opened.built.made:
            print(f"{path}: {TOO_OLD}")
            print(f"  = {AS_BUILT if opened.untouched else 'it was changed since'}; build it again")
            return 1
        made, project = opened.built.made, folder()
        sources = Sources(project, made)
        print(f"{path}: {_named(made)}")
        for line in _sources(opened.built):
            print(f"  {line}")
        print(f"  {_state(made)}")
        changed = list(_edits(opened, project, sources))
        print("\n".join(changed))
        fresh, lines = _current(opened, project, sources)
        print("\n".join(lines))
        return 0 if opened.untouched and fresh else 1


def _named(made: Mapping[str, Any]) -> str:
    """What a file is, as it says itself."""
    kind, _, name = str(made["of"]).partition("/")
    plan = str(made.get("plan", ""))
    what = f"the {_DOCUMENTS[plan]} of the" if plan in _DOCUMENTS else "the"
    wishes = made.get("wishes")
    wished = f", as {', '.join(map(str, wishes.values()))}" if isinstance(wishes, dict) and wishes else ""
    large = ", in large print" if made.get("large") else ""
    edition = f", edition {made['edition']}" if made.get("edition") else ""
    return f"{what} {_KINDS.get(kind, kind)} {name}{wished}{large}{edition}"


def _state(made: Mapping[str, Any]) -> str:
    why = ["it holds what nobody has checked against the report"] if made.get("draft") else []
    why += (
        ["nobody had approved this edition as it stood when it was built"] if made.get("unapproved") else []
    )
    if why:
        return f"DRAFT: {'; '.join(why)}"
    if made.get("final"):
        refused = "learning points that nobody has checked, and what nobody has approved"
        return f"FINAL: built with --final, which refuses {refused}"
    return "it does not call itself a draft; it was not built with --final"


def _sources(built: Built) -> Iterator[str]:
    """Which files of content it holds words of, and which points."""
    points: dict[str, dict[str, None]] = {}
    others: dict[str, None] = {}
    digests = built.made.get("digests")
    said = digests if isinstance(digests, dict) else {}
    for line in built.lines:
        names = _names_of(line, str(built.made["of"]))
        if len(names) > 1 and names[1] in said and names[0] not in said:
            others[BOARD] = None
        for origin in content_of(line).split():
            steps = origin.split("/")
            if steps[0] == "reference":
                others[f"the register of {steps[1]}"] = None
            elif steps[0] == "board" and len(steps) > 1:
                others[BOARD] = None
            elif len(steps) > 1 and steps[0] not in _KINDS:
                mine = points.setdefault(steps[0], {})
                mine |= {steps[2]: None} if steps[1] == "points" and len(steps) > 2 else {}
    work = f"{built.made['of']}.yaml"
    yield f"made of {', '.join([work, *others])}"
    for review, mine in points.items():
        yield (
            f"made of reviews/{review}.yaml"
            + f": {'point' if len(mine) == 1 else 'points'} {', '.join(mine)}" * (len(mine) > 0)
        )


def _edits(opened: Opened, project: Project | None, sources: Sources) -> Iterator[str]:
    """Whether a file is as it was built, and else which words in it are not, and what of it is gone."""
    assert opened.built
    count = opened.built.kept.made
    if opened.untouched and not count:
        yield f"  {AS_BUILT}"
        return
    found = traced(opened, project).traced
    if count:
        yield f"  {sources.by_hand}: {counted(count, 'change', 'changes')}, which its build made anew"
        by_hand = [(one.place, piece.words) for one in found if one.kept for piece in one.pieces]
        yield from _listed("", [f"{place}: “{' '.join(words.split())}”" for place, words in by_hand])[1:]
    if opened.untouched:
        yield "  all else is as built"
        return
    odd = list(strange(found))
    gone = Matcher(opened.built).missing(opened.texts) if opened.kind != "pdf" else []
    if not odd and not gone:
        yield "  saved by another program, and every word is as it was built"
        return
    yield "  changed since it was built:"
    for place, words in odd[:MOST]:
        yield f"    {place}: “{words}” was not built so"
    if len(odd) > MOST:
        yield f"    and {len(odd) - MOST} more; toolkit trace shows them all"
    content = (one for origins in gone for one in origins if content_of(one))
    changed = list(dict.fromkeys(sources.of(one, "").told(cites=False) for one in content))
    for where in changed[:MOST]:
        yield f"    not there as it was built: {where}"
    if len(changed) > MOST:
        yield f"    and {len(changed) - MOST} more"


def _current(opened: Opened, project: Project | None, sources: Sources) -> tuple[bool, list[str]]:
    """Whether a file says what its sources say today, and what is told of it."""
    assert opened.built
    made = opened.built.made
    if project is None:
        return True, ["  whether it is current can be told in the folder that it was built from"]
    moved = dict(_moved(project, made, sources))
    hand: list[str] = []
    try:
        hand += _kept_since(opened, project, sources)
        today, why = _today(opened, project)
    except Invalid as error:
        why = f"it would not be built today: {error.problems[0].message}"
        return False, _listed("  not current:", [why, *moved.values(), *hand])
    if today is None:
        if moved or hand:
            return False, _listed("  not current:", [*moved.values(), *hand, why])
        return True, [f"  {why}; of its sources that are here, none has changed"]
    told, quiet = _differences(opened.built, today, sources, moved)
    told += hand
    if not told:
        lines = ["  current: built today, it would have the same words"]
        return True, lines + _listed("  changed since, in what it does not print:", quiet)
    return False, _listed("  not current:", told) + _listed("  changed since, besides:", quiet)


def _listed(heading: str, lines: Sequence[str]) -> list[str]:
    """Lines below a heading, as many as one reads; nothing where there are none."""
    more = [f"    and {len(lines) - MOST} more"] if len(lines) > MOST else []
    return [heading, *(f"    {line}" for line in lines[:MOST]), *more] if lines else []


def _today(opened: Opened, project: Project) -> tuple[Built | None, str]:
    """What a file would say today, or why that cannot be told."""
    from toolkit.refresh.today import as_today, find

    assert opened.built
    made = opened.built.made
    target = find(project, made)
    if target is None:
        return None, f"this folder has no {made['of']}.yaml, so it is not known what the file would say today"
    return as_today(project, target, made, opened.kind), f"{made['of']}.yaml makes no such file any more"


def _kept_since(opened: Opened, project: Project, sources: Sources) -> Iterator[str]:
    """What is told of changes by hand that are kept for a file, where they are others than when it was built.
    Raises Invalid."""
    from toolkit.redone import kept_by_ending
    from toolkit.refresh.found import format_of
    from toolkit.refresh.today import find

    assert opened.built
    made, was = opened.built.made, opened.built.kept.digest
    target = find(project, made)
    one = format_of(target.folder, made, opened.path.suffix) if target and opened.package else None
    now = kept_by_ending(project, target).get(one.ending, "") if target and one else was
    if now != was and not now:
        yield f"{sources.changes} does not keep what was changed by hand any more"
    elif now != was:
        what = "has changed" if was else "is new: the file was built without it"
        yield f"{sources.changes}, which keeps what was changed by hand, {what}"


def _moved(project: Project, made: Mapping[str, Any], sources: Sources) -> Iterator[tuple[str, str]]:
    """The parts of the content that a file prints, and that say something else today or are gone; and what is
    told of them."""
    was = made.get("digests")
    was = was if isinstance(was, dict) else {}
    few = Wishes.read(made.get("wishes")).restricted
    now: dict[str, Node] = {}
    there: set[str] = set()
    for name in dict.fromkeys(_file_of(part) for part in was):
        path = project.root / f"{name}.yaml"
        try:
            node = project.nodes(path, few) if path.is_file() else None
        except Invalid:
            node = None
        if node is not None:
            there.add(name)
            top = name.removeprefix("reviews/")
            now |= dict(parts(top, node, deep=name.startswith("reviews/")))
    for part, letters in was.items():
        if _file_of(part) not in there:
            continue
        if part not in now:
            yield part, f"{sources.of(part, '').said} is there no more"
        elif digest(now[part]) != letters:
            yield part, f"{sources.of(part, '').told(cites=False)} has changed"
    for name in dict.fromkeys(_file_of(part) for part in was):
        if name not in there and name.startswith("reviews/"):
            yield name, f"{name}.yaml is not in this folder, or cannot be read"


def _file_of(part: str) -> str:
    """The file of content that a part of one stands in, without its ending."""
    steps = part.split("/")
    if steps[0] == "board":
        return "board"
    return "/".join(steps[:2]) if steps[0] in _KINDS else f"reviews/{steps[0]}"


# By whether words stand in the file, and would stand in one that is built today.
_BECOMES = {
    (True, True): "would be said in other words",
    (True, False): "would not be printed",
    (False, True): "would be new",
}


def _differences(
    was: Built, now: Built, sources: Sources, moved: Mapping[str, str]
) -> tuple[list[str], list[str]]:
    """Where today’s file would have other words, and what has `moved` besides. What lies in a part that has
    moved is told as that part, and the fields of a point that is new or gone as that point.
    """
    before, after = _by_origins(was), _by_origins(now)
    old, new = ({_part_of(one) for origins in made for one in origins} for made in (before, after))
    told: dict[str, None] = {}
    causes: set[str] = set()
    for origins in (one for one in {**before, **after} if before.get(one) != after.get(one)):
        named = [name for one in origins for name in _names_of(one, str(was.made["of"]))]
        within = [part for part in moved if any(f"{one}/".startswith(f"{part}/") for one in named)]
        causes.update(within)
        told |= {moved[part]: None for part in within}
        for origin in () if within else [one for one in origins if content_of(one)] or origins:
            part = _part_of(origin)
            there = part in old, part in new
            if all(there):
                part, there = origin, (origins in before, origins in after)
            told[f"{sources.of(part, '').told(cites=False)} {_BECOMES[there]}"] = None
    return list(told), [line for part, line in moved.items() if part not in causes]


def _names_of(origin: str, of: str) -> tuple[str, ...]:
    """An origin; where it is a name such as title, the fields of a deck or briefing and the board that may
    say it.
    """
    if "/" in origin:
        return (origin,)
    return f"{of}/{origin}", f"board/{'name' if origin == OF_BOARD else origin}"


def _part_of(origin: str) -> str:
    """The point or source that an origin lies in, else itself."""
    steps = origin.split("/")
    return "/".join(steps[:3]) if steps[1:2] in (["points"], ["sources"]) else origin


def _by_origins(built: Built) -> dict[tuple[str, ...], set[tuple[str, ...]]]:
    """The words that come from the same origins."""
    found: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for stretches in built.paragraphs:
        for lines, prints in stretches:
            found.setdefault(built.origins(lines) or ("",), set()).add(prints)
    return found
