"""What a server refuses, with the HTTP status that says so; any other KgError is a bad request (400)."""

from __future__ import annotations

from typing import Self

from kg.messages import KgError

__all__ = [
    "Busy",
    "Misdirected",
    "NotAcceptable",
    "NotAllowed",
    "NotFound",
    "TimedOut",
    "TooLarge",
    "Unavailable",
    "status_of",
]


class _Refused(KgError):
    status = 400

    @classmethod
    def because(cls, error: KgError) -> Self:
        """Return this refusal with the texts of ``error``."""
        return cls(error.problem, error.remedy)


class NotFound(_Refused):
    """There is no such page, question or document."""

    status = 404


class NotAllowed(_Refused):
    """The address takes no requests of this method."""

    status = 405


class NotAcceptable(_Refused):
    """None of the media types asked for can be written."""

    status = 406


class Misdirected(_Refused):
    """The request is for a server of another name (RFC 9110, section 15.5.20)."""

    status = 421


class TooLarge(_Refused):
    """The request is longer than the server reads."""

    status = 413


class Unavailable(_Refused):
    """The graph can't be read just now."""

    status = 503


class Busy(_Refused):
    """As many queries are running as may."""

    status = 503


class TimedOut(_Refused):
    """A query took longer, or more memory, than it may."""

    status = 503


def status_of(error: KgError) -> int:
    """Return the HTTP status for ``error``."""
    return error.status if isinstance(error, _Refused) else 400
