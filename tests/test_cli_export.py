"""`notesite export`: which note, where to, and by what."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from notesite.cli import main
from notesite.exporting.printing import PrintError, browser
from tests.conftest import SiteMaker


@pytest.fixture
def here(site: SiteMaker, monkeypatch: pytest.MonkeyPatch) -> SiteMaker:
    site.note("folder/riesz", "Text $x$.", title="The Theorem")
    site.note("other", "Text.", title="Other")
    monkeypatch.chdir(site.root)
    return site


def without(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    for name in names:
        monkeypatch.setattr(f"notesite.cli.exporting.{name}", lambda: "")


@pytest.mark.parametrize(
    "name", ["riesz", "notes/folder/riesz.md", "folder/riesz", "The Theorem", "Riesz"]
)
def test_a_note_is_named_in_many_ways(here: SiteMaker, name: str) -> None:
    assert main(["export", name, "--no-cache"]) == 0
    latex = (here.root / "riesz.tex").read_text(encoding="utf-8")
    assert "\\title{The Theorem}" in latex
    assert "Text $x$." in latex


def test_the_file_may_be_chosen(here: SiteMaker) -> None:
    (here.root / "out").mkdir()
    assert main(["export", "riesz", "--output", "out", "--no-cache"]) == 0
    assert main(["export", "riesz", "--output", "out/paper.tex", "--no-cache"]) == 0
    names = sorted(path.name for path in (here.root / "out").iterdir())
    assert names == ["paper.tex", "riesz.tex"]


def test_nothing_is_replaced_without_force(
    here: SiteMaker, capsys: pytest.CaptureFixture[str]
) -> None:
    file = here.root / "riesz.tex"
    file.write_text("mine", encoding="utf-8")
    assert main(["export", "riesz", "--no-cache"]) == 1
    assert "is there already; --force replaces it" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == "mine"
    assert main(["export", "riesz", "--force", "--no-cache"]) == 0
    assert "mine" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["rieszz"], "no note 'rieszz'; did you mean 'riesz'?"),
        (["nothing at all"], "no note 'nothing at all'"),
        (["riesz", "--output", "no/such/a.tex"], "there is no folder"),
    ],
)
def test_mistakes(
    here: SiteMaker, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", *arguments, "--no-cache"]) == 1
    assert message in capsys.readouterr().err


def test_faults_of_the_note_are_shown(here: SiteMaker, capsys: pytest.CaptureFixture[str]) -> None:
    here.note("other", "![Web](https://example.org/a.png) and [[nowhere]]")
    assert main(["export", "other", "--no-cache"]) == 0
    said = capsys.readouterr().err
    assert "export-picture" in said
    assert "link-not-found" in said


def test_a_pdf_takes_a_program(
    here: SiteMaker, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    without(monkeypatch, "tex_engines", "browser")
    assert main(["export", "riesz", "--to", "pdf", "--no-cache"]) == 1
    assert "a PDF takes a TeX engine" in capsys.readouterr().err


def test_an_engine_that_is_not_whole_gives_way_to_the_next(
    here: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def compile_latex(folder: Path, name: str, engine: str) -> bytes:
        assert (folder / f"{name}.tex").is_file()
        if engine == "broken":
            raise PrintError("it is not whole")
        return b"%PDF-1"

    monkeypatch.setattr("notesite.cli.exporting.tex_engines", lambda: ["broken", "whole"])
    monkeypatch.setattr("notesite.cli.exporting.compile_latex", compile_latex)
    assert main(["export", "riesz", "--to", "pdf", "--no-cache"]) == 0
    assert (here.root / "riesz.pdf").read_bytes() == b"%PDF-1"
    assert not (here.root / "riesz.tex").exists()


def test_what_latex_says_is_passed_on(
    here: SiteMaker, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def compile_latex(folder: Path, name: str, engine: str) -> bytes:
        raise PrintError("Undefined control sequence (line 7 of the LaTeX file)")

    monkeypatch.setattr("notesite.cli.exporting.tex_engines", lambda: ["pdflatex"])
    monkeypatch.setattr("notesite.cli.exporting.compile_latex", compile_latex)
    assert main(["export", "riesz", "--to", "pdf", "--no-cache"]) == 1
    said = capsys.readouterr().err
    assert "pdflatex could not set the note: Undefined control sequence (line 7" in said
    assert "--to tex writes what it was given" in said


def engine_on_path(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, script: str) -> None:
    """The only program on the path is that script, called by the name of an engine."""
    folder.mkdir()
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


@pytest.mark.skipif(os.name == "nt", reason="the engine is a script of the shell")
def test_a_pdf_by_tectonic(
    here: SiteMaker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # As its manual has it: `tectonic [OPTIONS] input.tex` leaves input.pdf beside the input.
    script = """test "$1" = --keep-logs && test -f "$2" && test $# = 2 || exit 9
printf '%%PDF by tectonic' > "${2%.tex}.pdf\""""
    engine_on_path(tmp_path / "bin", monkeypatch, "tectonic", script)
    assert main(["export", "riesz", "--to", "pdf", "--no-cache"]) == 0
    assert (here.root / "riesz.pdf").read_bytes() == b"%PDF by tectonic"


@pytest.mark.skipif(os.name == "nt", reason="the engine is a script of the shell")
def test_what_tectonic_says_on_its_error_stream_is_passed_on(
    here: SiteMaker,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    script = "echo 'note: running' >&2; echo 'error: riesz.tex:7: Undefined control sequence' >&2"
    engine_on_path(tmp_path / "bin", monkeypatch, "tectonic", f"{script}; exit 1")
    monkeypatch.setattr("notesite.cli.exporting.browser", lambda: "")
    assert main(["export", "riesz", "--to", "pdf", "--no-cache"]) == 1
    said = capsys.readouterr().err
    assert "tectonic could not set the note: Undefined control sequence (line 7" in said
    assert not (here.root / "riesz.pdf").exists()


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="no pdflatex here: no PDF is made")
def test_a_pdf_by_latex(here: SiteMaker) -> None:
    assert main(["export", "riesz", "--to", "pdf", "--no-cache"]) == 0
    assert (here.root / "riesz.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.browser
@pytest.mark.skipif(not browser(), reason="no Chromium here: no page is printed")
def test_a_pdf_by_the_browser(here: SiteMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, "tex_engines")
    assert main(["export", "riesz", "--to", "pdf", "--no-cache"]) == 0
    assert (here.root / "riesz.pdf").read_bytes().startswith(b"%PDF")
    assert not (here.root / "output").exists()
