"""The calls, one module for each thing a caller does."""
