"""What a sentence and the words that it rests on do not share: numbers, days, denials and names of agencies.

Whoever writes says a thing in their own words; these few may not get lost or changed on the way. It is no
judgement of what a sentence says: a person is shown the difference and asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {
    **{word: number for number, word in enumerate(_SMALL)},
    **{word: 10 * number for number, word in enumerate(_TENS, 2)},
    **{"twice": 2, "thrice": 3, "dozen": 12},
}
_ROUND = range(20, 91, 10)
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_ORDINALS = {
    **{"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9},
    **{"tenth": 10, "eleventh": 11, "twelfth": 12},
}
_LOOSE = {"1"}  # “one” is as often no number: it is never missed
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]+")
_MONTHS = ("January", "February", "April", "June", "July", "August", "September", "October", "November")
_DAY = re.compile(
    rf"\b(?:{'|'.join(_MONTHS)}|December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
    r"|(?:(?<=\d )|(?<=\d(?:st|nd|rd|th) )|(?<=\b[Ii]n )|(?<=\b[Oo]f )|(?<=\b[Bb]y ))(?:May|March)\b"
    r"|\b(?:May|March)(?= \d)"
)
_DENIAL = re.compile(
    r"\b(?:not|no(?! ?\.? ?\d)|never|none|nobody|nothing|nowhere|neither|without|cannot)\b|n['’]t\b", re.I
)
_AGENCIES = (
    ("adult social care", r"adult social care"),
    ("children’s social care", r"social (?:care|work(?:ers?)?|services)|child(?:ren['’]?s|['’]s) services"),
    ("school nursing", r"school nurs(?:es?|ing)"),
    ("education welfare", r"education welfare"),
    ("nursery", r"nursery|nurseries|pre-?schools?|playgroups?"),
    ("school", r"schools?|(?:head)?teachers?|colleges?"),
    ("GP", r"GPs?|general practi(?:ce|tioners?)|surgery"),
    ("health visiting", r"health visit(?:ors?|ing)"),
    ("midwifery", r"midwi(?:fe|ves|fery)"),
    ("hospital", r"hospitals?|paediatric(?:s|ians?)?"),
    ("ambulance service", r"ambulances?|paramedics?"),
    ("mental health service", r"mental health (?:services?|teams?|trust)|CAMHS"),
    ("police", r"police"),
    ("probation", r"probation"),
    ("youth justice", r"youth (?:justice|offending)"),
    ("housing", r"housing"),
    ("court", r"courts?"),
    ("early help", r"early help"),
    ("council", r"council|local authority"),
    ("NSPCC", r"NSPCC"),
)


def differences(
    sentence: str,
    words: str,
    around: str,
    slides: Sequence[str] = (),
    beside: Sequence[str] = (),
    names: Sequence[str] = (),
) -> str:
    """What differs between a sentence and words of a report, with the sentence `around` them; nothing where
    nothing does. `slides` are shorter, and may have what the statements `beside` it have. `names` are further
    names of agencies.
    """
    report, wide, own = _marks(words, names), _marks(f"{words}\n{around}", names), _marks(sentence, names)
    more = _alone(own, wide)
    less = _alone(report, own)
    if len(_denials(sentence)) > max(len(_denials(around)), len(_denials(words))):
        more.append(_denials(sentence)[-1])
    if len(_denials(words)) > len(_denials(sentence)):
        less.append(_denials(words)[-1])
    parts = [_told("the sentence", more, "the report"), _told("the report", less, "the sentence")]
    others = {**wide, **_marks("\n".join(beside), names)}
    for slide in dict.fromkeys(slides):
        parts.append(_told("its slide", _alone(_marks(slide, names), others), "the report"))
        if not beside and not _denials(slide):
            parts.append(_told("the report", _denials(words)[:1], "its slide"))
    return "; ".join(dict.fromkeys(filter(None, parts)))


def _told(one: str, words: Sequence[str], other: str) -> str:
    quoted = ", ".join(f"“{word}”" for word in dict.fromkeys(words))
    return f"{one} says {quoted}, and {other} does not" if quoted else ""


def _alone(some: dict[str, str], others: dict[str, str]) -> list[str]:
    return [shown for key, shown in some.items() if key not in others and key not in _LOOSE]


def _denials(words: str) -> list[str]:
    return _DENIAL.findall(words)


def _marks(words: str, names: Sequence[str]) -> dict[str, str]:
    """The numbers, days and agencies of a text: what each is, and as it stands there."""
    found = dict(_numbers(words))
    found |= {match[0].casefold(): match[0] for match in _DAY.finditer(words)}
    left = words
    for key, pattern in (*_AGENCIES, *((name.casefold(), re.escape(name)) for name in names)):
        for match in re.finditer(rf"\b(?:{pattern})\b", left, re.I):
            found.setdefault(f"the {key}", match[0])
        left = re.sub(rf"\b(?:{pattern})\b", "|", left, flags=re.I)
    return found


def _numbers(words: str) -> Iterator[tuple[str, str]]:
    """The numbers of a text, in digits and as they stand there: twenty-one is 21."""
    value, start, end = -1, 0, 0
    for match in _TOKEN.finditer(words):
        small = match[0].casefold()
        new = _VALUES.get(small, -1)
        between = words[end : match.start()]
        joins = value >= 0 and re.fullmatch(r"[\s-]+(?:and\s)?", between) is not None
        if small == "and" and value >= 100:
            continue
        if small in _SCALES or (small == "dozen" and joins):
            if value >= 0 and not joins:
                yield str(value), words[start:end]
            start = start if joins else match.start()
            whole, rest = divmod(value, 1000) if joins and value > 1000 else (0, value if joins else 1)
            value, end = whole * 1000 + rest * _SCALES.get(small, 12), match.end()
            continue
        if joins and 0 < new < (100 if value % 100 == 0 < value else 10 * (value % 100 in _ROUND)):
            value, end = value + new, match.end()
            continue
        if value >= 0:
            yield str(value), words[start:end]
        value, start, end = new, match.start(), match.end()
        if match[0][0].isdigit():
            plain = re.sub(r",(?=\d{3}(?!\d))", "", match[0])
            yield (plain.lstrip("0") or "0"), match[0]
        elif small in _ORDINALS:
            yield str(_ORDINALS[small]), match[0]
    if value >= 0:
        yield str(value), words[start:end]
