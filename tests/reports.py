"""An invented report of 40 pages, as PDF, Word file and text: every word of it is made up by this program."""

from __future__ import annotations

import io
import json
import random
import re
import textwrap
import zipfile
from dataclasses import dataclass
from functools import cache
from xml.sax.saxutils import escape

import typst

WHO = (
    *("The health visitor", "A teacher", "The invented office", "The family’s aunt", "A neighbour"),
    *("The multi-agency meeting", "The duty officer", "An off-duty nurse", "The well-known charity"),
)
DID = (
    *("did not write down", "never asked about", "wrote down", "asked about", "had no record of"),
    *("was not told of", "was told of", "could not find", "found", "took no account of", "refiled"),
)
WHAT = (
    *("the first letter", "a difficult conversation", "the child’s own words", "a fifth referral"),
    *("the “open door” plan", "an unsatisfactory explanation", "the follow-up visit", "a bruise-free week"),
    *("the affidavit", "the flowers on the sill", "an ineffective timetable", "a re-arranged appointment"),
)
WHEN = (
    *("in {n} days", "on {n} of {m} visits", "for {n} weeks", "by {n} April 2019", "at {n}.{m} per cent"),
    *("after £{n} was spent", "when {n} letters lay there", "in the winter of 20{m}"),
)
WHY = (
    *("because nobody had said who would ring", "although the office was open", "and no one asked again"),
    *("which was not unusual then", "as its own procedures say", "and somebody else was believed to know"),
    *("without a reason that was written down", "whatever the classification of the case"),
)


@dataclass(frozen=True)
class Sentence:
    """A sentence and the number of its paragraph."""

    number: str
    words: str


@cache
def sentences(paragraphs: int = 125, seed: int = 11) -> tuple[Sentence, ...]:
    """The report: each of its sentences once, in order."""
    luck = random.Random(seed)
    found: dict[str, Sentence] = {}
    for paragraph in range(paragraphs):
        number = f"{paragraph // 17 + 1}.{paragraph % 17 + 1}"
        for _ in range(luck.randint(2, 5)):
            when = luck.choice(WHEN).format(n=luck.randint(2, 28), m=luck.randint(11, 24))
            words = f"{luck.choice(WHO)} {luck.choice(DID)} {luck.choice(WHAT)} {when}, {luck.choice(WHY)}."
            found.setdefault(words, Sentence(number, words))
    return tuple(found.values())


def by_paragraph(every: tuple[Sentence, ...]) -> dict[str, list[str]]:
    """The sentences of each paragraph by its number."""
    found: dict[str, list[str]] = {}
    for one in every:
        found.setdefault(one.number, []).append(one.words)
    return found


@cache
def pdf(paragraphs: int = 125, seed: int = 11) -> tuple[bytes, dict[str, int]]:
    """The report as a PDF with narrow lines, hyphens at their ends, heads and page numbers; and the page on
    which each sentence begins.
    """
    lines = [
        "#set page(width: 12.4cm, height: 17.6cm, margin: 2cm, header: [An invented report],",
        "  footer: context [Invented board, page #counter(page).display()])",
        '#set text(size: 11pt, lang: "en", hyphenate: true)',
        "#set par(justify: true)",
        "#let at(id) = context [#metadata((id, here().page()))<at>]",
    ]
    count = 0
    for number, words in by_paragraph(sentences(paragraphs, seed)).items():
        if number.endswith(".1"):
            lines += ["", f"= {number[:-2]} An invented chapter", ""]
        typed = []
        for one in words:
            first, _, rest = one.partition(" ")
            typed.append(f"{first}#at({count}) {rest}")
            count += 1
        lines += ["", f"{number} {' '.join(typed)}"]
    source = "\n".join(lines).encode()
    data = typst.compile(source)
    told = json.loads(typst.query(source, "<at>", field="value"))
    every = sentences(paragraphs, seed)
    return data, {every[id].words: page for id, page in told}


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006"
_SPACES = f'xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="{_WPS}" xmlns:a="{_MAIN}/main"'
_SPACES += f' xmlns:wp="{_MAIN}/wordprocessingDrawing"'
_SPACES += ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def paragraph(words: str, about: str = "") -> str:
    """A paragraph whose words are parted into runs, some of them in the middle of a word, some with what Word
    puts between letters."""
    third = len(words) // 3
    pieces = [words[:third], words[third : 2 * third], words[2 * third :]]
    who = 'w:author="An invented editor" w:date="2024-05-01T09:00:00Z"'
    never = '<w:r><w:delText xml:space="preserve">never </w:delText></w:r>'
    middle = f'<w:ins w:id="1" {who}>{run(pieces[1])}</w:ins><w:del w:id="2" {who}>{never}</w:del>'
    soft = f"{run(pieces[2][:2])}<w:r><w:softHyphen/></w:r>{run(pieces[2][2:])}"
    return f"<w:p>{about}{run(pieces[0])}{middle}{soft}</w:p>"


