"""Pictures that a review brings: made anew, drawn in every format, and said in words. All are invented."""

from __future__ import annotations

import io
import os
import re
import shutil
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import yaml
from openxml_audit import OpenXmlValidator
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

from tests.conftest import TOP, WORDING, edit, invented, read_brand, run_here, tags
from toolkit.brand.compiled import Brand
from toolkit.brand.geometry import EMU, INCH, Box, SlideLayout
from toolkit.brand.placement import _beside
from toolkit.build import Options, make
from toolkit.content.model import Bitmap
from toolkit.content.pictures import LONGEST_SIDE, MOST_BYTES, Unfit, opened
from toolkit.fit.fit import fit_deck
from toolkit.fit.pictures import MOST_HIGH, frame, frame_in_text
from toolkit.office.accessible import check_accessible
from toolkit.office.show import show
from toolkit.plan.model import (
    Note,
    Page,
    Paragraph,
    Picture,
    Plan,
    Span,
    changed,
    spans_in,
    spoken,
    words,
)
from toolkit.plan.plans import Plans
from toolkit.plan.typography import set_plan
from toolkit.problems import Invalid, Place
from toolkit.project import Project
from toolkit.render import docx, gift, pdf, pptx
from toolkit.render.pdf import PICTURE
from toolkit.render.readback import check_deck, check_document, check_pdf

ALT = "A drawing: a person beside a tree."
CREDIT = "Picture: An invented painter, made for these tests"
HERE = Place(Path("invented.yaml"), 9, 5)
SECRET = b"Elm Street 5"  # what a camera might have known


def drawn(width: int = 300, height: int = 400, mode: str = "RGB") -> Image.Image:
    """An invented drawing: a field, a tree and the sun."""
    image = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, height * 0.7, width, height), fill="#8fbf6f")
    pen.rectangle((width * 0.3, height * 0.4, width * 0.36, height * 0.7), fill="#7a4a1e")
    pen.ellipse((width * 0.1, height * 0.1, width * 0.56, height * 0.5), fill="#3f8f3f")
    pen.ellipse((width * 0.7, height * 0.05, width * 0.9, height * 0.2), fill="#f5c542")
    return image.convert(mode)


def saved(image: Image.Image, kind: str = "PNG", **more: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def telling(kind: str) -> bytes:
    """A picture whose file tells more than it shows, in every place that its kind has."""
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825)[29] = SECRET.decode()  # where it was taken
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    if kind == "JPEG":
        return saved(
            drawn(), kind, exif=exif, icc_profile=profile, comment=SECRET, xmp=b"<x>" + SECRET + b"</x>"
        )
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", SECRET.decode())
    texts.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    return saved(drawn(), kind, exif=exif, icc_profile=profile, pnginfo=texts) + SECRET  # and after its end


def bring(project: Path, name: str = "tree.png", data: bytes | None = None, **fields: object) -> None:
    """A picture of the invented child: its file, and what the review says of it."""
    folder = project / "reviews" / "pictures"
    folder.mkdir(exist_ok=True)
    if data is not None:
        (folder / name).write_bytes(data)
    told: dict[str, object] = {"file": f"pictures/{name}", "alt": ALT}
    told |= {"credit": "An invented painter", "licence": "made for these tests"} | fields
    lines = "".join(
        f"    {field}: {yaml.dump(value, width=1000).splitlines()[0]}\n"
        for field, value in told.items()
        if value is not None
    )
    edit(
        project / "reviews" / "robin.yaml",
        "  not_known:\n    - What Robin enjoyed.\n",
        f"  picture:\n{lines}  not_known:\n    - What Robin enjoyed.\n",
    )


def block(width: int = 300, height: int = 400, alt: str = ALT, kind: str = "PNG") -> Picture:
    bitmap = opened(saved(drawn(width, height), kind), "tree")
    assert isinstance(bitmap, Bitmap)
    return Picture(bitmap.data, bitmap.width, bitmap.height, alt, CREDIT)


def said(sentence: str) -> tuple[Paragraph, ...]:
    return (Paragraph((Span(sentence),)),)


def child(picture: Picture | None, n: int = 1) -> Page:
    """The slide of an invented child."""
    shown = (("picture", (picture,)),) if picture else ()
    slots = (
        ("body", said("Robin loved trains, and asked for the blue crayon.")),
        *shown,
        ("source", said(f"{CREDIT}.")),
    )
    return Page(
        f"child-{n}", "child", f"Robin {n}", slots, (Note("say", said("Robin.")),), 1, 0, "Robin", HERE
    )


def plan(*pages: Page) -> Plan:
    return Plan("p", "Robin", "", "A board", "2026-11", "en-GB", pages, WORDING)


