"""What a consultant sees and sends at the desk: whole pages, and parts of them for the script."""
