"""What a person writes in YAML: a review with its learning points, a deck, a briefing, a board's contacts.

Every model is frozen and knows nothing of slides or pages. Field descriptions are what editors show as one
types.
"""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError

from toolkit.content.bounds import LEAST_MINUTES, MOST_MINUTES, TOGETHER, is_everyone
from toolkit.late import dataclass


def _real_day(value: str) -> str:
    try:
        datetime.date(*(int(part) for part in f"{value}-01-01".split("-")[:3]))
    except ValueError:
        raise PydanticCustomError("no_such_day", "no calendar has this day") from None
    return value


@dataclass(frozen=True)
class _OrShort:
    """For the JSON Schema: a short form, plain text, is as good as the group of fields."""

    description: str

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {
            "anyOf": [
                {"type": ["string", "number"], "minLength": 1, "description": self.description},
                handler(schema),
            ]
        }


# What editors are told differs from what Python checks where YAML has a type of its own: a title may be
# `2024`, a date 2016, and
# `yes` is a word in YAML 1.2. Plain scalars reach the models as text (see `source`), so all of these are
# good.
_NAME = r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$"
_DAY = r"^(19|20)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"
_PARTIAL_DAY = r"^(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"

Text = Annotated[
    str,
    StringConstraints(min_length=1, strip_whitespace=True),
    WithJsonSchema({"type": ["string", "number", "boolean"], "minLength": 1}),
]
Id = Annotated[
    str, StringConstraints(pattern=_NAME), WithJsonSchema({"type": ["string", "integer"], "pattern": _NAME})
]
Ref = Annotated[  # an id of a register, which `rules` looks up: whoever writes a title is told its id there
    str,
    StringConstraints(min_length=1, strip_whitespace=True),
    WithJsonSchema({"type": ["string", "integer"], "pattern": _NAME}),
]
Day = Annotated[str, StringConstraints(pattern=_DAY), AfterValidator(_real_day)]
PartialDay = Annotated[
    str,
    StringConstraints(pattern=_PARTIAL_DAY),
    AfterValidator(_real_day),
    WithJsonSchema(
        {"type": ["string", "integer"], "pattern": _PARTIAL_DAY, "minimum": 1900, "maximum": 2099}
    ),
]
YesNo = Annotated[bool, WithJsonSchema({"enum": [True, False, "yes", "no"]})]
Web = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
Language = Annotated[
    Literal["en-GB", "cy-GB"],
    BeforeValidator(lambda value: f"{value}-GB" if value in ("en", "cy") else value),
]

SourceKind = Literal[
    "review-report",
    "board-summary",
    "government",
    "nspcc",
    "professional-press",
    "news",
    "training",
    "court",
    "context",
]
Read = Literal["whole", "part", "opening", "not-read"]
Standing = Literal["releasable", "marked", "hold"]


class Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


_SEAL, _SHA256 = r"^[0-9a-f]{16}$", r"^[0-9a-f]{64}$"
Seal = Annotated[
    str, StringConstraints(pattern=_SEAL), WithJsonSchema({"type": ["string", "number"], "pattern": _SEAL})
]


class FileCheck(Model):
    """A person's record of having found words in a file of a source: `toolkit cite` writes it."""

    by: Text = Field(description="Role or name of the person who has checked.")
    on: Day = Field(description="The day of the check, such as 2026-11-23.")
    file: Text = Field(description="The file's name.")
    sha256: Annotated[str, StringConstraints(pattern=_SHA256)] = Field(description="The file's digest.")
    found: tuple[Seal, ...] = Field(
        (), description="A seal for each cite whose words were found: of words, statement and this record."
    )


Audience = Annotated[
    Literal["restricted"] | None,
    Field(description="restricted, for what is never printed; nothing, for what is for everyone."),
]


