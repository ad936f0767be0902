"""The moves of a dataset. Anything not in the table does not happen."""

from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.permissions import Conflicting
from lumbung.portal.catalogue.states import DatasetState

MOVES: dict[DatasetState, set[DatasetState]] = {
    DatasetState.PUBLISHED: {DatasetState.QUARANTINED, DatasetState.WITHDRAWN},
    DatasetState.QUARANTINED: {DatasetState.PUBLISHED, DatasetState.WITHDRAWN, DatasetState.REMOVED},
    DatasetState.WITHDRAWN: {DatasetState.PUBLISHED, DatasetState.QUARANTINED, DatasetState.REMOVED},
    DatasetState.REMOVED: set(),
}


def check_move(here: DatasetState, there: DatasetState) -> None:
    """Raise Conflicting where the table does not allow the move."""
    if there not in MOVES[here]:
        raise Conflicting(
            "wrong-dataset-state",
            _("Data ini sudah berada pada keadaan lain, jadi langkah itu tidak dapat dijalankan."),
            _("Muat ulang halaman untuk melihat keadaannya sekarang."),
        )
