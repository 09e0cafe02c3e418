"""Slips of the hand in a YAML file, found line by line where libyaml can only say that it cannot read on.

Each is told at its place with what to type, and put right in a copy of the lines, so that reading goes on
behind it. Nothing here is asked about a file that YAML can read.
"""

from __future__ import annotations

import re
import typing
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.content.spelling import (
    MARKS,
    ODD,
    PARAGRAPHS,
    TAB,
    TIGHT,
    below,
    colon_like,
    how_to_type,
    known_fields,
    list_fields,
    mark_hint,
    odd_space,
)
from toolkit.problems import Place, Problem

_MARK = re.compile(rf"(?:[{MARKS}]|[*+o](?= ))[\s{ODD}]*(?=\S)")
_FIELD = re.compile(r"([A-Za-z_][\w-]*)\s*:(?=\s|$)")
_ITEM = re.compile(r"-(?= |$)")
_COLON = re.compile(r":(?=\s|$)")
_WIDE = re.compile(r"([A-Za-z_]+)\s*([：﹕︓∶꞉]|[;=](?= ))\s*")
_NUMBER = re.compile(r"(\d{1,2}[.)])\s+(?=\S)")
_REMARK = re.compile(r"\s#")
_BLOCK = re.compile(r"[|>][-+1-9]{0,2}\s*(\s#.*)?$")
_STARTS = "|>%@`&*!,]}"
_ALSO_WORDS = {"about", "because", "by", "do", "for", "next", "on", "text", "to", "where", "why", "words"}
QUIET = 6  # lines after one in the wrong column, of whose columns nothing is said: the first may be the cause
MOST_SLIPS = 20  # that are looked for in one file; far fewer are told


@dataclass
class _Level:
    """A list or a group of fields: the column of its entries, and the last of them."""

    column: int
    listed: bool
    line: int = 0
    name: str = ""
    loose: bool = False  # a slip was put right here, so nothing is said of columns


@dataclass
class _State:
    """What stands open at a line: the groups round it, and whether words or a value may follow below."""

    levels: list[_Level]
    open: typing.Literal["", "value", "words"] = ""
    parent: int = -1  # the column of the group that the open value belongs to
    began: int = 0  # the line on which its words began


def mend(path: Path, lines: list[str]) -> tuple[list[Problem], list[str]]:
    """The slips of a file, and its lines with each of them put right."""
    scan = _Scan(path, lines)
    scan.run()
    return scan.problems, scan.lines


