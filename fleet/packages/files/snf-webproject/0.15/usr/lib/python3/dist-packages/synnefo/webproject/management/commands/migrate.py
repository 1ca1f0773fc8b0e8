"""`snf-manage migrate`: the apps' own migrations, each in a transaction, listed and told as South did."""
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from synnefo.lib import fleet
from synnefo.webproject import south


class Command(BaseCommand):
    help = "Runs migrations for all apps."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--noinput", action="store_false", dest="interactive", default=True)
        parser.add_argument("--list", "-l", action="store_true", dest="show_list")

    def handle(self, *args, **options):
        labels = south.south_apps()
        if not labels:
            return
        south.need_database()
        if options["show_list"]:
            self.show(labels)
            return
        fleet.record("begin", "migrate")
        with south.alone():
            for label in labels:
                self.migrate(label, options["interactive"])
        fleet.record("end", "migrate")

    def show(self, labels):
        loader = MigrationLoader(connection)
        for label in labels:
            self.stdout.write("\n %s" % label)
            for node in self.in_order(loader, label):
                self.stdout.write("  (%s) %s" % ("*" if node in loader.applied_migrations else " ", node[1]))
        self.stdout.write("")
        connection.close()

    @staticmethod
    def in_order(loader, label):
        return sorted(node for node in loader.graph.nodes if node[0] == label)

    def migrate(self, label, interactive):
        self.stdout.write("Running migrations for %s:" % label)
        executor = MigrationExecutor(connection)
        nodes = self.in_order(executor.loader, label)
        plan = [node for node in nodes if node not in executor.loader.applied_migrations]
        if not plan:
            self.stdout.write("- Nothing to migrate.")
            return
        self.stdout.write(" - Migrating forwards to %s." % plan[-1][1])
        created = set()
        for node in plan:
            self.stdout.write(" > %s:%s" % node)
            self.stdout.flush()
            fleet.record("apply", "%s.%s" % node)
            executor.loader.build_graph()
            executor.migrate([node])
            fleet.record("applied", "%s.%s" % node)
            operations = executor.loader.graph.nodes[node].operations
            created.update(op.name.lower() for op in operations if type(op).__name__ == "CreateModel")
        south.ask_about_stale(label, interactive, self.stdout.write)
        south.send_create_signals(label, created)
