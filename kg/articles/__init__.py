"""Read article files: bytes to Article, Article to CleanText."""
