from django.db import models


class AstakosUser(models.Model):
    email = models.CharField(max_length=254, unique=True)
    first_name = models.CharField(max_length=80)
    auth_token = models.CharField(max_length=64)
    is_active = models.BooleanField(default=True)


class Project(models.Model):
    name = models.CharField(max_length=80)
    owner = models.ForeignKey(AstakosUser, on_delete=models.CASCADE)
    state = models.IntegerField(default=1)
    is_base = models.BooleanField(default=False)
    realname = models.CharField(max_length=80, default="")


class ProjectMembership(models.Model):
    person = models.ForeignKey(AstakosUser, on_delete=models.CASCADE)
    project = models.ForeignKey(Project, on_delete=models.CASCADE)
    state = models.IntegerField(default=1)


class ProjectResourceQuota(models.Model):
    project = models.ForeignKey(Project, on_delete=models.CASCADE)
    resource = models.CharField(max_length=80)
    capacity = models.BigIntegerField(default=0)
