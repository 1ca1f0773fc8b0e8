from synnefo import __version__
from synnefo.webproject import django_page

NAME = "astakos"
VERSION = __version__
KNOWN = django_page.known_migrations(("im", "quotaholder_app"))
TABLES = [
    "im_astakosuser",
    "im_project",
    "im_projectmembership",
    "im_projectresourcequota",
    "quotaholder_app_holding",
    "auth_permission",
]


def look():
    return django_page.look(KNOWN, TABLES, "SELECT id, is_base, realname FROM im_project LIMIT 1")
