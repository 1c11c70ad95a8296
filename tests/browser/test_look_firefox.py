"""The look in Firefox, where it is not that of Chromium by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.firefox import Firefox, find_firefox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with Firefox(find_firefox(), tmp_path_factory.mktemp("profile")) as started:
        started.resize(1280, 900)
        yield started


@pytest.mark.parametrize("path", ["index.html", "all.html", "toolkit/index.html"])
def test_tags_that_fit_in_a_line_stand_in_one(firefox: Firefox, built: Path, path: str) -> None:
    firefox.show(built / path)
    tags = "[...document.querySelectorAll('.entry .tags')]"
    heights = firefox.run(f"{tags}.map((each) => each.clientHeight)")
    assert heights
    assert max(heights) < 30
