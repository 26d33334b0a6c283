"""Words every room uses: refusals, Brazilian documents, marked texts. Pure."""
