"""A form as Word has it: headings, an explanation of each field, and content controls, filled or empty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from toolkit.forms.controls import CHOOSE, WRITE
from toolkit.forms.shape import Choices, Field, Path, mark, review, tag
from toolkit.office.opc import escaped, quoted

ABOUT, WHAT, HELP = "About the review", "Field", "What to write in it"
_W15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
_GREY = '<w:color w:val="595959"/>'
_FIRST_ID = 30_000  # of controls and bookmarks, above those that a template has
_DAY = (
    '<w:date><w:dateFormat w:val="yyyy-MM-dd"/><w:lid w:val="en-GB"/>'
    '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
)
_PLURALS = {
    "Fact": "Facts",
    "Caution": "Cautions",
    "Event": "Events",
    "Figure to show": "Figures to show",
    "Point": "Learning points",
    "Source": "Sources",
    "Question for discussion": "Questions for discussion",
    "Agency it concerns": "Agencies it concerns",
    "Agency that knew": "Agencies that knew",
    "Theme": "Themes",
    "Quiz question": "Quiz questions",
    "Disagreement": "Disagreements",
    "Answer": "Answers",
    "Version": "Versions",
    "Item": "Items",
    "Hour of the day": "Hours of the day",
}
INTRO = (
    "Write in the grey places. A field that you leave as it is stays empty. To add an item, such as a point,"
    " click in one, then on the plus sign at its lower right corner. To take one away, click in it with"
    " the right mouse button and choose Delete Item.",
    "Under Sources write one source on each line, such as S1 5.2, p11. After a colon its own words"
    " may follow in quotation marks. Where it gives the review’s own words, write [extract] at the end.",
    "Save this file when you are done, and run: toolkit read, with the name of this file. Words outside the"
    " fields are not read.",
)
FORM = "Form: "


class Body:
    """The paragraphs of a form, in the styles of a board’s Word template."""

    def __init__(self, styles: Mapping[str, str], choices: Choices, width: int) -> None:
        self._styles, self._choices, self._width = styles, choices, width
        self._last = _FIRST_ID

    def whole(self, title: str, top: Field, values: Mapping[str, Any], stamp: str) -> str:
        """All of a form, filled with the values of a file, with a line that says which form it is."""
        said = self._styled("title", title) + "".join(self._styled("body", one) for one in INTRO)
        form = Field("form", "Form", "", "text")
        said += self._line("", FORM, self._run_control(form, ("form",), stamp))
        alone = [one for one in top.fields if one.kind not in ("group", "list")]
        if alone:
            said += self._styled("heading-1", ABOUT) + self._explained(alone)
            said += "".join(self._field(one, (one.name,), values.get(one.name), 1) for one in alone)
        for one in top.fields:
            if one in alone:
                continue
            said += self._styled("heading-1", plural(one))
            inside = one.item.fields if one.item else one.fields
            said += self._explained(inside) if inside else self._help(one)
            said += self._inside(one, (one.name,), values.get(one.name), 1)
        return said

    def _explained(self, fields: tuple[Field, ...] | list[Field]) -> str:
        """A table that says of each field what belongs in it."""
        rows = [(WHAT, HELP), *_explanations(fields)]
        left = round(self._width * 0.3)
        widths = (left, self._width - left)
        grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
        drawn = ""
        for n, row in enumerate(rows):
            role = "table-heading" if n == 0 else "table-text"
            head = (
                "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
                if n == 0
                else "<w:trPr><w:cantSplit/></w:trPr>"
            )
            cells = "".join(
                f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/></w:tcPr>{self._styled(role, words)}</w:tc>'
                for wide, words in zip(widths, row)
            )
            drawn += f"<w:tr>{head}{cells}</w:tr>"
        look = '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        return (
            f"<w:tbl><w:tblPr><w:tblStyle w:val={quoted(self._styles['table'])}/>"
            f'<w:tblW w:type="dxa" w:w="{self._width}"/><w:tblLayout w:type="fixed"/>{look} w:noHBand="0"'
            f' w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{drawn}</w:tbl>'
            + self._styled("body", "")
        )

    def _help(self, field: Field) -> str:
        return self._styled("body", field.said)

    def _field(self, field: Field, path: Path, value: Any, level: int) -> str:
        """A field with its label; a group or list under a heading or label of its own."""
        if field.kind in ("group", "list"):
            head = (
                self._styled(f"heading-{level}", plural(field)) if level <= 3 else self._label(plural(field))
            )
            return head + self._inside(field, path, value, level)
        if field.kind in ("cites", "paragraphs"):
            return self._label(field.title) + self._block_control(field, path, value or "")
        return self._line("", f"{field.title}: ", self._run_control(field, path, value or ""))

    def _inside(self, field: Field, path: Path, value: Any, level: int) -> str:
        """What stands in a group or list."""
        if field.kind == "group":
            held = value or {}
            return "".join(
                self._field(one, (*path, one.name), held.get(one.name), level + 1) for one in field.fields
            )
        assert field.item
        items = "".join(
            f"<w:sdt><w:sdtPr><w:alias w:val={quoted(f'{field.title} {n + 1}')}/>{self._id()}"
            f"<w15:repeatingSectionItem {_W15}/></w:sdtPr><w:sdtContent>"
            f"{self._item(field, (*path, n), one, level)}</w:sdtContent></w:sdt>"
            for n, one in enumerate(value or [None])
        )
        return (
            f"<w:sdt><w:sdtPr><w:alias w:val={quoted(plural(field))}/><w:tag w:val={quoted(tag(path))}/>"
            f"{self._id()}<w15:repeatingSection {_W15}/></w:sdtPr>"
            f"<w:sdtContent>{items}</w:sdtContent></w:sdt>"
        )

    def _item(self, field: Field, path: Path, value: Any, level: int) -> str:
        item = field.item
        assert item
        if item.kind == "group":
            name = f"{field.title} {int(path[-1]) + 1}"
            head = self._styled("heading-2", name) if level == 1 else self._label(name)
            return head + self._inside(item, path, value, max(level, 2))
        if item.kind == "paragraphs":
            return self._block_control(item, path, value or "")
        return self._line("bullet", "", self._run_control(item, path, value or ""))

    # -- controls

    def _run_control(self, field: Field, path: Path, value: str) -> str:
        """A control round words in a line."""
        about, shown, look = self._about(field, path, value)
        run = f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escaped(shown)}</w:t></w:r>'
        number = self._next()
        return (
            f'<w:bookmarkStart w:id="{number}" w:name={quoted(mark(path))}/>'
            f"<w:sdt>{about}<w:sdtContent>{run}</w:sdtContent></w:sdt>"
            f'<w:bookmarkEnd w:id="{number}"/>'
        )

    def _block_control(self, field: Field, path: Path, value: str) -> str:
        """A control round paragraphs, a line of the value in each."""
        about, shown, look = self._about(field, path, value)
        number = self._next()
        drawn = "".join(
            f'<w:p><w:pPr>{self._style("body")}<w:ind w:left="284"/></w:pPr><w:r><w:rPr>{look}</w:rPr>'
            f'<w:t xml:space="preserve">{escaped(line)}</w:t></w:r></w:p>'
            for line in shown.split("\n")
        )
        return (
            f'<w:bookmarkStart w:id="{number}" w:name={quoted(mark(path))}/>'
            f"<w:sdt>{about}<w:sdtContent>{drawn}</w:sdtContent></w:sdt>"
            f'<w:bookmarkEnd w:id="{number}"/>'
        )

    def _about(self, field: Field, path: Path, value: str) -> tuple[str, str, str]:
        """The properties of a control, what it shows, and how that looks."""
        titles = field.titles(self._choices)
        kind, shown = "", value
        if field.kind == "choice":
            if value and value not in titles:
                titles[value] = value
            shown = titles.get(value, value)
            kind = "".join(
                f"<w:listItem w:displayText={quoted(title)} w:value={quoted(one)}/>"
                for one, title in titles.items()
            )
            kind = f"<w:dropDownList>{kind}</w:dropDownList>"
        elif field.kind == "day":
            kind = _DAY
        elif field.kind == "text":
            kind = "<w:text/>"
        hint = "" if value else "<w:showingPlcHdr/>"
        about = (
            f"<w:sdtPr><w:alias w:val={quoted(field.title)}/><w:tag w:val={quoted(tag(path))}/>{self._id()}"
            f"{hint}{kind}</w:sdtPr>"
        )
        if value:
            return about, shown, ""
        return about, CHOOSE if field.kind == "choice" else WRITE, _GREY

    # -- paragraphs

    def _style(self, role: str) -> str:
        style = self._styles.get(role, "")
        return f"<w:pStyle w:val={quoted(style)}/>" if style else ""

    def _styled(self, role: str, words: str) -> str:
        run = f'<w:r><w:t xml:space="preserve">{escaped(words)}</w:t></w:r>' if words else ""
        return f"<w:p><w:pPr>{self._style(role)}</w:pPr>{run}</w:p>"

    def _label(self, words: str) -> str:
        return self._line("", words, "", "<w:keepNext/>")

    def _line(self, role: str, label: str, control: str, about: str = "") -> str:
        said = ""
        if label:
            said = f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{escaped(label)}</w:t></w:r>'
        return f"<w:p><w:pPr>{self._style(role or 'body')}{about}</w:pPr>{said}{control}</w:p>"

    def _next(self) -> int:
        self._last += 1
        return self._last

    def _id(self) -> str:
        return f'<w:id w:val="{self._next()}"/>'


def plural(field: Field) -> str:
    """What a field is called where it may hold several."""
    return _PLURALS.get(field.title, field.title) if field.kind == "list" else field.title


def _explanations(fields: tuple[Field, ...] | list[Field], above: str = "") -> Iterator[tuple[str, str]]:
    """Each field with its sentence, those of groups behind the group’s name; what is asked for in every list
    of statements is said once."""
    for one in fields:
        yield f"{above}{plural(one)}", one.said
        inside = one.item.fields if one.item else one.fields
        if inside and [inner.name for inner in inside] != ["text", "slide", "cites"]:
            yield from _explanations(inside, f"{plural(one)}: ")


# -------------------------------------------------------------------------------------- what a form prints


@cache
def _printed() -> frozenset[str]:
    """Every paragraph that a form prints beside its fields, with # for each number."""
    said = {*INTRO, FORM.strip(), ABOUT, WHAT, HELP}

    def add(fields: tuple[Field, ...]) -> None:
        for one in fields:
            said.update((one.title, f"{one.title}:", f"{one.title} #", plural(one), one.said))
            inside = one.item.fields if one.item else one.fields
            said.update(words for row in _explanations(inside, f"{plural(one)}: ") for words in row)
            add(inside)

    add(review().fields)
    return frozenset(" ".join(one.split()) for one in said)


def is_ours(words: str, titles: tuple[str, ...]) -> bool:
    """Whether the words of a paragraph beside the fields are those of a form, and nobody’s."""
    said = " ".join(words.split())
    return said in _printed() or said in titles or re.sub(r"\d+$", "#", said) in _printed()
