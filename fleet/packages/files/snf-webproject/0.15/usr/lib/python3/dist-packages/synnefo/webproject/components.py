"""The components that are installed here, loaded once: a running process keeps the code it started with."""
from importlib import import_module
from importlib.util import find_spec

from django.conf import settings

PAGES = {"astakos": "astakos.page", "cyclades": "synnefo.db.page", "pithos": "pithos.page"}


def installed(module):
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def load():
    return {
        settings.COMPONENT_PORTS[name]: import_module(module) for name, module in PAGES.items() if installed(module)
    }
