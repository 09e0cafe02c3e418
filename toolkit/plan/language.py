"""The language of templates: plain values, a small part of Jinja2, and an end to everything.

A template may come from anybody, so it is no more than words with gaps. It sees records, not models: fields
with names whose values are text, numbers, true, false, none, lists and further records. It may say what is in
`_NODES`, `FILTERS` and `TESTS`, and call the functions it is given. Whatever it does is counted, without a
clock: no more than `MOST_WORK` in one text, and no text longer than `LONGEST`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

from jinja2 import StrictUndefined, TemplateRuntimeError, TemplateSyntaxError, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.compiler import operators as _COMPARISONS
from jinja2.exceptions import SecurityError
from jinja2.filters import make_attrgetter
from jinja2.runtime import Context, LoopContext, Undefined
from jinja2.sandbox import SandboxedEnvironment
from pydantic import BaseModel

from toolkit.late import pattern
from toolkit.plan.model import Blocks, clock

# What one text may do: parts of a template done in a loop, items gone through, characters made.
MOST_WORK = 1_000_000
LONGEST = 1_000_000  # characters of a text that a template makes
LARGEST = 10**15  # numbers are minutes, counts and years
_RECORD_WORK = 20  # what a function does for each record that it is given, in parts of a template

_LEAD = pattern(r"\*\*([^*]+)\*\*[,:;]?\s+(?=\S)")

# fmt: off
_NODES = {
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Assign, nodes.Scope,
    nodes.Name, nodes.Const, nodes.List, nodes.Tuple, nodes.Dict, nodes.Pair, nodes.Keyword,
    nodes.Getattr, nodes.Getitem, nodes.Slice, nodes.Call, nodes.Filter, nodes.Test,
    nodes.CondExpr, nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand, nodes.Concat,
    nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Neg, nodes.Pos,
}
FILTERS = {
    "abs", "after_lead", "capitalize", "clock", "count", "d", "default", "first", "float", "int", "join",
    "last", "lead", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "replace",
    "reverse", "round", "select", "selectattr", "sentence", "sort", "sum", "title", "trim", "unique",
    "upper", "words",
}
TESTS = {
    "boolean", "defined", "divisibleby", "even", "false", "in", "none", "number", "odd", "string", "true",
    "undefined", "eq", "equalto", "ge", "greaterthan", "gt", "le", "lessthan", "lt", "ne",
    "==", "!=", "<", "<=", ">", ">=",
}
# fmt: on
_TAGS = {
    nodes.CallBlock: "{% call %}",
    nodes.FilterBlock: "{% filter %}",
    nodes.FromImport: "{% from %}",
    nodes.AssignBlock: "{% set %} with {% endset %}",
    nodes.ScopedEvalContextModifier: "{% autoescape %}",
    nodes.NSRef: "namespaces",
    nodes.Pow: "**",
}
_LOOP = {"first", "last", "index", "index0", "revindex", "revindex0", "length", "previtem", "nextitem"}
_OF_TEXT = {"capitalize", "lower", "replace", "title", "trim", "upper", "words"}
_OF_NUMBERS = {"divisibleby", "even", "odd"}
_SCALARS = (str, int, float, bool, type(None))
_LISTS = (list, tuple)
LISTED = "docs/architecture.md lists what templates may use"
_LATER = object()


class Refused(TemplateSyntaxError):
    """Something that the language of templates has not."""


class Wrong(TemplateRuntimeError):
    """Something that a template may not do, and what to do instead."""

    def __init__(self, message: str, hint: str = LISTED) -> None:
        super().__init__(message)
        self.hint = hint


def _too_much() -> Wrong:
    return Wrong(
        "this template makes too much",
        "look for a loop in a loop, or words that are repeated or added to themselves; put less on this page",
    )


class Told(str):
    """Words that know where they come from; whatever a template makes of them knows it as well."""

    __slots__ = ("origin",)
    origin: str


def told(words: str, origin: str) -> Told:
    """Words with their origin (see `Span`)."""
    made = Told(words)
    made.origin = origin
    return made


def _traced(made: Any, *sources: Any) -> Any:
    """What an operation has made of some values, with the origins of them all."""
    found: dict[str, None] = {}
    for source in sources:
        for one in source if isinstance(source, _LISTS) else (source,):
            if isinstance(one, Told):
                found[one.origin] = None
    if not found:
        return made
    origin = " ".join(found)
    if isinstance(made, _LISTS):
        return type(made)(told(one, origin) if type(one) is str else one for one in made)
    return told(made, origin) if type(made) is str else made


class Made:
    """Blocks that a function of ours has made, such as a drawing: they stand on a line of their own."""

    __slots__ = ("blocks",)

    def __init__(self, blocks: Blocks) -> None:
        self.blocks = blocks


class Record:
    """What a template sees of a model: its kind, such as "Review", and named fields with plain values."""

    __slots__ = ("fields", "kind", "path")

    def __init__(self, kind: str, names: tuple[str, ...], path: str) -> None:
        self.kind, self.path = kind, path
        self.fields: dict[str, Any] = dict.fromkeys(names, _LATER)


class Function:
    """One of the functions that templates call; gives the same for the same records."""

    __slots__ = ("known", "use")

    def __init__(self, use: Callable[..., Any]) -> None:
        self.use = use
        self.known: dict[tuple[Any, ...], Any] = {}


def _inside(node: nodes.Node) -> list[nodes.Node]:
    """Every node inside another, in reading order."""
    found: list[nodes.Node] = []
    rest = [node]
    while rest:
        node = rest.pop()
        found.append(node)
        fields = [getattr(node, name, None) for name in node.fields]
        every = [one for field in fields for one in (field if isinstance(field, list) else (field,))]
        rest += [one for one in reversed(every) if isinstance(one, nodes.Node)]
    return found[1:]


class _Code(CodeGenerator):
    """Has everything that could grow go through the environment, which counts."""

    def pull_dependencies(self, nodes: Any) -> None:
        """Nothing: filters and tests are looked up in the environment."""

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:
        self._named("filtered", node, frame)

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:
        self._named("tested", node, frame)

    def _named(self, method: str, node: nodes.Filter | nodes.Test, frame: Frame) -> None:
        assert node.node is not None
        self.write(f"environment.{method}(context, {node.name!r}, ")
        self.visit(node.node, frame)
        self.signature(node, frame)
        self.write(")")

    def visit_For(self, node: nodes.For, frame: Frame) -> None:
        inside = _inside(node)
        cost = len(inside) + sum(len(part.data) for part in inside if isinstance(part, nodes.TemplateData))
        node.iter = nodes.Filter(
            node.iter, "(loop)", [nodes.Const(cost)], [], None, None, lineno=node.iter.lineno
        )
        super().visit_For(node, frame)

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:
        self.write("(")
        self._through("compared", node.expr, frame)
        for op in node.ops:
            self.write(f" {_COMPARISONS[op.op]} ")
            self._through("compared", op.expr, frame)
        self.write(")")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        self._through("joined", nodes.Tuple(node.nodes, "load"), frame)

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:
        if not isinstance(node.arg, nodes.Slice):
            super().visit_Getitem(node, frame)
            return
        parts: list[nodes.Expr] = [
            part or nodes.Const(None) for part in (node.arg.start, node.arg.stop, node.arg.step)
        ]
        self._through("sliced", nodes.Tuple([node.node, *parts], "load"), frame)

    def _through(self, method: str, node: nodes.Expr, frame: Frame) -> None:
        self.write(f"environment.{method}(")
        self.visit(node, frame)
        self.write(")")


class Language(SandboxedEnvironment):
    """The language of templates."""

    code_generator_class = _Code
    intercepted_binops = frozenset(["+", "-", "*", "/", "//", "%"])

    def __init__(self, finalize: Callable[..., str]) -> None:
        super().__init__(undefined=StrictUndefined, finalize=finalize, lstrip_blocks=True, optimized=False)
        self.globals.clear()
        own = {
            "clock": clock,
            "join": self._join,
            "replace": self._replace,
            "round": _round,
            "sum": _sum,
            "words": _words,
            "sentence": sentence,
            "lead": lead,
            "after_lead": after_lead,
        }
        self.filters = {name: own.get(name) or self.filters[name] for name in FILTERS}
        self.tests = {name: self.tests[name] for name in TESTS}
        self.left = MOST_WORK
        self.kinds: dict[str, tuple[str, ...]] = {}
        self.traced: dict[int, str] = {}  # the origin of what is inside reviews, by Python's id
        self._behind: dict[Record, Any] = {}
        self._made: dict[int, tuple[Any, Any]] = {}  # by id, with what has this id, which keeps it alive

    # What is seen: plain values.

    def plain(self, value: Any, path: str = "") -> Any:
        """A value as templates see it; the same for the same value. Raises TypeError for the rest.

        `path` is where a value inside a traced one stands.
        """
        if path and type(value) is str:
            return told(value, path)
        if type(value) in _SCALARS or isinstance(value, Record | Function | Told | Made):
            return value
        if id(value) not in self._made:
            self._made[id(value)] = value, self._plain(value, self.traced.get(id(value), path))
        return self._made[id(value)][1]

    def _plain(self, value: Any, path: str) -> Any:
        if isinstance(value, _LISTS):
            return type(value)(self.plain(one, f"{path}/{n}" if path else "") for n, one in enumerate(value))
        if isinstance(value, dict):
            return {key: self.plain(one) for key, one in value.items()}
        if isinstance(value, BaseModel) or (dataclasses.is_dataclass(value) and not isinstance(value, type)):
            kind = type(value).__name__
            if kind not in self.kinds:
                self.kinds[kind] = _names(type(value))
            record = Record(kind, self.kinds[kind], path)
            self._behind[record] = value
            return record
        if callable(value):
            return Function(value)
        raise TypeError(f"templates cannot use a {type(value).__name__}")

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Record):
            value = obj.fields.get(attribute, self)
            if value is _LATER:
                path = f"{obj.path}/{attribute}" if obj.path else ""
                value = obj.fields[attribute] = self.plain(getattr(self._behind[obj], attribute), path)
            if value is not self:
                return value
        elif isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        elif isinstance(obj, LoopContext) and attribute in _LOOP:
            return getattr(obj, attribute)
        elif isinstance(obj, Undefined):
            str(obj)  # raises, and says what is undefined
        kind = obj.kind if isinstance(obj, Record) else type(obj).__name__
        if attribute.startswith("_"):
            raise SecurityError(f"access to attribute {attribute[:40]!r} of {kind!r} object is unsafe.")
        hint = f"a {kind} has no field '{attribute}'" if isinstance(obj, Record) else None
        return self.undefined(hint, obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(argument, str):
            return self.getattr(obj, argument)
        if isinstance(argument, Undefined):
            str(argument)
        if type(argument) is not int:
            raise TypeError("what stands in [brackets] must be a number or a name")
        if isinstance(obj, (str, *_LISTS)) and -len(obj) <= argument < len(obj):
            return _traced(obj[argument], obj) if isinstance(obj, str) else obj[argument]
        return self.undefined(obj=obj, name=argument)  # type: ignore[arg-type]

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        kwargs.pop("_loop_vars", None)
        kwargs.pop("_block_vars", None)
        if isinstance(obj, Undefined):
            str(obj)
        if not isinstance(obj, Function):
            raise Wrong("this calls something that is no function")
        self._spend(self._size((*args, *kwargs.values())) + _RECORD_WORK)
        if kwargs or any(isinstance(value, list | Told) for value in args):
            return _traced(self._called(obj, args, kwargs), *args, *kwargs.values())
        if args not in obj.known:
            obj.known[args] = self._called(obj, args, kwargs)
        return obj.known[args]

    def _called(self, function: Function, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        made = self.plain(
            function.use(*map(self._model, args), **{name: self._model(v) for name, v in kwargs.items()})
        )
        return self.kept(made)

    def _model(self, value: Any) -> Any:
        """What a function of ours is given for a value of a template."""
        if isinstance(value, Record):
            self._spend(_RECORD_WORK)
            return self._behind[value]
        return type(value)(map(self._model, value)) if isinstance(value, _LISTS) else value

    # What is counted.

    def _spend(self, work: int) -> None:
        self.left -= work
        if self.left < 0:
            raise _too_much()

    def _size(self, value: Any) -> int:
        """How many values there are in a value; a long text counts as several. Refuses what is no value."""
        total, rest = 0, [value]
        while rest:
            one = rest.pop()
            total += 1
            if isinstance(one, str):
                total += len(one) // 16
            elif isinstance(one, (*_LISTS, dict)):
                total += len(one)
                rest.extend(one.values() if isinstance(one, dict) else one)
            elif not isinstance(one, (*_SCALARS, Record, Undefined)):
                raise TypeError(f"a {type(one).__name__} is no value")
            if total > MOST_WORK:
                raise _too_much()
        return total

    def kept(self, made: Any) -> Any:
        """What an operation has made, when it is small enough."""
        if isinstance(made, Iterator):
            made = list(made)
        if isinstance(made, str):
            self._spend(len(made))
            if len(made) > LONGEST:
                raise _too_much()
        elif isinstance(made, (*_LISTS, dict)):
            self._spend(len(made))
        elif isinstance(made, int | float):
            _number(made)
        return made

    def filtered(self, context: Context, name: str, value: Any, /, *args: Any, **kwargs: Any) -> Any:
        """What a filter makes of a value."""
        if name == "(loop)":
            return self._gone_through(value, *args)
        return self.call_filter(name, value, args, kwargs, context)

    def tested(self, context: Context, name: str, value: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Whether a test holds for a value."""
        return self.call_test(name, value, args, kwargs, context)

    def call_filter(
        self,
        name: str,
        value: Any,
        args: Any = None,
        kwargs: Any = None,
        context: Any = None,
        eval_ctx: Any = None,
    ) -> Any:
        args, kwargs = args or (), kwargs or {}
        self._spend(self._size(value) * self._size((*args, *kwargs.values())))
        if isinstance(value, dict):
            value = list(value.values())
        if name in _OF_TEXT and not isinstance(value, (str, int, float, Undefined)):
            raise TypeError(f"the filter {name} needs text")
        made = self.kept(super().call_filter(name, value, args, kwargs, context, eval_ctx))
        return _traced(made, value, *args, *kwargs.values())

    def call_test(
        self,
        name: str,
        value: Any,
        args: Any = None,
        kwargs: Any = None,
        context: Any = None,
        eval_ctx: Any = None,
    ) -> Any:
        self._spend(self._size((value, *(args or ()), *(kwargs or {}).values())))
        if name in _OF_NUMBERS and not isinstance(value, (int, float, Undefined)):
            raise TypeError(f"only a number can be {name}")
        return super().call_test(name, value, args, kwargs, context, eval_ctx)

    def _gone_through(self, value: Any, cost: int) -> Any:
        if isinstance(value, Undefined):
            return list(value)
        if isinstance(value, dict):
            value = list(value.values())
        if not isinstance(value, (str, *_LISTS)):
            kind = value.kind if isinstance(value, Record) else type(value).__name__
            raise TypeError(f"'{kind}' object is not iterable")
        self._spend(len(value) * cost)
        return [told(letter, value.origin) for letter in value] if isinstance(value, Told) else value

    def compared(self, value: Any) -> Any:
        """A value as it is."""
        if type(value) not in _SCALARS or type(value) is str:
            self._spend(self._size(value))
        return value

    def sliced(self, parts: tuple[Any, Any, Any, Any]) -> Any:
        """Some items of a list, or letters of a text."""
        value, *bounds = parts
        if isinstance(value, Undefined):
            str(value)
        if not isinstance(value, (str, *_LISTS)):
            raise TypeError("only a list or text has a part from one number to another")
        made = self.kept(value[slice(*bounds)])
        return _traced(made, value) if isinstance(value, str) else made

    def joined(self, parts: tuple[Any, ...]) -> Any:
        """The words of some values in one text."""
        return _traced(self._join(parts), parts)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if isinstance(left, int | float) and isinstance(right, int | float):
            return _number(super().call_binop(context, operator, _number(left), _number(right)))
        if operator == "%" and isinstance(left, str):
            raise Wrong(
                "% is for numbers, not for text",
                "write the parts one after the other, or with ~ between them",
            )
        if operator == "*":
            times, repeated = (left, right) if isinstance(left, int) else (right, left)
            if isinstance(times, int) and isinstance(repeated, (str, *_LISTS)):
                self._spend(max(times, 0) * len(repeated))
        if operator == "+" and isinstance(left, (str, *_LISTS)) and isinstance(right, (str, *_LISTS)):
            self._spend(len(left) + len(right))
        return _traced(super().call_binop(context, operator, left, right), left, right)

    def _join(self, value: Any, d: str = "", attribute: Any = None) -> str:
        if attribute is not None:
            value = list(map(make_attrgetter(self, attribute), value))
        words = list(map(words_of, value))
        self._spend(sum(map(len, words)) + len(words) * len(words_of(d)))
        return words_of(d).join(words)

    def _replace(self, value: Any, old: str, new: str, count: int = -1) -> str:
        words = words_of(value)
        self._spend(len(words) + words.count(old) * len(new))
        return words.replace(old, new, count)

    # What can be said at all.

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        for node in (source, *_inside(source)):
            self._allow(node)
        return super()._generate(source, *args, **kwargs)

    def _allow(self, node: nodes.Node) -> None:
        refused, line = "", node.lineno or 1
        if type(node) not in _NODES:
            refused = _TAGS.get(type(node)) or f"{{% {type(node).__name__.lower()} %}}"
        elif isinstance(node, nodes.For) and node.recursive:
            refused = "recursive loops"
        elif isinstance(node, nodes.Call | nodes.Filter | nodes.Test) and (node.dyn_args or node.dyn_kwargs):
            refused = "stars before what stands in (brackets)"
        elif isinstance(node, nodes.Call) and not isinstance(node.node, nodes.Name):
            called = f" '{node.node.attr}'" if isinstance(node.node, nodes.Getattr) else ""
            refused = f"function{called} that belongs to a value"
        elif isinstance(node, nodes.Pair) and not isinstance(node.key, nodes.Const):
            refused = "names of fields that are worked out"
        elif (
            isinstance(node, nodes.Const)
            and isinstance(node.value, int | float)
            and not node.value <= LARGEST
        ):
            refused = "numbers as large as this"
        elif isinstance(node, nodes.Name) and node.name == "self":
            raise Refused("'self' is undefined", line)
        if refused:
            raise Refused(f"templates have no {refused}", line)
        for kind, known in ((nodes.Filter, FILTERS), (nodes.Test, TESTS)):
            if isinstance(node, kind) and node.name not in known:
                raise Refused(f"No {kind.__name__.lower()} named '{node.name}'", line)
        said = (
            node.data
            if isinstance(node, nodes.TemplateData)
            else node.value
            if isinstance(node, nodes.Const)
            else ""
        )
        if isinstance(said, str) and ODD.search(said):
            raise Refused("templates have no characters that cannot be printed", line)


