"""What the vendor makes: lines, series, segments, products, modules, versions."""
