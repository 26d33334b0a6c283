"""What was sold: products, service plan, allowances by severity, validity."""
