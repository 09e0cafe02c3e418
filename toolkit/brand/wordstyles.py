"""The styles of a Word template: which one plays which of our roles, whatever language its names are in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from toolkit.brand.lists import Lists
from toolkit.late import dataclass
from toolkit.office.colour import ON
from toolkit.office.opc import Package, W
from toolkit.office.word import name_of

HOUSE_STYLES = {
    "title": "Title",
    "subtitle": "Subtitle",
    "heading-1": "Heading 1",
    "heading-2": "Heading 2",
    "heading-3": "Heading 3",
    "body": "Normal",
    "bullet": "List Bullet",
    "bullet-2": "List Bullet 2",
    "number": "List Number",
    "quotation": "Quote",
    "callout": "Callout",
    "label": "Label",
    "suggestion": "Suggestion",
    "source": "Source",
    "table": "Briefing Table",
    "table-heading": "Table Heading",
    "table-text": "Table Text",
    "header": "Header",
    "footer": "Footer",
    "strong": "Strong",
    "emphasis": "Emphasis",
    "hyperlink": "Hyperlink",
}
# Of a template that has them; no other is lent these, for its own title is right as it is.
OWN_STYLES = {"banner": "Banner", "placeholder": "Placeholder Text"}
# Word writes the English names of its own styles into every file; other programs and old templates translate
# them. After the English: Welsh, German, French, Polish, Spanish, Italian, Dutch, Swedish.
_HEADINGS = r"(?:heading|pennawd|überschrift|titre|nagłówek|título|encabezado|titolo|kop|rubrik)"
_BULLETS = (
    r"(?:list bullet|rhestr fwled(?:i|og)|aufzählungszeichen|liste à puces|lista punktowana|lista con viñetas"
    r"|punto elenco|lijst opsom\.teken|punktlista)"
)
_STYLE_WORDS = {
    "title": r"title|teitl|titel|titre|tytuł|título|titolo|rubrik",
    "subtitle": r"subtitle|is-?deitl|untertitel|sous-titre|podtytuł|subtítulo|sottotitolo|ondertitel"
    r"|underrubrik",
    **{f"heading-{n}": f"{_HEADINGS} ?{n}" for n in (1, 2, 3)},
    "bullet": rf"{_BULLETS}|bullets?(?: list| point| 1)?|opsomming",
    "bullet-2": rf"(?:{_BULLETS}|bullets?) 2",
    "number": r"list number|numbered list|rhestr rifau|listennummer|liste à numéros|lista numerowana"
    r"|lista con números|numero elenco|lijstnummering|numrerad lista",
    "quotation": r"quote|quotation|dyfyniad|zitat|citation|cytat|cita|citazione|citaat|citat",
    "callout": r"callout|call-out",
    "label": r"label",
    "suggestion": r"suggestion",
    "source": r"source",
    "table": r"briefing table|table grid|grid tabl|tabellenraster|tabellengitternetz|grille du tableau"
    r"|tabela [-–] siatka|tabla con cuadrícula|griglia tabella|tabelraster|tabellrutnät",
    "table-heading": r"table heading|table header",
    "table-text": r"table text|table body",
    "header": r"header|pennyn|kopfzeile|en-tête|nagłówek|encabezado|intestazione|koptekst|sidhuvud",
    "footer": r"footer|troedyn|fußzeile|pied de page|stopka|pie de página|piè di pagina|voettekst|sidfot",
    "strong": r"strong|cryf|fett|élevé|pogrubienie|texto en negrita|enfasi \(grassetto\)|zwaar|stark",
    "emphasis": r"emphasis|pwyslais|hervorhebung|accentuation|uwydatnienie|énfasis|enfasi \(corsivo\)|nadruk"
    r"|betoning",
    "hyperlink": r"hyperlink|hyperddolen|lien hypertexte|hiperłącze|hipervínculo|collegamento ipertestuale"
    r"|hyperlänk",
}
_LISTS = ("bullet", "bullet-2", "number")
_KINDS = {"table": "table", **dict.fromkeys(("strong", "emphasis", "hyperlink"), "character")}


@dataclass(frozen=True)
class WordStyle:
    """A style of a Word template by its name as Word shows it, its id, and its kind."""

    name: str
    id: str
    kind: str


def own_styles(package: Package) -> dict[str, str]:
    """The name of the style for each role of HOUSE_STYLES that a .docx has.

    A style is known by its built-in name, then by what other languages call it. A list style counts only when
    it brings its own bullets or numbers.
    """
    every = [(style.name.casefold(), style) for style in every_style(package)]
    found: dict[str, str] = {}
    for role, house in HOUSE_STYLES.items():
        kind = _KINDS.get(role, "paragraph")
        fitting = [
            (name, s)
            for name, s in every
            if s.kind.startswith(kind) and (role not in _LISTS or "list" in s.kind)
        ]
        if role == "body":
            match = next((s for _, s in fitting if "default" in s.kind), None)
        else:
            usual, others = house.casefold(), re.compile(_STYLE_WORDS[role]).fullmatch
            match = next((s for name, s in fitting if name == usual), None)
            match = match or next((s for name, s in fitting if others(name)), None)
        if match:
            found[role] = match.name
    return found


def every_style(package: Package) -> list[WordStyle]:
    """The styles of a .docx. The kind also says "list" where it has bullets or numbers that the file holds,
    and "default"."""
    parts = package.related(package.main(), "styles")
    if not parts:
        return []
    root: Any = package.root(parts[0])
    numbering = package.related(package.main(), "numbering")
    lists = Lists(package.root(numbering[0]) if numbering else None)
    by_id = styles_by_id(root)
    known: dict[str, Numbered] = {}
    found = []
    for style in root.iterfind(f"{W}style"):
        said = name_of(style) or style.get(f"{W}styleId") or ""
        kind = style.get(f"{W}type") or "paragraph"
        if lists.level(*numbered(style, by_id, known)) is not None:
            kind += " list"
        kind += " default" if style.get(f"{W}default") in ON else ""
        # Word stores "heading 1", "header", "footer" and "caption" in small letters, and shows a capital.
        said = re.sub(r"^(heading \d|header|footer|caption)$", lambda m: m[0].capitalize(), said)
        found.append(WordStyle(said, style.get(f"{W}styleId") or "", kind))
    return found


def styles_by_id(root: Any) -> dict[str, Any]:
    """The styles of a part by their ids."""
    return {style.get(f"{W}styleId") or "": style for style in root.iterfind(f"{W}style")}


def named_styles(root: Any, names: dict[str, str]) -> dict[str, Any]:
    """The styles of a part for names by role, however the file spells the names."""
    there: dict[str, Any] = {}
    for style in root.iterfind(f"{W}style"):
        there.setdefault(name_of(style).casefold(), style)
    return {role: there[name.casefold()] for role, name in names.items()}


def based_on(style: Any, by_id: dict[str, Any]) -> Iterator[Any]:
    """A style and those it is based on; a circle in a faulty file ends."""
    seen: set[str] = set()
    while style is not None and style.get(f"{W}styleId") not in seen:
        seen.add(style.get(f"{W}styleId"))
        yield style
        base = style.find(f"{W}basedOn")
        style = by_id.get(base.get(f"{W}val") or "") if base is not None else None


Numbered = tuple[str, str, str]


def numbered(style: Any, by_id: dict[str, Any], known: dict[str, Numbered] | None = None) -> Numbered:
    """The number of the list that a style is set in ("" for none), its depth there ("" where neither it nor
    those it is based on say any), and the style that says so. What is found is kept in `known`."""
    known = {} if known is None else known
    chain = []
    found: Numbered = ("", "", "")
    for above in based_on(style, by_id):
        if (name := above.get(f"{W}styleId") or "") in known:
            found = known[name]
            break
        chain.append((name, above.find(f"{W}pPr/{W}numPr")))
    for name, about in reversed(chain):
        if about is not None:
            number, depth = value_of(about.find(f"{W}numId")), value_of(about.find(f"{W}ilvl"))
            found = (number, depth, name) if number else (found[0], depth or found[1], found[2])
        known[name] = found
    return found


def value_of(element: Any) -> str:
    """What an element says, or nothing."""
    return (element.get(f"{W}val") or "") if element is not None else ""
