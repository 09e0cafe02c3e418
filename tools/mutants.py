"""`make mutants`: do the tests notice when one line of the code is wrong? Exits 1 where too few are caught.

A mutant is the toolkit with one small change in one line: `<` for `<=`, 29 for 28, `any` for `all`, a
filter left out. A seeded sample of each folder runs against the tests that concern it, in copies of the
tree, on all cores; `evidence`, which says how far a point may go, is tried in full. Every mutant that no
test noticed is listed.

    tools/mutants.py                                   the sample and all of evidence, with their limits
    tools/mutants.py toolkit/content/rules.py          every mutant of these files
    tools/mutants.py --sample 10 toolkit/plan          so many of these files
"""

from __future__ import annotations

import argparse
import ast
import os
import queue
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
SEED = 7
SAMPLE = 50  # of each folder
LIMITS = {"toolkit/content": 0.80, "toolkit/plan": 0.80, "toolkit/brand": 0.65, "toolkit/fit": 0.65}
EVIDENCE = "toolkit/content/evidence.py"
TESTS = {  # the tests that concern a folder, those that are quick first
    "toolkit/content": "evidence rules source content reading facts broken pages wording start golden",
    "toolkit/plan": "markup plan facts fill pages wording evidence broken golden",
    "toolkit/brand": "inks compiled brand hygiene deck word broken golden",
    "toolkit/fit": "typeset fit drawing pdf golden",
}
SECONDS = 240  # of CPU for each process of a test run: a mutant that turns for ever is caught

HARMLESS = (  # lines of evidence that only the type checker reads: no mutant of them changes anything
    'Found = Literal["found", "found-board", "found-reported"]',
    'Label = Literal["", "lowered", "raised", "as-reported"]',
)


@dataclass(frozen=True)
class Mutant:
    """One change of one line: the file, where in it, and the text before and after."""

    path: str
    line: int
    start: int
    end: int
    before: str
    after: str

    def applied(self, source: bytes) -> bytes:
        """The file with the change in it. Columns count bytes, as `ast` does."""
        lines = source.splitlines(keepends=True)
        line = lines[self.line - 1]
        lines[self.line - 1] = line[: self.start] + self.after.encode() + line[self.end :]
        return b"".join(lines)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.start + 1}: {self.before} → {self.after}"


COMPARED = {
    ast.Lt: ("<", ("<=", ">=")),
    ast.LtE: ("<=", ("<", ">")),
    ast.Gt: (">", (">=", "<=")),
    ast.GtE: (">=", (">", "<")),
    ast.Eq: ("==", ("!=",)),
    ast.NotEq: ("!=", ("==",)),
    ast.In: ("in", ("not in",)),
    ast.NotIn: ("not in", ("in",)),
    ast.Is: ("is", ("is not",)),
    ast.IsNot: ("is not", ("is",)),
}
COMPUTED = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "/"),
    ast.Mod: ("%", "*"),
    ast.BitOr: ("|", "&"),
    ast.BitAnd: ("&", "|"),
}
SWAPPED = {"all": "any", "any": "all", "min": "max", "max": "min", "sorted": "list", "reversed": "list"}


def mutants(path: Path) -> list[Mutant]:
    """Every mutant of a file that may change something, in the order of its lines."""
    source = path.read_bytes()
    lines = source.splitlines()
    name = path.relative_to(ROOT).as_posix()
    found: dict[tuple[int, int, int, str], Mutant] = {}
    for line, start, end, after in _changes(ast.parse(source), lines):
        before = lines[line - 1][start:end].decode()
        if before != after and lines[line - 1].decode() not in HARMLESS:
            found.setdefault((line, start, end, after), Mutant(name, line, start, end, before, after))
    return [found[key] for key in sorted(found)]


