"""Where a number hides in an SQL dump."""

from collections.abc import Callable

from tests.hiding import HidingPlace

MYSQL = "-- MySQL dump 10.13\nCREATE TABLE `pasar` (`id` int, `nama` text, `isi` text) ENGINE=InnoDB;\n"
POSTGRESQL = "-- PostgreSQL database dump\nSET standard_conforming_strings = on;\n"


def mysql(body: str) -> Callable[[str], bytes]:
    """A dump of MySQL with this behind its first rows; {} is the number."""
    rows = "INSERT INTO `pasar` VALUES (1,'Wage','3'),(2,'Pahing','5');\n"
    return lambda nik: (MYSQL + rows + body.replace("{}", nik) + "\n").encode()


def postgresql(body: str) -> Callable[[str], bytes]:
    """A dump of PostgreSQL; {} is the number."""
    return lambda nik: (POSTGRESQL + body.replace("{}", nik) + "\n").encode()


def hexadecimal(nik: str) -> bytes:
    return mysql(f"INSERT INTO `pasar` VALUES (3,'x',0x{nik.encode().hex()});")(nik)


def escaped(nik: str) -> bytes:
    """Each digit by its number in a bytea's or E''-string's octal escapes."""
    digits = "".join(f"\\{ord(digit):o}" for digit in nik)
    return postgresql(f"INSERT INTO pasar VALUES (3, 'x', E'{digits}');")(nik)


def place(where: str, plant: Callable[[str], bytes], **rest: object) -> HidingPlace:
    return HidingPlace(format="sql", where=where, plant=plant, **rest)  # type: ignore[arg-type]


COPY = "COPY public.pasar (id, isi) FROM stdin;\n1\t3\n2\t{}\n\\.\n"
PLACES = (
    place("a quoted value", mysql("INSERT INTO `pasar` VALUES (3,'x','{}');"), at={"sheet": "pasar"}),
    place("a bare number", mysql("INSERT INTO `pasar` VALUES (3,'x',{});"), at={"sheet": "pasar"}),
    place(
        "a row far into an extended insert",
        mysql("INSERT INTO `pasar` VALUES " + ",".join(f"({n},'x','y')" for n in range(5000)) + ",(9,'x','{}');"),
    ),
    place("a value with quotes and brackets before it", mysql("INSERT INTO `pasar` VALUES (3,'it''s \\'(x);','{}');")),
    place("a table in hexadecimal digits", hexadecimal),
    place("octal escapes", escaped),
    place("a comment to the end of the line", mysql("-- milik {}")),
    place("a comment between stars", mysql("/* milik {} */;")),
    place("a comment that MySQL executes", mysql("/*!40000 INSERT INTO `pasar` VALUES (3,'x','{}') */;")),
    place("a column's default", mysql("CREATE TABLE `b` (`a` text DEFAULT '{}');")),
    place("a column's comment", mysql("CREATE TABLE `b` (`a` text COMMENT 'milik {}');")),
    place("an update", mysql("UPDATE `pasar` SET `isi`='{}' WHERE `id`=1;")),
    place("a condition of a deletion", mysql("DELETE FROM `pasar` WHERE `isi`='{}';")),
    place("an insert from a selection", mysql("INSERT INTO `pasar` SELECT 3,'x','{}';")),
    place("a statement that does not end", mysql("INSERT INTO `pasar` VALUES (3,'x','{}'")),
    place("the name of a table", mysql("CREATE TABLE `warga {}` (`a` int);")),
    place("rows behind COPY", postgresql(COPY), at={"sheet": "pasar"}),
    place("COPY without its end", postgresql(COPY.replace("\\.\n", ""))),
    place(
        "a function between dollar signs",
        postgresql("CREATE FUNCTION f() RETURNS text AS $$ SELECT '{}'; $$;" + COPY.format(1)),
    ),
    place(
        "a value that a function puts together",
        lambda nik: mysql(f"INSERT INTO `pasar` VALUES (3,'x',CONCAT('{nik[:6]}','{nik[6:]}'));")(nik),
        answer="not-fully-read",
    ),
)
