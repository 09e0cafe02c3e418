"""What a file would say if it were built today, from the folder that one stands in, without drawing it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import XML

from toolkit.brand.compiled import Brand
from toolkit.build import Options, make
from toolkit.fit.drawing import on_paper
from toolkit.fit.fit import fit_deck
from toolkit.fit.slides import FittedDeck
from toolkit.plan.model import Plan
from toolkit.plan.plans import Plans
from toolkit.plan.typography import set_plan
from toolkit.problems import Invalid
from toolkit.project import Project
from toolkit.refresh.texts import Built, Kind, built
from toolkit.render.origins import Origins
from toolkit.render.printed import of_deck, of_document, of_letterhead, of_notes_pages
from toolkit.targets import NO_WISHES, Target, Wishes

DECK, GUIDE = "deck", "guide"  # the names of plans


def find(project: Project, made: Mapping[str, Any]) -> Target | None:
    """The deck or briefing of a folder that a file was built from, as the edition that it is."""
    for target in project.targets():
        if f"{target.folder}/{target.path.stem}" == made.get("of"):
            wishes = Wishes.read(made.get("wishes"))
            return target if wishes == NO_WISHES else target.edition(wishes)
    return None


def as_today(project: Project, target: Target, made: Mapping[str, Any], kind: Kind) -> Built | None:
    """What a file of a target would say; None where it would not be built. Raises Invalid."""
    large = bool(made.get("large"))
    plans, brand, _ = make(project, target, Options(final=bool(made.get("final")), large_print=large))
    return _said(plans, str(made.get("plan")), brand, kind, large)


def every(project: Project, kind: Kind) -> Iterator[tuple[Target, Built]]:
    """What every file of a kind that the folder builds would say; what cannot be built is left out."""
    for target in project.targets():
        try:
            plans, brand, _ = make(project, target, Options())
        except Invalid:
            continue
        for name in plans.by_name:
            if (name == DECK) == (kind == "deck") or kind == "pdf":
                try:
                    found = _said(plans, name, brand, kind, False)
                except Invalid:
                    continue
                if found:
                    yield target, found


def _said(plans: Plans, name: str, brand: Brand, kind: Kind, large: bool) -> Built | None:
    if name not in plans.by_name:
        return None
    plan, deck = set_plan(plans.by_name[name]), None
    if name == DECK or (name == GUIDE and kind == "pdf"):
        deck = fit_deck(set_plan(plans.by_name[DECK]), brand, large)[0]
    origins = Origins()
    _remember(origins, plan, deck, brand, kind)
    return built(XML(origins.table(plan)))


def _remember(origins: Origins, plan: Plan, deck: FittedDeck | None, brand: Brand, kind: Kind) -> None:
    if deck and plan.making.name == DECK:
        origins.remember(of_deck(deck, brand) if kind == "deck" else of_notes_pages(deck, brand))
        return
    paper = on_paper(plan, brand.document.width / 20)
    origins.remember(of_document(paper, brand, deck))
    if kind == "document":
        origins.remember(of_letterhead(brand.document))
