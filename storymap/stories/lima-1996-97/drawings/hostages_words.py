"""The words of the chart of hostages; names in braces are its numbers."""

from __future__ import annotations

from facts import Words

WORDS: dict[str, Words] = {
    "title": {
        "en": "Hostages still held over 126 days",
        "es": "Rehenes retenidos en 126 días",
        "ja": "126日間の|人質の数",
    },
    "subtitle": {
        "en": "Day 0 is 17 December 1996.",
        "es": "El día 0 es el 17 de diciembre de 1996.",
        "ja": "1996年12月17日を|0日目とする。",
    },
    "counted": {"en": "counted", "es": "recuento", "ja": "集計値"},
    "range": {
        "en": "between two counts",
        "es": "entre dos recuentos",
        "ja": "二つの数字の間",
    },
    "days": {"en": "Day", "es": "Día", "ja": "日目"},
    "long": {
        "en": "{rest} held from 26 January",
        "es": "{rest} desde el 26 de enero",
        "ja": "1月26日から{rest}人",
    },
    "end": {
        "en": "22 April: {freed} rescued, one died",
        "es": "22 de abril: {freed} rescatados, uno murió",
        "ja": "4月22日、|{freed}人救出・1人死亡",
    },
    "enlarged": {
        "en": "The first twelve days, enlarged",
        "es": "Los primeros doce días, ampliados",
        "ja": "最初の12日間(拡大)",
    },
    "start": {
        "en": "{low} to more than {high} held: the counts differ",
        "es": "De {low} a más de {high}: los recuentos difieren",
        "ja": "{low}人から|{high}人超まで|諸説ある",
    },
    "night": {
        "en": "First night: about {night} leave",
        "es": "Primera noche: salen unas {night}",
        "ja": "最初の夜に|約{night}人が解放",
    },
    "third": {"en": "Day 3: {third} leave", "es": "Día 3: salen {third}", "ja": "3日目に|{third}人解放"},
    "fifth": {"en": "Day 5: {fifth} leave", "es": "Día 5: salen {fifth}", "ja": "5日目に|{fifth}人解放"},
    "eleventh": {
        "en": "Day 11: {eleventh} leave",
        "es": "Día 11: salen {eleventh}",
        "ja": "11日目に|{eleventh}人解放",
    },
    "note": {
        "en": "The hatched ranges of the first five days: the published counts, less those released. "
        "The totals do not add up exactly.",
        "es": "Franjas rayadas de los primeros cinco días: los recuentos publicados, menos los liberados. "
        "Los totales no cuadran del todo.",
        "ja": "最初の5日間の|斜線部分は、|公表された|人数から|解放された|人数を|"
        "引いた範囲。|合計は|完全には|一致しない。",
    },
}
