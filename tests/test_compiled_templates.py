"""Compiled templates are kept: the theme's once for all sites, a site's with the site."""

from __future__ import annotations

import py_compile
import sys
from importlib.util import cache_from_source
from pathlib import Path

import pytest
from jinja2 import Environment

from notesite.cache import Store
from notesite.rendering import compiled
from notesite.rendering.environment import build_environment


@pytest.fixture
def prefix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where Python, and so the theme's templates, keep what is compiled."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "compiled"))
    return tmp_path / "compiled"


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the templates that are compiled, one after the other."""
    names: list[str] = []
    compile_template = Environment.compile

    def counted(self: Environment, source: str, name: str, *rest: object) -> object:
        names.append(name)
        return compile_template(self, source, name, *rest)  # type: ignore[call-overload]

    monkeypatch.setattr(Environment, "compile", counted)
    return names


def kept_files(prefix: Path) -> list[Path]:
    """The file of the theme's templates; Python may keep modules of its own there meanwhile."""
    return sorted(prefix.rglob("theme_templates.*"))


def test_the_theme_is_compiled_once_for_all_sites(prefix: Path, compilations: list[str]) -> None:
    for _ in range(2):
        build_environment(None).get_template("tag.html")
    assert compilations == ["tag.html"]
    assert len(kept_files(prefix)) == 1


def test_what_is_kept_lies_where_the_compiled_form_of_one_of_our_modules_would(
    prefix: Path,
) -> None:
    # Whoever removes a package removes that, and nothing else of the folder.
    build_environment(None).get_template("tag.html")
    build_environment(None).get_template("404.html")
    module = Path(compiled.__file__).with_name("theme_templates.py")
    assert module.exists()
    assert kept_files(prefix) == [Path(cache_from_source(str(module)))]


def test_a_later_template_is_kept_with_those_of_another_process(
    prefix: Path, compilations: list[str]
) -> None:
    first, second = build_environment(None), build_environment(None)
    first.get_template("tag.html")
    second.get_template("404.html")
    for name in ("tag.html", "404.html"):
        build_environment(None).get_template(name)
    assert sorted(set(compilations)) == sorted(compilations)


def test_the_compiled_form_of_the_module_itself_is_no_template(
    prefix: Path, compilations: list[str]
) -> None:
    # As installers compile every module.
    py_compile.compile(str(Path(compiled.__file__).with_name("theme_templates.py")))
    assert len(kept_files(prefix)) == 1
    for _ in range(2):
        build_environment(None).get_template("tag.html")
    assert compilations == ["tag.html"]


def test_the_template_of_a_site_is_kept_in_its_cache_alone(
    prefix: Path, compilations: list[str], tmp_path: Path
) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "tag.html").write_text("{% extends 'theme/tag.html' %}", encoding="utf-8")
    store = Store(tmp_path / "cache.sqlite")
    for _ in range(2):
        environment = build_environment(templates, store)
        environment.get_template("tag.html")
        environment.get_template("theme/tag.html")
    store.close()
    assert compilations == ["tag.html", "tag.html"], "one of the site's and one of the theme's"
    assert len(kept_files(prefix)) == 1


@pytest.mark.parametrize(
    "damage",
    [lambda kept: b"", lambda kept: kept[:-9], lambda kept: kept[:-9] + b"\xff" + kept[-8:]],
)
def test_what_is_damaged_is_compiled_again(
    prefix: Path, compilations: list[str], damage: object
) -> None:
    build_environment(None).get_template("tag.html")
    file = kept_files(prefix)[0]
    whole = file.read_bytes()
    file.write_bytes(damage(whole))  # type: ignore[operator]
    build_environment(None).get_template("tag.html")
    assert compilations == ["tag.html", "tag.html"]
    assert file.read_bytes() == whole


def test_another_notesite_compiles_its_own(
    prefix: Path, compilations: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    build_environment(None).get_template("tag.html")
    monkeypatch.setattr(compiled, "code_version", lambda: "another")
    build_environment(None).get_template("tag.html")
    assert len(compilations) == 2
    assert len(kept_files(prefix)) == 1


def test_a_folder_that_cannot_be_written_is_done_without(
    prefix: Path, compilations: list[str]
) -> None:
    prefix.write_text("a file where a folder should be", encoding="utf-8")
    for _ in range(2):
        build_environment(None).get_template("tag.html")
    assert len(compilations) == 2


def test_whoever_forbids_compiled_modules_forbids_these_too(
    prefix: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    build_environment(None).get_template("tag.html")
    assert not prefix.exists()


def test_where_our_folder_cannot_be_written_to_the_site_keeps_the_themes(
    prefix: Path, compilations: list[str], tmp_path: Path
) -> None:
    prefix.write_text("a file where a folder should be", encoding="utf-8")
    store = Store(tmp_path / "cache.sqlite")
    for _ in range(2):
        build_environment(None, store).get_template("tag.html")
    store.close()
    assert compilations == ["tag.html"]
