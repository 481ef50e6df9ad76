"""What others put into their articles: frames, and what tells their software about them."""
