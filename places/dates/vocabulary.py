"""Words of dates as they are typed in English, Spanish and Japanese, folded to one form."""

from __future__ import annotations

import re
import unicodedata

from babel import Locale


def fold(text: str) -> str:
    """Lower case, one kind of space and dash, and no accents on Latin letters (those of kana stay)."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub(r"([a-z])[\u0300-\u036f]+", r"\1", unicodedata.normalize("NFD", text))
    return " ".join(re.sub("[–—−〜]", "–", unicodedata.normalize("NFC", text)).split())


def _months() -> dict[str, int]:
    names = {"sept": 9, "set": 9, "setiembre": 9}  # as written in Peru, and in English papers
    for locale in (Locale("en"), Locale("en", "GB"), Locale("es"), Locale("es", "PE")):
        for width in ("wide", "abbreviated"):
            names |= {fold(name).rstrip("."): number for number, name in locale.months["format"][width].items()}
    return names


MONTHS = _months()
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
SEASONS |= {"primavera": 21, "verano": 22, "otono": 23, "invierno": 24, "春": 21, "夏": 22, "秋": 23, "冬": 24}
HEMISPHERES = {"northern hemisphere": 4, "hemisferio norte": 4, "北半球": 4}  # to add to the number of the season
HEMISPHERES |= {"southern hemisphere": 8, "hemisferio sur": 8, "南半球": 8}

UNDATED = re.compile(
    r"[-–?]|n\. ?d\.?|nd|undated|not dated|no date|(?:date )?unknown|s\. ?f\.?|s/f|sin fecha|(?:fecha )?desconocida"
    r"|日付なし|日付不明|年月日不明|不明|不詳|o\. ?d\.?|ohne datum|undatiert|unbekannt|s\. ?d\.?|sans date"
)

# An era before or behind a date, and whether it counts the years before Christ.
_BC = (
    r"b\. ?c\. ?e\.?|b\. ?c\.?|bce|bc|a\. ?(?:de )?c\.?|a\. ?e\. ?c\.?|a\. ?n\. ?e\.?|antes de cristo"
    r"|v\. ?chr\.?|av\. ?j\.-c\.?"
)
_AD = r"a\. ?d\.?|ad|c\. ?e\.?|ce|d\. ?(?:de )?c\.?|e\. ?c\.?|despues de cristo|n\. ?chr\.?|apr\. ?j\.-c\.?"
ERAS = [
    (re.compile(rf"(?P<date>.*[0-9ivx]|.*(?:century|c\.)) ?(?:{_BC})"), True),
    (re.compile(rf"(?P<date>.*[0-9ivx]|.*(?:century|c\.)) ?(?:{_AD})"), False),
    (re.compile(r"(?:紀元前|西暦前|前) ?(?P<date>.+)"), True),
    (re.compile(r"(?:西暦|紀元|a\. ?d\.?|ad) ?(?P<date>.+)"), False),
]

ABOUT = re.compile(
    r"(?:about|around|approximately|approx\.?|circa|ca?\.|ca?(?= )|hacia|alrededor de|aproximadamente|約) ?(.+)"
)
ABOUT_AFTER = re.compile(r"(.+?) ?(?:ごろ|頃|~|\(aprox\.\))")
UNCERTAIN = re.compile(
    r"(?:perhaps|possibly|probably|maybe|quizas?|tal vez|posiblemente|probablemente|おそらく|恐らく) ?(?:in |en )?(.+)"
)
UNCERTAIN_AFTER = re.compile(
    r"(.+?),? ?(?:\?|\(\?\)|\(?(?:uncertain|incierto|incierta|fecha incierta|不確か|不確実)\)?)"
)

# Which third of a month, a year, a decade or a century; “of” and “de” are optional behind it.
_EARLY = r"early|(?:the )?(?:beginning|start)(?= of )|(?:a )?(?:principios|comienzos|inicios)(?= del? )"
_MID = r"mid|(?:the )?middle(?= of )|(?:a )?mediados(?= del? )"
_LATE = r"late|(?:the )?end(?= of )|(?:a )?(?:fines|finales)(?= del? )"
THIRDS = [
    (re.compile(rf"(?:the )?(?:{_EARLY})(?:-| )(?:of |de |del )?(?P<whole>.+)"), 0),
    (re.compile(rf"(?:the )?(?:{_MID})(?:-| )(?:of |de |del )?(?P<whole>.+)"), 1),
    (re.compile(rf"(?:the )?(?:{_LATE})(?:-| )(?:of |de |del )?(?P<whole>.+)"), 2),
    (re.compile(r"(?P<whole>.+?[年月代紀])の? ?(?:初頭|初旬|初め|始め|はじめ|上旬)"), 0),
    (re.compile(r"(?P<whole>.+?[年月代紀])の? ?(?:半ば|なかば|中頃|中ごろ|中旬)"), 1),
    (re.compile(r"(?P<whole>.+?[年月代紀])の? ?(?:末期?|下旬|終わり|おわり)"), 2),
]

CLOCK = re.compile(
    r"(.+?)(?:,? (?:at |a las? )?|t|(?<=日))([0-9]{1,2})(?::|時)([0-9]{2})(?::([0-9]{2})|分| ?h(?:rs?)?\.?)?"
    r"(?: ?([ap])\.?m\.?)?"
)
