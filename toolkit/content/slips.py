"""Slips of the hand in a YAML file, found line by line where libyaml can only say that it cannot read on.

Each is told at its place with what to type, and put right in a copy of the lines, so that reading goes on
behind it. Nothing here is asked about a file that YAML can read.
"""

from __future__ import annotations

import re
from pathlib import Path

from toolkit.content.spelling import (
    ALSO_WORDS,
    MARKS,
    ODD,
    PARAGRAPHS,
    TIGHT,
    as_items,
    barred,
    colon_like,
    holds,
    in_one,
    known_fields,
    list_fields,
    mark_hint,
    odd_space,
    pieces,
    together,
)
from toolkit.content.values import COLON, FIELD, ITEM, MARK, Level, State, Values, colons_out, indent, said_of
from toolkit.late import pattern, replace
from toolkit.problems import Problem, counted, lines_named

_WIDE = pattern(r"([A-Za-z_]+)\s*([：﹕︓∶꞉]|[;=](?= ))\s*")
_NUMBER = pattern(r"(\d{1,2}[.)])\s+(?=\S)")
QUIET = 6  # lines after one in the wrong column, of whose columns nothing is said: the first may be the cause
MOST_SLIPS = 20  # that are looked for in one file; far fewer are told


def mend(path: Path, lines: list[str]) -> tuple[list[Problem], list[str]]:
    """The slips of a file, and its lines with each of them put right."""
    scan = _Scan(path, lines)
    scan.run()
    return scan.problems, scan.lines


