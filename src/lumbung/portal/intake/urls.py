"""The producer's desk."""

app_name = "intake"
urlpatterns: list[object] = []
