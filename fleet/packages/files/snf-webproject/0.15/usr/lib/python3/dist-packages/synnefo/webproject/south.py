"""Django management as it was in the days of Django 1.4 and South, on today's Django.

Signals are part of it: content types and permissions of a new model are made only at the end of the run that
created its table, after the question about stale content types. A run that ends before that, by a kill or by
the end of its input, loses them for good, since the next one finds nothing new.
"""
from contextlib import contextmanager

from django.apps import apps
from django.core.management.base import CommandError
from django.db import connection
from django.db.utils import DatabaseError

QUESTION = """The following content types are stale and need to be deleted:

%s

Any objects related to these content types by a foreign key will also
be deleted. Are you sure you want to delete these content types?
If you're unsure, answer 'no'.

    Type 'yes' to continue, or 'no' to cancel: """


def south_apps():
    """Apps with migrations of their own, in the order in which they are migrated."""
    return [label for label in ("im", "quotaholder_app", "db") if label in apps.app_configs]


@contextmanager
def alone():
    """Django found out about transactions by making a table ROLLBACK_TEST, so two runs on one database collide.

    A lock of the session stands for that table: it goes with a killed process, as a test needs it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext('rollback_test'))")
        if not cursor.fetchone()[0]:
            raise DatabaseError('relation "rollback_test" already exists')
    try:
        yield
    finally:
        connection.close()


def ask_about_stale(label, interactive, write):
    """The question itself: printed without a newline, answered on stdin; an end of input is an EOFError."""
    from django.contrib.contenttypes.models import ContentType

    models = {model._meta.model_name for model in apps.get_app_config(label).get_models(include_auto_created=True)}
    stale = [each for each in ContentType.objects.filter(app_label=label).order_by("model") if each.model not in models]
    if not stale or not interactive:
        return
    lines = "\n".join("    %s | %s" % (each.app_label, each.model) for each in stale)
    if input(QUESTION % lines) == "yes":
        for each in stale:
            write("Deleting stale content type '%s | %s'" % (each.app_label, each.model))
            each.delete()
    else:
        write("Stale content types remain.")


def send_create_signals(label, models):
    """Content type and the three permissions of each new model."""
    from django.contrib.contenttypes.models import ContentType

    for model in sorted(models):
        kind, _ = ContentType.objects.get_or_create(app_label=label, model=model)
        if apps.is_installed("django.contrib.auth"):
            from django.contrib.auth.models import Permission

            for action in ("add", "change", "delete"):
                Permission.objects.get_or_create(
                    content_type=kind,
                    codename="%s_%s" % (action, model),
                    defaults={"name": "Can %s %s" % (action, model)},
                )


def need_database():
    from django.conf import settings

    if "default" not in settings.DATABASES:
        raise CommandError("no database is configured in /etc/synnefo")
