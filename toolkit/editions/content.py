"""What an edition prints, as plain values: the words of reviews, statement by statement, with what they rest
on, what a deck or briefing says itself, and a fingerprint of each page template round them.

No clock, no numbers of slides and nothing that follows from the rest: so one changed sentence is one change.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pydantic import BaseModel

from toolkit.content import evidence
from toolkit.content.model import Cite, Deck, Picture, Point, Review, Source
from toolkit.plan.model import Page, origins_in, words
from toolkit.plan.pages import Task
from toolkit.plan.plans import CHANGES, DECK, Plans

_TRUE = ("found", "sure", "unchecked", "told", "the-review", "what-happened")  # words that say who speaks
_HEADS = {"Event": "date", "Ask": "to", "Fact": "label"}  # what stands before the text of these
_NOT_WORDS = {"id", "lens", "source", "cites", "pattern", "points", "sources", "file", "level", "standing"}
_UNTRACED = ("title", "action")  # what templates are also given without its origin, in rows of several points
_DIGITS = 8  # of a fingerprint: enough to tell two texts of one page apart


@dataclass(frozen=True)
class Said:
    """Some words that are printed: in which field, what they rest on, and the few words for slides where
    these are printed as well. `unchecked` says that nobody had checked them against the report, which follows
    from what they rest on. `origin` is where the words come from now (see `Span`).
    """

    of: str
    words: str
    slide: str = ""
    cites: tuple[str, ...] = ()
    origin: str = field(default="", compare=False)
    unchecked: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class PointSaid:
    """What is printed of a point: how far it may go, whether a session teaches it (or has it as a card), and
    its words in the order of the file.
    """

    id: str
    standing: str
    taught: bool
    said: tuple[Said, ...]


@dataclass(frozen=True)
class ReviewSaid:
    """What is printed of a review, and of its points in the order in which they are told."""

    id: str
    said: tuple[Said, ...]
    points: tuple[PointSaid, ...]


@dataclass(frozen=True)
class Content:
    """All that an edition prints. `own` is what the deck or briefing says itself, with its board’s contacts;
    `around` has a fingerprint for each page template and outline.
    """

    own: tuple[Said, ...]
    reviews: tuple[ReviewSaid, ...]
    around: Mapping[str, str]

    def every(self) -> Iterator[Said]:
        """All words, in their order."""
        yield from self.own
        for review in self.reviews:
            yield from review.said
            for point in review.points:
                yield from point.said


def content(task: Task, plans: Plans) -> Content:
    """What the plans of a deck or briefing print."""
    pages = [page for plan in plans.by_name.values() for page in plan.pages]
    text = _plain("\n".join([*map(_all_words, pages), *_headed(plans)]))
    origins = list(dict.fromkeys(origins_in(pages)))
    taught = set(origins_in(plans.by_name[DECK].pages)) if DECK in plans.by_name else set()
    reviews = []
    for one in task.chosen:
        paths = tuple(path for path in origins if path.split("/")[0] == one.review.id)
        if paths:
            reviews.append(_review(task, one.review, _Printed(paths, text), taught))
    return Content(tuple(_own(task, plans, text)), tuple(reviews), _around(task, plans))


class _Printed:
    """The origins of one review’s words that are printed, in their order, and all printed text."""

    def __init__(self, paths: Sequence[str], text: str) -> None:
        self.paths = paths
        self._every = frozenset(paths)
        self._text = text

    def has(self, path: str, words: str = "") -> bool:
        """Whether the words at a path are printed: by their origin, or because just these `words` are."""
        return path in self._every or bool(words and _plain(words) in self._text)

    def within(self, path: str) -> bool:
        """Whether any words at or below a path are printed."""
        return any(one == path or one.startswith(f"{path}/") for one in self.paths)

    def points(self) -> list[str]:
        """The ids of points in the order in which they are told."""
        found = [steps[2] for one in self.paths if (steps := one.split("/"))[1:2] == ["points"]]
        return list(dict.fromkeys(found))


def _review(task: Task, review: Review, printed: _Printed, taught: set[str]) -> ReviewSaid:
    by_id = {point.id: point for point in review.points}
    points = tuple(_point(review, by_id[id], printed, taught) for id in printed.points() if id in by_id)
    path = review.id
    shown = {
        "title": review.title,
        "kind": task.registers.kinds[review.kind].title,
        "board": review.board,
        "published": task.wording.date(review.published),
    }
    said = [
        Said(name, words_, origin=f"{path}/{name}")
        for name, words_ in shown.items()
        if printed.has(f"{path}/{name}", words_)
    ]
    said += [one for one in _words(review, review, path, "", printed) if one.of not in shown]
    every = [*said, *(one for point in points for one in point.said)]
    cited = {cite.partition(" ")[0] for one in every for cite in one.cites}
    said += [_source(source, path) for source in review.sources if source.id in cited]
    return ReviewSaid(review.id, tuple(said), points)


def _source(source: Source, path: str) -> Said:
    about = ", ".join(filter(None, (source.publisher, source.published)))
    line = f"{source.title}. {about} ({source.kind}; read: {source.read})"
    return Said(f"sources/{source.id}", line, origin=f"{path}/sources/{source.id}/title")


def _point(review: Review, point: Point, printed: _Printed, taught: set[str]) -> PointSaid:
    path = f"{review.id}/points/{point.id}"
    title = {f"{path}/title", f"{path}/message"}
    worked_on = any(one.startswith(f"{path}/") and one not in title for one in taught)
    standing = evidence.standing(review, point)
    said = list(_words(review, point, path, "", printed))
    in_full = any(one.of in ("finding", "happened") for one in said)  # or two sides have few words of it
    rests_on = () if in_full else _cites_of((*point.finding, *point.happened))
    said = [
        replace(one, cites=one.cites or rests_on, unchecked=standing == "marked")
        if one.of.startswith("slide/")
        else one
        for one in said
    ]
    if point.found_by and point.finding:
        said.append(Said("found_by", point.found_by, origin=f"{path}/found_by"))
    if point.checked:
        where = f"{point.checked.source} {point.checked.where}"
        said.append(Said("checked", where, origin=f"{path}/checked"))
    return PointSaid(point.id, standing, worked_on, tuple(said))


def _words(review: Review, model: BaseModel, path: str, of: str, printed: _Printed) -> Iterator[Said]:
    """The printed words inside a model, in the order of its fields."""
    for name in type(model).model_fields:
        if name in _NOT_WORDS or (name in ("found_by", "checked")):
            continue
        value, named = getattr(model, name), f"{of}/{name}".strip("/")
        listed = isinstance(value, tuple)
        for n, item in enumerate(value if listed else (value,)):
            step = f"{path}/{name}" + (f"/{getattr(item, 'id', n)}" if listed else "")
            lens = getattr(item, "lens", None)
            field_ = f"{named}/{lens}" if lens else named
            if isinstance(item, Picture):
                yield from _picture(item, step, field_, printed)
            elif isinstance(item, BaseModel) and "text" in type(item).model_fields:
                yield from _statement(review, item, step, field_, printed)
            elif isinstance(item, BaseModel):
                yield from _group(review, item, step, field_, printed)
            elif isinstance(item, str) and printed.has(step, item if name in _UNTRACED else ""):
                yield Said(field_, item, origin=step)


def _group(review: Review, item: BaseModel, path: str, of: str, printed: _Printed) -> Iterator[Said]:
    """Words of a group of fields; where they rest on something as a whole, each of them does."""
    cites = _cites(item)
    for one in _words(review, item, path, of, printed):
        yield replace(one, cites=one.cites or cites)


def _statement(review: Review, item: BaseModel, path: str, of: str, printed: _Printed) -> Iterator[Said]:
    """A statement with what stands before its text, and then what else it holds, such as answers."""
    whole, slide = printed.has(path), str(getattr(item, "slide", None) or "")
    head = getattr(item, _HEADS.get(type(item).__name__, ""), "")
    text = str(getattr(item, "text", ""))
    words_ = f"{head}: {text}" if head else text
    if getattr(item, "right", False):
        words_ += " (right)"
    shown = f"{head}: {slide}" if head and slide else slide
    on_slide = shown if printed.has(f"{path}/slide") or whole else ""
    in_full = printed.has(f"{path}/text") or (whole and not slide)
    if in_full or on_slide:
        open_ = bool(_cites(item)) and evidence.is_unchecked(review, item)  # type: ignore[arg-type]
        yield Said(of, words_ if in_full else "", on_slide, _cites(item), path, open_)
    for name in ("answers", "because"):
        value = getattr(item, name, None)
        if isinstance(value, tuple):
            for n, one in enumerate(value):
                yield from _statement(review, one, f"{path}/{name}/{n}", f"{of}/{name}", printed)
        elif isinstance(value, str) and printed.has(f"{path}/{name}"):
            yield Said(f"{of}/{name}", value, origin=f"{path}/{name}")


def _picture(item: Picture, path: str, of: str, printed: _Printed) -> Iterator[Said]:
    if printed.within(path):
        shown = ". ".join(filter(None, (item.alt, item.caption, item.credit, item.licence, item.file)))
        yield Said(of, shown, origin=path)


def _cites(item: BaseModel) -> tuple[str, ...]:
    cites = getattr(item, "cites", ())
    return tuple(_cite(cite) for cite in cites if isinstance(cite, Cite))


def _cites_of(statements: Sequence[BaseModel]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cite for one in statements for cite in _cites(one)))


def _cite(cite: Cite) -> str:
    return f"{cite.source} {cite.where or ''}".strip() + " (extract)" * cite.extract


# ------------------------------------------------------------------------ what is not a review’s


def _own(task: Task, plans: Plans, text: str) -> Iterator[Said]:
    """What a deck or briefing says itself, and where its board sends people."""
    work, first = task.work, next(iter(plans.by_name.values()))
    yield Said("title", first.title)
    if work.subtitle:
        yield Said("subtitle", work.subtitle)
    if work.board:
        yield Said("board", work.board)
    if isinstance(work, Deck):
        yield Said("minutes", str(work.minutes))
        agencies = [task.registers.agencies[lens].title for lens in work.audience]
        yield Said("audience", ", ".join(agencies) or task.wording["everyone"])
        yield Said("mode", work.mode)
        if work.warning:
            yield Said("warning", work.warning)
    else:
        yield from (Said("questions", one) for one in work.questions if _plain(one) in text)
    for contact in task.registers.support.values():
        yield Said(
            "contacts",
            ". ".join(one.rstrip(".") for one in (contact.title, contact.text, contact.url or "") if one),
            contact.short or "",
        )
    for name in ("escalation", "procedures", "footer"):
        if told := getattr(task.board, name):
            yield Said(name, told)


def _all_words(page: Page) -> str:
    parts = [page.title, *(words(blocks) for _, blocks in page.slots), *(words(n.blocks) for n in page.notes)]
    return "\n".join(parts)


def _headed(plans: Plans) -> list[str]:
    return [f"{plan.title}\n{plan.subtitle}" for plan in plans.by_name.values()]


def _plain(text: str) -> str:
    return re.sub(r"[*\s]+", " ", text)


def _around(task: Task, plans: Plans) -> dict[str, str]:
    """A fingerprint of the words of each outline and page template that is used, and of the words that say
    who speaks."""
    outlines = {name: node for name, (_, node) in task.outlines.items() if name != CHANGES}
    found = {f"outline {name}": _digest(node.plain()) for name, node in outlines.items()}
    used = {page.id.rpartition("-")[0] for plan in plans.by_name.values() for page in plan.pages}
    for name in sorted(used & set(task.templates)):
        one = task.templates[name]
        parts = [one.title.plain(), *((slot, node.plain()) for slot, node in (*one.slots, *one.notes))]
        found[name] = _digest(parts)
    found["words"] = _digest([(k, v) for k, v in task.wording.items() if k.startswith(_TRUE)])
    return found


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
