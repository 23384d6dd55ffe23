"""The group's notebooks and texts: what they cite, and what leaves the project for them."""
