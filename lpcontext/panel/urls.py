"""The look-up form, and what is done in an open panel.

Panels are opened at the addresses of launch; the tick is answered before Django (tick/).
"""

from django.urls import path

from lpcontext.panel import panel_actions, views

app_name = "panel"
urlpatterns = [
    path("", views.lookup, name="lookup"),
    path("panel/reveal", panel_actions.reveal, name="reveal"),
    path("panel/copied", panel_actions.report_copy, name="copied"),
]