def paper(*pictures: Picture) -> Plan:
    """A document with these pictures."""
    shown = tuple(b for picture in pictures for b in (picture, Paragraph((Span(CREDIT),), "source")))
    return plan(Page("p-1", "part", "Robin", (("body", shown),), (), 0, 0, "Robin", HERE))


@pytest.fixture(scope="module")
def house() -> Brand:
    return read_brand(TOP / "templates" / "brands" / "house")


# ---- what is refused, and where

BROKEN: dict[str, tuple[bytes | None, dict[str, object], str]] = {
    "missing": (None, {}, "there is no picture “tree.png” in reviews/pictures"),
    "words": (
        b"These are words.",
        {},
        "“tree.png” is not a picture that can be used: it must be a PNG or JPEG",
    ),
    "gif": (saved(drawn(), "GIF"), {}, "“tree.png” is a GIF: it must be a PNG or JPEG"),
    "tiff": (
        saved(drawn(), "TIFF"),
        {},
        "“tree.png” is not a picture that can be used: it must be a PNG or JPEG",
    ),
    "half-png": (saved(drawn())[:700], {}, "“tree.png” is damaged and cannot be shown"),
    "half-jpeg": (saved(drawn(), "JPEG")[:2000], {}, "“tree.png” is damaged and cannot be shown"),
    "one-bit-wrong": (
        (png := saved(drawn()))[:600] + bytes([png[600] ^ 8]) + png[601:],
        {},
        "“tree.png” is damaged and cannot be shown",
    ),
    "empty-file": (b"", {}, "“tree.png” is not a picture that can be used: it must be a PNG or JPEG"),
    "heavy": (
        saved(drawn()) + bytes(MOST_BYTES),
        {},
        "“tree.png” is too large: 10.0 MB, and 10 MB are the most",
    ),
    "wide": (saved(Image.new("1", (8001, 5000))), {}, "“tree.png” is too large (8,001 by 5,000 dots)"),
    "bomb": (saved(Image.new("1", (30_000, 20_000))), {}, "“tree.png” is too large"),
    "moves": (
        saved(drawn(), save_all=True, append_images=[drawn(mode="L").convert("RGB")]),
        {},
        "“tree.png” moves",
    ),
    "above": (None, {"file": "../tree.png"}, "“../tree.png” lies outside the folder of the reviews"),
    "above-later": (
        None,
        {"file": "pictures/../../tree.png"},
        "“pictures/../../tree.png” lies outside the folder of the reviews",
    ),
    "absolute": (None, {"file": "/etc/tree.png"}, "“/etc/tree.png” lies outside the folder of the reviews"),
    "drive": (None, {"file": "C:/tree.png"}, "“C:/tree.png” lies outside the folder of the reviews"),
    "server": (
        None,
        {"file": "\\\\there\\tree.png"},
        "“\\\\there\\tree.png” lies outside the folder of the reviews",
    ),
    "elsewhere": (None, {"file": "tree.png"}, "“tree.png” is not in the folder pictures"),
    "backwards": (None, {"file": "pictures\\tree.png"}, "“pictures\\tree.png” is not in the folder pictures"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_picture_that_cannot_be_used_is_told_with_its_place(case: str, project: Path) -> None:
    data, fields, message = BROKEN[case]
    bring(project, data=data, **fields)
    ran = run_here("check", cwd=project)
    lines = (project / "reviews" / "robin.yaml").read_text("utf-8").splitlines()
    at = next(n for n, line in enumerate(lines, 1) if line.startswith("    file:"))
    (first,) = (line for line in ran.err.splitlines() if ": error:" in line)
    place, _, told = first.partition(" error: ")
    assert (place, ran.code) == (f"reviews/robin.yaml:{at}:{11}:", 1)
    assert told.startswith(message) and (told == message or case == "bomb")
    assert "\n      = " in ran.err, "and what to do"


def folder(path: Path) -> None:
    path.mkdir()


def link(path: Path) -> None:
    other = path.parent.parent.parent / "elsewhere.png"
    other.write_bytes(saved(drawn()))
    path.symlink_to(other)


def link_above(path: Path) -> None:
    """The folder itself is a link."""
    other = path.parent.parent.parent / "elsewhere"
    shutil.move(path.parent, other)
    (other / path.name).write_bytes(saved(drawn()))
    path.parent.symlink_to(other)


def pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.skipif(os.name == "nt", reason="links and pipes need rights that Windows users have not")
@pytest.mark.parametrize(
    ("lay", "message"),
    [
        (folder, "“tree.png” is not a file"),
        (pipe, "“tree.png” is not a file"),
        (link, "“pictures/tree.png” is a link to another place"),
        (link_above, "“pictures/tree.png” is a link to another place"),
    ],
)
def test_what_is_no_file_of_its_own_is_no_picture(
    lay: Callable[[Path], None], message: str, project: Path
) -> None:
    bring(project)
    lay(project / "reviews" / "pictures" / "tree.png")
    assert f"error: {message}\n" in run_here("check", cwd=project).err


UNSAID: dict[str, tuple[Mapping[str, object], str]] = {
    "no-licence": ({"licence": None}, "'licence' is missing"),
    "no-credit": ({"credit": None}, "'credit' is missing"),
    "empty-licence": ({"licence": ""}, "'licence'"),
    "licence-unknown": (
        {"licence": "unknown"},
        "“unknown” is no licence: nobody has said that this picture may be shown",
    ),
    "licence-question": (
        {"licence": "?"},
        "“?” is no licence: nobody has said that this picture may be shown",
    ),
    "nothing": ({"alt": None}, "nothing says what this picture shows"),
    "no-is-no-word": ({"alt": None, "decorative": False}, "nothing says what this picture shows"),
    "both": ({"decorative": True}, "this picture is decorative and has an alternative text"),
    "long": ({"alt": "A tree. " * 32}, "this alternative text has 255 letters"),
    "a-kind": ({"alt": "A picture"}, "the alternative text “A picture” says nothing"),
    "a-file": ({"alt": "IMG_2044.JPG"}, "the alternative text “IMG_2044.JPG” says nothing"),
}


@pytest.mark.parametrize("case", UNSAID)
def test_a_picture_says_what_it_shows_and_on_what_terms(case: str, project: Path) -> None:
    fields, message = UNSAID[case]
    bring(project, data=saved(drawn()), **fields)
    ran = run_here("check", cwd=project)
    (told,) = (line for line in ran.err.splitlines() if ": error:" in line)
    assert re.match(r"reviews/robin.yaml:\d+:\d+: error: ", told) and message in told
    assert ran.code == 1


@pytest.mark.parametrize(
    "licence", ["CC0", "CC BY-NC 4.0", "No rights reserved", "Open Government Licence v3.0"]
)
def test_a_licence_is_any_words_that_are_one(licence: str, project: Path) -> None:
    bring(project, data=saved(drawn()), licence=licence)
    assert run_here("check", cwd=project).err == ""


def test_an_unfit_picture_of_one_review_is_told_at_each_that_names_it(project: Path) -> None:
    bring(project, data=b"words")
    path = project / "reviews" / "robin.yaml"
    other = path.read_text("utf-8").replace("id: robin\n", "id: wren\n# a line more\n")
    (project / "reviews" / "wren.yaml").write_text(other, "utf-8")
    err = run_here("check", cwd=project).err
    found = re.findall(r"reviews/(\w+).yaml:(\d+):11: error: “tree.png” is not a picture", err)
    assert [name for name, _ in found] == ["robin", "wren"] and int(found[1][1]) == int(found[0][1]) + 1


# ---- made anew


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_nothing_goes_on_but_the_dots(kind: str) -> None:
    data = telling(kind)
    assert SECRET in data
    made = opened(data, "tree")
    assert isinstance(made, Bitmap)
    again = Image.open(io.BytesIO(made.data))
    assert (again.format, again.size) == (kind, (300, 400))
    assert SECRET not in made.data and not again.getexif()
    assert set(again.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    if kind == "PNG":
        chunks = re.findall(rb"(IHDR|[a-z][A-Za-z]{3}|iCCP|PLTE|IEND)(?=[^a-z])", made.data)
        assert not {b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"iCCP", b"tIME", b"pHYs"} & set(chunks)
        assert again.convert("RGB").tobytes() == drawn().tobytes()
        assert made.data.endswith(b"IEND\xaeB`\x82")


def test_a_picture_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    made = opened(saved(drawn(300, 400), "JPEG", exif=exif), "tree")
    assert isinstance(made, Bitmap) and (made.width, made.height) == (400, 300)
    red, green, blue = Image.open(io.BytesIO(made.data)).convert("RGB").getpixel((20, 150))  # type: ignore[misc]
    assert green > red > blue, "the field is at the left"


@pytest.mark.parametrize(
    ("size", "made"),
    [
        ((4000, 1000), (1600, 400)),
        ((1000, 4000), (400, 1600)),
        ((1600, 900), (1600, 900)),
        ((60, 40), (60, 40)),
    ],
)
def test_a_picture_has_no_more_dots_than_are_of_use(size: tuple[int, int], made: tuple[int, int]) -> None:
    bitmap = opened(saved(drawn(*size)), "tree")
    assert isinstance(bitmap, Bitmap) and (bitmap.width, bitmap.height) == made
    assert max(made) <= LONGEST_SIDE and Image.open(io.BytesIO(bitmap.data)).size == made


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_is_seen(mode: str) -> None:
    image = Image.new("I;16", (40, 30), 40_000) if mode == "I;16" else drawn(40, 30, mode)
    bitmap = opened(saved(image), "tree")
    assert isinstance(bitmap, Bitmap)
    again = Image.open(io.BytesIO(bitmap.data))
    assert again.mode == ("L" if mode in ("1", "L", "I;16") else "RGB")
    if mode == "I;16":
        assert again.getpixel((5, 5)) == 156
    else:
        assert again.convert("L").getextrema() != (0, 0)


def test_a_jpeg_for_printers_becomes_one_for_screens() -> None:
    bitmap = opened(saved(drawn(mode="CMYK"), "JPEG"), "tree")
    assert isinstance(bitmap, Bitmap) and Image.open(io.BytesIO(bitmap.data)).mode == "RGB"


def test_what_is_clear_is_white() -> None:
    image = Image.new("RGBA", (40, 30), (0, 0, 0, 0))
    image.putpixel((5, 5), (200, 0, 0, 255))
    bitmap = opened(saved(image), "tree")
    assert isinstance(bitmap, Bitmap)
    again = Image.open(io.BytesIO(bitmap.data))
    assert (again.getpixel((0, 0)), again.getpixel((5, 5))) == ((255, 255, 255), (200, 0, 0))


def test_a_profile_is_followed_before_it_is_left_behind() -> None:
    """One in which red and green have changed places; one that is none changes nothing."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    turned = profile.replace(b"rXYZ", b"----", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"----", b"gXYZ", 1)
    for odd, seen in ((b"no profile", (200, 30, 30)), (profile, (200, 30, 30)), (turned, (30, 200, 30))):
        bitmap = opened(saved(Image.new("RGB", (20, 20), (200, 30, 30)), icc_profile=odd), "tree")
        assert isinstance(bitmap, Bitmap)
        assert Image.open(io.BytesIO(bitmap.data)).getpixel((3, 3)) == pytest.approx(seen, abs=2)


def test_the_same_picture_is_the_same_bytes() -> None:
    first, second = (opened(telling("JPEG"), "tree") for _ in range(2))
    assert first == second and not isinstance(first, Unfit)


# ---- the block


def test_a_picture_has_no_words_but_what_it_shows() -> None:
    shown = block()
    assert (words((shown,)), list(spans_in((shown,)))) == ("", [])
    assert changed(shown, str.upper) == replace(shown, alt=ALT.upper())
    assert words(spoken(shown)) == ALT and spoken(replace(shown, alt="")) == ()
    assert b"PNG" in shown.data and "PNG" not in repr(shown)


# ---- where it stands


@pytest.mark.parametrize("size", [(1600, 400), (400, 1600), (900, 900), (30, 20), (1600, 1)])
@pytest.mark.parametrize("box", [(223.0, 331.0), (600.0, 90.0)])
def test_a_picture_keeps_its_form_inside_its_box(size: tuple[int, int], box: tuple[float, float]) -> None:
    picture = Picture(b"", *size, ALT, CREDIT)
    x, y, w, h = frame(picture, *box)
    assert w * size[1] == pytest.approx(h * size[0])
    assert min(x, y) >= -1e-6 and x + w <= box[0] + 1e-6 and y + h <= box[1] + 1e-6
    assert (2 * x + w, 2 * y + h) == pytest.approx(box), "in the middle"
    assert w <= size[0] * 1.5 + 1e-6, "twice its own size, which is three quarters of a point a dot"
    assert w == pytest.approx(min(box[0], box[1] * size[0] / size[1], size[0] * 1.5)), "as large as can be"


def test_a_picture_in_a_document_leaves_room_for_words() -> None:
    assert frame_in_text(Picture(b"", 900, 1200, ALT, CREDIT), 493) == pytest.approx(
        (0, 0, 170.25, MOST_HIGH)
    )
    assert frame_in_text(Picture(b"", 1600, 400, ALT, CREDIT), 493) == pytest.approx((0, 0, 493, 123.25))
    assert frame_in_text(Picture(b"", 40, 40, ALT, CREDIT), 493) == pytest.approx((0, 0, 60, 60))


def test_a_picture_has_its_slot_for_itself(house: Brand) -> None:
    both = replace(child(None), slots=(("body", (block(), *said(CREDIT))),))
    with pytest.raises(Invalid, match="has a picture and other words in one slot"):
        fit_deck(plan(both), house)


def stacked(house: Brand, body: Box) -> SlideLayout:
    """The layout of a child in a template that has no place for a picture, and the aside below the words."""
    own = house.layout("child")
    aside = replace(body, y=body.bottom, h=body.h // 3)
    boxes = {"body": body, "aside": aside, "picture": _beside(body, aside)}
    slots = {name: replace(own.slots[name], box=box) for name, box in boxes.items()}
    slots["picture"] = replace(slots["picture"], idx=None)
    return replace(own, slots={**own.slots, **slots})


def test_a_picture_stands_beside_all_words_of_a_child_where_a_layout_has_no_place_for_it(
    house: Brand,
) -> None:
    """Without a picture the words have all of their boxes, as if there were none."""
    wide = stacked(house, Box(INCH, 2 * INCH, 9 * INCH, 3 * INCH))
    body, aside, picture = (wide.slots[name].box for name in ("body", "aside", "picture"))
    assert (picture.y, picture.bottom, picture.right) == (body.y, aside.bottom, body.right)
    without, shown = wide.used(["body", "aside"]), wide.used(["body", "picture", "aside"])
    assert (without["body"], without["aside"]) == (wide.slots["body"], wide.slots["aside"])
    assert shown["body"].moved and shown["body"].box.right == shown["aside"].box.right < picture.x
    assert (shown["body"].box.h, shown["body"].box.x, shown["aside"].box.h) == (body.h, body.x, aside.h)
    assert wide.column(["body", "picture", "aside"]) == ["body", "aside"], "they still share their room"
    alone = wide.used(["body", "picture"])["body"].box
    assert alone.bottom == aside.bottom and alone.right < picture.x


def test_a_picture_stands_below_the_words_where_they_are_narrow(house: Brand) -> None:
    narrow = stacked(house, Box(INCH, 2 * INCH, 2 * INCH, 3 * INCH))
    every = narrow.used(["body", "picture", "aside"])
    picture, aside = every["picture"].box, every["aside"].box
    assert every["body"].box.bottom < picture.y < picture.bottom <= aside.y
    assert "picture" in narrow.column(["body", "picture", "aside"]), "so words are not laid over it"


def test_in_the_house_deck_a_picture_stands_above_the_aside_which_else_has_its_room(house: Brand) -> None:
    own = house.layout("child")
    every, without = own.used(["body", "picture", "aside"]), own.used(["body", "aside"])
    assert all(every[name] == own.slots[name] for name in ("body", "picture", "aside"))
    assert every["picture"].box.bottom < every["aside"].box.y
    assert (without["aside"].box.y, without["aside"].box.bottom) == (
        every["picture"].box.y,
        every["aside"].box.bottom,
    )
    assert own.used(["body", "picture"])["picture"].box == without["aside"].box


def test_a_long_account_of_a_child_goes_on_and_its_picture_does_not(house: Brand) -> None:
    long = said("Robin loved trains, and asked for the blue crayon, and for the red one. " * 12)
    one = child(block())
    one = replace(one, slots=(("body", long), *one.slots[1:]))
    whole, _ = fit_deck(plan(one), house)
    shown = [slide for slide in whole.slides if slide.slot("picture")]
    assert len(whole.slides) > 1 and shown == [whole.slides[0]]
    assert check_deck(pptx.render(whole, house), whole) == []


# ---- PowerPoint, Word and PDF


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("alt", [ALT, ""])
def test_a_picture_arrives_in_every_format(kind: str, alt: str, house: Brand, tmp_path: Path) -> None:
    picture = block(alt=alt, kind=kind)
    deck, _ = fit_deck(plan(child(picture), child(None, 2)), house)
    document = paper(picture)
    made = {"made.pptx": pptx.render(deck, house), "made.docx": docx.render(document, house)}
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
        errors = OpenXmlValidator().validate(tmp_path / name).errors
        assert [e.description for e in errors if "viewProps" not in e.description] == []
        assert check_accessible(data) == []
        media = [part for part, inside in parts_of(data).items() if inside == picture.data]
        assert len(media) == 1 and media[0].endswith(".png" if kind == "PNG" else ".jpeg")
        assert (f"alternative text: {ALT}" in show(tmp_path / name)) == bool(alt)
        assert (b"decorative" in b"".join(parts_of(data).values())) >= (not alt)
    assert check_deck(made["made.pptx"], deck) == [] == check_document(made["made.docx"], document)
    notes, guide = pdf.notes_pages(deck, house), pdf.document(document, house)
    assert check_pdf(notes, deck) == [] == check_pdf(guide, document)
    figures = [element.get("/Alt") for tag, element in tags(guide) if tag == "/Figure"]
    assert figures == ([ALT] if alt else [])
    (slide, _) = (str(element.get("/Alt")) for tag, element in tags(notes) if tag == "/Figure")
    assert slide == (f"Slide 1: Robin 1. {ALT}" if alt else "Slide 1: Robin 1")
    if kind == "JPEG":
        assert picture.data in guide and picture.data in notes, "byte for byte"


def test_the_form_of_a_picture_is_that_of_its_frame(house: Brand) -> None:
    deck, _ = fit_deck(plan(child(block(300, 400))), house)
    xml = parts_of(pptx.render(deck, house))["ppt/slides/slide1.xml"].decode()
    pic = xml.partition("<p:pic>")[2].partition("</p:pic>")[0]
    x, y, w, h = map(int, re.findall(r'<a:off x="(\d+)" y="(\d+)"/><a:ext cx="(\d+)" cy="(\d+)"', pic)[0])
    box = house.layout("child").used(["body", "picture", "source"])["picture"].box
    assert w * 400 == pytest.approx(h * 300, rel=1e-4)
    assert max(w / box.w, h / box.h) == pytest.approx(1, rel=1e-4), "as large as the box"
    assert (x + w / 2, y + h / 2) == pytest.approx((box.x + box.w / 2, box.y + box.h / 2), abs=2)
    assert "<p:ph" not in pic, "in no placeholder"
    inline = parts_of(docx.render(paper(block(300, 400)), house))["word/document.xml"].decode()
    assert f'<wp:extent cx="{round(170.25 * EMU)}" cy="{round(MOST_HIGH * EMU)}"/>' in inline


@pytest.mark.parametrize("render", ["pptx", "docx"])
def test_the_same_picture_twice_is_one_part(render: str, house: Brand) -> None:
    same, other = block(), block(320, 200)
    if render == "pptx":
        deck, _ = fit_deck(plan(child(same), child(same, 2), child(other, 3)), house)
        data = pptx.render(deck, house)
        assert check_deck(data, deck) == []
    else:
        data = docx.render(paper(same, same, other), house)
        assert check_document(data, paper(same, same, other)) == []
    media = [inside for name, inside in parts_of(data).items() if "/media/picture-" in name]
    assert sorted(media) == sorted([same.data, other.data])


def test_a_picture_that_did_not_arrive_is_told(house: Brand) -> None:
    picture, other = block(), block(320, 200)
    deck, _ = fit_deck(plan(child(picture)), house)
    document = paper(picture)
    lost = f"” has lost a picture: {ALT}"
    for data, main, check in (
        (pptx.render(deck, house), "ppt/slides/slide1.xml", lambda data: check_deck(data, deck)),
        (docx.render(document, house), "word/document.xml", lambda data: check_document(data, document)),
    ):
        parts = parts_of(data)
        (media,) = (name for name, inside in parts.items() if inside == picture.data)
        mute = parts[main].replace(f'descr="{ALT}"'.encode(), b'descr=""')
        gone = re.sub(b"<a:blip [^>]*>", b"<a:blip/>", parts[main])
        assert check(packed(parts)) == []
        for changed_ in ({media: other.data}, {main: mute}, {main: gone}):
            (problem,) = check(packed(parts | changed_))
            assert problem.message.endswith(lost) and problem.place == HERE
    twice = paper(picture, picture)
    (problem,) = check_document(
        docx.render(document, house), replace(twice, pages=(replace(twice.pages[0]),))
    )[:1]
    assert problem.message.endswith(lost), "one of two"
    (problem,) = (p for p in check_pdf(pdf.document(document, house), twice) if "picture" in p.message)
    assert problem.message.endswith(lost)
    (problem,) = check_pdf(pdf.document(paper(replace(picture, alt="")), house), document)
    assert problem.message == f"“Robin” has lost an alternative text: {ALT}"


def packed(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, inside in parts.items():
            archive.writestr(name, inside)
    return out.getvalue()


def test_a_picture_says_what_it_shows_where_none_can_be_seen(house: Brand) -> None:
    """In the notes of a slide, and in a quiz."""
    one = replace(child(None), notes=(Note("say", (block(), *said("Robin."))),))
    deck, _ = fit_deck(plan(one), house)
    assert words(deck.slides[0].printed).splitlines() == ["Say", ALT, "Robin."]
    assert check_deck(pptx.render(deck, house), deck) == []
    assert check_pdf(pdf.notes_pages(deck, house), deck) == []
    asked = (
        ("question", (block(), *said("What is this?"))),
        ("right", said("A tree")),
        ("wrong", said("A cat")),
    )
    quiz = gift.render(plan(Page("q", "quiz", "Tree", asked, (), 0, 0, "", HERE)), house).decode()
    assert f"<p>{ALT.replace(':', chr(92) + ':')}</p>" in quiz


# ---- from a review to its files


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented deck, with a picture of the child, of a point and of the account, built."""
    root = invented(tmp_path_factory.mktemp("pictures") / "board")
    bring(root, "tree.jpg", telling("JPEG"), caption="Drawn for this test")
    (root / "reviews" / "pictures" / "map.png").write_bytes(telling("PNG"))
    told = "file: pictures/map.png, alt: A map of an invented town., credit: A mapper, licence: CC BY 4.0"
    path = root / "reviews" / "robin.yaml"
    edit(path, "\npoints:\n", f"\npicture: {{{told}}}\npoints:\n")
    edit(
        path,
        "    title: Seeing the child\n",
        "    title: Seeing the child\n    picture: {file: pictures/map.png, decorative: yes, "
        "credit: A mapper, licence: CC BY 4.0}\n",
    )
    ran = run_here("build", "robin", "--jobs", "1", cwd=root)
    assert (ran.code, ran.err) == (0, "")
    return root


def plans_of(root: Path) -> Plans:
    opened_ = Project(root)
    return make(opened_, opened_.targets()[0], Options())[0]


def pictures_in(told: Plan) -> list[tuple[str, Picture]]:
    boxes = [(p.title, b) for p in told.pages for _, blocks in p.slots for b in blocks]
    return [(title, b) for title, b in boxes if isinstance(b, Picture)]


def test_a_picture_stands_on_the_slide_of_the_child_and_in_the_account(built: Path) -> None:
    by_name = plans_of(built).by_name
    assert [title for title, _ in pictures_in(by_name["deck"])] == ["Robin"]
    assert [(title, b.alt) for title, b in pictures_in(by_name["guide"])] == [
        ("Robin: the account in full", ALT),
        ("Robin: the account in full", "A map of an invented town."),
        ("Somebody needs to see and hear the child", ""),
    ]
    assert [pictures_in(by_name[name]) for name in by_name if name not in ("deck", "guide")] == [[]] * (
        len(by_name) - 2
    )
    slide = next(page for page in by_name["deck"].pages if page.slot("picture"))
    line = words(slide.slot("source"))
    assert line.endswith(f"Drawn for this test. {CREDIT}"), line
    origins = {span.origin for span in spans_in(slide.slot("source"))}
    assert "robin/child/picture/credit" in origins
    guide = next(page for page in by_name["guide"].pages if page.title == "Robin: the account in full")
    assert f"Drawn for this test. {CREDIT}" in words(guide.slot("body")).splitlines()


def test_nothing_that_a_camera_knew_is_in_any_file(built: Path) -> None:
    """Not in the bytes, nor in what they hold when they are unpacked."""
    outputs = [path for path in (built / "build" / "decks").iterdir() if path.is_file()]
    assert {".pptx", ".docx", ".pdf"} <= {path.suffix for path in outputs}
    for path in outputs:
        data = path.read_bytes()
        inside = list(parts_of(data).items()) if path.suffix in (".pptx", ".docx") else []
        assert not any(SECRET in one for one in (data, *(content for _, content in inside))), path.name
        for name, content in inside:
            if "/media/" in name:
                shown = Image.open(io.BytesIO(content))
                assert not shown.getexif() and not {"icc_profile", "comment", "xmp", "exif"} & set(shown.info)
        if path.suffix == ".pdf":
            document = pypdfium2.PdfDocument(data)
            for sheet in document:
                for one in sheet.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,), max_depth=15):
                    assert SECRET not in bytes(one.get_data())
            document.close()


def test_word_and_pdf_of_a_guide_show_the_same_pictures(built: Path) -> None:
    decks = built / "build" / "decks"
    word = parts_of((decks / "robin.guide.docx").read_bytes())["word/document.xml"].decode()
    inline = [
        int(w) / EMU
        for w in re.findall(r'<wp:extent cx="(\d+)" cy="\d+"/><wp:docPr[^>]* name="Picture"', word)
    ]
    document = pypdfium2.PdfDocument((decks / "robin.guide.pdf").read_bytes())
    drawn_ = [
        right - left
        for sheet in document
        for one in sheet.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,), max_depth=15)
        for left, _, right, _ in [one.get_bounds()]
    ]
    document.close()
    small, *large = sorted(drawn_)
    assert len(inline) == 3 and inline == pytest.approx(large, abs=0.1)
    assert small < PICTURE / 4, "on the picture of the child's slide"
    shown = [name for name in parts_of((decks / "robin.guide.docx").read_bytes()) if "/media/slide-" in name]
    assert len(shown) > 10, "which Word shows as a whole"


