"""Messages of findings in another language than that in which a graph keeps them.

A graph holds a finding's message as it was written when the graph was built.  Its form tells the
texts it was made of, so that a reader of the other language gets them in that language, with the
names and dates that stand in them.

>>> retold("two-dates", "Quyết định 1740/QĐ-TTg is dated 13/12/2021 and 13/12/2018", "vi")
'Quyết định 1740/QĐ-TTg được ghi hai ngày: 13/12/2021 và 13/12/2018'
"""

from __future__ import annotations

import re
from functools import cache

from kg.messages import LANGUAGES, messages, say, worded
from kg.ontology.tables import read

__all__ = ["retold"]

_PLACE = re.compile(r"\{(\w+)(:[^}]*)?\}")
_MEANT = "finding.meant"
_REASONS = "finding.why-"


def retold(code: str, message: str, lang: str) -> str:
    """Return the message of a finding with that code in ``lang``; one of an unknown form as it is."""
    for written, template in _templates().get(code, {}).items():
        if found := _form(template, open_end=True).fullmatch(message):
            if written == lang:
                return message
            values = found.groupdict()
            rest = values.pop("rest") or ""
            meant = _meant(rest, written, lang) if rest else ""
            if rest and not meant and (whole := _form(template).fullmatch(message)):
                values = whole.groupdict()  # the semicolon stands between the documents that may be meant
            return worded(_templates()[code][lang], **values) + meant
    return message


def _meant(text: str, written: str, lang: str) -> str:
    """``; X is likely meant: that body …`` in ``lang``; empty where it is none of the reasons that are known."""
    found = _form(messages()[_MEANT][written]).fullmatch(text)
    for key, texts in messages().items() if found else ():
        if found and key.startswith(_REASONS) and (reason := _form(texts[written]).fullmatch(found["why"])):
            values = {name: int(value) if value.isdigit() else value for name, value in reason.groupdict().items()}
            return say(_MEANT, lang, likely=found["likely"], why=say(key, lang, **values))
    return ""


@cache
def _templates() -> dict[str, dict[str, str]]:
    """Code of a finding -> language -> its text with places for names and dates."""
    return {row["code"]: {lang: row[lang] for lang in LANGUAGES} for row in read("findings")}


@cache
def _form(template: str, *, open_end: bool = False) -> re.Pattern[str]:
    """What a text made of ``template`` looks like; with ``open_end`` more may follow behind a semicolon."""
    pattern, at = "", 0
    for place in _PLACE.finditer(template):
        pattern += re.escape(template[at : place.start()])
        pattern += ".+?" if place[2] else f"(?P<{place[1]}>.+?)"
        at = place.end()
    pattern += re.escape(template[at:]) + ("(?P<rest>; .*)?" if open_end else "")
    return re.compile(pattern, re.DOTALL)
