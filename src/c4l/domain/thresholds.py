"""The numbers of the triangle, each with its default; settings may say otherwise."""

from typing import NamedTuple

WINDOW_DAYS = 365
"""How far back a day looks, itself included, where nothing else is said."""


class Thresholds(NamedTuple):
    """Where each criterion draws its line.

    Attributes:
        window_days: the window is this many days up to and including the day asked about.
        key_needed: how many of the key criteria make a key client.
        drives_percent: clients with a greater value make less than this share of all stated value.
        demands_least: interactions they must have started.
        demands_times: their time, as a multiple of the median of the others.
        trusted_needed: distinct signs of trust.
        reliable_least: counted promises, below which there is not enough evidence.
        reliable_missed: promises not honoured that are always forgiven.
        reliable_share: one promise in so many may be missed, too.
        reliable_grace_days: an open promise at most so many days past due is left out.
        lasting_days: how long ago the first interaction must be.
        lasting_silence_days: how long ago the last interaction may be.
        unbroken_grace_days: how old a slip may grow before it must be owned.
    """

    window_days: int = WINDOW_DAYS
    key_needed: int = 2
    drives_percent: int = 50
    demands_least: int = 4
    demands_times: int = 2
    trusted_needed: int = 3
    reliable_least: int = 3
    reliable_missed: int = 1
    reliable_share: int = 10
    reliable_grace_days: int = 7
    lasting_days: int = 180
    lasting_silence_days: int = 120
    unbroken_grace_days: int = 7


DEFAULTS = Thresholds()
