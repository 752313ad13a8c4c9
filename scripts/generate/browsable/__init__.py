"""The view of the description that `/docs` shows: our extensions in a form that a browser of APIs displays."""
