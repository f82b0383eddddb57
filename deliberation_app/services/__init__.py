"""What people do: one method, one act."""
