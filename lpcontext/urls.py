"""The site map. `/panel/body`, the tick, is answered in front of Django (`panel/tick/`)."""

from django.contrib import admin
from django.contrib.auth import views as auth_views
from django.urls import include, path

from lpcontext.launch.urls import build_urls
from lpcontext.launch.views import Pages, show_server_error
from lpcontext.panel.whole_pages import (
    render_memory_down,
    render_opening_form,
    render_panel,
    render_refusal,
    render_shell,
)
from lpcontext.refresh import view_subject
from lpcontext.signin.provider_views import FinishProviderSignIn, StartProviderSignIn
from lpcontext.signin.views import SignIn

handler500 = show_server_error

launch_pages = Pages(
    panel=render_panel,
    empty_panel=render_shell,
    refusal=render_refusal,
    memory_down=render_memory_down,
    form=render_opening_form,
    ask_early=view_subject,
)

urlpatterns = [
    path("", include("lpcontext.ops.urls")),
    path("", include("lpcontext.panel.urls")),
    path("", include(build_urls(launch_pages))),
    path("api/v1/", include("lpcontext.api.urls")),
    path("login/", SignIn.as_view(), name="login"),
    path("login/provider/", StartProviderSignIn.as_view(), name="provider-sign-in"),
    path("login/provider/return/", FinishProviderSignIn.as_view(), name="provider-return"),
    path("logout/", auth_views.LogoutView.as_view(), name="logout"),
    path("admin/login/", SignIn.as_view()),  # in front of Django's own, which may be tried without end
    path("admin/accounts/account/", include("lpcontext.connections.urls")),
    path("admin/", admin.site.urls),
]
