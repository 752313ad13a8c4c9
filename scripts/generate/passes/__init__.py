"""What happens to rendered sources: they are made blocking, completed, checked and marked."""
