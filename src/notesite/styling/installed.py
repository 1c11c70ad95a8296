"""Fonts that come with one system or another, which stand in for a web font while it loads."""

from __future__ import annotations

from notesite.records import dataclass


@dataclass(frozen=True, slots=True)
class Installed:
    """Fonts of one design and their widths.

    `widths` are the advances of the blank and the letters from a to z in thousandths of an em:
    those of Times and Helvetica from Adobe's metrics of the PostScript core fonts, whose widths the
    others named beside them have too; the others' from the fonts themselves.
    """

    names: tuple[str, ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Design:
    """An installed face: upright, bold, slanted."""

    upright: Installed
    bold: Installed
    slanted: Installed


TIMES = Design(
    upright=Installed(
        ("Times New Roman", "Liberation Serif", "Tinos", "Nimbus Roman"),
        (250, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500,
         500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444),
    ),
    bold=Installed(
        ("Times New Roman Bold", "Liberation Serif Bold", "Tinos Bold", "Nimbus Roman Bold"),
        (250, 500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833, 556, 500,
         556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444),
    ),
    slanted=Installed(
        ("Times New Roman Italic", "Liberation Serif Italic", "Tinos Italic",
         "Nimbus Roman Italic"),
        (250, 500, 500, 444, 500, 444, 278, 500, 500, 278, 278, 444, 278, 722, 500, 500,
         500, 500, 389, 389, 278, 500, 444, 667, 444, 444, 389),
    ),
)  # fmt: skip

_HELVETICA = Design(
    upright=Installed(
        ("Arial", "Helvetica", "Liberation Sans", "Arimo", "Nimbus Sans"),
        (278, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
         556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500),
    ),
    bold=Installed(
        ("Arial Bold", "Helvetica Bold", "Liberation Sans Bold", "Arimo Bold", "Nimbus Sans Bold"),
        (278, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611,
         611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500),
    ),
    slanted=Installed(
        ("Arial Italic", "Helvetica Oblique", "Liberation Sans Italic", "Arimo Italic"),
        (278, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
         556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500),
    ),
)  # fmt: skip

_NOTO_SERIF = Design(
    upright=Installed(
        ("Noto Serif", "Noto Serif Regular", "NotoSerif-Regular"),
        (260, 563, 614, 492, 614, 535, 369, 538, 635, 320, 300, 585, 310, 945, 645, 577,
         614, 614, 471, 451, 352, 635, 579, 862, 578, 565, 511),
    ),
    bold=Installed(
        ("Noto Serif Bold", "NotoSerif-Bold"),
        (260, 600, 649, 527, 649, 572, 407, 560, 667, 352, 345, 637, 352, 986, 667, 614,
         645, 648, 523, 481, 405, 667, 606, 856, 646, 579, 529),
    ),
    slanted=Installed(
        ("Noto Serif Italic", "NotoSerif-Italic"),
        (260, 579, 562, 487, 579, 493, 318, 556, 599, 304, 291, 569, 304, 896, 599, 574,
         577, 560, 468, 464, 368, 599, 538, 819, 546, 528, 511),
    ),
)  # fmt: skip

_DEJAVU_SERIF = Design(
    upright=Installed(
        ("DejaVu Serif",),
        (318, 596, 640, 560, 640, 592, 370, 640, 644, 320, 310, 606, 320, 948, 644, 602,
         640, 640, 478, 513, 402, 644, 565, 856, 564, 565, 527),
    ),
    bold=Installed(
        ("DejaVu Serif Bold",),
        (348, 648, 699, 609, 699, 636, 430, 699, 727, 380, 362, 693, 380, 1058, 727, 667,
         699, 699, 527, 563, 462, 727, 581, 861, 596, 581, 568),
    ),
    slanted=Installed(
        ("DejaVu Serif Italic",),
        (318, 596, 640, 560, 640, 592, 370, 640, 644, 320, 310, 606, 320, 948, 644, 602,
         640, 640, 478, 513, 402, 644, 565, 856, 564, 565, 527),
    ),
)  # fmt: skip

_ROBOTO = Design(
    upright=Installed(
        ("Roboto", "Roboto Regular", "Roboto-Regular"),
        (248, 544, 562, 523, 564, 530, 348, 562, 551, 243, 239, 507, 243, 877, 552, 570,
         562, 568, 339, 516, 327, 551, 484, 751, 496, 473, 496),
    ),
    bold=Installed(
        ("Roboto Bold", "Roboto-Bold"),
        (249, 535, 562, 521, 563, 540, 358, 571, 560, 265, 260, 534, 265, 866, 561, 564,
         562, 564, 366, 514, 338, 560, 506, 734, 509, 503, 509),
    ),
    slanted=Installed(
        ("Roboto Italic", "Roboto-Italic"),
        (246, 528, 545, 508, 547, 514, 337, 545, 534, 236, 232, 492, 236, 851, 536, 553,
         545, 551, 329, 500, 317, 535, 470, 729, 481, 459, 481),
    ),
)  # fmt: skip

_DEJAVU_SANS = Design(
    upright=Installed(
        ("DejaVu Sans",),
        (318, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
         635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525),
    ),
    bold=Installed(
        ("DejaVu Sans Bold",),
        (348, 675, 716, 593, 716, 678, 435, 716, 712, 343, 343, 665, 343, 1042, 712, 687,
         716, 716, 493, 595, 478, 712, 652, 924, 645, 652, 582),
    ),
    slanted=Installed(
        ("DejaVu Sans Oblique",),
        (318, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
         635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525),
    ),
)  # fmt: skip

SERIFS = (TIMES, _NOTO_SERIF, _DEJAVU_SERIF)
"""Those of Windows, macOS and most of Linux; of Android; of what is left of Linux."""

SANS_SERIFS = (_HELVETICA, _ROBOTO, _DEJAVU_SANS)
"""The same without serifs."""
