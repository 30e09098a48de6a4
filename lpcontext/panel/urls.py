"""Pages of the panel. The tick, /panel/body, is answered before Django (tick/)."""

from django.urls import path

from lpcontext.panel import views

app_name = "panel"
urlpatterns = [
    path("", views.lookup, name="lookup"),
    path("visits/<str:account_id>/<str:visitor_id>/", views.show_visit, name="visit"),
    path("chats/<str:account_id>/<str:chat_id>/", views.show_chat, name="chat"),
    path("launch/ticket/<str:text>", views.open_ticket, name="ticket"),
    path("panel/<slug:slug>/", views.reopen_panel, name="reopen"),
]
