"""What law and procedure say, in pure Python."""
