"""A look at any template: what it holds, how the toolkit would use it, and a brand made of it."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from toolkit.brand.compiled import Brand
from toolkit.brand.document import TO_MEND, prepare_document, running_words
from toolkit.brand.folder import compile_brand, house_file, ready_deck
from toolkit.brand.geometry import Box
from toolkit.brand.inks import choose_accent, colour_layouts, colours_behind_slot, least_contrast
from toolkit.brand.layouts import choose_layouts, fill_all, kind_of
from toolkit.brand.legible import make_legible
from toolkit.brand.lending import ensure_styles
from toolkit.brand.template import Template, take_apart
from toolkit.brand.wordstyles import HOUSE_STYLES, every_style, named_styles, own_styles
from toolkit.files import LONGEST_NAME, new_folder, trouble, unfit
from toolkit.late import dataclass
from toolkit.office.colour import whole
from toolkit.office.editing import tree
from toolkit.office.opc import Package, W, read_package, zipped
from toolkit.problems import Invalid, Place


@dataclass(frozen=True)
class LayoutReport:
    """A layout of a template: what it seems to be for, and each placeholder's name, type, cm and points."""

    name: str
    kind: str
    placeholders: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """What a template holds, and how the toolkit would use it.

    Every entry of a tuple is one line in plain words.
    """

    path: Path
    kind: str
    facts: tuple[str, ...]
    layouts: tuple[LayoutReport, ...]
    roles: dict[str, str]
    contrast: tuple[str, ...]
    missing: tuple[str, ...]
    remarks: tuple[str, ...]


def inspect(path: Path) -> Report:
    """What any .pptx, .potx, .docx or .dotx holds, and what would become of it as a brand.

    Raises Invalid for what cannot be used.
    """
    package = read_package(path)
    return _inspect_deck(path, package) if package.kind() == "deck" else _inspect_document(path, package)


def _inspect_deck(path: Path, package: Package) -> Report:
    package, remarks = ready_deck(package)
    template = take_apart(package)
    chosen = choose_layouts(template)
    layouts, accent, _ = colour_layouts(template, chosen, fill_all(template, chosen), "auto")
    first = chosen["content"]
    facts = (
        f"slides of {_cm(template.slide)} cm; notes pages of {_cm(template.notes.page)} cm,"
        f" with a box of {_cm(template.notes.body.box)} cm for notes",
        f"titles in {first.fonts[0]}, {layouts['content'].slots['title'].look.size:g} points; text in"
        f" {first.fonts[1]}, {layouts['content'].slots['body'].look.size:g} points; headings in {accent}",
    )
    pairs = []
    missing = []
    for role, layout in layouts.items():
        sheet = chosen[role]
        for slot in layout.slots.values():
            holder = sheet.holder(slot)
            behind = (sheet.scheme[slot.fill],) if slot.fill else colours_behind_slot(sheet, slot)
            ink = (
                sheet.scheme.get(slot.colour)
                if slot.colour
                else holder.ink
                if holder
                else sheet.scheme["tx1"]
            )
            clear = (
                "cannot be told (a picture)"
                if ink is None or None in behind
                else f"{least_contrast(ink, behind):.1f} : 1"
            )
            pairs.append(
                f"{role}, {slot.name}: contrast {clear}"
                + (f", written in {slot.colour}" if slot.colour else "")
            )
        boxes = [name for name in layout.missing if name not in ("badge", "source", "board", "edition")]
        if layout.slots["title"].bare:
            missing.append(
                f"{role}: the layout '{layout.name}' has no usable title; the toolkit puts one at the top"
            )
        if boxes:
            missing.append(
                f"{role}: the layout '{layout.name}' has no placeholder for {', '.join(boxes)};"
                " a text box or table of the toolkit is used"
            )
    sheets = tuple(
        LayoutReport(
            s.name,
            kind_of(s, template.slide),
            tuple(f"{h.label} ({h.type}), {_cm(h.box)} cm, {h.look.size:g} points" for h in s.holders),
        )
        for s in template.sheets
    )
    return Report(
        path,
        "deck",
        facts,
        sheets,
        {role: layout.name for role, layout in layouts.items()},
        tuple(pairs),
        tuple(missing),
        tuple(remarks),
    )


def _inspect_document(path: Path, package: Package) -> Report:
    package, remarks = prepare_document(package)
    size: Any = package.root(package.main()).find(f".//{W}sectPr/{W}pgSz")
    facts = [f"{len(every_style(package))} styles", *running_words(package)]
    if size is not None:
        facts.insert(
            0, f"pages of {whole(size.get(f'{W}w')) / 567:.1f} × {whole(size.get(f'{W}h')) / 567:.1f} cm"
        )
    roles = own_styles(package)
    missing = tuple(
        f"{role}: there is no such style; '{name}' of the house brand is added, in grey"
        for role, name in HOUSE_STYLES.items()
        if role not in roles
    )
    styles = [tree(package, part) for part in package.related(package.main(), "styles")]
    mended = make_legible(styles[0], named_styles(styles[0], roles)) if styles else []
    return Report(path, "document", tuple(facts), (), roles, (), missing, (*remarks, *mended))


def describe(report: Report) -> str:
    """A report as text, for people."""
    lines = [f"{report.path.name}", *(f"  {fact}" for fact in report.facts)]
    if report.layouts:
        lines += ["", "Layouts"]
        for layout in report.layouts:
            lines += [
                f"  {layout.name}  [{layout.kind}]",
                *(f"    {placeholder}" for placeholder in layout.placeholders),
            ]
    lines += ["", "What would be used", *(f"  {role}: {name}" for role, name in report.roles.items())]
    for heading, said in (
        ("Contrast", report.contrast),
        ("Not there", report.missing),
        ("Cleaned", report.remarks),
    ):
        if said:
            lines += ["", heading, *(f"  {line}" for line in said)]
    return "\n".join(lines) + "\n"


