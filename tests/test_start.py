"""What a person starts from: new files, a new folder, and the JSON Schemas that editors use."""

from __future__ import annotations

import datetime
import errno
import io
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import INVENTED, TOP, run_here
from toolkit.content.model import NO_BOARD
from toolkit.problems import Invalid
from toolkit.project import Project
from toolkit.start import OWN_BRAND, SCHEMAS, Answers, schema_text, start_file, start_folder, write_schemas

FOLDERS = {"review": "reviews", "deck": "decks", "briefing": "briefings"}


def test_new_files_build_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "reviews").mkdir()
    for kind in FOLDERS:
        ran = run_here("new", kind, "baby-rose", cwd=tmp_path)
        assert (ran.code, ran.out, ran.err) == (0, f"wrote {FOLDERS[kind]}/baby-rose.yaml\n", "")
    checked = run_here("check", cwd=tmp_path)
    assert (checked.code, checked.err) == (0, "")
    built = run_here("build", cwd=tmp_path)
    assert (built.code, built.err) == (0, "")
    assert (tmp_path / "build" / "decks" / "baby-rose.pptx").is_file()
    assert (tmp_path / "build" / "briefings" / "baby-rose.docx").is_file()


@pytest.mark.parametrize(
    "name",
    ["Baby Rose", "baby_rose", "../rose", "rose.yaml", "", "-", "a--b", "CON ", "bébé", "a/b", "a\\b", "x\n"],
)
def test_bad_name_is_refused_with_a_better_one(project: Path, name: str) -> None:
    before = sorted(project.rglob("*"))
    with pytest.raises(Invalid, match="will not do as a name") as found:
        start_file(Project(project), "review", name)
    if name == "Baby Rose":
        assert found.value.problems[0].hint == "use lower-case letters, digits and hyphens, such as baby-rose"
    assert sorted(project.rglob("*")) == before


def test_new_never_writes_over_a_file(project: Path) -> None:
    before = (project / "reviews" / "robin.yaml").read_bytes()
    ran = run_here("new", "review", "robin", cwd=project)
    assert ran.code == 1
    assert "there already; nothing was changed" in ran.err
    assert (project / "reviews" / "robin.yaml").read_bytes() == before


def test_deck_needs_a_review(tmp_path: Path) -> None:
    (tmp_path / "decks").mkdir()
    with pytest.raises(Invalid, match="a deck needs a review"):
        start_file(Project(tmp_path), "deck", "one")


HOUSE = TOP / "templates" / "brands" / "house"


def names(folder: Path) -> list[str]:
    return sorted(path.stem for path in folder.glob("*.yaml"))


