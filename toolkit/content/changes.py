"""What somebody changed by hand in built files and that is kept beside their source, to be done again by each
build: `decks/robin.changes.yaml`.

`toolkit pull` writes it. It is content like any other: a person may read it, and take an entry out.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from toolkit.content.model import Model, Text, YesNo


class AddedBox(Model):
    """A box of a slide that was added: the placeholder that it is, or where it stands (in EMU), and its
    lines; a table has rows."""

    holder: str = ""
    at: tuple[int, ...] = ()
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


class Change(Model):
    """One change of a file."""

    do: Literal["reword", "insert", "delete", "move-slide", "delete-slide", "add-slide"] = Field(
        description="What is done."
    )
    slide: Text | None = Field(None, description="The page of the deck; none in a document.")
    box: int = Field(0, description="The number of the box in which the line stands.")
    among: int = Field(0, description="How many boxes there were.")
    was: str = Field("", description="The line as it is without the change, or beside which one is put in.")
    nth: int = Field(1, description="Which one of several such lines in its box.")
    now: str = Field("", description="The line as it shall be.")
    before: YesNo = Field(False, description="Yes where a new line stands before the other.")
    style: Text | None = Field(None, description="The Word style of a new line.")
    source: tuple[Text, ...] = Field((), description="The fields of reviews that the line was made of.")
    after: str = Field("", description="The page that a slide follows; none where it is the first.")
    layout: Text | None = Field(None, description="The layout of a new slide, by its name in PowerPoint.")
    boxes: tuple[AddedBox, ...] = Field((), description="What stands on a new slide.")
    notes: tuple[str, ...] = Field((), description="The notes of a new slide.")


class ChangedFile(Model):
    """The changes of a file, in the order in which they are made."""

    ending: Text = Field(description="What its name ends in, after that of its source, such as .pptx.")
    changes: tuple[Change, ...]


class Changes(Model):
    """What was changed by hand in the files of a deck or briefing."""

    files: tuple[ChangedFile, ...]

    def of(self, ending: str) -> tuple[Change, ...]:
        """The changes of the file with this ending."""
        return tuple(change for file in self.files if file.ending == ending for change in file.changes)