def summarise(report: Report) -> str:
    """The same in a few lines: what a person looks at first."""
    lines = [report.path.name, *(f"  {fact}" for fact in report.facts)]
    if report.kind == "deck":
        by_layout: dict[str, list[str]] = {}
        for role, name in report.roles.items():
            by_layout.setdefault(name, []).append(role)
        played = [f"“{name}”: {', '.join(roles)}" for name, roles in by_layout.items()]
        lines += [f"  {line}" for line in played[:MOST_LINES]]
        if len(played) > MOST_LINES:
            lines.append(f"  and {len(played) - MOST_LINES} more layouts")
    lines += [f"  {line}" for line in report.remarks if line.startswith(TO_MEND)][:MOST_LINES]
    counted = [
        (len(report.missing), "not there, and made by the toolkit"),
        (len(report.remarks), "left out or put right"),
    ]
    said = ", ".join(f"{number} {what}" for number, what in counted if number)
    return "\n".join([*lines, *([f"  {said}; toolkit brand -v says which"] if said else [])])


MOST_LINES = 5  # of a kind, in a summary


def _cm(box: Box) -> str:
    return f"{box.w / 360_000:.1f} × {box.h / 360_000:.1f}"


def save_brand(
    files: list[Path], name: str, folder: Path, approve: Callable[[Brand], None] = lambda brand: None
) -> Path:
    """Makes the brand `name` in a folder of brands from one or two templates, cleaned; the folder it wrote.

    What is not given comes from the house brand. Raises Invalid for a name that is no folder's, one that is
    taken, or unusable files, and whatever `approve` raises when it has seen the brand: then nothing is kept.
    """
    target = folder / name
    if not re.fullmatch(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*", name):
        raise Invalid.at(
            Place(target),
            f"'{name}' cannot be the name of a brand",
            "use letters, digits and single hyphens, such as our-board",
        )
    if wrong := unfit(name, LONGEST_NAME):
        message = f"'{name[:60]}' cannot be the name of a brand: {wrong}"
        raise Invalid.at(Place(folder), message, "choose another name")
    if os.path.lexists(target):
        raise Invalid.at(
            Place(target),
            f"there is a brand '{name}' already",
            "choose another name, or move the old one away",
        )
    given: dict[str, Package] = {}
    for path in files:
        package = read_package(path)
        kind = package.kind()
        if kind in given:
            raise Invalid.at(
                Place(path),
                f"this is a second {'PowerPoint' if kind == 'deck' else 'Word'} file",
                "name one PowerPoint template and one Word template",
            )
        given[kind] = package
    if not given:
        raise Invalid.at(
            Place(folder), "no template was named", "name a file that ends in .pptx, .potx, .docx or .dotx"
        )
    deck, house_briefing = house_file("deck.pptx"), house_file("briefing.docx")
    briefing = house_briefing
    if "deck" in given:
        deck, _ = ready_deck(given["deck"])
    if "document" in given:
        briefing, _ = prepare_document(given["document"])
    styles = own_styles(briefing)
    lacking = {role: style for role, style in HOUSE_STYLES.items() if role not in styles}
    briefing, added, _ = ensure_styles(briefing, house_briefing, lacking)
    template = take_apart(deck)
    text = _brand_yaml(name, template, {role: (styles | added)[role] for role in HOUSE_STYLES})
    try:
        with new_folder(target) as unfinished:
            for file, content in (
                ("deck.pptx", zipped(deck.parts, compressed=True)),
                ("briefing.docx", zipped(briefing.parts, compressed=True)),
                ("brand.yaml", text.encode()),
            ):
                (unfinished / file).write_bytes(content)
            approve(compile_brand(unfinished)[0])
    except OSError as error:
        raise trouble(target, error, new=True) from None
    return target


def _brand_yaml(name: str, template: Template, styles: dict[str, str]) -> str:
    def quoted(text: str) -> str:
        return json.dumps(text, ensure_ascii=False)

    chosen = choose_layouts(template)
    layouts = fill_all(template, chosen)
    lines = [
        f"# The brand {name}: which layout or style plays which role. Change a name if another suits better.",
        f"name: {quoted(name)}",
        "language: en-GB",
        "deck: deck.pptx",
        "briefing: briefing.docx",
        f"accent: {choose_accent('auto', chosen, layouts)} # the theme colour of headings inside slides",
        "",
        "layouts: # role: the layout's name; to place a slot yourself, add its placeholder's name,"
        " such as body: Text 2",
    ]
    names = Counter(sheet.name.casefold() for sheet in template.sheets)
    for role, layout in layouts.items():
        if names[layout.name.casefold()] == 1:
            lines.append(f"  {role}: {{layout: {quoted(layout.name)}}}")
        else:
            lines.append(f"  # {role}: found by its type; several layouts are called {quoted(layout.name)}")
    if all(line.lstrip().startswith("#") for line in lines[8:]):
        lines[7] = "# layouts: several layouts have the same name, so that they are found by their types"
    lines += [
        "",
        "styles: # role: the style's name in the briefing",
        *(f"  {role}: {quoted(style)}" for role, style in styles.items()),
    ]
    return "\n".join(lines) + "\n"
