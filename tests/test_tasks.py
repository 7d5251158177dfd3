"""Tasks are the passages that carry out documents, with who does them and by when."""

from __future__ import annotations

from kg.extract import extract
from kg.model import Header, Task
from kg.tasks.addressees import speech_of
from kg.tasks.assignees import named
from kg.tasks.speech import Speech


def tasks(text: str) -> tuple[Task, ...]:
    return extract(text).tasks


def test_a_task_is_its_list_item_without_the_bullet() -> None:
    text = "- Triển khai Nghị định số 60/2024/NĐ-CP đến các huyện.\n- Sản xuất tăng.\n"
    [task] = tasks(text)
    assert task.text == "Triển khai Nghị định số 60/2024/NĐ-CP đến các huyện."
    assert text[task.start : task.end] == task.text


def test_a_passage_that_only_cites_is_no_task() -> None:
    assert tasks("Xem Nghị định số 60/2024/NĐ-CP.") == ()


def test_the_unit_told_and_the_day_set_are_read_from_the_sentence() -> None:
    [task] = tasks("Giao Phòng Quản lý Thương mại triển khai Nghị định số 60/2024/NĐ-CP trước ngày 30/9/2024.")
    assert (task.assignees, task.deadline) == (("Phòng Quản lý Thương mại",), "2024-09-30")


def test_a_body_asked_advised_or_worked_with_is_no_assignee() -> None:
    for lead in ("Tham mưu UBND tỉnh", "Phối hợp với Sở Tài chính", "Trình UBND tỉnh để"):
        [task] = tasks(f"{lead} triển khai Nghị định số 60/2024/NĐ-CP.")
        assert task.assignees == ()


def test_tasks_are_numbered_in_order_and_hold_their_mentions() -> None:
    result = extract("I. KẾT QUẢ\n- Triển khai Nghị định số 60/2024/NĐ-CP.\n- Thực hiện Chỉ thị số 20/CT-TTg.\n")
    assert [task.id for task in result.tasks] == ["t1", "t2"]
    assert [task.mentions for task in result.tasks] == [("m1",), ("m2",)]


def test_a_deadline_by_quarter_keeps_its_quarter() -> None:
    [task] = tasks("Giao Phòng Quản lý Thương mại triển khai Nghị định số 60/2024/NĐ-CP trong quý II/2025.")
    assert task.deadline == "2025-Q2"


def test_the_province_that_a_central_notice_is_about() -> None:
    text = (
        "VĂN PHÒNG CHÍNH PHỦ\nSố: 901/TB-VPCP\nHà Nội, ngày 12 tháng 5 năm 2025\nTHÔNG BÁO\n"
        "KẾT LUẬN CỦA PHÓ THỦ TƯỚNG TẠI BUỔI LÀM VIỆC VỚI LÃNH ĐẠO TỈNH AN GIANG\n\n"
        "1. Về chợ biên giới: Tỉnh triển khai Nghị định số 60/2024/NĐ-CP của Chính phủ.\n"
    )
    (task,) = extract(text).tasks
    assert task.assignees == ("Ủy ban nhân dân tỉnh An Giang",)


def test_the_body_whose_functions_a_decision_lays_down_does_what_it_lists_even_if_others_are_asked() -> None:
    text = (
        "ỦY BAN NHÂN DÂN\nTỈNH KIÊN GIANG\nSố: 12/2025/QĐ-UBND\nKiên Giang, ngày 05 tháng 3 năm 2025\nQUYẾT ĐỊNH\n"
        "Quy định chức năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức của Sở Tư pháp tỉnh Kiên Giang\n\n"
        "Điều 2. Nhiệm vụ và quyền hạn\n"
        "1. Tổ chức triển khai Luật Đấu giá tài sản.\n"
        "2. Đề nghị Bộ Tư pháp thu hồi chứng chỉ và thực hiện Nghị định số 60/2024/NĐ-CP.\n"
    )
    assert {task.assignees for task in extract(text).tasks} == {("Sở Tư pháp tỉnh Kiên Giang",)}


def test_letters_of_the_body_that_speaks_stand_for_its_name() -> None:
    speech = Speech(Header(issuer="Cục Kinh tế - Quản lý đầu tư xây dựng"))
    assert named("Cục KT-QLĐTXD đã rà soát", speech) == ("Cục Kinh tế - Quản lý đầu tư xây dựng",)
    assert named("Cục ATTP đã rà soát", speech) == ("Cục ATTP",)


def test_offices_of_whom_nothing_tells_are_nobody() -> None:
    row = "yêu cầu các cơ quan, ban, ngành, đoàn thể, UBND các xã, thị trấn triển khai"
    assert named(row, Speech(Header())) == ("Ủy ban nhân dân cấp xã",)
    assert named(row, Speech(Header(province="Kiên Giang")))[0] == "Các cơ quan, ban, ngành, đoàn thể"


def test_a_document_without_a_date_was_written_after_the_days_it_tells_of() -> None:
    def told(day: str) -> tuple[str, ...]:
        header = Header(province="Kiên Giang", issuer="Ủy ban nhân dân tỉnh Kiên Giang")
        return named("Giao các địa phương triển khai", speech_of(f"Họp ngày {day}.", header))

    assert told("05/8/2024") == ("Ủy ban nhân dân cấp huyện",)
    assert told("05/8/2025") == ("Ủy ban nhân dân cấp xã",)


def test_what_a_letter_to_an_enterprise_tells_people_of_its_trade_it_tells_that_enterprise() -> None:
    order = "Tổ chức, cá nhân hoạt động khoáng sản thực hiện bảo vệ môi trường"
    assert named(order, Speech(Header())) == ("Tổ chức, cá nhân hoạt động khoáng sản",)
    assert named(order, Speech(Header(), addressees=("Công ty cổ phần Hòn Đất",))) == ("Công ty cổ phần Hòn Đất",)
