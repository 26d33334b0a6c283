from django.db import migrations

REFUSE = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'audit_record' AND current_setting('farol.pruning', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the trail is append-only: % refused', TG_OP USING ERRCODE = 'raise_exception';
END $$;
CREATE TRIGGER audit_record_append_only BEFORE UPDATE OR DELETE ON audit_record
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_link_append_only BEFORE UPDATE OR DELETE ON audit_link
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
"""
ALLOW = """
DROP TRIGGER audit_link_append_only ON audit_link;
DROP TRIGGER audit_record_append_only ON audit_record;
DROP FUNCTION audit_refuse();
"""


class Migration(migrations.Migration):
    """The trail is evidence: the database itself refuses to change it; a record goes only when its term is over."""

    dependencies = [("audit", "0001_records_and_their_chain")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
