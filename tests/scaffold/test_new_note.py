"""`notesite new-note`: front matter in the right folder, over nothing that is there."""

import datetime

import pytest

from notesite.building import Builder, BuildOptions, open_project
from notesite.frontmatter import split_front_matter
from notesite.frontmatter.reading import parse_front_matter
from notesite.scaffold import ScaffoldError, new_note, new_site

TODAY = datetime.date(2026, 3, 14)


@pytest.fixture
def root(tmp_path):
    new_site(tmp_path / "site", "Title")
    return tmp_path / "site"


def start(root, title, section=None):
    project, config, _ = open_project(BuildOptions(), root)
    return new_note(project, config, title, section, TODAY)


def read(path):
    block = split_front_matter(path.read_text(encoding="utf-8"))
    assert block
    front_matter, problems = parse_front_matter(block, path.name)
    assert problems == ()
    return front_matter


def test_a_note_begins_with_its_front_matter(root):
    path = start(root, "On compactness", "proofs")
    assert path == root / "notes" / "proofs" / "on-compactness.md"
    assert path.read_text(encoding="utf-8") == (
        "---\n"
        "title: On compactness\n"
        "section: proofs\n"
        "tags: []\n"
        'summary: ""\n'
        "date: 2026-03-14\n"
        "---\n"
        "\n"
    )


@pytest.mark.parametrize(
    ("section", "folder"),
    [
        ("deep-dives", "deep-dives"),
        ("Deep Dives", "deep-dives"),
        ("PROOFS", "proofs"),
        # The folders of its groups would give the note a group.
        ("exploratory", "exploratory"),
        # No rule names a folder.
        ("toolkit", "toolkit"),
        (None, "."),
    ],
)
def test_a_note_lies_where_its_sections_notes_are(root, section, folder):
    assert start(root, "New", section).parent == root / "notes" / folder


def test_new_notes_of_every_section_build_without_a_word(root):
    for section in ("toolkit", "deep-dives", "notes", "proofs", "exploratory", "margins", None):
        start(root, f"New in {section}", section)
    assert Builder(BuildOptions(strict=True), root).build().diagnostics == ()


@pytest.mark.parametrize(
    ("rules", "folder"),
    [
        ('[[folders]]\npath = "a/b/**"\nsection = "s"\n', "a/b"),
        ('[[folders]]\npath = "/a/*/c/**"\nsection = "s"\n', "a"),
        ('[[folders]]\npath = "a"\nsection = "s"\n', "a"),
        ('[[folders]]\npath = "a/one.md"\nsection = "s"\n', "a"),
        ('[[folders]]\npath = "**/b"\nsection = "s"\n', "s"),
        (
            '[[folders]]\npath = "x/**"\nsection = "s"\ngroup = "g"\n'
            '[[folders]]\npath = "y/**"\nsection = "s"\n',
            "y",
        ),
        (
            '[[folders]]\npath = "x/**"\nsection = "s"\ngroup = "g"\n'
            '[[folders]]\npath = "y/**"\nsection = "s"\ngroup = "h"\n',
            "s",
        ),
    ],
)
def test_the_rules_for_folders_are_read_backwards(tmp_path, rules, folder):
    text = f'[[sections]]\nid = "s"\ngroups = [{{ id = "g" }}, {{ id = "h" }}]\n{rules}'
    (tmp_path / "notesite.toml").write_text(text)
    (tmp_path / "notes").mkdir()
    assert start(tmp_path, "New", "s").parent == tmp_path / "notes" / folder


def test_a_site_without_sections_takes_any(tmp_path):
    (tmp_path / "notes").mkdir()
    path = start(tmp_path, "New", "Number Theory: a start")
    assert path == tmp_path / "notes" / "number-theory-a-start" / "new.md"
    assert read(path).section == "Number Theory: a start"


@pytest.mark.parametrize(
    "title",
    [
        "a: b",
        "# no comment",
        "'quoted' \"twice\"",
        "yes",
        "1984",
        "2026-03-14",
        "null",
        "- item",
        "{a: [b]}",
        "*anchor &and !tag",
        "back\\slash $\\alpha$",
        "---",
        "% | > @ `",
        "Gr\u00f6\u00dfe \u6570\u5b66 \U0001f9ee",
        "w" * 300,
        "many words " * 40,
    ],
)
def test_any_title_is_read_back_as_it_was(root, title):
    path = start(root, title, "notes")
    front_matter = read(path)
    assert front_matter.title == title.strip()
    assert front_matter.date == TODAY
    assert len(path.name.encode()) < 255


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Index", "index-note.md"),
        ("!!!", "note.md"),
        ("../../etc/passwd", "etc-passwd.md"),
        (".hidden", "hidden.md"),
        ("What's new?", "whats-new.md"),
    ],
)
def test_no_title_makes_a_file_that_is_not_a_note(root, title, name):
    assert start(root, title, "notes") == root / "notes" / "notes" / name


class TestRefusals:
    def test_a_note_that_is_there_stays(self, root):
        path = start(root, "Once", "proofs")
        path.write_text("mine")
        with pytest.raises(ScaffoldError, match="there already"):
            start(root, "Once!", "proofs")
        assert path.read_text() == "mine"

    def test_an_unknown_section_is_named_with_what_may_be_meant(self, root):
        with pytest.raises(ScaffoldError, match="no section 'prooofs'; did you mean 'proofs'"):
            start(root, "New", "prooofs")
        with pytest.raises(ScaffoldError, match="there are toolkit, deep-dives"):
            start(root, "New", "xyz")

    @pytest.mark.parametrize("title", ["", "  \n", "\x00"])
    def test_a_title_must_say_something(self, root, title):
        with pytest.raises(ScaffoldError, match="empty"):
            start(root, title)

    def test_no_rule_leads_out_of_the_notes(self, tmp_path):
        (tmp_path / "notesite.toml").write_text(
            '[[sections]]\nid = "s"\n[[folders]]\npath = "../out/**"\nsection = "s"\n'
        )
        (tmp_path / "notes").mkdir()
        with pytest.raises(ScaffoldError, match="outside the notes"):
            start(tmp_path, "New", "s")
        assert not (tmp_path / "out").exists()
