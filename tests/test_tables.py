"""The tables of units and bodies, held against the law and against data that others keep up."""

from __future__ import annotations

import os
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from kg.graph.reference import reference
from kg.graph.terms import body_iri, place_iri
from kg.ontology.tables import Province, bodies, provinces
from kg.ontology.vocabulary import term

DOMAIN = Path(os.environ.get("KG_SHARED") or Path(__file__).parents[2] / "shared") / "domain"
LAST_OF_63, FIRST_OF_34 = "2025-06-30", "2025-07-01"


def provinces_of(day: str) -> list[Province]:
    return [p for p in provinces() if (p.valid_from or "") <= day <= (p.valid_to or "9999")]


def bodies_of(day: str, *kinds: str) -> list[str]:
    found = [b for b in bodies() if b.kind in kinds and (b.valid_from or "") <= day <= (b.valid_to or "9999")]
    return sorted(b.name for b in found)


# --- Provinces -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "count"),
    [
        ("1996-12-31", 53),
        ("1997-01-01", 61),
        ("2004-01-01", 64),
        ("2008-08-01", 63),
        (LAST_OF_63, 63),
        (FIRST_OF_34, 34),
    ],
)
def test_there_were_as_many_provinces_as_the_law_says(day: str, count: int) -> None:
    names = [p.full_name for p in provinces_of(day)]
    assert len(names) == len(set(names)) == count


def test_the_units_are_those_of_a_package_that_others_keep_up() -> None:
    """vietnamadminunits has both systems; it keeps the old form of the cities of 2026."""
    from vietnamadminunits.database import get_data

    for table, day in (("admin_units_legacy", LAST_OF_63), ("admin_units", FIRST_OF_34)):
        theirs = {row["province"].casefold() for row in get_data("province", table=table)}
        ours = {p.full_name.casefold() for p in provinces_of(day)}
        # The package still calls it by the name that it had until 2024 in the older system.
        renamed = {("tỉnh thừa thiên huế", "thành phố huế")}
        assert ours ^ theirs in (set(), set(renamed.pop())), day


