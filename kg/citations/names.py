"""Documents cited by name: the Constitution, laws, codes, ordinances and treaties.

Nghị định 78/2025/NĐ-CP Điều 68: laws and ordinances are cited by their full name and year,
so that a number is often missing.  The name of an amending law contains the name of the
amended one and is one name.

>>> [found.name for found in scan("theo Luật Điện lực năm 2004 và Luật Đầu tư")]
['Luật Điện lực', 'Luật Đầu tư']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from kg.ontology.tables import Law, Treaty, law_letters, laws, treaties
from kg.ontology.wording import entries, words
from kg.text.late import late
from kg.text.lexicon import Lexicon
from kg.text.normalization import UPPER, fold
from kg.text.patterns import among

__all__ = ["NameSpan", "amending_title", "scan"]


class NameSpan(NamedTuple):
    """A document named at ``start:end``; ``sure`` is False where no table lists the name."""

    start: int
    end: int
    type: str
    name: str
    sure: bool


_ANCHOR: Final = late(
    r"\b(?:(?P<law>Bộ [Ll]uật|bộ luật|BỘ LUẬT|[Ll]uật|LUẬT|[Pp]háp lệnh|PHÁP LỆNH)|(?P<hp>Hiến pháp|HIẾN PHÁP)"
    r"|(?P<treaty>Hiệp định|Công ước|Hiệp ước|Nghị định thư|Thỏa thuận)|(?P<acronym>[A-ZĐ]{2,8}(?:-[A-Z]{4})?))(?!\w)"
)
_PLAIN_ANCHOR: Final = re.compile(r"\b(?P<law>(?:bo )?luat|phap lenh|(?P<hp>hien phap))(?!\w)")
# Words of the anchors in folded text: a scan looks for these one by one, which is as fast as memory is read, and for
# those with a p by that rare letter.  A line may break between two syllables.
_ANCHOR_WORDS: Final = tuple(map(re.compile, ("luat", r"cong[ \n]uoc", r"nghi[ \n]dinh[ \n]thu", r"thoa[ \n]thuan")))
_ANCHOR_WITH_P: Final = re.compile(r"p(?:(?<=hie.)[ \n](?:di|uo)|(?<=hien[ \n].)hap|hap[ \n]l)")
_WORDS_WITH_P: Final = re.compile(r"(?:phap[ \n]lenh|hien[ \n]phap|hiep[ \n](?:dinh|uoc))")
_CODE: Final = ("bo luat", "bo\nluat")
_BEFORE_P: Final = (0, 3, 5)
"""Letters before the p by which these are found."""
_CHAINED: Final = re.compile(r"(?:[A-ZĐ]{2,8}-){1,8}\Z")
_SPACE: Final = re.compile(r"\s{1,6}")
# A year or the Assembly's number behind a name tells that it is one, even in small letters.
_SURE: Final = re.compile(r"\s{1,3}(?:(?:nam\s{1,3})?(?:19|20)\d\d|so\s{1,3}\d{1,3}/(?:19|20)\d\d/qh)")
# "hướng dẫn thi hành luật đấu thầu", "một số điều của luật xây dựng": what is put in force and has articles is a law,
# even in small letters.
_IN_FORCE: Final = re.compile(r"(?:thi\s{1,3}hanh|so\s{1,3}dieu\s{1,3}cua)\s{1,3}\Z")
_LIST_HEAD: Final = re.compile(r"\b(?:cac|nhung)\s{1,3}\Z")
_COLON: Final = re.compile(r"\s{0,3}:?\s{1,4}")
_GLUE: Final = re.compile(r"\s{0,2}[,;]\s{1,4}(?:va\s+)?|\s{1,4}va\s{1,4}")
_AMENDING: Final = late(
    r"\s{1,3}sua\s+doi(?:,?\s+bo\s+sung)?(?:\s+(?:mot\s+so|cac))?"
    # "… một số điều và Phụ lục Danh mục chỉ tiêu thống kê quốc gia của Luật Thống kê"
    r"(?:\s+dieu(?:\s+va\s[^;:.]{3,80}?(?=\scua\s+luat))?)?(?:\s+(?:cua|ve))?"
    r"(?:\s+(?:cac|\d{1,2}))?\s{1,3}"
)
_FIELD_STOPS: Final = "|".join(entries("field_stops"))
# "… một số điều của 37 luật có liên quan đến quy hoạch": which laws it amends, told by their number and field.
_FIELD: Final = late(
    r"(?:(?:có\s{1,3})?liên\s{1,3}quan\s{1,3}(?:đến|tới)|trong\s{1,3}lĩnh\s{1,3}vực|về)"
    rf"(?:,?\s{{1,3}}(?!(?:{_FIELD_STOPS})(?!\w)|và(?!\s{{1,3}}(?!(?:{_FIELD_STOPS})(?!\w))[a-zà-ỹđ]))[a-zà-ỹđ]+){{1,10}}"
)
_RELATED: Final = re.compile(r"(?<=\d )[Ll]uật (?:có )?(?=liên quan)")
_ABOUT: Final = re.compile(r"\s{1,3}ve(?:\s{1,3}viec)?(?=\s)")
_TYPE: Final = re.compile(r"(?:bo\s+luat|luat|phap\s+lenh)\s*:?\s{1,3}")
_STOP: Final = frozenset(entries("name_stops"))
_CAPITALISED: Final = late(rf"[{UPPER}][\w-]*")
_CAPITALS: Final = late(rf"[{UPPER}]{{2}}")
_NAME_WORD: Final = re.compile(r"(\s{1,3}|,\s{1,2})([^\W\d_][\w-]*)")
# "Luật Địa chất và koáng sản số 54/2024/QH15": before its number a name may go on beyond "và".
_UP_TO_NUMBER: Final = late(r"(?:[ \n](?!số\b|các\b)[a-zà-ỹđ]{1,8}){1,8}(?=\s{1,3}số\s{1,3}\d{1,3}/\d{4}/QH)")
_KINDS: Final = {"luat": "Luật", "bo luat": "Bộ luật", "phap lenh": "Pháp lệnh"}
# pháp luật, kỷ luật, quy luật, dự luật, định luật: common nouns.
_COMPOUND: Final = re.compile(r"\b(?:phap|ky|quy|du|dinh)\s{1,3}\Z")
_COMPOUNDS: Final = (" phap ", " ky ", " quy ", " du ", " dinh ")
"""As nearly all of them stand in a text, where "luat" is mostly the end of one."""
_COMPOUND_REACH: Final = max(map(len, _COMPOUNDS))
_BETWEEN_LETTERS: Final = re.compile(r"(?<=[A-ZĐ]) và (?=[A-ZĐ])")
_INITIALS: Final = re.compile(r"[A-ZĐ]{2,10}(?![\w/-])")
_LAWYER: Final = re.compile(r"sư(?!\w)", re.IGNORECASE)
_NO_NAME: Final = re.compile(r"(?:Người ký|Ký bởi)\s?:|Về(?!\w)")
"""The signature of a page of the gazette that stands between, and a title's opening."""
_DRAFT: Final = re.compile(r"(?:du\s+thao|du\s+an)\s{1,3}\Z")