def _changes(tree: ast.Module, lines: list[bytes]) -> Iterator[tuple[int, int, int, str]]:
    """(line, first column, end column, new text) of each change."""
    unread = set(map(id, _unread(tree)))
    for node in ast.walk(tree):
        if id(node) in unread:
            continue
        if isinstance(node, (ast.Compare, ast.BoolOp, ast.BinOp, ast.AugAssign)):
            yield from _operators(node, lines)
        elif isinstance(node, (ast.expr, ast.stmt)) and node.lineno == node.end_lineno:
            start, end = node.col_offset, node.end_col_offset or 0
            for after in _others(node, lines[node.lineno - 1][start:end].decode()):
                yield node.lineno, start, end, after
        if isinstance(node, (ast.If, ast.IfExp, ast.While)):
            yield from _instead(node.test, lines, "not ({})")
        elif isinstance(node, ast.comprehension):
            for test in node.ifs:
                yield from _instead(test, lines, "True")


def _unread(tree: ast.Module) -> Iterator[ast.AST]:
    """What never runs, or has no quotes of its own: annotations, documentation, parts of f-strings."""
    for node in ast.walk(tree):
        for field in ("annotation", "returns"):
            if part := getattr(node, field, None):
                yield from ast.walk(part)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield from ast.walk(node)
        if isinstance(node, ast.JoinedStr):
            yield from (part for part in ast.walk(node) if isinstance(part, ast.Constant))
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            yield from ast.walk(node)


def _operators(node: ast.AST, lines: list[bytes]) -> Iterator[tuple[int, int, int, str]]:
    """Another operator between two operands that stand in one line."""
    if isinstance(node, ast.Compare):
        operands = [node.left, *node.comparators]
        pairs = [
            (a, b, *COMPARED[type(op)])
            for a, b, op in zip(operands, operands[1:], node.ops)
            if type(op) in COMPARED
        ]
    elif isinstance(node, ast.BoolOp):
        word, other = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        pairs = [(a, b, word, (other,)) for a, b in zip(node.values, node.values[1:])]
    elif isinstance(node, ast.BinOp) and type(node.op) in COMPUTED:
        sign, other = COMPUTED[type(node.op)]
        pairs = [(node.left, node.right, sign, (other,))]
    elif isinstance(node, ast.AugAssign) and type(node.op) in COMPUTED:
        sign, other = COMPUTED[type(node.op)]
        pairs = [(node.target, node.value, f"{sign}=", (f"{other}=",))]
    else:
        pairs = []
    for left, right, sign, others in pairs:
        first, last = left.end_lineno, right.lineno
        line, begin = (last, left.end_col_offset or 0) if first == last else (last, 0)
        between = lines[line - 1][begin : right.col_offset]
        at = between.find(sign.encode())
        if at >= 0:
            for other in others:
                yield line, begin + at, begin + at + len(sign), other


