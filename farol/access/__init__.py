"""The gate: may this contact use this service now, or where should they go instead?"""
