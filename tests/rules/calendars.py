"""Random calendars for the properties of the clock: zones with gaps and folds, odd windows, holidays, special days."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from farol.worktime.by_hand import ByHand
from farol.worktime.hours import SpecialDay
from farol.worktime.schedule import Schedule

DAYS = 10
LENGTH = DAYS * 24 * 60
CHANGES = [  # zone, and the local day of a change of its clocks
    ("America/Sao_Paulo", date(2018, 11, 4)),  # midnight is skipped
    ("America/Sao_Paulo", date(2018, 2, 18)),  # the hour before midnight comes twice
    ("America/Sao_Paulo", date(2026, 11, 20)),  # no change
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("America/New_York", date(2027, 3, 14)),
    ("America/Havana", date(2026, 11, 1)),
    ("America/St_Johns", date(2006, 10, 29)),  # at one minute past midnight
    ("Australia/Lord_Howe", date(2026, 4, 5)),  # half an hour
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Antarctica/Troll", date(2026, 3, 29)),  # two hours
    ("Pacific/Apia", date(2011, 12, 30)),  # a whole day is skipped
    ("Africa/Casablanca", date(2026, 2, 15)),
    ("Asia/Kathmandu", date(2026, 12, 31)),  # an offset of 5:45, and the turn of the year
]


@dataclass(frozen=True)
class Example:
    schedule: Schedule
    by_hand: ByHand
    start: datetime

    def at(self, index: int, second: int = 0) -> datetime:
        return (self.start + timedelta(minutes=index, seconds=second)).astimezone(self.schedule.zone)


@st.composite
def windows(draw, least=0):
    edges = sorted(draw(st.sets(st.integers(0, 1440), min_size=2 * least, max_size=6)))
    walls = [time(edge % 1440 // 60, edge % 60) for edge in edges]
    return tuple(zip(walls[::2], walls[1::2], strict=False))


@st.composite
def examples(draw):
    zone, change = draw(st.sampled_from(CHANGES))
    first = change - timedelta(days=draw(st.integers(1, DAYS - 2)))
    days = st.integers(0, DAYS).map(lambda offset: first + timedelta(days=offset))
    week = draw(st.dictionaries(st.integers(0, 6), windows(), max_size=7))
    week[draw(st.integers(0, 6))] = draw(windows(least=1))
    holidays = draw(st.sets(days, max_size=3))
    special = draw(st.dictionaries(days, windows(), max_size=2))
    schedule = Schedule(
        week,
        ZoneInfo(zone),
        holidays,
        {day: SpecialDay(hours) for day, hours in special.items()},
        years=(change.year - 1, change.year + 1),
    )
    start = datetime(first.year, first.month, first.day, tzinfo=UTC)
    return Example(schedule, ByHand(week, ZoneInfo(zone), holidays, special), start)


minutes = st.integers(0, LENGTH - 1)
seconds = st.integers(0, 59)
pauses = st.lists(st.tuples(minutes, st.integers(0, 4000), seconds), max_size=3)
cases = st.lists(st.tuples(minutes, seconds, st.integers(0, 5000), minutes, pauses), min_size=40, max_size=40)
