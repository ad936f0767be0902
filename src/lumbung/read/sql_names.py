"""Names of tables and columns in SQL, under the quotation marks of the several databases."""

import re

_ONE = r"(?:`[^`]+`|\"[^\"]+\"|\[[^\]]+\]|[\w$]+)"
NAME = rf"{_ONE}(?:\s*\.\s*{_ONE}){{0,2}}"
COLUMN_LIST = rf"\(\s*{_ONE}(?:\s*,\s*{_ONE})*\s*\)"
_PART = re.compile(_ONE)
_NO_COLUMN = re.compile(
    r"(?:PRIMARY|UNIQUE|KEY|INDEX|CONSTRAINT|FOREIGN|CHECK|FULLTEXT|SPATIAL|EXCLUDE|LIKE|PERIOD)\b", re.IGNORECASE
)
_PIECE = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|`[^`]*`|--[^\n]*|/\*.*?\*/|[(),]|[^'\"`(),/\-]+|[-/'\"`]", re.DOTALL)


def bare_name(name: str) -> str:
    """The last part of a name, without quotation marks.

    >>> bare_name('public."data warga"'), bare_name("`db`.`t`")
    ('data warga', 't')
    """
    last = _PART.findall(name)[-1]
    return str(last).strip('`"[]')


def names_of_list(columns: str) -> list[str]:
    """The names in "(a, `b`, [c])"."""
    return [str(name).strip('`"[]') for name in _PART.findall(columns)]


def columns_of_create(body: str) -> list[str]:
    """The columns of a CREATE TABLE statement, from behind its opening parenthesis.

    >>> columns_of_create("id INT, `nama` varchar(9) DEFAULT 'a,b', PRIMARY KEY (id));")
    ['id', 'nama']
    """
    depth, start, names = 1, True, []
    for piece in _PIECE.findall(body):
        if piece == "(":
            depth += 1
        elif piece == ")":
            depth -= 1
            if depth == 0:
                break
        elif piece == "," and depth == 1:
            start = True
        elif start and depth == 1 and piece.strip() and not piece.startswith(("--", "/*")):
            found = _PART.match(piece.strip())
            if found and not _NO_COLUMN.match(piece.strip()):
                names.append(found[0].strip('`"[]'))
            start = False
    return names
