"""The site map. `/panel/body`, the tick, is answered in front of Django (`panel/tick/`)."""

from django.contrib import admin
from django.contrib.auth import views as auth_views
from django.urls import include, path

from lpcontext.signin.views import SignIn

urlpatterns = [
    path("", include("lpcontext.ops.urls")),
    path("", include("lpcontext.panel.urls")),
    path("api/v1/", include("lpcontext.api.urls")),
    path("login/", SignIn.as_view(), name="login"),
    path("logout/", auth_views.LogoutView.as_view(), name="logout"),
    path("admin/login/", SignIn.as_view()),  # in front of Django's own, which may be tried without end
    path("admin/", admin.site.urls),
]
