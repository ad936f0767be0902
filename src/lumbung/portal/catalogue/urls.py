"""The public addresses of the shelf."""

from django.contrib.sitemaps.views import index, sitemap
from django.urls import path

from lumbung.portal.catalogue import dataset_views, feeds, front_views, place_views, placing_views, views

SITEMAPS = {"dataset": feeds.DatasetPages, "tempat": feeds.PlacePages}

app_name = "catalogue"
urlpatterns = [
    path("", front_views.front, name="front"),
    path("dataset/<slug:slug>", dataset_views.dataset, name="dataset"),
    path("desa", place_views.villages, name="villages"),
    path("desa/<str:kode>", place_views.village, name="village"),
    path("kecamatan/<str:kode>", place_views.district, name="district"),
    path("kabupaten/<str:kode>", place_views.regency, name="regency"),
    path("meja/tempat/<slug:slug>", placing_views.tell, name="tell"),
    path("meja/wilayah", placing_views.take_regions, name="take-regions"),
    path("umpan.atom", views.feed, name="feed"),
    path("dataset/<slug:slug>/umpan.atom", views.dataset_feed, name="dataset-feed"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", index, {"sitemaps": SITEMAPS, "sitemap_url_name": "catalogue:sitemap"}, name="sitemaps"),
    path("sitemap-<section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("dataset/<slug:slug>/pratinjau", dataset_views.preview, name="preview"),
    path("dataset/<slug:slug>/bagan", dataset_views.chart, name="chart"),
    path("dataset/<slug:slug>/kolom", dataset_views.columns, name="columns"),
    path("dataset/<slug:slug>/kamus.<str:format>", dataset_views.dictionary, name="dictionary"),
    path("dataset/<slug:slug>/peta.json", dataset_views.features, name="features"),
    path("dataset/<slug:slug>/gambar.png", dataset_views.drawn, name="picture"),
    path("dataset/<slug:slug>/saring.csv", dataset_views.narrowed, name="narrowed"),
    path("dataset/<slug:slug>/perubahan/<int:number>", dataset_views.change, name="change"),
    path("dataset/<slug:slug>/unduh/<str:name>", dataset_views.download, name="download"),
    path("dataset/<slug:slug>.<str:format>", dataset_views.newest, name="newest"),
]
