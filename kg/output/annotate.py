"""One document as a web page: its text as it is, every citation linked to the list of what it cites.

The page stands alone (no script, nothing fetched) and everything that comes from the document
is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import quote

from kg.entities.dates import shown
from kg.messages import KgError, language, say
from kg.model import Extraction, Finding, Mention

__all__ = ["annotate"]

_SCHEMES = frozenset({"http", "https", "urn"})

_PAGE = """<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 1rem/1.55 Georgia, "Times New Roman", serif; color: #1c1c1c;
  margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }}
.text {{ white-space: pre-wrap; overflow-wrap: anywhere; }}
a.cite {{ color: #0b5394; text-decoration: none; border-bottom: 1px solid currentColor; }}
a.cite.open {{ color: #7a4b00; border-bottom-style: dashed; }}
a.cite.flag {{ background: #fff1c9; }}
mark {{ background: #fff1c9; color: inherit; }}
a.cite:target, mark:target, li:target {{ outline: 2px solid #e0a100; }}
ol {{ padding-left: 1.5rem; }}
li {{ margin: .5rem 0; }}
.facts, .back, .finding {{ font: .85rem/1.5 system-ui, sans-serif; color: #555; }}
.finding {{ color: #8a3b00; }}
code {{ font-size: .8rem; overflow-wrap: anywhere; }}
</style>
</head>
<body>
<h1>{title}</h1>
<div class="text">{text}</div>
<h2>{heading}</h2>
<ol lang="{lang}">
{documents}
</ol>
{others}</body>
</html>
"""


def annotate(extraction: Extraction, *, title: str, link: str | None = None) -> str:
    """Return the HTML page.

    ``title`` is shown where the document gives none.  A citation links to its document's entry
    below the text; with ``link``, a URL that holds ``{urn}``, the entry links there.
    Raises KgError for another link, and for one that is more than an address (``javascript:``).
    """
    if link is not None:
        _check(link)
    mentions = extraction.mentions
    numbers = _numbered(mentions)
    flags: dict[str, list[Finding]] = {}
    for finding in extraction.findings:
        for mention in finding.mentions:
            flags.setdefault(mention, []).append(finding)
    loose = [finding for finding in extraction.findings if not finding.mentions]
    return _PAGE.format(
        title=escape(extraction.document.title or title),
        text="".join(_text(extraction.text, mentions, numbers, flags, loose)),
        heading=escape(say("annotate.heading", count=len(set(numbers.values())))),
        lang=language(),
        documents="\n".join(_entries(mentions, numbers, flags, link)),
        others=_others(loose),
    )


def _check(link: str) -> None:
    if "{urn}" not in link:
        raise KgError.of("annotate.link", given=link)
    scheme, colon, _ = re.split(r"[/?#]|\{urn\}", link, maxsplit=1)[0].partition(":")
    if colon and scheme.lower() not in _SCHEMES:
        raise KgError.of("annotate.scheme", given=link)


def _identity(mention: Mention) -> tuple[str | None, ...]:
    return (mention.urn,) if mention.urn else (mention.type, mention.number, mention.name, mention.issuer, mention.date)


def _numbered(mentions: Sequence[Mention]) -> dict[str, int]:
    """Mention -> number of its document, in the order of first citation."""
    known: dict[tuple[str | None, ...], int] = {}
    return {m.id: known.setdefault(_identity(m), len(known) + 1) for m in mentions}


def _text(
    text: str,
    mentions: Sequence[Mention],
    numbers: dict[str, int],
    flags: dict[str, list[Finding]],
    loose: Sequence[Finding],
) -> Iterator[str]:
    done = 0
    passages: list[Mention | Finding] = sorted([*mentions, *loose], key=lambda passage: passage.start)
    for mention in passages:
        if mention.start < done:
            continue
        yield escape(text[done : mention.start])
        done, written = mention.end, escape(text[mention.start : mention.end])
        if isinstance(mention, Finding):
            yield f'<mark id="f{mention.start}" title="{escape(mention.message)}">{written}</mark>'
            continue
        classes = ["cite", *(["open"] if mention.urn is None else []), *(["flag"] if mention.id in flags else [])]
        about = "\n".join(
            filter(None, (_name(mention), _facts(mention), *(f.message for f in flags.get(mention.id, ()))))
        )
        yield (
            f'<a class="{" ".join(classes)}" id="{escape(mention.id)}" href="#d{numbers[mention.id]}"'
            f' title="{escape(about)}">{written}</a>'
        )
    yield escape(text[done:])


def _name(mention: Mention) -> str:
    number = mention.intended or mention.number
    return " ".join(filter(None, (mention.type, number))) if number else mention.name or mention.text


def _facts(mention: Mention) -> str:
    day = shown(mention.date) if mention.date and language() == "vi" else mention.date
    return " · ".join(filter(None, (mention.issuer, day, mention.title)))


def _others(loose: Sequence[Finding]) -> str:
    """What a person should look at beside the citations."""
    items = "".join(f'<li><a href="#f{f.start}">{escape(f.message)}</a></li>\n' for f in loose)
    return f'<h2>{escape(say("annotate.others"))}</h2>\n<ul lang="{language()}">\n{items}</ul>\n' if loose else ""


def _entries(
    mentions: Sequence[Mention], numbers: dict[str, int], flags: dict[str, list[Finding]], link: str | None
) -> Iterator[str]:
    by_number: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_number.setdefault(numbers[mention.id], []).append(mention)
    for number, group in by_number.items():
        first = max(group, key=lambda m: len(_facts(m)))
        name = escape(_name(first))
        if link and first.urn:
            name = f'<a href="{escape(link.replace("{urn}", quote(first.urn, safe=":;")))}">{name}</a>'
        back = " ".join(f'<a href="#{escape(m.id)}">{index}</a>' for index, m in enumerate(group, 1))
        findings = dict.fromkeys(f.message for m in group for f in flags.get(m.id, ()))
        yield "".join(
            (
                f'<li id="d{number}"><b>{name}</b>',
                f'<div class="facts">{escape(_facts(first))}</div>',
                f"<code>{escape(first.urn or say('annotate.open'))}</code>",
                f'<div class="back">{escape(say("annotate.cited"))} {back}</div>',
                *(f'<div class="finding">{escape(message)}</div>' for message in findings),
                "</li>",
            )
        )
