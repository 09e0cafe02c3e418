"""A brand: what the parts of its Office files are called, where they stand, and how large they write.

`brand.yaml` says which layout, placeholder and style plays which of our roles. What it leaves open is chosen
by `layouts`, `placement`, `inks` and `wordstyles`. The templates are cleaned first (`hygiene`), and what they
lack is lent by the house brand (`lending`).
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

from pydantic import Field

from toolkit import files
from toolkit.brand.compiled import Brand, DocumentTemplate
from toolkit.brand.deck import compile_deck
from toolkit.brand.document import compile_document, prepare_document
from toolkit.brand.geometry import SlideLayout
from toolkit.brand.inks import accents_of, colour_layouts
from toolkit.brand.layouts import ROLES, choose_layouts
from toolkit.brand.lending import ensure_notes_master, ensure_styles
from toolkit.brand.mending import mend_deck
from toolkit.brand.placement import fill_in
from toolkit.brand.scenes import palette, scene
from toolkit.brand.template import take_apart
from toolkit.brand.wordstyles import HOUSE_STYLES, OWN_STYLES, every_style, own_styles
from toolkit.content.model import Language, Model, Text
from toolkit.content.nodes import load
from toolkit.late import replace
from toolkit.office.hygiene import clean_deck
from toolkit.office.opc import Package, read_package
from toolkit.plan.model import SLOTS
from toolkit.problems import Invalid, Node, Problem
from toolkit.shipped import HOUSE


class BrandFile(Model):
    """brand.yaml: the names that this brand's templates use."""

    name: Text
    language: Language = "en-GB"
    deck: Text = Field(description="The PowerPoint template, beside brand.yaml.")
    briefing: Text = Field(description="The Word template, beside brand.yaml.")
    accent: Text = Field(
        "tx1",
        description="The theme colour of headings inside slides, such as tx2;"
        " it must read well on every background.",
    )
    layouts: dict[str, dict[str, Text]] = Field(
        {}, description="Role: the layout's name, and for each slot the placeholder's name."
    )
    styles: dict[str, Text] = Field({}, description="Role: the style's name in the Word template.")


def compile_brand(folder: Path) -> tuple[Brand, list[str]]:
    """The brand in a folder with brand.yaml and its two templates, and what was cleaned.

    Raises Invalid for what cannot be used.
    """
    sources = {}
    path = folder / "brand.yaml"
    with suppress(OSError):  # which `load` tells better
        sources[path.name] = files.read(path)
    file, node = load(path, BrandFile)
    parts = {}
    for name in ("deck", "briefing"):
        template = folder / getattr(file, name)
        if not template.is_file():
            raise Invalid.at(
                node.at((name,)).place,
                f"there is no file '{getattr(file, name)}' beside brand.yaml",
                "copy the template there, or correct the name",
            )
        try:
            data = sources[getattr(file, name)] = files.read(template)
        except OSError as error:
            message = f"the file '{getattr(file, name)}' cannot be read ({error.strerror})"
            hint = "close other programs that use it and check that you may open it"
            raise Invalid.at(node.at((name,)).place, message, hint) from None
        parts[name] = read_package(data, str(template))
    deck, remarks = ready_deck(parts["deck"])
    briefing, cleaned = prepare_document(parts["briefing"])
    remarks += cleaned
    styles, lacking = _named_styles(file, node, briefing)
    if lacking:
        briefing, added, lent = ensure_styles(
            briefing, house_file("briefing.docx"), {role: HOUSE_STYLES[role] for role in lacking}
        )
        styles |= added
        remarks += lent
    brand = _deck_brand(file, node, deck, compile_document(briefing, styles))
    return replace(
        brand, sources={name: hashlib.sha256(d).hexdigest() for name, d in sources.items()}
    ), remarks


