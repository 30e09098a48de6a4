import django.db.models.deletion
from django.db import migrations, models

import lpcontext.accounts.models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.CharField(
                        max_length=20,
                        primary_key=True,
                        serialize=False,
                        validators=[lpcontext.accounts.models.check_account_id],
                        verbose_name="LivePerson account id",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=100)),
                (
                    "slug",
                    models.SlugField(
                        default=lpcontext.accounts.models.make_slug, editable=False, max_length=12, unique=True
                    ),
                ),
                (
                    "origins",
                    models.JSONField(blank=True, default=list, validators=[lpcontext.accounts.models.check_origins]),
                ),
                (
                    "masking",
                    models.CharField(
                        choices=[
                            ("masked", "Masked: only the ends of phone numbers and e-mail addresses are shown"),
                            ("open", "Open: everything is shown in full"),
                        ],
                        default="masked",
                        max_length=6,
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(default=True, help_text="A paused account is neither refreshed nor shown."),
                ),
                ("sealed_credentials", models.BinaryField(default=bytes)),
                ("credentials_changed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "trouble",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("credentials-missing", "No credentials have been given"),
                            ("credentials-unreadable", "The credentials are of no known kind, or lack a field"),
                            (
                                "seal-broken",
                                "The credentials were sealed with a key that LPCONTEXT_SEAL_KEYS no longer has",
                            ),
                            ("unauthorized", "LivePerson refuses the credentials"),
                            ("login-blocked", "LivePerson has blocked this account or user name"),
                            ("wrong-account", "LivePerson does not know this account on the host it sent us to"),
                            ("host-not-allowed", "LivePerson sent us to a host outside LPCONTEXT_LIVEPERSON_HOSTS"),
                            ("unreachable", "LivePerson cannot be reached"),
                            ("unreadable", "LivePerson answers something we cannot read"),
                        ],
                        editable=False,
                        max_length=32,
                    ),
                ),
                ("trouble_since", models.DateTimeField(editable=False, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "ordering": ("id",),
                "permissions": (("look_at_visits", "Can look at visits"),),
            },
        ),
        migrations.CreateModel(
            name="IntegrationKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100)),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("last_used_at", models.DateTimeField(editable=False, null=True)),
                ("revoked_at", models.DateTimeField(editable=False, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="integration_keys",
                        to="accounts.account",
                    ),
                ),
            ],
            options={
                "ordering": ("account", "name", "created_at"),
            },
        ),
    ]
