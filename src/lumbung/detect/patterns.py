"""The regular expressions of detection, in the dialect of Rust's regex crate: no look-around, so edges are matched."""

DIGITS = 16
REPEATED = 1_111_111_111_111_111
"""One digit sixteen times is filling, not a number."""
LONG_RUN = (
    r"[0-9](?:[0-9 .\-/'_|,:;\\\n\r\t\x{b}\x{c}\x{a0}\x{200b}-\x{200d}\x{2060}\x{feff}]|&nbsp;?|\"\s?&\s?\"){13,}[0-9]"
)
"""Where sixteen digits may hide, bare, glued or separated."""
GLUE = r"&nbsp;?|['`´’]|\"\s?&\s?\""
"""Also what joins two texts in a formula: "3308"&"2001"."""
BARE = r"(?:^,?|[^0-9.,]|[^0-9][.,])([0-9]{16,}(?:[.,][0-9]+)*)"
"""A run of sixteen digits or more, not the decimals of a number, with its own decimals behind it. A comma may be all
that is before it, once the quotation marks of a list are taken out."""
AMOUNT = r"^-?[0-9]{1,15}\.[0-9]+$"
"""A number with decimals, as 301.90000000000003: too short before the dot, and no separator but the one dot."""
BETWEEN_COMMAS = r"[0-9],[0-9]{16}[,\n][^0-9]?"
"""Digits, a comma, sixteen digits, and no decimals of anything: a whole row of delimited text in one cell."""
_THREE = "[MNO][DTjz][AEIMQUYcgk][w-z0-5]"
_WIDE = "[MNO][AQgw]A[w-z0-5]AD[AEIMQUYcgk]A"
PACKED = f"(?:{_THREE}){{4}}|(?:{_WIDE}){{4}}"
"""Twelve digits in Base64, of one byte or of two each: however sixteen lie in it, so many of them fill whole groups of
four letters."""
LIST = r"^[0-9]{16}(?:,[0-9]{16})*(?:[.,]0*)?$"
_S, _S_NO_DOT = r"[ .\-/_|,\\]{1,3}", r"[ \-/_|\\\n\r\t\x{b}\x{c}]{1,3}"
_ANY = r"[ .\-/_|,\\:;\n\r\t]{1,3}"
"""Also what times are written with: only where the parts are none of a time."""
GROUPED = (
    r"(?:^|[^0-9.,\-/])("
    + "|".join(
        (
            rf"[0-9]{{2}}{_S}[0-9]{{2}}{_S}[0-9]{{2}}{_S}[0-9]{{6}}{_S}[0-9]{{4,}}",
            rf"[0-9]{{2}}(?:{_S}[0-9]{{2}}){{5}}{_S}[0-9]{{4,}}",
            rf"[0-9]{{2}}(?:{_S}[0-9]{{2}}){{6}}{_S}[0-9]{{2,}}",
            rf"[0-9]{{4}}(?:{_ANY}[0-9]{{4}}){{2}}{_ANY}[0-9]{{4,}}",
            rf"[0-9]{{6}}{_ANY}[0-9]{{2}}{_ANY}[0-9]{{2}}{_ANY}[0-9]{{2}}{_ANY}[0-9]{{4,}}",
            rf"[0-9]{{6}}{_ANY}[0-9]{{6}}{_ANY}[0-9]{{4,}}",
            rf"[0-9]{{6}}{_S_NO_DOT}[0-9]{{10,}}",
            rf"[0-9]{{12}}{_S_NO_DOT}[0-9]{{4,}}",
            rf"[0-9]{{8}}{_S_NO_DOT}[0-9]{{8,}}",
            rf"[0-9](?:{_ANY}[0-9]){{14}}{_ANY}[0-9]+",
        )
    )
    + ")"
)
"""Groupings by the parts of the number, by fours, or digit by digit; one separator alone may not be a dot."""
POWER = r"^\s*'?([1-9])(?:[.,]([0-9]{1,17}))?[eE]\+?15\s*$"
"""Sixteen digits as Excel shows them: 3.30813E+15."""
LENIENT = r"^\D{0,12}(?:[0-9][^0-9A-Za-z*•#]{0,3}){13,16}[0-9](?:[.,]0+)?\D{0,12}$"
"""Fourteen to seventeen digits however separated: enough under a header that names an identifier."""
ENTITY = r"^\s*'?[0-9]{2}\.[0-9]{3}\.[0-9]{3}\.[0-9][\-.][0-9]{3}\.[0-9]{3}\s*$"
"""Fifteen digits with the signs of an NPWP, which no NIK is written with."""
FRAGMENT = r"^\s*'?[0-9]{9,13}\s*$"
"""Digits enough for a date and a serial, too few for a whole number."""
MASKED = r"^\s*'?(?:[0-9]{4,14}[*xX•#]{2,12}[0-9]{0,6}|[*xX•#]{6,14}[0-9]{2,6})\s*$"
"""Digits in front or behind, stars, crosses or dots for the rest."""
HALF_SHOWN = (
    r"(?:^|[^0-9A-Za-z.,*•#])([0-9]{4,14}[*xX•#]{2,12}[0-9]{0,6}|[*xX•#]{6,14}[0-9]{2,6}"
    r"|[1-9][.,][0-9]{4,17}[eE]\+?15)(?:[^0-9A-Za-z*•#]|$)"
)
"""The same two inside a sentence."""
BLANKED = r"^\s*'?(?:[0-9]{4,14}[.?_\-…~=]{2,12}[0-9]{0,6}|[.?_\-…~=]{6,14}[0-9]{2,6})\s*$"
"""As masked, by signs that also stand for nothing: only where a header or label names an identifier."""
CODED = (
    r"^(?:[^0-9]{0,3}[0-9]){14,40}[^0-9]{0,6}$"
    r"|^\D{0,6}[0-9OoQDIlLiSsBZz|!]{14,18}\D{0,3}$"
    r"|^\s*(?:0[xX])?[0-9a-fA-F]{12,128}\s*$"
    r"|^\s*[A-Za-z0-9+/_$.\-]{20,128}={0,2}\s*$"
)
"""What else stands under such a header: more digits than it should have, letters in place of digits, another base, a
digest. All residents' numbers can be tried out in a day, so that a digest of one hides nothing."""

