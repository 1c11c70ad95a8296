"""Finding a port."""

import socket

import pytest

from notesite.server import listening
from notesite.server.listening import ServeError, address_of, is_open_to_others, listen


@pytest.fixture
def taken():
    """A port that something listens at."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def test_a_taken_port_that_was_asked_for_is_an_error(taken):
    with pytest.raises(ServeError, match=f"port {taken} is taken"):
        listen("127.0.0.1", taken)


def test_without_a_port_the_next_free_one_is_found(taken, monkeypatch):
    monkeypatch.setattr(listening, "DEFAULT_PORT", taken)
    with listen("127.0.0.1", None) as listener:
        assert taken < listener.getsockname()[1] < taken + 100


def test_when_no_port_is_free_the_error_says_so(taken, monkeypatch):
    monkeypatch.setattr(listening, "DEFAULT_PORT", taken)
    monkeypatch.setattr(listening, "_PORTS_TRIED", 1)
    with pytest.raises(ServeError, match="are all taken"):
        listen("127.0.0.1", None)


@pytest.mark.parametrize("host", ["no-such-host.invalid", "203.0.113.77", "a..b", "\u00e9" * 70])
def test_an_address_that_is_not_here_is_an_error(host):
    with pytest.raises(ServeError, match="address"):
        listen(host, 0)


@pytest.mark.parametrize(
    ("host", "name"),
    [("127.0.0.1", "127.0.0.1"), ("localhost", "localhost"), ("0.0.0.0", "127.0.0.1")],
)
def test_the_address_is_one_for_a_browser(host, name):
    with listen(host, 0) as listener:
        assert address_of(listener, host) == f"http://{name}:{listener.getsockname()[1]}/"


@pytest.mark.parametrize(
    ("host", "is_open"),
    [("127.0.0.1", False), ("localhost", False), ("::1", False), ("0.0.0.0", True), ("::", True)],
)
def test_whether_others_can_reach_it_is_known(host, is_open):
    assert is_open_to_others(host) is is_open
