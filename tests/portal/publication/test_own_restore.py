"""Who sent a file in does not open it again after it was closed, whatever other roles they hold."""

import pytest

from lumbung.portal.accounts.models import Membership
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.accounts.roles import Role
from lumbung.portal.catalogue.states import DatasetState
from lumbung.portal.publication.actions import quarantine, restore
from tests.portal.shelves import Desk, actor, signed_in


def test_somebody_else_opens_it(desk: Desk) -> None:
    Membership.objects.create(person=desk.producer, organisation=desk.village, role=Role.WALIDATA)
    dataset = desk.publish()
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Ada laporan.")
    dataset.refresh_from_db()
    with pytest.raises(Refused, match="own-submission"):
        restore(dataset, person=desk.producer, by=actor(desk.producer), because="Tidak apa-apa.")
    page = signed_in(desk.producer).get(f"/meja/data/{dataset.slug}")
    assert page.status_code == 200
    assert not page.context["may_restore"]
    restore(dataset, person=desk.walidata, by=actor(desk.walidata), because="Sudah diperiksa.")
    dataset.refresh_from_db()
    assert dataset.state == DatasetState.PUBLISHED
