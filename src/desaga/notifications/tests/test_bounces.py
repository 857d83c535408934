"""What mail servers send back, and what anybody else may send to a return address."""

from __future__ import annotations

import logging
import signal
import smtplib
import subprocess
import time

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from desaga.notifications import operations, signals
from desaga.notifications.addresses import key_in, return_address
from desaga.notifications.reports import read_report
from desaga.notifications.states import MailState

from .factories import RECIPIENT, as_kept, make_doubtful_mail, queued, unused_port
from .processes import command

KEY = "0123456789abcdef" * 2


def report(to="bounces@mail.example.ac.uk", *, action="failed", status="5.1.1", kind="delivery-status", more=""):
    """A report as Postfix writes it (RFC 3464, 2)."""
    return (
        f"Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example.org (Mail Delivery System)\r\nTo: {to}\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/report; report-type={kind};\r\n\tboundary="6A5.17"\r\n'
        "Message-Id: <20261128120000.6A5@mx.example.org>\r\n\r\n"
        "--6A5.17\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n"
        f"<{RECIPIENT}>: host mx.example.org said: 550 5.1.1 User unknown\r\n\r\n"
        "--6A5.17\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example.org\r\nArrival-Date: Sat, 28 Nov 2026 12:00:00 +0000 (UTC)\r\n\r\n"
        f"Final-Recipient: rfc822; {RECIPIENT}\r\nAction: {action}\r\nStatus: {status}\r\n"
        f"Remote-MTA: dns; mx.example.org\r\nDiagnostic-Code: smtp; 550 5.1.1 <{RECIPIENT}> User unknown\r\n{more}\r\n"
        "--6A5.17\r\nContent-Type: text/rfc822-headers\r\n\r\nSubject: A subject\r\n\r\n--6A5.17--\r\n"
    ).encode()


@pytest.fixture(autouse=True)
def return_to(settings):
    settings.MAIL_RETURN = "bounces@mail.example.ac.uk"


@pytest.fixture
def sent(db, mailroom):
    mail = queued()
    operations.deliver_mail(mail_id=mail.pk)
    return mail


def test_a_report_says_that_a_mail_came_back(sent, caplog):
    with caplog.at_level(logging.DEBUG, logger="desaga"):
        assert operations.take_bounce(report(), return_address(sent.bounce_key))
    kept = as_kept(sent)
    assert (kept.state, kept.bounce_status, kept.sent_at is not None) == (MailState.BOUNCED, "5.1.1", True)
    assert [record.getMessage() for record in caplog.records] == [f"mail {sent.pk}: reported as failed 5.1.1"]


def test_the_same_report_twice_is_one(sent):
    heard = []

    def hear(sender, **told):
        heard.append((told["mail_id"], told["status"]))

    signals.mail_bounced.connect(hear)
    try:
        taken = [operations.take_bounce(report(), return_address(sent.bounce_key)) for _ in range(2)]
    finally:
        signals.mail_bounced.disconnect(hear)
    assert (taken, heard) == ([True, False], [(sent.pk, "5.1.1")])


@pytest.mark.parametrize("line", ["To", "Delivered-To", "X-Original-To"])
def test_the_key_is_found_in_the_message_where_the_envelope_is_not_told(sent, line):
    content = report().replace(b"MIME-Version", f"{line}: <{return_address(sent.bounce_key)}>\r\nMIME-Version".encode())
    assert operations.take_bounce(content)


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_other_news_than_failure_changes_nothing(sent, action, caplog):
    with caplog.at_level(logging.INFO, logger="desaga"):
        assert not operations.take_bounce(report(action=action, status="4.4.1"), return_address(sent.bounce_key))
    assert as_kept(sent).state == MailState.SENT
    assert f"mail {sent.pk}: reported as {action}" in caplog.text


@pytest.mark.parametrize(
    ("content", "recipient"),
    [
        (b"To: bounces@mail.example.ac.uk\r\nSubject: I am away\r\n\r\nUntil Monday.", "key"),
        (report(kind="disposition-notification"), "key"),
        (report(action="invented"), "key"),
        (report(), f"bounces+{KEY}@mail.example.ac.uk"),
        (report(), "desaga@localhost"),
        (report() + b"x" * operations.LARGEST_BOUNCE, "key"),
        (b"", "key"),
    ],
)
def test_what_is_no_report_of_a_mail_of_ours_is_left_alone(sent, content, recipient):
    address = return_address(sent.bounce_key) if recipient == "key" else recipient
    assert not operations.take_bounce(content, address)
    assert as_kept(sent).state == MailState.SENT


def test_a_report_settles_a_doubt(db):
    mail = make_doubtful_mail()
    assert operations.take_bounce(report(status="4.4.7"), return_address(mail.bounce_key))
    kept = as_kept(mail)
    assert (kept.state, kept.bounce_status, kept.text) == (MailState.BOUNCED, "4.4.7", "")


