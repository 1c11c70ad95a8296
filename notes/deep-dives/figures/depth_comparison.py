"""Draw depth-comparison.svg: one mode in networks of several depths, against depth times time.

The implicit solutions are drawn directly: time is computed as a function of the strength,
in the variable log(u / (s - u)), in which the integrand is smooth.
Run with `python3 depth_comparison.py`; the figure is written beside this file.
"""

from math import exp, log
from pathlib import Path

WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 62, 690, 24, 362
X_MAX = 26.0
U0 = 0.05
DEPTHS = [
    (1, "1", "#8a8f98"),
    (2, "2", "#d55e00"),
    (3, "3", "#b8860b"),
    (4, "4", "#0c8a68"),
    (8, "8", "#3f86c9"),
    (None, "∞", "#b0609a"),
]
LABEL_AT = 0.62
STEPS = 4000

STYLE = """
  text { font-family: serif; font-size: 16px; fill: #222; }
  .small { font-size: 14px; }
  .axis { stroke: #222; stroke-width: 1.5; fill: none; }
  .grid { stroke: #999; stroke-width: 1; stroke-opacity: 0.35; fill: none; }
  .curve { stroke-width: 2; fill: none; stroke-linejoin: round; }
  .i { font-style: italic; }
  @media (prefers-color-scheme: dark) {
    text { fill: #ddd; }
    .axis { stroke: #ddd; }
  }
"""


def px(x):
    return LEFT + (RIGHT - LEFT) * x / X_MAX


def py(u):
    return BOTTOM - (BOTTOM - TOP) * u / 1.08


def trajectory(depth):
    """Points (L t, u) with s = 1; du/d(Lt) = u^p (1 - u), p = 2 - 2/L."""
    power = 2.0 if depth is None else 2.0 - 2.0 / depth
    low, high = log(U0 / (1 - U0)), log(0.9999 / 0.0001)
    width = (high - low) / STEPS

    def strength(y):
        return 1 / (1 + exp(-y))

    def slowness(y):
        # d(Lt)/dy = u^(1-p), since du/dy = u (1 - u)
        return strength(y) ** (1 - power)

    # Simpson's rule on each small interval
    x, points = 0.0, [(0.0, U0)]
    for k in range(STEPS):
        y = low + k * width
        x += width / 6 * (slowness(y) + 4 * slowness(y + width / 2) + slowness(y + width))
        points.append((x, strength(y + width)))
    return points


def main():
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' width="{WIDTH}" height="{HEIGHT}" role="img">',
        "<title>One mode at several depths</title>",
        "<desc>Strength u of a mode with s = 1, from u = 0.05, against L t for depths 1, 2, 3, 4,"
        " 8 and the limit of infinite depth.</desc>",
        f"<style>{STYLE}</style>",
    ]
    for u in (0.5, 1.0):
        out.append(f'<path class="grid" d="M{LEFT},{py(u):.1f} H{RIGHT}"/>')
        out.append(
            f'<text class="small" x="{LEFT - 10}" y="{py(u) + 5:.1f}" text-anchor="end">{u:g}</text>'
        )
    out.append(f'<text class="small" x="{LEFT - 10}" y="{BOTTOM + 5}" text-anchor="end">0</text>')
    for t in range(0, 26, 5):
        out.append(f'<path class="axis" d="M{px(t):.1f},{BOTTOM} v5"/>')
        out.append(
            f'<text class="small" x="{px(t):.1f}" y="{BOTTOM + 22}" text-anchor="middle">{t}</text>'
        )
    labels = []
    for depth, name, colour in DEPTHS:
        points = trajectory(depth)
        shown = [p for k, p in enumerate(points) if k % 10 == 0 and p[0] <= X_MAX]
        if shown[-1][0] < X_MAX and shown[-1][1] > 0.999:
            shown.append((X_MAX, 1.0))
        path = "M" + " L".join(f"{px(x):.2f},{py(u):.2f}" for x, u in shown)
        out.append(f'<path class="curve" stroke="{colour}" d="{path}"/>')
        x, u = min(points, key=lambda p: abs(p[1] - LABEL_AT))
        text = f'<tspan class="i">L</tspan> = {name}' if name == "1" else name
        labels.append(f'<text x="{px(x) + 9:.1f}" y="{py(u) + 10:.1f}">{text}</text>')
    out += labels
    out.append(f'<path class="axis" d="M{LEFT},{TOP - 6} V{BOTTOM} H{RIGHT}"/>')
    out.append(
        f'<text class="i" x="{(LEFT + RIGHT) / 2:.0f}" y="{BOTTOM + 46}" text-anchor="middle">Lt</text>'
    )
    out.append(f'<text class="i" x="18" y="{(TOP + BOTTOM) / 2:.0f}">u</text>')
    out.append("</svg>\n")
    Path(__file__).with_name("depth-comparison.svg").write_text("\n".join(out), encoding="utf-8")


if __name__ == "__main__":
    main()
