"""The control words of Rich Text Format that matter for reading. Source: RTF Specification 1.9.1, appendix B."""

BREAKS = {
    **dict.fromkeys(("par", "sect", "page", "column"), "paragraph"),
    **{"cell": "cell", "nestcell": "nested cell", "row": "row", "nestrow": "nested row"},
}
SIGNS = {
    **{"tab": "\t", "line": "\n", "lbr": "\n", "softline": "\n", "emdash": "-", "endash": "-", "bullet": "*"},
    **{"lquote": "'", "rquote": "'", "ldblquote": '"', "rdblquote": '"'},
    **dict.fromkeys(("emspace", "enspace", "qmspace"), " "),
}
SWITCHES = {"v": "hidden", "deleted": "deleted", "revised": "inserted", "intbl": "in_table"}
# Destinations whose text is seen on the page (False), or is not (True). One marked \* and unknown here is not seen.
DESTINATIONS = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"), False),
    **dict.fromkeys(("footnote", "annotation", "shptxt", "dptxbxtext"), False),
    **dict.fromkeys(("fonttbl", "colortbl", "stylesheet", "info", "title", "subject", "author", "operator"), True),
    **dict.fromkeys(
        ("keywords", "comment", "doccomm", "company", "manager", "category", "hlinkbase", "xe", "tc"), True
    ),
    **dict.fromkeys(("fldinst", "sn", "sv", "sp", "bkmkstart", "bkmkend", "template", "private", "rxe", "txe"), True),
    **dict.fromkeys(("ftnsep", "ftnsepc", "ftncn", "pict", "objdata"), True),
}
# Marked \* by some programs, and yet a part of the sentence around them.
INLINE = frozenset({"shppict", "nonshppict", "shpinst", "nesttableprops", "objclass", "fldrslt", "result", "do"})
CARRIERS = frozenset({"pict", "objdata", "datastore", "themedata", "colorschememapping", "datafield"})
