"""PostgreSQL as part of the house: binaries from a package, started and watched by us alone."""
