"""What machines follow: feeds, the list of pages, schema.org. All forget a dataset in the moment it is closed."""

import json
from typing import Any

import pytest
from django.test import Client
from lxml import etree, html

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.publication.actions import quarantine
from tests.portal.catalogue.made import shelved
from tests.portal.shelves import TABLE, Desk, actor

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom", "s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def tree(path: str) -> Any:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return etree.fromstring(answer.content)


def schema(path: str) -> dict[str, Any]:
    page = html.fromstring(Client().get(path).content)
    (said,) = page.xpath("//script[@type='application/ld+json']/text()")
    return dict(json.loads(said))


def test_an_empty_shelf_has_an_empty_feed() -> None:
    assert not tree("/umpan.atom").findall("a:entry", ATOM)


def test_the_feed_of_the_shelf_leads_to_the_page(desk: Desk) -> None:
    dataset = desk.publish(title="Padi & <jagung>")
    (entry,) = tree("/umpan.atom").findall("a:entry", ATOM)
    assert entry.findtext("a:title", namespaces=ATOM) == "Padi & <jagung>"
    assert entry.find("a:link", ATOM).get("href").endswith(dataset.get_absolute_url())


def test_the_feed_of_a_dataset_has_its_releases(desk: Desk) -> None:
    dataset = desk.publish()
    desk.publish(TABLE.replace(b"2024", b"2025"), dataset=dataset)
    entries = tree(f"{dataset.get_absolute_url()}/umpan.atom").findall("a:entry", ATOM)
    assert [entry.findtext("a:title", namespaces=ATOM) for entry in entries] == ["Rilis 2", "Rilis 1"]


@pytest.mark.parametrize("sign", ["\x01", "\x0b", "\x1f", "\ufffe", "]]>", "<b>&amp;", "\u202e"])
def test_one_sign_in_one_title_takes_the_feed_from_nobody(sign: str, desk: Desk) -> None:
    dataset = shelved(desk.village, f"Padi{sign}Sawah", description=sign)
    own = tree(f"{dataset.get_absolute_url()}/umpan.atom")
    assert own.findtext("a:title", namespaces=ATOM).startswith("Padi")
    (entry,) = tree("/umpan.atom").findall("a:entry", ATOM)
    assert entry.findtext("a:title", namespaces=ATOM).endswith("Sawah")
    assert schema(dataset.get_absolute_url())["name"] == dataset.title


def test_search_engines_are_told_of_every_page(desk: Desk) -> None:
    dataset = desk.publish()
    Organisation.objects.filter(pk=desk.village.pk).update(kode="99.01.01.2001")
    sections = tree("/sitemap.xml").findall("s:sitemap/s:loc", ATOM)
    found = [tree("/" + one.text.split("/", 3)[3]).findall("s:url/s:loc", ATOM) for one in sections]
    pages = ["/" + page.text.split("/", 3)[3] for section in found for page in section]
    assert pages == [dataset.get_absolute_url(), "/kabupaten/99.01", "/desa/99.01.01.2001"]
    for page in pages[1:]:
        shared = Client().get(page).content.decode()
        assert f'<link rel="canonical" href="http://testserver{page}">' in shared
        assert '<meta property="og:title" content="' in shared
    assert b"Sitemap: http://testserver/sitemap.xml" in Client().get("/robots.txt").content


def test_a_dataset_in_schema_org_s_words(desk: Desk) -> None:
    title = "Padi</script><script>alert(1)</script>"
    dataset = desk.publish(title=title)
    said = schema(dataset.get_absolute_url())
    assert (said["@type"], said["name"], said["isAccessibleForFree"]) == ("Dataset", title, True)
    assert {file["encodingFormat"] for file in said["distribution"]} >= {"text/csv", "application/json"}
    for file in said["distribution"]:
        assert Client().get(file["contentUrl"].removeprefix("http://testserver")).status_code == 200


def test_a_closed_dataset_is_in_none_of_them(desk: Desk) -> None:
    dataset = desk.publish()
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Ada laporan warga.")
    assert not tree("/umpan.atom").findall("a:entry", ATOM)
    assert not tree("/sitemap-dataset.xml").findall("s:url", ATOM)
    for path in (dataset.get_absolute_url(), f"{dataset.get_absolute_url()}/umpan.atom"):
        answer = Client().get(path)
        assert (answer.status_code, answer.headers["X-Robots-Tag"]) == (410, "noindex")
