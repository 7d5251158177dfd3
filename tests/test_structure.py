"""The outline: sections, passages, sentences, clauses, parts."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.structure import (
    PassageKind,
    clauses,
    outline,
    passages,
    sections,
    sentences,
)
from kg.text.normalization import normalize

SHARED = Path(os.environ.get("KG_SHARED", "../shared"))

REPORT = """BÁO CÁO
Tình hình thực hiện nhiệm vụ năm 2023

Thực hiện Công văn số 12/UBND-KT của UBND tỉnh, Sở báo cáo như sau:
A. KẾT QUẢ THỰC HIỆN
I. CÔNG TÁC CHỈ ĐẠO
Sở đã ban hành 03 văn bản.
II. LĨNH VỰC CHUYÊN MÔN
1. Công nghiệp
1.1. Cụm công nghiệp
- Ban hành kế hoạch.
+ Tổ chức kiểm tra.
- Hoàn thành 02 đề án.
2. Thương mại: Trong năm không phát sinh.
B. PHƯƠNG HƯỚNG, NHIỆM VỤ
Giao các đơn vị thực hiện các nhiệm vụ sau:
1. Phòng Quản lý Công nghiệp chủ trì rà soát.
Trong đó chú ý các cụm mới.
2. Văn phòng theo dõi.
Trên đây là báo cáo của Sở./.
Nơi nhận:
- UBND tỉnh;
- Lưu: VT.
"""


def quoted(text: str) -> list[str]:
    return [text[p.start : p.end] for p in passages(text)]


def test_sections_nest_by_rank_of_their_markers() -> None:
    found = [(s.level, s.label, s.title) for s in sections(REPORT)]
    assert found == [
        (1, "A", "KẾT QUẢ THỰC HIỆN"),
        (2, "I", "CÔNG TÁC CHỈ ĐẠO"),
        (2, "II", "LĨNH VỰC CHUYÊN MÔN"),
        (3, "1", "Công nghiệp"),
        (4, "1.1", "Cụm công nghiệp"),
        (1, "B", "PHƯƠNG HƯỚNG, NHIỆM VỤ"),
    ]


def test_a_number_alone_on_its_line_marks_the_heading_below_it() -> None:
    text = "IV. NHIỆM VỤ CỤ THỂ\n1.\nSở Tài chính\n- Rà soát các khoản chi.\n2.\nSở Nội vụ\n- Kiện toàn bộ máy."
    assert [(s.label, s.title) for s in sections(text)][1:] == [("1", "Sở Tài chính"), ("2", "Sở Nội vụ")]
    assert "Sở Tài chính" in quoted(text)


def test_a_section_covers_heading_and_contents_and_ends_before_the_next() -> None:
    first, *_, last = sections(REPORT)
    assert REPORT[first.start :].startswith("A. KẾT QUẢ") and REPORT[: first.end].endswith("không phát sinh.")
    assert REPORT[: last.end].endswith("theo dõi.")


def test_items_know_the_passage_that_introduces_their_list() -> None:
    found = passages(REPORT)
    items = [p for p in found if REPORT.startswith(("Phòng Quản lý", "Văn phòng"), p.start)]
    lead = {REPORT[found[p.lead].start : found[p.lead].end] for p in items}
    assert lead == {"Giao các đơn vị thực hiện các nhiệm vụ sau:"}


def test_a_paragraph_between_two_items_belongs_to_their_list() -> None:
    found = passages(REPORT)
    between = next(p for p in found if REPORT.startswith("Trong đó chú ý", p.start))
    assert REPORT.startswith("Giao các đơn vị", found[between.lead].start)


def test_kinds_of_passages() -> None:
    kinds = {REPORT[p.start : p.end]: p.kind for p in passages(REPORT)}
    assert kinds["Công nghiệp"] is PassageKind.HEADING
    assert kinds["Ban hành kế hoạch."] is PassageKind.ITEM
    assert kinds["Sở đã ban hành 03 văn bản."] is PassageKind.PARAGRAPH
    assert kinds["UBND tỉnh;"] is PassageKind.CLOSING
    basis = next(k for k in kinds if k.startswith("Thực hiện Công văn"))
    assert kinds[basis] is PassageKind.PREAMBLE


def test_a_run_in_heading_stays_one_passage() -> None:
    assert "Thương mại: Trong năm không phát sinh." in quoted(REPORT)


WRAPPED = """1. Sở biểu dương, ghi nhận sự nỗ lực của các địa phương trong tham mưu và

phối hợp tổ chức triển khai thực hiện nhiệm vụ ngành trong 6 tháng đầu năm