ODD = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def _names(kind: Any) -> tuple[str, ...]:
    """The fields of a class that templates see: those in `shown`, where it says so; else all but `hidden`."""
    if shown := getattr(kind, "shown", None):
        return tuple(shown)
    if issubclass(kind, BaseModel):
        return tuple(name for name in kind.model_fields if name not in getattr(kind, "hidden", ()))
    return tuple(field.name for field in dataclasses.fields(kind))


def _number(value: Any) -> Any:
    if not abs(value) <= LARGEST:
        raise Wrong(
            "this number is too large",
            "templates count minutes, points and pages; look for what is multiplied",
        )
    return value


def _round(value: float, precision: int = 0) -> Any:
    return round(value, max(0, min(precision, 9)))


def _sum(value: list[float]) -> Any:
    return sum(map(_number, value))


def sentence(value: Any) -> str:
    """Words with a full stop where they have no end."""
    words = str(value)
    return words if words.rstrip("”’)")[-1:] in (".", "?", "!", "…", "") else f"{words}."


def lead(value: Any) -> str:
    """The bold words that a text begins with, where more follows them; else nothing."""
    match = _LEAD.match(str(value))
    return match[1] if match else ""


def after_lead(value: Any) -> str:
    """A text without its `lead`, and without the comma or colon between the two."""
    match = _LEAD.match(str(value))
    return str(value)[match.end() :] if match else str(value)


def _words(value: Any) -> int:
    return len(str(value).split())


def words_of(value: Any) -> str:
    """A value in words: text as it is, a number in digits, none as nothing. Refuses every other."""
    if value is None:
        return ""
    if isinstance(value, str | Undefined) or (isinstance(value, int | float) and not isinstance(value, bool)):
        return str(value)
    if isinstance(value, bool):
        raise Wrong("this prints true or false, not words", "say what to print: {{ 'words' if … }}")
    if isinstance(value, Record):
        fields = ", ".join(list(value.fields)[:5])
        raise Wrong(
            f"this prints a group of fields, not words ({value.kind.lower()})",
            f"add a dot and a field, such as: {fields}",
        )
    if isinstance(value, (*_LISTS, dict)):
        raise Wrong(
            "this prints a list, not words", "go through it with {% for … %}, or write | join('; ') after it"
        )
    if isinstance(value, Made):
        raise Wrong(
            "this prints a drawing among words", "give it a line of its own, with nothing before or after it"
        )
    if isinstance(value, Function):
        raise Wrong("this prints a function, not words", "write in (brackets) what it is about")
    raise Wrong("this prints something that is not words")
