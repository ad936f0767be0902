"""People, organisations (regency > district > village, agencies), roles, sign-in, and the family of refusals."""
