"""A light stemmer of Ukrainian: endings of nouns, adjectives and verbs, and consonants that change before them."""

from __future__ import annotations

_SHORTEST = 3
_REFLEXIVE = ("ся", "сь")
_ENDINGS = (
    # verbs
    "уватиме юватиме атиме итиме увати ювати ували ювали увала ювала ував ював увало ювало уємо юємо уєте юєте ують "
    "юють аємо яємо аєте яєте ають яють ує ює ати яти ити іти їти ала яла ила іла али яли или іли ало яло ило іло "
    "ав яв ив ів їв ають яють ать ять уть ють єте ете ите їте емо имо їмо єш еш иш їш ить їть ай яй "
    # participles and nouns made from verbs
    "ування ювання уванням юванням уванню юванню ання яння ення іння анням янням енням інням анню янню енню інню "
    "ань янь ень інь аний яний ений аного еного ана ена ані ені ано ено "
    # adjectives
    "ського ському ською ських ськими ським ський ська ське ські ській ську "
    "ального альному альною альних альними альним альний альна альне альні альній альну "
    "ого ього ому ьому ою ьою ою ими іми іх их їх им ім ий ій їй ая яя а я е є і ї у ю "
    # nouns
    "остями остям остях ості істю остей ість ами ями ові еві єві ах ях ам ям ею єю ою ом ем єм ей ої ія ії ію ією "
    "ієм ій и о ь й"
)
ENDINGS = tuple(sorted(set(_ENDINGS.split()), key=lambda ending: (-len(ending), ending)))
_SAME = str.maketrans("зжцчсшґ", "ггккххг")  # нога, ніжка, нозі


def stem(word: str) -> str:
    """The word without its ending, at least three letters long."""
    if len(word) > 5 and word.endswith(_REFLEXIVE):
        word = word[:-2]
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            word = word[: -len(ending)]
            break
    if word[-2:-1] == word[-1:]:
        word = word[:-1]
    if len(word) > _SHORTEST and word[-2] == "і":  # допоміг, допомога
        word = f"{word[:-2]}о{word[-1]}"
    return word[:-1] + word[-1:].translate(_SAME)
