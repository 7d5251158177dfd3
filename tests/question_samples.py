"""A corpus of six small sources with a known answer to every stored question."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pyoxigraph import Literal, NamedNode, Quad

from kg.documents.identity import identify
from kg.graph.rdf import quads
from kg.graph.reference import reference
from kg.graph.store import Graph
from kg.loaders.source import Source
from kg.model import REPORT, Extraction, Header, Mention, Rel, Relation, Section, Status, Task
from kg.ontology.vocabulary import FINDINGS, PROVINCES, REFERENCE, term


@dataclass(frozen=True, slots=True)
class Doc:
    """A document as a source cites it; without a date it may be a candidate."""

    type: str
    number: str
    date: str | None
    issuer: str
    title: str | None = None

    def iri(self, scope: str) -> str:
        return identify(self.type, self.number, self.date, self.issuer, scope=scope).id

    @property
    def cited(self) -> str:
        return f"{self.type} số {self.number}"


DECREE = Doc("Nghị định", "60/2024/NĐ-CP", "2024-06-05", "Chính phủ", "về phát triển và quản lý chợ")
SHORT = Doc("Nghị quyết", "01/NQ-CP", None, "Chính phủ")
RESOLUTION = Doc("Nghị quyết", "01/NQ-CP", "2024-01-05", "Chính phủ")
EARLIER = Doc("Nghị quyết", "01/NQ-CP", "2023-01-06", "Chính phủ")
OLD = Doc("Nghị định", "02/2003/NĐ-CP", "2003-01-14", "Chính phủ")
POWER = Doc("Quyết định", "500/QĐ-TTg", "2023-05-15", "Thủ tướng Chính phủ")
PLAN = Doc("Kế hoạch", "15/KH-UBND", "2024-07-01", "Ủy ban nhân dân tỉnh Hậu Giang")
DEPARTMENT_PLAN = Doc("Kế hoạch", "09/KH-SCT", "2024-07-20", "Sở Công Thương tỉnh Hậu Giang")
CA_MAU = Doc("Quyết định", "38/QĐ-UBND", "2025-03-22", "Ủy ban nhân dân tỉnh Cà Mau")
UNDATED = Doc("Kế hoạch", "77/KH-UBND", None, "Ủy ban nhân dân tỉnh Sóc Trăng")

HAU_GIANG = "file:///r/h%E1%BA%ADu-giang-2024.txt"
HA_TINH = "file:///r/ha-tinh-2024.txt"
TRA_VINH = "file:///r/tra-vinh-2024-q1.txt"
SOC_TRANG = "file:///r/soc-trang-2020.txt"
MINISTRY = "file:///r/bo-cong-thuong.txt"
PLAN_FILE = "file:///r/ke-hoach-09.txt"
UNIT = "Phòng Quản lý Thương mại"

EARLY = "file:///r/hau-giang-2023.txt"
NOTICE = "file:///r/thong-bao-2024.txt"
OLD_PLAN = Doc("Kế hoạch", "20/KH-UBND", "2022-03-01", "Ủy ban nhân dân tỉnh Hậu Giang")
EARLY_PLAN = Doc("Kế hoạch", "30/KH-UBND", "2024-01-10", "Ủy ban nhân dân tỉnh Hà Tĩnh")


class Draft:
    """Builds the extraction of one source clause by clause."""

    def __init__(self, iri: str, header: Header) -> None:
        self.iri, self.header, self.text = iri, header, ""
        self.mentions: list[Mention] = []
        self.relations: list[Relation] = []
        self.tasks: list[Task] = []

    def clause(
        self,
        text: str,
        *relations: tuple[Doc | str, Rel, Doc],
        status: Status = Status.DONE,
        unit: str | None = None,
        deadline: str | None = None,
        task: bool = False,
    ) -> Draft:
        """Add ``text``, in which ``{0}``, ``{1}`` … are the documents of ``relations`` in order of appearance."""
        cited = list(dict.fromkeys(d for s, _, t in relations for d in (s, t) if isinstance(d, Doc)))
        base = len(self.text)
        written = text.format(*(d.cited for d in cited))
        ids = {}
        for doc in cited:
            start = base + written.index(doc.cited)
            ids[doc] = f"m{len(self.mentions) + 1}"
            iri = doc.iri(self.iri)
            self.mentions.append(
                Mention(
                    ids[doc],
                    start,
                    start + len(doc.cited),
                    doc.cited,
                    doc.type,
                    doc.number,
                    doc.date,
                    doc.issuer,
                    title=doc.title,
                    status=status,
                    urn=iri if iri.startswith("urn:") else None,
                )
            )
        end = base + len(written)
        for source, rel, target in relations:
            start = ids[source] if isinstance(source, Doc) else source
            self.relations.append(Relation(start, rel, ids[target], base, end, "thực hiện", status))
        if task:
            units = (unit,) if unit else ()
            name = f"t{len(self.tasks) + 1}"
            self.tasks.append(Task(name, base, end, written, tuple(ids.values()), units, deadline, status))
        self.text += written + "\n"
        return self

    def write(self, graph: Graph) -> None:
        found = Extraction(
            replace(self.header),
            tuple(self.mentions),
            tuple(self.relations),
            tuple(self.tasks),
            sections=(Section(0, len(self.text), 1, "I", "Kết quả"),),
            text=self.text,
        )
        source = Source(unquote(urlsplit(self.iri).path), self.text, "text/plain")
        graph.replace(self.iri, quads(found, source, iri=self.iri, sha256="0" * 64, extractor="test"))


def drafts() -> list[Draft]:
    department = "Sở Công Thương tỉnh {}"
    return [
        Draft(HAU_GIANG, _header("Hậu Giang", "2024", department))
        .clause("Sở đã triển khai thực hiện {0} trên địa bàn tỉnh.", (REPORT, Rel.IMPLEMENTS, DECREE))
        .clause("UBND tỉnh ban hành {0} thực hiện {1}.", (PLAN, Rel.IMPLEMENTS, DECREE), (REPORT, Rel.ISSUED, PLAN))
        .clause("{0} thay thế {1}.", (DECREE, Rel.REPLACES, OLD), status=Status.OTHER)
        .clause(
            "Trong tháng 9/2024, Phòng Quản lý Thương mại tham mưu thực hiện {0} và {1}.",
            (REPORT, Rel.IMPLEMENTS, DECREE),
            (REPORT, Rel.IMPLEMENTS, RESOLUTION),
            status=Status.PLANNED,
            unit=UNIT,
            deadline="2024-09",
            task=True,
        ),
        Draft(HA_TINH, _header("Hà Tĩnh", "2024", department)).clause(
            "Tỉnh chưa có kế hoạch theo {0}.", (REPORT, Rel.CITES, DECREE), status=Status.OTHER
        ),
        Draft(TRA_VINH, _header("Trà Vinh", "2024-Q1", department))
        .clause("Thực hiện {0} của Chính phủ.", (REPORT, Rel.IMPLEMENTS, SHORT), status=Status.BASIS)
        .clause("Đã thực hiện {0}.", (REPORT, Rel.IMPLEMENTS, POWER)),
        Draft(SOC_TRANG, _header("Sóc Trăng", "2020", department))
        .clause("Thực hiện {0}.", (REPORT, Rel.IMPLEMENTS, EARLIER))
        .clause("Tỉnh đã có {0}.", (REPORT, Rel.CITES, UNDATED)),
        Draft(MINISTRY, Header("Báo cáo", "Bộ Công Thương", title="Báo cáo của Bộ", date="2025-04-01")).clause(
            "Tỉnh Cà Mau ban hành {0} để thực hiện {1}.", (CA_MAU, Rel.IMPLEMENTS, DECREE)
        ),
        Draft(
            PLAN_FILE,
            Header(
                DEPARTMENT_PLAN.type,
                DEPARTMENT_PLAN.issuer,
                "Hậu Giang",
                DEPARTMENT_PLAN.number,
                DEPARTMENT_PLAN.date,
                urn=DEPARTMENT_PLAN.iri(""),
            ),
        )
        .clause("Căn cứ {0};", (REPORT, Rel.BASED_ON, POWER), status=Status.BASIS)
        .clause(
            "Phòng Quản lý Thương mại thực hiện {0} trước ngày 31/10/2024.",
            (REPORT, Rel.IMPLEMENTS, PLAN),
            status=Status.PLANNED,
            unit=UNIT,
            deadline="2024-10-31",
            task=True,
        ),
    ]


def more() -> list[Draft]:
    """What takes two reports of one body, an old plan, and a plan that is dated before its decree."""
    return [
        Draft(EARLY, _header("Hậu Giang", "2023", "Sở Công Thương tỉnh {}"))
        .clause("Sở sẽ thực hiện {0}.", (REPORT, Rel.IMPLEMENTS, DECREE), status=Status.PLANNED)
        .clause("Đã thực hiện {0}.", (REPORT, Rel.IMPLEMENTS, POWER))
        .clause("{0} thực hiện {1}.", (OLD_PLAN, Rel.IMPLEMENTS, OLD)),
        Draft(
            NOTICE,
            Header("Báo cáo", "Sở Công Thương tỉnh Hà Tĩnh", "Hà Tĩnh", date="2024-12-20", title="Báo cáo cuối năm"),
        )
        .clause("Thực hiện {0} về quản lý chợ.", (REPORT, Rel.IMPLEMENTS, OLD))
        .clause("{0} thực hiện {1}.", (EARLY_PLAN, Rel.IMPLEMENTS, DECREE))
        .clause("Giao đơn vị thực hiện {0}.", (REPORT, Rel.IMPLEMENTS, POWER), status=Status.PLANNED),
    ]


def _header(province: str, period: str, issuer: str) -> Header:
    return Header("Báo cáo", issuer.format(province), province, period=period, title=f"Báo cáo năm {period}")


def second_pass() -> list[Quad]:
    """What the corpus tells: the resolution that Trà Vinh means, and two dates of one decree."""
    finding = NamedNode(f"{FINDINGS.value}#f1")
    decree = NamedNode(DECREE.iri(""))
    about = {
        "rdf:type": term("kg:Finding"),
        "kg:code": Literal("two-dates-in-corpus"),
        "kg:severity": term("kg:warning"),
        "rdfs:comment": Literal("two dates"),
        "kg:about": decree,
        "kg:confidence": Literal("0.9", datatype=term("xsd:decimal")),
    }
    found = [Quad(finding, term(name), value, FINDINGS) for name, value in about.items()]
    candidate, meant = NamedNode(SHORT.iri(TRA_VINH)), NamedNode(RESOLUTION.iri(""))
    return [*found, Quad(candidate, term("kg:resolvedTo"), meant, FINDINGS)]


def carrying_out(graph: Graph) -> list[Quad]:
    """What the corpus tells of the provinces whose documents carry something out."""
    found = graph.select("""
        SELECT DISTINCT ?statement ?place WHERE {
          ?statement rdf:predicate eli:implements ; rdf:subject ?subject .
          ?subject kg:resolvedTo?/eli:passed_by/kg:inProvince ?place .
          FILTER NOT EXISTS { ?subject a kg:Report }
        }""")
    by = term("kg:byProvince")
    return [Quad(NamedNode(str(r["statement"])), by, NamedNode(str(r["place"])), PROVINCES) for r in found]


def make(directory: Path, *, whole: bool = False) -> Path:
    """Write the six sources, with ``whole`` those of `more` too."""
    with Graph.open(directory, read_only=False) as graph:
        graph.replace(REFERENCE.value, reference())
        for draft in [*drafts(), *(more() if whole else [])]:
            draft.write(graph)
        graph.replace(FINDINGS.value, second_pass())
        graph.replace(PROVINCES.value, carrying_out(graph))
    return directory
