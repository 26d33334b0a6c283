"""The two doors of the telephone: an Asterisk by FastAGI, a carrier by TwiML. They only translate."""
