"""The trail: who came in, what was allowed to whom, who looked at whose data; chained, so that a change shows."""
