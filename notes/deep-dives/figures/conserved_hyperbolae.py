"""Draw conserved-hyperbolae.svg: phase portrait of a mode with two weights, s = 1.

Run with `python3 conserved_hyperbolae.py`; the figure is written beside this file.
"""

from math import atan2, cosh, degrees, sinh, sqrt
from pathlib import Path

WIDTH, HEIGHT = 620, 560
CX, CY, UNIT = 300, 272, 108
BOX = 2.3
S = 1.0
# level c, then the parameters of its arrow heads
LEVELS = [
    (0.35, (-1.0, 0.45)),
    (1.0, (-0.62, 0.12, 1.3)),
    (2.0, (-0.62, 0.12, 0.93)),
    (3.4, (-0.62, 0.12, 0.56)),
]

STYLE = """
  text { font-family: serif; font-size: 16px; fill: #222; }
  .small { font-size: 14px; }
  .axis { stroke: #222; stroke-width: 1.2; fill: none; stroke-opacity: 0.75; }
  .orbit { stroke: #808890; stroke-width: 1.5; fill: none; }
  .arrow { fill: #808890; }
  .stable { stroke: #3f86c9; stroke-width: 2; stroke-dasharray: 7 5; fill: none; }
  .minima { stroke: #d55e00; stroke-width: 3; fill: none; }
  .orange { fill: #d55e00; }
  .start { fill: #3f86c9; }
  .i { font-style: italic; }
  @media (prefers-color-scheme: dark) {
    text { fill: #ddd; }
    .axis { stroke: #ddd; }
    .orange { fill: #ee7a28; }
    .start { fill: #5a9ede; }
  }
"""


def px(a):
    return CX + UNIT * a


def py(b):
    return CY - UNIT * b


def polyline(points):
    inside = [(a, b) for a, b in points if abs(a) <= BOX and abs(b) <= BOX]
    return "M" + " L".join(f"{px(a):.2f},{py(b):.2f}" for a, b in inside)


def arrow(a, b):
    """An arrow head at (a, b) in the direction of the flow."""
    r = S - a * b
    da, db = b * r, a * r
    angle = degrees(atan2(-db, da))
    return (
        f'<path class="arrow" d="M7,0 L-5,-4.5 L-5,4.5 Z" '
        f'transform="translate({px(a):.2f},{py(b):.2f}) rotate({angle:.2f})"/>'
    )


def branch(c, sign, horizontal):
    """A branch of a^2 - b^2 = c (horizontal) or b^2 - a^2 = c."""
    root = sqrt(c)
    points = []
    for k in range(-300, 301):
        t = k / 100
        p, q = sign * root * cosh(t), root * sinh(t)
        points.append((p, q) if horizontal else (q, p))
    return points


def main():
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' width="{WIDTH}" height="{HEIGHT}" role="img">',
        "<title>Phase portrait of one mode with weights a and b</title>",
        "<desc>Orbits lie on hyperbolae a squared minus b squared = c and run to the"
        " hyperbola ab = 1. The origin is a saddle with stable direction b = -a.</desc>",
        f"<style>{STYLE}</style>",
    ]
    lo, hi = px(-BOX), px(BOX)
    out.append(
        f'<path class="axis" d="M{lo:.1f},{CY} H{hi + 14:.1f} M{CX},{py(-BOX):.1f} V{py(BOX) - 14:.1f}"/>'
    )
    for c, _ in LEVELS:
        for horizontal in (True, False):
            for sign in (1, -1):
                out.append(f'<path class="orbit" d="{polyline(branch(c, sign, horizontal))}"/>')
    out.append(
        f'<path class="orbit" d="M{px(-BOX):.1f},{py(-BOX):.1f} L{px(BOX):.1f},{py(BOX):.1f}"/>'
    )
    out.append(
        f'<path class="stable" d="M{px(-BOX):.1f},{py(BOX):.1f} L{px(BOX):.1f},{py(-BOX):.1f}"/>'
    )
    for sign in (1, -1):
        values = [sign * (S / BOX) * (BOX * BOX / S) ** (k / 100) for k in range(101)]
        out.append(f'<path class="minima" d="{polyline([(a, S / a) for a in values])}"/>')
    # arrow heads: on the hyperbolae, before and beyond the minimum, then on the two diagonals
    for c, parameters in LEVELS:
        for horizontal in (True, False):
            for sign in (1, -1):
                for t in parameters:
                    p, q = sign * sqrt(c) * cosh(t), sign * sqrt(c) * sinh(t)
                    out.append(arrow(p, q) if horizontal else arrow(q, p))
    for d in (0.55, 1.62):
        out.append(arrow(d, d))
        out.append(arrow(-d, -d))
    for d in (0.9, 1.75):
        for sign in (1, -1):
            angle = degrees(atan2(-1, -1)) if sign > 0 else degrees(atan2(1, 1))
            out.append(
                f'<path class="start" d="M7,0 L-5,-4.5 L-5,4.5 Z" '
                f'transform="translate({px(sign * d):.2f},{py(-sign * d):.2f}) rotate({angle:.2f})"/>'
            )
    out.append(f'<circle class="start" cx="{CX}" cy="{CY}" r="5"/>')
    out.append(f'<text class="i" x="{hi + 22:.1f}" y="{CY + 5}">a</text>')
    out.append(f'<text class="i" x="{CX}" y="{py(BOX) - 4:.1f}" dx="-16">b</text>')
    out.append(
        f'<text class="orange" x="{hi + 8:.1f}" y="{py(S / BOX) + 5:.1f}"><tspan class="i">ab</tspan> = 1</text>'
    )
    out.append(
        f'<text class="start" x="{hi - 44:.1f}" y="{py(-BOX) + 20:.1f}"><tspan class="i">b</tspan> = −<tspan class="i">a</tspan></text>'
    )
    out.append("</svg>\n")
    Path(__file__).with_name("conserved-hyperbolae.svg").write_text(
        "\n".join(out), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
