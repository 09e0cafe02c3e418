"""What was found in a report as a page for the browser: to read beside it, with lines to copy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from toolkit.content.model import Source
from toolkit.problems import counted
from toolkit.refresh.citelines import typed, with_words
from toolkit.refresh.claims import Claim
from toolkit.refresh.reports import Report

_STYLE = """
body { font: 1.05rem/1.5 sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a;
  background: #fff; }
h1, h2, h3 { line-height: 1.2; }
blockquote { margin: .5rem 0; padding: .2rem 0 .2rem 1rem; border-left: 4px solid #1d5c63; }
code { display: block; white-space: pre-wrap; overflow-wrap: anywhere; background: #f2f2f2; padding: .5rem; }
button { font: inherit; padding: .3rem .8rem; margin: .3rem 0 1rem; }
button:focus-visible, a:focus-visible { outline: 3px solid #b34700; outline-offset: 2px; }
@media (prefers-color-scheme: dark) {
  body { background: #161616; color: #eee; }
  code { background: #2a2a2a; }
  blockquote { border-color: #7cc4cc; }
}
@media print { button { display: none; } }
"""
_ABOUT = (
    "Pages are counted from the first of the file. Nothing here changes anything. A line that you copy into a"
    " review counts as checked once toolkit cite has found its words in the report, and you have said that"
    " the sentence says the same."
)
_FEW = (
    "For you alone: this page holds what is restricted in the review, marked “restricted”. Do not pass it on."
)
_SCRIPT = """
const told = document.getElementById("told");
for (const button of document.querySelectorAll("button")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const code = document.getElementById(button.dataset.of);
    try { await navigator.clipboard.writeText(code.textContent); told.textContent = "Copied."; }
    catch {
      getSelection().selectAllChildren(code);
      told.textContent = "Selected: press Ctrl and C to copy.";
    }
  });
}
"""


def worksheet(report: Report, review: str, source: Source, claims: Sequence[Claim]) -> str:
    """The whole page, which needs nothing but itself."""
    missing = [one for one in claims if one.quote and not one.matches]
    bare = [one for one in claims if not one.quote]
    there = [one for one in claims if one.matches]
    parts = [
        (
            "Not in the report",
            "What these cites quote does not stand in the report as it is written.",
            missing,
        ),
        (
            "Statements without words of the report",
            "These passages come nearest. None may be right: read round them in the report.",
            bare,
        ),
        ("Found", "The words stand in the report, letter by letter.", there),
    ]
    body = "".join(line for title, about, some in parts if some for line in _part(title, about, some, source))
    few = f"<p><strong>{escape(_FEW)}</strong></p>\n" if any(one.restricted for one in claims) else ""
    title = f"{report.name}: words behind the cites of {review}"
    return f"""<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
<h1>{escape(title)}</h1>
<p>Read as source {escape(source.id)}, “{escape(source.title)}”: {report.size}. {escape(_ABOUT)}</p>
{few}{body}</main>
<p id="told" role="status"></p>
<script>{_SCRIPT}</script>
</body>
</html>
"""


def _part(title: str, about: str, claims: Sequence[Claim], source: Source) -> Iterator[str]:
    count = counted(len(claims), "statement", "statements")
    yield f"<h2>{escape(title)}</h2>\n<p>{escape(about)} {count}.</p>\n"
    for claim in claims:
        few = " (restricted)" if claim.restricted else ""
        yield f"<h3>{escape(claim.name)}, line {claim.place.line}{few}</h3>\n<p>{escape(claim.said)}</p>\n"
        if claim.quote:
            yield f"<p>Its cite rests on: “{escape(claim.quote)}”</p>\n"
        for match in claim.matches:
            yield _quoted(match.sentence, f"In {match.where}.")
            if match.denied:
                yield f"<p><strong>The report says “{escape(match.denied)}” just before them.</strong></p>\n"
        for number, passage in enumerate(claim.passages, 1):
            id = f"{'-'.join(map(str, claim.path))}-{number}"
            line = typed(with_words(source.id, passage.where, passage.words))
            yield _quoted(passage.words, f"In {passage.where}. As a cite:")
            yield f'<code id="{id}">- {escape(line)}</code>\n'
            about = escape(f"Copy the cite of {claim.name}, passage {number}", quote=True)
            yield f'<button type="button" hidden data-of="{id}" aria-label="{about}">Copy</button>\n'
        if not claim.matches and not claim.passages:
            yield "<p>Nothing in the report is like it.</p>\n"


def _quoted(words: str, after: str) -> str:
    return f"<blockquote>{escape(words)}</blockquote>\n<p>{escape(after)}</p>\n"
