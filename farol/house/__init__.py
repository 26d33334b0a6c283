"""The roof: settings, addresses, the launcher, the embedded database and its supervisor, the command line."""
