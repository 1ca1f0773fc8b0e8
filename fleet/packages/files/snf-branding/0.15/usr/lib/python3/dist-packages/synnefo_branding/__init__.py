__version__ = "@UPSTREAM@"
