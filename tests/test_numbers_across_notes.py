"""`number = "referenced"`: what another note refers to has a number in its own, at every build."""

from __future__ import annotations

import re
import shutil

import pytest

from notesite.building import Builder, BuildOptions
from tests.conftest import SiteMaker, codes

CONFIG = "[site]\ngit_dates = false\n[math]\nnumber = 'referenced'\n"
EQUATIONS = (
    "# A\n\n$$\\begin{equation} a = b \\label{eq:a} \\end{equation}$$\n\n"
    "$$\\begin{equation} c = d \\label{eq:c} \\end{equation}$$\n"
)


def numbers(site: SiteMaker, page: str = "a.html") -> list[str]:
    """The numbers of a page's equations."""
    return re.findall(r'<span class="equation-number">([^<]*)</span>', site.page(page))


@pytest.mark.parametrize(
    "reference", ["\\eqref{eq:c}", "$x$ by $\\eqref{eq:c}$", "@eq:c", "[[a#eq:c]]", "[[a#eq-c|c]]"]
)
def test_an_equation_that_another_note_refers_to_has_a_number(
    site: SiteMaker, reference: str
) -> None:
    site.write("notesite.toml", CONFIG)
    site.note("a", EQUATIONS)
    site.note("b", f"# B\n\nSee {reference}.\n")
    assert codes(site.build()) == []
    assert numbers(site) == ["(1)"]
    assert 'id="eq-c"' in site.page("a.html")
    assert "a.html#eq-c" in site.page("b.html")


def test_a_link_within_the_note_counts_too(site: SiteMaker) -> None:
    site.write("notesite.toml", CONFIG)
    site.note("a", EQUATIONS + "\nSee [[#eq:c]].\n")
    assert codes(site.build()) == []
    assert numbers(site) == ["(1)"]


def test_a_note_that_has_the_name_itself_means_its_own(site: SiteMaker) -> None:
    site.write("notesite.toml", CONFIG)
    site.note("a", EQUATIONS)
    site.note("b", EQUATIONS.replace("# A", "# B") + "\nSee \\eqref{eq:c}.\n")
    assert codes(site.build()) == []
    assert numbers(site) == []
    assert numbers(site, "b.html") == ["(1)"]


def test_drafts_refer_to_nothing(site: SiteMaker) -> None:
    site.write("notesite.toml", CONFIG)
    site.note("a", EQUATIONS)
    site.write("notes/b.md", "---\ndraft: true\n---\n# B\n\nSee \\eqref{eq:c}.\n")
    site.build()
    assert numbers(site) == []


def test_numbers_come_and_go_with_the_references_as_in_a_clean_build(site: SiteMaker) -> None:
    site.write("notesite.toml", CONFIG)
    site.note("a", EQUATIONS)
    for text in ("nothing", "\\eqref{eq:c}", "\\eqref{eq:a} and \\eqref{eq:c}", "nothing"):
        site.note("b", f"# B\n\nSee {text}.\n")
        site.build()
        kept = {name: site.page(name) for name in ("a.html", "b.html")}
        shutil.rmtree(site.root / "output")
        site.build(cached=False)
        assert {name: site.page(name) for name in ("a.html", "b.html")} == kept
        assert len(numbers(site)) == text.count("eqref")


def test_one_builder_after_another_edit(site: SiteMaker) -> None:
    site.write("notesite.toml", CONFIG)
    site.note("a", EQUATIONS)
    builder = Builder(BuildOptions(index_later=True, cards=False), site.root)
    for text in ("nothing", "\\eqref{eq:c}", "\\eqref{eq:c} again", "nothing"):
        site.note("b", f"# B\n\nSee {text}.\n")
        assert codes(builder.build()) == []
        assert len(numbers(site)) == text.count("eqref")
    builder.close()
