"""Commutative diagrams, drawn when the site is built: amscd's `CD` and TikZ's `tikzcd`.

Source to picture: `environment` takes the raw TeX, `cd` and `tikzcd` make a `Diagram` of it, its
objects and labels go through the engine like any formula, `measuring` says how large they are,
`layout` and `geometry` where everything goes, and `svg` draws it.
"""
