"""`snf-manage syncdb`: the tables of the apps without migrations of their own."""
from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from synnefo.lib import fleet
from synnefo.webproject import south


class Command(BaseCommand):
    help = "Creates the tables of all apps in INSTALLED_APPS that have none."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--noinput", action="store_false", dest="interactive", default=True)

    def handle(self, *args, **options):
        labels = [label for label in ("contenttypes", "auth") if label in apps.app_configs]
        if not labels:
            self.stdout.write("Nothing to sync.")
            return
        south.need_database()
        fleet.record("begin", "syncdb")
        with south.alone():
            self.sync(labels, options["interactive"])
        fleet.record("end", "syncdb")

    def sync(self, labels, interactive):
        self.stdout.write("Syncing...\nCreating tables ...")
        executor = MigrationExecutor(connection)
        graph = executor.loader.graph
        plan = executor.migration_plan([node for node in graph.leaf_nodes() if node[0] in labels])
        executor.migrate([node for node in graph.leaf_nodes() if node[0] in labels])
        created = {label: set() for label in labels}
        for migration, _ in plan:
            names = [op.name.lower() for op in migration.operations if type(op).__name__ == "CreateModel"]
            created[migration.app_label].update(names)
        for label in labels:
            south.ask_about_stale(label, interactive, self.stdout.write)
            south.send_create_signals(label, created[label])
        self.stdout.write("\nSynced:")
        for label in labels:
            self.stdout.write(" > django.contrib.%s" % label)
        self.stdout.write("\nNot synced (use migrations):")
        for label in south.south_apps():
            self.stdout.write(" - %s" % apps.get_app_config(label).name)
        self.stdout.write("(use ./manage.py migrate to migrate these)")
