"""Who issued a cited document: its symbol, the body written with it, the body that is said to issue it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from kg.entities import bodies, dates, enterprises, symbols, teams
from kg.entities.bodies import BodySpan
from kg.entities.symbols import Symbol
from kg.ontology.tables import DocType, doc_types
from kg.ontology.wording import entries, words
from kg.text.late import late
from kg.text.normalization import UPPER

__all__ = ["Home", "actor_before", "date_before", "issuer", "joint_issuers", "maker_behind", "opening_body", "unnamed"]

_ACT: Final = late(
    # Each branch begins with one of these: most places are passed over by one look.
    r"(?=[\s,(])(?:"
    # The term of an assembly may stand behind its name: "HĐND tỉnh khóa XI, kỳ họp thứ 10 ban hành".
    rf"(?:\s?\([^()]{{1,60}}\)|,?\s{{1,3}}khoa\s{{1,3}}\w{{1,6}},?(?:\s{{1,3}}(?:tai\s{{1,3}})?ky\s{{1,3}}hop\s{{1,3}}thu\s{{1,3}}\w{{1,6}},?)?)?\s{{1,16}}(?:(?:{words('adverbs')})\s{{1,16}}){{0,3}}"
    rf"{words('issuing')}(?:\s{{1,16}}(?:tai|(?:kem\s{{1,3}})?theo|va\s{{1,3}}ban\s{{1,3}}hanh|cac))?\s{{0,16}}\Z"
    rf"|(?:\s?\([^()]{{1,80}}\))?\s{{1,16}}(?:(?:da\s{{1,3}})?{words('saying_at')}\s{{1,16}})?tai\s{{0,16}}\Z"
    rf"|(?:\s{{1,16}}{words('saying_at')})?\s{{1,16}}\(\s?\Z"
    r"|\s{1,16}da\s{1,3}co\s{0,16}\Z|,\s{1,16}trong\s{1,16}do\s{1,16}co\s{0,16}\Z)"
)
_ACT_ENDS: Final = (
    "(",
    "tai",
    "theo",
    "hanh",
    "cac",
    "co",
    *(entry.rpartition("}")[2] for entry in entries("issuing")),
)
_CAPITAL: Final = re.compile(r"(?<!\w)[A-ZĐỦỬÒ]")
_PERSON: Final = late(rf"[{UPPER}]\w*(?:\s{{1,3}}[{UPPER}]\w*){{1,4}}")
"""Who holds the office: ``Chủ tịch UBND tỉnh Nguyễn Văn A đã ký ban hành``."""
_LONGEST_NAME: Final = 36
_DAY: Final = re.compile(r"(?<![a-z])ngay(?=\s)")
_OPENS: Final = re.compile(r"(?:\A|[\n.;:]\s{0,4})Ngày\Z")
_BY_DAY: Final = late(r"(?:\A|\n)[\s*+•-]{0,6}(?=(?:ngay\s)?\d{1,2}/\d{1,2}/\d{4}\s?:)")
"""A diary: ``03/10/2025: UBND tỉnh có Công văn …``."""
_ON_THE_DAY: Final = re.compile(
    r"[\s,]{0,4}(?:tai|co|da\s{1,3}co|(?:dong chi|ong|ba)(?:\s[a-z]{1,7}){2,5},)?[\s,]{0,4}"
)
# "Sở đã ban hành …": the reporting body without its name.
_OWN: Final = re.compile(rf"(?<!\w){words('own_heads')}\Z")
_JOINT: Final = frozenset({"TTLT", "NQLT", "TTLN", "KHLT", "KHLN", "KHPH", "QCPH", "HDLN"})
_JOINT_TYPES: Final = frozenset(kind.name for kind in doc_types() if kind.name.endswith("liên tịch"))
_RANKS: Final = frozenset({"ministry", "ministry-level agency", "court", "procuracy"})


class Home(NamedTuple):
    """The document in which a citation stands: its province, its issuer and its day, ISO."""

    province: str | None
    issuer: str | None
    date: str | None = None


def actor_before(text: str, folded: str, start: int, home: Home) -> BodySpan | None:
    """The body that, right before the citation, is said to issue it: ``UBND tỉnh (đã) ban hành …``."""
    low = max(0, start - 150)
    # Most citations stand behind other words than these.
    if not folded[low:start].rstrip().endswith(_ACT_ENDS):
        return None
    act = _ACT.search(folded, low, start)
    while act and text[act.start() : act.end()].lstrip()[:1] == "X":
        act = _ACT.search(folded, act.start() + 1, start)  # "Sở Xây dựng tại": no verb but the name
    if not act:
        return None
    listed = "\n" in act[0]  # "… do Bộ Tài chính ban hành" / "Thông tư …": the end of the line before
    for word in _CAPITAL.finditer(text, low, act.start()):
        body = bodies.parse(text, folded, word.start(), home.province)
        if body and 0 <= act.start() - body.end <= (_LONGEST_NAME if bodies.officer_at(folded, word.start()) else 1):
            between = text[body.end : act.start()].strip()
            if listed and folded.endswith(_BY, 0, body.start):
                return None
            if not between or _PERSON.fullmatch(between):
                return body
    # "Đoàn kiểm tra đã lập Biên bản số …": a team of the reporting body.
    for word in _CAPITAL.finditer(text, low, act.start()):
        team = teams.name_at(text, word.start())
        if team and team[1] == act.start() and team[0] in entries("own_teams") and bodies.province_of(home.issuer):
            return BodySpan(teams.of_body(team[0], home.issuer or ""), word.start(), team[1], None, False)
    own = _OWN.search(text, low, act.start())
    if own and home.issuer and home.issuer.startswith(own[0]):
        return BodySpan(home.issuer, own.start(), own.end(), None, False)
    return None


_CLAUSE: Final = late(rf"(?:[.;:,]\s{{1,4}}|\n\s{{0,4}}|\A)[-+*•]?\s{{0,3}}(?=[{UPPER}])")
_DEED: Final = late(
    rf"\s{{1,4}}(?:da\s{{1,3}})?(?:{words('opening_deeds')})\s[^.;]{{1,240}}?\s{{1,4}}"
    r"(?:tai|theo|da\s{1,3}ban\s{1,3}hanh)\s{0,4}\Z"
)
_REACH: Final = 420


def opening_body(text: str, folded: str, start: int, home: Home, *, inside: bool = False) -> BodySpan | None:
    """The body that opens the clause and does what the citation tells: ``UBND tỉnh X đã phê duyệt … tại``.

    ``inside`` takes one behind a comma too: ``Thực hiện Luật Khoáng sản, UBND tỉnh X đã phê duyệt … tại``.
    """
    low = max(0, start - _REACH)
    if not folded[low:start].rstrip().endswith(("tai", "theo", "ban hanh")):
        return None
    for opening in reversed([*_CLAUSE.finditer(text, low, start)]):
        comma = opening[0].startswith(",")
        body = bodies.parse(text, folded, opening.end(), home.province) if inside or not comma else None
        if body is not None and _DEED.match(folded, body.end, start):
            return body
        if body is not None and not comma:
            return None
    return None


def maker_behind(text: str, folded: str, start: int, province: str | None) -> tuple[BodySpan | None, str | None] | None:
    """The body that the end of a document's title names as its maker: ``Quyết định 12/QĐ-UBND về … do X ban hành``.

    Portals of law list documents so, and often write for the body its province, which is returned instead.
    """
    limit = folded.find("\n", start, start + _TITLE)
    limit = limit if limit >= 0 else min(len(folded), start + _TITLE)
    at = folded.find(_BY, start, limit) if folded.find(_MADE, start, limit) >= 0 else -1
    while at >= 0:
        begin = at + len(_BY)
        body = bodies.parse(text, folded, begin, province)
        unit = None if body else _PROVINCE.match(folded, begin, limit)
        place = bodies.province_at(folded, unit.end()) if unit else None
        end = body.end if body else place[1] if place else limit
        if folded.startswith(_MADE, end) and _TITLE_ENDS.match(folded, end + len(_MADE)):
            return body, place[0] if place else None
        at = folded.find(_BY, begin, limit)
    return None


_BY, _MADE = " do ", " ban hanh"
_TITLE: Final = 340
_TITLE_ENDS: Final = late(r"\s*(?:\Z|\n|[.,;:)|\]\"])")
_PROVINCE: Final = re.compile(r"(?:tinh|thanh pho|tp\.?)\s{1,3}")


def unnamed(text: str, end: int, start: int, *, together: bool) -> bool:
    """Whether a word for who issued it stands with a citation, whose symbol alone gives the name.

    That is an officer or a body's kind behind its ``end`` (``của Giám đốc Sở về việc``) or before its ``start``
    (``chỉ đạo của Bộ trưởng tại``), and where the symbol names several bodies ``together`` ``của Liên Bộ``.
    """
    if "của" in text[end : end + _GAP] and (
        _UNNAMED_BEHIND.match(text, end) or (together and _TOGETHER.match(text, end))
    ):
        return True
    return text.startswith("tại", start - 4) and _UNNAMED_BEFORE.search(text, max(0, start - 40), start) is not None


_GAP: Final = 8
_UNNAMED: Final = words("unnamed_issuers")
_UNNAMED_BEHIND: Final = late(rf"[\s,]{{1,4}}của\s{{1,3}}{_UNNAMED}(?!\w)(?!\s{{1,3}}[{UPPER}])")
_UNNAMED_BEFORE: Final = late(rf"(?<!\w){_UNNAMED}\s{{1,3}}tại\s{{1,3}}\Z")
_TOGETHER: Final = late(r"[\s,]{1,4}của\s{1,3}(?:các\s{1,3})?[Ll]iên\s{1,3}(?:[Bb]ộ|[Nn]gành|[Ss]ở|cơ quan)(?!\w)")


def date_before(text: str, folded: str, end: int, since: int, *, acting: bool) -> str | None:
    """Date that opens the sentence before ``end``: ``Ngày 23/9/2024 Giám đốc Sở … ban hành``, ``Ngày …, tại``.

    Before ``since``, where the citation before ends, a date is that citation's own.  Without a body that is
    ``acting`` behind it, a date and a comma in mid-sentence (``Luật Đấu thầu ngày 23/6/2023, Nghị định …``)
    belong to what stands before them; so does the date of a place or of a gazette's page, a blank line above.
    """
    low = max(since, end - 48)
    if acting and folded[low:end].rstrip().endswith(":") and (entry := _BY_DAY.search(folded, low, end)):
        found = dates.parse(folded, entry.end())
        return found[0] if found and not folded[found[1] : end].strip(" :\n") else None
    if folded.find("ngay", low, end) < 0:
        return None
    for match in _DAY.finditer(folded, low, end):
        found = dates.parse(folded, match.start())
        gap = _ON_THE_DAY.fullmatch(folded, found[1], end) if found else None
        if found is None or gap is None or gap[0].count("\n") > 1 or folded[match.start() - 1 : match.start()] == "/":
            continue
        if acting or gap[0].strip(" \n,") or not {",", "\n"} & {*gap[0]} or _OPENS.search(text, low, match.end()):
            return found[0]
    return None


def issuer(
    symbol: Symbol, kind: DocType | None, written: BodySpan | None, home: Home, day: str | None
) -> tuple[str | None, bool]:
    """Full name of the issuer, and whether it is written; where symbol and text disagree the symbol decides.

    ``day`` is that of the citation, ISO, as precise as the text tells it.
    """
    if not symbol.bodies:
        return (written.name, True) if written else (kind.issuer if kind else None, False)
    if kind and kind.issuer and symbol.type_abbr in ("LCT", "LPL"):
        return kind.issuer, written is not None  # signed by the Council of State, passed by the Assembly
    symbol = _without_type(symbol, kind)
    if joint := joint_issuers(symbol, kind, home, day):
        return "; ".join(joint), bool(written)
    if written and enterprises.read(written.name, 0):
        return written.name, True  # an enterprise numbers as it likes
    generic = kind is None or kind.name in entries("any_document")
    if generic and written and written.body and written.body.abbr == symbol.type_abbr:
        return written.name, True  # "Công văn 176/CT-VP của Cục Thuế": its letters are those of a type as well
    token = symbol.bodies[0]
    if symbol.type_abbr and symbols.shared(token, day):
        own = home.issuer if home.issuer and bodies.initials(home.issuer) == symbols.letters_of(token) else None
        return (written.name, True) if written else (own, False)
    if written and written.placed and token in entries("lent_letters"):
        return written.name, True
    known, _ = bodies.of_symbol(symbol.bodies, home.province, home.issuer, day, home.date)
    if written and not _agree(token, written):
        # The symbol names the body, the text its place.
        place = bodies.province_of(written.name) or home.province
        known, _ = bodies.of_symbol(symbol.bodies, place, home.issuer, day, home.date)
    if written is None and kind and kind.name == "Tờ trình" and (local := _department(token, home.province)):
        return local, False
    unknown = written is not None and not written.placed and bodies.province_of(written.name) is None
    if written and known and unknown and written.body and written.body.abbr == "TU":
        return known, True  # "Tỉnh ủy" of no province may be any committee that signs so
    if known is None or (written and _agree(token, written)):
        return (written.name, True) if written else (kind.issuer if kind else None, False)
    return known, written is not None


def _department(token: str, province: str | None) -> str | None:
    """The department of the province that signs so, which ministries do as well: they submit nothing to a province."""
    local = [body for body in symbols.signing(token) if body.kind == "provincial department"] if province else []
    return bodies.with_place(local[0].name, province) if local else None


def _without_type(symbol: Symbol, kind: DocType | None) -> Symbol:
    """The symbol without a misspelt type that is read as a body: ``Công điện 53/CB-BGTVT`` is the ministry's."""
    if kind is None or symbol.type_abbr is not None or len(symbol.bodies) < 2:
        return symbol
    first, second = symbol.bodies[:2]
    misspelt = any(
        len(first) == len(abbr) and sum(a != b for a, b in zip(first, abbr, strict=True)) == 1 for abbr in kind.abbr
    )
    ranked = misspelt and any(b.kind in _RANKS for b in symbols.signing(second))
    return symbol._replace(bodies=symbol.bodies[1:]) if ranked else symbol