def test_a_guide_says_below_the_small_picture_of_a_slide_what_is_seen_there(built: Path) -> None:
    page = next(page for page in plans_of(built).by_name["guide"].pages if page.title.endswith(": Robin"))
    assert ALT in words(page.slot("shown")).splitlines() and CREDIT in words(page.slot("shown"))
    word = parts_of((built / "build" / "decks" / "robin.guide.docx").read_bytes())["word/document.xml"]
    assert word.decode().count(f">{ALT}<") == 1


def test_a_picture_that_a_guide_shows_on_a_small_slide_alone_is_told(house: Brand) -> None:
    """What the small picture shows, and says, is no proof that the account shows it."""
    picture = block()
    deck, _ = fit_deck(plan(child(picture)), house)
    script = replace(
        child(None), layout="script", title="Slide 1: Robin 1", slots=(("shown", said(ALT)),), notes=()
    )
    account = paper(picture).pages[0]
    whole = plan(script, account)
    assert check_pdf(pdf.document(whole, house, deck=deck), whole) == []
    bare = replace(account, slots=(("body", said(CREDIT)),))
    lost = [
        problem.message for problem in check_pdf(pdf.document(plan(script, bare), house, deck=deck), whole)
    ]
    assert lost == [f"“Robin” has lost an alternative text: {ALT}", f"“Robin” has lost a picture: {ALT}"]


