"""A gunicorn that dies some seconds after its start, when /etc/fleet/slow has a line "gunicorn-dies <seconds>"."""
import os
import threading
import time

from synnefo.lib import fleet

# gunicorn's word for a worker that cannot boot: its master gives up.
CANNOT_BOOT = 3


def arm():
    seconds = fleet.seconds("gunicorn-dies")
    if seconds > 0:
        threading.Thread(target=_die, args=(seconds,), daemon=True).start()


def _die(seconds):
    time.sleep(seconds)
    os._exit(CANNOT_BOOT)
