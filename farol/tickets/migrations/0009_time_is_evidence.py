from django.db import migrations

KEEP = """
CREATE FUNCTION tickets_keep_work() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.is_corrected OR NOT OLD.is_corrected) AND
        (NEW.analyst_id, NEW.started_at, NEW.ended_at, NEW.minutes, NEW.activity, NEW.is_billable, NEW.reason,
         NEW.corrects_id) IS NOT DISTINCT FROM
        (OLD.analyst_id, OLD.started_at, OLD.ended_at, OLD.minutes, OLD.activity, OLD.is_billable, OLD.reason,
         OLD.corrects_id)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'time that was logged stays as it is: % refused', TG_OP USING ERRCODE = 'raise_exception';
END $$;
CREATE TRIGGER tickets_work_stays BEFORE UPDATE OR DELETE ON tickets_workentry
    FOR EACH ROW EXECUTE FUNCTION tickets_keep_work();
ALTER TABLE tickets_workentry ADD CONSTRAINT work_does_not_overlap EXCLUDE USING gist (
    int8range(analyst_id, analyst_id, '[]') WITH &&, tstzrange(started_at, ended_at) WITH &&
) WHERE (NOT is_corrected);
"""
LET_GO = """
ALTER TABLE tickets_workentry DROP CONSTRAINT work_does_not_overlap;
DROP TRIGGER tickets_work_stays ON tickets_workentry;
DROP FUNCTION tickets_keep_work();
"""


class Migration(migrations.Migration):
    """Nobody is in two places at once, and what was logged is only ever corrected by another row (R-054).

    A range of one number stands for the analyst: comparing numbers in a GiST
    index would need an extension that not every server has.
    """

    dependencies = [("tickets", "0008_time_log")]
    operations = [migrations.RunSQL(KEEP, LET_GO)]
