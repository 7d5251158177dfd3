"""The server: what it answers is what the commands answer, its pages are whole and safe, and it only reads."""

from __future__ import annotations

import itertools
import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from click.testing import CliRunner
from lxml import etree

import kg
from kg.answers import questions
from kg.cli import main
from kg.graph.store import Graph
from kg.messages import LANGUAGES, messages

pytest.importorskip("fastapi", reason="FastAPI is not installed: pip install 'vn-legal-kg[server]'")

from fastapi.testclient import TestClient

from kg.output.spoken import MARKED
from kg.server.app import create_app

EXAMPLES = Path(__file__).parents[1] / "examples"
PACKAGE = Path(kg.__file__).parent / "server"
EXPECTED = json.loads((EXAMPLES / "expected.json").read_text(encoding="utf-8"))["question"]
DECREE = "urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp"
QUESTION = "tỉnh nào thực hiện Nghị định 60/2024"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?m a kg:Mention }"
BUILD = "CONSTRUCT { ?d rdfs:label ?l } WHERE { ?d a kg:LegalDocument ; rdfs:label ?l } LIMIT 3"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
HOSTILE = """SỞ CÔNG THƯƠNG TỈNH HẬU GIANG

Số: 120/BC-SCT

Hậu Giang, ngày 10 tháng 12 năm 2024

BÁO CÁO
Kết quả <script>alert("1")</script> năm 2024

I. KẾT QUẢ <b>
Sở đã thực hiện Nghị định số 60/2024/NĐ-CP <img src=x onerror=alert(2)> "&amp;' của Chính phủ.
"""


def opened(graph_dir: Path, **settings: Any) -> TestClient:
    return TestClient(create_app(graph_dir, **settings), base_url="http://localhost:8000")


@pytest.fixture(scope="module")
def graph_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("server") / "graph"
    kg.build([EXAMPLES / "reports"], folder, jobs=1)
    return folder


@pytest.fixture(scope="module")
def client(graph_dir: Path) -> Iterator[TestClient]:
    with opened(graph_dir, query_seconds=60) as client:
        yield client


def command(graph_dir: Path, *arguments: str) -> Any:
    """What a command prints as JSON."""
    result = CliRunner().invoke(main, [*arguments, "--graph", str(graph_dir), "--format", "json"])
    return json.loads(result.stdout)


def page(client: TestClient, path: str, status: int = 200, **settings: Any) -> tuple[etree._Element, str]:
    """A page, well-formed as XML without a repair, and its text on one line."""
    response = client.get(path, **settings)
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    tree = etree.fromstring(response.content, etree.XMLParser(resolve_entities=False))
    return tree, " ".join("".join(tree.itertext()).split())


# --- the JSON API ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", [QUESTION, "which tasks are overdue", "thời tiết hôm nay", "Nghị định 60/2024"])
def test_a_question_in_words_has_the_answer_of_the_command(client: TestClient, graph_dir: Path, question: str) -> None:
    assert client.get("/api/ask", params={"q": question}).json() == command(graph_dir, "ask", question)


def test_units_of_a_day_are_those_of_the_command(client: TestClient, graph_dir: Path) -> None:
    today = client.get("/api/ask", params={"q": QUESTION, "today_units": "true"}).json()
    assert today == command(graph_dir, "ask", QUESTION, "--today-units")
    assert today["as_of"]
    day = client.get("/api/ask", params={"q": QUESTION, "as_of": "2024-12-31"}).json()
    assert day == command(graph_dir, "ask", QUESTION, "--as-of", "2024-12-31")
    assert client.get("/api/ask", params={"q": QUESTION, "as_of": "2024", "today_units": "1"}).status_code == 400


@pytest.mark.parametrize(
    ("name", "given"),
    [
        (EXPECTED["query"], {"document": EXPECTED["document"]}),
        ("who-cites", {"document": DECREE, "province": "Hậu Giang"}),
        ("most-implemented", {"limit": "3"}),
        ("reports", {}),
        ("findings", {}),
    ],
)
def test_a_stored_question_has_the_rows_of_the_command(
    client: TestClient, graph_dir: Path, name: str, given: dict[str, str]
) -> None:
    answer = client.get(f"/api/queries/{name}", params=given).json()
    assert answer["rows"] == command(graph_dir, "query", name, *(f"{key}={value}" for key, value in given.items()))
    assert answer["query"] == name
    assert answer["rows"]


