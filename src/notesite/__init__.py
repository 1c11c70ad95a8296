"""notesite: a static site generator for mathematics and machine-learning notes."""

__version__ = "0.1.0"
