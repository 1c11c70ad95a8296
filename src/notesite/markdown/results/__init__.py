"""Results: theorems, definitions, proofs and their like, in three spellings with one output.

A fence (`fences`), a callout (`markdown.callouts`) or a heading (`headings`) becomes the tokens of
`tokens`; `reading` then numbers and labels them and tells what each is and uses.
"""
