"""What is kept: records and the database."""
