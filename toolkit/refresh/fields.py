"""Words that were edited, in the field that they came from: its file changes in these words alone.

An edit is written back only where it lies wholly within the words of one field. What is written is read
again before anybody sees it: nothing else in the file may say anything else than before.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from toolkit.content.audience import RESTRICTED, hidden_sources, is_restricted
from toolkit.content.nodes import parse
from toolkit.office.rewording import differing
from toolkit.office.story import even, plain
from toolkit.plan.markup import inline
from toolkit.plan.model import text
from toolkit.problems import Invalid, Node, Place

_NAMES = ("id", "name", "date", "figure", "credit", "url", "where", "speaker", "teller", "lens", "publisher")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Field:
    """A text of a file: where it stands, how it is written there, and what it says."""

    place: Place
    origin: str
    value: str
    start: int
    end: int
    style: str
    path: tuple[str | int, ...]


def find(path: Path, words: str, origin: str) -> Field | None:
    """The field of a review's file, with these words, that an origin names; None where there is none that is
    a person's sentence."""
    steps = origin.split("/")[1:]
    if not steps or steps[-1] in _NAMES:
        return None
    try:
        node: Any = yaml.compose(words, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return None
    try:
        whole = parse(path, words) if RESTRICTED in words else None
    except Invalid:
        return None
    hidden = hidden_sources(whole) if whole else set()
    where: list[str | int] = []
    for step in steps:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), None)
            where.append(step)
        elif isinstance(node, yaml.SequenceNode):
            at = _item(node, _counted(whole.at(tuple(where)), step, hidden) if whole else step)
            node = node.value[at] if at is not None else None
            where.append(at if at is not None else 0)
        elif isinstance(node, yaml.ScalarNode) and step == "text" and step == steps[-1]:
            break
        else:
            return None
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        return None
    begin, end = node.start_mark, node.end_mark
    place = Place(path, begin.line + 1, begin.column + 1)
    return Field(place, origin, node.value, begin.index, end.index, node.style or "", tuple(where))


def _counted(node: Node, step: str, hidden: Collection[str]) -> str:
    """A step into a list as the file counts it: origins count only what is for everyone."""
    if not (step.isdecimal() and isinstance(node.value, list)):
        return step
    shown = [n for n, one in enumerate(node.value) if not is_restricted(one, hidden)]
    return str(shown[int(step)]) if int(step) < len(shown) else step


def _item(node: yaml.SequenceNode, step: str) -> int | None:
    for n, item in enumerate(node.value):
        if isinstance(item, yaml.MappingNode):
            for key, value in item.value:
                if key.value == "id" and value.value == step:
                    return n
    return int(step) if step.isdecimal() and int(step) < len(node.value) else None


def edited(field: Field, was: str, now: str) -> str | None:
    """What a field says when a line that prints it has been edited; None where the edit does not lie wholly
    within its words, or would take its marks apart."""
    old, new = " ".join(was.split()), " ".join(now.replace("\u00a0", " ").split())
    printed = plain(text(inline(field.value)))
    said = even(old)
    start, end = differing(old, new)
    put = new[start : len(new) - (len(old) - end)]
    if said.count(printed) == 1:
        at = said.index(printed)
        last = at + len(printed)
        inside = at <= start and end <= last
        edge = start == end and ((start == at and at > 0) or (start == last and said[last:] not in ("", ".")))
        if not inside or edge:
            return None
        wanted = printed[: start - at] + put + printed[end - at :]
        start, end = start - at, end - at
    elif printed.count(said) == 1 and len(said.split()) > 2:
        at = printed.index(said)
        wanted = printed[: at + start] + put + printed[at + end :]
        start, end = at + start, at + end
    else:
        return None
    if not wanted.strip():
        return None
    made = _woven(field.value, printed, start, end, put)
    if made is None:
        return None
    for value in (made, _escaped(field.value, printed, start, end, put)):
        if value and plain(text(inline(value))) == plain(even(wanted)):
            return value
    return None


def _woven(value: str, printed: str, start: int, end: int, put: str) -> str | None:
    """A value with other words in place of some of those that it prints; its line breaks stay."""
    words = list(_WORD.finditer(value))
    spots = list(_WORD.finditer(printed))
    if len(words) != len(spots):
        return None
    # Whole words are put in: those that the letters between `start` and `end` belong to.
    first = next((n for n, one in enumerate(spots) if one.end() >= start), len(spots))
    last = next((n for n in range(len(spots) - 1, -1, -1) if spots[n].start() <= end), -1)
    if first > last:
        return None
    before, after = printed[spots[first].start() : start], printed[end : spots[last].end()]
    raw = value[words[first].start() : words[last].end()]
    if plain(raw) != printed[spots[first].start() : spots[last].end()]:
        return None  # marks of bold, of a link
    middle = _as_typed(value, before + put + after, raw)
    if middle.strip():
        return value[: words[first].start()] + middle.strip() + value[words[last].end() :]
    if first == 0:
        return value[words[last + 1].start() :] if last + 1 < len(words) else None
    return value[: words[first - 1].end()] + value[words[last].end() :]


