"""Names, settings and devices that nobody should type: is each refused in words, quickly, and in its place?

Usage: python tools/odd_names.py [RUNS [SEED]]. Each run types a command with an odd name or option, or builds
or checks a folder in which a file has an odd name or a setting an odd value. No traceback, none over two
seconds of computing or 300 MiB, and nothing written outside the folder. POSIX only.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import sys
import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from faults import INVENTED, Ran, forked, load  # noqa: E402, RUF100

SECONDS, MEBIBYTES = 2.0, 300
_LETTERS = "aZ09 .-_~'\"`$%&*?:;<>|\\/#@!()[]{}=+,\t\n\r\x01\x7f\x85é\u202e\u200b\ufeff\u2028𝔘🙂\udcff\udc80ŵ"
_KNOWN = (
    *(
        "",
        " ",
        ".",
        "..",
        "...",
        "-",
        "--",
        "~",
        "/",
        "//",
        "/etc",
        "../x",
        "a/../../x",
        "con",
        "NUL",
        "aux.x",
    ),
    *("lpt1", "robin", "robin.yaml", "Robin", "decks/robin", "robin/", "*", "?", "null", "true", "1e9", "-1"),
    *(
        "0",
        "99999999999999999999",
        "0x10",
        "1_000",
        "١٢",
        "nan",
        "inf",
        "{{ 7*7 }}",
        "{% raw %}",
        "!!python/name:os",
    ),
    *("&a", "*a", "- a", "a: b", "[", "]", "{", "}", "|", ">", "''", '"', "%TEMP%", "$HOME", "`id`", "$(id)"),
    *("\\\\server\\share", "C:\\x", "C:x", "file:///etc/passwd", "x" * 199, "x" * 201, "x" * 256, "x" * 5000),
    *(
        "é" * 130,
        "/".join("x" * 200),
        "a\nb",
        "\ud800",
        "e\u0301" * 90,
        ".robin",
        "..yaml",
        "robin .",
        "robin.",
    ),
)
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/tty", "/dev/stdin", "/proc/self/mem", "/proc/kmsg")
_DEVICES += ("/proc/self/environ", "/dev", "pipe", "loop", "folder", "locked", "empty", "gone")
_SETTINGS = {
    "decks": (
        "title",
        "subtitle",
        "board",
        "edition",
        "brand",
        "language",
        "outline",
        "minutes",
        "audience",
        "mode",
    ),
    "briefings": ("title", "board", "edition", "brand", "language", "outline", "sides", "questions"),
    "board.yaml": ("name", "edition", "brand", "language", "raise_concern", "support"),
}
_OPTIONS = ("--only", "--jobs", "--minutes", "--lens", "--points", "--mode", "--print", "--theme", "--review")
_OPTIONS += (
    "--save",
    "--board",
    "--concern",
    "--template",
    "--reviews",
    "--final",
    "-v",
    "--yes",
    "--reading",
)
_COMMANDS = (
    "build",
    "check",
    "new",
    "init",
    "show",
    "accessible",
    "brand",
    "points",
    "lenses",
    "list",
    "schema",
)


class Odd:
    """Odd things to type, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def name(self) -> str:
        if self.random.random() < 0.6:
            return self.random.choice(_KNOWN)
        return "".join(self.random.choices(_LETTERS, k=self.random.choice((1, 2, 5, 12, 60, 260))))

    def word(self) -> str:
        """A word of a command line, which holds no NUL."""
        word = self.random.choice(_DEVICES) if self.random.random() < 0.2 else self.name()
        return word.replace("\ud800", "\udcff")

    def command(self) -> tuple[str, ...]:
        """A command with a few words and options after it."""
        pick = self.random
        match pick.choice(("name", "any", "edition", "file")):
            case "name":
                kind = pick.choice(("review", "deck", "briefing"))
                brand = ("brand", "--save", self.word(), "deck.pptx")
                return pick.choice(
                    [
                        ("new", kind, self.word()),
                        ("init", self.word(), "--yes"),
                        ("build", self.word()),
                        brand,
                    ]
                )
            case "edition":
                deck = pick.choice(("robin", "decks/robin", self.word()))
                return ("build", deck, pick.choice(_OPTIONS), self.word(), pick.choice(_OPTIONS), self.word())
            case "file":
                command = pick.choice(("show", "accessible", "brand", "init"))
                more = ("x", "--yes", "--template") if command == "init" else ()
                return (command, *more, pick.choice((*_DEVICES, self.word())))
        words = [pick.choice((*_OPTIONS, self.word())) for _ in range(pick.randint(0, 4))]
        return (pick.choice((*_COMMANDS, self.word())), *words)

    def setting(self, folder: Path) -> None:
        """Give a setting of a deck, a briefing or the board an odd value."""
        where = self.random.choice(tuple(_SETTINGS))
        path = folder / where if where == "board.yaml" else folder / where / "robin.yaml"
        name = self.random.choice(_SETTINGS[where])
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        kept = [line for line in lines if not line.startswith(f"{name}:")]
        value = self.name()
        if self.random.random() < 0.5:
            value = f"'{value}'" if self.random.random() < 0.5 else f"[{value}]"
        text = "\n".join([*kept, f"{name}: {value}", ""])
        path.write_bytes(text.encode("utf-8", "surrogatepass"))

    def file(self, folder: Path) -> None:
        """Put a file, a folder, a pipe or a link with an odd name somewhere into a folder."""
        places = (
            "reviews",
            "decks",
            "briefings",
            "reference",
            "templates/pages",
            "templates/outlines",
            "build",
        )
        places += ("templates/brands", "templates/brands/ours", "build/decks", "build/.stamps/decks", ".")
        place = folder / self.random.choice(places)
        ending = self.random.choice((".yaml", ".yaml", ".yaml", ".json", ".part", ""))
        path = place / f"{self.name()}{ending}".replace("/", "-").replace("\0", "").replace(
            "\ud800", "\udcff"
        )
        with suppress(OSError):
            place.mkdir(parents=True, exist_ok=True)
            match self.random.choice(("deck", "pipe", "folder", "device", "loop", "text")):
                case "deck":
                    shutil.copy(folder / "decks" / "robin.yaml", path)
                case "pipe":
                    os.mkfifo(path)
                case "folder":
                    path.mkdir()
                case "device":
                    path.symlink_to("/dev/zero")
                case "loop":
                    path.symlink_to(path.name)
                case "text":
                    path.write_bytes(self.name().encode("utf-8", "surrogatepass"))


