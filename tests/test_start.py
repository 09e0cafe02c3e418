"""What a person starts from: new files, a new folder, and the JSON Schemas that editors use."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import INVENTED, TOP, run_here
from toolkit.problems import Invalid
from toolkit.project import Project
from toolkit.start import SCHEMAS, schema_text, start_file, start_folder, write_schemas

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


def test_init_makes_a_folder_that_builds(tmp_path: Path) -> None:
    ran = run_here("init", "my-board", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    folder = tmp_path / "my-board"
    assert {p.name for p in folder.iterdir()} == {"README.txt", "reviews", "decks", "briefings", "reference"}
    name = sorted((folder / "briefings").glob("*.yaml"))[0].stem
    built = run_here("build", f"briefings/{name}", cwd=folder)
    assert (built.code, built.err) == (0, "")
    assert (folder / "build" / "briefings" / f"{name}.docx").is_file()


def test_init_changes_no_folder_that_holds_something(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x.txt").write_text("mine", "utf-8")
    (tmp_path / "file").write_text("mine", "utf-8")
    for name in ("full", "file"):
        with pytest.raises(Invalid, match="not empty; nothing was changed"):
            start_folder(tmp_path / name)
    (tmp_path / "empty").mkdir()
    start_folder(tmp_path / "empty")
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