class Source(Model):
    """Something that was read, and how far."""

    id: Id = Field(description="Short name used in cites, such as S1.")
    title: Text
    publisher: Text
    kind: SourceKind
    url: Web | None = Field(None, description="Where it was found; leave out when it has no public address.")
    published: PartialDay | None = None
    read: Read = Field(description="How far the source was read: whole, part, opening or not-read.")
    instrument: Id | None = Field(
        None, description="For guidance and law: which one, such as working-together."
    )
    edition: Text | None = Field(None, description="Which edition of it, such as 2023.")
    note: Text | None = None
    audience: Audience = None
    checked: tuple[FileCheck, ...] = Field(
        (), description="Who has found words of cites in which file: toolkit cite writes it."
    )


class Cite(Model):
    """A pointer to a source: "S2", or "S2 5.2, p11" with the paragraph or page after the first space; then,
    after a colon and in quotation marks, the words that it rests on, which are never printed.
    """

    shown: ClassVar[tuple[str, ...]] = ("source", "where", "extract")  # to templates

    source: Id
    where: Text | None = Field(None, description="Paragraph, page or section.")
    extract: YesNo = Field(
        False, description="Yes when this source reproduces the review's own words at this point."
    )
    quote: Text | None = Field(
        None, description="The source's own words that this rests on: evidence, which is never printed."
    )


CITE = re.compile(  # with the words it rests on: S1 5.2, p11: "…"
    r"(?P<source>[^\s:]+)(?:\s+(?P<where>[^:].*?))??(?P<rest>\s*:\s*"
    r"(?:\"(?P<straight>.+)\"|“(?P<curly>.+)”|‘(?P<single>.+)’|'(?P<plain>.+)'))",
    re.DOTALL,
)


