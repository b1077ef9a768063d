"""A plain alphabet of pen strokes, Cyrillic and Latin, drawn for the documents.

Documents must show Bulgarian on any machine, and no typeface may be assumed on the one that
makes them; strokes on a small grid are enough for an even, round-cornered letter.
"""

from dataclasses import dataclass

Point = tuple[float, float]

EM = 14
_LEVELS = "cba0123456789TUVW"  # c is three below the base line, T the height of capitals.

# A sign, then its strokes. A stroke is a row of points, two characters each: how far to the
# right, how high. ~ before a stroke rounds its corners, * after it closes it.
_DRAWINGS = """
А 003T60 1353
Б 6T0T00 ~06666000
В 000T ~0T5T5505 ~05656000
Г 000T5T
Д 0b00808b 104T70
Е 5T0T0050 0545
Ж 404T 0T4500 8T4580
З ~0T5T5515 ~15656000
И 0T006T60
Й 0T006T60 ~1W1U5U5W
К 000T 6T0560
Л 003T60
М 000T448T80
Н 000T 606T 0565
О ~0T7T7000*
П 000T6T60
Р 000T ~0T6T6404
С ~686T0T006062
Т 303T 0T6T
У 0T34 6T1000
Ф 404T ~08888202*
Х 0T60 6T00
Ц 0T00707b 6T60
Ч ~0T0464 6T60
Ш 0T00808T 404T
Щ 0T00909b 404T 8T80
Ъ 0T2T20 ~26767020
Ы 0T00 ~06565000 8T80
Ь 0T00 ~06666000
Э ~080T6T600002 2565
Ю 000T 0525 ~2T8T8020*
Я 606T ~6T0T0464 3400
D 000T ~0T6T6000
F 000T5T 0545
G ~686T0T006065 3565
I 000T
J ~5T500002
L 0T0050
N 000T606T
Q ~0T7T7000* 4370
R 000T ~0T6T6404 3460
S ~686T0T0565600002
U ~0T00606T
V 0T306T
W 0T2048608T
Y 0T35 6T3530
Z 0T6T0060
а ~07575000* 5750
б ~06565000* ~030T5T
в 0007 ~07474404 ~04545000
г 000747
д 0b00606b 10275750
е 0454 ~545707005051
ж 3037 073400 673460
з ~07474414 ~14545000
и 07005750
й 07005750 ~1T19494T
к 0007 570350
л 003760
м 0007336760
н 0007 5057 0454
о ~07575000*
п 00075750
р 0c07 ~07575000*
с ~565707005051
т 3037 0767
у 0730 672c
ф 4c4T ~07878000*
х 0750 5700
ц 0700606b 5750
ч ~070353 5750
ш 07006067 3037
щ 0700707b 3037 6760
ъ 072720 ~24646020
ы 0700 ~04444000 6760
ь 0700 ~04545000
э ~060757500001 2454
ю 0007 0424 ~27777020*
я 5057 ~57070353 2300
b 0T00 ~07575000*
d ~07575000* 5T50
f ~101T4T 0737
g ~07575000* ~575c0c
h 0T00 ~075750
i 0007 0T0T
j ~171c0c 1T1T
k 0T00 570350
l 0T00
m 0007 ~073730 ~376760
n 0007 ~075750
q ~07575000* 575c
r 0007 ~040747
s ~5657070454500001
t ~1T1040 0737
u ~070050 5750
v 073067
w 0720466087
z 07570050
0 ~0T6T6000*
1 083T30
2 ~080T6T66 660060
3 ~0T5T5515 ~15656000
4 505T0373
5 5T0T06 ~06666000
6 ~06666000* ~030T5T
7 0T6T20
8 ~0T6T6505* ~05656000*
9 ~0T6T6404* ~676010
. 0000
, 100b
: 0000 0606
; 100b 1616
! 030T 0000
? ~080T5T5525 2523 2020
- 0343
– 0363
— 0393
( 2T08012b
) 0T28210b
/ 0b5T
„ 100b 403b
“ 1T08 4T38
” 1T08 4T38
" 0T08 2T28
' 0T08
’ 1T08
« 260422 563452
» 062402 365432
№ 000T505T ~7T9T9777* 7494
% 006T ~0T2T2808* ~42626040*
+ 3137 0464
= 0363 0666
@ ~80000T8T8353 ~27575323*
€ ~6T1T1060 0646 0444
• 0404
· 0404
_ 0b6b
… 0000 3030 6060
□ 0T6T6000*
"""

# Signs that look alike in both scripts share their strokes.
_TWINS = zip("ABCEHKMOPTXaceopxy", "АВСЕНКМОРТХасеорху", strict=True)


@dataclass(frozen=True)
class Stroke:
    """A line of the pen through points on the grid."""

    points: tuple[Point, ...]
    is_round: bool
    is_closed: bool


@dataclass(frozen=True)
class Sign:
    """The strokes of a character and the room it takes, in units of the grid."""

    strokes: tuple[Stroke, ...]
    width: float


def _stroke(text: str) -> Stroke:
    signs = text.strip("~*")
    pairs = zip(signs[::2], signs[1::2], strict=True)
    points = tuple((float(x), float(_LEVELS.index(y) - 3)) for x, y in pairs)
    return Stroke(points, text.startswith("~"), text.endswith("*"))


def _read() -> dict[str, Sign]:
    alphabet = {" ": Sign((), 4.2)}
    for line in _DRAWINGS.strip().splitlines():
        character, *texts = line.split()
        strokes = tuple(_stroke(text) for text in texts)
        reach = max(x for stroke in strokes for x, _ in stroke.points)
        alphabet[character] = Sign(strokes, reach + 2.4)
    for latin, cyrillic in _TWINS:
        alphabet[latin] = alphabet[cyrillic]
    return alphabet


ALPHABET = _read()


def sign(character: str) -> Sign:
    """The sign of a character; an empty box stands for one that the alphabet does not have."""
    return ALPHABET.get(character, ALPHABET["□"])


def measure(text: str, size: float) -> float:
    """The length of a line of text in points, for a letter size in points."""
    return sum(sign(character).width for character in text) * size / EM