@cache
def _law_lexicon(kind: str) -> Lexicon[Law]:
    return Lexicon((name, law) for law in laws() if law.type == kind for name in _ways(law.name))


def _ways(name: str) -> set[str]:
    """A law's name, and with words in it shortened and joined as people do, in small letters."""
    ways = {name.lower(), " và ".join(name.lower().rsplit(", ", 1))}
    for letters, meant in law_letters():
        if (meant := meant.lower()) in name.lower():
            ways |= {way.replace(meant, letters) for way in ways}
    return ways | {_BETWEEN_LETTERS.sub("&", way) for way in ways if way != way.lower()}


@cache
def _law_initials(kind: str) -> dict[str, Law | None]:
    """``PCTN`` -> Luật Phòng, chống tham nhũng; None where several laws have the same initials."""
    table: dict[str, Law | None] = {}
    for law in laws():
        words = re.findall(r"[^\W\d_]+", law.name)
        for skipped in ((), ("và", "của", "về")):
            key = "".join(w[0].upper() for w in words if w not in skipped)
            if law.type == kind and len(key) > 1:
                table[key] = law if table.get(key, law) is law else None
    return table


@cache
def _treaty_lexicon() -> Lexicon[Treaty]:
    pairs: list[tuple[str, Treaty]] = []
    for treaty in treaties():
        bare = treaty.name.removeprefix(treaty.type + " ")
        pairs += [(name, treaty) for name in (bare, treaty.abbr, *treaty.variants)]
        pairs += [(f"{name} {treaty.abbr}", treaty) for name in (bare, *treaty.variants)]
    return Lexicon(pairs)


