"""A table on the shelf and a client that asks for its rows."""

from typing import Any

from django.test import Client

TABLE = (
    b"kecamatan;desa;tahun;jumlah penduduk;kepadatan\n"
    b"Sukatani;Mekarsari;2023;12450;1,5\nSukatani;Ciwangi;2024;9811;2,25\nCiwangi;Sindang;2024;15012;0,75\n"
    b"ciwangi;Sari;2022;;3,125\nSindang;=1+1;2024;7001;10,5\n"
)
BASE = "/api/data/jumlah-penduduk-menurut-kecamatan"
ROWS, GROUPS, DUMP = (f"{BASE}/1/{name}" for name in ("rows", "groups", "dump"))


def ask(address: str, **query: Any) -> Any:
    """The answer of GET; values may be lists."""
    return Client().get(address, query)


def cells(address: str, column: str, **query: Any) -> list[Any]:
    """One column of the rows that came."""
    answer = ask(address, **query)
    assert answer.status_code == 200, answer.content
    return [row[column] for row in answer.json()["rows"]]


def code_of(address: str, **query: Any) -> tuple[int, str]:
    """The status of a refusal, and its code."""
    answer = ask(address, **query)
    assert answer.headers["Content-Type"] == "application/problem+json", answer.content
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    said = answer.json()
    assert said["status"] == answer.status_code
    return answer.status_code, said["code"]
