from django.db import migrations

GRANT = """
    UPDATE people_person SET services = ARRAY(
        SELECT DISTINCT unnest(services || ARRAY['support', 'downloads', 'cst', 'ombudsman']::varchar[]) ORDER BY 1
    ) WHERE kind = 'contact'
"""


class Migration(migrations.Migration):
    """Until now support was everybody's; from now on it is granted. Nobody loses what they had."""

    dependencies = [("people", "0012_links_and_invitations")]

    operations = [migrations.RunSQL(GRANT, migrations.RunSQL.noop)]