def joint_issuers(symbol: Symbol, kind: DocType | None, home: Home, day: str | None) -> tuple[str, ...]:
    """Return the bodies that issue a document together, as its symbol lists them; none where it lists but one.

    ``KHLT-SCT-SYT`` says so by its type, whose letters may be damaged (``TTTLT``), ``KH-BCA-BNN&MT`` by
    letters that none but ministries and their like have; what else follows a body's letters is its desk.
    """
    if len(symbol.bodies) < 2:
        return ()
    # "BNN&PTNT" is one body of a joint document.
    tokens = symbol.number.rsplit("/", 1)[-1].split("-")[1:]
    rows = [symbols.issuers().get(token, ()) for token in tokens]
    ranks = all(len(token) > 2 and any(b.kind in _RANKS for b in row) for token, row in zip(tokens, rows, strict=True))
    typed = symbol.type_abbr in _JOINT or (kind is not None and kind.name in _JOINT_TYPES)
    if not typed and not (symbol.type_abbr and len(tokens) > 1 and ranks):
        return ()
    names = (bodies.of_symbol((token,), home.province, home.issuer, day, home.date)[0] for token in tokens)
    return tuple(dict.fromkeys(name for name in names if name))


_OFFICE_WORD: Final = re.compile(r"[^\W\d_]+")
_UNIT: Final = late(r"\s(?:huyện|quận|thị xã|thành phố|xã|phường|đặc khu)(?!\w)")