def test_the_list_of_questions_is_in_the_language_asked_for(client: TestClient, graph_dir: Path) -> None:
    listed = command(graph_dir, "query", "--list")
    for lang in LANGUAGES:
        told = client.get("/api/queries", headers={"Accept-Language": lang}).json()
        assert [(q["name"], q["title"]) for q in told] == [(q["name"], q["title"][lang]) for q in listed]
        assert [p["description"] for q in told for p in q["parameters"]] == [
            p["description"][lang] for q in listed for p in q["parameters"]
        ]
        assert [c["name"] for q in told for c in q["columns"]] == [c["name"] for q in listed for c in q["columns"]]


@pytest.mark.parametrize("citation", ["nd 60/2024", "01/NQ-CP", DECREE, "Nghị định 999/2024", "xyz"])
def test_a_lookup_is_that_of_the_command(client: TestClient, graph_dir: Path, citation: str) -> None:
    assert client.get("/api/lookup", params={"q": citation}).json() == command(graph_dir, "lookup", citation)


def test_the_numbers_are_those_of_the_command(client: TestClient, graph_dir: Path) -> None:
    assert client.get("/api/stats").json() == command(graph_dir, "stats")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/queries/provinces-implement?document=60/2024", 404),
        ("/api/nothing", 404),
        ("/api/queries/provinces-implementing", 400),
        ("/api/queries/provinces-implementing?document=60/2024&colour=red", 400),
        ("/api/queries/reports?period=soon", 400),
        ("/api/lookup", 400),
        ("/api/lookup?q=60/2024&limit=0", 400),
    ],
)
def test_what_cannot_be_answered_says_why_in_both_languages(client: TestClient, path: str, status: int) -> None:
    told = []
    for lang in LANGUAGES:
        response = client.get(path, headers={"Accept-Language": lang})
        assert response.status_code == status
        assert set(response.json()) == {"problem", "remedy"}
        assert all(response.json().values())
        told.append(response.json())
    assert told[0] != told[1]


def test_openapi_lists_each_stored_question_with_its_parameters(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {"/api/ask", "/api/queries", "/api/lookup", "/api/stats", "/sparql"} <= set(paths)
    names = {query.name for query in questions.stored_queries()}
    assert {path.removeprefix("/api/queries/") for path in paths if path.startswith("/api/queries/")} == names
    parameters = {p["name"]: p for p in paths["/api/queries/provinces-implementing"]["get"]["parameters"]}
    assert parameters["document"]["required"]
    assert {"province", "status", "as_of", "today_units"} <= set(parameters)
    assert client.get("/docs").status_code == client.get("/redoc").status_code == 404


# --- SPARQL ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "accept", "media", "format"),
    [
        (COUNT, None, "application/sparql-results+json", "json"),
        (COUNT, "application/json", "application/json", "json"),
        (COUNT, "application/sparql-results+xml", "application/sparql-results+xml", "xml"),
        (COUNT, "text/csv, text/html;q=0.9", "text/csv; charset=utf-8", "csv"),
        ("ASK { ?m a kg:Mention }", "*/*", "application/sparql-results+json", "json"),
        (COUNT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8", "tsv"),
        (BUILD, None, "text/turtle; charset=utf-8", "turtle"),
        (BUILD, "application/n-triples", "application/n-triples", "ntriples"),
        (BUILD, "application/ld+json, text/turtle;q=0.5", "application/ld+json", "jsonld"),
        (BUILD, "application/rdf+xml", "application/rdf+xml", "rdfxml"),
    ],
)
def test_results_have_the_form_asked_for(
    client: TestClient, graph_dir: Path, query: str, accept: str | None, media: str, format: str
) -> None:
    response = client.get("/sparql", params={"query": query}, headers={"Accept": accept} if accept else {})
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == media
    with Graph.open(graph_dir) as graph:
        assert response.content == graph.answer(query, format)


def test_the_three_ways_of_asking_are_one(client: TestClient) -> None:
    wanted = client.get("/sparql", params={"query": COUNT, "format": "csv"}).content
    assert int(wanted.split()[1]) > 100
    accept = {"Accept": "text/csv"}
    assert client.post("/sparql", data={"query": COUNT}, headers=accept).content == wanted
    direct = {"Content-Type": "application/sparql-query; charset=utf-8", **accept}
    assert client.post("/sparql", content=COUNT.encode(), headers=direct).content == wanted


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("INSERT DATA { <x:a> <x:b> <x:c> }", "can't change"),
        ("DROP ALL", "can't change"),
        ("SELECT * WHERE { SERVICE <http://example.org/sparql> { ?s ?p ?o } }", "another machine"),
        ("SELECT * WHERE {", "not well formed"),
        ("", "exactly one"),
    ],
)
def test_updates_and_other_machines_are_refused(client: TestClient, query: str, says: str) -> None:
    for response in (client.get("/sparql", params={"query": query}), client.post("/sparql", data={"query": query})):
        assert response.status_code == 400
        assert says in response.json()["problem"]


