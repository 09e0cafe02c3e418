"""Where the words of an Office file come from, as a table inside it: ids of reviews, points and fields.

It is a custom XML part, which PowerPoint and Word keep when they save (docs/office-facts.md). What it is
tied to on slides and in documents is told in `toolkit.office.origins`, which reads it. Every file has it,
because it also says what the file was built as (`toolkit.seals`). Besides ids it has what the file was made
of, and the fingerprints of its words (`toolkit.office.prints`), with which `toolkit.refresh` tells where each
word comes from and which are not ours. A PDF has the same table, as a remark (`toolkit.seals.with_table`).
"""

from __future__ import annotations

import json
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
from toolkit.office.prints import Prints
from toolkit.plan.model import Plan, Spans, content_of
from toolkit.render.printed import stretches
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
        self._joined: dict[str, str] = {}
        self._shapes: list[str] = []
        self._prints = Prints()
        self._leaves: list[str] = []

    def number(self, origin: str) -> int:
        """The line of the table that an origin has."""
        return self._numbers.setdefault(origin, len(self._numbers) + 1)

    def note(self, page: str, shape: int, paragraphs: Sequence[Spans]) -> None:
        """Add a shape: place, fingerprint and lines of the table for each paragraph with an origin."""
        found = []
        for n, spans in enumerate(paragraphs):
            every = dict.fromkeys([content_of(span.origin) for span in spans])
            every.pop("", None)
            if every:
                words = "".join([span.text for span in spans])
                lines = ",".join(dict.fromkeys(map(self._lines, every)))
                found.append(f"{n}:{fingerprint(words)}:{lines}")
        if found:
            said = " ".join(found)
            self._shapes.append(f'<shape {page} id="{shape}" of="{len(paragraphs)}">{said}</shape>')

    def built(self, marks: Iterable[str], slide: int = 0, page: str = "") -> None:
        """Add what a slide with its notes, or a document, is built as: `toolkit.office.story.marked`."""
        about = f" slide={quoted(str(slide))} page={quoted(page)}" if slide else ""
        self._leaves.append(f"<was{about}>{'|'.join(filter(None, marks))}</was>")

    def remember(self, printed: Iterable[Spans]) -> None:
        """Add paragraphs that the file prints."""
        for spans in printed:
            said = stretches(spans)
            self._prints.add([(self._lines(origin), words) for origin, words in said])

    def _lines(self, origin: str) -> str:
        """The lines of the table of some origins."""
        if origin not in self._joined:
            self._joined[origin] = ",".join([str(self.number(one)) for one in origin.split()])
        return self._joined[origin]

    def table(self, plan: Plan) -> bytes:
        """The table of the file of a plan, on one line of ASCII."""
        lines = "".join([f"<o>{escaped(origin)}</o>" for origin in self._numbers])
        prints, paragraphs = self._prints.written()
        made = escaped(json.dumps(made_of(plan, self._numbers), separators=(",", ":")))
        words = f"<made>{made}</made><prints>{prints}</prints><words>{paragraphs}</words>"
        shapes, leaves = "".join(self._shapes), "".join(self._leaves)
        whole = f'<origins xmlns="{ORIGINS}">{lines}{shapes}{words}{leaves}</origins>'  # leaves are last
        return whole.encode("ascii", "xmlcharrefreplace")

    def parts(self, plan: Plan) -> dict[str, bytes]:
        """The parts with the table, which is empty where no words have an origin."""
        return {PART: HEAD.encode() + self.table(plan), **_ABOUT}

    def relationship(self, number: int) -> str:
        """The relationship of the main part to the table."""
        return f'<Relationship Id="rId{number}" Type="{RELATIONSHIPS}customXml" Target="../{PART}"/>'

    def content_type(self) -> str:
        """What [Content_Types].xml has to say of the parts."""
        return f'<Override PartName="/{_PROPERTIES}" ContentType="{_KIND}"/>'


def made_of(plan: Plan, origins: Iterable[str]) -> dict[str, object]:
    """What the file of a plan was made of, and how: digests of those parts of the sources that it prints."""
    making = plan.making
    steps = [one.split("/", 3) for line in origins for one in line.split()]
    used = {"/".join(one[:2]) for one in steps} | {"/".join(one[:3]) for one in steps}
    told: dict[str, object] = {
        "of": making.of,
        "plan": making.name,
        "edition": plan.edition,
        "language": plan.language,
        "draft": bool(plan.draft),
        "unapproved": bool(plan.unapproved),
        "final": making.final,
        "large": making.large_print,
        "wishes": dict(making.wishes),
        "digests": {
            part: making.digests[part]
            for part in making.digests
            if part in used or part.startswith(("board/", f"{making.of}/"))
        },
    }
    return {name: value for name, value in told.items() if value}
