"""Draw stability-thresholds.svg: convergence factor of gradient descent with momentum.

For the eigenvalues mu = L/20 and L of a quadratic, the larger modulus of the roots of
z^2 - (1 + beta - eta lambda) z + beta, against eta L.
Run with `python3 stability_thresholds.py`; the figure is written beside this file.
"""

from math import sqrt
from pathlib import Path

WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 66, 690, 24, 362
X_MAX, Y_MIN, Y_MAX = 4.25, 0.6, 1.2
MU = 1 / 20
CURVES = [(0.0, "#d55e00"), (0.5, "#0c8a68"), (0.9, "#3f86c9")]
STEPS = 3400

STYLE = """
  text { font-family: serif; font-size: 16px; fill: #222; }
  .small { font-size: 14px; }
  .axis { stroke: #222; stroke-width: 1.5; fill: none; }
  .one { stroke: #222; stroke-width: 1.5; stroke-dasharray: 2 4; fill: none; }
  .curve { stroke-width: 2; fill: none; stroke-linejoin: round; }
  .i { font-style: italic; }
  @media (prefers-color-scheme: dark) {
    text { fill: #ddd; }
    .axis, .one { stroke: #ddd; }
  }
"""


def px(x):
    return LEFT + (RIGHT - LEFT) * x / X_MAX


def py(y):
    return BOTTOM - (BOTTOM - TOP) * (y - Y_MIN) / (Y_MAX - Y_MIN)


def radius(step, beta):
    """Spectral radius of the companion matrix for step = eta * lambda."""
    p = 1 + beta - step
    disc = p * p - 4 * beta
    if disc < 0:
        return sqrt(beta)
    return (abs(p) + sqrt(disc)) / 2


def main():
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' width="{WIDTH}" height="{HEIGHT}" role="img">',
        "<title>Convergence factor against step size for three values of momentum</title>",
        "<desc>For momentum 0, 0.5 and 0.9 the convergence factor falls from one, then rises"
        " and passes one at step sizes 2, 3 and 3.8 divided by the largest eigenvalue.</desc>",
        f"<style>{STYLE}</style>",
    ]
    out.append(f'<path class="one" d="M{LEFT},{py(1):.1f} H{RIGHT}"/>')
    for y in (0.6, 0.7, 0.8, 0.9, 1.0, 1.1):
        out.append(f'<path class="axis" d="M{LEFT},{py(y):.1f} h-5"/>')
        out.append(
            f'<text class="small" x="{LEFT - 10}" y="{py(y) + 5:.1f}" text-anchor="end">{y:.1f}</text>'
        )
    for x in (0, 1, 2, 3, 3.8):
        out.append(f'<path class="axis" d="M{px(x):.1f},{BOTTOM} v5"/>')
        out.append(
            f'<text class="small" x="{px(x):.1f}" y="{BOTTOM + 22}" text-anchor="middle">{x:g}</text>'
        )
    for beta, colour in CURVES:
        points = []
        for k in range(STEPS + 1):
            x = X_MAX * k / STEPS
            y = max(radius(x, beta), radius(x * MU, beta))
            if y > Y_MAX - 0.02:
                break
            # keep the corners exactly, thin out the rest
            if k % 8 == 0 or (points and abs(y - points[-1][1]) > 0.004):
                points.append((x, y))
        d = "M" + " L".join(f"{px(x):.2f},{py(y):.2f}" for x, y in points)
        out.append(f'<path class="curve" stroke="{colour}" d="{d}"/>')
        limit = 2 * (1 + beta)
        out.append(f'<circle cx="{px(limit):.2f}" cy="{py(1):.2f}" r="4.5" fill="{colour}"/>')
        x, y = points[-1]
        label = f'<tspan class="i">β</tspan> = {beta:g}'
        out.append(
            f'<text x="{px(x) - 10:.1f}" y="{py(y) + 12:.1f}" text-anchor="end">{label}</text>'
        )
    out.append(f'<path class="axis" d="M{LEFT},{TOP - 6} V{BOTTOM} H{RIGHT}"/>')
    out.append(
        f'<text x="{(LEFT + RIGHT) / 2:.0f}" y="{BOTTOM + 46}" text-anchor="middle">'
        '<tspan class="i">ηL</tspan></text>'
    )
    out.append(f'<text class="i" x="14" y="{(TOP + BOTTOM) / 2:.0f}">ρ</text>')
    out.append("</svg>\n")
    Path(__file__).with_name("stability-thresholds.svg").write_text(
        "\n".join(out), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
