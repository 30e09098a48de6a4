"""The operators' pages about an account's connection, among those of Django's admin."""

from django.urls import path

from lpcontext.connections import views

app_name = "connections"
urlpatterns = [
    path("<str:account_id>/test-connection/", views.show_connection, name="test"),
    path("<str:account_id>/client-credentials/", views.move_to_client_credentials, name="client-credentials"),
]
