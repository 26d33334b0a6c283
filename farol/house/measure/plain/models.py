from __future__ import annotations

from django.db import models


class Ticket(models.Model):
    subject = models.CharField(max_length=160)
    description = models.TextField()
    customer_id = models.BigIntegerField()
    area_id = models.BigIntegerField()
    severity = models.CharField(max_length=8)
    state = models.CharField(max_length=24, default="open")
    opened_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField()

    class Meta:
        app_label = "plain"
        indexes = [models.Index(fields=["area_id", "due_at"], name="plain_queue")]


class Message(models.Model):
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="messages")
    author_id = models.BigIntegerField()
    body = models.TextField()
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "plain"
