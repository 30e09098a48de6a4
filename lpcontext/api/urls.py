"""The addresses below /api/v1/."""

from django.urls import path

from lpcontext.api import views

app_name = "api"
urlpatterns = [path("tickets", views.create_ticket, name="tickets")]
