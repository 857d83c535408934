"""Pages that show what `careers` knows: routes in, the finder, registration, teachers, questions; opened by where they stand, as all pages are."""

import django.db.models.deletion
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

from desaga.website.securing import by_page

BODY = [("heading", 2), ("text", 3), ("picture", 6), ("quote", 8), ("door", 11), ("download", 14)]
LOOKUP = {
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
        {"help_text": "The page's title, unless something else is said here.", "max_length": 80, "required": False},
    ),
    11: ("wagtail.blocks.StructBlock", [[("page", 9), ("label", 10)]], {}),
    12: ("wagtail.documents.blocks.DocumentChooserBlock", (), {}),
    13: ("wagtail.blocks.CharBlock", (), {"max_length": 200, "required": False}),
    14: ("wagtail.blocks.StructBlock", [[("file", 12), ("words", 13)]], {}),
}
KINDS = {
    "FinderPage": "finder: what could I do?",
    "QuestionsPage": "questions and answers",
    "RegistrationPage": "registration explained",
    "RoutesPage": "routes in",
    "TeachersPage": "for teachers",
}


def page(name: str, called: str) -> migrations.CreateModel:
    above = models.OneToOneField(
        auto_created=True,
        on_delete=django.db.models.deletion.CASCADE,
        parent_link=True,
        primary_key=True,
        serialize=False,
        to=settings.WAGTAIL_PAGE_MODEL,
    )
    summary = models.CharField(
        help_text="One or two sentences, for lists, search engines and people who share the page.",
        max_length=300,
        verbose_name="summary",
    )
    body = wagtail.fields.StreamField(BODY, blank=True, block_lookup=LOOKUP, verbose_name="words above")
    fields = [("page_ptr", above), ("summary", summary), ("body", body)]
    return migrations.CreateModel(name, fields, {"verbose_name": called}, ("wagtailcore.page",))


class Migration(migrations.Migration):
    dependencies = [("wagtailcore", "0098_apitoken"), ("website", "0003_show_exhibitions")]

    operations = [
        *[page(name, called) for name, called in KINDS.items()],
        *[by_page(f"website_{name.lower()}", "page_ptr_id", is_public=True) for name in KINDS],
    ]
