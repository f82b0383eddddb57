"""What is printed: paper in the national layout, from plain facts."""
