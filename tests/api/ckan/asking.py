"""Calls of the Action API, as CKAN's clients make them."""

import json
from pathlib import Path
from typing import Any

from django.test import Client

from lumbung.portal.accounts import tokens
from lumbung.portal.accounts.models import Person, Scope
from lumbung.portal.catalogue.models import Dataset
from tests.portal.shelves import actor

Told = dict[str, Any]


def call(name: str, told: Told | None = None, *, key: str = "", status: int = 200) -> Any:
    """The result of a call by POST with JSON, as ckanapi makes it; the error where `status` is not 200."""
    headers = {"Authorization": key, "X-CKAN-API-Key": key} if key else {}
    body = json.dumps(told or {})
    answer = Client().post(f"/api/action/{name}", body, content_type="application/json", headers=headers)
    assert answer.status_code == status, (name, answer.status_code, answer.content[:2000])
    assert answer.headers["Content-Type"] == "application/json;charset=utf-8"
    said = answer.json()
    if isinstance(said, str):
        return said
    assert said["help"].endswith(f"help_show?name={name}")
    assert said["success"] is (status == 200)
    return said["result"] if status == 200 else said["error"]


def upload(name: str, told: Told, content: bytes, *, filename: str, key: str, status: int = 200) -> Any:
    """The same with a file, as multipart."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile(filename, content, content_type="application/octet-stream")
    answer = Client().post(f"/api/action/{name}", {**told, "upload": file}, headers={"Authorization": key})
    assert answer.status_code == status, (name, answer.status_code, answer.content[:2000])
    said = answer.json()
    return said["result"] if status == 200 else said["error"]


def key_of(person: Person, scope: Scope = Scope.WRITE) -> str:
    """A key of theirs."""
    return tokens.make(person, purpose="uji", scope=scope, days=30, by=actor(person))


def rows_of(dataset: Dataset) -> str:
    """The id of the resource with the rows of a dataset's first table."""
    found = call("package_show", {"id": dataset.slug})["resources"]
    return next(str(one["id"]) for one in found if one["datastore_active"])


def captured(shared: Path, name: str) -> Any:
    """What CKAN 2.11 answered."""
    return json.loads((shared / "reference" / "ckan-responses" / f"{name}.body").read_bytes())
