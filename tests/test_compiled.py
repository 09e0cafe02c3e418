"""Compiled brands: the same values again, kept while they are true to their templates, and all that rendering
needs.
"""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from tests.conftest import INVENTED, edit, invented, run
from tests.odd import odd
from toolkit.brand.compiled import Brand, _reader, dump, load
from toolkit.brand.folder import compile_brand
from toolkit.brand.inspection import save_brand
from toolkit.brand.shelf import SHIPPED, fetch
from toolkit.problems import Invalid
from toolkit.project import Project
from toolkit.shipped import HOUSE


@pytest.fixture(scope="module")
def house() -> Brand:
    return compile_brand(HOUSE)[0]


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """The folder of a board's brand."""
    (tmp_path / "wide.pptx").write_bytes(odd.TEMPLATES["wide.pptx"]())
    return save_brand([tmp_path / "wide.pptx"], "ours", tmp_path / "templates" / "brands")


def test_the_house_brand_is_shipped_as_compiling_it_gives_and_small(house: Brand) -> None:
    """If it is not: python tools/house_brand.py."""
    assert load(SHIPPED.read_bytes()) == house
    assert SHIPPED.stat().st_size <= 100_000


@pytest.mark.slow
@pytest.mark.parametrize("name", ["picture-band.pptx", "dark.pptx", "german.docx"])
def test_a_brand_is_the_same_after_it_was_written_and_read(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(odd.TEMPLATES[name]())
    folder = save_brand([tmp_path / name], "ours", tmp_path)
    brand, _ = compile_brand(folder)
    data = dump(brand)
    assert load(data) == brand
    assert dump(load(data)) == data == dump(compile_brand(folder)[0])


def test_a_compiled_brand_is_json_and_parts_alone(house: Brand) -> None:
    with zipfile.ZipFile(BytesIO(dump(house))) as archive:
        assert archive.testzip() is None
        values = json.loads(archive.read("brand.json"))
        name = values["deck"]["parts"]["ppt/theme/theme1.xml"]
        assert archive.read(name) == house.deck.parts["ppt/theme/theme1.xml"]
    assert values["slide"] == {"x": 0, "y": 0, "w": 12_192_000, "h": 6_858_000}


def test_what_cannot_be_plain_data_is_refused() -> None:
    with pytest.raises(TypeError, match="cannot stand in a compiled brand"):
        _reader.__wrapped__(Path)
    with pytest.raises(TypeError, match="cannot stand"):
        _reader.__wrapped__(tuple[Path, ...])


def damaged(data: bytes) -> dict[str, bytes]:
    def without(name: str) -> bytes:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = {n: archive.read(n) for n in archive.namelist()}
        values = json.loads(parts["brand.json"])
        del values[name]
        parts["brand.json"] = json.dumps(values).encode()
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for n, part in parts.items():
                archive.writestr(n, part)
        return out.getvalue()

    return {
        "empty": b"",
        "no zip": b"x" * 100,
        "cut off": data[: len(data) // 2],
        "one byte other": data[:1000] + bytes([data[1000] ^ 255]) + data[1001:],
        "of another version": without("accent"),
        "no parts": without("deck"),
    }


@pytest.mark.parametrize("fault", damaged(SHIPPED.read_bytes()))
def test_a_damaged_file_is_no_brand(fault: str) -> None:
    with pytest.raises(ValueError, match="not a compiled brand"):
        load(damaged(SHIPPED.read_bytes())[fault])


# ---- on the shelf


def told_apart(kept: Path) -> None:
    """Changes a kept brand so that one can see whether it was read."""
    kept.write_bytes(dump(replace(load(kept.read_bytes()), accent="accent6")))


def test_a_brand_is_compiled_once(ours: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept" / "ours.zip"
    first, _ = fetch(ours, kept)
    assert [path.name for path in kept.parent.iterdir()] == ["ours.zip"]
    assert fetch(ours, kept)[0].layouts == first.layouts
    told_apart(kept)
    assert fetch(ours, kept)[0].accent == "accent6"


def changed(path: Path) -> None:
    """Another file that says the same."""
    if path.suffix == ".yaml":
        path.write_bytes(path.read_bytes() + b"\n# changed\n")
    else:
        with zipfile.ZipFile(path, "a") as archive:
            archive.comment = b"changed"


@pytest.mark.parametrize("file", ["brand.yaml", "deck.pptx", "briefing.docx"])
def test_a_brand_is_compiled_again_when_one_of_its_files_changes(
    file: str, ours: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "ours.zip"
    fetch(ours, kept)
    told_apart(kept)
    changed(ours / file)
    assert fetch(ours, kept)[0].accent != "accent6"
    assert load(kept.read_bytes()).accent != "accent6"


def test_a_brand_is_compiled_again_by_another_version_of_the_toolkit(ours: Path, tmp_path: Path) -> None:
    kept = tmp_path / "ours.zip"
    fetch(ours, kept)
    brand = load(kept.read_bytes())
    kept.write_bytes(dump(replace(brand, accent="accent6", sources={**brand.sources, "toolkit": "0" * 64})))
    assert fetch(ours, kept)[0].accent != "accent6"


def test_a_kept_brand_that_is_damaged_is_made_anew_in_silence(ours: Path, tmp_path: Path) -> None:
    kept = tmp_path / "ours.zip"
    brand, _ = fetch(ours, kept)
    kept.write_bytes(kept.read_bytes()[:500])
    assert fetch(ours, kept)[0].layouts == brand.layouts
    assert load(kept.read_bytes()).layouts == brand.layouts


def test_a_brand_is_read_where_nothing_can_be_kept(ours: Path, tmp_path: Path) -> None:
    (tmp_path / "no-folder").write_text("", "utf-8")
    assert fetch(ours, tmp_path / "no-folder" / "ours.zip")[0].layouts


def test_only_the_toolkits_own_folder_may_bring_a_compiled_brand(ours: Path, tmp_path: Path) -> None:
    """A folder that somebody sent holds templates, which are cleaned; its compiled parts would not be."""
    false = replace(compile_brand(ours)[0], accent="accent6")
    (ours / SHIPPED.name).write_bytes(dump(false))
    assert fetch(ours, tmp_path / "ours.zip")[0].accent != "accent6"
    told, cleaned = fetch(HOUSE, tmp_path / "none" / "house.zip")
    assert (told, cleaned) == (load(SHIPPED.read_bytes()), [])
    assert not (tmp_path / "none").exists(), "the house brand is not kept a second time"


def test_a_template_outside_its_folder_is_an_input(ours: Path, tmp_path: Path) -> None:
    (ours / "deck.pptx").rename(tmp_path / "deck.pptx")
    edit(ours / "brand.yaml", "deck: deck.pptx", "deck: ../../../deck.pptx")
    for folder in ("decks", "reviews"):
        (tmp_path / folder).mkdir()
    project = Project(tmp_path)
    assert project.brand("ours").deck.parts
    (tmp_path / "decks" / "a.yaml").write_text("", "utf-8")
    inputs = project.inputs(project.targets()[0], [], "ours")
    assert (tmp_path / "deck.pptx").resolve() in [path.resolve() for path in inputs]
    kept = tmp_path / "build" / ".cache" / "brands" / "ours.zip"
    told_apart(kept)
    assert Project(tmp_path).brand("ours").accent == "accent6"
    changed(tmp_path / "deck.pptx")
    assert Project(tmp_path).brand("ours").accent != "accent6"


def test_a_fault_of_a_brand_is_told_each_time(ours: Path, tmp_path: Path) -> None:
    edit(ours / "brand.yaml", "deck: deck.pptx", "deck: none.pptx")
    for _ in range(2):
        with pytest.raises(Invalid, match=r"no file 'none\.pptx'"):
            fetch(ours, tmp_path / "ours.zip")
    assert not (tmp_path / "ours.zip").exists()


@pytest.mark.slow
def test_what_was_cleaned_is_told_when_a_brand_is_compiled(project: Path) -> None:
    folder = project / "templates" / "brands" / "ours"
    folder.mkdir(parents=True)
    (folder / "brand.yaml").write_text("name: Ours\ndeck: d.pptx\nbriefing: b.docx\n", "utf-8")
    (folder / "d.pptx").write_bytes(odd.TEMPLATES["left-over.pptx"]())
    (folder / "b.docx").write_bytes(odd.TEMPLATES["few-styles.docx"]())
    edit(project / "decks" / "robin.yaml", "minutes:", "brand: ours\nminutes:")
    first = run("build", "decks/robin", cwd=project)
    assert first.code == 0, first.err
    said = first.out + first.err
    assert "the brand ours: " in said and "added from the house brand, in grey: the styles" in said
    edit(project / "decks" / "robin.yaml", "Learning from Robin", "Learning of Robin")
    second = run("build", "decks/robin", cwd=project)
    assert second.code == 0 and "the brand ours" not in second.out + second.err


# ---- nothing but the standard library


def test_a_deck_a_briefing_and_all_pdfs_are_drawn_without_any_office_library(tmp_path: Path) -> None:
    """As in a browser, where lxml and Pillow are not to be had."""
    program = """
import sys
from pathlib import Path
for name in ("lxml", "pptx", "docx", "PIL"):
    sys.modules[name] = None
from toolkit.brand.geometry import CLEAR_PRINT
from toolkit.build import Options, make
from toolkit.fit.drawing import on_paper
from toolkit.fit.fit import check_notes, fit_deck
from toolkit.plan.typography import set_plan
from toolkit.project import Project
from toolkit.render.formats import FORMATS
project, out = Project(Path(sys.argv[1])), Path(sys.argv[2])
target = next(t for t in project.targets() if t.folder == "decks")
plans, brand, _ = make(project, target, Options())
by_name = {name: set_plan(plan) for name, plan in plans.by_name.items()}
whole, _ = fit_deck(by_name["deck"], brand)
assert check_notes(whole, brand) == []
for one in FORMATS["decks"]:
    if one.plan in by_name:
        said = whole if one.fitted else on_paper(by_name[one.plan], brand.document.width / 20)
        more = {"size": CLEAR_PRINT} if one.sized else {}
        more |= {"deck": whole} if one.pictured else {}
        data = one.draw(said, brand, **more)
        (out / f"robin{one.ending}").write_bytes(data)
"""
    done = subprocess.run([sys.executable, "-c", program, INVENTED, tmp_path], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    folder = invented(tmp_path / "board")
    assert run("build", "decks/robin", cwd=folder).code == 0
    drawn = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    built = {path.name: path.read_bytes() for path in (folder / "build" / "decks").iterdir()}
    assert {"robin.pptx", "robin.notes.pdf", "robin.guide.docx", "robin.handout.pdf"} <= set(drawn)
    assert set(drawn) == set(built)
    assert [name for name, data in drawn.items() if data != built[name]] == []
