"""What listeners are told, and when."""

import asyncio
import json
from collections import Counter
from contextlib import aclosing

from notesite.building import BuildReport
from notesite.server.problems import failure

PROBLEM = failure(ValueError("</script>\r\n\u2028"))


def news(fake_site, since):
    """What a listener that saw `since` is told at once."""

    async def first():
        async with aclosing(fake_site.preview.stream(since)) as stream:
            assert await anext(stream) == "retry: 1000\n\n"
            return read(await anext(stream))

    return asyncio.run(first())


def read(event):
    name, data, *rest = event.split("\n")
    assert rest == ["", ""]
    message = json.loads(data.removeprefix("data: "))
    assert name == f"id: {message['build']}"
    return message


def test_a_fresh_page_is_told_that_nothing_is_new(fake_site):
    assert news(fake_site, "run-1") == {
        "build": "run-1", "reload": False, "changed": [], "problems": [], "saved": "",
    }  # fmt: skip


def test_a_page_is_told_what_changed_since_it_was_served(fake_site):
    fake_site.preview.take(fake_site.publish({"alpha.html": b"2"}), ())
    fake_site.preview.take(fake_site.publish({"b.html": b"1", "feed.xml": b"2"}), ())
    assert news(fake_site, "run-2")["changed"] == ["b.html", "feed.xml"]
    assert news(fake_site, "run-1")["changed"] == ["alpha.html", "b.html", "feed.xml"]
    assert news(fake_site, "run-3")["changed"] == []


def test_removed_pages_count_as_changed(fake_site):
    report = fake_site.publish({})
    fake_site.preview.take(BuildReport((), removed=("alpha.html",), is_published=True), ())
    assert report.written == ()
    assert news(fake_site, "run-1")["changed"] == ["alpha.html"]


def test_a_changed_style_sheet_or_image_reloads_every_page(fake_site):
    fake_site.preview.take(fake_site.publish({"static/css/site.css": b"2"}), ())
    assert news(fake_site, "run-1")["reload"]
    fake_site.preview.take(fake_site.publish({"alpha.html": b"2"}), ())
    assert not news(fake_site, "run-2")["reload"]


def test_what_no_page_shows_by_itself_reloads_none(fake_site):
    files = ("alpha.html.md", "pagefind/a.pf_meta", "previews/alpha.js", "cards/notes/alpha.png")
    fake_site.preview.take(fake_site.publish(dict.fromkeys(files, b"2")), ())
    assert not news(fake_site, "run-1")["reload"]


def test_a_changed_template_reloads_every_page(fake_site):
    fake_site.preview.take(fake_site.publish({"alpha.html": b"2"}), (), reload=True)
    assert news(fake_site, "run-1")["reload"]


def test_pages_of_an_earlier_preview_are_reloaded(fake_site):
    for since in ("other-1", "", "run-", "run-x", "run--1", "1"):
        assert news(fake_site, since)["reload"]


def test_a_build_that_changes_nothing_is_no_news(fake_site):
    fake_site.preview.take(BuildReport((), is_published=True), (), reload=True)
    assert fake_site.preview.build == "run-1"


def test_problems_are_told_to_late_comers_and_taken_back(fake_site):
    fake_site.preview.take(BuildReport(()), (PROBLEM,))
    assert news(fake_site, "run-1")["problems"] == [PROBLEM]
    assert news(fake_site, "run-2")["problems"] == [PROBLEM]
    fake_site.preview.take(BuildReport((), is_published=True), ())
    assert news(fake_site, "run-2")["problems"] == []


def test_a_failed_build_leaves_the_files(fake_site):
    before = fake_site.preview.files
    fake_site.preview.fail(PROBLEM)
    assert fake_site.preview.files == before
    assert "alpha.html" in before


def test_listeners_are_woken_and_skip_what_is_past(fake_site):
    async def listen():
        async with aclosing(fake_site.preview.stream("run-1")) as stream:
            await anext(stream)
            await anext(stream)
            waiting = asyncio.ensure_future(anext(stream))
            await asyncio.sleep(0)
            fake_site.preview.take(fake_site.publish({"alpha.html": b"2"}), ())
            first = read(await waiting)
            for name in "xyz":
                fake_site.preview.take(fake_site.publish({f"{name}.html": b"1"}), ())
            return first, read(await anext(stream))

    first, second = asyncio.run(listen())
    assert (first["build"], first["changed"]) == ("run-2", ["alpha.html"])
    assert (second["build"], second["changed"]) == ("run-5", ["x.html", "y.html", "z.html"])


def test_many_listeners_all_hear_and_all_end(fake_site):
    heard: Counter[str] = Counter()

    async def listen():
        async for event in fake_site.preview.stream("run-1"):
            heard[event] += 1

    async def hear(count):
        async with asyncio.timeout(10):
            while heard.total() < count:
                await asyncio.sleep(0)

    async def crowd():
        listeners = [asyncio.create_task(listen()) for _ in range(300)]
        await hear(600)
        fake_site.preview.take(fake_site.publish({"alpha.html": b"2"}), ())
        await hear(900)
        fake_site.preview.close()
        await asyncio.gather(*listeners)

    asyncio.run(crowd())
    # The advice on retrying, the state at the start, the news.
    assert list(heard.values()) == [300] * 3


def test_a_silent_stream_shows_that_it_is_alive(fake_site, monkeypatch):
    monkeypatch.setattr("notesite.server.state.HEARTBEAT", 0.001)

    async def listen():
        async with aclosing(fake_site.preview.stream("run-1")) as stream:
            return [await anext(stream) for _ in range(4)]

    assert asyncio.run(listen())[2:] == [": still here\n\n"] * 2
