from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0006_offices")]

    operations = [
        migrations.AddField(
            model_name="organization",
            name="blocked_from",
            field=models.DateField(null=True),
        ),
    ]
