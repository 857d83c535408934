"""Links of a site: what is refused when it is written, and what is told when it leads nowhere."""

from __future__ import annotations

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from desaga.federation.fetching import BadAddress, refuse_inside
from desaga.tenancy.context import within

from ..blocks import BodyBlock
from ..linking.addresses import Written, fault_of, links_in
from ..linking.asking import MOST_HOPS, THERE, Asker, Heard
from ..models import LinkCheck, LostLink
from ..operations.links import check_site
from ..reach import reach_everything
from ..tasks import check_links_everywhere
from ..waiting import website_waiting
from .factories import make_page, make_site

LINKS = "/o/ashlar/website/links/"
LOST = Heard("lost", "There is no such page any more.")


# ---- What is an address


@pytest.mark.parametrize(
    "address",
    ["https://www.stem.org.uk/a?b=c#d", "http://localhost", "/technicians/", "#below", "mailto:ada@quill.example", "mailto:a@b.example,c@d.example?subject=x",
     "tel:+44 20 7946 0000", "https://münchen.example/ä", "https://192.0.2.1/"],
)  # fmt: skip
def test_what_somebody_might_follow_is_an_address(address):
    assert fault_of(address) == ""


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://", "names no server"),
        ("https:///page", "names no server"),
        ("https://stem", "names no server"),
        ("https://[::1", "is not an address"),
        ("www.stem.org.uk", "Write https:// in front"),
        ("//stem.org.uk", "Write https:// in front"),
        ("mailto:", "names nobody to write to"),
        ("mailto:ada", "names nobody to write to"),
        ("tel:ask", "no telephone number"),
        ("javascript:alert(1)", "Links begin with https://"),
        ("JavaScript:alert(1)", "Links begin with https://"),
        ("data:text/html,x", "Links begin with https://"),
        ("https://ada:secret@quill.example", "name or password"),
    ],
)
def test_what_nobody_could_follow_says_why(address, said):
    assert said in fault_of(address)


def test_links_of_a_text_are_read_with_their_words():
    text = '<p>See <a href="https://a.example/">the <b>first</b>\n page</a>, <a linktype="page" id="7">ours</a>, <a linktype="document" id="x">file</a>, <a>none</a>.</p>'
    assert links_in(text) == [
        Written("the first page", address="https://a.example/"),
        Written("ours", kind="page", number=7),
        Written("file", kind="document"),
    ]


def text_block(href: str) -> Any:
    body = BodyBlock()
    return body, body.to_python([{"type": "text", "value": f'<p><a href="{href}">Read on</a></p>'}])


@pytest.mark.parametrize("href", ["javascript:alert(1)", "http://", "mailto:"])
def test_an_address_that_is_none_is_refused_when_it_is_saved(href):
    body, value = text_block(href)
    with pytest.raises(ValidationError) as refused:
        body.clean(value)
    assert refused.value.as_json_data()["blockErrors"][0]["messages"][0] == fault_of(href)


def test_an_address_outside_stops_no_publishing():
    body, value = text_block("https://gone.example/")
    assert body.clean(value)[0].value.source == '<p><a href="https://gone.example/">Read on</a></p>'


# ---- Asking politely


class Server(BaseHTTPRequestHandler):
    """Answers by the path: `/200`, `/404`, `/to/3` leads on three times, `/get-only` knows no HEAD."""

    def answer(self) -> None:
        self.server.heard.append((self.command, self.path))
        name = self.path.strip("/")
        if name.startswith("to/"):
            left = int(name[3:])
            self.send_response(302)
            self.send_header("Location", f"/to/{left - 1}" if left else "/200")
        elif name == "inside":
            self.send_response(301)
            self.send_header("Location", "http://169.254.169.254/latest/")
        elif name == "get-only":
            self.send_response(200 if self.command == "GET" else 405)
        else:
            self.send_response(int(name))
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET = answer

    def log_message(self, *args: Any) -> None: ...


@pytest.fixture
def server():
    found = HTTPServer(("127.0.0.1", 0), Server)
    found.heard = []
    thread = threading.Thread(target=found.serve_forever, daemon=True)
    thread.start()
    yield found
    found.shutdown()
    found.server_close()
    thread.join()


def only_this_machine(host: str, port: int) -> list[str]:
    """As `refuse_inside`, but a server of the test counts as outside."""
    return ["127.0.0.1"] if host == "www.example.org" else refuse_inside(host, port)


@pytest.fixture
def asker():
    return Asker(resolve=only_this_machine, wait=lambda seconds: None)


@pytest.mark.parametrize(
    ("path", "state", "asked"),
    [
        ("200", "there", ["HEAD"]),
        ("get-only", "there", ["HEAD", "GET"]),
        ("404", "lost", ["HEAD", "GET"]),
        ("410", "lost", ["HEAD", "GET"]),
        ("500", "lost", ["HEAD", "GET"]),
        ("403", "unchecked", ["HEAD", "GET"]),
        ("429", "unchecked", ["HEAD"]),
        (f"to/{MOST_HOPS - 1}", "there", ["HEAD"] * (MOST_HOPS + 1)),
        (f"to/{MOST_HOPS}", "lost", ["HEAD"] * (MOST_HOPS + 1)),
        ("inside", "lost", ["HEAD"]),
    ],
)
def test_a_server_is_asked_shortly_first_and_believed(server, asker, path, state, asked):
    assert asker.ask(f"http://www.example.org:{server.server_port}/{path}").state == state
    assert [command for command, _ in server.heard] == asked


