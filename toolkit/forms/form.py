"""What `toolkit form` does: a review, its points or its timeline as a form to fill in in Word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from toolkit import files, report, stamps
from toolkit.brand.compiled import Brand
from toolkit.content.model import Board
from toolkit.forms.answers import shown
from toolkit.forms.drawing import Body
from toolkit.forms.shape import PARTS, Choices, Field, review
from toolkit.forms.sheets import NAMES, sheet
from toolkit.office.opc import escaped, quoted, zipped
from toolkit.problems import Invalid, Place, did_you_mean
from toolkit.project import FOLDERS, Project, here

TITLES = {"review": "A review", "points": "Learning points", "timeline": "A timeline"}
_EMPTY = "empty"  # in the line that says which form it is
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"


def form(kind: str, name: str | None, out: Path | None) -> int:
    """Write a form. Gives back the exit code."""
    with report.plainly():
        project = here()
        path = out or project.root / f"{name or 'new'}-{kind}-form.docx"
        ending = path.suffix.casefold()
        if ending != ".docx" and (ending != ".xlsx" or kind not in NAMES):
            sheets = "" if kind not in NAMES else f", or a sheet: --out {path.stem}.xlsx"
            hint = f"write: --out {path.stem}.docx{sheets}"
            raise Invalid.at(
                Place(path), f"a form of this kind is no {ending or 'file without an ending'}", hint
            )
        data = made(project, kind, name, ending == ".xlsx")
        files.write_new(path, data)
        print(f"wrote {project.named(path)}")
        if name and project.is_restricted(name):
            print("It shows what few people may know (audience: restricted): keep it as safe as the review.")
        program = "Word" if ending == ".docx" else "Excel"
        print(f"Fill it in in {program}, save it, and run: toolkit read {project.named(path)}")
    return 0


def made(project: Project, kind: str, name: str | None = None, as_sheet: bool = False) -> bytes:
    """A form in Word, or a sheet, filled from a review where a `name` is given. Raises Invalid."""
    values: dict[str, Any] = {}
    stamp, title = f"{kind} {_EMPTY}", TITLES[kind]
    top = review(PARTS[kind])
    if name:
        path = project.root / FOLDERS["review"] / f"{name}.yaml"
        if not path.exists():
            known = [one.stem for one in project.review_paths()]
            hint = did_you_mean(name, known, "run: toolkit list reviews; or leave the name out")
            raise Invalid.at(Place(path), f"there is no review called '{name}'", hint)
        _, node = project.whole_review(path)  # what is read back is compared with the whole file
        values = shown(top, node.plain())
        stamp = f"{kind} {name} {stamps.digest(project.read(path))[:16]}"
        title = f"{title}: {node.plain().get('title', name)}"
    if as_sheet:
        ink = project.brand(project.board().brand).palette["deep"].removeprefix("#")
        return sheet(kind, title, values.get(kind) or [], stamp, choices(project), ink)
    return drawn(
        project.brand(project.board().brand), project.board(), title, top, values, stamp, choices(project)
    )


def choices(project: Project) -> Choices:
    """What may be chosen in lists, by the names of the registers."""
    registers = project.registers()
    patterns = project.names("templates", "pages")
    return {
        "themes": {id: one.title for id, one in registers.themes.items()},
        "agencies": {id: one.title for id, one in registers.agencies.items()},
        "kinds": {id: one.title for id, one in registers.kinds.items()},
        "patterns": {one: one for one in patterns},
    }


def drawn(
    brand: Brand, board: Board, title: str, top: Field, values: Any, stamp: str, choices: Choices
) -> bytes:
    """The bytes of a form in a board’s letterhead."""
    template = brand.document
    filled = {
        "body": Body(template.styles, choices, template.width).whole(title, top, values or {}, stamp),
        "links": "",
        "lists": "",
        "heading": quoted(title)[1:-1],
        "title": quoted(title)[1:-1],
        "board": quoted(board.name or "")[1:-1],
        "language": board.language,
        "before": "Page ",
        "between": " of ",
    }
    parts = dict(template.parts)
    for part, pieces in template.gapped.items():
        if not board.name:
            pieces = tuple(p.replace('descr="Logo: ', 'descr="Logo') for p in pieces)
        parts[part] = "".join(filled[p] if n % 2 else p for n, p in enumerate(pieces)).encode()
    parts["docProps/core.xml"] = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp="{_CORE}"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escaped(title)}</dc:title>'
        f"<dc:language>{board.language}</dc:language></cp:coreProperties>"
    ).encode()
    return zipped(parts, compressed=True)
