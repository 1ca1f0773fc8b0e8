"""What the pages of the components with Django models have in common."""
from django.db import connection
from django.db.migrations.loader import MigrationLoader


def known_migrations(labels):
    """The migrations of this code, read once at its start."""
    graph = MigrationLoader(None, ignore_no_migrations=True).graph
    return sorted(node for node in graph.nodes if node[0] in labels)


def look(known, tables, query):
    """Reads what the code lives on. An old schema fails in `query`, as it would in any request."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(query)
            cursor.fetchone()
            cursor.execute("SELECT app, name FROM django_migrations")
            applied = set(cursor.fetchall())
            pending = ["%s.%s" % node for node in known if node not in applied]
            rows = {}
            for table in tables:
                cursor.execute('SELECT count(*) FROM "%s"' % table)
                rows[table] = cursor.fetchone()[0]
    finally:
        connection.close()
    return {"schema_ok": not pending, "pending": pending, "rows": rows}
