"""Who decided what about the case, 2002 to 2015: four lanes run downwards, each decision a dot in its court's lane."""

from __future__ import annotations

from dataclasses import dataclass

from canvas import INNER, MARGIN, WIDTH, Canvas
from facts import Facts, Words, day
from ink import ACCENT, SECOND, SOFT

LANES: dict[str, Words] = {
    "lima": {
        "en": "Prosecutors and courts in Lima",
        "es": "Fiscalía y tribunales de Lima",
        "ja": "リマの検察と裁判所",
    },
    "supreme": {"en": "Supreme Court of Peru", "es": "Corte Suprema del Perú", "ja": "ペルー最高裁判所"},
    "commission": {
        "en": "Inter-American Commission, Washington",
        "es": "Comisión Interamericana, Washington",
        "ja": "米州人権委員会(ワシントン)",
    },
    "court": {
        "en": "Inter-American Court, San José",
        "es": "Corte Interamericana, San José",
        "ja": "米州人権裁判所(サンホセ)",
    },
}
COLOURS = {"lima": ACCENT, "supreme": ACCENT, "commission": SECOND, "court": SECOND}
FIRST_LANE, BETWEEN = 66, 48
TEXT = FIRST_LANE + 3 * BETWEEN + 44  # where the words begin


@dataclass(frozen=True)
class Decision:
    """`event` gives the date, unless the date is one in words; `onward` names the lane the case then moves to."""

    event: str
    lane: str
    words: Words
    when: Words | None = None
    onward: str = ""


DECISIONS = (
    Decision(
        "arrest-warrants",
        "lima",
        {
            "en": "A judge orders eleven senior officers arrested.",
            "es": "Una jueza ordena detener a once altos oficiales.",
            "ja": "判事が|高級将校|11人の|逮捕を|命じる。",
        },
    ),
    Decision(
        "complaint-2002",
        "lima",
        {
            "en": "Prosecutors file charges over three deaths.",
            "es": "La fiscalía denuncia por tres muertes.",
            "ja": "検察が|3人の|死をめぐり|訴追。",
        },
    ),
    Decision(
        "supreme-court-ruling",
        "supreme",
        {
            "en": "Nineteen officers: military justice. Anyone outside the commandos: civilian courts.",
            "es": "Diecinueve oficiales: justicia militar. Quien no era del grupo de comandos: justicia ordinaria.",
            "ja": "将校19人は|軍事司法の|管轄に。|特殊部隊以外の|者は|通常の|裁判所に|残る。",
        },
        {
            "en": "After 16 August 2002",
            "es": "Después del 16 de agosto de 2002",
            "ja": "2002年8月16日より後",
        },
    ),
    Decision(
        "iachr-admissible",
        "commission",
        {
            "en": "Admits the petition; no ruling on the merits.",
            "es": "Admite la petición; no decide sobre el fondo.",
            "ja": "申し立てを|受理。|中身の|判断は|示さず。",
        },
    ),
    Decision(
        "iachr-merits",
        "commission",
        {
            "en": "Finds the State of Peru responsible.",
            "es": "Declara responsable al Estado peruano.",
            "ja": "ペルーの|国家責任を|認定。",
        },
    ),
    Decision(
        "case-submitted",
        "commission",
        {
            "en": "Hands the case to the Inter-American Court.",
            "es": "Somete el caso a la Corte Interamericana.",
            "ja": "事件を|米州人権裁判所に|付託。",
        },
        onward="court",
    ),
    Decision(
        "lima-court-2012",
        "lima",
        {
            "en": "Two to one: Montesinos, Hermoza and Huamán acquitted. Cruz was killed after surrendering, "
            "as an isolated act; Meléndez and Peceros died in combat.",
            "es": "Dos a uno: absueltos Montesinos, Hermoza y Huamán. Cruz fue muerto tras rendirse, como hecho "
            "aislado; Meléndez y Peceros murieron en combate.",
            "ja": "2対1で|モンテシノス、|エルモサ、|ワマンの|3被告は|無罪。|クルス氏は|投降後に|殺害され、|"
            "孤立した|行為だった。|メレンデス、|ペセロス両氏は|戦闘で|死亡。",
        },
    ),
    Decision(
        "supreme-court-2013",
        "supreme",
        {
            "en": "Decides the appeals; the case in Peru against these defendants ends.",
            "es": "Resuelve los recursos; termina en el Perú el caso contra estos acusados.",
            "ja": "上訴を|判断。|これらの|被告に|対する|国内の裁判は|終わる。",
        },
    ),
    Decision(
        "iacourt-judgment",
        "court",
        {
            "en": "Peru is responsible for the death of Cruz and for failing the relatives of all three in matters of "
            "justice. On the other two, evidence was insufficient. It did not judge the commandos.",
            "es": "El Perú es responsable de la muerte de Cruz y de fallas de justicia ante los familiares de "
            "los tres. Sobre los otros dos, la prueba fue insuficiente. No juzgó a los comandos.",
            "ja": "クルス氏の|死と、|3氏の|遺族に|対する|司法上の|不備に|ついて|ペルーの|責任を|認定。|"
            "他の|2人に|ついては|証拠不十分。|特殊部隊員は|裁いていない。",
        },
    ),
)
WORDS: dict[str, Words] = {
    "title": {"en": "Who decided what", "es": "Quién decidió qué", "ja": "誰が|何を|決めたか"},
    "subtitle": {
        "en": "Decisions on the case, 2002 to 2015; not to scale",
        "es": "Decisiones sobre el caso, 2002-2015; sin escala",
        "ja": "事件を|めぐる|判断、|2002〜2015年|(間隔は|年数と|無関係)",
    },
    "undated": {
        "en": "Without a date in our sources: military courts cleared the commandos.",
        "es": "Sin fecha en nuestras fuentes: tribunales militares exculparon a los comandos.",
        "ja": "日付は|確認できないが、|軍事法廷は|特殊部隊員の|責任を|問わなかった。",
    },
}
UNDATED = "charges-dropped"  # the event that tells of the military courts


