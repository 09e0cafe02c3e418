"""What is good in a template: parts, pointers, names of XML, actions, and the few words for what is not."""

from __future__ import annotations

from toolkit.late import pattern
from toolkit.office.opc import MC, OFFICE, A, P, R, W

# What the parts of a template may be, by the last word of the relationship that leads to them: the element
# that they start with.
DRAWN = {
    **{
        kind: P + tag
        for kind, tag in (
            ("slideMaster", "sldMaster"),
            ("slideLayout", "sldLayout"),
            ("notesMaster", "notesMaster"),
            ("handoutMaster", "handoutMaster"),
            ("presProps", "presentationPr"),
        )
    },
    "theme": f"{A}theme",
    "themeOverride": f"{A}themeOverride",
    "tableStyles": f"{A}tblStyleLst",
    **{kind: W + kind for kind in ("styles", "numbering", "settings", "footnotes", "endnotes")},
    **{"fontTable": f"{W}fonts", "header": f"{W}hdr", "footer": f"{W}ftr"},
}
# Which element may point at what, and with which attribute.
POINTERS = {
    **dict.fromkeys(("blip", "svgBlip"), ("image", ("embed",))),
    **dict.fromkeys(("imagedata", "fill", "stroke"), ("image", ("id", "relid"))),
    **dict.fromkeys(("hlinkClick", "hlinkHover", "hlinkMouseOver", "hyperlink"), ("hyperlink", ("id",))),
    **dict.fromkeys(
        (
            "embedRegular",
            "embedBold",
            "embedItalic",
            "embedBoldItalic",
            "regular",
            "bold",
            "italic",
            "boldItalic",
        ),
        ("font", ("id",)),
    ),
    **{f"{kind}Reference": (kind, ("id",)) for kind in ("header", "footer")},
    **{
        tag: (kind, ("id",))
        for tag, kind in (
            ("sldMasterId", "slideMaster"),
            ("sldLayoutId", "slideLayout"),
            ("notesMasterId", "notesMaster"),
            ("handoutMasterId", "handoutMaster"),
        )
    },
}
# A part that is not spoken of is not wanted: these are always pointed at by an element.
SPOKEN_OF = ("image", "font", "hyperlink", "header", "footer")

MICROSOFT = "http://schemas.microsoft.com/office/"
NAMESPACES = frozenset(
    (
        "",
        "http://www.w3.org/XML/1998/namespace",
        *(n[1:-1] for n in (A, R, W, MC)),
        P[1:-1],
        *(f"{OFFICE}drawingml/2006/{name}" for name in ("picture", "wordprocessingDrawing", "lockedCanvas")),
        f"{OFFICE}officeDocument/2006/math",
        "urn:schemas-microsoft-com:vml",
        *(f"urn:schemas-microsoft-com:office:{name}" for name in ("office", "word", "powerpoint")),
        *(
            f"{MICROSOFT}drawing/{name}"
            for name in (
                "2010/main",
                "2012/main",
                "2014/main",
                "2016/SVG/main",
                "2017/decorative",
                "2018/hyperlinkcolor",
            )
        ),
        *(f"{MICROSOFT}powerpoint/{name}" for name in ("2010/main", "2012/main", "2015/09/main")),
        *(
            f"{MICROSOFT}word/{name}"
            for name in (
                "2010/wordml",
                "2012/wordml",
                "2015/wordml/symex",
                "2010/wordprocessingShape",
                "2010/wordprocessingGroup",
                "2010/wordprocessingCanvas",
                "2010/wordprocessingDrawing",
            )
        ),
        f"{MICROSOFT}thememl/2012/main",
    )
)
OLD = ("urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:")

# Elements of good namespaces that run, play or fetch something, and what to say of them; with FRAMED goes
# the whole picture or object that they belong to.
FRAMED = {
    **dict.fromkeys(("OLEObject", "oleObj", "object"), "embedded objects"),
    **dict.fromkeys(
        ("audioFile", "videoFile", "wavAudioFile", "audioCd", "quickTimeFile", "media", "movie"),
        "sounds and films",
    ),
    **dict.fromkeys(("control", "controls"), "ActiveX controls"),
    "contentPart": "",
}
ALONE = {
    **dict.fromkeys(("snd", "sndAc", "stSnd", "endSnd"), "sounds and films"),
    "timing": "animations",
    **dict.fromkeys(
        ("dataBinding", "custDataLst", "webExtensionLinked", "webExtensionCreated", "placeholder"), ""
    ),
    **dict.fromkeys(("altChunk", "subDoc"), "documents inside the document"),
    **dict.fromkeys(("ffData", "fldData", "signatureline", "ink", "binData", "script"), ""),
}
UNWRAPPED = (f"{W}customXml", f"{W}smartTag")
ACTION = pattern(
    r"(?i)ppaction://(noaction|hlinkshowjump\?jump=(next|previous|first|last|lastviewed|end)(slide|show)?)"
)
LINK_SAYS = ("id", "action", "anchor", "tooltip", "history", "highlightClick")
SLIDE_FIELD = pattern(r"slidenum|datetime\d*|datetimeFigureOut")
# An address in an attribute that holds no words; actions are read by themselves, and names of namespaces in
# `uri` are none.
ADDRESS = pattern(
    r"(?i)://|\\\\|^\s*//|^\s*(file|mhtml|https?|ftp|data|shell|javascript|vbscript|ms-[a-z-]+|search-ms):"
)
WORDS = ("descr", "title", "alt", "tooltip", "name", "val", "string", "instr", "action")
FETCHES = pattern(
    r"(?i)(o:)?(src|href|althref|target|gfxdata|on(?!ed)[a-z]+|classid|codebase|data|macro|invalidUrl)"
)

# Fields whose words are kept where the field itself is not.
WORDS_STAY = (
    "HYPERLINK",
    "DOCPROPERTY",
    "INCLUDEPICTURE",
    "AUTOTEXT",
    "GLOSSARY",
    "SUBJECT",
    "KEYWORDS",
    "REF",
)

IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
PICTURE_ENDINGS = (
    "png",
    "jpg",
    "jpeg",
    "jpe",
    "jfif",
    "gif",
    "bmp",
    "tif",
    "tiff",
    "emf",
    "wmf",
    "svg",
    "webp",
)
ENDINGS = {
    "image/png": ("png",),
    "image/jpeg": ("jpg", "jpeg"),
    "image/gif": ("gif",),
    "image/bmp": ("bmp",),
    "image/tiff": ("tiff", "tif"),
    "image/x-emf": ("emf",),
    "image/x-wmf": ("wmf",),
    "image/webp": ("webp",),
    "image/svg+xml": ("svg",),
    "application/x-fontdata": ("fntdata",),
    "application/vnd.openxmlformats-officedocument.obfuscatedFont": ("odttf",),
    "application/x-font-ttf": ("ttf", "otf"),
}
