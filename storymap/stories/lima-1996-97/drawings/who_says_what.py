"""Conflicting accounts side by side: on the left who said what and when, on the right who says otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from canvas import INNER, MARGIN, WIDTH, Canvas
from facts import Facts, Words
from ink import ACCENT, RULE, SECOND, SOFT

GUTTER = 44
COLUMN = (INNER - GUTTER) / 2
RIGHT = MARGIN + COLUMN + GUTTER


@dataclass(frozen=True)
class Voice:
    """Who speaks (with the time, as far as it is known) and what is said."""

    who: Words
    says: Words


@dataclass(frozen=True)
class Pair:
    """A statement and its reply; both stand in the event's own words and notes."""

    event: str
    statement: Voice
    reply: Voice


PAIRS = (
    Pair(
        "munante-heard-surrender",
        Voice(
            {
                "en": "Rodolfo Muñante, former minister, after his release",
                "es": "Rodolfo Muñante, exministro, tras su liberación",
                "ja": "ムニャンテ|元農相、|解放後",
            },
            {
                "en": "He heard one of the group surrender (encyclopedia article).",
                "es": "Oyó rendirse a uno del grupo (artículo de enciclopedia).",
                "ja": "メンバーの|1人が|投降するのを|聞いた|(百科事典の記事)。",
            },
        ),
        Voice(
            {"en": "Muñante himself, later", "es": "El propio Muñante, después", "ja": "ムニャンテ氏|本人、|のちに"},
            {"en": "He denied having said so.", "es": "Negó haberlo dicho.", "ja": "そのような発言は|していない。"},
        ),
    ),
    Pair(
        "ogura-saw-cruz",
        Voice(
            {
                "en": "Hidetaka Ogura, former hostage; in court in 2012",
                "es": "Hidetaka Ogura, exrehén; ante el tribunal en 2012",
                "ja": "元人質の|小倉英敬氏、|2012年に|法廷でも",
            },
            {
                "en": "He saw Eduardo Cruz alive and bound.",
                "es": "Vio a Eduardo Cruz vivo y atado.",
                "ja": "縛られた|クルス氏を|生きている|状態で|見た。",
            },
        ),
        Voice(
            {
                "en": "Judges freed with him",
                "es": "Magistrados liberados con él",
                "ja": "一緒に|解放された|裁判官ら",
            },
            {
                "en": "They saw no member of the group alive there.",
                "es": "No vieron allí con vida a nadie del grupo.",
                "ja": "そこで|生きている|メンバーは|見ていない。",
            },
        ),
    ),
    Pair(
        "police-corroborate",
        Voice(
            {"en": "Two police officers, 2001", "es": "Dos policías, 2001", "ja": "警察官2人、|2001年"},
            {
                "en": "They took Cruz alive. A Lima court believed them in 2012.",
                "es": "Capturaron vivo a Cruz. Un tribunal de Lima les creyó en 2012.",
                "ja": "クルス氏を|生きた|まま|捕らえた。|リマの裁判所も|2012年に|認めた。",
            },
        ),
        Voice(
            {"en": "The official account", "es": "La versión oficial", "ja": "公式の|説明"},
            {
                "en": "Cruz died in the assault.",
                "es": "Cruz murió en el asalto.",
                "ja": "クルス氏は|突入の際に|死亡した。",
            },
        ),
    ),
    Pair(
        "dia-no-prisoners",
        Voice(
            {
                "en": "U.S. intelligence cable, 10 June 1997; sources unnamed",
                "es": "Cable de inteligencia de EE. UU., 10 de junio de 1997; fuentes sin nombre",
                "ja": "米情報機関の|公電、|1997年6月10日、|情報源は|匿名",
            },
            {
                "en": "Fujimori ordered that no prisoners be taken.",
                "es": "Fujimori ordenó no tomar prisioneros.",
                "ja": "フジモリ大統領は|捕虜を|取らないよう|命じた。",
            },
        ),
        Voice(
            {
                "en": "Alberto Fujimori, April 1997",
                "es": "Alberto Fujimori, abril de 1997",
                "ja": "フジモリ大統領、|1997年4月",
            },
            {
                "en": "He denied killings after surrender. He was never convicted over this raid.",
                "es": "Negó que se hubiera matado a rendidos. Nunca fue condenado por este operativo.",
                "ja": "投降者の|殺害を|否定。|この作戦で|同氏が|有罪と|されたことは|ない。",
            },
        ),
    ),
    Pair(
        "forensic-finding-eight",
        Voice(
            {
                "en": "Forensic examinations, about 2001",
                "es": "Exámenes forenses, hacia 2001",
                "ja": "法医学鑑定、|2001年ごろ",
            },
            {
                "en": "Eight may have been shot after capture or when defenceless (encyclopedia article).",
                "es": "Ocho habrían recibido disparos tras su captura o indefensos (artículo de enciclopedia).",
                "ja": "8人が|捕らえられた後か、|抵抗できない|状態で|撃たれた|可能性がある|(百科事典の記事)。",
            },
        ),
        Voice(
            {
                "en": "Courts in Peru, 2012 and 2013",
                "es": "Tribunales del Perú, 2012 y 2013",
                "ja": "ペルーの|裁判所、|2012年と|2013年",
            },
            {
                "en": "Two of the group, Meléndez and Peceros, died in combat.",
                "es": "Dos del grupo, Meléndez y Peceros, murieron en combate.",
                "ja": "メンバーのうち|メレンデス、|ペセロス|両氏は|戦闘で|死亡した。",
            },
        ),
    ),
)
WORDS: dict[str, Words] = {
    "title": {"en": "Who says what", "es": "Quién dice qué", "ja": "誰が|何を|述べたか"},
    "statement": {"en": "Statement", "es": "Declaración", "ja": "証言・|文書"},
    "reply": {"en": "Reply or other account", "es": "Respuesta u otra versión", "ja": "反論・|別の説明"},
    "after": {
        "en": "In 2015 the Inter-American Court held the State responsible for the death of Cruz, found the evidence "
        "on Meléndez and Peceros insufficient, and did not judge the commandos.",
        "es": "En 2015 la Corte Interamericana declaró al Estado responsable de la muerte de Cruz, halló insuficiente "
        "la prueba sobre Meléndez y Peceros, y no juzgó a los comandos.",
        "ja": "米州人権裁判所は|2015年、|クルス氏の|死に|ついて|国の|責任を|認め、|メレンデス、|"
        "ペセロス両氏に|ついては|証拠不十分とした。|特殊部隊員は|裁いていない。",
    },
}


