-- 2,000 customers with ten orders each, by rule.
INSERT INTO customers (name) SELECT 'customer ' || n FROM generate_series(1, 2000) AS n;
INSERT INTO orders (customer, item, quantity, price)
    SELECT 1 + n % 2000, 'item ' || n % 97, 1 + n % 5, 100 + (n * 7919) % 9900 FROM generate_series(1, 20000) AS n;
