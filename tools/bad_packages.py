#!/usr/bin/env python3
"""Make Office files as they should never be, and see that each is read or refused in words.

    python tools/bad_packages.py [HOW MANY] [SEED]

Each is one of our own templates, or one of tools/odd_templates.py, with one to four faults: bits flipped,
parts dropped, doubled or renamed, XML cut off, odd values, absurd sizes, relationships to nowhere and in
circles. It goes through `show`, `accessible` and `brand` in this process. Told are a traceback, more than two
seconds, more than 300 MiB, and a file written where none should be. The same seed makes the same files.
"""

from __future__ import annotations

import importlib.util
import random
import re
import resource
import signal
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from types import FrameType
from typing import Any

from toolkit.brand.inspection import describe, inspect, save_brand
from toolkit.office.accessible import check_accessible
from toolkit.office.accessible.active import active
from toolkit.office.opc import read_package
from toolkit.office.show import show
from toolkit.problems import Invalid

HERE = Path(__file__).resolve().parent
Parts = dict[str, bytes]
LONGEST = 2.0  # seconds of computing for one command
LARGEST = 300  # MiB of memory in all
VALUES = (
    *("", " ", "0", "-1", "1", "00", "-0", "1.5", "1e9", "1e400", "nan", "inf", "true", "None", "٣", "²"),
    *("99999999999999999999", "-2147483649", "2147483648", "50%", "-5%", "%", "0x1F", "12pt", "1,5", "½"),
    *("rId1", "rId999", "#", "#12", "ZZZZZZ", "FFFFFFFFF", "tx1", "phClr", "both", "start", "A" * 9000),
    *("../../../../etc/passwd", "/ppt/presentation.xml", "file:///etc/passwd", "{0}", "{gap:body}", "%s"),
    *("auto", "\u202e"),
)
_SIZED = rb"cx|cy|x|y|w:w|w:h|w:val|w:left|w:top|sz|idx|id|lvl|w:ilvl|lIns|marL|indent|rot|fontScale"
SIZES = re.compile(rb"\b(?:" + _SIZED + rb')="[^"]*"')
ATTRIBUTE = re.compile(rb'\b([\w:]+)="([^"]*)"')
ELEMENT = re.compile(rb"<([\w:]+)[^<>]*?/>|<([\w:]+)[^<>]*>[^<>]*</\2>")
NAME = re.compile(rb"(?<=<)([\w:]+)(?=[^<>]*/>)")
TAG = re.compile(rb"</?[\w:]+[^<>]*>")


def xml(rng: random.Random, parts: Parts) -> str:
    """The name of a part that is XML: the small ones, which everything hangs on, as often as the large."""
    names = [name for name in parts if name.endswith((".xml", ".rels"))]
    return rng.choice(names) if names else ""


def changed(find: re.Pattern[bytes], new: Callable[[random.Random, re.Match[bytes]], bytes]) -> Fault:
    """A fault that replaces a few places of one part."""

    def fault(rng: random.Random, parts: Parts) -> None:
        name = xml(rng, parts)
        found = list(find.finditer(parts.get(name, b"")))
        for match in rng.sample(found, min(len(found), rng.choice((1, 1, 3, 40)))):
            start, end = match.span()
            if parts[name][start:end] == match[0]:
                parts[name] = parts[name][:start] + new(rng, match) + parts[name][end:]

    return fault


def value(rng: random.Random) -> bytes:
    return rng.choice(VALUES).encode("utf-8", "replace").replace(b'"', b"&quot;")


def dropped(rng: random.Random, parts: Parts) -> None:
    for name in rng.sample(sorted(parts), min(len(parts), rng.choice((1, 1, 2, 8)))):
        del parts[name]


def renamed(rng: random.Random, parts: Parts) -> None:
    name = rng.choice(sorted(parts))
    parts[rng.choice((name.upper(), name + ".bin", f"x/{name}", name.replace(".", "2.")))] = parts.pop(name)


def swapped(rng: random.Random, parts: Parts) -> None:
    one, other = (rng.choice(sorted(parts)) for _ in range(2))
    parts[one], parts[other] = parts[other], parts[one]


def cut_off(rng: random.Random, parts: Parts) -> None:
    name = rng.choice(sorted(parts))
    parts[name] = parts[name][: rng.randrange(len(parts[name]) + 1)]