def start(top: Path) -> Path:
    """A folder to type commands in, with what may be named."""
    folder = top / "board"
    shutil.copytree(INVENTED, folder, ignore=shutil.ignore_patterns("build"))
    shutil.copy(INVENTED.parent.parent / "templates" / "brands" / "house" / "deck.pptx", folder)
    os.mkfifo(folder / "pipe")
    (folder / "loop").symlink_to("loop")
    (folder / "folder").mkdir()
    (folder / "empty").touch()
    (folder / "locked").write_bytes(b"PK")
    (folder / "locked").chmod(0)
    return folder


def trial(runs: int, seed: int) -> tuple[Counter[str], list[str]]:
    """How often what was tried, and what was wrong."""
    odd, tried, wrong = Odd(seed), Counter[str](), list[str]()
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        for n in range(runs):
            shutil.rmtree(top / "board", ignore_errors=True)
            folder = start(top)
            kind = ("command", "setting", "file")[n % 3]
            match kind:
                case "command":
                    words = odd.command()
                case "setting":
                    odd.setting(folder)
                    words = odd.random.choice((("check",), ("build", "briefings/robin", "--only", "docx")))
                case _:
                    odd.file(folder)
                    words = odd.random.choice((("check",), ("build", "--only", "docx"), ("list", "brands")))
            found = list(_wrong(words, folder, top))
            tried[kind] += 1
            wrong += [f"{n} {kind} {words!a}: {one}" for one in found]
    return tried, wrong


def _wrong(words: tuple[str, ...], folder: Path, top: Path) -> list[str]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ran: Ran = forked(words, folder)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    found = []
    if ran.code not in (0, 1, 2) or "Traceback" in ran.said:
        found.append(f"ended with {ran.code}: {ran.said[-400:]}")
    if ran.code and not ran.said.strip():
        found.append("nothing was said")
    if took > SECONDS and ran.code:
        found.append(f"{took:.1f} s")
    if after.ru_maxrss > MEBIBYTES * 1024 > before.ru_maxrss:
        found.append(f"{after.ru_maxrss / 1024:.0f} MiB")
    others = [path for path in top.iterdir() if path != folder]
    if others and words[0] != "init":  # which writes where it is told
        found.append(f"written outside the folder: {[path.name for path in others]}")
    for path in others:
        shutil.rmtree(path, ignore_errors=True)
    return found


def main(runs: int = 2000, seed: int = 1) -> int:
    load()
    tried, wrong = trial(runs, seed)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{sum(tried.values())} runs ({dict(tried)}), {len(wrong)} faults, at most {peak:.0f} MiB")
    print(*wrong[:40], sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
