from django.db import migrations

REFUSE = """
CREATE FUNCTION audit_keep_incident() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.recorded_at < now() - interval '5 years' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'an incident is kept for five years' USING ERRCODE = 'raise_exception';
END $$;
CREATE TRIGGER audit_incident_stays BEFORE DELETE ON audit_incident
    FOR EACH ROW EXECUTE FUNCTION audit_keep_incident();
"""
ALLOW = "DROP TRIGGER audit_incident_stays ON audit_incident; DROP FUNCTION audit_keep_incident();"


class Migration(migrations.Migration):
    """The register of incidents is kept for five years, whoever wants it gone (R-240)."""

    dependencies = [("audit", "0003_terms_holds_requests_and_incidents")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