def test_the_protocol_of_updates_is_refused(client: TestClient) -> None:
    update = "INSERT DATA { <x:a> <x:b> <x:c> }"
    kind = {"Content-Type": "application/sparql-update"}
    for response in (
        client.post("/sparql", data={"update": update}),
        client.post("/sparql", content=update, headers=kind),
        client.get("/sparql", params={"update": update}),
    ):
        assert response.status_code == 400
        assert "can't change" in response.json()["problem"]
    assert client.get("/sparql", params={"query": "ASK { <x:a> ?p ?o }"}).json()["boolean"] is False


def test_other_requests_are_refused_for_what_they_are(client: TestClient) -> None:
    assert client.get("/sparql", params={"query": COUNT}, headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/sparql", params={"query": COUNT, "default-graph-uri": "x:g"}).status_code == 400
    assert client.get("/sparql", params={"query": COUNT, "format": "turtle"}).status_code == 400
    assert client.post("/sparql", content=COUNT, headers={"Content-Type": "text/plain"}).status_code == 400
    assert client.post("/sparql", data={"query": "#" * 1_100_000}).status_code == 413


def test_a_query_ends_with_its_time(graph_dir: Path) -> None:
    with opened(graph_dir, query_seconds=1) as client:
        response = client.get("/sparql", params={"query": ENDLESS})
        assert response.status_code == 503
        assert "more than 1 s" in response.json()["problem"]
        assert client.get("/api/stats").status_code == 200


# --- the names it goes by ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST:8000", "127.0.0.1:8000", "[::1]:8000", "192.168.1.20", "kg.localhost", "Kho.tinh.example"],
)
def test_a_server_answers_to_its_own_names(graph_dir: Path, host: str) -> None:
    with opened(graph_dir, hosts=["kho.TINH.example"]) as client:
        assert client.get("/api/stats", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["rebound.example", "localhost.rebound.example", "127.0.0.1.rebound.example:8000", "a@b:c", "[", ""]
)
def test_a_name_of_elsewhere_reads_nothing(client: TestClient, host: str) -> None:
    """DNS rebinding: the name of a hostile page leads here, and its script reads what is answered."""
    for path in ("/api/stats", f"/sparql?query={COUNT}", "/openapi.json"):
        refused = client.get(path, headers={"Host": host})
        assert refused.status_code == 421
        assert set(refused.json()) == {"problem", "remedy"}
    for path in ("/", f"/document/{DECREE}", "/style.css"):
        tree, shown = page(client, path, 421, headers={"Host": host, "Accept-Language": "vi"})
        assert tree.get("lang") == "vi"
        assert "--allow-host" in shown and "60/2024" not in shown


# --- pages -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_answer_shows_what_was_asked_and_every_proof(client: TestClient, graph_dir: Path, lang: str) -> None:
    _, shown = page(client, "/", params={"q": QUESTION}, headers={"Accept-Language": lang})
    assert questions.stored(EXPECTED["query"]).title[lang] in shown
    rows = command(graph_dir, "ask", QUESTION)["rows"]
    assert {row["province"] for row in rows} == set(EXPECTED["must"])
    for row in rows:
        assert row["province"] in shown
        assert " ".join(row["quote"].split()) in shown
        assert row["report"].rsplit("/", 1)[-1] in shown
        assert (row["section"] or "") in shown
        assert messages("server")["offset"][lang].format(start=row["start"]) in shown
    assert not any(province in shown for province in EXPECTED["must_not"])


