"""The rules for the status of a citation, in the order in which they are asked: the first that tells it decides.

What speaks of the place of a citation comes first (an annex, a cell, a title), then its grounds,
then what the sentence makes of it; what no rule tells shares the status of its sentence's work.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kg.model import Status
from kg.relations.status.cited import Cited, Told
from kg.relations.status.deeds import achieved, debated, decided, deed_beside, signed
from kg.relations.status.grounds import (
    ahead_of_change,
    answered,
    charged_ahead,
    cited_by_title,
    entered_in_annex,
    in_cell,
    in_grounds,
    in_grounds_column,
    in_quotation,
    in_title,
    laid_down,
    mandate,
    occasion,
    provision,
    restated,
    result_in_annex,
)
from kg.relations.status.matters import (
    complained_of,
    in_cause,
    in_column,
    in_repealing_aside,
    of_clause,
    subject,
    told_in_cell,
    topic,
    what_led_to_it,
)

__all__ = ["RULES"]

RULES: Final[tuple[Callable[[Told, Cited], Status | None], ...]] = (
    # where the citation stands
    in_title,
    entered_in_annex,
    complained_of,
    in_cell,
    in_repealing_aside,
    in_grounds_column,
    # rules and grounds
    ahead_of_change,
    mandate,
    provision,
    answered,
    laid_down,
    in_quotation,
    in_grounds,
    in_column,
    result_in_annex,
    occasion,
    cited_by_title,
    restated,
    # what the sentence makes of it
    signed,
    charged_ahead,
    subject,
    topic,
    deed_beside,
    in_cause,
    what_led_to_it,
    achieved,
    decided,
    debated,
    of_clause,
    told_in_cell,
)
