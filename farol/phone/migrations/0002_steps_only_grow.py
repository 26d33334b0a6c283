from django.db import migrations

REFUSE = """
CREATE FUNCTION phone_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the steps of a call are append-only: % refused', TG_OP USING ERRCODE = 'raise_exception';
END $$;
CREATE TRIGGER phone_step_append_only BEFORE UPDATE OR DELETE ON phone_step
    FOR EACH ROW EXECUTE FUNCTION phone_refuse();
"""
ALLOW = """
DROP TRIGGER phone_step_append_only ON phone_step;
DROP FUNCTION phone_refuse();
"""


class Migration(migrations.Migration):
    """What was keyed and said in a call is on record; the database itself refuses to change it."""

    dependencies = [("phone", "0001_calls_menus_and_their_versions")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