def _letters_of_an_office(name: str) -> str:
    """The letters with which an office of a district signs, which leave out "Phòng": ``TNMT``; none for other bodies.

    >>> [_letters_of_an_office(name) for name in ("Phòng TN&MT thành phố Vinh", "Phòng Nội vụ", "Sở Y tế")]
    ['TNMT', 'NV', '']
    """
    bare = _UNIT.split(name, maxsplit=1)[0]
    if not bare.startswith("Phòng "):
        return ""
    parts = (word for word in _OFFICE_WORD.findall(bare)[1:] if word != "và")
    return "".join(word if word.isupper() else word[0].upper() for word in parts)


def _agree(token: str, written: BodySpan) -> bool:
    """Whether the written body can sign with ``token``."""
    found = symbols.signing(token)
    initials = bodies.initials(written.name) if written.placed else ""
    if initials.startswith(symbols.letters_of(token)) and (written.body or initials == symbols.letters_of(token)):
        return True  # "UB" may be any Ủy ban, "BHXH" that of a province
    if written.body and written.body.kind == "Party body" and initials[1:].startswith(symbols.letters_of(token)):
        return True  # "07-TT/TC" of Ban Tổ chức Trung ương
    if not found or written.name.startswith(tuple(b.name for b in found)):
        return True
    if teams.name_at(written.name, 0) and bodies.initials(written.name).startswith(symbols.letters_of(token)):
        return True  # "3681/BC-TCT" of a Tổ công tác
    # A committee of a council signs with the council's letters: "147/BC-HĐND" of its Ban Pháp chế.
    if (
        written.body
        and written.name.startswith("Ban ")
        and written.body.name.endswith(tuple(f" {b.name}" for b in found))
    ):
        return True
    if written.body is None and _letters_of_an_office(written.name) == symbols.letters_of(token):
        return True
    kinds = {b.kind for b in found}
    if written.body is None:
        return "steering committee" in kinds
    if any(b.abbr in ("TW", "TU") for b in found):
        return written.body.kind == "Party body" and written.body.level in {b.level for b in found}
    return written.body.kind == "people's committee" and "people's committee" in kinds
