"""The view of the description that `/docs` shows: what our extensions say, in a form that a browser of APIs displays."""
