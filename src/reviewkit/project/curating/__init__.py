"""What changes the library: adding, editing, naming, merging and mending papers."""
