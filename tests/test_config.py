"""notesite.toml: what is understood, and what is said of the rest."""

from __future__ import annotations

import time

import pytest

from notesite.config import Config, find_config, parse_config
from notesite.diagnostics import CATALOGUE, Severity


def test_empty_file_means_the_defaults() -> None:
    assert parse_config("") == (Config(), ())


def test_sections_groups_and_folders_are_read() -> None:
    config, problems = parse_config(
        '[[sections]]\nid = "a"\n[[sections.groups]]\nid = "g"\n'
        '[[folders]]\npath = "x/**"\nsection = "a"\n'
    )
    assert problems == ()
    assert config.sections[0].groups[0].id == "g"
    assert config.folders[0].path == "x/**"


def test_macros_are_texts_or_tables() -> None:
    config, problems = parse_config(
        "[math.macros]\nR = '\\mathbb{R}'\nip = { body = '(#1|#2)', args = 2 }\n"
    )
    assert problems == ()
    assert set(config.math.macros) == {"R", "ip"}
    assert config.macro_places["R"].start.line == 2


@pytest.mark.parametrize(
    ("text", "code", "place", "says"),
    [
        ("[site]\ntitel = 'x'\n", "config-unknown-key", (2, 1), "did you mean 'title'?"),
        ("[site]\n\noutput = 3\n", "config-value", (3, 1), "must be a string"),
        ("[site]\nignore = 'x'\n", "config-value", (2, 1), "must be a list"),
        ("[site]\nignore = [1]\n", "config-value", (2, 1), "must be a string"),
        ("[sit]\n", "config-unknown-key", (1, 2), "did you mean 'site'?"),
        ("sections = 3\n", "config-value", (1, 1), "must be a list"),
        ("[[sections]]\ntitle='x'\n", "config-value", (1, 3), "'id' is missing"),
        ("[[sections]]\nid='a'\n[[sections]]\nid='a'\n", "config-value", (4, 1), "two sections"),
        ("[[sections]]\nid='a'\nparent='b'\n", "config-value", (3, 1), "no section 'b'"),
        ("[[sections]]\nid='a'\norder='z'\n", "config-value", (3, 1), "newest, oldest or title"),
        ("[[folders]]\npath='x'\nsection='a'\n", "config-value", (3, 1), "no section 'a'"),
        ("[diagnostics]\nlink-not-fond='off'\n", "config-value", (2, 1), "'link-not-found'"),
        ("[diagnostics]\nlink-not-found='no'\n", "config-value", (2, 1), "is no severity"),
        ("[site]\nbase_url='http://['\n", "config-value", (2, 1), "'base_url' is no address"),
        ('[site]\nsource="a\\u0000"\n', "config-value", (2, 1), "no path can hold"),
        (f"[site]\nstatic='{'x' * 300}'\n", "config-value", (2, 1), "more than 255 bytes"),
        ("[[sections]]\nid=''\n", "config-value", (1, 3), "'id' is missing"),
        ("[citations]\nbibliography=['a\\n', \"\\u0000\"]\n", "config-value", (2, 1), "no path"),
        ("[site]\nbase_url='a.b'\n", "config-value", (2, 1), "must start with https://"),
        ("[site]\nbase_url='https:///a'\n", "config-value", (2, 1), "names no host"),
        ("[site]\nbase_url='https://a.b/?x'\n", "config-value", (2, 1), "ends with the path"),
        ("[site\n", "config-syntax", (1, 6), "expected"),
        ("[math.macros]\nR = 3\n", "config-value", (2, 1), "must be a string"),
    ],
)
def test_faults_are_placed(text: str, code: str, place: tuple[int, int], says: str) -> None:
    (problem,) = parse_config(text)[1]
    assert problem.code == code
    assert problem.span is not None
    assert (problem.span.start.line, problem.span.start.column) == place
    assert says.lower() in " ".join([problem.message, *problem.hints]).lower()


def test_all_faults_are_named_in_one_run() -> None:
    assert len(parse_config("[site]\na=1\nb=2\ntitle=3\n")[1]) == 3


def test_severities() -> None:
    config, _ = parse_config("[diagnostics]\nlink-not-found='error'\nmath-price='off'\n")
    assert config.severities() == {"link-not-found": Severity.ERROR, "math-price": None}


def test_config_is_found_in_folders_above(tmp_path) -> None:
    (tmp_path / "notesite.toml").touch()
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert find_config(tmp_path / "a" / "b") == tmp_path / "notesite.toml"


def test_every_code_is_explained() -> None:
    assert all(text.endswith(".") for _, text in CATALOGUE.values())


def test_lists_nested_beyond_what_can_be_read_are_told_of() -> None:
    _, (problem,) = parse_config("x = " + "[" * 5_000)
    assert problem.code == "config-syntax"
    assert "too deeply" in problem.message


def test_thousands_of_keys_are_found_in_one_reading() -> None:
    macros = "".join(f"m{number} = 'x'\n" for number in range(1500))
    begin = time.process_time()
    config, _ = parse_config(f"[math.macros]\n{macros}")
    assert time.process_time() - begin < 2
    assert config.macro_places["m1499"].start.line == 1501
