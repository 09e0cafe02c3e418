"""Invented values for forms, made from the shape of a review: awkward words, lists of any length."""

from __future__ import annotations

from random import Random
from typing import Any

from toolkit.forms.shape import Choices, Field, review

WORDS = """Robin was seen twice
=SUM(A1) is text
=1+1
- a hyphen first
It’s 5: a colon # and a hash
“quoted”
yes
null
2013-09-17
a * star and [brackets]
1. a number
& < > " '
Ωmega, ñandú
the plan, said the teacher: “wait”
@at
%percent
{braces}
? question
! mark
> more
| a bar
`tick`
~
back\\slash
Ends with colon:
'single'
007
no
Write
Robin’s teacher wrote it down and told the lead on the same day; nobody called back for a week, so she wrote \
again and asked what had become of it - and then she asked once more""".splitlines()
CITES = ("S1", "S1 5.2, p11", "S2 p4; p5", 'S1 5.2: "nobody asked Robin"', "S3 extracts [extract]")


def values(random: Random, field: Field, choices: Choices) -> Any:
    """A value for a field as a form shows it; None now and then."""
    if field.kind == "group":
        made = {one.name: values(random, one, choices) for one in field.fields}
        return {name: one for name, one in made.items() if one is not None} or None
    if field.kind == "list" and field.item:
        items = [values(random, field.item, choices) for _ in range(random.choice((0, 0, 1, 1, 2, 3)))]
        return [one for one in items if one is not None] or None
    if random.random() < 0.4:
        return None
    if field.kind == "choice":
        return random.choice(list(field.titles(choices)))
    if field.kind == "day":
        return f"20{random.randint(10, 30)}-0{random.randint(1, 9)}-{random.randint(10, 28)}"
    if field.kind == "cites":
        return "\n".join(random.sample(CITES, random.randint(1, 3)))
    if field.kind == "paragraphs":
        return "\n".join(random.sample(WORDS, random.randint(1, 3)))
    return random.choice(WORDS)


def a_review(seed: int, choices: Choices) -> Any:
    """The values of an invented review."""
    random = Random(seed)
    made = None
    while made is None:
        made = values(random, review(), choices)
    return made


def changed(random: Random, field: Field, value: Any, choices: Choices) -> Any:
    """The same values with a few changes: other words, items more and fewer."""
    if field.kind == "group":
        if not isinstance(value, dict):
            return value
        made = {}
        for one in field.fields:
            there = value.get(one.name)
            made[one.name] = changed(random, one, there, choices) if there else None
            if random.random() < 0.02:
                made[one.name] = values(random, one, choices)
        return {name: one for name, one in made.items() if one} or value
    if field.kind == "list" and field.item and value:
        items = [changed(random, field.item, one, choices) for one in value]
        if random.random() < 0.1:
            del items[random.randrange(len(items))]
        if random.random() < 0.1 and (more := values(random, field.item, choices)):
            items.insert(random.randint(0, len(items)), more)
        if random.random() < 0.05:
            random.shuffle(items)
        return items or value
    return (values(random, field, choices) or value) if random.random() < 0.05 else value
