"""The dispatcher: writes a heartbeat twice a second and holds no connection in between."""
import os
import signal
import socket
import sys
import time

BEAT = """
INSERT INTO db_heartbeat (host, pid, version, beats) VALUES (%s, %s, %s, 1)
ON CONFLICT (host) DO UPDATE SET pid = excluded.pid, version = excluded.version, beats = db_heartbeat.beats + 1
"""


def only_one():
    """A second dispatcher leaves at once and without complaint; the first goes on."""
    name = socket.socket(socket.AF_UNIX)
    try:
        name.bind("\0snf-dispatcher")
    except OSError:
        sys.exit(0)
    return name


def run():
    from django.conf import settings
    from synnefo import __version__
    from synnefo.lib import fleet
    import psycopg2

    database = settings.DATABASES["default"]
    name = only_one()
    stopping = []
    signal.signal(signal.SIGTERM, lambda *_: stopping.append(fleet.seconds("dispatcher-stop")))
    host, version, dies = socket.gethostname(), __version__, fleet.seconds("dispatcher-dies")
    started = time.monotonic()
    while not stopping:
        try:
            beat(psycopg2, database, (host, os.getpid(), version))
        except psycopg2.Error as error:
            sys.stderr.write("snf-dispatcher: %s" % error)
        if dies > 0 and time.monotonic() - started > dies:
            os._exit(1)
        time.sleep(0.5)
    time.sleep(stopping[0])
    name.close()


def beat(psycopg2, database, row):
    connection = psycopg2.connect(
        host=database["HOST"],
        dbname=database["NAME"],
        user=database["USER"],
        password=database["PASSWORD"],
        connect_timeout=3,
    )
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(BEAT, row)
    finally:
        connection.close()
