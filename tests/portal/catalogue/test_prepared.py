"""What is asked with every answer: the same as Django asks, each time anew."""

import pytest

from lumbung.api.shelved import OF_A_FILE, dataset_called, dataset_with, files_of
from lumbung.portal.catalogue import shelf
from lumbung.portal.catalogue.models import Dataset, Distribution
from lumbung.portal.catalogue.queries import visible
from tests.portal.shelves import Desk

pytestmark = pytest.mark.django_db


def test_an_open_dataset_with_its_files(desk: Desk, django_assert_num_queries) -> None:
    dataset = desk.publish()
    with django_assert_num_queries(3):
        found, same, files = dataset_called(dataset.slug), dataset_with(dataset.pk), files_of(dataset)
        assert found == same == dataset
        assert found is not None
        assert found.subject == dataset.subject
    assert [file for _number, file in files] == list(Distribution.objects.filter(release__dataset=dataset))
    for (_number, file), whole in zip(files, Distribution.objects.filter(release__dataset=dataset), strict=True):
        assert {name: getattr(file, name) for name in OF_A_FILE} == {name: getattr(whole, name) for name in OF_A_FILE}
    assert [number for number, _file in files_of(dataset, 1)] == [1] * len(files)
    assert (files_of(dataset, 2), dataset_called("tidak-ada"), dataset_with(10**9)) == ([], None, None)
    assert found.description == dataset.description  # asked for when it is needed


@pytest.mark.parametrize("text", ["\ue000", "%s", "' OR 1=1 --", "a\x01b"])
def test_no_text_opens_anything(desk: Desk, text: str) -> None:
    desk.publish()
    assert dataset_called(text) is None


def test_a_closed_one_is_none_at_once(desk: Desk) -> None:
    dataset = desk.publish()
    file = Distribution.objects.filter(release__dataset=dataset)[0]
    assert shelf.still_open(file, dataset)
    Dataset.objects.filter(pk=dataset.pk).update(state="quarantined", ground="data-pribadi")
    assert (dataset_called(dataset.slug), dataset_with(dataset.pk)) == (None, None)
    assert not shelf.still_open(file, dataset)
    assert not visible().exists()


def test_a_release_closed_alone(desk: Desk) -> None:
    dataset = desk.publish()
    release = dataset.releases.get()
    file = release.distributions.all()[0]
    type(release).every.filter(pk=release.pk).update(closed_since="2026-01-01T00:00:00Z", closed_ground="data-pribadi")
    assert (files_of(dataset), files_of(dataset, 1)) == ([], [])
    assert not shelf.still_open(file, dataset)
