"""What was meant by a day, an address, an id, a length of time or the name of a field that is typed as people
type it in other places.
"""

from __future__ import annotations

import re
from calendar import month_abbr
from collections.abc import Collection
from datetime import date

from toolkit.problems import near

_MONTHS = [name.casefold() for name in month_abbr[1:]]

# What people call a field in mail, forms and sheets, and the fields here that they may mean.
_ALSO_CALLED = {
    "author": ("publisher", "by", "credit"),
    "cite": ("cites",),
    "day": ("date", "on"),
    "description": ("text", "alt"),
    "duration": ("minutes",),
    "email": ("text", "url"),
    "heading": ("title",),
    "length": ("minutes",),
    "link": ("url",),
    "mail": ("text", "url"),
    "mobile": ("text",),
    "organisation": ("publisher", "board"),
    "phone": ("text",),
    "question": ("questions",),
    "ref": ("cites",),
    "reference": ("cites",),
    "references": ("cites",),
    "source": ("cites",),
    "sources": ("cites",),
    "speaker_notes": ("notes", "say"),
    "tel": ("text",),
    "telephone": ("text",),
    "time": ("minutes", "date"),
    "web": ("url",),
    "website": ("url",),
    "when": ("date",),
    "words": ("text",),
}


def field_meant(name: str, known: Collection[str], elsewhere: Collection[str] = ()) -> str:
    """The known field that was meant by another name, or nothing; what is a field `elsewhere` is hardly a
    misspelt one of here.
    """
    plain = re.sub(r"\W+", "_", name.strip("*_‘’“”\"' ").casefold()).strip("_")
    if plain in known:
        return plain
    for meant in _ALSO_CALLED.get(plain, ()):
        if meant in known:
            return meant
    return near(plain, known, 0.8 if name in elsewhere else 0.7)


def as_day(words: str, whole: bool) -> str:
    """A day, month or year as it is typed here, of 1/5/2024, 1 May 2024 or May 2024; or nothing where it is
    not sure which one it is, or only a `whole` day will do.
    """
    words = words.strip().casefold()
    day, month, year = 0, 0, ""
    if found := re.fullmatch(r"(\d\d?)[-/. ](\d\d?)[-/. ]((?:19|20)\d\d)", words):
        day, month, year = int(found[1]), int(found[2]), found[3]
    elif found := re.fullmatch(r"((?:19|20)\d\d)[-/. ](\d\d?)[-/. ](\d\d?)", words):
        year, month, day = found[1], int(found[2]), int(found[3])
    elif found := re.fullmatch(r"(\d\d?)[-/. ]((?:19|20)\d\d)|((?:19|20)\d\d)[-/. ](\d\d?)", words):
        month, year = int(found[1] or found[4]), found[2] or found[3]
    elif found := re.fullmatch(
        r"(?:[a-z]{3,9},? )?(?:(\d\d?)(?:st|nd|rd|th)?[ -])?([a-z]{3})[a-z]*\.?[ -]((?:19|20)\d\d)", words
    ):
        day, year = int(found[1] or 0), found[3]
        month = _MONTHS.index(found[2]) + 1 if found[2] in _MONTHS else 0
    try:
        date(int(year or 0), month, day or 1)
    except ValueError:  # no such day, or none at all
        return ""
    if whole and not day:
        return ""
    return f"{year}-{month:02}" + f"-{day:02}" * (day > 0)


def as_address(words: str) -> str:
    """A web address as it is typed here, of www.example.org, <https://example.org> or one with spaces in it;
    or nothing.
    """
    words = words.strip("<>()[]“”‘’\"' ")
    if re.match(r"(?:www\.|[\w-]+(?:\.[\w-]+)*\.(?:org|uk|com|net|info)(?:/|$))", words):
        words = f"https://{words}"
    return words.replace(" ", "%20") if re.match(r"https?://\S", words) else ""


def as_id(words: str) -> str:
    """An id of letters, digits and hyphens that is like some words; or nothing."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", re.sub(r"[\u00ad\u200b-\u200d\u2060\ufeff]", "", words))
    plain = re.sub(r"[\u0300-\u036f'’‘]", "", plain)
    plain = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")
    return plain if re.fullmatch(r"[A-Z]{1,5}(?:-?[A-Z]?\d+)+", plain) else plain.casefold()


def as_name(words: str) -> str:
    """The name of a review in a path to its file: child-z of reviews/child-z.yaml; or nothing."""
    found = re.fullmatch(r"(?:.*[/\\])?([A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)(?:\.(?:yaml|yml|docx|pdf))?", words)
    return found[1] if found and found[1] != words else ""


def as_minutes(words: str) -> str:
    """A length of time in minutes, of 1:30, 2 hours or 45 min; or nothing."""
    words = words.strip().casefold()
    if found := re.fullmatch(r"(\d+)\s*(?:m|min|mins|minute|minutes)\.?", words):
        return found[1]
    if found := re.fullmatch(r"(\d)\s*(?::|h|hrs?|hours?)\s*(\d\d?)?\s*(?:m|mins?|minutes?)?", words):
        return str(60 * int(found[1]) + int(found[2] or 0))
    if found := re.fullmatch(r"(\d)\.5\s*(?:h|hrs?|hours?)|(?:half an|an|one) hour", words):
        return str(60 * int(found[1]) + 30) if found[1] else "30" if words.startswith("half") else "60"
    return ""


def as_yes_or_no(words: str) -> str:
    """`yes` or `no` for a letter or tick of a form or sheet; or nothing."""
    words = words.strip(" .“”‘’\"'").casefold()
    if words in ("x", "✓", "✔", "☑", "☒", "y", "yes please", "ticked"):
        return "yes"
    return "no" if words in ("n", "☐", "none", "not") else ""