def _lane(name: str) -> float:
    return FIRST_LANE + list(LANES).index(name) * BETWEEN


def _mark(canvas: Canvas, lane: str, y: float) -> None:
    """Peru's institutions have a full mark, the Inter-American ones an open one."""
    if COLOURS[lane] == ACCENT:
        canvas.disc((_lane(lane), y), 17, ACCENT)
    else:
        canvas.ring((_lane(lane), y), 17, SECOND, 6)


def _key(canvas: Canvas, top: float) -> float:
    """The names of the lanes, each led to its lane by a line; returns the y where all lanes run downwards."""
    line = canvas.leading(38) + 8
    bottom = top + line * len(LANES) + 6
    for index, (name, words) in enumerate(LANES.items()):
        y = top + line * index
        middle = y + canvas.leading(38) / 2
        canvas.bar(_lane(name) - 2, middle - 2, TEXT - 16, middle + 2, COLOURS[name])
        canvas.bar(_lane(name) - 2, middle - 2, _lane(name) + 2, bottom, COLOURS[name])
        canvas.text(TEXT, y, words[canvas.language], size=38, bold=True, fill=COLOURS[name])
    return bottom


def _arrow(canvas: Canvas, start: float, end: float, y: float) -> None:
    canvas.bar(start, y - 2, end - 20, y + 2, SECOND)
    canvas.shape([(end - 22, y - 13), (end - 2, y), (end - 22, y + 13)], SECOND)


def _decision(canvas: Canvas, facts: Facts, decision: Decision, top: float) -> float:
    language, date = canvas.language, facts.events[decision.event]["date"]
    when = decision.when[language] if decision.when else day(date, language)
    canvas.text(TEXT, top, when[0].upper() + when[1:], bold=True)
    middle = top + canvas.leading(36) / 2
    if decision.onward:
        _arrow(canvas, _lane(decision.lane), _lane(decision.onward), middle)
    _mark(canvas, decision.lane, middle)
    return canvas.block(TEXT, top + canvas.leading(36), decision.words[language], WIDTH - 36 - TEXT) + 16


def _lanes(canvas: Canvas, top: float, tops: list[float]) -> None:
    """Each lane runs down to its last decision."""
    last = {decision.lane: y for decision, y in zip(DECISIONS, tops, strict=True)}
    for name, y in last.items():
        canvas.bar(_lane(name) - 2, top, _lane(name) + 2, y + canvas.leading(36) / 2, COLOURS[name])


def draw(facts: Facts, language: str) -> bytes:
    canvas, plan = Canvas(language), Canvas(language)
    start = _key(canvas, canvas.heading(WORDS["title"][language], WORDS["subtitle"][language]) + 26)
    tops = [start + 16]
    for decision in DECISIONS:  # first on a sheet of its own, to learn how far down the lanes must run
        tops.append(_decision(plan, facts, decision, tops[-1]))
    _lanes(canvas, start - 2, tops[:-1])
    for decision, top in zip(DECISIONS, tops, strict=False):
        _decision(canvas, facts, decision, top)
    bottom = canvas.block(MARGIN, tops[-1] + 14, WORDS["undated"][language], INNER, fill=SOFT)
    return canvas.webp(bottom + MARGIN)
