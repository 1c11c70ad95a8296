"""What the pages of a folder show alike is made once, and each has seen what it was made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from notesite.building import Builder, BuildOptions
from notesite.rendering import sharing
from tests.conftest import SiteMaker


@pytest.fixture
def alike(site: SiteMaker) -> SiteMaker:
    """Notes that show each other as related, one of them with a summary that links to another."""
    site.note("a", "text", title="A", tags="[t]", summary="See [[b#Part]].")
    site.note("b", "## Part\n", title="B", tags="[t]")
    site.note("c", "text", title="C", tags="[t]")
    site.note("sub/d", "text", title="D", tags="[t]")
    return site


def test_a_page_names_itself_otherwise_than_its_neighbours_do(alike: SiteMaker) -> None:
    alike.build()
    assert 'See <a href="#part">' in alike.page("b.html")
    assert 'See <a href="b.html#part">' in alike.page("c.html")
    assert 'See <a href="../b.html#part">' in alike.page("sub/d.html")


def test_all_pages_follow_what_one_of_them_had_made(alike: SiteMaker) -> None:
    builder = Builder(BuildOptions(index_later=True), alike.root)
    builder.build()
    alike.note("a", "text", title="Other", tags="[t]", summary="See [[b#Part]].")
    written = builder.build().written
    assert {"b.html", "c.html", "sub/d.html"} <= set(written)


def test_no_more_is_kept_than_fits(alike: SiteMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    alike.build(output=Path("usual"), cached=False)
    monkeypatch.setattr(sharing, "MOST", 1)
    alike.build(output=Path("one"), cached=False)
    for page in ("index.html", "c.html", "sub/d.html"):
        assert (alike.root / "one" / page).read_bytes() == (
            alike.root / "usual" / page
        ).read_bytes()
