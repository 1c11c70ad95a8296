"""`notesite new`: a site that builds without a word, where nothing was before."""

import re
import tomllib

import pytest
import yaml

from notesite.building import Builder, BuildOptions
from notesite.config import Config, load_config
from notesite.scaffold import ScaffoldError, new_site


def build(root):
    return Builder(BuildOptions(strict=True), root).build()


@pytest.fixture
def new(tmp_path):
    folder = tmp_path / "my notes"
    new_site(folder, "My notes")
    return folder


def test_a_new_site_builds_strictly_without_any_diagnostic(new):
    report = build(new)
    assert report.diagnostics == ()
    assert report.is_published
    assert report.formulas > 20


def test_a_new_site_builds_with_an_address_too(new):
    options = BuildOptions(strict=True, base_url="https://someone.github.io/notes/")
    report = Builder(options, new).build()
    assert report.diagnostics == ()
    assert {"feed.xml", "sitemap.xml"} <= set(report.written)


def test_every_section_and_group_of_a_new_site_has_a_note(new):
    config, _ = load_config(new / "notesite.toml")
    build(new)
    for section in config.sections:
        page = (new / "output" / section.id / "index.html").read_text(encoding="utf-8")
        assert "entry-title" in page, section.id
    index = (new / "output" / "index.html").read_text(encoding="utf-8")
    assert [group.title for group in config.sections[4].groups] == re.findall(
        r'class="group-title">([^<]+)<', index
    )


def test_the_samples_show_the_dialect(new):
    build(new)
    pages = "".join(path.read_text(encoding="utf-8") for path in new.glob("output/**/*.html"))
    for sign in ("eq-norm", "callout", "footnote", "code-block", "Theorem", "Proof"):
        assert sign in pages


def test_every_file_is_named_and_nothing_else_is_written(new, tmp_path):
    written = new_site(tmp_path / "other", "Other")
    there = {path for path in (tmp_path / "other").rglob("*") if path.is_file()}
    assert set(written) == there
    names = {path.relative_to(tmp_path / "other").as_posix() for path in there}
    assert {"notesite.toml", "README.md", ".gitignore", ".github/workflows/pages.yml"} <= names
    assert not [name for name in names if "dot-" in name]
    assert not [path for path in there if "SITE_TITLE" in path.read_text(encoding="utf-8")]


def test_what_is_commented_out_in_the_settings_is_the_default(new):
    file = new / "notesite.toml"
    text = file.read_text(encoding="utf-8")
    # A comment that is a key or the head of a table.
    everything = re.sub(r"^# (\[\w|[\w-]+ = )", r"\1", text, flags=re.MULTILINE)
    file.write_text(everything, encoding="utf-8")
    config, problems = load_config(file)
    assert problems == ()
    given = tomllib.loads(text)
    examples = {"ignore", "cname", "accent", "accent_dark", "hard_breaks"}
    for name in ("site", "markdown", "theme"):
        table, default = getattr(config, name), getattr(Config(), name)
        for key in tomllib.loads(everything)[name].keys() - given.get(name, {}).keys() - examples:
            assert getattr(table, key) == getattr(default, key), key


def test_the_workflow_may_do_no_more_than_it_must(new):
    workflow = yaml.safe_load((new / ".github/workflows/pages.yml").read_text(encoding="utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    jobs = workflow["jobs"]
    assert jobs["build"]["permissions"] == {"contents": "read", "pages": "read"}
    assert jobs["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    steps = jobs["build"]["steps"]
    assert steps[0]["with"]["fetch-depth"] == 0
    commands = [step["run"] for step in steps if "run" in step]
    assert commands == [
        "pip install notesite",
        'notesite build --base-url "${{ steps.pages.outputs.base_url }}/"',
    ]
    assert steps[-1]["with"]["path"] == Config().site.output


@pytest.mark.parametrize(
    "title",
    [
        'Quotes " and \\ backslashes',
        "Yes",
        "1984",
        "a: b # c",
        "*stars* & <b>tags</b>",
        "[[links]]",
        "---",
        "Analyse f\u00fcr \u6570\u5b66 \U0001f9ee",
        "two\nlines\x00\x1b[31m",
        "\u2028 \x85 \x7f",
        "{{ template }} @x",
    ],
)
def test_any_title_will_do(tmp_path, title):
    if not title.strip("\u2028 \x85\x7f"):
        with pytest.raises(ScaffoldError, match="empty"):
            new_site(tmp_path / "new", title)
        return
    new_site(tmp_path / "new", title)
    config, problems = load_config(tmp_path / "new" / "notesite.toml")
    assert problems == ()
    assert config.site.title == "".join(
        each for each in " ".join(title.split()) if each >= " " and each != "\x7f"
    )
    assert [each for each in build(tmp_path / "new").diagnostics if "link" not in each.code] == []


def test_a_title_that_is_no_text_is_refused(tmp_path):
    with pytest.raises(ScaffoldError, match="UTF-8"):
        new_site(tmp_path / "new", "bad \udcff")
    assert not (tmp_path / "new").exists()


class TestRefusals:
    def test_a_folder_that_holds_something_is_left_alone(self, tmp_path):
        (tmp_path / "mine.txt").write_text("mine")
        with pytest.raises(ScaffoldError, match=r"mine\.txt"):
            new_site(tmp_path, "Title")
        assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]

    def test_a_second_site_is_not_written_over_the_first(self, new):
        before = {path: path.read_bytes() for path in new.rglob("*") if path.is_file()}
        with pytest.raises(ScaffoldError, match="holds"):
            new_site(new, "Other")
        assert {path: path.read_bytes() for path in new.rglob("*") if path.is_file()} == before

    def test_a_file_is_no_folder(self, tmp_path):
        (tmp_path / "file").write_text("")
        with pytest.raises(ScaffoldError, match="is a file"):
            new_site(tmp_path / "file", "Title")

    def test_a_place_below_a_file_cannot_be_written(self, tmp_path):
        (tmp_path / "file").write_text("")
        with pytest.raises(ScaffoldError, match="cannot be written"):
            new_site(tmp_path / "file" / "new", "Title")

    def test_an_empty_folder_and_a_fresh_clone_are_fine(self, tmp_path):
        (tmp_path / "clone" / ".git").mkdir(parents=True)
        (tmp_path / "empty").mkdir()
        assert new_site(tmp_path / "clone", "Title")
        assert new_site(tmp_path / "empty", "Title")
