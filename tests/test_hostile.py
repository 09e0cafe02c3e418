"""Templates that mean harm: nothing of it comes through, into a brand or into what is built with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import edit, run_here
from tests.hostile import DECKS, DOCUMENTS, EVIL, Case, deck, everywhere, letter, numbered
from tests.odd import odd
from toolkit.office.accessible.active import active
from toolkit.office.hygiene import clean_deck, clean_document
from toolkit.office.opc import read_package, zipped

HARM = (
    *(EVIL, "ddeauto", "includetext", "includepicture", "macrobutton", " username ", " filename ", ".exe"),
    *("oleobject", "vbaproject", "invalidurl", "savethroughxslt", "attachedtemplate", "altchunk", "activex"),
    *("customui", "ppaction://p", "ppaction://m", "hlinkfile", "databinding"),
)


def harmless(data: bytes, case: Case, clean: str) -> None:
    package = read_package(data, clean)
    cleaned, remarks = (clean_deck if clean == "a.pptx" else clean_document)(package)
    text = everywhere(zipped(cleaned.parts))
    for words in case.gone:
        assert words.casefold() not in text.casefold(), words
    told = "\n".join(remarks)
    assert case.said in told, told
    again, more = (clean_deck if clean == "a.pptx" else clean_document)(cleaned)
    assert (again.parts, more) == (cleaned.parts, [])
    assert active(cleaned) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_word_template_that_means_harm_comes_through_without_it(name: str) -> None:
    parts = letter()
    case = DOCUMENTS[name]
    case.do(parts)
    data = odd.packed(parts)
    assert any(words in everywhere(data) for words in case.gone)
    harmless(data, case, "a.docx")


@pytest.mark.parametrize("name", DECKS)
def test_a_powerpoint_template_that_means_harm_comes_through_without_it(name: str) -> None:
    parts = deck()
    DECKS[name].do(parts)
    data = odd.packed(parts)
    assert EVIL in everywhere(data)
    harmless(data, DECKS[name], "a.pptx")


def test_nothing_of_all_harm_at_once_is_in_what_is_built(project: Path) -> None:
    """The same through `brand --save` and `build`, all cases in one template of each kind."""
    files = []
    for ending, parts, cases in ((".docx", letter(), DOCUMENTS), (".pptx", deck(), DECKS)):
        for number, (name, case) in enumerate(cases.items()):
            if name not in ("a theme that is none", "a field without an end"):
                numbered(case.do, number)(parts)
        files.append(project / f"evil{ending}")
        files[-1].write_bytes(odd.packed(parts))
        assert everywhere(files[-1].read_bytes()).count(EVIL) >= len(cases) - 12
    saved = run_here("brand", *files, "--save", "harmless", cwd=project)
    assert (saved.code, saved.err) == (0, ""), saved.err
    for kind in ("decks", "briefings"):
        edit(project / kind / "robin.yaml", "edition: ", "brand: harmless\nedition: ")
    built = run_here("build", "--only", "pptx,docx", cwd=project)
    assert built.code == 0, built.err
    made = [*project.glob("build/**/*.pptx"), *project.glob("build/**/*.docx")]
    made += [*project.glob("templates/brands/harmless/*.*x")]
    assert len(made) >= 4
    for file in made:
        text = everywhere(file.read_bytes()).casefold()
        assert [words for words in HARM if words in text] == []
