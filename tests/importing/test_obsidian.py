"""A vault's own settings: what is heeded in every build, and what an import writes down."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from notesite.building import Builder, BuildOptions
from notesite.cli import main
from notesite.config import parse_config
from notesite.importing import import_site
from notesite.vault import VaultSettings, read_vault


def vault(root: Path, **files: object) -> Path:
    """A vault whose `.obsidian` holds these files, each named without `.json`."""
    for name, value in files.items():
        file = root / ".obsidian" / f"{name.replace('__', '/')}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        text = value if isinstance(value, str) else json.dumps(value)
        file.write_text(text, encoding="utf-8")
    return root


def test_settings_are_read_from_where_obsidian_keeps_them(tmp_path: Path):
    vault(
        tmp_path,
        app={"strictLineBreaks": True, "userIgnoreFilters": ["Private/", 3]},
        templates={"folder": "Meta/Templates/"},
        appearance={"accentColor": "#7c3aed"},
        **{"plugins__templater-obsidian__data": {"templates_folder": "Meta/Templater"}},
    )
    assert read_vault(tmp_path) == VaultSettings(
        is_vault=True,
        strict_line_breaks=True,
        template_folders=("Meta/Templates", "Meta/Templater"),
        excluded=("Private/",),
        accent="#7c3aed",
    )


@pytest.mark.parametrize("text", ["", "[1", "[]", '{"strictLineBreaks": "yes"}', "[" * 9000])
def test_damaged_settings_say_nothing(tmp_path: Path, text: str):
    assert read_vault(vault(tmp_path, app=text)) == VaultSettings(is_vault=True)


def test_without_a_vault_there_are_no_settings(tmp_path: Path):
    assert read_vault(tmp_path) == VaultSettings()


def page(root: Path, name: str) -> str:
    Builder(BuildOptions(), root).build()
    return (root / "output" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(("strict", "is_hard"), [(False, True), (True, False), (None, True)])
def test_line_breaks_follow_the_vault(tmp_path: Path, strict: bool | None, is_hard: bool):
    vault(tmp_path, app={} if strict is None else {"strictLineBreaks": strict})
    (tmp_path / "a.md").write_text("one\ntwo", encoding="utf-8")
    assert ("<br" in page(tmp_path, "a.html")) is is_hard


def test_line_breaks_of_what_is_no_vault_are_markdowns(tmp_path: Path):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("one\ntwo", encoding="utf-8")
    assert "<br" not in page(tmp_path, "a.html")


def test_the_configuration_has_the_last_word(tmp_path: Path):
    vault(tmp_path, app={"strictLineBreaks": False})
    (tmp_path / "a.md").write_text("one\ntwo", encoding="utf-8")
    text = '[site]\nsource = "."\n[markdown]\nhard_breaks = false\n'
    (tmp_path / "notesite.toml").write_text(text, encoding="utf-8")
    assert "<br" not in page(tmp_path, "a.html")


def test_the_folder_of_templates_is_left_out(tmp_path: Path):
    vault(tmp_path, templates={"folder": "Vorlagen"})
    for path in ("a.md", "Vorlagen/b.md", "Mehr/Vorlagen/c.md"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("Text {{date}}", encoding="utf-8")
    page(tmp_path, "a.html")
    assert not (tmp_path / "output/vorlagen/b.html").exists()
    assert (tmp_path / "output/mehr/vorlagen/c.html").exists()


def test_a_vault_becomes_a_configuration(tmp_path: Path):
    root = tmp_path / "My Vault"
    vault(
        root,
        app={"userIgnoreFilters": ["Private/", "/draft.*/", "a [b]"]},
        appearance={"accentColor": "#7c3aed"},
        publish={"excluded": ["Inbox"]},
    )
    imported = import_site("obsidian", root)
    config, problems = parse_config(imported.config)
    assert problems == ()
    assert config.site.title == "My Vault"
    assert (config.site.source, config.site.output) == (".", ".site")
    assert config.site.ignore == ("/Private", "/a ?b]", "/Inbox")
    assert config.markdown.hard_breaks is True
    assert config.theme.accent == "#7c3aed"
    # As it is it would be hard to read on dark paper.
    assert config.theme.accent_dark == "#9863f1"
    assert any("#7c3aed, made readable" in line for line in imported.understood)
    assert any("/draft.*/" in line for line in imported.left)


def test_a_folder_without_settings_is_taken_too(tmp_path: Path):
    imported = import_site("obsidian", tmp_path)
    assert any(".obsidian" in line for line in imported.left)


def test_capitals_are_no_fault_in_obsidian(tmp_path: Path):
    vault(tmp_path, app={"strictLineBreaks": True}, appearance={"accentColor": "#12"})
    (tmp_path / "Entropy.md").write_text("See [[b]].", encoding="utf-8")
    (tmp_path / "b.md").write_text("See [[entropy]].", encoding="utf-8")
    imported = import_site("obsidian", tmp_path)
    assert [line for line in imported.wrong if "accent" not in line] == []
    assert any("'#12'" in line for line in imported.wrong)


@pytest.mark.parametrize(
    ("ignore", "told"),
    [('["b"]', ["vault-excluded"]), ('["/Private"]', []), ('["Private"]', []), ('["/P*"]', [])],
)
def test_an_excluded_folder_that_is_published_is_told_of(
    tmp_path: Path, ignore: str, told: list[str]
):
    vault(tmp_path, app={"userIgnoreFilters": ["Private/", "Empty/", "/a.*/", "../x", "a.md"]})
    (tmp_path / "notesite.toml").write_text(
        f'[site]\nsource = "."\ngit_dates = false\nignore = {ignore}\n', encoding="utf-8"
    )
    (tmp_path / "Private").mkdir()
    (tmp_path / "Private" / "p.md").write_text("Mine.", encoding="utf-8")
    report = Builder(BuildOptions(), tmp_path).build()
    assert [each.code for each in report.diagnostics] == told


def test_a_vault_may_be_named_from_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    vault(tmp_path / "mine", app={})
    (tmp_path / "mine" / "a.md").write_text("Text.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["import", "obsidian", "mine", "--pages"]) == 0
    said = capsys.readouterr().out
    assert "1 note," in said
    assert "cannot be read" not in said
    workflow = (tmp_path / "mine" / ".github" / "workflows" / "pages.yml").read_text("utf-8")
    assert "--strict" not in workflow
    assert "notesite build --output _site --base-url" in workflow
    assert "path: _site" in workflow
    assert "branches: [main, master]" in workflow
    (tmp_path / "mine" / "notesite.toml").unlink()
    assert main(["import", "obsidian", "mine", "--pages"]) == 1
    assert "is there already" in capsys.readouterr().err


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    vault(tmp_path, app={})
    (tmp_path / "a.md").write_text("Text.", encoding="utf-8")
    assert main(["import", "obsidian", str(tmp_path), "--keep-urls"]) == 1
    assert "--keep-urls" in capsys.readouterr().err
    assert main(["import", "obsidian", str(tmp_path)]) == 0
    assert "1 note" in capsys.readouterr().out
    assert main(["build", "-q", "--config", str(tmp_path / "notesite.toml")]) == 0
    assert (tmp_path / ".site" / "a.html").is_file()
