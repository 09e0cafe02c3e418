"""Sets of files that were built together, as their stamps remember them: from what, how, and what of them is
still there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from toolkit import stamps
from toolkit.project import SHARES, Project


@dataclass(frozen=True)
class BuiltTogether:
    """The `files` of a set that are still there, by their endings, the `stamp` that knows of them, the file
    that they were built of, the digests of all that they were made from, and `how`.
    """

    stamp: Path
    source: str
    digests: Mapping[str, str]
    how: Mapping[str, str]
    files: Mapping[str, Path]


def built_together(project: Project) -> Iterator[BuiltTogether]:
    """Every set of a folder of which a file is there."""
    for path in project.stamps():
        stamp = stamps.read(path)
        for made_from, digests in stamp.sources.items():
            files = {
                ending: file
                for ending, one in stamp.outputs.items()
                if one.made_from == made_from
                and one.digests
                and (file := project.built(path, ending)).is_file()
            }
            if files:
                how, source = stamp.said.get(made_from, {}), next(iter(stamp.inputs), "")
                yield BuiltTogether(path, source, digests, how, files)


def parts_in(digests: Mapping[str, str], name: str) -> dict[str, str]:
    """The digests of the parts of a source, by what they are called in it (`Project.digests`)."""
    mark = f"{name}#"
    return {id.removeprefix(mark): one for id, one in digests.items() if id.startswith(mark)}


def own_in(digests: Mapping[str, str]) -> dict[str, str]:
    """The digests of a target’s own sources, without their parts and without what all targets share."""
    return {name: one for name, one in digests.items() if "#" not in name and name[:1] not in ("", SHARES)}
