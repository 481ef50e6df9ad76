"""What the columns of a table are called, in English, Spanish and Japanese, and what they mean."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from places.cities import fold

_WHERE: dict[str, str] = {
    "latitude": "latitude lat latitud y 緯度",
    "longitude": "longitude lng lon long longitud x 経度",
    "coordinates": "coordinates coords latlng lat/lng position coordenadas posicion 座標 位置 緯度経度",
    "address": "address street direccion domicilio calle 住所 所在地",
    "country": "country countrycode pais 国 国名 国コード",
}
_NAMES = "name title nombre titulo 名前 名称 題名 タイトル"
PLACES: dict[str, str] = {
    "name": f"{_NAMES} place placename lugar sitio 場所 場所名 地名",
    **_WHERE,
    "kind": "kind type category tipo clase categoria 種類 種別 分類",
    "precision": "precision 精度",
    "radius": "radius radio 半径",
    "coordinate_source": "coordinatesource sourceofthecoordinates fuentedelascoordenadas 座標の出典",
    "time_zone": "timezone zonahoraria husohorario 時間帯 タイムゾーン",
    "slug": "slug id identifier identificador 識別子",
}
EVENTS: dict[str, str] = {
    "title": f"{_NAMES} event headline evento suceso hecho titular 出来事 事件 件名",
    "date": "date when day fecha cuando dia 日付 年月日 日時",
    "time": "time localtime hour hora horalocal 時刻 時間 現地時刻",
    "place": "place placename where location lugar sitio donde ubicacion 場所 場所名 地名",
    **_WHERE,
    "also_there": "alsothere placesalsoconcerned furtherplaces otherplaces otroslugares 関連する場所 他の場所",
    "journey": "journey stops itinerary viaje recorrido itinerario 旅程 経路",
    "journey_mode": "journeymode meansoftransport transport mediodetransporte transporte 交通手段",
    "journey_date": "journeydate dateofthejourney fechadelviaje 旅程の日付",
    "summary": "summary description text resumen descripcion texto 概要 要約 説明 本文",
    "status": "status claimstatus estado estatus 状態 確度",
    "attributed_to": "attributedto accordingto atribuidoa segun 情報源 発言者",
    "note": "note notes editorsnote nota notas 注 備考 メモ",
    "sources": "sources source fuentes fuente 出典 資料",
    "slug": PLACES["slug"],
}
FIELDS = {"places": PLACES, "events": EVENTS}
LABELS: dict[str, str | Promise] = {
    "name": _("name"),
    "title": _("title"),
    "date": _("date"),
    "time": _("local time"),
    "place": _("place"),
    "latitude": _("latitude"),
    "longitude": _("longitude"),
    "coordinates": _("latitude and longitude"),
    "address": _("address"),
    "country": _("country"),
    "kind": _("kind"),
    "precision": _("precision"),
    "radius": _("radius"),
    "coordinate_source": _("source of the coordinates"),
    "time_zone": _("time zone"),
    "summary": _("summary"),
    "status": _("claim status"),
    "attributed_to": _("attributed to"),
    "note": _("editor's note"),
    "sources": _("sources"),
    "also_there": _("places also concerned"),
    "journey": _("stops of the journey"),
    "journey_mode": _("means of transport"),
    "journey_date": _("date of the journey"),
    "slug": _("slug"),
}


def guessed_kind(header: Sequence[str]) -> str:
    """Whatever has a date, a status, a summary or a place beside its title happened; everything else is a place."""
    named = set(guessed_fields(header, "events"))
    happened = named & {"date", "time", "status", "summary", "attributed_to", "sources"} or {"title", "place"} <= named
    return "events" if happened else "places"


def guessed_fields(header: Sequence[str], kind: str) -> list[str]:
    """For each column its field, or an empty text. No field is taken twice."""
    taken: set[str] = set()
    chosen = []
    for name in header:
        field = next((f for f, names in _KNOWN[kind].items() if _plain(name) in names), "")
        chosen.append("" if field in taken else field)
        taken.add(field)
    return chosen


def _plain(name: str) -> str:
    """Without case, accents, spaces and signs; “Latitude (WGS84)” is a latitude too."""
    return re.sub(r"[\s_.'’-]", "", fold(re.sub(r"[(（].*", "", name)))


_KNOWN = {
    kind: {field: {_plain(name) for name in names.split()} for field, names in fields.items()}
    for kind, fields in FIELDS.items()
}
