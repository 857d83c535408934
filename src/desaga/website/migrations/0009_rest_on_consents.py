"""Pages and downloads on which somebody can be recognised or is quoted name the consents that they rest on."""

import django.contrib.postgres.fields
import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("website", "0008_keep_stories_pictures_apart"),
    ]

    operations = [
        migrations.AddField(
            model_name="download",
            name="consents",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                blank=True,
                default=list,
                help_text="Everybody who can be recognised or is quoted. Ask for consent in the workspace, under Stories, Consents.",
                size=None,
                verbose_name="consents it rests on",
            ),
        ),
        migrations.AddField(
            model_name="download",
            name="shown_until",
            field=models.DateField(editable=False, null=True, verbose_name="given out until"),
        ),
        migrations.AddField(
            model_name="eventpage",
            name="consents",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                blank=True,
                default=list,
                help_text="Everybody who can be recognised or is quoted. Ask for consent in the workspace, under Stories, Consents.",
                size=None,
                verbose_name="consents it rests on",
            ),
        ),
        migrations.AddField(
            model_name="eventpage",
            name="people",
            field=models.CharField(
                choices=[
                    ("nobody", "Nobody can be recognised in it, nor is quoted"),
                    ("agreed", "People can be recognised or are quoted, and agreed to it"),
                ],
                default="nobody",
                max_length=10,
                verbose_name="who can be seen",
            ),
        ),
        migrations.AddField(
            model_name="eventpage",
            name="shown_until",
            field=models.DateField(editable=False, null=True, verbose_name="shown until"),
        ),
        migrations.AddField(
            model_name="finderpage",
            name="consents",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                blank=True,
                default=list,
                help_text="Everybody who can be recognised or is quoted. Ask for consent in the workspace, under Stories, Consents.",
                size=None,
                verbose_name="consents it rests on",
            ),
        ),
        migrations.AddField(
            model_name="finderpage",
            name="people",
            field=models.CharField(
                choices=[
                    ("nobody", "Nobody can be recognised in it, nor is quoted"),
                    ("agreed", "People can be recognised or are quoted, and agreed to it"),
                ],
                default="nobody",
                max_length=10,
                verbose_name="who can be seen",
            ),
        ),
        migrations.AddField(
            model_name="finderpage",
            name="shown_until",
            field=models.DateField(editable=False, null=True, verbose_name="shown until"),
        ),
        migrations.AddField(
            model_name="nationalhomepage",
            name="consents",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                blank=True,
                default=list,
                help_text="Everybody who can be recognised or is quoted. Ask for consent in the workspace, under Stories, Consents.",
                size=None,
                verbose_name="consents it rests on",
            ),
        ),
        migrations.AddField(
            model_name="nationalhomepage",
            name="people",
            field=models.CharField(
                choices=[
                    ("nobody", "Nobody can be recognised in it, nor is quoted"),
                    ("agreed", "People can be recognised or are quoted, and agreed to it"),
                ],
                default="nobody",
                max_length=10,
                verbose_name="who can be seen",
            ),
        ),
        migrations.AddField(
            model_name="nationalhomepage",
            name="shown_until",
            field=models.DateField(editable=False, null=True, verbose_name="shown until"),
        ),
        migrations.AddField(
            model_name="newspage",
            name="consents",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                blank=True,
                default=list,
                help_text="Everybody who can be recognised or is quoted. Ask for consent in the workspace, under Stories, Consents.",
                size=None,
                verbose_name="consents it rests on",
            ),
        ),
        migrations.AddField(
            model_name="newspage",
            name="people",
            field=models.CharField(
                choices=[
                    ("nobody", "Nobody can be recognised in it, nor is quoted"),
                    ("agreed", "People can be recognised or are quoted, and agreed to it"),
                ],
                default="nobody",
                max_length=10,
                verbose_name="who can be seen",
            ),
        ),
        migrations.AddField(
            model_name="newspage",
            name="shown_until",
            field=models.DateField(editable=False, null=True, verbose_name="shown until"),
        ),
        migrations.AddField(
            model_name="organisationhomepage",
            name="consents",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                blank=True,
                default=list,
                help_text="Everybody who can be recognised or is quoted. Ask for consent in the workspace, under Stories, Consents.",
                size=None,
                verbose_name="consents it rests on",
            ),
        ),
        migrations.AddField(
            model_name="organisationhomepage",
            name="people",
            field=models.CharField(
                choices=[
                    ("nobody", "Nobody can be recognised in it, nor is quoted"),
                    ("agreed", "People can be recognised or are quoted, and agreed to it"),
                ],
                default="nobody",
                max_length=10,
                verbose_name="who can be seen",
            ),
        ),
        migrations.AddField(
            model_name="organisationhomepage",
            name="shown_until",
            field=models.DateField(editable=False, null=True, verbose_name="shown until"),
        ),
        migrations.AddField(
            model_name="questionspage",
            name="consents",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                blank=True,
                default=list,
                help_text="Everybody who can be recognised or is quoted. Ask for consent in the workspace, under Stories, Consents.",
                size=None,
                verbose_name="consents it rests on",
            ),
        ),
        migrations.AddField(
            model_name="questionspage",
            name="people",
            field=models.CharField(
                choices=[
                    ("nobody", "Nobody can be recognised in it, nor is quoted"),
                    ("agreed", "People can be recognised or are quoted, and agreed to it"),
                ],
                default="nobody",
                max_length=10,
                verbose_name="who can be seen",
            ),
        ),
        migrations.AddField(
            model_name="questionspage",
            name="shown_until",
            field=models.DateField(editable=False, null=True, verbose_name="shown until"),
        ),
        migrations.AddField(
            model_name="registrationpage",
            name="consents",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                blank=True,
                default=list,
                help_text="Everybody who can be recognised or is quoted. Ask for consent in the workspace, under Stories, Consents.",
                size=None,
                verbose_name="consents it rests on",
            ),
        ),
        migrations.AddField(
            model_name="registrationpage",
            name="people",
            field=models.CharField(
                choices=[
                    ("nobody", "Nobody can be recognised in it, nor is quoted"),
                    ("agreed", "People can be recognised or are quoted, and agreed to it"),
                ],
                default="nobody",
                max_length=10,
                verbose_name="who can be seen",
            ),
        ),
        migrations.AddField(
            model_name="registrationpage",
            name="shown_until",
            field=models.DateField(editable=False, null=True, verbose_name="shown until"),
        ),
        migrations.AddField(
            model_name="representativespage",
            name="consents",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                blank=True,
                default=list,
                help_text="Everybody who can be recognised or is quoted. Ask for consent in the workspace, under Stories, Consents.",
                size=None,
                verbose_name="consents it rests on",
            ),
        ),
        migrations.AddField(
            model_name="representativespage",
            name="people",
            field=models.CharField(
                choices=[
                    ("nobody", "Nobody can be recognised in it, nor is quoted"),
                    ("agreed", "People can be recognised or are quoted, and agreed to it"),
                ],
                default="nobody",
                max_length=10,
                verbose_name="who can be seen",
            ),
        ),
        migrations.AddField(
            model_name="representativespage",
            name="shown_until",
            field=models.DateField(editable=False, null=True, verbose_name="shown until"),
        ),
        migrations.AddField(
            model_name="routespage",
            name="consents",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                blank=True,
                default=list,
                help_text="Everybody who can be recognised or is quoted. Ask for consent in the workspace, under Stories, Consents.",
                size=None,
                verbose_name="consents it rests on",
            ),
        ),
        migrations.AddField(
            model_name="routespage",
            name="people",
            field=models.CharField(
                choices=[
                    ("nobody", "Nobody can be recognised in it, nor is quoted"),
                    ("agreed", "People can be recognised or are quoted, and agreed to it"),
                ],
                default="nobody",
                max_length=10,
                verbose_name="who can be seen",
            ),
        ),
        migrations.AddField(
            model_name="routespage",
            name="shown_until",
            field=models.DateField(editable=False, null=True, verbose_name="shown until"),
        ),
        migrations.AddField(
            model_name="standardpage",
            name="consents",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                blank=True,
                default=list,
                help_text="Everybody who can be recognised or is quoted. Ask for consent in the workspace, under Stories, Consents.",
                size=None,
                verbose_name="consents it rests on",
            ),
        ),
        migrations.AddField(
            model_name="standardpage",
            name="people",
            field=models.CharField(
                choices=[
                    ("nobody", "Nobody can be recognised in it, nor is quoted"),
                    ("agreed", "People can be recognised or are quoted, and agreed to it"),
                ],
                default="nobody",
                max_length=10,
                verbose_name="who can be seen",
            ),
        ),
        migrations.AddField(
            model_name="standardpage",
            name="shown_until",
            field=models.DateField(editable=False, null=True, verbose_name="shown until"),
        ),
        migrations.AddField(
            model_name="teacherspage",
            name="consents",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                blank=True,
                default=list,
                help_text="Everybody who can be recognised or is quoted. Ask for consent in the workspace, under Stories, Consents.",
                size=None,
                verbose_name="consents it rests on",
            ),
        ),
        migrations.AddField(
            model_name="teacherspage",
            name="people",
            field=models.CharField(
                choices=[
                    ("nobody", "Nobody can be recognised in it, nor is quoted"),
                    ("agreed", "People can be recognised or are quoted, and agreed to it"),
                ],
                default="nobody",
                max_length=10,
                verbose_name="who can be seen",
            ),
        ),
        migrations.AddField(
            model_name="teacherspage",
            name="shown_until",
            field=models.DateField(editable=False, null=True, verbose_name="shown until"),
        ),
        migrations.AlterField(
            model_name="exhibitionpage",
            name="body",
            field=wagtail.fields.StreamField(
                [("heading", 2), ("text", 3), ("picture", 6), ("quote", 8), ("door", 11), ("download", 14)],
                blank=True,
                block_lookup={
                    0: ("wagtail.blocks.CharBlock", (), {"max_length": 120}),
                    1: ("wagtail.blocks.ChoiceBlock", [], {"choices": [("2", "Heading"), ("3", "Smaller heading")]}),
                    2: ("wagtail.blocks.StructBlock", [[("text", 0), ("level", 1)]], {}),
                    3: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {"features": ["bold", "italic", "link", "document-link", "ol", "ul"], "icon": "pilcrow"},
                    ),
                    4: ("wagtail.images.blocks.ImageBlock", [], {}),
                    5: ("wagtail.blocks.CharBlock", (), {"max_length": 250, "required": False}),
                    6: ("wagtail.blocks.StructBlock", [[("picture", 4), ("caption", 5)]], {}),
                    7: ("wagtail.blocks.TextBlock", (), {"max_length": 600}),
                    8: ("wagtail.blocks.StructBlock", [[("words", 7), ("who", 0)]], {}),
                    9: ("wagtail.blocks.PageChooserBlock", (), {}),
                    10: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "The page's title, unless something else is said here.",
                            "max_length": 80,
                            "required": False,
                        },
                    ),
                    11: ("wagtail.blocks.StructBlock", [[("page", 9), ("label", 10)]], {}),
                    12: ("wagtail.documents.blocks.DocumentChooserBlock", (), {}),
                    13: ("wagtail.blocks.CharBlock", (), {"max_length": 200, "required": False}),
                    14: ("wagtail.blocks.StructBlock", [[("file", 12), ("words", 13)]], {}),
                },
                help_text="Nobody who can be recognised: people are shown in photographs, films and scenes of a room, which say who agreed to it.",
                verbose_name="body",
            ),
        ),
        migrations.AlterField(
            model_name="exhibitpage",
            name="consents",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                blank=True,
                default=list,
                help_text="Everybody who can be recognised or is quoted. Ask for consent in the workspace, under Stories, Consents.",
                size=None,
                verbose_name="consents it rests on",
            ),
        ),
        migrations.AlterField(
            model_name="exhibitpage",
            name="people",
            field=models.CharField(
                choices=[
                    ("nobody", "Nobody can be recognised in it, nor is quoted"),
                    ("agreed", "People can be recognised or are quoted, and agreed to it"),
                ],
                default="nobody",
                max_length=10,
                verbose_name="who can be seen",
            ),
        ),
        migrations.AlterField(
            model_name="roompage",
            name="body",
            field=wagtail.fields.StreamField(
                [("heading", 2), ("text", 3), ("picture", 6), ("quote", 8), ("door", 11), ("download", 14)],
                blank=True,
                block_lookup={
                    0: ("wagtail.blocks.CharBlock", (), {"max_length": 120}),
                    1: ("wagtail.blocks.ChoiceBlock", [], {"choices": [("2", "Heading"), ("3", "Smaller heading")]}),
                    2: ("wagtail.blocks.StructBlock", [[("text", 0), ("level", 1)]], {}),
                    3: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {"features": ["bold", "italic", "link", "document-link", "ol", "ul"], "icon": "pilcrow"},
                    ),
                    4: ("wagtail.images.blocks.ImageBlock", [], {}),
                    5: ("wagtail.blocks.CharBlock", (), {"max_length": 250, "required": False}),
                    6: ("wagtail.blocks.StructBlock", [[("picture", 4), ("caption", 5)]], {}),
                    7: ("wagtail.blocks.TextBlock", (), {"max_length": 600}),
                    8: ("wagtail.blocks.StructBlock", [[("words", 7), ("who", 0)]], {}),
                    9: ("wagtail.blocks.PageChooserBlock", (), {}),
                    10: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "The page's title, unless something else is said here.",
                            "max_length": 80,
                            "required": False,
                        },
                    ),
                    11: ("wagtail.blocks.StructBlock", [[("page", 9), ("label", 10)]], {}),
                    12: ("wagtail.documents.blocks.DocumentChooserBlock", (), {}),
                    13: ("wagtail.blocks.CharBlock", (), {"max_length": 200, "required": False}),
                    14: ("wagtail.blocks.StructBlock", [[("file", 12), ("words", 13)]], {}),
                },
                help_text="Nobody who can be recognised: people are shown in photographs, films and scenes of a room, which say who agreed to it.",
                verbose_name="body",
            ),
        ),
        migrations.AlterField(
            model_name="scenepage",
            name="consents",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                blank=True,
                default=list,
                help_text="Everybody who can be recognised or is quoted. Ask for consent in the workspace, under Stories, Consents.",
                size=None,
                verbose_name="consents it rests on",
            ),
        ),
        migrations.AlterField(
            model_name="scenepage",
            name="people",
            field=models.CharField(
                choices=[
                    ("nobody", "Nobody can be recognised in it, nor is quoted"),
                    ("agreed", "People can be recognised or are quoted, and agreed to it"),
                ],
                default="nobody",
                max_length=10,
                verbose_name="who can be seen",
            ),
        ),
    ]
