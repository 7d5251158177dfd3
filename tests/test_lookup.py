"""Any way of writing a citation finds its document; what is open gives several, what is wrong the nearest."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
import question_samples as sample
from hypothesis import given
from hypothesis import strategies as st

from kg import lookup
from kg.answers import questions
from kg.answers.lookup import find, is_citation, read_wording, search
from kg.documents.called import usual_title
from kg.documents.urn import parse_urn
from kg.graph.store import Graph
from kg.pipeline.build import build

DECREE = sample.DECREE.iri("")


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample.make(tmp_path_factory.mktemp("lookup") / "graph")


@pytest.fixture(scope="module")
def graph(directory: Path) -> Iterator[Graph]:
    with Graph.open(directory, read_only=True) as opened:
        yield opened


WAYS = [
    "Nghị định 60/2024",
    "nghị định số 60/2024/NĐ-CP ngày 05/6/2024 của Chính phủ",
    "60/2024/ND-CP",
    "nghi dinh 60/2024",
    "Decree No. 60/2024/ND-CP",
    "NĐ 60/2024/NĐ-CP",
    unicodedata.normalize("NFD", "Nghị định số 60/2024/NĐ-CP"),
    "Decree 60/2024",
    "nd 60/2024",
    "NGHỊ ĐỊNH SỐ: 60/2024/NÐ‑CP",
    "Nghị định của Chính phủ số 60/2024/NĐ-CP",
    "NĐ60/2024/NĐCP",
    "060/2024/NĐ-CP",
    "Điều 4 Nghị định 60/2024/NĐ-CP",
    "the decree 60/2024/ND-CP dated June 5, 2024",
    "Nghị định 60 năm 2024",
    "60/2024",
    "NĐ60",
    "nđ60/2024",
    "nd60 nam 2024",
    "NĐ 60 CP",
    "60 NĐ CP",
    "60 2024 ND CP",
    DECREE,
    DECREE.upper().replace("URN:LEX", "urn:lex"),
]


@pytest.mark.parametrize("wording", WAYS)
def test_every_way_of_writing_finds_the_same_document(wording: str, graph: Graph) -> None:
    found = lookup(graph, wording)
    assert [(c.urn, c.exact) for c in found] == [(DECREE, True)]


def test_a_candidate_tells_what_the_graph_knows(graph: Graph) -> None:
    (found,) = lookup(graph, "Nghị định 60/2024")
    assert (found.type, found.number, found.date, found.issuer) == (
        "Nghị định",
        "60/2024/NĐ-CP",
        "2024-06-05",
        "Chính phủ",
    )
    assert found.mentions == 6
    assert found.implemented_by == ("Cà Mau", "Hậu Giang")
    relations = {(r["rel"], r["direction"], r["label"], r["count"]) for r in found.relations}
    assert relations == {
        ("implements", "in", None, 2),
        ("implements", "in", "Kế hoạch 15/KH-UBND", 1),
        ("implements", "in", "Quyết định 38/QĐ-UBND", 1),
        ("cites", "in", None, 1),
        ("replaces", "out", "Nghị định 02/2003/NĐ-CP", 1),
    }
    assert [(f["code"], f["severity"]) for f in found.findings] == [("two-dates-in-corpus", "warning")]


@pytest.mark.parametrize("wording", ["Nghị định 60/2024", "01/NQ-CP", "500/QĐ-TTg", "Kế hoạch 15/KH-UBND"])
def test_the_provinces_are_those_of_the_stored_question(wording: str, graph: Graph) -> None:
    for candidate in lookup(graph, wording):
        answer = questions.run(graph, "provinces-implementing", document=candidate.urn)
        assert candidate.implemented_by == tuple(sorted({str(row["province"]) for row in answer.rows}))


def test_a_number_without_year_fits_several_the_most_cited_first(graph: Graph) -> None:
    found = lookup(graph, "Nghị quyết 01/NQ-CP")
    assert [(c.urn, c.exact, c.mentions) for c in found] == [
        (sample.RESOLUTION.iri(""), True, 2),
        (sample.EARLIER.iri(""), True, 1),
    ]
    assert found[0].why == "it fits; no year is written, this one is of 2024"
    assert len(lookup(graph, "01/NQ-CP", limit=1)) == 1


@pytest.mark.parametrize("wording", ["Nghị quyết 01/NQ-CP năm 2023", "01/NQ-CP ngày 06/01/2023", "01/NQ-CP 2023"])
def test_a_year_in_any_place_decides(wording: str, graph: Graph) -> None:
    assert [c.urn for c in lookup(graph, wording)] == [sample.EARLIER.iri("")]


def test_a_number_without_year_fits_documents_also_where_some_source_writes_no_more(tmp_path: Path) -> None:
    for name, cited in (("a", "Nghị định số 60/2024/NĐ-CP ngày 05/6/2024 của Chính phủ"), ("b", "Nghị định 60")):
        (tmp_path / f"{name}.txt").write_text(f"Thực hiện {cited} về quản lý chợ.\n", encoding="utf-8")
    (tmp_path / "c.txt").write_text("Thực hiện Nghị định số 60/2019/NĐ-CP của Chính phủ.\n", encoding="utf-8")
    build([tmp_path], tmp_path / "g")
    with Graph.open(tmp_path / "g") as built:
        found = {match.iri for match in find(built, "Nghị định 60")}
        assert found >= {DECREE, DECREE.replace("2024", "2019")}


def test_a_candidate_that_was_resolved_is_shown_as_its_document(graph: Graph) -> None:
    assert sample.SHORT.iri(sample.TRA_VINH) not in {c.urn for c in lookup(graph, "01/NQ-CP")}
    (open_one,) = lookup(graph, "77/KH-UBND")
    assert open_one.urn == sample.UNDATED.iri(sample.SOC_TRANG)
    assert open_one.why == "it fits; its sources leave the year or the issuer open as well"


@pytest.mark.parametrize(
    ("wording", "fits"),
    [
        ("15/KH-UBND Hậu Giang", True),
        ("Kế hoạch số 15/KH-UBND của UBND tỉnh Hậu Giang", True),
        ("15/KH-UBND tinh hau giang nam 2024", True),
        ("15 KH UBND Hậu Giang", True),
        ("KH15 hau giang", True),
        ("kế hoạch 15 ubnd hậu giang 2024", True),
        ("KH 15 SCT Hậu Giang", False),
        ("15/KH-UBND Trà Vinh", False),
        ("15/KH-UBND năm 2023", False),
        ("Quyết định 15/2024/QĐ-UBND", False),
    ],
)
def test_place_year_and_type_must_be_true_of_the_document(wording: str, fits: bool, graph: Graph) -> None:
    found = find(graph, wording)
    assert [m.iri for m in found if m.exact] == ([sample.PLAN.iri("")] if fits else [])


@pytest.mark.parametrize(
    ("wording", "differs"),
    [
        ("Nghị định 66/2024/NĐ-CP", "near: number 60 instead of 66"),
        ("Nghị quyết 60/2024/NQ-CP", "near: type Nghị định instead of Nghị quyết"),
        ("Nghị định 60/2023/NĐ-CP", "near: year 2024 instead of 2023"),
    ],
)
def test_the_nearest_are_marked_as_such(wording: str, differs: str, graph: Graph) -> None:
    found = lookup(graph, wording)
    assert found[0].urn == DECREE
    assert found[0].why == differs
    assert all(" instead of " in c.why for c in found)
    assert not any(c.exact for c in found)
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)


@pytest.mark.parametrize(
    "wording", ["", "xin chào", "Hậu Giang", "năm 2024", "urn:isbn:0451450523", "/", '"} DROP ALL']
)
def test_what_names_no_document_finds_none(wording: str, graph: Graph) -> None:
    assert not is_citation(wording)
    assert lookup(graph, wording) == []


def test_letters_of_a_body_are_no_words() -> None:
    """``từ`` without its marks is ``TU``, a provincial committee of the Party, and ``bộ`` is no symbol."""
    assert [w.authority for w in read_wording("CT 16 tu nam 2024")] == [None]
    assert [w.authority for w in read_wording("CT 16 TU nam 2024")] == ["tinh.uy"]
    assert [w.number for w in read_wording("16 ct tu nam 2024")] == []


@pytest.mark.parametrize("law", ["Luật Điện lực", "luat dien luc", "LUẬT ĐIỆN LỰC", "Luật Điện lực năm 2004"])
def test_laws_are_read_by_name_in_any_case(law: str) -> None:
    (wanted,) = read_wording(law)
    assert (wanted.type, wanted.number) == ("luat", "dien.luc")


def test_a_law_with_a_number_is_found_by_its_name(tmp_path: Path) -> None:
    import kg
    from kg.graph.rdf import quads
    from kg.loaders.source import Source

    text = "Thực hiện Luật Điện lực số 61/2024/QH15 ngày 30/11/2024 của Quốc hội trên địa bàn tỉnh."
    with Graph.open(tmp_path / "graph", read_only=False) as written:
        source = Source("a.txt", text, "text/plain")
        written.replace("file:///a.txt", quads(kg.extract(text), source, iri="file:///a.txt", sha256="0" * 64))
    with Graph.open(tmp_path / "graph", read_only=True) as law:
        for wording in ("Luật Điện lực", "luat dien luc 2024", "61/2024/QH15"):
            assert [(c.label, c.exact) for c in lookup(law, wording)] == [("Luật 61/2024/QH15", True)], wording


@given(st.text(max_size=60))
def test_reading_any_wording_stays_inside_it(wording: str) -> None:
    for wanted in read_wording(wording):
        assert 0 <= wanted.start < wanted.end


def test_what_differs_is_told_with_both_values(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Quyết định số 60/2023/QĐ-UBND ngày 01/2/2023 của Ủy ban nhân dân tỉnh Hậu Giang.\n"
        "Quyết định số 71/QĐ-UBND ngày 01/3/2023 của Ủy ban nhân dân tỉnh Hậu Giang.\n"
        "Công văn số 82/UBND-KTTH ngày 01/4/2023 của Ủy ban nhân dân tỉnh Hậu Giang.\n",
        encoding="utf-8",
    )
    build([tmp_path / "a.txt"], tmp_path / "graph", jobs=1)
    with Graph.open(tmp_path / "graph") as graph:
        for wording, differs in {
            "Quyết định 60/2022/QĐ-UBND tỉnh Hậu Giang": "near: year 2023 instead of 2022",
            "Quyết định 60/2023/QĐ-UBND tỉnh Cà Mau": "near: province Hậu Giang instead of Cà Mau",
            "Quyết định 60/QĐ-UBND Hậu Giang": "near: with the year 2023 in the number",
            "Quyết định 71/2023/QĐ-UBND Hậu Giang": "near: without a year in the number",
            "Công văn 82/UBND-NC Hậu Giang 2023": "near: symbol UBND-KTTH instead of UBND-NC",
            "Quyết định 72/QĐ-UBND Hậu Giang 2023": "near: number 71 instead of 72",
        }.items():
            assert lookup(graph, wording)[0].why == differs, wording


@pytest.mark.parametrize(
    ("wording", "differs"),
    [
        ("Nghị định 60/2024/NĐ-CP ngày 06/6/2024", "date 2024-06-05 instead of 2024-06-06"),
        ("Nghị định 60/2024/NĐ-CP của Bộ Công Thương", "issuer Chính phủ instead of Bộ Công Thương"),
        ("Nghị quyết 01/NQ-CP ngày 06/01/2024", "date 2024-01-05 instead of 2024-01-06"),
    ],
)
def test_a_date_or_issuer_that_is_another_lowers_the_match(wording: str, differs: str, graph: Graph) -> None:
    (found,) = lookup(graph, wording)
    assert (found.exact, found.why) == (False, differs)
    answer = questions.run(graph, "who-cites", document=wording)
    assert answer.params["document"] == [found.urn]
    assert differs in answer.notes[0]


@pytest.mark.parametrize(
    "wording", ["Nghị định 60/2024/NĐ-CP tháng 6 năm 2024", "Nghị định 60/2024/NĐ-CP của Thủ tướng Chính phủ"]
)
def test_a_date_of_less_precision_and_the_head_of_a_body_contradict_nothing(wording: str, graph: Graph) -> None:
    assert [(c.urn, c.exact) for c in lookup(graph, wording)] == [(DECREE, True)]


def test_documents_of_one_number_are_told_apart_in_the_note(graph: Graph) -> None:
    (note,) = questions.run(graph, "who-cites", document="01/NQ-CP").notes
    assert "(Chính phủ, 2024-01-05)" in note
    assert "(Chính phủ, 2023-01-06)" in note


@pytest.mark.parametrize("wording", ["CPTPP", "cptpp", "Hiệp định CPTPP", "who cites CPTPP"])
def test_an_abbreviation_names_its_treaty(wording: str) -> None:
    assert [w.number for w in read_wording(wording)] == ["cptpp"]


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    """Six provinces carry out one treaty by a plan each, and leave the year of a law open that another source gives."""
    folder = tmp_path_factory.mktemp("crowded")
    (folder / "law.txt").write_text("Căn cứ Luật Cạnh tranh số 23/2018/QH14 ngày 12/6/2018 của Quốc hội.\n", "utf-8")
    for n, place in enumerate(["An Giang", "Cà Mau", "Hậu Giang", "Sóc Trăng", "Trà Vinh", "Vĩnh Long"]):
        (folder / f"{n}.txt").write_text(
            f"Căn cứ Luật Cạnh tranh.\nỦy ban nhân dân tỉnh {place} ban hành Kế hoạch số 12/KH-UBND ngày 05/01/2023"
            " triển khai thực hiện Hiệp định CPTPP.\n",
            "utf-8",
        )
    build([folder], folder / "g", jobs=1)
    with Graph.open(folder / "g") as graph:
        yield graph


def test_related_documents_are_listed_as_far_as_asked_for_and_all_counted(crowded: Graph) -> None:
    (whole,) = lookup(crowded, "Hiệp định CPTPP", relations=None)
    plans = [r for r in whole.relations if r["rel"] == "implements" and r["document"]]
    assert len(plans) == 6
    (short,) = lookup(crowded, "Hiệp định CPTPP", relations=2)
    assert [r for r in short.relations if r["rel"] == "implements" and r["document"]] == plans[:2]
    assert short.related == whole.related
    told = sum(r["count"] for r in whole.relations if r["rel"] == "implements")
    assert {"rel": "implements", "direction": "in", "documents": 6, "count": told} in whole.related


def test_of_a_number_of_very_many_the_first_are_read_and_all_are_counted(
    crowded: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert search(crowded, "12/KH-UBND", limit=2).total == 6
    every = find(crowded, "12/KH-UBND")
    monkeypatch.setattr("kg.answers.lookup.index._MANY", 4)
    monkeypatch.setattr("kg.answers.lookup.index._SOME", 3)
    found = search(crowded, "12/KH-UBND", limit=2)
    assert (len(found.candidates), found.total) == (2, 6)
    assert all(candidate.exact for candidate in found.candidates)
    assert {candidate.urn for candidate in found.candidates} <= {match.iri for match in every}
    assert len(find(crowded, "12/KH-UBND")) == 6
    assert len(lookup(crowded, "12/KH-UBND", limit=5)) == 5


def test_a_known_law_comes_before_the_many_sources_that_leave_its_year_open(
    crowded: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.answers.lookup.index._MANY", 1)
    monkeypatch.setattr("kg.answers.lookup.index._SOME", 1)
    assert lookup(crowded, "Luật Cạnh tranh", limit=1)[0].number == "23/2018/QH14"


@pytest.mark.parametrize(
    ("wording", "differs"),
    [
        ("Kế hoạch 12/KH-UBND Cà Mau 2019", "year 2023 instead of 2019"),
        ("Kế hoạch 12/KH-UBND Long An 2023", "instead of Long An"),
        ("Kế hoạch 21/KH-UBND Cà Mau 2023", "number 12 instead of 21"),
        ("Quyết định 12/QĐ-UBND Cà Mau 2023", "type Kế hoạch instead of Quyết định"),
    ],
)
def test_among_very_many_the_nearest_differ_in_one_thing(
    crowded: Graph, wording: str, differs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.answers.lookup.index._MANY", 1)
    monkeypatch.setattr("kg.answers.lookup.index._SOME", 1)
    near = lookup(crowded, wording, limit=1)
    assert [(c.exact, differs in c.why) for c in near] == [(False, True)]


def test_the_title_is_the_one_that_most_sources_give() -> None:
    told = [("về chợ", 2), ("về quản lý chợ", 1), ("về chợ. Kết quả: tốt", 3)]
    assert usual_title(told) == "về chợ"
    assert usual_title([]) is None


def test_the_command_loads_nothing_it_does_not_need(directory: Path) -> None:
    arguments = ["lookup", "Nghị định 60/2024", "--graph", str(directory), "--format", "json"]
    program = (
        f"import sys; from kg.cli import main; main({arguments!r}, standalone_mode=False)\n"
        "heavy = {'rdflib', 'rich', 'networkx', 'lxml', 'kg.citations', 'kg.extract'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


LAWS = """
Căn cứ Luật Ngân sách nhà nước số 83/2015/QH13 ngày 25/6/2015;
Căn cứ Luật Phòng cháy, chữa cháy và cứu nạn, cứu hộ số 55/2024/QH15 ngày 29/11/2024;
Căn cứ Luật Đất đai số 31/2024/QH15 ngày 18/01/2024; Căn cứ Luật Đất đai năm 2013;
Căn cứ Bộ luật Lao động số 45/2019/QH14;
Căn cứ Thông tư số 23/2024/TT-BCT ngày 07/11/2024 của Bộ Công Thương;
Căn cứ Thông tư số 23/2023/TT-BTC ngày 25/4/2023 của Bộ Tài chính;
Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam năm 2013.
"""


@pytest.fixture(scope="module")
def law_graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    folder = tmp_path_factory.mktemp("laws")
    (folder / "a.txt").write_text(LAWS, encoding="utf-8")
    (folder / "b.txt").write_text("Căn cứ Luật số 45/2019/QH14 và các quy định khác.", encoding="utf-8")
    build([folder / "a.txt", folder / "b.txt"], folder / "graph", jobs=1)
    with Graph.open(folder / "graph", read_only=True) as opened:
        yield opened


@pytest.mark.parametrize(
    ("wording", "number"),
    [
        ("luật ngân sách", "83-2015-qh13"),
        ("luat PCCC", "55-2024-qh15"),
        ("luật phòng cháy 2024", "55-2024-qh15"),
        ("Luật Đất đai 31/2024", "31-2024-qh15"),
        ("luật đất đai số 31/2024", "31-2024-qh15"),
        ("bo luat lao dong", "45-2019-qh14"),
        ("thông tư 23 bộ công thương", "23-2024-tt-bct"),
        ("Thông tư 23 Bộ Tài chính năm 2023", "23-2023-tt-btc"),
        ("hien phap", "hien.phap"),
        ("hiến pháp 2013", "hien.phap"),
    ],
)
def test_laws_and_circulars_as_people_call_them(law_graph: Graph, wording: str, number: str) -> None:
    found = [parse_urn(candidate.urn).number for candidate in lookup(law_graph, wording)]
    assert found == [number]


@pytest.mark.parametrize("wording", ["luật", "luật nhà nước pháp quyền", "luật bay", "nghị định ngân sách"])
def test_words_that_no_law_has_together_name_none(law_graph: Graph, wording: str) -> None:
    assert not lookup(law_graph, wording)


def test_a_code_keeps_its_type_where_others_call_it_a_law(law_graph: Graph) -> None:
    (found,) = lookup(law_graph, "45/2019/QH14")
    assert found.label == "bộ luật Lao động 45/2019/QH14"
