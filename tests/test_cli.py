"""The command line: exit statuses, what is printed where, formats."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from notesite import __version__
from notesite.cli import main
from tests.conftest import SiteMaker


@pytest.fixture
def in_site(site: SiteMaker, monkeypatch):
    monkeypatch.chdir(site.root)
    monkeypatch.setenv("NO_COLOR", "1")
    return site


def test_build_says_what_it_did(in_site: SiteMaker, capsys) -> None:
    in_site.note("a", "x $y$")
    assert main(["build"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("1 note, 1 formula: ")
    assert "written, 0 unchanged" in out
    assert err == ""


def test_build_with_errors_shows_them_with_a_caret(in_site: SiteMaker, capsys) -> None:
    in_site.note("a", "Let $\\alhpa$ be.")
    assert main(["build"]) == 1
    out, err = capsys.readouterr()
    assert "1 error" in out
    assert err.startswith("notes/a.md:1:6: error[math-unknown-command]: ")
    assert "  1 | Let $\\alhpa$ be.\n    |      ^^^^^^\n" in err
    assert "hint: did you mean '\\alpha'?" in err
    assert "nothing was published because of 1 error; '--keep-going' publishes" in err


def test_quiet_says_nothing_but_errors(in_site: SiteMaker, capsys) -> None:
    in_site.note("a", "[[gone]]")
    assert main(["build", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


def test_verbose_names_files_and_hints(in_site: SiteMaker, capsys) -> None:
    in_site.note("a", "$5 is what and 10$ too")
    assert main(["build", "--verbose"]) == 0
    out, err = capsys.readouterr()
    assert "wrote a.html" in out
    assert "hint[math-price]" in err


def test_very_many_warnings_of_one_kind_are_counted(in_site: SiteMaker, capsys) -> None:
    """A vault has hundreds of links to notes still to be written; what else is wrong is seen."""
    in_site.note("a", "\n\n".join(f"[[gone {number}]]" for number in range(30)))
    in_site.note("b", "![](gone.png)" + "\n\n$\\nosuch$" * 25)
    assert main(["build"]) == 1
    said = capsys.readouterr().err
    assert said.count("warning[link-not-found]: no note") == 10
    assert "… and 20 more of warning[link-not-found]; 'notesite check' lists them all\n" in said
    assert said.count("error[math-unknown-command]") == 25
    assert said.count("[file-not-found]") == 1
    for arguments in (["build", "--verbose"], ["check"]):
        main(arguments)
        assert capsys.readouterr().err.count("warning[link-not-found]") == 30


def test_keep_going_succeeds_with_the_count(in_site: SiteMaker, capsys) -> None:
    in_site.note("a", "$\\nosuch$")
    assert main(["build", "--keep-going"]) == 0
    assert "1 error" in capsys.readouterr().out


def test_check_as_json(in_site: SiteMaker, capsys) -> None:
    in_site.note("a", "text\n[[gone]]")
    assert main(["check", "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["errors"], report["warnings"]) == (0, 1)
    assert report["diagnostics"] == [
        {
            "severity": "warning", "code": "link-not-found", "message": "no note 'gone'",
            "path": "notes/a.md", "line": 2, "column": 1, "end": {"line": 2, "column": 9},
            "hints": [], "related": [],
        }
    ]  # fmt: skip
    assert not (in_site.root / "output").exists()


def test_check_for_github(in_site: SiteMaker, capsys) -> None:
    in_site.note("a, b", "[[gone]]")
    assert main(["check", "--format", "github", "--strict"]) == 1
    assert capsys.readouterr().out == (
        "::error file=notes/a%2C b.md,title=link-not-found,line=1,col=1,endLine=1,endColumn=9"
        "::no note 'gone'\n"
    )


def test_check_shows_hints(in_site: SiteMaker, capsys) -> None:
    in_site.note("a", "$5 is what and 10$ too")
    assert main(["check"]) == 0
    assert "hint[math-price]" in capsys.readouterr().err


def test_source_output_and_config_options(in_site: SiteMaker, capsys) -> None:
    in_site.write("other/x.md", "x")
    in_site.write("other.toml", "[site]\ntitle='Other'\ngit_dates=false\n")
    arguments = ["build", "--source", "other", "--output", "there", "--config", "other.toml"]
    assert main(arguments) == 0
    assert "<h1>Other</h1>" in (in_site.root / "there/index.html").read_text()
    assert (in_site.root / "there/x.html").is_file()
    capsys.readouterr()


def test_missing_config_file_is_reported(in_site: SiteMaker, capsys) -> None:
    assert main(["build", "--config", "gone.toml"]) == 1
    assert "gone.toml" in capsys.readouterr().err


def test_long_lines_are_cut_around_the_caret(in_site: SiteMaker, capsys) -> None:
    in_site.note("a", "word " * 100 + "[[gone]] " + "word " * 100)
    main(["build"])
    excerpt = [line for line in capsys.readouterr().err.splitlines() if "|" in line]
    assert all(len(line) < 140 for line in excerpt)
    assert excerpt[0].index("[[gone]]") == excerpt[1].index("^^^^^^^^")


@pytest.mark.parametrize(
    ("before", "caret"),
    [
        ("word ", 5),
        ("漢字 ", 5),
        ("e\u0301 ", 2),
        ("\t- 😀 ", 6),
        ("ｆｕｌｌ ", 9),
        ("漢字" * 100 + " ", 60),
    ],
)
def test_the_caret_stands_below_what_is_meant(
    in_site: SiteMaker, capsys, before: str, caret: int
) -> None:
    in_site.note("a", f"a\n\n1. b\n{before}[[gone]] {'漢' * 200}")
    main(["build"])
    line, carets = (each for each in capsys.readouterr().err.splitlines() if "|" in each)
    assert carets.partition("| ")[2] == " " * caret + "^^^^^^^^"
    assert "[[gone]]" in line
    assert len(line) < 90


def test_a_note_sends_the_terminal_no_escape_sequences(in_site: SiteMaker, capsys) -> None:
    in_site.note("a", "\x1b[2J $a\x1b$ [[go\x1bne]]")
    assert main(["build"]) == 1
    said = capsys.readouterr().err
    assert "\ufffd[2J $a\ufffd$" in said
    assert "\x1b" not in said


@pytest.mark.parametrize("arguments", [[], ["nosuch"], ["build", "--nosuch"], ["new"]])
def test_senseless_commands_exit_with_2(arguments: list[str], capsys) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage: notesite" in capsys.readouterr().err


def test_help_names_every_command(capsys) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    out = capsys.readouterr().out
    assert all(f"notesite {name}" in out for name in ("new", "serve", "build", "check", "new-note"))


def test_version_imports_nothing_slow() -> None:
    code = "import sys; from notesite.cli import main\n"
    code += "try: main(['--version'])\nexcept SystemExit: pass\n"
    code += "print([m for m in sys.modules if m.split('.')[0] in "
    code += "('jinja2','yaml','markdown_it','pygments','math_core','latex2mathml','starlette')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == f"notesite {__version__}\n[]\n"


def test_an_address_that_is_none_is_refused_before_anything_is_built(site: SiteMaker, capsys):
    site.note("a")
    with pytest.raises(SystemExit) as stop:
        main(["build", "--source", str(site.root / "notes"), "--base-url", "ftp://a.example"])
    assert stop.value.code == 2
    assert "must start with https:// or http://" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["biuld"], "did you mean 'build'?"),
        (["build", "--strcit"], "did you mean '--strict'?"),
        (["build", "--base-ulr=https://a.org/"], "did you mean '--base-url'?"),
        (["check", "--format", "jsn"], "did you mean 'json'?"),
        (["serve", "--port", "abc"], "a port is a number from 0 to 65535"),
        (["build", "extra"], "unrecognized arguments: extra\n"),
    ],
)
def test_slips_on_the_command_line(arguments: list[str], said: str, capsys) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["build", "--source", "nowhere"], "name it with --source"),
        (["build", "--output", "/"], "name another folder with --output\n"),
        (["build", "--output", "notes"], "name another folder with --output\n"),
        (["build", "--output", "full"], "or take this one over with --force-adopt\n"),
    ],
)
def test_no_advice_that_would_not_help(
    in_site: SiteMaker, arguments: list[str], hint: str, capsys
) -> None:
    in_site.note("a", "x")
    (in_site.root / "full").mkdir()
    (in_site.root / "full" / "mine").write_text("", encoding="utf-8")
    assert main(arguments) == 1
    err = capsys.readouterr().err
    assert hint in err
    assert "keep-going" not in err


def test_an_output_that_cannot_be_written_is_not_said_to_need_but_a_word(site: SiteMaker, capsys):
    site.note("a", "[[b]]")
    command = ["build", "--source", str(site.root / "notes"), "--output", str(site.root / "output")]
    assert main(command) == 0
    site.note("b")
    site.write("output/b.html", "somebody's own")
    assert main(command) == 1
    told = capsys.readouterr().err
    assert "nothing was published because of 1 error" in told
    assert "--keep-going" not in told
