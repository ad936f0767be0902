"""The addresses of linked data, as harvesters of DCAT and data.json expect them."""

from django.urls import path, register_converter

from lumbung.api.linked import views
from lumbung.api.linked.rdf import WRITERS


class Form:
    """The end of an address that names one of the three ways to write triples."""

    regex = "|".join(WRITERS)

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


register_converter(Form, "rdf")

app_name = "linked"
urlpatterns = [
    path("catalog.<rdf:form>", views.catalogue, name="catalogue"),
    path("data.json", views.data_json, name="data-json"),
    path("dataset/<slug:slug>.<rdf:form>", views.dataset, name="dataset"),
    path("dataset/<slug:slug>/datapackage.json", views.datapackage, name="datapackage"),
    path("dataset/<slug:slug>/croissant.json", views.croissant, name="croissant"),
]
