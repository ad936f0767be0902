"""The only room that changes the shelf: publish, quarantine, withdraw, restore, remove."""