@pytest.mark.parametrize("host", ["127.0.0.1", "169.254.169.254", "10.0.0.1", "localhost", "[::1]", "0.0.0.0"])
def test_nothing_inside_is_ever_asked(server, host):
    heard = Asker(wait=lambda seconds: None).ask(f"http://{host}:{server.server_port}/200")
    assert (heard, server.heard) == (Heard("lost", "It leads to a server that not everybody can reach."), [])
    with pytest.raises(BadAddress):
        refuse_inside(host.strip("[]"), 80)


def test_a_server_is_asked_once_a_second():
    clock, waited = [100.0], []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        clock[0] += seconds

    asker = Asker(resolve=only_this_machine, wait=wait, now=lambda: clock[0])
    for host in ("a.example", "b.example", "a.example", "a.example"):
        asker.be_patient(host)
    assert waited == [1.0, 1.0]


# ---- What editors are told


@pytest.fixture
def ashlar(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_site("Ashlar", "ashlar")


def linked(*targets: str) -> list[Any]:
    links = "".join(f"<a {target}>Read on</a>" for target in targets)
    return [{"type": "text", "value": f"<p>{links}</p>"}]


def page_with(home: Any, title: str, *targets: str, live: bool = True) -> Any:
    from ..models import StandardPage

    body = StandardPage._meta.get_field("body").stream_block.to_python(linked(*targets))
    return make_page(home, title, live=live, body=body)


def told(home: Any) -> list[tuple[str, str, str, int]]:
    with within(home.belongs_to):
        return [(one.page_title, one.address, one.state, one.times) for one in LostLink.objects.all()]


def test_links_to_pages_and_files_that_are_gone_are_told_at_once_drafts_too(ashlar, client_of):
    draft = page_with(ashlar, "Not yet", live=False)
    page_with(ashlar, "Workshop", f'linktype="page" id="{ashlar.pk}"', f'linktype="page" id="{draft.pk}"', 'linktype="page" id="99999"', 'linktype="document" id="99999"',
              'href="/technicians/ashlar/stories/"', 'href="/technicians/ashlar/nothing/"', 'href="mailto:ada@quill.example"')  # fmt: skip
    page_with(ashlar, "Written later", 'linktype="page" id="88888"', live=False)
    check_site(ashlar.belongs_to, ask=lambda address: pytest.fail(f"{address} was asked"))
    assert told(ashlar) == [
        ("Workshop", f"page {draft.pk}", "lost", 1),
        ("Workshop", "page 99999", "lost", 1),
        ("Workshop", "document 99999", "lost", 1),
        ("Workshop", "/technicians/ashlar/nothing/", "lost", 1),
        ("Written later", "page 88888", "lost", 1),
    ]
    page = client_of(ashlar.editor).get(LINKS).text
    assert ("The page is not published." in page, "The file is gone." in page, "Last looked at on" in page) == (
        True,
        True,
        True,
    )


def test_a_page_outside_is_told_once_it_was_lost_twice_and_forgotten_when_it_is_back(ashlar, client_of):
    page_with(
        ashlar,
        "Workshop",
        'href="https://gone.example/"',
        'href="https://shy.example/"',
        'href="https://there.example/"',
    )
    answers = {
        "https://gone.example/": LOST,
        "https://shy.example/": Heard("unchecked", "The server does not let programs look."),
        "https://there.example/": THERE,
    }
    first, client = timezone.now() - timedelta(days=1), client_of(ashlar.editor)
    check_site(ashlar.belongs_to, ask=answers.__getitem__, now=first)
    page = client.get(LINKS).text
    assert ("gone.example" in page, "shy.example" in page, "there.example" in page) == (False, True, False)
    check_site(ashlar.belongs_to, ask=answers.__getitem__)
    assert "gone.example" in client.get(LINKS).text
    with within(ashlar.belongs_to):
        assert LostLink.objects.get(address="https://gone.example/").since == first
    with within(ashlar.belongs_to, user=ashlar.editor):
        waiting = [(one.verb, one.thing) for one in website_waiting(ashlar.editor, ashlar.belongs_to)]
    assert waiting == [("Mend", "1 link of your site that leads nowhere")]
    check_site(ashlar.belongs_to, ask=lambda address: THERE)
    assert told(ashlar) == []


def test_where_nobody_answers_it_is_our_own_line(ashlar):
    page_with(ashlar, "Workshop", *(f'href="https://{name}.example/"' for name in "abc"))
    check_site(ashlar.belongs_to, ask=lambda address: LOST)
    assert {state for _, _, state, _ in told(ashlar)} == {"unchecked"}


def test_an_editor_has_them_looked_at_and_reads_no_others(ashlar, client_of):
    bramley = make_site("Bramley", "bramley")
    page_with(bramley, "Orchard", 'linktype="page" id="99999"')
    check_site(bramley.belongs_to)
    client = client_of(ashlar.editor)
    assert "They were not looked at yet." in client.get(LINKS).text
    assert "They are looked at now." in client.post(f"{LINKS}check/", follow=True).text
    assert ("Orchard" in client.get(LINKS).text, told(ashlar), len(told(bramley))) == (False, [], 1)


def test_every_night_each_site_is_looked_at(ashlar):
    from procrastinate.contrib.django.models import ProcrastinateJob

    check_links_everywhere(timestamp=0)
    jobs = ProcrastinateJob.objects.filter(task_name="desaga.website.tasks.check_links")
    assert [one.args["organisation_id"] for one in jobs] == [ashlar.belongs_to.pk]
    with reach_everything(), within(ashlar.belongs_to):
        assert LinkCheck.objects.count() == 0
