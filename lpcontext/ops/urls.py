"""The addresses of operations. `middleware.answer_probes` serves them ahead of all other addresses."""

from django.urls import path

from lpcontext.ops import views

app_name = "ops"
urlpatterns = [
    path("livez", views.livez, name="livez"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", views.metrics, name="metrics"),
]