def visible(tree: etree._Element) -> str:
    """What a reader sees in the content of a page, without identifiers and queries that are marked as code."""
    return " ".join(tree.xpath("//main//text()[not(ancestor::code or ancestor::details)]"))


def test_documents_are_called_by_their_names(client: TestClient) -> None:
    for lang, name in (
        ("vi", "Nghị định 60/2024/NĐ-CP ngày 05/06/2024 của Chính phủ"),
        ("en", "Nghị định 60/2024/NĐ-CP (Decree) of 5 June 2024, Chính phủ"),
    ):
        for path in (f"/?q={QUESTION}", "/queries/most-implemented", "/queries/never-implemented"):
            tree, _ = page(client, path, headers={"Accept-Language": lang})
            assert "urn:" not in visible(tree)
            links = tree.xpath("//main//a[starts-with(@href, '/document/')]")
            assert links
            if "never" not in path:
                assert name in {link.text for link in links if DECREE in link.get("href")}


@pytest.mark.parametrize("name", ["amends", "amended-by", "legal-basis"])
def test_the_name_of_another_document_is_its_link(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text(
        "Căn cứ Luật Thương mại số 36/2005/QH11 ngày 14 tháng 6 năm 2005;\n"
        "Quyết định số 12/2024/QĐ-TTg ngày 05/8/2024 của Thủ tướng Chính phủ sửa đổi, bổ sung "
        "Quyết định số 34/2020/QĐ-TTg ngày 06/7/2020 của Thủ tướng Chính phủ.\n"
        "Kế hoạch số 15/KH-UBND ngày 01/9/2024 của UBND tỉnh Hà Tĩnh thực hiện Quyết định số 12/2024/QĐ-TTg.\n",
        encoding="utf-8",
    )
    kg.build([tmp_path / "a.txt"], tmp_path / "graph", jobs=1)
    asked, other = {
        "amends": ("12/2024/QĐ-TTg", "34-2020-qd-ttg"),
        "amended-by": ("34/2020/QĐ-TTg", "12-2024-qd-ttg"),
        "legal-basis": ("15/KH-UBND Hà Tĩnh 2024", "12-2024-qd-ttg"),
    }[name]
    with opened(tmp_path / "graph") as client:
        tree, _ = page(client, f"/queries/{name}?document={asked}&lang=vi")
    links = {
        link.get("href").rpartition(";")[2]: link.text for link in tree.xpath("//main//a[contains(@href, 'urn:')]")
    }
    assert f"{other}?lang=vi" in links, links
    assert links[f"{other}?lang=vi"].startswith("Quyết định ")
    assert "urn:" not in visible(tree)


@pytest.mark.parametrize(
    ("known", "vietnamese", "english"),
    [
        (
            "Còn hiệu lực",
            "còn hiệu lực, ngày có hiệu lực: 01/08/2024",
            "in force, took or takes effect on 1 August 2024",
        ),
        ("Hết hiệu lực toàn bộ", "hết hoặc chưa có hiệu lực, ngày có hiệu lực: 01/08/2024", "not in force, took"),
        (None, "không rõ", "not known"),
    ],
)
def test_a_document_tells_whether_it_is_in_force(
    tmp_path: Path, known: str | None, vietnamese: str, english: str
) -> None:
    (tmp_path / "a.txt").write_text(HOSTILE, encoding="utf-8")
    kg.build([tmp_path / "a.txt"], tmp_path / "graph", jobs=1)
    if known:
        row = {"number": "60/2024/NĐ-CP", "type": "Nghị định", "issuer": "Chính phủ", "effective": "2024-08-01"}
        (tmp_path / "known.jsonl").write_text(json.dumps({**row, "status": known}), encoding="utf-8")
        imported = CliRunner().invoke(
            main, ["registry", "import", str(tmp_path / "known.jsonl"), "--graph", str(tmp_path / "graph")]
        )
        assert imported.exit_code == 0, imported.output
    with opened(tmp_path / "graph") as client:
        assert vietnamese in page(client, f"/document/{DECREE}?lang=vi")[1]
        assert english in page(client, f"/document/{DECREE}?lang=en")[1]


def test_a_citation_that_is_not_decided_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Thực hiện Nghị quyết số 97/NQ-CP của Chính phủ.", encoding="utf-8")
    kg.build([tmp_path / "a.txt"], tmp_path / "graph", jobs=1)
    with opened(tmp_path / "graph") as client:
        tree, _ = page(client, "/?q=Nghị quyết 97/NQ-CP&lang=en")
        (href,) = {str(link) for link in tree.xpath("//main//h2/a/@href")}
        tree, shown = page(client, href)
    assert "the year or the issuer is missing" in shown
    assert "https:" not in visible(tree)


PEOPLE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def test_a_query_in_a_browser_is_answered_by_a_page(client: TestClient) -> None:
    asked = "SELECT ?d ?l WHERE { ?d a kg:LegalDocument ; rdfs:label ?l } ORDER BY ?d LIMIT 3"
    tree, _ = page(client, "/sparql", params={"query": asked}, headers=PEOPLE)
    rows = client.get("/sparql", params={"query": asked}).json()["results"]["bindings"]
    assert tree.xpath("//tbody/tr/td[1]/a/text()") == [row["d"]["value"] for row in rows]
    assert tree.xpath("//tbody/tr/td[2]/text()") == [row["l"]["value"] for row in rows]
    assert tree.xpath("//textarea/text()") == [asked]
    assert page(client, "/sparql", params={"query": "ASK { ?d a kg:Nothing }", "lang": "vi"}, headers=PEOPLE)[1]
    tree, _ = page(client, "/sparql", params={"query": BUILD}, headers=PEOPLE)
    assert "rdfs:label" in tree.xpath("//pre//text()")[0] or "rdf-schema#label" in tree.xpath("//pre//text()")[0]


@pytest.mark.parametrize(
    ("lang", "query", "says"),
    [
        ("en", "SELECT * WHERE {", "not well formed"),
        ("vi", "SELECT * WHERE {", "sai cú pháp"),
        ("en", "DROP ALL", "can't change"),
    ],
)
def test_a_bad_query_in_a_browser_is_told_beside_the_form(client: TestClient, lang: str, query: str, says: str) -> None:
    tree, _ = page(client, "/sparql", 400, params={"query": query, "lang": lang}, headers=PEOPLE)
    assert says in " ".join(tree.xpath("//*[@role='alert']//text()"))
    assert tree.xpath("//textarea/text()") == [query]


def test_a_request_of_another_method_is_told_what_is_taken(client: TestClient) -> None:
    response = client.post("/queries/reports")
    assert response.status_code == 405
    assert response.headers["allow"] == "GET"
    assert "POST" in "".join(etree.fromstring(response.content).itertext())
    assert client.post("/api/stats").json()["remedy"]


def test_a_citation_leads_to_its_document(client: TestClient) -> None:
    tree, shown = page(client, "/?q=nd 60/2024")
    assert DECREE in shown
    assert f"/document/{DECREE}" in tree.xpath("//a/@href")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_document_is_told_with_evidence(client: TestClient, graph_dir: Path, lang: str) -> None:
    tree, shown = page(client, f"/document/{DECREE}?lang={lang}")
    assert tree.get("lang") == lang
    (known,) = command(graph_dir, "lookup", DECREE)
    assert known["title"] in shown
    assert all(province in shown for province in known["implemented_by"])
    for row in command(graph_dir, "query", "who-cites", f"document={DECREE}"):
        assert " ".join(row["quote"].split()) in shown
    links = set(tree.xpath("//main//a/@href"))
    others = {relation["document"] for relation in known["relations"] if relation["document"]}
    assert others
    assert {f"/document/{other}?lang={lang}" for other in others} <= links


def test_a_finding_is_told_in_the_language_of_the_reader(client: TestClient) -> None:
    _, vietnamese = page(client, "/queries/findings?lang=vi")
    _, english = page(client, "/queries/findings?lang=en")
    assert "have one number and one day" in english
    assert "have one number" not in vietnamese


def test_every_link_of_the_site_leads_to_a_sound_page(client: TestClient) -> None:
    """From the first page over all forms to the documents that the answers name."""
    waiting, seen = ["/?lang=vi"], set[str]()
    while waiting and len(seen) < 120:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        tree, _ = page(client, path)
        assert not re.search(r"\{\w+\}", " ".join(tree.xpath("//h1//text() | //p//text()")))
        told = " ".join(
            tree.xpath("//text()[not(ancestor::pre)] | //@href")
        )  # a stored query names a report of its own
        assert str(EXAMPLES) not in told and "file:" not in told
        assert tree.get("lang") in LANGUAGES
        assert not tree.xpath("//script | //*[@style] | //style | //img")
        labelled = set(tree.xpath("//label/@for"))
        assert set(tree.xpath("//input[@type!='hidden']/@id | //input[not(@type)]/@id | //select/@id")) <= labelled
        levels = [int(heading.tag[1]) for heading in tree.xpath("//h1 | //h2 | //h3 | //h4")]
        assert levels[0] == 1 and all(level in (2, 3) for level in levels[1:])
        assert all(below - above <= 1 for above, below in itertools.pairwise(levels))
        waiting += [str(href) for href in tree.xpath("//main//a/@href") if not href.startswith("/api/")]
    assert any(path.startswith("/document/") for path in seen)
    assert {f"/queries/{query.name}?lang=vi" for query in questions.stored_queries()} <= seen


def test_a_form_keeps_what_was_written_and_says_what_is_wrong(client: TestClient) -> None:
    tree, shown = page(client, "/queries/documents-of-province?province=Atlantis&lang=en", 400)
    assert tree.xpath("//input[@name='province']/@value") == ["Atlantis"]
    assert "no province" in shown
    _, missing = page(client, "/queries/documents-of-province?run=1&lang=en", 400)
    assert "needs the parameter province" in missing


def test_what_names_a_command_leads_to_a_page(client: TestClient) -> None:
    tree, shown = page(client, "/queries/documents-of-province?province=Qqqq&lang=en", 400)
    assert tree.xpath("//*[@role='alert']//a/@href") == ["/queries/reports?lang=en"]
    assert "kg query" not in shown
    tree, shown = page(client, "/queries/documents-of-province?province=Hậu Giang&lang=vi")
    assert "--today-units" not in shown and "nay thuộc" in shown
    tree, _ = page(client, "/queries/who-cites?document=01/NQ-CP&lang=vi")
    assert "urn:" not in visible(tree)
    assert len(tree.xpath("//p[@class='note']/a[starts-with(@href, '/document/urn:')]")) > 1


def test_names_of_the_model_are_told_in_words(client: TestClient) -> None:
    """A page in Vietnamese has no English name of a status, relation or kind."""
    seen = set[str]()
    for query in questions.stored_queries():
        given = {
            "document": "60/2024",
            "province": "Hậu Giang",
            "other": "Hà Tĩnh",
            "period": "2024",
            "body": "Chính phủ",
        }
        given |= {"earlier": "2023", "later": "2024", "report": "hau-giang"}
        wanted = {p.name: given[p.name] for p in query.parameters if p.required}
        tree, _ = page(client, f"/queries/{query.name}", params={**wanted, "lang": "vi"})
        for column in MARKED:
            for cell in tree.xpath(f"//*[self::dd or self::td][@class='c-{column}']"):
                told = "".join(cell.itertext())
                seen.add(told)
                assert not re.fullmatch(r"[a-z]+(?:[A-Z][a-z]+|[-_][a-z]+)*", told), (query.name, column, told)
    assert {"sẽ làm", "căn cứ", "không nhắc đến", "chỉ tỉnh thứ nhất"} <= seen


@pytest.mark.parametrize(
    "path", ["/nothing", "/document/urn:lex:vn:chinh.phu:nghi.dinh:1900;1-nd", "/document/x", "/queries/x"]
)
def test_a_page_that_is_not_there_is_told_as_a_page(client: TestClient, path: str) -> None:
    page(client, path, 404)


def test_colours_can_be_told_apart(client: TestClient) -> None:
    """WCAG 2.2: 4.5 to 1 for text (1.4.3), 3 to 1 for what shows the focus (1.4.11)."""
    colours = dict(re.findall(r"--(\w+): #(\w{6})", client.get("/style.css").text))

    def light(name: str) -> float:
        parts = (int(colours[name][k : k + 2], 16) / 255 for k in (0, 2, 4))
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def contrast(one: str, other: str) -> float:
        darker, lighter = sorted((light(one), light(other)))
        return (lighter + 0.05) / (darker + 0.05)

    for text in ("ink", "soft", "link"):
        assert min(contrast(text, "paper"), contrast(text, "wash")) >= 4.5, text
    assert min(contrast("focus", "paper"), contrast("focus", "wash")) >= 3


def test_pages_carry_headers_that_forbid_scripts(client: TestClient) -> None:
    for path in ("/", "/?q=x", "/queries", f"/document/{DECREE}", "/nothing", "/style.css", "/api/stats", "/sparql"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "script" not in policy and "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"


def test_hostile_text_is_text(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "<i>&báo cáo.txt").write_text(HOSTILE, encoding="utf-8")
    kg.build([tmp_path / "reports"], tmp_path / "graph", jobs=1)
    with opened(tmp_path / "graph") as client:
        for path in (f"/document/{DECREE}", "/queries/reports", "/queries/findings", f"/?q={QUESTION}"):
            tree, _ = page(client, path)
            assert not tree.xpath("//script | //img | //i | //main//b | //@onerror")
        _, shown = page(client, f"/?q={QUESTION}")
        assert "<img src=x onerror=alert(2)>" in shown
        assert "<i>&báo cáo.txt" in shown
    wording = "\"><script>alert(1)</script>'&"
    with opened(tmp_path / "graph") as client:
        for path in ("/", "/queries/reports", "/document/x"):
            tree, _ = page(client, path, 404 if "document" in path else 200, params={"q": wording, "lang": wording})
            assert not tree.xpath("//script")
            assert tree.xpath("//input[@id='q']/@value") == [wording]


def test_the_language_is_that_of_the_reader(client: TestClient) -> None:
    for accepted, wanted in (("vi-VN,vi;q=0.9,en;q=0.8", "vi"), ("en-GB", "en"), ("fr", "en"), ("", "en")):
        tree, _ = page(client, "/", headers={"Accept-Language": accepted})
        assert tree.get("lang") == wanted
    tree, _ = page(client, "/?lang=vi", headers={"Accept-Language": "en"})
    assert tree.get("lang") == "vi"
    assert all("lang=vi" in href for href in tree.xpath("//main//a/@href"))


@pytest.mark.parametrize("key", sorted(messages("server")))
def test_a_text_is_in_both_languages_and_used(key: str) -> None:
    texts = messages("server")[key]
    fields = [{name for _, name, _, _ in Formatter().parse(texts[lang]) if name} for lang in LANGUAGES]
    assert fields[0] == fields[1]
    assert all(texts[lang].strip() for lang in LANGUAGES)
    kind, _, value = key.partition(".")
    if kind in MARKED.values():  # names of the model, which stand in queries and tables
        told = [
            *(PACKAGE.parents[1] / "queries").glob("*.rq"),
            PACKAGE.parents[1] / "ontology" / "findings.tsv",
            PACKAGE.parent / "checks" / "check.py",
        ]
        assert any(
            re.search(rf'"{value}"|^{value}\t|column {kind}: .*\b{value}\b', path.read_text("utf-8"), re.M)
            for path in told
        )
        return
    code = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.*") if path.suffix != ".pyc")
    stem = key.split(".")[0]
    assert f"'{key}'" in code or f'"{key}"' in code or f'f"{stem}.{{' in code or f"'{stem}.' ~" in code


# --- a graph that changes ----------------------------------------------------------------------------------


def test_a_new_state_is_taken_up(tmp_path: Path) -> None:
    folder, report = tmp_path / "reports", tmp_path / "reports" / "a.txt"
    folder.mkdir()
    report.write_text(HOSTILE, encoding="utf-8")
    kg.build([folder], tmp_path / "graph", jobs=1)
    with opened(tmp_path / "graph") as client:
        first = client.get("/api/stats").json()
        (folder / "b.txt").write_text("Sở thực hiện Nghị định số 61/2024/NĐ-CP ngày 06/6/2024.", encoding="utf-8")
        kg.build([folder], tmp_path / "graph", jobs=1)
        second = client.get("/api/stats").json()
        assert (first["sources"], second["sources"]) == (1, 2)
        count = client.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?r a kg:Report }", "format": "csv"})
        assert count.text.split() == ["n", "2"]
        assert "61/2024" in page(client, "/?q=61/2024")[1]


def test_an_answer_is_kept_as_long_as_its_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And is that of the language, of the parameters and of the day of the request."""
    asked: list[str] = []

    def counted(graph: Graph, name: str, **settings: Any) -> Any:
        asked.append(name)
        return questions.run(graph, name, **settings)

    monkeypatch.setattr("kg.server.snapshots.run", counted)
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(HOSTILE, encoding="utf-8")
    kg.build([folder], tmp_path / "graph", jobs=1)
    with opened(tmp_path / "graph") as client:
        for _ in range(3):
            first = client.get("/api/queries/reports?lang=en").json()
            page(client, "/queries/reports?lang=en")
        assert asked == ["reports"]
        client.get("/api/queries/reports?lang=vi")
        client.get("/api/queries/reports?lang=en&province=Hậu Giang")
        client.get("/api/queries/reports?lang=en&as_of=2024-12-31")
        assert len(asked) == 4
        for _ in range(2):
            assert client.get("/api/queries/reports?lang=en&province=Atlantis").status_code == 400
        monkeypatch.setattr("kg.server.snapshots._KEPT", 0)
        before = len(asked)
        for _ in range(2):
            client.get("/api/queries/most-implemented?lang=en")
        assert len(asked) == before + 2  # no more is kept than there is room for
        monkeypatch.undo()
        (folder / "b.txt").write_text(HOSTILE.replace("120/BC", "121/BC"), encoding="utf-8")
        kg.build([folder], tmp_path / "graph", jobs=1)
        assert len(client.get("/api/queries/reports?lang=en").json()["rows"]) == len(first["rows"]) + 1


def test_a_graph_that_is_lost_is_told_without_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(HOSTILE, encoding="utf-8")
    kg.build([tmp_path / "a.txt"], tmp_path / "graph", jobs=1)
    with opened(tmp_path / "graph") as client:
        assert client.get("/api/stats").status_code == 200
        (tmp_path / "graph" / "graph.json").rename(tmp_path / "away")
        response = client.get("/api/stats")
        assert response.status_code == 503
        assert str(tmp_path) not in response.text
        assert str(tmp_path) not in client.get("/sparql", params={"query": COUNT}).text
        (tmp_path / "away").rename(tmp_path / "graph" / "graph.json")
        assert client.get("/api/stats").status_code == 200


# --- the process -------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is another thing on Windows")
def test_the_command_serves_until_ctrl_c(graph_dir: Path) -> None:
    command = [sys.executable, "-m", "kg", "serve", "--graph", str(graph_dir), "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "KG_LANG": "en"}
    ) as process:
        try:
            assert process.stderr and process.stdout
            ready = process.stderr.readline()
            address = re.search(r"http://127\.0\.0\.1:\d+/", ready)
            assert address, ready
            with urllib.request.urlopen(f"{address[0]}api/stats", timeout=30) as response:
                assert json.load(response)["sources"] == 13
            query = urllib.request.Request(f"{address[0]}sparql", data=COUNT.encode())
            query.add_header("Content-Type", "application/sparql-query")
            with urllib.request.urlopen(query, timeout=30) as response:
                assert json.load(response)["head"] == {"vars": ["n"]}
            # A query that would take days does not keep it from ending, nor others from being answered meanwhile.
            with ThreadPoolExecutor(1) as asking:
                endless = f"{address[0]}sparql?{urllib.parse.urlencode({'query': ENDLESS})}"
                waiting = asking.submit(urllib.request.urlopen, endless, timeout=30)
                with urllib.request.urlopen(f"{address[0]}?q=60/2024", timeout=30) as response:
                    assert DECREE in response.read().decode()
                process.send_signal(signal.SIGINT)
                assert process.wait(timeout=20) == 0  # queries have 30 seconds
                with pytest.raises(OSError) as refused:
                    waiting.result()
                if isinstance(refused.value, urllib.error.HTTPError):
                    assert refused.value.code == 503
                    refused.value.close()
            assert process.stderr.read() == ""
            assert process.stdout.read() == ""
        finally:
            process.kill()


def test_a_port_that_is_taken_and_a_missing_graph_are_told(graph_dir: Path, tmp_path: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(main, ["serve", "--graph", str(graph_dir), "--port", port])
    assert result.exit_code == 2
    assert f"can't listen at 127.0.0.1, port {port}" in result.output
    result = CliRunner().invoke(main, ["serve", "--graph", str(tmp_path / "none"), "--port", "0"])
    assert result.exit_code == 2
    assert "no graph here" in result.output


def test_a_missing_library_is_told(graph_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    result = CliRunner().invoke(main, ["serve", "--graph", str(graph_dir)])
    assert result.exit_code == 2
    assert "vn-legal-kg[server]" in result.output
