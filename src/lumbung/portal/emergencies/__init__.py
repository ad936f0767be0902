"""Emergency calls under seal, for one purpose and for a time: counts and response times leave, nothing else."""
