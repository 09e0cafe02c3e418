"""Fills the texts of templates, and says what is wrong with one that cannot be filled.

What a template prints is a token, not the content itself, so words from a review can neither be run nor be
taken for a line mark of `markup`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError, pass_context
from pydantic import BaseModel

from toolkit.late import pattern, replace
from toolkit.plan.language import LISTED, MOST_WORK, ODD, Language, Made, Refused, Wrong, words_of
from toolkit.plan.markup import blocks, inline, paragraphs
from toolkit.plan.model import Blocks, Span, Spans, Table, originating
from toolkit.problems import Invalid, Node, Place, Problem, did_you_mean


class Words:
    """Fills the texts of templates. Content passes Jinja2 as numbered tokens (U+FDD0 number U+FDD1)."""

    def __init__(self) -> None:
        self._content: list[tuple[str, str]] = []  # words and their origin
        self._made: dict[int, Blocks] = {}  # in place of words
        self._traced: dict[int, BaseModel] = {}
        self._cache: dict[tuple[str, Place], Any] = {}
        self._own = ""  # the origin of the words of the template that is being filled
        self._language = Language(self._token)

    def values(self, context: Mapping[str, Any]) -> dict[str, Any]:
        """Names with their values, as templates see them."""
        return {name: self._language.plain(value) for name, value in context.items()}

    def trace(self, model: BaseModel, origins: Callable[[], Iterator[tuple[int, str]]]) -> None:
        """From now on, the words of a model and of what is inside it know where they come from."""
        if id(model) not in self._traced:
            self._traced[id(model)] = model  # as long as it is here, no other can have its id
            self._language.traced.update(origins())

    def origin_of(self, model: BaseModel) -> str:
        """Where a traced model stands, such as patrick/child/picture; else nothing."""
        return self._language.traced.get(id(model), "")

    @pass_context  # without it Jinja2 would make tokens of constants while compiling, and mix them up later
    def _token(self, _: Any, value: Any) -> str:
        if isinstance(value, Made):
            self._made[len(self._content)] = value.blocks
            self._content.append(("", ""))
            return f"\ufdd0{len(self._content) - 1}\ufdd1"
        words = words_of(value)
        self._language.kept(words)
        if not words:
            return ""
        self._content.append((words, getattr(value, "origin", "")))
        return f"\ufdd0{len(self._content) - 1}\ufdd1"

    def blocks(self, node: Node, context: Mapping[str, Any], origin: str = "") -> Blocks:
        """The blocks of one text of a page template, whose own words come from `origin`. Raises Invalid."""
        self._own = origin
        if not isinstance(node.value, str):
            raise Invalid([Problem(node.place, "this needs text", "start long text with a bar: |")])
        filled = self._with_paragraphs(self._fill(node.value, node.place, context))
        try:
            if self._made:
                made = blocks(filled, self._spans, self._alone)
            else:
                made = _blocks(filled, origin, *self._content)
        except Wrong as wrong:
            raise Invalid([Problem(node.place, str(wrong.message), wrong.hint)]) from None
        for table in (b for b in made if isinstance(b, Table)):
            uneven = next((row for row in table.rows if len(row) != len(table.header)), None)
            if uneven is not None:
                message = (
                    f"a row of this table has {len(uneven)} cells, but its first row has {len(table.header)}"
                )
                raise Invalid(
                    [
                        Problem(
                            node.place,
                            message,
                            "cells stand between bars with a space on each side: | one | two |",
                        )
                    ]
                )
        return made

    def _with_paragraphs(self, filled: str) -> str:
        """A text with the paragraphs and lists of content that is all that stands on a line."""
        if "\ufdd0" not in filled or not any("\n" in words for words, _ in self._content):
            return filled
        lines: list[str] = []
        for line in filled.splitlines():
            match = _ALONE.fullmatch(line)
            words, origin = self._content[int(match["number"])] if match else ("", "")
            parts = paragraphs(words)
            if len(parts) < 2:
                lines.append(line)
                continue
            for kind, part in parts:
                self._content.append((part, origin))
                token = f"\ufdd0{len(self._content) - 1}\ufdd1"
                mark = match["mark"] if match else ""
                lines += [f"{mark or kind}{token}"] if mark or kind else ["", token, ""]
        return "\n".join(lines)

    def line(self, template: str, context: Mapping[str, Any], place: Place) -> Spans:
        """The words of a text that is one line. Raises Invalid."""
        self._own = ""
        filled = self._fill(template, place, context)
        try:
            self._alone(f" {filled}")  # a drawing has no line of its own here
        except Wrong as wrong:
            raise Invalid([Problem(place, str(wrong.message), wrong.hint)]) from None
        return self._spans(filled)

    def true(self, expression: str, context: Mapping[str, Any], place: Place) -> bool:
        """Whether a condition holds. Raises Invalid."""
        try:
            compiled = self._compiled(
                expression, place, lambda e: self._language.compile_expression(e, undefined_to_none=False)
            )
            return bool(compiled(**context))
        except _FAILURES as error:
            message, _ = self._trouble(error, context)
            hint = "compare with the outlines in templates/outlines"
            raise Invalid([Problem(place, f"this condition does not work: {message}", hint)]) from None

    def _fill(self, template: str, place: Place, context: Mapping[str, Any]) -> str:
        self._content.clear()
        self._made.clear()
        if "{" not in template and not ODD.search(template):
            return template  # nothing to fill
        try:
            return str(self._compiled(template, place, self._language.from_string).render(context))
        except _FAILURES as error:
            where = Place(place.path, place.line + _line(error), 1) if "\n" in template else place
            raise Invalid([Problem(where, *self._trouble(error, context))]) from None

    def _compiled(self, text: str, place: Place, compiled: Callable[[str], Any]) -> Any:
        self._language.left = MOST_WORK
        if (text, place) not in self._cache:
            self._cache[text, place] = compiled(text)
        return self._cache[text, place]

    def _spans(self, line: str) -> Spans:
        return _spans(self._content, self._own, line)

    def _alone(self, line: str) -> Blocks | None:
        """What a function has made for this line; None for a line of words. Raises Wrong for both in one."""
        tokens = _TOKEN.findall(line)
        made = next((self._made[int(n)] for n in tokens if int(n) in self._made), None)
        if made is not None and self._own:
            made = tuple(originating(block, self._own) for block in made)
        if made is not None and not _TOKEN.fullmatch(line):
            words_of(Made(made))
        return made

    def _trouble(self, error: BaseException, context: Mapping[str, Any]) -> tuple[str, str]:
        """What is wrong with a template, and what to do."""
        said = str((error.message if isinstance(error, TemplateError) else error) or type(error).__name__)[
            :300
        ]
        if isinstance(error, Wrong):
            return _begun(said), error.hint
        if isinstance(error, RecursionError | MemoryError | SyntaxError):
            return (
                "this template cannot be filled: too much stands inside each other",
                "put loops and brackets after one another",
            )
        if match := re.match(r"No (?:filter|test) named '(\w+)'", said):
            hint = f"what stands after the bar | is misspelt; {LISTED}"
            return f"templates know no filter '{match[1]}'", hint
        if isinstance(error, TemplateSyntaxError) and not isinstance(error, Refused):
            if match := re.search(r"needs to be closed is '(\w+)'", said):
                message = f"{{% {match[1]} %}} is begun in this text and never ended"
                return message, f"add {{% end{match[1]} %}} on a line of its own"
            hint = "look for a missing }} or %} and for a misspelt word between brackets"
            return f"this template cannot be read: {said}", hint
        name, known = "", list(context)
        if match := re.match(r"'(\w+)' is undefined", said):
            message, name = f"templates know nothing called '{match[1]}'", match[1]
        elif match := re.match(r"a (\w+) has no field '(\w+)'", said):
            message, name, known = (
                f"a {match[1].lower()} has no field '{match[2]}'",
                match[2],
                list(self._language.kinds[match[1]]),
            )
        elif match := re.match(r"'None' has no attribute '(\w+)'", said):
            return (
                f"this asks for '{match[1]}' of something that the file leaves out",
                "ask first whether it is there: {% if … %}",
            )
        else:
            message = f"this template cannot be filled: {said}"
        return message, did_you_mean(name, known, LISTED)


_TOKEN = pattern("\ufdd0(\\d+)\ufdd1")
_ALONE = pattern(r"\s*(?P<mark>[-~]\s+|\d+\.\s+)?\ufdd0(?P<number>\d+)\ufdd1\s*")


def _spans(content: Sequence[tuple[str, str]], own: str, line: str) -> Spans:
    """The spans of one template line: its marks apply around the content, the content's own inside. What has
    no origin comes from the template, which has its `own`.
    """
    spans: list[Span] = []
    for outer in inline(line):
        position = 0
        for match in _TOKEN.finditer(outer.text):
            if before := outer.text[position : match.start()]:
                spans.append(replace(outer, text=before, origin=own))
            words, origin = content[int(match[1])]
            for inner in inline(words):
                marks = outer.bold or inner.bold, outer.italic or inner.italic, inner.link or outer.link
                spans.append(Span(inner.text, *marks, origin or own, outer.quiet or inner.quiet))
            position = match.end()
        if after := outer.text[position:]:
            spans.append(replace(outer, text=after, origin=own))
    return tuple(spans)


@lru_cache(maxsize=2048)  # decks on one review say most of it in the same words
def _blocks(filled: str, own: str, *content: tuple[str, str]) -> Blocks:
    """The blocks of a text whose tokens stand for words of some origin alone."""
    return blocks(filled, partial(_spans, content, own))


# What Jinja2, Python's compiler and our functions raise for a template that does not work.
_FAILURES = (
    *(TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError),
    *(RuntimeError, MemoryError, SyntaxError),
)


def _begun(said: str) -> str:
    return said if said.startswith("this") else f"this template cannot be filled: {said}"


def _line(error: BaseException) -> int:
    """The line inside a template where filling it stopped, counting from 1."""
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    found, step = 1, error.__traceback__
    while step:  # Jinja2 puts the template's own lines into the traceback
        found = step.tb_lineno if step.tb_frame.f_code.co_filename == "<template>" else found
        step = step.tb_next
    return found
