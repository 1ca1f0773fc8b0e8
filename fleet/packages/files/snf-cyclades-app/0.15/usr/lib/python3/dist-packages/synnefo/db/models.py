from django.db import models


class VirtualMachine(models.Model):
    name = models.CharField(max_length=255)
    userid = models.CharField(max_length=100)
    operstate = models.CharField(max_length=30, default="STARTED")


class Network(models.Model):
    name = models.CharField(max_length=255)
    userid = models.CharField(max_length=100)


class Heartbeat(models.Model):
    """What the dispatcher writes: one row a host, updated again and again."""

    host = models.CharField(max_length=100, unique=True)
    pid = models.IntegerField()
    version = models.CharField(max_length=40)
    beats = models.BigIntegerField(default=0)
