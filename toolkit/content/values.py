"""The values of a file as its lines have them: words, a text below a bar, quotation marks, brackets; and the
slips in them.
"""

from __future__ import annotations

import re
import typing
from pathlib import Path

from toolkit.content.spelling import (
    ALSO_WORDS,
    MARKS,
    ODD,
    PARAGRAPHS,
    TAB,
    as_items,
    barred,
    below,
    how_to_type,
    in_one,
    known_fields,
    laid_out,
    list_fields,
    odd_space,
    pieces,
    quoted,
)
from toolkit.late import dataclass, pattern, replace
from toolkit.problems import Place, Problem, counted

MARK = pattern(rf"(?:[{MARKS}]|[*+o](?= ))[\s{ODD}]*(?=\S)")
FIELD = pattern(r"([A-Za-z_][\w-]*)\s*:(?=\s|$)")
ITEM = pattern(r"-(?= |$)")
COLON = pattern(r":(?=\s|$)")
_REMARK = pattern(r"\s#")
_BLOCK = pattern(r"[|>][-+1-9]{0,2}\s*(\s#.*)?$")
_STARTS = "|>%@`&*!,]}"


@dataclass
class Level:
    """A list or a group of fields: the column of its entries, and the last of them."""

    column: int
    listed: bool
    line: int = 0
    name: str = ""
    loose: bool = False  # a slip was put right here, so nothing is said of columns


@dataclass
class State:
    """What stands open at a line: the groups round it, and whether words or a value may follow below."""

    levels: list[Level]
    open: typing.Literal["", "value", "words"] = ""
    parent: int = -1  # the column of the group that the open value belongs to
    began: int = 0  # the line on which its words began