2024. Tham dự có đại diện lãnh đạo các sở, ngành và Ủy ban nhân dân thành phố
 Trà Vinh, các huyện trong tỉnh.

2. Về một số kiến nghị

Trong lĩnh vực bán lẻ điện, đơn vị bàn giao theo quy định tại Điều 6 Thông tư

số 16/2014/TT-BCT ngày 29/5/2014 và phối hợp với phòng chuyên môn của Sở

Công Thương cho 02 đơn vị(1), lũy kế đến nay đã cấp được 34 Giấy chứng nhận;

thẩm định đề án của các doanh nghiệp trên địa bàn tỉnh và gửi cơ quan có thẩm
1 Theo Quyết định số 122/QĐ-UBND thì tổng số hộ là 286.702 hộ, trong đó có

nhiều hộ mới.
 quyền phê duyệt theo quy định.
"""


def test_printed_lines_become_passages_again() -> None:
    found = quoted(WRAPPED)
    assert found[0].startswith("Sở biểu dương") and found[0].endswith("các huyện trong tỉnh.")
    assert found[1] == "Về một số kiến nghị"
    assert found[2].startswith("Trong lĩnh vực") and found[2].endswith("phê duyệt theo quy định.")


def test_a_page_footnote_is_its_own_passage_and_a_gap_of_the_interrupted_one() -> None:
    found = passages(WRAPPED)
    note = next(p for p in found if p.kind is PassageKind.FOOTNOTE)
    assert note.marker == "1" and WRAPPED[note.start : note.end].endswith("nhiều hộ mới.")
    host = found[note.lead]
    assert host.start < note.start < note.end < host.end
    assert any(a <= note.start and note.end <= b for a, b in host.gaps or ())
    assert found[outline(WRAPPED).at(note.start)] == note
    assert found[outline(WRAPPED).at(WRAPPED.index("quyền phê duyệt"))] == host


def test_a_number_that_the_line_above_waits_for_opens_no_footnote() -> None:
    text = WRAPPED.replace("\n1 ", "\nkhoản\n1 ", 1)
    assert text != WRAPPED
    assert not any(p.kind is PassageKind.FOOTNOTE for p in passages(text))


def test_a_page_number_between_a_word_and_its_number_ends_no_sentence() -> None:
    wide = "Các sở, ban, ngành và Ủy ban nhân dân các huyện tiếp tục rà soát danh mục chợ\nhạng 1 trên địa bàn.\n"
    text = f"{wide * 4}Cán bộ thực hiện nghiêm Quy định số\n\n3\n\n205-QĐ/TW của Bộ Chính trị."
    assert text[passages(text)[-1].start :].startswith("Cán bộ")


def test_a_line_that_begins_a_sentence_goes_on_with_a_capital_below() -> None:
    wide = "Các sở, ban, ngành và Ủy ban nhân dân các huyện tiếp tục rà soát danh mục chợ\nhạng 1 trên địa bàn.\n"
    text = f"{wide * 4}Căn cứ ý kiến của Ban Tổ chức\nTrung ương, Sở báo cáo như sau:"
    assert text[passages(text)[-1].start :].startswith("Căn cứ ý kiến")


def test_word_footnotes_are_cut_off_their_paragraph() -> None:
    text = "Có 02 khu.  [1:  (1) khu A; (2) khu B.] \n\nTiếp theo."
    found = passages(text)
    assert [text[p.start : p.end] for p in found] == [
        "Có 02 khu.",
        "(1) khu A; (2) khu B.",
        "khu A",
        "khu B.",
        "Tiếp theo.",
    ]
    assert found[1].lead == 0 and found[2].lead == 1


def test_an_inline_enumeration_gives_sub_items_up_to_the_next_number() -> None:
    text = "Sở trình: (1) Quyết định số 01/QĐ-UBND; (2) Nghị quyết (Điều 5; Điều 6); (3) Đề án. Sau đó báo cáo."
    found = passages(text)
    assert [text[p.start : p.end] for p in found[1:]] == [
        "Quyết định số 01/QĐ-UBND",
        "Nghị quyết (Điều 5; Điều 6)",
        "Đề án.",
    ]
    assert {p.lead for p in found[1:]} == {0}


def test_a_lone_number_in_brackets_is_no_enumeration() -> None:
    assert len(passages("Tổng số hộ dân toàn tỉnh (1) tăng so với (2020).")) == 1


def test_page_numbers_and_form_feeds_do_not_end_a_passage() -> None:
    text = "Sở tiếp tục tham mưu Ủy ban nhân dân\n12\n\ftỉnh ban hành kế hoạch.\nHết."
    found = passages(text)
    assert text[found[0].start : found[0].end].endswith("ban hành kế hoạch.")


def test_markdown_headings_and_emphasis_are_not_part_of_a_passage() -> None:
    text = "#### I. KẾT QUẢ THỰC HIỆN\n\n- *Về khuyến công*: đã làm.\n\n**1. Mục đích**\n\nLàm tốt.\n"
    found = quoted(text)
    assert found[0] == "KẾT QUẢ THỰC HIỆN" and found[2:] == ["Mục đích", "Làm tốt."]


def test_articles_of_a_decision_are_sections_with_their_basis_before_them() -> None:
    text = (
        "QUYẾT ĐỊNH\nVề việc ban hành kế hoạch\nCăn cứ Luật Điện lực;\nTheo đề nghị của Giám đốc Sở,\n"
        "QUYẾT ĐỊNH:\nĐiều 1. Ban hành kèm theo Quyết định này Kế hoạch năm 2024.\nĐiều 2. Hiệu lực\n"
        "1. Quyết định có hiệu lực từ ngày ký.\n2. Bãi bỏ Quyết định số 5.\n"
    )
    assert [s.label for s in sections(text)] == ["Điều 1", "Điều 2"]
    kinds = [p.kind for p in passages(text)]
    assert kinds.count(PassageKind.PREAMBLE) == 2
    assert text[sections(text)[1].start :].startswith("Điều 2")


def test_chapter_titles_on_the_next_line_belong_to_the_heading() -> None:
    text = "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nThông tư này quy định phí.\n"
    assert [(s.level, s.label, s.title) for s in sections(text)] == [
        (1, "Chương I", "QUY ĐỊNH CHUNG"),
        (2, "Điều 1", "Phạm vi"),
    ]


def test_table_lines_are_rows() -> None:
    text = "STT | Nhiệm vụ | Đơn vị\n1 | Triển khai Nghị định số 60/2024/NĐ-CP | Phòng QLTM\n"
    assert [p.kind for p in passages(text)] == [PassageKind.ROW, PassageKind.ROW]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("KẾT QUẢ THỰC HIỆN NHIỆM VỤ NĂM 2024", "done"),
        ("Tình hình thực hiện các chỉ tiêu", "done"),
        ("MỤC TIÊU, NHIỆM VỤ GIẢI PHÁP NĂM 2022", "planned"),
        ("Chương trình công tác quý II/2023", "planned"),
        ("Một số kiến nghị, đề xuất", "planned"),
        ("TỔ CHỨC THỰC HIỆN", "planned"),
        ("Tồn tại, hạn chế", "other"),
        ("Khó khăn, vướng mắc và nguyên nhân", "other"),
        ("Căn cứ pháp lý", "basis"),
        ("Lĩnh vực công nghiệp", None),
    ],
)
def test_part_that_a_heading_tells(heading: str, expected: str | None) -> None:
    text = f"I. {heading.upper()}\nNội dung của phần này.\n"
    assert outline(text).part(0) == expected


def test_part_is_inherited_from_the_enclosing_section() -> None:
    found = outline(REPORT)
    assert [found.part(i) for i in range(len(found.sections))] == ["done"] * 5 + ["planned"]
    assert found.part(-1) is None


@pytest.mark.parametrize(
    "text",
    [
        "Họp tại TP. Vị Thanh ngày 05.6.2024 với 9.502 đại biểu.",
        "Theo QĐ.UBND và GS. TS. Nguyễn Văn A tại Tp.HCM.",
        "1. Giao Sở Tài chính thẩm định./.",
        "Quản lý xăng, dầu, gas v.v. theo quy định.",
    ],
)
def test_stops_that_end_no_sentence(text: str) -> None:
    assert sentences(text) == ((0, len(text)),)


def test_a_marker_may_be_the_last_of_a_text() -> None:
    lines = (
        "Sở Công Thương đã phối hợp với các đơn vị liên quan tổ chức rà soát và",
        "tổng hợp tình hình thực hiện các nhiệm vụ được giao theo quy định tại các",
    )
    text = "\n".join([*lines * 4, "Điều 5."])
    assert [(p.start, p.end) for p in passages(text)] == [(0, len(text))]


def test_sentences_split_where_a_new_one_begins() -> None:
    text = "Đã cấp 12 phép. Sản xuất, v.v. Vì vậy tiêu chí giữ vững… Do đó đạt."
    assert [text[a:b] for a, b in sentences(text)] == [
        "Đã cấp 12 phép.",
        "Sản xuất, v.v.",
        "Vì vậy tiêu chí giữ vững…",
        "Do đó đạt.",
    ]


def test_clauses_keep_brackets_quotes_and_lower_case_continuations_together() -> None:
    text = 'Quyết định số 1 (mới; cũ); Quyết định số 2 về "a; b"; được sửa đổi; Quyết định số 3; Kế hoạch số 4.'
    assert [text[a:b] for a, b in clauses(text)] == [
        "Quyết định số 1 (mới; cũ)",
        'Quyết định số 2 về "a; b"; được sửa đổi',
        "Quyết định số 3",
        "Kế hoạch số 4.",
    ]


def test_an_unclosed_bracket_hides_no_semicolon() -> None:
    text = "Nghị định số 1 (sửa đổi; Nghị định số 2"
    assert len(clauses(text)) == 2


@given(st.text(alphabet="aA1.;:()[]-+*#| \n\fĐIVX“”<sup>/", max_size=400))
def test_any_text_has_a_consistent_outline(text: str) -> None:
    found = outline(text)
    starts = [p.start for p in found.passages]
    assert starts == sorted(starts)
    for i, p in enumerate(found.passages):
        assert 0 <= p.start <= p.end <= len(text) and -1 <= p.lead < len(found.passages) and p.lead != i
        assert -1 <= p.section < len(found.sections)
    for s in found.sections:
        assert 0 <= s.start <= s.end <= len(text)
    for a, b in (*sentences(text), *clauses(text)):
        assert 0 <= a < b <= len(text)


@pytest.mark.parametrize("name", ["000", "003"])
def test_annotated_tasks_are_passages_sentences_or_clauses(name: str) -> None:
    tasks = SHARED / "gold" / "dev" / f"{name}.tasks.jsonl"
    if not tasks.exists():
        pytest.skip("no annotated reports here")
    source = next((SHARED / "seeds").glob(f"{name}*"))
    normal = normalize(source.read_bytes().decode("utf-8"))
    starts, ends = set(), set()
    for p in passages(normal.text):
        inner = (*sentences(normal.text, p.start, p.end), *clauses(normal.text, p.start, p.end))
        for a, b in ((p.start, p.end), *inner):
            raw = normal.span(a, b)
            starts.add(raw[0])
            ends.add(raw[1])
    gold = [json.loads(line) for line in tasks.read_text(encoding="utf-8").splitlines()]
    assert [g["id"] for g in gold if g["start"] not in starts or g["end"] not in ends] == []


def test_an_item_that_names_a_document_ends_where_its_last_line_had_room() -> None:
    text = (
        "a) Kế hoạch số 12/KH-UBND ngày 05 tháng 6 năm 2024 về phát triển chợ,\n"
        "siêu thị và trung tâm thương mại trên địa bàn tỉnh đến năm 2030\n"
        "Ủy ban nhân dân tỉnh đã giao các ngành rà soát các chợ trong tỉnh, các\n"
        "chợ xuống cấp được sửa chữa, nâng cấp; các huyện đã báo cáo kết quả rà\n"
        "soát và nhu cầu vốn; ngành Công Thương đã tổng hợp, trình Ủy ban nhân\n"
        "dân tỉnh xem xét, bố trí vốn cho các chợ có nhu cầu trong năm tới.\n"
    )
    assert [text[p.start : p.start + 12] for p in passages(text)] == ["Kế hoạch số ", "Ủy ban nhân "]


def test_a_break_within_the_name_of_a_province_ends_no_heading() -> None:
    text = (
        "1. Các bộ, cơ quan rà soát chức năng, nhiệm vụ được giao để lồng ghép vào các\n"
        "chương trình mục tiêu quốc gia và các đề án mà mình chủ trì, báo cáo kết quả\n"
        "trước ngày 15 tháng 12 năm 2025.\n"
        "2. Về dự án đường cao tốc Sơn La - Điện\n"
        "Biên - Cửa khẩu Tây Trang: tỉnh thực hiện theo chỉ đạo của Thủ tướng Chính phủ\n"
        "và chủ động làm việc với bộ quản lý ngành về cơ quan chủ quản dự án.\n"
        "3. Bổ sung điểm c khoản 1\n"
        "Điều 1 Nghị quyết số 15/2013/NQ-HĐND của Hội đồng nhân dân tỉnh.\n"
    )
    found = [" ".join(piece.split()) for piece in quoted(text)]
    assert found[1].startswith("Về dự án đường cao tốc Sơn La - Điện Biên - Cửa khẩu")
    assert found[2] == "Bổ sung điểm c khoản 1 Điều 1 Nghị quyết số 15/2013/NQ-HĐND của Hội đồng nhân dân tỉnh."