def flipped(rng: random.Random, parts: Parts) -> None:
    name = rng.choice(sorted(parts))
    data = bytearray(parts[name])
    for _ in range(rng.choice((1, 5, 100)) if data else 0):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    parts[name] = bytes(data)


def relation(rng: random.Random, parts: Parts) -> None:
    """A relationship that leads to nowhere, to itself, to another kind of part, or outside."""
    names = [name for name in parts if name.endswith(".rels")]
    if names:
        name = rng.choice(names)
        new = rng.choice(
            (*(f"/{other}" for other in rng.sample(sorted(parts), 3)), "nowhere.xml", "", "//x/y")
        )
        found = list(re.finditer(rb'Target="[^"]*"', parts[name]))
        if found:
            start, end = rng.choice(found).span()
            outside = b' TargetMode="External"' * (rng.random() < 0.2)
            parts[name] = parts[name][:start] + f'Target="{new}"'.encode() + outside + parts[name][end:]


def kind(rng: random.Random, parts: Parts) -> None:
    """A relationship or a part of another type."""
    names = [n for n in parts if n.endswith(".rels") or n == "[Content_Types].xml"]
    name = rng.choice(names) if names else ""
    kinds = re.findall(rb'(?:\bType|ContentType)="([^"]*)"', b"".join(parts[n] for n in names))
    found = list(re.finditer(rb'(\bType|ContentType)="[^"]*"', parts.get(name, b"")))
    if found and kinds:
        match = rng.choice(found)
        new = match[1] + b'="' + rng.choice((*kinds, b"", b"x")) + b'"'
        parts[name] = parts[name][: match.start()] + new + parts[name][match.end() :]


def circle(rng: random.Random, parts: Parts) -> None:
    """Styles that are based on each other, and lists that name each other."""
    name = "word/styles.xml"
    ids = re.findall(rb'w:styleId="([^"]*)"', parts.get(name, b""))
    if ids:
        parts[name] = re.sub(
            rb'<w:(basedOn|next|link) w:val="[^"]*"',
            lambda m: b"<w:" + m[1] + b' w:val="' + rng.choice(ids) + b'"',
            parts[name],
        )


def code(rng: random.Random, parts: Parts) -> None:
    """Another encoding than was said, or a mark before it."""
    name = xml(rng, parts)
    if name:
        text = parts[name].decode("utf-8", "replace")
        parts[name] = rng.choice(
            (
                b"\xef\xbb\xbf" + parts[name],
                text.encode("utf-16"),
                text.replace("UTF-8", "UTF-16").encode("utf-16"),
                text.replace("UTF-8", "ebcdic-cp-be").encode(),
                text.replace("UTF-8", "latin-1").encode(),
                b"\0" + parts[name],
                b"",
            )
        )


def deep(rng: random.Random, parts: Parts) -> None:
    """Elements inside each other, or one again and again."""
    name = xml(rng, parts)
    found = list(ELEMENT.finditer(parts.get(name, b"")))
    if found:
        match = rng.choice(found)
        tag = match[1] or match[2]
        times = rng.choice((3, 300, 3000))
        many = match[0] * times if rng.random() < 0.5 else b"<%s>" % tag * times + b"</%s>" % tag * times
        parts[name] = parts[name][: match.start()] + many + parts[name][match.end() :]


Fault = Callable[[random.Random, Parts], None]
FAULTS: tuple[Fault, ...] = (
    changed(ATTRIBUTE, lambda rng, m: m[1] + b'="' + value(rng) + b'"'),
    changed(SIZES, lambda rng, m: m[0].partition(b"=")[0] + b'="' + value(rng) + b'"'),
    changed(ATTRIBUTE, lambda rng, m: b""),
    changed(ELEMENT, lambda rng, m: b""),
    changed(ELEMENT, lambda rng, m: m[0] * rng.choice((2, 2, 50))),
    changed(TAG, lambda rng, m: b""),
    changed(
        re.compile(rb"(?<=<)([\w:]+)(?=[^<>]*/>)"), lambda rng, m: rng.choice((b"w:p", b"a:t", b"p:sp", b"x"))
    ),
    changed(re.compile(rb">[^<>]+<"), lambda rng, m: b">" + value(rng).replace(b"<", b"") + b"<"),
    changed(re.compile(rb"http://schemas[^\"]*"), lambda rng, m: m[0][: rng.randrange(len(m[0]))]),
    *(dropped, renamed, swapped, cut_off, flipped, relation, relation, kind, circle, code, deep),
)