def ready_deck(package: Package) -> tuple[Package, list[str]]:
    """A deck template cleaned, mended, and with a notes page that prints well; and what was done to it."""
    deck, cleaned = clean_deck(package)
    deck, mended = mend_deck(deck)
    deck, lent = ensure_notes_master(deck, house_file("deck.pptx"))
    return deck, [*cleaned, *mended, *lent]


def house_file(name: str) -> Package:
    """One of the house brand's own files, which lend what another brand lacks."""
    return read_package(HOUSE / name)


def _named_styles(file: BrandFile, node: Node, briefing: Package) -> tuple[dict[str, str], list[str]]:
    """The Word style of each role, as brand.yaml says or as found, and the roles that have none.

    Raises Invalid for a wrong name.
    """
    there = {style.name.casefold(): style.name for style in every_style(briefing)}
    problems = []
    styles = own_styles(briefing)
    for role, name in file.styles.items():
        if role not in HOUSE_STYLES:
            problems.append(
                Problem(
                    node.at(("styles", role)).place,
                    f"'{role}' is not a role of a style",
                    f"known here: {', '.join(HOUSE_STYLES)}",
                )
            )
        elif name.casefold() not in there:
            problems.append(
                Problem(
                    node.at(("styles", role)).place,
                    f"{file.briefing} has no style called '{name}'",
                    "correct the name, or delete the line",
                )
            )
        else:
            styles[role] = there[name.casefold()]
    if problems:
        raise Invalid(problems)
    styles |= {role: there[n.casefold()] for role, n in OWN_STYLES.items() if n.casefold() in there}
    return styles, [role for role in HOUSE_STYLES if role not in styles]


def _deck_brand(file: BrandFile, node: Node, deck: Package, document: DocumentTemplate) -> Brand:
    template = take_apart(deck)
    layouts: dict[str, SlideLayout] = {}
    problems: list[Problem] = []
    for role in file.layouts:
        if role not in ROLES:
            problems.append(
                Problem(
                    node.at(("layouts", role)).place,
                    f"'{role}' is not a role of a layout",
                    f"known here: {', '.join(ROLES)}",
                )
            )
    guessed = choose_layouts(template)
    for role in ROLES:
        wanted = dict(file.layouts.get(role, {}))
        name = wanted.pop("layout", None)
        sheet = guessed[role]
        if name is not None:
            named = [s for s in template.sheets if s.name.strip().casefold() == name.casefold()]
            if not named:
                there = ", ".join(s.name for s in template.sheets)
                problems.append(
                    Problem(
                        node.at(("layouts", role, "layout")).place,
                        f"{file.deck} has no layout called '{name}'",
                        f"it has: {there}",
                    )
                )
                continue
            sheet = guessed[role] if guessed[role] in named else named[0]
        there, known = ", ".join(h.label for h in sheet.holders), ("title", *SLOTS[role], "footer", "number")
        for slot, label in wanted.items():
            place = node.at(("layouts", role, slot)).place
            if slot not in known:
                problems.append(
                    Problem(place, f"'{slot}' is not a slot of '{role}'", f"known here: {', '.join(known)}")
                )
            elif not any(h.label.casefold() == label.casefold() for h in sheet.holders):
                problems.append(
                    Problem(
                        place,
                        f"the layout '{sheet.name}' has no placeholder called '{label}'",
                        f"it has: {there or 'none'}",
                    )
                )
        layouts[role] = fill_in(role, sheet, template.slide, wanted)
    if problems:
        raise Invalid(problems)
    used = {role: template.sheets[layout.position] for role, layout in layouts.items()}
    layouts, accent, tables = colour_layouts(template, used, layouts, file.accent)
    pictures: dict[str, bytes] = {}
    scenes = {role: scene(used[role], layout, accent, pictures) for role, layout in layouts.items()}
    return Brand(
        template.slide,
        layouts,
        template.notes,
        accent,
        accents_of(accent, used, layouts),
        tables,
        compile_deck(deck, layouts),
        scenes,
        palette(used["content"].scheme, accent),
        pictures,
        document,
    )