class _Scan:
    def __init__(self, path: Path, lines: list[str]) -> None:
        self.problems: list[Problem] = []
        self.lines = list(lines)
        self._path = path
        self._now = _State([])
        self._before = _State([])  # as it was where the words that are open began
        self._odd_lines = -2  # the last line with tabs or odd spaces before its first word
        self._stray = -1  # the first of the lines before this one that look like the head of a letter
        self._told = -1  # the line where words began of which something was said
        self._moved = -9  # the last line of which it was said that it stands in the wrong column

    def run(self) -> None:
        """Look at each line in turn."""
        number = 0
        for _ in range(4 * len(self.lines) + 100):  # each slip has its line looked at again
            if number >= len(self.lines) or len(self.problems) >= MOST_SLIPS:
                break
            number = self._line(number)

    def _say(self, line: int, column: int, message: str, hint: str) -> None:
        self.problems.append(Problem(Place(self._path, line + 1, column + 1), message, hint))

    def _line(self, n: int) -> int:
        text = self.lines[n]
        if not text.strip(" ") or text.lstrip(" ").startswith(("#", "---")):
            return n + 1
        if text.rstrip() == "...":
            self._say(
                n, 0, "a line of three full stops ends the file: what stands below is not read", "delete it"
            )
            self.lines[n] = ""
            return n + 1
        forced = False
        if self._now.open != "words" or _indent(text) <= self._now.parent:
            forced = self._straighten(n)
            text = self.lines[n]
            if not text.strip(" "):
                return n + 1
        column = _indent(text)
        rest = text[column:]
        now = self._now
        if now.open == "words" and column > now.parent:
            return self._goes_on(n, column, rest)
        if (changed := self._respelt(n, column, rest)) is not None:
            self.lines[n] = changed
            return n
        item, field = bool(_ITEM.match(rest)), _FIELD.match(rest)
        below = now.open == "value" and (
            column > now.parent or (item and column == now.parent and self._in_group())
        )
        if below and not item and not field and not _COLON.search(_said(rest)):
            return self._value(n, column, now.parent)
        if below:
            loose = forced or bool(now.levels and now.levels[-1].loose)
            now.levels.append(_Level(column, item, n, loose=loose))
        else:
            found = self._level(n, column, rest, item, field, forced)
            if isinstance(found, int):
                return found
            if found.column != column:
                self.lines[n] = text = " " * found.column + rest
                column = found.column
        self._stray = self._stray if self._stray >= 0 and _is_head(rest) else (n if _is_head(rest) else -1)
        return self._entry(n, column)

    def _in_group(self) -> bool:
        return bool(self._now.levels) and not self._now.levels[-1].listed

    def _straighten(self, n: int) -> bool:
        """Tabs and odd spaces before the first word: told once for lines that follow each other."""
        match = re.match(rf"[ \t{ODD}]+", self.lines[n])
        lead = match[0] if match else ""
        odd = next((c for c in lead if c != " "), "")
        if not odd:
            return False
        if self._odd_lines != n - 1:
            more = n + 1
            while more < len(self.lines) and re.match(rf" *[\t{ODD}]", self.lines[more]):
                more += 1
            message, hint = TAB if odd == "\t" else odd_space(odd)
            hint += (
                f". The same in line {more}"
                if more == n + 2
                else f". The same down to line {more}" * (more > n + 1)
            )
            self._say(n, lead.index(odd), message, hint)
        self._odd_lines = n
        rest = self.lines[n][len(lead) :]
        self.lines[n] = lead.replace("\t", "  ").replace(odd, " ") + rest if rest.strip() else ""
        self.lines[n] = re.sub(rf"^[ {ODD}]+", lambda m: " " * len(m[0]), self.lines[n])
        return True

    def _respelt(self, n: int, column: int, rest: str) -> str | None:
        """A line with a mark that only looks right, or lacks its space or colon, as it was meant."""
        lead = " " * column
        if match := re.match(rf"((?:- +)*)-([{ODD}]+)", rest):
            self._say(n, column + match.start(2), *odd_space(match[2][0]))
            return f"{lead}{match[1]}-{' ' * len(match[2])}{rest[match.end() :]}"
        if match := re.match(rf"((?:- +)*[A-Za-z_]+ *:)( *[{ODD}][ {ODD}]*)", rest):
            self._say(
                n,
                column + match.start(2) + len(match[2]) - len(match[2].lstrip(" ")),
                *odd_space(match[2].strip(" ")[0]),
            )
            return f"{lead}{match[1]}{' ' * len(match[2])}{rest[match.end() :]}"
        dashes = re.match(r"(?:- +)*", rest)
        inner = rest[dashes.end() :] if dashes else rest
        at = len(rest) - len(inner)
        if match := _look_alike(inner):
            self._say(n, column + at + match.start(2), *colon_like(match[2]))
            return f"{lead}{rest[:at]}{match[1]}: {inner[match.end() :]}"
        level = self._at(column)
        if level and level.listed and (match := _NUMBER.match(rest)):
            self._say(n, column, f"this number ({match[1]}) starts no list item", mark_hint(match[1]))
            return f"{lead}- {rest[match.end() :]}"
        if (match := _MARK.match(rest)) and not _FIELD.match(rest):
            self._say(n, column, f"this mark ({match[0][0]}) starts no list item", mark_hint(match[0][0]))
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
            if match and self._is_field(match[1]) and not _COLON.search(inner):
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
        return name in known_fields() and name not in _ALSO_WORDS

    def _at(self, column: int) -> _Level | None:
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
    ) -> _Level | int:
        """The group that a line belongs to; or the line to go on with, where it belongs to none."""
        levels = self._now.levels
        if not levels:
            levels.append(_Level(column, item, n, loose=forced))
            return levels[0]
        kept = [one for one in levels if one.column <= column]
        if (
            kept
            and not item
            and kept[-1].listed
            and len(kept) > 1
            and kept[-2].column == kept[-1].column == column
        ):
            kept.pop()
        words = not item and not field and not _COLON.search(_said(rest))
        if words:
            return self._strays(n, column)
        if kept and kept[-1].column == column and kept[-1].listed == item:
            if (
                field
                and column == 0
                and field[1] not in known_fields()
                and self._stray >= 0
                and not _is_head(rest)
            ):
                return self._strays(n, column)
            del levels[len(kept) :]
            kept[-1].loose = False
            return kept[-1]
        near = [one for one in levels if one.listed == item and abs(one.column - column) <= 4]
        deeper = [one for one in levels[len(kept) :] if one in near]
        if item and kept and not kept[-1].listed and (not near or (kept[-1].column == column and not deeper)):
            name, line = kept[-1].name, kept[-1].line
            message = f"a list item stands here, but '{name}' in line {line + 1} has its words already"
            hint = "start it below a field that has nothing after its colon"
            if name in PARAGRAPHS:
                hint += f"; for a list inside these words {below(f'{name}:').replace('>-', '|')}"
            self._say(n, column, message, hint)
            del levels[len(kept) :]
            return self._blank(n, column)
        quiet = forced or n - self._moved <= QUIET
        if not near:
            if not quiet:
                self._say(n, column, "this line belongs to no group of fields", _open_groups(levels))
            self._moved = n
            return self._blank(n, column)
        best = min(near, key=lambda one: (abs(one.column - column), -one.column))
        if not (quiet or best.loose):
            self._say(n, column, *_out_of_line(best, column, item, field[1] if field else ""))
            self._moved = n
        inside = levels.index(best) + 1
        del levels[inside:]
        best.loose = True  # until the next one that stands right
        return best

    def _strays(self, n: int, column: int) -> int:
        """Words that belong to no field, such as a second paragraph: told once, where they begin."""
        first = self._stray if self._stray >= 0 else n
        last = n
        while last + 1 < len(self.lines) and not self._is_structure(last + 1):
            last += 1
        level = next((one for one in reversed(self._now.levels) if one.name), None)
        if level is None or self._stray >= 0:
            hint = "delete them, or give them a field of their own"
        else:
            name = f"'{level.name}' (line {level.line + 1})"
            go_on = f"if they go on with {name}, start them in column {level.column + 3}"
            if first and not self.lines[first - 1].strip() and level.name not in PARAGRAPHS:
                go_on += ", with no empty line before them (a second paragraph is an item of its own)"
            hint = f"{go_on}; if not, delete them or give them a field of their own"
        self.problems = [one for one in self.problems if not first < one.place.line <= last + 1]
        self._say(first, _indent(self.lines[first]), "these words belong to no field", hint)
        for k in range(first, last + 1):
            self.lines[k] = ""
        self._stray = -1
        self._now.open = ""
        return last + 1

    def _is_structure(self, n: int) -> bool:
        """Whether a line starts a field that there is, or an item of a list that is open."""
        text = self.lines[n]
        if not text.strip() or text.lstrip().startswith("#"):
            return False
        column = _indent(text)
        if _ITEM.match(text[column:]):
            inner = re.sub(r"^(- +)+", "", text[column:])
            open_list = any(one.listed and one.column == column for one in self._now.levels)
            field = _FIELD.match(inner)
            return open_list or bool(field and field[1] in known_fields())
        field = _FIELD.match(text[column:])
        return bool(field and field[1] in known_fields())

    def _blank(self, n: int, column: int) -> int:
        """Take a line and all below it out of what is read on."""
        end = n + 1
        while end < len(self.lines) and (not self.lines[end].strip() or _indent(self.lines[end]) > column):
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
        while _ITEM.match(text[column:]):
            now.levels[-1].line = n
            after = column + 1 + _indent(text[column + 1 :])
            if not text[after:].strip() or text[after:].startswith("#"):
                now.open, now.parent = "value", column
                return n + 1
            if (changed := self._respelt_item(n, after)) is not None:
                self.lines[n] = text = changed
            parent, column = column, after
            if _ITEM.match(text[column:]) or _FIELD.match(text[column:]):
                now.levels.append(_Level(column, bool(_ITEM.match(text[column:])), n, loose=loose))
            else:
                return self._value(n, column, parent)
        field = _FIELD.match(text[column:])
        if not field:  # a name of several words, which is for the models to refuse
            colon = _COLON.search(text, column)
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
            self._say(n, column + match.start(2), *colon_like(match[2]))
            return f"{text[:column]}{match[1]}: {inner[match.end() :]}"
        return None

    def _value(self, n: int, column: int, parent: int) -> int:
        """The value that starts at a column of a line, and may go on below."""
        now, text = self._now, self.lines[n]
        column += _indent(text[column:])
        value = text[column:].rstrip()
        if not value or value.startswith("#"):
            now.open, now.parent = "value", parent
            return n + 1
        if _BLOCK.fullmatch(value):
            now.open = ""
            return self._block(n, parent)
        if value[0] in "\"'":
            return self._quoted(n, column, parent)
        if value[0] in "[{":
            return self._flow(n, column, parent)
        now.open = "words" if _said(value) == value else ""  # behind a remark no words go on
        now.parent, now.began = parent, n
        before = text[:column]
        if value[0] in _STARTS or value[:2] in ("? ", "- ", ": "):
            self._starts_wrongly(n, column, before, value)
            self.lines[n] = before + "x" + _colons_out(value[1:])
            return n + 1
        if colon := _COLON.search(_said(value)):
            listed = self._more(n, parent) and self._list_below(n)
            if value[0] in "“‘":
                message = "this colon would start a second field: curly quotation marks do not count"
            else:
                message = "this colon would start a second field"
            hint = how_to_type(before, _said(value)) if not self._more(n, parent) else below(before)
            if listed:
                message, hint = (
                    "a list stands inside this text",
                    "leave its marks out, and write it as sentences",
                )
                if self._now.levels[-1].name in PARAGRAPHS:
                    hint = below(before).replace(">-", "|")
            self._say(n, column + colon.start(), message, hint)
            self._told = n
            self.lines[n] = before + _colons_out(value)
        return n + 1

    def _starts_wrongly(self, n: int, column: int, before: str, value: str) -> None:
        what = {"-": "a hyphen and a space", "?": "a question mark and a space", ":": "a colon and a space"}
        if value.startswith("- "):
            message, hint = (
                "a list item cannot start behind a field’s name",
                _no_item(before, _said(value[2:])),
            )
        else:
            first = what.get(value[0], value[0])
            message = f"a value that starts with {first} needs quotation marks"
            hint = how_to_type(before, value) if not self._more(n, self._now.parent) else below(before)
        self._say(n, column, message, hint)
        self._told = n

    def _list_below(self, n: int) -> bool:
        after = next((text for text in self.lines[n + 1 : n + 50] if text.strip()), "")
        return bool(_ITEM.match(after.strip()) or _MARK.match(after.strip()))

    def _more(self, n: int, parent: int) -> bool:
        """Whether the words of a line go on below."""
        after = next((text for text in self.lines[n + 1 : n + 50] if text.strip()), "")
        return _indent(after) > parent and not re.match(r"\s*(- +)*[a-z_]+:( |$)", after)

    def _goes_on(self, n: int, column: int, rest: str) -> int:
        """A further line of words that began above."""
        began, now = self._now.began, self._now
        if began == self._told and not _FIELD.match(rest):
            self.lines[n] = " " * column + _colons_out(re.sub(rf"^[-{MARKS}]+ *", "", rest) or "x")
            return n + 1
        inner = re.sub(r"^(- +)+", "", rest)
        field = _FIELD.match(inner)
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
                return self._entry(began, _indent(first))
            now.open = ""
            found = self._level(n, column, rest, inner != rest, field, False)
            if isinstance(found, int):
                return found
            self.lines[n] = " " * found.column + rest
            return self._entry(n, found.column)
        if colon := _COLON.search(_said(rest)):
            self._say(n, column + colon.start(), "this colon would start a second field", self._below(began))
            self.lines[n] = " " * column + _colons_out(rest)
        return n + 1

    def _below(self, n: int) -> str:
        """What to type where the words that begin on a line go on below it."""
        match = re.match(r" *(?:- +)*(?:[A-Za-z_]+ *:)?", self.lines[n])
        return below(match[0] if match else "")

    def _block(self, n: int, parent: int) -> int:
        """The lines of a text below a bar or an arrow."""
        deep = 0
        for k in range(n + 1, len(self.lines)):
            text = self.lines[k]
            if not text.strip(" "):
                continue
            column = _indent(text)
            if column <= parent and not (deep and re.match(rf" *[\t{ODD}]", text)):
                return k
            deep = deep or column
            if column < deep:
                if re.match(rf" *[\t{ODD}]", text):
                    self._straighten(k)
                elif self._is_structure(k):
                    return k
                else:
                    hint = f"start it in column {deep + 1}, as the lines above"
                    self._say(k, column, "this line stands further left than the text it belongs to", hint)
                self.lines[k] = " " * deep + self.lines[k].lstrip(" ")
        return len(self.lines)

    def _ends(self, n: int, parent: int) -> typing.Iterator[tuple[int, str]]:
        """The further lines that a value in quotes or brackets may have."""
        for k in range(n + 1, len(self.lines)):
            text = self.lines[k]
            if text.strip() and _indent(text) <= parent and text.lstrip()[0] not in "]}":
                return
            yield k, text

    def _quoted(self, n: int, column: int, parent: int) -> int:
        text = self.lines[n]
        mark, before = text[column], text[:column]
        closing = re.compile(r'(?:[^"\\]|\\.)*"' if mark == '"' else r"(?:[^']|'')*'")
        if match := closing.match(text, column + 1):
            after = text[match.end() :]
            self._now.open = ""
            if not after.strip() or re.match(r"\s+#", after) or after.lstrip().startswith(":"):
                return n + 1
            apostrophe = mark == "'" and after[0].isalpha()
            message = (
                "an apostrophe inside single quotation marks ends the value here"
                if apostrophe
                else "words follow a closing quotation mark"
            )
            value = text[column:].strip()
            if value[-1] == mark and (apostrophe or value.count(mark) > 2):
                value = value[1:-1]
            hint = how_to_type(before, value)
            self._say(n, match.end() - apostrophe, message, hint)
            return self._replaced(n, column, parent)
        for k, line in self._ends(n, parent):
            if self._is_structure(k):
                break
            if match := closing.match(line):
                self._now.open = ""
                after = line[match.end() :]
                if not after.strip() or re.match(r"\s+#", after):
                    return k + 1
                self._say(k, match.end(), "words follow a closing quotation mark", self._below(n))
                return self._replaced(n, column, parent)
        value = text[column + 1 :].strip()
        hint = below(before) if self._more(n, parent) else how_to_type(before, value)
        self._say(n, column, "a quotation mark is opened here and never closed", hint)
        return self._replaced(n, column, parent)

    def _replaced(self, n: int, column: int, parent: int) -> int:
        """Put a word in place of a value that cannot be read, and of what goes on below it."""
        self.lines[n] = self.lines[n][:column] + "x"
        self._now.open = ""
        last = n
        for k, _ in self._ends(n, parent):
            if self._is_structure(k):
                break
            last = k
        for k in range(n + 1, last + 1):
            self.lines[k] = ""
        return last + 1

    def _flow(self, n: int, column: int, parent: int) -> int:
        """A value in brackets. What is wrong inside them is for libyaml to say."""
        self._now.open = ""
        opened: list[str] = []
        for k, text in [(n, self.lines[n]), *self._ends(n, parent)]:
            at, last = (column if k == n else 0), ""
            while at < len(text):
                c = text[at]
                if c in "\"'" and last in ("", "[", "{", ",", ":"):
                    end = text.find(c, at + 1)
                    if end < 0:
                        return k + 1
                    if re.match(r" *[^\s,\]}:#" + c + "]", text[end + 1 :]):
                        return self._quote_in_brackets(k, at, end, c)
                    at = end
                elif c == "#" and text[at - 1 : at] == " " and opened:
                    if not re.search(r"[\]}]", text[at:]):
                        break
                    hint = "put the words in quotation marks"
                    self._say(k, at, "all that follows this # is left out", hint)
                    self.lines[k] = text[:at] + text[at:].replace("#", "x")
                    return n
                elif c in "[{":
                    opened.append(c)
                elif c in "]}":
                    if not opened or "[{".index(opened.pop()) != "]}".index(c):
                        return k + 1
                    if not opened:
                        return self._after_brackets(n, column, k, at, parent)
                last = c if c != " " else last
                at += 1
        if opened:
            hint = "close it with ] or }; if the words only start with a bracket, put them in quotation marks"
            self._say(n, column, "a bracket is opened here and never closed", hint)
            return self._replaced(n, column, parent)
        return n + 1

    def _quote_in_brackets(self, k: int, at: int, end: int, mark: str) -> int:
        text = self.lines[k]
        message = "words follow a closing quotation mark"
        if mark == "'" and text[end + 1].isalpha():
            message = "an apostrophe inside single quotation marks ends the value here"
        close = re.search(rf"{mark}\s*[,\]}}]", text[end + 1 :])
        stop = end + 1 + close.start() if close else len(text)
        other = "double" if mark == "'" else "single"
        hint = f"put straight {other} quotation marks round the whole value, in place of these"
        self._say(k, end, message, hint)
        self.lines[k] = text[:at] + ("x" + text[stop + 1 :] if close else text[at:].replace(mark, ""))
        return k

    def _after_brackets(self, n: int, column: int, k: int, at: int, parent: int) -> int:
        after = self.lines[k][at + 1 :]
        if not after.strip() or re.match(r"\s+#", after) or after.startswith(":"):
            return k + 1
        text = self.lines[n]
        message = f"a value that starts with {text[column]} is taken for a list, and words follow its end"
        if text[column] == "{":
            message = "a value that starts with { is taken for a group of fields, and words follow its end"
        hint = (
            how_to_type(text[:column], text[column:])
            if k == n and not self._more(n, parent)
            else below(text[:column])
        )
        self._say(n, column, message, hint)
        return self._replaced(n, column, parent)


