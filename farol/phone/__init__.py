"""The telephone: who calls, what they choose, where the call goes, and its ticket."""
