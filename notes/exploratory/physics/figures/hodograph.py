"""Draw hodograph.svg: an ellipse around the Sun, and beside it the circle of its velocities.

Eight places of the orbit at equal angles, with the velocities there.
Run with `python3 hodograph.py`; the figure is written beside this file.
"""

from math import cos, pi, sin
from pathlib import Path

WIDTH, HEIGHT = 760, 340
ECCENTRICITY = 0.6
# Places of the two pictures: the Sun on the left, velocity zero on the right, and their units.
SUN, ORBIT_UNIT = (270, 170), 92
ZERO, VELOCITY_UNIT = (590, 232), 104
ARROW = 42
PLACES = 8
ORBIT, VELOCITY = "#3f86c9", "#d55e00"

STYLE = """
  text { font-family: serif; font-size: 16px; fill: #222; }
  .axis { stroke: #999; stroke-width: 1; stroke-dasharray: 3 3; fill: none; }
  .curve { stroke-width: 2; fill: none; }
  .arrow { stroke-width: 1.5; fill: none; }
  .radius { stroke: #222; stroke-width: 1.5; fill: none; }
  .mark { fill: #222; }
  .i { font-style: italic; }
  @media (prefers-color-scheme: dark) {
    text, .mark { fill: #ddd; }
    .radius { stroke: #ddd; }
  }
"""


def position(angle):
    distance = 1 / (1 + ECCENTRICITY * cos(angle))
    return distance * cos(angle), distance * sin(angle)


def velocity(angle):
    return -sin(angle), ECCENTRICITY + cos(angle)


def on_screen(origin, unit, point):
    return origin[0] + unit * point[0], origin[1] - unit * point[1]


def arrow(start, end):
    (x0, y0), (x1, y1) = start, end
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    left = (x1 - 8 * ux - 4 * uy, y1 - 8 * uy + 4 * ux)
    right = (x1 - 8 * ux + 4 * uy, y1 - 8 * uy - 4 * ux)
    return (
        f'<path class="arrow" stroke="{VELOCITY}" d="M{x0:.1f},{y0:.1f} L{x1:.1f},{y1:.1f}"/>'
        f'<path fill="{VELOCITY}" d="M{x1:.1f},{y1:.1f} L{left[0]:.1f},{left[1]:.1f}'
        f' L{right[0]:.1f},{right[1]:.1f} Z"/>'
    )


def label(point, text):
    return f'<text x="{point[0]:.1f}" y="{point[1] + 5:.1f}" text-anchor="middle">{text}</text>'


def closed(points):
    return "M" + " L".join(f"{x:.1f},{y:.1f}" for x, y in points) + " Z"


def main():
    angles = [2 * pi * k / 360 for k in range(360)]
    orbit = [on_screen(SUN, ORBIT_UNIT, position(a)) for a in angles]
    centre = on_screen(ZERO, VELOCITY_UNIT, (0, ECCENTRICITY))
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' width="{WIDTH}" height="{HEIGHT}" role="img">',
        "<title>A Kepler orbit and its hodograph</title>",
        "<desc>On the left an ellipse of eccentricity 0.6 with the Sun in a focus, and velocity"
        " arrows at eight places. On the right the same arrows from one point: their ends lie on"
        " a circle, whose centre is above that point by 0.6 of the radius.</desc>",
        f"<style>{STYLE}</style>",
        f'<path class="curve" stroke="{ORBIT}" d="{closed(orbit)}"/>',
        f'<circle class="curve" stroke="{ORBIT}" cx="{centre[0]:.1f}" cy="{centre[1]:.1f}"'
        f' r="{VELOCITY_UNIT}"/>',
        f'<circle class="mark" cx="{SUN[0]}" cy="{SUN[1]}" r="5"/>',
        f'<circle class="mark" cx="{ZERO[0]}" cy="{ZERO[1]}" r="3"/>',
        f'<circle class="mark" cx="{centre[0]:.1f}" cy="{centre[1]:.1f}" r="3"/>',
        f'<path class="radius" d="M{ZERO[0]},{ZERO[1]} V{centre[1]:.1f}"/>',
        f'<text class="i" x="{ZERO[0] + 12}" y="{centre[1] + 22:.1f}">c</text>',
        label((SUN[0] + 2, SUN[1] + 18), "Sun"),
    ]
    for number in range(PLACES):
        angle = 2 * pi * number / PLACES
        place, speed = position(angle), velocity(angle)
        start = on_screen(SUN, ORBIT_UNIT, place)
        end = on_screen(start, ARROW, speed)
        tip = on_screen(ZERO, VELOCITY_UNIT, speed)
        out += [arrow(start, end), arrow(ZERO, tip)]
        out.append(f'<circle class="mark" cx="{start[0]:.1f}" cy="{start[1]:.1f}" r="3"/>')
        inside = (cos(angle), sin(angle))
        out.append(label(on_screen(start, -15, inside), number))
        out.append(label(on_screen(tip, 15, (-sin(angle), cos(angle))), number))
    out.append("</svg>\n")
    Path(__file__).with_name("hodograph.svg").write_text("\n".join(out), encoding="utf-8")


if __name__ == "__main__":
    main()