def boxed(words: str, twice: bool) -> str:
    """A paragraph with a text box; where it is there `twice`, for newer and for older programs."""
    held = f"<w:txbxContent>{paragraph(words)}</w:txbxContent>"
    old = f'<w:pict><v:shape style="width:300pt;height:90pt"><v:textbox>{held}</v:textbox></v:shape></w:pict>'
    if not twice:
        return f"<w:p><w:r>{old}</w:r></w:p>"
    size = '<wp:extent cx="3810000" cy="1143000"/><wp:docPr id="7" name="An invented box"/>'
    extent = '<a:xfrm><a:off x="0" y="0"/><a:ext cx="3810000" cy="1143000"/></a:xfrm>'
    shape = (
        f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>{extent}<a:prstGeom prst="rect"/></wps:spPr>'
        f"<wps:txbx>{held}</wps:txbx><wps:bodyPr/></wps:wsp>"
    )
    graphic = f'<a:graphic><a:graphicData uri="{_WPS}">{shape}</a:graphicData></a:graphic>'
    new = f"<w:drawing><wp:inline>{size}{graphic}</wp:inline></w:drawing>"
    return (
        f'<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def docx(every: tuple[Sentence, ...] = ()) -> bytes:
    """The report as a Word file: in paragraphs, tables, content controls, text boxes and footnotes, and in
    the last chapters with numbers that Word counts."""
    body, notes = [], []
    for count, (number, words) in enumerate(by_paragraph(every or sentences()).items()):
        whole, kind = f"{number} {' '.join(words)}", count % 5
        if int(number.partition(".")[0]) > 6:
            if number.endswith(".1"):
                body.append(paragraph("An invented chapter", _counted(0)))
            body.append(paragraph(" ".join(words), _counted(1)))
        elif kind == 0:
            body.append(paragraph(whole))
        elif kind == 1:
            cell = f"<w:tc>{paragraph(whole)}</w:tc>"
            body.append(f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>{cell}</w:tr></w:tbl>")
        elif kind == 2:
            body.append(f"<w:sdt><w:sdtContent>{paragraph(whole)}</w:sdtContent></w:sdt>")
        elif kind == 3:
            body.append(boxed(whole, count % 2 == 0))
        else:
            id = len(notes) + 1
            mark = f'<w:r><w:footnoteReference w:id="{id}"/></w:r>'
            body.append(f"<w:p>{run('An invented note follows')}{mark}</w:p>")
            notes.append(f'<w:footnote w:id="{id}">{paragraph(whole)}</w:footnote>')
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="{7 if n == 0 else 1}"/><w:numFmt w:val="decimal"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for n, text in enumerate(("%1", "%1.%2"))
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        + "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{name}{main}+xml"/>'
            for name, main in (("document", ".main"), ("footnotes", ""), ("numbering", ""))
        )
        + "</Types>",
        "_rels/.rels": _rels("officeDocument", "word/document.xml"),
        "word/_rels/document.xml.rels": _rels("footnotes", "footnotes.xml", "numbering", "numbering.xml"),
        "word/document.xml": f"<w:document {_SPACES}><w:body>{''.join(body)}</w:body></w:document>",
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="0"><w:p/>'
        f"</w:footnote>{''.join(notes)}</w:footnotes>",
        "word/numbering.xml": f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="4">{levels}'
        '</w:abstractNum><w:num w:numId="9"><w:abstractNumId w:val="4"/></w:num></w:numbering>',
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}')
    return held.getvalue()


def accepted(data: bytes) -> bytes:
    """A Word file of ours without what was deleted in it, which LibreOffice prints struck out."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            new.writestr(name, re.sub(rb"<w:del .*?</w:del>", b"", old.read(name)))
    return held.getvalue()


def _counted(level: int) -> str:
    return f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="9"/></w:numPr></w:pPr>'


def _rels(*said: str) -> str:
    every = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{said[n]}" Target="{said[n + 1]}"/>'
        for n in range(0, len(said), 2)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{every}</Relationships>'


def txt(every: tuple[Sentence, ...] = ()) -> str:
    """The report as a text with short lines, some of which end in a hyphen."""
    made = []
    for number, words in by_paragraph(every or sentences()).items():
        lines = textwrap.wrap(f"{number} {' '.join(words)}", 46, break_on_hyphens=True)
        for at, line in enumerate(lines[:-1]):
            first, _, rest = lines[at + 1].partition(" ")
            if at % 3 == 0 and len(first) > 7 and first.isalpha() and first.islower():
                lines[at], lines[at + 1] = f"{line} {first[:4]}-", f"{first[4:]} {rest}"
        made.append("\n".join(lines))
    return "An invented report\n\n" + "\n\n".join(made) + "\n"