def test_init_makes_a_folder_that_builds(tmp_path: Path) -> None:
    ran = run_here("init", "my-board", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert "Nothing was asked. board.yaml names no board and no way to raise a concern yet" in ran.out
    folder = tmp_path / "my-board"
    assert {p.name for p in folder.iterdir()} == {"README.txt", "board.yaml", "reference", *FOLDERS.values()}
    assert names(folder / "reviews") == names(TOP / "reviews")
    assert f"with {len(names(folder / 'reviews'))} reviews, " in ran.out
    assert Project(folder).board() == NO_BOARD.model_copy(
        update={"edition": f"{datetime.date.today():%Y-%m}"}
    )
    checked = run_here("check", cwd=folder)
    assert (checked.code, checked.err) == (0, "")
    name = names(folder / "briefings")[0]
    built = run_here("build", f"briefings/{name}", cwd=folder)
    assert (built.code, built.err) == (0, "")
    assert (folder / "build" / "briefings" / f"{name}.docx").is_file()


def test_init_writes_what_it_is_told(tmp_path: Path) -> None:
    name, concern = 'An “invented” board: #1 \\ "x"', "Ring 01632 960001; at night: 960002"
    words = ("--board", name, "--concern", f"  {concern}\n", "--reviews", "faith, sama")
    ran = run_here("init", "ours", *words, "--template", HOUSE / "deck.pptx", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert "Nothing was asked" not in ran.out
    folder = tmp_path / "ours"
    board = Project(folder).board()
    assert (board.name, board.brand) == (name, OWN_BRAND)
    assert [(one.title, one.text) for one in board.raise_concern] == [("A concern about a child", concern)]
    assert Project(folder).brand(OWN_BRAND).deck.parts
    for kind in FOLDERS.values():
        assert names(folder / kind) == ["faith", "sama"]
    target = next(t for t in Project(folder).targets() if t.folder == "briefings")
    work, _, _ = Project(folder).work(target)
    assert (work.board, work.brand, work.edition) == (name, OWN_BRAND, f"{datetime.date.today():%Y-%m}")


def test_decks_come_along_with_all_of_their_reviews_or_not_at_all(tmp_path: Path) -> None:
    start_folder(tmp_path / "some", Answers(reviews=("daniel-pelka", "keanu-williams")), "2031-02")
    assert names(tmp_path / "some" / "decks") == []
    assert names(tmp_path / "some" / "briefings") == ["daniel-pelka", "keanu-williams"]
    opened = Project(tmp_path / "some")
    assert [opened.work(target)[0].edition for target in opened.targets()] == ["2031-02"] * 2
    three = ("daniel-pelka", "keanu-williams", "hamzah-khan")
    start_folder(tmp_path / "more", Answers(reviews=three), "2031-02")
    assert names(tmp_path / "more" / "decks") == ["national-reviews"]


def test_init_without_reviews_makes_a_folder_to_begin_in(tmp_path: Path) -> None:
    ran = run_here("init", "bare", "--reviews", "none", "--yes", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert "with 0 reviews, 0 decks and 0 briefings." in ran.out and "toolkit new review" in ran.out
    assert run_here("check", cwd=tmp_path / "bare").code == 0


def test_every_field_of_a_board_stands_in_its_file_and_the_examples_hold(tmp_path: Path) -> None:
    start_folder(tmp_path / "new", Answers(), "2031-02")
    path = tmp_path / "new" / "board.yaml"
    assert re.findall(r"^[a-z].*", path.read_text("utf-8"), re.M) == ["edition: 2031-02"]
    used = re.sub(r"(?m)^# (?=[a-z_]+:|  )", "", path.read_text("utf-8"))
    path.write_text(used, "utf-8")
    board = Project(tmp_path / "new").board()
    assert board.model_fields_set == set(type(board).model_fields)
    assert len(board.raise_concern) == 2 and board.support[0].url == "https://example.org/support"


@pytest.mark.parametrize(
    "words, said",
    [
        (
            ("--reviews", "fiath"),
            "--reviews: error: no review is called 'fiath'\n      = did you mean 'faith'?",
        ),
        (("--reviews", "zzz"), "there are: daniel-pelka, "),
        (("--reviews", ""), "--reviews: error: no review is named"),
        (("--reviews", "all, faith"), "no review is called 'all'"),
        (("--board", "A\u202eboard"), "--board: error: an invisible character"),
        (("--board", "A\udce9board"), "--board: error: an invisible character"),
        (("--concern", "x\x07"), "--concern: error: an invisible character"),
        (("--template", "none.pptx"), "none.pptx: error: there is no such file"),
        (("--template", HOUSE / "brand.yaml"), "this is not an Office file"),
        (
            ("--template", HOUSE / "deck.pptx", "--template", HOUSE / "deck.pptx"),
            "this is a second PowerPoint file",
        ),
    ],
)
def test_a_mistake_in_what_init_is_told_leaves_nothing_behind(
    words: tuple[str | Path, ...], said: str, tmp_path: Path
) -> None:
    ran = run_here("init", "deep/new", *words, cwd=tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.err
    assert not list(tmp_path.iterdir())


def test_init_that_cannot_write_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    for name in ("file/new", "n" * 300):
        ran = run_here("init", name, cwd=tmp_path)
        assert (ran.code, ran.out) == (1, "")
        assert "cannot be written" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize("step", ["write_schemas", "rename"])
def test_init_that_is_stopped_leaves_nothing_behind(
    step: str, there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if there:
        (tmp_path / "new").mkdir()

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    if step == "rename":
        rename = Path.rename

        def second(path: Path, to: Path) -> Path:
            stopped = path.name == "reviews" if there else to.name == "new"
            return stop() if stopped else rename(path, to)  # type: ignore[func-returns-value]

        monkeypatch.setattr(Path, "rename", second)
    else:
        monkeypatch.setattr("toolkit.start.write_schemas", stop)
    ran = run_here("init", "new", cwd=tmp_path)
    assert (ran.code, ran.out, ran.err) == (1, "", "Stopped. Nothing was made.\n")
    assert [path.name for path in tmp_path.rglob("*")] == ["new"] * there


def test_init_that_was_killed_in_a_folder_that_was_there_is_ended_by_the_next(tmp_path: Path) -> None:
    assert run_here("init", "whole", "--reviews", "none", cwd=tmp_path).code == 0
    folder = tmp_path / "new"
    start_folder(folder, Answers(), "2026-11")
    ready = folder / ".unfinished"
    ready.mkdir()
    for name in ("board.yaml", "reviews"):
        (folder / name).rename(ready / name)
    (folder / "README.txt").write_text("mine", "utf-8")
    assert run_here("init", "new", "--reviews", "none", cwd=tmp_path).code == 0
    assert {p.name for p in folder.iterdir()} == {p.name for p in (tmp_path / "whole").iterdir()}
    assert (folder / "README.txt").read_text("utf-8") == "mine"
    assert "not empty" in run_here("init", "new", cwd=tmp_path).err


@pytest.mark.parametrize("name", ["n" * 201, "con", "nul"])
def test_a_name_that_no_file_can_have_is_refused(project: Path, name: str) -> None:
    before = sorted(project.rglob("*"))
    for words in (("new", "review", name), ("brand", "--save", name, HOUSE / "deck.pptx")):
        ran = run_here(*words, cwd=project)
        assert (ran.code, "Traceback" in ran.err) == (1, False)
        assert "will not do as a name" in ran.err or "cannot be the name of a brand" in ran.err
    assert sorted(project.rglob("*")) == before


@pytest.mark.parametrize("words", [("new", "review", "wren"), ("brand", "--save", "x"), ("schema",)])
def test_a_disk_that_is_full_is_told_and_leaves_nothing(
    project: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(path for path in project.rglob("*") if path.is_file())

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("toolkit.files._fill", full)
    monkeypatch.setattr(Path, "write_bytes", full)
    ran = run_here(*words, *((HOUSE / "deck.pptx",) if words[0] == "brand" else ()), cwd=project)
    assert (ran.code, "Traceback" in ran.err) == (1, False)
    assert "the disk is full: nothing was written" in ran.err
    assert sorted(path for path in project.rglob("*") if path.is_file()) == before


class Terminal(io.StringIO):
    """Somebody at a terminal who types these lines."""

    def isatty(self) -> bool:
        return True


def answer(monkeypatch: pytest.MonkeyPatch, *lines: str | Path) -> None:
    monkeypatch.setattr("sys.stdin", Terminal("".join(f"{line}\n" for line in lines)))


def test_init_asks_on_a_terminal_and_asks_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deck, word = HOUSE / "deck.pptx", HOUSE / "briefing.docx"
    lines = ("Nobody\u2028's \x07", "Nobody’s  board", "01632 960001", "no.pptx", f'"{deck}"', deck, word)
    answer(monkeypatch, *lines, "fiath", "faith")
    ran = run_here("init", "new", cwd=tmp_path)
    assert ran.code == 0
    for said in (
        "invisible character",
        "no.pptx: error: there is no",
        "a second file of that kind",
        "'faith'?",
    ):
        assert said in ran.err
    assert "thematic-disabled-children  Disabled children" in ran.out
    board = Project(tmp_path / "new").board()
    assert (board.name, board.brand) == ("Nobody’s board", OWN_BRAND)
    assert board.raise_concern[0].text == "01632 960001"
    assert names(tmp_path / "new" / "decks") == ["faith"]


def test_init_takes_enter_for_whatever_one_does_not_know(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "", "", "", "")
    ran = run_here("init", "new", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert "board.yaml names no board and no way" in ran.out and "Nothing was asked" not in ran.out
    assert Project(tmp_path / "new").board().brand == "house"
    assert names(tmp_path / "new" / "reviews") == names(TOP / "reviews")


def test_init_asks_only_for_what_is_not_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, "house", "none")
    ran = run_here("init", "new", "--board", "Nobody", "--concern", "Say so", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert Project(tmp_path / "new").board().name == "Nobody"
    assert names(tmp_path / "new" / "reviews") == []
    answer(monkeypatch)
    whole = ("--board", "x", "--concern", "y", "--template", HOUSE / "deck.pptx", "--reviews", "sama")
    for name, words in (("quiet", ("--yes",)), ("whole", whole)):
        assert run_here("init", name, *words, cwd=tmp_path).code == 0
    assert names(tmp_path / "whole" / "reviews") == ["sama"]
    assert "not empty" in run_here("init", "whole", cwd=tmp_path).err


def test_init_that_is_left_in_the_middle_of_the_questions_makes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "Nobody")
    ran = run_here("init", "new", cwd=tmp_path)
    assert ran.code == 1 and ran.err.endswith("Stopped. Nothing was made.\n")
    assert not list(tmp_path.iterdir())


def test_new_deck_has_an_edition_of_its_own_only_where_the_board_has_none(tmp_path: Path) -> None:
    start_folder(tmp_path / "new", Answers(reviews=("faith",)), "2031-02")
    path = start_file(Project(tmp_path / "new"), "briefing", "one")
    assert "\n# edition: " in path.read_text("utf-8")
    (tmp_path / "new" / "board.yaml").unlink()
    path = start_file(Project(tmp_path / "new"), "briefing", "two")
    assert "\nedition: 20" in path.read_text("utf-8")


def test_init_changes_no_folder_that_holds_something(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x.txt").write_text("mine", "utf-8")
    (tmp_path / "file").write_text("mine", "utf-8")
    for name in ("full", "file"):
        with pytest.raises(Invalid, match="not empty; nothing was changed"):
            start_folder(tmp_path / name, Answers(), "2031-02")
    (tmp_path / "empty").mkdir()
    start_folder(tmp_path / "empty", Answers(), "2031-02")
    assert (tmp_path / "empty" / "reviews").is_dir()


@pytest.mark.parametrize("kind", SCHEMAS)
def test_schemas_in_the_repository_are_current(kind: str) -> None:
    kept = json.loads((TOP / "reference" / "schema" / f"{kind}.json").read_text("utf-8"))
    assert kept == json.loads(schema_text(kind)), "run: toolkit schema"


@pytest.mark.parametrize("kind", SCHEMAS)
def test_schema_command_prints_what_it_would_write(kind: str, project: Path) -> None:
    ran = run_here("schema", kind, cwd=project)
    assert (ran.code, ran.err) == (0, "")
    assert write_schemas(project) == [project / "reference" / "schema" / f"{one}.json" for one in SCHEMAS]
    kept = (project / "reference" / "schema" / f"{kind}.json").read_text("utf-8")
    assert kept == ran.out == schema_text(kind)


def test_schema_of_a_board_accepts_a_board_and_no_other_field() -> None:
    schema = json.loads(schema_text("board"))
    board = {
        **{"name": "Nobody", "edition": "2031-02", "language": "en-GB", "brand": "house", "footer": "x"},
        **{"raise_concern": [{"title": "A concern", "text": 1234}], "escalation": "Say it again."},
        **{"support": [{"title": "x", "text": "y", "url": "https://example.org"}]},
        "procedures": "https://example.org/procedures",
        "names_kept_out": "../names.txt",
    }
    assert faults(board, schema, schema) == []
    assert set(board) == set(schema["properties"])
    assert faults({"nmae": "x"}, schema, schema) == [": unknown nmae"]
    assert faults({"support": [{"title": "x"}]}, schema, schema)


KEYWORDS = {
    "$defs",
    "$ref",
    "additionalProperties",
    "anyOf",
    "const",
    "default",
    "description",
    "enum",
    "items",
    "maxItems",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "pattern",
}
KEYWORDS |= {"properties", "required", "title", "type"}
TYPES = {
    "string": str,
    "number": (int, float),
    "integer": int,
    "boolean": bool,
    "null": type(None),
    "object": dict,
    "array": list,
}


def faults(value: Any, schema: dict[str, Any], whole: dict[str, Any], path: str = "") -> list[str]:
    """Where a value does not meet a JSON Schema, for the keywords that ours use.

    Fails on a keyword that it does not know.
    """
    assert set(schema) <= KEYWORDS, set(schema) - KEYWORDS
    if "$ref" in schema:
        return faults(value, whole["$defs"][schema["$ref"].removeprefix("#/$defs/")], whole, path)
    found: list[str] = []
    if "anyOf" in schema:
        every = [faults(value, choice, whole, path) for choice in schema["anyOf"]]
        return (
            []
            if any(not one for one in every)
            else [f"{path}: none of {len(every)} choices", *(f for one in every for f in one)]
        )
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    if types and not any(
        isinstance(value, TYPES[t]) and not (isinstance(value, bool) and t in ("integer", "number"))
        for t in types
    ):
        return [f"{path}: {value!r} is no {' or '.join(types)}"]
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{path}: {value!r} is none of {schema['enum']}")
    if isinstance(value, str):
        if len(value) < schema.get("minLength", 0) or (
            "pattern" in schema and not re.search(schema["pattern"], value)
        ):
            found.append(f"{path}: {value!r} does not match")
    elif isinstance(value, (int, float)) and not schema.get("minimum", value) <= value <= schema.get(
        "maximum", value
    ):
        found.append(f"{path}: {value!r} is too small or too large")
    elif isinstance(value, list):
        found += [f"{path}: too few items"] * (len(value) < schema.get("minItems", 0))
        found += [f"{path}: too many items"] * (len(value) > schema.get("maxItems", len(value)))
        found += [
            f
            for n, item in enumerate(value)
            for f in faults(item, schema.get("items", {}), whole, f"{path}/{n}")
        ]
    elif isinstance(value, dict):
        found += [f"{path}: no {name}" for name in schema.get("required", []) if name not in value]
        for name, item in value.items():
            if name in schema.get("properties", {}):
                found += faults(item, schema["properties"][name], whole, f"{path}/{name}")
            elif schema.get("additionalProperties") is False:
                found.append(f"{path}: unknown {name}")
    return found


def as_editors_read(path: Path) -> Any:
    """A YAML file by the core schema of YAML 1.2, as editors read it: no dates, and `yes` is a word."""

    def value(node: yaml.Node) -> Any:
        if isinstance(node, yaml.MappingNode):
            return {key.value: value(child) for key, child in node.value}
        if isinstance(node, yaml.SequenceNode):
            return [value(child) for child in node.value]
        if node.style:
            return node.value
        if re.fullmatch(r"[-+]?\d+", node.value):
            return int(node.value)
        if re.fullmatch(r"[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?", node.value):
            return float(node.value)
        return {"true": True, "false": False, "null": None, "~": None, "": None}.get(node.value, node.value)

    return value(yaml.compose(path.read_text("utf-8"), Loader=yaml.CSafeLoader))


FILES = [
    (kind, path)
    for kind, folder in FOLDERS.items()
    for base in (TOP, INVENTED)
    for path in sorted((base / folder).glob("*.yaml"))
]


@pytest.mark.parametrize(
    "kind, path", FILES, ids=[f"{path.parent.name}-{path.stem}-{n}" for n, (_, path) in enumerate(FILES)]
)
def test_schema_accepts_what_the_toolkit_accepts(kind: str, path: Path) -> None:
    schema = json.loads(schema_text(kind))
    assert faults(as_editors_read(path), schema, schema) == []


SEEN_BY_EDITORS = [
    ("reviews", "unknown-field"),
    ("reviews", "missing-field"),
    ("reviews", "text-for-a-list"),
    ("reviews", "list-for-text"),
    ("reviews", "date-in-words"),
    ("reviews", "unknown-source-kind"),
    ("reviews", "standing-raised"),
    ("reviews", "path-in-an-id"),
    ("reviews", "javascript-link"),
    ("reviews", "words-for-yes-or-no"),
    ("reviews", "empty-quotes"),
    ("reviews", "colon-makes-a-group"),
    ("decks", "minutes-in-words"),
    ("decks", "minutes-zero"),
    ("decks", "minutes-too-few"),
    ("decks", "minutes-too-many"),
    ("decks", "no-minutes"),
    ("decks", "unknown-mode"),
    ("decks", "review-as-a-list"),
    ("decks", "no-reviews"),
    ("briefings", "no-questions"),
]


@pytest.mark.parametrize("folder, name", SEEN_BY_EDITORS)
def test_schema_refuses_what_the_toolkit_refuses(folder: str, name: str) -> None:
    schema = json.loads(schema_text({v: k for k, v in FOLDERS.items()}[folder]))
    assert faults(as_editors_read(Path(__file__).parent / "broken" / folder / f"{name}.yaml"), schema, schema)


@pytest.mark.parametrize(
    "name, value",
    [
        ("why", [1.1, "no", 2024]),
        ("checked", {"by": 7, "on": "2026-11-23", "source": "S1", "where": 5.2}),
        ("title", 2024),
        ("questions", [1.1]),
    ],
)
def test_schema_accepts_numbers_and_truths_where_words_stand(name: str, value: Any) -> None:
    schema = json.loads(schema_text("review"))
    assert faults(value, schema["$defs"]["Point"]["properties"][name], schema) == []


def test_schema_of_a_deck_takes_the_short_forms() -> None:
    schema = json.loads(schema_text("deck"))
    for audience in ("everyone", "schools", ["schools", "police"]):
        deck = {"minutes": 30, "audience": audience, "reviews": ["robin", {"review": "wren", "points": []}]}
        assert faults(deck, schema, schema) == []


@pytest.mark.parametrize("count, sound", [(1, False), (2, True), (5, True), (6, False)])
def test_schema_counts_the_answers_of_a_question(count: int, sound: bool) -> None:
    schema = json.loads(schema_text("review"))
    answers = [{"text": f"Answer {n}"} for n in range(count)]
    question = {"text": "Who?", "answers": answers, "because": "So.", "cites": ["S1"]}
    assert (faults([question], schema["properties"]["quiz"], schema) == []) is sound
