"""What others put into their articles: frames, and what their software reads about them."""
