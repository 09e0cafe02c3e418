"""What is made when it is first used is the same as what the standard library makes at once."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import re
from typing import Any

import pytest

from toolkit import late


def shape(make: Any, **how: Any) -> Any:
    """A class of the same fields by either decorator."""

    @make(**how)
    class Shape:
        name: str
        sides: int = 3
        notes: list[str] = dataclasses.field(default_factory=list)
        seen: dict[str, int] = dataclasses.field(default_factory=dict, init=False, repr=False, compare=False)

    return Shape


HOW = [{}, {"frozen": True}, {"frozen": True, "order": True}, {"frozen": True, "order": True, "slots": True}]


@pytest.mark.parametrize("how", HOW, ids=str)
def test_instances_are_made_told_apart_and_shown_as_by_the_standard_library(how: dict[str, bool]) -> None:
    def said(make: Any) -> list[Any]:
        cls = shape(make, **how)
        one, other, third = cls("a"), cls("a", 3, []), cls("a", sides=4)
        one.seen["x"] = 1
        assert one.notes is not other.notes
        found: list[Any] = [repr(one), one == other, one != third, one == "a", dataclasses.asdict(third)]
        found += [cls.__match_args__, [one.name for one in dataclasses.fields(cls)], cls.__hash__ is None]
        if "order" in how:
            found += [one < third, one <= other, one > third, one >= other, sorted([third, one])[0] is one]
        return found

    assert said(late.dataclass) == said(dataclasses.dataclass)


@pytest.mark.parametrize(
    "given", [((), {}), (("a", 1, [], {}), {}), (("a",), {"name": "b"}), (("a",), {"x": 1})]
)
def test_what_cannot_be_given_is_refused(given: tuple[tuple[Any, ...], dict[str, Any]]) -> None:
    for make in (late.dataclass, dataclasses.dataclass):
        with pytest.raises(TypeError):
            shape(make)(*given[0], **given[1])


@late.dataclass(frozen=True)
class Point:
    """A frozen value of this module, so that it can be pickled."""

    x: int
    y: int = 0


def test_a_frozen_value_stays_as_it_is() -> None:
    point = Point(1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del point.y
    assert point == Point(1, 0) == copy.deepcopy(point) == pickle.loads(pickle.dumps(point))
    assert {point: "here"}[Point(1)] == "here" and hash(Point(1)) != hash(Point(2))


@late.dataclass(frozen=True, slots=True)
class Slotted:
    """A value without a dictionary of its own, as plans hold many."""

    name: str


def test_a_slotted_value_can_be_copied_and_pickled_and_stays_as_it_is() -> None:
    one = Slotted("a")
    assert not hasattr(one, "__dict__")
    assert pickle.loads(pickle.dumps(one)) == copy.copy(one) == late.replace(one, name="a") == one
    assert hash(one) == hash(Slotted("a"))
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.name = "b"  # type: ignore[misc]


def test_a_class_keeps_its_own_methods_and_gives_them_to_another() -> None:
    @late.dataclass(frozen=True)
    class Named(Point):
        name: str = ""

        def __repr__(self) -> str:
            return self.name

    assert repr(Named(1, 2, "corner")) == "corner"
    assert Named(1, 2, "a") != Named(1, 2, "b") and Named(1, 2) != Point(1, 2)


def test_replacing_changes_what_is_named_alone() -> None:
    point = Point(1, 2)
    assert late.replace(point, y=5) == Point(1, 5) and point == Point(1, 2)
    one = shape(late.dataclass)("a", 4, ["n"])
    one.seen["x"] = 1
    other = late.replace(one, name="b")
    assert (other.name, other.sides, other.notes, other.seen) == ("b", 4, ["n"], {})
    for unknown in ("z", "seen"):
        with pytest.raises(TypeError):
            late.replace(one, **{unknown: 1})


def test_a_pattern_is_what_re_makes_of_it() -> None:
    words = late.pattern(r"(?P<first>[a-z])(\w*)", re.I)
    for _ in range(2):  # made by the first question, and there for the second
        assert words.match("Ab!") and words.fullmatch("Ab!") is None and words.search("1b")
        assert words.sub("-", "Ab cd") == "- -" and words.findall("Ab") == [("A", "b")]
        assert words.split("1Ab2")[1:3] == ["A", "b2"] and [m[0] for m in words.finditer("a b")] == ["a", "b"]
        assert words.groupindex == {"first": 1} and words.flags & re.I
    with pytest.raises(re.error):
        late.pattern("(").match("")
