"""What types cannot say. One function a rule: its docstring is the rule as a person reads it.

A rule takes a review with its nodes and the registers, and yields problems. Those that only
advise say so.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path as File

from pydantic import BaseModel

from toolkit.content.evidence import READ, REPORTED, REVIEW_ITSELF, standing
from toolkit.content.guidance import Shelf, in_words, unclear
from toolkit.content.meant import as_day, as_id
from toolkit.content.model import (
    Cite,
    Event,
    Knew,
    Picture,
    PointRole,
    Review,
    Role,
    SlideWords,
    Statement,
    Thought,
)
from toolkit.content.naming import named_hint, near_hint, next_id
from toolkit.content.quotes import FEWEST, MOST, check_of
from toolkit.content.registers import Registers
from toolkit.content.spelling import bare, laid_out, quoted
from toolkit.late import pattern
from toolkit.problems import Node, Place, Problem, counted, did_you_mean, near

Path = tuple[str | int, ...]
Rule = Callable[[Review, Node, Registers], Iterator[Problem]]
REVIEW_RULES: list[Rule] = []


def _rule(rule: Rule) -> Rule:
    REVIEW_RULES.append(rule)
    return rule


def check_review(
    review: Review, node: Node, registers: Registers, leaving_out: Collection[Rule] = ()
) -> list[Problem]:
    """Every problem of one review, in the order of its lines, but for the rules that are left out."""
    cites = list(unknown_cite(review, node, registers))
    if cites:  # the other rules look sources up
        return cites + list(same_id_twice(review, node, registers))
    rules = (rule for rule in REVIEW_RULES if rule not in leaving_out)
    return sorted(problem for rule in rules for problem in rule(review, node, registers))


_PATTERNS = "run: toolkit list patterns; then type the name that stands first in its line"


_OWN_KIND = """\
make a text file reference/kinds.yaml, or go on in yours, with these lines in your own words:
- id: {id}
  title: {title}
  short: {title}
  nation: England
  today: what it is called today
  purpose: What it is for, in a sentence.
  change: What has changed in it, in a sentence.
  source: Where that is written."""


def _kind_hint(kind: str, registers: Registers) -> str:
    hint = named_hint(kind, registers.kinds, "kinds")
    if not hint.startswith("there are"):
        return hint
    words = re.findall(r"[a-z0-9]+", kind.casefold())
    own = _OWN_KIND.format(id="-".join(words) or "inquest", title=" ".join(words).capitalize() or "Inquest")
    return f"{hint.partition(';')[0]}\n= if none is what you have, {own}"


def check_ways(review: Review, node: Node, patterns: Collection[str]) -> Iterator[Problem]:
    """Ways of working that no page template is called after."""
    for index, point in enumerate(review.points):
        if point.way and point.way.pattern not in patterns:
            name = point.way.pattern
            hint = did_you_mean(name, patterns, _PATTERNS, 0.75)
            where = node.at(("points", index, "way", "pattern")).place
            yield Problem(where, f"no way of working (pattern) is called '{name}'", hint)


def unknown_cite(review: Review, node: Node, registers: Registers) -> Iterator[Problem]:
    """Every cite names a source of the same file."""
    known = [s.id for s in review.sources]
    for path, cite in models_in(review):
        if isinstance(cite, Cite) and cite.source not in known:
            message = f"no source is called '{cite.source}'"
            hint = _source_hint(node, path, cite, known)
            yield Problem(node.at(path).place, *(_cut_at_a_comma(node, path, known) or (message, hint)))


def _source_hint(node: Node, path: Path, cite: Cite, known: list[str]) -> str:
    """What to type in place of a cite that begins with no source: the nearest one, or the only one."""
    where, typed = f" {cite.where}" * bool(cite.where), node.at(path).value
    if not near(cite.source, known, 0.5) and len(known) == 1 and isinstance(typed, str) and len(typed) < 40:
        place = f"{known[0]} {typed.strip()}" if re.search(r"\d", typed) else f"{known[0]}{where}"
        return f"a cite begins with the id of a source: {place}"
    return near_hint(cite.source, known, "in sources there are")


def _cut_at_a_comma(node: Node, path: Path, known: list[str]) -> tuple[str, str] | None:
    """What is said of a cite that is the second half of another: [S1 5.2, p11]."""
    *above, position = path
    words = node.at(path).value
    if not isinstance(position, int) or not position or not isinstance(words, str):
        return None
    before = node.at((*above, position - 1)).value
    if not isinstance(before, str) or before.split(" ")[0] not in known or re.fullmatch(r"[A-Z]+\d+", words):
        return None
    message = f"the comma makes '{words}' a cite of its own, and no source is called so"
    every = _items(node, path)
    at = position if len(every) > position else 1
    every = every or [before, words]
    every[at - 1 : at + 1] = [f"{before}, {words}"]
    return message, f"if it is part of '{before}', type it like this: {_as_list(path, every)}"


def _items(node: Node, path: Path) -> list[str]:
    """The cites of the list in which one stands, as they were typed; none where one of them is a group."""
    every = node.at(path[:-1]).value
    said = [one.value for one in every if isinstance(one.value, str)] if isinstance(every, list) else []
    return said if len(said) == len(every) else []


def _as_list(path: Path, items: list[str]) -> str:
    """The cites of a list as they are to be typed."""
    return f"{path[-2]}: [{', '.join(quoted(one) if ',' in one else one for one in items)}]"


@_rule
def one_source_in_a_cite(review: Review, node: Node, registers: Registers) -> Iterator[Problem]:
    """A cite names one source: others stand after a comma."""
    known = [re.escape(s.id) for s in review.sources if re.search(r"\d", s.id)]
    known.append(r"S\d+")
    other = re.compile(rf"(?:^|[;,]?\s)(and |& )?({'|'.join(known)})(?=[\s;,]|$)")
    apart = re.compile(rf"[;,]?\s+(?:and |& )?(?=(?:{'|'.join(known)})(?:[\s;,]|$))")
    for path, cite in models_in(review):
        if isinstance(cite, Cite) and cite.where and (match := other.search(cite.where)):
            between = (match[1] or match[0][: match.start(2) - match.start()]).strip()
            message = {
                "": "two cites stand here without a comma between them",
                ";": "two cites are joined by a semicolon",
                ",": "two cites stand here as one, with quotation marks round both",
            }.get(between, f"two cites are joined by '{between}'")
            every = [
                piece
                for one in _items(node, path) or [f"{cite.source} {cite.where}"]
                for piece in apart.split(one)
            ]
            yield Problem(node.at(path).place, message, f"put a comma between them: {_as_list(path, every)}")


@_rule
def words_of_a_cite(review: Review, node: Node, registers: Registers) -> Iterator[Problem]:
    """The words that a cite rests on stand in quotation marks, and are neither few nor a whole page."""
    for path, cite in models_in(review):
        if not isinstance(cite, Cite):
            continue
        place = node.at(path).place
        if cite.where and (match := _UNCLOSED.search(cite.where)):
            message = "the words of this cite do not end with the quotation mark that they begin with"
            yield Problem(place, message, f"put {_CLOSING[match[1]]} after the last word")
        elif cite.where and _UNQUOTED.search(cite.where):
            message = "what follows the colon would be printed as the place"
            hint = f"if it is what the report says, put quotation marks round it: {_quoted_words(cite)}"
            yield Problem(place, message, hint, stops=False)
        elif cite.quote and not FEWEST <= (count := len(cite.quote.split())) <= MOST:
            few = count < FEWEST
            message = f"{counted(count, 'word is', 'words are')} too {'few' if few else 'many'} for a cite"
            hint = f"give at least {FEWEST}, so that they stand in the report once"
            hint = hint if few else f"give at most {MOST}: those that carry the statement"
            yield Problem(place, message, hint)


_UNCLOSED = re.compile(r":\s*([\"“‘])")
_UNQUOTED = re.compile(r":(?:\s+[^\W\d_]+){4}")
_CLOSING = {'"': '"', "“": "”", "‘": "’"}


def _quoted_words(cite: Cite) -> str:
    where, _, words = (cite.where or "").partition(":")
    typed = f'"{cite.source} {where}: “{words.strip()}”"'
    return typed if len(typed) < 100 else f'"{cite.source} {where}: “…”"'


@_rule
def checked_in_a_file(review: Review, node: Node, registers: Registers) -> Iterator[Problem]:
    """Advice: that words were found counts only while words, sentence and record stay as they were, and for a
    report that was read."""
    for path, model in models_in(review):
        for index, cite in enumerate(getattr(model, "cites", ())):
            if cite.quote and review.source(cite.source).checked and not check_of(review, cite, model):
                message = f"nobody has found these words in '{cite.source}' as they and the sentence are now"
                hint = "they do not count as checked; they, the sentence or the record at the source may have"
                hint += f" been changed. Run: toolkit cite REPORT --review {review.id}"
                yield Problem(node.at((*path, "cites", index)).place, message, hint, stops=False)
    for number, source in enumerate(review.sources):
        if source.checked and source.kind == "review-report" and source.read not in READ:
            message = f"'{source.id}' is recorded as read: {source.read}, so no check against it counts yet"
            hint = "once it has been read, write read: part or read: whole at that source"
            yield Problem(node.at(("sources", number, "read")).place, message, hint, stops=False)


@_rule
def date_in_words(review: Review, node: Node, registers: Registers) -> Iterator[Problem]:
    """A date of the timeline is printed as it stands, so it is written in words."""
    for path, event in models_in(review):
        if isinstance(event, Event) and (match := _ISO.fullmatch(event.date)):
            said = in_words("-".join(f"{int(one):02}" for one in match.groups() if one))
            yield Problem(
                node.at((*path, "date")).place,
                f"the date {event.date} would be printed like this",
                f"write it in words: {said}",
            )
        elif isinstance(event, Event) and (said := _of_a_sheet(event.date)):
            message = f"'{event.date}' is a day as Excel counts it, and would be printed like this"
            yield Problem(node.at((*path, "date")).place, message, f"write it in words: {said}")
        elif isinstance(event, Event) and (day := as_day(event.date, True)) and "/" in event.date:
            message = f"the date {event.date} would be printed like this"
            hint = f"write it in words: {in_words(day)}"
            yield Problem(node.at((*path, "date")).place, message, hint, stops=False)


@_rule
def few_key_events(review: Review, node: Node, registers: Registers) -> Iterator[Problem]:
    """Advice: a briefing prints six key events, and leaves the others out."""
    key = [number for number, event in enumerate(review.timeline) if event.key]
    if len(key) > MOST_KEY_EVENTS:
        message = f"{len(key)} events have key: yes, and a briefing prints at most {MOST_KEY_EVENTS} of them"
        place = node.at(("timeline", key[MOST_KEY_EVENTS], "key")).place
        yield Problem(place, message, "leave it at those that matter most", stops=False)


MOST_KEY_EVENTS = 6


def _of_a_sheet(words: str) -> str:
    """The day in words of the number that a sheet keeps for it; nothing where there is none."""
    if not re.fullmatch(r"[2-5]\d{4}", words):
        return ""
    day = datetime.date(1899, 12, 30) + datetime.timedelta(int(words))
    return in_words(day.isoformat())


_ISO = pattern(r"((?:19|20)\d\d)[-/.](0?[1-9]|1[0-2])(?:[-/.](0?[1-9]|[12]\d|3[01]))?")


@_rule
def curly_quotation_marks(review: Review, node: Node, registers: Registers) -> Iterator[Problem]:
    """Advice: curly quotation marks round a whole value are printed; in a file they keep nothing together."""
    for place, name, text in _texts(node):
        inner = text[1:-1]
        if name not in _SPOKEN and text[:1] in "“‘" and text[-1:] in "”’" and not set(inner) & set("“”"):
            yield Problem(
                place,
                "the curly quotation marks round this text are printed with it",
                "delete both, unless somebody said or wrote these words",
                stops=False,
            )


@_rule
def left_to_be_written(review: Review, node: Node, registers: Registers) -> Iterator[Problem]:
    """Advice: a text that says only that it is still to come is printed like this."""
    for place, _, text in _texts(node):
        if _TO_COME.fullmatch(text.strip()):
            message = f"“{text.strip()}” stands here for words that are still to come, and is printed"
            yield Problem(place, message, "write them, or delete the field", stops=False)


@_rule
def marks_of_other_programs(review: Review, node: Node, registers: Registers) -> Iterator[Problem]:
    """Advice: what a web page or a chat makes a look or a link of is printed as it stands."""
    for place, name, text in _texts(node):
        if name not in ("url", "file") and (match := _MARKS.search(text)):
            message = f"the mark {match[0][:30]} is printed as it stands here"
            yield Problem(place, message, _instead(match[0]), stops=False)


def _instead(mark: str) -> str:
    """What to type in place of a mark of a web page or a chat."""
    import html

    if mark[0] == "&":
        return f"type {html.unescape(mark).replace(chr(160), 'a space')} in its place"
    if mark[0] == "[":
        return f"write the words alone: {mark[1:].partition(']')[0]}; an address goes to url of a source"
    return "delete it, and the one that ends it; for bold, type **words** between two stars"


_TO_COME = pattern(
    r"\W*(?:t\.?b\.?[acd]\.?|to\s*do|to follow|to be (?:confirmed|added|written)|x{3,}|lorem ipsum.*)\W*"
    r"|\.{3}|…|~|null|n/?a|[-_?]{3,}",
    re.I,
)
_MARKS = pattern(
    r"</?(?:b|i|u|em|strong|br|p|a|span|div|ul|ol|li|h[1-6])(?:\s[^>]*)?/?>|&(?:nbsp|amp|lt|gt|quot|#\d+);"
    r"|\[[^\]]+\]\(https?:[^)]*\)",
    re.I,
)
_SPOKEN = ("say", "questions", "question", "listen_for", "items", "message", "slide")


def _texts(node: Node, name: str = "", top: bool = True) -> Iterator[tuple[Place, str, str]]:
    """The places, fields and texts of a file; not the titles of points and sources, which may be quoted."""
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            if top or key != "title":
                yield from _texts(child, key, False)
    elif isinstance(node.value, list):
        for child in node.value:
            yield from _texts(child, name, False)
    elif node.value:
        yield node.place, name, node.value


@_rule
def same_id_twice(review: Review, node: Node, registers: Registers) -> Iterator[Problem]:
    """Points and sources each have an id of their own."""
    for name in ("points", "sources"):
        every = getattr(review, name)
        seen: dict[str, int] = {}
        for index, item in enumerate(every):
            place = node.at((name, index, "id")).place
            if item.id in seen:
                free = next_id(item.id, [one.id for one in every])
                hint = f"give this one an id of its own, such as {free}; line {seen[item.id]} has the other"
                yield Problem(place, f"two {name} are called '{item.id}'", hint)
            seen.setdefault(item.id, place.line)


@_rule
def name_of_the_file(review: Review, node: Node, registers: Registers) -> Iterator[Problem]:
    """The file is named after the id, so that a deck can find it."""
    place = node.at(("id",)).place
    if place.path.stem != review.id:
        yield Problem(
            place,
            f"the id '{review.id}' differs from the file's name",
            _as_the_file(place.path, review.id),
        )


def _as_the_file(path: File, id: str) -> str:
    """What to do about a file that has another name than its id."""
    stem, other = path.stem, path.with_name(f"{id}.yaml")
    if other.exists():
        if re.fullmatch(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*", stem):
            return f"write id: {stem}"
        free = next(f"{id}-{n}" for n in range(2, 1000) if not path.with_name(f"{id}-{n}.yaml").exists())
        return f"this is a copy of {other.name}: delete it; or rename it {free}.yaml, and write id: {free}"
    if as_id(stem) != stem.casefold():
        return f"rename the file {id}.yaml"
    return f"write id: {stem}, or rename the file {id}.yaml"


@_rule
def in_the_registers(review: Review, node: Node, registers: Registers) -> Iterator[Problem]:
    """The kind, themes and lenses stand in reference/."""
    if review.kind not in registers.kinds:
        yield Problem(
            node.at(("kind",)).place,
            f"no kind of review is called '{review.kind}'",
            _kind_hint(review.kind, registers),
        )
    for path, model in models_in(review):
        if isinstance(model, (Role, PointRole, Knew)):
            named: list[tuple[Path, str]] = [((*path, "lens"), model.lens)]
        else:
            known = model.known_to if isinstance(model, Event) else ()
            named = [((*path, "known_to", n), lens) for n, lens in enumerate(known)]
        for where, lens in named:
            if lens not in registers.agencies:
                yield Problem(
                    node.at(where).place,
                    f"no agency (lens) is called '{lens}'",
                    named_hint(lens, registers.agencies, "agencies"),
                )
    for index, point in enumerate(review.points):
        for field, register, listed in (
            ("themes", registers.themes, "themes"),
            ("lenses", registers.agencies, "agencies"),
        ):
            for position, name in enumerate(getattr(point, field)):
                if name not in register:
                    yield Problem(
                        node.at(("points", index, field, position)).place,
                        f"no {'agency (lens)' if field == 'lenses' else 'theme'} is called '{name}'",
                        named_hint(name, register, listed),
                    )


@_rule
def every_fact_cites(review: Review, node: Node, registers: Registers) -> Iterator[Problem]:
    """Whatever can cite says where it comes from, unless it is a thought, which may be ours."""
    for path, part in models_in(review):
        if "cites" not in type(part).model_fields or type(part) in (Thought, SlideWords) or part.cites:  # type: ignore[attr-defined]
            continue
        place = node.at(path).place
        if isinstance(part, Statement):
            what = _WORDS.get(
                next(str(step) for step in reversed(path) if isinstance(step, str)), "statement"
            )
            hint = _with_cites(node, path)
            yield Problem(place, f"this {what} has no source", hint)
        else:
            yield Problem(place, "this entry has no source", "add cites: [S1]")


def _with_cites(node: Node, path: Path) -> str:
    """How to add a cite to a statement, to be read on with `or`: one that is words alone becomes a group of
    fields first."""
    words, above = node.at(path), node.at(path[:-1])
    listed = isinstance(path[-1], int)
    if not isinstance(words.value, str) or above.inline:
        return "add cites: [S1], or move what is not known to not_known"
    said = bare(words.value) or "…"
    if not listed:
        lead = " " * (above.keys[str(path[-1])].column - 1)
        return laid_out(f"{lead}{path[-1]}:", f"{lead}  text: {said}", f"{lead}  cites: [S1]") + _UNKNOWN
    lead = " " * (words.place.column - 3)
    return laid_out(f"{lead}- text: {said}", f"{lead}  cites: [S1]") + _UNKNOWN


_UNKNOWN = "\n= or, if nobody knows it, move it to not_known"


_WORDS = {"finding": "finding", "happened": "account of what happened", "summary": "part of the summary"}


@_rule
def to_be_sorted(review: Review, node: Node, registers: Registers) -> Iterator[Problem]:
    """Advice: what was taken over from old material and has no field yet is never printed."""
    if review.unsorted:
        said = counted(len(review.unsorted), "sentence is", "sentences are")
        hint = "move each to the field where it belongs, or delete it: nothing of this list is printed"
        yield Problem(node.at(("unsorted",)).place, f"{said} still to be sorted", hint, stops=False)


@_rule
def court_is_no_finding(review: Review, node: Node, registers: Registers) -> Iterator[Problem]:
    """A court's account, or wider guidance, is never presented as the review's finding."""
    for index, point in enumerate(review.points):
        for position, statement in enumerate(point.finding):
            kinds = {review.source(c.source).kind for c in statement.cites}
            if (
                kinds
                and not kinds & (REPORTED | REVIEW_ITSELF)
                and not any(c.extract for c in statement.cites)
            ):
                yield Problem(
                    node.at(("points", index, "finding", position)).place,
                    "this finding rests on a court or on wider guidance only",
                    "move it to happened, and say who said it",
                )


@_rule
def cited_sources_were_read(review: Review, node: Node, registers: Registers) -> Iterator[Problem]:
    """A finding rests on nothing that nobody has opened."""
    for index, point in enumerate(review.points):
        for position, statement in enumerate(point.finding):
            if statement.cites and all(review.source(c.source).read == "not-read" for c in statement.cites):
                yield Problem(
                    node.at(("points", index, "finding", position)).place,
                    "this finding rests on a source that nobody has read",
                    "read it first, or move this to not_known",
                )


@_rule
def guidance_by_edition(review: Review, node: Node, registers: Registers) -> Iterator[Problem]:
    """Advice: a source that is guidance or law names an instrument and an edition of reference/guidance.yaml,
    and a cite of it the chapter or paragraph, since they move from edition to edition.
    """
    for index, source in enumerate(review.sources):
        if source.instrument:
            at = node.at(("sources", index))
            yield from _edition(at, source.id, source.instrument, source.edition, registers.shelf)
    named = {one.id for one in review.sources if one.instrument}
    for path, cite in models_in(review):
        if isinstance(cite, Cite) and cite.source in named and not cite.where:
            message = f"this cite of {cite.source} names no chapter or paragraph"
            hint = f"add it after a space, such as: {cite.source} chapter 5"
            yield Problem(node.at(path).place, message, hint, stops=False)


def _edition(at: Node, source: str, instrument: str, edition: str | None, shelf: Shelf) -> Iterator[Problem]:
    """What keeps somebody from being told when the guidance that a source is does not hold any more."""
    known: dict[str, list[str]] = {one.instrument: [] for one in shelf.entries}
    for one in shelf.entries:
        known[one.instrument] += [one.edition] if one.edition else []
    found = shelf.editions(instrument, edition)
    where, untold = at.at(("instrument",)).place, "so nobody is told when it is superseded"
    if instrument not in known:
        other = "add it to reference/guidance.yaml, or leave instrument and edition out"
        message = f"no guidance is called '{instrument}', {untold}"
        yield Problem(where, message, did_you_mean(instrument, known, other), stops=False)
    elif edition is None and known[instrument]:
        hint = f"add edition: {known[instrument][-1]}, or the one that was read"
        yield Problem(where, f"'{source}' names no edition of {instrument}, {untold}", hint, stops=False)
    elif edition is not None and len(found) > 1:
        hint = f"write edition: {' or '.join(dict.fromkeys(one.exact for one in found))}"
        message = f"'{source}' of {edition} {unclear(found)}, {untold}"
        yield Problem(at.at(("edition",)).place, message, hint, stops=False)
    elif edition is not None and not found:
        there = f"there are: {', '.join(known[instrument])}; " if known[instrument] else ""
        hint = f"{there}add yours to reference/guidance.yaml"
        message = f"no edition {edition} of {instrument} is known, {untold}"
        yield Problem(at.at(("edition",)).place, message, hint, stops=False)


@_rule
def standing_lowered_with_reason(review: Review, node: Node, registers: Registers) -> Iterator[Problem]:
    """A lowered standing says why."""
    for index, point in enumerate(review.points):
        if point.standing and not point.because:
            yield Problem(
                node.at(("points", index, "standing")).place,
                f"'{point.id}' is lowered to {point.standing} without a reason",
                "add a line: because: …",
            )


@_rule
def retired_with_reason(review: Review, node: Node, registers: Registers) -> Iterator[Problem]:
    """A review that is retired says since when and why, and does not take its own place."""
    if review.retired and not review.retired_because:
        yield Problem(
            node.at(("retired",)).place,
            "this review is retired without a reason",
            "add a line: retired_because: …; and what takes its place: replaced_by: …",
        )
    for name in ("retired_because", "replaced_by"):
        if getattr(review, name) and not review.retired:
            yield Problem(
                node.at((name,)).place,
                f"'{name}' stands here, and the review is not retired",
                "add the day: retired: 2026-11-01; or delete this line",
            )
    if review.replaced_by == review.id:
        yield Problem(
            node.at(("replaced_by",)).place,
            "a review cannot take its own place",
            "write the id of another review, or delete this line",
        )


@_rule
def checked_against_a_report(review: Review, node: Node, registers: Registers) -> Iterator[Problem]:
    """`checked` names a review report that was read, and a finding to check."""
    for index, point in enumerate(review.points):
        if not point.checked:
            continue
        place = node.at(("points", index, "checked")).place
        source = next((s for s in review.sources if s.id == point.checked.source), None)
        if source is None:
            yield Problem(
                place,
                f"no source is called '{point.checked.source}'",
                near_hint(point.checked.source, [s.id for s in review.sources], "in sources there are"),
            )
        elif source.kind != "review-report":
            yield Problem(
                place,
                f"'{source.id}' is not a review report, so it cannot lift a point's standing",
                "name the report, with kind: review-report",
            )
        elif source.read not in READ:
            yield Problem(
                place,
                f"'{source.id}' is recorded as read: {source.read}",
                "once it has been read, write read: part or read: whole at that source",
            )
        if not point.finding:
            yield Problem(place, "there is no finding to check", "write what the report found under finding")


@_rule
def ready_to_print(review: Review, node: Node, registers: Registers) -> Iterator[Problem]:
    """A point that is printed has a title sentence, slide words, practice, questions and trainer notes."""
    for index, point in enumerate(review.points):
        if standing(review, point) == "hold":
            continue
        missing = [
            name
            for name in ("message", "slide", "practice", "questions", "notes", "lenses", "themes")
            if not getattr(point, name)
        ]
        if missing:
            yield Problem(
                node.at(("points", index)).place,
                f"point '{point.id}' has no {', '.join(missing)}",
                "fill them in, or write standing: hold with because: …",
            )
        elif point.slide and not (point.slide.finding or point.slide.happened):
            yield Problem(
                node.at(("points", index, "slide")).place,
                "the slide has neither finding nor happened",
                "add one of them, at most 25 words",
            )
        elif point.slide and point.slide.finding and not point.finding:
            yield Problem(
                node.at(("points", index, "slide", "finding")).place,
                f"the slide shows a finding, but point '{point.id}' has none",
                "use happened on the slide, until the finding is known",
            )


@_rule
def answers_of_the_quiz(review: Review, node: Node, registers: Registers) -> Iterator[Problem]:
    """A quiz question has a right answer and a wrong one, and no answer twice."""
    for index, question in enumerate(review.quiz):
        path: Path = ("quiz", index, "answers")
        if len({answer.right for answer in question.answers}) == 1:
            none = "wrong" if question.answers[0].right else "right"
            yield Problem(
                node.at(path).place,
                f"no answer to this question is {none}",
                "delete right: yes at one of them, or add an answer that is not right"
                if none == "wrong"
                else "add right: yes below the answer that is",
            )
        said = [" ".join(answer.text.casefold().split()).rstrip(".") for answer in question.answers]
        for position, words in enumerate(said):
            if words in said[:position]:
                yield Problem(
                    node.at((*path, position)).place,
                    "this question has the same answer twice",
                    "delete one of them, or say something else",
                )


@_rule
def said_of_a_picture(review: Review, node: Node, registers: Registers) -> Iterator[Problem]:
    """A picture says in words what it shows, or that it is decorative; and on what terms it may be shown."""
    for path, picture in models_in(review):
        if not isinstance(picture, Picture):
            continue
        if picture.decorative and picture.alt:
            yield Problem(
                node.at((*path, "decorative")).place,
                "this picture is decorative and has an alternative text",
                "keep alt if it tells something, else decorative: yes",
            )
        elif not (picture.decorative or picture.alt):
            yield Problem(
                node.at((*path, "file")).place,
                "nothing says what this picture shows",
                "add alt: with a sentence for whoever cannot see it, or decorative: yes",
            )
        elif picture.alt and (len(picture.alt) > LONGEST_ALT or _NO_ALT.fullmatch(picture.alt)):
            long = len(picture.alt) > LONGEST_ALT
            yield Problem(
                node.at((*path, "alt")).place,
                f"this alternative text has {len(picture.alt)} letters"
                if long
                else f"the alternative text “{picture.alt}” says nothing",
                f"a screen reader reads it without a stop: say what it shows in at most {LONGEST_ALT}"
                if long
                else "say in a sentence what the picture shows, or write decorative: yes in place of alt",
            )
        if _NO_LICENCE.fullmatch(picture.licence):
            yield Problem(
                node.at((*path, "licence")).place,
                f"“{picture.licence}” is no licence: nobody has said that this picture may be shown",
                "ask who made it, and write the terms, such as CC BY 4.0; or leave the picture out",
            )


LONGEST_ALT = 250  # letters; Microsoft's advice is one or two sentences
_NO_ALT = pattern(
    r"(an? |the )?(picture|image|photo(graph)?|drawing|diagram|map|figure|graphic|logo)?[\s\d._-]*"
    r"|alt(ernative)? text|tbc|todo|\S+\.(png|jpe?g)",
    re.I,
)
_NO_LICENCE = pattern(
    r"(no(ne|t known)?|unknown|unlicen[cs]ed|unsure|no licen[cs]e|n/?a|tbc|tbd|todo|[\s?.–-]+)[\s?.]*", re.I
)


@_rule
def words_on_the_slide(review: Review, node: Node, registers: Registers) -> Iterator[Problem]:
    """Advice: a slide carries few words. Title 12, finding 28, each step 12."""
    for index, point in enumerate(review.points):
        limits: list[tuple[Path, str | None, int]] = [(("message",), point.message, 12)]
        if point.slide:
            limits += [
                (("slide", "finding"), point.slide.finding, 28),
                (("slide", "happened"), point.slide.happened, 28),
            ]
        limits += [(("practice", n, "slide"), step.slide, 12) for n, step in enumerate(point.practice)]
        for path, text, most in limits:
            if text and len(text.split()) > most:
                yield Problem(
                    node.at(("points", index, *path)).place,
                    f"{len(text.split())} words are many for a slide",
                    f"aim at {most} or fewer; the rest belongs in the notes",
                    stops=False,
                )


@_rule
def ids_in_words(review: Review, node: Node, registers: Registers) -> Iterator[Problem]:
    """No text names a point by its id: readers know the points by their titles."""
    ids = [p.id for p in review.points if re.search(r"\d", p.id)]
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, ids))})\b") if ids else None
    for place, text in spoken(node) if pattern else ():
        if pattern and (match := pattern.search(text)):
            yield Problem(
                place,
                f"'{match[0]}' is the id of a point, which no reader knows",
                "say in words what the point is about",
                stops=False,
            )


_MOST_KNOWN = 50  # reviews, of which the models inside are remembered
_known: dict[int, tuple[BaseModel, tuple[tuple[Path, BaseModel], ...]]] = {}


def models_in(model: BaseModel) -> tuple[tuple[Path, BaseModel], ...]:
    """Every model inside another, itself first, with its path of fields and positions."""
    if id(model) not in _known:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        _known[id(model)] = model, tuple(_within(model, ()))  # as long as it is here, no other has its id
    return _known[id(model)][1]


def _within(model: BaseModel, path: Path) -> Iterator[tuple[Path, BaseModel]]:
    yield path, model
    for name, value in vars(model).items():
        if isinstance(value, BaseModel):
            yield from _within(value, (*path, name))
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, BaseModel):
                    yield from _within(item, (*path, name, index))


def spoken(node: Node, name: str = "") -> Iterator[tuple[Place, str]]:
    """The places and texts of a review that people read or hear, without ids, addresses and the details of
    sources.
    """
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            if key not in (
                "sources",
                "id",
                "cites",
                "url",
                "themes",
                "lenses",
                "lens",
                "kind",
                "level",
                "standing",
                "because",
                "published",
                "board",
                "checked",
                "date",
                "file",
                "credit",
                "licence",
                "answered",
            ):
                yield from spoken(child, key)
    elif isinstance(node.value, list):
        for child in node.value:
            yield from spoken(child, name)
    elif len(node.value.split()) > 2:
        yield node.place, node.value
