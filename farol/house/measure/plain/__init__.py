"""The plain Django site that the house is measured beside: no login, no history, no index of words, no middleware."""
