"""What the fields of a form are called, and the sentences on those of which the models say nothing."""

from __future__ import annotations

# By the field's name, or by the name of the group and the field where one name has several meanings.
NAMES = {
    "id": "Id",
    "kind": "Kind",
    "asks": "Recommendations or key areas",
    "because": "Because",
    "by": "By",
    "checked": "Checked against the report",
    "cites": "Sources",
    "finding": "What the review found",
    "found_by": "Who found it",
    "happened": "What happened",
    "known_to": "Agency that knew",
    "lens": "Agency",
    "lenses": "Agency it concerns",
    "listen_for": "What to listen for",
    "means": "What it means",
    "not_known": "What is not known",
    "practice": "What good looks like",
    "questions": "Question for discussion",
    "roles": "What it means for an agency",
    "slide": "Words for a slide",
    "themes": "Theme",
    "url": "Web address",
    "who": "Who the child was",
    "why": "Why it matters",
    "way": "Way of working",
    "voice": "The child’s voice",
    "facts": "Fact",
    "cautions": "Caution",
    "points": "Point",
    "timeline": "Event",
    "sources": "Source",
    "source": "Source",
    "numbers": "Figure to show",
    "disagreements": "Disagreement",
    "versions": "Version",
    "answers": "Answer",
    "quiz": "Quiz question",
    "items": "Item",
    "hours": "Hour of the day",
    "knew": "What an agency knew",
    "notes": "Trainer’s notes",
    "say": "What to say",
    "do": "What to do",
    "if_short": "If time is short",
    "retired_because": "Why it is no longer used",
}

SENTENCES = {
    "title": "A short name.",
    "publisher": "Who published it.",
    "kind": "Which kind of source it is.",
    "published": "When it was published: the year, the month or the day, such as 2013, 2013-09 or 2013-09-17.",
    "read": "How far it was read.",
    "note": "What a reader should know of it.",
    "text": "One or two sentences.",
    "cites": "The ids of the sources that this rests on, each on a line of its own, with the paragraph or page:"
    " S1 5.2, p11. After a colon the words themselves may follow in quotation marks. Put [extract] at the end"
    " where the source gives the review’s own words.",
    "date": "When it was, in words such as Autumn 2011.",
    "language": "The language that it is written in.",
    "id": "A short name without spaces, which does not change.",
    "label": "What the line is about, such as Carried out by.",
    "right": "Yes where the answer is right.",
    "about": "What the sources do not agree on.",
    "advice": "What to say instead.",
    "not_known": "What the sources that were read do not tell.",
    "lens": "The agency that is meant.",
    "source": "The id of the source.",
    "items": "One of several, in their order.",
    "happened": "What happened, with the sources.",
    "facts": "One line of identification.",
    "timeline": "What happened when, in order.",
    "points": "One learning point.",
    "good_practice": "Practice that the review praises.",
    "roles": "A question to one agency.",
    "disagreements": "Sources that do not agree.",
    "sources": "Everything that was read.",
    "child": "Who the child was, as far as the sources tell.",
    "asks": "What the review recommended, or the board said it would look for.",
    "notes": "What the trainer needs to lead this point.",
    "slide": "The few words that a slide can carry.",
    "checked": "Who has read the report for this.",
    "intro": "A sentence that comes before them.",
    "answers": "An answer, two to five of them.",
    "versions": "What one of the sources says.",
    "means": "What it means for this agency.",
}

REGISTERS = {
    "lens": "agencies",
    "lenses": "agencies",
    "known_to": "agencies",
    "themes": "themes",
    "pattern": "patterns",
    "Review.kind": "kinds",
}

HIDDEN = {"Source.checked"}  # what the toolkit writes itself


def name_of(field: str) -> str:
    """What a field is called in a form."""
    return NAMES.get(field) or field.replace("_", " ").capitalize()
