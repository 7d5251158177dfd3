"""What leaves the program: rows, pages, files for other programs, names in the words of a reader."""
