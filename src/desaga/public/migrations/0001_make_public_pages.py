"""Public pages, and plans held for others: docs/adr/0026-the-public-page.md."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from desaga.tenancy.rowsecurity import CURRENT_ORGANISATION, names_readable, row_security

# A part is public with the copy of its own organisation alone: another's row that names it is not.
WITH_ITS_COPY = (
    "exists (select 1 from public_publiccopy c where c.id = public_publicchange.copy_id"
    " and c.organisation_id = public_publicchange.organisation_id and c.published_at <= statement_timestamp())"
)
WITH_ITS_PLAN = "(organisation_id, plan_id) in (select * from plans_readable())"
# Whoever made an offer learns that it was accepted, without anybody writing in their name.
OF_ONES_OFFER = f"offer_id in (select o.id from public_offer o where o.organisation_id = {CURRENT_ORGANISATION})"  # nosec B608
TO_US = f"to_id = {CURRENT_ORGANISATION}"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0005_name_known_people"),
        ("plans", "0026_choose_public_parts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HeldPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source_address", models.URLField(max_length=500, verbose_name="address it was taken from")),
                ("taken_on", models.DateField(verbose_name="taken on")),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="whose plan it is",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "plan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="held", to="plans.plan"
                    ),
                ),
            ],
            options={
                "ordering": ["of__name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=300)),
                ("offered_at", models.DateTimeField()),
                (
                    "grant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.grant"
                    ),
                ),
                (
                    "held",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="offers", to="public.heldplan"
                    ),
                ),
                (
                    "offered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["-offered_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source_address", models.URLField(max_length=500)),
                ("taken_on", models.DateField()),
                ("accepted_at", models.DateTimeField()),
                (
                    "accepted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "held_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "plan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="claimed_from", to="plans.plan"
                    ),
                ),
                (
                    "offer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="claim", to="public.offer"
                    ),
                ),
            ],
            options={
                "ordering": ["-accepted_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80, verbose_name="address")),
                ("parts", models.JSONField(default=list, verbose_name="what is shown")),
                ("words", models.TextField(blank=True, max_length=2000, verbose_name="introduction")),
                ("contact_name", models.CharField(blank=True, max_length=150, verbose_name="name")),
                ("contact_role", models.CharField(blank=True, max_length=150, verbose_name="role")),
                ("contact_address", models.EmailField(blank=True, max_length=254, verbose_name="address")),
                ("reviewed_on", models.DateField(blank=True, null=True, verbose_name="last reviewed")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "plan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="publication", to="plans.plan"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PublicCopy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("slug", models.SlugField(max_length=80)),
                ("title", models.CharField(max_length=300)),
                ("content", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("copied_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "publication",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="copy", to="public.publication"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["title", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PublicChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("lines", models.JSONField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "copy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="public.publiccopy"
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="heldplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("of", models.F("organisation")), _negated=True), name="held_plan_is_anothers"
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(("to", models.F("organisation")), _negated=True), name="offer_is_to_another"
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(fields=("organisation", "slug"), name="publication_address_once"),
        ),
        migrations.AddConstraint(
            model_name="publiccopy",
            constraint=models.UniqueConstraint(fields=("organisation", "slug"), name="public_copy_address_once"),
        ),
        migrations.AddConstraint(
            model_name="publiccopy",
            constraint=models.CheckConstraint(
                condition=models.Q(("published_at__isnull", False)), name="public_copy_is_published"
            ),
        ),
        row_security("public_publication"),
        row_security("public_publiccopy", published="published_at"),
        row_security("public_publicchange", published=WITH_ITS_COPY),
        row_security("public_heldplan", kind="plans.plan", object_id="plan_id", also_readable=[WITH_ITS_PLAN]),
        row_security("public_offer", also_readable=[TO_US]),
        row_security("public_claim", also_readable=[OF_ONES_OFFER]),
        names_readable("public_publication", "plan_id", "plans_plan"),
        names_readable("public_publiccopy", "publication_id", "public_publication"),
        names_readable("public_publicchange", "copy_id", "public_publiccopy"),
        names_readable("public_heldplan", "plan_id", "plans_plan"),
        names_readable("public_offer", "held_id", "public_heldplan"),
        names_readable("public_offer", "grant_id", "organisations_grant"),
        names_readable("public_claim", "offer_id", "public_offer"),
        names_readable("public_claim", "plan_id", "plans_plan"),
    ]
