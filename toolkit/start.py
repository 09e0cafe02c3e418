"""What a person starts from: a file of one kind, or a whole folder; and the JSON Schemas for editors."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit import files
from toolkit.content.meant import as_id, as_name
from toolkit.late import dataclass
from toolkit.problems import Invalid, Place, did_you_mean
from toolkit.project import BOARD, CONTENT, FOLDERS, Project
from toolkit.shipped import packaged

if TYPE_CHECKING:
    from toolkit.brand.compiled import Brand

SCHEMAS = (*FOLDERS, "board")
OWN_BRAND = "our-brand"


@dataclass(frozen=True)
class Answers:
    """What a person wants of a new folder: a board's name, how to raise a concern, templates to make a brand
    from, and which of the example reviews (`examples` lists them). Empty where nothing was said.
    """

    name: str = ""
    concern: str = ""
    templates: tuple[Path, ...] = ()
    reviews: tuple[str, ...] = ()


def start_file(project: Project, kind: str, name: str) -> Path:
    """A new file of one kind from its starter.

    Raises Invalid when the name will not do or the file is there already.
    """
    from toolkit.content.nodes import read_text

    path = new_path(project, kind, name)
    words = read_text(project.find("templates", "starters", f"{kind}.yaml")).replace("NAME", name)
    if kind != "review":
        reviews = [p.stem for p in project.review_paths()]
        if not reviews:
            raise Invalid.at(
                Place(project.root / "reviews"),
                f"a {kind} needs a review, and there is none yet",
                "first run: toolkit new review, and a name",
            )
        used = [one for one in reviews if one not in project.maybe_retired] or reviews
        words = words.replace("REVIEW", name if name in reviews else used[0])
        if not project.board().edition:
            words = words.replace("\n# edition:", "\nedition:")
    files.write_new(path, words.encode())
    return path


def new_path(project: Project, kind: str, name: str) -> Path:
    """Where a new file of one kind belongs. Raises Invalid when its name will not do, or is taken."""
    folder = FOLDERS[kind]
    path = project.root / folder / f"{name}.yaml"
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        near = as_id(as_name(name) or name).casefold()
        raise Invalid.at(
            Place(project.root / folder),
            f"'{name}' will not do as a name",
            f"use lower-case letters, digits and hyphens{f', such as {near}' if near else ''}",
        )
    if wrong := files.unfit(name, files.LONGEST_NAME):
        hint = "choose another name"
        raise Invalid.at(Place(project.root / folder), f"'{name[:60]}' will not do as a name: {wrong}", hint)
    files.clear_up(path.parent)
    if os.path.lexists(path):
        raise Invalid.at(
            Place(path), "this file is there already; nothing was changed", "choose another name"
        )
    return path


def examples() -> dict[str, str]:
    """The reviews that come with the toolkit: their titles by id."""
    from toolkit.content.nodes import parse, read_text

    found = {}
    for path in sorted((packaged() / "reviews").glob("*.yaml")):
        plain = parse(path, read_text(path)).plain()
        found[path.stem] = str(plain.get("title", path.stem))
    return found


def chosen_examples(words: str, place: Place) -> tuple[str, ...]:
    """The example reviews that `all`, `none` or names with commas between them mean. Raises Invalid."""
    there = examples()
    names = [name for name in re.split(r"[,\s]+", words) if name]
    if names == ["none"]:
        return ()
    if names == ["all"]:
        return tuple(there)
    if not names:
        raise Invalid.at(place, "no review is named", "write all, none, or names with commas between them")
    for name in names:
        if name not in there:
            hint = did_you_mean(name, there, f"there are: {', '.join(there)}; or write all, or none")
            raise Invalid.at(place, f"no review is called '{name}'", hint)
    return tuple(one for one in there if one in names)


def clean(words: str, place: Place) -> str:
    """Words that a person typed, on one line. Raises Invalid for characters that nobody can see."""
    line = " ".join(words.split())
    if not line.isprintable():
        raise Invalid.at(place, "an invisible character stands in these words", "type them again")
    return line


def refuse_full(folder: Path) -> None:
    """Raises Invalid when a folder that is to be made holds something already."""
    try:
        full = os.path.lexists(folder) and not (folder.is_dir() and _is_free(folder))
    except OSError as error:
        raise files.trouble(folder, error, new=True) from None
    if full:
        hint = "name a new folder"
        raise Invalid.at(Place(folder), "this folder is not empty; nothing was changed", hint)


def _is_free(folder: Path) -> bool:
    """Whether a folder is empty, but for what a command that was broken off has left."""
    names = {path.name for path in folder.iterdir()}
    return _READY in names or all(map(files.is_left, names))


def start_folder(
    folder: Path, answers: Answers, edition: str, approve: Callable[[Brand], None] = lambda brand: None
) -> None:
    """A folder of one's own: board.yaml, the reviews that are wanted, the decks and briefings that need no
    others.

    Raises Invalid when it holds something already, and whatever `approve` raises when it has seen the brand.
    It is there whole or not at all: only in a folder that was there and empty its parts come one by one, and
    the next call ends what was broken off.
    """
    refuse_full(folder)
    folder = folder.resolve()
    there = os.path.lexists(folder)
    new = [path for path in folder.parents if not os.path.lexists(path)]
    ready = folder / _READY
    broken_off = os.path.lexists(ready)
    try:
        if not broken_off:
            with files.new_folder(ready if there else folder) as unfinished:
                _fill(unfinished, answers, edition, approve)
        if there:
            _spread(ready, undo=not broken_off)
    except BaseException as error:
        for path in new:
            with suppress(OSError):
                path.rmdir()
        if isinstance(error, OSError):
            raise files.trouble(folder, error, new=True) from None
        raise


def _spread(ready: Path, undo: bool) -> None:
    """Move all parts of a new folder to their places, board.yaml last; or to `undo` it, leave nothing."""
    moved: list[Path] = []
    try:
        for part in sorted(ready.iterdir(), key=lambda part: part.name == BOARD):
            if not os.path.lexists(to := ready.parent / part.name):
                part.rename(to)
                moved.append(to)
    except BaseException:
        if undo:
            for path in moved:
                with suppress(OSError):
                    path.rename(ready / path.name)
            shutil.rmtree(ready, ignore_errors=True)
        raise
    with suppress(OSError):  # something of the same name has come meanwhile
        ready.rmdir()


_READY = ".unfinished"  # in a folder: its parts, all of them, on the way to their places


def _fill(folder: Path, answers: Answers, edition: str, approve: Callable[[Brand], None]) -> None:
    data = packaged()
    for name in CONTENT:
        (folder / name).mkdir(parents=True)
        for path in sorted((data / name).glob("*.yaml")):
            if _needs(path) <= set(answers.reviews):
                words = path.read_text("utf-8")
                if name != FOLDERS["review"]:
                    words = re.sub(r"(?m)^edition:.*\n", "", words)  # the board says it for all
                _write(folder / name / path.name, words)
    starters = data / "templates" / "starters"
    _write(folder / "README.txt", (starters / "README.txt").read_text("utf-8"))
    if answers.templates:
        from toolkit.brand.inspection import save_brand

        save_brand(list(answers.templates), OWN_BRAND, folder / "templates" / "brands", approve)
    _write(folder / BOARD, _board((starters / BOARD).read_text("utf-8"), answers, edition))
    write_schemas(folder)


def _needs(path: Path) -> set[str]:
    """The reviews that an example needs: itself, or those of a deck or briefing."""
    from toolkit.content.nodes import parse, read_text

    if path.parent.name == FOLDERS["review"]:
        return {path.stem}
    chosen = parse(path, read_text(path)).plain()["reviews"]
    return {one if isinstance(one, str) else one["review"] for one in chosen}


def _board(words: str, answers: Answers, edition: str) -> str:
    """The starter of board.yaml with what was answered in place of its examples."""
    answered = {"edition": edition}
    if answers.name:
        answered["name"] = _quoted(answers.name)
    if answers.concern:
        text = f"    text: {_quoted(answers.concern)}"
        answered["raise_concern"] = f"\n  - title: A concern about a child\n{text}"
    if answers.templates:
        answered["brand"] = OWN_BRAND
    for name, value in answered.items():
        line = f"{name}: {value}" if not value.startswith("\n") else f"{name}:{value}"
        example = rf"^(?:# )?{name}:.*\n(?:#   .*\n)*"
        words = re.sub(example, lambda _, line=line: f"{line}\n", words, flags=re.M)  # type: ignore[misc]
    return words


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def schema_text(kind: str) -> str:
    """The JSON Schema of reviews, decks, briefings or board.yaml."""
    from pydantic import BaseModel

    from toolkit.content.model import Board, Briefing, Deck, Review

    models: dict[str, type[BaseModel]] = dict(zip(SCHEMAS, (Review, Deck, Briefing, Board)))
    return json.dumps(models[kind].model_json_schema(), indent=2, ensure_ascii=False) + "\n"


def write_schemas(root: Path) -> list[Path]:
    """Write the JSON Schemas that the first line of every starter points to."""
    folder = root / "reference" / "schema"
    whole = {folder / f"{kind}.json": schema_text(kind).encode() for kind in SCHEMAS}
    files.clear_up(folder)
    files.write(whole)
    return list(whole)


def _write(path: Path, words: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, "utf-8", newline="\n")
