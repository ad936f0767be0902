"""The address of a resource's file: like `/dataset/<slug>/unduh/<name>`, but it stays from release to release."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase

from lumbung.api.ckan.packages import file_named
from lumbung.portal.catalogue import dataset_views


def download(request: HttpRequest, slug: str, number: UUID, name: str) -> HttpResponseBase:
    """The file of the newest open release. The name at the end is a client's, which wants one with a dot in it.

    Where the resource is gone, that name decides alone: whether it is a stone (410) or nothing (404).
    """
    found = file_named(str(number))
    same = found is not None and found[0].dataset.slug == slug
    response = dataset_views.download(request, slug=slug, name=found[1].name if found and same else name)
    response["Access-Control-Allow-Origin"] = "*"
    return response
