"""The version of an engine, which cached formulas depend on."""

from __future__ import annotations

from importlib.metadata import version

from notesite.math.engines.mathcore import MathCoreEngine


def test_the_version_is_the_installed_one() -> None:
    assert MathCoreEngine().version == version("math-core")