# How acronyms of treaties end that name one wherever they stand; the others, shorter, need their type word.
_PLAIN_ENDS: Final = ("FTA", "CPTPP", "RCEP", "EVIPA", "ATIGA")


@cache
def _acronyms() -> dict[str, Law | Treaty]:
    """Acronyms that name a document wherever they stand."""
    table: dict[str, Law | Treaty] = {law.abbr: law for law in laws() if law.abbr}
    return table | {treaty.abbr: treaty for treaty in treaties() if treaty.abbr.endswith(_PLAIN_ENDS)}


@cache
def _acronym_pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _acronyms()), key=len, reverse=True)))


@cache
def _acronym_signs() -> tuple[re.Pattern[str], ...]:
    """Letters of which each acronym holds some.  Most texts hold none, and are told so sooner than by the pattern.

    Those that end with the same letter are looked for from it, over which a search hops.
    """
    ends = (end for end in _PLAIN_ENDS if _FOREIGN_LETTER not in end)
    by_last: dict[str, list[str]] = {}
    for sign in dict.fromkeys((*ends, *(law.abbr[:2] for law in laws() if law.abbr))):
        by_last.setdefault(sign[-1], []).append(rf"(?<={re.escape(sign)})")
    return tuple(re.compile(f"{re.escape(last)}(?:{'|'.join(signs)})") for last, signs in by_last.items())


_FOREIGN_LETTER: Final = "F"
"""No word of Vietnamese has it: one letter is found many times as fast as several."""


def _may_have_acronyms(text: str) -> bool:
    foreign = (end for end in _PLAIN_ENDS if _FOREIGN_LETTER in end) if _FOREIGN_LETTER in text else ()
    return among(foreign, text) or any(sign.search(text) for sign in _acronym_signs())


def _anchors(text: str, folded: str) -> Iterator[re.Match[str]]:
    """What the scan of a text for the anchor patterns would find, of acronyms those of the table."""
    # Text without accents has no capitals to go by: its names are looked up in small letters.
    plain = text.isascii()
    source = (folded if plain else text).replace("\n", " ")
    pattern = _PLAIN_ANCHOR if plain else _ANCHOR
    words = (found.start() for word in _ANCHOR_WORDS for found in word.finditer(folded))
    places = [
        at
        for at in words
        if source[at] != "l" or not folded[max(0, at - _COMPOUND_REACH) : at].replace("\n", " ").endswith(_COMPOUNDS)
    ]
    begun = (found.start() - back for found in _ANCHOR_WITH_P.finditer(folded) for back in _BEFORE_P)
    places += [at for at in begun if at >= 0 and _WORDS_WITH_P.match(folded, at)]
    places += [at - 3 for at in places if at > 2 and folded.startswith(_CODE, at - 3)]
    if not plain and _may_have_acronyms(text):
        places += [match.start() for match in _acronym_pattern().finditer(text)]
    done = 0
    for place in sorted(places):
        if place < done:
            continue
        found = pattern.match(source, place)
        if source[place - 1 : place] == "-" and (chain := _CHAINED.search(source, max(0, place - 72), place)):
            # "VN-EAEU" is one acronym: what hangs together is read from its beginning.
            whole = pattern.finditer(source, max(done, chain.start()), place + 24)
            found = next((match for match in whole if match.end() > place), None)
        if found and found.start() <= place:
            done = found.end()
            if found.start() == place:
                yield found


def _display(law: Law) -> str:
    return f"{law.type} {law.name}"


def _free_name(text: str, pos: int) -> int:
    """End of an unlisted name that begins with a capital at ``pos``."""
    first = _CAPITALISED.match(text, pos)
    if not first:
        return pos
    end, words = first.end(), 1
    capitals = len(first[0]) > 1 and first[0].isupper()
    while (word := _NAME_WORD.match(text, end)) and words < 12:
        if word[2] in _STOP or ("," in word[1] and not word[2][0].islower()):
            break
        # A heading in capitals ends with them, any other name with its paragraph.
        if "\n" in word[1] and (word[1].count("\n") > 1 or (capitals and not word[2].isupper())):
            break
        if "," in word[1] and words < 2:
            break
        end, words = word.end(), words + 1
    return end


