import pytest
from django.core.mail import EmailMessage

from desaga.notifications import operations

PAGES = ["/demo/mailbox/", "/demo/mailbox/1/"]


@pytest.fixture
def mail(db):
    message = EmailMessage("A <b>subject</b>", "Open https://desaga.example/x?a=1&b=2", None, [])
    return operations.queue_mail(message=message, recipient="ida@example.org")


@pytest.mark.parametrize("url", PAGES)
def test_there_is_no_mailbox_outside_the_demo(client, mail, url):
    assert client.get(url).status_code == 404


def test_in_the_demo_everybody_reads_the_mail(client, mail, settings):
    settings.DEMO = True
    page = client.get("/demo/mailbox/")
    assert "A &lt;b&gt;subject&lt;/b&gt;" in page.text
    assert "ida@example.org" in page.text
    page = client.get(f"/demo/mailbox/{mail.pk}/")
    assert 'href="https://desaga.example/x?a=1&amp;b=2"' in page.text
    assert client.get(f"/demo/mailbox/{mail.pk + 1}/").status_code == 404


def test_an_empty_mailbox_says_how_to_fill_it(client, db, settings):
    settings.DEMO = True
    assert "Nothing has been sent yet" in client.get("/demo/mailbox/").text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_mailbox_asks_the_same_number_of_questions(client, db, settings, query_count, rows):
    settings.DEMO = True
    for _ in range(rows):
        operations.queue_mail(message=EmailMessage("Subject", "Words", None, []), recipient="ida@example.org")
    with query_count(12):
        client.get("/demo/mailbox/")
