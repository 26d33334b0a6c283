"""Opening hours and holidays of the teams."""
