"""The points or the timeline of a review as a sheet: a row for each, with lists to choose from.

What would need rows of its own, such as the findings of a point, has no place in a sheet and stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.forms.drawing import plural
from toolkit.forms.names import name_of
from toolkit.forms.shape import Choices, Field, review
from toolkit.office.opc import HEAD, OFFICE, RELATIONSHIPS, TYPES, escaped, quoted, zipped

NUMBER, FORM, CHOICES, ABOUT = "No.", "Form", "Choices", "About this form"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
NAMES = {"points": "Points", "timeline": "Events"}  # of the sheets
_LAST = 500  # the last row with lists to choose from
_LEAST = 3  # columns for a list of choices
_TEXT, _HEADER = 1, 2  # styles
INTRO = (
    "Each row is one item. Leave its number as it is; a new row has none. What you delete is taken out.",
    "Write one source on each line of a cell, such as S1 5.2, p11. Alt and Enter begin a new line in Excel.",
    "Save this file as .xlsx when you are done, and run: toolkit read, with the name of this file.",
)


_FILL = '<fill><patternFill patternType="{}"/></fill>'
_ALIGNED = '<alignment vertical="top" wrapText="1"/>'
_STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="2"><font><sz val="11"/><name val="Arial"/></font>'
    '<font><b/><sz val="11"/><color rgb="FFFFFFFF"/><name val="Arial"/></font></fonts>'
    f'<fills count="3">{_FILL.format("none")}{_FILL.format("gray125")}'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFINK"/></patternFill></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    f'<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    f'<xf numFmtId="49" applyNumberFormat="1" applyAlignment="1">{_ALIGNED}</xf>'
    '<xf numFmtId="49" fontId="1" fillId="2" applyNumberFormat="1" applyFont="1" applyFill="1"'
    f' applyAlignment="1">{_ALIGNED}</xf></cellXfs><cellStyles count="1">'
    '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@dataclass(frozen=True)
class Column:
    """A column: what it is called, its field, and which item of a list of choices it has."""

    title: str
    field: Field
    number: int | None = None


def columns(kind: str, longest: Mapping[str, int] | None = None) -> list[Column]:
    """The columns of a sheet; `longest` says how many choices the longest list of a field has."""
    listed = review().field(kind)
    assert listed and listed.item
    found: list[Column] = []
    for one in listed.item.fields:
        if one.kind == "list" and one.item and one.item.kind == "choice":
            count = max(_LEAST, (longest or {}).get(one.name, 0) + 1)
            found += [Column(f"{one.title} {n + 1}", one, n) for n in range(count)]
        elif (one.item or one).kind not in ("list", "group"):
            found.append(Column(plural(one), one))
    return found


def sheet(kind: str, title: str, values: Sequence[Any], stamp: str, choices: Choices, ink: str) -> bytes:
    """The bytes of an .xlsx with these items; the header is in a colour, RRGGBB."""
    lists = {name: max((len(one.get(name) or ()) for one in values), default=0) for name in _lists(kind)}
    every = columns(kind, lists)
    rows = [[NUMBER, *(one.title for one in every)]]
    rows += [[str(n + 1), *(_cell(one, item, choices) for one in every)] for n, item in enumerate(values)]
    offered = _offered(every, choices)
    about = [[FORM, stamp], *([one, ""] for one in INTRO), *([one.title, one.field.said] for one in every)]
    width = max((len(one) for one in offered.values()), default=0)
    columns_of = [[name_of(name), *one, *[""] * (width - len(one))] for name, one in offered.items()]
    widths = [6, *(36 if one.field.kind in ("text", "cites", "paragraphs") else 20 for one in every)]
    sheets = {
        NAMES[kind]: _sheet(rows, widths, _validations(every, offered)),
        ABOUT: _sheet(about, [30, 90]),
        CHOICES: _sheet([list(row) for row in zip(*columns_of)], [40] * len(offered)),
    }
    return zipped(_parts(sheets, title, ink), compressed=True)


def _lists(kind: str) -> list[str]:
    return list({one.field.name for one in columns(kind) if one.number is not None})


def _cell(column: Column, item: Any, choices: Choices) -> str:
    value = item.get(column.field.name)
    if value is None:
        return ""
    field = column.field
    if column.number is not None and field.item:
        value = value[column.number] if column.number < len(value) else ""
        field = field.item
    if field.kind == "choice":
        return str(field.titles(choices).get(value, value))
    return "\n".join(value) if isinstance(value, list) else str(value)


def _offered(every: Sequence[Column], choices: Choices) -> dict[str, list[str]]:
    """The lists to choose from, by the names of their fields."""
    found = {}
    for one in every:
        field = one.field.item if one.number is not None and one.field.item else one.field
        if field.kind == "choice":
            found[one.field.name] = list(field.titles(choices).values())
    return found


def _validations(every: Sequence[Column], offered: Mapping[str, Sequence[str]]) -> str:
    drawn = ""
    for n, one in enumerate(every, 1):
        at = f"{letters(n)}2:{letters(n)}{_LAST}"
        prompt = (
            f'showInputMessage="1" promptTitle={quoted(one.title[:32])} prompt={quoted(one.field.said[:250])}'
        )
        if one.field.name in offered:
            column = letters(list(offered).index(one.field.name))
            last = len(offered[one.field.name]) + 1
            drawn += (
                f'<dataValidation type="list" allowBlank="1" showErrorMessage="1"'
                f' error="Choose one of the list." {prompt} sqref={quoted(at)}><formula1>'
                f"{CHOICES}!${column}$2:${column}${last}</formula1>"
                "</dataValidation>"
            )
        else:
            drawn += f'<dataValidation allowBlank="1" {prompt} sqref={quoted(at)}/>'
    return f'<dataValidations count="{len(every)}">{drawn}</dataValidations>'


def letters(number: int) -> str:
    """The letters of a column, counted from 0."""
    said = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        said = chr(65 + rest) + said
    return said


def _sheet(rows: Sequence[Sequence[str]], widths: Sequence[int], after: str = "") -> str:
    drawn = ""
    for n, row in enumerate(rows, 1):
        style = _HEADER if n == 1 else _TEXT
        cells = "".join(
            f'<c r="{letters(m)}{n}" s="{style}" t="inlineStr"><is>'
            f'<t xml:space="preserve">{_safe(said)}</t></is></c>'
            if said
            else f'<c r="{letters(m)}{n}" s="{style}"/>'
            for m, said in enumerate(row)
        )
        drawn += f'<row r="{n}">{cells}</row>'
    cols = "".join(
        f'<col min="{n}" max="{n}" width="{wide}" style="{_TEXT}" customWidth="1"/>'
        for n, wide in enumerate(widths, 1)
    )
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">{pane}</sheetView>'
        "</sheetViews>"
        f"<cols>{cols}</cols><sheetData>{drawn}</sheetData>{after}</worksheet>"
    )


def _safe(words: str) -> str:
    """Words as a cell holds them, in which _x0041_ would stand for a letter."""
    return escaped(re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", words))


def _parts(sheets: Mapping[str, str], title: str, ink: str) -> dict[str, bytes]:
    numbered = list(enumerate(sheets.items(), 1))
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_SHEET}.worksheet+xml"/>'
        for n, _ in numbered
    )
    listed = "".join(f'<sheet name={quoted(name)} sheetId="{n}" r:id="rId{n}"/>' for n, (name, _) in numbered)
    rels = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONSHIPS}worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n, _ in numbered
    )
    last = len(numbered) + 1
    kept = f"{OFFICE}package/2006/"
    parts = {
        TYPES: f'<Types xmlns="{kept}content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_SHEET}.styles+xml"/>{types}'
        '<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{kept}relationships"><Relationship Id="rId1"'
        f' Type="{RELATIONSHIPS}officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2"'
        f' Type="{kept}relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS[:-1]}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{kept}relationships">{rels}<Relationship'
        f' Id="rId{last}" Type="{RELATIONSHIPS}styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": _STYLES.replace("INK", ink),
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{kept}metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escaped(title)}</dc:title>'
        "<dc:language>en-GB</dc:language></cp:coreProperties>",
    }
    made = {name: words if words.startswith("<?xml") else HEAD + words for name, words in parts.items()}
    made |= {f"xl/worksheets/sheet{n}.xml": words for n, (_, words) in numbered}
    return {name: words.encode() for name, words in made.items()}
