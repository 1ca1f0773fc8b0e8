"""What tests want of every program of the stack: pauses that a file asks for, and a record beside the databases."""
import os
import time

SLOW = "/etc/fleet/slow"
RECORD = "/var/log/fleet/migrations"


def seconds(what):
    """Seconds that the line "<what> <seconds>" of /etc/fleet/slow asks for; 0 without one."""
    try:
        with open(SLOW) as file:
            for line in file:
                words = line.split()
                if len(words) == 2 and words[0] == what:
                    return float(words[1])
    except FileNotFoundError:
        return 0.0
    return 0.0


def pause(what):
    time.sleep(seconds(what))


def record(*words):
    """One line with time and pid, on the disk before it counts."""
    os.makedirs(os.path.dirname(RECORD), exist_ok=True)
    line = " ".join(["%.3f" % time.time(), str(os.getpid()), *words])
    with open(RECORD, "a") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())
