"""The outline of an administrative document as people really write it.

Decree 30/2020/NĐ-CP (Appendix I) orders the parts of a document: Phần, Chương, Mục, Điều,
khoản "1.", điểm "a)"; reports use A., I., 1., 1.1., a), "-", "+".  What reaches us has been
through Word, PDF and Markdown, so the outline is read in four steps:

1. ``lines``         one regular expression at each line start: marker, table row, page furniture;
2. ``joining``       printed lines become passages again, over page ends and page footnotes,
                     as ``breaks`` tells where a line goes on with the one before;
3. ``nesting``       markers become nested sections and lists, by rank and order of appearance;
4. ``enumerations``  numbered enumerations inside a passage, "(1) …; (2) …", become its sub-items.

``model`` holds what comes out, ``markers`` the ranks and numbers of markers, ``headings`` what a
heading promises of the work told of below it, ``tables`` the heads, rows and cells of tables.

>>> text = '''A. KẾT QUẢ
... 1. Công nghiệp
... - Ban hành kế hoạch.
... B. NHIỆM VỤ
... Giao các đơn vị:
... a) Sở Tài chính: (1) rà soát; (2) báo cáo.'''
>>> sections(text)[1].title, [text[p.start:p.end] for p in passages(text)][-2:]
('Công nghiệp', ['rà soát', 'báo cáo.'])
"""

from __future__ import annotations

from kg.model import Section
from kg.structure.enumerations import enumerated
from kg.structure.joining import joined
from kg.structure.model import Outline, Passage, PassageKind
from kg.structure.nesting import nest
from kg.text.sentences import clauses, sentences

__all__ = [
    "Outline",
    "Passage",
    "PassageKind",
    "clauses",
    "outline",
    "passages",
    "sections",
    "sentences",
]


def outline(text: str) -> Outline:
    """Sections and passages of a normalized text, in order, in one pass."""
    found = joined(text)
    headed = nest(text, found)
    items = enumerated(text, found)
    if not items:
        return Outline(tuple(headed), tuple(found))
    # Sub-items take their place by offset, which shifts the indexes.
    merged = sorted([*enumerate(found), *((-1, item) for item in items)], key=lambda p: (p[1].start, -p[1].end))
    places = {k: place for place, (k, _) in enumerate(merged) if k >= 0}
    for passage in (*found, *items):
        passage.lead = places.get(passage.lead, -1)
    return Outline(tuple(headed), tuple(passage for _, passage in merged))


def sections(text: str) -> tuple[Section, ...]:
    """Headed parts of a normalized text; each span covers heading and contents."""
    return outline(text).sections


def passages(text: str) -> tuple[Passage, ...]:
    """Passages of a normalized text in order; a sub-item follows the passage it stands in."""
    return outline(text).passages
