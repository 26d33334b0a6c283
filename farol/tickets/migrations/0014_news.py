from django.db import migrations

TELL = """
CREATE FUNCTION tickets_tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('farol_tickets', concat_ws(' ',
        NEW.id, NEW.last_entry_id, NEW.organization_id,
        coalesce((SELECT is_internal::int FROM journal_entry WHERE id = NEW.last_entry_id), 0),
        concat_ws(',', OLD.area_id, NEW.area_id),
        concat_ws(',', coalesce(OLD.assignee_id, 0), coalesce(NEW.assignee_id, 0))));
    RETURN NULL;
END $$;
CREATE TRIGGER ticket_opened AFTER INSERT ON tickets_ticket FOR EACH ROW
    WHEN (NEW.updated_at > now() - interval '10 minutes') EXECUTE FUNCTION tickets_tell();
CREATE TRIGGER ticket_changed AFTER UPDATE OF last_entry_id ON tickets_ticket FOR EACH ROW
    WHEN (OLD.last_entry_id IS DISTINCT FROM NEW.last_entry_id) EXECUTE FUNCTION tickets_tell();
"""
SILENCE = """
DROP TRIGGER ticket_opened ON tickets_ticket;
DROP TRIGGER ticket_changed ON tickets_ticket;
DROP FUNCTION tickets_tell();
"""


class Migration(migrations.Migration):
    """Open pages hear of a change when it is committed, without another statement of whoever made it.

    History that is brought in by the million is news to nobody.
    """

    dependencies = [("tickets", "0013_task_of_a_rule")]
    operations = [migrations.RunSQL(TELL, SILENCE)]
