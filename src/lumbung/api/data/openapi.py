"""The own API as OpenAPI 3.1 (spec.openapis.org): what may be asked, what comes back, every refusal."""

from typing import Any

from lumbung.api.data import asking, filters, grouping, problems, writing

VERSION = "1.0.0"
CURSORED = ("cursor", "limit")


def document(site: str) -> dict[str, Any]:
    """The whole document. `site` is the address of the portal with a slash at its end."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Lumbung: baris data",
            "version": VERSION,
            "description": "Baris dari data terbuka: disaring, diurutkan, dijumlahkan, halaman demi halaman.",
        },
        "servers": [{"url": site.rstrip("/")}],
        "paths": {
            "/api/data/{dataset}": {"get": _about()},
            "/api/data/{dataset}/{table}/rows": {"get": _rows()},
            "/api/data/{dataset}/{table}/groups": {"get": _groups()},
            "/api/data/{dataset}/{table}/dump": {"get": _dump()},
        },
        "components": {"schemas": _schemas(), "responses": _refusals(), "parameters": _parameters()},
    }


def _about() -> dict[str, Any]:
    said = "Tabel, kolom (jenis, satuan, arti), dan berkas sebuah data."
    answers = {"200": _json("Keterangan data", "Dataset"), **_refused("400", "404", "410", "429")}
    return {"operationId": "about", "summary": said, "parameters": _named("dataset", "release"), "responses": answers}


def _rows() -> dict[str, Any]:
    asked = ("dataset", "table", "select", "filter", "q", "sort", *CURSORED, "count", "format", "release")
    said = "Satu halaman baris. Alamat halaman berikutnya ada di `next` dan di kepala Link."
    return {"operationId": "rows", "summary": said, "parameters": _named(*asked), "responses": _paged()}


def _groups() -> dict[str, Any]:
    asked = ("dataset", "table", "by", "measure", "filter", "q", "sort", *CURSORED, "format", "release")
    said = "Baris yang dikelompokkan: banyaknya, jumlah, rata-rata, batas."
    return {"operationId": "groups", "summary": said, "parameters": _named(*asked), "responses": _paged()}


def _dump() -> dict[str, Any]:
    asked = ("dataset", "table", "select", "filter", "q", "format", "release")
    said = "Semua baris yang cocok, menurut urutan berkas. Tercatat sebagai unduhan."
    answers = {
        "200": {"description": "Semua baris", "content": _contents({"type": "array", "items": {"type": "object"}})},
        **_refused("400", "404", "406", "410", "429"),
    }
    return {"operationId": "dump", "summary": said, "parameters": _named(*asked), "responses": answers}


def _paged() -> dict[str, Any]:
    page = {"description": "Satu halaman", "content": _contents({"$ref": "#/components/schemas/Page"})}
    return {"200": page, **_refused("400", "404", "406", "410", "429")}


def _contents(of_json: dict[str, Any]) -> dict[str, Any]:
    kinds = (kind.partition(";")[0] for kind in writing.CONTENT_TYPES.values())
    return {kind: {"schema": of_json} if kind == writing.CONTENT_TYPES["json"] else {} for kind in kinds}


def _json(said: str, schema: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": said, "content": content}


def _named(*names: str) -> list[dict[str, str]]:
    return [{"$ref": f"#/components/parameters/{name}"} for name in names]


def _refused(*statuses: str) -> dict[str, Any]:
    return {status: {"$ref": f"#/components/responses/{status}"} for status in (*statuses, "414")}


def _refusals() -> dict[str, Any]:
    words = {
        "400": "Permintaan tidak dapat dibaca; `code` menyebut sebabnya.",
        "404": "Tidak ada, atau tidak terbuka.",
        "406": "Bentuk itu tidak ada.",
        "410": "Pernah terbuka dan sudah ditutup: hapus salinannya.",
        "429": "Terlalu banyak permintaan; kepala Retry-After menyebut berapa detik menunggu.",
    }
    content = {problems.TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    too_long = {"414": {"description": "Alamatnya terlalu panjang; dijawab server web sendiri."}}
    return too_long | {status: {"description": said, "content": content} for status, said in words.items()}


def _parameters() -> dict[str, Any]:
    text: dict[str, Any] = {"type": "string", "maxLength": asking.LONGEST}
    release = {"type": "integer", "minimum": 1, "maximum": 999_999}
    return {
        "dataset": _in_path("dataset", {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}, "Bagian akhir alamat data"),
        "table": _in_path("table", {"type": "integer", "minimum": 1}, "Nomor tabel, mulai dari 1"),
        "select": _many("select", text, asking.REPEATED["select"], "Kolom yang ditampilkan; tanpa ini semuanya"),
        "filter": _many("filter", text, asking.MOST_FILTERS, f"kolom:cara:nilai; cara: {', '.join(filters.WAYS)}"),
        "sort": _many("sort", text, asking.MOST_SORTED, "Kolom; dengan - di depan menurun"),
        "by": _many("by", text, asking.MOST_GROUPED, "Kolom untuk mengelompokkan", required=True),
        "measure": _many("measure", text, asking.MOST_GROUPED, _measures()),
        "q": _one("q", text, "Kata-kata yang semuanya harus ada di baris"),
        "limit": _one("limit", {"type": "integer", "minimum": 1, "maximum": asking.LARGEST_PAGE}, "Baris sehalaman"),
        "cursor": _one("cursor", text, "Dari `next` halaman sebelumnya"),
        "count": _one("count", {"type": "boolean"}, "Hitung juga berapa baris yang cocok (`found`)"),
        "format": _one("format", {"type": "string", "enum": list(writing.CONTENT_TYPES)}, "Mendahului kepala Accept"),
        "release": _one("release", release, "Nomor rilis; tanpa ini yang terbaru"),
    }


def _measures() -> str:
    ways = [f"{way}:kolom" for way in (*grouping.OF_NUMBERS, *grouping.OF_ANY)]
    return f"{', '.join([grouping.COUNT, *ways])}; tanpa ini {grouping.COUNT}"


def _in_path(name: str, schema: dict[str, Any], said: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": schema, "description": said}


def _one(name: str, schema: dict[str, Any], said: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, "description": said}


def _many(name: str, schema: dict[str, Any], most: int, said: str, *, required: bool = False) -> dict[str, Any]:
    listed = {"type": "array", "items": schema, "maxItems": most, **({"minItems": 1} if required else {})}
    return {**_one(name, listed, said), "explode": True, "required": required}


def _schemas() -> dict[str, Any]:
    text, whole = {"type": "string"}, {"type": "integer"}
    column = {"name": text, "type": {"type": "string", "enum": ["integer", "number", "boolean", "string"]}}
    table = {"table": whole, "title": text, "rows": whole, "links": {"type": "object"}}
    page = {"dataset": text, "release": whole, "table": whole, "found": {"type": ["integer", "null"]}}
    return {
        "Dataset": _object({"dataset": text, "title": text, "tables": {"type": "array", "items": _object(table)}}),
        "Page": _object(
            {
                **page,
                "next": {"type": ["string", "null"]},
                "columns": {"type": "array", "items": _object(column)},
                "rows": {"type": "array", "items": {"type": "object"}},
            }
        ),
        "Problem": _object({"type": text, "title": text, "status": whole, "code": text}),
    }


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    """Every named part is there; others may join them later."""
    return {"type": "object", "properties": properties, "required": list(properties)}
