"""The charter, its versions, standards and measurements."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from ninja import Schema
from pydantic import AwareDatetime, Field

from portal.api.schemas.common import Entry, Source, Texts


class Measurement(Schema):
    """What was counted of one standard in one quarter, in the whole city or in one institution.

    Fewer than ten cases are suppressed: then every figure is null and `suppressed` says why. The same holds for one
    more institution where the total of the city would give a small one away.
    """

    code: str = Field(description="Standard, quarter and institution.", examples=["S08:2026-Q3"])
    standard: str = Field(description="Code of the standard.", examples=["S08"])
    promise: str = Field(description="Code of the promise.", examples=["C08"])
    text: str = Field(description="The promise in words, in the site's main language.")
    institution: str | None = Field(description="Code of the institution; null: the whole city.")
    period: str = Field(description="The quarter.", examples=["2026-Q3"])
    kept: int | None = Field(description="In how many cases the promise was kept.", examples=[87])
    of: int | None = Field(description="How many cases were counted (n).", examples=[100])
    value: float | None = Field(description="The share kept, or the count.", examples=[0.87])
    low: float | None = Field(description="Lower end of the 95 % interval.", examples=[0.79])
    high: float | None = Field(description="Upper end of the 95 % interval.", examples=[0.92])
    target: float = Field(examples=[0.95])
    direction: str = Field(description="Whether `target` is to be reached or not exceeded.", examples=["at_least"])
    verdict: str = Field(
        description="`kept`, `not_kept`, `not_yet_clear`, `too_few` to judge, `nothing` that may be shown, "
        "or `not_measured`.",
        examples=["not_kept"],
    )
    told: int | None = Field(
        default=None,
        description="How many complained in that quarter that it was not kept; null: fewer than ten, none included.",
        examples=[14],
    )
    suppressed: Literal["too_few_cases", "not_measured"] | None = Field(
        description="Why the figures are null; null when they are given.", examples=[None]
    )
    reason: Texts = Field(description="Why the promise was missed.")
    action: Texts = Field(description="What is done about it.")
    act_by: dt.date | None
    is_running: bool = Field(description="The quarter is not over yet.")
    is_demonstration: bool = Field(description="The figure is made up to show how it works.")
    changed_at: AwareDatetime | None = Field(
        default=None, description="When it last changed; null when that was not looked at yet."
    )


class Standard(Entry):
    """The measurable side of a promise."""

    commitment: str = Field(description="Code of the promise.", examples=["C08"])
    name: Texts
    method: Texts = Field(description="How it is measured.")
    metric: str
    kind: str = Field(description="`share`, `count`, `uptime` or `duty`.", examples=["share"])
    unit: str = Field(description="Unit of the legal and the promised term.", examples=["working_days"])
    direction: str
    clock: str = Field(description="`calendar` or `working` days, or by the `clock`.", examples=["calendar"])
    legal_value: float | None = Field(description="The term the law sets.", examples=[30])
    promised_value: float | None = Field(description="The term we promise; never laxer than the law.", examples=[20])
    target: float = Field(description="Which share of cases is to keep it, 0–1.", examples=[0.95])
    source: str
    measured: str = Field(description="`computed`, `manual` or `not_yet`.", examples=["computed"])
    valid_from: dt.date
    valid_until: dt.date | None


class MeasuredStandard(Standard):
    """A standard with all that was measured."""

    measurements: list[Measurement]


class Commitment(Schema):
    """One promise in residents' words."""

    code: str = Field(description="The same in every version of the charter.", examples=["C08"])
    area: str
    text: Texts
    is_proposal: bool


class MeasuredCommitment(Commitment):
    """A promise with its standards and their results."""

    standards: list[MeasuredStandard]


class Line(Schema):
    """A principle, a value, an area to improve, what residents do, or how we put things right."""

    kind: str
    code: str
    text: Texts
    explanation: Texts
    is_proposal: bool


class _Charter(Entry):
    title: Texts
    introduction: Texts = Field(description="HTML.")
    carried_by: Texts = Field(description="Who carries it out. HTML.")
    proposal_note: Texts
    is_proposal: bool = Field(description="Not decided by anybody yet.")
    in_force_from: dt.date
    in_force_until: dt.date | None
    lines: list[Line]
    sources: list[Source]


class CharterVersion(_Charter):
    """One version of the charter, whenever it holds or held."""

    commitments: list[Commitment]


class Charter(_Charter):
    """The charter in force with everything measured."""

    commitments: list[MeasuredCommitment]


class Change(Schema):
    """A line or promise that is new, gone or changed."""

    kind: str
    code: str
    before: str = Field(description="Empty: it is new.")
    after: str = Field(description="Empty: it is gone.")


class Term(Schema):
    """A promised figure that changed."""

    commitment: str
    unit: str
    before: float | None
    after: float | None
    target_before: float
    target_after: float


class CharterChanges(Schema):
    """What one version says otherwise than the one before."""

    code: str
    before: str = Field(description="Code of the version before.")
    language: str
    url: str = Field(description="The same for people, word by word.")
    changes: list[Change]
    terms: list[Term]
