"""The web application: the component that a request means is told by the port it came to."""
import json
import logging
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "synnefo.settings")

import django

django.setup()

from django.conf import settings
from synnefo.webproject import components, faults

log = logging.getLogger("synnefo")
log.addHandler(logging.FileHandler(os.path.join(settings.LOG_FOLDER, "synnefo.log")))
COMPONENTS = components.load()
faults.arm()


def application(environ, start_response):
    component = COMPONENTS.get(int(environ["SERVER_PORT"]))
    if component is None:
        status, body = "404 Not Found", {"error": "no component on this port"}
    elif environ["REQUEST_METHOD"] != "GET":
        status, body = "405 Method Not Allowed", {"error": "GET only"}
    else:
        status, body = answer(component, environ.get("HTTP_X_AUTH_TOKEN"))
    payload = json.dumps(body, sort_keys=True).encode() + b"\n"
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(payload)))]
    start_response(status, headers)
    return [payload]


def answer(component, token):
    """Without a token nothing is asked of the database, so the answer is the same on any schema."""
    body = {"component": component.NAME, "version": component.VERSION}
    if token is None:
        return "200 OK", body
    if token != settings.HEALTH_TOKEN:
        return "401 Unauthorized", {"error": "unknown token"}
    try:
        body.update(component.look())
    except Exception as error:
        log.exception("%s", component.NAME)
        body.update(status="error", error=str(error).strip().split("\n")[0], schema_ok=False)
        return "500 Internal Server Error", body
    body.update(status="ok")
    return "200 OK", body