def test_the_small_pictures_of_slides_in_word_show_the_picture(house: Brand) -> None:
    deck, _ = fit_deck(plan(child(block(900, 1200)), child(None, 2)), house)
    with_one, without = (
        Image.open(io.BytesIO(data)).convert("RGB") for data in pdf.slide_pictures(deck, house).values()
    )
    box, slide = house.layout("child").used(["body", "picture"])["picture"].box, house.slide
    at = (
        round((box.x + box.w / 2) / slide.w * with_one.width),
        round((box.y + box.h * 0.7) / slide.h * with_one.height),
    )
    assert with_one.getpixel(at) == (0x8F, 0xBF, 0x6F) != without.getpixel(at), "the field"


def test_a_picture_says_well_set_words() -> None:
    alt = "A drawing - 'the tree', 2013-14."
    told = set_plan(plan(child(block(alt=alt)))).pages[0].slot("picture")[0]
    assert isinstance(told, Picture) and "‘the tree’" in told.alt and "2013–14" in told.alt


def test_a_changed_picture_is_a_reason_to_build(project: Path) -> None:
    bring(project, data=saved(drawn()))
    only = ("build", "robin", "--jobs", "1", "--only", "pptx")
    deck = project / "build" / "decks" / "robin.pptx"
    assert run_here(*only, cwd=project).code == 0
    first = deck.read_bytes()
    assert "wrote" not in run_here(*only, cwd=project).out and deck.read_bytes() == first
    path = project / "reviews" / "pictures" / "tree.png"
    path.write_bytes(saved(drawn().rotate(180)))
    assert "wrote build/decks/robin.pptx" in run_here(*only, cwd=project).out
    assert deck.read_bytes() != first
    path.unlink()
    ran = run_here(*only, cwd=project)
    assert ran.code == 1 and "there is no picture “tree.png” in reviews/pictures" in ran.err


