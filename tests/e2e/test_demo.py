"""Goal: what the first command of the README does, in small: a demo house moves into a ledger that asks
who asks, through the door, and nothing of it is refused. Method: the real programs, a house of 18 months'
kinds of facts in three."""

import datetime
import subprocess

from access_house import House


def demo(house):
    first = datetime.date.today() - datetime.timedelta(days=92)
    words = ("demo", "--clients", "60", "--managers", "4", "--from", first.isoformat())
    try:
        return house.ctl(*words).stdout
    except subprocess.CalledProcessError as failed:
        return failed.stdout + failed.stderr


def test_a_demo_house_moves_in_and_nothing_of_it_is_refused(tmp_path):
    with House(tmp_path / "data") as house:
        told = demo(house)
        assert " 0 refused" in told, told[-2000:]
        again = demo(house)  # only what happened since
        assert " 0 refused" in again and " 0 known already" not in again, again[-2000:]