def _cite(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if match := CITE.fullmatch(value.strip()):
        quote = next(filter(None, match.group("straight", "curly", "single", "plain")))
        return {"source": match["source"], "where": match["where"], "quote": quote}
    source, _, where = value.strip().partition(" ")
    return {"source": source, "where": where.strip() or None}


Cites = tuple[
    Annotated[
        Cite,
        BeforeValidator(_cite),
        _OrShort(
            "A source's id, then a space and the paragraph or page: S1 5.2, p11. After a colon the words that"
            " it rests on may follow, in quotation marks: then all of it needs quotation marks of its own."
        ),
    ],
    ...,
]


class Thought(Model):
    """One or two sentences that are ours where they cite nothing: why it matters, what good looks like."""

    text: Text
    slide: Text | None = Field(
        None, description="The few words for a slide, at most 15; the text itself when left out."
    )
    cites: Cites = ()
    audience: Audience = None


class Statement(Thought):
    """One or two sentences that state a fact, and the sources they rest on. It must have some."""


_short = BeforeValidator(lambda value: {"text": value} if isinstance(value, str) else value)
_text_alone = _OrShort("The text alone, without a source.")
Said = Annotated[Statement, _short, _text_alone]
Statements = tuple[Said, ...]
Thoughts = tuple[Annotated[Thought, _short, _text_alone], ...]


class Event(Model):
    """One entry of the timeline. `date` is words ("Autumn 2011"): public accounts often give no day."""

    date: Text
    text: Text
    slide: Text | None = Field(
        None, description="At most 12 words for the drawn timeline; the text itself when left out."
    )
    cites: Cites
    audience: Audience = None
    key: YesNo = Field(False, description="Yes for the few events that the slide and the briefing show.")
    known_to: tuple[Ref, ...] = Field(
        (), description="Agencies that the source says knew of it then: toolkit list agencies."
    )
    harm: YesNo = Field(False, description="Yes for the death, or for the harm: drawn as an open ring.")
    decision: YesNo = Field(
        False, description="Yes where the source says that somebody decided then what to do next."
    )


class Quoted(Model):
    """Words of the report, or of the child, that stand alone and large."""

    words: Text = Field(description="The words themselves without quotation marks, at most 14.")
    by: Text = Field(
        description="Whose they are, and who tells them: The report, as the newspaper quotes it."
    )
    cites: Cites
    audience: Audience = None


class Number(Model):
    """One figure that says more than a sentence would."""

    figure: Text = Field(description="The figure with its unit, at most 12 letters, such as: 27 visits.")
    counts: Text = Field(description="What it counts, when and who says so, in at most 16 words.")
    cites: Cites
    audience: Audience = None


class Picture(Model):
    """A picture made for training, a map or a diagram: never one of a real child."""

    file: Text = Field(
        description="Where it lies in the folder reviews, such as pictures/bench.png: a PNG or JPEG."
    )
    alt: Text | None = Field(
        None,
        description="What it shows, for whoever cannot see it: a sentence or two, at most 250 letters.",
    )
    decorative: YesNo = Field(
        False, description="Yes, in place of alt, when it tells nothing that the words do not."
    )
    credit: Text = Field(description="Who made it, as it is to be named: the name, or the role.")
    licence: Text = Field(
        description="On what terms it may be shown, such as: CC BY 4.0, or: made for this training."
    )
    caption: Text | None = Field(None, description="One line that stands before the credit.")
    audience: Audience = None


@dataclass(frozen=True)
class Bitmap:
    """A picture read and made ready: a PNG or JPEG without metadata, upright, and its size in dots."""

    data: bytes
    width: int
    height: int


class Child(Model):
    """Who the child was, as far as the sources tell. Never more than was published."""

    name: Text = Field(description="The published name or pseudonym that slides use, such as Daniel.")
    pseudonym: YesNo = Field(description="Yes when this is not the child's real name.")
    detail: Said | None = Field(
        None,
        description="One human detail, at most 14 words: it stands alone on the child's slide. The first of"
        " `who` when left out.",
    )
    who: Statements = Field(
        (), description="The child as a person: age, family place, what they liked, as published."
    )
    voice: Statements = Field(
        (), description="What is known of the child's voice and daily lived experience."
    )
    not_known: tuple[Text, ...] = Field((), description="What no source that was read tells about the child.")
    picture: Picture | None = Field(
        None, description="A picture beside the child's detail, made for training: never of a real child."
    )


class Check(Model):
    """A person's record of reading the review report: it lifts a marked point to releasable."""

    by: Text = Field(description="Role or name of the person who read the report.")
    on: Day = Field(description="The day it was read, such as 2026-11-23.")
    source: Id = Field(description="The review report among this review's sources.")
    where: Text = Field(description="The paragraph or page that carries the finding.")


class SlideWords(Model):
    """The few words a slide can carry; the full account goes to the guide and the briefing.

    They rest on all that the point's findings cite, or on fewer sources that `cites` names.
    """

    happened: Text | None = Field(None, description="At most 25 words. Use when there is no finding to show.")
    finding: Text | None = Field(None, description="At most 25 words.")
    cites: Cites = Field(
        (), description="What these words rest on, where that is not all that the findings cite."
    )


class PointNotes(Model):
    """What the trainer needs to lead this point, written to be used unseen."""

    say: tuple[Text, ...] = Field(
        description="Plain sentences to read aloud; one item is one breath-long paragraph."
    )
    listen_for: tuple[Text, ...] = Field((), description="What good answers sound like.")
    care: Text | None = Field(None, description="How to look after the room at this point.")
    do: Text | None = Field(None, description="An activity, when there is one.")
    if_short: Text | None = Field(None, description="What to keep when time runs out.")


class Knew(Statement):
    """What one agency knew, for people who speak for an agency that is not their own."""

    lens: Ref


class Way(Model):
    """The way of working that suits a point: one of the patterns in templates/pages, and what it needs."""

    pattern: Id = Field(
        description="Such as decide, pairs, rank, line, day, voices, card, recall, situation."
    )
    question: Text | None = Field(
        None, description="What is put to the room; the point's first question when left out."
    )
    known: Statements = Field((), description="For decide: what was known then, in at most three lines.")
    unknown: Statements = Field((), description="For decide: what nobody could say then, in one line.")
    next: Statements = Field((), description="For decide: what happened next.")
    items: tuple[Text, ...] = Field(
        (),
        description="What is put in order (rank), placed on a line (line), or told as an everyday situation"
        " of ours (situation).",
    )
    hours: tuple[Event, ...] = Field(
        (), description="For day: hours of the child's day that a source gives; never made up."
    )
    knew: tuple[Knew, ...] = Field((), description="For voices: what each agency knew.")
    listen_for: tuple[Text, ...] = Field((), description="What good answers sound like.")


class PointRole(Model):
    """What a point means for one agency: for a session of that agency alone. Ours where it cites nothing."""

    lens: Ref
    means: Annotated[Thought, _short, _text_alone] = Field(
        description="What the point means for this agency, in at most 25 words."
    )
    question: Text = Field(description="One question to people of this agency.")
    action: Text = Field(description="One thing that they can do this week, in at most twelve words.")


class Point(Model):
    """One learning point."""

    id: Id
    title: Text = Field(description="A short name, such as: The child nobody spoke to.")
    message: Text | None = Field(None, description="The slide title: one sentence that says the learning.")
    level: Literal["case", "system"] = Field(
        "case", description="A finding about this case, or a reason in the system."
    )
    priority: Annotated[int, Field(ge=1, le=3)] = Field(
        2, description="1 is taught first when time is short, 3 last."
    )
    way: Way | None = Field(
        None, description="How a room works on it; in pairs on its questions when left out."
    )
    roles: tuple[PointRole, ...] = Field((), description="What it means for single agencies.")
    slide: SlideWords | None = None
    happened: Statements = ()
    finding: Statements = Field((), description="What the review found. Leave out when no source read says.")
    found_by: Text | None = Field(
        None, description="Who found it, where not the review did, such as: the 2014 analysis."
    )
    why: Thoughts = Field((), description="Why it matters. Without cites it is printed as our reading.")
    practice: Thoughts = Field(
        (), description="What good looks like. Without cites it is printed as a suggestion."
    )
    questions: tuple[Text, ...] = Field((), description="For discussion, answerable by any practitioner.")
    lenses: tuple[Ref, ...] = Field((), description="Agencies it concerns: toolkit list agencies.")
    themes: tuple[Ref, ...] = Field((), description="What it is about: toolkit list themes.")
    notes: PointNotes | None = None
    not_known: tuple[Text, ...] = Field((), description="What the sources read do not tell.")
    audience: Audience = None
    picture: Picture | None = Field(
        None, description="A picture for the point in the guide, such as a diagram."
    )
    standing: Literal["marked", "hold"] | None = Field(
        None, description="Lowers the standing; it can never raise it."
    )
    because: Text | None = Field(None, description="Why the standing was lowered.")
    checked: Check | None = None


class Ask(Model):
    """A recommendation of the review or a key area named by its board."""

    to: Text = Field(description="Who it is addressed to.")
    text: Text
    slide: Text | None = Field(
        None, description="The few words for a slide, at most 15; the text itself when left out."
    )
    cites: Cites
    audience: Audience = None


class Asks(Model):
    """What the review recommended or the board said it would look for."""

    title: Text = Field(description="What the source calls them, such as Recommendations or Key areas.")
    intro: Said | None = None
    items: tuple[Ask, ...] = ()
    since: Statements = Field((), description="What is known of what was done afterwards.")
    not_known: tuple[Text, ...] = ()


class Role(Model):
    """A question to one agency: what this review means for its daily work. Ours, and labelled so."""

    lens: Ref
    text: Text
    slide: Text | None = Field(
        None, description="The few words for a slide, at most 12; the text itself when left out."
    )


class Answer(Model):
    """An answer of a quiz question."""

    text: Text
    right: YesNo = False


class Question(Model):
    """A question of the quiz, with two to five answers, of which at least one is right."""

    text: Text
    answers: Annotated[tuple[Answer, ...], Field(min_length=2, max_length=5)]
    because: Text = Field(description="Why: read aloud after the answers.")
    cites: Cites
    audience: Audience = None


class Disagreement(Model):
    """Sources that do not agree, and what the outputs say instead."""

    about: Text
    versions: tuple[Said, ...]
    advice: Text


class Fact(Model):
    """One line of identification, such as the author or the method."""

    label: Text
    text: Text
    cites: Cites
    audience: Audience = None


class Answered(Model):
    """What a person answers to a warning of toolkit check: why these words may stand."""

    rule: Text = Field(description="The rule that warns, by its id, such as exact-day.")
    words: tuple[Text, ...] = Field(
        (), description="The words that it is about, as they stand here; all that the rule warns of without."
    )
    reason: Text = Field(description="Why they may stand: what was published, and by whom.")
    by: Text = Field(description="Role or name of the person who has decided it.")
    on: Day = Field(description="The day of the decision, such as 2026-11-23.")


class Review(Model):
    """One review: who it was about, what happened, what was learned and how we know."""

    hidden: ClassVar[tuple[str, ...]] = ("unsorted",)  # from templates

    id: Id
    title: Text
    kind: Ref = Field(description="toolkit list kinds shows them: such as serious-case-review.")
    board: Text = Field(description="The board that published it.")
    published: PartialDay
    language: Language = "en-GB"
    child: Child | None = None
    warning: Text | None = Field(
        None,
        description=(
            "What people will hear about, after the words This is about: a baby who died, and domestic abuse."
        ),
    )
    facts: tuple[Fact, ...] = ()
    cautions: tuple[Text, ...] = Field(
        (), description="How to speak of this review; trainers see these first."
    )
    summary: Statements = Field(description="What happened and what followed: the account in full.")
    story: Statements = Field(
        (),
        description="The story as it is read aloud, at most 120 words; those with words for a slide (three at"
        " most) are the short story, for a session about several reviews. The summary when left out.",
    )
    timeline: tuple[Event, ...] = ()
    picture: Picture | None = Field(
        None, description="A picture for the account in the guide, such as a map of the places."
    )
    quotation: Quoted | None = Field(
        None, description="The report's or the child's own words, for a slide of their own."
    )
    numbers: tuple[Number, ...] = Field((), description="Figures for a slide of their own, the best first.")
    points: tuple[Point, ...]
    good_practice: Statements = ()
    asks: Asks | None = None
    roles: tuple[Role, ...] = ()
    quiz: tuple[Question, ...] = Field((), description="Questions with answers, from cited facts.")
    disagreements: tuple[Disagreement, ...] = ()
    not_known: tuple[Text, ...] = ()
    unsorted: Statements = Field(
        (),
        description="Sentences of old material that toolkit import has taken over and that are still to be"
        " sorted into the other fields. They are never printed.",
    )
    sources: tuple[Source, ...]
    example: YesNo = Field(
        False, description="Yes in a starter whose words are invented: such a review is never final."
    )
    answered: tuple[Answered, ...] = Field(
        (), description="Answers to warnings about what may identify somebody, or blames: never printed."
    )
    audience: Audience = None
    review_by: Day | None = Field(
        None, description="The day by which somebody should look at this file again."
    )
    retired: Day | None = Field(
        None,
        description="The day from which this review is no longer used: its decks and briefings are no longer"
        " built.",
    )
    retired_because: Text | None = Field(None, description="Why it is no longer used.")
    replaced_by: Text | None = Field(
        None, description="What takes its place: the id of another review, or words."
    )

    @property
    def why_retired(self) -> str:
        """Since when it is retired, and why; empty where it is in use."""
        return f"retired since {self.retired}: {(self.retired_because or '').rstrip('.')}" * bool(
            self.retired
        )

    def source(self, id: str) -> Source:
        """The source with this id. Raises StopIteration when there is none: `rules` has seen to that."""
        return next(s for s in self.sources if s.id == id)


class Contact(Model):
    """Somewhere to turn: a person, a number, a page."""

    title: Text = Field(description="When one turns there, such as: A concern about a child.")
    text: Text = Field(description="Where to turn: who, and the number.")
    short: Text | None = Field(None, description="The same in few words, for a page with little room.")
    url: Web | None = None


class Board(Model):
    """`board.yaml`: what every deck and briefing of a folder says of its board, unless it says otherwise."""

    name: Text | None = Field(
        None, description="The board that gives the sessions; it stands in the footer. None when left out."
    )
    brand: Id = "house"
    language: Language = "en-GB"
    edition: PartialDay | None = Field(
        None, description="The edition of decks and briefings that name none, such as 2026-11."
    )
    footer: Text | None = Field(
        None, description="What stands in the footer in place of the name, title and edition."
    )
    raise_concern: tuple[Contact, ...] = Field(
        (), description="How to raise a concern about a child, in the order people should try."
    )
    support: tuple[Contact, ...] = Field((), description="Support for people who take part.")
    escalation: Text | None = Field(
        None, description="What to do when another agency does not act, and where that is written."
    )
    procedures: Web | None = Field(None, description="Where the local procedures are.")
    names_kept_out: Text | None = Field(
        None,
        description="A private list of names that must never be printed, a name on each line: a file outside"
        " this folder.",
    )


NO_BOARD = Board.model_validate({})  # what holds in a folder without board.yaml


def _everyone(value: Any) -> Any:
    """`everyone`, or one agency, or a list of them."""
    if isinstance(value, str):
        return () if is_everyone(value) else (value.strip(),)
    if isinstance(value, list | tuple) and any(map(is_everyone, value)):
        if not all(map(is_everyone, value)):
            raise PydanticCustomError("everyone_and_others", TOGETHER)
        return ()
    return value


class Selection(Model):
    """A review in a deck or briefing, and which of its points are told in full."""

    review: Id
    points: tuple[Id, ...] = Field(
        (), description="In the order they are told. Chosen by the toolkit when left out."
    )


_named = BeforeValidator(lambda value: {"review": value} if isinstance(value, str) else value)


class Work(Model):
    """What decks and briefings share. What is left out comes from board.yaml."""

    title: Text
    subtitle: Text = Field("", description="A line below the title.")
    board: Text | None = Field(
        None,
        description="The board that gives the session or publishes the briefing; it stands in the footer.",
    )
    edition: PartialDay | None = Field(None, description="When this edition was made, such as 2026-11.")
    language: Language | None = None
    brand: Id | None = None
    review_by: Day | None = Field(
        None, description="The day by which somebody should look at this file again."
    )
    outline: Id
    reviews: Annotated[
        tuple[Annotated[Selection, _named, _OrShort("The review's id alone.")], ...], Field(min_length=1)
    ] = Field(description="Which reviews: one or more, in the order they are told.")


class Deck(Work):
    """One session: which reviews, how long, for whom, in a room or online."""

    title: Text = Field("", description="Made from the names of the reviews when left out.")
    outline: Id = "session"
    minutes: Annotated[int, Field(ge=LEAST_MINUTES, le=MOST_MINUTES)] = Field(
        description=f"How long the session takes, in minutes: a number from {LEAST_MINUTES} to"
        f" {MOST_MINUTES}."
    )
    audience: Annotated[tuple[Ref, ...], BeforeValidator(_everyone), _OrShort("everyone, or one agency.")] = (
        Field((), description="Agencies, or everyone: toolkit list agencies.")
    )
    warning: Text | None = Field(
        None,
        description="What people will hear about, for a session on several reviews, after the words You will"
        " hear about; the reviews' own warnings when left out.",
    )
    mode: Literal["room", "online"] = "room"
    points: tuple[Id, ...] = Field(
        (), description="Which points are taught; chosen by the toolkit when left out."
    )


class Briefing(Work):
    """One practitioner briefing for team discussion."""

    outline: Id = "practitioner-briefing"
    questions: tuple[Text, ...] = Field(
        description="Three questions for the team discussion; more stand on a third side."
    )
    sides: Annotated[
        Literal[2, 3], BeforeValidator(lambda value: int(value) if value in ("2", "3") else value)
    ] = Field(2, description="3 for a third side: every point in full, what was asked for, and all sources.")