def _amending(text: str, folded: str, end: int) -> int | None:
    """End of an amending law's name whose type word ends at ``end``: the list of amended laws belongs to it."""
    head = _AMENDING.match(folded, end)
    if not head:
        return None
    at = head.end()
    closed = None
    while True:
        kind = _TYPE.match(folded, at)
        start = kind.end() if kind else at
        if kind and text[at - 2].isdigit() and (field := _FIELD.match(text, start)):
            return field.end()
        word = " ".join(kind[0].replace(":", "").split()) if kind else "luat"
        name = _KINDS[word]
        found = _law_lexicon(name).match(folded, start)
        stop = found[1] if found else _free_name(text, start)
        if stop == start:
            return closed or (head.end() if not kind else None)
        closed = stop
        glue = _GLUE.match(folded, stop)
        if not glue or not (_TYPE.match(folded, glue.end()) or _law_lexicon("Luật").match(folded, glue.end())):
            return closed
        at = glue.end()


def amending_title(text: str, folded: str, end: int) -> int | None:
    """End of the subject of an amending law behind its number that ends at ``end``: the amended laws stand in it.

    >>> t = "Luật số 57/2024/QH15 sửa đổi, bổ sung một số điều của Luật Quy hoạch, Luật Đầu tư và Luật Đấu thầu;"
    >>> t[20 : amending_title(t, fold(t), 20)]
    ' sửa đổi, bổ sung một số điều của Luật Quy hoạch, Luật Đầu tư và Luật Đấu thầu'
    """
    about = _ABOUT.match(folded, end)
    return _amending(text, folded, about.end() if about else end)


def _law(text: str, folded: str, match: re.Match[str]) -> Iterator[NameSpan]:
    start, end = match.span("law")
    if text[start:end] != "Luật" and _COMPOUND.search(folded, max(0, start - 8), start):
        return
    kind = _KINDS[" ".join(folded[start:end].split())]
    if stop := _amending(text, folded, end):
        name = _RELATED.sub("luật có ", " ".join(text[start:stop].split()))
        yield NameSpan(start, stop, kind, name, True)
        return
    listed = bool(_LIST_HEAD.search(folded, max(0, start - 8), start))
    gap = (_COLON if listed else _SPACE).match(folded, end)
    if not gap or _LAWYER.match(text, gap.end()):
        return
    at = gap.end()
    # "Luật về Đầu tư công": a word that the name itself does not have.
    if folded.startswith("ve ", at) and text[start].isupper() and text[at + 3 : at + 4].isupper():
        at += len("ve ")
    if found := _law_lexicon(kind).match(folded, at):
        # "Luật gia" is no "Luật Giá": a name of one word must have its accents.
        if " " not in found[0].name and not text.isascii() and text[at : found[1]].lower() != found[0].name.lower():
            return
        long = len(found[0].name.split()) > 3
        capital = long or text[start].isupper() or text[at].isupper() or bool(_SURE.match(folded, found[1]))
        capital = capital or (" " in found[0].name and bool(_IN_FORCE.search(folded, max(0, start - 16), start)))
        if capital:
            yield NameSpan(start, found[1], kind, _display(found[0]), True)
        while listed and (glue := _GLUE.match(folded, found[1])):
            again = _TYPE.match(folded, glue.end())
            following = _law_lexicon(kind).match(folded, glue.end())
            if again or not following or not text[glue.end()].isupper():
                break
            found = following
            yield NameSpan(glue.end(), found[1], kind, _display(found[0]), True)
        return
    if initials := _INITIALS.match(text, at):
        law = _law_initials(kind).get(initials[0])
        name = _display(law) if law else f"{kind} {initials[0]}"
        yield NameSpan(start, initials.end(), kind, name, law is not None)
        return
    # Behind the end of a line the next page or paragraph may begin: "… của Luật" / "ỦY BAN NHÂN DÂN", "Ký bởi: …".
    broken = "\n" in gap[0] and not text[start:end].isupper()
    if _NO_NAME.match(text, at) or (broken and (gap[0].count("\n") > 1 or _CAPITALS.match(text, at))):
        return
    stop = _free_name(text, at)
    if stop > at and (rest := _UP_TO_NUMBER.match(text, stop)):
        stop = rest.end()
    # "Luật" alone before a small letter is the common noun; one word may be a person or a place.
    if text[start].isupper() and stop > at and len(text[at:stop].split()) > 1:
        yield NameSpan(start, stop, kind, " ".join(text[start:stop].split()), False)


