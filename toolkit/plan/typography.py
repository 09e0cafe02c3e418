"""Words as a good printer sets them: spaces at which no line may end, en dashes in ranges, curly quotes.

Nothing is added and nothing taken away: one character stands where one stood, so that words which go over
several spans can be set as a whole. Addresses of the web and of mail stay as they were written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from toolkit.late import pattern, replace
from toolkit.plan.model import Blocks, Note, Page, Plan, Spans, changed, text

NBSP = "\u00a0"


def _listed(*words: str) -> frozenset[str]:
    return frozenset(" ".join(words).split())


_MONTHS = _listed(
    "January February March April May June July August September October November December",
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec",
    "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr",
)
_DAYS = _listed(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Llun Mawrth Mercher Iau Gwener Sadwrn Sul"
)
_SEASONS = _listed(
    "spring summer autumn winter easter christmas early mid late gwanwyn haf hydref gaeaf pasg nadolig"
)
# What a number follows: page 11, Section 47, Level 4.
_LABELS = _listed(
    "page pages p pp paragraph paragraphs para paras section sections s ss chapter chapters part parts",
    "article articles schedule schedules regulation regulations rule rules annex appendix volume volumes vol",
    "table tables figure figures level levels tier tiers band bands stage stages grade grades year years",
    "step steps slide slides side sides question questions point points item items number numbers no nos",
    "type class group phase tudalen tudalennau tud t tt paragraff paragraffau adran adrannau pennod rhan",
    "erthygl atodlen tabl lefel haen cam blwyddyn sleid cwestiwn pwynt rhif",
)
# What a letter follows: Child A, Annex B.
_LETTERED = _listed(
    "child baby family sibling adult mother father plan school annex appendix group plentyn babi teulu"
)
_TITLES = _listed("Dr Mr Mrs Ms Mx Miss Prof Professor Sir Dame Lord Lady St Sgt")
# Words with a capital that stand before a year without belonging to it.
_BEFORE_YEARS = _listed(
    "In By To Of At On From Since Until Till During Before After Between Around About And But Or For The",
    "Yn Ers Cyn Ar",
)
# Small words that follow a number and do not belong to it, in English and Welsh.
_LOOSE = _listed(
    "about after again against all alone also although among and any are around because been before below",
    "between both but did does each even every for from had has have having her here him his how into its",
    "may might more most must nor not now off once only onto other our out over per said saw she should",
    "since some still such than that the their them then there these they this those though through too",
    "under until upon very was were what when where which while who whom whose why will with without would",
    "yet you your neu yna pan bod gan gyda wedi oedd mae roedd bydd ein eich dros dan hyd heb nid hefyd sydd",
    "fel rhwng ers nes cyn",
)
_UNITS = _listed("am pm km kg cm mm mg ml mph hr hrs min mins sec secs bn m k g l")
_SUMS = _listed("million billion thousand per percent")
_OF = _listed("of in o")  # 3 of 5, 1 in 4
_ELIDED = _listed("tis twas twere em til cause bout n r u i w m th")  # ’tis, and in Welsh ’n and ’r

_ADDRESS = pattern(
    r"(?:https?://|mailto:|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:uk|org|com|net|gov|wales|cymru|info|eu|ie|scot|yaml|pptx|docx|pdf|txt|html?)"
    r"\b(?:/\S*)?",
    re.I,
)
_NUMBERS = pattern(r"(?<![\w.,:/–—£+-])£?(\d{1,4})-£?(\d{1,4})(?![\d\w/–—-]|[.:,]\d)")
_TIMES = pattern(r"(?<![\w.,:/–—-])(\d{1,2}[.:]\d\d)-(\d{1,2}[.:]\d\d)(?![\w/–—-])")
_NAMED = pattern(r"\b([^\W\d_]{3,})-(?=([^\W\d_]{3,})\b)")

_YEAR = pattern(r"(?:19|20)\d\d(?!\d)")
_CORE = pattern(r"[^\W_]+")
_DAY_OF_MONTH = pattern(r"\d{1,2}(?:st|nd|rd|th|af|ain|fed|eg|ydd)?")
_COUNT = pattern(r"[£€$]?\d(?:[\d,.]*\d)?")
_INITIAL = pattern(r"(?!I$)[A-Z]\.?|(?:[A-Z]\.){2,}")
_ACRONYM = pattern(r"[A-Z]{2,}s?")


@lru_cache(maxsize=8192)
def set_well(text: str) -> str:
    """A text with spaces kept, ranges dashed and quotes curled; as many characters as before, and the same
    letters and digits. What is set well already stays.
    """
    addresses = [found.span() for found in _ADDRESS.finditer(text)] if "." in text or ":" in text else []
    made = _kept_together(_dashed(_curled(text, addresses)))
    for start, end in addresses:
        made = made[:start] + text[start:end] + made[end:]
    return made


def _curled(words: str, addresses: Sequence[tuple[int, int]]) -> str:
    """Straight quotes and apostrophes curled; a prime after a digit, as in 5' 4", stays."""
    if '"' not in words and "'" not in words:
        return words
    made: list[str] = []
    single = double = 0  # quotations that are open
    for at, letter in enumerate(words):
        before = made[-1] if made else " "
        after = words[at + 1 : at + 2]
        if letter in "\"'" and any(start <= at < end for start, end in addresses):
            pass
        elif letter == '"':
            if before.isdecimal() and not double:
                pass
            else:
                letter = "“" if _opens(before, after) else "”"
        elif letter == "'":
            if before.isdecimal() and not after.isalpha() and not single:
                pass
            elif _opens(before, after) and not _is_elided(words[at + 1 :]):
                letter = "‘"
            else:
                letter = "’"
        if letter in "“”":
            double = double + 1 if letter == "“" else max(double - 1, 0)
        elif letter == "‘" or (letter == "’" and not after.isalpha()):
            single = single + 1 if letter == "‘" else max(single - 1, 0)
        made.append(letter)
    return "".join(made)


