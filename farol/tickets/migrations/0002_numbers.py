from django.db import migrations


class Migration(migrations.Migration):
    """Ticket numbers have six digits from the first one, so that they sound alike on the telephone."""

    dependencies = [("tickets", "0001_initial")]
    operations = [
        migrations.RunSQL("ALTER TABLE tickets_ticket ALTER COLUMN id RESTART WITH 100001", migrations.RunSQL.noop)
    ]
