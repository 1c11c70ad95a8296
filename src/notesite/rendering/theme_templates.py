"""Nothing: what is compiled of the theme's templates is kept in the place of this (see `compiled`).

Nobody imports it. It is there for its compiled form, which goes with it when notesite is removed.
"""