def _opens(before: str, after: str) -> bool:
    """Whether a quotation begins between two characters."""
    return (before.isspace() or before in "([{“‘–—/-") and bool(after) and not after.isspace()


def _is_elided(after: str) -> bool:
    """Whether the word that begins here has lost its first letters: ’tis, ’90s; in Welsh ’r and ’n."""
    found = re.match(r"\d\ds?\b|[^\W\d_]+", after)
    return found is not None and (found[0][0].isdecimal() or found[0].casefold() in _ELIDED)


def _dashed(words: str) -> str:
    """Ranges of numbers, times, months and days with an en dash."""
    if "-" not in words:
        return words
    words = _TIMES.sub(r"\1–\2", _NUMBERS.sub(_range, words))
    return _NAMED.sub(_named_range, words)


def _range(found: re.Match[str]) -> str:
    first, last = found[1], found[2]
    short = len(first) == 4 and len(last) == 2  # 2013-14; but 2011-12 may be a month
    rises = int(last) > max(int(first[2:]), 12) if short else int(last) > int(first)
    leading = any(len(number) > 1 and number.startswith("0") for number in (first, last) if not short)
    return found[0].replace("-", "–") if rises and not leading else found[0]


def _named_range(found: re.Match[str]) -> str:
    both = {found[1], found[2]}
    return f"{found[1]}–" if both <= _MONTHS or both <= _DAYS else found[0]


def _kept_together(words: str) -> str:
    """The spaces at which no line may end, as U+00A0."""
    if " " not in words:
        return words
    tokens = words.replace(NBSP, " ").split(" ")
    made, at = list(words), -1
    for n, (left, right) in enumerate(pairwise(tokens)):
        at += len(left) + 1
        if made[at] == " " and left and right and _may_keep(left, right):
            before, after = tokens[n - 1] if n else "", tokens[n + 2] if n + 2 < len(tokens) else ""
            made[at] = NBSP if _keeps(before, left, right, after) else " "
    return "".join(made)


def _may_keep(left: str, right: str) -> bool:
    """Whether it is worth looking: nearly all pairs of words are two small words."""
    return not (right[0].islower() and left.isalpha()) or left == "per"


@lru_cache(maxsize=16384)
def _keeps(before: str, left: str, right: str, after: str) -> bool:
    """Whether two words belong together; what stands before and after them may say so."""
    if right in ("–", "—"):
        return True  # a dash begins no line
    left = re.split("[–—/]", left.lstrip("([“‘–—/"))[-1] or left
    before = before.lstrip("([“‘")
    core = found[0] if (found := _CORE.match(right.lstrip("("))) else ""
    if _is_date(left, core) or (right[0].isdecimal() and _is_numbered(before, left, right)):
        return True
    if right[0].isupper() and _is_name(before, left, right, core):
        return True
    if right == "/":
        return left.isdecimal() and after[:1].isdecimal()
    if left == "per":
        return core == "cent" and before[-1:].isdecimal()
    if left in ("e.", "i.", "h."):
        return right[:2] in ("g.", "e.", "y.")
    return bool(_COUNT.fullmatch(left)) and _is_counted(before, left, core, right, after)


