"""What a person starts from: a file of one kind, or a whole folder; and the JSON Schemas for editors."""

from __future__ import annotations

import json
import re
from pathlib import Path

from toolkit.problems import Invalid, Place
from toolkit.project import CONTENT, FOLDERS, Project
from toolkit.shipped import packaged

SCHEMAS = (*FOLDERS, "board")


def start_file(project: Project, kind: str, name: str) -> Path:
    """A new file of one kind from its starter.

    Raises Invalid when the name will not do or the file is there already.
    """
    folder = FOLDERS[kind]
    path = project.root / folder / f"{name}.yaml"
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        near = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
        raise Invalid.at(
            Place(project.root / folder),
            f"'{name}' will not do as a name",
            f"use lower-case letters, digits and hyphens{f', such as {near}' if near else ''}",
        )
    if path.exists():
        raise Invalid.at(
            Place(path), "this file is there already; nothing was changed", "choose another name"
        )
    words = project.find("templates", "starters", f"{kind}.yaml").read_text("utf-8").replace("NAME", name)
    if kind != "review":
        reviews = [p.stem for p in project.review_paths()]
        if not reviews:
            raise Invalid.at(
                Place(project.root / "reviews"),
                f"a {kind} needs a review, and there is none yet",
                "first run: toolkit new review, and a name",
            )
        words = words.replace("REVIEW", name if name in reviews else reviews[0])
    _write(path, words)
    return path


def start_folder(folder: Path) -> None:
    """A folder of one's own with the example reviews, decks and briefings.

    Raises Invalid when it holds something already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Invalid.at(Place(folder), "this folder is not empty; nothing was changed", "name a new folder")
    data = packaged()
    for name in CONTENT:
        for path in sorted((data / name).glob("*.yaml")):
            _write(folder / name / path.name, path.read_text("utf-8"))
    _write(folder / "reference" / "support.yaml", (data / "reference" / "support.yaml").read_text("utf-8"))
    _write(folder / "README.txt", (data / "templates" / "starters" / "README.txt").read_text("utf-8"))
    write_schemas(folder)


def schema_text(kind: str) -> str:
    """The JSON Schema of reviews, decks, briefings or board.yaml."""
    from pydantic import BaseModel

    from toolkit.content.model import Board, Briefing, Deck, Review

    models: dict[str, type[BaseModel]] = dict(zip(SCHEMAS, (Review, Deck, Briefing, Board)))
    return json.dumps(models[kind].model_json_schema(), indent=2, ensure_ascii=False) + "\n"


def write_schemas(root: Path) -> list[Path]:
    """Write the JSON Schemas that the first line of every starter points to."""
    paths = []
    for kind in SCHEMAS:
        path = root / "reference" / "schema" / f"{kind}.json"
        _write(path, schema_text(kind))
        paths.append(path)
    return paths


def _write(path: Path, words: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, "utf-8", newline="\n")
    except OSError as error:
        raise Invalid.at(
            Place(path),
            f"the file cannot be written ({error.strerror})",
            "check the folder and how full the disk is",
        ) from None