@cache
def bases() -> tuple[Parts, ...]:
    """Good and odd templates, unpacked."""
    spec = importlib.util.spec_from_file_location("odd_templates", HERE / "odd_templates.py")
    assert spec and spec.loader
    odd: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(odd)
    house = HERE.parent / "templates" / "brands" / "house"
    made = [odd.unpacked((house / name).read_bytes()) for name in ("deck.pptx", "briefing.docx")]
    return tuple(made + [odd.unpacked(make()) for make in odd.TEMPLATES.values()])


def package(seed: int) -> tuple[bytes, str]:
    """A bad Office file, and the ending of its name."""
    rng = random.Random(seed)
    base = rng.choice(bases())
    ending = ".docx" if any(name.startswith("word/") for name in base) else ".pptx"
    parts = dict(base)
    for _ in range(rng.choice((1, 1, 2, 4))):
        if parts:
            rng.choice(FAULTS)(rng, parts)
    out = BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
            if rng.random() < 0.0005:
                archive.writestr(name, content)
    data = bytearray(out.getvalue())
    if rng.random() < 0.03:
        for _ in range(rng.choice((1, 10))):
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return bytes(data[: rng.randrange(len(data))] if rng.random() < 0.01 else data), ending


class TooLong(Exception):
    """A command has computed for too long."""


def _stop(number: int, frame: FrameType | None) -> None:
    raise TooLong


def tried(data: bytes, ending: str, folder: Path, save: bool) -> Iterator[tuple[str, str]]:
    """What went wrong with each command on a file: its name, and a traceback or how long it took."""
    file = folder / f"bad{ending}"
    file.write_bytes(data)
    commands: dict[str, Callable[[], object]] = {
        "show": lambda: show(file),
        "accessible": lambda: (lambda p: (check_accessible(p), active(p)))(read_package(file)),
        "brand": lambda: describe(inspect(file)),
    }
    if save:
        commands["brand --save"] = lambda: save_brand([file], "bad", folder / "brands")
    for name, command in commands.items():
        signal.setitimer(signal.ITIMER_VIRTUAL, 20)
        start = time.process_time()
        try:
            command()
        except Invalid as error:
            if not all(problem.message and problem.hint for problem in error.problems):
                yield name, "a problem without words"
        except Exception:
            yield name, traceback.format_exc()
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        took = time.process_time() - start
        if took > LONGEST:
            yield name, f"took {took:.1f} s"


def main(count: int, seed: int) -> int:
    """How many files went wrong."""
    signal.signal(signal.SIGVTALRM, _stop)
    ends: Counter[str] = Counter()
    wrong = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "inside"
        for number in range(seed, seed + count):
            folder.mkdir()
            data, ending = package(number)
            found = list(tried(data, ending, folder, number % 5 == 0))
            outside = [path.name for path in Path(temporary).iterdir() if path != folder]
            left = [path for path in folder.rglob("*") if "unfinished" in path.name]
            found += [("files", f"left over or outside: {outside} {left}")] if outside or left else []
            wrong += bool(found)
            for command, what in found:
                lines = what.strip().splitlines()
                where = next(
                    (line.strip() for line in reversed(lines) if line.strip().startswith("File")), ""
                )
                ends[f"{command}: {lines[-1][:150]} {where}"] += 1
                print(f"{number} {command}: {lines[-1][:150]} {where}", flush=True)
            for path in sorted(folder.rglob("*"), reverse=True):
                path.rmdir() if path.is_dir() else path.unlink()
            folder.rmdir()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\n{count:,} bad files from seed {seed}: {wrong} went wrong; {memory:.0f} MiB at most")
    for end, times in ends.most_common():
        print(f"{times:6} {end}")
    return wrong + (memory > LARGEST)


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    sys.exit(bool(main(*(numbers + [500, 0][len(numbers) :]))))  # type: ignore[call-arg]
