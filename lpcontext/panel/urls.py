"""The look-up form. Panels are opened at the addresses of launch; the tick is answered before Django (tick/)."""

from django.urls import path

from lpcontext.panel import views

app_name = "panel"
urlpatterns = [path("", views.lookup, name="lookup")]
