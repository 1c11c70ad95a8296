"""`python -m bench run`, `… install`, `… formulas`, `… serving`, `… corpus`."""

from __future__ import annotations

import argparse
import subprocess
import tempfile
import venv
from pathlib import Path

from bench import formulas, serving
from bench.corpus import Corpus, Shape
from bench.peers import HUGO, NOTESITE, NOTESITE_PLAIN, PACKAGES, PARTS, PEERS, TOOLS
from bench.plot import curve
from bench.report import page
from bench.running import Series, measure, measure_again

DOCS = Path(__file__).parent.parent / "docs"


def install() -> None:
    """Put the other generators into an environment of their own."""
    venv.create(TOOLS, with_pip=True)
    subprocess.run([TOOLS / "bin" / "pip", "install", "--upgrade", *PACKAGES], check=True)


def run(options: argparse.Namespace) -> None:
    """Measure all generators that are there, and write the page."""
    here = [peer for peer in PEERS if peer.executable() is not None]
    if options.only:
        here = [peer for peer in here if any(name in peer.name for name in options.only)]
    series: list[Series] = []
    with tempfile.TemporaryDirectory() as folder:
        for count in [*options.counts, *options.beyond]:
            place = Path(folder, str(count))
            late = {each.peer for each in series if not each.is_done}
            peers = [peer for peer in here if peer.name not in late]
            if count in options.beyond:
                peers = [peer for peer in peers if peer in (NOTESITE_PLAIN, PARTS, HUGO)]
            for peer in peers:
                peer.prepare(place / peer.name, count, _shape(options))
            found = measure(peers, count, place, options.rounds, options.limit)
            for peer in (NOTESITE, NOTESITE_PLAIN):
                if peer in peers:
                    found += measure_again(peer, count, place, options.rounds, options.limit)
            for each in found:
                print(_line(each), flush=True)
            series += found
    if options.write:
        missing = [peer for peer in PEERS if peer not in here]
        text = page(series, options.rounds, missing)
        (DOCS / "speed.md").write_text(text, encoding="utf-8")
        done = [each for each in series if each.kind == "cold" and each.is_done]
        (DOCS / "speed.svg").write_text(curve(done), encoding="utf-8")


def _line(series: Series) -> str:
    state = "" if series.is_done else "  not done"
    return (
        f"{series.peer:20}{series.notes:7,} {series.kind:10}"
        f"{series.seconds:9.2f} s{series.cpu:8.2f} s CPU{series.memory:7} MiB{state}"
    )


def _shape(options: argparse.Namespace) -> Shape:
    return Shape(sections=options.sections, formulas=options.formulas, links=options.links)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("install", help="fetch the other generators from PyPI")
    commands.add_parser("formulas", help="how many formulas a second are compiled")
    serving.add_options(commands.add_parser("serving", help="how soon an edit is seen"))
    running = commands.add_parser("run", help="compare whole builds and write docs/speed.md")
    running.add_argument("--counts", type=int, nargs="+", default=[10, 100, 300, 1000])
    running.add_argument(
        "--beyond", type=int, nargs="+", default=[], metavar="COUNT",
        help="sizes for notesite without search, its parts, and Hugo without formulas alone",
    )  # fmt: skip
    running.add_argument("--rounds", type=int, default=3)
    running.add_argument("--limit", type=float, default=120, help="seconds after which to give up")
    running.add_argument("--only", nargs="+", help="generators whose names hold one of these")
    running.add_argument("--no-write", dest="write", action="store_false")
    corpus = commands.add_parser("corpus", help="write notes made up by seed")
    corpus.add_argument("count", type=int)
    corpus.add_argument("folder", type=Path)
    corpus.add_argument("--seed", type=int, default=1)
    for each in (running, corpus):
        each.add_argument("--sections", type=int, default=Shape.sections, help="in a note")
        each.add_argument("--formulas", type=int, default=Shape.formulas, help="in a paragraph")
        each.add_argument("--links", type=int, default=Shape.links, help="in a paragraph")
    options = parser.parse_args()
    if options.command == "install":
        install()
    elif options.command == "formulas":
        formulas.main()
    elif options.command == "serving":
        serving.measure_edits(options)
    elif options.command == "corpus":
        Corpus(options.count, options.seed, _shape(options)).write(options.folder)
    else:
        run(options)


if __name__ == "__main__":
    main()
