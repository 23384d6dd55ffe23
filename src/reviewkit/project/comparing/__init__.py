"""Papers by attributes: the comparison matrix and the claims it is suggested from."""
