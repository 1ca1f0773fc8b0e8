from django.db import models


class Holding(models.Model):
    holder = models.CharField(max_length=80)
    resource = models.CharField(max_length=80)
    usage = models.BigIntegerField(default=0)
    limit = models.BigIntegerField(default=0)
