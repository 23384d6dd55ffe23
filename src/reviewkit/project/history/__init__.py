"""What was done, how it was before, and taking it back."""
