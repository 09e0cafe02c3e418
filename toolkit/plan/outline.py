"""What an outline and a page template say, checked once: which pages in which order, and the words of each
kind of page.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import Field

from toolkit.content.model import Day, Model, Text, YesNo
from toolkit.content.sentences import validate
from toolkit.late import dataclass, replace
from toolkit.plan.model import NOTES, SLOTS, Layout
from toolkit.problems import Invalid, Node, Problem

Minutes = Annotated[int, Field(ge=0, le=480)]
Each = Literal["review", "point", "card", "question"]


class OutlinePage(Model):
    """One entry of an outline: which page template, how often, how long.

    Entries that follow each other with the same `each` belong together: all of them for the first point, then
    all for the second. `page: way` stands for the pattern of a point, and `page: slides` in a guide for every
    slide with its script.
    """

    page: Text = Field(description="A page template, such as finding.")
    each: Each | None = Field(
        None,
        description="Once for each review, taught point, other printable point (card), or quiz question.",
    )
    minutes: Minutes = Field(0, description="At least so many, whatever its words and questions need.")
    up_to: Minutes = Field(0, description="At most so many, when there is time left.")
    shortest: Minutes = Field(0, description="Left out of sessions that are shorter than this.")
    late: Annotated[int, Field(ge=1, le=99)] | None = Field(
        None, description="May be left out when time is short; 1 goes first."
    )
    new_side: YesNo = Field(False, description="Yes where a new side of paper begins in a document.")
    when: Text | None = Field(
        None, description="A Jinja2 expression; the page is left out when it is empty or false."
    )


class OutlineSection(Model):
    """A named part of the session; its name is the section's name in PowerPoint."""

    name: Text
    each: Literal["review"] | None = None
    new_sheet: YesNo = Field(False, description="Yes when it begins a new sheet of paper, in a document.")
    pages: tuple[OutlinePage, ...]


class Outline(Model):
    """A kind of session, a deck without a clock, or a document."""

    title: Text
    session: YesNo = Field(
        False, description="Yes when the toolkit chooses points and minutes for a session."
    )
    sections: tuple[OutlineSection, ...]
    review_by: Day | None = Field(
        None, description="The day by which somebody should look at this file again."
    )

    @property
    def page_names(self) -> list[str]:
        """The page templates that it uses, each once."""
        return list(dict.fromkeys(page.page for section in self.sections for page in section.pages))


def read_outline(node: Node) -> tuple[Outline, Node]:
    """An outline and its nodes. Raises Invalid."""
    return validate(Outline, node), node


class Pattern(Model):
    """What a page template says of itself: as a way of working, and by when to look at it again."""

    minutes: Minutes = 0
    up_to: Minutes = 0
    needs: tuple[Literal["known", "next", "items", "knew", "hours"], ...] = ()
    main: YesNo = False
    box: YesNo = False
    strip: YesNo = False
    thought: YesNo = False
    review_by: Day | None = None


_PATTERN = tuple(Pattern.model_fields)


@dataclass(frozen=True)
class PageTemplate:
    """One kind of page: its layout, and the texts of its title, slots and notes in the order of print.

    A pattern of work says how many `minutes` it takes, its questions and set-up included, and how many at
    most (`up_to`); which fields of a point's `way` it `needs`; and whether it is `main`: one of the few long
    activities of a session. A `box` has a number in its document; a `strip` stands there without a heading.
    A question that is only `thought` about, by each alone, takes less time than one to the room.
    """

    name: str
    layout: Layout
    title: Node
    slots: tuple[tuple[str, Node], ...]
    notes: tuple[tuple[str, Node], ...]
    minutes: int = 0
    up_to: int = 0
    needs: tuple[str, ...] = ()
    main: bool = False
    box: bool = False
    strip: bool = False
    thought: bool = False

    def says(self, name: str) -> bool:
        """Whether any of its texts has this word."""
        texts = (self.title, *(node for _, node in (*self.slots, *self.notes)))
        return any(name in node.value for node in texts if isinstance(node.value, str))


def read_page_template(name: str, node: Node) -> PageTemplate:
    """A page template. Raises Invalid for what its layout, or a page, does not have."""
    if not isinstance(node.value, dict):
        raise Invalid.at(
            node.place, "a page template needs fields with names", "such as layout, title and notes"
        )
    fields = dict(node.value)
    layout, title, notes = (fields.pop(part, None) for part in ("layout", "title", "notes"))
    pattern = validate(Pattern, replace(node, value={n: fields.pop(n) for n in _PATTERN if n in fields}))
    if layout is None or title is None:
        absent = "layout" if layout is None else "title"
        raise Invalid.at(node.place, f"this page template has no {absent}", f"add a line: {absent}: …")
    role: Any = layout.value
    if role not in get_args(Layout):
        known = ", ".join(get_args(Layout))
        raise Invalid.at(layout.place, f"no layout is called '{role}'", f"write one of: {known}")
    problems = [
        Problem(node.keys[n], f"the layout {role} has no slot '{n}'", f"it has: {', '.join(SLOTS[role])}")
        for n in fields
        if n not in SLOTS[role]
    ]
    parts: dict[str, Node] = {}
    if notes and isinstance(notes.value, dict):
        parts = notes.value
        there = f"there are: {', '.join(NOTES)}"
        problems += [
            Problem(notes.keys[n], f"no part of the notes is called '{n}'", there)
            for n in parts
            if n not in NOTES
        ]
    elif notes:
        hint = "such as say: or ask: on lines of their own below notes:"
        problems.append(Problem(notes.place, "the notes need parts with names", hint))
    if problems:
        raise Invalid(problems)
    slots = tuple((slot, fields[slot]) for slot in SLOTS[role] if slot in fields)
    said = tuple((n, parts[n]) for n in NOTES if n in parts)
    return PageTemplate(name, role, title, slots, said, **pattern.model_dump(exclude={"review_by"}))
