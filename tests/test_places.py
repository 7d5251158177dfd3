"""Bodies of districts and communes are told apart by their province, or by the document that names them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.answers import questions
from kg.answers.lookup import find
from kg.entities.bodies import canonical
from kg.entities.places import Places, of_document
from kg.graph.store import Graph
from kg.messages import speaking
from kg.model import Header
from kg.pipeline.build import build

DISTRICT = "Ủy ban nhân dân huyện Châu Thành"
DECISION = """ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
HUYỆN CHÂU THÀNH              Độc lập - Tự do - Hạnh phúc
TỈNH {province}
Số: 01/QĐ-UBND          Châu Thành, ngày 05 tháng 01 năm 2024

QUYẾT ĐỊNH
Về việc ban hành kế hoạch

Căn cứ Quyết định số 15/QĐ-UBND ngày 03/01/2024 của Ủy ban nhân dân huyện Châu Thành;
Căn cứ Kế hoạch số 05/KH-UBND ngày 03/01/2024 của UBND huyện Long Hồ, tỉnh Vĩnh Long;

QUYẾT ĐỊNH:
Điều 1. Giao UBND xã An Khánh triển khai thực hiện Quyết định số 15/QĐ-UBND.
"""
LETTER = """BỘ TÀI CHÍNH          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 77/BTC-NSNN              Độc lập - Tự do - Hạnh phúc
          Hà Nội, ngày 05 tháng 02 năm 2024

Theo Quyết định số 15/QĐ-UBND ngày 03/01/2024 của Ủy ban nhân dân huyện Châu Thành, Bộ Tài chính có ý kiến.
"""
URN = "urn:lex:vn;{};huyen.chau.thanh:uy.ban.nhan.dan:quyet.dinh:2024;15-qd-ubnd"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("UBND huyện Long Hồ tỉnh Vĩnh Long", "Ủy ban nhân dân huyện Long Hồ, tỉnh Vĩnh Long"),
        (
            "UBND xã Đa Tốn, huyện Gia Lâm, TP. Hà Nội",
            "Ủy ban nhân dân xã Đa Tốn, huyện Gia Lâm, thành phố Hà Nội",
        ),
        (
            "UBND phường 1, thành phố Trà Vinh, tỉnh Trà Vinh",
            "Ủy ban nhân dân phường 1, thành phố Trà Vinh, tỉnh Trà Vinh",
        ),
        ("Huyện ủy Châu Thành, tỉnh Tiền Giang", "Huyện ủy Châu Thành, tỉnh Tiền Giang"),
        ("UBND thành phố Vinh, thành phố Hà Nội", "Ủy ban nhân dân thành phố Vinh"),
        ("ỦY BAN NHÂN DÂN HUYỆN CHÂU THÀNH TỈNH ĐỒNG THÁP", f"{DISTRICT}, tỉnh Đồng Tháp"),
    ],
)
def test_the_units_written_behind_a_district_or_commune_are_part_of_its_name(written: str, name: str) -> None:
    assert canonical(written) == name


@pytest.mark.parametrize(
    ("name", "cited", "expected"),
    [
        (DISTRICT, None, (DISTRICT, "place-untold")),  # Tiền Giang and Đồng Tháp had one each
        ("Ủy ban nhân dân xã An Khánh", None, ("Ủy ban nhân dân xã An Khánh, tỉnh Đồng Tháp", "place-of-document")),
        ("Ủy ban nhân dân xã An Khánh", "2024-03", ("Ủy ban nhân dân xã An Khánh", "place-untold")),
    ],
)
def test_a_province_that_was_several_tells_only_what_it_is_itself(
    name: str, cited: str | None, expected: tuple[str, str]
) -> None:
    assert Places("Đồng Tháp", "2025-10-01").of(name, cited) == expected


def test_a_renamed_province_stands_under_its_name_of_the_day() -> None:
    placed = Places("Huế", "2025-09-01").of("Ủy ban nhân dân huyện Phú Vang", "2024-05-02")
    assert placed is not None and placed.name == "Ủy ban nhân dân huyện Phú Vang, tỉnh Thừa Thiên Huế"


def test_a_province_told_beside_the_name_elsewhere_in_the_document_holds_unless_another_is_told() -> None:
    beside = [f"{DISTRICT}, tỉnh Long An"]
    placed = of_document(Header(), beside).of(DISTRICT)
    assert placed is not None and placed.name == f"{DISTRICT}, tỉnh Long An"
    both = of_document(Header(), [*beside, f"{DISTRICT}, tỉnh Trà Vinh"]).of(DISTRICT)
    assert both == (DISTRICT, "place-untold")


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    folder = tmp_path_factory.mktemp("places")
    for name, text in (
        ("thap.txt", DECISION.format(province="ĐỒNG THÁP")),
        ("giang.txt", DECISION.format(province="TIỀN GIANG")),
        ("bo.txt", LETTER),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    build([folder], folder / "graph", jobs=1)
    with Graph.open(folder / "graph") as opened:
        yield opened


def test_one_number_of_two_districts_of_one_name_is_two_documents(graph: Graph) -> None:
    rows = graph.select("SELECT ?d { ?d a kg:LegalDocument ; eli:id_local '01/QĐ-UBND' }")
    assert {str(row["d"]) for row in rows} == {
        URN.format(place).replace("15-qd", "01-qd") for place in ("dong.thap", "tien.giang")
    }


def test_bodies_of_one_name_are_nodes_of_their_province_or_document_each_with_its_reason(graph: Graph) -> None:
    rows = graph.select(
        "SELECT ?name ?place ?why { ?b a org:Organization ; rdfs:label ?name ; kg:placeReason ?why "
        "OPTIONAL { ?b kg:inProvince/rdfs:label ?place } FILTER(LANG(?why) = 'en') }"
    )
    told = {(row["name"], row.get("place"), row["why"]) for row in rows}
    own, written = "the province of the document that names the body", "the province is written beside the name"
    assert told >= {
        (f"{DISTRICT}, tỉnh Đồng Tháp", "Đồng Tháp", own),
        (f"{DISTRICT}, tỉnh Tiền Giang", "Tiền Giang", own),
        ("Ủy ban nhân dân xã An Khánh, tỉnh Tiền Giang", "Tiền Giang", own),
        ("Ủy ban nhân dân huyện Long Hồ, tỉnh Vĩnh Long", "Vĩnh Long", written),
        (DISTRICT, None, "which province it is in can't be told: the name holds within this document alone"),
    }


def test_a_lookup_by_district_finds_that_of_each_province_and_none_of_the_province_itself(graph: Graph) -> None:
    found = [match.iri for match in find(graph, "15/QĐ-UBND huyện Châu Thành")]
    assert {URN.format("dong.thap"), URN.format("tien.giang")} <= set(found)
    own = find(graph, "15/QĐ-UBND năm 2024 của UBND huyện Châu Thành, tỉnh Tiền Giang")
    assert [match.iri for match in own] == [URN.format("tien.giang")]
    with speaking("vi"):
        near = find(graph, "15/QĐ-UBND năm 2024 của UBND tỉnh Tiền Giang")
    assert not any(match.exact for match in near) and "đơn vị huyen chau thanh" in near[0].why


def test_a_question_about_a_district_without_its_province_is_of_all_of_that_name(graph: Graph) -> None:
    answer = questions.run(graph, "issued-by", body=DISTRICT)
    assert {row["issuer"] for row in answer.rows} >= {f"{DISTRICT}, tỉnh Đồng Tháp", f"{DISTRICT}, tỉnh Tiền Giang"}
    assert answer.notes
