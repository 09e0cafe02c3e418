"""Office files from anybody: what can be read is read, everything else is refused in plain words."""

from __future__ import annotations

import io
import warnings
import zipfile
from pathlib import Path

import pytest

from toolkit.office import opc, unzip
from toolkit.office.opc import (
    RELATIONSHIPS,
    P,
    Package,
    R,
    Rel,
    read_package,
    rels_name,
    rels_part,
    slides,
)
from toolkit.office.strict import transitional
from toolkit.problems import Invalid

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml"'
    ' ContentType="application/xml"/><Override PartName="/ppt/presentation.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.presentationml.{kind}.main+xml"/></Types>'
)
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
MAIN = (
    '<Relationship Id="r1"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="ppt/presentation.xml"/>'
)
PRESENTATION = '<p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"/>'


def packed(**parts: str | bytes) -> bytes:
    """A small zip: parts given by name add to those of an empty presentation, or replace them."""
    all_parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES.format(kind="presentation"),
        "_rels/.rels": RELS.format(MAIN),
        "ppt/presentation.xml": PRESENTATION,
    }
    all_parts.update(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in all_parts.items():
            if data:
                archive.writestr(name, data)
    return out.getvalue()


def refused(source: Path | bytes) -> str:
    """What is said of a file that cannot be used; a hint is always there, and nothing of Python's."""
    with pytest.raises(Invalid) as caught:
        package = read_package(source)
        package.kind()
        package.root(package.main())
    (problem,) = caught.value.problems
    assert problem.hint
    assert "Error" not in problem.message and "Traceback" not in problem.message
    return problem.message


def test_reads_parts_relationships_and_types() -> None:
    links = (
        '<Relationship Id="a" Type="x/slide" Target="slides/s%201.xml"/><Relationship Id="b"'
        ' Type="x/hyperlink" Target="https://example.org/../x" TargetMode="External"/>'
    )
    links += (
        '<Relationship Id="c" Type="x/image" Target="../Media/One.PNG"/><Relationship Id="d" Type="x/slide"'
        ' Target="/gone.xml"/>'
    )
    package = read_package(
        packed(
            **{
                "ppt/_rels/presentation.xml.rels": RELS.format(links),
                "ppt/slides/s 1.xml": "<a/>",
                "media/one.png": b"1",
            }
        )
    )
    assert package.main() == "ppt/presentation.xml"
    assert package.kind() == "deck"
    assert [(r.id, r.kind, r.target, r.external) for r in package.rels(package.main())] == [
        ("a", "slide", "ppt/slides/s 1.xml", False),
        ("b", "hyperlink", "https://example.org/../x", True),
        ("c", "image", "media/one.png", False),
        ("d", "slide", "gone.xml", False),
    ]
    assert package.related(package.main(), "slide") == ["ppt/slides/s 1.xml"]
    assert package.rels("ppt/slides/s 1.xml") == []
    assert package.content_type("ppt/presentation.xml").endswith("presentation.main+xml")
    assert package.content_type("ppt/slides/s 1.xml") == "application/xml"
    assert package.content_type("media/one.png") == ""


def test_a_part_is_parsed_once_as_long_as_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    package = read_package(packed())
    assert package.root(package.main()) is package.root(package.main())
    monkeypatch.setattr(opc, "KEPT", 0)
    package = read_package(packed())
    assert package.root(package.main()) is not package.root(package.main())


def test_strict_files_read_like_others() -> None:
    strict = PRESENTATION.replace(
        "http://schemas.openxmlformats.org/presentationml/2006/main",
        "http://purl.oclc.org/ooxml/presentationml/main",
    )
    link = MAIN.replace(
        "http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/"
    )
    package = read_package(packed(**{"ppt/presentation.xml": strict, "_rels/.rels": RELS.format(link)}))
    assert package.root(package.main()).tag == f"{opc.P}presentation"


def test_strict_lengths_percentages_and_sides_are_those_of_other_files() -> None:
    strict = (
        '<w:a xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main" w:conformance="strict">'
        '<w:tblBorders><w:start w:sz="4pt"/><w:end/></w:tblBorders><w:tcMar/><w:end w:val="50%"/>'
        '<w:ind w:start="1in" w:end="2cm"/><w:sz w:val="12pt"/><w:zoom w:percent="90%"/>'
        '<w:docPr name="50%" descr="12pt"/></w:a>'
    )
    plain = (
        '<w:a xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:tblBorders><w:left w:sz="80"/><w:right/></w:tblBorders><w:tcMar/><w:end w:val="2500"/>'
        '<w:ind w:left="1440" w:right="1134"/><w:sz w:val="24"/><w:zoom w:percent="90"/>'
        '<w:docPr name="50%" descr="12pt"/></w:a>'
    )
    assert transitional(strict.encode()) == plain.encode()


def test_a_file_that_is_not_there_a_folder_and_an_empty_one(tmp_path: Path) -> None:
    assert refused(tmp_path / "no.pptx") == "there is no such file"
    assert refused(tmp_path) == "this is a folder, not a file"
    (tmp_path / "empty.pptx").write_bytes(b"")
    assert refused(tmp_path / "empty.pptx") == "the file is empty"


def test_the_problem_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(Invalid) as caught:
        read_package(b"rubbish", "talk.pptx")
    assert str(caught.value.problems[0].place) == "talk.pptx"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"rubbish", "this is not an Office file"),
        (b"%PDF-1.7 ...", "this is a PDF"),
        (unzip._OLE + b"\0" * 600, "this is a file of an old kind, such as .ppt or .doc"),
        (
            unzip._OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "the file is protected with a password",
        ),
        (packed()[:300], "the file is damaged"),
        (packed(**{"[Content_Types].xml": ""}), "this is a zip file, but not an Office file"),
        (
            packed(
                **{"[Content_Types].xml": "", "mimetype": "application/vnd.oasis.opendocument.presentation"}
            ),
            "this is an OpenDocument file",
        ),
        (packed(**{"_rels/.rels": RELS.format("")}), "this is not a PowerPoint or Word file"),
        (
            packed(**{"[Content_Types].xml": TYPES.replace("presentationml.{kind}", "spreadsheetml.sheet")}),
            "this is an Excel workbook",
        ),
        (packed(**{"../evil.xml": "<a/>"}), "a part of the file has an unsafe name (../evil.xml)"),
        (
            packed(**{"ppt\\..\\..\\evil.xml": "<a/>"}),
            "a part of the file has an unsafe name (ppt/../../evil.xml)",
        ),
        (packed(**{"/etc/evil": "<a/>"}), "a part of the file has an unsafe name (/etc/evil)"),
        (packed(**{"C:/evil": "<a/>"}), "a part of the file has an unsafe name (C:/evil)"),
        (
            packed(**{"ppt/presentation.xml": "<a><b></a>"}),
            "a part of the file is damaged (ppt/presentation.xml)",
        ),
        (packed(**{"_rels/.rels": "<a>"}), "a part of the file is damaged (_rels/.rels)"),
        (
            packed(**{"ppt/presentation.xml": "<a>" * 5000 + "</a>" * 5000}),
            "a part of the file is damaged (ppt/presentation.xml)",
        ),
    ],
)
def test_refuses(data: bytes, said: str) -> None:
    assert refused(data) == said


