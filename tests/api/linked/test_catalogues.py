"""The catalogue in other catalogues' words: the same triples in three forms, valid by the official shapes."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from rdflib import RDF, Graph, URIRef
from rdflib.compare import to_isomorphic
from rdflib.namespace import DCAT, DCTERMS

from lumbung.api.linked import data_json, views
from lumbung.portal.accounts.models import Organisation
from lumbung.portal.catalogue.models import Dataset, PlacePage
from lumbung.portal.publication import actions
from tests.portal.shelves import TABLE, Desk, actor

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
NASTY = "Padi \"emas\" <b>&amp;</b> \\n ]]> 'é' 🌾 \u2028 } | ^"
FORMS = {"ttl": "turtle", "jsonld": "json-ld", "xml": "xml"}
HYDRA = "http://www.w3.org/ns/hydra/core#"


@pytest.fixture
def shelf(desk: Desk) -> Dataset:
    """A dataset with a title that every form must escape, in a village with a kode and an office."""
    Organisation.objects.filter(pk=desk.village.pk).update(kode="99.01.01.2001")
    PlacePage.objects.create(organisation=desk.village, email="kantor@desa.contoh.test")
    desk.village.refresh_from_db()
    return desk.publish(title=NASTY, description=f"{NASTY}\nbaris kedua", period="2020-2024")


def graph(path: str) -> Graph:
    answer = Client().get(path)
    assert answer.status_code == 200, answer.content
    form = FORMS[path.partition("?")[0].rpartition(".")[2]]
    return Graph().parse(data=answer.content, format=form)


@pytest.mark.parametrize("where", ["/catalog", "/dataset/{slug}"])
def test_three_forms_say_the_same(shelf: Dataset, where: str) -> None:
    path = where.format(slug=shelf.slug)
    graphs = [graph(f"{path}.{form}") for form in FORMS]
    for one in graphs:  # pages are named by the form in which they are written
        for triple in [found for found in one if HYDRA in str(found) or "/catalog." in str(found[0])]:
            one.remove(triple)
    first, *others = map(to_isomorphic, graphs)
    assert all(first == other for other in others)
    (node,) = graphs[0].subjects(RDF.type, DCAT.Dataset)
    assert str(graphs[0].value(node, DCTERMS.title)) == NASTY
    assert str(graphs[0].value(node, DCTERMS.description)) == f"{NASTY}\nbaris kedua"
    assert len(list(graphs[0].subjects(RDF.type, DCAT.Distribution))) == 4


def test_the_catalogue_conforms_to_the_official_shapes(shelf: Dataset, shared: Path) -> None:
    from pyshacl import validate

    shapes = Graph().parse(shared / "corpora/shacl/dcatap301_shapes.ttl")
    conforms, _report, said = validate(graph("/catalog.ttl"), shacl_graph=shapes)
    assert conforms, said
    spoilt = graph("/catalog.ttl")
    for node in list(spoilt.subjects(RDF.type, DCAT.Distribution)):
        spoilt.remove((node, DCAT.accessURL, None))
    assert not validate(spoilt, shacl_graph=shapes)[0], "the shapes look at what is mandatory"
    wished = Graph().parse(shared / "corpora/shacl/dcatap301_rec.ttl")
    _conforms, _report, said = validate(graph("/catalog.ttl"), shacl_graph=wished)
    assert "Severity: sh:Violation" not in said


def test_pages_follow_one_another(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "PER_PAGE", 2)
    slugs = {desk.publish(TABLE + b"\n" * number, title=f"Data ke-{number}").slug for number in range(5)}
    path, found, pages = "/catalog.ttl", set(), 0
    while path:
        page = graph(path)
        found |= {str(node).rpartition("/")[2] for node in page.subjects(RDF.type, DCAT.Dataset)}
        (view,) = page.subjects(RDF.type, URIRef(f"{HYDRA}PagedCollection"))
        following = page.value(view, URIRef(f"{HYDRA}next"))
        path, pages = str(following).removeprefix("http://testserver") if following else "", pages + 1
    assert (found, pages) == (slugs, 3)
    for beyond in ("4", "0", "x", "-1", "9999999"):
        assert Client().get(f"/catalog.ttl?page={beyond}").status_code in (400, 404)


def test_data_json(shelf: Dataset) -> None:
    said = json.loads(b"".join(Client().get("/data.json").streaming_content))
    assert said["conformsTo"] == "https://project-open-data.cio.gov/v1.1/schema"
    (one,) = said["dataset"]
    assert set(data_json.REQUIRED) <= set(one)
    assert one["title"] == NASTY
    assert one["contactPoint"]["hasEmail"] == "mailto:kantor@desa.contoh.test"
    assert (one["spatial"], one["temporal"]) == ("99.01.01.2001", "2020-01-01/2024-12-31")
    assert {part["mediaType"] for part in one["distribution"]} >= {"text/csv", "application/json"}


def test_an_empty_shelf(db: None) -> None:
    assert json.loads(b"".join(Client().get("/data.json").streaming_content))["dataset"] == []
    assert len(graph("/catalog.ttl"))


def test_croissant(shelf: Dataset) -> None:
    said = Client().get(f"/dataset/{shelf.slug}/croissant.json").json()
    (records,) = said["recordSet"]
    assert [field["dataType"] for field in records["field"]] == ["sc:Text", "sc:Integer", "sc:Integer"]
    assert {field["source"]["fileObject"]["@id"] for field in records["field"]} == {said["distribution"][0]["@id"]}


def test_what_is_closed_leaves_all_of_them(desk: Desk, shelf: Dataset) -> None:
    other = desk.publish(TABLE + b"\n", title="Yang tetap terbuka")
    actions.quarantine(shelf, person=desk.duty, by=actor(desk.duty), because="Ada laporan.")
    for path in ("/catalog.ttl", "/catalog.jsonld", "/catalog.xml", "/data.json"):
        answer: Any = Client().get(path)
        text = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
        assert shelf.slug not in text
        assert other.slug in text
    for rest in (".ttl", ".jsonld", ".xml", "/datapackage.json", "/croissant.json"):
        answer = Client().get(f"/dataset/{shelf.slug}{rest}")
        assert (answer.status_code, answer.headers["X-Robots-Tag"]) == (410, "noindex")
        assert Client().get(f"/dataset/tidak-ada{rest}").status_code == 404
    listed = Client().get("/penarikan.json").json()["entries"]
    assert [one["id"] for one in listed] == [f"http://testserver/dataset/{shelf.slug}"]
