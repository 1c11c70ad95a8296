"""Draw mode-trajectories.svg: the logistic learning curves of a two-layer linear network.

Run with `python3 mode_trajectories.py`; the figure is written beside this file.
"""

from math import exp, log
from pathlib import Path

WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 62, 640, 24, 362
T_MAX, U_MAX = 6.0, 3.3
U0 = 1e-3
MODES = [(3.0, "#d55e00"), (2.0, "#0c8a68"), (1.0, "#3f86c9")]
STEPS = 300

STYLE = """
  text { font-family: serif; font-size: 16px; fill: #222; }
  .small { font-size: 14px; }
  .axis { stroke: #222; stroke-width: 1.5; fill: none; }
  .grid { stroke: #999; stroke-width: 1; stroke-opacity: 0.35; fill: none; }
  .curve { stroke-width: 2; fill: none; stroke-linejoin: round; }
  .shallow { stroke-width: 1.5; stroke-dasharray: 6 5; }
  .i { font-style: italic; }
  @media (prefers-color-scheme: dark) {
    text { fill: #ddd; }
    .axis { stroke: #ddd; }
  }
"""


def px(t):
    return LEFT + (RIGHT - LEFT) * t / T_MAX


def py(u):
    return BOTTOM - (BOTTOM - TOP) * u / U_MAX


def path(f):
    points = [(T_MAX * k / STEPS, f(T_MAX * k / STEPS)) for k in range(STEPS + 1)]
    return "M" + " L".join(f"{px(t):.2f},{py(u):.2f}" for t, u in points)


def deep(s):
    return lambda t: s / (1 + (s / U0 - 1) * exp(-2 * s * t))


def shallow(s):
    return lambda t: s - (s - U0) * exp(-t)


def main():
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' width="{WIDTH}" height="{HEIGHT}" role="img">',
        "<title>Strength of three modes against time</title>",
        "<desc>Sigmoids for s = 3, 2 and 1 in a two-layer network, with half-times"
        " 1.33, 1.90 and 3.45, and dashed exponential curves without hidden layer.</desc>",
        f"<style>{STYLE}</style>",
    ]
    for u in (1, 2, 3):
        out.append(f'<path class="grid" d="M{LEFT},{py(u):.1f} H{RIGHT}"/>')
        out.append(
            f'<text class="small" x="{LEFT - 10}" y="{py(u) + 5:.1f}" text-anchor="end">{u}</text>'
        )
    out.append(f'<text class="small" x="{LEFT - 10}" y="{BOTTOM + 5}" text-anchor="end">0</text>')
    for t in range(7):
        out.append(f'<path class="axis" d="M{px(t):.1f},{BOTTOM} v5"/>')
        out.append(
            f'<text class="small" x="{px(t):.1f}" y="{BOTTOM + 22}" text-anchor="middle">{t}</text>'
        )
    for s, colour in MODES:
        out.append(f'<path class="curve shallow" stroke="{colour}" d="{path(shallow(s))}"/>')
    for s, colour in MODES:
        out.append(f'<path class="curve" stroke="{colour}" d="{path(deep(s))}"/>')
        half = log(s / U0 - 1) / (2 * s)
        out.append(f'<circle cx="{px(half):.2f}" cy="{py(s / 2):.2f}" r="4.5" fill="{colour}"/>')
        out.append(
            f'<text x="{RIGHT + 8}" y="{py(s) + 5:.1f}"><tspan class="i">s</tspan> = {s:g}</text>'
        )
    out.append(f'<path class="axis" d="M{LEFT},{TOP - 6} V{BOTTOM} H{RIGHT}"/>')
    out.append(
        f'<text class="i" x="{(LEFT + RIGHT) / 2:.0f}" y="{BOTTOM + 46}" text-anchor="middle">t</text>'
    )
    out.append(f'<text x="18" y="{(TOP + BOTTOM) / 2:.0f}"><tspan class="i">u</tspan></text>')
    out.append("</svg>\n")
    Path(__file__).with_name("mode-trajectories.svg").write_text("\n".join(out), encoding="utf-8")


if __name__ == "__main__":
    main()