def _as_typed(value: str, middle: str, raw: str) -> str:
    """Some words with their quotation marks as the value has them: straight ones, or curly ones."""
    from toolkit.plan.typography import set_well

    kept = {even(word): word for word in raw.split()}
    words = [kept.get(even(word), word) for word in middle.split(" ")]
    if "'" in value or '"' in value:
        return " ".join(word if word in kept.values() else even(word) for word in words)
    return " ".join(word if word in kept.values() else set_well(word) for word in words)


def _escaped(value: str, printed: str, start: int, end: int, put: str) -> str | None:
    return _woven(value, printed, start, end, re.sub(r"([*_\[\\])", r"\\\1", put))


# ------------------------------------------------------------------------------------------- in the file


def written(path: Path, words: str, field: Field, value: str) -> str | None:
    """The text of a file whose field has another value, with all else as it was; None where that cannot be
    done. It has been read again, and says what is meant and nothing else."""
    try:
        before = parse(path, words)
    except Invalid:
        return None
    meant = _with(before.plain(), field.path, value)
    if meant is None:
        return None
    for there in _ways(words[field.start : field.end], field, value):
        made = words[: field.start] + there + words[field.end :]
        try:
            if _even(parse(path, made)) == meant:
                return made
        except Invalid:
            continue
    return None


def _even(node: Node) -> Any:
    return _spaced(node.plain())


def _spaced(value: Any) -> Any:
    """Plain values with every text on one line."""
    if isinstance(value, Mapping):
        return {key: _spaced(one) for key, one in value.items()}
    return [_spaced(one) for one in value] if isinstance(value, list) else " ".join(value.split())


def _with(value: Any, path: Sequence[str | int], new: str) -> Any:
    """Plain values in which one text is another."""
    if not path:
        return " ".join(new.split()) if isinstance(value, str) else None
    step, rest = path[0], path[1:]
    if isinstance(value, dict) and step in value:
        made = _with(value[step], rest, new)
        return None if made is None else {k: made if k == step else _spaced(v) for k, v in value.items()}
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        made = _with(value[step], rest, new)
        return None if made is None else [made if n == step else _spaced(v) for n, v in enumerate(value)]
    return None


def _ways(there: str, field: Field, value: str) -> Iterator[str]:
    """How a value may be written in place of what stands there: with the same lines first."""
    quote = field.style if field.style in ("'", '"') else ""
    head, body, tail = _parts(there, field.style)
    words, new = list(_WORD.finditer(body)), value.split()
    typed = [_read(one[0], quote) for one in words]
    if typed == field.value.split():
        same = next((n for n, (a, b) in enumerate(zip(typed, new)) if a != b), min(len(typed), len(new)))
        room = min(len(typed), len(new)) - same
        end = next((n for n in range(room) if typed[-1 - n] != new[-1 - n]), room)
        put = new[same : len(new) - end]
        for style in dict.fromkeys((quote, *(() if field.style in ("|", ">") else ("'", '"')))):
            inner = body if style == quote else _quoted(body, style) if not quote else None
            if inner is None:
                continue
            spots = list(_WORD.finditer(inner))
            made = _put(inner, spots, same, len(spots) - end, [_quoted(w, style) for w in put])
            yield head + made + tail if style == quote else style + made + style
    line = " ".join(value.split())
    if field.style not in ("|", ">"):
        yield "'" + _quoted(line, "'") + "'"
        yield '"' + _quoted(line, '"') + '"'


def _parts(there: str, style: str) -> tuple[str, str, str]:
    """What stands before the words of a value, the words, and what stands behind them."""
    if style in ("'", '"'):
        return there[:1], there[1:-1], there[-1:]
    if style in ("|", ">"):
        head, _, body = there.partition("\n")
        return head + "\n", body, ""
    return "", there, ""


def _read(word: str, quote: str) -> str:
    return word.replace("''", "'") if quote == "'" else re.sub(r'\\(["\\])', r"\1", word) if quote else word


def _quoted(words: str, style: str) -> str:
    if style == "'":
        return words.replace("'", "''")
    return re.sub(r'(["\\])', r"\\\1", words) if style else words


def _put(body: str, spots: Sequence[re.Match[str]], first: int, last: int, new: Sequence[str]) -> str:
    """Words in place of those from `first` up to `last`, with the spaces round them as they are."""
    put = " ".join(new)
    if first < last:
        if put:
            return body[: spots[first].start()] + put + body[spots[last - 1].end() :]
        if first:
            return body[: spots[first - 1].end()] + body[spots[last - 1].end() :]
        return body[: spots[0].start()] + body[spots[last].start() :]
    if not put:
        return body
    if first < len(spots):
        return body[: spots[first].start()] + put + " " + body[spots[first].start() :]
    return body[: spots[-1].end()] + " " + put + body[spots[-1].end() :]
