"""Ready-made requests to those who copied a page before it was closed: search engines, and the web's archive.

Sources: Google's "Remove outdated content" (for pages that answer 404 or 410), Bing's "Content removal" (the same),
the Internet Archive's removal by e-mail. A person sends them: each wants a signed-in human, or an office's letter.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset, Distribution

PARTS = ("dataset", "preview", "chart", "columns", "features", "picture", "narrowed", "dataset-feed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One service: where to ask, and the text to paste."""

    name: str
    address: str
    text: str


def addresses(dataset: Dataset) -> list[str]:
    """Every exact address under which something of the dataset was once served, whole. For a removed one, the files
    are those that the record says were downloaded: no others left the house."""
    paths = [reverse(f"catalogue:{name}", args=[dataset.slug]) for name in PARTS]
    names = dict.fromkeys([*_names_on_the_shelf(dataset), *_names_in_the_record(dataset)])
    paths += [reverse("catalogue:download", args=[dataset.slug, name]) for name in names]
    formats = dict.fromkeys(name.rsplit(".", 1)[1] for name in names if "." in name)
    paths += [reverse("catalogue:newest", args=[dataset.slug, one]) for one in formats]
    paths += [reverse("catalogue:dictionary", args=[dataset.slug, one]) for one in ("csv", "json")]
    paths += import_string(settings.ADDRESSES_FOR_PROGRAMS)(dataset)
    return [f"{settings.LUMBUNG_URL}{path}" for path in paths]


def requests(dataset: Dataset) -> list[Request]:
    """What to send to whom. Names no content, only addresses: a request must not be a second leak."""
    lines = "\n".join(addresses(dataset))
    asked = _(
        "Mohon hapus alamat-alamat berikut dari hasil pencarian dan salinan simpanan (cache). Halamannya sudah "
        "ditutup oleh pengelola dan menjawab HTTP 410:"
    )
    archive = _(
        "Kami pengelola situs di bawah ini. Mohon hapus semua salinan alamat-alamat berikut dari arsip Anda, dan "
        "jangan tampilkan lagi. Halamannya sudah ditutup dan menjawab HTTP 410:"
    )
    return [
        Request(
            name="Google",
            address="https://search.google.com/search-console/remove-outdated-content",
            text=f"{asked}\n{lines}",
        ),
        Request(name="Bing", address="https://www.bing.com/webmasters/tools/contentremoval", text=f"{asked}\n{lines}"),
        Request(name="Internet Archive", address="mailto:info@archive.org", text=f"{archive}\n{lines}"),
    ]


def _names_on_the_shelf(dataset: Dataset) -> Iterator[str]:
    yield from Distribution.every.filter(release__dataset=dataset).order_by("pk").values_list("name", flat=True)


def _names_in_the_record(dataset: Dataset) -> Iterator[str]:
    lines = Event.objects.filter(subject=dataset.subject.key, kind=Kind.DOWNLOADED).order_by("sequence")
    for details in lines.values_list("details", flat=True).iterator():
        if name := details.get("file"):
            yield str(name)
