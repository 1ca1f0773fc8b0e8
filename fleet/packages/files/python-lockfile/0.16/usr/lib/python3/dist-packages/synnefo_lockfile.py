"""A lock on a file, in name: what 0.16 newly depends on."""
__version__ = "@UPSTREAM@"
