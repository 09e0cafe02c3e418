"""A command that was typed otherwise than it is meant to be: what is wrong with it, and what to type."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Sequence
from typing import Any

from toolkit.problems import near

# What people type for a command that has another name.
_MEANT = {
    "help": "toolkit --help",
    "version": "toolkit --version",
    "make": "toolkit build",
    "create": "toolkit new review NAME",
    "start": "toolkit new review NAME",
    "validate": "toolkit check",
    "test": "toolkit check",
    "update": "toolkit build",
    "open": "toolkit show FILE",
    "review": "toolkit new review NAME",
    "deck": "toolkit new deck NAME",
    "briefing": "toolkit new briefing NAME",
    "template": "toolkit brand FILE --save NAME",
}


def run(app: Callable[..., Any], typed: Sequence[str]) -> int:
    """Runs what was typed and gives back its exit code; what cannot be read is told in plain words."""
    try:
        code = app(standalone_mode=False)
    except Exception as error:
        if type(error).__name__ == "Abort":
            print("Stopped: nothing was answered.", file=sys.stderr)
            return 1
        if not hasattr(error, "format_message"):
            raise
        if type(error).__name__ == "NoArgsIsHelpError":
            print(error.format_message(), file=sys.stderr)
            return 2
        print(said(error, typed), file=sys.stderr)
        return 2
    return code if isinstance(code, int) else 0


def said(error: Any, typed: Sequence[str]) -> str:
    """What is wrong with a command, and what to type."""
    context, words = getattr(error, "ctx", None), str(error.format_message())
    command = getattr(context, "command", None)
    name = getattr(context, "info_name", "") if getattr(context, "parent", None) else ""
    program = f"toolkit {name}" if name else f"toolkit {typed[0]}" if len(typed) > 1 else "toolkit"
    more = f" For all that it can do, run: {program} --help"
    param, kind = getattr(error, "param", None), type(error).__name__
    if found := re.match(r"No such command '(.*?)'\.", words):
        there = getattr(command, "commands", {})
        return f"There is no command '{found[1]}'. {_command(found[1], typed, there)}"
    if kind == "NoSuchOption" or "No such option" in words:
        told = _option(error, typed, command)
        return told + more * ("two hyphens" not in told and "Did you mean" not in told)
    if found := re.search(r"unexpected extra arguments? \((.*)\)|extra argument\(s\) \((.*)\)", words):
        return _extra(program, found[1] or found[2], command)
    if kind == "MissingParameter":
        return f"{program}{_missing(param, words)}{more}"
    if found := re.match(r"Option '(.*?)' requires an argument", words):
        return f"{program}: {found[1]} needs a word after it.{more}"
    if kind == "BadParameter":
        told = _bad(words)
        place = f"{_option_of(param)} " if _option_of(param) else ""
        return f"{program}: {place}{told}" + more * ("Did you mean" not in told and "one of" not in told)
    return f"{program}: {words}{more}"


def _command(name: str, typed: Sequence[str], there: Collection[str]) -> str:
    if name == "toolkit":
        return f"Leave out the second word: toolkit {' '.join(typed[1:])}".rstrip()
    if name in _MEANT:
        return f"Run: {_MEANT[name]}"
    if name in _LISTS:
        return f"Run: toolkit list {name}"
    meant = near(name.casefold(), there, 0.6)
    return f"Did you mean '{meant}'?" if meant else "For all commands, run: toolkit --help"


_LISTS = ("themes", "agencies", "kinds", "patterns", "outlines", "brands", "reviews", "terms", "guidance")


def _option(error: Any, typed: Sequence[str], command: Any) -> str:
    """What is said of an option that there is not; -only is --only with one hyphen too few."""
    there = [option for one in getattr(command, "params", ()) for option in one.opts]
    for word in typed:
        if f"-{word.partition('=')[0]}" in there and len(word) > 2:
            return f"'{word}' needs two hyphens: -{word}"
    name = str(getattr(error, "option_name", "") or "")
    wrong = next((word for word in typed if word.startswith(name)), name) if name else "This option"
    meant = near(wrong, there, 0.6)
    return f"There is no option '{wrong}'." + (f" Did you mean '{meant}'?" if meant else "")


def _extra(program: str, extra: str, command: Any) -> str:
    if all(one.opts[0].startswith("-") for one in getattr(command, "params", ())):
        return f"{program} is about the whole folder: leave out '{extra}'."
    hint = "put a name with spaces in quotation marks, or hyphens in their place"
    return f"{program}: '{extra}' is too much. If it belongs to the name before it, {hint}."


def _option_of(param: Any) -> str:
    return next((one for one in getattr(param, "opts", ()) if one.startswith("--")), "")


def _missing(param: Any, words: str) -> str:
    """What is said of a word or option that has to be there."""
    help_ = str(getattr(param, "help", None) or "").rstrip(".")
    help_ = f"{help_[:1].lower()}{help_[1:]}"
    _, chosen, choices = words.partition("Choose from:")
    if option := _option_of(param):
        return f": {option} is missing: {help_}."
    if chosen:
        return f" needs one of these words after it: {' '.join(choices.split())}."
    return f" needs a name after it: {help_}."


def _bad(words: str) -> str:
    """What is said of a word that will not do, out of the parser's words."""
    if found := re.search(r"'([^']*)' is not one of (.*?)\.?$", words):
        choices = re.findall(r"'([^']*)'", found[2])
        meant = near(found[1].casefold(), choices, 0.8)
        hint = f"Did you mean '{meant}'?" if meant else f"It is one of: {', '.join(choices)}."
        return f"'{found[1]}' is not known here. {hint}"
    if "valid integer" in words:
        return "needs a whole number, in figures."
    if found := re.search(r"(less|greater) than or equal to (\d+)", words):
        return f"must be at {'most' if found[1] == 'less' else 'least'} {found[2]}."
    return f"will not do: {words.rpartition(': ')[2].rstrip('.')}."
