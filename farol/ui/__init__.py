"""The furniture: tokens, pieces, icons and the words for dates and durations."""
