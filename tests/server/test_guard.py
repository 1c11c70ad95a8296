"""Which requests are answered."""

import pytest
from starlette.responses import PlainTextResponse

from notesite.server.guard import Guard
from tests.server.asking import ask


def status(target="/", listening_at="127.0.0.1", **headers):
    return ask(Guard(PlainTextResponse("page"), listening_at), target, **headers).status


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "localhost:8000", "LOCALHOST", "[::1]:1234", "[::1]", "127.0.0.1"]
)
def test_the_machines_own_names_are_answered(host):
    assert status(host=host) == 200


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "evil.example:8000",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "192.168.1.5:8000",
        "localhost:8000@evil.example",
        "localhost, evil.example",
        "[localhost]",
        "localhost:",
        "127.0.0.1:8000/",
    ],
)
def test_other_names_are_not(host):
    assert status(host=host) == 421


def test_the_chosen_name_is_answered():
    assert status(listening_at="notes.local", host="notes.local:8000") == 200
    assert status(listening_at="192.168.1.5", host="192.168.1.5:8000") == 200
    assert status(listening_at="notes.local", host="other.local:8000") == 421


def test_a_server_at_every_address_answers_to_addresses_but_not_to_names():
    assert status(listening_at="0.0.0.0", host="192.168.1.5:8000") == 200
    assert status(listening_at="::", host="[fe80::1]:8000") == 200
    assert status(listening_at="0.0.0.0", host="evil.example:8000") == 421


@pytest.mark.parametrize("target", ["/", "/_notesite/events", "/_notesite/reload.js"])
class TestOrigin:
    def test_the_preview_itself_may_ask(self, target):
        assert status(target, origin="http://127.0.0.1:8000", sec_fetch_site="same-origin") == 200

    @pytest.mark.parametrize(
        "origin",
        ["https://evil.example", "null", "http://localhost:8000", "http://127.0.0.1:3000",
         "https://127.0.0.1:8000"],
    )  # fmt: skip
    def test_pages_of_other_origins_may_not(self, target, origin):
        assert status(target, origin=origin) == 403

    @pytest.mark.parametrize("site", ["cross-site", "same-site"])
    def test_other_sites_may_load_nothing(self, target, site):
        assert status(target, sec_fetch_site=site, sec_fetch_mode="no-cors") == 403


def test_a_link_on_another_site_may_be_followed_to_a_page_only():
    followed = {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"}
    assert status("/alpha", **followed) == 200
    assert status("/_notesite/events", **followed) == 403


def test_no_answer_may_be_read_elsewhere_or_taken_for_another_type():
    answer = ask(Guard(PlainTextResponse("page"), "127.0.0.1"), "/")
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-cache"
