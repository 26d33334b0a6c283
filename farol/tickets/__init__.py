"""A subject reported by a contact: severity, deadline, work, solution, acceptance, closure."""