class _Scan(Values):
    def __init__(self, path: Path, lines: list[str]) -> None:
        super().__init__(path, lines)
        self._before = State([])  # as it was where the words that are open began
        self._stray = -1  # the first of the lines before this one that look like the head of a letter
        self._moved = -9  # the last line of which it was said that it stands in the wrong column

    def run(self) -> None:
        """Look at each line in turn."""
        number = 0
        for _ in range(4 * len(self.lines) + 100):  # each slip has its line looked at again
            if number >= len(self.lines) or len(self.problems) >= MOST_SLIPS:
                break
            number = self._line(number)

    def _line(self, n: int) -> int:
        text = self.lines[n]
        if not text.strip(" ") or text.lstrip(" ").startswith("#"):
            return n + 1
        if (self._now.open != "words" or indent(text) <= self._now.parent) and (
            match := _NO_NOTE.match(text)
        ):
            if match[1] == "//":
                self._say(n, match.start(1), *_note(text[match.end() :].strip()))
            else:
                message = "a line of marks has no place here"
                self._say(n, match.start(1), message, "delete it, or type # and a space before it")
            self.lines[n] = ""
            return n + 1
        if text.lstrip(" ").startswith("---"):
            return n + 1
        if text.rstrip() == "...":
            self._say(
                n, 0, "a line of three full stops ends the file: what stands below is not read", "delete it"
            )
            self.lines[n] = ""
            return n + 1
        forced = False
        if self._now.open != "words" or indent(text) <= self._now.parent:
            forced = self._straighten(n)
            text = self.lines[n]
            if not text.strip(" "):
                return n + 1
        column = indent(text)
        rest = text[column:]
        now = self._now
        if now.open == "words" and column > now.parent:
            return self._goes_on(n, column, rest)
        if (changed := self._respelt(n, column, rest)) is not None:
            self.lines[n] = changed
            return n
        item, field = bool(ITEM.match(rest)), FIELD.match(rest)
        below = now.open == "value" and (
            column > now.parent
            or (item and column == now.parent and self._in_group())
            or (forced and bool(field) and not any(self._holds(one, rest) for one in now.levels))
        )
        if below and not item and not field and not COLON.search(said_of(rest)):
            return self._value(n, column, now.parent)
        if below:
            if forced:
                column = self._first_below(n, column, rest)
                self.lines[n] = text = " " * column + rest
            loose = forced or bool(now.levels and now.levels[-1].loose)
            now.levels.append(Level(column, item, n, loose=loose))
        else:
            found = self._level(n, column, rest, item, field, forced)
            if isinstance(found, int):
                return found
            if found.column != column:
                self.lines[n] = text = " " * found.column + rest
                column = found.column
        self._stray = self._stray if self._stray >= 0 and _is_head(rest) else (n if _is_head(rest) else -1)
        return self._entry(n, column)

    def _first_below(self, n: int, column: int, rest: str) -> int:
        """The column of the first entry below a field, which has tabs or odd spaces before it."""
        now, item = self._now, bool(ITEM.match(rest))
        after = next((text for text in self.lines[n + 1 :] if text.strip()), "")
        at, deep = indent(after), now.parent + 2
        if item and ITEM.match(after[at:]) and at >= now.parent:
            deep = at
        if not now.levels or not now.levels[-1].name or deep < at != deep + 2 * item:
            return column
        self._so_that(n, deep, now.levels[-1], "this list item" if item else "this line")
        return deep

    def _in_group(self) -> bool:
        return bool(self._now.levels) and not self._now.levels[-1].listed

    def _respelt(self, n: int, column: int, rest: str) -> str | None:
        """A line with a mark that only looks right, or lacks its space or colon, as it was meant."""
        lead = " " * column
        if (match := _BOLD.match(rest)) and (name := match[2].casefold().replace(" ", "_")) in known_fields():
            typed = f"{match[1]}{name}: {rest[match.end() :]}"
            hint = f"type it like this: {said_of(typed)}" if len(typed) < 90 else "delete them"
            self._say(n, column + match.start(2) - 1, "no marks stand round the name of a field", hint)
            return f"{lead}{typed}"
        if match := re.match(rf"((?:- +)*)-([{ODD}]+)", rest):
            self._say(n, column + match.start(2), *odd_space(match[2], "after the hyphen"))
            return f"{lead}{match[1]}-{' ' * len(match[2])}{rest[match.end() :]}"
        if match := re.match(rf"((?:- +)*[A-Za-z_]+ *:)( *[{ODD}][ {ODD}]*)", rest):
            self._say(
                n,
                column + match.start(2) + len(match[2]) - len(match[2].lstrip(" ")),
                *odd_space(match[2].replace(" ", ""), "after the colon"),
            )
            return f"{lead}{match[1]}{' ' * len(match[2])}{rest[match.end() :]}"
        dashes = re.match(r"(?:- +)*", rest)
        inner = rest[dashes.end() :] if dashes else rest
        at = len(rest) - len(inner)
        if match := _look_alike(inner):
            typed = f"{rest[:at]}{match[1]}: {inner[match.end() :]}"
            self._say(n, column + at + match.start(2), *colon_like(match[2], said_of(typed)))
            return f"{lead}{typed}"
        level = self._at(column)
        if level and level.listed and (match := _NUMBER.match(rest)):
            hint = mark_hint(match[1], "", "")
            self._say(n, column, f"this number ({match[1]}) starts no list item", hint)
            return f"{lead}- {rest[match.end() :]}"
        if (match := MARK.match(rest)) and not FIELD.match(rest):
            hint = mark_hint(match[0][0], match[0][1:], rest[match.end() :])
            self._say(n, column, f"this mark ({match[0][0]}) starts no list item", hint)
            self._loosen()
            return f"{lead}- {rest[match.end() :]}"
        if re.match(r"-[A-Za-z\"'“]", rest) and self._list_near(column):
            self._say(n, column, "there is no space after this hyphen", TIGHT)
            self._loosen()
            return f"{lead}- {rest[1:]}"
        match = re.match(r"([A-Za-z_]+):(?=[^\s:/])", inner)
        if match and match[1].casefold() in known_fields():
            typed = f"type it like this: {match[1]}: {inner[match.end() :]}"
            self._say(
                n, column + at, "a colon and a space are missing here", typed if len(typed) < 100 else _SPACE
            )
            return f"{lead}{rest[:at]}{match[1]}: {inner[match.end() :]}"
        if not at and self._now.open != "value" and level and not level.listed:
            match = re.match(r"([a-z_]+) +(?=\S)", inner)
            if match and self._is_field(match[1]) and not COLON.search(inner):
                return self._add_colon(n, column, match[1], inner[match.end() :])
        return None

    def _add_colon(self, n: int, column: int, name: str, words: str) -> str:
        text = self.lines[n]
        typed = f"{text[:column].strip()} {name}: {words}".strip()
        hint = (
            f"type it like this: {typed}"
            if len(typed) < 90
            else "a field is a name, a colon and a space, then the value"
        )
        self._say(n, column + len(name), f"there is no colon after '{name}'", hint)
        return f"{text[:column]}{name}: {words}"

    def _is_field(self, name: str) -> bool:
        return name in known_fields() and name not in ALSO_WORDS

    def _at(self, column: int) -> Level | None:
        return next((one for one in reversed(self._now.levels) if one.column == column), None)

    def _list_near(self, column: int) -> bool:
        near = any(one.listed and abs(one.column - column) <= 2 for one in self._now.levels)
        return near or self._now.open == "value"

    def _loosen(self) -> None:
        """After a slip that moved words, nothing is said of their columns."""
        for one in self._now.levels[-2:]:
            one.loose = True

    def _level(
        self, n: int, column: int, rest: str, item: bool, field: re.Match[str] | None, forced: bool
    ) -> Level | int:
        """The group that a line belongs to; or the line to go on with, where it belongs to none."""
        levels = self._now.levels
        if not levels:
            levels.append(Level(column, item, n, loose=forced))
            return levels[0]
        last = levels[-1]
        if field and column > last.column and not last.listed and holds(last.name, field[1]):
            name = re.match(rf" *(?:- +)*{re.escape(last.name)}\s*:", self.lines[last.line])
            if name and said_of(self.lines[last.line][name.end() :]).strip()[:1].isalpha():
                self._emptied(last.line, name.end(), last.name)
                levels.append(Level(column, item, n))
                return levels[-1]
        kept = [one for one in levels if one.column <= column]
        if (
            kept
            and not item
            and kept[-1].listed
            and len(kept) > 1
            and kept[-2].column == kept[-1].column == column
        ):
            kept.pop()
        words = not item and not field and not COLON.search(said_of(rest))
        if words:
            return self._strays(n, column)
        akin = [one for one in levels if self._holds(one, rest)]
        what = "this list item" if item else f"'{field[1]}'" if field else "this line"
        if (
            kept
            and kept[-1].column == column
            and kept[-1].listed == item
            and (kept[-1] in akin or not forced)
        ):
            if (
                field
                and column == 0
                and field[1] not in known_fields()
                and self._stray >= 0
                and not _is_head(rest)
            ):
                return self._strays(n, column)
            if forced and kept[-1] in akin:
                self._so_that(n, column, kept[-1], what)
            del levels[len(kept) :]
            kept[-1].loose = False
            return kept[-1]
        near = [one for one in levels if one.listed == item and abs(one.column - column) <= 4]
        deeper = [one for one in levels[len(kept) :] if one in near]
        if item and kept and not kept[-1].listed and (not near or (kept[-1].column == column and not deeper)):
            end = n + 1
            while end < len(self.lines) and (
                indent(self.lines[end]) > column or ITEM.match(self.lines[end][column:])
            ):
                end += 1
            self._say(n, column, *self._with_items(kept[-1], end))
            self.lines[n + 1 : end] = [""] * (end - n - 1)
            del levels[len(kept) :]
            return self._blank(n, column)
        quiet = forced or n - self._moved <= QUIET
        if not near:
            if not quiet:
                self._say(n, column, "this line belongs to no group of fields", _open_groups(levels))
            self._moved = n
            return self._blank(n, column)
        best = min(near, key=lambda one: (one not in akin, abs(one.column - column), -one.column))
        if forced and best in akin:
            self._so_that(n, best.column, best, what)
        if not (quiet or best.loose):
            self._say(n, column, *_out_of_line(best, column, what))
            self._moved = n
        inside = levels.index(best) + 1
        del levels[inside:]
        best.loose = True  # until the next one that stands right
        return best

    def _holds(self, level: Level, rest: str) -> bool:
        """Whether a line is like those of a group or list: its field may stand beside the one before it."""
        field = FIELD.match(re.sub(r"^(- +)+", "", rest))
        inside = self._now.levels[self._now.levels.index(level) + 1 :][:1] if level.listed else [level]
        return together(inside[0].name, field[1]) if field and inside else not (field or inside)

    def _with_items(self, level: Level, end: int) -> tuple[str, str]:
        """What is said of list items down to a line, below a field that has words already."""
        where = f"line {level.line + 1}"
        message = f"a list item stands here, but '{level.name}' in {where} has its words already"
        match = re.match(r"( *(?:- +)*[a-z_]+ *:) *(?=[^\s\"'\[{|>])", self._given[level.line])
        if match is None:
            return message, "start it below a field that has nothing after its colon"
        words = [said_of(self._given[level.line][match.end() :]), *self._given[level.line + 1 : end]]
        if level.name in PARAGRAPHS:
            return barred(match[1], words, f" of {where}")
        if level.name in list_fields():
            return message, as_items(match[1], pieces(words))
        return message, in_one(match[1], pieces(words))

    def _emptied(self, n: int, at: int, name: str) -> None:
        """Take the words away that stand behind the name of a field whose own fields stand below."""
        text = self.lines[n]
        after = said_of(text[at:]).strip()
        message = f"nothing may stand after '{name}:', because its fields stand below"
        hint = f"delete {after if len(after) < 40 else 'these words'} there, or move it into one of them"
        self._say(n, at + indent(text[at:]), message, hint)
        self.lines[n] = text[:at]

    def _strays(self, n: int, column: int) -> int:
        """Words that belong to no field, such as a second paragraph: told once, where they begin."""
        first = self._stray if self._stray >= 0 else n
        last = n
        while last + 1 < len(self.lines) and not self._is_structure(last + 1):
            if self.lines[last + 1].lstrip().startswith("#"):
                break
            last += 1
        if self._odd_lines != n:  # else it is said already what is wrong with this line
            end = max(k for k in range(n, last + 1) if self.lines[k].strip())
            self.problems = [one for one in self.problems if not first < one.place.line <= last + 1]
            s = "s" * (first == end)
            message = f"{lines_named(range(first + 1, end + 2))} belong{s} to no field"
            if self._stray >= 0:
                message = message.replace("belong", f"look{s} like a letter or an email and belong")
            self._say(first, indent(self.lines[first]), message, self._of_strays(first, end))
        for k in range(first, last + 1):
            self.lines[k] = ""
        self._stray = -1
        self._now.open = ""
        return last + 1

    def _of_strays(self, first: int, end: int) -> str:
        """What to do about words that belong to no field."""
        these = lines_named(range(first + 1, end + 2))
        it, they, each = ("it", "it goes", "it") if first == end else ("them", "they go", "each of them")
        level = next((one for one in reversed(self._now.levels) if one.name), None)
        match = level and re.match(r" *(?:- +)*[^:]+:\s+(?=[^\s\"'\[{|>#])", self._given[level.line])
        if any("\t" in self._given[k].strip() for k in range(first, end + 1)):
            form = "toolkit form timeline NAME --out events.xlsx"
            return (
                f"delete {these}; for rows of a sheet, run: {form}; copy them into it, and run: toolkit read"
            )
        column = indent(self._given[first])
        if self._stray < 0 and any(one.listed and one.column == column for one in self._now.levels):
            item = f"- {self._given[first].strip()}"
            typed = f", like this: {item}" if first == end and len(item) < 60 else ""
            what = "it is an item" if first == end else "they are items"
            return f"delete {it}; or, if {what} of the list, begin {each} with a hyphen and a space{typed}"
        if not any(self._given[k].upper() != self._given[k] for k in range(first, end + 1)):
            return f"delete {it}; or, for a heading of your own, begin {each} with # and a space"
        if level is None or self._stray >= 0 or not match:
            return f"delete {these}; if you need some of the words, {self._in_a_list(first, end)}"
        gaps = [k + 1 for k in range(level.line + 1, end) if not self._given[k].strip()]
        do = f"start {each} in column {level.column + 3}"
        if not any(indent(self._given[k]) for k in range(first, end + 1)):
            do = f"put {level.column + 2} spaces before {each}"
        if gaps and level.name not in PARAGRAPHS:
            do = f"delete the empty {lines_named(gaps)} and {do}"
        return f"if {they} on with '{level.name}' (line {level.line + 1}), {do}; if not, delete {it}"

    def _in_a_list(self, first: int, end: int) -> str:
        """Where the words of these lines can go, which belong to no field: into the nearest list of texts."""
        found: list[tuple[int, int, str, int]] = []
        for k, text in enumerate(self._given[:-1]):
            name, after = _LIST_NAME.match(text), self._given[k + 1]
            item = re.match(r" *- +(?![\w-]+:)[^\s{\[#].* ", after)
            if name and item and name[1] in list_fields() and not first <= k <= end:
                found.append((abs(k - end if k > end else first - k), k, name[1], indent(after)))
        if not found:
            return "type them after the colon of a field, in place of the words there"
        _, k, field, deep = min(found)
        hint = f"type them as an item of a list that is there already, such as '{field}' (line {k + 1})"
        hint += ", like this"
        hint += f", with {counted(deep, 'space', 'spaces')} before the hyphen" * (deep > 0)
        return f"{hint}:\n{' ' * deep}- The words that you need."

    def _blank(self, n: int, column: int) -> int:
        """Take a line and all below it out of what is read on."""
        end = n + 1
        while end < len(self.lines) and (not self.lines[end].strip() or indent(self.lines[end]) > column):
            end += 1
        for k in range(n, end):
            self.lines[k] = ""
        self._now.open = ""
        return end

    def _entry(self, n: int, column: int) -> int:
        """An item or field that stands in its place: its hyphens, its name, and the value after them."""
        now, text = self._now, self.lines[n]
        self._before = replace(now, levels=[replace(one) for one in now.levels])
        loose = now.levels[-1].loose
        while ITEM.match(text[column:]):
            now.levels[-1].line = n
            after = column + 1 + indent(text[column + 1 :])
            if not text[after:].strip() or text[after:].startswith("#"):
                now.open, now.parent = "value", column
                return n + 1
            if (changed := self._respelt_item(n, after)) is not None:
                self.lines[n] = text = changed
            parent, column = column, after
            if ITEM.match(text[column:]) or FIELD.match(text[column:]):
                now.levels.append(Level(column, bool(ITEM.match(text[column:])), n, loose=loose))
            else:
                return self._value(n, column, parent)
        field = FIELD.match(text[column:])
        if not field:  # a name of several words, which is for the models to refuse
            colon = COLON.search(text, column)
            if colon is None:
                return self._value(n, column, column - 1)
            now.levels[-1].name, now.levels[-1].line = text[column : colon.start()], n
            return self._value(n, colon.end(), column)
        now.levels[-1].name, now.levels[-1].line = field[1], n
        return self._value(n, column + field.end(), column)

    def _respelt_item(self, n: int, column: int) -> str | None:
        text = self.lines[n]
        inner = text[column:]
        if match := _look_alike(inner):
            typed = f"{text[:column]}{match[1]}: {inner[match.end() :]}"
            self._say(n, column + match.start(2), *colon_like(match[2], said_of(typed)))
            return typed
        return None

    def _goes_on(self, n: int, column: int, rest: str) -> int:
        """A further line of words that began above."""
        began, now = self._now.began, self._now
        if began == self._told and not FIELD.match(rest):
            self.lines[n] = " " * column + colons_out(re.sub(rf"^[-{MARKS}]+ *", "", rest) or "x")
            return n + 1
        inner = re.sub(r"^(- +)+", "", rest)
        field = FIELD.match(inner)
        if field and field[1] in known_fields():
            first = self.lines[began]
            start = re.match(r" *(?:- +)*", first)
            words = first[start.end() :] if start else first
            match = re.match(r"([a-z_]+) +(?=\S)", words)
            if match and self._is_field(match[1]):
                self.lines[began] = self._add_colon(
                    began, len(first) - len(words), match[1], words[match.end() :]
                )
                self._now = replace(self._before, levels=[replace(one) for one in self._before.levels])
                return self._entry(began, indent(first))
            name = FIELD.match(words)
            if name and inner == rest and holds(name[1], field[1]):
                self._emptied(began, len(first) - len(words) + name.end(), name[1])
                self._now = replace(self._before, levels=[replace(one) for one in self._before.levels])
                return self._entry(began, indent(first))
            now.open = ""
            found = self._level(n, column, rest, inner != rest, field, False)
            if isinstance(found, int):
                return found
            self.lines[n] = " " * found.column + rest
            return self._entry(n, found.column)
        if colon := COLON.search(said_of(rest)):
            self._say(
                n,
                column + colon.start(),
                "this colon would start a second field",
                self._below(began, now.parent),
            )
            self.lines[n] = " " * column + colons_out(rest)
        return n + 1


