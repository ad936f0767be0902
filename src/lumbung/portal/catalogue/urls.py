"""The public addresses of the shelf."""

from django.contrib.sitemaps.views import index, sitemap
from django.urls import path

from lumbung.portal.catalogue import feeds, views

SITEMAPS = {"dataset": feeds.DatasetPages}

app_name = "catalogue"
urlpatterns = [
    path("", views.front, name="front"),
    path("dataset/<slug:slug>", views.dataset, name="dataset"),
    path("desa/<str:kode>", views.village, name="village"),
    path("umpan.atom", views.feed, name="feed"),
    path("dataset/<slug:slug>/umpan.atom", views.dataset_feed, name="dataset-feed"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", index, {"sitemaps": SITEMAPS, "sitemap_url_name": "catalogue:sitemap"}, name="sitemaps"),
    path("sitemap-<section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("dataset/<slug:slug>/pratinjau", views.preview, name="preview"),
    path("dataset/<slug:slug>/unduh/<str:name>", views.download, name="download"),
]
