"""Reports for people who decide: how far a central document is carried out, and by whom.

`kg.report.implementation` makes the report from a graph, `kg.report.output` puts it into a page
that stands alone (HTML), a workbook (Excel) or Markdown, in Vietnamese or English::

    with kg.Graph.open("kg-graph") as graph:
        report = implementation(graph, ["urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp"])
    save(report, "report.html", language="vi")
"""