def _others(node: ast.AST, text: str) -> Iterator[str]:
    """What could stand in the place of a node of one line."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, bool):
            yield str(not node.value)
        elif isinstance(node.value, int):
            yield from (repr(node.value + 1), repr(node.value - 1))
        elif isinstance(node.value, float):
            yield from (repr(round(node.value * 1.1, 6)), repr(round(node.value * 0.9, 6)))
        elif isinstance(node.value, str):
            yield repr(f"{node.value}X")
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in SWAPPED:
        yield SWAPPED[node.id]
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield text.removeprefix("not").strip()
    elif isinstance(node, ast.Return) and node.value and not _is_none(node.value):
        yield "return None"
    elif isinstance(node, ast.Raise) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
        yield "pass"
    elif isinstance(node, (ast.Continue, ast.Break)):
        yield "break" if isinstance(node, ast.Continue) else "continue"


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _instead(test: ast.expr, lines: list[bytes], form: str) -> Iterator[tuple[int, int, int, str]]:
    turned = isinstance(test, ast.UnaryOp) or (isinstance(test, ast.Compare) and len(test.ops) == 1)
    if test.lineno == test.end_lineno and not (turned and "not" in form):  # those are turned round already
        text = lines[test.lineno - 1][test.col_offset : test.end_col_offset].decode()
        yield test.lineno, test.col_offset, test.end_col_offset or 0, form.format(text)


def tests_of(path: str) -> list[str]:
    """The test files that concern a file of the toolkit."""
    names = next((words for folder, words in TESTS.items() if path.startswith(folder)), "")
    if not names:
        raise SystemExit(f"no tests are known for {path}; there are tests for {', '.join(TESTS)}")
    return [f"tests/test_{name}.py" for name in names.split()]


def caught(tree: Path, mutant: Mutant | None, tests: Sequence[str]) -> bool:
    """Whether the tests fail, or never end, in a copy of the tree with the mutant in it for that time."""

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, resource.RLIM_INFINITY))

    words = [
        sys.executable,
        "-m",
        "pytest",
        "-x",
        "-q",
        "--no-header",
        "-p",
        "no:cacheprovider",
        "-m",
        "not office and not slow",
    ]
    environment = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    if mutant:
        path = tree / mutant.path
        whole = path.read_bytes()
        path.write_bytes(mutant.applied(whole))
    try:
        done = subprocess.run(
            [*words, *tests], cwd=tree, env=environment, capture_output=True, preexec_fn=bounded, text=True
        )
    finally:
        if mutant:
            path.write_bytes(whole)
    if not mutant and done.returncode:
        raise SystemExit(f"the tests fail without any mutant:\n{done.stdout[-3000:]}")
    return done.returncode != 0


def survivors(chosen: Sequence[Mutant]) -> list[Mutant]:
    """The mutants that no test noticed. Prints a line for each as it is known."""
    count = min(os.cpu_count() or 1, len(chosen)) or 1
    with tempfile.TemporaryDirectory() as work:
        trees: queue.Queue[Path] = queue.Queue()
        for n in range(count):
            left_out = shutil.ignore_patterns(
                ".git", ".venv", "build", "__pycache__", ".*_cache", ".hypothesis"
            )
            trees.put(Path(shutil.copytree(ROOT, Path(work) / str(n), ignore=left_out)))
        for tests in {tuple(tests_of(mutant.path)) for mutant in chosen}:
            caught(Path(work) / "0", None, tests)

        def tried(mutant: Mutant) -> bool:
            tree = trees.get()
            try:
                found = caught(tree, mutant, tests_of(mutant.path))
            finally:
                trees.put(tree)
            print(f"{'caught' if found else 'LIVES '} {mutant}", flush=True)
            return found

        with ThreadPoolExecutor(count) as pool:
            results = list(pool.map(tried, chosen))
    return [mutant for mutant, found in zip(chosen, results) if not found]


def files(names: Sequence[str]) -> list[Path]:
    """The Python files of some files and folders."""
    paths = [(ROOT / name).resolve() for name in names]
    return [f for path in paths for f in (sorted(path.rglob("*.py")) if path.is_dir() else [path])]


def sampled(names: Sequence[str], count: int) -> list[Mutant]:
    """So many mutants of some files, the same each time."""
    every = [mutant for path in files(names) for mutant in mutants(path)]
    return random.Random(SEED).sample(every, min(count, len(every)))


def told(what: str, tried: int, lived: Sequence[Mutant], limit: float) -> bool:
    """Print the share that was caught beside its limit; whether it is met."""
    share = 1 - len(lived) / tried if tried else 1.0
    met = share >= limit
    print(f"{what:<28} {tried - len(lived):>3} of {tried:>3} caught, {share:.0%}, at least {limit:.0%}: "
          f"{'ok' if met else 'short'}", flush=True)  # fmt: skip
    return met


def main() -> int:
    """Run the sample, or what the command line asks for; 1 when a limit is not met."""
    asked = argparse.ArgumentParser(description="Do the tests notice when one line of the code is wrong?")
    asked.add_argument("names", nargs="*", help="files or folders; all folders with a limit when left out")
    asked.add_argument("--sample", type=int, default=0, help="try so many; all of them when left out")
    words = asked.parse_args()
    if words.names:
        chosen = sampled(words.names, words.sample or sys.maxsize)
        return 0 if told(" ".join(words.names), len(chosen), survivors(chosen), 1.0) else 1
    groups = {folder: sampled([folder], words.sample or SAMPLE) for folder in LIMITS}
    whole = mutants(ROOT / EVIDENCE)
    lived = survivors([*dict.fromkeys([*whole, *(m for group in groups.values() for m in group)])])
    print()
    results = [
        told(folder, len(group), [m for m in group if m in lived], LIMITS[folder])
        for folder, group in groups.items()
    ]
    results.append(told(EVIDENCE, len(whole), [m for m in whole if m in lived], 1.0))
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
