"""Documents say where they lie, so that a search can begin with the newest; words, so that one can be completed."""

import django.contrib.postgres.indexes
from django.db import migrations, models

PLACE = """
UPDATE search_document SET position = split_part(subject, ':', 2)::bigint;
UPDATE search_document SET words = strip(words) || array_to_tsvector(ARRAY[
    '!open', '@' || scope_id, '#10.' || (position >> 10), '#13.' || (position >> 13)
]);
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Word",
            fields=[
                ("plain", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("lexeme", models.CharField(max_length=60)),
            ],
        ),
        migrations.AddField("document", "position", models.BigIntegerField(default=0), preserve_default=False),
        migrations.RunSQL(PLACE, migrations.RunSQL.noop),
        migrations.RemoveIndex("document", "document_words"),
        migrations.AddIndex(
            "document",
            django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=["words"], name="document_words"),
        ),
    ]