def _look_alike(words: str) -> re.Match[str] | None:
    """A field with something in place of its colon."""
    match = _WIDE.match(words)
    if match is None or _FIELD.match(words) or (match[2] in ";=" and match[1] not in known_fields()):
        return None
    return match


_SPACE = "type a space after the colon"
_LINE_UP = "fields of one group start in the same column, and list items with a hyphen and a space"


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def _said(value: str) -> str:
    """A value without the remark after it."""
    match = _REMARK.search(value)
    return value[: match.start()] if match else value


def _colons_out(value: str) -> str:
    return _COLON.sub(";", value)


def _is_head(rest: str) -> bool:
    """Whether a line looks like the head of a letter or mail, and like no misspelt field."""
    match = re.match(r"([A-Z][A-Za-z-]*) *:", rest)
    return bool(match and match[1].casefold() not in known_fields())


def _no_item(before: str, words: str) -> str:
    name = before.strip().removeprefix("- ").rstrip(": ")
    words = words.strip() if len(words) < 60 else f"{words[:50].strip()}…"
    if name in list_fields():
        return f"start each item on a line of its own below {name}: - {words}"
    return f"type it like this: {name}: {words}"


def _open_groups(levels: list[_Level]) -> str:
    """Where a field could stand: below the last one of each group that is open."""
    groups = [one for one in reversed(levels) if not one.listed and one.name][:3]
    places = [f"column {one.column + 1} (below '{one.name}' of line {one.line + 1})" for one in groups]
    return f"start it in the column of its group: {', or '.join(places)}" if places else _LINE_UP


def _out_of_line(level: _Level, column: int, item: bool, name: str) -> tuple[str, str]:
    far = abs(level.column - column)
    side = "left" if column < level.column else "right"
    what = "this list item" if item else f"'{name}'" if name else "this line"
    message = f"{what} stands {far} column{'s' if far > 1 else ''} too far to the {side}"
    like = "the hyphen" if item else f"'{level.name}'"
    return message, f"start it in column {level.column + 1}, below {like} of line {level.line + 1}"
