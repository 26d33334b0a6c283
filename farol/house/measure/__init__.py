"""What the benchmarks measure, and what they are held against."""
