"""The item types of CSL 1.0.2, and what BibTeX and biblatex call them. Pure."""

from __future__ import annotations

CSL = {
    *("article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast"),
    *("chapter", "classic", "collection", "dataset", "document", "entry", "entry-dictionary"),
    *("entry-encyclopedia", "event", "figure", "graphic", "hearing", "interview", "legal_case", "legislation"),
    *("manuscript", "map", "motion_picture", "musical_score", "pamphlet", "paper-conference", "patent"),
    *("performance", "periodical", "personal_communication", "post", "post-weblog", "regulation", "report"),
    *("review", "review-book", "software", "song", "speech", "standard", "thesis", "treaty", "webpage"),
}
BIBTEX = {
    **dict.fromkeys(("article", "suppperiodical"), "article-journal"),
    **dict.fromkeys(("book", "mvbook", "collection", "mvcollection", "proceedings", "mvproceedings"), "book"),
    **dict.fromkeys(("reference", "mvreference"), "book"),
    **dict.fromkeys(("inbook", "incollection", "bookinbook", "suppbook", "suppcollection"), "chapter"),
    **dict.fromkeys(("inproceedings", "conference"), "paper-conference"),
    **dict.fromkeys(("online", "electronic", "www", "webpage"), "webpage"),
    **dict.fromkeys(("techreport", "report", "manual"), "report"),
    **dict.fromkeys(("thesis", "phdthesis", "mastersthesis"), "thesis"),
    **dict.fromkeys(("movie", "video"), "motion_picture"),
    **dict.fromkeys(("artwork", "image"), "graphic"),
    **dict.fromkeys(("jurisdiction", "legal"), "legal_case"),
    **dict.fromkeys(("music", "audio"), "song"),
    **dict.fromkeys(("dataset", "patent", "performance", "periodical", "review", "software", "standard"), ""),
    "booklet": "pamphlet",
    "inreference": "entry-encyclopedia",
    "legislation": "legislation",
    "letter": "personal_communication",
    "misc": "document",
    "newspaper": "article-newspaper",
    "unpublished": "manuscript",
}
BIBTEX |= {name: name for name, kind in BIBTEX.items() if not kind}
