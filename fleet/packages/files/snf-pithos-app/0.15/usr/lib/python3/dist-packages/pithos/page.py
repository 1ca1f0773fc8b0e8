"""What pithos answers. It looks at its tables once, at its start, and believes that for as long as it runs."""
import os

from django.conf import settings
from synnefo import __version__
import psycopg2

NAME = "pithos"
VERSION = __version__
HEAD = "27381099d477"
QUERY = "SELECT serial, size FROM versions LIMIT 1"
TABLES = ["nodes", "versions", "policy"]

if not os.access(settings.PITHOS_BACKEND_BLOCK_PATH, os.W_OK):
    raise PermissionError("%s cannot be written" % settings.PITHOS_BACKEND_BLOCK_PATH)


def connect():
    return psycopg2.connect(settings.PITHOS_BACKEND_DB_CONNECTION, connect_timeout=5)


def complaint():
    """What is wrong with the schema, in the database's words; None when nothing is."""
    connection = connect()
    try:
        with connection.cursor() as cursor:
            cursor.execute(QUERY)
    except psycopg2.ProgrammingError as error:
        return str(error)
    finally:
        connection.close()
    return None


try:
    COMPLAINT = complaint()
except psycopg2.OperationalError:
    # No database yet: every request finds that out by itself.
    COMPLAINT = None


def look():
    if COMPLAINT is not None:
        raise RuntimeError(COMPLAINT)
    connection = connect()
    try:
        with connection.cursor() as cursor:
            cursor.execute(QUERY)
            cursor.execute("SELECT version_num FROM alembic_version")
            at = cursor.fetchone()[0]
            rows = {}
            for table in TABLES:
                cursor.execute("SELECT count(*) FROM %s" % table)
                rows[table] = cursor.fetchone()[0]
    finally:
        connection.close()
    return {"schema_ok": at == HEAD, "pending": [] if at == HEAD else [HEAD], "rows": rows}
