"""A pool of objects, in name."""
__version__ = "@UPSTREAM@"
