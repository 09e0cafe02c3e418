"""What a file says of itself: it is as it was built, or somebody has opened, changed or saved it."""

from __future__ import annotations

import io
import random
import subprocess
import zipfile
from pathlib import Path

import docx
import pptx
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from tests import drawings
from tests.conftest import invented, run
from toolkit import seals
from toolkit.office.opc import zipped
from toolkit.render.origins import Origins


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = invented(tmp_path_factory.mktemp("built") / "board")
    review = folder / "reviews" / "robin.yaml"
    asked = "quiz:\n  - text: Who came?\n    answers: [{text: Six people, right: yes}, {text: Nobody}]\n"
    asked += "    because: Six visits were made.\n    cites: [S1 4.1]\n"
    review.write_text(review.read_text("utf-8") + asked, "utf-8")
    ran = run("build", cwd=folder)
    assert (ran.code, ran.err) == (0, "")
    return folder / "build"


def outputs(built: Path) -> list[Path]:
    return sorted(path for path in built.rglob("robin.*") if ".stamps" not in path.parts)


@pytest.mark.slow
def test_every_file_is_known_as_our_own(built: Path) -> None:
    every = outputs(built)
    assert {path.suffix for path in every} == {".pptx", ".docx", ".pdf", ".txt"}
    assert len(every) == 11
    for path in every:
        assert seals.is_own(path.read_bytes()), path


def test_no_byte_can_be_changed_added_or_left_out(built: Path) -> None:
    chance = random.Random(5)
    for path in outputs(built):
        data = path.read_bytes()
        places = [chance.randrange(len(data)) for _ in range(30)]
        for at in places:
            changed = bytearray(data)
            changed[at] ^= 1 << chance.randrange(8)
            # In the frame of a zip there are bytes that say nothing; no word can stand there.
            framed = path.suffix in (".pptx", ".docx") and same_parts(bytes(changed), data)
            assert framed or not seals.is_own(bytes(changed)), (path, at)
        assert not seals.is_own(data + b"\n"), path
        assert not seals.is_own(data[:-1]), path
        assert not seals.is_own(b" " + data), path


def same_parts(one: bytes, other: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(one)) as a, zipfile.ZipFile(io.BytesIO(other)) as b:
            return {n: a.read(n) for n in a.namelist()} == {n: b.read(n) for n in b.namelist()}
    except Exception:
        return False


def test_who_opens_and_saves_makes_it_a_file_of_his_own(built: Path, tmp_path: Path) -> None:
    deck, document = (
        pptx.Presentation(str(built / "decks/robin.pptx")),
        docx.Document(str(built / "briefings/robin.docx")),
    )
    for file, name in ((deck, "x.pptx"), (document, "x.docx")):
        file.save(str(tmp_path / name))
        assert not seals.is_own((tmp_path / name).read_bytes())
    writer = PdfWriter(clone_from=str(built / "briefings/robin.pdf"))
    writer.write(str(tmp_path / "x.pdf"))
    assert not seals.is_own((tmp_path / "x.pdf").read_bytes())
    added = PdfWriter(io.BytesIO((built / "briefings/robin.pdf").read_bytes()), incremental=True)
    added.add_metadata({"/Subject": "Read by me"})
    added.write(str(tmp_path / "y.pdf"))
    assert not seals.is_own((tmp_path / "y.pdf").read_bytes())


@pytest.mark.office
@pytest.mark.parametrize("name", ["decks/robin.pptx", "briefings/robin.docx"])
def test_libreoffice_makes_it_a_file_of_his_own(built: Path, tmp_path: Path, name: str) -> None:
    kind = Path(name).suffix[1:]
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", tmp_path, built / name],
        check=True,
        capture_output=True,
    )
    assert not seals.is_own((tmp_path / Path(name).name).read_bytes())


def test_a_pdf_with_its_remark_is_still_read(built: Path) -> None:
    data = (built / "briefings/robin.pdf").read_bytes()
    assert b"%built as " in data
    assert len(PdfReader(io.BytesIO(data), strict=True).pages) > 1


def test_a_picture_keeps_its_dots() -> None:
    made = io.BytesIO()
    Image.new("RGB", (3, 2), "#123456").save(made, "PNG")
    data = seals.sealed(made.getvalue())
    assert seals.is_own(data)
    with Image.open(io.BytesIO(data)) as image:
        image.verify()
    with Image.open(io.BytesIO(data)) as image:
        assert image.convert("RGB").getpixel((2, 1)) == (0x12, 0x34, 0x56)
        again = io.BytesIO()
        image.save(again, "PNG")
    assert not seals.is_own(again.getvalue())
    assert not seals.is_own(made.getvalue())


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\3\4", b"%PDF-1.7", b"// built as 0", bytes(500)])
def test_anything_else_is_not_ours(data: bytes) -> None:
    assert not seals.is_own(data)


def test_a_file_whose_words_have_no_origin_is_sealed_as_well() -> None:
    parts = {"a.xml": b"<a/>", **Origins().parts(drawings.deck())}
    assert seals.is_own(zipped(seals.sealed_parts(parts)))
    assert not seals.is_own(zipped(seals.sealed_parts(parts) | {"a.xml": b"<b/>"}))
    assert not seals.is_own(zipped(parts))
    assert not seals.is_own(zipped(seals.sealed_parts(parts), compressed=True))
