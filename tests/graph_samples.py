"""A small report with every kind of thing the graph can hold, for the tests of the graph."""

from __future__ import annotations

from kg.loaders.source import Place, Source
from kg.model import (
    REPORT,
    Extraction,
    Finding,
    Header,
    Mention,
    Rel,
    Relation,
    Section,
    Severity,
    Status,
    Task,
)

IRI = "file:///data/b%C3%A1o%20c%C3%A1o.txt"
SHA256 = "0" * 63 + "1"
DECREE = "urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp"
PLAN = "urn:lex:vn;hau.giang:uy.ban.nhan.dan:ke.hoach:2024;15-kh-ubnd"
OLD = "urn:lex:vn:chinh.phu:nghi.dinh:2003;02-2003-nd-cp"
OWN = "urn:lex:vn;hau.giang:so.cong.thuong:bao.cao:2024;120-bc-sct"

TEXT = """BÁO CÁO
I. Kết quả thực hiện
1. Phát triển chợ
Sở đã triển khai Nghị định số 60/2024/NĐ-CP ngày 05 tháng 6 năm 2024 của Chính phủ (Điều 4);
UBND tỉnh ban hành Kế hoạch số 15/KH-UBND thực hiện Nghị định 60/2024/NĐ-CP.
Nghị định này thay thế Nghị định số 02/2003/NĐ-CP.
II. Nhiệm vụ
Trước ngày 31/12/2024, Sở Công Thương thực hiện Nghị quyết số 01/NQ-CP và Luật Điện lực.
"""


def span(part: str, nth: int = 1) -> tuple[int, int]:
    """Start and end of the ``nth`` occurrence of ``part`` in the text."""
    start = -1
    for _ in range(nth):
        start = TEXT.index(part, start + 1)
    return start, start + len(part)


def source() -> Source:
    second_page = TEXT.index("II. Nhiệm vụ")
    places = (Place("page", 1, 0, second_page), Place("page", 2, second_page, len(TEXT)))
    return Source("báo cáo.txt", TEXT, "text/plain", places)


def _mention(id: str, part: str, nth: int = 1, **values: object) -> Mention:
    start, end = span(part, nth)
    return Mention(id=id, start=start, end=end, text=part, **values)  # type: ignore[arg-type]


def extraction() -> Extraction:
    decree = {"type": "Nghị định", "number": "60/2024/NĐ-CP", "issuer": "Chính phủ", "urn": DECREE}
    mentions = (
        _mention(
            "m1",
            "Nghị định số 60/2024/NĐ-CP",
            date="2024-06-05",
            issuer_written=True,
            pinpoint="Điều 4",
            status=Status.DONE,
            title="về phát triển và quản lý chợ",
            **decree,
        ),
        _mention(
            "m2",
            "Kế hoạch số 15/KH-UBND",
            type="Kế hoạch",
            number="15/KH-UBND",
            issuer="Ủy ban nhân dân tỉnh Hậu Giang",
            status=Status.DONE,
            urn=PLAN,
        ),
        _mention("m3", "Nghị định 60/2024/NĐ-CP", status=Status.DONE, confidence=0.875, **decree),
        _mention(
            "m4",
            "Nghị định số 02/2003/NĐ-CP",
            type="Nghị định",
            number="O2/2003/NĐ-CP",
            intended="02/2003/NĐ-CP",
            issuer="Chính phủ",
            urn=OLD,
        ),
        _mention(
            "m5",
            "Nghị quyết số 01/NQ-CP",
            type="Nghị quyết",
            number="01/NQ-CP",
            issuer="Chính phủ",
            status=Status.PLANNED,
        ),
        _mention("m6", "Luật Điện lực", type="Luật", number=None, named=True, name="Luật Điện lực"),
    )

    def says(subject: str, rel: Rel, target: str, clause: str, **values: object) -> Relation:
        return Relation(subject, rel, target, *span(clause), **values)  # type: ignore[arg-type]

    first = "Sở đã triển khai Nghị định số 60/2024/NĐ-CP"
    second = "UBND tỉnh ban hành Kế hoạch số 15/KH-UBND thực hiện Nghị định 60/2024/NĐ-CP"
    third = "Nghị định này thay thế Nghị định số 02/2003/NĐ-CP"
    last = "Sở Công Thương thực hiện Nghị quyết số 01/NQ-CP và Luật Điện lực"
    relations = (
        says(REPORT, Rel.IMPLEMENTS, "m1", first, trigger="triển khai", status=Status.DONE),
        says(REPORT, Rel.ISSUED, "m2", second, trigger="ban hành", status=Status.DONE, confidence=0.9),
        says("m2", Rel.IMPLEMENTS, "m3", second, trigger="thực hiện", status=Status.DONE),
        says(REPORT, Rel.CITES, "m3", second),
        says("m3", Rel.REPLACES, "m4", third, trigger="thay thế"),
        says("m1", Rel.CITES, "m3", second),
        says(REPORT, Rel.IMPLEMENTS, "m5", last, status=Status.PLANNED),
        says(REPORT, Rel.CITES, "m6", last),
    )
    tasks = (
        Task("t1", *span(second), second, ("m2", "m3"), (), None, Status.DONE),
        Task(
            "t2",
            *span(last),
            last,
            ("m5", "m6"),
            ("Sở Công Thương tỉnh Hậu Giang",),
            "2024-12-31",
            Status.PLANNED,
        ),
    )
    damaged = span("02/2003/NĐ-CP")
    findings = (
        Finding("damaged-number", Severity.WARNING, *damaged, "chữ O thay số 0", "02/2003/NĐ-CP", ("m4",), 0.9),
        Finding("variant", Severity.INFO, *span("01/NQ-CP"), "không có năm", DECREE, ("m5",), 0.4),
    )
    one, two, three = (TEXT.index(t) for t in ("I. Kết quả", "1. Phát triển", "II. Nhiệm vụ"))
    sections = (
        Section(one, three, 1, "I", "Kết quả thực hiện"),
        Section(two, three, 2, "1", "Phát triển chợ"),
        Section(three, len(TEXT), 1, "II", "Nhiệm vụ"),
    )
    header = Header(
        type="Báo cáo",
        issuer="Sở Công Thương tỉnh Hậu Giang",
        province="Hậu Giang",
        number="120/BC-SCT",
        date="2024-12",
        period="2024",
        title="Kết quả năm 2024",
        urn=OWN,
    )
    return Extraction(header, mentions, relations, tasks, findings, sections, text=TEXT)
