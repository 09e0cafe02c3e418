"""`toolkit session`: four questions, what the session would be, and the deck that comes of it."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import typer

from toolkit import files, report
from toolkit.content.bounds import ALONE, EVERYONE, LEAST_MINUTES, MOST_MINUTES, TOGETHER, is_everyone
from toolkit.problems import Invalid, counted
from toolkit.project import Project, here
from toolkit.targets import Target


def session() -> int:
    """Ask, show, and build. Gives back the exit code."""
    with report.plainly():
        project = here()
        every = [project.review(path)[0] for path in project.review_paths()]
        reviews = {one.id: one.title for one in every if not (one.retired or one.audience)}
        for one in (one for one in every if one.retired):
            print(f"  Not to choose from: {one.title} ({one.id}), {one.why_retired}")
        if not reviews and every:
            print("Every review in this folder is retired. Start another: toolkit new review, and a name.")
            return 1
        if not reviews:
            print("There is no review in this folder yet. First run: toolkit new review, and a name.")
            return 1
        chosen = _several("Which reviews?", reviews, default=next(iter(reviews)))
        agencies = {id: one.title for id, one in project.registers().agencies.items() if id != "all"}
        audience = _several("Who comes?", agencies, default=EVERYONE, nobody=EVERYONE)
        mode = _one("In a room or online?", ("room", "online"))
        with tempfile.TemporaryDirectory() as folder:
            while True:
                minutes = _minutes()
                words = _deck(project, chosen, audience, minutes, mode)
                name = _name(project, chosen, minutes, audience)
                draft = Path(folder) / f"{name}.yaml"
                draft.write_text(words, "utf-8")
                try:
                    _show(project, draft)
                    break
                except Invalid as error:
                    for problem in error.problems:
                        print(f"  {problem.message[:1].upper()}{problem.message[1:]}: {problem.hint}.")
        if not typer.confirm("Build it?", default=True):
            print("Nothing was written.")
            return 0
        path = project.root / "decks" / f"{name}.yaml"
        files.write_new(path, words.encode())
        print(f"wrote {project.named(path)}")
    from toolkit.builder import build

    return build([f"decks/{name}"])


def _show(project: Project, path: Path) -> None:
    """Print what the session would be. Raises Invalid with what would fit."""
    from toolkit.build import Options, make

    plans, _, _ = make(project, Target(path.stem, "decks", path, path, path), Options())
    session = plans.session
    assert session
    print()
    for step in session.steps:
        print(f"  {step.start:>4} min  {step.title}")
    if session.in_hand:
        kept = "is" if session.in_hand == 1 else "are"
        print(f"  {session.in_hand} of {session.minutes} minutes {kept} kept in hand before the last part.")
    if session.left_out:
        left = counted(len(session.left_out), "point, page or review", "points, pages or reviews")
        print(f"  Left out, for want of time: {left}. The guide says which.")
    print()


def _several(question: str, there: Mapping[str, str], default: str, nobody: str = "") -> list[str]:
    """Some of what there is, by number, by id or by the beginning of its title."""
    ids = list(there)
    for number, id in enumerate(ids, 1):
        print(f"  {number:>2}  {there[id]} ({id})")
    if nobody:
        print(f"      {nobody}")
    while True:
        said = typer.prompt(f"{question} Numbers or names, with commas between", default=default)
        words = [word.strip() for word in said.split(",") if word.strip()]
        if nobody and any(map(is_everyone, words)):
            if all(map(is_everyone, words)):
                return []
            print(f"  {TOGETHER[0].upper()}{TOGETHER[1:]}: {ALONE}.")
            continue
        found = [_meant(word, ids, there) for word in words]
        if words and all(found):
            return list(dict.fromkeys(one for one in found if one))
        wrong = next((word for word, one in zip(words, found) if not one), "")
        print(f"  Nothing here is called '{wrong}'. Write a number from 1 to {len(ids)}, or a name above.")


def _meant(word: str, ids: Sequence[str], there: Mapping[str, str]) -> str:
    if word.isascii() and word.isdecimal() and 0 < int(word) <= len(ids):
        return ids[int(word) - 1]
    small = word.casefold()
    if small in ids:
        return small
    near = [id for id in ids if there[id].casefold().startswith(small) or id.startswith(small)]
    return near[0] if len(near) == 1 else ""


def _minutes() -> int:
    while True:
        said: str = typer.prompt(f"How long, in minutes? {LEAST_MINUTES} to {MOST_MINUTES}", default="60")
        number = said.strip().isascii() and said.strip().isdecimal()
        if number and LEAST_MINUTES <= int(said) <= MOST_MINUTES:
            return int(said)
        print(f"  Write a number from {LEAST_MINUTES} to {MOST_MINUTES}.")


def _one(question: str, answers: Sequence[str]) -> str:
    while True:
        said: str = typer.prompt(f"{question} {' or '.join(answers)}", default=answers[0])
        near = [one for one in answers if said.strip() and one.startswith(said.strip().casefold())]
        if len(near) == 1:
            return near[0]
        print(f"  Write {' or '.join(answers)}.")


def _deck(project: Project, reviews: Sequence[str], audience: Sequence[str], minutes: int, mode: str) -> str:
    lines = [
        f"minutes: {minutes}",
        f"audience: [{', '.join(audience)}]" if audience else "audience: everyone",
    ]
    lines += [f"mode: {mode}", f"reviews: [{', '.join(reviews)}]"]
    if not project.board().edition:
        from datetime import date

        lines.insert(0, f"edition: {date.today():%Y-%m}")
    return "# Made by: toolkit session\n" + "\n".join(lines) + "\n"


def _name(project: Project, reviews: Sequence[str], minutes: int, audience: Sequence[str]) -> str:
    """A name that no deck has yet."""
    name = "-".join(
        [*reviews[:2], *(["and-others"] if len(reviews) > 2 else []), f"{minutes}-minutes", *audience[:2]]
    )
    taken = {target.name for target in project.targets()}
    return next(one for one in (name, *(f"{name}-{n}" for n in range(2, 1000))) if one not in taken)
