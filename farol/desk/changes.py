"""A change with consequences in two steps: its effect is shown, then it is confirmed on the same address (R-064)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from farol.desk.door import Visit, page
from farol.desk.hour_forms import ChangeForm
from farol.hours.rules import HolidayKnown, VersionTooEarly, YearsKnown, YearsOutOfReach
from farol.kernel.errors import Refusal
from farol.tickets import actions
from farol.tickets.actions.recalculation import PausesOverlap
from farol.tickets.queries import Effect
from farol.ui import frame
from farol.worktime.errors import ClockError

LISTED = 50
ABOUT = {
    HolidayKnown: "day",
    VersionTooEarly: "valid_from",
    YearsKnown: "until",
    YearsOutOfReach: "until",
    PausesOverlap: "sent_at",
}


@dataclass(frozen=True, slots=True)
class Change:
    """What is asked, what it would do, how it is done, and where it leads."""

    title: str
    lead: str
    back_url: str
    back: str
    done: Callable[[object], str]
    do: Callable[[bool], object]  # told whether the dates of open tickets follow
    effects: Callable[[], Iterable[Effect]]
    here: str = "hours"
    confirm: str = ""
    note: str = ""  # said beside the effect


@dataclass(frozen=True, slots=True)
class Preview:
    listed: Sequence[Effect]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.listed)


def answer(request: HttpRequest, visit: Visit, form: ChangeForm, change: Change) -> HttpResponse:
    """GET asks; POST shows the effect; POST with `confirmar` does it; with `alterar`, what was typed is asked again.

    Where nothing is asked first, GET shows the effect.
    """
    if request.method != "POST":
        return _page(request, visit, form, change) if form.asks_first else _previewed(request, visit, form, change)
    if not form.is_valid() or "alterar" in request.POST:
        return _page(request, visit, form, change, status=422 if form.errors else 200)
    if "confirmar" in request.POST:
        return _confirmed(request, visit, form, change)
    if refusal := frame.attempt(lambda: actions.rehearse(lambda: change.do(False))):
        _show(form, refusal)
        return _page(request, visit, form, change, status=refusal.status)
    return _previewed(request, visit, form, change)


def _confirmed(request: HttpRequest, visit: Visit, form: ChangeForm, change: Change) -> HttpResponse:
    made: list[object] = []
    try:
        refusal = frame.attempt(lambda: made.append(change.do(bool(form.cleaned_data.get("recalculates")))))
    except ClockError as error:
        return _unreckoned(request, visit, form, change, error)
    if refusal is None:
        messages.success(request, change.done(made[0]))
        return HttpResponseRedirect(change.back_url)
    _show(form, refusal)
    if not form.asks_first or set(form.errors) <= {field.name for field in form.last()}:
        return _previewed(request, visit, form, change, status=refusal.status)
    return _page(request, visit, form, change, status=refusal.status)


def _previewed(
    request: HttpRequest, visit: Visit, form: ChangeForm, change: Change, *, status: int = 200
) -> HttpResponse:
    try:
        moved = iter(change.effects())
        listed = list(islice(moved, LISTED))
        preview = Preview(listed, len(listed) + sum(1 for _effect in moved))
    except ClockError as error:
        return _unreckoned(request, visit, form, change, error)
    return _page(request, visit, form, change, status=status, preview=preview)


def _unreckoned(
    request: HttpRequest, visit: Visit, form: ChangeForm, change: Change, error: ClockError
) -> HttpResponse:
    """With the change a promised date could not be told any more."""
    form.add_error(None, _(error.message).format(**error.facts))
    return _page(request, visit, form, change, status=422)


def _page(
    request: HttpRequest,
    visit: Visit,
    form: ChangeForm,
    change: Change,
    *,
    status: int = 200,
    preview: Preview | None = None,
) -> HttpResponse:
    return page(
        request, visit, "desk/change.html", here=change.here, status=status, form=form, change=change, preview=preview
    )


def _show(form: ChangeForm, refusal: Refusal) -> None:
    """On the field it is about, if the refusal does not name one itself."""
    if name := ABOUT.get(type(refusal)):
        form.add_error(name, frame.in_one_line(refusal))
    else:
        frame.show_on(form, refusal)
