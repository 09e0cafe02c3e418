"""What `toolkit stale` does and prints."""

from __future__ import annotations

import sys

from toolkit import report
from toolkit.content.guidance import in_words
from toolkit.problems import counted
from toolkit.project import here
from toolkit.refresh.built import Older, editions_of_then
from toolkit.refresh.folder import reader

KEEP = "What must stand as it is: write # keep, and why, on a line of its own above it."


def stale(day: str, fail: bool = False) -> int:
    """Print what is out of date on a day. Gives back the exit code: 1 where a file cannot be read, or, if it
    is to `fail`, where something is out of date.
    """
    with report.plainly():
        project = here()
        reading = reader(project, day)
        older = Older(project)
        found = [*reading.every(), *editions_of_then(project, day), *older.found]
        for one in found:
            print(report.shown(one.problem))
        stopping = report.tell([*reading.problems, *project.misnamed()])
        if found:
            print(f"{counted(len(found), 'thing is', 'things are')} out of date on {in_words(day)}.")
            if any(one.entry for one in found):
                print(KEEP)
        elif not stopping:
            print(f"Nothing is out of date on {in_words(day)}.")
        if alike := older.alike():
            print(alike)
        if stopping:
            print(f"{counted(stopping, 'problem', 'problems')} to put right.", file=sys.stderr)
        return 1 if stopping or (found and fail) else 0
