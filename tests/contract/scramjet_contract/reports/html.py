"""The report as one self-contained HTML page: coverage, problems with commands to repeat them, scenarios."""

from __future__ import annotations

import re
from html import escape
from importlib import resources
from string import Template
from typing import TYPE_CHECKING

from scramjet_contract.exchange import as_curl, as_python, masked, printable
from scramjet_contract.reports.repeat import as_command
from scramjet_contract.reports.terminal import left_lines
from scramjet_contract.scenarios import REGISTRY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scramjet_contract.exchange import Exchange
    from scramjet_contract.results import Problem
    from scramjet_contract.run import Report


def html(report: Report) -> str:
    """Return the report as a page."""
    template = Template((resources.files("scramjet_contract") / "reports" / "page.html").read_text())
    results, covered = report.results, report.matrix
    return template.substitute(
        verdict="kept" if report.kept else "interrupted" if report.interrupted or report.stopped else "broken",
        title=_title(report),
        facts=_facts(report),
        seen=covered.count("seen"),
        explained=covered.count("explained"),
        gaps=covered.count("gap"),
        problem_count=len(results.problems),
        scenario_count=sum(outcome != "not run" for outcome in results.scenarios.values()),
        case_count=results.cases,
        problems="".join(_problems(report)) or "<p class=quiet>None.</p>",
        known="".join(_known(report)) or "<p class=quiet>None.</p>",
        coverage="".join(_coverage(report)),
        scenarios="".join(_scenarios(report)),
    )


def _title(report: Report) -> str:
    if report.interrupted:
        return "Interrupted"
    if report.stopped:
        return escape(report.stopped)
    return "The Hub keeps the contract" if report.kept else "The Hub does not keep the contract"


def _facts(report: Report) -> str:
    settings = report.settings
    facts = {
        "Hub": settings.url,
        "Program": report.program,
        "Profile": f"{report.profile.name}: {report.profile.title}",
        "Seed": str(settings.seed),
        "Cases": report.results.digest,
        "Took": f"{report.seconds:.1f} s",
        "Left": " ".join(left_lines(report)),
    }
    return "".join(f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>" for name, value in facts.items())


def _problems(report: Report) -> Iterator[str]:
    for problem in report.results.problems.values():
        yield _problem(problem, "problem", as_command(problem, report.settings))


def _known(report: Report) -> Iterator[str]:
    deviations = {deviation.id: deviation for deviation in report.profile.deviations}
    for name, found in report.results.known.items():
        deviation = deviations[name]
        exchange = f"<pre>{escape(deviation.exchange)}</pre>" if deviation.exchange else ""
        yield (
            f"<details class=known><summary><b>{escape(name)}</b> {_prose(deviation.what)} "
            f"<span class=count>{len(found)} times</span></summary><p>{_prose(deviation.reason)}</p>{exchange}"
            f"{_exchange(found[0].exchanges[-1]) if found[0].exchanges else ''}</details>"
        )


def _problem(problem: Problem, kind: str, command: str) -> str:
    first, _, rest = problem.message.partition("\n")
    *before, last = problem.exchanges or (None,)
    steps = "".join(f"<li>{escape(step.summary())}</li>" for step in before if step is not None)
    scenario = problem.source.removeprefix("scenario ")
    name = scenario if problem.source.startswith("scenario") else problem.operation or problem.source
    where = " · ".join(filter(None, (problem.source, problem.operation, problem.check)))
    return (
        f"<details class={kind}><summary><b>{escape(name)}</b> {escape(first)}</summary>"
        f"<p class=where>{escape(where)}</p>"
        + (f"<pre>{escape(rest.strip())}</pre>" if rest.strip() else "")
        + _block("Repeat it", command, copy=True)
        + (f"<h4>Before</h4><ol>{steps}</ol>" if steps else "")
        + (_exchange(last) if last is not None else "")
        + "</details>"
    )


def _exchange(exchange: Exchange) -> str:
    given = {name.lower() for name in exchange.policy.headers}
    request = [
        f"{exchange.method} {exchange.url}",
        *(f"{name}: {masked(name, value, given)}" for name, value in exchange.request_headers),
    ]
    reply = [str(exchange.status or "no reply"), *(f"{name}: {value}" for name, value in exchange.reply_headers)]
    return (
        "<div class=exchange>"
        + _block("Request", "\n".join(request) + _body(exchange.request_body))
        + _block("Reply", "\n".join(reply) + _body(bytes(exchange.reply_body)))
        + _block("This request alone, with curl", as_curl(exchange), copy=True)
        + _block("This request alone, with Python", as_python(exchange), copy=True)
        + "</div>"
    )


def _body(body: bytes | None) -> str:
    return f"\n\n{printable(body)}" if body else ""


def _block(name: str, text: str, *, copy: bool = False) -> str:
    button = "<button type=button class=copy>copy</button>" if copy else ""
    return f"<section><h4>{name}{button}</h4><pre>{escape(text)}</pre></section>"


def _coverage(report: Report) -> Iterator[str]:
    tag = ""
    for key in dict.fromkeys(key for key, _, _ in report.matrix.replies):
        operation = report.operations[key]
        if operation.tag != tag:
            tag = operation.tag
            yield f"<h3>{escape(tag)}</h3>"
        tally = report.results.tallies.get(key)
        chips = "".join(_chips(report, key))
        yield (
            f"<div class=operation><div class=name><b>{escape(key)}</b><code>{escape(operation.label)}</code></div>"
            f"<div class=chips>{chips}</div><div class=count>{tally.cases if tally else 0}</div></div>"
        )


def _chips(report: Report, key: str) -> Iterator[str]:
    statuses = report.operations[key].replies
    for (name, status, media_type), cell in report.matrix.replies.items():
        if name == key:
            several = len(statuses[status]) > 1
            label = f"{status} <small>{escape(media_type)}</small>" if several else str(status)
            yield f'<span class="chip {cell.state}" title="{escape(media_type)}: {escape(cell.why)}">{label}</span>'
    for (name, media_type), cell in report.matrix.bodies.items():
        if name == key:
            why = escape(f"request with {media_type}: {cell.why}")
            yield f'<span class="chip body {cell.state}" title="{why}"><small>{escape(media_type)}</small></span>'


def _scenarios(report: Report) -> Iterator[str]:
    for name, item in REGISTRY.items():
        outcome = report.results.scenarios.get(name)
        reason = report.results.not_run.get(name, "")
        if outcome is None and not reason:
            continue
        state = {"kept": "seen", "broken": "gap"}.get(outcome or "", "explained")
        note = f" <em>Left out: {escape(reason)}</em>" if reason else ""
        yield f"<li class={state}><b>{escape(name)}</b> {_prose(item.what)}{note}</li>"


def _prose(text: str) -> str:
    """Format text in which backticks mark code, as in Markdown."""
    return re.sub("`([^`]+)`", r"<code>\1</code>", escape(text))