def test_a_mail_that_came_back_before_it_was_to_go_again_does_not_go(db, mailroom):
    mail = make_doubtful_mail()
    operations.settle_doubtful(actor=None, mail_id=mail.pk, was_taken=False, organisation=None)
    operations.take_bounce(report(), return_address(mail.bounce_key))
    operations.deliver_mail(mail_id=mail.pk)
    assert (as_kept(mail).state, mailroom.received) == (MailState.BOUNCED, [])


@pytest.mark.parametrize(
    ("written", "status"),
    [("5.1.1", "5.1.1"), ("5.1.1 (bad mailbox)", "5.1.1"), (" 4.4.7", "4.4.7"), ("5.1", "5.0.0"), ("Ida", "5.0.0")],
)
def test_of_a_status_only_its_numbers_are_kept(written, status):
    assert read_report(report(status=written), f"b+{KEY}@x").status == status


def test_of_several_recipients_the_failed_one_counts():
    more = f"\r\nFinal-Recipient: rfc822; also-{RECIPIENT}\r\nAction: relayed\r\nStatus: 2.1.9\r\n"
    assert read_report(report(more=more), f"b+{KEY}@x").action == "failed"


@given(st.binary(max_size=400), st.integers(0, 900), st.integers(0, 900))
def test_nothing_that_is_sent_stops_the_reader(junk, start, length):
    whole = report()
    for content in (junk, whole[:start] + junk + whole[start + length :]):
        found = read_report(content, f"b+{KEY}@x")
        assert found is None or found.action in ("failed", "delayed", "delivered", "relayed", "expanded")


def test_parts_in_parts_in_parts_do_not_stop_the_reader():
    nested = b"".join(b'Content-Type: multipart/report; boundary="%d"\n\n--%d\n' % (n, n) for n in range(5000))
    assert read_report(nested, f"b+{KEY}@x") is None


@pytest.mark.parametrize(
    ("address", "key"),
    [
        (f"bounces+{KEY}@mail.example.ac.uk", KEY),
        (f"<BOUNCES+{KEY.upper()}@MAIL.EXAMPLE.AC.UK>", KEY),
        (f"bounces+{KEY}0@mail.example.ac.uk", None),
        ("bounces@mail.example.ac.uk", None),
        ("", None),
    ],
)
def test_the_key_of_an_address(address, key):
    assert key_in(address) == key


@pytest.mark.parametrize(
    ("setting", "problems"), [("", []), ("b@example.org", []), ("@x", ["desaga.E002"]), ("b@", ["desaga.E002"])]
)
def test_a_return_address_that_is_none_is_refused_at_the_start(settings, setting, problems):
    settings.MAIL_RETURN = setting
    assert [problem.id for problem in run_checks() if problem.id == "desaga.E002"] == problems


def test_a_mail_server_hands_a_report_over_in_a_pipe(sent, monkeypatch):
    class Pipe:
        class buffer:
            read = staticmethod(lambda size: report()[:size])

    monkeypatch.setattr("sys.stdin", Pipe)
    call_command("take_bounce", recipient=return_address(sent.bounce_key))
    assert as_kept(sent).state == MailState.BOUNCED


def test_a_pipe_is_told_to_come_again_while_the_database_is_away(told):
    away = told(DESAGA_ENVIRONMENT="test", DATABASE_URL="postgresql://nobody@127.0.0.1:1/nowhere")
    words = command("take_bounce", "--recipient", f"bounces+{KEY}@mail.example.ac.uk")
    done = subprocess.run(words, env=away, input=report(), capture_output=True, timeout=300)
    assert (done.returncode, done.stderr.decode().strip()) == (
        75,
        "CommandError: The database cannot be written to; try again later.",
    )


def test_a_real_report_is_delivered_to_the_running_receiver(told):
    mail, port = queued(), unused_port()
    listening = subprocess.Popen(command("receive_bounces", "--listen", f"127.0.0.1:{port}"), env=told())
    try:
        with connected(port) as server:
            refused = server.sendmail_refusal("postmaster@mail.example.ac.uk", report())
            server.sendmail("", [return_address(mail.bounce_key)], report())
            with pytest.raises(smtplib.SMTPResponseException) as too_large:
                server.sendmail("", [return_address(mail.bounce_key)], report() + b"x\r\n" * operations.LARGEST_BOUNCE)
    finally:
        listening.send_signal(signal.SIGTERM)
        ended = listening.wait(timeout=60)
    assert (refused, too_large.value.smtp_code, ended) == (550, 552, 0)
    kept = as_kept(mail)
    assert (kept.state, kept.bounce_status) == (MailState.BOUNCED, "5.1.1")


class Sender(smtplib.SMTP):
    def sendmail_refusal(self, recipient, content):
        with pytest.raises(smtplib.SMTPRecipientsRefused) as refusal:
            self.sendmail("", [recipient], content)
        return refusal.value.recipients[recipient][0]


def connected(port):
    """A conversation with the receiver, once it listens."""
    deadline = time.monotonic() + 300
    while True:
        try:
            return Sender("127.0.0.1", port, timeout=60)
        except ConnectionRefusedError:
            assert time.monotonic() < deadline, "The receiver does not listen."
            time.sleep(0.1)