def test_old_units_went_where_the_package_converts_them_to() -> None:
    """Of each old province, the wards of the package lie in the new one that our table names."""
    from vietnamadminunits import convert_address
    from vietnamadminunits.database import get_data

    wards: dict[str, list[str]] = {}
    for row in get_data(["province", "district", "ward"], table="admin_units_legacy"):
        if row["ward"]:
            wards.setdefault(row["province"], []).append(f"{row['ward']}, {row['district']}, {row['province']}")
    heirs = {
        p.full_name.casefold(): {s.casefold() for s in (p.successors if p.valid_to == LAST_OF_63 else [p.full_name])}
        for p in provinces_of(LAST_OF_63)
    }
    for province, addresses in wards.items():
        reached = Counter(
            str(convert_address(address).province).casefold() for address in addresses[:: max(1, len(addresses) // 5)]
        )
        wanted = heirs.get(province.casefold(), {province.casefold()})
        assert reached.most_common(1)[0][0] in wanted, (province, reached)


def test_today_there_are_34_units_nine_of_them_cities() -> None:
    forms = Counter(p.form for p in provinces_of("2026-11-22"))
    assert forms == {"tỉnh": 25, "thành phố": 9}


def test_every_unit_that_ended_has_successors_that_begin_the_day_after() -> None:
    for province in provinces():
        if province.valid_to is None:
            assert not province.successors and province.current == (province.full_name,)
            continue
        next_day = (date.fromisoformat(province.valid_to) + timedelta(1)).isoformat()
        there = {p.full_name for p in provinces_of(next_day)}
        assert province.successors and set(province.successors) <= there, province
        assert set(province.current) <= {p.full_name for p in provinces_of("9998")}, province


def test_no_spelling_means_two_provinces_of_one_day() -> None:
    for day in (LAST_OF_63, FIRST_OF_34):
        spelled = Counter(
            v for p in provinces_of(day) for v in {p.name, p.full_name, *p.variants} if not v.endswith("?")
        )
        assert [v for v, n in spelled.items() if n > 1] == []


@pytest.mark.parametrize("name", ["provinces", "issuers"])
def test_the_tables_have_what_the_shared_tables_have(name: str) -> None:
    """Names, dates and successors; bodies of provinces stand there with a place in the name."""
    path = DOMAIN / f"{name}.tsv"
    if not path.exists():
        pytest.skip("needs the shared tables")
    head, *rows = path.read_text("utf-8").splitlines()
    theirs = [dict(zip(head.split("\t"), row.split("\t"), strict=True)) for row in rows]
    if name == "provinces":
        assert {(r["full_name"], r["valid_from"], r["valid_to"], r["successor"], r["code_gso"]) for r in theirs} == {
            (p.full_name, p.valid_from or "", p.valid_to or "", "; ".join(p.successors), p.code or "")
            for p in provinces()
        }
    else:
        ours = {(b.abbr, b.valid_from or "", b.valid_to or "") for b in bodies()}
        assert {(r["abbr"], r["valid_from"], r["valid_to"]) for r in theirs} - ours == set()


# --- Ministries and departments ------------------------------------------------------------------------------

MINISTRIES_SINCE_2025 = """
    Bộ Quốc phòng|Bộ Công an|Bộ Ngoại giao|Bộ Nội vụ|Bộ Tư pháp|Bộ Tài chính|Bộ Công Thương|Bộ Nông nghiệp và Môi trường
    Bộ Xây dựng|Bộ Văn hóa, Thể thao và Du lịch|Bộ Khoa học và Công nghệ|Bộ Giáo dục và Đào tạo|Bộ Y tế
    Bộ Dân tộc và Tôn giáo"""
MERGED_IN_2025 = {
    "Bộ Kế hoạch và Đầu tư": "Bộ Tài chính",
    "Bộ Giao thông vận tải": "Bộ Xây dựng",
    "Bộ Thông tin và Truyền thông": "Bộ Khoa học và Công nghệ",
    "Bộ Lao động - Thương binh và Xã hội": "Bộ Nội vụ",
    "Bộ Nông nghiệp và Phát triển nông thôn": "Bộ Nông nghiệp và Môi trường",
    "Bộ Tài nguyên và Môi trường": "Bộ Nông nghiệp và Môi trường",
    "Ủy ban Dân tộc": "Bộ Dân tộc và Tôn giáo",
    "Ban Tôn giáo Chính phủ": "Bộ Dân tộc và Tôn giáo",
    "Bảo hiểm xã hội Việt Nam": "Bộ Tài chính",
    "Ủy ban Quản lý vốn nhà nước tại doanh nghiệp": "Bộ Tài chính",
    "Sở Kế hoạch và Đầu tư": "Sở Tài chính",
    "Sở Giao thông vận tải": "Sở Xây dựng",
    "Sở Thông tin và Truyền thông": "Sở Khoa học và Công nghệ",
    "Sở Lao động - Thương binh và Xã hội": "Sở Nội vụ",
    "Sở Nông nghiệp và Phát triển nông thôn": "Sở Nông nghiệp và Môi trường",
    "Sở Tài nguyên và Môi trường": "Sở Nông nghiệp và Môi trường",
    "Ban Dân tộc": "Sở Dân tộc và Tôn giáo",
}
# Nghị định 150/2025/NĐ-CP: twelve in every province, four where there is a need.
DEPARTMENTS_SINCE_2025 = """
    Sở Nội vụ|Sở Tư pháp|Sở Tài chính|Sở Công Thương|Sở Nông nghiệp và Môi trường|Sở Xây dựng|Sở Khoa học và Công nghệ
    Sở Văn hóa, Thể thao và Du lịch|Sở Giáo dục và Đào tạo|Sở Y tế|Thanh tra|Văn phòng Ủy ban nhân dân
    Sở Ngoại vụ|Sở Du lịch|Sở Quy hoạch - Kiến trúc|Sở Dân tộc và Tôn giáo"""


def listed(text: str) -> set[str]:
    return {name.strip() for line in text.splitlines() for name in line.split("|") if name.strip()}


def test_fourteen_ministries_since_march_2025() -> None:
    """Nghị quyết 176/2025/QH15."""
    assert set(bodies_of("2025-03-01", "ministry")) == listed(MINISTRIES_SINCE_2025)
    agencies = {"Văn phòng Chính phủ", "Thanh tra Chính phủ", "Ngân hàng Nhà nước Việt Nam"}
    assert set(bodies_of("2025-03-01", "ministry-level agency")) == agencies
    assert len(bodies_of("2025-02-28", "ministry")) == 18
    assert set(bodies_of("2025-02-28", "ministry-level agency")) == agencies | {"Ủy ban Dân tộc"}


def test_the_departments_of_a_province_since_2025() -> None:
    assert listed(DEPARTMENTS_SINCE_2025) <= set(bodies_of(FIRST_OF_34, "provincial department"))


@pytest.mark.parametrize("name", MERGED_IN_2025)
def test_a_body_merged_in_2025_names_its_successor(name: str) -> None:
    row = next(b for b in bodies() if b.name == name)
    assert (row.valid_to, row.successors) == ("2025-02-28", (MERGED_IN_2025[name],))
    assert MERGED_IN_2025[name] in {b.name for b in bodies() if (b.valid_to or "9999") > "2025-03-01"}


def test_names_and_dates_of_bodies_are_in_order() -> None:
    for body in bodies():
        assert (body.valid_from or "") <= (body.valid_to or "9999"), body
        assert not body.successors or body.valid_to, f"{body.name} has a successor and no end"


def test_the_reference_graph_tells_spellings_letters_periods_and_successors() -> None:
    said = {(q.subject.value, q.predicate, getattr(q.object, "value", None)) for q in reference()}  # type: ignore[union-attr]
    ministry, department = (body_iri(n).value for n in ("Bộ Tài nguyên và Môi trường", "Sở Tài nguyên và Môi trường"))
    for subject, predicate, value in (
        (ministry, "skos:notation", "BTNMT"),
        (ministry, "skos:altLabel", "Bộ TN&MT"),
        (ministry, "kg:validTo", "2025-02-28"),
        (ministry, "dcterms:isReplacedBy", body_iri("Bộ Nông nghiệp và Môi trường").value),
        (department, "skos:notation", "STNMT"),
        (department, "dcterms:isReplacedBy", body_iri("Sở Nông nghiệp và Môi trường").value),
        (place_iri("Bà Rịa - Vũng Tàu").value, "skos:altLabel", "BR-VT"),
        (place_iri("Bà Rịa - Vũng Tàu").value, "kg:currentUnit", place_iri("Hồ Chí Minh").value),
        (place_iri("Hậu Giang").value, "dcterms:isReplacedBy", place_iri("Cần Thơ").value),
    ):
        assert (subject, term(predicate), value) in said, (subject, predicate, value)
