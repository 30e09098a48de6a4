"""The addresses below /api/v1/."""

from django.urls import path

from lpcontext.api import openapi_view, reading_subjects, tickets

app_name = "api"
urlpatterns = [
    path("tickets", tickets.create_ticket, name="tickets"),
    path("sessions", tickets.create_unmonitored_session, name="sessions"),
    path("visits/<str:account_id>/<path:visitor_id>", reading_subjects.get_visit, name="visit"),
    path("chats/<str:account_id>/<path:chat_id>", reading_subjects.get_chat, name="chat"),
    path("openapi.json", openapi_view.get_openapi, name="openapi"),
]
