"""`make bench-hub`: what is measured, on which Hubs, and how the figures are set side by side."""
