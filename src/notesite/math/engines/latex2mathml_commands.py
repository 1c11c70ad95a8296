"""The commands that latex2mathml renders correctly.

Found by comparing its output with math-core's, command by command; what it renders otherwise, or
does not know, is left out, and so refused by name.
"""

from __future__ import annotations

from notesite.math.accents import ACCENTS
from notesite.math.boxes import SIZES
from notesite.math.delimiters import SIZED
from notesite.math.engines.latex2mathml_brackets import BRACKETS
from notesite.math.engines.latex2mathml_signs import (
    CLASSES,
    ENCLOSING,
    SIGNS,
    SWITCHES,
    TEXT_SIGNS,
)

_NAMES = """
And Bbbk Big Bigg Biggl Biggr Bigl Bigr Box Bumpeq Cap Coloneq Coloneqq Cup Delta Diamond Doteq
Downarrow Finv Game Gamma Im Join Lambda Leftarrow Leftrightarrow Lleftarrow Longleftarrow
Longleftrightarrow Longrightarrow Lsh Omega Phi Pi Pr Psi Re Rightarrow Rrightarrow Rsh S Sigma
Subset Supset Theta Uparrow Updownarrow Upsilon VDash Vdash Vert Vvdash Xi acute aleph alpha
amalg angle approx approxeq arccos arcctg arceq arcsin arctan arctg argmax argmin ast asymp atop
awint backepsilon backprime backsim backsimeq backslash bar barwedge bcancel because beta beth
between big bigcap bigcirc bigcup bigcupdot bigg biggl biggr bigl bigodot bigoplus bigotimes
bigr bigsqcap bigsqcup bigstar bigtimes bigtriangledown bigtriangleup biguplus bigvee bigwedge
binom blacklozenge blacktriangle blacktriangledown blacktriangleleft blacktriangleright bmod bot
bowtie boxdot boxed boxminus boxplus boxtimes breve bullet bumpeq cancel cap cdot cdotp cdots
cfrac ch check checkmark chi choose circ circeq circlearrowleft circlearrowright circledR
circledS circledast circledcirc circleddash cirfnint clubsuit colon coloneq coloneqq complement
cong coprod cos cosec cosh cot cotg coth csc ctg cth cup curlyeqprec curlyeqsucc curlyvee
curlywedge curvearrowleft curvearrowright dagger daleth dashcolon dashleftarrow dashrightarrow
dashv dbinom ddagger ddddot dddot ddot ddots deg degree delta det dfrac diagdown diagup diamond
diamondsuit digamma dim displaystyle div divideontimes dot doteq doteqdot dotplus dots
dotsminusdots downarrow downdownarrows downharpoonleft downharpoonright ell emptyset enspace
epsilon eqcirc eqcolon eqdef eqqcolon eqsim eqslantgtr eqslantless equiv eta eth exists exp
fallingdotseq fcmp fint flat forall frac frown gamma gcd ge geq geqq geqslant gets gg ggg gggtr
gimel gnapprox gneq gneqq gnsim grave gt gtrapprox gtrdot gtreqless gtreqqless gtrless gtrsim
gvertneqq hat hbar heartsuit hom hookleftarrow hookrightarrow hphantom hslash iddots idotsint
iff iiiint iiint iint imageof imath impliedby implies in inf infty injlim int intBar intbar
intclockwise intercal iota jmath kappa ker lAngle lBrace lVert lambda land langle lbrace lbrack
lceil ldotp ldots le left leftarrow leftarrowtail leftharpoondown leftharpoonup leftleftarrows
leftrightarrow leftrightarrows leftrightharpoons leftrightsquigarrow leftthreetimes leq leqq
leqslant lessapprox lessdot lesseqgtr lesseqqgtr lessgtr lesssim lfloor lg lgroup lhd lightning
lim liminf limits limsup ll llangle llbracket llcorner lll llless llparenthesis lmoustache ln
lnapprox lneq lneqq lnot lnsim log longleftarrow longleftrightarrow longmapsto longrightarrow
looparrowleft looparrowright lor lozenge lparen lrcorner lt ltimes lvert lvertneqq maltese
mapsto mathring mathsterling mathstrut max measeq measuredangle medspace mho mid middle min
models mp mu multimap nLeftarrow nLeftrightarrow nRightarrow nVDash nVdash nabla natural ncong
ne nearrow neg negmedspace negthickspace negthinspace neq nequiv nexists ngeq ngtr ngtrless
ngtrsim ni nleftarrow nleftrightarrow nleq nless nlesssim nmid nobreakspace nolimits notin notni
nparallel nprec npreceq nrightarrow nsim nsubset nsubseteq nsucc nsucceq nsupset nsupseteq
ntriangleleft ntrianglelefteq ntriangleright ntrianglerighteq nu nvDash nvdash nwarrow odot
oiiint oiint oint ointctrclockwise omega omicron ominus oplus origof oslash otimes over
overbrace overbracket overleftarrow overleftrightarrow overline overparen overrightarrow overset
owns parallel partial perp phantom phi pi pitchfork plim pm pounds prec precapprox preccurlyeq
preceq precnapprox precneqq precnsim precsim prime prod projlim propto psi qquad quad questeq
rAngle rBrace rVert rangle rbrace rbrack rceil restriction rfloor rgroup rhd rho right
rightarrow rightarrowtail rightharpoondown rightharpoonup rightleftarrows rightleftharpoons
rightrightarrows rightsquigarrow rightthreetimes risingdotseq rmoustache rparen rrangle
rrbracket rrparenthesis rtimes rvert scriptscriptstyle scriptstyle searrow sec setminus sh sharp
sigma sim simeq sin sinh smile spadesuit sphericalangle sqcap sqcup sqrt sqsubset sqsubseteq
sqsupset sqsupseteq square stackrel star stareq subset subseteq subseteqq subsetneq subsetneqq
succ succapprox succcurlyeq succeq succnapprox succneqq succnsim succsim sum sumint sup supset
supseteq supseteqq supsetneq supsetneqq swarrow tan tanh tau tbinom textstyle tfrac tg th
therefore theta thickspace thinspace tilde times to top triangle triangledown triangleleft
trianglelefteq triangleq triangleright trianglerighteq twoheadleftarrow twoheadrightarrow
ulcorner underbrace underbracket underleftarrow underleftrightarrow underline underparen
underrightarrow underset unrhd uparrow updownarrow upharpoonleft upharpoonright uplus upsilon
upuparrows urcorner vDash varDelta varGamma varLambda varOmega varPhi varPi varPsi varSigma
varTheta varUpsilon varXi varepsilon varkappa varnothing varointclockwise varphi varpi varrho
varsigma varsubsetneq varsubsetneqq varsupsetneq varsupsetneqq vartheta vartriangleleft
vartriangleright vdash vdots vec vee veebar veeeq vert vphantom wedge wedgeq widecheck widehat
widetilde wp wr xLeftarrow xLeftrightarrow xRightarrow xcancel xhookleftarrow xhookrightarrow xi
xleftarrow xleftharpoondown xleftharpoonup xleftrightarrow xleftrightharpoons xlongequal xmapsto
xrightarrow xrightharpoondown xrightharpoonup xrightleftharpoons xtofrom xtwoheadleftarrow
xtwoheadrightarrow yen zeta
"""