@pytest.mark.parametrize("code", ["utf-8", "utf-16"])
def test_refuses_a_document_type(code: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    bomb = (
        '<!DOCTYPE p [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM'
        f' "{secret.as_uri()}">]><p>&b;&f;</p>'
    )
    assert "document type" in refused(
        packed(**{"ppt/presentation.xml": f'<?xml version="1.0" encoding="{code}"?>{bomb}'.encode(code)})
    )


def test_refuses_a_file_that_swells(monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed(**{"ppt/media/film.bin": b"\0" * 3_000_000})
    assert len(data) < 10_000
    read_package(data)
    monkeypatch.setattr(unzip, "LARGEST_FILE", 1_000_000)
    assert refused(data).startswith("the file is too large when unpacked")


def test_refuses_a_lie_about_its_size() -> None:
    data = packed(**{"ppt/media/film.bin": b"\0" * 3_000_000})
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"ppt/media/film.bin"))
    assert refused(data[: at + 24] + (10).to_bytes(4, "little") + data[at + 28 :]) == "the file is damaged"


def test_refuses_too_many_parts_and_too_large_xml(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unzip, "MOST_PARTS", 2)
    assert refused(packed()).startswith("the file is too large when unpacked (3 parts")
    monkeypatch.undo()
    big = packed(
        **{"ppt/presentation.xml": PRESENTATION.replace("/>", ">" + " " * 600 + "</p:presentation>")}
    )
    read_package(big).root("ppt/presentation.xml")
    monkeypatch.setattr(opc, "LARGEST_XML", 500)
    assert "too large" in refused(big)


def test_refuses_a_part_twice_and_a_zip_password() -> None:
    out = io.BytesIO(packed())
    with zipfile.ZipFile(out, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("ppt/presentation.xml", PRESENTATION)
    assert refused(out.getvalue()) == "the file holds a part twice (ppt/presentation.xml)"
    data = bytearray(packed())
    for mark, flag in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + flag] |= 1
    assert refused(bytes(data)) == "the file is a zip with a password"


def test_any_cut_or_changed_byte_gives_a_package_or_invalid() -> None:
    data = packed()
    for at in range(0, len(data), 3):
        for broken in (data[:at], data[:at] + bytes([data[at] ^ 0x5A]) + data[at + 1 :]):
            try:
                package = read_package(broken)
                package.kind()
            except Invalid:
                continue
            assert isinstance(package, Package)


def test_a_package_without_a_path_still_says_what_is_wrong() -> None:
    with pytest.raises(Invalid) as caught:
        Package(None, {}).root("a.xml")
    assert str(caught.value.problems[0].place) == "the file"


def test_slides_come_in_the_order_of_the_list_with_their_parts_and_notes() -> None:
    listed = "".join(f'<p:sldId id="{key}" r:id="{id}"/>' for key, id in ((9, "r2"), (7, "r1"), (8, "no")))
    head = f'<p:presentation xmlns:p="{P[1:-1]}" xmlns:r="{R[1:-1]}"><p:sldIdLst>'
    rels = [Rel(f"r{n}", f"{RELATIONSHIPS}slide", f"ppt/slides/slide{n}.xml") for n in (1, 2)]
    notes = [Rel("n", f"{RELATIONSHIPS}notesSlide", "ppt/notes.xml")]
    parts = {
        "ppt/main.xml": f"{head}{listed}</p:sldIdLst></p:presentation>".encode(),
        "ppt/slides/slide1.xml": b"<a/>",
        "ppt/slides/slide2.xml": b"<a/>",
        "ppt/notes.xml": b"<a/>",
        rels_name(""): rels_part("", [Rel("m", f"{RELATIONSHIPS}officeDocument", "ppt/main.xml")]),
        rels_name("ppt/main.xml"): rels_part("ppt/main.xml", rels),
        rels_name("ppt/slides/slide2.xml"): rels_part("ppt/slides/slide2.xml", notes),
    }
    found = [one[:3] for one in slides(Package(None, parts))]
    assert found == [
        ("9", "ppt/slides/slide2.xml", ("ppt/notes.xml",)),
        ("7", "ppt/slides/slide1.xml", ()),
        ("8", "", ()),
    ]
