"""The second pass: which evidence decides a candidate, what stays open, which sources contradict each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import lookup
from kg.answers import questions
from kg.graph.results import Value
from kg.graph.store import Graph
from kg.ontology.vocabulary import FINDINGS
from kg.pipeline.build import build
from kg.pipeline.registry import import_registry
from kg.pipeline.resolve import RESOLUTION, resolve

HEAD = """UBND TỈNH {caps}
SỞ CÔNG THƯƠNG

Số: {number}/BC-SCT
{province}, ngày {day} tháng {month} năm {year}

BÁO CÁO
Kết quả công tác năm {year}

I. KẾT QUẢ
"""

FILLER = """
II. ĐÁNH GIÁ CHUNG
Tình hình sản xuất công nghiệp và thương mại trên địa bàn tiếp tục ổn định, các doanh nghiệp duy trì hoạt động,
hàng hóa lưu thông thông suốt, giá cả ít biến động, sức mua của người dân tăng so với cùng kỳ năm trước.
Công tác phối hợp giữa các đơn vị được duy trì thường xuyên, nền nếp và có hiệu quả.
"""


def report(province: str, body: str, *, day: int = 20, month: int = 12, year: int = 2024, number: int = 100) -> str:
    head = HEAD.format(caps=province.upper(), province=province, day=day, month=f"{month:02}", year=year, number=number)
    return f"{head}{body}\n{FILLER}"


@pytest.fixture
def graph_dir(tmp_path: Path) -> Path:
    return tmp_path / "graph"


def built(tmp_path: Path, graph_dir: Path, **texts: str) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    assert build([folder], graph_dir, jobs=1).failures == ()
    return graph_dir


def links(directory: Path) -> dict[str, str]:
    """Label and source of each candidate -> the document it is linked to."""
    with Graph.open(directory, read_only=True) as graph:
        rows = graph.select(
            """SELECT ?label ?source ?document ?reason ?confidence WHERE {
                 GRAPH ?source { ?candidate a kg:CandidateDocument ; rdfs:label ?label }
                 ?candidate kg:resolvedTo ?document ; kg:reason ?reason ; kg:confidence ?confidence .
                 FILTER(LANG(?reason) = "en") }"""
        )
    assert all(0.6 <= float(str(r["confidence"])) <= 1 and r["reason"] for r in rows)
    return {f"{r['label']} in {Path(str(r['source'])).stem}": str(r["document"]) for r in rows}


def findings(directory: Path) -> list[dict[str, Value]]:
    """Findings of the corpus, one row a suggestion."""
    with Graph.open(directory, read_only=True) as graph:
        return graph.select(
            f"""SELECT ?code ?exact ?suggests WHERE {{ GRAPH {FINDINGS} {{
                  ?finding a kg:Finding ; kg:code ?code .
                  OPTIONAL {{ ?finding oa:exact ?exact }} OPTIONAL {{ ?finding kg:suggests ?suggests }} }} }}"""
        )


def test_a_short_citation_is_what_the_same_document_cites_in_full(tmp_path: Path, graph_dir: Path) -> None:
    body = (
        "Triển khai thực hiện Nghị định số 60/2024/NĐ-CP ngày 05/6/2024 của Chính phủ về phát triển và quản lý chợ.\n"
        "Tham mưu UBND tỉnh văn bản thực hiện Nghị định 60."
    )
    built(tmp_path, graph_dir, a=report("Hậu Giang", body))
    with Graph.open(graph_dir, read_only=True) as graph:
        rows = graph.select(
            "SELECT ?exact ?document WHERE { ?m a kg:Mention ; oa:exact ?exact ; oa:hasBody ?document }"
        )
    decree = "urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp"
    cited = {str(r["exact"]): str(r["document"]) for r in rows}
    assert cited["Nghị định 60"] == cited["Nghị định số 60/2024/NĐ-CP"] == decree
    assert links(graph_dir) == {}


def test_a_citation_without_year_is_the_one_of_its_subject_in_another_document(tmp_path: Path, graph_dir: Path) -> None:
    subject = "về định hướng Chiến lược phát triển năng lượng quốc gia của Việt Nam đến năm 2030"
    full = f"Thực hiện Nghị quyết số 55-NQ/TW ngày 11 tháng 02 năm 2020 của Bộ Chính trị {subject}."
    loose = f"Thực hiện Nghị quyết số 55-NQ/TW của Bộ Chính trị {subject}."
    built(tmp_path, graph_dir, a=report("Hậu Giang", full), b=report("Sóc Trăng", loose, year=2022))
    assert links(graph_dir) == {"Nghị quyết 55-NQ/TW in b": "urn:lex:vn:trung.uong.dang:nghi.quyet:2020;55-nq-tw"}


def test_a_yearly_number_of_another_year_is_not_taken_for_it(tmp_path: Path, graph_dir: Path) -> None:
    full = "Triển khai Nghị quyết số 01/NQ-CP ngày 06/01/2023 của Chính phủ."
    loose = "Triển khai Nghị quyết số 01/NQ-CP của Chính phủ."
    built(tmp_path, graph_dir, a=report("Hậu Giang", full, year=2023), b=report("Sóc Trăng", loose, year=2024))
    assert links(graph_dir) == {}


def test_two_possible_documents_leave_a_candidate_open_and_both_are_named(tmp_path: Path, graph_dir: Path) -> None:
    full = (
        "Triển khai Nghị quyết số 18-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương.\n"
        "Triển khai Nghị quyết số 18-NQ/TW ngày 16/6/2022 của Ban Chấp hành Trung ương."
    )
    loose = "Thực hiện tốt Nghị quyết số 18-NQ/TW."
    built(tmp_path, graph_dir, a=report("Hậu Giang", full), b=report("Sóc Trăng", loose))
    assert links(graph_dir) == {}
    named = {str(f["suggests"]) for f in findings(graph_dir) if f["code"] == "ambiguous-citation"}
    assert named == {f"urn:lex:vn:trung.uong.dang:nghi.quyet:{year};18-nq-tw" for year in (2017, 2022)}


def test_a_local_number_is_never_that_of_another_province(tmp_path: Path, graph_dir: Path) -> None:
    full = "Trình UBND tỉnh ban hành Quyết định số 638/QĐ-UBND ngày 10/5/2024 về phê duyệt kế hoạch khuyến công."
    loose = "Thực hiện Quyết định số 638/QĐ-UBND về phê duyệt kế hoạch khuyến công."
    built(tmp_path, graph_dir, a=report("Hậu Giang", full), b=report("Sóc Trăng", loose), c=report("Hậu Giang", loose))
    assert links(graph_dir) == {
        "Quyết định 638/QĐ-UBND in c": "urn:lex:vn;hau.giang:uy.ban.nhan.dan:quyet.dinh:2024;638-qd-ubnd"
    }


def test_a_document_is_not_what_a_report_written_before_it_cites(tmp_path: Path, graph_dir: Path) -> None:
    subject = "về phát triển năng lượng tái tạo và lưới điện thông minh"
    full = f"Thực hiện Quyết định số 1234/QĐ-TTg ngày 11/02/2024 của Thủ tướng Chính phủ {subject}."
    loose = f"Thực hiện Quyết định số 1234/QĐ-TTg {subject}."
    built(tmp_path, graph_dir, a=report("Hậu Giang", full), b=report("Sóc Trăng", loose, year=2021))
    assert links(graph_dir) == {}


def test_a_law_cited_by_name_is_the_last_one_before_the_report(tmp_path: Path, graph_dir: Path) -> None:
    texts = {
        "a": report("Hậu Giang", "Căn cứ Luật Điện lực năm 2004.\nCăn cứ Luật Điện lực năm 2024.", year=2025, month=3),
        "b": report("Sóc Trăng", "Tuyên truyền Luật Điện lực đến các doanh nghiệp.", year=2021),
    }
    built(tmp_path, graph_dir, **texts)
    assert links(graph_dir) == {"Luật Điện lực in b": "urn:lex:vn:quoc.hoi:luat:2004;dien.luc"}


def numbered(directory: Path) -> dict[str, str]:
    """Each law cited by name and year that is linked to a number -> that document."""
    with Graph.open(directory, read_only=True) as graph:
        found = graph.select(
            """SELECT ?law ?document WHERE { ?law kg:resolvedTo ?document ; kg:reason ?reason
                 FILTER(!CONTAINS(STR(?law), "candidate") && LANG(?reason) = "vi") }"""
        )
    return {str(row["law"]).rpartition(":")[2]: str(row["document"]).rpartition(":")[2] for row in found}


def test_a_law_cited_by_name_and_year_is_the_one_that_others_give_a_number(tmp_path: Path, graph_dir: Path) -> None:
    whole = "Triển khai Luật Đất đai số 31/2024/QH15 ngày 18/01/2024."
    texts = {
        "a": report("Hậu Giang", "Triển khai Luật Đất đai năm 2024; rà soát theo Luật Đất đai năm 2013.", year=2025),
        "b": report("Sóc Trăng", whole, year=2025),
    }
    built(tmp_path, graph_dir, **texts)
    assert numbered(graph_dir) == {"2024;dat.dai": "2024;31-2024-qh15"}
    law = "urn:lex:vn:quoc.hoi:luat:2024;31-2024-qh15"
    with Graph.open(graph_dir, read_only=True) as graph:
        for cited in ("Luật Đất đai 2024", "Luật Đất đai năm 2024", "Luật 31/2024/QH15"):
            (found,) = lookup(graph, cited)
            assert (found.urn, found.mentions, found.title) == (law, 2, "Luật Đất đai")
        rows = questions.run(graph, "provinces-implementing", document="Luật Đất đai năm 2024").rows
        assert {row["province"] for row in rows} == {"Hậu Giang", "Sóc Trăng"}
    (tmp_path / "reports" / "b.txt").write_text(report("Sóc Trăng", "Không có.", year=2025), encoding="utf-8")
    built(tmp_path, graph_dir)
    assert numbered(graph_dir) == {}


@pytest.mark.parametrize(
    "others",
    [
        ["Luật Đất đai số 31/2024/QH15", "Luật Đất đai số 43/2024/QH15"],
        ["Luật Đất đai số 31/2024/QH15 ngày 29/6/2024"],
        ["Luật Đất đai số 31/2024/QH13"],
    ],
    ids=["two numbers", "another day", "a number of another term"],
)
def test_a_number_that_sources_do_not_agree_on_is_none_of_a_law(
    others: list[str], tmp_path: Path, graph_dir: Path
) -> None:
    texts = {f"b{k}": report("Sóc Trăng", f"Triển khai {law}.", year=2025) for k, law in enumerate(others)}
    named = "Triển khai Luật Đất đai ngày 18/01/2024."
    built(tmp_path, graph_dir, a=report("Hậu Giang", named, year=2025), **texts)
    assert numbered(graph_dir) == {}


def test_the_day_tells_which_of_two_numbers_a_law_has(tmp_path: Path, graph_dir: Path) -> None:
    texts = {
        "a": report("Hậu Giang", "Triển khai Luật Đất đai ngày 18/01/2024.", year=2025),
        "b": report("Sóc Trăng", "Triển khai Luật Đất đai số 31/2024/QH15 ngày 18/01/2024.", year=2025),
        "c": report("Cà Mau", "Triển khai Luật Đất đai số 43/2024/QH15 ngày 29/6/2024.", year=2025),
    }
    built(tmp_path, graph_dir, **texts)
    assert numbered(graph_dir) == {"2024;dat.dai": "2024;31-2024-qh15"}


def test_a_law_of_which_two_numbers_are_told_is_open_and_both_are_named(tmp_path: Path, graph_dir: Path) -> None:
    others = ("Luật Đất đai số 31/2024/QH15", "Luật Đất đai số 43/2024/QH15")
    texts = {f"b{k}": report("Sóc Trăng", f"Triển khai {law}.", year=2025) for k, law in enumerate(others)}
    built(tmp_path, graph_dir, a=report("Hậu Giang", "Triển khai Luật Đất đai năm 2024.", year=2025), **texts)
    named = {str(f["suggests"]) for f in findings(graph_dir) if f["code"] == "ambiguous-citation"}
    assert named == {f"urn:lex:vn:quoc.hoi:luat:2024;{number}-2024-qh15" for number in (31, 43)}


def test_two_laws_of_one_name_and_year_are_two_documents(tmp_path: Path, graph_dir: Path) -> None:
    law = "Luật Tổ chức chính quyền địa phương"
    texts = {
        "a": report("Hậu Giang", f"Căn cứ {law} ngày 19 tháng 02 năm 2025.", year=2025),
        "b": report("Sóc Trăng", f"Căn cứ {law} ngày 16 tháng 6 năm 2025.", year=2025),
        "c": report("Cà Mau", f"Căn cứ {law} số 72/2025/QH15.", year=2025),
        "d": report("Lai Châu", f"Căn cứ {law} năm 2025.", year=2026),
    }
    built(tmp_path, graph_dir, **texts)
    name = "to.chuc.chinh.quyen.dia.phuong"
    assert numbered(graph_dir) == {f"2025.06;{name}": "2025;72-2025-qh15"}
    assert links(graph_dir) == {}
    named = {(f["exact"], str(f["suggests"]).rpartition(":")[2]) for f in findings(graph_dir)}
    assert named == {(law, f"2025.02;{name}"), (law, "2025;72-2025-qh15")}
    with Graph.open(graph_dir, read_only=True) as graph:
        assert {match.urn.rpartition(":")[2] for match in lookup(graph, f"{law} 2025")} >= {
            f"2025.02;{name}",
            "2025;72-2025-qh15",
        }


def mistaken(directory: Path) -> dict[str, tuple[str, str]]:
    """Each identified document that is linked to another one by its number -> that document and the reason."""
    with Graph.open(directory, read_only=True) as graph:
        found = graph.select(
            """SELECT ?wrong ?document ?reason WHERE { ?wrong kg:resolvedTo ?document ; kg:reason ?reason
                 FILTER(LANG(?reason) = "en" && !CONTAINS(?reason, "name and year")) }"""
        )
    return {
        str(row["wrong"]).rpartition(";")[2]: (str(row["document"]).rpartition(";")[2], str(row["reason"]))
        for row in found
    }


@pytest.mark.parametrize(
    ("wrong", "right", "linked"),
    [
        (
            "Thông tư số 36/2025/TT-BNMT ngày 02/7/2025",
            "Thông tư số 36/2025/TT-BNNMT ngày 02/7/2025",
            "36-2025-tt-bnmt",
        ),
        (
            "Luật Ngân sách nhà nước số 83/2015/QH14",
            "Luật Ngân sách nhà nước số 83/2015/QH13 ngày 25/6/2015",
            "83-2015-qh14",
        ),
        (
            "Thông tư liên tịch số 08/2012/TTLT-BLĐTBXH-BTC-BNV ngày 16/4/2012",
            "Thông tư liên tịch số 08/2012/TTLT-BLĐTBXH-BNV-BTC ngày 16/4/2012",
            "08-2012-ttlt-bldtbxh-btc-bnv",
        ),
        (
            "Kế hoạch số 02-KH/BCĐTW ngày 19/6/2025 của Ban Chỉ đạo Trung ương",
            "Kế hoạch số 02-KH/BCĐTW ngày 19/6/2025 của Ban Chỉ đạo Trung ương về phát triển khoa học",
            "02-kh-bcdtw",
        ),
        # Another day, another known body, another order with another first body: two documents.
        ("Thông tư số 36/2025/TT-BNMT ngày 05/7/2025", "Thông tư số 36/2025/TT-BNNMT ngày 02/7/2025", None),
        ("Thông tư số 36/2025/TT-BCT ngày 02/7/2025", "Thông tư số 36/2025/TT-BTC ngày 02/7/2025", None),
        (
            "Thông tư liên tịch số 08/2012/TTLT-BTC-BNV ngày 16/4/2012",
            "Thông tư liên tịch số 08/2012/TTLT-BNV-BTC ngày 16/4/2012",
            None,
        ),
    ],
)
def test_what_can_be_nothing_but_another_document_is_linked_to_it(
    wrong: str, right: str, linked: str | None, tmp_path: Path, graph_dir: Path
) -> None:
    texts = {
        "a": report("Hậu Giang", f"Thực hiện {wrong}.", year=2025),
        "b": report("Sóc Trăng", f"Thực hiện {right}.", year=2025),
        "c": report("Cà Mau", f"Thực hiện {right}.", year=2025),
    }
    built(tmp_path, graph_dir, **texts)
    found = mistaken(graph_dir)
    assert list(found) == ([linked] if linked else [])
    assert all(reason for _, reason in found.values())


def signed(directory: Path, number: str) -> str | None:
    with Graph.open(directory, read_only=True) as graph:
        (found,) = lookup(graph, number)
        rows = questions.run(graph, "issued-by", body="Chính phủ").rows
        assert [row["date"] for row in rows] == [found.date]
        return found.date


def test_of_dates_that_exclude_each_other_that_of_most_sources_is_shown(tmp_path: Path, graph_dir: Path) -> None:
    text = "Thực hiện Nghị định số 60/2024/NĐ-CP ngày {} của Chính phủ."
    days = ("05/6/2024", "05/6/2024", "15/6/2024")
    names = ("Hậu Giang", "Sóc Trăng", "Cà Mau")
    texts = {f"s{k}": report(names[k], text.format(day)) for k, day in enumerate(days)}
    built(tmp_path, graph_dir, **texts)
    assert signed(graph_dir, "60/2024/NĐ-CP") == "2024-06-05"
    (finding,) = findings(graph_dir)
    assert finding["code"] == "two-dates-in-corpus"
    texts["s1"] = report("Sóc Trăng", text.format("05/6/2024 và Nghị định số 60/2024/NĐ-CP ngày 15/6/2024"))
    texts["s0"] = report("Hậu Giang", text.format("15/6/2024"))
    built(tmp_path, graph_dir, **texts)
    assert signed(graph_dir, "60/2024/NĐ-CP") == "2024-06-15"


def test_the_day_of_a_law_may_stand_where_it_is_cited_by_name(tmp_path: Path, graph_dir: Path) -> None:
    texts = {
        "a": report("Hậu Giang", "Triển khai Luật Đất đai số 31/2024/QH15.", year=2025),
        "b": report("Sóc Trăng", "Triển khai Luật Đất đai ngày 18 tháng 01 năm 2024.", year=2025),
    }
    built(tmp_path, graph_dir, **texts)
    with Graph.open(graph_dir, read_only=True) as graph:
        (found,) = lookup(graph, "31/2024/QH15")
        assert found.date == "2024-01-18"
        (row,) = questions.run(graph, "issued-by", body="Quốc hội").rows
        assert row["date"] == "2024-01-18"


def test_the_date_of_a_register_is_shown_whatever_sources_say(tmp_path: Path, graph_dir: Path) -> None:
    text = report("Hậu Giang", "Thực hiện Nghị định số 60/2024/NĐ-CP ngày 06/6/2024 của Chính phủ.")
    built(tmp_path, graph_dir, a=text, b=text)
    register = tmp_path / "register.csv"
    register.write_text("number,type,issuer,date\n60/2024/NĐ-CP,Nghị định,Chính phủ,2024-06-05\n", encoding="utf-8")
    with Graph.open(graph_dir, read_only=False) as graph:
        import_registry(graph, register)
        resolve(graph)
    assert signed(graph_dir, "60/2024/NĐ-CP") == "2024-06-05"


def test_a_finding_with_several_suggestions_has_one_row(tmp_path: Path, graph_dir: Path) -> None:
    full = (
        "Triển khai Nghị quyết số 18-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương.\n"
        "Triển khai Nghị quyết số 18-NQ/TW ngày 16/6/2022 của Ban Chấp hành Trung ương."
    )
    built(tmp_path, graph_dir, a=report("Hậu Giang", full), b=report("Sóc Trăng", "Thực hiện Nghị quyết số 18-NQ/TW."))
    with Graph.open(graph_dir, read_only=True) as graph:
        (row,) = questions.run(graph, "findings", code="ambiguous-citation").rows
        urn = "urn:lex:vn:trung.uong.dang:nghi.quyet:{};18-nq-tw"
        assert row["suggests"] == f"{urn.format(2017)}; {urn.format(2022)}"
        (candidate,) = lookup(graph, urn.format(2022))
        assert [found["suggests"] for found in candidate.findings] == [row["suggests"]]


def test_two_sources_with_two_dates_of_one_number_are_a_finding(tmp_path: Path, graph_dir: Path) -> None:
    text = "Thực hiện Nghị định số 32/2024/NĐ-CP ngày {}/3/2024 của Chính phủ về quản lý, phát triển cụm công nghiệp."
    built(tmp_path, graph_dir, a=report("Hậu Giang", text.format(15)), b=report("Sóc Trăng", text.format(25)))
    [found] = findings(graph_dir)
    assert (found["code"], found["exact"]) == ("two-dates-in-corpus", "Nghị định số 32/2024/NĐ-CP")


def test_a_mistaken_symbol_in_one_source_suggests_the_document_of_the_others(tmp_path: Path, graph_dir: Path) -> None:
    text = "Thực hiện {} ngày 05/6/2024 của Chính phủ về phát triển và quản lý chợ."
    right, wrong = "Nghị định số 60/2024/NĐ-CP", "Nghị quyết số 60/2024/NQ-CP"
    built(
        tmp_path,
        graph_dir,
        a=report("Hậu Giang", text.format(right)),
        b=report("Sóc Trăng", text.format(wrong)),
        c=report("Trà Vinh", text.format(right)),
    )
    [found] = findings(graph_dir)
    assert (found["code"], found["exact"]) == ("type-variant-in-corpus", wrong)
    assert found["suggests"] == "urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp"


def test_the_pass_can_be_repeated_and_follows_its_sources(tmp_path: Path, graph_dir: Path) -> None:
    subject = "về định hướng Chiến lược phát triển năng lượng quốc gia của Việt Nam đến năm 2030"
    full = f"Thực hiện Nghị quyết số 55-NQ/TW ngày 11 tháng 02 năm 2020 của Bộ Chính trị {subject}."
    loose = f"Thực hiện Nghị quyết số 55-NQ/TW của Bộ Chính trị {subject}."
    built(tmp_path, graph_dir, a=report("Hậu Giang", full), b=report("Sóc Trăng", loose, year=2022))

    def state() -> list[str]:
        with Graph.open(graph_dir, read_only=False) as graph:
            resolve(graph)
            return sorted(
                str(q) for g in (RESOLUTION, FINDINGS) for q in graph.store.quads_for_pattern(None, None, None, g)
            )

    first = state()
    assert first and state() == first
    built(tmp_path, graph_dir, a=report("Hậu Giang", "Tiếp tục thực hiện Nghị định số 60/2024/NĐ-CP."))
    assert links(graph_dir) == {}


def test_a_register_decides_what_no_report_cites_in_full(tmp_path: Path, graph_dir: Path) -> None:
    built(
        tmp_path,
        graph_dir,
        a=report("Hậu Giang", "Thực hiện Quyết định số 1588/QĐ-TTg về Kế hoạch phát triển thương mại điện tử."),
    )
    register = tmp_path / "register.csv"
    register.write_text(
        "number,type,issuer,date,title\n"
        "1588/QĐ-TTg,Quyết định,Thủ tướng Chính phủ,2023-12-08,Kế hoạch phát triển thương mại điện tử quốc gia\n",
        encoding="utf-8",
    )
    with Graph.open(graph_dir, read_only=False) as graph:
        import_registry(graph, register)
        assert resolve(graph) == 1
    assert list(links(graph_dir).values()) == ["urn:lex:vn:thu.tuong.chinh.phu:quyet.dinh:2023;1588-qd-ttg"]


def test_a_date_that_the_register_contradicts_is_a_finding(tmp_path: Path, graph_dir: Path) -> None:
    built(
        tmp_path, graph_dir, a=report("Hậu Giang", "Thực hiện Nghị định số 60/2024/NĐ-CP ngày 06/6/2024 của Chính phủ.")
    )
    register = tmp_path / "register.csv"
    register.write_text("number,type,issuer,date\n60/2024/NĐ-CP,Nghị định,Chính phủ,2024-06-05\n", encoding="utf-8")
    with Graph.open(graph_dir, read_only=False) as graph:
        import_registry(graph, register)
        resolve(graph)
    [found] = findings(graph_dir)
    assert (found["code"], found["exact"]) == ("differs-from-register", "Nghị định số 60/2024/NĐ-CP")


def test_an_empty_graph_has_nothing_to_resolve(graph_dir: Path) -> None:
    with Graph.open(graph_dir, read_only=False) as graph:
        assert resolve(graph) == 0


def test_a_law_called_by_the_name_of_the_law_that_it_amends_is_not_that_law(tmp_path: Path, graph_dir: Path) -> None:
    amended = "Căn cứ Luật Xây dựng số 50/2014/QH13 đã được sửa đổi, bổ sung một số điều theo Luật số 62/2020/QH14."
    directory = built(
        tmp_path,
        graph_dir,
        a=report("Hậu Giang", amended),
        b=report("Hà Tĩnh", amended, number=101),
        c=report("Cà Mau", "Thẩm định theo Luật Xây dựng sửa đổi số 62/2020/QH14.", number=102),
        d=report("Lai Châu", "Các dự án thực hiện theo quy định của Luật Xây dựng.", number=103),
    )
    assert set(links(directory).values()) == {"urn:lex:vn:quoc.hoi:luat:2014;50-2014-qh13"}
    with Graph.open(directory, read_only=True) as graph:
        (found, *_) = lookup(graph, "luật xây dựng")
        assert found.urn == "urn:lex:vn:quoc.hoi:luat:2014;50-2014-qh13"
        (amending, *_) = lookup(graph, "62/2020/QH14")
        assert amending.label == "Luật sửa đổi, bổ sung Luật Xây dựng 62/2020/QH14"


def test_a_document_is_called_by_the_type_of_its_symbol(tmp_path: Path, graph_dir: Path) -> None:
    directory = built(
        tmp_path,
        graph_dir,
        a=report("Hậu Giang", "Thực hiện Thông tư số 60/2024/NĐ-CP ngày 05/6/2024."),
        b=report("Hà Tĩnh", "Thực hiện Nghị định số 60/2024/NĐ-CP ngày 05/6/2024.", number=101),
    )
    with Graph.open(directory, read_only=True) as graph:
        (found,) = lookup(graph, "60/2024/NĐ-CP")
        assert (found.label, found.type) == ("Nghị định 60/2024/NĐ-CP", "Nghị định")


def test_another_day_of_the_document_itself_is_no_document_of_the_future(tmp_path: Path, graph_dir: Path) -> None:
    annex = "(Ban hành kèm theo Báo cáo số 100/BC-SCT ngày 28/12/2024 của Sở Công Thương tỉnh Hậu Giang)"
    directory = built(tmp_path, graph_dir, a=report("Hậu Giang", f"Thực hiện Nghị định số 60/2024/NĐ-CP.\n{annex}"))
    with Graph.open(directory, read_only=True) as graph:
        assert [row["code"] for row in questions.run(graph, "findings").rows] == ["two-dates"]
        assert questions.run(graph, "impossible-dates").rows == []


def test_a_number_that_was_linked_is_found_as_the_document_that_is_meant(tmp_path: Path, graph_dir: Path) -> None:
    law = "Luật Ngân sách nhà nước số 83/2015/QH{}"
    directory = built(
        tmp_path,
        graph_dir,
        a=report("Hậu Giang", f"Thực hiện {law.format(14)}."),
        b=report("Hà Tĩnh", f"Thực hiện {law.format(13)} ngày 25/6/2015.", number=101),
    )
    with Graph.open(directory, read_only=True) as graph:
        for wording in ("83/2015/QH14", "Luật 83/2015/QH14", "luật ngân sách nhà nước"):
            (found,) = lookup(graph, wording)
            assert (found.urn, found.exact) == ("urn:lex:vn:quoc.hoi:luat:2015;83-2015-qh13", True)


def test_the_constitution_is_the_one_in_force_on_the_day_of_the_document(tmp_path: Path, graph_dir: Path) -> None:
    directory = built(
        tmp_path,
        graph_dir,
        a=report("Hậu Giang", "Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam năm 1992.", year=2012),
        b=report("Hà Tĩnh", "Tuân thủ Hiến pháp và pháp luật.", number=101),
        c=report("Cà Mau", "Tuân thủ Hiến pháp và pháp luật.", number=102, year=2012),
    )
    with Graph.open(directory, read_only=True) as graph:
        rows = [(row["document"], row["reports"]) for row in questions.run(graph, "most-cited").rows]
    constitution = "urn:lex:vn:quoc.hoi:hien.phap:{};hien.phap"
    assert rows == [(constitution.format(1992), 2), (constitution.format(2013), 1)]


def test_a_law_that_many_cite_by_name_and_others_by_number_is_no_rival_of_a_mistyped_year(
    tmp_path: Path, graph_dir: Path
) -> None:
    texts = {
        f"n{k}": report(name, "Thực hiện Luật Địa chất và khoáng sản năm 2024.", year=2025)
        for k, name in enumerate(("Hậu Giang", "Sóc Trăng", "Cà Mau", "Lai Châu"))
    }
    texts["b"] = report("Hà Tĩnh", "Thực hiện Luật Địa chất và khoáng sản số 54/2024/QH15.", year=2025)
    texts["c"] = report("Nghệ An", "Thực hiện Luật Địa chất và khoáng sản năm 2025.", year=2025)
    texts["d"] = report("Bắc Ninh", "Thực hiện Luật Địa chất và khoáng sản.", year=2025)
    built(tmp_path, graph_dir, **texts)
    assert links(graph_dir) == {"Luật Địa chất và khoáng sản in d": "urn:lex:vn:quoc.hoi:luat:2024;54-2024-qh15"}


def test_a_law_that_only_old_sources_tell_apart_does_not_decide_a_citation(tmp_path: Path, graph_dir: Path) -> None:
    directory = built(
        tmp_path,
        graph_dir,
        a=report("Hậu Giang", "Căn cứ Luật Giao thông đường bộ năm 2001.", year=2005),
        b=report("Hà Tĩnh", "Tuyên truyền Luật Giao thông đường bộ.", number=101, year=2024),
        c=report("Cà Mau", "Tuyên truyền Luật Giao thông đường bộ.", number=102, year=2006),
    )
    assert len(links(directory)) == 1