def test_a_page_shows_no_picture_without_its_credit(project: Path) -> None:
    bring(project, data=saved(drawn()))
    page = (TOP / "templates" / "pages" / "child.yaml").read_text("utf-8")
    own = project / "templates" / "pages" / "child.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(page.replace("{{ picture_line(child) }}", "A picture"), "utf-8")
    err = run_here("build", "robin", cwd=project).err
    assert f"this page shows a picture, and not whose it is: “{CREDIT}”" in err
    own.write_text(
        page.replace('picture: "{{ picture_of(child) }}"', 'picture: "Look: {{ picture_of(child) }}"'),
        "utf-8",
    )
    assert "this prints a drawing among words" in run_here("build", "robin", cwd=project).err


def test_who_has_no_picture_has_no_slot_and_no_line(project: Path) -> None:
    deck = plans_of(project).by_name["deck"]
    slide = next(page for page in deck.pages if page.layout == "child")
    assert [name for name, _ in slide.slots] == ["badge", "body", "motif", "aside"]
    assert "Picture" not in words(slide.slot("source"))


def test_the_toolkit_ships_no_picture() -> None:
    kinds = {".png", ".jpg", ".jpeg", ".gif", ".webp"}
    assert [
        p for name in ("reviews", "templates") for p in (TOP / name).rglob("*") if p.suffix in kinds
    ] == []
