"""The portal: the stages in which a submission stands, one Django application each."""
