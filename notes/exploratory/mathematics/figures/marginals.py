"""Draw marginals.svg: the density of one coordinate of a random point on a sphere.

For the unit spheres in dimensions 3, 10, 30 and 100.
Run with `python3 marginals.py`; the figure is written beside this file.
"""

from math import exp, lgamma, pi, sqrt
from pathlib import Path

WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 66, 690, 24, 362
Y_MAX = 4.2
# dimension, colour, and where its label stands: t, shift to the right, shift down
CURVES = [
    (3, "#b0609a", 0.88, 0, -10),
    (10, "#d55e00", 0.36, 10, -4),
    (30, "#0c8a68", 0.215, 10, -2),
    (100, "#3f86c9", 0.085, 10, -2),
]
STEPS = 400

STYLE = """
  text { font-family: serif; font-size: 16px; fill: #222; }
  .small { font-size: 14px; }
  .axis { stroke: #222; stroke-width: 1.5; fill: none; }
  .curve { stroke-width: 2; fill: none; stroke-linejoin: round; }
  .i { font-style: italic; }
  @media (prefers-color-scheme: dark) {
    text { fill: #ddd; }
    .axis { stroke: #ddd; }
  }
"""


def px(t):
    return LEFT + (RIGHT - LEFT) * (t + 1) / 2


def py(y):
    return BOTTOM - (BOTTOM - TOP) * y / Y_MAX


def density(d, t):
    constant = exp(lgamma(d / 2) - lgamma((d - 1) / 2)) / sqrt(pi)
    return constant * (1 - t * t) ** ((d - 3) / 2)


def main():
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' width="{WIDTH}" height="{HEIGHT}" role="img">',
        "<title>Density of one coordinate on the unit sphere</title>",
        "<desc>Densities on the interval from -1 to 1. For dimension 3 the density is constant,"
        " one half. For 10, 30 and 100 it is a bell around zero with the heights 1.16, 2.13 and"
        " 3.96.</desc>",
        f"<style>{STYLE}</style>",
    ]
    for y in (0, 1, 2, 3, 4):
        out.append(f'<path class="axis" d="M{LEFT},{py(y):.1f} h-5"/>')
        out.append(
            f'<text class="small" x="{LEFT - 10}" y="{py(y) + 5:.1f}" text-anchor="end">{y}</text>'
        )
    for t in (-1, -0.5, 0, 0.5, 1):
        out.append(f'<path class="axis" d="M{px(t):.1f},{BOTTOM} v5"/>')
        label = f"{t:g}".replace("-", "\u2212")
        out.append(
            f'<text class="small" x="{px(t):.1f}" y="{BOTTOM + 22}" text-anchor="middle">{label}</text>'
        )
    for d, colour, at, right, down in CURVES:
        points = [(2 * k / STEPS - 1, density(d, 2 * k / STEPS - 1)) for k in range(STEPS + 1)]
        path = "M" + " L".join(f"{px(t):.2f},{py(y):.2f}" for t, y in points)
        out.append(f'<path class="curve" stroke="{colour}" d="{path}"/>')
        anchor = "start" if right else "middle"
        out.append(
            f'<text x="{px(at) + right:.1f}" y="{py(density(d, at)) + down:.1f}"'
            f' text-anchor="{anchor}"><tspan class="i">d</tspan> = {d}</text>'
        )
    out.append(f'<path class="axis" d="M{LEFT},{TOP - 6} V{BOTTOM} H{RIGHT}"/>')
    out.append(
        f'<text class="i" x="{(LEFT + RIGHT) / 2:.0f}" y="{BOTTOM + 46}" text-anchor="middle">t</text>'
    )
    out.append("</svg>\n")
    Path(__file__).with_name("marginals.svg").write_text("\n".join(out), encoding="utf-8")


if __name__ == "__main__":
    main()
