"""`toolkit cite`: the words behind the cites of a review, looked for in its report."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import typer

from toolkit import files, report
from toolkit.content.evidence import READ, standing
from toolkit.content.guidance import unclear
from toolkit.content.model import FileCheck, Review, Source
from toolkit.problems import Invalid, Place, counted, did_you_mean
from toolkit.project import Project, here
from toolkit.refresh.claims import Claim, claims, placed
from toolkit.refresh.differing import differences
from toolkit.refresh.matches import Match, find
from toolkit.refresh.passages import fits
from toolkit.refresh.records import accept, mark_read
from toolkit.refresh.reports import Report, read_report
from toolkit.refresh.worksheet import worksheet

STOP, SKIP, YES = "stop", "skip", "yes"
_NO_AGENCY = ("all", "managers", "board")  # lenses that are everybody, or whoever wrote the review


def cite(path: Path, review: str, source: str | None, by: str | None, yes: bool) -> int:
    """Look for the words, show them, and write what a person accepts. Gives back the exit code."""
    with report.plainly():
        try:
            return _cite(path, review, source, by, yes)
        except (KeyboardInterrupt, typer.Abort):
            report.stopped("\nStopped. What you have accepted is written, and nothing else.")


def _cite(path: Path, name: str, wanted: str | None, by: str | None, yes: bool) -> int:
    project = here()
    place = _review_path(project, name)
    review, node = project.whole_review(place)
    source = _source(review, place, wanted)
    if by is not None and not _is_name(by):
        message = "the name of who checks is too long, or holds what nobody can read"
        raise Invalid.at(Place(place), message, 'say who: --by "Board business manager"')
    if yes and not by:
        message = "nobody is named who has checked"
        raise Invalid.at(Place(place), message, 'say who: --by "Board business manager"')
    read = read_report(path)
    every = claims(review, node, source, read)
    _tell(project, place, source, read, every)
    quoted = [one for one in every if one.quote]
    if not every:
        print(f"Nothing in this review rests on {source.id}, and none of its points could.")
        return 0
    if quoted and not any(one.matches for one in quoted):
        print(f"None of {counted(len(quoted), 'quote', 'quotes')} stands in this file.")
        print(f"Is it the report that {source.id} names: “{source.title}”? Nothing was changed.")
        return 1
    _write_page(project, place.stem, source, read, every)
    talk = _Talk(project, place, review, source, read, (by or "").strip())
    if yes or (sys.stdin and sys.stdin.isatty()):
        talk.go(every, yes)
    else:
        _list(project, place, every)
        found = any(one.matches for one in quoted)
        accept = "To accept what was found, run this in a terminal, or add --by and --yes."
        choose = (
            "No words were found to accept. Run this in a terminal, and choose among the nearest passages."
        )
        print(f"Nothing was changed. {accept if found else choose}")
    missing = sum(not one.matches for one in quoted) - talk.mended
    if missing:
        print(f"{counted(missing, 'quote is', 'quotes are')} not in the report.")
    return 1 if missing or talk.failed else 0


def _review_path(project: Project, name: str) -> Path:
    paths = {path.stem: path for path in project.review_paths()}
    stem = Path(name).name.removesuffix(".yaml")
    if stem not in paths:
        hint = did_you_mean(stem, paths, "run: toolkit list reviews")
        raise Invalid.at(Place(project.root / "reviews"), f"no review is called '{stem}'", hint)
    return paths[stem]


def _source(review: Review, path: Path, wanted: str | None) -> Source:
    """The source that the report is. Raises Invalid where that cannot be told."""
    if wanted is not None:
        known = {one.id.casefold(): one for one in review.sources}
        if wanted.casefold() not in known:
            hint = f"in sources there are: {', '.join(one.id for one in review.sources)}"
            raise Invalid.at(Place(path), f"no source is called '{wanted}'", hint)
        return known[wanted.casefold()]
    reports = [one for one in review.sources if one.kind == "review-report"]
    if len(reports) == 1:
        return reports[0]
    if reports:
        ids = ", ".join(one.id for one in reports)
        raise Invalid.at(
            Place(path), f"there are several reports: {ids}", f"say which: --source {reports[0].id}"
        )
    message = "none of the sources is the review report"
    hint = "add it to the sources, with kind: review-report; or say which source the file is: --source S2"
    raise Invalid.at(Place(path), message, hint)


def _tell(project: Project, path: Path, source: Source, read: Report, every: Sequence[Claim]) -> None:
    """Print what was read, and of each cite where its words stand."""
    print(f"{read.name}: {read.size}, read as {source.id}, “{source.title}”")
    for remark in read.remarks:
        print(f"  {remark}")
    if source.instrument:
        editions = project.registers().shelf.editions(source.instrument, source.edition)
        if len(editions) > 1:
            print(f"  {source.id} of {source.edition} {unclear(editions)}: write the month into its edition,")
            print("  so that everybody can tell from which of them these words are.")
    for claim in every:
        if not claim.quote:
            continue
        print(f"{project.named(path)}:{claim.place.line}: {claim.name}: “{_short(claim.quote)}”")
        if claim.match:
            place = placed(claim.cite.where if claim.cite else None, claim.match.where)
            differs = f"; but the cite says {place.said}" if place.said else ""
            denied = f"; but the report says “{claim.match.denied}” before them" if claim.match.denied else ""
            known = f"; found already by {claim.checked}" if claim.checked else ""
            print(f"  found: {claim.match.where}{differs}{denied}{known}")
        elif claim.matches:
            print(f"  found in {len(claim.matches)} places: {'; '.join(one.where for one in claim.matches)}")
        else:
            print("  not there")
            for passage in claim.passages[:1]:
                print(f"  nearest, {passage.where}: “{_short(passage.words, 300)}”")
    quoted = [one for one in every if one.quote]
    found = sum(bool(one.matches) for one in quoted)
    if quoted:
        print(f"Found: {found} of {counted(len(quoted), 'quote', 'quotes')}.")
    if bare := len(every) - len(quoted):
        carry = counted(bare, "finding or account carries", "findings or accounts carry")
        print(f"{carry} no words of {source.id} yet.")


def _list(project: Project, path: Path, every: Sequence[Claim]) -> None:
    """Print what has no words of the report yet, with what comes nearest."""
    for claim in every:
        if not claim.quote:
            print(f"{project.named(path)}:{claim.place.line}: {claim.name}: {_short(_sentence(claim)[0])}")
            for passage in claim.passages:
                print(f"  nearest, {passage.where}: “{_short(passage.words, 300)}”")


def _is_name(by: str) -> bool:
    return bool(by.strip()) and by.isprintable() and len(by) <= 100


def _sentence(claim: Claim) -> tuple[str, list[str]]:
    """What a statement says, and in what other words a slide says it."""
    said, *more = claim.said.split("\n")
    return said, [words for words in dict.fromkeys(more) if words != said]


def _short(words: str, most: int = 80) -> str:
    return words if len(words) <= most else f"{words[:most].rpartition(' ')[0]}…"


def _write_page(project: Project, name: str, source: Source, read: Report, every: Sequence[Claim]) -> None:
    path = project.root / "build" / "cite" / f"{name}.html"
    try:
        files.clear_up(path.parent)
        files.write({path: worksheet(read, name, source, every).encode("utf-8", "replace")})
        print(f"All of it, with the nearest passages, to read in a browser: {project.named(path)}")
    except Invalid as error:
        report.tell(error.problems)


@dataclass
class _Talk:
    """What a person is asked, and what becomes of it."""

    project: Project
    path: Path
    review: Review
    source: Source
    read: Report
    by: str
    accepted: int = 0
    mended: int = 0
    failed: int = 0

    def go(self, every: Sequence[Claim], yes: bool) -> None:
        """Go through all claims that nobody has checked in this file: with `yes` what is certain alone, and
        without a question."""
        before = {point.id: standing(self.review, point) for point in self.review.points}
        todo = [one for one in every if not one.checked or self._moved(one)]
        for number, claim in enumerate(todo, 1):
            if yes:
                differ = self._differ(claim, claim.match, claim.quote) if claim.match else ""
                if claim.match and not claim.match.denied and not differ:
                    self._accept(claim, claim.match, claim.quote, yes)
                elif claim.matches:
                    why = differ or "it stands in several places"
                    if claim.match and claim.match.denied:
                        why = f"the report says “{claim.match.denied}” just before it"
                    print(f"{claim.name} was left for a person to look at: {why}.")
                continue
            print(f"\n{number} of {len(todo)}: {claim.name} (line {claim.place.line})")
            said, more = _sentence(claim)
            print(f"  The sentence: {said}")
            for words in more:
                print(f"  Its slide says: {words}")
            answer = self._found(claim) if claim.matches else self._offer(claim)
            if answer == STOP:
                print("Stopped. What you have accepted is written.")
                break
        self._close(before, yes)

    def _moved(self, claim: Claim) -> bool:
        """Whether a cite gives no place, or not all of that of its words."""
        old = claim.cite.where if claim.cite else None
        return bool(claim.match) and placed(old, claim.match.where).where != old  # type: ignore[union-attr]

    def _differ(self, claim: Claim, found: Match, words: str) -> str:
        """What numbers, days, denials and agencies a statement and words of the report do not share."""
        sentence, *more = claim.said.split("\n")
        slides: Sequence[str | None] = more
        beside: list[str] = []
        match claim.path:
            case ("points", int(number), "finding" | "happened" as field, int(position), *_):
                point = self.review.points[number]
                mine, every = getattr(point, field)[position], getattr(point, field)
                slides = [mine.slide, getattr(point.slide, field, None)]
                beside = [one.text for one in every if one is not mine]
        told = list(filter(None, slides))
        agencies = self.project.registers().agencies.values()
        names = [one.title for one in agencies if one.id not in _NO_AGENCY]
        return differences(sentence, words, found.sentence, told, beside, names)

    def _same(self, claim: Claim, match: Match, words: str) -> str:
        """Ask of words that somebody has chosen whether they say what the sentence says, where they differ in
        more than their wording."""
        differ = self._differ(claim, match, words)
        if not differ:
            return YES
        print(f"  Beware: {differ}.")
        return _ask("Do they say the same all the same? yes", (YES,))

    def _found(self, claim: Claim) -> str:
        """Ask whether the words that were found carry the sentence."""
        for match in claim.matches:
            print(f"  The report, {match.where}: “{match.sentence}”")
            if match.denied:
                print(f"  Beware: it says “{match.denied}” just before the words of the cite.")
        if claim.match is None:
            most = len(claim.matches)
            answer = _ask(f"Which of the {most} places does the sentence mean? A number", range(1, most + 1))
            if answer not in (SKIP, STOP):
                match = claim.matches[int(answer) - 1]
                answer = self._same(claim, match, claim.quote)
                return self._accept(claim, match, claim.quote) if answer == YES else answer
            return answer
        if differ := self._differ(claim, claim.match, claim.quote):
            print(f"  Beware: {differ}.")
        answer = _ask("Does the sentence say what the report says, no more and no less? yes", (YES,))
        if answer == YES:
            return self._accept(claim, claim.match, claim.quote)
        return answer

    def _offer(self, claim: Claim) -> str:
        """Offer the nearest passages, and take what a person chooses or types."""
        if claim.quote:
            print(f"  Its cite quotes words that are not there: “{claim.quote}”")
        print("  Nearest in the report:" if claim.passages else "  Nothing in the report is like it.")
        for number, passage in enumerate(claim.passages, 1):
            print(f"  {number:>3}  {passage.where}: “{passage.words}”")
        numbers = range(1, len(claim.passages) + 1)
        question = f"On which does the sentence rest? {'A number, or the' if numbers else 'The'} words"
        while True:
            answer = _ask(f"{question} themselves", numbers, free=True)
            if answer in (SKIP, STOP):
                return answer
            words = claim.passages[int(answer) - 1].words if answer.isdecimal() else answer.strip("“”\"'")
            if not fits(words):
                print("  Type those words of it that carry the sentence: at least four, at most sixty.")
                continue
            matches = find(self.read, words)
            if len(matches) == 1 or (matches and answer.isdecimal()):
                where = claim.passages[int(answer) - 1].where if answer.isdecimal() else matches[0].where
                match = next((one for one in matches if one.where == where), matches[0])
                answer = self._same(claim, match, words)
                return self._accept(claim, match, words) if answer == YES else answer
            print("  Not in the report." if not matches else "  They stand there more than once: type more.")

    def _accept(self, claim: Claim, match: Match, words: str, yes: bool = False) -> str:
        """Write what was accepted; but skip or stop where somebody is asked of its place and says so."""
        place = placed(claim.cite.where if claim.cite else None, match.where)
        where, told = place.where, ""
        if place.said:
            told = f"; the cite says {place.said}, the words were found at {place.found}: left as it is"
        if place.said and not yes:
            print(f"  The cite says {place.said}; in this file the words were found at {place.found}.")
            answer = _ask(f"Write {place.found} in place of {place.said}? yes or no", (YES, "no"))
            if answer in (SKIP, STOP):
                return answer
            if answer == YES:
                where, told = place.anew, f" (the cite said {place.said})"
        while not _is_name(self.by):
            self.by = typer.prompt("Who checks this? Your name or role, which goes into the review").strip()
        check = FileCheck.model_validate(
            {
                "by": self.by,
                "on": date.today().isoformat(),
                "file": self.read.name,
                "sha256": self.read.sha256,
            }
        )
        try:
            with files.alone(self.project.root, lambda: print("Waiting for another command to end.")):
                accept(self.path, claim, self.source.id, check, where, words)
        except Invalid as error:
            self.failed += 1
            report.tell(error.problems)
            return SKIP
        self.accepted += 1
        self.mended += bool(claim.quote and not claim.matches)
        print(f"  {claim.name}: written, {where}{told}")
        return ""

    def _close(self, before: Mapping[str, str], yes: bool) -> None:
        """Say what was written and what it changes."""
        if not self.accepted:
            print("Nothing was changed.")
            return
        if self.source.read not in READ and self.source.kind == "review-report":
            print(f"{self.source.id} is recorded as read: {self.source.read}. No check counts until")
            print("somebody has read at least a part of it, and it says read: part or read: whole.")
            if not yes and _ask("Has a part been read by now, not only searched? yes", (YES,)) == YES:
                with files.alone(self.project.root, lambda: None):
                    mark_read(self.path, self.source.id)
        review, _ = Project(self.project.root, self.project.data).whole_review(self.path)
        print(f"{counted(self.accepted, 'cite', 'cites')} written to {self.project.named(self.path)}.")
        for point in review.points:
            now = standing(review, point)
            if now != before.get(point.id):
                print(f"{point.id} {point.title}: {before.get(point.id)} before, {now} now")


def _ask(question: str, answers: Sequence[str] | range, free: bool = False) -> str:
    """One of some answers, skip or stop; with `free` also words."""
    allowed = {**{str(one): str(one) for one in answers}, SKIP: SKIP, STOP: STOP}
    while True:
        said: str = typer.prompt(f"  {question}, {SKIP} or {STOP}").strip()
        small = said.casefold()
        near = [one for one in allowed if small and one.startswith(small) and not one.isdecimal()]
        if small in allowed or len(near) == 1:
            return allowed.get(small) or near[0]
        if free and len(said.split()) > 1:
            return said
        print(f"  Answer with one of: {', '.join(allowed)}")
