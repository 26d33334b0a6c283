"""The sub-commands of `farol`, one module each."""