class Values:
    """The lines of a file, each slip put right, and the problems found; `_now` is what stands open."""

    def __init__(self, path: Path, lines: list[str]) -> None:
        self.problems: list[Problem] = []
        self.lines = list(lines)
        self._given = lines
        self._path = path
        self._now = State([])
        self._odd_lines = -2  # the last line with tabs or odd spaces before its first word
        self._told = -1  # the line where words began of which something was said

    def _say(self, line: int, column: int, message: str, hint: str) -> None:
        self.problems.append(Problem(Place(self._path, line + 1, column + 1), message, hint))

    def _straighten(self, n: int) -> bool:
        """Tabs and odd spaces before the first word: told once for lines that follow each other."""
        match = re.match(rf"[ \t{ODD}]+", self.lines[n])
        lead = match[0] if match else ""
        odd = next((c for c in lead if c != " "), "")
        if not odd:
            return False
        if self._odd_lines != n - 1:
            every = lead.replace(" ", "") if odd == "\t" else re.sub(r"[ \t]", "", lead)
            message, hint = TAB if odd == "\t" else odd_space(every, "before the first word")
            if odd != "\t" and every == lead:
                hint = (
                    f"delete {_them(lead)} and type {counted(len(lead), 'ordinary space', 'ordinary spaces')}"
                )
            self._say(n, lead.index(odd), message, hint + self._too(n))
        self._odd_lines = n
        rest = self.lines[n][len(lead) :]
        lead = re.sub("[\u200b\u2060]", "", lead)  # these have no width
        self.lines[n] = lead.replace("\t", "  ").replace(odd, " ") + rest if rest.strip() else ""
        self.lines[n] = re.sub(rf"^[ {ODD}]+", lambda m: " " * len(m[0]), self.lines[n])
        return True

    def _so_that(self, n: int, column: int, level: Level, what: str) -> None:
        """Say of tabs and odd spaces before a word how many spaces to type, now that its place is known."""
        match = re.match(rf"[ \t{ODD}]+", self._given[n])
        at = next((k for k, one in enumerate(self.problems) if one.place.line == n + 1), -1)
        if match is None or at < 0:
            return
        do = f"delete {_them(match[0])}"
        do += f" and type {counted(column, 'space', 'spaces')}" * (column > 0)
        like = "the hyphen" if level.listed else f"'{level.name}'"
        hint = f"{do}, so that {what} starts in column {column + 1}, below {like} of line {level.line + 1}"
        self.problems[at] = replace(self.problems[at], hint=hint + self._too(n))

    def _too(self, n: int) -> str:
        """What is said of the lines below one with tabs or odd spaces that start with some too."""
        more = n + 1
        while more < len(self.lines) and re.match(rf" *[\t{ODD}]", self.lines[more]):
            more += 1
        if more <= n + 2:
            return f"; line {more} starts with such too" * (more > n + 1)
        return f"; lines {n + 2} to {more} start with such too"

    def _is_structure(self, n: int) -> bool:
        """Whether a line starts a field that there is, or an item of a list that is open."""
        text = self.lines[n]
        if not text.strip() or text.lstrip().startswith("#"):
            return False
        column = indent(text)
        if ITEM.match(text[column:]):
            inner = re.sub(r"^(- +)+", "", text[column:])
            open_list = any(one.listed and one.column == column for one in self._now.levels)
            field = FIELD.match(inner)
            return open_list or bool(field and field[1] in known_fields())
        field = FIELD.match(text[column:])
        return bool(field and field[1] in known_fields())

    def _value(self, n: int, column: int, parent: int) -> int:
        """The value that starts at a column of a line, and may go on below."""
        now, text = self._now, self.lines[n]
        column += indent(text[column:])
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
        now.open = "words" if said_of(value) == value else ""  # behind a remark no words go on
        now.parent, now.began = parent, n
        before = text[:column]
        if value[0] in _STARTS or value[:2] in ("? ", "- ", ": "):
            self._starts_wrongly(n, column, before, value)
            self.lines[n] = before + "x" + colons_out(value[1:])
            return n + 1
        if colon := COLON.search(said_of(value)):
            listed = self._more(n, parent) and self._list_below(n)
            message = "this colon would start a second field"
            if value[0] in "“‘":
                message = "curly quotation marks do not work here: words with a colon need straight ones"
            hint = self._typed(n, column, parent, said_of(value))
            field = re.search(r"(?<=\s)[a-z_]+$", value[: colon.start()])
            if field and field[0] in known_fields() - ALSO_WORDS:
                hint = f"put {field[0]}: on a line of its own; or, if it is one of the words, {hint}"
            if listed:
                message, hint = self._holds_a_list(before, self._words(n, column, parent))
            self._say(n, column + colon.start(), message, hint)
            self._told = n
            self.lines[n] = before + colons_out(value)
        return n + 1

    def _holds_a_list(self, before: str, words: list[str]) -> tuple[str, str]:
        """What is said of a text with a list in it."""
        name = self._now.levels[-1].name
        if name in PARAGRAPHS:
            return barred(before, words)
        if name in list_fields():
            return f"a list stands behind the words of '{name}'", as_items(before, pieces(words))
        message = "a list stands inside this text"
        if name in known_fields():
            message += f", and '{name}' takes one paragraph, no list"
        return message, in_one(before, pieces(words))

    def _starts_wrongly(self, n: int, column: int, before: str, value: str) -> None:
        what = {"-": "a hyphen and a space", "?": "a question mark and a space", ":": "a colon and a space"}
        if value.startswith("- "):
            message = f"a list item cannot start after '{before.strip().removeprefix('- ')}'"
            hint = self._no_item(n, before, said_of(value[2:]).strip())
        else:
            first = what.get(value[0], value[0])
            message = f"a value that starts with {first} needs quotation marks"
            hint = self._typed(n, column, self._now.parent, value)
        self._say(n, column, message, hint)
        self._told = n

    def _no_item(self, n: int, before: str, words: str) -> str:
        """What to type where a list item stands behind the name of a field."""
        name = before.strip().removeprefix("- ").rstrip(": ")
        if name not in list_fields():
            return f"type it like this: {name}: {words if len(words) < 60 else f'{words[:50].strip()}…'}"
        after = next((text for text in self.lines[n + 1 :] if text.strip()), "")
        deep = len(before) - len(before.lstrip(" -"))
        if ITEM.match(after.lstrip(" ")) and indent(after) >= deep:
            return laid_out(before, f"{' ' * indent(after)}- {words}")
        return laid_out(before, f"{' ' * (deep + 2)}- {words}")

    def _typed(self, n: int, column: int, parent: int, words: str) -> str:
        """What to type for the words of a line from a column on, in quotation marks or below a bar."""
        before = self.lines[n][:column]
        if self._more(n, parent):
            return below(before, [words, *self._words(n, column, parent)[1:]])
        return how_to_type(before, words)

    def _words(self, n: int, column: int, parent: int) -> list[str]:
        """The words of a line from a column on, without a remark, and those that go on below it."""
        words = [said_of(self.lines[n][column:])]
        for k, text in self._ends(n, parent):
            if self._is_structure(k):
                break
            words.append(text)
        while len(words) > 1 and not words[-1].strip():
            words.pop()
        return words

    def _list_below(self, n: int) -> bool:
        after = next((text for text in self.lines[n + 1 : n + 50] if text.strip()), "")
        return bool(ITEM.match(after.strip()) or MARK.match(after.strip()))

    def _more(self, n: int, parent: int) -> bool:
        """Whether the words of a line go on below."""
        after = next((text for text in self.lines[n + 1 : n + 50] if text.strip()), "")
        return indent(after) > parent and not re.match(r"\s*(- +)*[a-z_]+:( |$)", after)

    def _below(self, n: int, parent: int) -> str:
        """What to type where the words that begin on a line go on below it."""
        match = re.match(r" *(?:- +)*(?:[A-Za-z_]+ *:)? *", self.lines[n])
        column = match.end() if match else 0
        return below(self.lines[n][:column], self._words(n, column, parent))

    def _block(self, n: int, parent: int) -> int:
        """The lines of a text below a bar or an arrow."""
        deep = 0
        for k in range(n + 1, len(self.lines)):
            text = self.lines[k]
            if not text.strip(" "):
                continue
            column = indent(text)
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
            if text.strip() and indent(text) <= parent and text.lstrip()[0] not in "]}":
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
                self._say(k, match.end(), "words follow a closing quotation mark", self._below(n, parent))
                return self._replaced(n, column, parent)
        value = text[column + 1 :].strip()
        hint = self._typed(n, column, parent, value)
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
            self._say(n, column, *self._unclosed(n, column, parent, opened))
            return self._replaced(n, column, parent)
        return n + 1

    def _unclosed(self, n: int, column: int, parent: int, opened: list[str]) -> tuple[str, str]:
        """What is said of a value in brackets that has no end."""
        text = self.lines[n]
        before, value = text[:column], text[column:].rstrip()
        ends = "".join("]}"["[{".index(c)] for c in reversed(opened))
        message = f"the bracket {value[0]} is opened here and never closed"
        level = self._now.levels[-1]
        if level.name not in list_fields() and (value[0] == "[" or not level.listed):
            return message, f"if it is one of the words, {self._typed(n, column, parent, value)}"
        if self._more(n, parent) or len(text) > 90:
            return message, f"type {ends} where it ends"
        return message, f"type it like this: {before.strip()} {value.rstrip(' ,')}{ends}"

    def _quote_in_brackets(self, k: int, at: int, end: int, mark: str) -> int:
        text = self.lines[k]
        message = "words follow a closing quotation mark"
        if mark == "'" and text[end + 1].isalpha():
            message = "an apostrophe inside single quotation marks ends the value here"
        close = re.search(rf"{mark}\s*[,\]}}]", text[end + 1 :])
        stop = end + 1 + close.start() if close else len(text)
        other = "double" if mark == "'" else "single"
        hint = f"put straight {other} quotation marks round the whole value, in place of these"
        name, safe = re.search(r"[a-z_]+: *$", text[:at]), quoted(text[at + 1 : stop])
        if close and safe and stop - at < 80:
            hint = f"type it like this: {f'{name[0].rstrip()} ' if name else ''}{safe}"
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
        hint = self._typed(n, column, parent, text[column:].rstrip())
        self._say(n, column, message, hint)
        return self._replaced(n, column, parent)


def indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def _them(lead: str) -> str:
    """What to delete of the spaces and tabs before a word: all of them."""
    if " " in lead:
        return "all that stands before it"
    return f"all {len(lead)}" if len(lead) > 2 else "both" if len(lead) == 2 else "it"


def said_of(value: str) -> str:
    """A value without the remark after it."""
    match = _REMARK.search(value)
    return value[: match.start()] if match else value


def colons_out(value: str) -> str:
    return COLON.sub(";", value)
