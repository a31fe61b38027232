"""Which of our languages a letter is written in: by letters that only one of them has and by its commonest words.

Nothing clever: a guess that is wrong answers somebody in a language they may not read, so a tie is no guess.
"""

from __future__ import annotations

import re
from collections import Counter

MARGIN = 2  # signs more than for the second best, where there is one
ENOUGH = 30  # Cyrillic letters among which Ukrainian has at least one of its own
SHORT = 3  # letters; shorter words have no shape
_ADDRESS = re.compile(r"\S*(?:://|@|www\.)\S*")  # speaks no language
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_LETTERS = {
    "lt": re.compile("[ąčęėįšųūž]"),
    "ru": re.compile("[ыэъё]"),
    "uk": re.compile("[іїєґ]|['’ʼ]"),
}
# How words end, or are built, in one of two languages that share an alphabet.
_SHAPES = {
    "lt": re.compile("(?:[aiu]s|os|ai|iau|iu|uoju|uoti|oti|yti|ėti|eti|inti|auti|ams|oms|ija|imas|ymas|umas|ui|ei)$"),
    "en": re.compile("(?:ing|ed|ly|tion|ght|ck|er|ers|ess|th|ty|nce|ple|ble|ate|ll)$|^(?:wh|th)|ee|oo|ght|sh"),
    "ru": re.compile("(?:ть|ться|ая|ое|ые|ие|ия|ию|ую|ции|ешь|ают|ости)$|ск[аоиу]|ищ|ье"),
    "uk": re.compile("(?:ти|тися|ння|ою|ції|ють|єш|ості)$|ськ|цьк|ьо|йо|щод"),
}
_CYRILLIC = re.compile("[а-яёіїєґ]")
_COMMON = {
    "lt": "ar aš as bet bei be būti buvo būtų butu dabar dar dėl del gal gali galima galiu gauti gavau iki ir "
    "iš is jau jei jeigu jis ji jie kad kai kaip kam kas kiek kiekvieną kita kitą koks kokia kokie kokią "
    "ką ka kur kuri kuris labai laba man mane mano manęs mes mums mūsų musu nei nes ne nera nėra nebe "
    "noriu norim norime nuo o padėti padeti padės padeda pas per po prašau prasau prie priklauso reikia "
    "reikės reikes sau savo su taip tada tai tik tikrai to turi turiu už uz vis visi ačiū aciu yra į jo "
    "jos jų ju jums jūs jus jūsų jusu kada kodėl kodel čia cia dieną diena sveiki pagalba pagalbos "
    "pinigai pinigų pinigu vaikas vaikui vaiko vaikai vaikų vaiku mama mamai tėtis tėvas motina žmona "
    "vyras sūnus senelis senelei močiutė mociute namie namuose namus nebegali negali negaliu neturiu "
    "skola mokėti moketi moka duoda duos gyvena gyvenu gyventi dirbu dirba darbo darbą darba butą buta "
    "buto butas būstas busta būstą",
    "ru": "а без бы был была были было в вам вас все всё вы где да даёт даст для до его ее её если есть еще ещё "
    "же за и из или их к как какая какие какой какую когда кто куда ли мама маме мать меня мне мной могу "
    "мой моя можно мы мои моей моего на надо нам нас не нет нужно нужна нужен ни но о об он она они оно "
    "от платят платить по под получить положено помощь помогите после при про с сколько со спасибо так "
    "там то только тоже ты у уже хочу хотим чем через что чтобы это эта этот я ребёнок ребенок ребёнка "
    "ребенка ребёнку ребенку детей дети деньги дом дома дому жить живу живет живёт муж жена сын дочь "
    "дочери сыну бабушка бабушке бабушку отец отцу пожалуйста здравствуйте почему никто больше может "
    "можем где-то работу работы остался осталась",
    "uk": "а або без би був була було були в вам вас все всі ви де для до дякую допомога допоможе допоможуть "
    "допомогу допоможіть його її їх якщо є ще ж за з зі із й і коли куди кому хто мама мамі мати мене "
    "мені може можна можу мій моя моє ми моєї мого на нам нас не немає ні але о об він вона вони від по "
    "під після при про скільки та так там те тільки теж то треба ти у уже вже хочу хочемо чим чи через що "
    "щоб це ця цей я як яка які який яку будь ласка маю маємо дитина дитини дитину дитині дітей діти "
    "гроші дім вдома жити живу живе чоловік дружина син донька доньки сину бабуся бабусі бабусю батько "
    "батьку навіщо чому ніхто більше потрібно потрібна потрібен отримати платять платити роботу залишився "
    "залишилась",
    "en": "a about after all am an and any are as at be been but by can cannot can't could day did do does "
    "don't for from get gets give given has have he help her him his home house how i i'm if in is it its "
    "just like live lives long look me money more much must my need needs no not now of on or our out pay "
    "paid please she should so some somebody someone than thank thanks that the their them then there "
    "they this to too up us was we were what when where which who why will with without work would you "
    "your",
}
_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}


def guess(text: str) -> str:
    """The code of the language; empty when two are as likely, or nothing tells."""
    counts: Counter[str] = Counter()
    words = _ADDRESS.sub(" ", text.lower())
    for word in _WORD.findall(words):
        is_cyrillic = bool(_CYRILLIC.search(word))
        for language, common in _WORDS.items():
            if is_cyrillic == (language in {"ru", "uk"}):
                counts[language] += word in common
        for language, letters in _LETTERS.items():
            if is_cyrillic == (language in {"ru", "uk"}):
                counts[language] += 2 * bool(letters.search(word))
        for language, shapes in _SHAPES.items():
            if len(word) > SHORT and is_cyrillic == (language in {"ru", "uk"}):
                counts[language] += bool(shapes.search(word))
    letters_there = _CYRILLIC.findall(words)
    if len(letters_there) >= ENOUGH and not _LETTERS["uk"].search(words):
        counts["ru"] += MARGIN
    (first, most), *others = counts.most_common() or [("", 0)]
    second = others[0][1] if others else 0
    return first if most >= second + MARGIN or (most and not second) else ""
