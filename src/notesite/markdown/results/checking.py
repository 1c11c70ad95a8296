"""What is amiss with results as they were written: proofs of nothing, results that say nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.diagnostics import diagnose
from notesite.markdown.places import FILE, PROBLEMS
from notesite.markdown.results.tokens import closing_index

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from markdown_it.token import Token

    from notesite.markdown.results.tokens import Written


def check_results(tokens: list[Token], env: dict[str, Any]) -> None:
    """Report proofs and solutions that belong to no result, and whatever has nothing in it.

    A note without any result may itself be what is proved, so that there it is but a hint.
    """
    code = "proof-stray" if any(map(_is_result, tokens)) else "proof-alone"
    has_result = False
    # What an unclosed fence holds is a guess.
    is_sure = all(problem.code != "fence-unclosed" for problem in env[PROBLEMS])
    for index, token in enumerate(tokens):
        has_result = has_result or _is_result(token)
        if token.type != "result_open":
            continue
        written: Written = token.meta["result"]
        if not (has_result or written.names_another or written.is_prose):
            _report_stray(code, written, env)
        if is_sure and _is_empty(tokens[index + 4 : closing_index(tokens, index)]):
            _report_empty(written, env)


def _is_result(token: Token) -> bool:
    """Whether the token opens something that may be proved, or shows it again."""
    is_opening = token.type == "result_open" and not token.meta["result"].kind.is_proof
    return is_opening or token.type == "restate"


def _report_stray(code: str, written: Written, env: dict[str, Any]) -> None:
    kind = written.kind.title.lower()
    hint = f"put it behind its result, or say whose it is: '::: {kind} {{of=thm-x}}'"
    _report(code, f"no result stands before this {kind}", written, env, hint)


def _report_empty(written: Written, env: dict[str, Any]) -> None:
    kind = written.kind.title.lower()
    if written.name and not written.kind.is_proof:
        # A callout's title may be all of a short definition, and vaults are full of those.
        hint = "what it states goes on the lines below"
        _report("result-name-only", f"this {kind} is but a name", written, env, hint)
    else:
        _report("result-empty", f"this {kind} has nothing in it", written, env)


def _is_empty(body: Sequence[Token]) -> bool:
    """Whether the tokens of a body hold neither text nor anything else to see."""
    kept = [token for token in body if token.type not in {"result_body_open", "result_body_close"}]
    return not any(
        token.content.strip() if token.type == "inline" else token.type not in _FRAMES
        for token in kept
    )


_FRAMES = frozenset({"paragraph_open", "paragraph_close", "part"})


def _report(code: str, message: str, written: Written, env: dict[str, Any], *hints: str) -> None:
    env[PROBLEMS].append(diagnose(code, message, env[FILE], written.span, hints=hints))