def _look_alike(words: str) -> re.Match[str] | None:
    """A field with something in place of its colon."""
    match = _WIDE.match(words)
    if match is None or FIELD.match(words) or (match[2] in ";=" and match[1] not in known_fields()):
        return None
    return match


def _note(words: str) -> tuple[str, str]:
    """What is said of a private note with another mark than ours."""
    return "a private note starts with #, not with //", f"type it like this: # {words[:60]}"


_NO_NOTE = pattern(r" *(//|[-=_*~]{4,}\s*$|={3,}\s*$)")
_BOLD = pattern(
    r"((?:- +)*)(?:\*{1,2}|_{1,2})([A-Za-z_][A-Za-z_ ]*?)(?:\*{1,2}|_{1,2})?\s*:(?:\*{1,2})?(?:\s+|$)"
)
_LIST_NAME = pattern(r" *(?:- +)*([a-z_]+):\s*(?:#.*)?$")
_SPACE = "type a space after the colon"
_LINE_UP = "fields of one group start in the same column, and list items with a hyphen and a space"


def _is_head(rest: str) -> bool:
    """Whether a line looks like the head of a letter or mail, and like no misspelt field."""
    match = re.match(r"([A-Z][A-Za-z-]*) *:", rest)
    return bool(match and match[1].casefold() not in known_fields())


def _open_groups(levels: list[Level]) -> str:
    """Where a field could stand: below the last one of each group that is open."""
    groups = [one for one in reversed(levels) if not one.listed and one.name][:3]
    places = [f"column {one.column + 1} (below '{one.name}' of line {one.line + 1})" for one in groups]
    return f"start it in the column of its group: {', or '.join(places)}" if places else _LINE_UP


def _out_of_line(level: Level, column: int, what: str) -> tuple[str, str]:
    far = abs(level.column - column)
    side = "left" if column < level.column else "right"
    message = f"{what} stands {far} column{'s' if far > 1 else ''} too far to the {side}"
    like = "the hyphen" if level.listed else f"'{level.name}'"
    do = f"{'add' if column < level.column else 'delete'} {counted(far, 'space', 'spaces')} before it"
    return message, f"start it in column {level.column + 1}, below {like} of line {level.line + 1} ({do})"