def _is_date(left: str, right: str) -> bool:
    """Whether two words are of a date, or a name and its year: the Children Act 1989."""
    name, small = left.rstrip("."), left.rstrip(".").casefold()
    if _YEAR.fullmatch(right):
        named = len(left) > 1 and left[0].isupper() and left.replace("’", "").isalpha()
        return name in _MONTHS or small in _SEASONS or (named and left not in _BEFORE_YEARS)
    day = bool(_DAY_OF_MONTH.fullmatch(left)) or small in ("early", "mid", "late")
    return right in _MONTHS and day


def _is_numbered(before: str, left: str, right: str) -> bool:
    """Whether a number belongs to the word before it: page 11, Section 47, NHS 111, 3 of 5."""
    if left.rstrip(".").casefold() in _LABELS or _ACRONYM.fullmatch(left):
        return True
    if left in _OF or left == "/":
        return before[-1:].isdecimal()
    return _is_telephone(before, left, right)


def _is_name(before: str, left: str, right: str, core: str) -> bool:
    """Whether two words are parts of a name: Dr Shah, J. B. Shah, Child A, Working Together."""
    if (left, core) in (("Working", "Together"), ("Key", "Stage")) or left.rstrip(".") in _TITLES:
        return True
    if left.casefold() in _LETTERED:
        return len(core) == 1 and core != "I"
    if not _INITIAL.fullmatch(left):
        return False
    given = before.rstrip(".") in _TITLES or bool(_INITIAL.fullmatch(before))
    return bool(_INITIAL.fullmatch(right)) or given or (left.endswith(".") and not before)


def _is_telephone(before: str, left: str, right: str) -> bool:
    """Whether two groups of digits are parts of one number."""
    group = re.match(r"\d+", right)
    assert group
    if _YEAR.fullmatch(left) and _YEAR.fullmatch(group[0]):
        return False
    if re.fullmatch(r"\+\d{1,3}|0\d{1,4}|\(?0\d{2,4}\)", left):
        return True
    return left.isdecimal() and (
        min(len(left), len(group[0])) >= 3 or (before[-1:].isdecimal() and before[0] in "0+")
    )


def _is_counted(before: str, number: str, core: str, right: str, after: str) -> bool:
    """Whether a number counts or measures the word that follows it."""
    if _YEAR.fullmatch(number):
        return False
    if core in _UNITS or core in _SUMS or re.match(r"[ap]\.m\b", right):
        return True
    if core in _OF:
        return after[:1].isdecimal()
    label = before.rstrip(".")
    if label.casefold() in _LABELS | {"age", "aged", "oed"} or label in _MONTHS or _ACRONYM.fullmatch(label):
        return False
    noun = core.islower() and len(core) > 2 and core not in _LOOSE
    return right[0].isalpha() and (noun or bool(_ACRONYM.fullmatch(core)))


def set_spans(spans: Spans, names: Sequence[str] = ()) -> Spans:
    """Spans set well, as the one line that they are; `names` are words that stay together."""
    whole = text(spans)
    made = _named(set_well(whole), names)
    return spans if made == whole else cut_like(spans, made)


def cut_like(spans: Spans, whole: str) -> Spans:
    """A text of as many characters as some spans have, cut where they are cut."""
    found, at = [], 0
    for span in spans:
        found.append(replace(span, text=whole[at : at + len(span.text)]))
        at += len(span.text)
    return tuple(found)


def _named(words: str, names: Iterable[str]) -> str:
    for name in names:
        if name in words:
            words = words.replace(name, name.replace(" ", NBSP))
    return words


def set_plan(plan: Plan) -> Plan:
    """A plan whose every word is set well: titles, slots, notes, drawings."""
    names = plan.together

    def line(words: str) -> str:
        return _named(set_well(words), names)

    def of(blocks: Blocks) -> Blocks:
        return tuple(changed(block, line, lambda spans: set_spans(spans, names)) for block in blocks)

    def page(one: Page) -> Page:
        slots = tuple((name, of(blocks)) for name, blocks in one.slots)
        notes = tuple(Note(note.name, of(note.blocks)) for note in one.notes)
        return replace(one, title=line(one.title), section=line(one.section), slots=slots, notes=notes)

    return replace(
        plan,
        title=line(plan.title),
        subtitle=line(plan.subtitle),
        board=line(plan.board),
        draft=line(plan.draft),
        unapproved=line(plan.unapproved),
        footer=line(plan.footer),
        pages=tuple(page(one) for one in plan.pages),
    )
