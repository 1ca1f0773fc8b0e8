"""All pending revisions run in one transaction, and what alembic says goes to stderr."""
import logging
import sys

from alembic import context
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

logging.basicConfig(stream=sys.stderr, format="%(levelname)-5.5s  [%(name)s] %(message)s")
logging.getLogger("alembic").setLevel(logging.INFO)

engine = create_engine(context.config.get_main_option("sqlalchemy.url"), poolclass=NullPool)
with engine.connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
