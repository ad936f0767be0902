"""The training house: a portal of its own with invented residents, where people practise and nothing is published."""
