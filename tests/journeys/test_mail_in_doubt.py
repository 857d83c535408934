"""The connection to the mail server broke in the middle: an officer says what became of the mail."""

from __future__ import annotations

from desaga.notifications.tests.factories import make_doubtful_mail
from desaga.organisations.states import Role

from .conftest import PHONE


def test_an_officer_settles_mail_in_doubt(page, sign_in, check_page, member, organisation):
    for _ in range(2):
        make_doubtful_mail(organisation)
    sign_in(page, member(Role.PROJECT_OFFICER))
    page.goto(f"/o/{organisation.slug}/units/")
    page.get_by_role("navigation", name="Organisation").get_by_role("link", name="Mail").click()
    check_page(page)
    page.get_by_role("link", name="It arrived").first.click()
    check_page(page)
    page.get_by_role("button", name="It arrived").click()
    page.get_by_text("Counted as sent").wait_for()
    page.get_by_role("link", name="Send again").click()
    page.get_by_role("button", name="Send it again").click()
    page.get_by_text("No mail is in doubt").wait_for()
    check_page(page)


def test_mail_in_doubt_fits_a_telephone(open_page, sign_in, check_page, member, organisation):
    make_doubtful_mail(organisation)
    phone = open_page(viewport=PHONE)
    sign_in(phone, member(Role.LEAD))
    phone.goto(f"/o/{organisation.slug}/mail/")
    check_page(phone)
