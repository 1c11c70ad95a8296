"""Draw bernstein.svg: Bernstein polynomials of |x - 1/2| for degrees 4, 16 and 64.

Run with `python3 bernstein.py`; the figure is written beside this file.
"""

from math import comb
from pathlib import Path

WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 66, 690, 24, 362
Y_MAX = 0.5
CURVES = [(4, "#d55e00"), (16, "#0c8a68"), (64, "#3f86c9")]
STEPS = 200

STYLE = """
  text { font-family: serif; font-size: 16px; fill: #222; }
  .small { font-size: 14px; }
  .axis { stroke: #222; stroke-width: 1.5; fill: none; }
  .f { stroke: #222; stroke-width: 1.5; stroke-dasharray: 5 4; fill: none; }
  .curve { stroke-width: 2; fill: none; stroke-linejoin: round; }
  .i { font-style: italic; }
  @media (prefers-color-scheme: dark) {
    text { fill: #ddd; }
    .axis, .f { stroke: #ddd; }
  }
"""


def px(x):
    return LEFT + (RIGHT - LEFT) * x


def py(y):
    return BOTTOM - (BOTTOM - TOP) * y / Y_MAX


def bernstein(n, x):
    """The value at x of the Bernstein polynomial of degree n of |x - 1/2|."""
    return sum(abs(k / n - 0.5) * comb(n, k) * x**k * (1 - x) ** (n - k) for k in range(n + 1))


def main():
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' width="{WIDTH}" height="{HEIGHT}" role="img">',
        "<title>Bernstein polynomials of the distance to one half</title>",
        "<desc>The graph of |x - 1/2| is a V. The Bernstein polynomials of degrees 4, 16 and 64"
        " lie above it, meet it at 0 and 1, and have the values 0.1875, 0.0982 and 0.0497 at the"
        " corner.</desc>",
        f"<style>{STYLE}</style>",
    ]
    for y in (0, 0.1, 0.2, 0.3, 0.4, 0.5):
        out.append(f'<path class="axis" d="M{LEFT},{py(y):.1f} h-5"/>')
        out.append(
            f'<text class="small" x="{LEFT - 10}" y="{py(y) + 5:.1f}" text-anchor="end">{y:g}</text>'
        )
    for x in (0, 0.25, 0.5, 0.75, 1):
        out.append(f'<path class="axis" d="M{px(x):.1f},{BOTTOM} v5"/>')
        out.append(
            f'<text class="small" x="{px(x):.1f}" y="{BOTTOM + 22}" text-anchor="middle">{x:g}</text>'
        )
    out.append(f'<path class="axis" d="M{LEFT},{TOP - 6} V{BOTTOM} H{RIGHT}"/>')
    out.append(
        f'<path class="f" d="M{px(0):.1f},{py(0.5):.1f} L{px(0.5):.1f},{py(0):.1f}'
        f' L{px(1):.1f},{py(0.5):.1f}"/>'
    )
    for n, colour in CURVES:
        points = [(k / STEPS, bernstein(n, k / STEPS)) for k in range(STEPS + 1)]
        d = "M" + " L".join(f"{px(x):.2f},{py(y):.2f}" for x, y in points)
        out.append(f'<path class="curve" stroke="{colour}" d="{d}"/>')
        top = py(bernstein(n, 0.5))
        out.append(f'<circle cx="{px(0.5):.1f}" cy="{top:.2f}" r="4" fill="{colour}"/>')
        out.append(
            f'<text x="{px(0.5):.1f}" y="{top - 10:.1f}" text-anchor="middle">'
            f'<tspan class="i">n</tspan> = {n}</text>'
        )
    out.append(
        f'<text class="i" x="{(LEFT + RIGHT) / 2:.0f}" y="{BOTTOM + 46}" text-anchor="middle">x</text>'
    )
    out.append("</svg>\n")
    Path(__file__).with_name("bernstein.svg").write_text("\n".join(out), encoding="utf-8")


if __name__ == "__main__":
    main()
