"""What it takes and how fast it is, measured through the same doors that travellers and clients use."""