# "Chính phủ nước Cộng hòa Dân chủ Nhân dân Lào", "Chính phủ Hoàng gia Campuchia": words of states and a proper name.
_STATE: Final = words("states")
_PARTY: Final = (
    r"(?:(?:Bộ|Tổng cục|Ngân hàng)\s[^.;:,()\n]{3,60}?\s)?"
    rf"(?:(?:các\s{{1,3}})?{_STATE}(?!\w)\s{{1,3}}){{0,8}}"
    rf"(?!Chính\s{{1,3}}phủ)[{UPPER}][^\W\d_]*(?:-[a-zà-ỹđ]+)*(?:[\s-]{{1,3}}(?:[{UPPER}][^\W\d_]*(?:-[a-zà-ỹđ]+)*|h[oò][aà])){{0,6}}"
)
# "Hiệp định về quy chế biên giới trên đất liền Việt Nam - Trung Quốc", "… giữa Chính phủ nước A và … B về …"
_BETWEEN_STATES: Final = late(
    rf"(?:về\s[^.;:,()]{{3,120}}?\s(?:giữa\s{{1,3}})?|(?:[^.;:,()]{{3,100}}?\s)?giữa\s{{1,3}})?{_PARTY}(?:\s?[-–]\s{{0,3}}|\s{{1,3}}(?:và|với)\s{{1,3}})"
    rf"(?!các\b){_PARTY}(?:\s{{1,3}}(?:về|trong)(?:[^\S\n]{{1,3}}(?!{words('treaty_stops')}(?!\w))[^\s.;:,()]+){{1,30}}+)?"
)
_PARTIES: Final = ("Việt Nam", "ASEAN", "Đông Nam Á")
"""Treaties that a text of the administration names are those of Việt Nam, alone or with ASEAN."""
_OF: Final = re.compile(r"cua\s{1,3}(?:to\s+chuc\s+)?")
_NATION: Final = re.compile(r"\s{1,3}(?:nuoc\s+)?cong\s+hoa\s+xa\s+hoi\s+chu\s+nghia\s+viet\s+nam")


def _treaty(text: str, folded: str, match: re.Match[str]) -> NameSpan | None:
    start, end = match.span("treaty")
    gap = _SPACE.match(folded, end)
    if not gap:
        return None
    of = _OF.match(folded, gap.end())
    if found := _treaty_lexicon().match(folded, of.end() if of else gap.end()):
        treaty, stop = found
        if text[stop : stop + 1] == ")" and "(" in text[start:stop]:
            stop += 1
        return NameSpan(start, stop, treaty.type, f"{treaty.type} {treaty.abbr}", True)
    if acronym := _INITIALS.match(text, gap.end()):
        return NameSpan(start, acronym.end(), match["treaty"], f"{match['treaty']} {acronym[0]}", False)
    states = _BETWEEN_STATES.match(text, gap.end())
    if states and any(party in " ".join(states[0].split()) for party in _PARTIES):
        return NameSpan(start, states.end(), match["treaty"], " ".join(text[start : states.end()].split()), False)
    stop = _free_name(text, gap.end())
    words = text[gap.end() : stop].split()
    capitals = sum(word[0].isupper() for word in words)
    generic = fold(text[gap.end() : stop]).startswith(("thuong mai tu do", "khung", "vay", "doi tac")) and capitals < 2
    fewest = 2 if match["treaty"] == "Hiệp định" else 1
    if capitals < fewest or generic or match["treaty"] == "Thỏa thuận":
        return None
    return NameSpan(start, stop, match["treaty"], " ".join(text[start:stop].split()), False)


def scan(text: str, folded: str | None = None) -> list[NameSpan]:
    """Every document cited by name in a normalized text, in order, none inside another."""
    folded = fold(text) if folded is None else folded
    plain = text.isascii()
    found: list[NameSpan] = []
    done = 0
    for match in _anchors(text, folded):
        if match.start() < done or _DRAFT.search(folded, max(0, match.start() - 12), match.start()):
            continue
        spans: list[NameSpan] = []
        if match["hp"]:
            nation = _NATION.match(folded, match.end())
            spans = [NameSpan(match.start(), nation.end() if nation else match.end(), "Hiến pháp", "Hiến pháp", True)]
        elif match["law"]:
            spans = list(_law(text, folded, match))
        elif plain:
            pass
        elif match["treaty"]:
            treaty = _treaty(text, folded, match)
            spans = [treaty] if treaty else []
        elif known := _acronyms().get(match["acronym"]):
            name = _display(known) if isinstance(known, Law) else f"{known.type} {known.abbr}"
            spans = [NameSpan(match.start(), match.end(), known.type, name, True)]
        for span in spans:
            found.append(span)
            done = span.end
    return found