OPERATOR = r"8(?:1[1-9]|2[1-3]|3[1-38]|5[1-35-9]|7[78]|8[1-9]|9[5-9])"
"""The operators' blocks of the national numbering plan."""
_START, _END = r"(?:^|[^0-9.,+\-/A-Za-z])", r"(?:[^0-9.,]|[.,](?:[^0-9]|$)|$|\.0$)"
MOBILE = rf"{_START}(?:\+?62[ .\-]?|\(?0){OPERATOR}\)?(?:[ .\-]?[0-9]){{6,9}}{_END}"
"""With its 0, 62 or +62, not inside a longer number."""
BARE_PHONE = rf"^'?(?:\+?62|0)?{OPERATOR}(?:[ .\-]?[0-9]){{6,9}}(?:\.0)?$"
"""A whole cell, its 0 perhaps lost to Excel."""

HOUSED = (
    r"(?i)\b(?:rumah|rmh|teras|halaman|garasi|pekarangan|kediaman)\s+"
    r"(?:bapak|bpk|bp|ibu|bu|pak|sdr|sdri|h|hj|mbah|mbh)\b[.\s]+\w"
)
"""A place named after a person: "Rumah Bpk ..."."""
INTRODUCED = (
    r"(?i:\b(?:bernama|atas nama|a\.n\.?|korban|almarhumah|almarhum|almh|alm|tersangka|terdakwa|terpidana|pasien"
    r"|penderita|sdri?|janda|milik(?: (?:bpk|bapak|pak|ibu|bu))?)\b)[ .,:]{1,3}"
)
"""A word for somebody in private; a name follows."""
AGED = (
    r"[A-Za-z)][ ,(/\-–:A-Za-z.)]{1,40}1?[0-9]{1,2} ?(?i:thn|th|tahun|bulan|bln)\b"
    r"|[A-Za-z.] ?\(1?[0-9]{1,2}\)"
    rf"|{INTRODUCED}[A-Z]"
    r"|[A-Za-z)][ ,(/\-]{1,3}(?i:lahir|kelahiran|ttl|tgl\.? lahir|tanggal lahir)[^0-9]{0,40}[0-9]"
)
"""Words, then an age, or words that say who is meant: what a sentence about a person holds, and much else."""
CALLED = r"(?:^|[^A-Za-z])[A-Za-z][A-Za-z./ ]{1,38}[a-zA-Z.)] ?[:=] ?[A-Za-z]{2}"
"""Words, a colon and words: "Petugas: Wahyu", and much else."""
LABELLED = (
    r"(?i)\b(nik|ktp|nkk|no\.?\s*kk|nomor kk|kartu keluarga)\b[\s.:=\-]*"
    r"('?[0-9*x•#][0-9*x•#.,e+ \-]{9,24})?\s*$"
)
"""A label that ends a cell, or has a number of any condition behind it."""
RARE = (
    r"[*xX•#]{2}|[eE]\+?15|(?:^|[^0-9])\+?(?:62|0)[ .\-]?8[1-9]"
    r"|[0-9] ?(?i:th|bulan|bln|tahun)|[A-Za-z.] ?\(1?[0-9]{1,2}\)"
    r"|(?i:bernama|atas nama|a\.n|korban|almarhum|alm|tersangka|terdakwa|terpidana|pasien|penderita)"
    r"|(?:^|[^A-Za-z])(?i:sdri?|milik|janda)[ .,:]"
    rf"|(?i:rumah|rmh|teras|halaman|garasi|pekarangan|kediaman)\s|{_THREE}{_THREE}|{_WIDE}"
    r"|[a-zA-Z.)] ?[:=] ?[A-Za-z]{2}|[ (](?i:lahir|ttl)[^0-9]{0,40}[0-9]"
)
"""What a cell must hold for any of the rarer patterns above to match: asked once instead of five times."""
