"""Registers this room with Django."""

from django.apps import AppConfig


class SigninConfig(AppConfig):
    name = "lpcontext.signin"
    label = "signin"
    verbose_name = "Sign-in"
    default_auto_field = "django.db.models.BigAutoField"
