import pytest
from django.template import Context, engines
from django.template.loader import get_template, render_to_string
from lxml import html


def rendered(source, **context):
    return engines["django"].from_string(source).render(context)


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"])
def test_error_pages_need_no_context(name):
    page = html.fromstring(get_template(name).render())

    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//title/text()")[0].endswith(" – Desaga")
    assert page.xpath("//main//a/@href") == ["/"]


def test_an_empty_block_leaves_no_empty_element():
    page = html.fromstring(rendered('{% extends "ui/page.html" %}{% block heading %}Plans{% endblock %}'))

    assert page.xpath("//aside") == []
    assert page.xpath("//nav") == []
    assert page.xpath("//*[contains(@class, 'dsg-page__action') or contains(@class, 'dsg-stateline')]") == []


def test_a_page_shows_its_blocks_where_they_belong():
    page = html.fromstring(
        rendered(
            '{% extends "ui/page.html" %}{% load ui %}'
            "{% block page_title %}Careers{% endblock %}{% block heading %}Careers{% endblock %}"
            '{% block breadcrumbs %}{% crumb "Plans" "/plans/" %}{% crumb "Careers" %}{% endblock %}'
            '{% block aside %}<dl class="dsg-facts">{% fact "Owner" %}HR{% endfact %}</dl>{% endblock %}'
        )
    )

    assert page.xpath("//title/text()") == ["Careers – Desaga"]
    assert page.xpath("//nav[@aria-label='Breadcrumb']//li//text()") == ["Plans", "Careers"]
    assert page.xpath("//aside//dd/text()") == ["HR"]


def test_a_form_with_errors_says_so_in_the_title():
    class Form:
        errors = {"title": ["Fill this in."]}

    page = html.fromstring(
        rendered('{% extends "ui/plain.html" %}{% block page_title %}Sign in{% endblock %}', form=Form)
    )

    assert page.xpath("//title/text()") == ["Error: Sign in – Desaga"]


def test_plain_mail_is_words_and_not_markup():
    text = render_to_string(
        "ui/email/base.txt",
        {"button_label": "Answer", "button_url": "https://desaga.example/?a=1&b=2", "organisation_name": "King’s & Co"},
    )

    assert "Answer:\nhttps://desaga.example/?a=1&b=2\n" in text
    assert text.strip().endswith("King’s & Co")


def test_mail_in_html_has_one_button_and_the_address_in_words():
    page = html.fromstring(
        render_to_string("ui/email/base.html", {"button_label": "Answer", "button_url": "https://desaga.example/"})
    )

    assert page.xpath("//a/@href") == ["https://desaga.example/"]
    assert "copy this address: https://desaga.example/" in page.text_content()


def test_messages_stand_above_the_heading_with_their_tone():
    class Message:
        level_tag = "success"

        def __str__(self):
            return "Saved."

    text = get_template("ui/components/messages.html").template.render(Context({"messages": [Message()]}))

    assert html.fromstring(text).xpath(".//div[contains(@class, 'dsg-notice--success')]//p/text()") == ["Saved."]
