"""Where the words of an Office file come from, as a table inside it: ids of reviews, points and fields.

It is a custom XML part, which PowerPoint and Word keep when they save (docs/office-facts.md). What it is
tied to on slides and in documents is told in `toolkit.office.origins`, which reads it. Every file has it,
because it also says what the file was built as (`toolkit.seals`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from toolkit.office.opc import (
    HEAD,
    OFFICE,
    ORIGINS,
    RELATIONSHIPS,
    Rel,
    escaped,
    fingerprint,
    quoted,
    rels_name,
    rels_part,
)
from toolkit.office.story import Line, marked
from toolkit.plan.model import Spans
from toolkit.seals import PART

_PROPERTIES = "customXml/itemProps1.xml"
_KIND = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
# Every custom XML part has a second one with an id that stays the same (ECMA-376 part 1, 22.5.2).
_ABOUT = {
    _PROPERTIES: (
        f'{HEAD}<ds:datastoreItem xmlns:ds="{OFFICE}officeDocument/2006/customXml"'
        ' ds:itemID="{8A2B0D5E-6C0F-5E0B-9A59-3B5B7C6F2E41}"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{ORIGINS}"/></ds:schemaRefs></ds:datastoreItem>'
    ).encode(),
    rels_name(PART): rels_part(PART, [Rel("rId1", RELATIONSHIPS + "customXmlProps", _PROPERTIES)]),
}


class Origins:
    """Counts origins, and notes the shapes of slides whose words have one."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._shapes: list[str] = []
        self._leaves: list[str] = []

    def number(self, origin: str) -> int:
        """The line of the table that an origin has."""
        return self._numbers.setdefault(origin, len(self._numbers) + 1)

    def note(self, page: str, shape: int, paragraphs: Sequence[Spans]) -> None:
        """Add a shape: place, fingerprint and lines of the table for each paragraph with an origin."""
        found = []
        for n, spans in enumerate(paragraphs):
            every = dict.fromkeys([span.origin for span in spans])
            every.pop("", None)
            if every:
                words = "".join([span.text for span in spans])
                lines = ",".join([str(self.number(origin)) for origin in every])
                found.append(f"{n}:{fingerprint(words)}:{lines}")
        if found:
            said = " ".join(found)
            self._shapes.append(f'<shape {page} id="{shape}" of="{len(paragraphs)}">{said}</shape>')

    def built(self, lines: Iterable[Line], slide: int = 0, page: str = "") -> None:
        """Add what a slide with its notes, or a document, is built as (`toolkit.office.story`)."""
        about = f" slide={quoted(str(slide))} page={quoted(page)}" if slide else ""
        self._leaves.append(f"<was{about}>{marked(lines)}</was>")

    def parts(self) -> dict[str, bytes]:
        """The parts with the table, which is empty where no words have an origin."""
        lines = "".join([f"<o>{escaped(origin)}</o>" for origin in self._numbers])
        said = "".join((lines, *self._shapes, *self._leaves))
        table = f'{HEAD}<origins xmlns="{ORIGINS}">{said}</origins>'
        return {PART: table.encode(), **_ABOUT}

    def relationship(self, number: int) -> str:
        """The relationship of the main part to the table."""
        return f'<Relationship Id="rId{number}" Type="{RELATIONSHIPS}customXml" Target="../{PART}"/>'

    def content_type(self) -> str:
        """What [Content_Types].xml has to say of the parts."""
        return f'<Override PartName="/{_PROPERTIES}" ContentType="{_KIND}"/>'
