"""What the agency serves: the public page that says what works, what is closed, and when more will be said."""
