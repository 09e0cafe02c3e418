"""Make toolkit/metrics.json: the advance widths that `fit` measures with.

Liberation Sans, Liberation Serif, Carlito and Caladea have the same widths as Arial, Times New Roman, Calibri
and Cambria. DejaVu Sans is as wide as Verdana and stands in for fonts that are not known. Run where those
fonts are installed (Debian: fonts-liberation, fonts-crosextra-carlito, fonts-crosextra-caladea,
fonts-dejavu-core) with fontTools.
"""

import json
from pathlib import Path

from fontTools.ttLib import TTFont

FOLDERS = [
    Path("/usr/share/fonts/truetype") / name for name in ("liberation", "liberation2", "crosextra", "dejavu")
]
FACES = {
    "arial": ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"),
    "times new roman": ("LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf"),
    "calibri": ("Carlito-Regular.ttf", "Carlito-Bold.ttf"),
    "cambria": ("Caladea-Regular.ttf", "Caladea-Bold.ttf"),
    "verdana": ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
}
# Latin with all its accents (Welsh and Polish among them), Greek, Cyrillic, punctuation, currency, arrows and
# shapes.
RANGES = [
    (0x20, 0x250),
    (0x370, 0x530),
    (0x1E00, 0x1F00),
    (0x2000, 0x2070),
    (0x20A0, 0x20C0),
    (0x2100, 0x2150),
    (0x2190, 0x2200),
    (0x25A0, 0x2600),
]


def widths(name: str) -> tuple[list[list[int]], float]:
    """Runs of [first code point, width, width, …] in thousandths of an em, and a line's height in ems."""
    path = next(folder / name for folder in FOLDERS if (folder / name).exists())
    font = TTFont(path)
    units, cmap, advances = font["head"].unitsPerEm, font.getBestCmap(), font["hmtx"].metrics
    runs: list[list[int]] = []
    for first, last in RANGES:
        for code in range(first, last):
            if code not in cmap:
                continue
            width = round(advances[cmap[code]][0] * 1000 / units)
            if runs and code == runs[-1][0] + len(runs[-1]) - 1:
                runs[-1].append(width)
            else:
                runs.append([code, width])
    hhea = font["hhea"]
    return runs, round((hhea.ascent - hhea.descent + hhea.lineGap) / units, 4)


def main() -> None:
    metrics = {}
    for family, (regular, bold) in FACES.items():
        runs, height = widths(regular)
        metrics[family] = {"height": height, "regular": runs, "bold": widths(bold)[0]}
    target = Path(__file__).parent.parent / "toolkit" / "metrics.json"
    target.write_text(json.dumps(metrics, separators=(",", ":")) + "\n", encoding="ascii")
    print(target, target.stat().st_size, {family: m["height"] for family, m in metrics.items()})


if __name__ == "__main__":
    main()
