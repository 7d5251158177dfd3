"""What the document, and each document that it cites, does to the documents cited.

A citation is governed by the last verb before it in its clause.  Where another citation
stands between that verb and the clause's beginning, the verb belongs to that one's title
(``Kế hoạch số 15/KH-UBND … triển khai thực hiện Quyết định số 980/QĐ-TTg``) and the relation
holds between the two; else it is the document at hand that acts.  Members of a list share
their verb.  The verbs are those of ``ontology/triggers.tsv``.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.citations import Citation
from kg.model import Header, Status
from kg.relations.acts import Said, key
from kg.relations.governing import Acts, govern
from kg.relations.scene import Scene
from kg.relations.statements import Statements
from kg.relations.status import Statuses
from kg.relations.units import Page, Unit
from kg.structure import Outline

__all__ = ["Reading", "Said", "Unit", "key", "relate"]


@dataclass(frozen=True, slots=True)
class Reading:
    """Relations and, for each citation, its sentence, its status and that of the work its sentence tells of."""

    relations: tuple[Said, ...]
    units: tuple[Unit, ...]
    statuses: tuple[Status, ...]
    works: tuple[Status, ...]


def relate(
    text: str,
    citations: list[Citation],
    outline: Outline,
    header: Header,
    anchors: tuple[tuple[int, str], ...] = (),
    carried: frozenset[str] = frozenset(),
) -> Reading:
    """Relations among the citations of a normalized text and from the document itself.

    ``anchors`` are the offsets and numbers of footnote marks, ``carried`` the keys of the documents
    that the document carries out by its own title (``Kế hoạch thực hiện Nghị quyết số …``).
    """
    scene = Scene(Page(text, outline, anchors), citations, header)
    acts, statements, told = Acts(scene), Statements(scene, carried), Statuses(scene)
    works: list[Status] = []
    for group in scene.sentences():
        govern(acts, group)
        statements.write(group, acts.found)
        works += [told.read(group, acts.found)] * len(group)
    return Reading(tuple(statements.relations), tuple(scene.units), tuple(told.found.values()), tuple(works))
