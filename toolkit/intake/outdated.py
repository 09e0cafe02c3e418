"""What in old material is out of date on a day: superseded guidance, and old terms of the field.

What tells of its own time is in order: that a review was commissioned under Working Together 2015 stays
true. So are quotations, and the names and titles of reviews, boards and documents. Where nobody can be sure,
nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from toolkit.content.guidance import Guidance, Shelf, day_named, in_words, mentions, superseded
from toolkit.content.registers import Registers, Term
from toolkit.intake.material import Material, Words, sentences
from toolkit.office.accessible.findings import Finding, cut
from toolkit.problems import Place
from toolkit.refresh.dated import Lexicon, Old, Setting
from toolkit.refresh.prose import Prose, without_others

GUIDANCE, TERM = "Superseded guidance", "Old term"

# Words that tell that something is past. A verb that may also say what is so today counts only after no form
# of “be”.
_NOT_BE = "".join(rf"(?<!\b{word} )" for word in ("is", "are", "be", "being"))
_NO_NAME = "".join(rf"(?<!\b{word} )" for word in ("or", "and", "the", "a", "an"))
_PAST = re.compile(
    r"\b(?:was|were|had|did|been|became|began|took|died|wrote|went|gave|came|saw|knew"
    rf"|{_NOT_BE}(?:found|made|held|felt|led|told|said|heard|sought|{_NO_NAME}(?:published|completed"
    r"|commissioned|carried|concluded|identified|recommended|highlighted|considered|reported|stated|agreed"
    r"|received|visited|attended|decided|asked|showed|looked|undertook|replaced|ended)))\b",
    re.I,
)
_MONTH = (
    r"(?:(?:\d\d?(?:st|nd|rd|th)?\s+)?(?:January|February|March|April|May|June|July|August|September|October"
)
_MONTH += r"|November|December)\s+)?"
_THEN = re.compile(
    rf"\b(?:in|during|since|until|till|between|from|by|before|after|on)\s+{_MONTH}((?:19|20)\d\d)\b", re.I
)
# A sentence about the word itself, or about a change of words.
_OF_WORDS = re.compile(
    r"\b(?:formerly|previously|known as|now called|now known|so-called|used to be|renamed|avoid|instead of"
    r"|rather than|no longer|titled|entitled|(?:the|this|that) (?:term|phrase|word|label|expression)s?"
    r"|terminology|replac\w+|supersed\w+|earlier editions?|old(?:er)? (?:edition|version|term)s?)\b",
    re.I,
)
# An entry of a list of sources, or a line that names one.
_ENTRY = re.compile(r"\s*(?:\[\d+\]|sources?\s*:)\s", re.I)
_REFERENCES = re.compile(
    r"(?:references?|bibliography|sources?|further reading|legislation)(?: list)?:?", re.I
)
# The field: a file in which two of these stand is about it, and its words mean what they mean there.
_FIELD = (
    r"safeguard\w*",
    r"child(?:ren’?'?s)? protection",
    r"(?:serious )?case reviews?|practice reviews?|\bSCRs?\b",
    r"\bLSCBs?\b|safeguarding (?:children )?(?:board|partnership)",
    r"social (?:workers?|care)",
    r"(?:child|children)\W+(?:abuse|neglect)|abuse (?:and|or) neglect|\bneglect\b",
    r"sexual exploitation|domestic abuse|looked after child\w*",
)
# Old terms that other things are called as well: what must stand in the sentence too.
_APPOINTMENT = r"\b(?:child|children|baby|babies|son|daughter|infant)\b(?s:.*)"
_APPOINTMENT += r"\b(?:appointment|clinic|health|dental|hospital)"
_REVIEW = r"\b(?:SCRs?|case reviews?|practice reviews?|safeguarding)\b"
_NEEDS = {
    "did not attend": _APPOINTMENT,
    "failed to attend": _APPOINTMENT,
    "dna": _APPOINTMENT,
    "hard to reach": r"\b(?:famil\w+|parents?|communit\w+|groups?|people|fathers?|mothers?|children)\b",
    "lifestyle choice": r"\b(?:sexual\w*|exploit\w*)\b",
    "promiscuous": r"\b(?:child|girls?|young|sexual\w*)\b",
    "overview report": _REVIEW,
    "executive summary": _REVIEW,
    "executive summaries": _REVIEW,
}
_GROWN = re.compile(
    r"\b(?:mother|father|parents?|staff|practitioners?|GP|agenc\w+|meeting|conference|court)\b", re.I
)
_NATIONS = {"Wales": r"\b(?:Wales|Welsh)\b", "Scotland": r"\b(?:Scotland|Scottish|Scots)\b"}
_ONE = re.compile(  # what makes a review or report a certain one, whose name stays
    r"\b(?:the|this|that|these|those|its|his|her|their|each|other|a recent|recent|national|local|our|one|two"
    r"|three|four|five|\w+’s|\w+'s)\s+(?:\w+\s+)?\Z",
    re.I,
)
_TITLED = re.compile(
    r"\s*(?:\((?:SCRs?)\)\s*)?(?:[-–—:,/]\s*|(?:report|review|panel|group|sub-?group|committee|team|briefing)\b|(?:into|in\s+respect\s+of|in\s+relation\s+to|on|about|of|for"
    r"|regarding|concerning|by)\s+(?:the\s+)?(?:[A-Z0-9]|a\s|young|child|baby|family)|[A-Z0-9])"
)
_MILD = ("professionals",)  # a word that most readers still use
_NAMES = ("review", "report", "summar", "SCR", "IMR")


def outdated(material: Material, registers: Registers, day: str) -> Iterator[Finding]:
    """What is out of date on a day, each with its place."""
    terms = _terms(material, registers.terms) if is_of_the_field(material) else []
    lexicon, setting = Lexicon(terms, Shelf(), day), Setting(_nations(material))
    titles = mentions(registers.shelf.entries)
    for paragraph in _read(material):
        for sentence in sentences(paragraph.text):
            words = without_others(_plain_titles(sentence, titles) if titles else sentence)
            if _OF_WORDS.search(words) or _is_title(words):
                continue
            prose = Prose(Place(material.path), (), words, sentence, is_account(words, day))
            if titles and not prose.is_account:
                for match in titles.finditer(words):
                    yield from _guidance(match, registers.shelf, paragraph, day)
            for old in lexicon.old_in(prose, setting):
                if _means_it(old, words):
                    yield _term(old, paragraph, sentence)


_SHORT_FORM = re.compile(r"[”’\"]?\s*\([A-Z]{2,8}\)(?=\s*[(\[]?(?:19|20)\d\d\b)")


def _plain_titles(sentence: str, titles: re.Pattern[str]) -> str:
    """A sentence as long as before, in which titles of guidance are no quotations, and no short form stands
    between a title and its year.
    """
    signs = list(sentence)
    for match in titles.finditer(sentence):
        start, end = match.span()
        if start and sentence[start - 1] in '“‘"' and sentence[end : end + 1] in ("”", "’", '"'):
            signs[start - 1] = signs[end] = " "
        if short := _SHORT_FORM.match(sentence, end):
            signs[short.start() : short.end()] = " " * len(short[0])
    return "".join(signs)


def _read(material: Material) -> Iterator[Words]:
    """The paragraphs of a file without its lists of references: they say what was used then."""
    listing = False
    for paragraph in material.words:
        if _REFERENCES.fullmatch(paragraph.text.strip()):
            listing = True
        elif paragraph.level:
            listing = False
        if not listing and not _ENTRY.match(paragraph.text):
            yield paragraph


def _terms(material: Material, terms: Sequence[Term]) -> list[Term]:
    """The terms that may be out of date in a file: one that names the new kind of review as well knows that
    the old one was called otherwise.
    """
    every = "\n".join([material.title, *(one.text for one in material.words)]).casefold()
    return [one for one in terms if not (_is_of_reviews(one.old) and one.new.casefold() in every)]


def _is_of_reviews(old: str) -> bool:
    return any(name.casefold() in old.casefold() for name in _NAMES)


def is_of_the_field(material: Material) -> bool:
    """Whether a file is about safeguarding, so that its words mean what they mean there."""
    every = "\n".join([material.title, *(one.text for one in material.words)])
    return sum(re.search(pattern, every, re.I) is not None for pattern in _FIELD) >= 2


def is_account(sentence: str, day: str) -> bool:
    """Whether a sentence tells of its own time, and not of what to do today."""
    if _PAST.search(sentence):
        return True
    return any(match[1] < day[:4] for match in _THEN.finditer(sentence))


def _guidance(match: re.Match[str], shelf: Shelf, paragraph: Words, day: str) -> Iterator[Finding]:
    """That an edition which is named does not hold any more."""
    name, named = " ".join(match["name"].split()), day_named(match)
    every = [one for one in shelf.entries if one.is_called(name)]
    if not (every and named):
        return
    found = shelf.meant(every, named, day)
    if any(not superseded(one, shelf, day) for one in found[1:]):
        return  # of several that may be meant one holds
    if found:
        entry = found[0]
        said, newest = superseded(entry, shelf, day), shelf.newest(entry, day)
        called = f"{entry.title} {in_words(named)}" if len(found) > 1 else entry.name
        later = shelf.overtaken(entry, day)
    else:
        known = sorted(one.day for one in every if one.day)
        newest = _in_force(every, shelf, day)
        if not newest and known and named < known[0] <= day[: len(known[0])]:
            yield _may_be_over(every[0], named, known[0], paragraph)
            return
        said = f"is older than {newest.name}" if newest and known and named < known[0] else ""
        called, later = f"{every[0].title} {in_words(named)}", [one for one in every if one.begins <= day]
    if said:
        hint = "say in its place what holds today"
        if newest:
            hint = f"read {newest.name}, and name that with its own chapters: they may have moved"
        sure = not newest or newest.is_confirmed or any(one.is_confirmed for one in later)
        yield Finding("error" if sure else "warning", GUIDANCE, paragraph.place, f"{called} {said}", hint)


def _may_be_over(entry: Guidance, named: str, known: str, paragraph: Words) -> Finding:
    """That an edition is older than the only ones that are known, of which none is known to be in force."""
    message = f"{entry.title} {in_words(named)} is older than the edition of {in_words(known)}"
    message += ", of which it is not known here whether it is in force"
    hint = "look up at its publisher which edition holds today, and name that"
    return Finding("warning", GUIDANCE, paragraph.place, message, hint)


def _in_force(every: list[Guidance], shelf: Shelf, day: str) -> Guidance | None:
    return next((one for one in reversed(every) if shelf.is_in_force(one, day)), None)


def _means_it(old: Old, words: str) -> bool:
    """Whether an old word is surely meant as one here."""
    said = " ".join(words[old.start : old.end].replace("-", " ").casefold().split())
    singular = said.removesuffix("s") if said.removesuffix("s") in _NEEDS else said
    if (needed := _NEEDS.get(singular)) and not re.search(needed, words, re.I):
        return False
    if needed == _APPOINTMENT and _GROWN.search(words, 0, old.start):
        return False
    before, after = words[max(0, old.start - _AROUND) : old.start], words[old.end : old.end + _AROUND]
    if before.endswith("(") and after.startswith(")"):
        return False  # the short form of what stands before it, which is told by itself or is a name
    if not _is_of_reviews(old.entry):
        return True
    # A certain review or report keeps its name: only reviews in general are called otherwise today.
    return not (
        _LISTED.search(before) or _ONE.search(before) or _TITLED.match(after) or _CAPITAL.search(before)
    )


_DOCUMENT = re.compile(
    r"\b(?:report|paper|study|analysis|bulletin|summary|briefing) (?:of|on|about|by|from)\b"
    r"|\b(?:annual|biennial|triennial|first|second|third|final|research) (?:report|analysis)\b"
    r"|\((?:pdf|word|docx?)\b[^)]*\)|\bISBN\b",
    re.I,
)
_VERB = re.compile(
    r"\b(?:is|are|be|has|have|do|does|must|should|shall|can|cannot|may|might|will|need|needs|click|see|read|ask"
    r"|follow|contact|refer|send|tell|use|complete|think|consider|remember|provides|summarises|describes|explains"
    r"|applies|requires|covers|includes|outlines|defines|gives|makes|identifies|highlights|recommends|deals)\b",
    re.I,
)
# A work on reviews, whose title goes on with them.
_LISTED = re.compile(
    r"\b(?:analys[ie]s|stud(?:y|ies)|reports?|panel|experts)\s+(?:of|on|from|into|arising\s+from)\s+\Z", re.I
)
_AROUND = 200  # letters beside an old word that say how it is meant
_CAPITAL = re.compile(r"(?:\b[A-Z][\w’'&-]+|\d)\s+\Z")


def _term(old: Old, paragraph: Words, sentence: str) -> Finding:
    message = f"{old.message}, in “{cut(sentence, 60)}”"
    return Finding("tip" if old.entry in _MILD else "warning", TERM, paragraph.place, message, old.hint)


def _is_title(words: str) -> bool:
    """Whether this names a document: no verb, and a word for what it is."""
    return _DOCUMENT.search(words) is not None and not _VERB.search(words)


def _nations(material: Material) -> frozenset[str]:
    """Of which nations a file tells: England where it names none of the others."""
    every = "\n".join([material.title, *(one.text for one in material.words)])
    others = {name for name, pattern in _NATIONS.items() if re.search(pattern, every)}
    return frozenset({"England", *others})
