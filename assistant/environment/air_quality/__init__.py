"""Published air quality indices, one a module: numbers in, numbers out."""
