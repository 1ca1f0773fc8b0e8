"""Settings of the stack: defaults, then every *.conf of the settings folder in order of name.

The folder is /etc/synnefo, or what SYNNEFO_SETTINGS_DIR says (a rehearsal on copies names its own).
"""
import os
from importlib.util import find_spec


def _installed(module):
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


SECRET_KEY = "nothing is signed with this"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
DATABASES = {}
HEALTH_TOKEN = None
COMPONENT_PORTS = {"astakos": 8080, "cyclades": 8081, "pithos": 8082}
LOG_FOLDER = "/var/log/synnefo"
PITHOS_BACKEND_DB_CONNECTION = None
PITHOS_BACKEND_BLOCK_PATH = "/srv/pithos/data"

INSTALLED_APPS = ["synnefo.webproject"]
if _installed("astakos.im") or _installed("synnefo.db"):
    INSTALLED_APPS.append("django.contrib.contenttypes")
if _installed("astakos.im"):
    INSTALLED_APPS += ["django.contrib.auth", "astakos.im", "astakos.quotaholder_app"]
if _installed("synnefo.db"):
    INSTALLED_APPS.append("synnefo.db")

_folder = os.environ.get("SYNNEFO_SETTINGS_DIR", "/etc/synnefo")
# listdir and not glob: a folder that may not be read is an error, not an empty one.
for _name in sorted(os.listdir(_folder)):
    if _name.endswith(".conf"):
        _path = os.path.join(_folder, _name)
        with open(_path) as _file:
            exec(compile(_file.read(), _path, "exec"))