VARIANTS: dict[str, str] = {
    "mathrm": "normal", "mathbf": "bold", "bold": "bold", "mathit": "italic",
    "bm": "bold-italic", "boldsymbol": "bold-italic", "symbf": "bold-italic",
    "mathbb": "double-struck", "Bbb": "double-struck", "mathcal": "script", "mathscr": "script",
    "mathfrak": "fraktur", "frak": "fraktur", "mathsf": "sans-serif", "mathtt": "monospace",
}  # fmt: skip
"""The commands that change the alphabet of their argument, by the alphabet."""

ALIASES: dict[str, str] = {
    "R": "\\mathbb{R}", "N": "\\mathbb{N}", "Z": "\\mathbb{Z}", "Reals": "\\mathbb{R}",
    "Complex": "\\mathbb{C}", "reals": "\\mathbb{R}", "natnums": "\\mathbb{N}",
    "arg": "\\operatorname{arg}", "erf": "\\operatorname{erf}", "lang": "\\langle",
    "rang": "\\rangle", "argmin": "\\operatorname*{arg\\,min}",
    "argmax": "\\operatorname*{arg\\,max}", "dag": "\\dagger", "ddag": "\\ddagger",
    "infin": "\\infty", "isin": "\\in", "exist": "\\exists", "larr": "\\leftarrow",
    "rarr": "\\rightarrow", "harr": "\\leftrightarrow", "lArr": "\\Leftarrow",
    "rArr": "\\Rightarrow", "hArr": "\\Leftrightarrow", "colonequals": "\\coloneqq",
    "empty": "\\emptyset", "relax": "", "weierp": "\\wp", "sub": "\\subset",
    "begingroup": "{", "endgroup": "}", "angln": "\\angl{n}",
    "mod": "\\hspace{1em}\\mathrm{mod}\\,\\,",
    "sube": "\\subseteq", "supe": "\\supseteq", "plusmn": "\\pm", "bull": "\\bullet",
}  # fmt: skip
"""Commands that latex2mathml lacks or misreads, in others that it has."""

NEGATED: dict[str, str] = {
    "=": "\\neq", "<": "\\nless", ">": "\\ngtr", "\\in": "\\notin", "\\ni": "\\notni",
    "\\subset": "\\nsubset", "\\subseteq": "\\nsubseteq", "\\supset": "\\nsupset",
    "\\supseteq": "\\nsupseteq", "\\le": "\\nleq", "\\leq": "\\nleq", "\\ge": "\\ngeq",
    "\\geq": "\\ngeq", "\\sim": "\\nsim", "\\cong": "\\ncong", "\\mid": "\\nmid",
    "\\parallel": "\\nparallel", "\\exists": "\\nexists", "\\equiv": "\\nequiv",
    "\\to": "\\nrightarrow", "\\rightarrow": "\\nrightarrow", "\\Rightarrow": "\\nRightarrow",
    "\\prec": "\\nprec", "\\succ": "\\nsucc",
}  # fmt: skip
"""What `\\not` makes of a relation."""

COMMANDS = frozenset(
    {*_NAMES.split(), *VARIANTS, *ALIASES, *" !#$%&,:;>_{|}", "\\", "not", "begin", "end", "hspace"}
    | {"mathchoice", "genfrac", "prescript", "sideset", "cramped", *SIZES}
    | {"operatorname", "underbar", "hline", "hdashline", *SIZED}
    | {command[1:] for command in SIGNS if len(command) > 1}
    | {*BRACKETS, *TEXT_SIGNS, *ACCENTS, *CLASSES, *ENCLOSING, *SWITCHES}
)
"""Every command that may be given to the engine, without backslash."""
