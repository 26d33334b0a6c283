// Keys that act on the row under the cursor, and the count of selected rows.
