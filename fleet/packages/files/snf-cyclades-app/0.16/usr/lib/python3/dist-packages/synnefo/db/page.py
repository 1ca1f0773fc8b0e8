from synnefo import __version__
from synnefo.webproject import django_page

NAME = "cyclades"
VERSION = __version__
KNOWN = django_page.known_migrations(("db",))
TABLES = ["db_virtualmachine", "db_network", "db_volume", "db_heartbeat"]


def look():
    return django_page.look(KNOWN, TABLES, "SELECT id, project FROM db_virtualmachine LIMIT 1")
