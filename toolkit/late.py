"""What is made when it is first used: the methods of dataclasses, and patterns.

A command loads a hundred dataclasses and as many patterns, and uses a third of them. The standard library
writes and compiles the methods of each when it is loaded, which took a tenth of the time of a briefing. Here
are the same ones, later; whoever reads the types sees those of the standard library.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, AnyStr

__all__ = ["dataclass", "pattern", "replace"]


class _Pattern:
    """A pattern that is compiled when it is first asked for anything."""

    __slots__ = ("_flags", "_source", "findall", "finditer", "fullmatch", "match", "search", "split", "sub")

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        made = re.compile(self._source, self._flags)
        for method in _Pattern.__slots__[2:]:
            setattr(self, method, getattr(made, method))
        return getattr(made, name)


def _written(source: str, names: dict[str, Any], name: str) -> Callable[..., Any]:
    """A function of this name out of its source."""
    exec(source, names)
    made: Callable[..., Any] = names[name]
    return made


def _init(cls: type) -> Callable[..., Any]:
    names: dict[str, Any] = {"__set": object.__setattr__, "__none": object()}
    given, done = ["self"], ["pass"]
    for one in dataclasses.fields(cls):
        factory = one.default_factory is not dataclasses.MISSING
        if not (one.init or factory):
            continue
        names[f"__{one.name}"] = one.default_factory if factory else one.default
        value = f"__{one.name}()" if factory else one.name
        if one.init:
            default = "=__none" if factory else f"=__{one.name}"
            given.append(one.name + default * (factory or one.default is not dataclasses.MISSING))
            value = f"{value} if {one.name} is __none else {one.name}" if factory else value
        done.append(f"__set(self, {one.name!r}, {value})")
    return _written(f"def __init__({', '.join(given)}):\n " + "\n ".join(done), names, "__init__")


def _compared(cls: type, of: str) -> str:
    """The fields by which instances are told apart, as a tuple in Python."""
    return f"({''.join(f'{of}.{one.name}, ' for one in dataclasses.fields(cls) if one.compare)})"


def _comparison(name: str, sign: str) -> Callable[[type], Callable[..., Any]]:
    def make(cls: type) -> Callable[..., Any]:
        whole = f"{_compared(cls, 'self')} {sign} {_compared(cls, 'other')}"
        alike = "other.__class__ is self.__class__"
        return _written(f"def {name}(self, other):\n return {whole} if {alike} else NotImplemented", {}, name)

    return make


def _hash(cls: type) -> Callable[..., Any]:
    return _written(f"def __hash__(self):\n return hash({_compared(cls, 'self')})", {}, "__hash__")


def _repr(self: Any) -> str:
    shown = (f"{one.name}={getattr(self, one.name)!r}" for one in dataclasses.fields(self) if one.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _keep(self: Any, name: str, value: Any = None) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _later(cls: type, name: str, make: Callable[[type], Callable[..., Any]]) -> None:
    """Give a class a method that is made when it is first called, if it has none of its own."""
    if cls.__dict__.get(name):
        return

    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        made = make(cls)
        made.__qualname__ = f"{cls.__qualname__}.{name}"
        setattr(cls, name, made)
        return made(self, *args, **kwargs)

    setattr(cls, name, method)


_ORDER = {"__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}


def _dataclass(
    cls: type | None = None, *, frozen: bool = False, order: bool = False, slots: bool = False
) -> Any:
    def made(cls: type) -> type:
        kept = frozen and slots  # the standard library then knows how to copy and to pickle it
        cls = dataclasses.dataclass(init=False, repr=False, eq=False, frozen=kept, slots=slots)(cls)
        _later(cls, "__init__", _init)
        _later(cls, "__repr__", lambda cls: _repr)
        for name, sign in ({"__eq__": "=="} | (_ORDER if order else {})).items():
            _later(cls, name, _comparison(name, sign))
        if frozen:
            _later(cls, "__hash__", _hash)
            cls.__setattr__ = cls.__delattr__ = _keep  # type: ignore[assignment, method-assign]
        else:
            cls.__hash__ = None  # type: ignore[assignment]
        return cls

    return made(cls) if cls else made


_changed: dict[type, Callable[..., Any]] = {}


def _replace(one: Any, /, **changes: Any) -> Any:
    cls = type(one)
    if cls not in _changed:
        names = [field.name for field in dataclasses.fields(cls) if field.init]
        given, values = (
            (f"{name}=__none" for name in names),
            (f"__one.{n} if {n} is __none else {n}" for n in names),
        )
        source = f"def changed(__one, *, {', '.join(given)}):\n return __cls({', '.join(values)})"
        _changed[cls] = _written(source, {"__none": object(), "__cls": cls}, "changed")
    return _changed[cls](one, **changes)


if TYPE_CHECKING:
    from dataclasses import dataclass, replace

    def pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
        """A pattern that is compiled when it is first used."""
        raise NotImplementedError
else:
    dataclass, replace, pattern = _dataclass, _replace, lambda source, flags=0: _Pattern(source, flags)