def _voice(canvas: Canvas, voice: Voice, x: float, y: float, colour: str) -> float:
    colon = "：" if canvas.language == "ja" else ":"  # so that no claim stands without its author
    y = canvas.block(x, y, voice.who[canvas.language] + colon, COLUMN, bold=True, fill=colour)
    return canvas.block(x, y + 4, voice.says[canvas.language], COLUMN)


def draw(_facts: Facts, language: str) -> bytes:
    canvas = Canvas(language)
    y = canvas.block(MARGIN, 44, WORDS["title"][language], INNER, size=58, bold=True) + 14
    canvas.text(MARGIN, y, WORDS["statement"][language], size=38, fill=SOFT)
    canvas.text(RIGHT, y, WORDS["reply"][language], size=38, fill=SOFT)
    y += canvas.leading(38) + 8
    start = y
    for pair in PAIRS:
        canvas.bar(MARGIN, y, WIDTH - MARGIN, y + 3, RULE)
        left = _voice(canvas, pair.statement, MARGIN, y + 16, ACCENT)
        right = _voice(canvas, pair.reply, RIGHT, y + 16, SECOND)
        y = max(left, right) + 22
    middle = MARGIN + COLUMN + GUTTER / 2
    canvas.bar(middle - 1, start, middle + 2, y - 6, RULE)
    canvas.bar(MARGIN, y, WIDTH - MARGIN, y + 3, RULE)
    y = canvas.block(MARGIN, y + 24, WORDS["after"][language], INNER)
    return canvas.webp(y + MARGIN)
