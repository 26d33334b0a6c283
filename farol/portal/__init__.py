"""The customer's door: open tickets, follow them, judge the solutions."""
